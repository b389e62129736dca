// The edge's report on a domain as the text that the core reads; its form is described in
// `crates/widget/src/routing.rs`. Whatever has another type than it should is left out.

const text = (value) => (typeof value === "string" ? value.replace(/[\t\n]/g, " ") : "");
const flag = (value) => (typeof value === "boolean" ? value : "");
const list = (value) => (Array.isArray(value) ? value : []);

/** Empty where the report says nothing. */
export function reportText(report) {
  const reasons = list(report?.reasons).map((code) => ["reason", text(code)]);
  if (!reasons.length) return "";
  const { mx } = report;
  const lines = [
    ...reasons,
    ["mx", flag(mx?.found), flag(mx?.implicit), flag(mx?.null_mx), text(mx?.provider)],
    ...list(mx?.records).map((record) => ["record", record?.preference | 0, text(record?.exchange)]),
    ...list(report.evidence).map((item) => [
      "evidence",
      text(item?.check),
      text(item?.outcome),
      text(item?.source),
      text(item?.since),
    ]),
  ];
  return lines.map((parts) => parts.join("\t")).join("\n");
}
