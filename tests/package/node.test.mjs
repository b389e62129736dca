// The npm package in Node, its types, and what the two linters of packages say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const tools = join(here, "../../packages/mailproof/node_modules");
let folder, mailproof, token;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "mailproof-"));
  const home = join(folder, "node_modules/mailproof");
  cpSync(join(here, "../../build/package"), home, { recursive: true });
  // As an application resolves it: by name, through `exports`.
  writeFileSync(join(folder, "app.mjs"), 'export * as mailproof from "mailproof";\nexport * as token from "mailproof/token";\n');
  ({ mailproof, token } = await import(pathToFileURL(join(folder, "app.mjs")).href));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("the verdict has the words of the project, and the lists", async () => {
  const verdict = await mailproof.check("info@mailinator.com");
  assert.deepEqual([verdict.result, verdict.advice, verdict.reason], ["risky", "confirm", "disposable"]);
  assert.match(verdict.lists.sha256, /^[0-9a-f]{64}$/);
  assert.equal((await mailproof.check("jane@例子.公司")).normalized, "jane@xn--fsqu00a.xn--55qx5d");
  assert.equal((await mailproof.check(undefined)).result, "undeliverable");
});

test("the same verdicts as everywhere", async () => {
  const lines = readFileSync(join(here, "../cases/offline.jsonl"), "utf8").split("\n").filter((line) => line.startsWith("{"));
  for (const { input, ...expected } of lines.map((line) => JSON.parse(line))) {
    const verdict = await mailproof.check(input, { policy: expected.policy });
    for (const key of ["result", "reason", "advice", "did_you_mean"]) {
      if (key in expected) assert.deepEqual(verdict[key], expected[key], `${input}: ${key}`);
    }
  }
});

/** An edge that keeps what it was asked. */
async function edge(reply) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    reply(response);
  });
  await new Promise((listening) => server.listen(0, "localhost", listening));
  return { url: `http://localhost:${server.address().port}`, asked, end: () => server.closeAllConnections() ?? server.close() };
}

const json = (body, status = 200) => (response) =>
  response.writeHead(status, { "content-type": "application/json" }).end(typeof body === "string" ? body : JSON.stringify(body));

test("an edge is asked about the domain and never about the address", async () => {
  const { url, asked, end } = await edge(json({ reasons: ["null_mx"], mx: { null_mx: true }, evidence: [] }));
  const verdict = await mailproof.check("jane.secret@firma-beispiel.de", { endpoint: url });
  assert.equal((await mailproof.check("jane@gmail.com", { endpoint: url })).result, "deliverable");
  end();
  assert.equal(verdict.reason, "null_mx");
  assert.deepEqual(asked, ["/v1/domains/firma-beispiel.de"]);
});

const failures = {
  "is down": (response) => response.destroy(),
  "answers with an error": json({}, 503),
  "answers with something else": json("<html>"),
  "answers with another object": json({ reasons: 5 }),
  "never answers": () => {},
};
for (const [name, reply] of Object.entries(failures)) {
  test(`an edge that ${name} leaves the verdict unknown, and soon`, async () => {
    const { url, end } = await edge(reply);
    const started = performance.now();
    const verdict = await mailproof.check("jane@firma-beispiel.de", { endpoint: url });
    end();
    assert.deepEqual([verdict.result, verdict.advice, verdict.reason], ["unknown", "accept", "edge_unreachable"]);
    assert.ok(performance.now() - started < 1500);
  });
}

const catalogue = (lang) => JSON.parse(readFileSync(join(here, `../../www/messages/${lang}.json`), "utf8"));

test("a schema cleans what it takes and says in words what it refuses", async () => {
  const { validate, version, vendor } = mailproof.emailSchema()["~standard"];
  assert.deepEqual([version, vendor], [1, "mailproof"]);
  assert.deepEqual(await validate(" jane@Gmail.com "), { value: "jane@gmail.com" });
  assert.deepEqual(await validate("jane@gamil.com"), { value: "jane@gamil.com" });
  const sentence = (code, lang = "en") => catalogue(lang).reasons[code].sentence;
  assert.deepEqual(await validate("jane"), { issues: [{ message: sentence("missing_at") }] });
  assert.deepEqual(await validate(5), { issues: [{ message: sentence("empty") }] });
  const strict = mailproof.emailSchema({ refuse: "doubtful", lang: "zh-Hant" })["~standard"];
  const [issue] = (await strict.validate("info@mailinator.com")).issues;
  assert.equal(issue.message, sentence("disposable", "zh-Hant"));
  const [slip] = (await strict.validate("jane@gamil.com")).issues;
  assert.ok(slip.message.includes("jane@gmail.com"));
});

test("every language of the catalogues is in the package", () => {
  const names = (path) => readdirSync(join(here, "../..", path)).filter((name) => name.endsWith(".json")).sort();
  assert.deepEqual(names("build/package/messages"), names("www/messages"));
});

test("where there is no page, attach does nothing", async () => {
  (await mailproof.attach({})).detach();
});

const vectors = JSON.parse(readFileSync(join(here, "../cases/tokens.json"), "utf8"));

async function verify({ field, site, email, now }) {
  const { normalized } = await mailproof.check(email);
  const answer = await token.verifyToken(field, { keys: vectors.jwks, site, normalized, now });
  return answer.ok ? "holds" : answer.why;
}

test("a token holds where the command line says so, and is refused for the same reason", async () => {
  assert.ok(vectors.rows.length > 60);
  for (const row of vectors.rows) assert.equal(await verify(row), row.expected, row.name);
});

test("no token with one character changed is verified", async () => {
  const [row] = vectors.rows;
  for (let place = 0; place < row.field.length; place += 1) {
    const other = row.field[place] === "A" ? "B" : "A";
    const field = row.field.slice(0, place) + other + row.field.slice(place + 1);
    assert.notEqual(await verify({ ...row, field }), "holds", `at ${place}`);
  }
});

test("what is no token is refused, whatever it is", async () => {
  const [row] = vectors.rows;
  for (const field of [undefined, null, 5, {}, [], "", "..."]) assert.equal(await verify({ ...row, field }), "malformed");
});

test("the types say what the package does", () => {
  cpSync(join(here, "types.ts"), join(folder, "types.ts"));
  cpSync(join(tools, "@standard-schema"), join(folder, "node_modules/@standard-schema"), { recursive: true });
  for (const [module, moduleResolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
    const options = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--exactOptionalPropertyTypes"];
    const args = [join(tools, "typescript/bin/tsc"), ...options, "--module", module, "--moduleResolution", moduleResolution, "types.ts"];
    execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "inherit", "inherit"] });
  }
});

test("publint and attw have nothing to say, and nothing is depended on", () => {
  const home = join(folder, "node_modules/mailproof");
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  assert.deepEqual([manifest.dependencies, manifest.peerDependencies, manifest.devDependencies], [undefined, undefined, undefined]);
  const tool = (name, ...args) =>
    execFileSync(process.execPath, [join(tools, name), ...args], { cwd: home, encoding: "utf8" });
  assert.match(tool("publint/src/cli.js", "--strict", "--pack", "false", home), /All good/);
  const tarball = join(home, "mailproof.tgz");
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: home });
  cpSync(join(folder, `mailproof-${manifest.version}.tgz`), tarball);
  const notCode = ["./core.wasm", "./names.wasm", "./small.pack", "./package.json"];
  // An ESM package: what CommonJS would make of it is not asked.
  const said = tool("@arethetypeswrong/cli/dist/index.js", tarball, "--profile", "esm-only", "--exclude-entrypoints", ...notCode);
  assert.match(said, /"mailproof\/token"/);
});
