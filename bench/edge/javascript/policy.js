// What TXT records say about the mail that a domain sends: SPF (RFC 7208) and DMARC (RFC 7489).
const one = (records) => (records.length === 1 ? null : records.length === 0 ? "absent" : "several");
const same = (text, other) => text.toLowerCase() === other;

/** `reject_all` where nothing may send for the domain, `present`, `several` or `absent`. */
export function spf(texts) {
  const records = texts.filter((text) => same(text.split(" ")[0], "v=spf1"));
  const outcome = one(records);
  if (outcome) return outcome;
  const terms = records[0].split(" ").slice(1).filter(Boolean);
  return terms.length === 1 && same(terms[0], "-all") ? "reject_all" : "present";
}

/** The policy `none`, `quarantine` or `reject`, or `present`, `several` or `absent`. */
export function dmarc(texts) {
  const records = texts.filter((text) => {
    const [name, version] = tag(text.split(";")[0]);
    return same(name, "v") && version === "DMARC1";
  });
  const outcome = one(records);
  if (outcome) return outcome;
  const [, policy] = records[0].split(";").map(tag).find(([name]) => same(name, "p")) ?? ["p", ""];
  return ["none", "quarantine", "reject"].find((known) => same(policy, known)) ?? "present";
}

function tag(text) {
  const at = text.indexOf("=");
  return at < 0 ? [text.trim(), ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
