// `npm run build`: leaves in dist/ what a static host or the Worker serves, and in
// build/worker/ the Worker itself. Steps whose inputs did not change are skipped.
import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bindgen, compact, compile, forSpeed, glue } from "./lib/wasm.mjs";
import { compileTwin, twin } from "./lib/twin.mjs";
import { engine, loader, messages, pack, page, seal, versioned, worker } from "./lib/bundle.mjs";
import { site } from "./lib/site.mjs";
import { verb } from "./lib/verb.mjs";
import { root } from "./lib/paths.mjs";
import { setup } from "./setup.mjs";

export async function buildAll() {
  const tool = await step("bindgen tool", () => bindgen());
  // The engine loads without UTS #46; the second build of the same crate is that alone,
  // and is fetched only when someone types an internationalised domain.
  const core = await step("compile widget", () => compile("mailproof-widget", { features: compact }));
  await step("glue widget", () => glue({ name: "widget", stem: "core", kind: "engine", module: core, bindgen: tool }));
  await step("page widget", engine);
  const idn = await step("compile idn", () => compile("mailproof-widget", { features: withIdn }));
  await step("glue idn", () => glue({ name: "idn", kind: "page", module: idn, bindgen: tool }));
  await step("page idn", () => page("idn"));
  const mvp = await step("compile twin", compileTwin);
  await step("twin", () => twin({ module: mvp, bindgen: tool }));
  await step("loader", loader);
  await step("seal", seal);
  await step("messages", messages);
  await step("small pack", pack);
  await step("versioned files", versioned);
  await step("site", site);
  const edge = await step("compile edge", () => compile("mailproof-edge"));
  await step("glue edge", () => glue({ name: "edge", kind: "worker", module: edge, bindgen: tool }));
  await step("worker", worker);
}

/** The core of the npm package, compiled for speed: `build/fast/core_bg.wasm`. */
export async function buildFast() {
  const module = await step("compile fast", () => compile("mailproof-widget", { profile: "wasm-fast" }));
  await step("glue fast", () => glue({ name: "fast", stem: "core", kind: "engine", optimise: forSpeed, module, bindgen: bindgen() }));
}

const withIdn = ["--no-default-features", "--features", "idn"];

/** Does one step, and prints what it said (or made) and how long it took. */
async function step(name, work) {
  const started = performance.now();
  const outcome = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name.padEnd(16)}${seconds.padStart(6)} s  ${isAbsolute(outcome) ? relative(root, outcome) : outcome}`);
  return outcome;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(async () => {
    setup();
    await buildAll();
  });
}
