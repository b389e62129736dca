// BIND as the authoritative server, BIND and unbound as validating resolvers, and dnsdist
// before both, which speaks DNS over HTTPS in HTTP/1.1. All on loopback, none with a word to
// the Internet: the resolvers' root is ours.
import { once } from "node:events";
import { createServer } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandFailed, start } from "../../scripts/lib/run.mjs";
import { authoritative, layZones } from "./zones.mjs";

/** Starts all; `urls` are the two resolvers' over HTTPS. */
export async function startServers() {
  const folder = mkdtempSync(join(tmpdir(), "mailproof-interop-"));
  const { served, rootKey } = layZones(folder);
  const [port, bind, unbound, ...doors] = await freePorts(5);
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  file("hints", `. 300 IN NS ns.servers.net.\nns.servers.net. 300 IN A ${authoritative}\n`);
  const programs = [
    ["named", ["-g", "-c", file("authoritative.conf", authoritativeConf(folder, port, served))]],
    ["named", ["-g", "-c", file("resolver.conf", resolverConf(folder, port, bind, rootKey))]],
    ["unbound", ["-d", "-c", file("unbound.conf", unboundConf(folder, port, unbound, rootKey))]],
    ["dnsdist", ["--supervised", "--disable-syslog", "-C", file("dnsdist.conf", dnsdistConf([bind, unbound], doors))]],
  ];
  const children = programs.map(([program, args]) => start(program, args, { stdio: ["ignore", "pipe", "pipe"] }));
  const said = children.map(listen);
  const end = async () => {
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => child.exitCode ?? new Promise((resolve) => child.once("exit", resolve))));
    rmSync(folder, { recursive: true, force: true });
  };
  const urls = doors.map((door) => `http://127.0.0.1:${door}/dns-query`);
  try {
    for (const url of urls) await answers(url);
  } catch (error) {
    await end();
    throw new CommandFailed(`${error.message}\n${said.map((lines) => lines.slice(-15).join("")).join("\n")}`);
  }
  return { urls, said, end };
}

/** The last words of a program, for when it fails. */
function listen(child) {
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => lines.push(text));
  return lines;
}

const common = (folder, port) => `
  directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  pid-file none; session-keyfile none; querylog no; allow-query { any; }; notify no;`;

const authoritativeConf = (folder, port, served) => `
options { ${common(folder, port)} recursion no; dnssec-validation no; check-names primary ignore; };
controls { };
${served}`;

// Its own port is one thing, the port that it asks other servers on (`port`) another.
const resolverConf = (folder, port, own, rootKey) => `
options { ${common(folder, own)} port ${port};
  recursion yes; allow-recursion { any; }; dnssec-validation yes; empty-zones-enable no; };
controls { };
trust-anchors { . static-key ${rootKey.replace(/^(\S+ \S+ \S+) (.+)$/, (_, flags, key) => `${flags} "${key.replaceAll(" ", "")}"`)}; };
zone "." { type hint; file "hints"; };`;

// unbound follows delegations to port 53 only; the one server has all zones, so it need not
// follow any.
const unboundConf = (folder, port, own, rootKey) => `
server:
  interface: 127.0.0.1@${own}
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  do-not-query-localhost: no
  do-ip6: no
  qname-minimisation: no
  ede: yes
  module-config: "validator iterator"
  trust-anchor: ". DNSKEY ${rootKey}"
  access-control: 127.0.0.0/8 allow
forward-zone:
  name: "."
  forward-addr: ${authoritative}@${port}
remote-control:
  control-enable: no
`;

const dnsdistConf = (resolvers, doors) => `
setSecurityPollSuffix("")
${resolvers.map((port, place) => `
newServer({address="127.0.0.1:${port}", pool="${place}"}):setUp()
addDOHLocal("127.0.0.1:${doors[place]}", nil, nil, "/dns-query")
addAction(DSTPortRule(${doors[place]}), PoolAction("${place}"))`).join("")}
`;

/** Ports of this machine that nobody has, all different. */
async function freePorts(count) {
  const listeners = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(listeners.map((listener) => once(listener, "listening")));
  const ports = listeners.map((listener) => listener.address().port);
  await Promise.all(listeners.map((listener) => once(listener.close(), "close")));
  return ports;
}

/** Waits, for half a minute at most, until a resolver answers for the root. */
async function answers(url) {
  const question = Buffer.from("00000100000100000000000000" + "00020001", "hex").toString("base64url");
  for (let tries = 0; tries < 150; tries += 1) {
    const response = await fetch(`${url}?dns=${question}`).catch(() => null);
    const octets = response?.ok ? new Uint8Array(await response.arrayBuffer()) : [];
    // NOERROR, with an answer.
    if (octets.length > 12 && (octets[3] & 15) === 0 && octets[7] > 0) return;
    await sleep(200);
  }
  throw new CommandFailed(`${url} does not answer`);
}
