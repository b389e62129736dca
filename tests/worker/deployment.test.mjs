// What `npm run deploy` looks at before it publishes, and the folder that publishes without a
// build. wrangler's dry run needs no network and no account.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { apiKey, rotated, signingKey, withNext } from "../../scripts/keys.mjs";
import { checkDeployment } from "../../scripts/lib/deployment.mjs";
import { at } from "../../scripts/lib/paths.mjs";
import { environment } from "../../scripts/lib/wrangler.mjs";
import { makeTemplate } from "../../scripts/template.mjs";

const own = readFileSync(at("wrangler.toml"), "utf8");

/** The project's configuration with `change` done to it, where its paths still lead somewhere. */
function configuration(change) {
  const text = change(own);
  assert.notEqual(text, own);
  const path = at("build/deployment.wrangler.toml");
  writeFileSync(path, text.replaceAll('"build/worker/', '"worker/').replaceAll('"dist"', '"../dist"'));
  return path;
}

after(() => Object.keys(environment).forEach((name) => delete process.env[name]));

test("the project's own configuration can be published, with something to think of", async () => {
  const thoughts = await checkDeployment();
  assert.equal(thoughts.length, 2);
  assert.match(thoughts[0], /MAILPROOF_ORIGINS/);
  assert.match(thoughts[1], /workers\.dev/);
});

const set = (name, value) => (text) => text.replace(new RegExp(`^${name} = .*$`, "m"), `${name} = "${value}"`);

for (const [what, change, code, told] of [
  ["an origin with a path", set("MAILPROOF_ORIGINS", "https://shop.net/"), "configuration_invalid", /MAILPROOF_ORIGINS/],
  ["one resolver", set("MAILPROOF_RESOLVERS", "https://dns.google/dns-query"), "configuration_invalid", /MAILPROOF_RESOLVERS/],
  ["a slip in a name", (text) => `${text}\nMAILPROOF_DEADLINE = "800"\n`, "configuration_invalid", /unknown name/],
  ["a resolver on this machine", set("MAILPROOF_RESOLVERS", "http://127.0.0.1:1/a,http://127.0.0.1:1/b"), "resolver_on_loopback", /this machine/],
  ["two limits that differ", set("MAILPROOF_RATE_LIMIT", "100/60"), "rate_limit_mismatch", /300\/60.*100\/60/],
  ["a Worker that is not built", (text) => text.replace("index.js", "nothing.js"), "worker_not_built", /npm run build/],
  ["no binding for the site", (text) => text.replace('binding = "ASSETS"', 'binding = "FILES"'), "assets_binding_missing", /ASSETS/],
  ["a file that is no TOML", (text) => `${text}\n[[[`, "configuration_unreadable", /./],
]) {
  test(`${what} is ${code}`, async () => {
    await assert.rejects(checkDeployment(configuration(change)), (error) => {
      assert.equal(error.code, code, error.stack);
      assert.match(error.message, new RegExp(`^\\[${code}\\]`));
      return told.test(error.message);
    });
  });
}

test("a missing file is said to be missing", () =>
  assert.rejects(checkDeployment(at("no-such.toml")), { code: "configuration_missing" }));

test("the template publishes without a build", async () => {
  const folder = makeTemplate();
  const { scripts, devDependencies } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const tested = JSON.parse(readFileSync(at("package.json"), "utf8")).devDependencies;
  assert.deepEqual(devDependencies, { wrangler: tested.wrangler });
  assert.equal(scripts.check, "wrangler deploy --dry-run");
  const args = [at("node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...environment } });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /env\.RATE_LIMIT/);
  assert.match(stdout, /--dry-run: exiting now/);
  assert.deepEqual(readFileSync(`${folder}/worker/index.js`), readFileSync(at("build/worker/index.js")));
});

test("new keys are what the Worker takes, and rotate", () => {
  const first = withNext({ keys: [] }, signingKey("one"));
  const second = withNext(first, signingKey("two"));
  assert.deepEqual(second.keys.map(({ kid }) => kid), ["one", "two"]);
  assert.deepEqual(rotated(second).keys.map(({ kid }) => kid), ["two", "one"]);
  assert.deepEqual(withNext(rotated(second), signingKey("three")).keys.map(({ kid }) => kid), ["two", "three"]);
  assert.throws(() => withNext(first, signingKey("one")), /already/);
  assert.throws(() => rotated(first), /only one/);
  assert.match(signingKey().kid, /^\d{4}-\d{2}$/);
  const { kty, crv, x, d } = signingKey("one");
  const shape = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  assert.deepEqual([kty, crv, x.length, d.length], [shape.kty, shape.crv, shape.x.length, shape.d.length]);
  assert.match(apiKey().digest, /^[0-9a-f]{64}$/);
});

test("the verb prints a set and nothing else", () => {
  const keys = (...words) => spawnSync(process.execPath, [at("scripts/keys.mjs"), ...words], { encoding: "utf8", input: "" });
  const { stdout, status } = keys("signing", "mine");
  assert.deepEqual([status, JSON.parse(stdout).keys[0].kid], [0, "mine"]);
  assert.equal(keys("nonsense").status, 2);
  const api = keys("api");
  assert.match(api.stdout, /^[0-9a-f]{64}\n$/);
  assert.match(api.stderr, /The key/);
});
