// The tasks of a page's main thread, from a trace of Chromium: unlike the clock, the
// processor time that the trace keeps does not count while other programs run.

/** Enough for tasks and what is in them; more would slow down what is measured. */
const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing", "v8.wasm"];

/** Traces while `act` uses the page. The page names its own thread by `performance.mark`. */
export async function traced(browser, page, act) {
  await browser.startTracing(page, { categories });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return traceEvents;
}

/**
 * The marks whose name begins with `prefix`, in their order, and what the thread that set
 * them did. Times are microseconds: `ts` of the clock, `dur` by the clock, `tdur` of the
 * processor.
 */
export function mainThread(events, prefix) {
  const marks = events.filter(({ name }) => name.startsWith(prefix)).toSorted((a, b) => a.ts - b.ts);
  const { pid, tid } = marks[0];
  const own = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X");
  return { marks, own, tasks: own.filter(({ name }) => name === "RunTask") };
}
