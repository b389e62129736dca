// A page that declares a field for the token: the edge signs a digest, the form gets what its
// receiver needs to check it, and nothing of the address leaves the page but its domain.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";
import { attached, click, type, until } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

const token = "eyJhbGciOiJFZERTQSJ9.e30.c2lnbmVk";

inEachBrowser(({ site, open }) => {
  let asked, hasKey;
  before(() => {
    site.edge = (domain, response, query) => {
      asked.push([domain, ...query.values()]);
      if (!hasKey && query.has("commitment")) answer(response, 503, { code: "signing_unavailable" });
      else answer(response, 200, { ...report("accepts_mail"), ...(query.has("commitment") && { token }) });
    };
    const form = (hidden) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A form</title>
      <script defer src="/mailproof.js"></script><form action="/received" method="post">
      <label for="email">Email</label> <input id="email" name="email" type="email">${hidden}
      <button id="send">Send</button></form></html>`;
    site.made.set("/signed.html", form('<input type="hidden" name="email_token">'));
    site.made.set("/stale.html", form('<input type="hidden" name="email_token" value="of.an.earlier.address">'));
    site.made.set("/plain.html", form(""));
  });

  async function visit(path) {
    [asked, site.received.length, hasKey] = [[], 0, true];
    return open(site.url + path);
  }

  async function write(page, text) {
    await type(page, "#email", text);
    await attached(page, "#email");
    await page.keyboard.press("Tab");
  }

  const hidden = (page) => page.$eval("[name=email_token]", (field) => field.value);

  test("the form gets nonce and token, and the digest is of nonce and address", async () => {
    const { page, troubles, close } = await visit("/signed.html");
    await write(page, " Jane.Q7w3@Firma-Beispiel.de");
    await until(() => hidden(page), () => "no token");
    await click(page, "#send");
    await until(() => site.received.length === 1, () => "the form did not go");
    const [nonce, ...rest] = site.received[0].email_token.split(".");
    assert.match(nonce, /^[\w-]{22}$/);
    assert.equal(rest.join("."), token);
    const commitment = createHash("sha256").update(`${nonce}Jane.Q7w3@firma-beispiel.de`).digest("base64url");
    assert.deepEqual(asked, [["firma-beispiel.de", commitment]]);
    assert.deepEqual(troubles, []);
    await close();
  });

  test("a token about an earlier address is taken back", async () => {
    const { page, troubles, close } = await visit("/signed.html");
    await write(page, "jane@firma-beispiel.de");
    await until(() => hidden(page), () => "no token");
    await page.$eval("#email", (field) => field.select());
    await page.focus("#email");
    await page.keyboard.type("jane@gmail.com");
    await page.keyboard.press("Enter");
    await until(() => site.received.length === 1, () => "the form did not go");
    assert.equal(site.received[0].email_token, "");
    assert.deepEqual(troubles, []);
    await close();
  });

  test("a token about the next address takes its place", async () => {
    const { page, troubles, close } = await visit("/signed.html");
    await write(page, "jane@firma-beispiel.de");
    await until(() => hidden(page), () => "no token");
    const first = await hidden(page);
    await page.click("#email", { count: 3 });
    await page.keyboard.type("jane@shop.hk");
    await page.keyboard.press("Tab");
    await until(async () => ![first, ""].includes(await hidden(page)), () => "no second token");
    const second = await hidden(page);
    await click(page, "#send");
    await until(() => site.received.length === 1, () => "the form did not go");
    assert.deepEqual([site.received[0].email, site.received[0].email_token], ["jane@shop.hk", second]);
    assert.deepEqual(troubles, []);
    await close();
  });

  test("a token that stood there before is not sent with another address", async () => {
    const { page, troubles, close } = await visit("/stale.html");
    // Known to the page: nobody is asked, and nothing signed.
    await write(page, "jane@gmail.com");
    await click(page, "#send");
    await until(() => site.received.length === 1, () => "the form did not go");
    assert.equal(site.received[0].email_token, "");
    assert.deepEqual([asked, troubles], [[], []]);
    await close();
  });

  test("an edge that signs nothing is asked without: the verdict comes all the same", async () => {
    const { page, troubles, close } = await visit("/signed.html");
    hasKey = false;
    await write(page, "jane@firma-beispiel.de");
    await click(page, "#send");
    await until(() => site.received.length === 1, () => "the form did not go");
    assert.deepEqual([site.received[0].email_verdict, site.received[0].email_token], ["deliverable:accepts_mail", ""]);
    assert.deepEqual(asked.at(-1), ["firma-beispiel.de"]);
    assert.deepEqual(troubles, []);
    await close();
  });

  test("a page that declares no field for it asks for none", async () => {
    const { page, requests, troubles, close } = await visit("/plain.html");
    await write(page, "jane@firma-beispiel.de");
    await until(() => asked.length === 1, () => "the edge was not asked");
    await page.focus("#email");
    await page.keyboard.press("Enter");
    await until(() => site.received.length === 1, () => "the form did not go");
    assert.deepEqual(asked, [["firma-beispiel.de"]]);
    assert.equal(site.received[0].email_token, undefined);
    assert.ok(!requests.some((request) => request.url().includes("seal.js")));
    assert.deepEqual(troubles, []);
    await close();
  });
});
