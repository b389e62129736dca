// The tag's engine, for the fields that `attach` was called with and for no others. The
// build puts `files.js` of this folder where the tag's loader has its own.
import { catalogue } from "#loader/catalogue.js";
import { endpointOf, give, setting } from "#loader/settings.js";
import { engine, idn, packBytes } from "./files.js";

const attached = new WeakSet();

let starting;
function ready() {
  starting ??= engine().then((widget) => {
    const ours = (field, name) => (name === "mailproof" && !attached.has(field) ? "off" : setting(field, name));
    widget.start({ setting: ours, endpoint: endpointOf, messages: catalogue, idn, touched: null });
    packBytes().then((bytes) => widget.load_pack(bytes), () => {});
    return widget;
  });
  starting.catch(() => (starting = undefined));
  return starting;
}

/** @type {(field: HTMLInputElement, options: object) => Promise<{ detach(): void }>} */
export async function attachField(field, options) {
  attached.add(field);
  give(field, { endpoint: "off", ...options });
  const widget = await ready();
  widget.attach(field);
  return {
    detach() {
      attached.delete(field);
      widget.detach(field);
    },
  };
}
