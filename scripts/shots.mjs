// `npm run shots`: every page of the site in every language, in three widths, light and dark,
// each with something typed into it, as pictures in build/shots/ with a page to look through
// them. Fails where a page is wider than its window, or a script of it throws.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { at, build } from "./lib/paths.mjs";
import { CommandFailed } from "./lib/run.mjs";
import { plan } from "./lib/site.mjs";
import { verb } from "./lib/verb.mjs";
import { buildAll } from "./build.mjs";
import { setup } from "./setup.mjs";

const folder = join(build, "shots");
const widths = [360, 768, 1440];
const schemes = ["light", "dark"];

/** What a visitor does on a page before the picture is taken: types here, presses there. */
const acts = {
  index: [{ type: "#try", text: "jane@gamil.com" }, { type: "#contact-email", text: "jane@@shop.hk" }],
  check: [{ press: "#example" }],
  privacy: [{ type: "#watched", text: "jane@firma-beispiel.de" }],
  theme: [{ press: ".states button" }],
};
/** The hint and what the page makes of it are there. */
const REST_MS = 700;

verb(async () => {
  setup();
  await buildAll();
  ensurePackages(at("tests/browser"));
  await ensureChromium();
  const { engines, open } = await import("../tests/browser/lib/engines.mjs");
  const { serve } = await import("../tests/browser/lib/site.mjs");
  const [browser, site] = await Promise.all([engines[0].launch(), serve()]);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const taken = [];
  const faults = [];
  try {
    for (const { name, lang, path } of plan()) {
      for (const scheme of schemes) {
        const features = [{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }];
        const opened = await open(browser, "about:blank", { features });
        for (const width of widths) {
          const file = `${name}-${lang}-${width}-${scheme}.png`;
          const wide = await shoot(opened.page, { url: `${site.url}/${path}`, width, does: acts[name] ?? [], file });
          if (wide > 0) faults.push(`${file}: ${wide} px too wide`);
          taken.push({ title: `${name}, ${lang}`, width, file });
        }
        faults.push(...opened.troubles.map((trouble) => `${name}, ${lang}: ${trouble}`));
        await opened.close();
      }
    }
  } finally {
    await Promise.all([browser.close(), site.end()]);
  }
  writeFileSync(join(folder, "index.html"), sheet(taken));
  console.log(`${taken.length} pictures: build/shots/index.html`);
  if (faults.length > 0) throw new CommandFailed(faults.join("\n"));
});

/** Takes one picture of the whole page; by how many pixels the page is wider than the window. */
async function shoot(page, { url, width, does, file }) {
  await page.setViewport({ width, height: 900 });
  await page.goto(url);
  for (const { type, text, press } of does) {
    await page.click(type ?? press);
    if (text) await page.keyboard.type(text);
    await page.keyboard.press("Tab");
    await new Promise((over) => setTimeout(over, REST_MS));
  }
  const { wide, height } = await page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight } = document.scrollingElement;
    return { wide: scrollWidth - clientWidth, height: scrollHeight };
  });
  // A window as high as the page: what is taken beyond a window may not be drawn yet.
  await page.setViewport({ width, height });
  await page.screenshot({ path: join(folder, file) });
  return wide;
}

/** All pictures, a row a page and language. */
function sheet(taken) {
  const titles = new Set(taken.map(({ title }) => title));
  const picture = ({ file, width }) => `<a href="${file}"><img loading="lazy" src="${file}" width="${Math.round(width / 3)}" alt="${file}"></a>`;
  const row = (wanted) => `<h2>${wanted}</h2><p>${taken.filter(({ title }) => title === wanted).map(picture).join(" ")}</p>`;
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  return `<!doctype html><meta charset="utf-8"><title>Site ${version}</title>
<style>body{background:#888;font-family:sans-serif}img{vertical-align:top}</style>
${[...titles].map(row).join("\n")}
`;
}
