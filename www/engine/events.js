// What can happen to a field, by the numbers of `crates/widget/src/desk.rs`.
export const INPUT = 0;
export const BLUR = 1;
export const SUBMIT = 2;
export const REFUSED = 3;
/** With the edge's report as text; an empty one is its failure. */
export const EDGE_ANSWER = 4;
export const SUBMIT_DEADLINE = 5;
export const ENGINE_CHANGED = 6;
export const ACCEPT = 7;
export const KEEP = 8;
export const UNDO = 9;
export const RESET = 10;
/** The conversions of names have come, or cannot come. */
export const NAMES_SETTLED = 11;

/** What `gate` answers; 0 lets the form go. */
export const WAIT = 1;
export const REFUSE = 2;
