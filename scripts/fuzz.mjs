// `npm run fuzz -- TARGET [RUNS]`: one target of fuzz/ for so many executions, 100 million
// if not said. Needs a nightly Rust and cargo-fuzz (`cargo install cargo-fuzz`), which no
// other verb does. Corpus, log and what breaks a law are kept under build/fuzz/.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { at, build } from "./lib/paths.mjs";
import { CommandFailed, run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";

const targets = readdirSync(at("fuzz/targets")).map((file) => file.replace(/\.rs$/, ""));

verb(() => {
  const [target, runs = "100000000"] = process.argv.slice(2);
  if (!targets.includes(target)) throw new CommandFailed(`which target? One of: ${targets.join(" ")}`);
  const folder = join(build, "fuzz");
  const place = (name) => join(folder, name, target);
  for (const name of ["seeds", "corpus", "broken"]) mkdirSync(place(name), { recursive: true });
  run("cargo", ["run", "--quiet", "-p", "mailproof-laws", "--bin", "seeds", "--", join(folder, "seeds")]);
  // Our crates hold no unsafe code for a sanitizer to watch; without one ten times as many
  // inputs are tried. The law of 100 ms is held in the target, which tries a slow input
  // again; the time-out here is for what does not end.
  const how = ["--fuzz-dir", at("fuzz"), "--sanitizer", "none", "--no-trace-compares"];
  const limits = [`-runs=${runs}`, "-max_len=512", "-timeout=20", "-rss_limit_mb=64", "-print_final_stats=1"];
  const put = [`-artifact_prefix=${place("broken")}/`];
  const corpora = [place("corpus"), place("seeds")];
  run("cargo", ["+nightly", "fuzz", "run", ...how, target, ...corpora, "--", ...limits, ...put]);
});
