// The packages of package-lock.json in node_modules.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";
import { root } from "./paths.mjs";

/**
 * Installs them unless they are all there. No package's own script is run: none is
 * needed, and none has to be trusted.
 */
export function ensurePackages(folder = root, { verb = ["ci"] } = {}) {
  if (installedAsLocked(folder)) return;
  const args = [...verb, "--ignore-scripts", "--no-audit", "--no-fund"];
  // Its engine warning is about the Node running npm; wrangler is run by a newer one.
  run("npm", [...args, "--loglevel=error"], { cwd: folder });
}

function installedAsLocked(folder) {
  const found = join(folder, "node_modules/.package-lock.json");
  if (!existsSync(found)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  const installed = packages(found);
  return Object.entries(packages(join(folder, "package-lock.json"))).every(
    ([path, locked]) => path === "" || locked.optional || installed[path]?.version === locked.version,
  );
}
