// What the Worker does, once more in plain JavaScript: the yardstick of docs/edge-speed.md.
//
// Same routes for one domain, same checks of the request, same truth table, hedging, second
// witness, mail policies, entity tag, headers and caches. It leaves out what no resolver is needed for
// (lists of domains, the bound per registered domain, tokens, batches), and what is only
// there for hostile answers is shorter: all of that is in its favour.
import { Answer, encode, MX, A, AAAA, SPF, DMARC } from "./message.js";

const MAX_QUERIES = 13;
const MAX_ATTEMPTS = 3;
const CAPACITY = 2048;
const DENIALS = ["nodata", "nodata_without_soa", "nxdomain"];
const BAD = { nxdomain: "no_such_domain", null_mx: "null_mx" };
const SECURITY = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

let config;
const memory = new Map();
const underWay = new Map();
/** Of each resolver: latencies, failures in a row, and until when it rests. */
let seen;
let credit = 8 * 20;

export default {
  async fetch(request, env, context) {
    config ??= read(env);
    const { pathname, search } = new URL(request.url);
    if (holdsAddress(pathname) || holdsAddress(search)) return problem(400, "address_not_accepted");
    if (!pathname.startsWith("/v1/domains/")) return problem(404, "not_found");
    if (request.method !== "GET" && request.method !== "HEAD") return problem(405, "method_not_allowed");
    const name = pathname.slice("/v1/domains/".length);
    if (!isDomain(name)) return problem(400, "domain_invalid");
    return respond(request, await news(name, context));
  },
};

function read(env) {
  const resolvers = env.MAILPROOF_RESOLVERS.split(",").map((url) => ({ url, host: new URL(url).hostname }));
  seen = resolvers.map(() => ({ latencies: [], failures: 0, restsUntil: 0 }));
  const origins = env.MAILPROOF_ORIGINS === "*" ? null : (env.MAILPROOF_ORIGINS ?? "").split(",");
  return { resolvers, origins, deadline: Number(env.MAILPROOF_DEADLINE_MS ?? 800) };
}

const holdsAddress = (text) => /@|%(?:25)*40/.test(text);

const isDomain = (name) =>
  name.length <= 253 && /^(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$/.test(name);

async function news(name, context) {
  const begun = Date.now();
  let kept = memory.get(name);
  if (kept && begun < kept.until) {
    memory.delete(name);
    memory.set(name, kept);
    return { kept, now: begun, took: 0 };
  }
  while (underWay.has(name) && Date.now() < underWay.get(name)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    kept = memory.get(name);
    if (kept && Date.now() < kept.until) return { kept, now: Date.now(), took: Date.now() - begun };
  }
  underWay.set(name, begun + config.deadline + 100);
  const key = `https://findings.mailproof.invalid/1/${name}`;
  const stored = await caches.default.match(key).catch(() => undefined);
  if (stored) kept = await restored(name, await stored.json());
  if (!stored || kept.until <= Date.now()) {
    const finding = await lookUp(name);
    kept = await restored(name, { ...finding, until: Date.now() + finding.ttl * 1000 });
    if (finding.mx.found !== null) {
      const body = JSON.stringify({ reason: kept.reason, mx: kept.mx, evidence: kept.evidence, until: kept.until });
      const response = new Response(body, { headers: { "cache-control": `max-age=${finding.ttl + 86_400}` } });
      context.waitUntil(caches.default.put(key, response).catch(() => {}));
    }
  }
  underWay.delete(name);
  memory.set(name, kept);
  if (memory.size > CAPACITY) memory.delete(memory.keys().next().value);
  return { kept, now: Date.now(), took: Date.now() - begun };
}

const RESULT = { accepts_mail: "deliverable", implicit_mx: "deliverable" };
for (const reason of ["no_such_domain", "no_mail_host", "null_mx", "mx_dead"]) RESULT[reason] = "undeliverable";
const ADVICE = { deliverable: "accept", undeliverable: "reject", unknown: "accept" };
const SCORE = { deliverable: 90, undeliverable: 0, unknown: 50 };

/** The report as it goes out, made once. */
async function restored(name, { reason, mx, evidence, until }) {
  const result = RESULT[reason] ?? "unknown";
  const report = {
    domain: name,
    registrable_domain: name.split(".").slice(-2).join("."),
    result,
    level: result === "unknown" ? "syntax" : "domain",
    advice: ADVICE[result],
    score: SCORE[result],
    reason,
    reasons: [reason],
    free: false,
    disposable: false,
    relay: false,
    mx,
    evidence,
    lists: null,
    took_ms: 0,
  };
  const beginning = JSON.stringify(report).slice(0, -2);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(beginning));
  const hex = [...new Uint8Array(digest, 0, 12)].map((octet) => octet.toString(16).padStart(2, "0"));
  return { reason, mx, evidence, until, beginning, etag: `W/"${hex.join("")}"` };
}

