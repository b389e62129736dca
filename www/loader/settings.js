// Where a setting comes from: `attach` options, then the `data-*` attribute of the input,
// its form, or the script tag.

// A module script has no tag of its own; then the first one that names this file counts.
const tag = document.currentScript;
// `<img name="currentScript">` would have us load the engine from its own host.
export const script = tag instanceof HTMLScriptElement ? tag : document.querySelector('script[src*="mailproof.js"]');

/** Which elements are e-mail fields: neither lists of addresses nor names to log in with. */
export const FIELDS =
  "input[type=email]:not([multiple]),input[autocomplete~=email]:not([autocomplete~=username]):not([multiple]),input[data-mailproof]";

const given = new WeakMap();

/** The same options without what a page has put into `Object.prototype`. */
export const own = (options) => ({ __proto__: null, ...options });

/** Remembers the options of `Mailproof.attach`. */
export const give = (field, options) => given.set(field, own(options));

const attribute = (element, name) => element?.getAttribute?.(`data-${name}`) ?? undefined;

export function setting(field, name) {
  const option = field ? given.get(field)?.[name] : undefined;
  return option === undefined
    ? (attribute(field, name) ?? attribute(field?.form, name) ?? attribute(script, name))
    : String(option);
}

/** Where to ask about domains: an origin or path without a final slash; undefined for nowhere. */
export function endpointOf(field, options) {
  const named = options?.endpoint ?? setting(field, "endpoint");
  if (named === "off" || named === false) return undefined;
  const base = script?.src ?? document.baseURI;
  const url = named ? new URL(named, document.baseURI) : new URL(base);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  return named ? url.href.replace(/\/$/, "") : url.origin;
}
