// What the tag would find in a page, what would refuse it, and what to change. Pure: an inert
// document and two texts in, findings out. `tone` is `good`, `note` or `change`.
import { policiesOf, refusals } from "./policy.js";

// As in the loader (www/loader/settings.js); a test compares them.
export const FIELDS =
  "input[type=email]:not([multiple]),input[autocomplete~=email]:not([autocomplete~=username]):not([multiple]),input[data-mailproof]";
const LOOKS_LIKE_ONE = /(^|[^a-z])(e-?)?mail([^a-z]|$)|courriel|correo|邮箱|郵箱|電郵|メール|이메일|بريد/i;

const good = (key, values) => ({ tone: "good", key, values });
const note = (key, values) => ({ tone: "note", key, values });
const change = (key, values) => ({ tone: "change", key, values });

/** @param {{ address: string, header: string }} about the page's address and CSP header, if any */
export function findings(page, { address, header }) {
  const base = baseOf(address);
  const tags = [...page.querySelectorAll("script[src]")].filter((script) => /mailproof\.js([?#]|$)/.test(script.getAttribute("src")));
  const settings = settingsBy(tags[0]);
  return [
    ...aboutTags(tags, base),
    ...aboutFields(page, settings),
    ...aboutForms(page),
    ...aboutPolicies(policiesOf(page, header), { tag: tags[0], base, edges: edges(page, settings, base) }),
  ];
}

/** What holds for a field (or for none, by the tag alone): its own attribute, its form's, the tag's. */
const settingsBy = (tag) => (field, name) =>
  [field, field?.form, tag].map((element) => element?.getAttribute(`data-${name}`)).find((value) => value != null);

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
  if (tag.dataset.mailproof === "off") found.push(change("tagoff"));
  if (tag.type === "module") found.push(change("module"));
  else if (!tag.hasAttribute("defer") && !tag.hasAttribute("async")) found.push(change("nodefer"));
  if (tag.hasAttribute("integrity")) {
    const src = new URL(tag.getAttribute("src"), base);
    if (!/\/v\/[^/]+\/mailproof\.js$/.test(src.pathname)) found.push(change("floatingdigest"));
    if (src.origin !== base.origin && !tag.hasAttribute("crossorigin")) found.push(change("nocors"));
  }
  return found;
}

function aboutFields(page, settings) {
  const inputs = [...page.querySelectorAll("input")];
  const fields = [...page.querySelectorAll(FIELDS)];
  const others = inputs.filter((input) => !fields.includes(input));
  const lists = others.filter(takesMany);
  const missed = others.filter((input) => !takesMany(input) && looksLikeOne(input));
  const found = [
    ...fields.flatMap((field) => aboutField(page, field, settings)),
    ...lists.map((field) => note("multiple", name(field))),
    ...missed.map((field) => change("missed", name(field))),
  ];
  if (fields.length + lists.length + missed.length === 0) found.push(note("nofields"));
  return [...found, ...sharedIds(page, fields)];
}

const takesMany = (input) => input.type === "email" && input.multiple;

const looksLikeOne = (input) =>
  ["text", "search", ""].includes(input.getAttribute("type") ?? "") &&
  LOOKS_LIKE_ONE.test([input.name, input.id, input.getAttribute("placeholder"), input.getAttribute("aria-label")].join(" "));

function aboutField(page, field, settings) {
  if (settings(field, "mailproof") === "off") return [note("off", name(field))];
  if (field.disabled || field.readOnly) return [note("disabled", name(field))];
  const found = [good("found", name(field))];
  if (!isLabelled(page, field)) found.push(change("nolabel", name(field)));
  if (!field.getAttribute("autocomplete")) found.push(note("noautocomplete", name(field)));
  if (field.name.includes("[") && settings(field, "fields") !== "off") found.push(note("brackets", name(field)));
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

function aboutPolicies(policies, { tag, base, edges }) {
  if (policies.length === 0) return [good("nocsp")];
  if (!tag) return [];
  const script = { url: new URL(tag.getAttribute("src"), base), nonce: tag.getAttribute("nonce") ?? "" };
  const all = policies.flatMap((policy) => refusals(policy, { script, edges, page: base }));
  return all.length === 0 ? [good("cspgood")] : all;
}

/** Whom the fields ask about domains, where that is not who serves the tag. */
function edges(page, settings, base) {
  const fields = [...page.querySelectorAll(FIELDS), null].filter((field) => settings(field, "mailproof") !== "off" && settings(field, "mode") !== "local");
  const named = new Set(fields.map((field) => settings(field, "endpoint")).filter((endpoint) => endpoint && endpoint !== "off"));
  return [...named].flatMap((endpoint) => {
    try {
      return [new URL(`${new URL(endpoint, base).href.replace(/\/$/, "")}/v1/domains/`)];
    } catch {
      return [];
    }
  });
}
