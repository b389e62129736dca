// The pinned Rust toolchain, with clippy, rustfmt and the WebAssembly target.
import { existsSync } from "node:fs";
import { CommandFailed, ask, run } from "./run.mjs";
import { pinnedRust } from "./paths.mjs";

const wasm = "wasm32-unknown-unknown";

/** Installs what is missing of the toolchain, or says what to install by hand. */
export function ensureRust() {
  const wanted = pinnedRust();
  if (!ask("cargo", ["--version"]) && !ask("rustup", ["--version"])) {
    throw new CommandFailed(`Rust is not here. Install Rust ${wanted} with rustup: https://rustup.rs`);
  }
  if (ask("rustup", ["--version"])) chooseToolchain(wanted);
  else requireVersion(wanted);
  ensureParts(wanted);
}

/**
 * rustup may be set not to install by itself, and the pinned version may be here under
 * another name (`stable`): then that one is used, without a download.
 */
function chooseToolchain(wanted) {
  if (isVersion(ask("rustup", ["run", wanted, "rustc", "--version"]), wanted)) return;
  const names = (ask("rustup", ["toolchain", "list"]) ?? "").split("\n").map((line) => line.split(" ")[0]);
  const same = names.find((name) => name && isVersion(ask("rustup", ["run", name, "rustc", "--version"]), wanted));
  if (same) {
    process.env.RUSTUP_TOOLCHAIN = same;
    return;
  }
  const parts = ["--profile", "minimal", "-c", "clippy", "-c", "rustfmt", "-t", wasm];
  attempt(["toolchain", "install", wanted, ...parts], `Rust ${wanted} is not here and rustup could not install it.`);
}

function requireVersion(wanted) {
  const found = ask("rustc", ["--version"]);
  if (!isVersion(found, wanted)) {
    throw new CommandFailed(`Rust ${wanted} is needed, without rustup here is: ${found}`);
  }
}

function ensureParts(wanted) {
  const libraries = ask("rustc", ["--print", "target-libdir", "--target", wasm]);
  if (!libraries || !existsSync(libraries)) {
    attempt(["target", "add", wasm, ...named()], `Rust ${wanted} is here without its target ${wasm}.`);
  }
  for (const [component, command] of [["clippy", "clippy"], ["rustfmt", "fmt"]]) {
    if (ask("cargo", [command, "--version"])) continue;
    attempt(["component", "add", component, ...named()], `Rust ${wanted} is here without ${component}.`);
  }
}

const named = () => (process.env.RUSTUP_TOOLCHAIN ? ["--toolchain", process.env.RUSTUP_TOOLCHAIN] : []);

function attempt(args, missing) {
  try {
    run("rustup", args);
  } catch (error) {
    throw new CommandFailed(`${missing} By hand: rustup ${args.join(" ")}\n${error.message}`);
  }
}

const isVersion = (printed, wanted) => printed?.startsWith(`rustc ${wanted} `) ?? false;
