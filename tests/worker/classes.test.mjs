// The Worker as it is deployed, the page and the command give 100,000 domains the same class:
// the Worker over HTTP, fifty domains a request; the page's WebAssembly with the Worker's answer
// wherever it would ask for one; the command's judgement with the full pack. What the sample is:
// tests/src/sample.rs. DNS is out of reach here on purpose: classes come from the lists.
// `npm test` takes 4,000 of them, spread evenly; `npm run lists:classes` all.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { dist, root } from "../../scripts/lib/paths.mjs";
import { startWorker } from "./lib.mjs";

const wanted = Number(process.env.CLASSES ?? 4_000);
const batch = 50;
const side = 8;
const key = "a-key-of-the-test-of-classes";
const digest = createHash("sha256").update(key).digest("hex");

const file = (name) => join(dist, "mailproof", name);

async function module(name) {
  const loaded = await import(file(`${name}.js`));
  await loaded.default({ module_or_path: readFileSync(file(`${name}_bg.wasm`)) });
  return loaded;
}

let judged;
let worker;
let page;

before(async () => {
  // Before the Worker, whose connections do not outlive a wait of this length.
  judged = judgedByTheCommand();
  // Nobody listens on port 9: every look-up fails at once, and none leaves the machine.
  const vars = {
    MAILPROOF_RESOLVERS: "http://127.0.0.1:9/a,http://127.0.0.1:9/b",
    MAILPROOF_DEADLINE_MS: "50",
    MAILPROOF_RATE_LIMIT: "off",
    MAILPROOF_API_KEYS: digest,
  };
  worker = await startWorker("tests/scenarios/demo.toml", vars);
  page = await module("widget");
  page.use_idn(await module("idn"));
  assert.ok(page.load_pack(readFileSync(file("small.pack"))), "the list pack is refused");
});

after(() => worker?.end());

/** Domain, reasons, and strength, sources and first day of a disposable listing. */
function judgedByTheCommand() {
  const profile = wanted > 10_000 ? ["--release"] : [];
  const args = ["run", "--quiet", ...profile, "-p", "mailproof-tests", "--bin", "classes", "--", "full", String(wanted)];
  const printed = execFileSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const rows = printed.split("\n").filter(Boolean).map((line) => line.split("\t"));
  assert.ok(rows.length >= wanted, `${rows.length} domains`);
  return rows;
}

/** Takes rows from all over: neighbours in the alphabet lie under the same registered domain. */
function batches(rows) {
  const all = Array.from({ length: Math.ceil(rows.length / batch) }, () => []);
  for (const [index, row] of rows.entries()) all[index % all.length].push(row);
  return all;
}

const classes = ["disposable", "relay", "free"];
const classOf = (reasons) => classes.filter((name) => reasons.includes(name)).join(" ");

const post = (path, body, headers) =>
  worker.fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/**
 * The reports of some domains. What is no domain for DNS is left out; those that the Worker will
 * not look up so soon, for it was asked about many under the same registered domain, come from
 * the other route, which then tells what the lists say.
 */
async function reports(rows) {
  const alone = [];
  for (let left = rows; left.length > 0; ) {
    const response = await post("/v1/domains", { domains: left.map(([domain]) => domain) });
    const answer = await response.json();
    if (response.status === 200) return [...left.map((row, place) => [row, answer.domains[place]]), ...alone];
    const refused = left[answer.index];
    if (response.status === 429) alone.push([refused, await verdict(refused[0])]);
    else assert.deepEqual([response.status, answer.code], [400, "domain_invalid"], JSON.stringify(answer));
    left = left.filter((row) => row !== refused);
  }
  return alone;
}

async function verdict(domain) {
  const response = await post("/v1/verify", { email: `jane@${domain}` }, { authorization: `Bearer ${key}` });
  assert.equal(response.status, 200);
  return response.json();
}

const listing = ({ evidence }) => evidence.find(({ check }) => check === "disposable");

/** What the page says in the end. */
function judgedByThePage(domain, report) {
  const asked = page.domain_to_ask(`jane@${domain}`, {});
  return page.check(`jane@${domain}`, asked ? { routing: report } : {});
}

test(`Worker, page and command give ${wanted} domains the same class`, async () => {
  const all = batches(judged);
  const found = { domains: 0, disposable: 0 };
  async function compareSome() {
    for (let rows = all.pop(); rows; rows = all.pop()) {
      for (const [[domain, reasons, strength, source, since], report] of await reports(rows)) {
        const expected = [domain, classOf(reasons.split(" ")), strength, source, since];
        const told = listing(report);
        const answered = [domain, classOf(report.reasons), told?.outcome ?? "", told?.source ?? "", told?.since ?? ""];
        assert.deepEqual(answered, expected);
        const shown = judgedByThePage(domain, report);
        assert.deepEqual([domain, classOf(shown.reasons)], expected.slice(0, 2), "the page");
        found.domains += 1;
        found.disposable += report.disposable ? 1 : 0;
      }
    }
  }
  await Promise.all(Array.from({ length: side }, compareSome));
  console.log(`classes: ${JSON.stringify(found)}`);
  assert.ok(found.domains >= wanted * 0.99, JSON.stringify(found));
  // Without the lists that `npm run lists:check` installs, few of the sample are disposable.
  const least = existsSync(join(root, "data/node_modules")) ? found.domains / 4 : 0;
  assert.ok(found.disposable > least, JSON.stringify(found));
});
