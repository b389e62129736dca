// The page: which fields there are, now and later, and what they share. And the promise
// that our failure is nobody else's: whatever throws in the core or here takes Mailproof
// off the page, and forms go as without it.
import { BLUR, ENGINE_CHANGED, useNames } from "./core.js";
import { native, submit, tell } from "./element.js";
import { care } from "./field.js";
import { mind } from "./form.js";
import { lend } from "./names.js";
import { watch } from "./pointer.js";

/** A burst of changes to the page is looked through once. */
const SCAN_DELAY_MS = 50;

/** What the browser does about a press comes no later than this. */
const SAME_PRESS_MS = 300;

const fields = new Map();
const forms = new Map();
const listening = {};
let host;
let failed = false;
let ids = 0;
let press;
let namesAreThere = false;

/** Starts the engine: finds the page's e-mail fields and those that come later. */
export function start(given) {
  if (host) return;
  host = given;
  listening.end = new AbortController();
  guarded(() => {
    // Before a press can come.
    notePresses();
    const field = host.touched && attach(host.touched);
    // The others are not waited for.
    setTimeout(guarded(scanAndObserve));
    // The engine came while the field was in use: catch up with what happened.
    const { value } = host.touched ?? {};
    if (field && value && !host.touched.matches(":focus")) field.send(BLUR, value);
  })();
}

function scanAndObserve() {
  scan();
  observe();
}

/** Runs `work` so that nothing it throws reaches the page; then `afterwards`. */
export const guarded =
  (work, afterwards) =>
  (...values) => {
    if (failed) return undefined;
    try {
      return work(...values);
    } catch (error) {
      fail(error);
      if (afterwards) attempt(afterwards);
      return undefined;
    }
  };

/**
 * Mailproof is broken (a trap, no memory, a page that took something away): from here on
 * the page is as without it. No field stays invalid, no form is held.
 */
function fail(error) {
  failed = true;
  attempt(() => listening.end.abort());
  for (const [input, field] of fields) {
    attempt(() => field.leave());
    attempt(() => tell(input, "error", null));
  }
  attempt(() => host.tell(error));
  for (const form of forms.values()) attempt(() => form.letGo());
}

/** The press on `form` that is under way, if there is one. */
const pressOn = (form) => (press?.form === form && performance.now() - press.at < SAME_PRESS_MS ? press : undefined);

/** The browser has refused somebody's press on our word, wrongly: the form goes after all. */
function repeatPress(form) {
  const { button } = pressOn(form);
  setTimeout(() => submit(form, button));
}

function attempt(work) {
  try {
    work();
  } catch {}
}

/** Looks after one field, whatever it is; false where it cannot. */
export function attach(input) {
  if (failed) return undefined;
  const known = fields.get(input);
  if (known) return known;
  const owner = input.form;
  if (owner && !forms.has(owner)) forms.set(owner, mind(owner, guarded));
  const field = care(input, nextId(), { host, guarded, pressOn, repeatPress, fetchNames, form: forms.get(owner) });
  fields.set(input, field);
  tell(input, "ready", null);
  // What stood there before us counts from now on, silently; in a task of its own, for the
  // first judgement is the one for which the core is compiled.
  if (input.value) setTimeout(guarded(() => field.send(ENGINE_CHANGED)));
  return field;
}

/** Lets one field go, and leaves it as it was found. */
export function detach(input) {
  const field = fields.get(input);
  fields.delete(input);
  field?.leave();
  field?.close();
  for (const [owner, form] of forms) {
    if (!form.isEmpty()) continue;
    form.letGo();
    forms.delete(owner);
  }
}

/** Judges every field again: the lists have come. */
export const engineChanged = () => {
  for (const field of [...fields.values()]) field.send(ENGINE_CHANGED);
};

/** Brings the conversions of international names, and calls `then` whether they come or not. */
export function fetchNames(then) {
  if (namesAreThere) return then();
  return host
    .idn()
    .then((names) => {
      lend(names);
      useNames();
      namesAreThere = true;
    })
    .catch(() => {})
    .then(then);
}

/** An id that no element of the page has. */
function nextId() {
  let id;
  do id = `mailproof-${++ids}`;
  while (native(Document, "getElementById", document, id));
  return id;
}

/** Attaches what has come to the page and lets go what has left it. */
function scan() {
  for (const [input, { owner }] of [...fields]) if (!input.isConnected || input.form !== owner) detach(input);
  for (const input of native(Document, "querySelectorAll", document, host.fields)) consider(input);
}

function consider(input) {
  if (host.setting(input, "mailproof") !== "off" && !input.disabled && !input.readOnly) attach(input);
}

function observe() {
  const { signal } = listening.end;
  let scanning;
  const scanSoon = () => {
    scanning ??= setTimeout(
      guarded(() => {
        scanning = undefined;
        scan();
      }),
      SCAN_DELAY_MS,
    );
  };
  const observer = new MutationObserver(guarded(scanSoon));
  observer.observe(document, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
  // Reaches into shadow roots, where the scan does not.
  on("focusin", (event) => {
    const [target] = event.composedPath();
    if (target.matches?.(host.fields)) consider(target);
  });
  watch(guarded, signal);
}

/** Listens on the document, before the page does. */
const on = (name, listener) =>
  document.addEventListener(name, guarded(listener), { __proto__: null, capture: true, signal: listening.end.signal });

function notePresses() {
  const note = (form, button) => {
    press = { form, button, at: performance.now() };
    for (const field of fields.values()) if (field.owner === form) field.catchUp();
  };
  on("click", (event) => {
    const button = event.composedPath()[0].closest?.("button,input");
    note(button?.form, button);
  });
  on("keydown", (event) => event.key === "Enter" && note(event.composedPath()[0].form));
}
