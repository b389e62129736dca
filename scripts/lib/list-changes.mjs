// What a refresh changed: domains added and removed, by source.
import { attempt, CommandFailed } from "./run.mjs";

/** The entries of every source, as a map from its name to a set of domains. */
export function readEntries() {
  const sources = new Map();
  for (const line of builder("entries").split("\n")) {
    const [name, domain] = line.split("\t");
    if (!domain) continue;
    if (!sources.has(name)) sources.set(name, new Set());
    sources.get(name).add(domain);
  }
  return sources;
}

/** SHA-256 of every source's file, as a map from its name. */
export const readDigests = () => new Map(builder("digests").trim().split("\n").map((line) => line.split("\t")));

function builder(word) {
  const { status, stdout, stderr } = attempt("cargo", ["run", "--quiet", "-p", "mailproof-pack", "--", word]);
  if (status !== 0) throw new CommandFailed(stderr.trim());
  return stdout;
}

/** By source: how many there were, what came and what went. */
export function changes(before, after) {
  return [...after].map(([name, domains]) => {
    const old = before.get(name) ?? new Set();
    const added = [...domains].filter((domain) => !old.has(domain));
    const removed = [...old].filter((domain) => !domains.has(domain));
    return { name, before: old.size, added, removed };
  });
}

const shown = 8;

/** The same to read. */
export function describe({ name, before, added, removed }) {
  const some = (mark, domains) => {
    const rest = domains.length > shown ? ` … and ${domains.length - shown} more` : "";
    return domains.length === 0 ? [] : [`  ${mark} ${domains.slice(0, shown).join(" ")}${rest}`];
  };
  const head = `${name}: ${before} before, ${added.length} added, ${removed.length} removed`;
  return [head, ...some("+", added), ...some("-", removed)].join("\n");
}
