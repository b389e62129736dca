// `npm run figures:edge`: how large the Worker is and how long it takes to start, held to
// what Cloudflare's free plan allows. `-- --record` writes docs/edge-figures.md.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { freePlanBytes, gzippedBytes, workerFiles } from "./lib/worker-size.mjs";
import { at } from "./lib/paths.mjs";
import { CommandFailed, ask, attempt, node } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { environment } from "./lib/wrangler.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

/** Milliseconds that a Worker's global scope may take (Cloudflare's limits, 2026-11). */
const freePlanStartMs = 1_000;
const starts = 3;

/** Measures, prints, and fails above a limit of the free plan. */
export function edgeFigures({ record = false } = {}) {
  const files = workerFiles.map((file) => at(file));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const brotli = brotliCompressSync(Buffer.concat(files.map((file) => readFileSync(file)))).length;
  const started = Array.from({ length: starts }, startUpMs).sort((one, other) => one - other);
  const gzip = gzippedBytes();
  const slowest = started.at(-1);
  const rows = [
    ["the Worker, uploaded", `${bytes.toLocaleString("en")} B`, ""],
    ["after gzip -9", `${gzip.toLocaleString("en")} B`, `${freePlanBytes.toLocaleString("en")} B`],
    ["after brotli", `${brotli.toLocaleString("en")} B`, ""],
    [`start-up, active (${starts} starts)`, `${started[0]} to ${slowest} ms`, `${freePlanStartMs.toLocaleString("en")} ms`],
  ];
  const table = ["| what | measured | free plan |", "| --- | ---: | ---: |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
  console.log(table);
  if (record) write(table);
  if (gzip > freePlanBytes) throw new CommandFailed("the Worker is too large for the free plan");
  if (slowest > freePlanStartMs) throw new CommandFailed("the Worker starts too slowly for the free plan");
}

/** Milliseconds that the Worker's own code runs before the first request, by wrangler's profile. */
function startUpMs() {
  const folder = mkdtempSync(join(tmpdir(), "mailproof-startup-"));
  try {
    const profile = join(folder, "startup.cpuprofile");
    const wrangler = at("node_modules/wrangler/bin/wrangler.js");
    Object.assign(process.env, environment);
    const { status, stdout, stderr } = attempt(node(), [wrangler, "check", "startup", "--outfile", profile]);
    if (status !== 0) throw new CommandFailed(`wrangler check startup: ${(stderr || stdout).slice(0, 1000)}`);
    return active(JSON.parse(readFileSync(profile, "utf8")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All samples but those in which nothing of the Worker ran. */
function active({ nodes, samples, timeDeltas }) {
  const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id));
  const microseconds = samples.reduce((sum, id, place) => sum + (idle.has(id) ? 0 : Math.max(0, timeDeltas[place])), 0);
  return Math.round(microseconds / 1_000);
}

function write(table) {
  const commit = ask("git", ["rev-parse", "--short", "HEAD"]);
  const day = new Date().toISOString().slice(0, 10);
  const path = at("docs/edge-figures.md");
  const [before, rest] = readFileSync(path, "utf8").split("<!-- measured -->\n");
  const after = rest.slice(rest.indexOf("<!-- /measured -->"));
  const where = `On ${day} at ${commit}, ${cpus().length} cores of which other work had its share.`;
  writeFileSync(path, `${before}<!-- measured -->\n${where}\n\n${table}\n${after}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(async () => {
    setup();
    await buildAll();
    edgeFigures({ record: process.argv.includes("--record") });
  });
}
