// The Worker's entry around a stand-in for the Rust crate, so that it can die on demand:
// the real one has no request that makes it panic.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { build } from "esbuild";
import { at } from "../../scripts/lib/paths.mjs";

const crate = `
  const state = { criticalError: false };
  export let instances = 1;
  export const __worker_init_state = () => state;
  export const __wbg_reset_state = () => { instances += 1; };
  export const remembered = (asked) => {
    const path = new URL(asked.split("\\n")[1]).pathname;
    if (path === "/trap") { state.criticalError = true; throw new Error("unreachable"); }
    return path === "/known" ? "200\\nx-one\\n1\\netag\\nW/a\\n\\nline\\n\\nline" : undefined;
  };
  export const fetch = async (request) => {
    const path = new URL(request.url).pathname;
    if (path === "/panic") { state.criticalError = true; return new Promise(() => {}); }
    if (path === "/reject") throw new TypeError("canary@shop.net");
    if (path === "/slow") return new Promise(() => {});
    return new Response(path + " from instance " + instances);
  };`;

let worker;

before(async () => {
  const standIn = {
    name: "stand-in",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^edge-glue$/ }, () => ({ path: "edge-glue", namespace: "stand-in" }));
      onLoad({ filter: /.*/, namespace: "stand-in" }, () => ({ contents: crate }));
    },
  };
  const entryPoints = [at("tools/bindgen/worker.mjs")];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", write: false, plugins: [standIn] });
  const source = Buffer.from(outputFiles[0].contents).toString("base64");
  ({ default: worker } = await import(`data:text/javascript;base64,${source}`));
});

const ask = (path) => worker.fetch(new Request(`https://shop.net${path}`));

async function check(path, status, text) {
  const response = await ask(path);
  assert.equal(response.status, status, path);
  assert.match(await response.text(), text, path);
}

test("an answer passes through", () => check("/hello", 200, /^\/hello from instance 1$/));

test("what memory knows is answered with its headers, and waits for nothing", async () => {
  const response = await ask("/known");
  assert.deepEqual([response.status, response.headers.get("x-one"), response.headers.get("etag")], [200, "1", "W/a"]);
  assert.equal(await response.text(), "line\n\nline");
});

test("a failed promise is a problem document and costs no instance", async (context) => {
  const log = context.mock.method(console, "error", () => {});
  await check("/reject", 500, /"code":"internal_error"/);
  assert.deepEqual(log.mock.calls.map(({ arguments: line }) => line), [['{"code":"internal_error","kind":"TypeError"}']]);
  await check("/hello", 200, /instance 1$/);
});

test("a panic ends every request in flight, and the next one gets a new instance", async () => {
  const inFlight = [ask("/slow"), ask("/slow")];
  await check("/panic", 500, /"code":"internal_error"/);
  for (const response of await Promise.all(inFlight)) {
    assert.equal(response.status, 500);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
  }
  await check("/hello", 200, /instance 2$/);
  await check("/hello", 200, /instance 2$/);
});

test("a panic on the short way does the same", async () => {
  const inFlight = ask("/slow");
  await check("/trap", 500, /"code":"internal_error"/);
  assert.equal((await inFlight).status, 500);
  await check("/hello", 200, /instance 3$/);
});
