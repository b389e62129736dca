// The edge's report on a domain as the text that the core reads; its form is described in
// `crates/widget/src/routing.rs`. Whatever has another type than it should is left out.

const text = (value) => (typeof value === "string" ? value.replace(/[\t\n\0]/g, " ") : "");
const flag = (value) => (typeof value === "boolean" ? value : "");
const list = (value) => (Array.isArray(value) ? value : []);

/** A list behind its length. */
function all(items, parts) {
  const made = list(items).map(parts);
  return [made.length, ...made.flat()];
}

/** Empty where the report says nothing. */
export function reportText(report) {
  if (!list(report?.reasons).length) return "";
  const { mx } = report;
  return [
    ...all(report.reasons, text),
    flag(mx?.found),
    flag(mx?.implicit),
    flag(mx?.null_mx),
    text(mx?.provider),
    ...all(mx?.records, (record) => [record?.preference | 0, text(record?.exchange)]),
    ...all(report.evidence, (item) => [text(item?.check), text(item?.outcome), text(item?.source), text(item?.since)]),
  ].join("\t");
}
