// The scripts of the strangers' pages, made from their own libraries when a test starts.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../pages/strangers/", import.meta.url));

/** From the path below the server to the script. */
export async function strangersScripts() {
  const { outputFiles } = await build({
    entryPoints: ["jquery.js", "react.jsx", "vue.js"].map((name) => folder + name),
    outdir: "/made",
    bundle: true,
    write: false,
    minify: true,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
  });
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]));
}

/** A page that React takes over from its server, as a development build that says all it minds. */
export async function hydratedPage() {
  const shared = { bundle: true, write: false, jsx: "automatic", define: { "process.env.NODE_ENV": '"development"' } };
  const entry = (name) => ({ entryPoints: [folder + name], ...shared });
  const [server, client] = await Promise.all([
    build({ ...entry("rendered.jsx"), platform: "node", format: "cjs" }),
    build({ ...entry("hydrate.jsx"), outdir: "/made" }),
  ]);
  const module = { exports: {} };
  new Function("module", "exports", "require", server.outputFiles[0].text)(module, module.exports, createRequire(import.meta.url));
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign up</title>
    <link rel="icon" href="data:,"><script defer src="/mailproof.js"></script><script defer src="/made/hydrate.js"></script>
    <div id="root">${module.exports.markup}</div></html>`;
  return new Map([["/hydrated.html", page], ["/made/hydrate.js", client.outputFiles[0].contents]]);
}
