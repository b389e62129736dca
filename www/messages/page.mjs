// The part of each catalogue that the page downloads: its own words, and a sentence for
// every reason that a form can show. The whole catalogues serve the command line and the
// documentation. Where a sentence is missing the widget says nothing and blocks nothing.
//
//     node www/messages/page.mjs OUT_DIR
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node www/messages/page.mjs OUT_DIR");

// Information, doubts and mailbox probes: no hint is ever about these.
const unshown = new Set(
  `empty smtputf8_required international_domain whitespace_trimmed display_name_removed
  mailto_removed fullwidth_folded trailing_punctuation_removed relay free role alias allowed
  accepts_mail implicit_mx mx_cname mx_provider nxdomain_unconfirmed dns_timeout dns_servfail
  dns_refused dnssec_bogus resolver_policy resolver_malformed edge_unreachable offline
  accepted_email rejected_email mailbox_full mailbox_disabled accept_all greylisted no_connect
  timeout prober_blocked malformed_input engine_unavailable unknown_reason`.split(/\s+/),
);

for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { ui, reasons } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const shown = Object.entries(reasons).filter(([code]) => !unshown.has(code));
  const sentences = shown.map(([code, { sentence }]) => [code, sentence]);
  writeFileSync(join(out, name), JSON.stringify({ ui, reasons: Object.fromEntries(sentences) }));
}
