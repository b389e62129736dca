// The theme editor: the hint as it is, and the CSS to copy.
import "./copy.js";

const form = document.querySelector("#theme");
const stage = document.querySelector("#stage");
const contrast = document.querySelector("#contrast");
const field = document.querySelector("#tried");
const COLOURS = ["accent", "error", "warning", "note"];

function write() {
  const { elements } = form;
  const values = {
    "--mailproof-accent": elements.accent.value,
    "--mailproof-error": elements.error.value,
    "--mailproof-warning": elements.warning.value,
    "--mailproof-note": elements.note.value,
    "--mailproof-size": `${elements.size.value}em`,
    "--mailproof-gap": `${elements.gap.value}em`,
  };
  for (const [name, value] of Object.entries(values)) stage.style.setProperty(name, value);
  stage.style.backgroundColor = elements.paper.value;
  stage.style.colorScheme = luminance(elements.paper.value) > 0.18 ? "light" : "dark";
  const lines = Object.entries(values).map(([name, value]) => `  ${name}: ${value};`);
  document.querySelector("#css").textContent = `:root {\n${lines.join("\n")}\n}`;
  const poor = COLOURS.filter((name) => ratio(elements[name].value, elements.paper.value) < 4.5);
  const names = poor.map((name) => elements[name].parentElement.textContent.trim()).join(", ");
  contrast.textContent = poor.length ? contrast.dataset.poor.replace("{names}", names) : contrast.dataset.good;
}

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function ratio(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

form.addEventListener("input", write);
write();

for (const button of document.querySelectorAll(".states button")) {
  button.addEventListener("click", () => {
    field.focus();
    field.value = button.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    // Once the engine is there, as it is at once after the first time.
    setTimeout(() => button.focus(), 250);
  });
}
