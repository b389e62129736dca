// `npm test`: everything that CI runs. `npm run test:wasm`, `test:worker`, `test:interop`,
// `test:browser` and `test:package` run one part, with what it needs.
import { all, browser, interop, packaged, wasm, worker } from "./lib/steps.mjs";
import { runSteps } from "./lib/report.mjs";
import { CommandFailed } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

const parts = { all, wasm, worker, interop, browser, package: packaged };

verb(() => {
  const part = process.argv[2] ?? "all";
  if (!Object.hasOwn(parts, part)) throw new CommandFailed(`no such part: ${part}`);
  setup();
  return runSteps(parts[part]);
});
