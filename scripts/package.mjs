// `npm run package`: the npm package in build/package/, from what `npm run build` made and
// packages/mailproof. Its types are made from the Rust types: the edge's description of its
// interface, which a native test holds to them.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { esbuild } from "./lib/bundle.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { at, build, dist } from "./lib/paths.mjs";
import { node, run } from "./lib/run.mjs";
import { unlessUnchanged } from "./lib/unchanged.mjs";
import { verb } from "./lib/verb.mjs";
import { buildAll, buildFast } from "./build.mjs";
import { setup } from "./setup.mjs";

const home = at("packages/mailproof");
const sources = join(build, "package-sources");
const made = join(build, "package");
const tool = (path, ...args) => run(node(), [join(home, "node_modules", path), ...args]);

/** The shell is that of the tag; the core is compiled for speed. */
const core = join(build, "fast/core_bg.wasm");

export async function makePackage() {
  ensurePackages(home);
  await buildFast();
  const inputs = [join(home, "src"), ...["package.json", "README.md", "tsconfig.json"].map((name) => join(home, name))];
  const taken = [...inputs, at("crates/edge/openapi.json"), at("www/loader"), at("www/messages"), at("scripts/package.mjs"), core, dist];
  return unlessUnchanged({ name: "package", inputs: taken, outputs: [made] }, async () => {
    for (const folder of [sources, made]) rmSync(folder, { recursive: true, force: true });
    cpSync(join(home, "src"), sources, { recursive: true });
    writeVocabulary();
    writeLanguages();
    writeBytes();
    await bundle();
    tool("typescript/bin/tsc", "-p", declarations());
    copyFiles();
  });
}

/** `openapi.ts`: the schemas that the verdict is made of, and nothing of the routes. */
function writeVocabulary() {
  const description = JSON.parse(readFileSync(at("crates/edge/openapi.json"), "utf8"));
  const wanted = new Set();
  const follow = (name) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    const text = JSON.stringify(description.components.schemas[name]);
    for (const [, next] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) follow(next);
  };
  ["Verdict", "DomainReport"].forEach(follow);
  const schemas = Object.fromEntries([...wanted].sort().map((name) => [name, whole(description.components.schemas[name])]));
  const { openapi, info } = description;
  const file = join(sources, "vocabulary.json");
  writeFileSync(file, JSON.stringify({ openapi, info, paths: {}, components: { schemas } }));
  tool("openapi-typescript/bin/cli.js", file, "--output", join(sources, "openapi.ts"));
}

/** The description says what may be left out; what Rust writes has every field. */
const whole = (schema) =>
  schema.properties ? { ...schema, required: Object.keys(schema.properties) } : schema;

/**
 * One module a language, and the list of them with an import that bundlers can follow.
 * A schema may have to word any reason, so they have more sentences than the page's.
 */
function writeLanguages() {
  const from = at("www/messages");
  const names = readdirSync(from).filter((file) => file.endsWith(".json")).map((file) => basename(file, ".json"));
  mkdirSync(join(sources, "messages"));
  for (const name of names) {
    const { ui, reasons } = JSON.parse(readFileSync(join(from, `${name}.json`), "utf8"));
    const sentences = Object.fromEntries(Object.entries(reasons).map(([code, { sentence }]) => [code, sentence]));
    const text = `export default ${JSON.stringify({ ui, reasons: sentences })} as Record<string, Record<string, string>>;\n`;
    writeFileSync(join(sources, "messages", `${name}.ts`), text);
  }
  const lines = names.map((name) => `  ${JSON.stringify(name)}: () => import("./messages/${name}.js"),`);
  const text = `export const languages = {\n${lines.join("\n")}\n};\n\n/** The languages at hand. */\nexport type Language = keyof typeof languages;\n`;
  writeFileSync(join(sources, "languages.ts"), text);
}

/** `bytes.ts`: the core and its lists as text, for where files get lost. */
function writeBytes() {
  const inBase64 = (path) => JSON.stringify(readFileSync(path).toString("base64"));
  const text = `const decode = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const core = () => decode(${inBase64(core)});
export const names = () => decode(${inBase64(join(dist, "mailproof/idn_bg.wasm"))});
export const pack = () => decode(${inBase64(join(dist, "mailproof/small.pack"))});
`;
  writeFileSync(join(sources, "bytes.ts"), text);
}

function bundle() {
  return esbuild({
    entryPoints: ["index", "inline", "token"].map((name) => join(sources, `${name}.ts`)),
    outdir: made,
    format: "esm",
    splitting: true,
    chunkNames: "[name]-[hash]",
    target: "es2022",
    charset: "utf8",
    plugins: [parts],
  });
}

// What the sources name and other steps of the build have made.
const elsewhere = {
  "./engine.js": join(dist, "mailproof/widget.js"),
  "./names.js": join(dist, "mailproof/idn.js"),
  "./twin.js": join(dist, "mailproof/twin.js"),
};

const parts = {
  name: "parts",
  setup({ onResolve }) {
    onResolve({ filter: /^#loader\// }, ({ path }) => ({ path: at("www/loader", path.slice("#loader/".length)) }));
    onResolve({ filter: /^\.\/(engine|names|twin)\.js$/ }, ({ path }) => ({ path: elsewhere[path] }));
    // The loader's modules get this package's way to the files.
    onResolve({ filter: /^\.\/files\.js$/ }, () => ({ path: join(sources, "files.js") }));
  },
};

function declarations() {
  const file = join(sources, "tsconfig.json");
  const config = { extends: join(home, "tsconfig.json"), compilerOptions: { rootDir: ".", outDir: made }, include: ["*.ts", "messages/*.ts"] };
  writeFileSync(file, JSON.stringify(config));
  // The modules that `elsewhere` names have no types of their own.
  for (const name of Object.keys(elsewhere)) writeFileSync(join(sources, name.replace(/\.js$/, ".d.ts")), "export {};\n");
  return file;
}

function copyFiles() {
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  writeFileSync(join(made, "package.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  const files = {
    "names.wasm": "mailproof/idn_bg.wasm",
    "small.pack": "mailproof/small.pack",
    messages: "mailproof/messages",
    "tag/mailproof.js": "mailproof.js",
    "tag/mailproof": "mailproof",
  };
  for (const [to, from] of Object.entries(files)) cpSync(join(dist, from), join(made, to), { recursive: true });
  cpSync(core, join(made, "core.wasm"));
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(at(name), join(made, name));
  cpSync(at("crates/lists/NOTICE.md"), join(made, "NOTICE.md"));
  cpSync(join(home, "README.md"), join(made, "README.md"));
  if (!existsSync(join(made, "index.d.ts"))) throw new Error("the package has no types");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(async () => {
    setup();
    await buildAll();
    await makePackage();
    console.log("The package is in build/package.");
  });
}
