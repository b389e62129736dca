// The fail-open table: whatever of ours is missing, refused, slow, broken or wrong, under
// whatever policy the page has, the form goes within 1,500 ms of the press.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { join } from "node:path";
import { click, engines, hint, open, until } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { serving } from "./lib/suite.mjs";
import { dist } from "../../scripts/lib/paths.mjs";

const project = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const { version, files } = JSON.parse(readFileSync(join(dist, "v", project.version, "integrity.json"), "utf8"));

const LONGEST_MS = 1500;
/** Browsers, and the pages of each, that work abreast: Firefox slows down a page behind another. */
const abreast = { Chromium: [1, 3], Firefox: [2, 1] };

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

/** The same for a tag of another origin, which they name. */
const naming = (policy, origin) => policy.replaceAll(/(script|connect)-src 'self'/g, `$1-src ${origin}`);

const never = () => {};
const nullMx = (response) => answer(response, 200, report("null_mx", { null_mx: true }));
/** Of whatever a browser has, the answer when it is asked for an instance of the compiled module. */
const started = (then) => `{
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => { ${then} };
}`;
const call = (then) => started(`
  const instance = await instantiate.apply(WebAssembly, given);
  return { exports: { ...instance.exports, call(...values) { ${then} } } };
`);
/** The event of a form's being sent: the core breaks at the press. */
const [, SUBMIT] = /export const SUBMIT = (\d+);/.exec(readFileSync(new URL("../../www/engine/core.js", import.meta.url), "utf8"));

// Each row has its own domain, so that one edge can answer all of them at once.
const rows = [
  // No JavaScript, script blocked, SRI mismatch.
  { row: "the script is missing", script: "/gone.js" },
  { row: "the script is another than its digest", tag: `integrity="sha384-${"A".repeat(64)}"` },
  // WebAssembly missing, refused, out of memory, trapping.
  { row: "the engine is missing", script: "/pages/table/alone.js" },
  { row: "the module is missing", first: `{ const { fetch } = window; window.fetch = (url, ...more) => fetch(/wasm$/.test(url) ? "/gone.wasm" : url, ...more); }` },
  { row: "there is no WebAssembly", first: "delete globalThis.WebAssembly;" },
  { row: "there is no WebAssembly and no twin", first: "delete globalThis.WebAssembly;", script: "/pages/table/twinless/mailproof.js" },
  { row: "no memory at the start", first: started("throw new RangeError('out of memory');") },
  { row: "a trap at the first call", silent: true, first: call("throw new WebAssembly.RuntimeError('unreachable');") },
  { row: "a trap at the press", silent: true, first: call(`if (values[0] === ${SUBMIT}) throw new WebAssembly.RuntimeError('unreachable'); return instance.exports.call(...values);`) },
  // The edge slow, gone, refusing, talking nonsense.
  { row: "the edge never answers", edge: never },
  { row: "the edge breaks off", edge: (response) => response.destroy() },
  { row: "the edge answers 404", edge: (response) => answer(response, 404, {}) },
  { row: "the edge answers 429", edge: (response) => answer(response, 429, {}) },
  { row: "the edge answers 503", edge: (response) => answer(response, 503, {}) },
  { row: "the edge answers nonsense", edge: (response) => answer(response, 200, "<html>") },
  { row: "the edge is another origin's and says nothing about it", elsewhere: true },
  { row: "nothing can be reached", first: `addEventListener("focusin", () => setTimeout(() => (window.fetch = async () => { throw new TypeError("offline"); }), 200), true);` },
  // What is risky, unknown or a slip.
  { row: "the address is disposable", address: "jane@mailinator.com" },
  { row: "a slip", address: "jane@gamil.com" },
  // What cannot be an address, and what takes no mail.
  { row: "no address at all, where the owner blocks nothing", address: "jane..doe@shop.hk", settings: 'data-block="none"' },
  { row: "no address at all, in a form that is not to be validated", address: "jane..doe@shop.hk", settings: "novalidate" },
  { row: "no address at all, and somebody who has read so presses again", address: "jane..doe@shop.hk", again: true },
  { row: "a domain that takes no mail", edge: nullMx },
  { row: "a domain that takes no mail, where the owner blocks it and the visitor insists", edge: nullMx, settings: 'data-block="dns"', insists: true },
  // The tag of a version, with its digest, from another origin.
  { row: "pinned elsewhere", edge: never, pinned: true },
  { row: "pinned elsewhere, where that origin is gone", edge: never, pinned: true, gone: true },
  { row: "pinned elsewhere, with another digest", pinned: true, tag: `integrity="sha384-${"A".repeat(64)}"` },
  { row: "pinned elsewhere, by a policy that does not name it", pinned: true, unnamed: true },
  { row: "pinned elsewhere, without WebAssembly", pinned: true, first: "delete globalThis.WebAssembly;" },
  { row: "pinned elsewhere, a slip", pinned: true, address: "jane@gamil.com" },
  { row: "pinned elsewhere, a domain that takes no mail", pinned: true, edge: nullMx, settings: 'data-block="dns"', insists: true },
  // What visitors and browsers do in the middle.
  { row: "edited while the edge is asked", edge: never, reach: edit },
  { row: "pressed twice", edge: never, presses: 2 },
  { row: "filled in by the browser", edge: never, reach: fill },
  { row: "reset and typed again", edge: never, reach: reset },
  { row: "come back out of the browser's memory", edge: never, reach: comeBack },
];

