// Mailproof breaks in the middle of its work: a trap in the core, or no memory. The field is
// then as without it, and the press that met it sends the form all the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attached, click, hint, says, type, until } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

/** The promise: from any state the form goes within this much of the press. */
const LONGEST_MS = 1500;

// Keeps the core's exports where a test can reach them. Runs before the page's scripts.
function keepCore() {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    window.core = made.exports;
    return made;
  };
}

// Each breaks the core so that its next call traps.
const breaks = {
  "a trap": () => new Uint8Array(window.core.memory.buffer).fill(255),
  // More than the module may ever have.
  "no memory": () => {
    try {
      window.core.room(2 ** 28);
    } catch {}
  },
};

inEachBrowser(({ site, open }) => {
  async function form() {
    site.edge = (_domain, response) => answer(response, 200, report("accepts_mail"));
    const opened = await open("about:blank");
    await opened.page.evaluateOnNewDocument(keepCore);
    await opened.page.goto(`${site.url}/pages/form.html`);
    return opened;
  }

  /** An error stands under the field, and then the core breaks. */
  async function brokenBehindAnError(breakIt) {
    const opened = await form();
    const { page } = opened;
    await type(page, "#email", "jane..doe@shop.hk");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await says(page, "#email", "two dots");
    await page.evaluate(breakIt);
    return opened;
  }

  for (const [name, breakIt] of Object.entries(breaks)) {
    test(`${name} while an error holds the form back`, async () => {
      const opened = await brokenBehindAnError(breakIt);
      const { page } = opened;
      await goesAtThePress(opened, () => click(page, "#send"));
    });

    test(`${name} while somebody types`, async () => {
      const opened = await brokenBehindAnError(breakIt);
      const { page } = opened;
      await page.focus("#email");
      await page.keyboard.type("x");
      await until(() => page.$eval("#email", (field) => field.validity.valid), () => "the field stays invalid");
      assert.equal(await hint(page, "#email"), "");
      assert.equal(await page.$eval("#email", (field) => field.getAttribute("aria-invalid")), null);
      await goesAtThePress(opened, () => page.keyboard.press("Enter"));
    });

    test(`${name} while the form waits for the edge`, async () => {
      const opened = await form();
      const { page } = opened;
      site.edge = () => {};
      await type(page, "#email", "jane@firma-beispiel.de");
      await attached(page, "#email");
      const broken = page.evaluate((breakIt) => {
        document.querySelector("#form").addEventListener("submit", () => {}, true);
        setTimeout(new Function(`(${breakIt})()`), 200);
      }, String(breakIt));
      await broken;
      await goesAtThePress(opened, () => page.keyboard.press("Enter"));
    });
  }
});

async function goesAtThePress({ page, troubles, close }, press) {
  const gone = page.waitForNavigation({ timeout: 8000 });
  await press();
  const pressed = performance.now();
  await gone;
  const took = performance.now() - pressed;
  assert.match(page.url(), /sent\.html/);
  assert.ok(took < LONGEST_MS, `${Math.round(took)} ms`);
  assert.deepEqual(troubles, []);
  await close();
}
