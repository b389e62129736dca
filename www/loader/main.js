// The one tag. It costs a page next to nothing: it listens for the first focus of an
// e-mail field (or the first call of `Mailproof`) and only then loads the engine, the
// list pack and one language, all from beside its own source.
//
// Whatever fails is told to the console once; the form is left as it was.
import { catalogue } from "./catalogue.js";
import { engine as loadEngine, idn, packBytes, seal } from "./files.js";
import { FIELDS, endpointOf, give, own, setting } from "./settings.js";
import { signature, withoutToken } from "./signature.js";
import { unknown } from "./unknown.js";

let engine;
/** Settles when the lists have come, or cannot come. */
let lists;
let touched = null;
let told = false;
/** How often what failed may be tried again. */
let chances = 1;

/** The engine, loaded once; the same promise for everyone. */
function ready() {
  if (engine) return engine;
  engine = loadEngine().then(begin);
  engine.catch((error) => {
    tell(error);
    // A line that broke may be back for the next field.
    if (chances-- > 0) engine = undefined;
  });
  return engine;
}

function begin(widget) {
  lists = afterwards(packBytes)
    .then((bytes) => widget.load_pack(bytes))
    .catch(tell);
  // Nobody is asked about a domain that the lists may know.
  const signed = (field, verdict) => lists.then(() => signature(field, verdict, seal));
  // Asked for once by each field, as it comes under care.
  const messages = (field) => afterwards(() => words(field));
  widget.start({ fields: FIELDS, setting, endpoint: endpointOf, messages, idn, signed, touched, tell });
  return widget;
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

function onTouch(event) {
  const field = event.composedPath()[0];
  if (engine || !(field instanceof Element) || !field.matches(FIELDS) || setting(field, "mailproof") === "off") return;
  touched = field;
  ready();
}

/** Nobody waits longer than this for lists that are not there yet, nor for an answer of ours. */
const LONGEST_WAIT_MS = 1500;
const LONGEST_ANSWER_MS = 5000;
const inTime = (awaited, limit) => Promise.race([awaited, new Promise((over) => setTimeout(over, limit))]);

const api = {
  version: __VERSION__,
  /** The verdict about `text`; `unknown` where Mailproof could not judge. */
  check: (text, given) => {
    const value = String(text);
    const options = own(given);
    const { policy } = options;
    const verdict = ready().then(async (widget) => {
      await inTime(lists, LONGEST_WAIT_MS);
      return widget.verify(value, policy, endpointOf(null, options));
    });
    return inTime(verdict, LONGEST_ANSWER_MS)
      .then((verdict) => verdict ?? unknown(value))
      .catch(() => unknown(value));
  },
  /** Looks after one field with these settings, from now on. Resolves to `{ detach() }`. */
  attach: (field, options = {}) => {
    give(field, options);
    let widget;
    let gone = false;
    const attached = ready().then((loaded) => {
      widget = loaded;
      widget.detach(field);
      if (!gone) widget.attach(field);
    });
    const detach = () => {
      gone = true;
      // Not to be found again by the engine's own looking.
      give(field, { mailproof: "off" });
      widget?.detach(field);
    };
    return inTime(attached, LONGEST_ANSWER_MS)
      .catch(() => {})
      .then(() => ({ detach }));
  },
};

// Loaded twice, or in two versions: the first one stays. An element may have our name as its id.
if (typeof window.Mailproof?.check !== "function") {
  Object.defineProperty(window, "Mailproof", own({ value: Object.freeze(api), configurable: true }));
  // A browser or a password manager fills in without a focus.
  for (const name of ["focusin", "change"]) document.addEventListener(name, onTouch, true);
  // The field had the focus before this script ran (`autofocus`).
  const focused = document.activeElement;
  if (focused) onTouch({ composedPath: () => [focused] });
}
