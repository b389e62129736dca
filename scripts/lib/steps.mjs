// The steps of `npm run check` and `npm test`, in the order in which they are done: what
// fails soonest and is changed most often first.
import { readdirSync } from "node:fs";
import { checkLists } from "../lists-check.mjs";
import { buildAll } from "../build.mjs";
import { harm } from "../harm.mjs";
import { linear } from "../linear.mjs";
import { conformance, expectedFailures } from "../conformance.mjs";
import { compare } from "../differential.mjs";
import { makePackage } from "../package.mjs";
import { edgeFigures } from "../edge-figures.mjs";
import { size } from "../size.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureDnsServers } from "./dns-servers.mjs";
import { ensureFirefox } from "./firefox.mjs";
import { ensurePackages } from "./npm.mjs";
import { at } from "./paths.mjs";
import { node, runSeen } from "./run.mjs";
import { buildScriptedResolver } from "./scripted-resolver.mjs";
import { environment } from "./wrangler.mjs";

const cargo = (...args) => runSeen("cargo", args);

export const native = [
  ["format", () => cargo("fmt", "--all", "--check")],
  ["lints", () => cargo("clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings")],
  ["native tests", () => cargo("test", "--workspace", "--quiet")],
];

const corpora = process.env.MAILPROOF_CORPORA;

/** Only where somebody has corpora: they are third-party and no part of the project. */
const measured = corpora ? [["conformance", () => conformance(corpora, ...expectedFailures)]] : [];

/** Random bytes by the million are for an optimised build. */
const million = ["laws", () => cargo("run", "--release", "--quiet", "-p", "mailproof-laws", "--bin", "million")];

const built = ["build", buildAll];

const resolver = ["resolver", buildScriptedResolver];

const installedBrowsers = ["browsers", browsers];

const command = ["command", () => cargo("build", "--quiet", "-p", "mailproof-cli")];

/** `npm run differential` does a million. */
const few = ["differential", () => compare(1, 20_000)];

export const wasm = [
  built,
  command,
  ["wasm tests", () => nodeTests("tests/wasm")],
  few,
];

export const worker = [
  built,
  command,
  resolver,
  ["worker tests", () => nodeTests("tests/worker")],
  ["edge figures", () => edgeFigures()],
];

/** With BIND, unbound and dnsdist; where they are not and may not be installed, it says so. */
export const interop = [
  built,
  command,
  ["interop", () => unlessMissing(ensureDnsServers(), () => nodeTests("tests/interop"))],
];

export const browser = [
  built,
  resolver,
  installedBrowsers,
  ["browser tests", () => nodeTests("tests/browser")],
];

export const packaged = [
  built,
  ["package", makePackage],
  installedBrowsers,
  // Some of Next.js's optional packages for other systems are not in the lock, which `ci` minds.
  ["bundlers", () => ensurePackages(at("tests/package"), { verb: ["install", "--no-save"] })],
  ["package tests", () => nodeTests("tests/package")],
];

/** Every step once, where it is first needed. */
export const all = [
  ...new Set([
    ...native,
    million,
    ["linear time", linear],
    ...measured,
    ["lists", checkLists],
    ["real domains", harm],
    built,
    ["sizes", () => size()],
    ...wasm,
    ...worker,
    ...interop,
    ...browser,
    ...packaged,
  ]),
];

/** Chromium, Firefox and the packages that only the browser tests use. */
async function browsers() {
  ensurePackages(at("tests/browser"));
  await ensureChromium();
  ensureFirefox();
}

/** The `*.test.mjs` of a folder, one file at a time: they share two cores with workerd. */
function nodeTests(folder) {
  const files = readdirSync(at(folder)).filter((name) => name.endsWith(".test.mjs"));
  const args = ["--test", "--test-concurrency=1", "--test-timeout=600000"];
  return runSeen(node(), [...args, ...files.map((name) => `${folder}/${name}`)], { env: environment });
}

function unlessMissing(missing, work) {
  if (missing === null) return work();
  console.log(`SKIPPED: ${missing}`);
}
