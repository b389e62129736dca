// One plain form with the tag, driven by hand: what the field says and when.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { click, hint, launch, open, says, type } from "./lib/browser.mjs";
import { answer, report, serve } from "./lib/site.mjs";

let browser, site, opened;
before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(() => Promise.all([browser?.close(), site?.end()]));
afterEach(async () => {
  const { troubles, context } = opened;
  await context.close();
  site.edge = (_domain, response) => answer(response, 200, report("accepts_mail"));
  site.headers = {};
  assert.deepEqual(troubles, []);
});

async function form(path = "/pages/form.html", options) {
  opened = await open(browser, site.url + path, options);
  return opened.page;
}

/** The engine has come, and put its region under the field. */
const engine = (page) => page.locator(".mailproof").first().waitFor({ state: "attached" });
const verdict = (page) => page.inputValue("[name=email_verdict]");
const sent = (page) => page.waitForURL(/sent\.html/, { timeout: 1500 });

test("a page that nobody touches loads the loader and nothing else", async () => {
  await form();
  const paths = opened.requests.map((request) => new URL(request.url()).pathname);
  assert.deepEqual(paths, ["/pages/form.html", "/mailproof.js"]);
});

test("a slip is noticed on leaving, one click takes the suggestion, another takes it back", async () => {
  const page = await form();
  await type(page, "#email", "jane@gamil.com");
  assert.equal(await hint(page, "#email").innerText(), "");
  await page.keyboard.press("Tab");
  await says(hint(page, "#email"), "Did you mean jane@gmail.com?");
  await click(page, page.getByRole("button", { name: "jane@gmail.com" }));
  assert.equal(await page.inputValue("#email"), "jane@gmail.com");
  await says(hint(page, "#email"), "Changed to jane@gmail.com");
  assert.equal(await page.evaluate(() => document.activeElement.id), "email");
  await click(page, page.getByRole("button", { name: "Undo" }));
  assert.equal(await page.inputValue("#email"), "jane@gamil.com");
  await page.keyboard.press("Tab");
  assert.equal(await hint(page, "#email").innerText(), "");
});

test("the suggestion can be declined from the keyboard and stays declined", async () => {
  const page = await form();
  await type(page, "#email", "jane@gamil.com");
  await page.keyboard.press("Tab");
  await says(hint(page, "#email"), "Did you mean");
  await page.focus("#email");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.value), "keep");
  await page.keyboard.press("Enter");
  assert.equal(await hint(page, "#email").innerText(), "");
  assert.equal(await page.evaluate(() => document.activeElement.id), "email");
  await page.keyboard.press("Tab");
  assert.equal(await hint(page, "#email").innerText(), "");
  assert.equal(await page.inputValue("#email"), "jane@gamil.com");
});

test("an impossible address holds the form back with words, and lets go when mended", async () => {
  const page = await form();
  await type(page, "#email", "jane");
  await engine(page);
  await page.keyboard.press("Enter");
  await says(hint(page, "#email"), "with an @");
  assert.equal(await page.getAttribute("#email", "aria-invalid"), "true");
  assert.equal(await page.evaluate(() => document.activeElement.id), "email");
  assert.match(page.url(), /form\.html/);
  await page.keyboard.type("@gmail.com");
  assert.equal(await hint(page, "#email").innerText(), "");
  assert.equal(await page.getAttribute("#email", "aria-invalid"), null);
  await page.keyboard.press("Enter");
  await sent(page);
});

test("an error that was mended is said again when it comes again", async () => {
  const page = await form();
  for (let time = 0; time < 3; time += 1) {
    await type(page, "#email", "jane");
    await page.keyboard.press("Tab");
    await says(hint(page, "#email"), "with an @");
    assert.equal(await page.getAttribute("#email", "aria-invalid"), "true");
    await type(page, "#email", "@gmail.com");
    assert.equal(await hint(page, "#email").innerText(), "");
    await page.fill("#email", "");
  }
});

test("a form sent straight from the keyboard carries the edge's verdict", async () => {
  const page = await form();
  site.edge = (_domain, response) => setTimeout(() => answer(response, 200, report("null_mx", { null_mx: true })), 200);
  await type(page, "#email", "jane@firma-beispiel.de");
  await engine(page);
  await page.keyboard.press("Enter");
  await sent(page);
  assert.equal(new URL(page.url()).searchParams.get("email_verdict"), "undeliverable:null_mx");
});

