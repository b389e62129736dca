// Runs steps one after another, up to the first that fails, and tells at the end how long
// each took and how many tests there were.
import { CommandFailed } from "./run.mjs";

/** @param {[name: string, work: () => unknown][]} steps a step may return what it printed */
export async function runSteps(steps) {
  const done = [];
  let failed = null;
  for (const [name, work] of steps) {
    console.log(`\n== ${name}`);
    const started = performance.now();
    const outcome = await Promise.resolve().then(work).catch((error) => error);
    const printed = outcome instanceof CommandFailed ? outcome.printed : outcome;
    done.push({ name, seconds: (performance.now() - started) / 1000, printed: String(printed ?? "") });
    if (outcome instanceof Error) {
      failed = { name, error: outcome };
      break;
    }
  }
  console.log(`\n${timings(done)}\n${summaries(done.map(({ printed }) => printed).join("\n"))}`);
  if (!failed) return;
  if (!(failed.error instanceof CommandFailed)) throw failed.error;
  throw new CommandFailed(`failed at: ${failed.name}\n${failed.error.message}`);
}

function timings(done) {
  const total = done.reduce((sum, { seconds }) => sum + seconds, 0);
  const line = (name, seconds) => `${name.padEnd(16)}${seconds.toFixed(1).padStart(8)} s`;
  return [...done.map(({ name, seconds }) => line(name, seconds)), line("all", total)].join("\n");
}

/** The sums of cargo's and of node's own summary lines, in their words. */
function summaries(printed) {
  const lines = [];
  const cargo = [...printed.matchAll(/^test result: (\w+)\. (\d+) passed; (\d+) failed; (\d+) ignored/gm)];
  if (cargo.length > 0) {
    const sum = (column) => cargo.reduce((total, row) => total + Number(row[column]), 0);
    const outcome = cargo.every((row) => row[1] === "ok") ? "ok" : "FAILED";
    lines.push(`test result: ${outcome}. ${sum(2)} passed; ${sum(3)} failed; ${sum(4)} ignored`);
  }
  for (const word of ["tests", "pass", "fail", "skipped"]) {
    const rows = [...printed.matchAll(new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, "gm"))];
    if (rows.length > 0) lines.push(`# ${word} ${rows.reduce((total, row) => total + Number(row[1]), 0)}`);
  }
  return lines.join("\n");
}
