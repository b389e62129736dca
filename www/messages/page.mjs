// The part of each catalogue that the page downloads: its own words, and a sentence for
// every reason that a form can show. The whole catalogues serve the command line and the
// documentation.
//
//     node www/messages/page.mjs OUT_DIR
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node www/messages/page.mjs OUT_DIR");

for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { ui, reasons } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const sentences = Object.entries(reasons).map(([code, { sentence }]) => [code, sentence]);
  writeFileSync(join(out, name), JSON.stringify({ ui, reasons: Object.fromEntries(sentences) }));
}
