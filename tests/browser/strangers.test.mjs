// Strangers' pages with nothing but the tag, used by hand: the slip is noticed, one click
// mends it, the page's own framework knows about it, and the form sends what it shows.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { attached, click, hint, says, type, until } from "./lib/engines.mjs";
import { strangersScripts } from "./lib/strangers.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

// `verdict`: whether it comes along undeclared. jQuery reads the fields by itself, React and
// Vue send what they keep: there the page declares `email_verdict`, or listens to events.
// `knows`: where the page's own script keeps what it knows of the field.
const strangers = [
  { name: "plain", title: "a five-year-old contact form", sends: { message: "" }, verdict: true },
  { name: "jquery", title: "a form that jQuery sends", knows: ["#newsletter", "data-seen"] },
  { name: "react", title: "a controlled field of React", knows: ["#state"] },
  { name: "vue", title: "a field with v-model", knows: ["#state"] },
  { name: "shadow", title: "a form in a shadow root", within: "sign-up >>> ", verdict: true },
  { name: "netlify", title: "a form of Netlify", sends: { "form-name": "contact", "bot-field": "" }, verdict: true },
];

inEachBrowser(({ site, open }) => {
  before(async () => (site.made = await strangersScripts()));

  for (const stranger of strangers) {
    test(stranger.title, async () => {
      site.received.length = 0;
      const opened = await open(`${site.url}/pages/strangers/${stranger.name}.html`);
      await use(opened.page, stranger);
      await received(site, 1);
      assert.deepEqual(site.received, [expected(stranger)]);
      assert.deepEqual(opened.troubles, []);
      await opened.close();
    });
  }
});

async function use(page, { within = "", knows }) {
  const email = `${within}#email`;
  await type(page, email, "jane");
  await attached(page, email);
  // What cannot be an address holds the form back, with words.
  await click(page, `${within}#send`);
  await says(page, email, "with an @");
  assert.equal(await page.$eval(email, (field) => field.getAttribute("aria-invalid")), "true");
  await type(page, email, "@gamil.com");
  assert.equal(await hint(page, email), "");
  await page.keyboard.press("Tab");
  await says(page, email, "Did you mean jane@gmail.com?");
  await click(page, `${within}.mailproof button[value=accept]`);
  assert.equal(await page.$eval(email, (field) => field.value), "jane@gmail.com");
  if (knows) {
    const [selector, attribute] = knows;
    const known = (element, name) => (name ? element.getAttribute(name) : element.textContent);
    assert.equal(await page.$eval(selector, known, attribute), "jane@gmail.com");
  }
  await click(page, `${within}#send`);
}

const expected = ({ sends, verdict }) => ({
  ...sends,
  email: "jane@gmail.com",
  ...(verdict && { email_verdict: "deliverable:accepts_mail" }),
});

const received = (site, count) => until(() => site.received.length >= count, () => "nothing was received");
