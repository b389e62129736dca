// The submit gate on the page: a form goes, waits a moment, or is held back.
import { REFUSE, RESET, SUBMIT, SUBMIT_DEADLINE, WAIT } from "./core.js";
import { native, submit } from "./element.js";

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

  /** Not those that were disabled meanwhile, or went into another form. */
  const going = () => [...fields].filter(({ input }) => input.form === form && !input.matches(":disabled"));
  const gates = () => going().map((field) => field.gate());
  const each = (event) => {
    for (const field of going()) field.send(event, field.input.value);
  };

  function onSubmit(event) {
    if (releasing || event.submitter?.formNoValidate) return;
    each(SUBMIT);
    const answers = gates();
    const refused = answers.includes(REFUSE);
    if (refused) stopWaiting();
    if (!refused && !answers.includes(WAIT)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (refused || deadline) return;
    submitter = event.submitter;
    deadline = setTimeout(guarded(giveUp), SUBMIT_DEADLINE_MS);
  }

  /** Whatever became of the fields while the form waited. */
  function giveUp() {
    each(SUBMIT_DEADLINE);
    release();
    stopWaiting();
  }

  /** Lets the form go, once none of its fields awaits anything. */
  function release() {
    const answers = gates();
    if (!answers.includes(WAIT) && !answers.includes(REFUSE)) go();
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
      submit(form, submitter);
    } finally {
      releasing = false;
    }
  }

  function onFormData({ formData }) {
    for (const field of going()) {
      const [name, word] = field.entry();
      // `user[email]_verdict` would be taken for another value of `user[email]`.
      if (name && word && (formData.has(name) || !name.includes("["))) formData.set(name, word);
    }
  }

  // Before the page's own listeners: a form that waits must not reach them twice.
  const on = (name, listener) =>
    native(EventTarget, "addEventListener", form, name, guarded(listener), { __proto__: null, capture: true, signal: listening.signal });
  on("submit", onSubmit);
  // The fields get their first values only after this event.
  on("reset", () => {
    stopWaiting();
    setTimeout(guarded(() => each(RESET)));
  });
  on("formdata", onFormData);

  return {
    add: (field) => fields.add(field),
    drop: (field) => fields.delete(field),
    isEmpty: () => fields.size === 0,
    release,
    /** Mailproof has failed, or looks after none of its fields: it is held no more. */
    letGo: () => {
      listening.abort();
      go();
    },
  };
}
