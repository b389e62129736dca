// The system's packages, where they may be installed without asking anybody.
import { ask, run } from "./run.mjs";

/**
 * Installs packages of Debian's as root; without root or apt it does nothing.
 *
 * @param {string[]} packages
 * @param {Record<string, string>} [more] variables for apt
 * @returns {boolean} whether they were installed
 */
export function aptInstall(packages, more = {}) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || ask("apt-get", ["--version"]) === null) return false;
  const env = { DEBIAN_FRONTEND: "noninteractive", ...more };
  run("apt-get", ["update", "-qq"], { env });
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
  return true;
}
