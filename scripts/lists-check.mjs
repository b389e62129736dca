// `npm run lists:check`: builds the list packs again from their pinned sources and fails
// when the committed ones differ. Two sources come from PyPI: a machine without Python
// cannot do this, and is told so; nothing else needs Python.
import { fileURLToPath } from "node:url";
import { at } from "./lib/paths.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { ensureWheels, hasPip } from "./lib/python.mjs";
import { run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

export function checkLists() {
  if (!hasPip()) {
    console.log("The lists were NOT rebuilt: their check needs Python 3 with pip.");
    return;
  }
  ensurePackages(at("data"));
  ensureWheels();
  run("cargo", ["run", "--quiet", "-p", "mailproof-pack", "--", "--check"]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(() => {
    setup();
    checkLists();
  });
}
