// The attributes of the tag, each where a page can put it: on the field, its form, the tag.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attached, click, hint, says, type, until } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { inEachBrowser } from "./lib/suite.mjs";

const nullMx = (_domain, response) => answer(response, 200, report("null_mx", { null_mx: true }));
const slip = "jane@gamil.com";
/** No browser minds it, and there is nothing to suggest. */
const tooLong = `${"a".repeat(65)}@shop.hk`;
const twoDots = "jane..doe@shop.hk";

inEachBrowser(({ site, open }) => {
  let opened, page;
  site.edge = nullMx;
  async function visit({ tag = "", form = "", field = "", beside = "" }) {
    site.received.length = 0;
    site.made.set(
      "/form.html",
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>A form</title><script defer src="/mailproof.js" ${tag}></script>
      <form action="/received" method="post" ${form}><label for="email">Email</label>
      <input id="email" name="email" type="email" ${field}>${beside}<button id="send">Send</button></form></html>`,
    );
    opened = await open(`${site.url}/form.html`);
    page = opened.page;
  }
  async function leave() {
    site.edge = nullMx;
    assert.deepEqual(opened.troubles, []);
    await opened.close();
  }
  async function write(text) {
    await type(page, "#email", text);
    await attached(page, "#email");
    await page.keyboard.press("Tab");
  }
  const goes = () => until(() => site.received.length === 1, () => "the form did not go");
  const asked = () => opened.requests.filter((request) => request.url().includes("/v1/")).length;

  for (const place of ["tag", "form", "field"]) {
    for (const setting of ['data-mode="local"', 'data-endpoint="off"']) {
      test(`${setting} on the ${place}: nobody is asked about a domain`, async () => {
        await visit({ [place]: setting });
        await write("jane@firma-beispiel.de");
        await click(page, "#send");
        await goes();
        assert.equal(asked(), 0);
        assert.equal(site.received[0].email_verdict, "unknown:offline");
        await leave();
      });
    }
  }

  for (const place of ["tag", "form", "field"]) {
    test(`data-mailproof="off" on the ${place}: Mailproof is not there, and loads nothing`, async () => {
      await visit({ [place]: 'data-mailproof="off"' });
      await type(page, "#email", slip);
      await page.keyboard.press("Tab");
      await click(page, "#send");
      await goes();
      assert.deepEqual(site.received[0], { email: slip });
      const paths = opened.requests.map((request) => new URL(request.url()).pathname);
      assert.deepEqual(paths.filter((path) => path.startsWith("/mailproof/")), []);
      await leave();
    });
  }

  test("the field's own word counts more than the form's, and that more than the tag's", async () => {
    await visit({ tag: 'data-mode="local" data-lang="de"', form: 'data-mode="domain" data-lang="fr"', field: 'data-lang="es"' });
    await write("jane@firma-beispiel.de");
    await says(page, "#email", "dominio");
    assert.equal(asked(), 1);
    assert.equal(await page.$eval(".mailproof", (region) => region.lang), "es");
    await leave();
  });

  test('data-when="submit": nothing is said before the form is sent', async () => {
    await visit({ form: 'data-when="submit"' });
    await write(twoDots);
    await new Promise((later) => setTimeout(later, 300));
    assert.equal(await hint(page, "#email"), "");
    await click(page, "#send");
    await says(page, "#email", "two dots");
    assert.equal(site.received.length, 0);
    await leave();
  });

  for (const form of ["novalidate", 'data-block="none"']) {
    test(`${form}: the fault is said and nothing held back`, async () => {
      await visit({ form });
      await write(tooLong);
      await says(page, "#email", "64");
      const held = await page.$eval("#email", (field) => [field.validationMessage, field.getAttribute("aria-invalid")]);
      assert.deepEqual(held, ["", null]);
      await click(page, "#send");
      await goes();
      assert.equal(site.received[0].email_verdict, "undeliverable:local_part_too_long");
      await leave();
    });
  }

  test('novalidate with data-block="syntax": the owner wants it held back all the same', async () => {
    await visit({ form: 'novalidate data-block="syntax"' });
    await write(twoDots);
    await says(page, "#email", "two dots");
    await click(page, "#send");
    await new Promise((later) => setTimeout(later, 300));
    assert.equal(site.received.length, 0);
    assert.equal(await page.evaluate(() => document.activeElement.id), "email");
    await leave();
  });

  test("what is typed and sent by Enter is judged before the page asks whether it is valid", async () => {
    await visit({});
    await type(page, "#email", "x");
    await attached(page, "#email");
    await page.evaluate(() => {
      window.asked = [];
      document.querySelector("#send").addEventListener("click", () => window.asked.push(document.querySelector("form").checkValidity()));
    });
    await page.keyboard.type(twoDots);
    await page.keyboard.press("Enter");
    await says(page, "#email", "two dots");
    assert.deepEqual(await page.evaluate(() => window.asked), [false]);
    assert.equal(site.received.length, 0);
    await leave();
  });

  test('data-policy="rfc": what the standard allows is a risk and no fault', async () => {
    for (const [policy, verdict] of [["form", "undeliverable:missing_tld"], ["rfc", "risky:missing_tld"]]) {
      await visit({ form: `novalidate data-policy="${policy}"` });
      site.edge = (_domain, response) => answer(response, 200, report("accepts_mail"));
      await write("jane@intranet");
      await click(page, "#send");
      await goes();
      assert.equal(site.received[0].email_verdict, verdict);
      await leave();
    }
  });

  test('data-fields="off": the form gets no field of ours', async () => {
    await visit({ form: 'data-fields="off"' });
    await write("jane@gmail.com");
    await click(page, "#send");
    await goes();
    assert.deepEqual(site.received[0], { email: "jane@gmail.com" });
    await leave();
  });

  test("data-hint: the hint stands where the page wants it", async () => {
    await visit({ field: 'data-hint="here"', beside: '<p>Something else.</p><div id="here"></div>' });
    await write(slip);
    await says(page, "#email", "Did you mean jane@gmail.com?");
    assert.ok(await page.$("#here > .mailproof"));
    await leave();
  });

  test("data-say-…: the page's own words, as text and nothing else", async () => {
    await visit({ tag: 'data-say-did_you_mean="Perhaps {address}?" data-say-consecutive_dots="<b>Zwei Punkte</b>"' });
    await write(slip);
    await says(page, "#email", "Perhaps jane@gmail.com?");
    await page.$eval("#email", (field) => field.select());
    await page.focus("#email");
    await page.keyboard.type(twoDots);
    await page.keyboard.press("Tab");
    await says(page, "#email", "<b>Zwei Punkte</b>");
    await leave();
  });
});
