// `npm run deploy`: builds, checks the configuration, and publishes the Worker with
// everything it serves. `npm run deploy -- --dry-run` does all but the last and needs no
// account. Other words go to wrangler (`--env`, `--name`, …).
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { at } from "./lib/paths.mjs";
import { node, run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { environment } from "./lib/wrangler.mjs";
import { setup } from "./setup.mjs";

/** `words` are for wrangler. */
export function deploy(words) {
  run(node(), [at("scripts/lib/deployment.mjs")], { env: environment });
  const wrangler = at("node_modules/wrangler/bin/wrangler.js");
  run(node(), [wrangler, "deploy", ...words], { env: environment });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(async () => {
    setup();
    await buildAll();
    deploy(process.argv.slice(2));
  });
}
