// Reads the verdicts and effects of the core, whose form is described in
// `crates/widget/src/parts.rs`: part after part, in the order in which they were written.

/** The text that is being read, and how far. */
let parts;
let at;
function begin(text) {
  parts = text;
  at = 0;
}

/** Up to the next tab. */
function part() {
  const from = at;
  at = parts.indexOf("\t", from) + 1;
  return parts.slice(from, at - 1);
}
const some = () => part() || null;
const number = () => +part();
/** The last where nobody could tell. */
const truth = [false, true, null];
const flag = () => truth[+parts[at++]];
function list(read) {
  const made = [];
  for (let left = number(); left > 0; left -= 1) made.push(read());
  return made;
}

const issue = () => ({
  code: part(),
  span: { start: number(), end: number(), utf16_start: number(), utf16_end: number() },
});
const record = () => ({ preference: number(), exchange: part() });
const evidence = () => ({ check: part(), outcome: part(), source: part(), since: some() });

/** The verdict about `input` that a text holds. */
export function verdictOf(text, input, lists) {
  begin(text);
  return {
    input,
    normalized: some(),
    canonical: some(),
    local_part: some(),
    domain: some(),
    ascii_domain: some(),
    registrable_domain: some(),
    result: part(),
    level: part(),
    advice: part(),
    score: number(),
    reason: part(),
    reasons: list(part),
    issues: list(issue),
    did_you_mean: some(),
    role: flag(),
    free: flag(),
    disposable: flag(),
    relay: flag(),
    no_reply: flag(),
    smtputf8: flag(),
    accept_all: null,
    mx: { found: flag(), records: list(record), provider: some(), implicit: flag(), null_mx: flag() },
    evidence: list(evidence),
    lists: flag() ? { ...lists } : null,
    took_ms: 0,
  };
}

/** What belongs to an effect, by its place. */
const belongings = {
  __proto__: null,
  1: () => ({ tone: part(), reason: some(), address: some(), overridable: flag() }),
  3: () => ({ domain: part(), epoch: part() }),
  6: some,
};

/** The effects that a text holds: place in the list of `field.js`, and what belongs to it. */
export function effectsOf(text) {
  begin(text);
  return list(() => {
    const place = number();
    return [place, belongings[place]?.()];
  });
}

/** Which lists the core holds. */
export function listsOf(text) {
  begin(text);
  return { version: part(), sha256: part() };
}
