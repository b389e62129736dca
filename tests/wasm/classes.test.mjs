// The page gives 100,000 domains the class that the native core gives them with the same
// pack. What the sample is: tests/src/sample.rs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dist, root } from "../../scripts/lib/paths.mjs";

const file = (name) => join(dist, "mailproof", name);

test("the page and the native core give 100,000 domains the same class", async () => {
  const page = await import(file("widget.js"));
  await page.default({ module_or_path: readFileSync(file("widget_bg.wasm")) });
  assert.ok(page.load_pack(readFileSync(file("small.pack"))), "the list pack is refused");

  const args = ["run", "--quiet", "-p", "mailproof-tests", "--bin", "classes", "--", "small"];
  const printed = execFileSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const rows = printed.split("\n").filter(Boolean).map((line) => line.split("\t"));
  assert.ok(rows.length >= 100_000, `${rows.length} domains`);
  let disposable = 0;
  let left = 0;
  for (const [domain, reasons, strength] of rows) {
    const verdict = page.check(`jane@${domain}`, {});
    // International names are for the other build.
    if (verdict.reason === "engine_unavailable") {
      left += 1;
      continue;
    }
    const listing = verdict.evidence.find(({ check }) => check === "disposable");
    assert.deepEqual([domain, verdict.reasons.join(" "), listing?.outcome ?? ""], [domain, reasons, strength]);
    disposable += verdict.disposable ? 1 : 0;
  }
  assert.ok(disposable >= 40, `${disposable} disposable domains`);
  assert.ok(left < rows.length / 50, `${left} left to the other build`);
});
