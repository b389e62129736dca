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
    const declared = '<input type="hidden" name="email_token"></form>';
    shop.made.set("/signed.html", shop.made.get("/shop.html").replace("</form>", declared));
  });

  /** `headers` are the page's. */
  async function visit(changed, { path = "/shop.html", headers = {} } = {}) {
    cdn.made.clear();
    if (changed) cdn.made.set(folder + changed, withOneByteChanged(changed));
    shop.headers = headers;
    shop.received.length = 0;
    return open(shop.url + path);
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

  const slip = "jane@gamil.com";
  // WebAssembly is refused: the twin is wanted.
  const refused = { "content-security-policy": "script-src 'self' " };
  // Without widget.js or its wasm the twin speaks; without the loader, the words or a twin that
  // is wanted nobody does, and of what is not judged nothing is said.
  const rows = [
    { changed: "mailproof.js", silent: true },
    { changed: "mailproof/widget.js" },
    { changed: "mailproof/widget_bg.wasm" },
    { changed: "mailproof/messages/en.json", silent: true },
    { changed: "mailproof/small.pack" },
    { changed: "mailproof/twin.js", silent: true, headers: refused },
    { changed: "mailproof/idn.js", silent: true, address: "jane@例子.公司" },
    { changed: "mailproof/idn_bg.wasm", silent: true, address: "jane@例子.公司" },
    { changed: "mailproof/seal.js", silent: true, address: "jane@firma-beispiel.de", path: "/signed.html", token: "" },
  ];
  for (const { changed, silent, address = slip, path, headers, token } of rows) {
    test(`with one byte of ${changed} changed the form goes all the same`, async () => {
      const policy = headers && { "content-security-policy": headers["content-security-policy"] + cdn.url };
      const { page, requests, troubles, close } = await visit(changed, { path, headers: policy });
      await type(page, "#email", address);
      await page.keyboard.press("Tab");
      const asked = () => requests.some((request) => request.url().endsWith(changed));
      await until(asked, () => `${changed} was not asked for`);
      await new Promise((later) => setTimeout(later, 300));
      if (silent) assert.equal(await hint(page, "#email"), "");
      await click(page, "#send");
      await until(() => shop.received.length === 1, () => "the form did not go");
      assert.equal(shop.received[0].email, address.replace("例子.公司", sent(shop.received[0].email)));
      assert.equal(shop.received[0].email_token, token);
      // Firefox tells a refused file and refused WebAssembly as errors of the page; there is no other.
      assert.deepEqual(troubles.filter((trouble) => !/integrity attribute|Content-Security-Policy/.test(trouble)), []);
      await close();
    });
  }
});

/** Chromium writes an international domain in a field of type email in A-labels. */
const sent = (email) => (email.includes("xn--") ? "xn--fsqu00a.xn--55qx5d" : "例子.公司");

test("the digests are those of the files, and every file has one", () => {
  assert.ok(Object.keys(files).length > 15);
  assert.match(readFileSync(`${dist}${folder}mailproof.js`, "utf8"), new RegExp(files["mailproof/widget_bg.wasm"].replace(/[+/=]/g, "\\$&")));
});
