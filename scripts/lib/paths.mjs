// Where things are. Every path is absolute.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A path below the root of the project. */
export const at = (...parts) => join(root, ...parts);

/** Cargo's target directory. */
export const target = resolve(root, process.env.CARGO_TARGET_DIR || "target");

/** What a static host or the Worker serves. */
export const dist = at("dist");

/** What the build makes on the way, and the Worker. */
export const build = at("build");

/** The Rust toolchain that `rust-toolchain.toml` asks for, such as `1.95.0`. */
export function pinnedRust() {
  const text = readFileSync(at("rust-toolchain.toml"), "utf8");
  return /^channel\s*=\s*"([^"]+)"/m.exec(text)[1];
}
