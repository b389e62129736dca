// The two browsers that every cross-browser test runs in: stock Chromium, and stock Firefox
// through WebDriver BiDi. Real keyboard and pointer events in both; pages are puppeteer's.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const chromium = () =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--lang=en"],
  });

const firefox = (preferences) =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    extraPrefsFirefox: {
      "intl.accept_languages": "en",
      // However much memory there is, and however many pages were there before.
      "browser.sessionhistory.max_total_viewers": 8,
      "browser.shell.checkDefaultBrowser": false,
      // Pages that stand behind another are as quick as those that somebody looks at.
      "dom.min_background_timeout_value": 4,
      "dom.timeout.enable_budget_timer_throttling": false,
      ...preferences,
    },
  });

/** What to iterate over: a name for the test's title, and how to start it. Firefox takes preferences. */
export const engines = [
  { name: "Chromium", launch: chromium },
  { name: "Firefox", launch: firefox },
];

/**
 * A fresh page in a context of its own that keeps its requests and its uncaught errors.
 *
 * @param {import("puppeteer-core").Browser} browser
 * @param {{ width?: number, height?: number, features?: { name: string, value: string }[] }} [options]
 *   `features` are media features to emulate; Chromium alone can.
 */
export async function open(browser, url, { width = 1280, height = 900, features } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const requests = [];
  const troubles = [];
  page.on("request", (request) => requests.push(request));
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.setViewport({ width, height });
  if (features) await page.emulateMediaFeatures(features);
  await page.goto(url);
  return { page, requests, troubles, close: () => context.close() };
}

/** Clicks into a field and types as a person does. */
export async function type(page, selector, text) {
  await page.click(selector);
  await page.keyboard.type(text);
}

/** The text of the hint that describes the field; empty when it says nothing. */
export const hint = (page, selector) => page.$eval(selector, hintOf);

/** Waits until the field's hint holds this text. */
export async function says(page, selector, text) {
  let heard;
  const isSo = async () => (heard = await hint(page, selector)).includes(text);
  await until(isSo, () => `the hint says ${JSON.stringify(heard)}, not ${JSON.stringify(text)}`);
}

/** Waits until the field has its region, which it gets with the engine. */
export const attached = (page, selector) =>
  until(() => page.$eval(selector, regionOf), () => `${selector} is not looked after`);

/** Waits until `isSo`, up to 8 s, for a loaded machine. */
export async function until(isSo, complaint) {
  const deadline = performance.now() + 8000;
  while (!(await isSo())) {
    if (performance.now() > deadline) assert.fail(complaint());
    await new Promise((later) => setTimeout(later, 25));
  }
}

// Both run in the page. The region is found as a screen reader finds it.
function regionOf(field) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
  return ids.some((id) => field.getRootNode().querySelector(`#${CSS.escape(id)}`)?.matches(".mailproof"));
}

function hintOf(field) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
  return ids.map((id) => field.getRootNode().querySelector(`#${CSS.escape(id)}`)?.textContent ?? "").join(" ").trim();
}

/** A press and a release of the mouse on what the selector finds, once it stands still. */
export async function click(page, selector) {
  const element = await page.waitForSelector(selector, { visible: true, timeout: 8000 });
  let target;
  for (let seen = null; seen !== target; ) {
    seen = target;
    const box = await element.boundingBox();
    assert.ok(box, `${selector} has no box`);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    target = `${box.x},${box.y}`;
    await new Promise((later) => setTimeout(later, 60));
  }
  await page.mouse.down();
  await page.mouse.up();
}
