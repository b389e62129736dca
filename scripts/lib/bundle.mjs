// The JavaScript, the messages and the files that are only copied.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { at, build, dist } from "./paths.mjs";
import { node, run } from "./run.mjs";
import { filesIn, unlessUnchanged } from "./unchanged.mjs";
import { copy } from "./wasm.mjs";

const absent = (path) => Promise.resolve(`no ${relative(at(), path)}`);

// Imported when used: on a fresh clone the packages come after this file is read.
export const esbuild = async (options) => {
  const { build } = await import("esbuild");
  await build({ bundle: true, minify: true, legalComments: "none", logLevel: "warning", ...options });
};

/** What esbuild wrote for the page, and every visitor loads, a twentieth smaller. */
export async function tighten(file, compress = {}) {
  const { minify } = await import("terser");
  const options = { ...tight, compress: { ...tight.compress, ...compress } };
  const { code } = await minify(readFileSync(file, "utf8"), options);
  writeFileSync(file, code);
}

const tight = { module: true, ecma: 2020, compress: { passes: 3 } };

/** One page module: glue minified, wasm copied, into `dist/mailproof/`. */
export function page(name) {
  const glue = join(build, name, `${name}.js`);
  return pageModule(name, { stem: name, inputs: [], bundle: (outfile) => ({ entryPoints: [glue], outfile }) });
}

/** The engine: the core in its shell, `www/engine`. */
export function engine() {
  const glue = join(build, "widget/core_bg.js");
  return pageModule("widget", { stem: "core", inputs: shell.inputs, recipe: shell.recipe, bundle: (outfile) => shell.around(glue, outfile) });
}

function pageModule(name, { stem, inputs, recipe, bundle }) {
  const from = join(build, name);
  const script = join(dist, "mailproof", `${name}.js`);
  const wasm = join(dist, "mailproof", `${name}_bg.wasm`);
  return unlessUnchanged({ name: `page-${name}`, inputs: [from, ...inputs], outputs: [script, wasm], recipe: `${recipe}${JSON.stringify(tight)}` }, async () => {
    await esbuild({ format: "esm", target: "es2020", ...bundle(script) });
    await tighten(script);
    copy(join(from, `${stem}_bg.wasm`), wasm);
  });
}

/** `www/engine` around the glue of one build of the core. */
export const shell = {
  get recipe() {
    return `${withImports}${stylePlugin.setup}`;
  },
  inputs: [at("www/engine"), at("www/styles")],
  around: (glue, outfile) => ({
    format: "esm",
    target: "es2020",
    entryPoints: [at("www/engine/main.js")],
    outfile,
    alias: { "engine-core": glue, "mailproof-names": at("www/engine/names.js") },
    plugins: [gluePlugin, stylePlugin],
  }),
};

/** A style sheet is a text of the engine's, without what is there for its readers. */
const stylePlugin = {
  name: "style",
  setup({ onLoad, esbuild }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim().replaceAll(", ", ","), loader: "text" };
    });
  },
};

const gluePlugin = {
  name: "glue",
  setup({ onLoad }) {
    onLoad({ filter: /\/core_bg\.js$/ }, ({ path }) => ({ contents: withImports(readFileSync(path, "utf8")) }));
  },
};

/**
 * With what the module imports, as an object, and its memory. Of `import * as glue` esbuild
 * would make one with a `for in`, which also walks what a page has put into `Object.prototype`.
 */
export function withImports(glue) {
  const names = [...glue.matchAll(/^export function (__wb(?!g_set_wasm)\w+)/gm)].map(([, name]) => name);
  return `${glue}\nexport const imports = { __proto__: null, ${names.join(", ")} };\nexport const memory = () => wasm.memory;\n`;
}

