// What the registries hold of a package, asked through their own clients.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at } from "./paths.mjs";
import { CommandFailed, ask, run } from "./run.mjs";

/**
 * The release of a source's package: `version`, `date` (YYYY-MM-DD), `licence` as the
 * package itself words it, and `sha256` of a wheel. The newest, unless `version` is given.
 */
export const release = (source, version) =>
  source.registry === "npm" ? npmRelease(source.package, version) : wheelRelease(source.package, version);

function npmRelease(name, version = "latest") {
  const answer = ask("npm", ["view", `${name}@${version}`, "version", "license", "time", "--json"]);
  if (answer === null) throw new CommandFailed(`npm knows no ${name}@${version}`);
  const found = JSON.parse(answer);
  return { version: found.version, licence: found.license, date: found.time[found.version].slice(0, 10) };
}

function wheelRelease(name, version) {
  const folder = mkdtempSync(join(tmpdir(), "mailproof-wheel-"));
  try {
    const wanted = version ? `${name}==${version}` : name;
    const quiet = ["--quiet", "--disable-pip-version-check"];
    run("python3", ["-m", "pip", "download", ...quiet, "--no-deps", "--only-binary", ":all:", "--dest", folder, wanted]);
    const [file] = readdirSync(folder);
    const wheel = join(folder, file);
    return {
      version: file.split("-")[1],
      licence: wheelLicence(wheel, file),
      date: wheelDate(wheel),
      sha256: createHash("sha256").update(readFileSync(wheel)).digest("hex"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The licence lines of the wheel's METADATA. */
function wheelLicence(wheel, file) {
  const metadata = `${file.split("-").slice(0, 2).join("-")}.dist-info/METADATA`;
  const script = "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())";
  const text = ask("python3", ["-c", script, wheel, metadata]) ?? "";
  return licenceLines(text);
}

/** What METADATA says about the licence, in one line. */
export function licenceLines(metadata) {
  const [head] = metadata.split(/\r?\n\r?\n/);
  return [...head.matchAll(/^(?:License|License-Expression|Classifier: License ::)[: ].*$/gm)].join("; ");
}

/** The newest day in the archive: pip does not tell when a wheel was published. */
function wheelDate(wheel) {
  const script =
    "import sys, zipfile; print(max('%04d-%02d-%02d' % i.date_time[:3] for i in zipfile.ZipFile(sys.argv[1]).infolist()))";
  const date = ask("python3", ["-c", script, wheel]);
  // Archives made to be reproducible carry a date long past.
  return date && date > "2000" ? date : new Date().toISOString().slice(0, 10);
}

/** The licence of what is installed now, worded as `release` words it. */
export function installedLicence(source) {
  if (source.registry === "npm") {
    return JSON.parse(readFileSync(at("data/node_modules", source.package, "package.json"), "utf8")).license;
  }
  const name = `${source.package.replaceAll("-", "_")}-${source.version}.dist-info`;
  return licenceLines(readFileSync(at("data/python_packages", name, "METADATA"), "utf8"));
}
