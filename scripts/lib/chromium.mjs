// A Chromium for the browser tests.
import { existsSync } from "node:fs";
import { aptInstall } from "./apt.mjs";
import { CommandFailed, node, run } from "./run.mjs";
import { at } from "./paths.mjs";

const commands = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Finds or installs one and leaves its path in the variable CHROMIUM. */
export async function ensureChromium() {
  process.env.CHROMIUM = (await find()) ?? (await install());
}

async function find() {
  const { chromium } = await import("playwright-core");
  const candidates = [process.env.CHROMIUM, ...commands, chromium.executablePath()];
  return candidates.find((path) => path && existsSync(path));
}

async function install() {
  if (!aptInstall(["chromium"])) run(node(), [at("node_modules/playwright-core/cli.js"), "install", "chromium"]);
  const path = await find();
  if (!path) throw new CommandFailed("No Chromium: install one and name it in the variable CHROMIUM");
  return path;
}
