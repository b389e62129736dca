// What pages do to a field: they reset it, fill it, replace it, take it away, freeze the language
// under it, and forbid this and that.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { attached, click, hint, says, type, until } from "./lib/engines.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

const states = readFileSync(new URL("./pages/states.html", import.meta.url), "utf8");

const wasm = "'wasm-unsafe-eval'";
// Policies of pages, and whether the hint can appear under them.
const policies = [
  { name: "scripts of its own and WebAssembly", policy: `script-src 'self' ${wasm}`, speaks: true },
  { name: "scripts of its own and no WebAssembly", policy: "script-src 'self'", speaks: true },
  { name: "nothing but what is needed", policy: `default-src 'none'; script-src 'self' ${wasm}; connect-src 'self'; form-action 'self'`, speaks: true },
  { name: "no styles at all", policy: `script-src 'self' ${wasm}; style-src 'none'`, speaks: true },
  { name: "Trusted Types and none of them", policy: `script-src 'self' ${wasm}; require-trusted-types-for 'script'; trusted-types 'none'`, speaks: true },
  { name: "no connections", policy: `script-src 'self' ${wasm}; connect-src 'none'`, speaks: false },
  { name: "no scripts", policy: "script-src 'none'", speaks: false },
  { name: "a sandbox that lets forms go", policy: "sandbox allow-forms allow-scripts", speaks: true },
];

const clobbering = `<form id="clobber"><input name="addEventListener"><input name="parentNode"></form>
  <img name="getElementById"><img name="createElement"><img name="querySelectorAll"><a id="Mailproof"></a><a id="mailproof-b"></a>`;

