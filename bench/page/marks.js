// In the page of the first check, before the tag: notes when things happen, for who asks at
// the end (`told()`). Nobody is told of anything meanwhile.
{
  const timed = {};
  const once = (name) => (timed[name] ??= performance.now());
  const word = () => new FormData(document.forms[0]).get("email_verdict");

  addEventListener("focusin", () => {
    once("focus");
    performance.mark("first:focus");
  }, { capture: true, once: true });

  addEventListener("mailproof:ready", () => {
    once("ready");
    // The form's data hold the verdict: to give it, the address is judged.
    queueMicrotask(() => {
      timed.word = word();
      once("checked");
      performance.mark("first:checked");
      setTimeout(untilSuggested);
    });
  });

  // The lists have come, and with them what the address was meant to be.
  function untilSuggested() {
    const there = performance.getEntriesByType("resource").some(({ name }) => name.endsWith(".pack"));
    if (there && word() === "risky:possible_typo") once("suggestion");
    else setTimeout(untilSuggested);
  }

  /** All of it, in milliseconds from the focus; nothing before the suggestion is known. */
  globalThis.told = () => {
    const { focus, ready, checked, suggestion, word } = timed;
    if (!suggestion) return undefined;
    const steps = {};
    for (const { name, startTime, responseEnd } of performance.getEntriesByType("resource")) {
      const file = name.split("/").pop();
      if (!/widget|twin|\.pack$|en\.json$/.test(file)) continue;
      steps[`${file} asked for`] = startTime - focus;
      steps[`${file} there`] = responseEnd - focus;
    }
    steps["field under care"] = ready - focus;
    steps["suggestion known"] = suggestion - focus;
    return { checked: checked - focus, steps, word };
  };

  /** Where to press, once the page has loaded. */
  globalThis.target = () => {
    if (document.readyState !== "complete") return undefined;
    const { x, y, width, height } = document.querySelector("#email").getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };
}
