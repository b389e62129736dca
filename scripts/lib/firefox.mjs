// A Firefox for the browser tests: a stock one, driven through WebDriver BiDi, so that it
// needs no driver beside it and no patched build.
import { existsSync } from "node:fs";
import { aptInstall } from "./apt.mjs";
import { CommandFailed } from "./run.mjs";

const commands = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/** Finds or installs one and leaves its path in the variable FIREFOX. */
export function ensureFirefox() {
  process.env.FIREFOX = find() ?? install();
}

const find = () => [process.env.FIREFOX, ...commands].find((path) => path && existsSync(path));

function install() {
  aptInstall(["firefox-esr"]);
  const path = find();
  if (!path) throw new CommandFailed("No Firefox: install one and name it in the variable FIREFOX");
  return path;
}
