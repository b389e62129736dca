// The demo page: shows verdicts as they come, types examples, and keeps the forms here.

const field = document.querySelector("#try");
const json = document.querySelector("#verdict");
const summary = document.querySelector(".summary");
const words = document.querySelector("#words").dataset;

function show(verdict) {
  json.textContent = JSON.stringify(verdict, null, 2);
  summary.textContent = `${verdict.result} · ${verdict.reason}`;
  summary.dataset.result = verdict.result;
}

// While somebody types: what the page itself can tell, without a request.
field.addEventListener("input", async () => {
  const text = field.value;
  const verdict = await Mailproof.check(text, { endpoint: "off" });
  if (field.value === text) show(verdict);
});
// After the field was left: the whole verdict.
field.addEventListener("mailproof:result", (event) => show(event.detail));

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let typing = 0;

/** Types an address into the field and leaves it, as a visitor does. */
async function type(address) {
  const mine = ++typing;
  field.focus();
  const letters = calm.matches ? [address] : [...address];
  field.value = "";
  for (const letter of letters) {
    field.value += letter;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((next) => setTimeout(next, 22));
    if (mine !== typing) return;
  }
  field.blur();
}

for (const button of document.querySelectorAll(".examples button")) {
  button.addEventListener("click", () => type(button.textContent));
}

// The demo's forms go nowhere: what a server would receive is shown here instead.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const received = form.parentElement.querySelector(".received");
    const list = document.createElement("dl");
    for (const [name, value] of new FormData(form)) {
      if (!value) continue;
      const term = document.createElement("dt");
      const detail = document.createElement("dd");
      term.textContent = name;
      detail.textContent = value;
      list.append(term, detail);
    }
    const note = document.createElement("p");
    note.textContent = words.received;
    received.replaceChildren(note, list);
  });
}
