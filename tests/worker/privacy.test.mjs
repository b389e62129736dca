// A marked local part is sent by every way there is, and looked for wherever it could end.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { demo, shop, startWorker } from "./lib.mjs";

const canary = "canary7f3a9c";
const address = (domain) => `${canary}@${domain}`;
const key = "a-key-of-the-tests";
const json = { "content-type": "application/json" };
const authorized = { ...json, authorization: `Bearer ${key}` };

let worker;

before(async () => {
  const digest = createHash("sha256").update(key).digest("hex");
  worker = await startWorker("tests/scenarios/demo.toml", { MAILPROOF_API_KEYS: digest, MAILPROOF_DEADLINE_MS: "300" });
});

after(() => worker?.end());

/** Every way to write an address into a URL. */
function written(domain) {
  const whole = address(domain);
  const once = encodeURIComponent(whole);
  return [whole, once, encodeURIComponent(once), once.replaceAll("%40", "%2525%34%30"), whole.replace("@", "%40")];
}

function* requests() {
  const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
  const paths = ["/v1/domains/", "/v1/domains", "/v1/verify", "/v1/verify/", "/v1/nothing/", "/healthz", "/.well-known/jwks.json"];
  for (const method of methods) {
    const body = ["POST", "PUT", "PATCH", "DELETE"].includes(method) ? { body: JSON.stringify({ email: address("gmail.com") }) } : {};
    for (const path of paths) {
      for (const text of written("gmail.com")) {
        yield [`${path}${path.endsWith("/") ? text : ""}`, { method, headers: json, ...body }];
        yield [`${path}?email=${text}`, { method, headers: json, ...body }];
        yield [`${path}?commitment=${text}`, { method, headers: json, ...body }];
        yield [`${path}?format=${text}`, { method, headers: authorized, ...(path.startsWith("/v1/verify") ? {} : body) }];
      }
    }
  }
  for (const format of ["kickbox", "zerobounce", "reacher", canary, `kickbox&${canary}=1`]) {
    for (const body of [`{"email": "${address("gmail.com")}"`, `{"${canary}": 1}`, `["${address("gmail.com")}"]`, "", canary]) {
      yield [`/v1/verify?format=${format}`, { method: "POST", headers: authorized, body }];
    }
    yield [`/v1/verify?format=${format}`, { method: "POST", headers: json, body: JSON.stringify({ email: address("gmail.com") }) }];
  }
  const marked = { origin: `https://${canary}.com`, referer: `https://a.com/?e=${address("a.com")}`, cookie: `e=${address("a.com")}` };
  yield [`/v1/domains/${demo("shop")}`, { headers: { ...marked, "if-none-match": `"${address("a.com")}"` } }];
  yield [`/v1/domains/${demo("shop")}`, { headers: { ...marked, authorization: `Bearer ${address("a.com")}` } }];
  for (const body of [
    { domains: [demo("shop"), address("gmail.com")] },
    { domains: [encodeURIComponent(address("gmail.com"))] },
    { domains: address("gmail.com") },
    { email: address("gmail.com") },
    { [canary]: 1 },
    address("gmail.com"),
  ]) {
    yield ["/v1/domains", { method: "POST", headers: json, body: JSON.stringify(body) }];
    yield ["/v1/domains", { method: "POST", headers: { "content-type": canary }, body: JSON.stringify(body) }];
  }
  for (const body of [`{"email": "${address("gmail.com")}"`, `"${address("gmail.com")}"`, `{"email": ["${canary}"]}`, `{"${canary}": 1}`]) {
    yield ["/v1/verify", { method: "POST", headers: authorized, body }];
  }
  yield ["/v1/verify", { method: "POST", headers: json, body: JSON.stringify({ email: address("gmail.com") }) }];
  yield ["/v1/verify", { method: "POST", headers: authorized, body: JSON.stringify({ email: canary.repeat(4_000) }) }];
}

test("it is in no answer but that of verify", async () => {
  let count = 0;
  for (const [path, init] of requests()) {
    const response = await worker.fetch(path, init);
    const seen = [...response.headers].join("\n") + (await response.text());
    assert.ok(!seen.includes(canary), `${init.method ?? "GET"} ${path} ${seen}`);
    count += 1;
  }
  assert.ok(count > 700, `${count}`);
});

test("verify answers with it in other products' words, and only there", async () => {
  for (const format of ["kickbox", "zerobounce", "reacher"]) {
    for (const domain of ["shop", "gone", "silent"].map(demo)) {
      const body = JSON.stringify({ email: address(domain) });
      const response = await worker.fetch(`/v1/verify?format=${format}`, { method: "POST", headers: authorized, body });
      assert.ok(![...response.headers].join("\n").includes(canary));
      assert.ok((await response.text()).includes(canary));
    }
  }
});

test("verify answers with it, under every fate of the domain", async () => {
  const fates = ["shop", "gone", "servfail", "silent", "closed", "bogus", "disputed"].map(demo);
  for (const domain of [...fates, "not-in-the-demo.org", "gmail.com", "gamil.com", "printer.local", "risky.example.com"]) {
    const body = JSON.stringify({ email: address(domain) });
    const response = await worker.fetch("/v1/verify", { method: "POST", headers: { ...authorized, origin: shop }, body });
    assert.ok(![...response.headers].join("\n").includes(canary));
    const { input, local_part } = await response.json();
    assert.deepEqual([input, local_part], [address(domain), canary]);
  }
  for (const odd of [`${canary}@`, `@${canary}@a.com`, `"${canary} x"@gmail.com`, `${canary}@[192.0.2.1]`, `<${canary}@gmail.com`]) {
    const response = await worker.fetch("/v1/verify", { method: "POST", headers: authorized, body: JSON.stringify({ email: odd }) });
    assert.equal((await response.json()).input, odd);
  }
});

test("it is in no question to a resolver and in no line of the log", async () => {
  const asked = await worker.asked();
  assert.ok(asked.length > 0);
  assert.ok(!JSON.stringify(asked).includes(canary));
  assert.ok(!JSON.stringify(worker.logs()).includes(canary), JSON.stringify(worker.logs()));
});

// Every address has an end of its own, 71 and more, that must not be seen again. The networks
// are asked from until there is nothing left.
test("the address of who asks is in no answer, and neither is the marked text in a refusal", async () => {
  await worker.withVariables({ MAILPROOF_RATE_LIMIT: "2/60" });
  let refused = 0;
  for (let time = 0; time < 8; time += 1) {
    for (const ip of [`198.51.100.${71 + time}`, `2001:db8:0:1:ca7a:${71 + time}::1`]) {
      const headers = { "cf-connecting-ip": ip, "x-forwarded-for": ip, origin: `https://${canary}.com` };
      const response = await worker.fetch(`/v1/domains/unheard-of-${time}-${ip.length}.com`, { headers });
      const seen = [...response.headers].join("\n") + (await response.text());
      assert.ok(!seen.includes(ip) && !seen.includes(canary), seen);
      refused += response.status === 429;
    }
  }
  assert.ok(refused >= 8, `${refused}`);
  const kept = JSON.stringify([worker.logs(), await worker.asked()]);
  assert.ok(!/198\.51\.100|2001:db8|ca7a|canary7f3a9c/.test(kept), kept);
});
