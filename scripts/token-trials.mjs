// `npm run test:tokens`: a million damaged, swapped and forged tokens, with optimised code.
// `npm run test:tokens -- TRIALS SEED` does another number from another seed.
import { run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

verb(() => {
  setup();
  const [trials = "1000000", seed = "20261122"] = process.argv.slice(2);
  const args = ["test", "--release", "-p", "mailproof-cli", "--test", "token_mutations", "--", "--nocapture"];
  run("cargo", args, { env: { MAILPROOF_TRIALS: trials, MAILPROOF_SEED: seed } });
});
