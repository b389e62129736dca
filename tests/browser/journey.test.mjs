// The whole way of an address on the demo site: page, Worker, resolver and back, with the
// keyboard and the mouse. Every request of every page is looked at: no local part leaves.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startScriptedResolver } from "../../scripts/lib/scripted-resolver.mjs";
import { endGroup, startWrangler } from "../../scripts/lib/wrangler.mjs";
import { assertNothingLeft, click, hint, launch, open, says, type } from "./lib/browser.mjs";

// Long and odd enough to be found wherever they went.
const secrets = ["jane.q7w3", "info.z8k1"];
let browser, resolver, worker, url, opened;

before(async () => {
  browser = await launch();
  url = process.env.MAILPROOF_URL;
  if (url) return;
  resolver = await startScriptedResolver("tests/scenarios/demo.toml");
  const port = await freePort();
  url = `http://localhost:${port}`;
  worker = startWrangler({ port, vars: { MAILPROOF_RESOLVERS: resolver.urls.join(",") } });
  await answers(url);
});
after(async () => {
  resolver?.end();
  if (worker) endGroup(worker);
  await browser?.close();
});
afterEach(async () => {
  const { requests, troubles, context } = opened;
  await assertNothingLeft(requests, secrets);
  assert.deepEqual(troubles, []);
  await context.close();
});

async function visit(path = "/", options) {
  opened = await open(browser, url + path, options);
  return opened.page;
}

const asked = () =>
  opened.requests.map((request) => new URL(request.url()).pathname).filter((path) => path.startsWith("/v1/"));
const shown = (page) => page.evaluate(() => JSON.parse(document.querySelector("#verdict").textContent));
const settled = (page, result) =>
  page.waitForFunction((result) => document.querySelector(".summary").dataset.result === result, result);
const received = (page, form) => page.locator(`${form} + .received`).innerText();

test("a slip: one click takes the suggestion", async () => {
  const page = await visit();
  await type(page, "#contact-email", "jane.q7w3@gamil.com");
  await page.keyboard.press("Tab");
  await says(hint(page, "#contact-email"), "Did you mean jane.q7w3@gmail.com?");
  await click(page, page.getByRole("button", { name: "jane.q7w3@gmail.com" }));
  assert.equal(await page.inputValue("#contact-email"), "jane.q7w3@gmail.com");
  await page.keyboard.press("Enter");
  await says(page.locator("#contact + .received"), "email_verdict");
  assert.match(await received(page, "#contact"), /deliverable:/);
});

test("a disposable address is named, and not held up", async () => {
  const page = await visit();
  await type(page, "#signup-email", "info.z8k1@mailinator.com");
  await page.keyboard.press("Tab");
  await says(hint(page, "#signup-email"), "disposable");
  await click(page, page.locator("#signup button.primary"));
  await says(page.locator("#signup + .received"), "risky:disposable");
});

test("an international domain passes, by its ASCII form", async () => {
  const page = await visit();
  await type(page, "#try", "jane.q7w3@例子.公司");
  await page.keyboard.press("Tab");
  await settled(page, "deliverable");
  assert.equal((await shown(page)).ascii_domain, "xn--fsqu00a.xn--55qx5d");
  assert.deepEqual(asked(), ["/v1/domains/xn--fsqu00a.xn--55qx5d"]);
  assert.equal(await hint(page, "#try").innerText(), "");
});

test("a domain without mail comes back undeliverable through the Worker", async () => {
  const page = await visit();
  await type(page, "#try", "jane.q7w3@null-mx.mailproof-demo.com");
  await page.keyboard.press("Tab");
  await settled(page, "undeliverable");
  const verdict = await shown(page);
  assert.deepEqual([verdict.reason, verdict.level, verdict.mx.null_mx], ["null_mx", "domain", true]);
  await says(hint(page, "#try"), "takes no mail");
  assert.deepEqual(asked(), ["/v1/domains/null-mx.mailproof-demo.com"]);
});

test("an example types itself, and a provider that the page knows is not asked about", async () => {
  const page = await visit();
  await click(page, page.getByRole("button", { name: "jane@gamil.com" }));
  await says(hint(page, "#try"), "Did you mean jane@gmail.com?");
  await click(page, page.locator("#try ~ .mailproof").getByRole("button", { name: "jane@gmail.com" }));
  await settled(page, "deliverable");
  assert.ok(!asked().includes("/v1/domains/gmail.com"));
});

for (const [path, sentence] of [
  ["/zh-hans/", "这像是一次性邮箱"],
  ["/zh-hant/", "這像是拋棄式信箱"],
]) {
  test(`the page ${path} and its field speak one language`, async () => {
    const page = await visit(path);
    await type(page, "#try", "info.z8k1@mailinator.com");
    await page.keyboard.press("Tab");
    await says(hint(page, "#try"), sentence);
  });
}

// Last, for it ends the Worker.
test("the Worker dies, and the forms go on", { skip: process.env.MAILPROOF_URL && "somebody else's Worker" }, async () => {
  const page = await visit();
  await type(page, "#signup-email", "x");
  await page.locator(".mailproof").first().waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  endGroup(worker);
  await new Promise((ended) => (worker.exitCode === null ? worker.once("exit", ended) : ended()));
  await page.keyboard.press("Backspace");
  await page.keyboard.type("jane.q7w3@bakery.mailproof-demo.com");
  const before = Date.now();
  await page.keyboard.press("Enter");
  await says(page.locator("#signup + .received"), "unknown:edge_unreachable");
  assert.ok(Date.now() - before < 1500);
});

async function freePort() {
  const probe = createServer().listen(0, "localhost");
  await new Promise((listening) => probe.once("listening", listening));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

async function answers(address) {
  for (let attempt = 0; attempt < 120; attempt++) {
    if (await fetch(address).then((response) => response.ok, () => false)) return;
    await sleep(250);
  }
  throw new Error(`nothing answers on ${address}`);
}
