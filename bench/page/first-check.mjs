// From the first focus of a field to the first judgement of it.
import { sleep, startChromium } from "./devtools.mjs";
import { mainThread, traced } from "./trace.mjs";
import { WINDOW, quantile, rounds } from "./visit.mjs";

const TIMED = { most: 31, least: 5, seconds: 30 };
const TRACED = { most: 9, least: 3, seconds: 10 };
/** The page has loaded, and has come to rest. */
const REST_MS = 250;
/** A hand comes to rest over the field before it presses. */
export const HOVER_MS = 100;
/** Nobody asks the page anything before the check and the lists are there. */
export const SILENCE_MS = 250;

/**
 * Milliseconds from `focusin` of a field that holds an address until that address is judged,
 * with the loader there and nothing else: engine fetched over loopback, compiled and started.
 * The lists come after that, and let the suggestion be known.
 * `steps` are the medians of what is on the way, counted from the focus; `busy` is the
 * processor time of the page's main thread on that way, while a trace is taken.
 */
export async function firstCheck(bench, { headers } = {}) {
  const chromium = await startChromium(WINDOW);
  try {
    const url = await bench.address({ headers, path: "/first.html" });
    const timed = await rounds(TIMED, () => once(chromium, url));
    const busy = await rounds(TRACED, () => mainThreadTime(chromium, url));
    return figures(timed, busy);
  } finally {
    await chromium.end();
  }
}

function figures(timed, busy) {
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

async function once(chromium, url) {
  const { page, press } = await atRest(chromium, url);
  await press();
  const timed = await page.until("told()");
  await page.close();
  if (!/^\w+:\w+$/.test(timed.word)) throw new Error(`the field was not judged: ${timed.word}`);
  return timed;
}

async function mainThreadTime(chromium, url) {
  const { page, press } = await atRest(chromium, url);
  const { marks, tasks } = mainThread(await traced(chromium, page, press), "first:");
  await page.close();
  const [from, to] = marks.map(({ ts }) => ts);
  const between = tasks.filter(({ ts, dur }) => ts + dur >= from && ts <= to);
  return between.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
}

/**
 * The page at rest, with an address in its field. `press` is the press alone: it gives the
 * focus, and no hand lets go of the button before the check.
 */
async function atRest(chromium, url) {
  const page = await chromium.open(url);
  const at = await page.until("target()");
  await sleep(REST_MS);
  const press = async () => {
    await page.move(at);
    await sleep(HOVER_MS);
    await page.press(at);
    await sleep(SILENCE_MS);
  };
  return { page, press };
}
