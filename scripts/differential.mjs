// `npm run differential -- [SEED] [COUNT]`: the engine of the page, with and without the
// conversions of names, gives the native verdict for every text. A million of them if not
// said; the first difference ends it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { buildAll } from "./build.mjs";
import { dist } from "./lib/paths.mjs";
import { start } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

const file = (name) => join(dist, "mailproof", name);

/** The engine with the list pack in it; `names` lends it the conversions of names. */
export async function load({ names }) {
  const module = async (name) => {
    const build = await import(`${pathToFileURL(file(`${name}.js`)).href}?names=${names}`);
    await build.default({ module_or_path: readFileSync(file(`${name}_bg.wasm`)) });
    return build;
  };
  const engine = await module("widget");
  if (names) engine.use_idn(await module("idn"));
  assert.ok(engine.load_pack(readFileSync(file("small.pack"))), "the list pack is refused");
  return engine;
}

/**
 * Holds both engines to the native verdicts about `count` texts.
 *
 * @returns {Promise<{count: number, alone: number}>} how many were told, and how many of
 * them the engine without the conversions answered for itself
 */
export async function compare(seed, count) {
  const [whole, plain] = [await load({ names: true }), await load({ names: false })];
  const args = ["run", "--release", "--quiet", "-p", "mailproof-laws", "--bin", "verdicts", "--", seed, count];
  const native = start("cargo", args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => native.once("close", resolve));
  const told = { count: 0, alone: 0 };
  for await (const line of createInterface({ input: native.stdout })) {
    const [text, policy, verdict] = JSON.parse(line);
    const options = { policy };
    same(whole.check(text, options), verdict, text);
    const own = plain.check(text, options);
    if (own.reason !== "engine_unavailable") {
      same(own, verdict, text);
      told.alone += 1;
    } else {
      assert.deepEqual([own.result, own.advice], ["unknown", "accept"], text);
    }
    told.count += 1;
  }
  assert.equal(await ended, 0, "the native program ended badly");
  return told;
}

/** Field by field where the quick look sees a difference: the order of fields is none. */
function same(found, expected, text) {
  // The page has a clock.
  found.took_ms = 0;
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    assert.deepStrictEqual(found, expected, `about ${JSON.stringify(text)}`);
  }
}

if (process.argv[1] === import.meta.filename) {
  verb(async () => {
    const [seed = "1", count = "1000000"] = process.argv.slice(2);
    setup();
    await buildAll();
    const started = performance.now();
    const told = await compare(seed, count);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${told.count} texts of seed ${seed} alike in ${seconds} s; ${told.alone} without the conversions of names`);
  });
}
