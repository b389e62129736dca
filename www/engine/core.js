// The core: what may be asked of it (`crates/widget/src/exports.rs`), and its start.
import { __wbg_set_wasm, call as ask, imports, load_pack } from "engine-core";
import { read, write, writeBytes } from "./border.js";
import { effectsOf, listsOf, verdictOf } from "./parts.js";

const [JUDGE, DOMAIN_TO_ASK, CAN_JUDGE, USE_NAMES, LISTS, OPEN, CLOSE, GATE, VERDICT, JUDGED, VALUE, WORD] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
];

/** What can happen to a field (`crates/widget/src/desk.rs`). */
export const INPUT = 12;
export const BLUR = 13;
export const SUBMIT = 14;
export const REFUSED = 15;
/** With the edge's report as text; an empty one is its failure. */
export const EDGE_ANSWER = 16;
export const SUBMIT_DEADLINE = 17;
export const ENGINE_CHANGED = 18;
export const ACCEPT = 19;
export const KEEP = 20;
export const UNDO = 21;
export const RESET = 22;
/** The conversions of names have come, or cannot come. */
export const NAMES_SETTLED = 23;

/** What [`gate`] answers where the form may not go; empty or 0 lets it. */
export const WAIT = "1";
export const REFUSE = "2";

/** Takes the WebAssembly: bytes, the response that brings them, or a compiled module. */
export default async function start({ module_or_path: given } = {}) {
  const module = await given;
  // The twin has none.
  if (!module) return;
  const bytes = module.arrayBuffer ? await module.arrayBuffer() : module;
  const made = await WebAssembly.instantiate(bytes, { ["./core_bg.js"]: imports });
  const { exports } = made.instance ?? made;
  __wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

/** No address is nearly as long: what is longer is judged by its length, whatever follows. */
export const LONGEST_TEXT = 5000;

/** Does `what` with a text. */
const call = (what, number, text = "", how = "") => read(ask(what, number, write(`${how}\0${text}`)));
/** The same about what somebody typed: of a pasted book no more than so much is handed over. */
const about = (what, number, text, how) => call(what, number, text.slice(0, LONGEST_TEXT), how);

let lists;
/** Takes the list pack over; false where the bytes are not one. */
export function loadPack(bytes) {
  const loaded = load_pack(writeBytes(bytes));
  if (loaded) lists = listsOf(call(LISTS));
  return loaded;
}

/** The verdict about a text. */
export const judge = (text, how) => verdictOf(about(JUDGE, 0, text, how), text, lists);
export const domainToAsk = (text, how) => about(DOMAIN_TO_ASK, 0, text, how);
/** Whether no conversions of names are wanting for a text. */
export const canJudge = (text) => about(CAN_JUDGE, 0, text) !== "";
export const useNames = () => call(USE_NAMES);

let fields = 0;
/** A field under care; its number. */
export function open(value, ...settings) {
  about(OPEN, ++fields, value, settings.join("\t"));
  return fields;
}
export const close = (field) => call(CLOSE, field);
export const gate = (field) => call(GATE, field);
/** The last verdict about a field. */
export function verdict(field) {
  const text = call(VERDICT, field);
  return text ? verdictOf(text, call(JUDGED, field), lists) : null;
}
/** The text that the machine believes to be in the field. */
export const value = (field) => call(VALUE, field);
/** The last verdict in one word, if it is about this value. */
export const word = (field, value) => about(WORD, field, value);
/** What is to be done after an event. */
export const tell = (field, event, text, epoch) =>
  effectsOf((event === EDGE_ANSWER ? call : about)(event, field, text, epoch));
