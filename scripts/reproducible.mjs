// `npm run reproducible`: builds the committed state in another folder, with nothing that
// was compiled before, and compares the digests of every served file.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, dist } from "./lib/paths.mjs";
import { CommandFailed, ask, node, run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));

function digests(folder) {
  const path = join(folder, "v", version, "integrity.json");
  if (!existsSync(path)) throw new CommandFailed(`${path} was not built`);
  return JSON.parse(readFileSync(path, "utf8")).files;
}

verb(async () => {
  setup();
  if (ask("git", ["status", "--porcelain"])) throw new CommandFailed("Commit first: what is committed is built.");
  await buildAll();
  const other = mkdtempSync(join(tmpdir(), "mailproof-build-"));
  try {
    const archive = join(other, "source.tar");
    run("git", ["archive", "--output", archive, "HEAD"]);
    const source = join(other, "source");
    mkdirSync(source);
    run("tar", ["-xf", archive, "-C", source]);
    symlinkSync(at("node_modules"), join(source, "node_modules"));
    run(node(), ["scripts/build.mjs"], { cwd: source, env: { CARGO_TARGET_DIR: join(other, "target") } });
    compare(digests(dist), digests(join(source, "dist")));
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

function compare(here, there) {
  const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].sort();
  const different = names.filter((name) => here[name] !== there[name]);
  if (different.length > 0) throw new CommandFailed(`not the same in two builds: ${different.join(", ")}`);
  console.log(`${names.length} files, the same in two builds. ${here["mailproof.js"]}`);
}
