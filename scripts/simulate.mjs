// `npm run simulate`: a million lookups under a virtual clock, with faults. Arguments go to the
// simulator: `npm run simulate -- --lookups 50000 --seed 7`.
import { run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

verb(() => {
  setup();
  const args = ["run", "--quiet", "--release", "-p", "mailproof-tests", "--bin", "simulator", "--"];
  run("cargo", [...args, ...process.argv.slice(2)]);
});
