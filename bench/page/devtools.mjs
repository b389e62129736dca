// Chromium by a bare DevTools pipe. A driver that listens to a page's network has the browser
// send it an event for every request, on the processors and within the time that are
// measured; this one enables no domain of the protocol and hears of nothing.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executable, quiet } from "../../tests/browser/lib/browser.mjs";

/** Between two questions whether a page is there. */
const ASK_MS = 50;
const LONGEST_MS = 10_000;

/**
 * A Chromium of its own. `open` gives a page in a context of its own; `startTracing` and
 * `stopTracing` are as Playwright's browser has them; `end` takes it off the machine.
 */
export async function startChromium({ width, height }) {
  const home = mkdtempSync(join(tmpdir(), "mailproof-bench-"));
  const flags = ["--headless=new", `--window-size=${width},${height}`, `--user-data-dir=${home}`, "--remote-debugging-pipe"];
  const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
  const chromium = spawn(executable(), [...quiet, ...flags], { stdio });
  const { send, hear } = pipe(chromium.stdio[3], chromium.stdio[4]);
  return {
    open: (url) => openPage(send, url, { width, height }),
    startTracing: (_page, { categories }) => send("Tracing.start", { traceConfig: { includedCategories: categories } }),
    stopTracing: () => collectTrace(send, hear),
    async end() {
      const gone = once(chromium, "exit");
      await send("Browser.close");
      await gone;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The protocol's messages end with a NUL. `send` resolves to a command's result, `hear` has the events. */
function pipe(commands, messages) {
  const waiting = new Map();
  const listeners = new Map();
  let ids = 0;
  let rest = "";
  messages.setEncoding("utf8").on("data", (text) => {
    const whole = (rest + text).split("\0");
    rest = whole.pop();
    whole.map(JSON.parse).forEach(take);
  });
  function take({ id, method, params, result, error }) {
    if (!id) return listeners.get(method)?.(params);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    return error ? reject(new Error(error.message)) : resolve(result);
  }
  const send = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      waiting.set(++ids, { resolve, reject });
      commands.write(`${JSON.stringify({ id: ids, method, params, sessionId })}\0`);
    });
  return { send, hear: (method, listener) => listeners.set(method, listener) };
}

async function openPage(send, url, size) {
  const { browserContextId } = await send("Target.createBrowserContext");
  const { targetId } = await send("Target.createTarget", { url, browserContextId, ...size });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const mouse = (type, at, more) => send("Input.dispatchMouseEvent", { type, ...at, ...more }, sessionId);
  const page = {
    /** What the expression is in the page; undefined while there is no page to ask. */
    async evaluate(expression) {
      const answer = await send("Runtime.evaluate", { expression, returnByValue: true }, sessionId);
      return answer.result.value;
    },
    /** The same as soon as it is something. */
    async until(expression) {
      for (const end = performance.now() + LONGEST_MS; performance.now() < end; await sleep(ASK_MS)) {
        const value = await page.evaluate(expression).catch(() => {});
        if (value) return value;
      }
      throw new Error(`${url}: never ${expression}`);
    },
    move: (at) => mouse("mouseMoved", at),
    press: (at) => mouse("mousePressed", at, { button: "left", clickCount: 1 }),
    close: () => send("Target.disposeBrowserContext", { browserContextId }),
  };
  return page;
}

async function collectTrace(send, hear) {
  const traceEvents = [];
  hear("Tracing.dataCollected", ({ value }) => traceEvents.push(...value));
  const complete = new Promise((done) => hear("Tracing.tracingComplete", done));
  await send("Tracing.end");
  await complete;
  return JSON.stringify({ traceEvents });
}

export const sleep = (ms) => new Promise((over) => setTimeout(over, ms));