function respond(request, { kept, now, took }) {
  const left = Math.floor((kept.until - now) / 1000);
  const headers = { ...SECURITY, "cache-control": left > 0 ? `public, max-age=${left}` : "no-store", etag: kept.etag };
  allow(request, headers);
  const has = request.headers.get("if-none-match");
  if (has && has.split(",").some((tag) => tag.trim() === kept.etag)) {
    return new Response(null, { status: 304, headers });
  }
  headers["content-type"] = "application/json";
  return new Response(`${kept.beginning}${took}}`, { headers });
}

function allow(request, headers) {
  const origin = request.headers.get("origin");
  if (config.origins) headers.vary = "Origin";
  if (!origin) return;
  if (!config.origins) headers["access-control-allow-origin"] = "*";
  else if (config.origins.includes(origin)) headers["access-control-allow-origin"] = origin;
}

function problem(status, code) {
  const headers = { ...SECURITY, "content-type": "application/problem+json", "cache-control": "no-store" };
  return new Response(JSON.stringify({ type: "about:blank", title: code, status, code }), { status, headers });
}

/** One domain's look-up: what it has asked and heard. */
class LookUp {
  queries = 0;
  inTime = true;
  ttl = Infinity;
  evidence = [];
  abort = new AbortController();

  constructor() {
    this.deadline = Date.now() + config.deadline;
    this.hedges = Math.min(3, Math.floor(credit / 20));
    credit -= this.hedges * 20;
  }

  /** Asks until `wanted` resolvers say the same, hedging the slow ones; what the most say. */
  question(name, type, first, wanted) {
    const answers = [];
    const asked = [];
    return new Promise((resolve) => {
      const settle = () => resolve(leading(answers));
      const more = () => {
        const at = this.next(first, asked);
        if (at === null || asked.length >= MAX_ATTEMPTS || this.queries >= MAX_QUERIES) {
          if (answers.length === asked.length) settle();
          return;
        }
        asked.push(at);
        this.queries += 1;
        const patience = usual(seen[at]);
        const timer = setTimeout(() => this.hedges > 0 && ((this.hedges -= 1), more()), patience);
        this.ask(name, type, at).then((answer) => {
          clearTimeout(timer);
          answers.push(answer);
          if (answer.good || most(answers) >= wanted) settle();
          else if (answers.length === asked.length) more();
        });
      };
      for (let count = 0; count < wanted; count += 1) more();
    });
  }

  /** What the domain publishes: of one resolver, once, and waited for a quarter of the time. */
  async policies(name) {
    const at = this.next(0, []);
    const asked = [[name, SPF], [`_dmarc.${name}`, DMARC]].slice(0, MAX_QUERIES - this.queries);
    this.queries += asked.length;
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, config.deadline / 4)));
    await Promise.race([late, Promise.all(asked.map(([name, type]) => this.ask(name, type, at)))]);
    clearTimeout(timer);
  }

  next(first, asked) {
    const all = config.resolvers.map((_, step) => (first + step) % config.resolvers.length);
    const left = all.filter((at) => !asked.includes(at));
    const now = Date.now();
    return left.find((at) => seen[at].restsUntil <= now) ?? left[0] ?? null;
  }

  async ask(name, type, at) {
    const begun = Date.now();
    const { url, host } = config.resolvers[at];
    const answer = await this.fetch(`${url}?dns=${encode(name, type)}`, name, type);
    learn(seen[at], answer.transport === undefined ? Date.now() - begun : null);
    if (!answer.soft && !type.policy) this.ttl = Math.min(this.ttl, answer.ttl);
    const outcome = type.policy && DENIALS.includes(answer.outcome) ? "absent" : answer.outcome;
    this.evidence.push({ check: type.check, outcome, source: host, since: null });
    return answer;
  }

  async fetch(url, name, type) {
    try {
      const signal = this.abort.signal;
      const response = await fetch(url, { headers: { accept: "application/dns-message" }, redirect: "manual", signal });
      if (response.status !== 200) return Answer.failed("http_status");
      const media = response.headers.get("content-type") ?? "";
      if (media.split(";")[0].trim() !== "application/dns-message") return Answer.failed("content_type");
      const octets = new Uint8Array(await response.arrayBuffer());
      if (octets.length > 65_535) return Answer.failed("too_large");
      return Answer.read(octets, name, type, Number(response.headers.get("age") ?? 0));
    } catch {
      return Answer.failed("unreachable");
    }
  }
}

