// The core: what may be asked of it (`crates/widget/src/exports.rs`), and its start.
import { __wbg_set_wasm, call, imports, load_pack } from "engine-core";

const [JUDGE, DOMAIN_TO_ASK, CAN_JUDGE, USE_NAMES, OPEN, CLOSE, GATE, VERDICT, WORD] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** What can happen to a field (`crates/widget/src/desk.rs`). */
export const INPUT = 9;
export const BLUR = 10;
export const SUBMIT = 11;
export const REFUSED = 12;
/** With the edge's report as text; an empty one is its failure. */
export const EDGE_ANSWER = 13;
export const SUBMIT_DEADLINE = 14;
export const ENGINE_CHANGED = 15;
export const ACCEPT = 16;
export const KEEP = 17;
export const UNDO = 18;
export const RESET = 19;
/** The conversions of names have come, or cannot come. */
export const NAMES_SETTLED = 20;

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
const LONGEST_TEXT = 5000;

/** `call` about what somebody typed: of a pasted book no more than so much is handed over. */
const about = (what, number, text, more) => call(what, number, text.slice(0, LONGEST_TEXT), more);

/** The verdict about a text as JSON. */
export const judge = (text, policy, report) => about(JUDGE, 0, text, `${policy}\n${report}`);
export const domainToAsk = (text, policy, report) => about(DOMAIN_TO_ASK, 0, text, `${policy}\n${report}`);
/** Whether no conversions of names are wanting for a text. */
export const canJudge = (text) => about(CAN_JUDGE, 0, text, "") !== "";
export const useNames = () => call(USE_NAMES, 0, "", "");
export const loadPack = load_pack;

let fields = 0;
/** A field under care; its number. */
export function open(value, ...settings) {
  about(OPEN, ++fields, value, settings.join("\n"));
  return fields;
}
export const close = (field) => call(CLOSE, field, "", "");
export const gate = (field) => call(GATE, field, "", "");
/** The last verdict about a field. */
export const verdict = (field) => JSON.parse(call(VERDICT, field, "", "") || "null");
/** The same in one word, if it is about this value. */
export const word = (field, value) => about(WORD, field, value, "");
/** What is to be done after an event. */
export const tell = (field, event, text, epoch) =>
  JSON.parse((event === EDGE_ANSWER ? call : about)(event, field, text, String(epoch)) || "[]");
