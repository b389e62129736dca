// Whether a form wants the edge's word signed: it does where it declares `<field>_token`.

function declared(input) {
  const name = `${input.name}_token`;
  const beside = input.getRootNode().querySelectorAll("input[type=hidden]");
  return [...beside].find((other) => input.name && other.name === name && other.form === input.form);
}

/** What goes with the question about a field's domain (`seal.js`, by `load`), or nothing. */
export async function signature(input, { normalized }, load) {
  const hidden = declared(input);
  return hidden && (await load()).seal(input, hidden, normalized);
}

/** A token that stood there before us (a form sent back, a page restored) is about an earlier address. */
export function withoutToken(input) {
  const hidden = declared(input);
  if (hidden) hidden.value = "";
}
