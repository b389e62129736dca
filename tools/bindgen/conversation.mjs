// What one look-up has under way with its resolvers. The Rust crate knows this module as
// "edge-conversation" and decides everything; here is only what would cost it a crossing of
// the WebAssembly boundary each: a question crosses once, and an answer once.
//
// An answer is octets: the question's number, what came of it (below), four octets of detail
// with the lowest first, and then the body.
const mediaType = "application/dns-message";
/** A DNS message over TCP has its length in 16 bits (RFC 1035 §4.2.2). */
const longest = 65_535;

/** What came of a question; `crates/edge/src/conversation.rs` reads these. */
const outcome = { body: 0, unreachable: 1, status: 2, contentType: 3, tooLarge: 4 };

export class Conversation {
  #abort = new AbortController();
  #answers = [];
  #wake = null;

  /** Asks by GET (RFC 8484 §4.1). The answer comes with `next`. */
  ask(number, url) {
    ask(number, url, this.#abort.signal).then((answer) => {
      this.#answers.push(answer);
      this.#wake?.();
    });
  }

  /** The next answer, or `undefined` when none comes within this time. */
  next(milliseconds) {
    if (this.#answers.length > 0) return Promise.resolve(this.#answers.shift());
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve(this.#answers.shift());
      };
      const timer = setTimeout(wake, milliseconds);
      this.#wake = wake;
    });
  }

  /** Breaks off what is under way. */
  end() {
    this.#abort.abort();
  }
}

async function ask(number, url, signal) {
  try {
    const response = await fetch(url, request(url, signal));
    if (response.status !== 200) return without(response, number, outcome.status, response.status);
    const { headers } = response;
    if (headers.get("content-type")?.split(";")[0].trim() !== mediaType) {
      return without(response, number, outcome.contentType);
    }
    const body = await read(response);
    if (!body) return told(number, outcome.tooLarge);
    // Seconds that caches have held it; 0 for what is no number.
    return told(number, outcome.body, headers.get("age") ?? 0, body);
  } catch {
    return told(number, outcome.unreachable);
  }
}

/**
 * Loopback is for tests alone, and elsewhere a redirect could lead there: none is followed
 * but by resolvers of the open Internet, which may move (RFC 8484 §5.1).
 */
function request(url, signal) {
  const headers = { accept: mediaType };
  return url.startsWith("http:") ? { headers, signal, redirect: "manual" } : { headers, signal };
}

/** The body; `undefined` if it is longer than any honest one. */
async function read(response) {
  const { headers, body } = response;
  const length = Number(headers.get("content-length") ?? NaN);
  if (length > longest) {
    body?.cancel().catch(() => {});
    return undefined;
  }
  // What is packed may be any length once it is unpacked.
  if (length <= longest && !headers.has("content-encoding")) return new Uint8Array(await response.arrayBuffer());
  const chunks = [];
  let all = 0;
  for await (const chunk of body ?? []) {
    all += chunk.length;
    if (all > longest) return undefined;
    chunks.push(chunk);
  }
  return join(chunks, all);
}

function join(chunks, length) {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** An answer without a body that anybody wants. */
function without(response, number, kind, detail = 0) {
  response.body?.cancel().catch(() => {});
  return told(number, kind, detail);
}

function told(number, kind, detail = 0, body = []) {
  const octets = new Uint8Array(6 + body.length);
  octets[0] = number;
  octets[1] = kind;
  new DataView(octets.buffer).setUint32(2, detail, true);
  octets.set(body, 6);
  return octets;
}
