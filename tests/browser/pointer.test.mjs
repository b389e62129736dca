// A hint that comes late does not move the button from under somebody's pointer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attached, hint, says, type } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

inEachBrowser(({ site, open }) => {
  /** The field is left by the keyboard; the edge's bad news comes when told. */
  async function waitingForTheEdge() {
    let tell;
    site.edge = (_domain, response) => {
      tell = () => answer(response, 200, report("null_mx", { null_mx: true }));
    };
    const opened = await open(`${site.url}/pages/form.html`);
    const { page } = opened;
    await type(page, "#email", "jane@firma-beispiel.de");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    while (!tell) await sleep(20);
    const box = await (await page.$("#send")).boundingBox();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    return { ...opened, tell: () => tell(), middle };
  }

  test("the button stays under a pointer that has come to it", async () => {
    const { page, tell, middle, close } = await waitingForTheEdge();
    await page.mouse.move(...middle, { steps: 4 });
    tell();
    await sleep(400);
    assert.equal(await hint(page, "#email"), "", "the hint came under a waiting hand");
    const gone = page.waitForNavigation({ timeout: 8000 });
    await page.mouse.down();
    await page.mouse.up();
    await gone;
    assert.match(page.url(), /sent\.html/);
    await close();
  });

  test("a hand that goes away, and one that lies still, let the hint come", async () => {
    const { page, tell, middle, close } = await waitingForTheEdge();
    await page.mouse.move(...middle, { steps: 4 });
    tell();
    await sleep(200);
    await page.mouse.move(5, 5, { steps: 4 });
    await says(page, "#email", "takes no mail");
    await close();
    const still = await waitingForTheEdge();
    await still.page.mouse.move(...still.middle, { steps: 4 });
    still.tell();
    await says(still.page, "#email", "takes no mail");
    await still.close();
  });

  test("a press on the button while the hint is due reaches the button", async () => {
    const { page, tell, middle, close } = await waitingForTheEdge();
    await page.mouse.move(...middle, { steps: 2 });
    await page.mouse.down();
    tell();
    await sleep(300);
    assert.equal(await hint(page, "#email"), "");
    const gone = page.waitForNavigation({ timeout: 8000 });
    await page.mouse.up();
    await gone;
    await close();
  });
});

const sleep = (ms) => new Promise((later) => setTimeout(later, ms));
