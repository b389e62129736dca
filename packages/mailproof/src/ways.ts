// The ways to get at a core.
import type { Core, Sources } from "./core.js";

/** From what the caller gave; the pack from inside where only the core was given. */
export async function given({ core, pack }: Sources): Promise<Core> {
  const [build, bytes] = await Promise.all([start(core), pack ? bytesOf(pack) : inlinedPack()]);
  build.load_pack(bytes);
  return build;
}

/** From beside this file, as every bundler that knows `new URL(…, import.meta.url)` puts it. */
export async function fetched({ core, pack }: Sources): Promise<Core> {
  const [build, bytes] = await Promise.all([
    start(core ?? new URL("./core.wasm", import.meta.url)),
    bytesOf(pack ?? new URL("./small.pack", import.meta.url)),
  ]);
  if (!build.load_pack(bytes)) throw new Error("mailproof: small.pack is not a list pack");
  return build;
}

/** From a module that holds both files as text: a bundler lost them. */
export async function inlined(): Promise<Core> {
  const { core } = await import("./bytes.js");
  const build = await start(core());
  build.load_pack(await inlinedPack());
  return build;
}

/** The same core as plain JavaScript, where WebAssembly is refused; without UTS #46. */
export async function translated(): Promise<Core> {
  const build = (await import("./twin.js")) as unknown as Core;
  build.load_pack(await inlinedPack());
  return build;
}

const inlinedPack = async (): Promise<Uint8Array> => (await import("./bytes.js")).pack();

async function start(source: Sources["core"]): Promise<Core> {
  const glue = (await import("./core-glue.js")) as unknown as Core & { default: (options: object) => Promise<unknown> };
  await glue.default({ module_or_path: source });
  return glue;
}

async function bytesOf(source: NonNullable<Sources["pack"]>): Promise<Uint8Array> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const response = await fetch(source, { credentials: "omit" });
  if (!response.ok) throw new Error(`mailproof: ${response.url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
