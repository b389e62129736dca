// How much one network may ask for, with the platform's limiter and without it.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { at } from "../../scripts/lib/paths.mjs";
import { demo, shop, startWorker } from "./lib.mjs";

const limit = 5;
const other = "https://bakery.mailproof-demo.com";

let worker;
let names = 0;

before(async () => {
  worker = await startWorker("tests/scenarios/demo.toml", {
    MAILPROOF_RATE_LIMIT: `${limit}/60`,
    MAILPROOF_ORIGINS: `${shop},${other}`,
  });
});

after(() => worker?.end());

/** A name that nobody has asked about yet, each below a registered domain of its own. */
const fresh = () => `unheard-of-${(names += 1)}.com`;

function ask(address, { domain = fresh(), origin = shop } = {}) {
  return worker.fetch(`/v1/domains/${domain}`, { headers: { origin, "cf-connecting-ip": address } });
}

async function askTimes(count, address, options) {
  const statuses = [];
  for (let time = 0; time < count; time += 1) statuses.push((await ask(address, options)).status);
  return statuses;
}

const all = (count, status) => Array(count).fill(status);

// A window of the isolate may end between two requests; then the count begins anew.
async function withinOneWindow(work) {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 8_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
  return work();
}

test("what is over the limit is refused, and says for how long", () =>
  withinOneWindow(async () => {
    const first = await ask("198.51.100.1");
    assert.equal(first.status, 200);
    assert.equal(first.headers.get("ratelimit-policy"), `"client";q=${limit};w=60`);
    assert.match(first.headers.get("ratelimit"), new RegExp(`^"client";r=${limit - 1};t=\\d+$`));
    assert.deepEqual(await askTimes(limit - 1, "198.51.100.2"), all(limit - 1, 200));
    const refused = await ask("198.51.100.3");
    const problem = await refused.json();
    assert.deepEqual([refused.status, problem.code], [429, "too_many_requests"]);
    assert.equal(refused.headers.get("content-type"), "application/problem+json");
    const seconds = Number(refused.headers.get("retry-after"));
    assert.ok(seconds >= 1 && seconds <= 60);
    assert.equal(refused.headers.get("ratelimit"), `"client";r=0;t=${seconds}`);
    assert.equal(refused.headers.get("access-control-allow-origin"), shop);
    assert.match(refused.headers.get("access-control-expose-headers"), /Retry-After/);
    assert.equal(refused.headers.get("cache-control"), "no-store");
  }));

test("nobody else is: not another network, nor the same one on another site", () =>
  withinOneWindow(async () => {
    const flood = await askTimes(10 * limit, "203.0.113.9");
    assert.deepEqual(flood, [...all(limit, 200), ...all(9 * limit, 429)]);
    assert.deepEqual(await askTimes(limit, "203.0.112.9"), all(limit, 200));
    assert.deepEqual(await askTimes(limit, "203.0.113.9", { origin: other }), all(limit, 200));
  }));

test("an IPv6 network is its first 64 bits", () =>
  withinOneWindow(async () => {
    for (let host = 1; host <= limit; host += 1) assert.equal((await ask(`2001:db8:0:1::${host}`)).status, 200);
    assert.equal((await ask("2001:db8:0:1:ffff::1")).status, 429);
    assert.equal((await ask("2001:db8:0:2::1")).status, 200);
  }));

test("origins that are not on the list share one account", () =>
  withinOneWindow(async () => {
    const statuses = [];
    for (let time = 0; time < limit + 2; time += 1) {
      statuses.push((await ask("192.0.2.1", { origin: `https://r${time}.evil.com` })).status);
    }
    assert.deepEqual(statuses, [...all(limit, 200), 429, 429]);
  }));

test("what is known already is not counted, and no more look-ups are sent than are allowed", () =>
  withinOneWindow(async () => {
    await ask("198.18.0.1", { domain: demo("shop") });
    const before = (await worker.asked()).length;
    assert.deepEqual(await askTimes(10 * limit, "198.18.0.1", { domain: demo("shop") }), all(10 * limit, 200));
    assert.equal((await worker.asked()).length, before);
    await askTimes(10 * limit, "198.18.0.1");
    const names = new Set((await worker.asked()).slice(before).map(({ name }) => name));
    assert.equal(names.size, limit - 1);
  }));

test("a batch counts each of its domains", () =>
  withinOneWindow(async () => {
    const domains = Array.from({ length: limit + 1 }, fresh);
    const response = await worker.fetch("/v1/domains", {
      method: "POST",
      headers: { "content-type": "application/json", origin: shop, "cf-connecting-ip": "198.18.9.1" },
      body: JSON.stringify({ domains }),
    });
    const { code, index } = await response.json();
    assert.deepEqual([response.status, code, index], [429, "too_many_requests", limit]);
  }));

test("where nobody says who asks, nobody is counted", async () => {
  for (let time = 0; time < 3 * limit; time += 1) {
    assert.equal((await worker.fetch(`/v1/domains/${fresh()}`)).status, 200);
  }
});

test("it can be turned off, and a slip in it stops every answer", async () => {
  await worker.withVariables({ MAILPROOF_RATE_LIMIT: "off" });
  const response = await ask("198.51.100.1");
  assert.deepEqual([response.status, response.headers.get("ratelimit")], [200, null]);
  await worker.withVariables({ MAILPROOF_RATE_LIMIT: "5/30" });
  const problem = await (await worker.fetch("/healthz")).json();
  assert.deepEqual([problem.code, problem.variable], ["configuration_invalid", "MAILPROOF_RATE_LIMIT"]);
  const told = JSON.stringify(worker.logs());
  assert.ok(told.includes("configuration_invalid") && told.includes("MAILPROOF_RATE_LIMIT"), told);
});

test("the platform's limiter, which sees all isolates, has the last word", () =>
  withinOneWindow(async () => {
    // The isolate's own count would allow more.
    await worker.withVariables({ MAILPROOF_RATE_LIMIT: "1000/60" }, strictConfig());
    const statuses = await askTimes(5, "198.18.77.1");
    assert.deepEqual(statuses, [...all(3, 200), ...all(2, 429)]);
    const refused = await ask("198.18.77.1");
    assert.equal(refused.headers.get("ratelimit"), '"client";r=0;t=60');
  }));

/** The project's configuration with a limit of 3 in the binding. */
function strictConfig() {
  const text = readFileSync(at("wrangler.toml"), "utf8").replace("limit = 300", "limit = 3");
  const below = text.replaceAll('"build/worker/', '"worker/').replaceAll('"dist"', '"../dist"');
  assert.ok(below.includes("limit = 3,") && below.includes('"worker/index.js"'));
  writeFileSync(at("build/strict.wrangler.toml"), below);
  return "./build/strict.wrangler.toml";
}
