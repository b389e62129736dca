// `npm run conformance -- DIR`: the core against a folder of third-party vectors. The
// folder of MAILPROOF_CORPORA is held to the list of expected failures.
import { run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";

const runner = ["run", "--quiet", "-p", "mailproof-tests", "--bin", "conformance", "--"];

export const conformance = (folder, ...more) => run("cargo", [...runner, folder, ...more]);

export const expectedFailures = [
  ...["--expected", "tests/conformance/expected-failures.tsv"],
  ...["--peer", "tests/conformance/python-email-validator.tsv"],
  ...["--report", "docs/conformance.md"],
];

if (process.argv[1] === import.meta.filename) {
  verb(() => {
    const [folder, ...more] = process.argv.slice(2);
    return conformance(folder ?? process.env.MAILPROOF_CORPORA ?? "", ...more);
  });
}