for (const engine of engines) {
  describe(engine.name, () => {
    const [count, each] = abreast[engine.name];
    const site = serving();
    const cdn = serving();
    let browsers, pages;
    before(async () => {
      browsers = await Promise.all(Array.from({ length: count }, () => engine.launch()));
      const opened = browsers.flatMap((browser) => Array.from({ length: each }, () => open(browser, "about:blank")));
      pages = await Promise.all(opened);
      const edge = (domain, response) => (rows[/^row-(\d+)\./.exec(domain)?.[1]]?.edge ?? never)(response);
      Object.assign(site, { edge, cdn: cdn.url });
      cdn.headers = { "access-control-allow-origin": "*" };
      cdn.edge = (domain, response) => edge(domain, response.setHeader("access-control-allow-origin", "*"));
      // Alone in its folder: none of its files is beside it.
      const loader = await readFile(join(dist, "mailproof.js"));
      site.made.set("/pages/table/alone.js", loader);
      site.made.set("/pages/table/twinless/mailproof.js", loader);
      for (const name of ["widget.js", "widget_bg.wasm", "small.pack", "messages/en.json"]) {
        site.made.set(`/pages/table/twinless/mailproof/${name}`, await readFile(join(dist, "mailproof", name)));
      }
    });
    after(() => Promise.all((browsers ?? []).map((browser) => browser.close())));

    for (const [name, policy] of Object.entries(policies)) {
      test(name, async () => {
        const left = [...rows.entries()];
        const work = async ({ page }) => {
          for (let next = left.shift(); next; next = left.shift()) await goes(page, site, policy, ...next);
        };
        await Promise.all(pages.map(work));
      });
    }
  });
}

