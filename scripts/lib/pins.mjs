// The pins of the list sources: data/sources.toml, data/package.json with its lock, and
// data/requirements.txt. They change together or not at all.
import { readFileSync, writeFileSync } from "node:fs";
import { at } from "./paths.mjs";

const files = ["data/sources.toml", "data/package.json", "data/package-lock.json", "data/requirements.txt"];

/** What the files hold, for `restorePins`. */
export const savedPins = () => files.map((file) => [file, readFileSync(at(file))]);

/** Puts the files back; one that is as it was is not written. */
export function restorePins(saved) {
  for (const [file, bytes] of saved) {
    if (!readFileSync(at(file)).equals(bytes)) writeFileSync(at(file), bytes);
  }
}

/**
 * The sources of sources.toml: name, registry, package, version, licence, sha256, role. A
 * source may be called otherwise than its package, which it then names; an npm package stands
 * in the path of its file.
 */
export function readSources() {
  const blocks = readFileSync(at("data/sources.toml"), "utf8").split("[[source]]").slice(1);
  return blocks.map((block) => {
    const value = (key) => new RegExp(`^${key} = "(.*)"$`, "m").exec(block)?.[1];
    const [name, registry] = [value("name"), value("registry")];
    const installed = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(value("file"));
    const named = value("package") ?? (registry === "npm" ? installed[1] : name);
    const [version, licence, sha256, role] = ["version", "licence", "sha256", "role"].map(value);
    return { name, registry, package: named, version, licence, sha256, role };
  });
}

/** Sets keys of one source in sources.toml. */
export function writeSource(name, values) {
  const text = readFileSync(at("data/sources.toml"), "utf8");
  const blocks = text.split("[[source]]").map((block) => {
    if (!block.includes(`\nname = "${name}"\n`)) return block;
    return Object.entries(values).reduce(
      (changed, [key, value]) => changed.replace(new RegExp(`^${key} = ".*"$`, "m"), `${key} = "${value}"`),
      block,
    );
  });
  writeFileSync(at("data/sources.toml"), blocks.join("[[source]]"));
}

/** Raises the packs' version: the day, with a serial where the day had one already. */
export function raiseVersion(day = new Date()) {
  const file = at("data/sources.toml");
  const text = readFileSync(file, "utf8");
  const current = /^version = "(.*)"$/m.exec(text)[1];
  const today = day.toISOString().slice(0, 10).replaceAll("-", ".");
  const serial = current.startsWith(today) ? Number(current.slice(today.length + 1) || 0) + 1 : 0;
  const next = serial === 0 ? today : `${today}.${serial}`;
  writeFileSync(file, text.replace(/^version = ".*"$/m, `version = "${next}"`));
  return next;
}

/** Pins a wheel in requirements.txt. */
export function writeWheel(name, version, sha256) {
  const file = at("data/requirements.txt");
  const line = new RegExp(`^${name}==.*$`, "m");
  writeFileSync(file, readFileSync(file, "utf8").replace(line, `${name}==${version} --hash=sha256:${sha256}`));
}
