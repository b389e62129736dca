// Every state that a field can show, and how a visitor gets there.
import { attached, click, says, type } from "./engines.mjs";
import { answer, report } from "./site.mjs";

const field = "#email";
const leave = (page) => page.keyboard.press("Tab");
const nullMx = (_domain, response) => answer(response, 200, report("null_mx", { null_mx: true }));

async function typed(page, text) {
  await type(page, field, text);
  await attached(page, field);
}

/** `edge` answers for the domain; `tone` is the one of the region at the end. */
export const states = [
  { name: "before anything", reach: async () => {} },
  { name: "nothing to say", reach: async (page) => (await typed(page, "jane@gmail.com"), leave(page)) },
  {
    name: "an error",
    tone: "error",
    reach: async (page, words) => {
      await typed(page, "jane");
      await leave(page);
      await says(page, field, words.reasons.missing_at.sentence);
    },
  },
  {
    name: "an error on sending",
    tone: "error",
    reach: async (page, words) => {
      await typed(page, "jane");
      await page.keyboard.press("Enter");
      await says(page, field, words.reasons.missing_at.sentence);
    },
  },
  {
    name: "an error with a suggestion",
    tone: "error",
    // Nobody has that domain; a domain that took mail would be believed.
    edge: () => {},
    reach: async (page, words) => {
      await typed(page, "jane@gmail.con");
      await leave(page);
      await says(page, field, words.reasons.unknown_tld.sentence);
    },
  },
  {
    name: "an error that the visitor may overrule",
    tone: "error",
    edge: nullMx,
    reach: async (page, words) => {
      await page.$eval("#form", (form) => form.setAttribute("data-block", "dns"));
      await typed(page, "jane@firma-beispiel.de");
      await page.keyboard.press("Enter");
      await says(page, field, words.ui.use_anyway);
    },
  },
  { name: "a suggestion", tone: "suggestion", reach: suggestion },
  {
    name: "a change that can be undone",
    tone: "changed",
    reach: async (page, words) => {
      await suggestion(page, words);
      await click(page, ".mailproof button[value=accept]");
      await says(page, field, words.ui.undo);
    },
  },
  {
    name: "a doubt",
    reach: async (page, words) => {
      await typed(page, "info@mailinator.com");
      await leave(page);
      await says(page, field, words.reasons.disposable.sentence);
    },
  },
  {
    name: "a domain that takes no mail",
    edge: nullMx,
    reach: async (page, words) => {
      await typed(page, "jane@firma-beispiel.de");
      await leave(page);
      await says(page, field, words.reasons.null_mx.sentence);
    },
  },
];

export async function suggestion(page, words) {
  await typed(page, "jane@gamil.com");
  await leave(page);
  await says(page, field, words.ui.did_you_mean.replace("{address}", "jane@gmail.com"));
}
