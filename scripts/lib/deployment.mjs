// What is looked at before anything is published. Each complaint has a code. Imports
// wrangler, so it runs on the Node that wrangler wants (`scripts/deploy.mjs` starts it so).
import { existsSync } from "node:fs";
import { at, dist } from "./paths.mjs";
import { CommandFailed } from "./run.mjs";
import { verb } from "./verb.mjs";
import { freePlanBytes, gzippedBytes } from "./worker-size.mjs";
import { environment } from "./wrangler.mjs";

/** Why nothing should be published. */
export class Complaint extends CommandFailed {
  constructor(code, message) {
    super(`[${code}] ${message}`);
    this.code = code;
  }
}

/**
 * Checks the configuration file and what it names.
 *
 * @param {string} path a wrangler.toml
 * @param {{ allowLoopback?: boolean }} options tests ask resolvers on this machine
 * @returns {Promise<string[]>} what is not wrong, but worth a thought
 */
export async function checkDeployment(path = at("wrangler.toml"), { allowLoopback = false } = {}) {
  Object.assign(process.env, environment);
  const { unstable_readConfig: readConfig } = await import("wrangler");
  if (!existsSync(path)) throw new Complaint("configuration_missing", `there is no ${path}`);
  let config;
  try {
    config = readConfig({ config: path }, { hideWarnings: true });
  } catch (error) {
    throw new Complaint("configuration_unreadable", error.message);
  }
  checkFiles(config);
  checkRateLimit(config);
  if (!allowLoopback) checkResolvers(config);
  await checkVariables(path, config);
  return advice(config);
}

function checkFiles({ main, assets }) {
  if (!main || !existsSync(main)) throw new Complaint("worker_not_built", "run `npm run build` first");
  if (assets?.binding !== "ASSETS") throw new Complaint("assets_binding_missing", 'the Worker needs [assets] with binding = "ASSETS"');
  if (!existsSync(dist)) throw new Complaint("site_not_built", "run `npm run build` first");
  const bytes = gzippedBytes();
  if (bytes > freePlanBytes) throw new Complaint("worker_too_large", `${bytes} bytes after gzip; the free plan takes ${freePlanBytes}`);
}

/** The binding does not tell the Worker its numbers, so they stand twice. */
function checkRateLimit({ vars, ratelimits = [] }) {
  const binding = ratelimits.find(({ name }) => name === "RATE_LIMIT");
  const said = vars.MAILPROOF_RATE_LIMIT ?? "300/60";
  if (!binding || said === "off") return;
  const does = `${binding.simple.limit}/${binding.simple.period}`;
  if (does !== said) {
    throw new Complaint("rate_limit_mismatch", `the binding RATE_LIMIT does ${does}, MAILPROOF_RATE_LIMIT says ${said}`);
  }
}

/** Plain HTTP on loopback is for tests: from Cloudflare it leads nowhere. */
function checkResolvers({ vars }) {
  const list = vars.MAILPROOF_RESOLVERS ?? "";
  if (list.split(",").some((url) => url.trim().startsWith("http://"))) {
    throw new Complaint("resolver_on_loopback", "MAILPROOF_RESOLVERS names a resolver of this machine");
  }
}

/** Starts the built Worker with these variables and asks it: the rules stand there alone. */
async function checkVariables(path, { vars }) {
  const { createTestHarness } = await import("wrangler");
  const server = createTestHarness({ root: at(), workers: [{ configPath: path, vars }] });
  try {
    await server.listen();
    const answer = await server.fetch("/healthz");
    const { code, variable } = await answer.json();
    if (code === "configuration_invalid") throw new Complaint(code, `${variable} cannot be used; see docs/edge.md, "Configuration"`);
    if (!answer.ok) throw new Complaint("worker_not_healthy", `/healthz answered ${answer.status} ${code ?? ""}`);
  } finally {
    await server.close();
  }
}

function advice({ vars, routes, route, ratelimits = [] }) {
  const thoughts = [];
  if (vars.MAILPROOF_ORIGINS === "*") thoughts.push("MAILPROOF_ORIGINS is *: the pages of any site may ask. Name yours.");
  if (!routes?.length && !route) thoughts.push("There is no route: on *.workers.dev the cache of the data centre does nothing. Use a domain of your own.");
  if (!ratelimits.some(({ name }) => name === "RATE_LIMIT")) thoughts.push("There is no binding RATE_LIMIT: each isolate counts for itself.");
  return thoughts;
}

if (process.argv[1] === import.meta.filename) {
  await verb(async () => {
    for (const thought of await checkDeployment(process.argv[2])) console.log(`! ${thought}`);
    console.log(`The configuration can be used. The Worker has ${gzippedBytes().toLocaleString("en")} bytes after gzip.`);
  });
}