/** The Worker: entry and glue in one module, which imports the wasm beside it. */
export function worker() {
  const glue = join(build, "edge");
  const entry = at("tools/bindgen/worker.mjs");
  const conversation = at("tools/bindgen/conversation.mjs");
  const script = join(build, "worker/index.js");
  const wasm = join(build, "worker/index_bg.wasm");
  const step = { name: "worker", inputs: [glue, entry, conversation], outputs: [script, wasm] };
  return unlessUnchanged(step, async () => {
    await esbuild({
      entryPoints: [entry],
      outfile: script,
      alias: { "edge-glue": join(glue, "edge.js"), "edge-conversation": conversation },
      plugins: [plainWasmImport],
      external: ["./index_bg.wasm"],
      format: "esm",
      target: "es2022",
      // Names in a stack trace of the log are worth more here than bytes.
      minify: false,
    });
    copy(join(glue, "edge_bg.wasm"), wasm);
  });
}

// `import source` is the standard's form; workerd imports a module plainly.
const plainWasmImport = {
  name: "plain-wasm-import",
  setup({ onLoad }) {
    onLoad({ filter: /\/edge\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8");
      return { contents: contents.replace(/import source (\w+) from "[^"]+"/, 'import $1 from "./index_bg.wasm"') };
    });
  },
};

/** The loader, a classic script for the one tag. */
export function loader() {
  const folder = at("www/loader");
  const outfile = join(dist, "mailproof.js");
  const version = JSON.stringify(JSON.parse(readFileSync(at("package.json"), "utf8")).version);
  return unlessUnchanged({ name: "loader", inputs: [folder], outputs: [outfile], recipe: version }, () =>
    bundleLoader(outfile, version, undefined),
  );
}

/** Fetched only where a page asks for signed verdicts. */
export function seal() {
  const source = at("www/loader/seal.js");
  const outfile = join(dist, "mailproof/seal.js");
  return unlessUnchanged({ name: "seal", inputs: [source], outputs: [outfile] }, () =>
    esbuild({ entryPoints: [source], outfile, format: "esm", target: "es2020" }),
  );
}

const bundleLoader = (outfile, version, digests) =>
  esbuild({
    entryPoints: [at("www/loader/main.js")],
    outfile,
    format: "iife",
    target: "es2018",
    define: { __VERSION__: version, __INTEGRITY__: JSON.stringify(digests) ?? "undefined" },
  });

/**
 * The same files under `v/<version>/`, never to change, with a loader that knows the digest
 * of each and `integrity.json` for the page's tag.
 */
export function versioned() {
  const from = join(dist, "mailproof");
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const to = join(dist, "v", version);
  return unlessUnchanged({ name: "versioned", inputs: [from, at("www/loader")], outputs: [to], recipe: version }, async () => {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, join(to, "mailproof"), { recursive: true });
    const inside = digestsOf(from);
    await bundleLoader(join(to, "mailproof.js"), JSON.stringify(version), inside);
    const files = digestsOf(to);
    writeFileSync(join(to, "integrity.json"), `${JSON.stringify({ version, files }, null, 2)}\n`);
  });
}

/** SHA-384 as the `integrity` attribute writes it, by the path below the folder. */
function digestsOf(folder) {
  const digest = (file) => `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}`;
  return Object.fromEntries(filesIn(folder).map((file) => [relative(folder, file).replaceAll("\\", "/"), digest(file)]));
}

/** One JSON file a language: the part of the catalogue that the page shows. */
export function messages() {
  const from = at("www/messages");
  const subset = join(from, "page.mjs");
  if (!existsSync(subset)) return absent(subset);
  const to = join(dist, "mailproof/messages");
  return unlessUnchanged({ name: "messages", inputs: [from], outputs: [to] }, () => {
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    run(node(), [subset, to]);
  });
}

/** The list pack for the page. */
export function pack() {
  const from = at("crates/lists/data/small.pack");
  if (!existsSync(from)) return absent(from);
  const to = join(dist, "mailproof/small.pack");
  return unlessUnchanged({ name: "pack", inputs: [from], outputs: [to] }, () => copy(from, to));
}
