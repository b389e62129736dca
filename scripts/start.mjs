// `npm start`: the Worker and the demo site on this machine. DNS comes from the resolvers
// of wrangler.toml where there is internet, else from the demonstration zone.
// PORT and MAILPROOF_RESOLVERS override.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { at } from "./lib/paths.mjs";
import { CommandFailed } from "./lib/run.mjs";
import { buildScriptedResolver, startScriptedResolver } from "./lib/scripted-resolver.mjs";
import { verb } from "./lib/verb.mjs";
import { endGroup, startWrangler } from "./lib/wrangler.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

const port = Number(process.env.PORT ?? 8787);
const scenario = "tests/scenarios/demo.toml";

verb(async () => {
  setup();
  await buildAll();
  const upstream = await chooseUpstream();
  const worker = startWrangler({ port, vars: upstream.vars });
  let ending = false;
  const end = () => {
    ending = true;
    upstream.end();
    endGroup(worker);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  if (await Promise.race([answers(`http://localhost:${port}/`), ended.then(() => false)])) {
    console.log(`\nMailproof is on http://localhost:${port}  (DNS: ${upstream.name}; Ctrl-C ends it)\n`);
  }
  const code = await ended;
  if (ending) return;
  end();
  throw new CommandFailed(`wrangler ended with ${code}; is port ${port} taken? PORT=8788 npm start`);
});

/** Which resolvers the Worker asks, what to call them, and how to end what was started. */
async function chooseUpstream() {
  const chosen = process.env.MAILPROOF_RESOLVERS;
  if (chosen) return { name: chosen, vars: { MAILPROOF_RESOLVERS: chosen }, end() {} };
  const configured = configuredResolvers();
  if (await anyAnswers(configured)) return { name: `public, ${hosts(configured)}`, vars: {}, end() {} };
  buildScriptedResolver();
  const { urls, end } = await startScriptedResolver(scenario);
  const name = `no internet, so the demonstration zone ${scenario}`;
  return { name, vars: { MAILPROOF_RESOLVERS: urls.join(",") }, end };
}

function configuredResolvers() {
  const [, list] = /^MAILPROOF_RESOLVERS\s*=\s*"([^"]*)"/m.exec(readFileSync(at("wrangler.toml"), "utf8"));
  return list.split(",");
}

const hosts = (urls) => urls.map((url) => new URL(url).host).join(", ");

/** Whether one of them answers a question for the root's name servers within 1.5 s. */
async function anyAnswers(urls) {
  const question = Buffer.from("00000100000100000000000000" + "00020001", "hex").toString("base64url");
  const ask = async (url) => {
    const response = await fetch(`${url}?dns=${question}`, {
      headers: { accept: "application/dns-message" },
      signal: AbortSignal.timeout(1500),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
  };
  return Promise.any(urls.slice(0, 2).map(ask)).then(() => true, () => false);
}

/** Waits, for two minutes at most, until the address answers anything at all. */
async function answers(url) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await fetch(url).then(() => true, () => false)) return true;
    await sleep(200);
  }
  return false;
}
