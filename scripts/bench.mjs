// `npm run bench`: how long a whole offline verdict takes, natively, in Node and in Chromium,
// beside the libraries that answer some of the same questions, in one run.
// `npm run bench -- --record` writes docs/speed.md.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { isolated } from "../bench/page/visit.mjs";
import { launch } from "../tests/browser/lib/browser.mjs";
import { serve } from "../tests/browser/lib/site.mjs";
import { buildAll, buildFast } from "./build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { at, build, dist, target } from "./lib/paths.mjs";
import { ask, run } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";
import { setup } from "./setup.mjs";

const texts = readFileSync(at("bench/addresses.txt"), "utf8").trimEnd().split("\n");
const loadBefore = loadavg()[0];

verb(async () => {
  setup();
  ensurePackages(at("bench"));
  await buildAll();
  await buildFast();
  const runner = await bundled();
  const native = inRust();
  const node = await inNode(runner);
  const chromium = await inChromium(runner);
  const page = render({ native, node, chromium });
  console.log(page);
  if (process.argv.includes("--record")) writeFileSync(at("docs/speed.md"), page);
});

/** The suite with its peers as one module: a page has no package manager. */
async function bundled() {
  const outfile = join(build, "bench/run.js");
  mkdirSync(join(build, "bench"), { recursive: true });
  const entryPoints = [at("bench/run.mjs")];
  await bundle({ entryPoints, outfile, bundle: true, format: "esm", platform: "browser", target: "es2022" });
  return outfile;
}

/** Microseconds an address, by Criterion's own estimates. */
function inRust() {
  run("cargo", ["bench", "--quiet", "-p", "mailproof-laws", "--bench", "verdict"]);
  const estimate = (pack) => {
    const read = (name) => JSON.parse(readFileSync(join(target, "criterion/verdicts", pack, "new", name), "utf8"));
    const { iters, times } = read("sample.json");
    const least = Math.min(...times.map((time, sample) => time / iters[sample]));
    const each = (ns) => ns / 1000 / texts.length;
    return { least: each(least), median: each(read("estimates.json").median.point_estimate) };
  };
  return { small: estimate("small"), full: estimate("full") };
}

/** The package's core and the tag's, in the same shell. */
const cores = { "Mailproof's package": join(build, "fast/core_bg.wasm"), "Mailproof's tag": join(dist, "mailproof/widget_bg.wasm") };

async function inNode(runner) {
  const engines = {};
  for (const [name, wasm] of Object.entries(cores)) {
    const engine = await import(`${pathToFileURL(join(dist, "mailproof/widget.js")).href}?${encodeURIComponent(name)}`);
    await engine.default({ module_or_path: readFileSync(wasm) });
    engine.load_pack(readFileSync(join(dist, "mailproof/small.pack")));
    engines[name] = engine;
  }
  const { run: suite } = await import(pathToFileURL(runner).href);
  return { where: `Node ${process.versions.node}`, ...suite(engines, texts) };
}

async function inChromium(runner) {
  await ensureChromium();
  const site = await serve();
  site.headers = isolated;
  site.made.set("/bench.html", "<!doctype html><html lang=en><title>Bench</title>");
  site.made.set("/bench.js", readFileSync(runner));
  for (const [name, wasm] of Object.entries(cores)) site.made.set(`/${encodeURIComponent(name)}.wasm`, readFileSync(wasm));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}/bench.html`);
    const inPage = async ([names, texts]) => {
      const pack = new Uint8Array(await (await fetch("/mailproof/small.pack")).arrayBuffer());
      const engines = {};
      for (const name of names) {
        const path = encodeURIComponent(name);
        const engine = await import(`/mailproof/widget.js?${path}`);
        await engine.default({ module_or_path: fetch(`/${path}.wasm`) });
        engine.load_pack(pack);
        engines[name] = engine;
      }
      const { run } = await import("/bench.js");
      return run(engines, texts);
    };
    const figures = await page.evaluate(inPage, [Object.keys(cores), texts]);
    return { where: `Chromium ${browser.version()}`, ...figures, field: await inField(browser, site) };
  } finally {
    await browser.close();
    await site.end();
  }
}

/** Milliseconds that a field's own listener takes for a megabyte, in a page as it is used: the median of 31. */
async function inField(browser, site) {
  const page = await browser.newPage();
  await page.goto(`${site.url}/pages/form.html`);
  await page.click("#email");
  await page.keyboard.type("jane");
  await page.keyboard.press("Tab");
  await page.locator(".mailproof").first().waitFor();
  return page.evaluate(() => {
    const field = document.querySelector("#email");
    const took = [];
    for (let i = 0; i < 31; i += 1) {
      field.value = `${i}${"a".repeat(1 << 20)}`;
      const started = performance.now();
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
      took.push(performance.now() - started);
    }
    return took.sort((a, b) => a - b)[15];
  });
}

function render({ native, node, chromium }) {
  return `# Speed

