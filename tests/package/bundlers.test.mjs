// The npm package as its users meet it: built by each bundler from the same source with no
// setting for it, served, and used in a browser; and in Node as it is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { attached, engines, hint, open, says, type, until } from "../browser/lib/engines.mjs";
import { serveFolder } from "../browser/lib/site.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const app = join(here, "page/app.js");
let browser, out;

before(async () => {
  const package_ = join(here, "node_modules/mailproof");
  rmSync(package_, { recursive: true, force: true });
  cpSync(join(here, "../../build/package"), package_, { recursive: true });
  out = mkdtempSync(join(tmpdir(), "mailproof-"));
  browser = await engines[0].launch();
});
after(async () => {
  await browser?.close();
  rmSync(out, { recursive: true, force: true });
});

const chinese = JSON.parse(readFileSync(join(here, "../../www/messages/zh-Hans.json"), "utf8"));
const expected = {
  result: "risky",
  did_you_mean: "jane@gmail.com",
  lists: true,
  ascii: "xn--fsqu00a.xn--55qx5d",
  issue: chinese.reasons.missing_at.sentence,
};

/** Opens a built application and uses it; which files of the package it asked for. */
async function use(url) {
  const { page, requests, troubles, close } = await open(browser, url);
  await page.waitForFunction(() => document.querySelector("#verdict")?.textContent, { timeout: 15_000 });
  assert.deepEqual(JSON.parse(await page.$eval("#verdict", (element) => element.textContent)), expected);
  await type(page, "#other", "jane@gamil.com");
  await type(page, "#email", "jane@gamil.com");
  await attached(page, "#email");
  await page.keyboard.press("Tab");
  await says(page, "#email", "Did you mean jane@gmail.com?");
  assert.equal(await hint(page, "#other"), "", "a field that nobody attached");
  assert.deepEqual(troubles, []);
  const paths = requests.map((request) => new URL(request.url()).pathname);
  await close();
  return paths;
}

async function useFolder(folder) {
  const server = await serveFolder(folder);
  try {
    return await use(`${server.url}/`);
  } finally {
    await server.end();
  }
}

const hasFile = (paths, end) => assert.ok(paths.some((path) => path.endsWith(end)), `no ${end} among ${paths}`);

/** What esbuild makes of the application, on loopback. */
async function bundled(name) {
  const { build } = await import("esbuild");
  const folder = join(out, name);
  cpSync(join(here, "page/index.html"), join(folder, "index.html"));
  const options = { entryPoints: [app], outdir: folder, bundle: true, format: "esm", splitting: true };
  const { warnings } = await build({ ...options, minify: true });
  assert.deepEqual(warnings, []);
  return folder;
}

/** The application through esbuild, opened and attached. */
async function visiting(name, work) {
  const server = await serveFolder(await bundled(name));
  const opened = await open(browser, `${server.url}/`);
  try {
    await opened.page.waitForFunction(() => document.querySelector("#verdict")?.textContent);
    await work(opened);
  } finally {
    await opened.close();
    await server.end();
  }
}

describe("the package in a browser", () => {
  test("through Vite", async () => {
    const { build } = await import("vite");
    const folder = join(out, "vite");
    await build({ root: join(here, "page"), logLevel: "error", build: { outDir: folder, target: "es2022" } });
    hasFile(await useFolder(folder), ".wasm");
  });

  test("through Vite's development server", async () => {
    const { createServer } = await import("vite");
    const cacheDir = join(out, "vite-cache");
    const server = await createServer({ root: join(here, "page"), cacheDir, logLevel: "error", server: { port: 0 } });
    await server.listen();
    try {
      await use(server.resolvedUrls.local[0]);
    } finally {
      await server.close();
    }
  });

  test("through webpack", async () => {
    const { default: webpack } = await import("webpack");
    const folder = join(out, "webpack");
    cpSync(join(here, "page/index.html"), join(folder, "index.html"));
    const compiler = webpack({ mode: "production", entry: app, output: { path: folder, filename: "app.js" } });
    const stats = await new Promise((done, fail) => compiler.run((error, stats) => (error ? fail(error) : done(stats))));
    assert.deepEqual(stats.toJson({ errors: true }).errors, []);
    hasFile(await useFolder(folder), ".wasm");
  });

  test("through esbuild", async () => {
    await useFolder(await bundled("esbuild"));
  });

  test("without an endpoint nobody is asked, whatever the domain", () =>
    visiting("silent", async ({ page, requests }) => {
      await page.$eval("#email", (field) => field.addEventListener("mailproof:result", ({ detail }) => (window.result = detail.result)));
      await type(page, "#email", "jane@firma-beispiel.de");
      await page.keyboard.press("Tab");
      await page.waitForFunction(() => window.result === "unknown");
      const paths = requests.map((request) => new URL(request.url()).pathname);
      assert.deepEqual(paths.filter((path) => path.includes("/v1/")), []);
    }));

  test("a failure in the page is told to the console once, and leaves the field alone", () =>
    visiting("broken", async ({ page, troubles }) => {
      const told = [];
      page.on("console", (message) => told.push(message.text()));
      await page.evaluate(() => {
        Element.prototype.replaceChildren = () => {
          throw new Error("taken away");
        };
      });
      await type(page, "#email", "jane");
      await page.keyboard.press("Tab");
      await until(() => told.length > 0, () => "nothing was told");
      assert.match(told.join("\n"), /^Mailproof is not available here.*$/);
      assert.equal(await page.$eval("#email", (field) => field.validity.customError), false);
      assert.deepEqual(troubles, []);
    }));

  test("through Next.js, on the server and in the page", async () => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
    execFileSync(process.execPath, [join(here, "node_modules/next/dist/bin/next"), "build", join(here, "next")], { env, stdio: "pipe" });
    const server = await serveFolder(join(here, "next/out"));
    try {
      const response = await fetch(`${server.url}/`);
      assert.match(await response.text(), /id="server">jane@gmail\.com/);
      hasFile(await use(`${server.url}/`), ".wasm");
    } finally {
      await server.end();
    }
  });
});
