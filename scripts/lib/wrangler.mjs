// wrangler, quiet and without a word to anybody.
import { at } from "./paths.mjs";
import { node, start } from "./run.mjs";

export const environment = {
  WRANGLER_SEND_METRICS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_WRITE_LOGS: "false",
  CI: "1",
};

/**
 * Starts `wrangler dev` on this machine. It gets a process group of its own, so that
 * `endGroup` reaches the runtime that it starts in turn.
 *
 * @param {{ port: number, vars: Record<string, string> }} options
 */
export function startWrangler({ port, vars }) {
  const named = Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const args = ["dev", "--port", String(port), "--ip", "localhost", "--log-level", "warn", ...named];
  const program = at("node_modules/wrangler/bin/wrangler.js");
  return start(node(), [program, ...args], { env: environment, detached: true });
}

/** Ends a program started with `detached`, and what it started. */
export function endGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    child.kill();
  }
}
