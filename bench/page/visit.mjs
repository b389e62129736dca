// A page of the built site in stock Chromium, for timing: a context of its own, so that
// nothing is in any cache, and isolated, so that the page's clock counts in 5 µs.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { launch, open } from "../../tests/browser/lib/browser.mjs";

/** Without these a page's clock is as coarse as 100 µs. */
export const isolated = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** A phone's: the browser draws with the processor here, and a large window takes it away from the page. */
export const WINDOW = { width: 360, height: 640 };

/** Where WebAssembly is refused, and the twin takes its place. */
export const refusing = { "content-security-policy": "script-src 'self'" };

const form = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A form</title>
<script defer src="/mailproof.js"></script></head><body><h1>Contact</h1>
<form action="/pages/sent.html"><p><label for="email">Email</label> <input id="email" name="email" type="email"></p>
<p><label for="name">Name</label> <input id="name" name="name"></p><p><button id="send">Send</button></p></form></body></html>`;

const pages = {
  "/form.html": form,
  "/bare.html": form.replace(/<script.*<\/script>/, ""),
  "/first.html": form.replace("<script", '<script src="/marks.js"></script><script').replace('type="email"', '$& value="jane@gamil.com"'),
  "/marks.js": readFileSync(new URL("marks.js", import.meta.url), "utf8"),
};

/**
 * Chromium and the site on loopback. `page({ headers, path })` opens a page anew, `address`
 * says where it is to be had; `end` closes both.
 */
export async function bench() {
  const host = new Worker(new URL("host.mjs", import.meta.url), { workerData: pages });
  const [browser, [site]] = await Promise.all([launch(), once(host, "message")]);
  async function address({ headers = {}, path = "/form.html" }) {
    host.postMessage({ ...isolated, ...headers });
    await once(host, "message");
    return site + path;
  }
  return {
    browser,
    version: browser.version(),
    address,
    /** `first` runs in the page before its own scripts. */
    async page({ headers, path, first = () => {} } = {}) {
      const url = await address({ headers, path });
      const opened = await open(browser, "about:blank", { viewport: WINDOW });
      await opened.page.addInitScript(first);
      return { ...opened, url, close: () => opened.context.close() };
    },
    end: () => Promise.all([browser.close(), host.terminate()]),
  };
}

/**
 * One visit after the other, `most` of them or as many as `seconds` have room for, `least` at
 * any rate: what a loaded machine takes longer for it does less often.
 */
export async function rounds({ most, least, seconds }, visit) {
  const made = [];
  const end = performance.now() + seconds * 1000;
  while (made.length < least || (made.length < most && performance.now() < end)) made.push(await visit());
  return made;
}

/** The share `at` (0 to 1) of the figures is no larger than this one. */
export function quantile(figures, at) {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * at) - 1)];
}
