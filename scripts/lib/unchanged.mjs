// Skips a step of the build whose inputs and outputs are what they were.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, build } from "./paths.mjs";

/** The files below a folder (or the one file), sorted; none when it does not exist. */
export function filesIn(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

const hash = (files, seed) => {
  const sum = createHash("sha256").update(seed);
  for (const file of files) sum.update(`\n${file}\n`).update(readFileSync(file));
  return sum.digest("hex");
};

/**
 * Does `make` unless it was done before on the same bytes. `inputs` are files and
 * folders, `outputs` the ones it writes, `recipe` whatever else decides the result.
 */
export async function unlessUnchanged({ name, inputs, outputs, recipe = "" }, make) {
  const stamp = join(build, "stamps", name);
  const fingerprint = () => {
    const before = hash(inputs.flatMap(filesIn), `${recipe}\n${readFileSync(at("package-lock.json"))}`);
    return `${before} ${hash(outputs.flatMap(filesIn), "")}\n`;
  };
  const done = existsSync(stamp) && outputs.every(existsSync) && readFileSync(stamp, "utf8") === fingerprint();
  if (done) return "unchanged";
  await make();
  mkdirSync(join(build, "stamps"), { recursive: true });
  writeFileSync(stamp, fingerprint());
  return "made";
}
