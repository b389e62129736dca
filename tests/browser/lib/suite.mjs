// What nearly every file here needs: the built site, and a page in each browser on it.
import { after, before, describe } from "node:test";
import { engines, open } from "./engines.mjs";
import { prepare } from "./site.mjs";

/**
 * The site (`serve` in site.mjs) for the tests of a suite: it can be told at once what to
 * answer, listens before the first of them and ends after the last.
 */
export function serving() {
  const site = prepare();
  before(site.listen);
  after(site.end);
  return site;
}

/**
 * A suite in each browser, the browsers abreast: they wait more than they work. `tests` gets
 * its site, the `open` of engines.mjs for this browser, and the browser's name.
 */
export function inEachBrowser(tests) {
  const suite = ({ name, launch }) => {
    const site = serving();
    let browser;
    before(async () => (browser = await launch()));
    after(() => browser?.close());
    tests({ name, site, open: (url, options) => open(browser, url, options) });
  };
  describe("in each browser", { concurrency: true }, () => {
    for (const engine of engines) describe(engine.name, { concurrency: 1 }, () => suite(engine));
  });
}
