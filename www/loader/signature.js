// Whether a form wants the edge's word signed: it does where it declares `<field>_token`.

function declared({ form, name }) {
  // A form's own `elements` may be hidden by a control of that name.
  const { get: controls } = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements");
  const isIt = (other) => other.type === "hidden" && other.name === `${name}_token`;
  return form && name ? [...controls.call(form)].find(isIt) : undefined;
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
