// The longest tasks of the page's main thread on a slow machine, from the load of the page
// until the form has gone.

/** What a phone of the lower middle class is to this machine. */
export const SLOWDOWN = 6;
/** From here on the platform calls a task long. */
export const LONG_MS = 50;
const ROUNDS = 5;

const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing", "v8.wasm"];

/** What a visitor does, in the order in which it is done. */
const phases = [
  ["the page loads", async (page, url) => {
    await page.goto(url, { waitUntil: "load" });
    await page.waitForTimeout(500);
  }],
  ["first focus, until the lists are there", async (page) => {
    const pack = page.waitForResponse(/small\.pack/, { timeout: 30_000 });
    await page.click("#email");
    await page.waitForSelector(".mailproof", { state: "attached" });
    await (await pack).finished();
    await page.waitForTimeout(1500);
  }],
  ["typing", (page) => page.keyboard.type("jane@gamil.com", { delay: 30 })],
  ["leaving, and the suggestion", async (page) => {
    await page.keyboard.press("Tab");
    await page.waitForSelector(".mailproof button[value=accept]");
    await page.waitForTimeout(500);
  }],
  ["the suggestion is taken", async (page) => {
    await page.click(".mailproof button[value=accept]");
    await page.waitForSelector(".mailproof button[value=undo]");
    await page.waitForTimeout(300);
  }],
  ["submit", async (page) => {
    await page.keyboard.press("Escape");
    await page.press("#email", "Enter");
    await page.waitForURL(/sent\.html/);
  }],
];

/** A row a phase: its longest task in each round, and what was the longest in that task. */
export async function longTasks(bench, { headers } = {}) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await visit(bench, headers));
  return phases.map(([name]) => {
    const tasks = rounds.map((round) => round.longest.get(name) ?? { ms: 0, inside: "" });
    const worst = tasks.reduce((one, other) => (other.ms > one.ms ? other : one));
    return { name, rounds: tasks.map(({ ms }) => ms), walls: tasks.map(({ wall }) => wall), inside: worst.inside, told: rounds.reduce((sum, round) => sum + (round.told.get(name) ?? 0), 0) };
  });
}

async function visit(bench, headers) {
  const { page, url, context, close } = await bench.page({ headers, first: observe });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await bench.browser.startTracing(page, { categories });
  const told = new Map();
  for (const [name, act] of phases) {
    const began = (name) => performance.mark(`phase:${name}`);
    // The first phase begins with the document, the others in the same one.
    if (name !== phases[0][0]) await page.evaluate(began, name);
    await act(page, url);
    if (name === phases.at(-1)[0]) continue;
    told.set(name, await page.evaluate(() => window.longTasks.splice(0).length));
  }
  const { traceEvents } = JSON.parse((await bench.browser.stopTracing()).toString());
  await close();
  return { longest: longestByPhase(traceEvents), told };
}

/** In the page: the platform's own word on long tasks. */
function observe() {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });
}

/** Times of a trace are microseconds. */
function longestByPhase(events) {
  const marks = events.filter(({ name }) => name.startsWith("phase:")).toSorted((a, b) => a.ts - b.ts);
  const { pid, tid } = marks[0];
  const own = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X");
  const longest = new Map();
  for (const task of own.filter(({ name }) => name === "RunTask")) {
    const mark = marks.findLast(({ ts }) => ts <= task.ts);
    const phase = mark ? mark.name.slice("phase:".length) : phases[0][0];
    if (task.tdur / 1000 <= (longest.get(phase)?.ms ?? 0)) continue;
    longest.set(phase, { ms: task.tdur / 1000, wall: task.dur/1000, inside: inside(own, task) });
  }
  return longest;
}

/** The longest works within a task, by name. */
function inside(events, task) {
  const within = events.filter((event) => event !== task && event.ts >= task.ts && event.ts + event.dur <= task.ts + task.dur && !event.name.includes("RunTask"));
  const named = within.toSorted((a, b) => b.tdur - a.tdur).slice(0, 4);
  return named.map(({ name, tdur, args }) => `${name}${about(args)} ${(tdur / 1000).toFixed(1)}`).join(", ");
}

const about = (args) => {
  const told = args?.data?.type ?? args?.data?.functionName ?? args?.data?.url?.split("/").pop();
  return told ? ` (${told})` : "";
};
