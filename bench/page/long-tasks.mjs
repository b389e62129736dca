// The longest tasks of the page's main thread on a slow machine, from the load of the page
// until the form has gone.
import { mainThread, traced } from "./trace.mjs";
import { rounds } from "./visit.mjs";

/** What a phone of the lower middle class is to this machine. */
export const SLOWDOWN = 6;
/** From here on the platform calls a task long. */
export const LONG_MS = 50;
const VISITS = { most: 5, least: 3, seconds: 35 };

/** How long a hand holds the button down: press and release are two tasks, as for a person. */
const PRESS_MS = 60;

/** What a visitor does, in the order in which it is done; the page notes when. */
const phases = [
  ["the page loads", (page, { url }) => page.goto(url, { waitUntil: "load" })],
  ["first focus, until the lists are there", (page, { at }) => page.mouse.click(...at.email, { delay: PRESS_MS })],
  ["typing", (page) => page.keyboard.type("jane@gamil.com", { delay: 30 })],
  ["leaving, and the suggestion", (page) => page.keyboard.press("Tab")],
  ["the suggestion is taken", (page, { at }) => page.mouse.click(...at.suggestion, { delay: PRESS_MS })],
  ["submit", (page) => page.keyboard.press("Enter")],
];
/** What one has set going is done before the next. The driver's own questions would be tasks, too. */
const BETWEEN_MS = 700;

/** A row a phase: its longest task in each round, and what was the longest in that task. */
export async function longTasks(bench, { headers, tag = true } = {}) {
  const path = tag ? "/form.html" : "/bare.html";
  const at = await rehearse(bench, { headers, path, tag });
  const visits = await rounds(VISITS, () => visit(bench, { headers, path, tag, at }));
  return phases.map(([name]) => {
    const tasks = visits.map((longest) => longest.get(name) ?? { ms: 0, scripts: 0, inside: "" });
    const worst = tasks.reduce((one, other) => (other.ms > one.ms ? other : one));
    return { name, rounds: tasks.map(({ ms }) => ms), scripts: tasks.map(({ scripts }) => scripts), inside: worst.inside };
  });
}

async function visit(bench, { headers, path, tag, at }) {
  const { page, url, context, close } = await bench.page({ headers, path, first: noteThePhases });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const events = await traced(bench.browser, page, async () => {
    for (const [, act] of phases) {
      await act(page, { url, at });
      await page.waitForTimeout(BETWEEN_MS);
    }
  });
  const { searchParams } = new URL(page.url());
  await close();
  if (tag && searchParams.get("email") !== "jane@gmail.com") throw new Error(`the suggestion was not taken: ${page.url()}`);
  return longestByPhase(events);
}

/** Where a visitor points: with the suggestion on the page, and measured by nobody. */
async function rehearse(bench, { headers, path, tag }) {
  const { page, url, close } = await bench.page({ headers, path });
  await page.goto(url);
  const middle = async (selector) => {
    const { x, y, width, height } = await page.locator(selector).boundingBox();
    return [x + width / 2, y + height / 2];
  };
  const email = await middle("#email");
  await page.click("#email");
  await page.keyboard.type("jane@gamil.com");
  await page.keyboard.press("Tab");
  const button = ".mailproof button[value=accept]";
  if (tag) await page.waitForSelector(button);
  const suggestion = await middle(tag ? button : "#email");
  await close();
  return { email, suggestion };
}

/** In the page, before its scripts: marks each phase at its first event. */
function noteThePhases() {
  const names = ["first focus, until the lists are there", "typing", "leaving, and the suggestion", "the suggestion is taken", "submit"];
  const begins = ["pointerdown", "keydown", "Tab", "pointerdown", "Enter"];
  performance.mark("phase:the page loads");
  const note = ({ type, key }) => {
    if (begins[0] !== type && begins[0] !== key) return;
    begins.shift();
    performance.mark(`phase:${names.shift()}`);
  };
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, note, true);
}

/** By processor time, in milliseconds. */
function longestByPhase(events) {
  const { marks, own, tasks } = mainThread(events, "phase:");
  const longest = new Map();
  for (const task of tasks) {
    // The navigation itself, which began before any script.
    if (task.ts < marks[0].ts) continue;
    const phase = marks.findLast(({ ts }) => ts <= task.ts + task.dur)?.name.slice("phase:".length);
    if (!phase) continue;
    if (task.tdur / 1000 <= (longest.get(phase)?.ms ?? 0)) continue;
    longest.set(phase, { ms: task.tdur / 1000, scripts: scripts(own, task), inside: inside(own, task) });
  }
  return longest;
}

const isWithin = (task) => (event) => event.tdur && event !== task && event.ts >= task.ts && event.ts + event.dur <= task.ts + task.dur;

/** Milliseconds of a task in which scripts ran, with what they made the browser do at once: the page has no other than the tag. */
function scripts(events, task) {
  const running = events.filter(({ name }) => ["EvaluateScript", "FunctionCall", "RunMicrotasks"].includes(name)).filter(isWithin(task));
  const outermost = running.filter((event) => !running.some((other) => other !== event && isWithin(other)(event)));
  return outermost.reduce((sum, { tdur }) => sum + tdur / 1000, 0);
}

/** The longest works within a task, by name. */
function inside(events, task) {
  const within = events.filter(isWithin(task)).filter(({ name }) => !name.includes("RunTask"));
  const named = within.toSorted((a, b) => b.tdur - a.tdur).slice(0, 4);
  return named.map(({ name, tdur, args }) => `${name}${about(args)} ${(tdur / 1000).toFixed(1)}`).join(", ");
}

const about = (args) => {
  const told = args?.data?.type ?? args?.data?.functionName ?? args?.data?.url?.split("/").pop();
  return told ? ` (${told})` : "";
};
