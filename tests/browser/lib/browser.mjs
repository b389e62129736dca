// Chromium, driven by real keyboard and pointer events.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

/** It asks the Internet for nothing, and draws with the processor. */
export const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser that `CHROMIUM` names, once it is set. */
export const executable = () => process.env.CHROMIUM ?? "/usr/bin/chromium";

export const launch = () => chromium.launch({ executablePath: executable(), args: quiet });

/**
 * A fresh page that keeps every request it makes.
 *
 * @param {import("playwright-core").Browser} browser
 */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en", ...options });
  const page = await context.newPage();
  const requests = [];
  const troubles = [];
  context.on("request", (request) => requests.push(request));
  page.on("pageerror", (error) => troubles.push(String(error)));
  await page.goto(url);
  return { context, page, requests, troubles };
}

/** Types into a field as a person does. */
export async function type(page, selector, text) {
  await page.click(selector);
  await page.keyboard.type(text);
}

/** A press and a release of the mouse in the middle of what the locator finds. */
export async function click(page, locator) {
  await locator.waitFor();
  let target;
  // A hint that comes late moves what is under it; a person's hand follows.
  for (let seen = null; seen !== target; ) {
    seen = target;
    const { x, y, width, height } = await locator.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    target = `${x},${y}`;
    await page.waitForTimeout(100);
  }
  await page.mouse.down();
  await page.mouse.up();
}

/** The hint under a field, by the field's `aria-describedby`. */
export const hint = (page, selector) =>
  page.locator(`${selector} ~ .mailproof, :has(> ${selector}) + .mailproof`).first();

/** Waits until the hint reads so. */
export async function says(locator, text) {
  await locator.filter({ hasText: text }).waitFor({ timeout: 5000 });
}

/** No request carries any of these texts, in its address, its headers or its body. */
export async function assertNothingLeft(requests, secrets) {
  for (const request of requests) {
    const sent = [request.url(), request.postData() ?? "", JSON.stringify(await request.allHeaders())].join("\n");
    const plain = sent.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))).toLowerCase();
    for (const secret of secrets) {
      const forms = [secret, Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1).toLowerCase()];
      for (const form of forms) assert.ok(!plain.includes(form), `${secret} left in a request for ${request.url()}`);
    }
  }
}
