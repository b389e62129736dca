// A Worker under workerd alone: the runtime that Cloudflare runs, without wrangler's layers
// between it and the sockets. What is measured, and what breaks connections, uses this.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { at, build } from "./paths.mjs";
import { CommandFailed, start } from "./run.mjs";

const folder = join(build, "workerd");
const program = at("node_modules/@cloudflare/workerd-linux-64/bin/workerd");
let started = 0;

/** The Worker as `npm run build` leaves it. */
export const mailproof = {
  "index.js": join(build, "worker/index.js"),
  "index_bg.wasm": join(build, "worker/index_bg.wasm"),
};

/**
 * Starts it on a free port of this machine.
 *
 * @param {{ modules: Record<string, string>, vars: Record<string, string> }} worker the files of
 *   its modules by name, the entry first, and its variables
 * @returns {Promise<{ url: string, pid: number, end: () => Promise<void> }>}
 */
export async function startWorkerd(worker) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}-${(started += 1)}.capnp`);
  writeFileSync(file, configuration(worker));
  // It tells on descriptor 3 which port it got.
  const args = ["serve", "--control-fd=3", "--import-path", at("node_modules"), file];
  const child = start(program, args, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const port = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new CommandFailed(`workerd ended with ${code}`)));
    createInterface(child.stdio[3]).on("line", (line) => {
      const { event, socket, port } = JSON.parse(line);
      if (event === "listen" && socket === "http") resolve(port);
    });
  });
  const end = async () => {
    child.kill();
    await ended;
    rmSync(file, { force: true });
  };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid, end };
}

function configuration({ modules, vars }) {
  const kinds = { js: "esModule", mjs: "esModule", wasm: "wasm" };
  const module = ([name, path]) =>
    `(name = ${text(name)}, ${kinds[name.split(".").at(-1)]} = embed ${text(relative(folder, path))})`;
  const binding = ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`;
  const date = text(compatibilityDate());
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [${Object.entries(modules).map(module).join(", ")}],
      bindings = [${Object.entries(vars).map(binding).join(", ")}],
      compatibilityDate = ${date}, cacheApiOutbound = "no-cache",
    )),
    (name = "no-cache", worker = (
      modules = [(name = "cache.js", esModule = ${text(noCache)})], compatibilityDate = ${date},
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

/** A cache of the data centre that holds nothing: 504 is "not here" for `only-if-cached`. */
const noCache = `export default {
  fetch: ({ method }) => new Response(null, { status: method === "GET" ? 504 : 204 }),
};`;

/** A string of Cap'n Proto's text format, which escapes as JSON does. */
const text = (value) => JSON.stringify(value);

function compatibilityDate() {
  return /^compatibility_date\s*=\s*"([^"]+)"/m.exec(readFileSync(at("wrangler.toml"), "utf8"))[1];
}
