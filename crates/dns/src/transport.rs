//! What came back over HTTPS, before anybody looked into it.

/// The body of a `200` answer of type `application/dns-message` (RFC 8484 §4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The DNS message, or what claims to be one.
    pub body: &'a [u8],
    /// Seconds that HTTP caches have held it (`Age`, RFC 8484 §5.1); 0 where not said.
    pub age_s: u32,
}

/// Why there is no body. Always our or the resolver's trouble, never the domain's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportFailure {
    /// Nothing came in time.
    Timeout,
    /// No connection, no TLS, or a connection that broke.
    Unreachable,
    /// A status other than `200`.
    Status(u16),
    /// A body that is not `application/dns-message`.
    ContentType,
    /// A body of more than [`MAX_BODY`](crate::MAX_BODY) octets.
    TooLarge,
}
