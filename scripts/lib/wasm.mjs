// From a Rust crate to an optimised WebAssembly module and its glue.
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { at, build, target } from "./paths.mjs";
import { CommandFailed, attempt, node, run } from "./run.mjs";
import { unlessUnchanged } from "./unchanged.mjs";

// What rustc 1.95 enables for wasm32-unknown-unknown, and the exceptions with which the
// Worker's glue notices that the instance has died.
const features = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "exception-handling",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((name) => `--enable-${name}`);

/**
 * Builds a crate of the workspace for WebAssembly; the module's path. `flags` are rustc's:
 * builds with different ones are kept apart in `folder`, or each would undo the other.
 */
export function compile(crate, { profile = "wasm", features = [], flags = [], folder = target } = {}) {
  const args = ["build", "--profile", profile, "--target", "wasm32-unknown-unknown", "-p", crate];
  const env = {
    // Exported async functions then use the futures of js-sys instead of a second executor.
    WASM_BINDGEN_USE_JS_SYS: "1",
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: [...flags, ...withinMemory, ...withRelocations, ...withoutMachinePaths()].join(" "),
  };
  run("cargo", [...args, "--quiet", "--target-dir", folder, ...features], { env });
  return join(folder, "wasm32-unknown-unknown", profile, `${crate.replaceAll("-", "_")}.wasm`);
}

/** For what the tag loads, where bytes are dearer than microseconds. */
export const compact = ["--features", "compact"];

/**
 * 128 MiB, what a Worker may have: what runs away ends as a trap long before it takes the
 * visitor's memory. Above 4 GiB less a page, addresses would wrap.
 */
const withinMemory = ["-Clink-arg=--max-memory=134217728"];

/** For the wasm-bindgen step, which blanks what nothing refers to (`unreached.rs`). */
const withRelocations = ["-Clink-arg=--emit-relocs"];

/**
 * Panic messages name source files. Where cargo keeps them differs from machine to machine
 * and is nobody's business: without it the same source gives the same bytes.
 */
function withoutMachinePaths() {
  const sources = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const registries = existsSync(sources) ? readdirSync(sources) : [];
  return registries.map((name) => `--remap-path-prefix=${join(sources, name)}=crates.io`);
}

/** Builds the wasm-bindgen step itself; its path. */
export function bindgen() {
  run("cargo", ["build", "--quiet", "-p", "mailproof-bindgen"]);
  const windows = process.platform === "win32" ? ".exe" : "";
  return join(target, "debug", `mailproof-bindgen${windows}`);
}

/**
 * Writes `<stem>.js` and the optimised `<stem>_bg.wasm` into `build/<name>/`, unless the
 * compiled module is the one they were made from.
 *
 * @param {{ name: string, stem?: string, kind: "page" | "engine" | "worker", optimise?: string[], module: string, bindgen: string }} what
 */
export async function glue({ name, stem = name, kind, optimise = forSize, module, bindgen }) {
  const folder = join(build, name);
  const wasm = join(folder, `${stem}_bg.wasm`);
  const step = { name: `glue-${name}`, inputs: [module, bindgen], outputs: [folder] };
  const options = [...optimise, ...features, ...strip];
  return unlessUnchanged({ ...step, recipe: [kind, ...options].join(" ") }, () => {
    run(bindgen, ["--target", kind, module, folder, stem], { env: { RUST_BACKTRACE: "0" } });
    binaryen("wasm-opt", [wasm, "-o", wasm, ...options]);
  });
}

// Inlining into a single caller saves bytes of the module, and costs some of what brotli makes
// of it. No address of Rust's wraps around, which is what low memory is kept free for.
const forSize = ["-Oz", "-ocimfs", "20", "--converge", "--low-memory-unused", "--generate-global-effects"];
export const forSpeed = ["-O3"];

/** Runs one of binaryen's tools; of what it says when it fails, the beginning is enough. */
export function binaryen(tool, args) {
  const { status, stderr } = attempt(node(), [at("node_modules/binaryen/bin", tool), ...args]);
  if (status !== 0) throw new CommandFailed(`${tool} failed: ${stderr.slice(0, 2000)}`);
}

export const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/** Copies a file, making the folder it goes to. */
export function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
