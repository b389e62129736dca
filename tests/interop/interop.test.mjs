// The command and the compiled Worker against real servers: BIND's zones, BIND and unbound as
// validating resolvers, dnsdist's DNS over HTTPS.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { target } from "../../scripts/lib/paths.mjs";
import { mailproof, startWorkerd } from "../../scripts/lib/workerd.mjs";
import { startServers } from "./servers.mjs";

const signed = "mailproof-signed.com";
const insecure = "mailproof-insecure.com";

/** Domain, result, and the reasons that must be there. */
const rows = [
  [signed, "deliverable", "accepts_mail"],
  [`shop.${signed}`, "deliverable", "accepts_mail"],
  [`implicit.${signed}`, "deliverable", "implicit_mx"],
  [`null.${signed}`, "undeliverable", "null_mx"],
  [`mixed.${signed}`, "risky", "null_mx_mixed"],
  [`nothing.${signed}`, "undeliverable", "no_mail_host"],
  [`alias.${signed}`, "deliverable", "accepts_mail"],
  [`dangling.${signed}`, "undeliverable", "no_such_domain"],
  [`loop-1.${signed}`, "unknown", "dns_servfail"],
  [`dead.${signed}`, "undeliverable", "mx_dead"],
  [`inside.${signed}`, "undeliverable", "mx_unroutable"],
  [`alias-mx.${signed}`, "deliverable", "mx_cname"],
  [`ip.${signed}`, "risky", "mx_is_ip"],
  [`underscored.${signed}`, "deliverable", "accepts_mail"],
  [`any.wild.${signed}`, "deliverable", "accepts_mail"],
  [`xn--bcher-kva.${signed}`, "deliverable", "accepts_mail"],
  // 61 exchangers do not fit into a UDP answer.
  [`many.${signed}`, "deliverable", "accepts_mail"],
  [`gone.${signed}`, "undeliverable", "no_such_domain"],
  [insecure, "deliverable", "accepts_mail"],
  [`implicit.${insecure}`, "deliverable", "implicit_mx"],
  [`null.${insecure}`, "undeliverable", "null_mx"],
  [`nothing.${insecure}`, "undeliverable", "no_mail_host"],
  [`gone.${insecure}`, "undeliverable", "no_such_domain"],
  // Whatever a zone says whose signatures do not hold, nobody can know it.
  ["mailproof-bogus.com", "unknown", "dnssec_bogus"],
  ["null.mailproof-bogus.com", "unknown", "dnssec_bogus"],
  ["gone.mailproof-bogus.com", "unknown", "dnssec_bogus"],
  ["mailproof-expired.com", "unknown", "dnssec_bogus"],
  ["null.mailproof-expired.com", "unknown", "dnssec_bogus"],
  // Delegated to a server that does not have it, and to one that is not there.
  ["mailproof-lame.com", "unknown", "dns_servfail"],
  ["mailproof-silent.com", "unknown", "dns_servfail"],
  ["mailproof-unregistered.com", "undeliverable", "no_such_domain"],
];

let servers;
let worker;

before(async () => {
  servers = await startServers();
  const vars = { MAILPROOF_RESOLVERS: servers.urls.join(","), MAILPROOF_DEADLINE_MS: "5000" };
  worker = await startWorkerd({ modules: mailproof, vars });
});

after(async () => {
  await worker?.end();
  await servers?.end();
});

/** What is wrong with the answers, by domain. */
function faults(answers) {
  return rows.flatMap(([domain, result, reason], index) => {
    const { result: got, reasons, evidence } = answers[index];
    if (got === result && reasons.includes(reason)) return [];
    return [`${domain}: ${got}, ${reasons}, not ${reason}: ${evidence.map(({ check, outcome }) => `${check} ${outcome}`)}`];
  });
}

test("the command", () => {
  const resolvers = servers.urls.flatMap((url) => ["--doh", url]);
  const input = rows.map(([domain]) => `jane@${domain}\n`).join("");
  const { stdout } = spawnSync(join(target, "debug/mailproof"), ["check", ...resolvers, "--format", "ndjson", "-"], {
    input,
    encoding: "utf8",
  });
  assert.deepEqual(faults(stdout.trim().split("\n").map((line) => JSON.parse(line))), []);
});

test("the compiled Worker", async () => {
  const ask = async ([domain]) => (await fetch(`${worker.url}/v1/domains/${domain}`)).json();
  const answers = [];
  for (let at = 0; at < rows.length; at += 8) answers.push(...(await Promise.all(rows.slice(at, at + 8).map(ask))));
  assert.deepEqual(faults(answers), []);
});
