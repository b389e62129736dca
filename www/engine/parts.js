// Reads the verdicts and effects of the core, whose form is described in
// `crates/widget/src/parts.rs`: part after part, in the order in which they were written.

/** The parts of the text that is being read, and how far. */
let parts;
let at;
function begin(text) {
  parts = text.split("\t");
  at = 0;
}

const part = () => parts[at++];
const some = () => part() || null;
const flag = () => part() === "1";
const number = () => +part();
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
function found() {
  const is = part();
  return is ? is === "1" : null;
}

/** The verdict about `input` that a text holds; `lists` as the core knows them. */
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
    mx: { found: found(), records: list(record), provider: some(), implicit: flag(), null_mx: flag() },
    evidence: list(evidence),
    lists: flag() ? { ...lists } : null,
    took_ms: 0,
  };
}

/** What belongs to an effect. */
const belongings = {
  __proto__: null,
  show: () => ({ tone: part(), reason: some(), address: some(), overridable: flag() }),
  ask_edge: () => ({ domain: part(), epoch: part() }),
  set_validity: some,
};

/** The effects that a text holds: name, and what belongs to it. */
export function effectsOf(text) {
  begin(text);
  return list(() => {
    const name = part();
    return [name, belongings[name]?.()];
  });
}

/** Which lists the core holds. */
export function listsOf(text) {
  begin(text);
  return { version: part(), sha256: part() };
}
