// The Worker as it is deployed, under workerd, with the scripted resolver behind it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, shop, startWorker } from "./lib.mjs";

let server;

before(async () => {
  server = await startWorker("tests/scenarios/demo.toml");
});

after(() => server?.end());

async function report(domain) {
  const response = await server.fetch(`/v1/domains/${domain}`);
  assert.equal(response.status, 200, domain);
  return response.json();
}

const asked = () => server.asked();

const rows = [
  ["gmail.com", "deliverable", "accepts_mail"],
  ["xn--fsqu00a.xn--55qx5d", "deliverable", "accepts_mail"],
  [demo("implicit"), "deliverable", "implicit_mx"],
  [demo("bakery"), "deliverable", "accepts_mail"],
  [demo("alias-mx"), "deliverable", "mx_cname"],
  [demo("hedged"), "deliverable", "accepts_mail"],
  [demo("null-mx"), "undeliverable", "null_mx"],
  [demo("gone"), "undeliverable", "no_such_domain"],
  [demo("no-mail"), "undeliverable", "no_mail_host"],
  [demo("dead-mx"), "undeliverable", "mx_dead"],
  [demo("private-mx"), "undeliverable", "mx_unroutable"],
  [demo("mixed-mx"), "risky", "null_mx_mixed"],
  [demo("ip-mx"), "risky", "mx_is_ip"],
  [demo("filtered"), "unknown", "resolver_policy"],
  [demo("servfail"), "unknown", "dns_servfail"],
  [demo("bogus"), "unknown", "dnssec_bogus"],
  [demo("disputed"), "unknown", "nxdomain_unconfirmed"],
  ["not-in-the-demo.org", "unknown", "dns_refused"],
];
for (const [domain, result, reason] of rows) {
  test(`${domain} is ${result}: ${reason}`, async () => {
    const { domain: answered, result: got, reasons, evidence } = await report(domain);
    assert.deepEqual([answered, got], [domain, result]);
    assert.ok(reasons.includes(reason), `${reasons}`);
    const witnesses = evidence.filter(({ check }) => ["mx", "a", "aaaa"].includes(check));
    assert.ok(witnesses.length > 0 && witnesses.every(({ source }) => source === "127.0.0.1"));
  });
}

test("a report has the keys of the vocabulary and none for a local part", async () => {
  const shown = await report(demo("shop"));
  const keys = ["advice", "disposable", "domain", "evidence", "free", "level", "lists", "mx", "reason"];
  keys.push("reasons", "registrable_domain", "relay", "result", "score", "took_ms");
  assert.deepEqual(Object.keys(shown).sort(), keys);
  assert.deepEqual(shown.mx.records, [{ preference: 10, exchange: "mx.mailproof-demo.com" }]);
});

test("a report may be kept as long as its records, and is locked down", async () => {
  const { headers } = await server.fetch(`/v1/domains/${demo("shop")}`);
  assert.match(headers.get("cache-control"), /^public, max-age=(300|29\d)$/);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(headers.get("content-security-policy"), /default-src 'none'/);
  assert.equal(headers.get("content-type"), "application/json");
});

test("lists are asked too", async () => {
  const { disposable, reasons, lists } = await report("mailinator.com");
  assert.ok(disposable && reasons.includes("disposable"), `${reasons}`);
  assert.match(lists.sha256, /^[0-9a-f]{64}$/);
});

test("a special-use name reaches no resolver", async () => {
  const before = (await asked()).length;
  const { result, reason } = await report("printer.local");
  assert.deepEqual([result, reason], ["undeliverable", "special_use_domain"]);
  assert.equal((await asked()).length, before);
});

test("only listed origins may read", async () => {
  const allowed = async (origin, method) => {
    const answer = await server.fetch(`/v1/domains/${demo("shop")}`, { method, headers: { origin } });
    return [answer.status, answer.headers.get("access-control-allow-origin"), answer.headers.get("vary")];
  };
  assert.deepEqual(await allowed(shop, "GET"), [200, shop, "Origin"]);
  assert.deepEqual(await allowed(shop, "OPTIONS"), [204, shop, "Origin"]);
  assert.deepEqual(await allowed("https://evil.mailproof-demo.com", "GET"), [200, null, "Origin"]);
  assert.deepEqual(await allowed("https://evil.mailproof-demo.com", "OPTIONS"), [403, null, "Origin"]);
});

