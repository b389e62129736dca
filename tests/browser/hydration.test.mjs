// A page whose markup comes from the server and is taken over by React (as Next.js does it),
// with the tag there before: React finds what it expects, and the hint works after.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { attached, click, says, type, until } from "./lib/engines.mjs";
import { hydratedPage } from "./lib/strangers.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

inEachBrowser(({ site, open }) => {
  before(async () => (site.made = await hydratedPage()));

  /** The page before React has it; what React complains of is kept in `complaints`. */
  async function visit() {
    site.received.length = 0;
    const opened = await open(`${site.url}/hydrated.html`);
    opened.complaints = [];
    opened.page.on("console", (message) => message.type() === "error" && opened.complaints.push(message.text()));
    return opened;
  }
  const hydrate = async (page) => {
    await page.evaluate(() => window.hydrate());
    await until(() => page.$eval("#email", (input) => Object.keys(input).some((key) => key.startsWith("__react"))), () => "React did not come");
  };
  async function mendsAndSends(page) {
    await page.keyboard.press("Tab");
    await says(page, "#email", "Did you mean jane@gmail.com?");
    await click(page, ".mailproof button[value=accept]");
    assert.equal(await page.$eval("#state", (state) => state.textContent), "jane@gmail.com");
    await click(page, "#send");
    await until(() => site.received.length === 1, () => "the form did not go");
    assert.equal(site.received[0].email, "jane@gmail.com");
  }

  test("the tag is there before, and nobody has touched the field", async () => {
    const { page, complaints, troubles, close } = await visit();
    await hydrate(page);
    assert.deepEqual([...complaints, ...(await page.evaluate(() => window.complaints))], []);
    await type(page, "#email", "jane@gamil.com");
    await attached(page, "#email");
    await mendsAndSends(page);
    assert.deepEqual(troubles, []);
    await close();
  });

  test("somebody types while the page still loads, and React comes: the text stays, and the form works", async () => {
    site.received.length = 0;
    const { stalls } = site;
    site.stalls = (pathname) => pathname === "/slow.png";
    const { page, troubles, close } = await open("about:blank");
    await page.evaluateOnNewDocument(() => addEventListener("DOMContentLoaded", () => (window.slow = new Image()).setAttribute("src", "/slow.png")));
    await page.goto(`${site.url}/hydrated.html`, { waitUntil: "domcontentloaded" });
    await type(page, "#email", "jane@gamil.com");
    await until(() => page.$eval("#email", (input) => input.hasAttribute("aria-describedby")), () => "the field is not looked after");
    await hydrate(page);
    assert.equal(await page.evaluate(() => document.readyState), "interactive");
    assert.deepEqual((await page.evaluate(() => window.complaints)).filter((complaint) => /Hydration failed/.test(complaint)), []);
    assert.equal(await page.$eval("#email", (input) => input.value), "jane@gamil.com");
    await mendsAndSends(page);
    assert.deepEqual(troubles, []);
    await close();
    site.stalls = stalls;
  });

  // A wrong behaviour, pinned: where React comes to a part of the page long after it has loaded,
  // the region stands in the markup before. React says so and makes its tree anew; what was
  // typed until then is lost, and the new field is looked after.
  test("somebody has begun to type in a page that has loaded, and React comes: it starts afresh, and the form works", async () => {
    const { page, troubles, close } = await visit();
    await type(page, "#email", "jane@ga");
    await attached(page, "#email");
    await hydrate(page);
    const complaints = await page.evaluate(() => window.complaints);
    assert.equal(complaints.length, 1);
    assert.match(complaints[0], /Hydration failed/);
    await page.$eval("#email", (input) => input.select());
    await type(page, "#email", "jane@gamil.com");
    await attached(page, "#email");
    await mendsAndSends(page);
    assert.deepEqual(troubles, []);
    await close();
  });
});
