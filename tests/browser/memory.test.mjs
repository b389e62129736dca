// Pages that come back out of the browser's memory, as they were left: with a hint, sent, or
// while their form waits. In a file and so a browser of their own: Firefox keeps no page of a
// browser that has seen many others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attached, click, hint, says, type, until } from "./lib/engines.mjs";
import { inEachBrowser } from "./lib/suite.mjs";
import { LONGEST_MS, rewrite } from "./lib/visits.mjs";

inEachBrowser(({ name: browser, site, open }) => {
  const { edge } = site;
  let opened, page;
  async function visit() {
    site.received.length = 0;
    opened = await open(`${site.url}/pages/states.html`);
    page = opened.page;
  }
  async function leave() {
    assert.deepEqual(opened.troubles, []);
    await opened.close();
  }
  async function goes() {
    const started = performance.now();
    await click(page, "#send");
    await until(() => site.received.length === 1, () => "the form did not go");
    return performance.now() - started;
  }

  /** Away to another page, by a link or by what `go` does, and back out of the browser's memory. */
  async function comeBack(go = () => page.evaluate(() => (location.href = "/pages/sent.html"))) {
    await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => (window.persisted = persisted)));
    await go();
    await page.waitForSelector("#sent, #done");
    await page.evaluate(() => history.back());
    await until(() => page.$("#email").catch(() => null), () => "the page did not come back");
    // Else it was loaded anew, and nothing is shown about a page that was kept.
    assert.equal(await page.evaluate(() => window.persisted), true);
  }

  test("a page that comes back out of memory is looked after as before", async () => {
    await visit();
    await type(page, "#email", "jane");
    await attached(page, "#email");
    await comeBack();
    await page.$eval("#email", (field) => (field.value = ""));
    await type(page, "#email", "jane@gamil.com");
    await page.keyboard.press("Tab");
    await says(page, "#email", "Did you mean jane@gmail.com?");
    await goes();
    await leave();
  });

  test("a page that comes back out of memory says what it said, and holds back what it held", async () => {
    await visit();
    await type(page, "#email", "jane");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await says(page, "#email", "with an @");
    await comeBack();
    assert.match(await hint(page, "#email"), /with an @/);
    await click(page, "#send");
    await new Promise((later) => setTimeout(later, 300));
    assert.equal(site.received.length, 0);
    await type(page, "#email", "@gmail.com");
    await goes();
    await leave();
  });

  test("a form that was sent comes back out of memory and can be sent again", async () => {
    await visit();
    await type(page, "#email", "jane@firma-beispiel.de");
    await attached(page, "#email");
    await comeBack(goes);
    site.received.length = 0;
    site.edge = () => {};
    await rewrite(page, "info@andere-firma.de");
    // The click takes some time before it presses.
    assert.ok((await goes()) < LONGEST_MS + 500);
    assert.equal(site.received[0].email_verdict, "unknown:edge_unreachable");
    site.edge = edge;
    await leave();
  });

  // Firefox keeps no page that still waits for an answer.
  if (browser === "Chromium") {
    test("a page that is left while its form waits comes back out of memory, and the form goes at the next press", async () => {
      await visit();
      site.edge = () => {};
      await type(page, "#email", "jane@firma-beispiel.de");
      await attached(page, "#email");
      await comeBack(async () => {
        await page.keyboard.press("Enter");
        await page.evaluate(() => (location.href = "/pages/sent.html"));
      });
      site.received.length = 0;
      await page.focus("#email").catch(() => {});
      await page.keyboard.press("Enter");
      await until(() => site.received.length > 0, () => "the form did not go");
      site.edge = edge;
      await leave();
    });
  }
});
