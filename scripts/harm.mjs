// `npm run harm`: how many real domains of pinned packages the core would correct. They are no
// part of the project, and nothing in the core was made from them.
import { ensurePackages } from "./lib/npm.mjs";
import { at } from "./lib/paths.mjs";
import { demandPip, ensureWheels, hasPip } from "./lib/python.mjs";
import { CommandFailed, ask, run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

export function harm() {
  if (process.env.CI) demandPip();
  if (!hasPip()) {
    console.log("Real domains were NOT asked about: that needs Python 3 with pip.");
    return;
  }
  ensurePackages(at("data"));
  ensureWheels();
  const domains = ask("cargo", ["run", "--quiet", "-p", "mailproof-pack", "--", "real"]);
  if (domains === null) throw new CommandFailed("mailproof-pack real: no domains");
  run("cargo", ["run", "--quiet", "-p", "mailproof-tests", "--bin", "harm"], { input: `${domains}\n` });
}

if (process.argv[1] === import.meta.filename) {
  verb(() => {
    setup();
    harm();
  });
}
