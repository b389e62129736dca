//! What one look-up has under way with its resolvers: `tools/bindgen/conversation.mjs`, which
//! does with the platform's `fetch` and timers what would else cross the boundary of
//! WebAssembly a dozen times a question.

use mailproof_dns::{QueryId, Reply, TransportFailure};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::js_sys::futures::JsFuture;
use worker::js_sys::{Promise, Uint8Array};

#[wasm_bindgen(raw_module = "edge-conversation")]
extern "C" {
    #[wasm_bindgen(js_name = Conversation)]
    type Platform;
    #[wasm_bindgen(constructor, js_class = "Conversation")]
    fn new() -> Platform;
    #[wasm_bindgen(method)]
    fn ask(this: &Platform, number: u8, url: &str);
    #[wasm_bindgen(method)]
    fn next(this: &Platform, milliseconds: f64) -> Promise;
    #[wasm_bindgen(method)]
    fn end(this: &Platform);
}

/// Queries sent, and the platform's part of them. Dropping it breaks off what is under way.
pub(crate) struct Conversation {
    platform: Platform,
    /// By number.
    sent: Vec<QueryId>,
}

/// What came of one query.
pub(crate) struct Answered {
    pub(crate) id: QueryId,
    octets: Vec<u8>,
}

impl Conversation {
    pub(crate) fn new() -> Self {
        Self {
            platform: Platform::new(),
            sent: Vec::new(),
        }
    }

    /// Sends a query; its answer comes with [`Conversation::next`].
    pub(crate) fn ask(&mut self, id: QueryId, url: &str) {
        // A look-up sends 13 at most.
        let number = u8::try_from(self.sent.len()).unwrap_or(u8::MAX);
        self.sent.push(id);
        self.platform.ask(number, url);
    }

    /// The next answer, if one comes within this time.
    pub(crate) async fn next(&self, wait_ms: u64) -> Option<Answered> {
        // Exact: a look-up has seconds, not the years that an f64 would round.
        #[allow(clippy::cast_precision_loss)]
        let next = self.platform.next(wait_ms as f64);
        let octets = JsFuture::from(next).await.ok()?;
        let octets = octets.dyn_into::<Uint8Array>().ok()?.to_vec();
        let number = usize::from(*octets.first()?);
        let id = *self.sent.get(number)?;
        Some(Answered { id, octets })
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        self.platform.end();
    }
}

impl Answered {
    /// The body, or why there is none.
    pub(crate) fn reply(&self) -> Result<Reply<'_>, TransportFailure> {
        let [_, outcome, a, b, c, d, body @ ..] = &*self.octets else {
            return Err(TransportFailure::Unreachable);
        };
        let detail = u32::from_le_bytes([*a, *b, *c, *d]);
        match outcome {
            0 => Ok(Reply {
                body,
                age_s: detail,
            }),
            2 => Err(TransportFailure::Status(
                u16::try_from(detail).unwrap_or(u16::MAX),
            )),
            3 => Err(TransportFailure::ContentType),
            4 => Err(TransportFailure::TooLarge),
            _ => Err(TransportFailure::Unreachable),
        }
    }
}
