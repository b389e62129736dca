// The steps of `npm run check` and `npm test`, in the order in which they are done: what
// fails soonest and is changed most often first.
import { checkLists } from "../lists-check.mjs";
import { buildAll } from "../build.mjs";
import { conformance, expectedFailures } from "../conformance.mjs";
import { size } from "../size.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureDnsServers } from "./dns-servers.mjs";
import { at, root } from "./paths.mjs";
import { node, runSeen } from "./run.mjs";
import { buildScriptedResolver } from "./scripted-resolver.mjs";
import { filesIn } from "./unchanged.mjs";
import { environment } from "./wrangler.mjs";
import { relative } from "node:path";

const cargo = (...args) => runSeen("cargo", args);

export const native = [
  ["format", () => cargo("fmt", "--all", "--check")],
  ["lints", () => cargo("clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings")],
  ["native tests", () => cargo("test", "--workspace", "--quiet")],
];

const corpora = process.env.MAILPROOF_CORPORA;

/** Only where somebody has corpora: they are third-party and no part of the project. */
const measured = corpora ? [["conformance", () => conformance(corpora, ...expectedFailures)]] : [];

const built = ["build", buildAll];

export const wasm = [
  built,
  ["command", () => cargo("build", "--quiet", "-p", "mailproof-cli")],
  ["wasm tests", () => nodeTests("tests/wasm")],
];

export const worker = [
  built,
  ["command", () => cargo("build", "--quiet", "-p", "mailproof-cli")],
  ["resolver", buildScriptedResolver],
  ["worker tests", () => nodeTests("tests/worker")],
];

/** With BIND, unbound and dnsdist; where they are not and may not be installed, it says so. */
export const interop = [
  built,
  ["command", () => cargo("build", "--quiet", "-p", "mailproof-cli")],
  ["interop", () => unlessMissing(ensureDnsServers(), () => nodeTests("tests/interop"))],
];

export const browser = [
  built,
  ["resolver", buildScriptedResolver],
  ["chromium", ensureChromium],
  ["browser tests", () => nodeTests("tests/browser")],
];

export const all = [
  ...native,
  ...measured,
  ["lists", checkLists],
  built,
  ["sizes", () => size()],
  ...wasm.slice(1),
  ...worker.slice(2),
  ...interop.slice(2),
  ...browser.slice(2),
];

/** The `*.test.mjs` of a folder, one file at a time: they share two cores with workerd. */
function nodeTests(folder) {
  const files = filesIn(at(folder)).filter((file) => file.endsWith(".test.mjs"));
  const args = ["--test", "--test-concurrency=1", "--test-timeout=120000"];
  return runSeen(node(), [...args, ...files.map((file) => relative(root, file))], { env: environment });
}

function unlessMissing(missing, work) {
  if (missing === null) return work();
  console.log(`SKIPPED: ${missing}`);
}
