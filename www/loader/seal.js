// The page's half of a signed verdict (docs/edge.md, "Signed verdicts"): the edge signs a
// digest of a nonce and the address, and never learns the address. Fetched only where a
// form declares a field for it.

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (letter) => ({ "+": "-", "/": "_" })[letter] ?? "");

/**
 * What goes with the question about this address: `query` for the edge, and `take` for its
 * report, whose token the `hidden` field gets. Needs a secure context.
 */
export async function seal(input, hidden, normalized) {
  const about = input.value;
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(nonce + normalized));
  return {
    query: `?commitment=${base64url(new Uint8Array(digest))}`,
    take(report) {
      if (!report?.token || input.value !== about) return;
      hidden.value = `${nonce}.${report.token}`;
      if (!signed.has(hidden)) clearWhenStale(input, hidden);
      signed.set(hidden, about);
    },
  };
}

/** What the token in a hidden field is about. */
const signed = new WeakMap();

/** A token about another address than the form's would only be refused. */
function clearWhenStale(input, hidden) {
  const clear = (event) => {
    if (input.value === signed.get(hidden)) return;
    hidden.value = "";
    event.formData?.set(hidden.name, "");
  };
  input.addEventListener("input", clear);
  // A control of the form may be called as its method is.
  EventTarget.prototype.addEventListener.call(input.form, "formdata", clear);
}
