// `POST /v1/verify?format=…`: each answer fits what the other product documents, and says
// what the whole verdict says.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import Ajv from "ajv";
import { demo, startWorker } from "./lib.mjs";

const key = "a-key-of-the-tests";
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
const schema = (name) => ajv.compile(JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, import.meta.url), "utf8")));
const schemas = { kickbox: schema("kickbox"), zerobounce: schema("zerobounce"), reacher: schema("reacher") };

let worker;

before(async () => {
  const digest = createHash("sha256").update(key).digest("hex");
  worker = await startWorker("tests/scenarios/demo.toml", { MAILPROOF_API_KEYS: digest });
});

after(() => worker?.end());

const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
const post = (query, body) => worker.fetch(`/v1/verify${query}`, { method: "POST", headers, body: JSON.stringify(body) });

async function verify(format, email) {
  const response = await post(`?format=${format}`, { email });
  assert.deepEqual([response.status, response.headers.get("cache-control")], [200, "no-store"]);
  const answer = await response.json();
  assert.ok(schemas[format](answer), `${format} ${email} ${ajv.errorsText(schemas[format].errors)}`);
  return answer;
}

// Address, our result, ZeroBounce's status and sub-status, Kickbox's reason.
const rows = [
  [`jane@${demo("shop")}`, "deliverable", "valid", "", "accepted_email"],
  [`info@${demo("shop")}`, "deliverable", "valid", "", "accepted_email"],
  [`jane@${demo("null-mx")}`, "undeliverable", "invalid", "does_not_accept_mail", "invalid_domain"],
  [`jane@${demo("gone")}`, "undeliverable", "invalid", "no_dns_entries", "invalid_domain"],
  [`jane@${demo("servfail")}`, "unknown", "unknown", "exception_occurred", "unexpected_error"],
  ["jane@gamil.com", "risky", "invalid", "possible_typo", "low_quality"],
  ["jane@mailinator.com", "risky", "do_not_mail", "disposable", "low_quality"],
  ["用户@例子.公司", "deliverable", "valid", "", "accepted_email"],
  ["jane", "undeliverable", "invalid", "failed_syntax_check", "invalid_email"],
  ["", "undeliverable", "invalid", "failed_syntax_check", "invalid_email"],
  ["unknown@example.com", "unknown", "unknown", "timeout_exceeded", "timeout"],
  ["risky@example.com", "risky", "unknown", "", "low_deliverability"],
];
const reachable = { deliverable: "safe", risky: "risky", undeliverable: "invalid", unknown: "unknown" };

for (const [email, result, status, subStatus, reason] of rows) {
  test(`"${email}" in three products' words`, async () => {
    const verdict = await (await post("", { email })).json();
    assert.equal(verdict.result, result);
    const kickbox = await verify("kickbox", email);
    assert.deepEqual([kickbox.result, kickbox.reason, kickbox.sendex], [result, reason, verdict.score / 100]);
    assert.deepEqual([kickbox.role, kickbox.free, kickbox.disposable], [verdict.role, verdict.free, verdict.disposable]);
    const zerobounce = await verify("zerobounce", email);
    assert.deepEqual([zerobounce.status, zerobounce.sub_status, zerobounce.address], [status, subStatus, email]);
    assert.ok(Math.abs(Date.parse(`${zerobounce.processed_at.replace(" ", "T")}Z`) - Date.now()) < 60_000);
    const reacher = await verify("reacher", email);
    assert.deepEqual([reacher.is_reachable, reacher.input], [reachable[result], email]);
    for (const words of [kickbox.did_you_mean, zerobounce.did_you_mean, reacher.syntax.suggestion]) {
      assert.equal(words, verdict.did_you_mean);
    }
  });
}

test("exchangers are told in their words too", async () => {
  const { mx } = await verify("reacher", `jane@${demo("shop")}`);
  assert.ok(mx.accepts_mail && mx.records.length > 0);
  const zerobounce = await verify("zerobounce", `jane@${demo("shop")}`);
  assert.deepEqual([zerobounce.mx_found, `${zerobounce.mx_record}.`], ["true", mx.records[0]]);
});

test("Reacher's name of the member is taken", async () => {
  const response = await post("?format=reacher", { to_email: "jane@gmail.com" });
  const answer = await response.json();
  assert.ok(schemas.reacher(answer), ajv.errorsText(schemas.reacher.errors));
  assert.equal(answer.is_reachable, "safe");
  assert.equal((await post("", { to_email: "jane@gmail.com", email: "joe@gmail.com" })).status, 400);
});

for (const [query, code] of [
  ["?format=emailable", "format_unknown"],
  ["?format=", "format_unknown"],
  ["?format=Kickbox", "format_unknown"],
  ["?format=kickbox&format=reacher", "parameter_unknown"],
  ["?format=kickbox&apikey=a", "parameter_unknown"],
]) {
  test(`${query} is ${code}`, async () => {
    const response = await post(query, { email: "jane@gmail.com" });
    const problem = await response.json();
    assert.deepEqual([response.status, problem.code], [400, code]);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
  });
}

test("the schemas refuse what is not the product's", () => {
  for (const validate of Object.values(schemas)) {
    assert.ok(!validate({}) && !validate({ result: "fine" }));
  }
});
