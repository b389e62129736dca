// Compiled, never run: what the package's types promise.
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { attach, check, emailSchema, load, type Verdict } from "mailproof";
import { verifyToken } from "mailproof/token";

const schema: StandardSchemaV1<string, string> = emailSchema({ refuse: "doubtful", lang: "zh-Hant" });
const output: StandardSchemaV1.InferOutput<typeof schema> = "text";

export async function judged(text: string): Promise<string | null> {
  const verdict: Verdict = await check(text, { policy: "form" });
  // @ts-expect-error: no such code
  if (verdict.reason === "no_such_code") return output;
  return verdict.result === "risky" ? verdict.did_you_mean : verdict.normalized;
}

export async function looked(field: HTMLInputElement, wasm: WebAssembly.Module) {
  await load({ core: wasm });
  const { detach } = await attach(field, { block: "none" });
  // @ts-expect-error: no such moment
  await attach(field, { when: "always" });
  detach();
}

export async function verified(token: string) {
  const keys = { keys: [{ kid: "one", kty: "OKP", crv: "Ed25519", x: "" }] };
  const answer = await verifyToken(token, { keys, site: "https://shop.net", normalized: "jane@shop.net" });
  return answer.ok ? answer.claims.result : answer.why;
}
