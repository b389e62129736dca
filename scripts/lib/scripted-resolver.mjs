// The scripted resolver of the tests package: DNS over HTTPS on loopback, from a file.
import { createInterface } from "node:readline";
import { join } from "node:path";
import { at, target } from "./paths.mjs";
import { CommandFailed, run, start } from "./run.mjs";

export function buildScriptedResolver() {
  run("cargo", ["build", "--quiet", "-p", "mailproof-tests", "--bin", "scripted-resolver"]);
}

/**
 * Starts it on a free port and waits until it listens.
 *
 * @param {string} scenario the file below the project's root that it answers from
 * @returns {Promise<{ urls: string[], end: () => void }>} two logical resolvers
 */
export async function startScriptedResolver(scenario) {
  const program = join(target, "debug/scripted-resolver");
  const args = ["--listen", "127.0.0.1:0", "--scenario", at(scenario)];
  const child = start(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new CommandFailed(`scripted-resolver ended with ${code}`)));
    createInterface(child.stdout).on("line", (line) => {
      const [, found] = /^listening (http:\S+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  return { urls: [`${url}/a`, `${url}/b`], end: () => child.kill() };
}
