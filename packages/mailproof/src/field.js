// The tag's engine, for the fields that `attach` was called with and for no others. The
// build puts `files.js` of this folder where the tag's loader has its own.
import { catalogue } from "#loader/catalogue.js";
import { FIELDS, endpointOf, give, setting } from "#loader/settings.js";
import { signature, withoutToken } from "#loader/signature.js";

const attached = new WeakSet();

let starting;
function ready(parts, tell) {
  starting ??= parts.engine().then((engine) => {
    const ours = (field, name) => (name === "mailproof" && !attached.has(field) ? "off" : setting(field, name));
    const idn = () => parts.names();
    const lists = parts.pack().then((bytes) => engine.load_pack(bytes), () => {});
    // Nobody is asked about a domain that the lists may know.
    const signed = (field, verdict) => lists.then(() => signature(field, verdict, () => import("#loader/seal.js")));
    engine.start({ fields: FIELDS, setting: ours, endpoint: endpointOf, messages: catalogue, idn, signed, touched: null, tell });
    return engine;
  });
  starting.catch(() => (starting = undefined));
  return starting;
}

/** `tell` hears of it when Mailproof fails later, and has left the page. */
export async function attachField(parts, field, options, tell) {
  if (!attached.has(field)) withoutToken(field);
  attached.add(field);
  // Named or not at all: the page's own origin, which the tag would ask, is no edge here.
  give(field, { ...options, endpoint: options.endpoint || "off" });
  const engine = await ready(parts, tell);
  // Attached before: with these options from now on.
  engine.detach(field);
  engine.attach(field);
  return {
    detach() {
      attached.delete(field);
      engine.detach(field);
    },
  };
}
