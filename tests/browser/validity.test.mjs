// Pages that validate by themselves: they ask whether the form is valid with every letter,
// and say faults of their own. Mailproof's hint answers a press, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hint, says } from "./lib/engines.mjs";
import { inEachBrowser } from "./lib/suite.mjs";
import { field, form, pressing, rewrite, send, twoDots, visiting } from "./lib/visits.mjs";

inEachBrowser(({ site, open }) => {
  const { visit, leave, write, goes, isHeld } = visiting(site, open);

  const name = '<label for="name">Name</label> <input id="name" name="name" required>';
  const content = field.replace("<input", "<input required") + name + send;
  /** What can be seen of a fault: the hint, the mark, and who has the focus. */
  const shown = async (page) => [
    await hint(page, "#email"),
    await page.$eval("#email", (input) => input.getAttribute("aria-invalid")),
    await page.evaluate(() => document.activeElement.id),
  ];
  /** Writes letter by letter, and looks after each. */
  async function watched(page, text, expected) {
    for (const letter of text) {
      await page.keyboard.type(letter);
      await new Promise((later) => setTimeout(later, 30));
      assert.deepEqual(await shown(page), expected, `after ${letter}`);
    }
  }

  const askers = {
    "disables its button until it is": () =>
      addEventListener("input", () => {
        const form = document.querySelector("#form");
        document.querySelector("#send").disabled = !form.checkValidity();
      }),
    "marks the form where it is not": () =>
      addEventListener("input", () => document.querySelector("#form").classList.toggle("wrong", !document.querySelector("#form").checkValidity())),
    "asks each field": () => addEventListener("input", () => [...document.querySelectorAll("input")].forEach((input) => input.checkValidity())),
    "asks each field as it is left": () => addEventListener("focusout", () => [...document.querySelectorAll("input")].forEach((input) => input.checkValidity())),
    "asks every now and then": () => setInterval(() => document.querySelector("#form")?.checkValidity(), 20),
  };
  for (const [asks, first] of Object.entries(askers)) {
    test(`a page that asks whether the form is valid and ${asks}: nothing is said while somebody types`, async () => {
      const { page } = await visit(form(content), { first });
      await write("");
      await watched(page, "jane@gmail.com", ["", null, "email"]);
      await page.keyboard.press("Tab");
      await watched(page, "Jane", ["", null, "name"]);
      assert.equal((await goes(pressing(page))).email, "jane@gmail.com");
      await leave();
    });

    test(`a page that asks whether the form is valid and ${asks}: the focus stays in another field`, async () => {
      const { page } = await visit(form(content), { first });
      await write("jane");
      await page.keyboard.press("Tab");
      await says(page, "#email", "with an @");
      await watched(page, "Jane Doe", [await hint(page, "#email"), "true", "name"]);
      assert.equal(await page.$eval("#name", (input) => input.value), "Jane Doe");
      await leave();
    });
  }

  // Whether the browser's bubble was prevented, by the last event of each field.
  const noting = () => {
    window.bubbles = {};
    addEventListener("invalid", (event) => setTimeout(() => (window.bubbles[event.target.id] = !event.defaultPrevented)), true);
    addEventListener("input", () => document.querySelector("#form").checkValidity());
  };
  const presses = { "a click": (page) => pressing(page), Enter: (page) => () => page.focus("#email").then(() => page.keyboard.press("Enter")) };
  for (const [pressed, press] of Object.entries(presses)) {
    for (const [address, sentence] of [["jane", "with an @"], [twoDots, "two dots"]]) {
      test(`${pressed} on such a page shows the hint for ${address}, in place of the browser's bubble`, async () => {
        const { page } = await visit(form(content), { first: noting });
        await write(address);
        await page.keyboard.press("Tab");
        await page.keyboard.type("Jane");
        await says(page, "#email", sentence);
        await page.evaluate(() => (window.bubbles = {}));
        await isHeld(press(page));
        assert.deepEqual(await page.evaluate(() => window.bubbles), { email: false });
        assert.equal(await page.evaluate(() => document.activeElement.id), "email");
        await leave();
      });
    }

    test(`${pressed} right after typing shows the hint`, async () => {
      const { page } = await visit(form(content), { first: noting });
      await page.$eval("#name", (input) => (input.value = "Jane"));
      await write("jane");
      assert.equal(await hint(page, "#email"), "");
      await isHeld(press(page));
      assert.deepEqual(await page.evaluate(() => window.bubbles), { email: false });
      await leave();
    });
  }

  test("Enter in a form without a button shows the hint", async () => {
    const { page } = await visit(form(field), { first: noting });
    await write("jane");
    await isHeld(() => page.keyboard.press("Enter"));
    assert.deepEqual(await page.evaluate(() => window.bubbles), { email: false });
    await leave();
  });

  // The page's own message about the address, and when it is there.
  const own = "Not from here, please.";
  const refusing = {
    "as it is typed": () =>
      addEventListener("input", ({ target }) => target.setCustomValidity?.(target.value.includes("gmail") ? "Not from here, please." : "")),
    "as it is left": () =>
      addEventListener("change", ({ target }) => target.setCustomValidity?.(target.value.includes("gmail") ? "Not from here, please." : "")),
    "some time after": () =>
      addEventListener("input", ({ target }) =>
        setTimeout(() => target.setCustomValidity?.(target.value.includes("gmail") ? "Not from here, please." : ""), 100),
      ),
  };
  const message = (page) => page.$eval("#email", (input) => input.validationMessage);
  for (const [when, first] of Object.entries(refusing)) {
    test(`a message of the page's own, set ${when}, stays, holds the form, and goes when the page takes it back`, async () => {
      const { page } = await visit(form(field + send), { first });
      await write("jane@gmail.com");
      await page.keyboard.press("Tab");
      await new Promise((later) => setTimeout(later, 400));
      assert.equal(await message(page), own);
      await pressing(page)();
      await new Promise((later) => setTimeout(later, 400));
      assert.deepEqual(site.received, []);
      assert.equal(await message(page), own);
      await rewrite(page, "jane@icloud.com");
      await page.keyboard.press("Tab");
      await new Promise((later) => setTimeout(later, 400));
      assert.equal(await message(page), "");
      assert.equal((await goes(pressing(page))).email, "jane@icloud.com");
      await leave();
    });
  }

  test("a message of the page's own that was there before stays when Mailproof comes, and when it leaves", async () => {
    const { page } = await visit(form(field + send));
    await page.$eval("#email", (input, own) => input.setCustomValidity(own), own);
    await write("jane@gmail.com");
    await page.keyboard.press("Tab");
    await new Promise((later) => setTimeout(later, 200));
    assert.equal(await message(page), own);
    await page.evaluate(async () => (await Mailproof.attach(document.querySelector("#email"))).detach());
    assert.equal(await message(page), own);
    await leave();
  });

  test("a message of the page's own outlives a fault of the address", async () => {
    const { page } = await visit(form(field + send));
    await page.$eval("#email", (input, own) => input.setCustomValidity(own), own);
    await write(twoDots);
    await page.keyboard.press("Tab");
    await says(page, "#email", "two dots");
    await rewrite(page, "jane@gmail.com");
    await page.keyboard.press("Tab");
    await new Promise((later) => setTimeout(later, 200));
    assert.equal(await message(page), own);
    await leave();
  });

  test("a page that clears its message with every letter takes nothing from a fault of the address", async () => {
    const clearing = () => addEventListener("input", ({ target }) => target.setCustomValidity?.(""));
    const { page } = await visit(form(field + send), { first: clearing });
    await write("jane");
    await page.keyboard.press("Tab");
    await rewrite(page, twoDots);
    await isHeld(pressing(page));
    await rewrite(page, "jane@gmail.com");
    await goes(pressing(page));
    await leave();
  });
});