inEachBrowser(({ name: browser, site, open }) => {
  let opened, page;
  const path = "/pages/states.html";
  const made = "/states-with-more.html";
  /** `before` stands before all else in the page's body. */
  async function visit({ headers = {}, first, before } = {}) {
    site.made.set(made, states.replace("<body>", `<body>${before}`));
    site.headers = { "access-control-allow-origin": "*", ...headers };
    site.received.length = 0;
    opened = await open("about:blank");
    page = opened.page;
    if (first) await page.evaluateOnNewDocument(first);
    await page.goto(site.url + (before ? made : path));
  }
  async function leave() {
    assert.deepEqual(opened.troubles.filter((trouble) => !/Content-Security-Policy|Content Security Policy|Cross-Origin Request/.test(trouble)), []);
    await opened.close();
  }
  async function offersAndSends() {
    await type(page, "#email", "jane@gamil.com");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await says(page, "#email", "Did you mean jane@gmail.com?");
    await goes();
  }
  async function goes() {
    const started = performance.now();
    await click(page, "#send");
    await until(() => site.received.length === 1, () => "the form did not go");
    return performance.now() - started;
  }

  for (const { name, policy, speaks } of policies) {
    test(`under a policy of ${name} the form goes${speaks ? ", and the hint appears" : ""}`, async () => {
      await visit({ headers: { "content-security-policy": policy } });
      await type(page, "#email", "jane@gamil.com");
      await page.keyboard.press("Tab");
      if (speaks) await says(page, "#email", "Did you mean jane@gmail.com?");
      else assert.equal(await hint(page, "#email"), "");
      await goes();
      await leave();
    });
  }

  test("a reset takes the hint and the error with it", async () => {
    await visit();
    await type(page, "#email", "jane");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await says(page, "#email", "with an @");
    await page.$eval("#form", (form) => form.reset());
    await until(async () => (await hint(page, "#email")) === "", () => "the hint stayed");
    const left = await page.$eval("#email", (field) => [field.validationMessage, field.getAttribute("aria-invalid")]);
    assert.deepEqual(left, ["", null]);
    await leave();
  });

  // As autofill does it: the value, then both events, and no key. A browser that fills a whole
  // form gives the focus to the field that was chosen in; a password manager may send one event.
  const autofill = (names) =>
    page.$eval("#email", (field, names) => {
      field.value = "jane@gmail.com";
      for (const name of names) field.dispatchEvent(new Event(name, { bubbles: true }));
    }, names);

  test("what a browser fills in is judged when the form is sent", async () => {
    await visit();
    await type(page, "#email", "j");
    await attached(page, "#email");
    await autofill(["input", "change"]);
    await goes();
    assert.equal(site.received[0].email_verdict, "deliverable:accepts_mail");
    await leave();
  });

  for (const names of [["input", "change"], ["change"]]) {
    test(`a field that is filled in (${names.join(", ")}) and never had the focus is looked after, and its verdict goes`, async () => {
      await visit();
      await autofill(names);
      await attached(page, "#email");
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
      await goes();
      assert.deepEqual(site.received[0], { email: "jane@gmail.com", email_verdict: "deliverable:accepts_mail" });
      await leave();
    });
  }

  test("autocomplete, name, type and value of the field stay the page's own", async () => {
    await visit();
    const attributes = () =>
      page.$eval("#email", (field) => ["autocomplete", "name", "type", "id", "class", "style"].map((name) => field.getAttribute(name)));
    const before = await attributes();
    await type(page, "#email", " Jane@gamil.com");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await says(page, "#email", "Did you mean");
    assert.deepEqual(await attributes(), before);
    await leave();
  });

  test("a field that is replaced leaves nothing of itself, and its successor is found", async () => {
    await visit();
    await type(page, "#email", "jane");
    await attached(page, "#email");
    for (let time = 0; time < 5; time += 1) {
      await page.$eval("#email", (field) => {
        const next = document.createElement("input");
        Object.assign(next, { id: "email", name: "email", type: "email" });
        field.replaceWith(next);
      });
      await until(() => page.$eval("#email", (field) => !!field.getAttribute("aria-describedby")), () => "not found");
    }
    await until(async () => (await page.$$(".mailproof")).length === 1, () => "regions were left behind");
    await offersAndSends();
    await leave();
  });

  for (const [name, again] of [["two tags", "/mailproof.js"], ["tags of two versions", `/v/${version}/mailproof.js`]]) {
    test(`${name} are one`, async () => {
      await visit();
      await page.addScriptTag({ url: again });
      await offersAndSends();
      const fetched = opened.requests.map((request) => new URL(request.url()).pathname);
      assert.equal(fetched.filter((path) => path.endsWith("/widget.js")).length, 1);
      await leave();
    });
  }

  // The first gets an error and a suggestion made of what was typed, the second an error.
  for (const address of ["<b onclick=window.harmed=1>x</b>@gamil.com", '"<img src=x onerror=window.harmed=1>"@gmail.con']) {
    test(`what is typed is no markup: ${address}`, async () => {
      await visit({ headers: { "content-security-policy": "require-trusted-types-for 'script'" } });
      await page.$eval("#email", (field) => (field.type = "text"));
      await type(page, "#email", address);
      await attached(page, "#email");
      await page.keyboard.press("Tab");
      await until(async () => (await hint(page, "#email")) !== "", () => "nothing is said");
      const names = await page.$$eval(".mailproof *", (parts) => parts.map(({ tagName }) => tagName));
      assert.deepEqual(names.filter((name) => !["BUTTON", "SPAN"].includes(name)), []);
      assert.equal(await page.evaluate(() => window.harmed), undefined);
      await leave();
    });
  }

  // What stands there before the tag's script runs.
  for (const [name, html] of [
    ["an anchor", '<a id="Mailproof"></a>'],
    ["a form", '<form id="Mailproof"><input name="q"></form>'],
    ["an image", '<img name="Mailproof" alt="">'],
    ["several", '<a id="Mailproof"></a><a id="Mailproof"></a>'],
  ]) {
    test(`${name} called Mailproof is not Mailproof`, async () => {
      await visit({ before: html });
      const { did_you_mean } = await page.evaluate(() => Mailproof.check("jane@gamil.com"));
      assert.equal(did_you_mean, "jane@gmail.com");
      await offersAndSends();
      await leave();
    });
  }

  test("names of the page that stand in the way do not", async () => {
    await visit();
    await page.evaluate((html) => document.body.insertAdjacentHTML("afterbegin", html), clobbering);
    await offersAndSends();
    await leave();
  });

  test("frozen prototypes are no hindrance", async () => {
    await visit({
      first: () => {
        for (const type of [Object, Array, Function, String, Promise, Map, Set, Element, Node, EventTarget, HTMLInputElement]) {
          Object.freeze(type.prototype);
        }
      },
    });
    await offersAndSends();
    await leave();
  });

  test("what a page puts into Object.prototype is no setting", async () => {
    await visit({
      first: () => {
        for (const [name, value] of [["block", "none"], ["endpoint", "https://elsewhere.example"], ["lang", "ja"]]) {
          Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
        }
      },
    });
    await offersAndSends();
    const asked = opened.requests.map((request) => new URL(request.url()).origin);
    assert.deepEqual([...new Set(asked)].filter((origin) => origin !== site.url && origin !== "null"), []);
    await leave();
  });

  // As libraries of old did it. The names are those that the platform and we read options by.
  test("enumerable entries of Object.prototype are no hindrance", async () => {
    await visit({
      first: () => {
        const entries = { block: "none", error: "no", to: "you", address: "x@y.z", policy: "rfc", routing: { reasons: ["null_mx"] } };
        for (const name of ["extend", "each", "clone", "keys", "toJSONString", "method", "body", "headers", "mode", "once"]) {
          entries[name] = function () {
            return this;
          };
        }
        Object.assign(Object.prototype, entries);
      },
    });
    const checked = await page.evaluate(() => Mailproof.check("jane@gamil.com", { endpoint: "off" }));
    assert.deepEqual([checked.did_you_mean, checked.reason], ["jane@gmail.com", "possible_typo"]);
    await offersAndSends();
    assert.equal(site.received[0].email, "jane@gamil.com");
    await leave();
  });

  test("__proto__ and constructor among the options of attach are nobody's prototype", async () => {
    await visit();
    const before = await page.evaluate(async () => {
      const options = JSON.parse('{"__proto__": {"block": "none", "lang": "ja"}, "constructor": {"prototype": {"block": "none"}}, "endpoint": "off"}');
      await Mailproof.attach(document.querySelector("#email"), options);
      return [{}.block, {}.lang, {}.endpoint].map(String);
    });
    assert.deepEqual(before, ["undefined", "undefined", "undefined"]);
    await offersAndSends();
    assert.ok(!opened.requests.some((request) => request.url().includes("/v1/")));
    await leave();
  });

  // The tag finds fields in open roots; into a closed one its own script has to hand them.
  test("a field in a closed shadow root is looked after where its component attaches it", async () => {
    await visit();
    await page.evaluate(async () => {
      window.inside = document.body.appendChild(document.createElement("sign-up")).attachShadow({ mode: "closed" });
      window.inside.innerHTML = '<form action="/received" method="post"><input name="email" type="email"><button id="go">Go</button></form>';
      await Mailproof.attach(window.inside.querySelector("input"));
    });
    const part = (selector) => page.waitForFunction((selector) => window.inside.querySelector(selector), {}, selector);
    const press = async (selector) => (await part(selector)).click();
    const hintInside = () => page.evaluate(() => window.inside.querySelector(".mailproof").textContent);
    await press("input");
    await page.keyboard.type("jane");
    await press("#go");
    await until(async () => (await hintInside()).includes("with an @"), () => "no error");
    await page.keyboard.type("@gamil.com");
    await page.keyboard.press("Tab");
    await press("button[value=accept]");
    await until(async () => (await hintInside()).includes("Changed to jane@gmail.com"), () => "not taken");
    assert.equal(await page.evaluate(() => window.inside.adoptedStyleSheets.length), 1);
    await press("#go");
    await until(() => site.received.length === 1, () => "the form did not go");
    assert.deepEqual(site.received[0], { email: "jane@gmail.com", email_verdict: "deliverable:accepts_mail" });
    await leave();
  });

  test("a finger takes the suggestion, and another takes it back", async () => {
    await visit();
    const tap = async (selector) => {
      const box = await (await page.waitForSelector(selector)).boundingBox();
      await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    };
    const value = () => page.$eval("#email", (field) => field.value);
    await tap("#email");
    await page.keyboard.type("jane@gamil.com");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await tap(".mailproof button[value=accept]");
    await until(async () => (await value()) === "jane@gmail.com", () => "not taken");
    await tap(".mailproof button[value=undo]");
    await until(async () => (await value()) === "jane@gamil.com", () => "not taken back");
    await goes();
    await leave();
  });

  test("an accessor's name in Object.prototype is no hindrance", async () => {
    await visit({
      first: () => {
        Object.assign(Object.prototype, { get: () => "old", set: () => "old" });
      },
    });
    await offersAndSends();
    await leave();
  });

  // As an input method of any browser tells a page; Chromium's own is driven below.
  test("while a syllable is being composed nothing is said, whatever is in the field", async () => {
    await visit();
    await type(page, "#email", "jane");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await says(page, "#email", "with an @");
    await page.focus("#email");
    const compose = (steps) =>
      page.$eval("#email", (field, steps) => {
        const isComposing = true;
        field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true, data: "" }));
        for (const value of steps) {
          field.value = value;
          field.dispatchEvent(new CompositionEvent("compositionupdate", { bubbles: true, data: value }));
          field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing, inputType: "insertCompositionText" }));
        }
      }, steps);
    await compose(["jane@g", "jane@gam", "jane@gamil.com"]);
    assert.match(await hint(page, "#email"), /with an @/);
    await page.$eval("#email", (field) => field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: field.value })));
    await until(async () => (await hint(page, "#email")) === "", () => "the error stayed");
    assert.equal(await page.$eval("#email", (field) => field.getAttribute("aria-invalid")), null);
    await page.keyboard.press("Tab");
    await says(page, "#email", "Did you mean jane@gmail.com?");
    await goes();
    await leave();
  });

  // Only the protocol of Chromium counts what a page holds.
  if (browser === "Chromium") {
    test("a hundred fields that come and go leave nothing behind", async () => {
      await visit();
      await type(page, "#email", "x");
      await attached(page, "#email");
      const session = await page.createCDPSession();
      const comeAndGo = (times) =>
        page.evaluate(async (times) => {
          for (let time = 0; time < times; time += 1) {
            const form = document.createElement("form");
            const field = form.appendChild(Object.assign(document.createElement("input"), { type: "email" }));
            document.body.append(form);
            const attached = await Mailproof.attach(field);
            attached.detach();
            form.remove();
          }
          await new Promise((later) => setTimeout(later, 150));
        }, times);
      const held = async () => {
        await session.send("HeapProfiler.collectGarbage");
        await session.send("HeapProfiler.collectGarbage");
        const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
        return { nodes, jsEventListeners };
      };
      await comeAndGo(20);
      const before = await held();
      await comeAndGo(100);
      const after = await held();
      assert.ok(after.nodes - before.nodes < 20, `${after.nodes - before.nodes} nodes`);
      assert.ok(after.jsEventListeners - before.jsEventListeners < 20, `${after.jsEventListeners - before.jsEventListeners} listeners`);
      await leave();
    });

    test("an address composed by an input method is judged when it is done", async () => {
      await visit();
      await type(page, "#email", "jane@");
      await attached(page, "#email");
      const session = await page.createCDPSession();
      await session.send("Input.imeSetComposition", { text: "gamil.com", selectionStart: 9, selectionEnd: 9 });
      assert.equal(await hint(page, "#email"), "");
      await session.send("Input.insertText", { text: "gamil.com" });
      await page.keyboard.press("Tab");
      await says(page, "#email", "Did you mean jane@gmail.com?");
      await leave();
    });
  }
});
