// Reads the verdicts and effects of the core, whose form is described in
// `crates/widget/src/lines.rs`.

const parts = (line) => line.split("\t");
const is = (part) => part === "1";
const some = (part) => part || null;

/** A line in groups of so many parts, each made into something. */
function each(line, size, make) {
  const all = parts(line);
  const made = [];
  for (let at = 0; at + size < all.length; at += size) made.push(make(...all.slice(at, at + size)));
  return made;
}

/** The verdict about `input` that these lines hold; `lists` as the core knows them. */
export function verdictOf(text, input, lists) {
  const [address, judged, codes, issues, mx, records, evidence] = text.split("\n");
  const [normalized, canonical, local, domain, ascii, registrable, meant] = parts(address);
  const [result, level, advice, score, role, free, disposable, relay, noReply, smtputf8, withLists] = parts(judged);
  const [found, implicit, nullMx, provider] = parts(mx);
  const reasons = each(codes, 1, (code) => code);
  return {
    input,
    normalized: some(normalized),
    canonical: some(canonical),
    local_part: some(local),
    domain: some(domain),
    ascii_domain: some(ascii),
    registrable_domain: some(registrable),
    result,
    level,
    advice,
    score: +score,
    reason: reasons[0],
    reasons,
    issues: each(issues, 5, (code, start, end, utf16Start, utf16End) => ({
      code,
      span: { start: +start, end: +end, utf16_start: +utf16Start, utf16_end: +utf16End },
    })),
    did_you_mean: some(meant),
    role: is(role),
    free: is(free),
    disposable: is(disposable),
    relay: is(relay),
    no_reply: is(noReply),
    smtputf8: is(smtputf8),
    accept_all: null,
    mx: {
      found: found ? is(found) : null,
      records: each(records, 2, (preference, exchange) => ({ preference: +preference, exchange })),
      provider: some(provider),
      implicit: is(implicit),
      null_mx: is(nullMx),
    },
    evidence: each(evidence, 4, (check, outcome, source, since) => ({ check, outcome, source, since: some(since) })),
    lists: is(withLists) ? { ...lists } : null,
    took_ms: 0,
  };
}

/** Name and parts of each effect. */
export const effectsOf = (text) => text.split("\n").slice(0, -1).map(parts);

/** What `show` is to show. */
export const hintOf = (tone, reason, address, overridable) => ({ tone, reason, address, overridable: is(overridable) });

/** Which lists the core holds. */
export function listsOf(text) {
  const [version, sha256] = parts(text);
  return { version, sha256 };
}
