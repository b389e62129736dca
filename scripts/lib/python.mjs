// The wheels of data/requirements.txt, which hold lists.
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { aptInstall } from "./apt.mjs";
import { at } from "./paths.mjs";
import { CommandFailed, ask, run } from "./run.mjs";

const folder = at("data/python_packages");

/** Whether this machine has a Python with pip. */
export const hasPip = () => ask("python3", ["-m", "pip", "--version"]) !== null;

/** Installs pip where a system's package manager can be asked to; fails where there is none. */
export function demandPip() {
  if (hasPip()) return;
  aptInstall(["python3-pip"]);
  if (!hasPip()) throw new CommandFailed("the sources of the lists need Python 3 with pip");
}

/** Unpacks them below data/ unless they are there. None of their code is run. */
export function ensureWheels() {
  const requirements = at("data/requirements.txt");
  const pins = [...readFileSync(requirements, "utf8").matchAll(/^([\w.-]+)==(\S+)/gm)];
  const isThere = ([, name, version]) =>
    existsSync(`${folder}/${name.replaceAll("-", "_")}-${version}.dist-info`);
  const unpacked = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".dist-info")) : [];
  if (pins.every(isThere) && unpacked.length === pins.length) return;
  // pip leaves the notes of other versions behind, and they would pass for the wheel itself.
  rmSync(folder, { recursive: true, force: true });
  const strict = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-compile"];
  const quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action", "ignore"];
  run("python3", ["-m", "pip", "install", ...quiet, ...strict, "--target", folder, "-r", requirements]);
}
