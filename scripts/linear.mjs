// `npm run linear`: twice the text costs at most 2.3 times the time, for forty hostile
// shapes up to 16 MiB.
import { run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";

verb(() => run("cargo", ["run", "--release", "--quiet", "-p", "mailproof-laws", "--bin", "linear"]));
