// `npm run fuzz -- TARGET [RUNS]`: one target of fuzz/ for so many executions, 100 million
// if not said. Needs a nightly Rust, which no other verb does. Corpus and what breaks a law
// are kept under build/fuzz/.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { at, build } from "./lib/paths.mjs";
import { CommandFailed, run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";

const targets = readdirSync(at("fuzz/targets")).map((file) => file.replace(/\.rs$/, ""));

// What is counted is where our own crates go, and the readers of names and documents that
// they rest on: counters cost an execution more than what they count.
const counted = [
  ...["core", "dns", "laws", "edge", "cli"].map((name) => `mailproof-${name}`),
  ...["idna", "toml", "toml_parser"],
];
const counters = [
  "-Cpasses=sancov-module",
  ...["level=4", "inline-8bit-counters", "pc-table"].map((option) => `-Cllvm-args=-sanitizer-coverage-${option}`),
];

// The C library before libFuzzer, which would else put its own `memcmp` in place of it, to
// keep what was compared: a quarter of the time, for words that the pieces of
// `mailproof_laws::text` hold already.
const linking = "-Zpre-link-args=-lc";

// Lengths of inputs. A text in pieces is some eight times as long as its input.
const longest = (target) => (/^(judge_|forms|suggestion|print_)/.test(target) ? 64 : 512);

verb(() => {
  const [target, runs = "100000000"] = process.argv.slice(2);
  if (!targets.includes(target)) throw new CommandFailed(`which target? One of: ${targets.join(" ")}`);
  const folder = join(build, "fuzz");
  const place = (name) => join(folder, name, target);
  for (const name of ["seeds", "corpus", "broken"]) mkdirSync(place(name), { recursive: true });
  run("cargo", ["run", "--quiet", "-p", "mailproof-laws", "--bin", "seeds", "--", join(folder, "seeds")]);
  // Our crates hold no unsafe code for a sanitizer to watch; without one ten times as many
  // inputs are tried. The law of 100 ms is held in the target, which tries a slow input
  // again; the time-out here is for what does not end. Feature frequencies and smaller
  // inputs of the same features cost a quarter of the time and find no more.
  const limits = [`-runs=${runs}`, `-max_len=${longest(target)}`, "-timeout=20", "-rss_limit_mb=64"];
  const cheap = ["-entropic=0", "-reduce_inputs=0", "-reload=0"];
  const put = ["-print_final_stats=1", `-artifact_prefix=${place("broken")}/`];
  const corpora = [place("corpus"), place("seeds")];
  const env = { RUSTFLAGS: `--cfg fuzzing ${linking}` };
  run("cargo", ["+nightly", "run", "--release", ...how(target), "--", ...corpora, ...limits, ...cheap, ...put], { env });
});

function how(target) {
  const shell = /^(edge|cli)_/.test(target) ? ["--features", "shells"] : [];
  const flags = (name) => `profile.release.package.${name}.rustflags=${JSON.stringify(counters)}`;
  const instrumented = counted.flatMap((name) => ["--config", flags(name)]);
  return ["--manifest-path", at("fuzz/Cargo.toml"), "--bin", target, ...shell, "-Zprofile-rustflags", ...instrumented];
}
