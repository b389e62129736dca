// `npm run compare`: Mailproof and the scripts that the npm registry has, on the same page
// and with the same hand, in one run. Writes docs/comparison.json, which the site shows.
// No request leaves this machine: what would go to a service is noted and fails.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync } from "node:zlib";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { at } from "./lib/paths.mjs";
import { ask } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

const vendor = (path) => readFileSync(at("tests/measure/node_modules", path));
const version = (name) => JSON.parse(vendor(`${name}/package.json`)).version;
const local = "jane.q7w3";
const address = `${local}@gamil.com`;

/** Each as its own documentation puts it on a page. */
const subjects = [
  {
    name: () => `Mailproof ${JSON.parse(readFileSync(at("package.json"), "utf8")).version}`,
    head: '<script defer src="/mailproof.js"></script>',
  },
  {
    name: () => `verifalia-widget ${version("verifalia-widget")}`,
    head: '<script defer src="/vendor/verifalia.js" data-verifalia-appkey="0123456789abcdef0123456789abcdef"></script>',
    files: { "/vendor/verifalia.js": "verifalia-widget/dist/verifalia-widget.js" },
  },
  {
    name: () => `mailcheck ${version("mailcheck")}`,
    head: `<script src="/vendor/mailcheck.js"></script><script defer src="/vendor/mailcheck-use.js"></script>`,
    files: { "/vendor/mailcheck.js": "mailcheck/src/mailcheck.min.js" },
    // It gives a suggestion and shows nothing: the page has to.
    made: {
      "/vendor/mailcheck-use.js": `document.querySelector("#email").addEventListener("blur", (event) => {
        Mailcheck.run({ email: event.target.value, suggested: ({ full }) => {
          document.querySelector("#said").textContent = "Did you mean " + full + "?"; } }); });`,
    },
  },
  {
    name: () => `@github/auto-check-element ${version("@github/auto-check-element")}`,
    head: '<script type="module" src="/vendor/auto-check.js"></script>',
    files: { "/vendor/auto-check.js": "@github/auto-check-element/dist/bundle.js" },
    wrap: (input) => `<auto-check src="/validate" csrf="token" required>${input}</auto-check>`,
  },
];

const bare = { name: () => "nothing", head: "" };

