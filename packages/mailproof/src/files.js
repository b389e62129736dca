// The files of the engine as a bundler finds them; stands in for `www/loader/files.js`.
import { fetched, inlined } from "./ways.js";
import { languages } from "./languages.js";

/** The engine; where WebAssembly is refused or its file was lost, its twin in JavaScript. */
export const engine = () =>
  start().catch(async () => {
    const twin = await import("./twin.js");
    await twin.default();
    return twin;
  });

async function start() {
  const widget = await import("./widget-glue.js");
  await widget.default({ module_or_path: new URL("./widget.wasm", import.meta.url) });
  return widget;
}

export const packBytes = () =>
  fetch(new URL("./small.pack", import.meta.url), { credentials: "omit" })
    .then((response) => {
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      return response.arrayBuffer();
    })
    .then((buffer) => new Uint8Array(buffer))
    .catch(async () => (await import("./bytes.js")).pack());

/** As `messages/<lang>.json` of the tag. */
export const json = async (name) => {
  const [, lang] = /^messages\/(.+)\.json$/.exec(name);
  return (await languages[lang]()).default;
};

/** The core with UTS #46, its pack loaded. */
export const idn = () => fetched({}).catch(inlined);
