// `POST /v1/domains`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, shop, startWorker } from "./lib.mjs";

let worker;

before(async () => {
  worker = await startWorker("tests/scenarios/demo.toml");
});

after(() => worker?.end());

function post(body, headers = { "content-type": "application/json" }) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return worker.fetch("/v1/domains", { method: "POST", headers, body: text });
}

test("reports come in the order of the domains, the same as one by one", async () => {
  const domains = ["gmail.com", demo("gone"), demo("slow"), demo("null-mx"), "gmail.com", "printer.local"];
  const response = await post({ domains });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("cache-control"), "no-store");
  const { domains: reports } = await response.json();
  const reasons = ["accepts_mail", "no_such_domain", "accepts_mail", "null_mx", "accepts_mail", "special_use_domain"];
  assert.deepEqual(reports.map(({ domain }) => domain), domains);
  for (const [place, report] of reports.entries()) {
    assert.ok(report.reasons.includes(reasons[place]), `${report.domain}: ${report.reasons}`);
    const alone = await (await worker.fetch(`/v1/domains/${report.domain}`)).json();
    assert.deepEqual({ ...report, took_ms: 0 }, { ...alone, took_ms: 0 });
  }
});

test("fifty domains are taken, and one domain fifty times is asked about once", async () => {
  const before = (await worker.asked()).length;
  const { domains } = await (await post({ domains: Array(50).fill(demo("bakery")) })).json();
  assert.equal(domains.length, 50);
  assert.ok((await worker.asked()).length - before <= 6);
});

const many = { domains: Array(51).fill("gmail.com") };
const problems = [
  ["an address", { domains: ["gmail.com", "jane@gmail.com"] }, 400, "address_not_accepted", 1],
  ["a name in Unicode", { domains: ["例子.公司"] }, 400, "domain_not_ascii", 0],
  ["no domain", { domains: ["gmail.com", "outlook.com", "GMAIL.com"] }, 400, "domain_invalid", 2],
  ["nothing", { domains: [] }, 400, "too_many_domains"],
  ["too many", many, 400, "too_many_domains"],
  ["too much", { domains: ["a".repeat(20_000)] }, 413, "body_too_large"],
  ["no list", { domains: "gmail.com" }, 400, "body_invalid"],
  ["other members", { domains: [], email: "jane@gmail.com" }, 400, "body_invalid"],
  ["no JSON", "gmail.com", 400, "body_invalid"],
  ["an empty body", "", 400, "body_invalid"],
];
for (const [what, body, status, code, index] of problems) {
  test(`${what} is ${code}, and nobody is asked`, async () => {
    const before = (await worker.asked()).length;
    const response = await post(body);
    const text = await response.text();
    const problem = JSON.parse(text);
    assert.deepEqual([response.status, problem.code, problem.index], [status, code, index]);
    assert.ok(text.length <= 512 && !/jane|gmail/i.test(text), text);
    assert.equal((await worker.asked()).length, before);
  });
}

test("it must be called JSON, so that a browser asks first", async () => {
  const response = await post({ domains: ["gmail.com"] }, { "content-type": "text/plain" });
  assert.deepEqual([response.status, (await response.json()).code], [415, "media_type_not_supported"]);
  const preflight = await worker.fetch("/v1/domains", { method: "OPTIONS", headers: { origin: shop } });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-methods"), "POST, OPTIONS");
  assert.equal(preflight.headers.get("access-control-allow-headers"), "content-type");
});
