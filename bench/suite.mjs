// What is timed, and how: the same in Node and in a page.
import emailValidator from "email-validator";
import mailcheck from "mailcheck";
import mailchecker from "mailchecker";
import validator from "validator/lib/isEmail";
import spellChecker from "@zootools/email-spell-checker";

const isEmail = validator.default ?? validator;

/** Each peer by the question that it answers. */
const syntax = {
  "validator.js": (text) => isEmail(text),
  "email-validator": (text) => emailValidator.validate(text),
};
const typo = {
  mailcheck: (text) => mailcheck.run({ email: text }),
  "@zootools/email-spell-checker": (text) => spellChecker.run({ email: text }),
};
// It asks a syntax check of its own (that of validator.js) before its list.
const disposable = { mailchecker: (text) => mailchecker.isValid(text) };

/** One after the other, as a site would that wants all the answers. */
const together = (...asked) => (text) => asked.map((ask) => ask(text));

function combinations() {
  const all = [];
  for (const [name, ask] of Object.entries({ ...syntax, ...typo, ...disposable })) {
    all.push({ name, answers: answersOf(name), run: ask });
  }
  for (const [typoName, askTypo] of Object.entries(typo)) {
    for (const [syntaxName, askSyntax] of Object.entries(syntax)) {
      all.push({ name: `${syntaxName} + ${typoName}`, answers: "syntax, typo", run: together(askSyntax, askTypo) });
      all.push({
        name: `${syntaxName} + ${typoName} + mailchecker`,
        answers: "syntax, typo, disposable",
        run: together(askSyntax, askTypo, disposable.mailchecker),
      });
    }
    all.push({
      name: `${typoName} + mailchecker`,
      answers: "syntax, typo, disposable",
      run: together(askTypo, disposable.mailchecker),
    });
  }
  return all;
}

function answersOf(name) {
  if (name in syntax) return "syntax";
  return name in typo ? "typo" : "syntax, disposable";
}

/**
 * A round is as short as the clock of a browser allows: the shorter, the likelier that no
 * other program cut into some of them.
 */
const ROUND_MS = 3;
const ROUNDS = 151;
/** Until the just-in-time compilers have done their best. */
const WARM_UP_MS = 250;

/**
 * Times every subject in turn, round after round, so that whatever else the machine does
 * falls on all of them alike.
 *
 * @param {string[]} texts
 * @param {Record<string, (text: string) => unknown>} ours
 * @returns {{name: string, answers: string, ours: boolean, least_us: number, median_us: number}[]} microseconds a text
 */
export function time(texts, ours) {
  const own = Object.entries(ours).map(([name, run]) => ({ name, answers: "all", ours: true, run }));
  const subjects = [...own, ...combinations()];
  for (const subject of subjects) {
    const started = performance.now();
    let passes = 0;
    while (performance.now() - started < WARM_UP_MS) passes += pass(subject.run, texts);
    subject.passes = Math.max(1, Math.ceil((passes * ROUND_MS) / WARM_UP_MS));
    subject.rounds = [];
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const subject of subjects) {
      // What the one before threw out of the processor's caches is not this one's fault.
      pass(subject.run, texts);
      const started = performance.now();
      for (let i = 0; i < subject.passes; i += 1) pass(subject.run, texts);
      subject.rounds.push(((performance.now() - started) * 1000) / (subject.passes * texts.length));
    }
  }
  return subjects.map(({ name, answers, ours: own, rounds }) => {
    const sorted = rounds.toSorted((a, b) => a - b);
    return { name, answers, ours: Boolean(own), least_us: sorted[0], median_us: sorted[ROUNDS >> 1] };
  });
}

/** Kept, so that no engine may leave the work out. */
export let sink = null;

function pass(run, texts) {
  for (const text of texts) sink = run(text);
  return 1;
}

/** The least milliseconds that one call takes, of a few. */
export function once(run, tries = 7) {
  let least = Infinity;
  for (let i = 0; i < tries; i += 1) {
    const started = performance.now();
    sink = run();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}
