// The submit gate on the page: a form goes, waits a moment, or is held back.
import { REFUSE, RESET, SUBMIT, SUBMIT_DEADLINE, WAIT } from "./core.js";
import { native } from "./element.js";

/** How long a submit waits for an answer at most (DESIGN §5). */
const SUBMIT_DEADLINE_MS = 800;

/** Watches `form`, which has at least one field under care. */
export function mind(form, guarded) {
  const fields = new Set();
  const listening = new AbortController();
  let deadline;
  let submitter;
  /** Our own release is under way: let it pass. */
  let releasing = false;

  const gates = () => [...fields].map((field) => field.gate());
  const each = (event) => {
    for (const field of [...fields]) field.send(event, field.input.value);
  };

  function onSubmit(event) {
    if (releasing) return;
    each(SUBMIT);
    const answers = gates();
    const refused = answers.includes(REFUSE);
    if (refused) stopWaiting();
    if (!refused && !answers.includes(WAIT)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (refused || deadline) return;
    submitter = event.submitter;
    deadline = setTimeout(guarded(() => each(SUBMIT_DEADLINE)), SUBMIT_DEADLINE_MS);
  }

  function stopWaiting() {
    clearTimeout(deadline);
    deadline = undefined;
  }

  function go() {
    if (!deadline) return;
    stopWaiting();
    // While an event is on its way the platform drops another, and an answer can be that quick.
    setTimeout(send);
  }

  function send() {
    releasing = true;
    try {
      // The page may have taken the button away meanwhile.
      const there = submitter?.isConnected && submitter.form === form;
      native(HTMLFormElement, "requestSubmit", form, there ? submitter : null);
    } finally {
      releasing = false;
    }
  }

  function onFormData({ formData }) {
    for (const field of fields) {
      const [name, word] = field.entry();
      if (name && word) formData.set(name, word);
    }
  }

  // Before the page's own listeners: a form that waits must not reach them twice.
  const on = (name, listener) =>
    native(EventTarget, "addEventListener", form, name, guarded(listener), { __proto__: null, capture: true, signal: listening.signal });
  on("submit", onSubmit);
  // The fields get their first values only after this event.
  on("reset", () => setTimeout(guarded(() => each(RESET))));
  on("formdata", onFormData);

  return {
    add: (field) => fields.add(field),
    drop: (field) => fields.delete(field),
    isEmpty: () => fields.size === 0,
    /** Lets the form go, once none of its fields awaits anything. */
    release: () => {
      const answers = gates();
      if (!answers.includes(WAIT) && !answers.includes(REFUSE)) go();
    },
    /** Mailproof has failed, or looks after none of its fields: it is held no more. */
    letGo: () => {
      listening.abort();
      go();
    },
  };
}
