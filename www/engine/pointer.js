// Whether somebody's hand is on the way: a hint that comes or goes just then moves the
// button from under the pointer.
//
// A redraw is held while a pointer is down, and while a mouse has come to rest on a control
// or is still moving over one; until it leaves, has clicked, has lain still for a while, or
// a key is pressed instead.

const CONTROLS = "a,button,input,label,select,summary,textarea,[role=button],[tabindex]";

/** A hand that means to press has pressed by then. */
const LONGEST_REACH_MS = 2000;

let down = false;
let aim = null;
let lastMove = 0;
let held = new Set();

/** Whether what stands after `region` must not move now. */
function isReaching(region) {
  if (performance.now() - lastMove > LONGEST_REACH_MS) return false;
  return down || (aim?.isConnected && !!(region.compareDocumentPosition(aim) & Node.DOCUMENT_POSITION_FOLLOWING) && !region.contains(aim));
}

/** Calls `draw` now, or as soon as it disturbs nobody. */
export function undisturbed(region, draw) {
  const job = { region, draw };
  held = new Set([...held].filter((other) => other.draw !== draw)).add(job);
  flush();
}

function flush() {
  for (const job of held) {
    if (isReaching(job.region)) continue;
    held.delete(job);
    job.draw();
  }
  if (held.size) setTimeout(flush, 100);
}

/** Watches the hand. `guarded` is for listeners. */
export function watch(guarded, signal) {
  const on = (names, listener) => {
    for (const name of names) document.addEventListener(name, guarded(listener), { __proto__: null, capture: true, passive: true, signal });
  };
  on(["pointermove"], () => (lastMove = performance.now()));
  on(["pointerover"], ({ target, pointerType }) => {
    aim = pointerType === "mouse" ? target.closest?.(CONTROLS) : null;
  });
  on(["pointerdown"], () => {
    lastMove = performance.now();
    down = true;
  });
  // The hand has done what it came for: the answer to it need not wait.
  on(["click"], () => (down = false));
  on(["pointerup", "pointercancel"], () => {
    aim = null;
    // After the click that this release makes.
    setTimeout(() => {
      down = false;
      flush();
    });
  });
  on(["keydown"], () => {
    aim = null;
    if (held.size) flush();
  });
}
