// The site: the tag that it writes, the checker that it offers, and its examples, used by
// hand. With the headers that it is served with; any violation of them is an error.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { plan } from "../../scripts/lib/site.mjs";
import { attached, click, says, type, until } from "./lib/engines.mjs";
import { php, rack } from "./lib/receivers.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const [, csp] = /Content-Security-Policy: (.*)/.exec(read("www/site/_headers"));

test("a page has the same parts in every language", () => {
  const shape = (html) => [...html.matchAll(/<(\w+)[^>]*?(?: id="([^"]+)")?[^>]*>/g)].map(([, tag, id]) => `${tag}#${id ?? ""}`);
  for (const { name, lang, source } of plan()) {
    const own = shape(readFileSync(source, "utf8"));
    const english = shape(read(`www/site/pages/${name}/en.html`));
    assert.deepEqual(own, english, `${name} in ${lang}`);
  }
});

test("every link inside the site leads somewhere", () => {
  const pages = plan();
  const files = new Set(pages.map(({ path }) => `/${path}`));
  for (const { path, to } of pages) {
    for (const [, href] of readFileSync(to, "utf8").matchAll(/<a [^>]*href="([^"#:]+)"/g)) {
      const { pathname } = new URL(href, `http://host/${path}`);
      if (pathname.endsWith("/")) assert.ok(files.has(pathname), `${path}: ${href}`);
      else assert.doesNotThrow(() => read(`dist${pathname}`), `${path}: ${href}`);
    }
  }
});

test("the checker finds the fields that the tag finds", () => {
  const [checked, found] = ["site/scripts/checker/findings.js", "loader/settings.js"].map((path) => /FIELDS =\s+"([^"]+)"/.exec(read(`www/${path}`))[1]);
  assert.equal(checked, found);
});

const tag = '<script defer src="https://forms.example.com/mailproof.js"></script>';
const labelled = '<label>Email <input type="email" name="email" autocomplete="email"></label>';

// What is pasted, its policy, and the keys of the findings.
const pasted = [
  [`${tag}<form>${labelled}</form>`, "", ["found", "nocsp", "tag"]],
  ["<form><input name=name></form>", "", ["nocsp", "nofields", "notag"]],
  [`${tag}<input type=email name=email>`, "", ["found", "noautocomplete", "nocsp", "nolabel", "tag"]],
  [`${tag}<label>Mail <input name="your-mail"></label>`, "", ["missed", "nocsp", "tag"]],
  [`${tag}<label>Street <input name="mailing_address"></label>`, "", ["nocsp", "nofields", "tag"]],
  [`${tag}${labelled.replace("<input", '<input data-mailproof="off"')}`, "", ["nocsp", "off", "tag"]],
  [`${tag}<form data-netlify=true>${labelled}</form>`, "", ["found", "netlify", "nocsp", "tag"]],
  [`${tag}<form netlify>${labelled}<input type=hidden name=email_verdict></form>`, "", ["found", "nocsp", "tag"]],
  [`${tag}<form novalidate>${labelled}</form>`, "", ["found", "nocsp", "novalidate", "tag"]],
  [`${tag}${tag}${labelled}`, "", ["found", "nocsp", "tag", "twice"]],
  [`${tag.replace("defer", "type=module")}${labelled}`, "", ["found", "module", "nocsp", "tag"]],
  [`${tag.replace("defer ", "")}${labelled}`, "", ["found", "nocsp", "nodefer", "tag"]],
  [`${tag.replace("defer", 'defer integrity="sha384-x"')}${labelled}`, "", ["floatingdigest", "found", "nocors", "nocsp", "tag"]],
  [`${tag}${labelled}`, "script-src 'self'", ["cspscript", "cspwasm", "found", "tag"]],
  [`${tag}${labelled}`, "script-src https://forms.example.com 'wasm-unsafe-eval'", ["cspgood", "found", "tag"]],
  [`${tag}${labelled}`, "script-src https://*.example.com 'unsafe-eval'; connect-src 'self'", ["cspconnect", "found", "tag"]],
  [`${tag}${labelled}`, "default-src https:", ["cspwasm", "found", "tag"]],
  [`${tag}${labelled}`, "img-src 'none'", ["cspgood", "found", "tag"]],
  [`${tag.replace("defer", "defer nonce=Ab1")}${labelled}`, "script-src 'nonce-Ab1' 'wasm-unsafe-eval'", ["cspimport", "found", "tag"]],
  [`${tag.replace("defer", "defer nonce=Ab1")}${labelled}`, "script-src 'nonce-Ab1' 'strict-dynamic' 'wasm-unsafe-eval'", ["cspgood", "found", "tag"]],
  [`${tag.replace("defer", "defer nonce=ab1")}${labelled}`, "script-src 'nonce-Ab1' 'wasm-unsafe-eval'", ["cspscript", "found", "tag"]],
  // Fields that are left alone, and names with brackets.
  [`${tag}${labelled.replace("<input", "<input multiple")}`, "", ["multiple", "nocsp", "tag"]],
  [`${tag}${labelled.replace("<input", "<input multiple data-mailproof")}`, "", ["found", "nocsp", "tag"]],
  [`${tag}${labelled.replace('"email" a', '"user[email]" a')}`, "", ["brackets", "found", "nocsp", "tag"]],
  [`${tag}<form data-fields=off>${labelled.replace('"email" a', '"user[email]" a')}</form>`, "", ["found", "nocsp", "tag"]],
  [`${tag.replace("defer", 'defer data-mailproof="off"')}${labelled}`, "", ["nocsp", "off", "tag", "tagoff"]],
  [`${tag.replace("defer", 'defer data-mailproof="off"')}<form data-mailproof>${labelled}</form>`, "", ["found", "nocsp", "tag", "tagoff"]],
  // Another origin is asked about domains, by the tag, a form or a field.
  [`${tag.replace("defer", 'defer data-endpoint="https://edge.example.net"')}${labelled}`, `connect-src https://forms.example.com`, ["cspedge", "found", "tag"]],
  [`${tag}<form data-endpoint="https://edge.example.net/dns/">${labelled}</form>`, `connect-src https://forms.example.com`, ["cspedge", "found", "tag"]],
  [`${tag}<form data-endpoint="https://edge.example.net/dns/">${labelled}</form>`, `connect-src https://forms.example.com https://edge.example.net/dns/`, ["cspgood", "found", "tag"]],
  [`${tag.replace("defer", 'defer data-endpoint="off"')}${labelled}`, `connect-src https://forms.example.com`, ["cspgood", "found", "tag"]],
  [`${tag.replace("defer", 'defer data-endpoint="https://edge.example.net" data-mode=local')}${labelled}`, `connect-src https://forms.example.com`, ["cspgood", "found", "tag"]],
  // Joined policies each have their say, and so has one that was pasted with its name.
  [`${tag}${labelled}`, "script-src https: 'wasm-unsafe-eval', connect-src 'self'", ["cspconnect", "found", "tag"]],
  [`${tag}${labelled}`, "Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'", ["cspscript", "found", "tag"]],
];

// Rows as its readers fill them in, and the fields that have to arrive, as the receiver reads
// their names.
const examples = [
  { name: "netlify", field: "email", sends: { "form-name": "contact", email: "jane@gmail.com", email_verdict: "deliverable:accepts_mail" } },
  { name: "formspree", field: "email", sends: { email: "jane@gmail.com", email_verdict: "deliverable:accepts_mail" } },
  { name: "web3forms", field: "email", sends: { access_key: "YOUR_ACCESS_KEY", email: "jane@gmail.com" } },
  { name: "hugo", field: "email", sends: { email: "jane@gmail.com" } },
  { name: "wordpress", field: "your-email", reader: php, sends: { "your-email": "jane@gmail.com" } },
  { name: "shopify", field: "contact[email]", sends: { contact: { tags: "newsletter", email: "jane@gmail.com" } } },
];

/** The example as its host serves it: templates rendered, the tag from here. */
function rendered(name) {
  return read(`www/site/examples/${name}.html`)
    .replaceAll("https://forms.example.com/", "/")
    .replace(/<\?php[^]*?\?>/, '<script defer src="/mailproof.js"></script>')
    .replace(/\{% comment %\}[^]*?\{% endcomment %\}/g, "")
    .replace(/\{% form '(\w+)' %\}/, '<form method="post" action="/received"><input type="hidden" name="form_type" value="$1">')
    .replace("{% endform %}", "</form>")
    .replace(/\{\{\/\*[^]*?\*\/\}\}/g, "")
    .replace(/\{\{ i18n "\w+" \| default "([^"]+)" \}\}/g, "$1")
    .replace(/action="[^"]*"/, 'action="/received"')
    .replace('method="POST" data-netlify', 'action="/received" method="POST" data-netlify');
}

inEachBrowser(({ site, open }) => {
  let page, troubles;
  before(async () => ({ page, troubles } = await open("about:blank")));

  async function visit(path) {
    site.headers = { "content-security-policy": csp };
    await page.goto(site.url + path);
  }

  test("the install page writes the tag for its reader", async () => {
    await visit("/install/");
    const written = () => page.$eval("#tag", (tag) => tag.textContent.replace(/\s+/g, " "));
    const { version, files } = JSON.parse(read(`dist/v/${JSON.parse(read("package.json")).version}/integrity.json`));
    const src = `https://forms.example.com/v/${version}/mailproof.js`;
    assert.equal(await written(), `<script defer src="${src}" integrity="${files["mailproof.js"]}" crossorigin="anonymous"></script>`);
    await click(page, "input[value=floating]");
    await page.select("#endpoint", "off");
    await page.select("#lang", "zh-Hant-HK");
    assert.equal(await written(), '<script defer src="https://forms.example.com/mailproof.js" data-endpoint="off" data-lang="zh-Hant-HK"></script>');
    assert.deepEqual(troubles, []);
  });

  test("the checker says what it finds, and takes nothing pasted for its own", async () => {
    await visit("/zh-hant/check/");
    for (const [html, policy, keys] of pasted) {
      await page.$eval("#html", (area, html) => (area.value = html), `<img src=x onerror="window.harmed = true">${html}`);
      await page.$eval("#csp", (input, policy) => (input.value = policy), policy);
      await page.evaluate(() => document.querySelector("#pasted").requestSubmit());
      const found = await page.$$eval("#findings li", (items) => items.map((item) => item.dataset.key).sort());
      assert.deepEqual(found, keys, `${html} with ${policy}`);
      assert.ok(!(await page.$eval("#findings", (list) => /\{\w+\}|undefined/.test(list.textContent))), html);
    }
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.deepEqual(troubles, []);
  });

  test("the theme editor shows the hint in the reader's colours", async () => {
    await visit("/theme/");
    await page.$eval("[name=accent]", (input) => {
      input.value = "#7700aa";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await click(page, ".states button");
    await says(page, "#tried", "Did you mean jane@gmail.com?");
    const colour = await page.$eval(".mailproof button", (button) => getComputedStyle(button).color);
    assert.equal(colour, "rgb(119, 0, 170)");
    assert.match(await page.$eval("#css", (css) => css.textContent), /--mailproof-accent: #7700aa;/);
    assert.deepEqual(troubles, []);
  });

  test("the privacy page lists the requests, and none has what stands before the @", async () => {
    await visit("/zh-hans/privacy/");
    await type(page, "#watched", "jane.q7w3@firma-beispiel.de");
    await page.keyboard.press("Tab");
    const listed = () => page.$eval("#requests", (table) => table.textContent);
    await until(async () => (await listed()).includes("/v1/domains/firma-beispiel.de"), () => "the request is not listed");
    assert.ok(!(await listed()).includes("q7w3"));
    assert.match(await page.$eval("#leaked", (told) => told.textContent), /^没有/);
    assert.deepEqual(troubles, []);
  });

  /** A page of a reader's, in a profile of its own; its receiver reads names as `reader` does. */
  async function made(name, body, reader = rack) {
    Object.assign(site, { headers: {}, reader });
    site.received.length = 0;
    site.made.set(`/${name}.html`, `<!doctype html><html lang="en"><title>${name}</title>${body}</html>`);
    const opened = await open("about:blank");
    await opened.page.goto(`${site.url}/${name}.html`);
    return opened;
  }

  for (const { name, field, reader, sends } of examples) {
    test(`the example for ${name} works as it stands`, async () => {
      const { page, troubles, close } = await made(name, rendered(name), reader);
      const selector = `[name="${field}"]`;
      await type(page, selector, "jane@gamil.com");
      await attached(page, selector);
      await page.keyboard.press("Tab");
      await says(page, selector, "Did you mean jane@gmail.com?");
      await click(page, ".mailproof button[value=accept]");
      if (await page.$("textarea")) await type(page, "textarea", "Hello");
      await click(page, "form button:not(.mailproof button), form [type=submit]");
      await until(() => site.received.length === 1, () => "the form did not go");
      for (const [key, value] of Object.entries(sends)) assert.deepEqual(site.received[0][key], value, key);
      assert.deepEqual(troubles, []);
      await close();
    });
  }

  for (const [name, reader] of Object.entries({ rack, php })) {
    test(`the verdict about a name with brackets arrives as the install page has it, with ${name}`, async () => {
      await visit("/install/");
      const snippet = await page.$eval("#brackets", (pre) => pre.textContent);
      const field = '<label>Email <input type="email" name="user[email]"></label>';
      const form = `<script defer src="/mailproof.js"></script><form method="post" action="/received">${field}${snippet}<button>Send</button></form>`;
      const opened = await made("brackets", form, reader);
      await type(opened.page, "input[type=email]", "jane@gmail.com");
      await attached(opened.page, "input[type=email]");
      await click(opened.page, "form > button");
      await until(() => site.received.length === 1, () => "the form did not go");
      assert.deepEqual(site.received[0].user, { email: "jane@gmail.com", email_verdict: "deliverable:accepts_mail" });
      assert.deepEqual(opened.troubles, []);
      await opened.close();
    });
  }
});
