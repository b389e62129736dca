// Verifies the edge's signed verdicts where a form is received: in Node, Deno, Bun, Workers.
// Nothing but Web Crypto; no core is loaded.
import type { Deliverability, Reason } from "./vocabulary.js";

/** What a token says (docs: "Signed verdicts"). */
export interface Claims {
  /** The domain that was judged, in A-labels. */
  domain: string;
  result: Deliverability;
  reason: Reason;
  /** SHA-256(nonce ‖ normalized address) in base64url. */
  commitment: string;
  /** The origin of the page that the visitor was on. */
  aud: string;
  /** When it was signed, and until when it holds, in seconds since 1970. */
  iat: number;
  exp: number;
  /** An identifier that no other token has. Remember it for five minutes against replays. */
  jti: string;
  lists: { version: string; sha256: string } | null;
}

/** A JWK Set, as `/.well-known/jwks.json` of the edge gives it. */
export interface KeySet {
  readonly keys: readonly { kid?: string; kty?: string; crv?: string; x?: string }[];
}

export interface VerifyOptions {
  /** The edge's keys. Fetch them once and keep them for an hour. */
  keys: KeySet;
  /** The origin of your page, such as `https://shop.example`. */
  audience: string;
  /** The normalized address of the form: `(await check(text)).normalized`. */
  address: string;
  /** The nonce that the form sent beside the token. */
  nonce: string;
  /** Milliseconds since 1970. Default now. */
  now?: number | undefined;
  /** How far clocks may differ, in seconds. Default 5. */
  tolerance?: number | undefined;
}

/** Why a token says nothing about the address. Never a reason to refuse a visitor. */
export type Refusal =
  | "malformed"
  | "algorithm"
  | "type"
  | "unknown_key"
  | "signature"
  | "audience"
  | "not_yet"
  | "expired"
  | "commitment";

export type Verified = { ok: true; claims: Claims } | { ok: false; why: Refusal };

/** A token of the edge is about 600 characters; RFC 8725 asks for a bound. */
const LONGEST = 4096;
const TYPE = "mailproof-verdict+jwt";

/** Whether the edge signed this verdict about this address, for this page, just now. Never throws. */
export async function verifyToken(token: string, options: VerifyOptions): Promise<Verified> {
  const parts = typeof token === "string" && token.length <= LONGEST ? token.split(".") : [];
  const [header, claims, signature] = [object(parts[0]), object(parts[1]), octets(parts[2])];
  if (parts.length !== 3 || !header || !claims || !signature) return refuse("malformed");
  if (header["alg"] !== "EdDSA" || "crit" in header) return refuse("algorithm");
  if (header["typ"] !== TYPE) return refuse("type");
  const key = await keyOf(header["kid"], options.keys);
  if (!key) return refuse("unknown_key");
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  if (!(await crypto.subtle.verify("Ed25519", key, signature, signed))) return refuse("signature");
  const why = await doubt(claims, options);
  return why ? refuse(why) : { ok: true, claims: claims as unknown as Claims };
}

const refuse = (why: Refusal): Verified => ({ ok: false, why });

async function keyOf(kid: unknown, { keys }: KeySet): Promise<CryptoKey | undefined> {
  const found = keys.filter((key) => key.kid === kid && key.kty === "OKP" && key.crv === "Ed25519");
  const [key, another] = found;
  if (typeof kid !== "string" || !key?.x || another) return undefined;
  // Only the public half, whatever else stands in the set.
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
  return crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]).catch(() => undefined);
}

async function doubt(claims: Record<string, unknown>, options: VerifyOptions): Promise<Refusal | undefined> {
  const { aud, iat, exp, commitment } = claims;
  const now = (options.now ?? Date.now()) / 1000;
  const tolerance = options.tolerance ?? 5;
  if (aud !== options.audience) return "audience";
  if (!isTime(iat) || !isTime(exp)) return "malformed";
  if (iat > now + tolerance) return "not_yet";
  if (exp <= now - tolerance) return "expired";
  const expected = await commitmentOf(options.nonce, options.address);
  return commitment === expected ? undefined : "commitment";
}

const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** SHA-256(nonce ‖ normalized address) in base64url without padding. */
export async function commitmentOf(nonce: string, address: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(nonce + address));
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function object(part: string | undefined): Record<string, unknown> | undefined {
  const bytes = octets(part);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What base64url without padding stands for; only in its one canonical spelling. */
function octets(part: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!part || !/^[\w-]+$/.test(part)) return undefined;
  const plain = part.replaceAll("-", "+").replaceAll("_", "/");
  try {
    const text = atob(plain);
    if (btoa(text).replace(/=+$/, "") !== plain) return undefined;
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
