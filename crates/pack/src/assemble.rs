//! One pack's bytes out of its sections.

use mailproof_core::pack::layout;
use sha2::{Digest, Sha256};

/// Which pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For the form.
    Small,
    /// For the edge and the command line.
    Full,
}

/// Puts header and sections together. The sections are sources, suffixes, relays, free,
/// known, disposable.
pub fn assemble(
    kind: Kind,
    version: &str,
    sections: [&[u8]; layout::SECTIONS],
) -> Result<Vec<u8>, String> {
    let mut payload = Vec::new();
    for section in sections {
        let length = u32::try_from(section.len()).map_err(|e| e.to_string())?;
        payload.extend_from_slice(&length.to_le_bytes());
    }
    for section in sections {
        payload.extend_from_slice(section);
    }

    let mut pack = vec![0; layout::HEADER];
    let length = u32::try_from(pack.len() + payload.len()).map_err(|e| e.to_string())?;
    pack[..4].copy_from_slice(&layout::MAGIC);
    pack[4] = layout::FORMAT;
    pack[5] = match kind {
        Kind::Small => 0,
        Kind::Full => 1,
    };
    pack[layout::LENGTH].copy_from_slice(&length.to_le_bytes());
    pack[layout::VERSION][..version.len()].copy_from_slice(version.as_bytes());
    pack[layout::SHA256].copy_from_slice(&Sha256::digest(&payload));
    pack.extend_from_slice(&payload);
    let checksum = layout::checksum(&pack);
    pack[layout::CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
    Ok(pack)
}
