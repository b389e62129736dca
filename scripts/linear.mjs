// `npm run linear`: twice the text costs at most 2.3 times the time, for forty hostile
// shapes up to 16 MiB. docs/linear.md has what it measured.
import { runSeen } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";

export const linear = () => runSeen("cargo", ["run", "--release", "--quiet", "-p", "mailproof-laws", "--bin", "linear"]);

if (process.argv[1] === import.meta.filename) verb(linear);
