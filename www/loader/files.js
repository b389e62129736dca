// The files beside the loader. Cookies stay at home, whoever serves them.
import { digestOf, imported } from "./integrity.js";
import { own, script } from "./settings.js";

const here = new URL("mailproof/", script?.src ?? document.baseURI);

const fetched = (name, signal) =>
  fetch(new URL(name, here), own({ credentials: "omit", integrity: digestOf(name), signal })).then((response) => {
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  });

/** The engine; where WebAssembly is refused, its twin in JavaScript from the same core. */
export const engine = async () => {
  const waste = new AbortController();
  const widget = load("widget", true, waste.signal);
  widget.catch(() => {});
  try {
    // The smallest module there is, while the engine is on its way: it tells at once where that
    // is in vain.
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    return await widget;
  } catch {
    waste.abort();
    return load("twin", false);
  }
};

/** One build of the core, ready for use. */
async function load(name, hasModule = true, signal) {
  // Asked for at once, before the glue that will want it: it is the larger.
  const module_or_path = hasModule ? fetched(`${name}_bg.wasm`, signal).then(compiled) : undefined;
  module_or_path?.catch(() => {});
  const build = await imported(new URL(`${name}.js`, here).href, `${name}.js`);
  await build.default({ module_or_path });
  return build;
}

/** Compiled while it comes, where the host calls it what it is. */
const compiled = async (response) =>
  response.headers.get("content-type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());

let pack;
/** The list pack. */
export const packBytes = () => {
  pack ??= fetched("small.pack").then((response) => response.arrayBuffer());
  return pack.then((buffer) => new Uint8Array(buffer));
};

export const json = (name) => fetched(name).then((response) => response.json());

export const seal = () => imported(new URL("seal.js", here).href, "seal.js");

let international;
/** UTS #46, for the first address that needs it. */
export const idn = () => {
  international ??= load("idn");
  // After a failure the next such address tries again.
  international.catch(() => (international = undefined));
  return international;
};