test("a domain that takes no mail is named, and the form goes all the same", async () => {
  const page = await form();
  site.edge = (_domain, response) => answer(response, 200, report("null_mx", { null_mx: true }));
  await type(page, "#email", "jane@firma-beispiel.de");
  await page.keyboard.press("Tab");
  await says(hint(page, "#email"), "takes no mail");
  assert.equal(await page.getAttribute("#email", "aria-invalid"), null);
  assert.equal(await verdict(page), "undeliverable:null_mx");
  await click(page, page.locator("#send"));
  await sent(page);
});

test("an owner who wants it holds dead domains back, and the visitor may insist", async () => {
  const page = await form();
  site.edge = (_domain, response) => answer(response, 200, report("null_mx", { null_mx: true }));
  await page.evaluate(() => document.querySelector("#form").setAttribute("data-block", "dns"));
  await type(page, "#email", "jane@firma-beispiel.de");
  await engine(page);
  await click(page, page.locator("#send"));
  await says(hint(page, "#email"), "takes no mail");
  assert.equal(await page.getAttribute("#email", "aria-invalid"), "true");
  assert.match(page.url(), /form\.html/);
  await click(page, page.getByRole("button", { name: "Use it anyway" }));
  assert.equal(await hint(page, "#email").innerText(), "");
  await page.keyboard.press("Enter");
  await sent(page);
});

test("a reset form forgets what was wrong", async () => {
  const page = await form();
  await type(page, "#email", "jane");
  await page.keyboard.press("Tab");
  await says(hint(page, "#email"), "with an @");
  await page.evaluate(() => document.querySelector("#form").reset());
  await page.waitForFunction(() => document.querySelector(".mailproof").textContent === "");
  assert.equal(await page.evaluate(() => document.querySelector("#email").validationMessage), "");
});

const edges = {
  "never answers": () => {},
  "breaks off": (_domain, response) => response.destroy(),
  "answers with an error": (_domain, response) => answer(response, 503, {}),
  "answers with something else": (_domain, response) => answer(response, 200, "<html>"),
  "answers with nothing useful": (_domain, response) => answer(response, 200, { reasons: 5 }),
};
for (const [name, edge] of Object.entries(edges)) {
  test(`an edge that ${name} stops no form`, async () => {
    const page = await form();
    site.edge = edge;
    await type(page, "#email", "jane@firma-beispiel.de");
    await engine(page);
    await page.keyboard.press("Enter");
    await sent(page);
    assert.match(new URL(page.url()).searchParams.get("email_verdict"), /^unknown:/);
  });
}

test("leaving the field by a click on the button sends the form at that click", async () => {
  const page = await form();
  await type(page, "#email", "jane@gamil.com");
  await engine(page);
  await click(page, page.locator("#send"));
  await sent(page);
});

for (const missing of ["widget.js", "widget_bg.wasm", "small.pack", "messages/en.json"]) {
  test(`a form works although ${missing} is gone`, async () => {
    const page = await form();
    await page.route(`**/mailproof/${missing}`, (route) => route.abort());
    await type(page, "#email", "jane@gamil.com");
    await page.keyboard.press("Tab");
    await click(page, page.locator("#send"));
    await sent(page);
  });
}

/** The lists come only when the returned function is called. */
async function withoutLists(page) {
  let bring;
  const coming = new Promise((then) => (bring = then));
  await page.route("**/mailproof/small.pack", (route) => coming.then(() => route.continue()));
  return bring;
}
const asked = () => opened.requests.filter((request) => request.url().includes("/v1/")).length;

test("while the lists are on their way nobody is asked about a domain that they know", async () => {
  const page = await form();
  const bring = await withoutLists(page);
  await type(page, "#email", "jane@gmail.com");
  await engine(page);
  await page.keyboard.press("Tab");
  await page.waitForTimeout(300);
  assert.equal(asked(), 0);
  bring();
  await page.waitForFunction(() => document.querySelector("[name=email_verdict]").value === "deliverable:accepts_mail");
  assert.equal(asked(), 0);
});

test("lists that come late bring the suggestion to a field that was left", async () => {
  const page = await form();
  const bring = await withoutLists(page);
  await type(page, "#email", "jane@gamil.com");
  await engine(page);
  await page.keyboard.press("Tab");
  bring();
  await says(hint(page, "#email"), "Did you mean jane@gmail.com?");
});

