// `npm run bench:page`: what the tag costs a page in stock Chromium: time to the first
// check, time of a key, and the longest tasks on a slow machine; with WebAssembly, and with
// the twin where that is refused. `-- --record` writes docs/page-speed.md. Each part has its
// bound: one that hangs is named.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { HOVER_MS, SILENCE_MS, firstCheck } from "../bench/page/first-check.mjs";
import { bareKeystrokes, keystrokes } from "../bench/page/keystrokes.mjs";
import { LONG_MS, SLOWDOWN, longTasks } from "../bench/page/long-tasks.mjs";
import { WINDOW, bench, quantile, refusing } from "../bench/page/visit.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { at } from "./lib/paths.mjs";
import { CommandFailed, ask } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

/** Of DESIGN's promises on time, those about a page. The twin has none. */
const FIRST_CHECK_MS = 25;
const KEY_US = 50;

/** No part takes half as long, even on a loaded machine. */
const LONGEST_PART_S = 120;

const ways = [
  { name: "WebAssembly", options: {} },
  { name: "The twin, where WebAssembly is refused", options: { headers: refusing } },
];

verb(async () => {
  setup();
  await buildAll();
  await ensureChromium();
  const load = loadavg()[0];
  const opened = await bench();
  const measured = [];
  const bare = {};
  try {
    bare.keys = await part("keys without Mailproof", () => bareKeystrokes(opened));
    bare.tasks = await part("tasks without Mailproof", () => longTasks(opened, { tag: false }));
    for (const { name, options } of ways) {
      const first = await part(`first check, ${name}`, () => firstCheck(opened, options));
      const keys = await part(`keys, ${name}`, () => keystrokes(opened, options));
      const tasks = await part(`tasks, ${name}`, () => longTasks(opened, options));
      measured.push({ name, first, keys, tasks });
    }
  } finally {
    await opened.end();
  }
  const page = render(measured, { bare, version: opened.version, load });
  console.log(page);
  if (process.argv.includes("--record")) writeFileSync(at("docs/page-speed.md"), page);
  const broken = complaints(measured[0], load);
  if (broken.length > 0) throw new CommandFailed(broken.join("\n"));
});

/** Does one part of the run, and says on the terminal which and for how long. */
async function part(name, work) {
  const started = performance.now();
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new CommandFailed(`${name}: not done within ${LONGEST_PART_S} s`)), LONGEST_PART_S * 1000);
  });
  try {
    return await Promise.race([work(), tooLong]);
  } finally {
    clearTimeout(timer);
    console.error(`${name.padEnd(60)}${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s`);
  }
}

/** On a machine that does other work the least of the visits counts, else the median. */
function complaints({ first, keys, tasks }, load) {
  const counts = (figures) => quantile(figures, load < 1 ? 0.5 : 0);
  const above = tasks.filter((task) => counts(ours(task)) >= LONG_MS).map(({ name }) => `${name}: a long task`);
  if (counts([first.least, first.median, first.p90]) > FIRST_CHECK_MS) above.push(`the first check takes more than ${FIRST_CHECK_MS} ms`);
  if (keys.first.median > KEY_US) above.push(`a key takes more than ${KEY_US} µs`);
  return above;
}

/** The longest tasks, where the tag is to blame: without its scripts they would not be long. */
const ours = ({ rounds, scripts }) => rounds.map((task, visit) => (task - scripts[visit] < LONG_MS ? task : 0));

function render(measured, { bare, version, load }) {
  const day = new Date().toISOString().slice(0, 10);
  const processors = `${cpus().length} × ${cpus()[0].model.trim()}`;
  return `# Speed in a page

Written by \`npm run bench:page -- --record\`: ${day}, commit ${ask("git", ["rev-parse", "--short", "HEAD"])}, Chromium ${version}, ${processors}, load ${load.toFixed(1)} before the run. Each page is opened in a fresh profile, in a window of ${WINDOW.width} × ${WINDOW.height} that the processor draws, from a server on loopback that does not compress. A load above 1 means that other programs ran beside it: then the least of the figures says most. Tasks and the time of the main thread are processor time, which does not run while other programs do. A press and its release are two tasks, as for a hand; the browser's own task of opening the page is left out.

The first check judges the text; a suggestion for a slip is known when the lists have come, right after it. It is timed by the page itself, over a bare DevTools pipe with none of its domains enabled: the pointer comes to rest over the field for ${HOVER_MS} ms, presses, and for ${SILENCE_MS} ms nobody asks the browser anything. A driver that listens to the page's network (as those of browser tests do) gets an event for each request while the clock runs, and on two processors that is part of the figure. So is the machine: a page at rest leaves the processors idle, and those of a virtual machine take long to wake, once for each step between processes.

The bounds: the first check within ${FIRST_CHECK_MS} ms of the first focus, a key under ${KEY_US} µs, no task of ${LONG_MS} ms or more at ${SLOWDOWN} times less CPU that would be shorter without the tag's scripts (the first layout of a page takes nearly as long alone). They are those of WebAssembly; the twin runs where a page's policy refuses it and has none. The whole verdict with its object is in [speed.md](speed.md).

${measured.map((way) => section(way, bare)).join("\n")}`;
}

function section({ name, first, keys, tasks }, bare) {
  const steps = Object.entries(first.steps).toSorted(([, a], [, b]) => a - b);
  return `## ${name}

**First check**: least ${ms(first.least)}, median ${ms(first.median)}, nine of ten within ${ms(first.p90)} (${first.rounds} visits, cold cache). Of that the main thread is busy for ${ms(first.busy.median)} (median of ${first.busy.rounds} traced visits; least ${ms(first.busy.least)}). From the focus to, in the median: ${steps.map(([step, at]) => `${step} ${ms(at)}`).join(" · ")}.

| a key, µs | keys | median | 90 % | 99 % | mean |
| --- | ---: | ---: | ---: | ---: | ---: |
${keyRow("a page without Mailproof", bare.keys)}
${keyRow("a field under care", keys.first)}
${keyRow("after an error was shown", keys.present)}

| at ${SLOWDOWN} times less CPU | longest task: least of ${tasks[0].rounds.length} visits | median | worst | of it scripts: median | a page without Mailproof: least | median | in the worst |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${tasks.map((task, phase) => taskRow(task, bare.tasks[phase])).join("\n")}
`;
}

const keyRow = (name, { keys, median, p90, p99, mean }) => `| ${name} | ${keys} | ${us(median)} | ${us(p90)} | ${us(p99)} | ${us(mean)} |`;

function taskRow({ name, rounds, scripts, inside }, bare) {
  const [least, median, worst] = [0, 0.5, 1].map((at) => quantile(rounds, at));
  return `| ${name} | ${ms(least)} | ${ms(median)} | ${ms(worst)} | ${ms(quantile(scripts, 0.5))} | ${ms(quantile(bare.rounds, 0))} | ${ms(quantile(bare.rounds, 0.5))} | ${inside} |`;
}

const ms = (figure) => `${figure.toFixed(1)} ms`;
const us = (figure) => figure.toFixed(0);
