// Signed verdicts, verified with a library that knows nothing of Mailproof.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from "jose";
import { target } from "../../scripts/lib/paths.mjs";
import { demo, shop, startWorker } from "./lib.mjs";

let worker;
let keys;

async function signingKey(kid) {
  const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  return { ...(await exportJWK(privateKey)), kid };
}

const set = (...keys) => ({ MAILPROOF_SIGNING_KEYS: JSON.stringify({ keys }) });

before(async () => {
  keys = [await signingKey("new"), await signingKey("old")];
  worker = await startWorker("tests/scenarios/demo.toml", set(...keys));
});

after(() => worker?.end());

/** What the page makes of the address, and the edge never sees opened. */
function commit(address, nonce = randomBytes(16).toString("hex")) {
  const commitment = createHash("sha256").update(nonce).update(address).digest("base64url");
  return { nonce, commitment };
}

function ask(domain, commitment, headers = { origin: shop }) {
  return worker.fetch(`/v1/domains/${domain}?commitment=${commitment}`, { headers });
}

async function jwks() {
  const response = await worker.fetch("/.well-known/jwks.json");
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("cache-control"), "public, max-age=3600");
  return response.json();
}

/** As the receiver of a form does it. */
async function verify(token, { audience = shop, currentDate } = {}) {
  const options = { algorithms: ["EdDSA"], typ: "mailproof-verdict+jwt", audience, currentDate };
  return jwtVerify(token, createLocalJWKSet(await jwks()), options);
}

for (const [label, result, reason] of [
  ["shop", "deliverable", "accepts_mail"],
  ["null-mx", "undeliverable", "null_mx"],
  ["servfail", "unknown", "dns_servfail"],
]) {
  test(`a token says that ${label} is ${result}, to whom, and about which address`, async () => {
    const address = `jane@${demo(label)}`;
    const { nonce, commitment } = commit(address);
    const response = await ask(demo(label), commitment);
    assert.deepEqual([response.status, response.headers.get("cache-control")], [200, "no-store"]);
    const { token, lists, ...report } = await response.json();
    assert.deepEqual([report.result, report.reason], [result, reason]);
    const { payload, protectedHeader } = await verify(token);
    assert.equal(protectedHeader.kid, "new");
    const { iat, exp, jti, ...claims } = payload;
    assert.deepEqual(claims, { domain: demo(label), result, reason, commitment, aud: shop, lists });
    assert.ok(exp - iat === 300 && Math.abs(iat - Date.now() / 1000) < 60 && jti.length >= 32);
    assert.equal(commit(address, nonce).commitment, payload.commitment);
    assert.notEqual(commit(`joe@${demo(label)}`, nonce).commitment, payload.commitment);
  });
}

// The vectors that every verifier of Mailproof agrees with, and a library that knows nothing
// of it: it does the signature, the algorithm, the type, the site and the time, and leaves to
// us what the token is about.
const vectors = JSON.parse(readFileSync(new URL("../cases/tokens.json", import.meta.url), "utf8"));
const leftToUs = ["wrong_address", "wrong_lifetime", "not_yet_valid"];
// Rows that jose takes and a strict verifier refuses: the first three are the same octets
// written otherwise, the others are signed by the edge's own key, which never signs such.
const taken = [
  "with bits left over in its last character",
  "with padding",
  "with space after it",
  "with a time below zero",
  "with a result that there is not",
  "without domain",
  "without result",
  "without commitment",
  "without iat",
  "without exp",
  "without jti",
  "for several sites",
];

for (const { name, field, site, now, expected } of vectors.rows) {
  test(`jose about a token ${name}: ${expected}`, async () => {
    const token = field.slice(field.indexOf(".") + 1);
    const options = { algorithms: ["EdDSA"], typ: "mailproof-verdict+jwt", audience: site, currentDate: new Date(now * 1000) };
    const verified = jwtVerify(token, createLocalJWKSet(vectors.jwks), options).then(() => true, () => false);
    const holds = expected === "holds" || leftToUs.includes(expected) || taken.includes(name);
    // A field without a nonce may still have a good token in it.
    if (["without a nonce", "with a short nonce", "with the first letters of the address in the nonce"].includes(name)) return;
    assert.equal(await verified, holds);
  });
}

async function freshToken() {
  const response = await ask(demo("shop"), commit("jane@shop.net").commitment);
  return (await response.json()).token;
}

test("two tokens are never the same", async () => {
  const ids = [];
  for (let time = 0; time < 5; time += 1) ids.push((await verify(await freshToken())).payload.jti);
  assert.equal(new Set(ids).size, 5);
});

