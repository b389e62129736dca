// From the first focus of a field to the first judgement of it.
import { quantile } from "./visit.mjs";

const ROUNDS = 31;

/**
 * Milliseconds from `focusin` of a field that holds an address until that address is judged,
 * with the loader there and nothing else: engine fetched over loopback, compiled and started.
 * `steps` are the medians of what is on the way, counted from the focus.
 */
export async function firstCheck(bench, { headers } = {}) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await once(bench, headers));
  const totals = rounds.map(({ checked }) => checked);
  const median = (of) => quantile(rounds.map(of), 0.5);
  return {
    rounds: ROUNDS,
    least: Math.min(...totals),
    median: quantile(totals, 0.5),
    p90: quantile(totals, 0.9),
    steps: Object.fromEntries(Object.keys(rounds[0].steps).map((name) => [name, median(({ steps }) => steps[name])])),
  };
}

async function once(bench, headers) {
  const { page, url, close } = await bench.page({ headers, first: marks });
  await page.goto(url, { waitUntil: "load" });
  await page.$eval("#email", (field) => (field.value = "jane@gamil.com"));
  await page.waitForTimeout(150);
  await page.click("#email");
  await page.waitForFunction(() => window.timed.judgedAgain, null, { timeout: 20_000 });
  const timed = await page.evaluate(told);
  await close();
  if (!/^\w+:\w+$/.test(timed.word)) throw new Error(`the field was not judged: ${timed.word}`);
  return timed;
}

/** In the page, before its scripts: notes when things happen. */
function marks() {
  window.timed = {};
  const once = (name) => (window.timed[name] ??= performance.now());
  addEventListener("focusin", () => once("focus"), true);
  addEventListener("mailproof:ready", () => {
    once("ready");
    // What the field held is judged in the same turn; this runs when that turn is over.
    queueMicrotask(() => {
      once("checked");
      window.timed.word = new FormData(document.forms[0]).get("email_verdict");
    });
  });
  // The pack is the last to come; the field is judged again in the turn that takes it over.
  new PerformanceObserver((list) => {
    if (!list.getEntries().some(({ name }) => name.endsWith(".pack"))) return;
    setTimeout(() => once("judgedAgain"), 100);
  }).observe({ type: "resource", buffered: true });
}

/** In the page, at the end. */
function told() {
  const { focus, ready, checked, word } = window.timed;
  const steps = {};
  for (const { name, startTime, responseEnd } of performance.getEntriesByType("resource")) {
    const file = name.split("/").pop();
    if (!/widget|twin|\.pack$|en\.json$/.test(file)) continue;
    steps[`${file} asked for`] = startTime - focus;
    steps[`${file} there`] = responseEnd - focus;
  }
  steps["field under care"] = ready - focus;
  return { checked: checked - focus, steps, word };
}
