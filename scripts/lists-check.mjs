// `npm run lists:check`: builds the list packs again from their pinned sources and fails
// when the committed ones differ.
import { fileURLToPath } from "node:url";
import { at } from "./lib/paths.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

export function checkLists() {
  ensurePackages(at("data"));
  run("cargo", ["run", "--quiet", "-p", "mailproof-pack", "--", "--check"]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(() => {
    setup();
    checkLists();
  });
}
