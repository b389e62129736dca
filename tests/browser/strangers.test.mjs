// Strangers' pages with nothing but the tag.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { attached, engines, open, says, type } from "./lib/engines.mjs";
import { serve } from "./lib/site.mjs";

for (const engine of engines) {
  describe(engine.name, () => {
    let browser, site;
    before(async () => {
      [browser, site] = await Promise.all([engine.launch(), serve()]);
    });
    after(() => Promise.all([browser?.close(), site?.end()]));

    test("a plain form", async () => {
      const { page, troubles, close } = await open(browser, `${site.url}/pages/form.html`);
      await type(page, "#email", "jane@gamil.com");
      await attached(page, "#email");
      await page.keyboard.press("Tab");
      await says(page, "#email", "Did you mean jane@gmail.com?");
      assert.deepEqual(troubles, []);
      await close();
    });
  });
}
