// The install checker's page: reads what was pasted, shows what was found.
import { findings } from "./checker/findings.js";

const form = document.querySelector("#pasted");
const list = document.querySelector("#findings");
const line = document.querySelector("#verdict-line");
const words = document.querySelector("#words").dataset;
// An inert document: nothing in it runs, loads or is shown.
const inert = globalThis.trustedTypes?.createPolicy("checker", { createHTML: (text) => text });
const parse = (html) => new DOMParser().parseFromString(inert ? inert.createHTML(html) : html, "text/html");

const fill = (sentence, values = {}) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function show(found) {
  const rank = ["change", "note", "good"];
  found.sort((one, other) => rank.indexOf(one.tone) - rank.indexOf(other.tone));
  list.replaceChildren(
    ...found.map(({ tone, key, values }) => {
      const item = document.createElement("li");
      const label = document.createElement("b");
      item.dataset.tone = tone;
      item.dataset.key = key;
      label.textContent = words[tone];
      item.append(label, " ", fill(words[key], values));
      return item;
    }),
  );
  const count = (tone) => found.filter((finding) => finding.tone === tone).length;
  line.textContent = fill(words.summary, Object.fromEntries(rank.map((tone) => [tone, count(tone)])));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { html, address, csp } = form.elements;
  show(findings(parse(html.value), { address: address.value, header: csp.value }));
});

document.querySelector("#example").addEventListener("click", () => {
  form.elements.html.value = `<!doctype html>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<script src="https://forms.example.com/mailproof.js"></script>
<form name="contact" data-netlify="true">
  <input type="email" name="email">
  <input type="text" name="your-mail">
</form>`;
  form.requestSubmit();
});
