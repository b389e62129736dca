// Texts to the core and back, through bytes that both sides see
// (`crates/widget/src/border.rs`).
import { memory, room } from "engine-core";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A view of so many bytes, good until the core is called again. */
function bytes(length) {
  // Making room can move the memory.
  const start = room(length);
  return new Uint8Array(memory().buffer, start, length);
}

/** Puts a text down for the core; its length in bytes. A UTF-16 unit takes three at most. */
export function write(text) {
  const place = bytes(text.length * 3);
  // Nearly all are ASCII and short, and put down before an encoder has begun.
  let all = 0;
  for (let i = 0; i < text.length; i += 1) all |= place[i] = text.charCodeAt(i);
  return all < 0x80 ? text.length : encoder.encodeInto(text, place).written;
}

/** What the core left, of such a length in bytes. */
export const read = (length) => decoder.decode(bytes(length));

/** The same with what is no text. */
export function writeBytes(given) {
  bytes(given.length).set(given);
  return given.length;
}
