// The Worker under workerd, asking the scripted resolver about the demonstration zone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createTestHarness } from "wrangler";
import { at } from "../../scripts/lib/paths.mjs";
import { startScriptedResolver } from "../../scripts/lib/scripted-resolver.mjs";

let resolver;
before(async () => {
  resolver = await startScriptedResolver("tests/scenarios/demo.toml");
});
// Ends its sockets too: the harness would wait minutes for the ones it left silent.
after(() => resolver.end());

/** A Worker for the tests around it, with variables over those of wrangler.toml. */
function worker(vars) {
  const served = {};
  before(async () => {
    const over = { MAILPROOF_RESOLVERS: resolver.urls.join(","), ...vars };
    served.server = createTestHarness({ workers: [{ configPath: at("wrangler.toml"), vars: over }] });
    await served.server.listen();
  });
  after(() => served.server.close());
  return (path, options) => served.server.fetch(path, options);
}

const asked = async () => (await (await fetch(new URL("/log", resolver.urls[0]))).json()).asked;

async function checkProblem(response, status, what) {
  assert.equal(response.status, status, what);
  assert.match(response.headers.get("content-type"), /^application\/problem\+json/, what);
  const problem = await response.json();
  assert.equal(problem.status, status, what);
  assert.match(problem.code, /^[a-z]+(_[a-z]+)*$/, what);
  assert.ok(problem.title.length > 0, what);
  return problem;
}

describe("GET /v1/domains/{a-label}", () => {
  const get = worker({});

  const rows = [
    ["shop.mailproof-demo.com", "deliverable", "accepts_mail"],
    ["bakery.mailproof-demo.com", "deliverable", "accepts_mail"],
    ["implicit.mailproof-demo.com", "deliverable", "implicit_mx"],
    ["alias-mx.mailproof-demo.com", "deliverable", "accepts_mail"],
    ["xn--fsqu00a.xn--55qx5d", "deliverable", "accepts_mail"],
    ["mixed-mx.mailproof-demo.com", "risky", "null_mx_mixed"],
    ["ip-mx.mailproof-demo.com", "risky", "mx_is_ip"],
    ["null-mx.mailproof-demo.com", "undeliverable", "null_mx"],
    ["gone.mailproof-demo.com", "undeliverable", "no_such_domain"],
    ["no-mail.mailproof-demo.com", "undeliverable", "no_mail_host"],
    ["dead-mx.mailproof-demo.com", "undeliverable", "mx_dead"],
    ["private-mx.mailproof-demo.com", "undeliverable", "mx_unroutable"],
    ["anything.invalid", "undeliverable", "special_use_domain"],
    ["servfail.mailproof-demo.com", "unknown", "dns_servfail"],
    ["bogus.mailproof-demo.com", "unknown", "dnssec_bogus"],
    ["filtered.mailproof-demo.com", "unknown", "resolver_policy"],
    ["disputed.mailproof-demo.com", "unknown", "nxdomain_unconfirmed"],
    ["silent.mailproof-demo.com", "unknown", "dns_timeout"],
    ["not-in-the-scenario.net", "unknown", "dns_refused"],
  ];
  for (const [domain, result, reason] of rows) {
    test(`${domain}: ${result}, ${reason}`, async () => {
      const response = await get(`/v1/domains/${domain}`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get("content-type"), /^application\/json/);
      const report = await response.json();
      assert.deepEqual([report.domain, report.result, report.reason], [domain, result, reason]);
      assert.equal(report.level, "domain");
      assert.ok(report.reasons.includes(reason));
    });
  }

  test("has the keys of the vocabulary and none for a local part", async () => {
    const report = await (await get("/v1/domains/shop.mailproof-demo.com")).json();
    const keys = ["advice", "disposable", "domain", "evidence", "free", "level", "lists", "mx", "reason"];
    keys.push("reasons", "registrable_domain", "relay", "result", "score", "took_ms");
    assert.deepEqual(Object.keys(report).sort(), keys);
    assert.deepEqual(report.mx.records, [{ preference: 10, exchange: "mx.mailproof-demo.com" }]);
  });

  test("a special-use name is answered without a query", async () => {
    await get("/v1/domains/printer.local");
    assert.ok(!(await asked()).some(({ name }) => name.includes("printer.local")));
  });

  for (const label of ["jane@gmail.com", "jane%40gmail.com", "JANE%40gmail.com", "a%20b.com", "-.com", "..", "%00"]) {
    test(`${label} is refused and nothing is asked`, async () => {
      const before = (await asked()).length;
      const response = await get(`/v1/domains/${label}`);
      const problem = await checkProblem(response, response.status, label);
      assert.ok([400, 404].includes(response.status), `${label}: ${response.status}`);
      assert.ok(!JSON.stringify(problem).toLowerCase().includes("jane"), "the problem repeats the input");
      assert.equal((await asked()).length, before);
    });
  }

  test("any page may read the answer", async () => {
    const headers = { origin: "https://shop.example" };
    const response = await get("/v1/domains/shop.mailproof-demo.com", { headers });
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    await response.body.cancel();
  });

  test("other methods and other routes are problem documents", async () => {
    await checkProblem(await get("/v1/domains/shop.mailproof-demo.com", { method: "DELETE" }), 405, "DELETE");
    await checkProblem(await get("/v1/nothing"), 404, "/v1/nothing");
  });

  test("the page's files are served beside it", async () => {
    for (const [path, type] of [
      ["/", /^text\/html/],
      ["/mailproof.js", /javascript/],
      ["/mailproof/widget.js", /javascript/],
      ["/mailproof/widget_bg.wasm", /^application\/wasm/],
    ]) {
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get("content-type"), type, path);
      assert.ok((await response.arrayBuffer()).byteLength > 100, path);
    }
    const script = await get("/mailproof.js");
    assert.equal(script.headers.get("access-control-allow-origin"), "*");
    await script.body.cancel();
  });
});

describe("MAILPROOF_ORIGINS", () => {
  const get = worker({ MAILPROOF_ORIGINS: "https://shop.example,https://www.shop.example" });

  const rows = [
    ["https://shop.example", "https://shop.example"],
    ["https://www.shop.example", "https://www.shop.example"],
    ["https://evil.example", null],
    ["https://shop.example.evil.example", null],
    ["null", null],
  ];
  for (const [origin, allowed] of rows) {
    test(`${origin} ${allowed ? "may" : "may not"} read the answer`, async () => {
      const response = await get("/v1/domains/anything.invalid", { headers: { origin } });
      assert.equal(response.headers.get("access-control-allow-origin"), allowed);
      assert.match(response.headers.get("vary") ?? "", /origin/i);
      await response.body.cancel();
    });
  }
});

describe("a variable that cannot be meant", () => {
  for (const [name, value] of [
    ["MAILPROOF_RESOLVERS", "not a url"],
    ["MAILPROOF_RESOLVERS", "http://dns.example/dns-query"],
    ["MAILPROOF_DEADLINE_MS", "soon"],
  ]) {
    describe(`${name}="${value}"`, () => {
      const get = worker({ [name]: value });
      test("stops the answers, and says so", async () => {
        await checkProblem(await get("/v1/domains/shop.mailproof-demo.com"), 500, name);
      });
    });
  }
});
