// `npm run lists:refresh`: takes the newest versions of the list sources, pins them, builds
// the packs again, and prints what came and went by source. Writes nothing when no list
// changed, and puts the pins back when the build refuses the new ones.
// `npm run lists:refresh -- NAME@VERSION` takes that version of one source instead, which is
// the only way to another version of those that the packs are held against (roles `real` and
// `visited`); of a package with several sources, NAME is the package.
// `--allow-shrinking` takes a list that lost more than a fifth of its entries.
import { fileURLToPath } from "node:url";
import { changes, describe, readDigests, readEntries } from "./lib/list-changes.mjs";
import { at } from "./lib/paths.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { raiseVersion, readSources, restorePins, savedPins, writeSource, writeWheel } from "./lib/pins.mjs";
import { demandPip, ensureWheels } from "./lib/python.mjs";
import { installedLicence, release } from "./lib/releases.mjs";
import { CommandFailed, run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

export function refresh(args = []) {
  demandPip();
  ensureSources();
  const newer = newReleases(args);
  if (newer.length === 0) return console.log("No source has a newer version. Nothing was written.");
  for (const { source, found } of newer) console.log(`${source.name}: ${source.version} -> ${found.version}`);

  const before = readEntries();
  const saved = savedPins();
  try {
    pin(newer);
    const digests = readDigests();
    if (newer.every(({ source }) => digests.get(source.name) === source.sha256)) {
      putBack(saved);
      return console.log("The newer versions hold the same lists. Nothing was written.");
    }
    for (const { source } of newer) writeSource(source.name, { sha256: digests.get(source.name) });
    report(changes(before, readEntries()), args);
    console.log(`The lists are now ${raiseVersion()}.`);
    run("cargo", ["run", "--quiet", "-p", "mailproof-pack", "--", "build"]);
  } catch (error) {
    console.error("The pins are put back as they were.");
    putBack(saved);
    throw error;
  }
}

/** Brings node_modules and the wheels to what is pinned. */
function ensureSources() {
  ensurePackages(at("data"));
  ensureWheels();
}

/** The sources whose newest (or wanted) version is not the pinned one. */
function newReleases(args) {
  const wanted = args.filter((word) => !word.startsWith("--"));
  const sources = readSources();
  const several = (source) => sources.some((other) => other !== source && other.registry === source.registry && other.package === source.package);
  const called = (source) => (several(source) ? source.package : source.name);
  const version = (source) => wanted.find((word) => word.startsWith(`${called(source)}@`))?.slice(called(source).length + 1);
  const unknown = wanted.find((word) => !sources.some((source) => word.startsWith(`${called(source)}@`)));
  if (unknown) throw new CommandFailed(`${unknown}: no source of data/sources.toml, or no version`);
  return sources
    .filter((source) => (wanted.length === 0 ? !["real", "visited"].includes(source.role) : version(source)))
    .map((source) => ({ source, found: release(source, version(source)) }))
    .filter(({ source, found }) => found.version !== source.version)
    .map(withTheSameLicence);
}

/** A list may be redistributed under the licence that was looked at, and under no other. */
function withTheSameLicence({ source, found }) {
  const licence = installedLicence(source);
  if (found.licence === licence) return { source, found };
  throw new CommandFailed(
    `${source.name}: ${source.version} was under ${licence}, ${found.version} is under ${found.licence}; look at it and pin it by hand`,
  );
}

function pin(newer) {
  const packages = newer.filter(({ source }) => source.registry === "npm");
  if (packages.length > 0) {
    const names = packages.map(({ source, found }) => `${source.package}@${found.version}`);
    const options = ["--save-dev", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    run("npm", ["install", ...options, ...names], { cwd: at("data") });
  }
  for (const { source, found } of newer) {
    if (source.registry === "pypi") writeWheel(source.package, found.version, found.sha256);
    writeSource(source.name, { version: found.version, date: found.date });
  }
  ensureWheels();
}

function putBack(saved) {
  restorePins(saved);
  ensureSources();
}

function report(all, args) {
  for (const change of all) {
    if (change.added.length + change.removed.length > 0) console.log(describe(change));
  }
  const shrunk = all.filter(({ before, added, removed }) => removed.length - added.length > before / 5);
  if (shrunk.length > 0 && !args.includes("--allow-shrinking")) {
    const names = shrunk.map(({ name }) => name).join(", ");
    throw new CommandFailed(`${names}: more than a fifth is gone; look at it, then add --allow-shrinking`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(() => {
    setup();
    refresh(process.argv.slice(2));
  });
}
