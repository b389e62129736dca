// A Firefox for the browser tests: a stock one, driven through WebDriver BiDi, so that it
// needs no driver beside it and no patched build.
import { existsSync } from "node:fs";
import { CommandFailed, ask, run } from "./run.mjs";

const commands = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/** Finds or installs one and leaves its path in the variable FIREFOX. */
export function ensureFirefox() {
  process.env.FIREFOX = find() ?? install();
}

const find = () => [process.env.FIREFOX, ...commands].find((path) => path && existsSync(path));

function install() {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && ask("apt-get", ["--version"])) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { env });
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "firefox-esr"], { env });
  }
  const path = find();
  if (!path) throw new CommandFailed("No Firefox: install one and name it in the variable FIREFOX");
  return path;
}
