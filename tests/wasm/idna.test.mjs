// UTS #46's own rows (IdnaTestV2.txt) through the engine that the page loads, with the
// conversions of international names lent to it. The rows come with the `idna` crate; where
// MAILPROOF_CORPORA names a folder of third-party vectors, its rows are held besides to the list
// of expected failures that the native run is held to (tests/src/conformance/idna.rs).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { at, dist, root, target } from "../../scripts/lib/paths.mjs";

const corpora = process.env.MAILPROOF_CORPORA;
let page;

before(async () => {
  const start = async (name) => {
    const build = await import(pathToFileURL(join(dist, "mailproof", `${name}.js`)).href);
    await build.default({ module_or_path: readFileSync(join(dist, "mailproof", `${name}_bg.wasm`)) });
    return build;
  };
  page = await start("widget");
  page.use_idn(await start("idn"));
  assert.ok(page.load_pack(readFileSync(join(dist, "mailproof/small.pack"))), "the list pack is refused");
});

test("the page and the native command judge every row alike", () => {
  const { packages } = JSON.parse(cargo("metadata", "--format-version", "1"));
  const { manifest_path } = packages.find(({ name }) => name === "idna");
  const inputs = rowsOf(join(dirname(manifest_path), "tests")).map(({ source }) => `a@${source}`);
  assert.ok(inputs.length >= 6_000, `${inputs.length} rows`);
  const native = judgedNatively(inputs);
  for (const [index, input] of inputs.entries()) {
    assert.deepEqual(decided(page.check(input, {})), native[index], JSON.stringify(input));
  }
});

test("the page agrees with UTS #46 but for the expected failures", { skip: !corpora && "MAILPROOF_CORPORA is not set" }, () => {
  const list = readFileSync(at("tests/conformance/expected-failures.tsv"), "utf8").split("\n");
  const expected = new Set(list.map((line) => line.split("\t")[0]).filter((id) => id.startsWith("idna/IdnaTestV2#")));
  const unexpected = [];
  let cleaned = 0;
  for (const { id, source, ascii } of rowsOf(join(corpora, "idna"))) {
    const verdict = page.check(`a@${source}`, {});
    const agrees = (verdict.ascii_domain ?? null) === ascii;
    if (agrees === !expected.has(id)) continue;
    // The form takes away what stands around an address; the native run parses to the letter.
    if (verdict.reasons.some((reason) => cleanings.has(reason))) cleaned += 1;
    else unexpected.push(`${id} ${agrees ? "agrees" : "differs"}`);
  }
  assert.deepEqual(unexpected, []);
  // Nearly all end in a stop.
  assert.ok(cleaned <= 100, `${cleaned} rows differ by what is cleaned`);
});

const cleanings = new Set(["whitespace_trimmed", "trailing_punctuation_removed", "fullwidth_folded"]);

/** `source; toUnicode; toUnicodeStatus; toAsciiN; toAsciiNStatus; …` (UTS #46 §8). */
function rowsOf(folder) {
  const lines = readFileSync(join(folder, "IdnaTestV2.txt"), "utf8").split("\n");
  return lines.flatMap((line, index) => {
    const columns = line.split("#")[0].split(";").map((column) => unescaped(column.trim()));
    if (columns.length < 5) return [];
    const [source, toUnicode, status, toAscii, asciiStatus] = columns;
    const fails = !["", "[]"].includes(asciiStatus || status);
    return [{ id: `idna/IdnaTestV2#${index + 1}`, source, ascii: fails ? null : toAscii || toUnicode || source }];
  });
}

/** `\uXXXX` and `\x{XXXX}`; a column of `""` is the empty text. */
function unescaped(column) {
  if (column === '""') return "";
  const character = (_, braced, plain) => {
    const code = parseInt(braced ?? plain, 16);
    return code >= 0xd800 && code <= 0xdfff ? "\ufffd" : String.fromCodePoint(code);
  };
  return column.replace(/\\x\{([0-9A-Fa-f]+)\}|\\u([0-9A-Fa-f]{4})/g, character);
}

function judgedNatively(inputs) {
  const args = ["check", "--offline", "--from", "ndjson", "--format", "ndjson", "-"];
  const input = inputs.map((text) => `${JSON.stringify(text)}\n`).join("");
  const run = { input, encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["pipe", "pipe", "inherit"] };
  let printed;
  try {
    printed = execFileSync(join(target, "debug/mailproof"), args, run);
  } catch (error) {
    // Code 1 is for addresses that are refused, and many are.
    if (!error.stdout) throw error;
    printed = error.stdout;
  }
  return printed.trim().split("\n").map((line) => decided(JSON.parse(line)));
}

/** A verdict without what differs between builds: the lists and the time. */
function decided({ lists, evidence, took_ms, ...verdict }) {
  return verdict;
}

function cargo(...args) {
  return execFileSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] });
}
