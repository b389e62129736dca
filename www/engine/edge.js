// The one request of the widget: what does DNS say about this domain?
//
// It takes a domain and has nowhere to put a local part. No cookies, no referrer.
import { reportText } from "./report.js";

/** Nobody waits for an answer after this long, submit or not. */
const HARD_DEADLINE_MS = 1500;

/**
 * Asks `endpoint` about `domain` (A-labels). `answer` gets the report as text, empty for
 * every kind of failure. `signed` may be a promise of what goes with the question for a
 * signed answer (`www/loader/seal.js`). Returns what takes the question back: nobody hears
 * of it then.
 */
export function ask(endpoint, domain, answer, signed) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), HARD_DEADLINE_MS);
  let open = true;
  const once = (report) => {
    clearTimeout(timer);
    if (open) answer(report);
    open = false;
  };
  let seal;
  const asked = (query = "") =>
    fetch(`${endpoint}/v1/domains/${domain}${query}`, {
      __proto__: null,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: abort.signal,
    });
  Promise.resolve(signed)
    .then((given) => (seal = given))
    // Where nothing can be signed, the edge is asked without.
    .catch(() => {})
    .then(() => asked(seal?.query))
    // An edge without a key signs nothing, and still knows the domain.
    .then((response) => (seal && response.status === 503 ? asked() : response))
    .then((response) => (response.ok ? response.json() : undefined))
    .then((report) => {
      if (open) seal?.take(report);
      return reportText(report);
    })
    .catch(() => "")
    .then(once);
  return () => {
    open = false;
    abort.abort();
  };
}
