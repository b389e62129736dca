// The page's own elements: reached past whatever a form's controls are called and whatever
// a framework has put in front.

const DESCRIBED_BY = "aria-describedby";
const INVALID = "aria-invalid";

/** Calls a method of the platform on a form, whose own may be hidden by a control's name. */
export const native = (type, method, target, ...values) => type.prototype[method].apply(target, values);

/** Sends a form as a press on `button` would, if that is still there. Safari before 16 has no `requestSubmit`. */
export function submit(form, button) {
  const there = button?.form === form && button.type === "submit" ? button : null;
  if (HTMLFormElement.prototype.requestSubmit) native(HTMLFormElement, "requestSubmit", form, there);
  else if (there) there.click();
  else native(HTMLFormElement, "submit", form);
}

/** Tells the page; false where a listener prevented the default. */
export const tell = (target, name, detail) =>
  target.dispatchEvent(
    new CustomEvent(`mailproof:${name}`, { bubbles: true, composed: true, cancelable: name === "suggest", detail }),
  );

/** Sets the value past a framework's own setter, and says so as typing would. */
export function typeValue(input, value) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
  for (const name of ["input", "change"]) {
    input.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  }
}

const described = (input) => (input.getAttribute(DESCRIBED_BY) ?? "").split(/\s+/).filter(Boolean);

/** Adds `id` to what describes the input; what was there stays first. */
export const describe = (input, id) => input.setAttribute(DESCRIBED_BY, [...described(input), id].join(" "));

/** Takes `id` off that list again. */
export function undescribe(input, id) {
  const others = described(input).filter((other) => other !== id);
  if (others.length) input.setAttribute(DESCRIBED_BY, others.join(" "));
  else input.removeAttribute(DESCRIBED_BY);
}

/** Marks an input as wrong. Returns what puts back the page's own word on it. */
export function markInvalid(input) {
  const before = input.getAttribute(INVALID);
  input.setAttribute(INVALID, "true");
  return () => {
    if (before === null) input.removeAttribute(INVALID);
    else input.setAttribute(INVALID, before);
  };
}

/** What the verdict about a field of this name is called. */
export const verdictName = (name) => `${name}_verdict`;

/** Fills the hidden input that the page declared for the verdict, if it did. */
export function fillDeclared({ form, name }, word) {
  if (!form || !name) return;
  const { get } = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements");
  for (const control of get.call(form)) {
    if (control.type === "hidden" && control.name === verdictName(name)) control.value = word;
  }
}
