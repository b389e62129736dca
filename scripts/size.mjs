// `npm run size`: what a first visit costs, brotli-compressed as hosts serve it. Fails when
// a row is above its budget. A budget not reached yet stands in
// docs/sizes.json with the figure it had, and may only fall.
// `npm run size -- --record` writes that file and the table in docs/sizes.md.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { at, dist } from "./lib/paths.mjs";
import { CommandFailed } from "./lib/run.mjs";
import { verb } from "./lib/verb.mjs";

const kB = 1000;
// The largest language, because a page loads one and it may be any.
const rows = [
  { name: "loader", when: "page load", budget: 3 * kB, files: ["mailproof.js"] },
  {
    name: "engine",
    when: "first focus",
    budget: 36 * kB,
    files: ["mailproof/widget.js", "mailproof/widget_bg.wasm"],
    largestOf: "mailproof/messages",
  },
  { name: "small pack", when: "first focus, after that", budget: 65 * kB, files: ["mailproof/small.pack"] },
  {
    name: "idn engine",
    when: "an internationalised domain is typed",
    budget: 60 * kB,
    files: ["mailproof/idn.js", "mailproof/idn_bg.wasm"],
  },
  {
    name: "twin without WebAssembly",
    when: "WebAssembly refused",
    budget: 48 * kB,
    files: ["mailproof/twin.js"],
    largestOf: "mailproof/messages",
  },
];

const debtFile = at("docs/sizes.json");
const tableFile = at("docs/sizes.md");

export function size({ record = false } = {}) {
  const debts = existsSync(debtFile) ? JSON.parse(readFileSync(debtFile, "utf8")) : {};
  const measured = rows.map((row) => ({ ...row, bytes: measure(row), debt: debts[row.name] }));
  const table = render(measured);
  console.log(table);
  if (record) write(measured, table);
  const broken = measured.flatMap((row) => complaint(row, record));
  if (broken.length > 0) throw new CommandFailed(broken.join("\n"));
}

/** Bytes of a row, or null when one of its files is not built. */
function measure({ files, largestOf }) {
  const paths = files.map((file) => join(dist, file));
  if (!paths.every(existsSync)) return null;
  const sum = paths.reduce((total, path) => total + brotli(path), 0);
  const folder = largestOf && join(dist, largestOf);
  if (!folder || !existsSync(folder)) return sum;
  return sum + Math.max(0, ...readdirSync(folder).map((name) => brotli(join(folder, name))));
}

function brotli(path) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

function complaint({ name, bytes, budget, debt }, record) {
  if (bytes === null || bytes <= budget) return [];
  if (debt === undefined && record) return [];
  if (debt === undefined) return [`${name}: ${bytes} B is above its budget of ${budget} B`];
  return bytes <= debt ? [] : [`${name}: ${bytes} B is above the ${debt} B recorded in docs/sizes.json`];
}

function render(measured) {
  const line = ({ name, when, bytes, budget }) => {
    const now = bytes === null ? "not built yet" : bytes.toLocaleString("en");
    const left = bytes === null ? "" : (budget - bytes).toLocaleString("en");
    return `| ${name} | ${when} | ${now} | ${budget.toLocaleString("en")} | ${left} |`;
  };
  const head = "| what | when | bytes, brotli | budget | left |\n| --- | --- | ---: | ---: | ---: |";
  return `${head}\n${measured.map(line).join("\n")}`;
}

function write(measured, table) {
  const above = measured.filter(({ bytes, budget }) => bytes > budget);
  const debts = above.map(({ name, bytes, debt }) => [name, Math.min(bytes, debt ?? bytes)]);
  const text = "Written by `npm run size -- --record`. The budgets are those of a first visit.";
  mkdirSync(at("docs"), { recursive: true });
  writeFileSync(debtFile, `${JSON.stringify(Object.fromEntries(debts), null, 2)}\n`);
  writeFileSync(tableFile, `# Sizes\n\n${text}\n\n${table}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  verb(() => size({ record: process.argv.includes("--record") }));
}