async function goes(page, site, policy, number, about) {
  const { row, address = `jane@row-${number}.de`, reach = async () => {}, presses = 1, again, insists, silent } = about;
  const path = `/pages/table/${Object.values(policies).indexOf(policy)}-${number}.html`;
  site.made.set(path, pageOf(policy, { number, ...about }, site));
  await page.goto(site.url + path);
  await write(page, address);
  await reach(page, address);
  let gone, sent;
  const watch = (request) => {
    if (!request.url().includes(`sent.html?row=${number}`)) return;
    gone ??= performance.now();
    sent = request.url();
  };
  page.on("request", watch);
  let pressed = performance.now();
  for (let press = 0; press < presses; press++) await page.keyboard.press("Enter");
  if (insists && (await isHeld(page))) {
    await click(page, ".mailproof button[value=keep]");
    pressed = performance.now();
    await page.keyboard.press("Enter");
  }
  if (again && !(await isGone(() => gone))) {
    pressed = performance.now();
    await page.keyboard.press("Enter");
  }
  await until(() => gone, () => `${row}: the form stays`).catch(async (error) => {
    const { value, validationMessage } = await page.$eval("#email", ({ value, validationMessage }) => ({ value, validationMessage }));
    error.message += ` with ${JSON.stringify([value, validationMessage, await hint(page, "#email")])}`;
    throw error;
  });
  page.off("request", watch);
  await page.waitForSelector("#sent");
  // Where WebAssembly is refused the twin speaks; else a core that broke gives no verdict.
  if (silent && !policy) assert.ok(!sent.includes("email_verdict"), row);
  assert.ok(gone - pressed < LONGEST_MS, `${row}: ${Math.round(gone - pressed)} ms`);
}

/** Held with words; a form that went has no button to show. */
const isHeld = (page) => page.waitForSelector(".mailproof button[value=keep]", { timeout: 1200 }).then(Boolean, () => false);

/** Within the time in which somebody reads a sentence. */
const isGone = async (gone) => {
  await new Promise((read) => setTimeout(read, 1200));
  return gone();
};

/** Writes into the field, and takes the time for the engine to come that a person takes. */
async function write(page, address) {
  await page.$eval("#email", (field, text) => (field.value = text), address.slice(0, -2));
  await page.focus("#email");
  await page.keyboard.press("End");
  await page.keyboard.type(address.slice(-2));
  await page.waitForSelector("#email[aria-describedby]", { timeout: 300 }).catch(never);
}

async function edit(page) {
  await page.keyboard.press("Tab");
  await page.focus("#email");
  await page.keyboard.press("Home");
  await page.keyboard.type("x");
}

/** As autofill does it: another field has the focus; the value, both events, and no key. */
async function fill(page) {
  await page.focus("#name");
  await page.$eval("#email", (field) => {
    field.value = `x${field.value}`;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  });
}

async function reset(page, address) {
  await page.keyboard.press("Tab");
  await page.$eval("form", (form) => form.reset());
  await write(page, address);
}

async function comeBack(page, address) {
  await page.evaluate(() => (location.href = "/pages/sent.html"));
  await page.waitForSelector("#sent");
  await page.evaluate(() => history.back());
  await until(() => page.$("#email").catch(never), () => "the page did not come back");
  await write(page, address);
}

/** The tag of this version, by `origin`. */
function pinnedTag(origin, digest = `integrity="${files["mailproof.js"]}"`) {
  return `src="${origin}/v/${version}/mailproof.js" ${digest} crossorigin="anonymous"`;
}

function pageOf(given, about, site) {
  const { number, script = "/mailproof.js", settings = "", tag = "", first = "", elsewhere, pinned, gone, unnamed } = about;
  // Nobody listens on the port of no service.
  const origin = gone ? "http://localhost:1" : site.cdn;
  const policy = pinned && !unnamed ? naming(given, origin) : given;
  const source = pinned ? pinnedTag(origin, tag || undefined) : `src="${script}" ${tag}`;
  const meta = policy && `<meta http-equiv="content-security-policy" content="${policy}">`;
  const endpoint = elsewhere ? `data-endpoint="${site.url.replace("localhost", "127.0.0.1")}"` : "";
  // A policy counts from its own place on: what stands before it can prepare the page.
  return `<!doctype html><html lang="en"><meta charset="utf-8"><script>${first}</script>${meta}<title>A form</title>
    <script defer ${source} nonce="a1" ${endpoint}></script>
    <form action="/pages/sent.html" ${settings}>
      <input type="hidden" name="row" value="${number}">
      <label for="email">Email</label> <input id="email" name="email" type="email">
      <label for="name">Name</label> <input id="name" name="name">
      <button id="send">Send</button>
    </form></html>`;
}