function pageOf({ head, wrap = (input) => input }) {
  const input = '<input id="email" name="email" type="email" autocomplete="email">';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>${head}</head>
<body><main><h1>Contact</h1><form action="/received" method="post">
<p><label for="email">Email</label> ${wrap(input)}</p><p id="said"></p><p><button id="send">Send</button></p></form></main></body></html>`;
}

verb(async () => {
  setup();
  await buildAll();
  for (const folder of ["tests/browser", "tests/measure"]) ensurePackages(at(folder));
  await ensureChromium();
  const { engines } = await import("../tests/browser/lib/engines.mjs");
  const { serve } = await import("../tests/browser/lib/site.mjs");
  const browser = await engines[0].launch();
  const site = await serve();
  const faultless = await faults(browser, site, bare);
  const rows = [];
  for (const subject of subjects) rows.push(await measure(browser, site, subject, faultless));
  await Promise.all([browser.close(), site.end()]);
  const ran = { on: new Date().toISOString().slice(0, 10), with: ask("git", ["rev-parse", "--short", "HEAD"]), command: "npm run compare" };
  writeFileSync(at("docs/comparison.json"), `${JSON.stringify({ ran, subjects: rows }, null, 2)}\n`);
  for (const { name, cells } of rows) console.log(name, cells.map((cell) => cell.en ?? cell));
});

async function measure(browser, site, subject, faultless) {
  const usual = await use(browser, site, subject, { failing: false });
  const gone = await use(browser, site, subject, { failing: true });
  const found = (await faults(browser, site, subject)).filter((fault) => !faultless.includes(fault));
  const bytes = (files) => files.reduce((sum, body) => sum + brotliCompressSync(body).length, 0).toLocaleString("en");
  return {
    name: subject.name(),
    cells: [bytes(usual.before), bytes([...usual.before, ...usual.after]), String(usual.asked.length), sent(usual.asked), shown(usual.shown), went(gone), added(found)],
  };
}

/** axe's rules have English names. */
function added(found) {
  if (found.length === 0) return words("none", "无", "無");
  const told = (untied) => found.map((rule) => (rule === UNTIED ? untied : rule)).join(", ");
  return words(told(UNTIED), told("提示没有与栏位关联"), told("提示沒有與欄位關聯"));
}

const UNTIED = "hint not tied to the field";

const words = (en, hans, hant) => ({ en, "zh-Hans": hans, "zh-Hant": hant });

function sent(asked) {
  const told = asked.map(({ url, body }) => decodeURIComponent(`${url} ${body}`).toLowerCase());
  if (told.some((text) => text.includes(local))) return words("the whole address", "完整地址", "完整地址");
  if (told.some((text) => text.includes("gamil.com"))) return words("the domain", "域名", "網域");
  return words("nothing", "无", "無");
}

const shown = (text) => (text ? text : words("nothing", "无", "無"));

function went({ first, second }) {
  if (first) return words("goes at the first click", "一次点击即提交", "一次點按即送出");
  if (second) return words("goes at the second click", "第二次点击才提交", "第二次點按才送出");
  return words("does not go", "无法提交", "無法送出");
}

/** Types, leaves, and (where `failing`) sends with every request failing from the first key on. */
async function use(browser, site, subject, { failing }) {
  const { page, close } = await visit(browser, site, subject);
  const [before, after, asked] = [[], [], []];
  let typing = false;
  page.on("response", async (response) => {
    if (/\.(js|wasm|pack|json)$/.test(new URL(response.url()).pathname)) {
      const files = typing ? after : before;
      files.push(await response.buffer().catch(() => Buffer.alloc(0)));
    }
  });
  page.on("request", (request) => {
    const isFile = /\.(js|wasm|pack|json|ico)$/.test(new URL(request.url()).pathname);
    const isData = request.url().startsWith("data:");
    const isPreflight = request.method() === "OPTIONS";
    if (typing && !isFile && !isData && !isPreflight && !request.isNavigationRequest()) {
      asked.push({ url: request.url(), body: request.postData() ?? "" });
    }
    if (request.isNavigationRequest() || isData || !(failing && typing)) return answered(request, site);
    return request.abort("failed");
  });
  await page.goto(`${site.url}/compared.html`);
  const plain = await text(page);
  typing = true;
  await page.click("#email");
  await page.keyboard.type(address, { delay: 40 });
  await page.keyboard.press("Tab");
  await sleep(2500);
  const lines = (shown) => shown.split("\n").map((line) => line.trim()).filter(Boolean);
  const shownText = lines(await text(page)).filter((line) => !lines(plain).includes(line)).join(" ");
  const first = failing && (await sends(page, site));
  const second = failing && !first && (await sends(page, site));
  await close();
  return { before, after, asked, shown: shownText, first, second };
}

/** From this machine; a service elsewhere is out of order, but lets itself be asked. */
function answered(request, site) {
  if (request.url().startsWith(site.url) || request.url().startsWith("data:")) return request.continue();
  const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*, authorization, content-type" };
  return request.respond({ status: request.method() === "OPTIONS" ? 204 : 503, headers });
}

async function sends(page, site) {
  site.received.length = 0;
  await page.click("#send");
  await sleep(1500);
  return site.received.length > 0;
}

/** The names of the rules that axe finds broken (or cannot decide) once a slip was left. */
async function faults(browser, site, subject) {
  const { page, close } = await visit(browser, site, subject);
  page.on("request", (request) => answered(request, site));
  await page.goto(`${site.url}/compared.html`);
  await page.click("#email");
  await page.keyboard.type(address, { delay: 40 });
  await page.keyboard.press("Tab");
  await sleep(2500);
  await page.evaluate(readFileSync(createRequire(at("tests/browser/package.json")).resolve("axe-core/axe.min.js"), "utf8"));
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map(({ id }) => id);
  });
  const mute = await page.$eval("#email", (field) => !field.getAttribute("aria-describedby"));
  const changed = (await text(page)).length > (await textOf(bare));
  await close();
  // What appears and is not tied to the field is not told to a screen reader.
  return mute && changed ? [...found, UNTIED] : found;
}

const textOf = async () => "Contact\n\nEmail \n\nSend".length;

async function visit(browser, site, subject) {
  for (const [path, file] of Object.entries(subject.files ?? {})) site.made.set(path, vendor(file));
  for (const [path, contents] of Object.entries(subject.made ?? {})) site.made.set(path, contents);
  site.made.set("/compared.html", pageOf(subject));
  const { open } = await import("../tests/browser/lib/engines.mjs");
  const opened = await open(browser, "about:blank");
  await opened.page.setRequestInterception(true);
  return opened;
}

const text = (page) => page.evaluate(() => document.body.innerText);
const sleep = (ms) => new Promise((later) => setTimeout(later, ms));
