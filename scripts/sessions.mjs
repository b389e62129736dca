// `npm run sessions`: a million simulated visitors of one field; prints what they saw, or the
// seed of the session that broke a promise. `npm run sessions -- 1000 77` plays 1000 from 77.
import { runSeen } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";

const args = ["run", "--release", "--quiet", "-p", "mailproof-tests", "--bin", "sessions", "--"];
verb(() => runSeen("cargo", [...args, ...process.argv.slice(2)]));
