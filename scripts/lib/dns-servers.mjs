// Real name servers and resolvers for the interop tests.
import { aptInstall } from "./apt.mjs";
import { CommandFailed, ask } from "./run.mjs";

/** Each program, an argument that makes it tell its version, and its package at Debian. */
const programs = [
  ["named", "-v", "bind9"],
  ["dnssec-signzone", "-V", "bind9-utils"],
  ["unbound", "-V", "unbound"],
  ["dnsdist", "--version", "dnsdist"],
];

// Servers stand in sbin, which is not on everybody's path.
process.env.PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

const missing = () => programs.filter(([program, argument]) => ask(program, [argument]) === null);

/**
 * Installs what is missing where that may be done without asking anybody.
 *
 * @returns {string | null} why the servers are not there; null when they are
 */
export function ensureDnsServers() {
  const packages = missing().map(([, , name]) => name);
  if (packages.length === 0) return null;
  // In run level 1 the packages start no servers of their own.
  if (!aptInstall(packages, { RUNLEVEL: "1" })) return `install ${packages.join(", ")} to run them`;
  const still = missing().map(([program]) => program);
  if (still.length > 0) throw new CommandFailed(`installed ${packages.join(", ")}, and still no ${still.join(", ")}`);
  return null;
}
