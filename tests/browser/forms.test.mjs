// Other people's forms: names with brackets, several fields, fields outside their form,
// disabled, moved, for several addresses; buttons that ask for no validation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attached, hint, says, type, until } from "./lib/engines.mjs";
import { php, rack } from "./lib/receivers.mjs";
import { inEachBrowser } from "./lib/suite.mjs";
import { field, form, pressing, rewrite, send, silent, twoDots, unheardOf, visiting } from "./lib/visits.mjs";

inEachBrowser(({ site, open }) => {
  const { visit, leave, write, goes, isHeld } = visiting(site, open);
  const value = (page, selector) => page.$eval(selector, (control) => control.value);
  /** Nothing of ours is at the field. */
  async function isLeftAlone(page, selector = "#email") {
    await new Promise((later) => setTimeout(later, 300));
    assert.equal((await page.$$(".mailproof")).length, 0);
    assert.equal(await page.$eval(selector, (control) => control.getAttribute("aria-describedby")), null);
  }

  const bracketed = (name, more = "") => form(`${field.replace('name="email"', `name="${name}"`)}${more}${send}`);

  for (const [reader, name] of [[rack, "user[email]"], [php, "user[email]"], [rack, "contact[email]"], [php, "contact[0][email]"]]) {
    test(`${name}: the ${reader.name} that receives it reads the visitor's address and nothing else`, async () => {
      const { page } = await visit(bracketed(name), { reader });
      await write("jane@gmail.com");
      assert.deepEqual(await goes(pressing(page)), reader([[name, "jane@gmail.com"]]));
      await leave();
    });
  }

  test("user[email]_verdict, where the page declares it, is filled", async () => {
    const declared = '<input type="hidden" name="user[email]_verdict">';
    const { page } = await visit(bracketed("user[email]", declared), { reader: Object.fromEntries });
    await write("jane@gmail.com");
    await page.keyboard.press("Tab");
    await until(async () => (await value(page, "[type=hidden]")) === "deliverable:accepts_mail", () => "not filled");
    const received = await goes(pressing(page));
    assert.deepEqual(received, { "user[email]": "jane@gmail.com", "user[email]_verdict": "deliverable:accepts_mail" });
    await leave();
  });

  test("a field for several addresses is the browser's own affair", async () => {
    const { page } = await visit(form(field.replace("type=", "multiple type=") + send));
    await type(page, "#email", "a@shop.hk, b@shop.hk");
    await page.keyboard.press("Tab");
    await isLeftAlone(page);
    // The browser has taken the space out.
    assert.deepEqual(await goes(pressing(page)), { email: "a@shop.hk,b@shop.hk" });
    await leave();
  });

  test("a name or an address to log in with may be either", async () => {
    const login = field.replace('type="email"', 'autocomplete="username email"');
    const { page } = await visit(form(login + send));
    await type(page, "#email", "jane");
    await page.keyboard.press("Tab");
    await isLeftAlone(page);
    assert.deepEqual(await goes(pressing(page)), { email: "jane" });
    await leave();
  });

  // What becomes of a faulty address before the press, by which it is no part of the form.
  const partings = [
    { name: "is disabled", part: () => (document.querySelector("#email").disabled = true) },
    { name: "stands in a fieldset that is disabled", part: () => (document.querySelector("fieldset").disabled = true) },
    { name: "is moved to another form", part: () => document.querySelector("#other").append(document.querySelector("#email")) },
    { name: "is given to another form", part: () => document.querySelector("#email").setAttribute("form", "other") },
    { name: "is taken away", part: () => document.querySelector("#email").remove() },
  ];
  const gift = '<input type="hidden" name="plan" value="free">';
  for (const { name, part } of partings) {
    test(`a faulty address that ${name} holds nothing back`, async () => {
      const { page } = await visit(`${form(`<fieldset>${field}</fieldset>${gift}${send}`)}<form id="other"></form>`);
      await write(twoDots);
      await page.keyboard.press("Tab");
      await says(page, "#email", "two dots");
      await page.evaluate(part);
      assert.deepEqual(await goes(pressing(page)), { plan: "free" });
      await leave();
    });
  }

  test("a field that is moved is looked after in its new form", async () => {
    const other = `<form id="other" action="/received" method="post"><button id="there">Send</button></form>`;
    const { page } = await visit(form(field + send) + other);
    await write(twoDots);
    await page.keyboard.press("Tab");
    await says(page, "#email", "two dots");
    await page.evaluate(() => document.querySelector("#other").prepend(document.querySelector("#email")));
    await isHeld(pressing(page, "#there"));
    await rewrite(page, "jane@gmail.com");
    assert.deepEqual(await goes(pressing(page, "#there")), { email: "jane@gmail.com", email_verdict: "deliverable:accepts_mail" });
    await leave();
  });

  test("a field that stands outside its form is held back and sent as one within", async () => {
    const outside = field.replace("<input", '<input form="form"');
    const { page } = await visit(`<p>${outside}</p>${form(send)}`);
    await write(twoDots);
    await page.keyboard.press("Tab");
    await says(page, "#email", "two dots");
    await isHeld(pressing(page));
    await rewrite(page, "jane@gmail.com");
    assert.deepEqual(await goes(pressing(page)), { email: "jane@gmail.com", email_verdict: "deliverable:accepts_mail" });
    await leave();
  });

  const second = field.replaceAll('"email"', '"again"').replace('type="again"', 'type="email"');

  test("of two fields each has its own hint, each can hold the form back, and both verdicts go", async () => {
    const { page } = await visit(form(`<p>${field}</p><p>${second}</p>${send}`));
    await write("jane@gmail.com");
    await write(twoDots, "#again");
    await page.keyboard.press("Tab");
    await says(page, "#again", "two dots");
    assert.equal(await hint(page, "#email"), "");
    await isHeld(pressing(page), "#again");
    assert.equal(await page.evaluate(() => document.activeElement.id), "again");
    await rewrite(page, "info@gmail.com", "#again");
    const received = await goes(pressing(page));
    const verdict = "deliverable:accepts_mail";
    assert.deepEqual(received, { email: "jane@gmail.com", email_verdict: verdict, again: "info@gmail.com", again_verdict: verdict });
    await leave();
  });

  // The page stays, and notes when it heard of the press and when of the submit.
  const noting = () => {
    window.heard = {};
    document.addEventListener("click", ({ target }) => target.id === "draft" && (window.heard.click = performance.now()), true);
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      window.heard.submit ??= performance.now();
    });
  };
  const drafts = [
    { name: "an address with a fault", address: twoDots },
    { name: "an address that the browser minds", address: "jane" },
    { name: "the edge silent", address: unheardOf },
    { name: "a dead domain that the owner blocks", address: unheardOf, settings: 'data-block="dns"' },
  ];
  for (const { name, address, settings } of drafts) {
    test(`a button that asks for no validation is neither refused nor held: ${name}`, async () => {
      const draft = '<button id="draft" name="do" value="draft" formnovalidate>Save for later</button>';
      const { page } = await visit(form(`${field}${draft}${send}`, settings), { first: noting, edge: silent });
      await write(address);
      await pressing(page, "#draft")();
      await until(() => page.evaluate(() => window.heard.submit), () => "the form did not go");
      const took = await page.evaluate(() => window.heard.submit - window.heard.click);
      assert.ok(took < 400, `held for ${Math.round(took)} ms`);
      await leave();
    });
  }

  // Where things stand before and after the first focus, in forms that are boxes themselves.
  const label = '<label for="email">Email</label>';
  const input = '<input id="email" name="email" type="email">';
  const named = '<label for="name">Name</label><input id="name" name="name">';
  const layouts = [
    { name: "in a row", style: "display:flex;gap:8px", content: input + send },
    { name: "in a row that wraps", style: "display:flex;flex-wrap:wrap;gap:8px", content: `${label}${input}${send}` },
    { name: "in two columns", style: "display:grid;grid-template-columns:auto 1fr;gap:8px", content: `${named}${label}${input}<span></span>${send}` },
    { name: "in a grid of input and button", style: "display:grid;grid-template-columns:1fr auto", content: input + send },
    { name: "in a column with gaps", style: "display:flex;flex-direction:column;gap:16px", content: `${label}${input}${send}` },
    { name: "in a grid of one column with gaps", style: "display:grid;gap:16px", content: `${label}${input}${send}` },
    { name: "under one another with margins", style: "", sheet: "form > * + * { display: block; margin-block-start: 16px }", content: `${label}${input}${send}` },
    { name: "of paragraphs", style: "", content: `<p>${label} ${input}</p><p>${send}</p>` },
    { name: "of flex rows", style: "", sheet: "p { display: flex; gap: 8px }", content: `<p>${label} ${input}</p><p>${send}</p>` },
    { name: "inline, the button beside the field", style: "", content: `${label} ${input} ${send}` },
  ];
  const places = (page) =>
    page.$$eval("form :is(label, input, button)", (parts) =>
      parts.map((part) => [part.id || part.textContent, ...Object.values(part.getBoundingClientRect().toJSON()).map(Math.round)].join(" ")),
    );
  for (const { name, style, content, sheet = "" } of layouts) {
    test(`a form laid out ${name} stays as it is with the first focus`, async () => {
      const { page } = await visit(form(content, `style="${style}"`), { head: `<style>${sheet}</style>` });
      const before = await places(page);
      await page.click("#email");
      await attached(page, "#email");
      await new Promise((later) => setTimeout(later, 100));
      assert.deepEqual(await places(page), before);
      await leave();
    });
  }
});