const problems = [
  ["/v1/domains/jane@gmail.com", "GET", 400, "address_not_accepted"],
  ["/v1/domains/jane%40gmail.com", "GET", 400, "address_not_accepted"],
  ["/v1/domains/gmail.com?email=jane%40gmail.com", "GET", 400, "address_not_accepted"],
  ["/v1/domains/例子.公司", "GET", 400, "domain_not_ascii"],
  ["/v1/domains/a%20b.com", "GET", 400, "domain_invalid"],
  ["/v1/domains/%00", "GET", 400, "domain_invalid"],
  ["/v1/domains/-.com", "GET", 400, "domain_invalid"],
  ["/v1/domains/GMAIL.com", "GET", 400, "domain_invalid"],
  ["/v1/domains/gmail.com", "DELETE", 405, "method_not_allowed"],
  ["/v1/nothing", "GET", 404, "not_found"],
];
for (const [path, method, status, code] of problems) {
  test(`${method} ${path} is ${code}, and nobody is asked`, async () => {
    const before = (await asked()).length;
    const answer = await server.fetch(path, { method });
    const text = await answer.text();
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.deepEqual([answer.status, JSON.parse(text).status, JSON.parse(text).code], [status, status, code]);
    assert.ok(text.length <= 512 && !/jane|gmail/i.test(text), text);
    assert.equal((await asked()).length, before);
  });
}

test("the health check answers", async () => {
  const { status, resolvers, resolvers_sound } = await (await server.fetch("/healthz")).json();
  assert.deepEqual([status, resolvers, resolvers_sound], ["ok", 2, 2]);
});

test("what is not ours is a file of the site", async () => {
  assert.equal((await server.fetch("/mailproof/small.pack")).status, 200);
  assert.equal((await server.fetch("/no-such-file")).status, 404);
});

// What a domain without MX publishes about its mail, as facts beside the verdict.
for (const [label, spf, dmarc] of [
  ["sends-nothing", "reject_all", "reject"],
  ["own-host", "present", "absent"],
]) {
  test(`${label} publishes an SPF policy: ${spf}, and a DMARC policy: ${dmarc}`, async () => {
    const report = await (await server.fetch(`/v1/domains/${demo(label)}`)).json();
    assert.deepEqual([report.result, report.reason], ["deliverable", "implicit_mx"]);
    const said = (check) => report.evidence.filter((item) => item.check === check).map(({ outcome }) => outcome);
    assert.deepEqual([said("spf"), said("dmarc")], [[spf], [dmarc]]);
    const asked = (await server.asked()).filter(({ name }) => name.endsWith(demo(label)));
    assert.ok(asked.length <= 13, `${asked.length}`);
  });
}

// The tests below run the Worker anew with other variables.

test("silent resolvers are unknown, by the deadline", async () => {
  await server.withVariables({ MAILPROOF_DEADLINE_MS: "300" });
  const begun = performance.now();
  const { result, reason, took_ms } = await report(demo("silent"));
  assert.deepEqual([result, reason], ["unknown", "dns_timeout"]);
  assert.ok(performance.now() - begun < 2_000 && took_ms >= 250, `${took_ms}`);
});

for (const [variable, value] of [
  ["MAILPROOF_RESOLVERS", "http://dns.google/dns-query,https://dns.google/dns-query"],
  ["MAILPROOF_ORIGINS", "shop.net"],
  ["MAILPROOF_DEADLINE_MS", "soon"],
]) {
  test(`a malformed ${variable} is named`, async () => {
    await server.withVariables({ [variable]: value });
    for (const path of ["/healthz", "/v1/domains/gmail.com"]) {
      const answer = await server.fetch(path);
      const problem = await answer.json();
      assert.deepEqual([answer.status, problem.code, problem.variable], [500, "configuration_invalid", variable]);
    }
  });
}

test("MAILPROOF_MAIL_POLICY decides whether they are asked for", async () => {
  const policies = async () => {
    const { evidence } = await (await server.fetch("/v1/domains/yahoo.com")).json();
    return evidence.filter(({ check }) => check === "spf" || check === "dmarc").length;
  };
  await server.withVariables({ MAILPROOF_MAIL_POLICY: "always", MAILPROOF_DEADLINE_MS: "4900" });
  assert.equal(await policies(), 2);
});
