// What a key costs the page: from the input event on its way down until every listener has
// returned, as the page's own clock has it.
import { quantile } from "./visit.mjs";

const typed = [
  "jane.doe@gmail.com",
  "wong.siu-ming@yahoo.com.hk",
  "info@firma-beispiel.de",
  "li.wei1988@qq.com",
  "jane@gamil.com",
  "a.rather.long.name.of.somebody@students.example-university.ac.uk",
  "max@mailinator.com",
  "sales@shop.example-company.co.jp",
  "jos.de.vries+newsletter@outlook.com",
  "someone@hotmial.com",
];

/**
 * Microseconds a key, over a few hundred pressed by real input. `present` are keys pressed
 * while an error stands under the field, which is looked at again with each of them.
 */
export async function keystrokes(bench, { headers } = {}) {
  const first = await press(bench, { headers, engine: true });
  const present = await press(bench, { headers, engine: true, afterError: true });
  return { first: figures(first), present: figures(present) };
}

/** The same in a page without Mailproof. */
export const bareKeystrokes = async (bench) => figures(await press(bench, { path: "/bare.html" }));

async function press(bench, { headers, path, engine = false, afterError = false }) {
  const { page, url, close } = await bench.page({ headers, path, first: watch });
  await page.goto(url);
  const pack = engine && page.waitForResponse(/small\.pack/);
  await page.click("#email");
  if (engine) {
    await page.keyboard.type("x");
    await page.waitForSelector(".mailproof", { state: "attached" });
    await pack;
    await page.waitForTimeout(500);
  }
  await page.evaluate(listenLast);
  for (const text of typed) {
    await clear(page);
    if (afterError) await fail(page);
    await page.keyboard.type(text, { delay: 8 });
  }
  const taken = await page.evaluate(() => window.taken);
  await close();
  return taken;
}

async function clear(page) {
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
}

/** Leaves the field with what cannot be an address, and comes back to it. */
async function fail(page) {
  await page.keyboard.type("@");
  await page.keyboard.press("Tab");
  await page.waitForSelector('.mailproof[data-tone="error"]');
  await page.click("#email");
  await page.keyboard.press("End");
}

/** In the page, before its scripts: the first to hear of a key. */
function watch() {
  window.taken = [];
  addEventListener("input", () => (window.started = performance.now()), true);
}

/** In the page, when the field is under care: the last to hear of it. */
function listenLast() {
  addEventListener("input", ({ inputType }) => {
    const took = (performance.now() - window.started) * 1000;
    if (inputType === "insertText") window.taken.push(took);
  });
}

const figures = (taken) => ({
  keys: taken.length,
  median: quantile(taken, 0.5),
  p90: quantile(taken, 0.9),
  p99: quantile(taken, 0.99),
  mean: taken.reduce((sum, each) => sum + each, 0) / taken.length,
});
