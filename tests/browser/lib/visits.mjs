// A page made for one test: somebody's form with the tag beside it, and what becomes of a
// press on its button.
import assert from "node:assert/strict";
import { attached, click, type, until } from "./engines.mjs";

/** The promise: from any state the form goes within this much of the press. */
export const LONGEST_MS = 1500;

/** No browser minds it, and Mailproof does. */
export const twoDots = "jane..doe@shop.hk";
/** Nobody knows it but the edge. */
export const unheardOf = "jane@firma-beispiel.de";

/** An edge that never answers. */
export const silent = () => {};

export const field = '<label for="email">Email</label> <input id="email" name="email" type="email">';
export const send = '<button id="send">Send</button>';
export const form = (content, attributes = "") =>
  `<form id="form" action="/received" method="post" ${attributes}>${content}</form>`;

/**
 * What a suite does on such pages. `visit` opens one with `body`: `tag` are attributes of the
 * tag, `head` stands before it, `first` runs before all scripts, and the rest is how the site
 * behaves meanwhile (site.mjs). `leave` ends what `visit` opened, and finds no uncaught error.
 */
export function visiting(site, open) {
  const { edge, reader, isGone, stalls } = site;
  let opened;
  let count = 0;
  return {
    async visit(body, { tag = "", head = "", first, ...behaviour } = {}) {
      Object.assign(site, { edge, reader, isGone, stalls }, behaviour);
      site.received.length = 0;
      const path = `/visits/${(count += 1)}.html`;
      site.made.set(
        path,
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>A form</title>${head}
        <script defer src="/mailproof.js" ${tag}></script>${body}</html>`,
      );
      opened = await open("about:blank");
      if (first) await opened.page.evaluateOnNewDocument(first);
      await opened.page.goto(site.url + path);
      return opened;
    },
    async leave() {
      assert.deepEqual(opened.troubles, []);
      await opened.close();
    },
    /** Writes into a field, and waits for the engine. */
    async write(text, selector = "#email") {
      await type(opened.page, selector, text);
      await attached(opened.page, selector);
    },
    goes: (press) => goes(site, press),
    goesOrSays: (press, selector) => goesOrSays(site, opened.page, press, selector),
    /** A press that is held back, with words in sight. */
    async isHeld(press, selector) {
      assert.equal(await goesOrSays(site, opened.page, press, selector), "says");
      await new Promise((later) => setTimeout(later, 200));
      assert.deepEqual(site.received, []);
    },
  };
}

/** Writes another text into a field. */
export async function rewrite(page, text, selector = "#email") {
  await page.$eval(selector, (input) => input.select());
  await page.focus(selector);
  await page.keyboard.type(text);
}

export const pressing = (page, selector = "#send") => () => click(page, selector);

/** The form goes in time; what it brought. */
async function goes(site, press) {
  const pressed = (await press(), performance.now());
  await until(() => site.received.length > 0, () => "the form did not go");
  const took = performance.now() - pressed;
  assert.ok(took < LONGEST_MS, `the form went after ${Math.round(took)} ms`);
  return site.received[0];
}

/** In time the form goes, or says in sight why not: which. A form that does neither is mute. */
async function goesOrSays(site, page, press, selector = "#email") {
  await press();
  const deadline = performance.now() + LONGEST_MS;
  while (performance.now() < deadline) {
    if (site.received.length > 0) return "goes";
    // A page that is being left has nobody to ask.
    if (await page.$eval(selector, isSaid).catch(() => false)) return "says";
    await new Promise((later) => setTimeout(later, 25));
  }
  return assert.fail("the form stays, and nothing says why");
}

// Runs in the page.
function isSaid(input) {
  const ids = (input.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
  const parts = ids.map((id) => input.getRootNode().querySelector(`#${CSS.escape(id)}`));
  return parts.some((part) => part?.textContent.trim() && part.getClientRects().length > 0);
}
