// What a Content-Security-Policy (CSP level 3) makes of the tag: of the script itself, of the
// module that it imports, of WebAssembly, and of what it fetches.

/**
 * The policies of a page: those of its header, which may be joined by commas and pasted with
 * the header's name, and one for each `meta`.
 */
export function policiesOf(page, header) {
  const metas = [...page.querySelectorAll("meta[http-equiv=content-security-policy i]")].map((meta) => meta.getAttribute("content") ?? "");
  const joined = header.replace(/^\s*content-security-policy\s*:/i, "").split(",");
  return [...joined, ...metas].filter((text) => text.trim());
}

/** @param {{ script: { url: URL, nonce: string }, edges: URL[], page: URL }} use */
export function refusals(policy, { script, edges, page }) {
  const directives = parse(policy);
  const { origin } = script.url;
  const [scripts, directive] = listFor(directives, ["script-src-elem", "script-src", "default-src"]);
  const [sources, wasmDirective] = listFor(directives, ["script-src", "default-src"]);
  const [connects, connectDirective] = listFor(directives, ["connect-src", "default-src"]);
  const found = [];
  const hasNonce = script.nonce !== "" && scripts?.includes(`'nonce-${script.nonce}'`);
  const isStrict = scripts?.includes("'strict-dynamic'");
  const byAddress = !scripts || (!isStrict && allows(scripts, script.url, page));
  if (!hasNonce && !byAddress) found.push({ tone: "change", key: "cspscript", values: { origin, directive } });
  else if (!byAddress && !isStrict) found.push({ tone: "change", key: "cspimport", values: { origin, directive } });
  const mayCompile = !sources || ["'wasm-unsafe-eval'", "'unsafe-eval'"].some((word) => sources.includes(word));
  if (!mayCompile) found.push({ tone: "note", key: "cspwasm", values: { directive: wasmDirective } });
  if (connects && !allows(connects, script.url, page)) {
    found.push({ tone: "change", key: "cspconnect", values: { origin, directive: connectDirective } });
  }
  for (const edge of connects ? edges.filter((url) => url.origin !== origin && !allows(connects, url, page)) : []) {
    found.push({ tone: "change", key: "cspedge", values: { origin: edge.origin, directive: connectDirective } });
  }
  return found;
}

/** Directive names to their sources; of two of one name the first counts. */
function parse(policy) {
  const directives = new Map();
  for (const part of policy.split(";")) {
    const [name, ...sources] = part.trim().split(/\s+/);
    const key = name.toLowerCase();
    if (key && !directives.has(key)) directives.set(key, sources.map(lowered));
  }
  return directives;
}

/** Hosts, schemes and keywords know no case; nonces and hashes do. */
const lowered = (source) => (/^'(nonce|sha\d+)-/i.test(source) ? source : source.toLowerCase());

function listFor(directives, names) {
  const name = names.find((candidate) => directives.has(candidate));
  return [directives.get(name), name];
}

const allows = (sources, url, page) => sources.some((source) => matches(source, url, page));

// https://www.w3.org/TR/CSP3/#match-url-to-source-expression
function matches(source, url, page) {
  if (source === "*") return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol;
  if (source === "'self'") return url.origin === page.origin;
  if (/^[a-z][a-z0-9+.-]*:$/.test(source)) return source === url.protocol || (source === "http:" && url.protocol === "https:");
  const [, scheme, host, port, path] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:']+)(?::(\d+|\*))?(\/[^?#]*)?$/.exec(source) ?? [];
  if (!host) return false;
  const wanted = scheme ? `${scheme}:` : page.protocol;
  if (wanted !== url.protocol && !(wanted === "http:" && url.protocol === "https:")) return false;
  const isHost = host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : host === url.hostname;
  const isPort = port === "*" || (port ?? "") === url.port || port === defaultPort(url);
  const isPath = !path || path === "/" || (path.endsWith("/") ? url.pathname.startsWith(path) : url.pathname === path);
  return isHost && isPort && isPath;
}

const defaultPort = (url) => (url.port === "" ? { "http:": "80", "https:": "443" }[url.protocol] : undefined);
