// Verifies the edge's signed verdicts where a form is received: in Node, Deno, Bun, Workers.
// Nothing but Web Crypto; no core is loaded. The rules and their order are those of
// `mailproof verify-token` (tests/cases/tokens.json holds both to them).
import type { Deliverability } from "./vocabulary.js";

/** What a token says (docs/edge.md, "Signed verdicts"). */
export interface Claims {
  /** The domain that was judged, in A-labels. */
  domain: string;
  result: Deliverability;
  /** The code that decided; a later edge may have codes that this version does not know. */
  reason: string;
  /** SHA-256(nonce ‖ normalized address) in base64url. */
  commitment: string;
  /** The origin of the page that the visitor was on. */
  aud: string;
  /** When it was signed, and when its time is over, in seconds since 1970. */
  iat: number;
  exp: number;
  /** Its name, for whoever wants to take each token once: remember it for five minutes. */
  jti: string;
  lists?: { version: string; sha256: string } | null;
}

/** A JWK Set, as `/.well-known/jwks.json` of the edge gives it. */
export interface KeySet {
  readonly keys: readonly { kid?: string; kty?: string; crv?: string; alg?: string; use?: string; x?: string }[];
}

export interface VerifyOptions {
  /** The edge's keys. Fetch them once and keep them for an hour. */
  keys: KeySet;
  /** The origin of the page that has your form, such as `https://shop.example`. */
  site: string;
  /** The address of the form as `(await check(email)).normalized` gives it. */
  normalized: string | null;
  /** Seconds since 1970. Default now. */
  now?: number | undefined;
}

/** Why a token says nothing about the address. Never a reason to refuse a visitor. */
export type Refusal =
  | "too_long"
  | "malformed"
  | "wrong_algorithm"
  | "wrong_type"
  | "unknown_key"
  | "bad_signature"
  | "wrong_site"
  | "wrong_lifetime"
  | "expired"
  | "not_yet_valid"
  | "wrong_address";

export type Verified = { ok: true; claims: Claims } | { ok: false; why: Refusal };

const LONGEST = 2048;
const LIFETIME_S = 300;
/** How far the clock here may be behind that of the edge. */
const SKEW_S = 60;
const TYPE = "mailproof-verdict+jwt";
const NONCE = /^[\w-]{22}$/;
const RESULTS: unknown[] = ["deliverable", "risky", "undeliverable", "unknown"] satisfies Deliverability[];

/**
 * Whether the edge signed a verdict about this address, for this site, just now. `field` is
 * the value of the form's token field: `nonce.token`. Never throws.
 */
export async function verifyToken(field: string, options: VerifyOptions): Promise<Verified> {
  const [nonce = "", ...rest] = typeof field === "string" ? field.split(".") : [];
  if (!NONCE.test(nonce)) return refuse("malformed");
  const claims = await signedClaims(rest.join("."), options.keys);
  if (typeof claims === "string") return refuse(claims);
  if (claims.aud !== options.site) return refuse("wrong_site");
  const why = outOfTime(claims, options.now ?? Date.now() / 1000);
  if (why) return refuse(why);
  // Its domain counts, too: a page could commit to an address elsewhere.
  const { normalized } = options;
  const isAbout =
    normalized !== null &&
    claims.domain === normalized.slice(normalized.lastIndexOf("@") + 1) &&
    claims.commitment === (await commitmentOf(nonce, normalized));
  return isAbout ? { ok: true, claims } : refuse("wrong_address");
}

const refuse = (why: Refusal): Verified => ({ ok: false, why });

/** The claims of a token whose signature holds, whatever they are. */
async function signedClaims(token: string, set: KeySet): Promise<Claims | Refusal> {
  if (token.length > LONGEST) return "too_long";
  const parts = token.split(".");
  const header = parts.length === 3 ? object(parts[0]) : undefined;
  if (!header || !isText(header["alg"], header["typ"], header["kid"]) || Object.keys(header).length > 3) return "malformed";
  if (header["alg"] !== "EdDSA") return "wrong_algorithm";
  if (header["typ"] !== TYPE) return "wrong_type";
  const key = await keyOf(header["kid"], set);
  if (!key) return "unknown_key";
  const signature = octets(parts[2]);
  if (!signature) return "malformed";
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  if (!(await crypto.subtle.verify("Ed25519", key, signature, signed))) return "bad_signature";
  const claims = object(parts[1]);
  return claims && areClaims(claims) ? claims : "malformed";
}

async function keyOf(kid: unknown, { keys }: KeySet): Promise<CryptoKey | undefined> {
  const key = keys.find(
    ({ kid: name, kty, crv, alg = "EdDSA", use = "sig" }) =>
      name === kid && kty === "OKP" && crv === "Ed25519" && alg === "EdDSA" && use === "sig",
  );
  // Only the public half, whatever else stands in the set.
  const jwk = { kty: "OKP", crv: "Ed25519", x: key?.x ?? "" };
  return crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]).catch(() => undefined);
}

function areClaims(claims: object): claims is Claims {
  const { domain, result, reason, commitment, aud, iat, exp, jti } = claims as Record<string, unknown>;
  const isTime = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
  return isText(domain, reason, commitment, aud, jti) && RESULTS.includes(result) && isTime(iat) && isTime(exp);
}

const isText = (...values: unknown[]) => values.every((value) => typeof value === "string");

/** RFC 7519 §4.1.4: at `exp` its time is over. */
function outOfTime({ iat, exp }: Claims, now: number): Refusal | undefined {
  if (exp - iat > LIFETIME_S) return "wrong_lifetime";
  if (now >= exp) return "expired";
  return iat > now + SKEW_S ? "not_yet_valid" : undefined;
}

/** SHA-256(nonce ‖ normalized address) in base64url without padding. */
async function commitmentOf(nonce: string, normalized: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(nonce + normalized));
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function object(part: string | undefined): Record<string, unknown> | undefined {
  const bytes = octets(part);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What base64url without padding stands for; only in its one canonical spelling. */
function octets(part: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (part === undefined || !/^[\w-]*$/.test(part)) return undefined;
  const plain = part.replaceAll("-", "+").replaceAll("_", "/");
  try {
    const text = atob(plain);
    if (btoa(text).replace(/=+$/, "") !== plain) return undefined;
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
