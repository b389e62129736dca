// What a page's own script calls (`Mailproof.attach`, `detach`, `Mailproof.check`), and what
// it reads: the verdict in the field that it declared, one file of words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attached, hint, says, until } from "./lib/engines.mjs";
import { inEachBrowser } from "./lib/suite.mjs";
import { field, form, pressing, rewrite, send, twoDots, unheardOf, visiting } from "./lib/visits.mjs";

const sleep = (ms) => new Promise((later) => setTimeout(later, ms));

inEachBrowser(({ site, open }) => {
  const { visit, leave, write, goes } = visiting(site, open);
  const attach = (page, options) =>
    page.evaluate(async (options) => {
      window.attached = await Mailproof.attach(document.querySelector("#email"), options);
    }, options);
  const detach = (page) => page.evaluate(() => window.attached.detach());

  const afterwards = {
    "nothing happens": () => {},
    "the page changes elsewhere": (page) => page.evaluate(() => document.body.append(document.createElement("p"))),
    "somebody comes back to it": (page) => page.focus("#email"),
  };
  for (const [name, then] of Object.entries(afterwards)) {
    test(`a field that is let go stays as the page made it, when ${name}`, async () => {
      const { page } = await visit(form(`${field}<label for="name">Name</label> <input id="name" name="name">${send}`));
      const before = await page.$eval("#email", (input) => input.outerHTML);
      await write(twoDots);
      await page.keyboard.press("Tab");
      await says(page, "#email", "two dots");
      await attach(page);
      await detach(page);
      await sleep(200);
      await then(page);
      await sleep(200);
      assert.equal((await page.$$(".mailproof")).length, 0);
      assert.equal(await page.$eval("#email", (input) => input.outerHTML), before);
      assert.deepEqual(await goes(pressing(page)), { email: twoDots, name: "" });
      await leave();
    });
  }

  test("a field that was let go can be attached again", async () => {
    const { page } = await visit(form(field + send));
    await attach(page);
    await detach(page);
    await attach(page);
    await attached(page, "#email");
    await write(twoDots);
    await page.keyboard.press("Tab");
    await says(page, "#email", "two dots");
    await leave();
  });

  test("a field that is removed and put back is looked after again", async () => {
    const { page } = await visit(form(field + send));
    await write("jane");
    await page.evaluate(() => {
      window.kept = document.querySelector("#email");
      window.kept.remove();
    });
    await sleep(200);
    await page.evaluate(() => document.querySelector("#form").prepend(window.kept));
    await attached(page, "#email");
    await rewrite(page, twoDots);
    await page.keyboard.press("Tab");
    await says(page, "#email", "two dots");
    await leave();
  });

  // The field has been under care since its first focus; then the page says how it wants it.
  const asked = (requests) => requests.filter((request) => request.url().includes("/v1/")).length;
  const late = [
    {
      options: { lang: "de" },
      async holds({ page }) {
        await rewrite(page, "jane");
        await page.keyboard.press("Tab");
        await until(async () => (await hint(page, "#email")) !== "", () => "nothing is said");
        assert.equal(await page.$eval(".mailproof", (region) => region.lang), "de");
      },
    },
    {
      options: { block: "none" },
      async holds({ page }) {
        await rewrite(page, twoDots);
        assert.equal((await goes(pressing(page))).email, twoDots);
      },
    },
    {
      options: { endpoint: "off" },
      async holds({ page, requests }) {
        await rewrite(page, unheardOf);
        assert.equal((await goes(pressing(page))).email_verdict, "unknown:offline");
        assert.equal(asked(requests), 0);
      },
    },
    {
      options: { when: "submit" },
      async holds({ page }) {
        await rewrite(page, twoDots);
        await page.keyboard.press("Tab");
        await sleep(300);
        assert.equal(await hint(page, "#email"), "");
      },
    },
    {
      options: { fields: "off" },
      async holds({ page }) {
        await rewrite(page, "jane@gmail.com");
        assert.deepEqual(await goes(pressing(page)), { email: "jane@gmail.com" });
      },
    },
  ];
  for (const { options, holds } of late) {
    test(`attach with ${JSON.stringify(options)} on a field under care counts from now on`, async () => {
      const opened = await visit(form(field + send));
      await write("j");
      await attach(opened.page, options);
      await holds(opened);
      await leave();
    });
  }

  // One file that never comes, and an address that needs it.
  const missing = [
    { file: "widget.js" },
    { file: "widget_bg.wasm" },
    { file: "small.pack", result: "unknown" },
    { file: "idn.js", address: "jane@例子.公司" },
    { file: "idn_bg.wasm", address: "jane@例子.公司" },
  ];
  for (const { file, address = unheardOf } of missing) {
    test(`check() answers within some seconds although ${file} never comes`, async () => {
      const stalls = (pathname) => pathname.endsWith(`/mailproof/${file}`);
      const { page } = await visit(form(field + send), { stalls, edge: () => {} });
      const answer = await page.evaluate(
        (address) => Promise.race([Mailproof.check(address), new Promise((over) => setTimeout(over, 5000))]),
        address,
      );
      assert.equal(answer?.result, "unknown");
      assert.equal(answer.input, address);
      await leave();
    });

    test(`attach() answers within some seconds although ${file} never comes, and the form goes`, async () => {
      const stalls = (pathname) => pathname.endsWith(`/mailproof/${file}`);
      const { page } = await visit(form(field.replace('"email">', '"text">') + send), { stalls, edge: () => {} });
      const answer = await page.evaluate(
        () => Promise.race([Mailproof.attach(document.querySelector("#email")), new Promise((over) => setTimeout(over, 5000))]).then((attached) => typeof attached?.detach),
      );
      assert.equal(answer, "function");
      await page.click("#email");
      await page.keyboard.type(address);
      await goes(pressing(page));
      await leave();
    });
  }

  test("the declared verdict is that of what the field holds, and empty where it holds nothing", async () => {
    const { page } = await visit(form(`${field}<input type="hidden" name="email_verdict">${send}`));
    const verdict = () => page.$eval("[name=email_verdict]", (hidden) => hidden.value);
    const becomes = (word) => until(async () => (await verdict()) === word, () => `the verdict is not ${JSON.stringify(word)}`);
    await write("jane@gmail.com");
    await page.keyboard.press("Tab");
    await becomes("deliverable:accepts_mail");
    await page.$eval("#email", (input) => input.select());
    await page.focus("#email");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Tab");
    await becomes("");
    assert.deepEqual(await goes(pressing(page)), { email: "", email_verdict: "" });
    await leave();
  });

  const fetched = (requests, folder) => requests.map((request) => new URL(request.url()).pathname).filter((path) => path.includes(folder));
  // `lang` is the page's; the browser speaks English.
  for (const [lang, files] of [["en", ["en"]], ["de-AT", ["de"]], ["zh-HK", ["zh-Hant-HK"]], ["zh-TW", ["zh-Hant"]], ["fi", ["en"]]]) {
    test(`a page in ${lang} with two fields fetches one file of words`, async () => {
      const second = field.replaceAll('"email"', '"again"').replace('type="again"', 'type="email"');
      const head = `<script>document.documentElement.lang = "${lang}"</script>`;
      const { page, requests } = await visit(form(field + second + send), { head });
      await write("jane");
      await page.keyboard.press("Tab");
      await until(async () => (await hint(page, "#email")) !== "", () => "nothing is said");
      await write("jane", "#again");
      await page.keyboard.press("Tab");
      await until(async () => (await hint(page, "#again")) !== "", () => "nothing is said");
      assert.deepEqual(fetched(requests, "/messages/"), files.map((name) => `/mailproof/messages/${name}.json`));
      await leave();
    });
  }
});
