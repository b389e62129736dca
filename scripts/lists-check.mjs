// `npm run lists:check`: builds the list packs again from their pinned sources and fails
// when the committed ones differ. Three sources come from PyPI: a machine without Python
// cannot do this; it is told so, and holds the packs against their provenance instead.
// Where CI is set, Python is demanded. Nothing else needs it.
import { fileURLToPath } from "node:url";
import { at } from "./lib/paths.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { demandPip, ensureWheels, hasPip } from "./lib/python.mjs";
import { run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

const builder = (word) => run("cargo", ["run", "--quiet", "-p", "mailproof-pack", "--", word]);

export function checkLists() {
  if (process.env.CI) demandPip();
  if (!hasPip()) {
    console.log("The lists were NOT built again from their sources: that needs Python 3 with pip.");
    return builder("committed");
  }
  ensurePackages(at("data"));
  ensureWheels();
  builder("--check");
  builder("committed");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(() => {
    setup();
    checkLists();
  });
}
