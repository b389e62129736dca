// Questions and answers on the wire (RFC 1035 §4), as far as mail routing needs them.
import { dmarc, spf } from "./policy.js";

export const MX = { code: 15, check: "mx" };
export const A = { code: 1, check: "a" };
export const AAAA = { code: 28, check: "aaaa" };
/** TXT records, and what they are read as. */
export const SPF = { code: 16, check: "spf", policy: spf };
export const DMARC = { code: 16, check: "dmarc", policy: dmarc };

const CNAME = 5;
const SOA = 6;
const OPT = 41;
const MAX_ALIASES = 10;
const MAX_RECORDS = 100;
const text = new TextDecoder();
const strict = new TextDecoder("utf-8", { fatal: true });

/** The question as base64url. */
export function encode(name, type) {
  const octets = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
  for (const label of name.split(".")) {
    octets.push(label.length);
    for (let at = 0; at < label.length; at += 1) octets.push(label.charCodeAt(at));
  }
  octets.push(0, 0, type.code, 0, 1, 0, 0, OPT, 4, 208, 0, 0, 0, 0, 0, 0);
  const base64 = btoa(String.fromCharCode(...octets));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export class Answer {
  static failed(outcome) {
    return { outcome, soft: outcome === "unreachable" ? "dns_timeout" : "resolver_malformed", transport: outcome };
  }

  static soft(soft, outcome) {
    return { outcome, soft };
  }

  static read(octets, name, type, age) {
    try {
      return new Reader(octets).answer(name, type, age);
    } catch {
      return Answer.soft("resolver_malformed", "malformed");
    }
  }
}

class Reader {
  constructor(octets) {
    this.octets = octets;
    this.view = new DataView(octets.buffer, octets.byteOffset, octets.length);
    this.at = 12;
  }

  answer(name, type, age) {
    const flags = this.view.getUint16(2);
    const [questions, answers, authorities, additional] = [4, 6, 8, 10].map((at) => this.view.getUint16(at));
    if (!(flags & 0x8000) || flags & 0x7800 || questions !== 1) throw new Error("not an answer");
    if (answers + authorities + additional > MAX_RECORDS) throw new Error("too many records");
    const asked = this.name();
    if (asked !== name || this.uint16() !== type.code || this.uint16() !== 1) throw new Error("another question");
    const sections = [answers, authorities, additional].map((count) => this.records(count));
    const errors = extendedErrors(sections[2]);
    const rcode = flags & 15;
    if (errors.some((code) => code === 4 || (code >= 15 && code <= 18))) return Answer.soft("resolver_policy", "filtered");
    if (rcode === 2 && errors.some((code) => code >= 6 && code <= 12)) return Answer.soft("dnssec_bogus", "bogus");
    if (rcode === 5) return Answer.soft("dns_refused", "refused");
    if (rcode !== 0 && rcode !== 3) return Answer.soft("dns_servfail", "servfail");
    return this.content(sections, name, type, rcode === 3, Boolean(flags & 0x200), age);
  }

  content([answers, authorities], name, type, gone, truncated, age) {
    let owner = name;
    let ttl = Infinity;
    for (let hops = 0; ; hops += 1) {
      const alias = answers.find((one) => one.type === CNAME && one.owner === owner);
      if (!alias || answers.some((one) => one.type === type.code && one.owner === owner)) break;
      if (hops >= MAX_ALIASES) return Answer.soft("dns_servfail", "cname_loop");
      ttl = Math.min(ttl, alias.ttl);
      owner = this.nameAt(alias.data);
    }
    const own = gone ? [] : answers.filter((one) => one.type === type.code && one.owner === owner && one.class === 1);
    if (own.length > 0 && type.policy && truncated) return Answer.soft("resolver_malformed", "truncated");
    if (own.length > 0 && type.policy) return { outcome: type.policy(own.map((one) => this.text(one))), ttl: 0 };
    if (own.length > 0) return this.found(own, type, Math.min(ttl, ...own.map((one) => one.ttl)), age);
    if (truncated) return Answer.soft("resolver_malformed", "truncated");
    const soa = authorities.find((one) => one.type === SOA && (one.owner === "" || `.${owner}`.endsWith(`.${one.owner}`)));
    if (!soa) return gone ? Answer.soft("nxdomain_unconfirmed", "nxdomain_without_soa") : { outcome: "nodata", ttl: 30 };
    const minimum = this.view.getUint32(soa.data + soa.length - 4);
    const kept = Math.min(ttl, soa.ttl, minimum, 3600);
    return { outcome: gone ? "nxdomain" : "nodata", ttl: Math.max(kept - age, 0) };
  }

  found(records, type, ttl, age) {
    const left = Math.max(ttl - age, 0);
    if (type !== MX) {
      const good = records.some((one) => isGlobal(this.octets.subarray(one.data, one.data + one.length)));
      return good ? { outcome: "records", good, ttl: left } : { outcome: "unroutable", ttl: left };
    }
    const exchanges = records
      .map(({ data }) => ({ preference: this.view.getUint16(data), exchange: this.nameAt(data + 2) }))
      .filter(({ exchange }) => exchange !== "")
      .sort((one, other) => one.preference - other.preference || (one.exchange < other.exchange ? -1 : 1));
    return exchanges.length > 0 ? { outcome: "records", good: true, exchanges, ttl: left } : { outcome: "null_mx", ttl: left };
  }

  /** The strings of a TXT record in one (RFC 7208 §3.3); nothing where they are no UTF-8. */
  text({ data, length }) {
    const octets = [];
    for (let at = data; at < data + length; at += 1 + this.octets[at]) {
      octets.push(...this.octets.subarray(at + 1, at + 1 + this.octets[at]));
    }
    try {
      return strict.decode(new Uint8Array(octets));
    } catch {
      return "";
    }
  }

  records(count) {
    return Array.from({ length: count }, () => {
      const owner = this.name();
      const [type, kind] = [this.uint16(), this.uint16()];
      const ttl = this.view.getUint32(this.at);
      const length = this.view.getUint16(this.at + 4);
      const data = this.at + 6;
      this.at = data + length;
      if (this.at > this.octets.length) throw new Error("too short");
      return { owner, type, class: kind, ttl: ttl > 0x7fffffff ? 0 : ttl, data, length, octets: this.octets };
    });
  }

  uint16() {
    this.at += 2;
    return this.view.getUint16(this.at - 2);
  }

  name() {
    const [name, end] = this.readName(this.at);
    this.at = end;
    return name;
  }

  nameAt(at) {
    return this.readName(at)[0];
  }

  /** The name in lower case and where it ends; compression pointers go strictly back. */
  readName(start) {
    const labels = [];
    let [at, end, length] = [start, 0, 0];
    for (;;) {
      const octet = this.view.getUint8(at);
      if (octet >= 0xc0) {
        const to = this.view.getUint16(at) & 0x3fff;
        end ||= at + 2;
        if (to >= at) throw new Error("a pointer that goes ahead");
        at = to;
      } else if (octet === 0) {
        return [labels.join("."), end || at + 1];
      } else {
        length += octet + 1;
        if (octet > 63 || length > 254) throw new Error("too long");
        labels.push(text.decode(this.octets.subarray(at + 1, at + 1 + octet)).toLowerCase());
        at += octet + 1;
      }
    }
  }
}

function extendedErrors(additional) {
  const opt = additional.find(({ type }) => type === OPT);
  const codes = [];
  for (let at = opt?.data; opt && at + 4 <= opt.data + opt.length; ) {
    const view = new DataView(opt.octets.buffer, opt.octets.byteOffset);
    if (view.getUint16(at) === 15) codes.push(view.getUint16(at + 4));
    at += 4 + view.getUint16(at + 2);
  }
  return codes;
}

/** The IANA special-purpose registries. */
function isGlobal(address) {
  const [a, b, c] = address;
  if (address.length === 16) {
    if (address.subarray(0, 10).every((octet) => octet === 0)) return address[10] === 0xff && isGlobal(address.subarray(12));
    return (a & 0xe0) === 0x20 && !(a === 0x20 && b === 1 && (c === 0x0d || c < 2));
  }
  const isPrivate = a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128);
  const isLocal = a === 0 || a === 127 || (a === 169 && b === 254) || a >= 224;
  const isReserved = (a === 192 && b === 0 && (c === 0 || c === 2)) || (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100)));
  return !(isPrivate || isLocal || isReserved || (a === 203 && b === 0 && c === 113));
}