test("lists that never come hold nothing up", async () => {
  const page = await form();
  await withoutLists(page);
  const verdict = await page.evaluate(() => Mailproof.check("jane..doe@firma-beispiel.de"));
  assert.equal(verdict.reason, "consecutive_dots");
  await type(page, "#email", "jane@firma-beispiel.de");
  await engine(page);
  await page.keyboard.press("Enter");
  await sent(page);
});

test("what Mailproof cannot judge is unknown, and never an exception", async () => {
  const page = await form();
  await page.route("**/mailproof/**", (route) => route.abort());
  const answer = await page.evaluate(() => Mailproof.check("jane@gamil.com"));
  assert.equal(answer.result, "unknown");
  assert.equal(answer.reason, "engine_unavailable");
});

test("the verdict by hand, with the edge's word and without a field", async () => {
  const page = await form();
  const asked = await page.evaluate(() => Mailproof.check("jane@firma-beispiel.de"));
  assert.deepEqual([asked.result, asked.reason, asked.level], ["deliverable", "accepts_mail", "domain"]);
  const local = await page.evaluate(() => Mailproof.check("jane@firma-beispiel.de", { endpoint: "off" }));
  assert.deepEqual([local.result, local.reason], ["unknown", "offline"]);
});

test("an international domain brings the larger build, and passes", async () => {
  const page = await form();
  const idn = page.waitForResponse(/idn_bg\.wasm/);
  await type(page, "#email", "jane@例子.公司");
  await idn;
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.querySelector("[name=email_verdict]").value.startsWith("deliverable:"));
  assert.equal(await hint(page, "#email").innerText(), "");
  const asked = opened.requests.map((request) => request.url()).filter((url) => url.includes("/v1/"));
  assert.deepEqual(asked, [`${site.url}/v1/domains/xn--fsqu00a.xn--55qx5d`]);
});

test("a strict policy on content and trusted types are no hindrance", async () => {
  site.headers = {
    "content-security-policy":
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
      "form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  };
  const page = await form();
  const violations = [];
  await page.exposeFunction("violated", (what) => violations.push(what));
  await page.evaluate(() => {
    document.addEventListener("securitypolicyviolation", (event) => window.violated(event.violatedDirective));
  });
  await type(page, "#email", "jane@gamil.com");
  await page.keyboard.press("Tab");
  await says(hint(page, "#email"), "Did you mean");
  assert.deepEqual(violations, []);
});

test("loading the tag twice changes nothing", async () => {
  const page = await form();
  await page.addScriptTag({ url: "/mailproof.js" });
  await type(page, "#email", "jane@gamil.com");
  await page.keyboard.press("Tab");
  await says(hint(page, "#email"), "Did you mean");
  assert.equal(await page.locator(".mailproof").count(), 1);
});

test("the page hears what happens, and may show a suggestion in its own way", async () => {
  const page = await form();
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ["ready", "start", "result", "suggest", "accept", "error"]) {
      document.addEventListener(`mailproof:${name}`, (event) => window.heard.push([name, event.detail?.reason ?? null]));
    }
    document.addEventListener("mailproof:suggest", (event) => event.preventDefault());
  });
  await type(page, "#email", "jane@gamil.com");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => window.heard.some(([name]) => name === "suggest"));
  assert.equal(await hint(page, "#email").innerText(), "");
  const names = (await page.evaluate(() => window.heard)).map(([name]) => name);
  assert.deepEqual(names.slice(0, 2), ["ready", "start"]);
});

test("a field that comes later is looked after, one that says off is not", async () => {
  const page = await form();
  await type(page, "#email", "x");
  await engine(page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      "beforeend",
      '<p><input id="late" type="email"></p><p><input id="off" type="email" data-mailproof="off"></p>',
    );
  });
  await page.waitForFunction(() => document.querySelector("#late ~ .mailproof"));
  assert.equal(await page.locator("#off ~ .mailproof").count(), 0);
});

test("the field speaks the page's language", async () => {
  const page = await form();
  await page.evaluate(() => (document.documentElement.lang = "zh-HK"));
  await type(page, "#email", "jane@gamil.com");
  await page.keyboard.press("Tab");
  await says(hint(page, "#email"), "是不是 jane@gmail.com？");
  assert.equal(await page.locator(".mailproof").getAttribute("lang"), "zh-Hant-HK");
});
