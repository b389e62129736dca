// The scripts of the strangers' pages, made from their own libraries when a test starts.
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
