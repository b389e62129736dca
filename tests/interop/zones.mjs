// The zones of a small Internet: a root, a top-level domain and domains below it, signed, not
// signed, and signed wrongly.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandFailed, attempt } from "../../scripts/lib/run.mjs";

/** Where the one authoritative server listens, and where nobody does. */
export const authoritative = "127.0.0.1";
const nobody = "127.0.0.9";

const head = (name) => `$TTL 300
@ IN SOA ns.servers.net. hostmaster.servers.net. 1 3600 600 86400 60
@ IN NS ns.servers.net.
${name === "servers.net." ? `ns IN A ${authoritative}\n` : ""}`;

/** One of each outcome. */
const records = `@ IN MX 10 mx
mx IN A 45.60.11.20
mx IN AAAA 2a0e:1c80::20
shop IN MX 10 mx
implicit IN A 45.60.11.21
null IN MX 0 .
mixed IN MX 0 .
mixed IN MX 10 mx
nothing IN TXT "no mail here"
alias IN CNAME shop
dangling IN CNAME gone
loop-1 IN CNAME loop-2
loop-2 IN CNAME loop-1
dead IN MX 10 gone
inside IN MX 10 intranet
intranet IN A 10.20.30.40
alias-mx IN MX 10 mx-alias
mx-alias IN CNAME mx
ip IN MX 10 45.60.11.20.
under_mx IN A 45.60.11.22
underscored IN MX 10 under_mx
*.wild IN MX 10 mx
xn--bcher-kva IN MX 10 mx
many IN MX 10 mx
${Array.from({ length: 60 }, (_, place) => `many IN MX 20 mx-number-${place}.with-a-name-that-takes-its-room\n`).join("")}`;

const delegation = (name, { ds = "", server = "ns.servers.net." } = {}) => `${name}. IN NS ${server}\n${ds}`;

/** Lays the zones down in `folder`; the configuration of the server that has them, and the key of the root. */
export function layZones(folder) {
  const zone = (name, text, sign) => {
    const file = join(folder, `${name === "." ? "root" : name}zone`);
    writeFileSync(file, text);
    return { name, file, ...(sign ? signed(folder, name, file, sign) : { ds: "" }) };
  };
  const good = zone("mailproof-signed.com.", head() + records, {});
  const insecure = zone("mailproof-insecure.com.", head() + records);
  const bogus = zone("mailproof-bogus.com.", head() + records, {});
  const expired = zone("mailproof-expired.com.", head() + records, { from: "20200101000000", to: "20200201000000" });
  const servers = zone("servers.net.", head("servers.net."));
  const com = zone(
    "com.",
    head() +
      delegation("mailproof-signed.com", good) +
      delegation("mailproof-insecure.com") +
      delegation("mailproof-bogus.com", { ds: wrong(bogus.ds) }) +
      delegation("mailproof-expired.com", expired) +
      // Delegated to a server that has never heard of it, and to one that is not there.
      delegation("mailproof-lame.com") +
      `${delegation("mailproof-silent.com", { server: "ns.mailproof-silent.com." })}ns.mailproof-silent.com. IN A ${nobody}\n`,
    {},
  );
  const net = zone("net.", `${head()}servers.net. IN NS ns.servers.net.\nns.servers.net. IN A ${authoritative}\n`);
  const glue = `ns.servers.net. IN A ${authoritative}\n`;
  const root = zone(".", head() + delegation("com", com) + delegation("net") + glue, {});
  const all = [root, com, net, servers, good, insecure, bogus, expired];
  const served = all.map(({ name, signedFile, file }) => `zone "${name}" { type primary; file "${signedFile ?? file}"; };`);
  return { served: served.join("\n"), rootKey: root.key };
}

/** Signs a zone with one key for all; the file, what the parent has to say of the key, and the key. */
function signed(folder, name, file, { from, to }) {
  tool("dnssec-keygen", ["-q", "-a", "ECDSAP256SHA256", "-f", "KSK", "-K", folder, name]);
  const times = from ? ["-s", from, "-e", to, "-P"] : [];
  tool("dnssec-signzone", ["-q", "-z", "-S", "-K", folder, "-d", folder, ...times, "-o", name, file]);
  const signedFile = `${file}.signed`;
  const [, key] = /\sDNSKEY\s+(257 3 13 [^;]+?\))/s.exec(readFileSync(signedFile, "utf8")) ?? [];
  const ds = readFileSync(join(folder, `dsset-${name}`), "utf8");
  return { signedFile, ds, key: key?.replace(/[()\s]+/g, " ").trim() };
}

function tool(program, args) {
  const { status, stderr } = attempt(program, args);
  if (status !== 0) throw new CommandFailed(`${program}: ${stderr}`);
}

/** The digest of a key that nobody has. */
const wrong = (ds) => ds.replace(/([0-9A-F]{8})\s*$/m, (digits) => (digits.startsWith("00") ? "11" : "00") + digits.slice(2));
