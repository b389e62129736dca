// `npm run template`: a folder, `build/template/`, that publishes the built Worker from any
// machine with Node and without Rust. It is made anew each time and never committed.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { at, build, dist } from "./lib/paths.mjs";
import { CommandFailed } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { copy } from "./lib/wasm.mjs";
import { setup } from "./setup.mjs";

export const template = at("build/template");

/** Makes the folder from what is built. */
export function makeTemplate() {
  rmSync(template, { recursive: true, force: true });
  mkdirSync(template, { recursive: true });
  cpSync(`${build}/worker`, `${template}/worker`, { recursive: true });
  cpSync(dist, `${template}/site`, { recursive: true });
  for (const file of ["LICENSE-MIT", "LICENSE-APACHE"]) copy(at(file), `${template}/${file}`);
  copy(at("crates/lists/NOTICE.md"), `${template}/NOTICE.md`);
  copy(at("deploy/template/README.md"), `${template}/README.md`);
  copy(at("scripts/keys.mjs"), `${template}/keys.mjs`);
  writeFileSync(`${template}/package.json`, manifest());
  writeFileSync(`${template}/wrangler.toml`, configuration());
  return template;
}

/** With the versions that the project itself is tested with. */
function manifest() {
  const read = (path) => JSON.parse(readFileSync(path, "utf8"));
  const { version, license, devDependencies } = read(at("package.json"));
  const { devDependencies: _, ...own } = read(at("deploy/template/package.json"));
  const { wrangler } = devDependencies;
  return `${JSON.stringify({ ...own, version, license, devDependencies: { wrangler } }, null, 2)}\n`;
}

/** The project's configuration, with the paths of the template. */
function configuration() {
  const text = readFileSync(at("wrangler.toml"), "utf8");
  const paths = [
    ['main = "build/worker/index.js"', 'main = "worker/index.js"'],
    ['directory = "dist"', 'directory = "site"'],
    ["# `npm run build` makes the Worker and everything it serves; wrangler only runs it.\n", ""],
  ];
  return paths.reduce((text, [ours, theirs]) => {
    if (!text.includes(ours)) throw new CommandFailed(`wrangler.toml has no line ${ours}`);
    return text.replace(ours, theirs);
  }, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(async () => {
    setup();
    await buildAll();
    console.log(makeTemplate());
  });
}