test("a token is refused elsewhere, later, and with any character changed", async () => {
  const token = await freshToken();
  await assert.rejects(verify(token, { audience: "https://evil.mailproof-demo.com" }));
  await assert.rejects(verify(token, { currentDate: new Date(Date.now() + 301_000) }));
  const local = createLocalJWKSet(await jwks());
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (let place = 0; place < token.length; place += 1) {
    const others = [...alphabet].filter((it) => it !== token[place]);
    const other = others[place % others.length];
    const changed = token.slice(0, place) + other + token.slice(place + 1);
    // The last character of 86 carries four bits that no octet has: decoders may drop them.
    if (Buffer.from(changed.split(".")[2] ?? "", "base64url").equals(Buffer.from(token.split(".")[2], "base64url"))
      && place === token.length - 1) continue;
    await assert.rejects(jwtVerify(changed, local, { algorithms: ["EdDSA"], audience: shop }), `${place}`);
  }
});

test("the command takes what the Worker signs, and nothing else", async () => {
  const email = `jane@${demo("shop")}`;
  // A hyphen in front, as one nonce in 64 has it.
  const nonce = `-${randomBytes(16).toString("base64url").slice(1)}`;
  const { token } = await (await ask(demo("shop"), commit(email, nonce).commitment)).json();
  const keys = JSON.stringify(await jwks());
  const mailproof = (options, field = `${nonce}.${token}`) => {
    const given = { keys, site: shop, email, format: "ndjson", ...options };
    const words = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
    const { status, stdout, stderr } = spawnSync(join(target, "debug/mailproof"), ["verify-token", ...words, field], { encoding: "utf8" });
    assert.ok(stdout, stderr);
    return [status, JSON.parse(stdout)];
  };
  const [status, { claims }] = mailproof({});
  assert.deepEqual([status, claims.domain, claims.result], [0, demo("shop"), "deliverable"]);
  assert.deepEqual(mailproof({ nonce }, token), [0, { claims }]);
  assert.deepEqual(mailproof({ email: `joe@${demo("shop")}` }), [1, { refused: "wrong_address" }]);
  assert.deepEqual(mailproof({ email: `-${email}` }), [1, { refused: "wrong_address" }]);
  assert.deepEqual(mailproof({ site: "https://evil.mailproof-demo.com" }), [1, { refused: "wrong_site" }]);
  assert.deepEqual(mailproof({ at: claims.exp }), [1, { refused: "expired" }]);
});

test("the public keys are both there and keep no secret", async () => {
  const published = await jwks();
  assert.deepEqual(published.keys.map(({ kid }) => kid), ["new", "old"]);
  for (const [place, key] of published.keys.entries()) {
    assert.deepEqual(Object.keys(key).sort(), ["alg", "crv", "kid", "kty", "use", "x"]);
    assert.equal(key.x, keys[place].x);
  }
});

test("after rotation the old token still holds, and the new key signs", async () => {
  const token = await freshToken();
  const next = await signingKey("next");
  await worker.withVariables(set(next, keys[0]));
  assert.equal((await verify(token)).protectedHeader.kid, "new");
  assert.equal((await verify(await freshToken())).protectedHeader.kid, "next");
  await worker.withVariables({});
});

const refused = [
  ["a commitment that is none", "jane", { origin: shop }, 400, "commitment_invalid"],
  ["a page that is not listed", commit("a").commitment, { origin: "https://evil.com" }, 403, "origin_not_allowed"],
];
for (const [what, commitment, headers, status, code] of refused) {
  test(`${what} is ${code}`, async () => {
    const response = await ask(demo("shop"), commitment, headers);
    assert.deepEqual([response.status, (await response.json()).code], [status, code]);
  });
}

test("a key whose halves do not belong together signs nothing", async () => {
  await worker.withVariables(set({ ...keys[0], x: keys[1].x }));
  const response = await ask(demo("shop"), commit("a").commitment);
  assert.deepEqual([response.status, (await response.json()).code], [503, "signing_unavailable"]);
});

test("without a key it says so, and works on", async () => {
  await worker.withVariables({ MAILPROOF_SIGNING_KEYS: undefined });
  for (const path of [`/v1/domains/${demo("shop")}?commitment=${commit("a").commitment}`, "/.well-known/jwks.json"]) {
    const response = await worker.fetch(path, { headers: { origin: shop } });
    assert.deepEqual([response.status, (await response.json()).code], [503, "signing_unavailable"]);
  }
  assert.equal((await worker.fetch(`/v1/domains/${demo("shop")}`)).status, 200);
});
