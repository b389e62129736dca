// What the Worker remembers: every row counts the questions that reach the resolver.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { demo, startWorker } from "./lib.mjs";

let worker;

before(async () => {
  worker = await startWorker("tests/scenarios/cache.toml");
});

after(() => worker?.end());

async function report(domain) {
  const response = await worker.fetch(`/v1/domains/${domain}`);
  assert.equal(response.status, 200, domain);
  return { report: await response.json(), headers: response.headers };
}

/** How many questions about the domain itself reach the resolver while `act` runs. */
async function questions(domain, act) {
  const count = async () => (await worker.asked()).filter(({ name }) => name === domain).length;
  const before = await count();
  await act();
  return (await count()) - before;
}

test("a domain is asked about once in its time, and again after it", async () => {
  const domain = demo("shop");
  const seen = [];
  assert.equal(await questions(domain, async () => seen.push(await report(domain))), 1);
  assert.equal(await questions(domain, async () => seen.push(await report(domain))), 0);
  const [first, second] = seen;
  assert.equal(second.report.took_ms, 0);
  assert.deepEqual({ ...second.report, took_ms: 0 }, { ...first.report, took_ms: 0 });
  assert.equal(second.headers.get("etag"), first.headers.get("etag"));
  await sleep(2_100);
  assert.equal(await questions(domain, () => report(domain)), 1);
});

test("a crowd asks once", async () => {
  const domain = demo("crowd");
  const crowd = () => Promise.all(Array.from({ length: 12 }, () => report(domain)));
  const asked = await questions(domain, async () => {
    for (const { report } of await crowd()) assert.equal(report.reason, "accepts_mail");
  });
  // The slow first resolver is hedged once.
  assert.ok(asked <= 2, `${asked}`);
});

test("a failure is kept too", async () => {
  const domain = demo("servfail");
  const asked = await questions(domain, async () => {
    for (let time = 0; time < 3; time += 1) {
      const { report: shown, headers } = await report(domain);
      assert.equal(shown.reason, "dns_servfail");
      assert.match(headers.get("cache-control"), /^public, max-age=(10|9)$/);
    }
  });
  assert.ok(asked <= 3, `${asked}`);
});

test("good news outlives its time while every resolver fails", async () => {
  const domain = demo("breaks");
  assert.equal((await report(domain)).report.reason, "implicit_mx");
  await sleep(2_100);
  const { report: stale, headers } = await report(domain);
  assert.deepEqual([stale.result, stale.reason], ["deliverable", "implicit_mx"]);
  assert.deepEqual(stale.evidence.at(-1), { check: "cache", outcome: "stale", source: "edge", since: null });
  assert.match(headers.get("cache-control"), /^public, max-age=(30|29)$/);
  assert.equal(await questions(domain, () => report(domain)), 0);
});

test("another isolate finds it in the cache of the data centre", async () => {
  // The Worker is started anew: what it had in memory is gone.
  const domain = demo("kept");
  await report(domain);
  await worker.withVariables({ MAILPROOF_DEADLINE_MS: "4000" });
  assert.equal(await questions(domain, () => report(domain)), 0);
});

test("who has the report already gets no body", async () => {
  const domain = demo("shop");
  const { headers } = await report(domain);
  const ask = (tag) => worker.fetch(`/v1/domains/${domain}`, { headers: { "if-none-match": tag } });
  const same = await ask(headers.get("etag"));
  assert.deepEqual([same.status, await same.text()], [304, ""]);
  assert.equal(same.headers.get("etag"), headers.get("etag"));
  assert.equal((await ask('"other"')).status, 200);
});

test("invented names below one domain are looked up a hundred times and no more", async () => {
  const parent = "mailproof-brief.com";
  const before = (await worker.asked()).length;
  const seen = { 200: 0, 429: 0 };
  for (let index = 0; index < 400; index += 8) {
    const names = Array.from({ length: 8 }, (_, place) => `r${index + place}.${parent}`);
    const answers = await Promise.all(names.map((name) => worker.fetch(`/v1/domains/${name}`)));
    for (const answer of answers) {
      seen[answer.status] += 1;
      if (answer.status === 429) assert.ok(Number(answer.headers.get("retry-after")) >= 1);
      await answer.text();
    }
  }
  assert.ok(seen[200] >= 100 && seen[200] < 160 && seen[200] + seen[429] === 400, JSON.stringify(seen));
  assert.ok((await worker.asked()).length - before <= 3 * seen[200]);
  assert.equal((await worker.fetch(`/v1/domains/${parent}`)).status, 200);
});

const fixed = [
  ["deliverable", "deliverable", "accepts_mail"],
  ["risky", "risky", "null_mx_mixed"],
  ["undeliverable", "undeliverable", "no_mail_host"],
  ["unknown", "unknown", "dns_timeout"],
  ["disposable", "risky", "disposable"],
];
for (const [label, result, reason] of fixed) {
  test(`${label}.example.com is always ${result}, and nobody is asked`, async () => {
    const before = (await worker.asked()).length;
    const { report: shown } = await report(`${label}.example.com`);
    assert.deepEqual([shown.result, shown.reason], [result, reason]);
    assert.equal((await worker.asked()).length, before);
  });
}

// Last, for afterwards the isolate lets its resolvers rest.
test("the health check tells how many resolvers answer", async () => {
  const health = async () => {
    const { status, resolvers, resolvers_sound } = await (await worker.fetch("/healthz")).json();
    return [status, resolvers, resolvers_sound];
  };
  await report(demo("shop"));
  assert.deepEqual(await health(), ["ok", 2, 2]);
  for (const label of ["a", "b", "c", "d"]) await report(demo(`${label}.unanswered`));
  assert.deepEqual(await health(), ["degraded", 2, 0]);
  const { report: shown } = await report("deliverable.example.com");
  assert.equal(shown.result, "deliverable");
  // A resolver that rests is still asked when there is no other.
  assert.equal((await report(demo("mx"))).report.reason, "implicit_mx");
});
