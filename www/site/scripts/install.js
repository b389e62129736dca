// Writes the tag for the reader's settings.
import "./copy.js";

const settings = document.querySelector("#settings");
const tag = document.querySelector("#tag");
const policy = document.querySelector("#policy");
const { version, digest } = tag.dataset;

function origin() {
  try {
    return new URL(settings.elements.origin.value).origin;
  } catch {
    return "https://forms.example.com";
  }
}

function write() {
  const { elements } = settings;
  const pinned = elements.version.value === "pinned";
  const attributes = [`src="${origin()}${pinned ? `/v/${version}` : ""}/mailproof.js"`];
  if (pinned) attributes.push(`integrity="${digest}"`, 'crossorigin="anonymous"');
  for (const name of ["endpoint", "when", "block", "lang"]) {
    if (elements[name].value) attributes.push(`data-${name}="${elements[name].value}"`);
  }
  tag.textContent = `<script defer ${attributes.join("\n        ")}></script>`;
  policy.textContent = `script-src ${origin()} 'wasm-unsafe-eval';\nconnect-src ${origin()}`;
}

settings.addEventListener("input", write);
write();
