// `npm run lighthouse`: every page of the site in every language, with the headers that it is
// served with. Fails below 100 for accessibility or best practices; writes docs/lighthouse.md.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { at } from "./lib/paths.mjs";
import { CommandFailed, ask } from "./lib/run.mjs";
import { plan } from "./lib/site.mjs";
import { verb } from "./lib/verb.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

const categories = ["accessibility", "best-practices", "performance", "seo"];
const demanded = categories.slice(0, 2);

verb(async () => {
  setup();
  await buildAll();
  for (const folder of ["tests/browser", "tests/measure"]) ensurePackages(at(folder));
  await ensureChromium();
  const rows = await scores(plan().map(({ path }) => path));
  writeFileSync(at("docs/lighthouse.md"), report(rows));
  const short = rows.filter((row) => demanded.some((category) => row[category].score < 100));
  if (short.length > 0) throw new CommandFailed(short.map(complaint).join("\n"));
});

async function scores(paths) {
  const { default: lighthouse } = await import(
    pathToFileURL(createRequire(at("tests/measure/package.json")).resolve("lighthouse")).href
  );
  const { engines } = await import("../tests/browser/lib/engines.mjs");
  const { serve } = await import("../tests/browser/lib/site.mjs");
  const [browser, site] = await Promise.all([engines[0].launch(), serve()]);
  site.headers = headersOfAll();
  const { port } = new URL(browser.wsEndpoint());
  const rows = [];
  for (const path of paths) {
    const { lhr } = await lighthouse(`${site.url}/${path}`, { port: Number(port), onlyCategories: categories, logLevel: "error" });
    const row = { path: `/${path}` };
    for (const category of categories) row[category] = judged(lhr, category);
    console.log(row.path, ...categories.map((category) => row[category].score));
    rows.push(row);
  }
  await Promise.all([browser.close(), site.end()]);
  return rows;
}

function judged(lhr, category) {
  const { score, auditRefs } = lhr.categories[category];
  const failed = auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1);
  return { score: Math.round(score * 100), failed: failed.map(({ id }) => id) };
}

/** The headers that `_headers` gives to every file. */
function headersOfAll() {
  const [, block] = /^\/\*\n((?: {2}.*\n)+)/m.exec(readFileSync(at("www/site/_headers"), "utf8"));
  const pairs = block.trim().split("\n").map((line) => /^\s*([\w-]+):\s*(.*)$/.exec(line).slice(1));
  return Object.fromEntries(pairs);
}

const complaint = (row) =>
  `${row.path}: ${demanded.flatMap((category) => row[category].failed).join(", ")}`;

function report(rows) {
  const head = `| page | ${categories.join(" | ")} |\n| --- |${" ---: |".repeat(categories.length)}`;
  const line = (row) => `| ${row.path} | ${categories.map((category) => row[category].score).join(" | ")} |`;
  const day = new Date().toISOString().slice(0, 10);
  const about = `Written by \`npm run lighthouse\` on ${day} at ${ask("git", ["rev-parse", "--short", "HEAD"])}: Lighthouse, mobile,\nfrom loopback. The first two columns have to be 100; the others are told and depend on the machine.`;
  return `# Lighthouse\n\n${about}\n\n${head}\n${rows.map(line).join("\n")}\n`;
}
