//! How a page binds a token to an address, and sends both to its form.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};

/// Characters of a nonce: 16 random octets in base64url. The length is fixed so that no part
/// of an address can pass for one of the nonce.
pub const NONCE_LENGTH: usize = 22;

/// The value of a form's token field: `nonce.token`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed<'f> {
    /// What the page drew.
    pub nonce: &'f str,
    /// What the edge signed.
    pub token: &'f str,
}

impl<'f> Sealed<'f> {
    /// Takes the field apart; `None` where it does not begin with a nonce.
    pub fn parse(field: &'f str) -> Option<Self> {
        let (nonce, token) = field.split_once('.')?;
        is_nonce(nonce).then_some(Self { nonce, token })
    }
}

/// The commitment to an address: base64url of SHA-256 over the nonce's characters and then
/// the normalized address in UTF-8; `None` for what is no nonce.
pub fn commitment(nonce: &str, normalized: &str) -> Option<String> {
    let text = [nonce, normalized].concat();
    is_nonce(nonce).then(|| URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes())))
}

fn is_nonce(text: &str) -> bool {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    text.len() == NONCE_LENGTH && text.bytes().all(is_base64url)
}
