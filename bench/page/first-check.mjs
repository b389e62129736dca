// From the first focus of a field to the first judgement of it.
import { mainThread, traced } from "./trace.mjs";
import { quantile, rounds } from "./visit.mjs";

const TIMED = { most: 31, least: 5, seconds: 25 };
const TRACED = { most: 9, least: 3, seconds: 10 };
/** The page has loaded, and has come to rest. */
const REST_MS = 100;

/**
 * Milliseconds from `focusin` of a field that holds an address until that address is judged,
 * with the loader there and nothing else: engine fetched over loopback, compiled and started.
 * The lists come after that, and let the suggestion be known.
 * `steps` are the medians of what is on the way, counted from the focus; `busy` is the
 * processor time of the page's main thread on that way, while a trace is taken.
 */
export async function firstCheck(bench, { headers } = {}) {
  const timed = await rounds(TIMED, () => once(bench, headers));
  const busy = await rounds(TRACED, () => mainThreadTime(bench, headers));
  const totals = timed.map(({ checked }) => checked);
  const median = (of) => quantile(timed.map(of), 0.5);
  return {
    rounds: timed.length,
    least: Math.min(...totals),
    median: quantile(totals, 0.5),
    p90: quantile(totals, 0.9),
    busy: { rounds: busy.length, least: Math.min(...busy), median: quantile(busy, 0.5) },
    steps: Object.fromEntries(Object.keys(timed[0].steps).map((name) => [name, median(({ steps }) => steps[name])])),
  };
}

async function once(bench, headers) {
  const { page, focus, close } = await visit(bench, headers);
  await focus();
  const timed = await page.evaluate(told);
  await close();
  if (!/^\w+:\w+$/.test(timed.word)) throw new Error(`the field was not judged: ${timed.word}`);
  return timed;
}

async function mainThreadTime(bench, headers) {
  const { page, focus, close } = await visit(bench, headers);
  const { marks, tasks } = mainThread(await traced(bench.browser, page, focus), "first:");
  await close();
  const [from, to] = marks.map(({ ts }) => ts);
  const between = tasks.filter(({ ts, dur }) => ts + dur >= from && ts <= to);
  return between.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
}

/** The page, at rest, with an address in the field; `focus` presses into it and waits for the check and the lists. */
async function visit(bench, headers) {
  const { page, url, close } = await bench.page({ headers, first: marks });
  await page.goto(url, { waitUntil: "load" });
  await page.$eval("#email", (field) => (field.value = "jane@gamil.com"));
  const { x, y, width, height } = await page.locator("#email").boundingBox();
  await page.waitForTimeout(REST_MS);
  // No more of the driver than the press: its questions would be work of the page's thread.
  const focus = async () => {
    const told = page.waitForEvent("console", { timeout: 5000 });
    await page.mouse.move(x + width / 2, y + height / 2);
    // The press gives the focus; no hand lets go of the button before the check.
    await page.mouse.down();
    await told;
  };
  return { page, focus, close };
}

/** In the page, before its scripts: notes when things happen. */
function marks() {
  window.timed = {};
  const once = (name) => (window.timed[name] ??= performance.now());
  addEventListener("focusin", () => {
    once("focus");
    performance.mark("first:focus");
  }, { capture: true, once: true });
  addEventListener("mailproof:ready", () => {
    once("ready");
    // The form's data hold the verdict: to give it, the address is judged.
    queueMicrotask(() => {
      window.timed.word = word();
      once("checked");
      performance.mark("first:checked");
      setTimeout(untilSuggested);
    });
  });
  const word = () => new FormData(document.forms[0]).get("email_verdict");
  // The lists have come, and with them what the address was meant to be.
  const untilSuggested = () => {
    const there = performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".pack"));
    if (!there || word() !== "risky:possible_typo") return setTimeout(untilSuggested);
    once("suggestion");
    return console.debug("done");
  };
}

/** In the page, at the end. */
function told() {
  const { focus, ready, checked, suggestion, word } = window.timed;
  const steps = {};
  for (const { name, startTime, responseEnd } of performance.getEntriesByType("resource")) {
    const file = name.split("/").pop();
    if (!/widget|twin|\.pack$|en\.json$/.test(file)) continue;
    steps[`${file} asked for`] = startTime - focus;
    steps[`${file} there`] = responseEnd - focus;
  }
  steps["field under care"] = ready - focus;
  steps["suggestion known"] = suggestion - focus;
  return { checked: checked - focus, steps, word };
}
