// `npm run lists:classes`: the Worker, the page and the command give 100,000 domains the same
// class. `npm test` asks about some of them; docs/lists.md has the last whole run.
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { checkLists } from "./lists-check.mjs";
import { node, run } from "./lib/run.mjs";
import { buildScriptedResolver } from "./lib/scripted-resolver.mjs";
import { verb } from "./lib/verb.mjs";
import { environment } from "./lib/wrangler.mjs";
import { setup } from "./setup.mjs";

async function compareClasses() {
  // The sample is drawn from the lists where they are installed, and this installs them.
  checkLists();
  await buildAll();
  buildScriptedResolver();
  const env = { ...environment, CLASSES: "100000" };
  run(node(), ["--test", "--test-timeout=7200000", "tests/worker/classes.test.mjs"], { env });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(() => {
    setup();
    return compareClasses();
  });
}
