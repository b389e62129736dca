// `npm run bench:edge`: what a request costs the Worker, beside the same logic in JavaScript.
// Both run under workerd alone and ask the same scripted resolvers; what counts is the CPU
// time of each workerd process, as the kernel keeps it. Writes docs/edge-speed.md's table.
import { deepStrictEqual as deepEqual } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { at } from "./lib/paths.mjs";
import { CommandFailed, ask } from "./lib/run.mjs";
import { buildScriptedResolver, startScriptedResolver } from "./lib/scripted-resolver.mjs";
import { verb } from "./lib/verb.mjs";
import { mailproof, startWorkerd } from "./lib/workerd.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

const javascript = {
  "index.js": at("bench/edge/javascript/index.js"),
  "message.js": at("bench/edge/javascript/message.js"),
  "policy.js": at("bench/edge/javascript/policy.js"),
};

/** What is asked, and at most how many times JavaScript's CPU time it may take. */
const kinds = [
  { name: "cached", path: () => "always.com", atMost: 1.3, requests: 6_000 },
  { name: "cached, the asker has it (304)", path: () => "always.com", conditional: true, requests: 6_000 },
  { name: "uncached: MX, A and AAAA", path: (n) => `r${n}.com`, atMost: 1.5, requests: 1_500 },
  { name: "uncached: no MX, A and AAAA, SPF and DMARC", path: (n) => `r${n}.net`, requests: 1_500 },
  { name: "uncached: null MX, confirmed", path: (n) => `r${n}.de`, requests: 1_500 },
  { name: "uncached: no such domain, confirmed", path: (n) => `r${n}.fr`, requests: 1_500 },
];
const rounds = Number(process.env.ROUNDS ?? 5);
const connections = 8;
const report = at("docs/edge-speed.md");

/** Measures all; one row a kind. */
export async function benchEdge() {
  const resolver = await startScriptedResolver("bench/edge/bench.toml", ["a", "b", "c", "d"]);
  const vars = { MAILPROOF_RESOLVERS: resolver.urls.join(","), MAILPROOF_ORIGINS: "*", MAILPROOF_DEADLINE_MS: "5000" };
  const workers = [await startWorkerd({ modules: mailproof, vars }), await startWorkerd({ modules: javascript, vars })];
  try {
    await sameAnswers(workers);
    const rows = [];
    for (const kind of kinds) rows.push(await measure(kind, workers));
    return rows;
  } finally {
    resolver.end();
    for (const worker of workers) await worker.end();
  }
}

const asked = ["same.com", "same.net", "same.de", "same.fr"];
/** Domains without MX, and what both must find that they publish. */
const published = {
  "same.net": { spf: "reject_all", dmarc: "absent" },
  "policies.net": { spf: "present", dmarc: "quarantine" },
  "several.net": { spf: "several", dmarc: "several" },
  "silent.net": { spf: "absent", dmarc: "absent" },
};

/** Both must say the same, or the comparison is worth nothing. */
async function sameAnswers([rust, javascript]) {
  for (const domain of new Set([...asked, ...Object.keys(published)])) {
    const told = [];
    for (const { url } of [rust, javascript]) {
      const { result, reason, mx, evidence } = await (await fetch(`${url}/v1/domains/${domain}`)).json();
      const policies = evidence.filter(({ check }) => check === "spf" || check === "dmarc");
      policies.sort((one, other) => (one.check < other.check ? 1 : -1));
      told.push(JSON.stringify({ result, reason, mx, policies }));
      const outcomes = Object.fromEntries(policies.map(({ check, outcome }) => [check, outcome]));
      deepEqual(outcomes, published[domain] ?? {}, `the policies of ${domain}`);
    }
    if (told[0] !== told[1]) throw new CommandFailed(`they differ about ${domain}:\n${told.join("\n")}`);
  }
}

let number = 0;

async function measure(kind, workers) {
  // The first round warms up and is thrown away; then they take turns.
  const costs = workers.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [place, worker] of workers.entries()) {
      const cost = await costOf(kind, worker);
      if (round > 0) costs[place].push(cost);
    }
  }
  const [rust, js] = costs.map(median);
  const ratios = costs[0].map((cost, round) => cost / costs[1][round]);
  const row = { ...kind, rust, js, ratio: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
  console.log(line(row));
  return row;
}

/** Microseconds of CPU time a request. */
async function costOf(kind, { url, pid }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = kind.conditional ? { "if-none-match": await tag(`${url}/v1/domains/${kind.path(0)}`) } : {};
  const before = cpuSeconds(pid);
  let left = kind.requests;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const status = await request(`${url}/v1/domains/${kind.path((number += 1))}`, { agent, headers });
      if (status !== (kind.conditional ? 304 : 200)) throw new CommandFailed(`${kind.name}: status ${status}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  agent.destroy();
  return ((cpuSeconds(pid) - before) / kind.requests) * 1e6;
}

const tag = async (url) => (await fetch(url)).headers.get("etag");

function request(url, options) {
  return new Promise((resolve, reject) => {
    const sent = get(url, options, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    sent.once("error", reject);
  });
}

/** User and system time of a process and all its threads (proc(5), fields 14 and 15). */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const line = ({ name, rust, js, ratio, least, most, atMost }) =>
  `| ${name} | ${rust.toFixed(0)} | ${js.toFixed(0)} | ${ratio.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)}) | ${atMost ?? ""} |`;

/** Puts the table between the marks of the report. */
export function write(rows) {
  const [begin, end] = ["<!-- bench:edge -->", "<!-- /bench:edge -->"];
  const [head, rest] = readFileSync(report, "utf8").split(begin);
  const processor = cpus()[0]?.model ?? "unknown processor";
  const where = `${new Date().toISOString().slice(0, 10)}, commit ${ask("git", ["rev-parse", "--short", "HEAD"])}, ${cpus().length} × ${processor}, load ${readFileSync("/proc/loadavg", "utf8").split(" ")[0]} at the end, median of ${rounds} rounds.`;
  const table = ["| a request for a domain that is | Mailproof, µs | JavaScript, µs | ratio (least–most) | at most |", "| --- | --- | --- | --- | --- |", ...rows.map(line)];
  writeFileSync(report, `${head}${begin}\n${where}\n\n${table.join("\n")}\n${end}${rest.split(end)[1]}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(async () => {
    setup();
    await buildAll();
    buildScriptedResolver();
    const rows = await benchEdge();
    write(rows);
    const over = rows.filter(({ ratio, atMost }) => ratio > atMost).map(({ name }) => name);
    if (over.length > 0) throw new CommandFailed(`over the limit: ${over.join("; ")}`);
  });
}
