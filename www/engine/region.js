// The status region under a field and the hint in it.
//
// It stands in the page before there is anything to say, so that a screen reader announces
// what comes. What was typed enters the page as text nodes only.

import { native } from "./element.js";

/** An empty region. */
export function create(id) {
  const region = native(Document, "createElement", document, "div");
  region.id = id;
  region.className = "mailproof";
  region.setAttribute("role", "status");
  region.setAttribute("aria-atomic", "true");
  return region;
}

/** Puts it after `input`, or into the element that the page names. */
export function place(region, input, named) {
  const inside = named && native(Document, "getElementById", document, named);
  if (inside) inside.append(region);
  else anchor(input).after(region);
}

/**
 * After which element the region goes: not into a label, where it would become part of the
 * field's name, and not into a row of a flex box, which it would tear apart.
 */
function anchor(input) {
  const inner = input.closest("label") ?? input;
  const parent = inner.parentElement;
  if (!parent) return inner;
  const { display, flexDirection } = getComputedStyle(parent);
  return display.endsWith("flex") && flexDirection.startsWith("row") ? parent : inner;
}

/** Brings the region in line with `hint`: one of the core's, or nothing. */
export function draw(region, hint, { lang, sentence }) {
  const lines = [];
  if (hint) {
    const { tone, reason, address, overridable } = hint;
    region.lang = lang;
    region.dataset.tone = tone;
    if (reason) lines.push(line(sentence("reasons", reason)));
    if (tone === "changed") {
      const words = around(sentence("ui", "changed"), addressIn("bdi", address));
      lines.push(line(...words, " ", button("undo", sentence("ui", "undo"))));
    } else if (address) {
      lines.push(offer(address, sentence, tone === "suggestion"));
    }
    if (overridable) lines.push(line(button("keep", sentence("ui", "use_anyway"))));
  }
  region.replaceChildren(...lines);
}

/** "Did you mean [address]?", and a way to decline where nothing else is wrong. */
function offer(address, sentence, declinable) {
  const taking = addressIn("button", address);
  taking.type = "button";
  taking.value = "accept";
  const [before, ...rest] = around(sentence("ui", "did_you_mean"), taking);
  // In one piece: no line begins with the question mark.
  const piece = element("span", "mailproof-offer", ...rest);
  return line(before, piece, ...(declinable ? [" ", button("keep", sentence("ui", "keep_mine"))] : []));
}

const line = (...content) => element("span", "mailproof-line", ...content);

function element(tag, className, ...content) {
  const made = native(Document, "createElement", document, tag);
  if (className) made.className = className;
  made.append(...content.filter((part) => part != null));
  return made;
}

function button(value, label) {
  if (!label) return null;
  const made = element("button", "", label);
  made.type = "button";
  made.value = value;
  return made;
}

/** An address reads from left to right in every language. */
function addressIn(tag, address) {
  const made = element(tag, "", address);
  made.dir = "ltr";
  made.translate = false;
  return made;
}

/** What stands before and after the `{…}` of a sentence, with `middle` between. */
function around(sentence = "", middle) {
  const [before, after = ""] = sentence.split(/\{.*?\}/);
  return [before, middle, after];
}
