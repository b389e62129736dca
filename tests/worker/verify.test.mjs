// `POST /v1/verify`.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { demo, shop, startWorker } from "./lib.mjs";

const key = "a-key-of-the-tests";
const digest = createHash("sha256").update(key).digest("hex");

let worker;

before(async () => {
  worker = await startWorker("tests/scenarios/demo.toml", { MAILPROOF_API_KEYS: `${"0".repeat(64)}, ${digest}` });
});

after(() => worker?.end());

function verify(email, headers = {}) {
  return worker.fetch("/v1/verify", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ email }),
  });
}

const rows = [
  [`jane@${demo("shop")}`, "deliverable", "accepts_mail", "domain"],
  [`jane@${demo("null-mx")}`, "undeliverable", "null_mx", "domain"],
  [`jane@${demo("servfail")}`, "unknown", "dns_servfail", "syntax"],
  ["jane@gamil.com", "risky", "possible_typo", undefined],
  ["jane@mailinator.com", "risky", "disposable", "domain"],
  ["用户@例子.公司", "deliverable", "accepts_mail", "domain"],
  ["jane", "undeliverable", "missing_at", "syntax"],
  ["", "undeliverable", "empty", "syntax"],
  ["deliverable@example.com", "deliverable", "accepts_mail", "domain"],
  ["risky@example.com", "risky", "null_mx_mixed", "domain"],
  ["undeliverable@example.com", "undeliverable", "no_mail_host", "domain"],
  ["unknown@example.com", "unknown", "dns_timeout", "syntax"],
  ["disposable@example.com", "risky", "disposable", "domain"],
  ["jane@example.com", "undeliverable", "special_use_domain", "syntax"],
];
for (const [email, result, reason, level] of rows) {
  test(`"${email}" is ${result}: ${reason}`, async () => {
    const response = await verify(email);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("cache-control"), "no-store");
    const verdict = await response.json();
    assert.deepEqual([verdict.input, verdict.result, verdict.reason], [email, result, reason]);
    if (level) assert.equal(verdict.level, level);
  });
}

test("a slip is offered its repair, and a domain known to memory is not asked about", async () => {
  const verdict = await (await verify("jane@gamil.com")).json();
  assert.equal(verdict.did_you_mean, "jane@gmail.com");
  const before = (await worker.asked()).length;
  await verify(`joe@${demo("shop")}`);
  assert.equal((await worker.asked()).length, before);
});

const refused = [
  ["no key", { authorization: "" }, 401, "api_key_invalid"],
  ["another key", { authorization: "Bearer another" }, 401, "api_key_invalid"],
  ["the digest", { authorization: `Bearer ${digest}` }, 401, "api_key_invalid"],
  ["no JSON", { "content-type": "text/plain" }, 415, "media_type_not_supported"],
];
for (const [what, headers, status, code] of refused) {
  test(`${what} is ${code}`, async () => {
    const response = await verify("jane@gmail.com", headers);
    const text = await response.text();
    assert.deepEqual([response.status, JSON.parse(text).code], [status, code]);
    assert.ok(!/jane/.test(text));
  });
}

test("no page may read it", async () => {
  const response = await verify("jane@gmail.com", { origin: shop });
  assert.equal(response.headers.get("access-control-allow-origin"), null);
  assert.equal((await worker.fetch("/v1/verify", { method: "OPTIONS", headers: { origin: shop } })).status, 405);
});

test("without keys it says so", async () => {
  await worker.withVariables({ MAILPROOF_API_KEYS: undefined });
  const response = await verify("jane@gmail.com");
  assert.deepEqual([response.status, (await response.json()).code], [503, "verify_unavailable"]);
  assert.equal((await worker.fetch("/v1/domains/gmail.com")).status, 200);
});
