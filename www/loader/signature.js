// Whether a form wants the edge's word signed: it does where it declares `<field>_token`.

/** What goes with the question about a field's domain (`seal.js`, by `load`), or nothing. */
export async function signature(input, { normalized }, load) {
  const name = `${input.name}_token`;
  const beside = input.getRootNode().querySelectorAll("input[type=hidden]");
  const hidden = [...beside].find((other) => input.name && other.name === name && other.form === input.form);
  return hidden && (await load()).seal(input, hidden, normalized);
}
