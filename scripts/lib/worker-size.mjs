// How large the Worker is as Cloudflare counts.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { at } from "./paths.mjs";

/** Bytes after gzip that Cloudflare takes on the free plan (its limits, 2026-11). */
export const freePlanBytes = 3_000_000;

/** The files of the Worker itself. */
export const workerFiles = ["build/worker/index.js", "build/worker/index_bg.wasm"];

/** Bytes of the Worker after gzip, as it is uploaded. */
export function gzippedBytes() {
  return gzipSync(Buffer.concat(workerFiles.map((file) => readFileSync(at(file)))), { level: 9 }).length;
}
