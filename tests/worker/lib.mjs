// The Worker as it is deployed, under workerd, with the scripted resolver behind it.
import { createTestHarness } from "wrangler";
import { root } from "../../scripts/lib/paths.mjs";
import { startScriptedResolver } from "../../scripts/lib/scripted-resolver.mjs";

export const shop = "https://shop.mailproof-demo.com";
export const demo = (label) => `${label}.mailproof-demo.com`;

/** Starts resolver and Worker; `vars` stand over those of all tests. */
export async function startWorker(scenario, vars = {}) {
  const resolver = await startScriptedResolver(scenario);
  let server;

  const own = { MAILPROOF_RESOLVERS: resolver.urls.join(","), MAILPROOF_ORIGINS: shop, MAILPROOF_DEADLINE_MS: "5000" };

  /** Runs the Worker anew with these variables over those of the tests; `undefined` takes one away. */
  async function withVariables(more, configPath = "./wrangler.toml") {
    const set = Object.entries({ ...own, ...vars, ...more }).filter(([, value]) => value !== undefined);
    const workers = [{ configPath, vars: Object.fromEntries(set) }];
    if (server) return server.update({ root, workers });
    server = createTestHarness({ root, workers });
    await server.listen();
  }

  await withVariables({});
  return {
    withVariables,
    fetch: (path, init) => server.fetch(path, init),
    logs: () => server.getLogs(),
    /** The questions that the resolver has been asked so far. */
    async asked() {
      const log = new URL("/log", resolver.urls[0]);
      return (await (await fetch(log)).json()).asked;
    },
    async end() {
      // The resolver first: what it leaves hanging on purpose would hold the harness.
      resolver.end();
      await server.close();
    },
  };
}
