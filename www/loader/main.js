// The one tag. It costs a page next to nothing: it listens for the first focus of an
// e-mail field (or the first call of `Mailproof`) and only then loads the engine, the
// list pack and one language, all from beside its own source.
//
// Whatever fails is told to the console once; the form is left as it was.
import { catalogue } from "./catalogue.js";
import { engine as loadEngine, idn, packBytes, seal } from "./files.js";
import { endpointOf, give, own, setting } from "./settings.js";
import { signature, withoutToken } from "./signature.js";
import { unknown } from "./unknown.js";

const FIELDS = "input[type=email],input[autocomplete~=email],input[data-mailproof]";

let engine;
/** Settles when the lists have come, or cannot come. */
let lists;
let touched = null;
let told = false;

/** The engine, loaded once; the same promise for everyone. */
function ready() {
  engine ??= loadEngine().then((widget) => {
    // Nobody is asked about a domain that the lists may know.
    const signed = (field, verdict) => lists.then(() => signature(field, verdict, seal));
    // Asked for once by each field, as it comes under care.
    const messages = (field) => afterwards(() => words(field));
    widget.start({ setting, endpoint: endpointOf, messages, idn, signed, touched, tell });
    lists = afterwards(packBytes)
      .then((bytes) => widget.load_pack(bytes))
      .catch(tell);
    return widget;
  });
  engine.catch(tell);
  return engine;
}

/** What the first verdict does without waits for it: the promise of a later task's `work`. */
const afterwards = (work) => new Promise((later) => setTimeout(later)).then(work);

function words(field) {
  withoutToken(field);
  return catalogue(field);
}

function tell(error) {
  if (told) return;
  told = true;
  console.info("Mailproof is not available here; forms work as without it.", error);
}

function onFocus(event) {
  const field = event.composedPath()[0];
  if (!(field instanceof Element) || !field.matches(FIELDS) || setting(field, "mailproof") === "off") return;
  document.removeEventListener("focusin", onFocus, true);
  touched = field;
  ready();
}

/** Nobody waits longer than this for what is not there yet. */
const LONGEST_WAIT_MS = 1500;
const inTime = (awaited) => Promise.race([awaited, new Promise((over) => setTimeout(over, LONGEST_WAIT_MS))]);

const api = {
  version: __VERSION__,
  /** The verdict about `text`; `unknown` where Mailproof could not judge. */
  check: (text, given) => {
    const value = String(text);
    const options = own(given);
    const { policy } = options;
    return ready()
      .then((widget) => inTime(lists).then(() => widget.verify(value, policy, endpointOf(null, options))))
      .then((verdict) => verdict ?? unknown(value))
      .catch(() => unknown(value));
  },
  /** Looks after one field with these settings. Resolves to `{ detach() }`. */
  attach: (field, options = {}) => {
    give(field, options);
    return ready()
      .then((widget) => {
        widget.attach(field);
        return { detach: () => widget.detach(field) };
      })
      .catch(() => ({ detach() {} }));
  },
};

// Loaded twice, or in two versions: the first one stays.
if (!window.Mailproof) {
  Object.defineProperty(window, "Mailproof", own({ value: Object.freeze(api), configurable: true }));
  document.addEventListener("focusin", onFocus, true);
  // The field had the focus before this script ran (`autofocus`).
  const focused = document.activeElement;
  if (focused) onFocus({ composedPath: () => [focused] });
}
