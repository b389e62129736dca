// The ways to the engine's files: from beside this module, as bundlers put them there; from
// a module that holds them as text, where a bundler lost them; and the engine once more as
// plain JavaScript, where WebAssembly is refused.
import type { Engine, Names, Parts, Sources } from "./core.js";

type Startable = { default(options: { module_or_path?: unknown }): Promise<unknown> };

/** Files first. */
export const fromFiles: Parts = {
  engine: once(({ core = new URL("./core.wasm", import.meta.url) }) =>
    first([() => engineFrom(() => bytesOf(core)), inlinedEngine, translated]),
  ),
  names: once(({ names = new URL("./names.wasm", import.meta.url) }) =>
    first([() => namesFrom(() => bytesOf(names)), inlinedNames]),
  ),
  pack: once(({ pack = new URL("./small.pack", import.meta.url) }) => first([() => packFrom(pack), inlinedPack])),
};

/** No files, but for those that the caller names. */
export const fromInside: Parts = {
  engine: once(({ core }) => first([core ? () => engineFrom(() => bytesOf(core)) : inlinedEngine, translated])),
  names: once(({ names }) => (names ? namesFrom(() => bytesOf(names)) : inlinedNames())),
  pack: once(({ pack }) => (pack ? packFrom(pack) : inlinedPack())),
};

/** The same promise for everyone, until it fails. */
function once<T>(way: (sources: Sources) => Promise<T>) {
  let made: Promise<T> | undefined;
  return (sources: Sources = {}): Promise<T> => {
    made ??= way(sources);
    made.catch(() => (made = undefined));
    return made;
  };
}

async function first<T>([way, ...others]: (() => Promise<T>)[]): Promise<T> {
  if (!way) throw new Error("mailproof: nothing to load from");
  return others.length === 0 ? way() : way().catch(() => first(others));
}

let engine: Promise<Engine> | undefined;

/** One engine, whoever asks for it first. */
function engineFrom(bytes: () => Promise<unknown>): Promise<Engine> {
  engine ??= started<Engine>(() => import("./engine.js"), bytes);
  engine.catch(() => (engine = undefined));
  return engine;
}

const namesFrom = (bytes: () => Promise<unknown>) => started<Names>(() => import("./names.js"), bytes);

async function started<T>(glue: () => Promise<unknown>, bytes: () => Promise<unknown>): Promise<T> {
  const [build, module_or_path] = await Promise.all([glue() as Promise<T & Startable>, bytes()]);
  await build.default({ module_or_path });
  return build;
}

const inside = () => import("./bytes.js");
const inlinedEngine = () => engineFrom(async () => (await inside()).core());
const inlinedNames = () => namesFrom(async () => (await inside()).names());
const inlinedPack = async (): Promise<Uint8Array> => (await inside()).pack();
const translated = async () => (await import("./twin.js")) as unknown as Engine;

async function packFrom(source: NonNullable<Sources["pack"]>): Promise<Uint8Array> {
  const bytes = await bytesOf(source);
  const pack = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes as ArrayBuffer);
  // A server that knows no such file answers with a page.
  if (pack[0] === "<".charCodeAt(0)) throw new Error("mailproof: small.pack is not a list pack");
  return pack;
}

/** Bytes, or a compiled module as it is. */
async function bytesOf(source: NonNullable<Sources["core"]>): Promise<unknown> {
  if (typeof source !== "string" && !(source instanceof URL)) return "arrayBuffer" in source ? source.arrayBuffer() : source;
  const response = await fetch(source, { credentials: "omit" });
  if (!response.ok) throw new Error(`mailproof: ${response.url}: ${response.status}`);
  return response.arrayBuffer();
}
