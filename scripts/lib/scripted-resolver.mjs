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
 * @param {string | string[]} scenarios the files below the project's root that it answers from
 * @param {string[]} names of the logical resolvers that it plays
 * @returns {Promise<{ urls: string[], end: () => void }>} one URL for each name
 */
export async function startScriptedResolver(scenarios, names = ["a", "b"]) {
  const program = join(target, "debug/scripted-resolver");
  const files = [scenarios].flat().flatMap((file) => ["--scenario", at(file)]);
  const args = ["--listen", "127.0.0.1:0", ...files];
  const child = start(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new CommandFailed(`scripted-resolver ended with ${code}`)));
    createInterface(child.stdout).on("line", (line) => {
      const [, found] = /^listening (http:\S+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  return { urls: names.map((name) => `${url}/${name}`), end: () => child.kill() };
}
