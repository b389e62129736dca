// The longest tasks of the page's main thread on a slow machine, from the load of the page
// until the form has gone.
import { mainThread, traced } from "./trace.mjs";

/** What a phone of the lower middle class is to this machine. */
export const SLOWDOWN = 6;
/** From here on the platform calls a task long. */
export const LONG_MS = 50;
const ROUNDS = 5;

const rest = (page, ms) => page.waitForTimeout(ms);
const withLists = async (page, act) => {
  const pack = page.waitForResponse(/small\.pack/, { timeout: 30_000 });
  await act();
  await (await pack).finished();
};

/** What a visitor does, in the order in which it is done; without the tag nobody answers. */
const phases = [
  ["the page loads", (page, { url }) => page.goto(url, { waitUntil: "load" })],
  ["first focus, until the lists are there", (page, { tag }) => {
    const click = () => page.click("#email");
    return tag ? withLists(page, click) : click();
  }],
  ["typing", (page) => page.keyboard.type("jane@gamil.com", { delay: 30 })],
  ["leaving, and the suggestion", async (page, { tag }) => {
    await page.keyboard.press("Tab");
    if (tag) await page.waitForSelector(".mailproof button[value=accept]");
  }],
  ["the suggestion is taken", async (page, { tag }) => {
    await page.click(tag ? ".mailproof button[value=accept]" : "#name");
    if (tag) await page.waitForSelector(".mailproof button[value=undo]");
  }],
  ["submit", async (page) => {
    await page.press("#email", "Enter");
    await page.waitForURL(/sent\.html/);
  }],
];
/** What one has set going is done before the next. */
const BETWEEN_MS = 800;

/** A row a phase: its longest task in each round, and what was the longest in that task. */
export async function longTasks(bench, { headers, tag = true } = {}) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await visit(bench, { headers, tag }));
  return phases.map(([name]) => {
    const tasks = rounds.map((round) => round.get(name) ?? { ms: 0, inside: "" });
    const worst = tasks.reduce((one, other) => (other.ms > one.ms ? other : one));
    return { name, rounds: tasks.map(({ ms }) => ms), inside: worst.inside };
  });
}

async function visit(bench, { headers, tag }) {
  const { page, url, context, close } = await bench.page({ headers, path: tag ? "/form.html" : "/bare.html" });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const events = await traced(bench.browser, page, async () => {
    for (const [name, act] of phases) {
      const began = (name) => performance.mark(`phase:${name}`);
      // The first phase begins with the document, the others in the same one.
      if (name !== phases[0][0]) await page.evaluate(began, name);
      await act(page, { url, tag });
      if (name !== phases.at(-1)[0]) await rest(page, BETWEEN_MS);
    }
  });
  await close();
  return longestByPhase(events);
}

/** By processor time, in milliseconds. */
function longestByPhase(events) {
  const { marks, own, tasks } = mainThread(events, "phase:");
  const longest = new Map();
  for (const task of tasks) {
    const mark = marks.findLast(({ ts }) => ts <= task.ts);
    const phase = mark ? mark.name.slice("phase:".length) : phases[0][0];
    if (task.tdur / 1000 <= (longest.get(phase)?.ms ?? 0)) continue;
    longest.set(phase, { ms: task.tdur / 1000, inside: inside(own, task) });
  }
  return longest;
}

/** The longest works within a task, by name. */
function inside(events, task) {
  const within = events.filter((event) => event.tdur && event !== task && event.ts >= task.ts && event.ts + event.dur <= task.ts + task.dur && !event.name.includes("RunTask"));
  const named = within.toSorted((a, b) => b.tdur - a.tdur).slice(0, 4);
  return named.map(({ name, tdur, args }) => `${name}${about(args)} ${(tdur / 1000).toFixed(1)}`).join(", ");
}

const about = (args) => {
  const told = args?.data?.type ?? args?.data?.functionName ?? args?.data?.url?.split("/").pop();
  return told ? ` (${told})` : "";
};
