// `npm run setup`: makes sure that everything the other commands use is there. They all
// call it first; it is quick when nothing is missing.
import { fileURLToPath } from "node:url";
import { CommandFailed, ask, node } from "./lib/run.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { ensureRust } from "./lib/rust.mjs";
import { verb } from "./lib/verb.mjs";

const oldestNode = 20;
const oldestNodeForWrangler = 22;

export function setup() {
  requireNode(process.version, oldestNode, "Mailproof's scripts need");
  ensurePackages();
  requireNode(ask(node(), ["--version"]), oldestNodeForWrangler, "wrangler needs");
  ensureRust();
}

function requireNode(version, oldest, who) {
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  if (major >= oldest) return;
  throw new CommandFailed(`${who} Node ${oldest} or newer; this is ${version}. See https://nodejs.org`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(() => {
    setup();
    console.log("Everything is here.");
  });
}
