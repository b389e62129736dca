// The conversions of international names that the page lends to the core: the build with
// UTS #46, once somebody has typed such an address.
let build;

/** From now on these conversions are there. */
export const lend = (names) => (build = names);

export const nfc = (text) => build.nfc(text);
export const to_ascii = (domain) => build.to_ascii(domain);
export const to_unicode = (domain) => build.to_unicode(domain);
