// The worlds of tests/scenarios/worlds through the compiled Worker, and the same ones through
// the built command: both must end as each world says, and in the same way.
// tests/tests/dns_worlds.rs has the laws that hold for the suite itself.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join, relative } from "node:path";
import { at, root, target } from "../../scripts/lib/paths.mjs";
import { start } from "../../scripts/lib/run.mjs";
import { startScriptedResolver } from "../../scripts/lib/scripted-resolver.mjs";
import { filesIn } from "../../scripts/lib/unchanged.mjs";
import { mailproof, startWorkerd } from "../../scripts/lib/workerd.mjs";

/** What a domain's reasons can be without DNS having said anything about it. */
const ofTheText = new Set(["role", "free", "relay", "disposable", "smtputf8_required", "international_domain"]);
const badNews = ["no_such_domain", "no_mail_host", "null_mx", "mx_dead", "mx_unroutable", "special_use_domain"];
const goodNews = ["accepts_mail", "implicit_mx"];
const ruledOut = { deliverable: badNews, risky: badNews, undeliverable: goodNews, unknown: [...badNews, ...goodNews] };
/** Worlds that are looked into at once: some wait for the deadline. */
const atOnce = 24;

let resolver;
let worker;
let worlds;
/** By domain. */
let reports;
let verdicts;

before(async () => {
  const files = filesIn(at("tests/scenarios/worlds")).map((file) => relative(root, file));
  resolver = await startScriptedResolver(files, ["a", "b", "c"]);
  const vars = { MAILPROOF_RESOLVERS: resolver.urls.join(","), MAILPROOF_DEADLINE_MS: "4000" };
  worker = await startWorkerd({ modules: mailproof, vars });
  worlds = await ofResolver("/worlds");
  reports = await askWorker();
  verdicts = await askCommand();
});

after(async () => {
  resolver?.end();
  await worker?.end();
});

const ofResolver = async (path) => (await fetch(new URL(path, resolver.urls[0]))).json();

async function askWorker() {
  const found = new Map();
  const left = worlds.values();
  const ask = async () => {
    for (const { domain } of left) {
      const response = await fetch(`${worker.url}/v1/domains/${domain}`);
      assert.equal(response.status, 200, domain);
      found.set(domain, { ...(await response.json()), keep: response.headers.get("cache-control") });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return found;
}

/** `mailproof check` over one address of each world that can be written as one. */
async function askCommand() {
  const asked = worlds.filter(({ not_an_address: refused }) => !refused);
  // It asks in groups, and each group waits for its slowest: those that take long together.
  const took = ({ domain }) => reports.get(domain).took_ms;
  asked.sort((one, other) => took(one) - took(other));
  const shares = [0, 1, 2, 3].map((share) => asked.filter((_, index) => index % 4 === share));
  return new Map((await Promise.all(shares.map(check))).flat());
}

/** Runs the command once; a domain and its verdict for each. */
async function check(asked) {
  const resolvers = resolver.urls.flatMap((url) => ["--doh", url]);
  const command = start(join(target, "debug/mailproof"), ["check", ...resolvers, "--format", "ndjson", "-"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  command.stdin.end(asked.map(({ domain }) => `jane@${domain}\n`).join(""));
  const lines = (await command.stdout.setEncoding("utf8").toArray()).join("").trim().split("\n");
  assert.equal(lines.length, asked.length);
  return lines.map((line, index) => [asked[index].domain, JSON.parse(line)]);
}

/** Runs `check` over the worlds and tells of all that fail, not of the first one only. */
function everyWorld(check) {
  const failed = [];
  for (const world of worlds) {
    try {
      check(world, reports.get(world.domain), verdicts.get(world.domain));
    } catch (error) {
      failed.push(`${world.row} ${world.domain} (${world.about}): ${error.message}`);
    }
  }
  assert.equal(failed.length, 0, failed.join("\n"));
}

test("the Worker ends as each world says", () => {
  assert.ok(worlds.length >= 120, `${worlds.length}`);
  everyWorld((world, { result, reasons, evidence }) => {
    const said = `${reasons} from ${evidence.map(({ check, outcome }) => `${check} ${outcome}`)}`;
    assert.equal(result, world.result, said);
    for (const reason of world.reasons) assert.ok(reasons.includes(reason), `no ${reason}: ${said}`);
    for (const reason of [...ruledOut[world.result], ...world.without]) {
      assert.ok(!reasons.includes(reason), `${reason}: ${said}`);
    }
  });
});

test("nobody is turned away whose domain takes mail, or of whose domain nobody can know", () => {
  everyWorld(({ truth }, { result }, verdict) => {
    if (truth !== "no_mail") assert.deepEqual([result, verdict?.result].filter((it) => it === "undeliverable"), []);
  });
});

test("the command and the Worker agree", () => {
  assert.ok(verdicts.size >= 200, `${verdicts.size}`);
  everyWorld(({ row }, report, verdict) => {
    if (!verdict) return;
    const dns = ({ reasons }) => reasons.filter((reason) => !ofTheText.has(reason));
    // Of a special-use name the command says so by the text, and nothing of exchangers. Where
    // resolvers dispute, which exchangers were seen depends on who was quick.
    const mx = (it) => (["D13", "D23"].includes(row) ? null : it.mx);
    const shown = (it) => ({ result: it.result, reason: it.reason, advice: it.advice, reasons: dns(it), mx: mx(it) });
    assert.deepEqual(shown(verdict), shown(report));
  });
});

test("an answer may be kept as long as its records", () => {
  everyWorld(({ max_age_s: wanted }, { keep }) => {
    if (wanted === null) return;
    const [, seconds] = /^public, max-age=(\d+)$/.exec(keep) ?? [];
    assert.ok(wanted - 5 <= seconds && seconds <= wanted, `${keep}, not ${wanted}`);
  });
});

test("special-use names are asked of nobody", async () => {
  const asked = new Set((await ofResolver("/log")).asked.map(({ name }) => name));
  everyWorld(({ row, domain }) => assert.ok(row !== "D23" || !asked.has(domain)));
});
