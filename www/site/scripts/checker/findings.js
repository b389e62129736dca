// What the tag would find in a page, what would refuse it, and what to change. Pure: an inert
// document and two texts in, findings out. `tone` is `good`, `note` or `change`.
import { refusals } from "./policy.js";

// As in the engine (crates/widget); a test compares them.
export const FIELDS = "input[type=email],input[autocomplete~=email],input[data-mailproof]";
const LOOKS_LIKE_ONE = /(^|[^a-z])(e-?)?mail([^a-z]|$)|courriel|correo|邮箱|郵箱|電郵|メール|이메일|بريد/i;

const good = (key, values) => ({ tone: "good", key, values });
const note = (key, values) => ({ tone: "note", key, values });
const change = (key, values) => ({ tone: "change", key, values });

/** @param {{ address: string, header: string }} about the page's address and CSP header, if any */
export function findings(page, { address, header }) {
  const base = baseOf(address);
  const tags = [...page.querySelectorAll("script[src]")].filter((script) => /mailproof\.js([?#]|$)/.test(script.getAttribute("src")));
  const metas = [...page.querySelectorAll("meta[http-equiv=content-security-policy i]")].map((meta) => meta.getAttribute("content") ?? "");
  const policies = [header, ...metas].filter((text) => text.trim());
  return [...aboutTags(tags, base), ...aboutFields(page), ...aboutForms(page), ...aboutPolicies(policies, tags[0], base)];
}

function baseOf(address) {
  try {
    return new URL(address);
  } catch {
    return new URL("https://www.example.com/");
  }
}

function aboutTags(tags, base) {
  const [tag] = tags;
  if (!tag) return [change("notag")];
  const found = [good("tag", { src: tag.getAttribute("src") })];
  if (tags.length > 1) found.push(note("twice", { count: tags.length }));
  if (tag.type === "module") found.push(change("module"));
  else if (!tag.hasAttribute("defer") && !tag.hasAttribute("async")) found.push(change("nodefer"));
  if (tag.hasAttribute("integrity")) {
    const src = new URL(tag.getAttribute("src"), base);
    if (!/\/v\/[^/]+\/mailproof\.js$/.test(src.pathname)) found.push(change("floatingdigest"));
    if (src.origin !== base.origin && !tag.hasAttribute("crossorigin")) found.push(change("nocors"));
  }
  return found;
}

function aboutFields(page) {
  const inputs = [...page.querySelectorAll("input")];
  const fields = inputs.filter((input) => input.matches(FIELDS));
  const missed = inputs.filter((input) => !input.matches(FIELDS) && looksLikeOne(input));
  const found = [...fields.flatMap((field) => aboutField(page, field)), ...missed.map((field) => change("missed", name(field)))];
  if (fields.length + missed.length === 0) found.push(note("nofields"));
  return [...found, ...sharedIds(page, fields)];
}

const looksLikeOne = (input) =>
  ["text", "search", ""].includes(input.getAttribute("type") ?? "") &&
  LOOKS_LIKE_ONE.test([input.name, input.id, input.getAttribute("placeholder"), input.getAttribute("aria-label")].join(" "));

function aboutField(page, field) {
  const off = [field, field.form].some((element) => element?.getAttribute("data-mailproof") === "off");
  if (off) return [note("off", name(field))];
  if (field.disabled || field.readOnly) return [note("disabled", name(field))];
  const found = [good("found", name(field))];
  if (!isLabelled(page, field)) found.push(change("nolabel", name(field)));
  if (!field.getAttribute("autocomplete")) found.push(note("noautocomplete", name(field)));
  return found;
}

const isLabelled = (page, field) =>
  field.closest("label") !== null ||
  ["aria-label", "aria-labelledby", "title"].some((attribute) => field.getAttribute(attribute)) ||
  [...page.querySelectorAll("label[for]")].some((label) => label.getAttribute("for") === field.id && field.id !== "");

function sharedIds(page, fields) {
  const ids = new Set(fields.map(({ id }) => id).filter(Boolean));
  return [...ids].flatMap((id) => {
    const count = [...page.querySelectorAll("[id]")].filter((element) => element.id === id).length;
    return count > 1 ? [change("sameid", { id, count })] : [];
  });
}

const name = (field) => ({ field: field.name || field.id || field.getAttribute("type") || "input" });

function aboutForms(page) {
  return [...page.querySelectorAll("form")].flatMap((form) => {
    const fields = [...form.querySelectorAll(FIELDS)];
    const found = [];
    const isNetlify = ["netlify", "data-netlify"].some((attribute) => form.hasAttribute(attribute));
    for (const { name } of isNetlify ? fields : []) {
      const declared = [...form.querySelectorAll("input")].some((input) => input.name === `${name}_verdict`);
      if (!declared) found.push(change("netlify", { name }));
    }
    if (fields.length > 0 && form.hasAttribute("novalidate")) found.push(note("novalidate"));
    return found;
  });
}

function aboutPolicies(policies, tag, base) {
  if (policies.length === 0) return [good("nocsp")];
  if (!tag) return [];
  const script = { url: new URL(tag.getAttribute("src"), base), nonce: tag.getAttribute("nonce") ?? "" };
  const all = policies.flatMap((policy) => refusals(policy, { script, page: base }));
  return all.length === 0 ? [good("cspgood")] : all;
}
