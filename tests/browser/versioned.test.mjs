// The files of one version, as a page pins them: the tag's digest holds the loader, the
// loader holds every file that it fetches. One changed byte anywhere, and the page is as if
// Mailproof were not there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { attached, click, hint, says, type, until } from "./lib/engines.mjs";
import { answer, report } from "./lib/site.mjs";
import { inEachBrowser, serving } from "./lib/suite.mjs";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const folder = `/v/${version}/`;
const { files } = JSON.parse(readFileSync(`${dist}${folder}integrity.json`, "utf8"));
const page_ = readFileSync(new URL("./pages/pinned.html", import.meta.url), "utf8");
const tag = (origin) =>
  `<script defer src="${origin}${folder}mailproof.js" integrity="${files["mailproof.js"]}" crossorigin="anonymous"></script>`;

function withOneByteChanged(name) {
  const bytes = Buffer.from(readFileSync(`${dist}${folder}${name}`));
  // A letter of a comment or a text would do no harm; a digest notices all the same.
  bytes[bytes.length - 2] ^= 1;
  return bytes;
}

inEachBrowser(({ site: shop, open }) => {
  const cdn = serving();
  before(() => {
    cdn.headers = { "access-control-allow-origin": "*" };
    cdn.edge = (_domain, response) => {
      response.setHeader("access-control-allow-origin", "*");
      answer(response, 200, report("accepts_mail"));
    };
    shop.made.set("/shop.html", page_.replace("</title>", `</title>${tag(cdn.url)}`));
  });

  async function visit(changed) {
    cdn.made.clear();
    if (changed) cdn.made.set(folder + changed, withOneByteChanged(changed));
    shop.received.length = 0;
    return open(`${shop.url}/shop.html`);
  }

  test("a page of another origin uses the pinned files and no others", async () => {
    const { page, requests, troubles, close } = await visit();
    await type(page, "#email", "jane@gamil.com");
    await attached(page, "#email");
    await page.keyboard.press("Tab");
    await says(page, "#email", "Did you mean jane@gmail.com?");
    const paths = requests.map((request) => new URL(request.url())).filter(({ origin }) => origin === cdn.url);
    for (const { pathname } of paths) assert.ok(pathname.startsWith(folder) || pathname.startsWith("/v1/"), pathname);
    assert.deepEqual(troubles, []);
    await close();
  });

  for (const changed of ["mailproof.js", "mailproof/widget.js", "mailproof/widget_bg.wasm", "mailproof/messages/en.json", "mailproof/small.pack"]) {
    test(`with one byte of ${changed} changed the form goes all the same`, async () => {
      const { page, requests, troubles, close } = await visit(changed);
      await type(page, "#email", "jane@gamil.com");
      await page.keyboard.press("Tab");
      const asked = () => requests.some((request) => request.url().endsWith(changed));
      await until(asked, () => `${changed} was not asked for`);
      await new Promise((later) => setTimeout(later, 300));
      // Without widget.js or its wasm the twin speaks; without the loader or the words nobody.
      if (["mailproof.js", "mailproof/messages/en.json"].includes(changed)) assert.equal(await hint(page, "#email"), "");
      await click(page, "#send");
      await until(() => shop.received.length === 1, () => "the form did not go");
      assert.equal(shop.received[0].email, "jane@gamil.com");
      // Firefox tells a refused file as an error of the page; there is no other.
      assert.deepEqual(troubles.filter((trouble) => !trouble.includes("integrity attribute")), []);
      await close();
    });
  }
});

test("the digests are those of the files, and every file has one", () => {
  assert.ok(Object.keys(files).length > 15);
  assert.match(readFileSync(`${dist}${folder}mailproof.js`, "utf8"), new RegExp(files["mailproof/widget_bg.wasm"].replace(/[+/=]/g, "\\$&")));
});