Written by \`npm run bench -- --record\`: ${new Date().toISOString().slice(0, 10)}, commit ${ask("git", ["rev-parse", "--short", "HEAD"])}, ${cpus().length} × ${cpus()[0].model.trim()}, load ${loadBefore.toFixed(1)} before the run. A load above 1 means that other programs ran beside it: then the ratios are worth more than the times.

One figure is one address of the ${texts.length} in \`bench/addresses.txt\`: providers, companies, slips, disposable domains and texts that are no address.

## Native

A whole offline verdict by \`mailproof_core::judge\` on one core (Criterion): least ${us(native.small.least)} µs and median ${us(native.small.median)} µs with the pack of the page, ${us(native.full.least)} and ${us(native.full.median)} µs with the full one. The bound is 5 µs.

${[node, chromium].map(section).join("\n")}
## What the peers answer

${versions()}

None of them but Mailproof reads comments, quoted and international addresses, says where the fault is, names roles, relays and free mailboxes, gives a normalized and a canonical form, or knows the Public Suffix List.
`;
}

function section({ where, figures, paste, field }) {
  const [fast, small] = figures.filter(({ name }) => name.endsWith("its object"));
  const ratios = (figure) =>
    [fast, small].flatMap((ours) => ["least_us", "median_us"].map((kind) => (figure.ours ? "" : (figure[kind] / ours[kind]).toFixed(2))));
  const row = (figure) =>
    `| ${[figure.name, figure.answers, us(figure.least_us), us(figure.median_us), ...ratios(figure)].join(" | ")} |`;
  const pasted = Object.entries(paste).map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`);
  const inPage = field ? ` Pasted into a field of a page, its listener takes ${field.toFixed(2)} ms in the median (the bound is 1 ms).` : "";
  return `## ${where}, WebAssembly

A ratio above 1 says that Mailproof's whole verdict with its object is faster; the least of the rounds suffers less from other programs than their median. The package's core is compiled for speed, the tag's for size.

| | answers | least, µs | median, µs | the package: ratio of the least | of the medians | the tag: ratio of the least | of the medians |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${figures.map(row).join("\n")}

A text of a megabyte, the verdict with its object: ${pasted.join(", ")}.${inPage}
`;
}

const us = (figure) => figure.toFixed(2);

function versions() {
  const { devDependencies } = JSON.parse(readFileSync(at("bench/package.json"), "utf8"));
  const license = (name) => JSON.parse(readFileSync(at("bench/node_modules", name, "package.json"), "utf8")).license;
  const says = {
    validator: "`isEmail`: syntax",
    "email-validator": "syntax",
    mailcheck: "a slip in the domain",
    "@zootools/email-spell-checker": "a slip in the domain",
    mailchecker: "syntax by validator.js, and whether its list holds the domain",
  };
  const rows = Object.entries(devDependencies).map(
    ([name, version]) => `| ${name} | ${version} | ${license(name) ?? "not stated"} | ${says[name]} |`,
  );
  return `| package | version | licence | answers |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
}
