// A press is never lost and never held back mutely: whatever the visitor or the page does
// while the form waits, wherever the words are gone or stand out of sight, the form goes
// within the promise, or something in sight says why not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { says } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { inEachBrowser } from "./lib/suite.mjs";
import { LONGEST_MS, field, form, pressing, rewrite, send, silent, twoDots, unheardOf, visiting } from "./lib/visits.mjs";

const soon = () => new Promise((later) => setTimeout(later, 250));
const second = field.replaceAll('"email"', '"again"').replace('type="again"', 'type="email"');

inEachBrowser(({ site, open }) => {
  const { visit, leave, write, goes, goesOrSays, isHeld } = visiting(site, open);
  const enter = (page) => () => page.keyboard.press("Enter");
  /** Presses, and does something a moment after it, for which nobody waits. */
  const andThen = (page, press, then) => async () => {
    await press();
    soon().then(() => then(page)).catch(() => {});
  };

  // Before the local part, where a letter more or less makes no fault.
  const before = (work) => (page) => page.keyboard.press("Home").then(() => work(page));
  // What happens while the form waits for an edge that says nothing.
  const meanwhile = [
    { name: "a letter is typed", then: before((page) => page.keyboard.type("n")) },
    { name: "a letter is deleted", then: before((page) => page.keyboard.press("Delete")) },
    { name: "another address is written", then: (page) => rewrite(page, "info@andere-firma.de"), whole: "info@andere-firma.de" },
    { name: "one that needs no question is written", then: (page) => rewrite(page, "jane@gmail.com"), whole: "jane@gmail.com" },
    { name: "letters are typed until long after", then: before((page) => page.keyboard.type("nnnnnnnn", { delay: 100 })) },
    { name: "the field is emptied", then: (page) => page.$eval("#email", (input) => input.select()).then(() => page.keyboard.press("Backspace")) },
    { name: "the field is left", then: (page) => page.keyboard.press("Tab") },
    { name: "somebody presses once more", then: (page) => page.keyboard.press("Enter") },
    { name: "somebody types and presses once more", then: before((page) => page.keyboard.type("n").then(() => page.keyboard.press("Enter"))) },
    { name: "the page replaces the field", then: (page) => page.$eval("#email", (input) => input.replaceWith(input.cloneNode())) },
    { name: "the page takes the field away", then: (page) => page.$eval("#email", (input) => input.remove()) },
    { name: "the page takes the button away", then: (page) => page.$eval("#send", (button) => button.remove()) },
    { name: "the page disables the field", then: (page) => page.$eval("#email", (input) => (input.disabled = true)) },
  ];
  for (const { name, then, whole } of meanwhile) {
    test(`the form waits, ${name}: it goes${whole ? ", or the browser itself refuses what is half written" : ""}`, async () => {
      const { page } = await visit(form(field + send), { edge: silent });
      await write(unheardOf);
      const press = andThen(page, enter(page), then);
      if (whole) await goesOrIsHalf(page, press, whole);
      else await goes(press);
      await leave();
    });
  }

  /** Where the browser had refused a part of the text, the next press on all of it goes. */
  async function goesOrIsHalf(page, press, whole) {
    await press();
    await new Promise((later) => setTimeout(later, LONGEST_MS));
    if (site.received.length > 0) return;
    const value = await page.$eval("#email", (input) => input.value);
    assert.ok(whole.startsWith(value), value);
    await rewrite(page, whole);
    const { email } = await goes(enter(page));
    assert.equal(email, whole);
  }

  // Of two fields, the one that waits and the other.
  for (const gone of ["#email", "#again"]) {
    test(`the form waits for one of two fields, and ${gone} is taken away: it goes`, async () => {
      const { page } = await visit(form(field + second + send), { edge: silent });
      await write("jane@gmail.com", "#again");
      await write(unheardOf);
      await goes(andThen(page, enter(page), () => page.$eval(gone, (input) => input.remove())));
      await leave();
    });
  }

  test("the form waits, and a fault is typed: it goes", async () => {
    const { page } = await visit(form(field + send), { edge: silent });
    await write(unheardOf);
    await goes(andThen(page, enter(page), before((page) => page.keyboard.type("x..x"))));
    await leave();
  });

  test("a press after one that was overtaken by a letter waits no longer than any other", async () => {
    const { page } = await visit(form(field + send), { edge: silent, first: () => addEventListener("submit", (event) => event.preventDefault() || (window.gone = (window.gone ?? 0) + 1)) });
    await write(unheardOf);
    await andThen(page, enter(page), before((page) => page.keyboard.type("n")))();
    await new Promise((later) => setTimeout(later, 1500));
    assert.equal(await page.evaluate(() => window.gone), 1);
    await enter(page)();
    await new Promise((later) => setTimeout(later, 1500));
    assert.equal(await page.evaluate(() => window.gone), 2);
    await leave();
  });

  // Safari has `requestSubmit` since version 16.
  const without = () => delete HTMLFormElement.prototype.requestSubmit;
  const named = '<button id="send" name="do" value="order">Send</button>';
  for (const [edgeName, edge, verdict] of [
    ["silent", silent, "unknown:edge_unreachable"],
    ["slow", (_domain, response) => setTimeout(() => answer(response, 200, report("null_mx", { null_mx: true })), 200), "undeliverable:null_mx"],
  ]) {
    test(`without requestSubmit, the edge ${edgeName}: the form goes with its button's value`, async () => {
      const { page } = await visit(form(field + named), { edge, first: without });
      await write(unheardOf);
      assert.deepEqual(await goes(pressing(page)), { email: unheardOf, do: "order", email_verdict: verdict });
      await leave();
    });
  }

  test("without requestSubmit and without a button the form goes", async () => {
    const { page } = await visit(form(field), { edge: silent, first: without });
    await write(unheardOf);
    await goes(enter(page));
    await leave();
  });

  test("without requestSubmit the page's own listener hears of the submit once, and can prevent it", async () => {
    const first = () => {
      delete HTMLFormElement.prototype.requestSubmit;
      addEventListener("submit", (event) => event.preventDefault() || (window.heard ??= []).push(event.submitter?.id));
    };
    const { page } = await visit(form(field + send), { edge: silent, first });
    await write(unheardOf);
    await pressing(page)();
    await new Promise((later) => setTimeout(later, 1500));
    assert.deepEqual(await page.evaluate(() => window.heard), ["send"]);
    assert.deepEqual(site.received, []);
    await leave();
  });

  const isWords = (pathname) => /\/messages\/.*\.json$/.test(pathname);
  const wordless = [
    { name: "the words are not there", behaviour: { isGone: isWords } },
    { name: "the words never come", behaviour: { stalls: isWords } },
    { name: "the page has no words for the fault", behaviour: { tag: 'data-say-consecutive_dots=""' } },
  ];
  for (const { name, behaviour } of wordless) {
    for (const settings of ["", 'novalidate data-block="syntax"']) {
      test(`${name}${settings && ", in a form with novalidate that blocks"}: a fault is not held back mutely`, async () => {
        const { page } = await visit(form(field + send, settings), behaviour);
        await write(twoDots);
        await page.keyboard.press("Tab");
        const became = await goesOrSays(pressing(page));
        if (!behaviour.tag) assert.equal(became, "goes");
        await leave();
      });
    }
  }

  // A fault is known, and its words stand where nobody sees them.
  const step = `<div id="one">${field}</div><div id="two">${send}</div>`;
  const unseen = [
    { name: "the page has taken them away", content: field + send, hide: () => document.querySelector(".mailproof").remove() },
    { name: "the page has emptied them", content: field + send, hide: () => document.querySelector(".mailproof").replaceChildren() },
    { name: "the step of the field is over", content: step, hide: () => (document.querySelector("#one").style.display = "none") },
    { name: "the step of the field is hidden", content: step, hide: () => (document.querySelector("#one").hidden = true) },
    { name: "the dialog is closed", content: `<dialog open>${field}</dialog>${send}`, hide: () => document.querySelector("dialog").close() },
    {
      name: "the page's place for them is hidden",
      content: `${field.replace("<input", '<input data-hint="here"')}<p id="here"></p>${send}`,
      hide: () => (document.querySelector("#here").style.display = "none"),
    },
    { name: "the field itself is hidden", content: field + send, hide: () => (document.querySelector("#email").style.display = "none") },
  ];
  for (const { name, content, hide } of unseen) {
    for (const settings of ["", 'novalidate data-block="syntax"']) {
      test(`the words for a fault cannot be seen, for ${name}${settings && " (novalidate)"}: the form goes, or they come back`, async () => {
        const { page } = await visit(form(content, settings));
        await write(twoDots);
        await page.keyboard.press("Tab");
        await says(page, "#email", "two dots");
        await page.evaluate(hide);
        await soon();
        await goesOrSays(pressing(page));
        await leave();
      });
    }
  }

  // Who has read what is wrong has the last word, unless the owner wants the form held.
  const twice = [
    { name: "at once", pause: 100, goesAway: false },
    { name: "after reading why", pause: 1200, goesAway: true },
    { name: "after reading why, where the owner blocks faults", settings: 'data-block="syntax"', pause: 1200, goesAway: false },
    { name: "after writing another fault", pause: 1200, then: (page) => rewrite(page, "jane..roe@shop.hk"), goesAway: false },
  ];
  for (const { name, settings = "", pause, then = () => {}, goesAway } of twice) {
    test(`a second press on a fault, ${name}: the form ${goesAway ? "goes" : "stays"}`, async () => {
      const { page } = await visit(form(field + send, settings));
      await write(twoDots);
      // A press before the words have come would send the form.
      await page.keyboard.press("Tab");
      await says(page, "#email", "two dots");
      await page.focus("#email");
      await enter(page)();
      await new Promise((later) => setTimeout(later, pause));
      await then(page);
      if (goesAway) assert.equal((await goes(enter(page))).email_verdict, "undeliverable:consecutive_dots");
      else await isHeld(enter(page));
      await leave();
    });
  }

  test("a dialog that is opened again says the fault at the press", async () => {
    const { page } = await visit(form(`<dialog>${field}${send}</dialog>`));
    const show = () => page.$eval("dialog", (dialog) => dialog.showModal());
    await show();
    await write(twoDots);
    await page.keyboard.press("Tab");
    await says(page, "#email", "two dots");
    await page.$eval("dialog", (dialog) => dialog.close());
    await soon();
    await show();
    await isHeld(pressing(page));
    await rewrite(page, "jane@gmail.com");
    await goes(pressing(page));
    await leave();
  });
});
