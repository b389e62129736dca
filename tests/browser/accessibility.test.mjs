// Every state of a field, against WCAG 2.2 AA: axe, a screen reader's log, the keyboard,
// zoom, text spacing, forced colours, reduced motion and right-to-left.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { engines, hint, open, says, type, until } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { states, suggestion } from "./lib/states.mjs";
import { serving } from "./lib/suite.mjs";

const messages = fileURLToPath(new URL("../../www/messages/", import.meta.url));
const catalogue = (lang) => JSON.parse(readFileSync(`${messages}${lang}.json`, "utf8"));
const languages = readdirSync(messages).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const good = (_domain, response) => answer(response, 200, report("accepts_mail"));
let reader;

before(async () => {
  const contents = 'export { virtual } from "@guidepup/virtual-screen-reader/browser.js";';
  const stdin = { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) };
  const options = { bundle: true, write: false, format: "iife", globalName: "reader", minify: true, logLevel: "error" };
  const { outputFiles } = await build({ stdin, ...options });
  reader = outputFiles[0].text;
});

/** Until what fades in has done so. */
const settled = (page) => page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));

/** What axe finds fault with, in words. */
async function faults(page) {
  await settled(page);
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations, incomplete } = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    const told = ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)}`;
    // What axe cannot decide is a fault, too.
    return [...violations, ...incomplete].map(told);
  });
  return found;
}

const preferences = {
  "prefers-color-scheme": { "layout.css.prefers-color-scheme.content-override": 0 },
  "forced-colors": { "browser.display.document_color_use": 2 },
  "prefers-reduced-motion": { "ui.prefersReducedMotion": 1 },
};

for (const engine of engines) {
  describe(engine.name, () => {
    const site = serving();
    let page, troubles;
    const browsers = [];
    /** Pages by what of the media is emulated in them. */
    const pages = new Map();
    after(() => Promise.all(browsers.map((browser) => browser.close())));

    async function pageWith(media) {
      const key = JSON.stringify(media);
      if (!pages.has(key)) pages.set(key, await emulating[engine.name](media));
      return pages.get(key);
    }

    const launch = async (preferences) => {
      const browser = await engine.launch(preferences);
      browsers.push(browser);
      return open(browser, "about:blank");
    };
    // WebDriver BiDi has no command for these; Firefox has preferences, for a whole browser.
    const emulating = {
      Firefox: (media) => launch(Object.assign({}, ...Object.keys(media).map((name) => preferences[name]))),
      Chromium: async (media) => {
        const opened = await launch();
        const session = await opened.page.createCDPSession();
        const features = Object.entries(media).map(([name, value]) => ({ name, value }));
        await session.send("Emulation.setEmulatedMedia", { features });
        return opened;
      },
    };

    /** The page in one language, before the engine has come. */
    async function visit({ lang = "en", dir = "ltr", edge = good, width = 1280, height = 900, media = {} } = {}) {
      ({ page, troubles } = await pageWith(media));
      site.edge = edge;
      await page.setViewport({ width, height });
      await page.goto(`${site.url}/pages/states.html`);
      await page.evaluate((lang, dir) => Object.assign(document.documentElement, { lang, dir }), lang, dir);
      for (const [name, value] of Object.entries(media)) {
        assert.ok(await page.evaluate((query) => matchMedia(query).matches, `(${name}: ${value})`), `${name} is not ${value}`);
      }
      return catalogue(lang);
    }
    const leave = () => assert.deepEqual(troubles, []);

    for (const { name, tone, edge, reach } of states) {
      test(`axe has nothing to say about ${name}`, async () => {
        const words = await visit({ edge });
        await reach(page, words);
        assert.deepEqual(await faults(page), []);
        if (tone) assert.equal(await page.$eval(".mailproof", (region) => region.dataset.tone), tone);
        const invalid = await page.$eval("#email", (field) => field.getAttribute("aria-invalid"));
        assert.equal(invalid, tone === "error" ? "true" : null);
        leave();
      });
    }

    test("axe has nothing to say from right to left, and the address keeps its direction", async () => {
      const words = await visit({ lang: "ar", dir: "rtl" });
      await suggestion(page, words);
      assert.deepEqual(await faults(page), []);
      const [region, button] = await page.$eval(".mailproof", (region) => {
        const direction = (element) => getComputedStyle(element).direction;
        return [direction(region), direction(region.querySelector("button[value=accept]"))];
      });
      assert.deepEqual([region, button], ["rtl", "ltr"]);
      leave();
    });

    for (const lang of engine.name === "Chromium" ? languages : ["en", "ar", "zh-Hant"]) {
      test(`a screen reader hears the hint in ${lang}, after the field was left`, async () => {
        const words = await visit({ lang });
        await type(page, "#email", "x");
        await until(() => page.$(".mailproof"), () => "no region");
        await page.evaluate(reader);
        await page.evaluate(() => window.reader.virtual.start({ container: document.body }));
        await page.keyboard.press("Backspace");
        await suggestion(page, words);
        const { did_you_mean, keep_mine } = words.ui;
        const log = await heard();
        const question = did_you_mean.replace("{address}", "jane@gmail.com").replace(/\s+/g, " ");
        const said = log.filter((phrase) => phrase.startsWith("polite:"));
        // It tells every change of the region; that is the sentence each time.
        assert.deepEqual([...new Set(said.map(flat))], [flat(`polite: ${question} ${keep_mine}`)]);
        leave();
      });
    }
    const heard = () => page.evaluate(() => window.reader.virtual.spokenPhraseLog());
    // How words are joined around a button differs; what is said does not.
    const flat = (phrase) => phrase.replace(/[\s ]+/g, "");

    test("the field is described by its hint, and by what described it before", async () => {
      const words = await visit();
      await page.evaluate(() => {
        document.querySelector("form").insertAdjacentHTML("beforeend", '<p id="help">We answer within a day.</p>');
        document.querySelector("#email").setAttribute("aria-describedby", "help");
      });
      await type(page, "#email", "jane");
      await until(() => page.$(".mailproof"), () => "no region");
      await page.keyboard.press("Tab");
      await says(page, "#email", words.reasons.missing_at.sentence);
      assert.match(await hint(page, "#email"), /^We answer within a day\./);
      await page.evaluate(reader);
      await page.evaluate(() => window.reader.virtual.start({ container: document.querySelector("#form") }));
      // As a reader does who comes back to the field.
      for (let step = 0; step < 12 && !(await heard()).some((phrase) => phrase.startsWith("textbox")); step += 1) {
        await page.evaluate(() => window.reader.virtual.next());
      }
      const told = (await heard()).find((phrase) => phrase.startsWith("textbox"));
      assert.match(told, /^textbox, Email, .*We answer within a day\. .*with an @.*invalid/);
      leave();
    });

    test("with the keyboard alone a suggestion is taken, undone and declined", async () => {
      const words = await visit();
      const focused = () => page.evaluate(() => document.activeElement.value || document.activeElement.id);
      await suggestion(page, words);
      await page.keyboard.down("Shift");
      await page.keyboard.press("Tab");
      assert.equal(await focused(), "keep");
      await page.keyboard.press("Tab");
      assert.equal(await focused(), "accept");
      await page.keyboard.up("Shift");
      await page.keyboard.press(" ");
      await says(page, "#email", "Changed to jane@gmail.com");
      assert.equal(await focused(), "jane@gmail.com");
      await page.keyboard.press("Tab");
      assert.equal(await focused(), "undo");
      await page.keyboard.press("Enter");
      assert.equal(await page.$eval("#email", (field) => field.value), "jane@gamil.com");
      leave();
    });

    for (const lang of engine.name === "Chromium" ? languages : ["fr", "ja"]) {
      test(`at 400 % zoom nothing is cut off in ${lang}`, async () => {
        // 1,280 CSS pixels at 400 % (WCAG 1.4.10), with the text spacing of 1.4.12.
        const words = await visit({ lang, dir: lang === "ar" ? "rtl" : "ltr", width: 320, height: 256 });
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}");
          document.adoptedStyleSheets.push(sheet);
        });
        await type(page, "#email", "rather.long.name.of.somebody@gamil.com");
        await page.keyboard.press("Tab");
        await says(page, "#email", words.ui.keep_mine);
        const [wide, cut] = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.scrollingElement;
          const region = document.querySelector(".mailproof");
          return [scrollWidth - clientWidth, region.scrollHeight - region.clientHeight];
        });
        assert.ok(wide <= 0, `${wide} px too wide`);
        assert.ok(cut <= 1, `${cut} px too high`);
        leave();
      });
    }

    for (const { name, edge, reach } of states) {
      test(`axe has nothing to say in the dark about ${name}`, async () => {
        const words = await visit({ edge, media: { "prefers-color-scheme": "dark" } });
        await reach(page, words);
        assert.deepEqual(await faults(page), []);
        leave();
      });

      test(`axe has nothing to say about ${name} on a dark page without color-scheme`, async () => {
        const words = await visit({ edge });
        await page.evaluate(() => Object.assign(document.documentElement.style, { colorScheme: "normal", background: "#121212", color: "#ddd" }));
        await reach(page, words);
        assert.deepEqual(await faults(page), []);
        leave();
      });
    }

    test("in forced colours an error is marked by more than its colour", async () => {
      const { edge, reach } = states.find(({ name }) => name === "an error with a suggestion");
      const words = await visit({ edge, media: { "forced-colors": "active" } });
      await reach(page, words);
      await settled(page);
      const [border, colour, plain] = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = "LinkText";
        const region = getComputedStyle(document.querySelector(".mailproof"));
        const button = getComputedStyle(document.querySelector(".mailproof button"));
        return [region.borderInlineStartStyle, button.color, getComputedStyle(probe).color];
      });
      assert.deepEqual([border, colour], ["solid", plain]);
      leave();
    });

    test("with reduced motion nothing moves", async () => {
      const words = await visit({ media: { "prefers-reduced-motion": "reduce" } });
      await suggestion(page, words);
      assert.equal(await page.$eval(".mailproof-line", (line) => getComputedStyle(line).animationName), "none");
      leave();
    });
  });
}
