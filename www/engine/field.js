// One field on the page: its events go into the core's state machine, the effects come out.
import * as core from "./core.js";
import { ask } from "./edge.js";
import { describe, fillDeclared, markInvalid, native, tell, typeValue, undescribe, verdictName } from "./element.js";
import { undisturbed } from "./pointer.js";
import { create, draw, place } from "./region.js";
import { adopt } from "./style.js";

/** The control that the browser would have focused. */
const FIRST_INVALID = ":is(input,select,textarea):invalid";

/** What the conversions of names may be needed for; they are better fetched early. */
const MAY_NEED_NAMES = /xn--|[^ -~]/i;

/** A press so soon after a refused one was not made by somebody who has read why. */
const READING_MS = 1000;

/** The events that bring the field's text. */
const WITH_VALUE = [core.INPUT, core.BLUR, core.SUBMIT, core.RESET];

const BUTTONS = { __proto__: null, accept: core.ACCEPT, keep: core.KEEP, undo: core.UNDO };

/** Takes `input` under care; the page's `id` for its region is free. */
export function care(input, id, { host, guarded, pressOn, repeatPress, fetchNames, form }) {
  const setting = (name) => host.setting(input, name);
  const endpoint = setting("mode") === "local" ? undefined : host.endpoint(input);
  // A form with `novalidate` told the browser to hold nothing back.
  const block = setting("block") ?? (input.form?.hasAttribute?.("novalidate") ? "none" : "");
  const number = core.open(input.value, setting("policy"), setting("when"), block, endpoint && "edge");
  // Before the region stands in the page: without its looks it would move what is there.
  adopt(input.getRootNode());
  const region = create(id);
  const listening = new AbortController();
  let gone = false;
  /** The text that the machine believes to be in the field. */
  let believed = input.value;
  /** Nothing is shown or awaited: typing changes nothing, is not told, and leaves the field valid. */
  let quiet = true;
  let words;
  /** The hint that the machine wants, and the one on the page. */
  let wanted = null;
  let drawn = "null";
  /** The reason the browser should hold the form back for; waits for the words. */
  let heldFor = null;
  /** The value that was refused with words, and when. */
  let refused;
  let refusedAt;
  /** What we have told the browser to hold it back for. */
  let ours = "";
  let takeQuestionBack = () => {};
  let unmark;
  /** The suggestion last offered, and whether the page left it to us to show. */
  let offered;
  let mayShow;

  const hasFocus = () => input.matches(":focus");

  /** Gives one event to the machine and carries the effects out, in order. */
  function send(kind, text = "", epoch = 0) {
    if (gone) return;
    if (WITH_VALUE.includes(kind)) believed = text;
    else if (quiet) catchUp();
    // The verdict of before is not about nothing.
    if (!believed) fillDeclared(input, "");
    for (const [place, value] of core.tell(number, kind, text, epoch)) effects[place](value);
    quiet = kind === core.INPUT && !wanted;
    mirrorValidity();
  }

  /** Tells what was typed and not told: somebody presses, and the browser asks whether the field is valid. */
  function catchUp() {
    if (input.value !== believed) send(core.INPUT, input.value);
    quiet = false;
    mirrorValidity();
  }

  /** In the order of `crates/widget/src/parts.rs`. */
  const effects = [
    () => {
      // The fault of an earlier text is none of this one's.
      heldFor = null;
      fetchNames(guarded(() => send(core.NAMES_SETTLED)));
    },
    want,
    () => want(null),
    askEdge,
    () => takeQuestionBack(),
    setValue,
    (reason) => (heldFor = reason),
    () => input.focus(),
    () => form?.release(),
    () => tell(input, "start", null),
    reportResult,
    () => tell(input, "accept", core.verdict(number)),
    () => tell(input, "error", core.verdict(number)),
  ];

  function askEdge({ domain, epoch }) {
    takeQuestionBack();
    const hear = guarded((report) => send(core.EDGE_ANSWER, report, epoch));
    takeQuestionBack = ask(endpoint, domain, hear, host.signed(input, core.verdict(number)));
  }

  function setValue() {
    believed = core.value(number);
    typeValue(input, believed);
  }

  function reportResult() {
    fillDeclared(input, entry()[1] ?? "");
    tell(input, "result", core.verdict(number));
  }

  function settleIn() {
    if (!region.isConnected) place(region, input, setting("hint"));
  }

  function want(hint) {
    wanted = hint;
    undisturbed(region, show);
  }

  /** Draws nothing that is there already: a button drawn again loses the click on its way. */
  const show = guarded(() => {
    if (!words || gone) return;
    const hint = wanted && leftToUs(wanted) ? wanted : null;
    const isError = hint?.tone === "error";
    if (isError !== !!unmark) {
      unmark?.();
      unmark = isError ? markInvalid(input) : undefined;
    }
    const now = JSON.stringify(hint);
    if (now !== drawn) {
      settleIn();
      draw(region, hint, words);
    }
    drawn = now;
  });

  /** The page may show a suggestion in its own way, and is asked once about each. */
  function leftToUs({ tone, address }) {
    if (tone !== "suggestion") return true;
    if (offered !== address) {
      offered = address;
      mayShow = tell(input, "suggest", core.verdict(number));
    }
    return mayShow;
  }

  /** Nothing is held back mutely: only with words, and where they can be seen. */
  const canSpeak = () => words && (region.firstChild || drawn === "null") && region.getClientRects().length;

  /** Who has read why, and presses again, has the last word, unless the owner asked for the block. */
  const insists = () => !block && refused === input.value && performance.now() - refusedAt > READING_MS;

  function refuse() {
    if (refused !== input.value) refusedAt = performance.now();
    refused = input.value;
  }

  function mirrorValidity() {
    hold((!quiet && heldFor && !insists() && canSpeak() && words.sentence("reasons", heldFor)) || "");
  }

  /** A message of the page's own is left alone. */
  function hold(message) {
    if (message !== ours && (ours || !input.validity.customError)) input.setCustomValidity((ours = message));
  }

  /** Name and word of the verdict for the form's receiver. */
  function entry() {
    const { value } = input;
    if (!value) return [];
    // Judged afresh where nobody has told of this value, and first where nobody has asked.
    if (!core.word(number, value)) send(value === believed ? core.ENGINE_CHANGED : core.INPUT, value);
    return [input.name && verdictName(input.name), core.word(number, value)];
  }

  /**
   * The browser held the form back, and not only told a script that asked. Where we have a
   * reason to, too, our hint says it, in the place of the browser's bubble.
   */
  function onInvalid(event) {
    if (!pressOn(input.form)) return;
    catchUp();
    if (!heldFor) return;
    send(core.REFUSED);
    if (!canSpeak() || gone) return;
    refuse();
    event.preventDefault();
    const first = input.form && native(Element, "querySelector", input.form, FIRST_INVALID);
    if (!first || first === input) input.focus();
  }

  function onInput({ isComposing }) {
    const { value } = input;
    if (!isComposing && !(quiet && !MAY_NEED_NAMES.test(value.slice(0, core.LONGEST_TEXT)))) send(core.INPUT, value);
  }

  /** In a task of its own: the judgement and the browser's own work on a focus that moves are two. */
  const onLeave = () => setTimeout(guarded(() => send(core.BLUR, input.value)));

  const listeners = {
    input: onInput,
    compositionend: onInput,
    blur: onLeave,
    // Filled in by the browser or a password manager, from outside the field.
    change: () => hasFocus() || input.value === believed || onLeave(),
  };
  const on = (name, listener, afterwards) =>
    input.addEventListener(name, guarded(listener, afterwards), { __proto__: null, signal: listening.signal });
  for (const [name, listener] of Object.entries(listeners)) on(name, listener);
  on("invalid", onInvalid, () => repeatPress(input.form));
  region.addEventListener(
    "click",
    guarded(({ target }) => {
      const kind = BUTTONS[target.closest("button")?.value];
      if (kind) send(kind);
    }),
  );
  describe(input, id);
  // A framework that brings the server's markup to life would not know the region: until the
  // page has loaded it waits for a hint.
  if (document.readyState === "complete") settleIn();
  else addEventListener("load", guarded(settleIn), { __proto__: null, signal: listening.signal });
  host.messages(input).then(
    guarded((catalogue) => {
      words = catalogue;
      mirrorValidity();
      undisturbed(region, show);
    }),
    () => {},
  );

  const field = {
    input,
    owner: input.form,
    send,
    catchUp,
    gate() {
      const answer = core.gate(number);
      if (answer !== core.REFUSE) return answer;
      if (!canSpeak() || insists()) return "";
      refuse();
      return answer;
    },
    entry: () => (setting("fields") === "off" ? [] : entry()),
    /** Leaves the field as it was found. Nothing of this touches the core. */
    leave() {
      gone = true;
      hold("");
      listening.abort();
      takeQuestionBack();
      unmark?.();
      undescribe(input, id);
      region.remove();
      form?.drop(field);
    },
    /** The core forgets the field as well. */
    close: () => core.close(number),
  };
  form?.add(field);
  return field;
}
