// The engine's module: the judgement for whoever calls it, and the care for a page's
// fields. The core is WebAssembly, or the same in JavaScript where that is refused; nothing
// in this folder knows a rule about addresses.
import init, * as core from "./core.js";
import { ask } from "./edge.js";
import { lend } from "./names.js";
import * as page from "./page.js";
import { reportText } from "./report.js";

export default init;
export { start, detach } from "./page.js";

/** Looks after one field, whatever it is; false where it cannot. */
export const attach = (input) => !!page.guarded(page.attach)(input);

function given(options) {
  const { policy, routing } = { __proto__: null, ...options };
  return how(policy, reportText(routing));
}

const how = (policy, report) => `${policy ?? ""}\t${report}`;

/**
 * The verdict about `text`. `options` may hold `policy` and `routing`, the edge's report. It
 * takes some microseconds, and `took_ms` is 0.
 */
export const check = (text, options) => core.judge(text, given(options));

/** The domain of `text` that is worth asking the edge about, in A-labels. */
export const domain_to_ask = (text, options) => core.domainToAsk(text, given(options)) || undefined;

/** Takes the list pack over; false where the bytes are not one. Fields are judged again. */
export function load_pack(bytes) {
  const loaded = core.loadPack(bytes);
  if (loaded) page.guarded(page.engineChanged)();
  return loaded;
}

/** Lends the core the build with UTS #46: from now on it judges international names. */
export function use_idn(names) {
  lend(names);
  core.useNames();
}

/** A promise of the verdict about `text`, with the edge's word where there is an `endpoint`. */
export async function verify(text, policy, endpoint) {
  if (!core.canJudge(text)) await new Promise((then) => page.fetchNames(then));
  const started = performance.now();
  const domain = endpoint && domain_to_ask(text, { policy });
  const report = domain ? await new Promise((answer) => ask(endpoint, domain, answer)) : "";
  const verdict = core.judge(text, how(policy, report || (domain ? UNREACHABLE : "")));
  verdict.took_ms = Math.round(performance.now() - started);
  return verdict;
}

const UNREACHABLE = "1\tedge_unreachable";
