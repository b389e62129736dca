// The Worker's entry: hands `fetch` to the Rust crate, and starts the crate over after a
// panic. `scripts/build.mjs` bundles it with the glue, which it knows as "edge-glue".
//
// Rust built for WebAssembly aborts on a panic: the instance is dead and the promises of
// all requests it was serving never settle. So every request waits for the instance or
// for its end, whichever comes first, and the next request gets a fresh instance.
import { __wbg_reset_state as startOver, __worker_init_state, fetch as answer, remembered } from "edge-glue";

const waiting = new Set();
let panicked = false;

// The crate's panic hook sets `criticalError`, inside the dying instance.
Object.defineProperty(__worker_init_state(), "criticalError", {
  get: () => panicked,
  set(value) {
    panicked = value;
    if (!panicked) return;
    for (const giveUp of waiting) giveUp();
    waiting.clear();
  },
});

export default {
  async fetch(request, env, context) {
    if (panicked) {
      panicked = false;
      startOver();
    }
    const known = short(request);
    if (known) return known;
    const { promise: end, resolve: giveUp } = Promise.withResolvers();
    waiting.add(giveUp);
    try {
      return (await Promise.race([answer(request, env, context), end])) ?? internalError();
    } catch (error) {
      return failed(error);
    } finally {
      waiting.delete(giveUp);
    }
  },
};

function failed(error) {
  console.error(JSON.stringify({ code: "internal_error", kind: kindOf(error) }));
  return internalError();
}

/** What kind of error it was. Its message may quote a request, so it goes nowhere. */
function kindOf(error) {
  const kinds = [TypeError, RangeError, WebAssembly.RuntimeError, Error];
  return kinds.find((kind) => error instanceof kind)?.name ?? "other";
}

/** The answer to a request that memory alone can answer: it waits for nothing. */
function short({ method, url, headers }) {
  if (method !== "GET") return undefined;
  try {
    const asked = `${method}\n${url}\n${headers.get("origin") ?? ""}\n${headers.get("if-none-match") ?? ""}`;
    const told = remembered(asked);
    return told === undefined ? undefined : response(told);
  } catch (error) {
    return failed(error);
  }
}

/** The status, names and values of headers, a line each, an empty line, and the body. */
function response(told) {
  const end = told.indexOf("\n\n");
  const [status, ...lines] = told.slice(0, end).split("\n");
  const headers = {};
  for (let at = 0; at < lines.length; at += 2) headers[lines[at]] = lines[at + 1];
  return new Response(status === "304" ? null : told.slice(end + 2), { status: Number(status), headers });
}

/** RFC 9457. Says nothing of the cause: that is in the log. */
function internalError() {
  const problem = { type: "about:blank", title: "Internal error", status: 500, code: "internal_error" };
  const headers = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "access-control-allow-origin": "*",
  };
  return new Response(JSON.stringify(problem), { status: 500, headers });
}
