// The fail-open table: whatever of ours is missing, refused, slow or wrong, under whatever
// policy the page has, the form goes within 1,500 ms of the press.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { join } from "node:path";
import { engines, hint, open, type, until } from "./lib/engines.mjs";
import { answer, report, serve } from "./lib/site.mjs";
import { dist } from "../../scripts/lib/paths.mjs";

const LONGEST_MS = 1500;
/** Pages that one browser has open at once: Firefox slows down those behind the first. */
const abreast = { Chromium: 3, Firefox: 1 };

const base = "default-src 'none'; form-action 'self';";
const policies = {
  "no policy": "",
  "a strict policy": `${base} script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'`,
  "WebAssembly refused": `${base} script-src 'self'; connect-src 'self'`,
  "nonce and strict-dynamic": `${base} script-src 'nonce-a1' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src 'self'`,
  "trusted types": "require-trusted-types-for 'script'; trusted-types 'none'",
  "no connections": `${base} script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'`,
  "no styles": "style-src 'none'",
  "no scripts": "script-src 'none'",
};

const never = () => {};
// Each row has its own domain, so that one edge can answer all of them at once.
const rows = [
  { row: "the script is missing", script: "/gone.js" },
  { row: "the engine is missing", script: "/pages/table/alone.js" },
  { row: "the edge never answers", edge: never },
  { row: "the edge breaks off", edge: (response) => response.destroy() },
  { row: "the edge answers 503", edge: (response) => answer(response, 503, {}) },
  { row: "the edge answers 429", edge: (response) => answer(response, 429, {}) },
  { row: "the edge answers nonsense", edge: (response) => answer(response, 200, "<html>") },
  { row: "the edge is another origin's and says nothing about it", elsewhere: true },
  { row: "the address is disposable", address: "jane@mailinator.com" },
  { row: "a slip", address: "jane@gamil.com" },
  { row: "no address at all, where the owner blocks nothing", address: "jane..doe@shop.hk", settings: 'data-block="none"' },
  { row: "a domain that takes no mail", edge: (response) => answer(response, 200, report("null_mx", { null_mx: true })) },
  { row: "edited while the edge is asked", edge: never, edits: true },
  { row: "pressed twice", edge: never, presses: 2 },
];

for (const engine of engines) {
  describe(engine.name, () => {
    let browser, site;
    before(async () => {
      [browser, site] = await Promise.all([engine.launch(), serve()]);
      site.edge = (domain, response) => (rows[/^row-(\d+)\./.exec(domain)?.[1]]?.edge ?? never)(response);
      // Alone in its folder: none of its files is beside it.
      site.made.set("/pages/table/alone.js", await readFile(join(dist, "mailproof.js")));
    });
    after(() => Promise.all([browser?.close(), site?.end()]));

    for (const [name, policy] of Object.entries(policies)) {
      test(name, async () => {
        const left = [...rows.entries()];
        const work = async () => {
          for (let next = left.shift(); next; next = left.shift()) await goes(browser, site, policy, ...next);
        };
        await Promise.all(Array.from({ length: abreast[engine.name] }, work));
      });
    }
  });
}

async function goes(browser, site, policy, number, { row, address, edits, presses = 1, ...about }) {
  const path = `/pages/table/${Object.values(policies).indexOf(policy)}-${number}.html`;
  site.made.set(path, pageOf(policy, about, site));
  const { page, requests, close } = await open(browser, site.url + path);
  await type(page, "#email", address ?? `jane@row-${number}.de`);
  // Time for the engine, as a person takes it before the press.
  await new Promise((later) => setTimeout(later, 300));
  if (edits) {
    await page.keyboard.press("Tab");
    await page.focus("#email");
    await page.keyboard.press("Home");
    await page.keyboard.type("x");
  }
  let gone;
  page.on("request", (request) => {
    if (request.url().includes("sent.html")) gone ??= performance.now();
  });
  const pressed = performance.now();
  for (let press = 0; press < presses; press++) await page.keyboard.press("Enter");
  await until(() => gone || requests.some((request) => request.url().includes("sent.html")), () => `${row}: the form stays`).catch(
    async (error) => {
      const { value, validationMessage } = await page.$eval("#email", ({ value, validationMessage }) => ({ value, validationMessage }));
      error.message += ` with ${JSON.stringify([value, validationMessage, await hint(page, "#email")])}`;
      throw error;
    },
  );
  const took = gone - pressed;
  assert.ok(took < LONGEST_MS, `${row}: ${Math.round(took)} ms`);
  await close();
}

function pageOf(policy, { script = "/mailproof.js", settings = "", elsewhere }, site) {
  const meta = policy && `<meta http-equiv="content-security-policy" content="${policy}">`;
  const endpoint = elsewhere ? `data-endpoint="${site.url.replace("localhost", "127.0.0.1")}"` : "";
  return `<!doctype html><html lang="en"><meta charset="utf-8">${meta}<title>A form</title>
    <script defer src="${script}" nonce="a1" ${endpoint}></script>
    <form action="/pages/sent.html" ${settings}>
      <label for="email">Email</label> <input id="email" name="email" type="email">
      <button id="send">Send</button>
    </form></html>`;
}