const usual = ({ latencies }) => {
  if (latencies.length < 20) return 80;
  const sorted = latencies.toSorted((a, b) => a - b);
  return Math.min(Math.max(sorted[Math.floor(sorted.length * 0.95)], 20), 300);
};

function learn(resolver, latency) {
  credit = Math.min(credit + 1, 160);
  if (latency === null) {
    resolver.failures += 1;
    if (resolver.failures >= 3) resolver.restsUntil = Date.now() + Math.min(1000 << (resolver.failures - 3), 60_000);
    return;
  }
  resolver.failures = 0;
  resolver.restsUntil = 0;
  if (resolver.latencies.push(latency) > 64) resolver.latencies.shift();
}

const most = (answers) => Math.max(0, ...answers.map(({ outcome, soft }) => (soft ? 0 : witnesses(answers, outcome))));
const witnesses = (answers, outcome) => answers.filter((answer) => answer.outcome === outcome).length;

function leading(answers) {
  const firm = answers.filter(({ soft }) => !soft);
  const best = firm.find(({ good }) => good) ?? firm.toSorted((a, b) => witnesses(firm, b.outcome) - witnesses(firm, a.outcome))[0];
  return best ? { ...best, confirmed: witnesses(firm, best.outcome) >= 2 } : answers[0];
}

async function lookUp(name) {
  const run = new LookUp();
  const timer = setTimeout(() => run.abort.abort(), config.deadline);
  try {
    const [reason, found, records] = await routing(run, name);
    const mx = { found, records, provider: null, implicit: reason === "implicit_mx", null_mx: reason === "null_mx" };
    return { reason, mx, evidence: run.evidence, ttl: found === null ? 10 : Math.min(run.ttl, 86_400) };
  } finally {
    clearTimeout(timer);
    credit = Math.min(credit + run.hedges * 20, 160);
    run.abort.abort();
  }
}

/** The truth table: reason, whether mail is taken, and the exchangers. */
async function routing(run, name) {
  let mx = await run.question(name, MX, 0, 1);
  if (mx.soft) return [mx.soft, null, []];
  if (mx.outcome === "nodata") {
    const own = await host(run, name);
    if (own.good) {
      await run.policies(name);
      return ["implicit_mx", true, []];
    }
    if (own.soft) return [own.soft, null, []];
    mx = await run.question(name, MX, 1, 1);
    return own.confirmed && mx.outcome === "nodata" ? ["no_mail_host", false, []] : ["nxdomain_unconfirmed", null, []];
  }
  if (!mx.good) {
    const second = await run.question(name, MX, 1, 1);
    const records = mx.outcome === "null_mx" ? [{ preference: 0, exchange: "." }] : [];
    if (second.outcome === mx.outcome) return [BAD[mx.outcome], false, records];
    return [second.soft ?? "nxdomain_unconfirmed", null, []];
  }
  const records = mx.exchanges.slice(0, 5);
  let soft = null;
  for (const { exchange } of records) {
    const target = await host(run, exchange);
    if (target.good) return ["accepts_mail", true, records];
    soft ??= target.soft;
  }
  return soft ? [soft, null, records] : ["mx_dead", false, records];
}

/** Both kinds of addresses at once; the first good one ends it. */
async function host(run, name) {
  const both = [run.question(name, A, 0, 1), run.question(name, AAAA, 1, 1)];
  const good = both.map((one) => one.then((answer) => (answer.good ? answer : Promise.reject(answer))));
  return Promise.any(good).catch(({ errors }) => {
    const soft = errors.find((answer) => answer.soft);
    return soft ?? { outcome: "dead", confirmed: errors.every(({ confirmed }) => confirmed) };
  });
}
