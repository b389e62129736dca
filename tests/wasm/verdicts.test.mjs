// The engine as the page gets it: as WebAssembly, as its twin in JavaScript, and with the
// conversions of international names lent to it; over the case file that the native tests
// use too, and beside the native command.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { at, dist, target } from "../../scripts/lib/paths.mjs";

const file = (name) => join(dist, "mailproof", name);
const cases = readFileSync(at("tests/cases/offline.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const isAscii = (text) => /^[\0-\x7f]*$/.test(text);
// What the engine without UTS #46 answers for itself.
const plain = cases.filter(({ input }) => isAscii(input) && !input.includes("xn--"));
const international = cases.filter((row) => !plain.includes(row));

/** One build, ready; `instance` tells two of the same file apart. */
async function start(name, instance = "") {
  const build = await import(pathToFileURL(file(`${name}.js`)).href + instance);
  const wasm = file(`${name}_bg.wasm`);
  await build.default(existsSync(wasm) ? { module_or_path: readFileSync(wasm) } : undefined);
  return build;
}

/** The same with the list pack in it, and with the conversions of names. */
async function load(name, { names = false } = {}) {
  const build = await start(name, names ? "?names" : "");
  if (names) build.use_idn(await start("idn"));
  assert.ok(build.load_pack(readFileSync(file("small.pack"))), "the list pack is refused");
  return build;
}

function checkCase(build, row) {
  const verdict = build.check(row.input, {});
  for (const field of ["result", "reason", "advice", "did_you_mean"]) {
    assert.equal(verdict[field] ?? null, row[field] ?? null, `${field} of ${JSON.stringify(row.input)}`);
  }
}

const comparable = ({ took_ms, ...verdict }) => verdict;

const builds = {};
before(async () => {
  for (const name of ["widget", "twin"]) builds[name] = await load(name);
  builds.idn = await load("widget", { names: true });
  builds["twin with names"] = await load("twin", { names: true });
});

describe("every case has its verdict", () => {
  for (const [name, rows] of [["widget", plain], ["twin", plain], ["idn", cases], ["twin with names", cases]]) {
    for (const row of rows) test(`${name}: ${JSON.stringify(row.input)}`, () => checkCase(builds[name], row));
  }
});

test("the builds give the same object", () => {
  for (const { input } of plain) {
    const expected = comparable(builds.idn.check(input, {}));
    assert.deepEqual(comparable(builds.widget.check(input, {})), expected, `widget: ${input}`);
    assert.deepEqual(comparable(builds.twin.check(input, {})), expected, `twin: ${input}`);
  }
});

test("without UTS #46 an international address is judged alike or not at all, never wrong", () => {
  let left = 0;
  for (const row of international) {
    for (const name of ["widget", "twin"]) {
      const { result, reason, advice } = builds[name].check(row.input, {});
      if (reason !== "engine_unavailable") {
        checkCase(builds[name], row);
      } else {
        assert.deepEqual([row.input, result, advice], [row.input, "unknown", "accept"]);
        left += 1;
      }
    }
  }
  assert.ok(left > 0, "no case needs UTS #46");
});

test("the native command gives the same object but for its lists", () => {
  const program = join(target, "debug/mailproof");
  const input = cases.map((row) => JSON.stringify(row.input)).join("\n");
  const args = ["check", "--offline", "--from", "ndjson", "--format", "ndjson", "-"];
  // Code 1 is for addresses that are refused, and some are.
  const lines = execute(program, args, `${input}\n`).trim().split("\n");
  assert.equal(lines.length, cases.length);
  const decided = ({ lists, evidence, ...verdict }) => comparable(verdict);
  for (const [index, line] of lines.entries()) {
    const page = builds.idn.check(cases[index].input, {});
    assert.deepEqual(decided(page), decided(JSON.parse(line)));
  }
});

function execute(program, args, input) {
  try {
    return execFileSync(program, args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] });
  } catch (error) {
    if (error.stdout) return error.stdout;
    throw error;
  }
}

test("bytes that are no list pack are refused and change nothing", () => {
  const { input } = plain[0];
  const expected = comparable(builds.widget.check(input, {}));
  for (const bytes of [new Uint8Array(), new Uint8Array(64), readFileSync(file("small.pack")).subarray(0, 1000)]) {
    assert.equal(builds.widget.load_pack(bytes), false);
  }
  assert.deepEqual(comparable(builds.widget.check(input, {})), expected);
});

// The long ones also make the memory grow under the glue's feet.
test("no text ends an engine", () => {
  const odd = ["\ud800@x.hk", "@".repeat(5000), `${"a.".repeat(40000)}@x.hk`, "\u0000", "a@[IPv6:::1]", "<>", '"\\'];
  for (const build of Object.values(builds)) {
    for (const text of odd) assert.equal(typeof build.check(text, {}).result, "string");
  }
});
