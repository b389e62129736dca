// The engine once more, as plain JavaScript: for pages whose Content-Security-Policy
// refuses WebAssembly. The same crate through wasm2js; no rule is written twice.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { esbuild, shell, tighten } from "./bundle.mjs";
import { build, dist, target } from "./paths.mjs";
import { run } from "./run.mjs";
import { unlessUnchanged } from "./unchanged.mjs";
import { binaryen, compact, compile, strip } from "./wasm.mjs";

/** Without what wasm2js cannot translate: only the first edition of WebAssembly. */
export function compileTwin() {
  return compile("mailproof-widget", { features: compact, flags: ["-Ctarget-cpu=mvp"], folder: join(target, "twin") });
}

// The precompiled standard library still uses these three, so they are lowered.
const lower = [
  "--mvp-features",
  "--enable-mutable-globals",
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--llvm-memory-copy-fill-lowering",
  "--llvm-nontrapping-fptoint-lowering",
  "--signext-lowering",
];

// As for the engine, but what one caller needs is best inside it.
const optimise = ["-Oz", "--converge", "--low-memory-unused", "--generate-global-effects"];

/** `dist/mailproof/twin.js`, which is used as `widget.js` is. */
export function twin({ module, bindgen }) {
  const folder = join(build, "twin");
  const outfile = join(dist, "mailproof/twin.js");
  const inputs = [module, bindgen, ...shell.inputs];
  const step = { name: "twin", inputs, outputs: [outfile], recipe: `${lower}${optimise}${entry}${withoutNamespaces}${withPlainData}${shell.recipe}${tighten}hoist_funs` };
  return unlessUnchanged(step, async () => {
    run(bindgen, ["--target", "engine", module, folder, "core"], { env: { RUST_BACKTRACE: "0" } });
    const wasm = join(folder, "core_bg.wasm");
    binaryen("wasm-opt", [wasm, "-o", wasm, ...lower, ...optimise, ...strip]);
    binaryen("wasm2js", ["-Oz", wasm, "-o", join(folder, "core_bg.wasm.js")]);
    const core = join(folder, "entry.js");
    writeFileSync(core, entry);
    const around = shell.around(core, outfile);
    await esbuild({ ...around, plugins: [...around.plugins, translatedWasm] });
    // Functions beside each other compress better.
    await tighten(outfile, { hoist_funs: true });
  });
}

// The core is there as soon as the file is.
const entry = 'import wasm from "./core_bg.wasm"; import { __wbg_set_wasm } from "./core_bg.js"; __wbg_set_wasm(wasm); export * from "./core_bg.js";';

const translatedWasm = {
  name: "translated-wasm",
  setup({ onLoad }) {
    onLoad({ filter: /\/core_bg\.wasm$/ }, ({ path }) => ({ contents: withPlainData(withoutNamespaces(readFileSync(`${path}.js`, "utf8"))) }));
  },
};

/** One object in and one out, in the place of namespaces; `withImports` (bundle.mjs) says why. */
function withoutNamespaces(translated) {
  const body = translated.replace(/^export var \w+ = retasmFunc\.\w+;\n/gm, "");
  const taking = body.replace(/^import \* as (\S+) from/, "import { imports as $1 } from");
  if (taking === body || body === translated) throw new Error("the translation looks different now");
  return `${taking}\nexport default retasmFunc;\n`;
}

/**
 * The constants as they are, and not in base64, of which compression makes half as much again:
 * most of them are words.
 */
function withPlainData(translated) {
  const call = /base64DecodeToExistingUint8Array\((bufferView, \d+), "([\w+/=]*)"\)/g;
  const decoder = /  var base64ReverseLookup[^]*?(?=function initActiveSegments)/;
  const plain = translated
    .replace(call, (_, place, data) => `put(${place}, ${JSON.stringify(Buffer.from(data, "base64").toString("latin1"))})`)
    .replace(decoder, put);
  if (plain === translated || plain.includes("base64")) throw new Error("the translation's data look different now");
  return plain;
}

const put = `function put(bytes, start, text) {
  for (var i = 0; i < text.length; i += 1) bytes[start + i] = text.charCodeAt(i);
}
`;
