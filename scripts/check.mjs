// `npm run check`: the inner loop. Format, lints, native tests; nothing for WebAssembly.
import { native } from "./lib/steps.mjs";
import { runSteps } from "./lib/report.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

verb(() => {
  setup();
  return runSteps(native);
});
