//! Signatures by the platform's `WebCrypto`.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use worker::js_sys::futures::JsFuture;
use worker::js_sys::{Array, Object, Promise, Reflect, Uint8Array};

use crate::news::News;
use crate::report::domain_report;
use crate::signing_key::SigningKey;
use crate::token::{self, Claim};
use mailproof_dns::DomainName;

const ALGORITHM: &str = "Ed25519";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = importKey, catch)]
    fn import_key(
        format: &str,
        key: &Object,
        algorithm: &str,
        extractable: bool,
        usages: &Array,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = sign, catch)]
    fn sign_octets(algorithm: &str, key: &JsValue, octets: &[u8]) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = verify, catch)]
    fn verify_octets(
        algorithm: &str,
        key: &JsValue,
        signature: &[u8],
        octets: &[u8],
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = crypto, js_name = randomUUID)]
    fn random_uuid() -> String;
}

thread_local! {
    /// The imported key; an isolate has one configuration and so one key that signs.
    static IMPORTED: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// The token for a claim on what is known of a domain; `None` where the platform will not
/// sign with this key, as when its two halves do not belong together.
pub(crate) async fn sign(
    claim: &Claim,
    name: &DomainName,
    news: &News,
    key: &SigningKey,
) -> Option<String> {
    let report = domain_report(name, news.kept.routing());
    let input = claim.signing_input(&report, key.kid(), news.now_ms, &random_uuid());
    let signature = signature(&input, key).await.ok()?;
    Some(token::compact(&input, &signature))
}

async fn signature(input: &str, key: &SigningKey) -> Result<Vec<u8>, JsValue> {
    let imported = match IMPORTED.with_borrow(Clone::clone) {
        Some(imported) => imported,
        None => import(key).await?,
    };
    sign_with(&imported, input).await
}

async fn sign_with(key: &JsValue, input: &str) -> Result<Vec<u8>, JsValue> {
    let signature = sign_octets(ALGORITHM, key, input.as_bytes())?;
    let signature = JsFuture::from(signature).await?;
    Ok(Uint8Array::new(&signature).to_vec())
}

/// Imports the key once an isolate, and checks that its halves belong together: the
/// platform does not, and what it then signs would be refused by everybody and might give
/// the secret half away.
async fn import(key: &SigningKey) -> Result<JsValue, JsValue> {
    let secret = import_half(key, Some(key.secret_half()), "sign").await?;
    let public = import_half(key, None, "verify").await?;
    let probe = "mailproof";
    let signature = sign_with(&secret, probe).await?;
    let verified = verify_octets(ALGORITHM, &public, &signature, probe.as_bytes())?;
    if !JsFuture::from(verified).await?.is_truthy() {
        return Err(JsValue::UNDEFINED);
    }
    IMPORTED.set(Some(secret.clone()));
    Ok(secret)
}

async fn import_half(
    key: &SigningKey,
    secret_half: Option<&str>,
    usage: &str,
) -> Result<JsValue, JsValue> {
    let jwk = Object::new();
    let public = [("kty", "OKP"), ("crv", ALGORITHM), ("x", key.public_half())];
    let secret = secret_half.map(|d| ("d", d));
    for (member, value) in public.into_iter().chain(secret) {
        Reflect::set(&jwk, &member.into(), &value.into())?;
    }
    let usages = Array::of1(&usage.into());
    let imported = import_key("jwk", &jwk, ALGORITHM, false, &usages)?;
    JsFuture::from(imported).await
}
