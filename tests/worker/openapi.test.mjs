// The description that the Worker serves, held to what it answers.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { at } from "../../scripts/lib/paths.mjs";
import { startWorker } from "./lib.mjs";

const committed = readFileSync(at("crates/edge/openapi.json"), "utf8");
const { openapi, paths, components } = JSON.parse(committed);
const key = "a-key-of-the-tests";

let worker;

before(async () => {
  const digest = createHash("sha256").update(key).digest("hex");
  worker = await startWorker("tests/scenarios/demo.toml", { MAILPROOF_API_KEYS: digest });
});

after(() => worker?.end());

const post = (path, body) =>
  worker.fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });

test("it is served as it is committed", async () => {
  const response = await worker.fetch("/openapi.json");
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(await response.text(), committed);
  assert.equal(openapi, "3.1.0");
});

test("every path that it names is there", async () => {
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods)) {
      const { status } = await worker.fetch(path.replace("{domain}", "gmail.com"), { method: method.toUpperCase() });
      assert.ok(status !== 404 && status !== 405, `${method} ${path} ${status}`);
    }
  }
});

/** Every member of `value` is described, at any depth, and no described one is missing. */
function checkShape(value, schema, where) {
  const { properties, items, enum: codes, oneOf } = schema.$ref ? components.schemas[schema.$ref.split("/").at(-1)] : schema;
  if (codes) return assert.ok(codes.includes(value), `${where}: ${value}`);
  const branch = oneOf?.find(({ $ref }) => $ref);
  if (branch && value !== null) return checkShape(value, branch, where);
  if (Array.isArray(value)) return value.forEach((item, place) => checkShape(item, items, `${where}[${place}]`));
  if (!properties || value === null) return undefined;
  assert.deepEqual(Object.keys(value).sort(), Object.keys(properties).sort(), where);
  for (const [name, member] of Object.entries(value)) checkShape(member, properties[name], `${where}.${name}`);
  return undefined;
}

const schema = (name) => ({ $ref: `#/components/schemas/${name}` });

test("answers are what it says", async () => {
  for (const domain of ["gmail.com", "mailinator.com", "risky.example.com"]) {
    checkShape(await (await worker.fetch(`/v1/domains/${domain}`)).json(), schema("DomainReport"), domain);
  }
  checkShape(await (await post("/v1/domains", { domains: ["gmail.com", "shop.test"] })).json(), schema("Reports"), "reports");
  for (const email of ["jane@gmail.com", "jane@@gmail", "jane@gamil.com"]) {
    checkShape(await (await post("/v1/verify", { email })).json(), schema("Verdict"), email);
  }
  checkShape(await (await worker.fetch("/healthz")).json(), schema("Health"), "health");
  const { code } = await (await post("/v1/domains", {})).json();
  assert.ok(components.schemas.Problem.properties.code.enum.includes(code));
});
