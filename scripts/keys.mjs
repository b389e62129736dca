// `npm run --silent keys -- signing [KID]`: a new signing key as a JWK Set, for
// MAILPROOF_SIGNING_KEYS. With an old set on standard input the new key stands second, for
// its public half must be known before it signs; `-- rotate` then puts it first.
// `npm run --silent keys -- api`: a new API key, and the digest of it for
// MAILPROOF_API_KEYS, which is all that the Worker knows.
//
// Needs nothing but Node: the template has a copy.
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

/** A new Ed25519 key, named after the month unless it has a name. */
export function signingKey(kid = new Date().toISOString().slice(0, 7)) {
  const { kty, crv, x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { kty, crv, kid, x, d };
}

/** The set with the new key behind the one that signs. */
export function withNext({ keys: [current] }, next) {
  if (current?.kid === next.kid) throw new Error(`there is a key named ${next.kid} already; give another name`);
  return { keys: current ? [current, next] : [next] };
}

/** The set with the second key first: it signs from now on. */
export function rotated({ keys: [current, next] }) {
  if (!next) throw new Error("there is only one key in the set");
  return { keys: [next, current] };
}

export function apiKey() {
  const key = randomBytes(32).toString("base64url");
  return { key, digest: createHash("sha256").update(key).digest("hex") };
}

function main([what, kid]) {
  const given = process.stdin.isTTY ? "" : readFileSync(0, "utf8").trim();
  const old = given ? JSON.parse(given) : { keys: [] };
  if (what === "signing") console.log(JSON.stringify(withNext(old, signingKey(kid))));
  else if (what === "rotate") console.log(JSON.stringify(rotated(old)));
  else if (what === "api") {
    const { key, digest } = apiKey();
    console.log(digest);
    console.error(`The key, for whoever asks (it is shown this once): ${key}`);
  } else throw new Error("say `signing [NAME]`, `rotate` or `api`");
}

if (process.argv[1] === import.meta.filename) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error(`mailproof: ${error.message}`);
    process.exitCode = 2;
  }
}
