// The site: one fragment of HTML a page and language, put into one frame.
//
// A fragment begins with a comment of `title`, `description` and, where it has one, the
// `script` of its page. In it `{{root}}` is the way to the served root, `{{home}}` to the
// language's own, `{{version}}` the version, `{{digest}}` that of its loader, and
// `{{file:examples/x.html}}` a file of www/site, as text to be read.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { at, dist } from "./paths.mjs";
import { filesIn, unlessUnchanged } from "./unchanged.mjs";
import { copy } from "./wasm.mjs";

const from = at("www/site");
const figures = at("docs/comparison.json");
const order = ["install", "check", "hosts", "theme", "privacy", "accessibility", "compare"];

/** Everything of the site that is not a fragment is served as it is. */
export function site() {
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const integrity = join(dist, "v", version, "integrity.json");
  const pages = plan();
  const plain = filesIn(from).filter((file) => !/\/(pages\/|words\.json$)/.test(file));
  const copies = plain.map((file) => [file, join(dist, relative(from, file))]);
  const outputs = [...pages.map(({ to }) => to), ...copies.map(([, to]) => to)];
  const inputs = [from, integrity, figures, at("scripts/lib/site.mjs")];
  return unlessUnchanged({ name: "site", inputs, outputs, recipe: version }, () => {
    for (const name of ["zh-hans", "zh-hant", ...order]) rmSync(join(dist, name), { recursive: true, force: true });
    for (const [file, to] of copies) copy(file, to);
    const { files } = JSON.parse(readFileSync(integrity, "utf8"));
    for (const page of pages) {
      mkdirSync(dirname(page.to), { recursive: true });
      writeFileSync(page.to, frame(page, { version, digest: files["mailproof.js"] }));
    }
  });
}

const words = JSON.parse(readFileSync(join(from, "words.json"), "utf8"));

/** Each page in each language: what it is made from and where it goes. */
export function plan() {
  return readdirSync(join(from, "pages")).flatMap((name) =>
    Object.entries(words).map(([lang, { path }]) => {
      const folder = `${path}${name === "index" ? "" : `${name}/`}`;
      return { name, lang, path: folder, source: join(from, "pages", name, `${lang}.html`), to: join(dist, folder, "index.html") };
    }),
  );
}

function frame({ name, lang, path, source }, { version, digest }) {
  const [, head, body] = /^<!--\n([^]*?)\n-->\n([^]*)$/.exec(readFileSync(source, "utf8"));
  const about = Object.fromEntries(head.split("\n").map((line) => /^(\w+): (.*)$/.exec(line).slice(1)));
  const root = "../".repeat(path.split("/").length - 1) || "./";
  const own = words[lang];
  const home = own.path ? root + own.path : root;
  const rest = path.slice(own.path.length);
  const values = { root, home, version, digest, comparison: comparison(lang) };
  const filled = body.replace(/\{\{(?:file:([\w./-]+)|(\w+))\}\}/g, (_, file, value) =>
    file ? escape(readFileSync(join(from, file), "utf8").trimEnd()) : values[value],
  );
  const alternates = Object.entries(words).map(
    ([tag, { path }]) => `<link rel="alternate" hreflang="${tag}" href="${root}${path}${rest}">`,
  );
  const languages = Object.entries(words).map(
    ([tag, other]) =>
      `<li><a href="${root}${other.path}${rest}" lang="${tag}" hreflang="${tag}"${tag === lang ? ' aria-current="true"' : ""}>${other.name}</a></li>`,
  );
  const pages = order.map(
    (page) => `<li><a href="${home}${page}/"${page === name ? ' aria-current="page"' : ""}>${own[page]}</a></li>`,
  );
  return `<!doctype html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${about.title}</title>
    <meta name="description" content="${about.description}">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="${root}favicon.svg" type="image/svg+xml">
    ${alternates.join("\n    ")}
    <link rel="stylesheet" href="${root}site.css">
    <script defer src="${root}mailproof.js"></script>
    ${about.script ? `<script type="module" src="${root}scripts/${about.script}"></script>` : ""}
  </head>
  <body>
    <a class="skip" href="#content">${own.skip}</a>
    <header>
      <a class="name" href="${home}"><img src="${root}favicon.svg" width="28" height="28" alt="">Mailproof</a>
      <nav class="pages" aria-label="${own.pages}"><ul>${pages.join("")}</ul></nav>
      <nav class="languages" aria-label="${own.language}"><ul>${languages.join("")}</ul></nav>
    </header>
    <main id="content" data-page="${name}">
${filled}
    </main>
    <footer>${own.licence}</footer>
  </body>
</html>
`;
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The rows of `npm run compare`; empty where it never ran. */
function comparison(lang) {
  if (!existsSync(figures)) return "";
  const { subjects } = JSON.parse(readFileSync(figures, "utf8"));
  const cell = (value) => `<td>${escape(String(value[lang] ?? value.en ?? value))}</td>`;
  const row = ({ name, cells }) => `<tr><th scope="row">${escape(name)}</th>${cells.map(cell).join("")}</tr>`;
  return subjects.map(row).join("\n");
}
