//! What the command line can do.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use mailproof_core::Pack;
use mailproof_core::pack::layout;
use sha2::{Digest, Sha256};

use crate::assemble::{Kind, Packs};
use crate::collection::Collection;
use crate::figures::figures;
use crate::kept_out::kept_out;
use crate::organisations::Organisations;
use crate::provenance::{Corroborated, Provenance, brotli_length};
use crate::sources::{Role, hex, read_manifest};
use crate::verify::verify;

/// What a build makes: files by their place in the repository, and their bytes.
type Files = [(&'static str, Vec<u8>); 5];

/// Percent of the corroborated disposable domains that the full pack has to find: the rules
/// keep mistakes out, not the lists.
const LEAST_FOUND: usize = 95;

/// Builds, and writes the files that changed.
pub fn build(root: &Path) -> Result<(), String> {
    for (name, bytes) in files(&root.join("data"))? {
        let path = root.join(name);
        if std::fs::read(&path).is_ok_and(|committed| committed == bytes) {
            println!("{name}: unchanged");
            continue;
        }
        std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("{name}: written");
    }
    Ok(())
}

/// Builds, and compares with the committed files byte for byte.
pub fn check(root: &Path) -> Result<(), String> {
    let mut different = Vec::new();
    for (name, bytes) in files(&root.join("data"))? {
        let path = root.join(name);
        if !std::fs::read(&path).is_ok_and(|committed| committed == bytes) {
            different.push(name);
        }
    }
    if different.is_empty() {
        println!("the committed files are what the sources give");
        return Ok(());
    }
    Err(format!(
        "{} differ from what the sources give; run `mailproof-pack build`",
        different.join(", ")
    ))
}

/// Prints what the rules kept out, a rule and a domain a line, for people to look over.
pub fn dropped(root: &Path) -> Result<(), String> {
    for (rule, domains) in Collection::read(&root.join("data"))?.dropped {
        for domain in domains.into_keys() {
            println!("{}\t{domain}", rule.name());
        }
    }
    Ok(())
}

/// Prints the real domains of packages, a domain and its source a line, tab-separated: the
/// packs call none of them disposable but some of the most visited sites, and no rule and no
/// model is made from those of role `real` or `visited`.
pub fn real(root: &Path) -> Result<(), String> {
    let data = root.join("data");
    let manifest = read_manifest(&data)?;
    let mut output = BufWriter::new(io::stdout().lock());
    for domains in [
        Organisations::read(&manifest, Role::Organisations, &data)?,
        Organisations::read(&manifest, Role::Real, &data)?,
        Organisations::read_common(&manifest, Role::Visited, &data)?,
    ] {
        for (domain, source) in domains.rows() {
            writeln!(output, "{domain}\t{source}").map_err(|e| e.to_string())?;
        }
    }
    output.flush().map_err(|e| e.to_string())
}

/// Holds the committed packs against their provenance: what can be told without the sources.
pub fn committed(root: &Path) -> Result<(), String> {
    let folder = root.join("crates/lists/data");
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let provenance: serde_json::Value =
        serde_json::from_slice(&read("provenance.json")?).map_err(|e| e.to_string())?;
    for kind in [Kind::Small, Kind::Full] {
        let bytes = read(&format!("{}.pack", kind.name()))?;
        let pack = Pack::new(&bytes).map_err(|e| format!("{}.pack: {e:?}", kind.name()))?;
        let figures = &provenance["packs"][kind.name()];
        let sha256 = hex(&Sha256::digest(&bytes[layout::HEADER..]));
        let length = brotli_length(&bytes)?;
        for (what, holds) in [
            ("version", provenance["version"] == pack.info().version),
            ("own digest", sha256 == pack.info().sha256.to_hex()),
            ("digest", figures["sha256"] == sha256.as_str()),
            ("length", figures["bytes"] == bytes.len()),
            ("compressed length", figures["brotli"] == length),
            ("budget", length <= kind.budget()),
        ] {
            if !holds {
                return Err(format!("{}.pack: its {what} does not hold", kind.name()));
            }
        }
        println!("{}.pack {}: {sha256}", kind.name(), pack.info().version);
    }
    println!("the committed packs are those of provenance.json");
    Ok(())
}

fn files(data: &Path) -> Result<Files, String> {
    let collection = Collection::read(data)?;
    let packs = Packs::assemble(&collection)?;
    verify(&collection, &packs)?;

    let provenance = Provenance::of(&collection, &packs)?;
    for kind in [Kind::Small, Kind::Full] {
        let figures = &provenance.packs[kind.name()];
        println!("{}: {figures}", kind.name());
        if figures.brotli > kind.budget() {
            return Err(format!(
                "the {} pack is over {} bytes",
                kind.name(),
                kind.budget()
            ));
        }
    }
    let Corroborated {
        in_union,
        found_by_full,
        ..
    } = provenance.corroborated;
    println!("two lineages or more list {in_union}; the full pack finds {found_by_full} of them");
    if found_by_full * 100 < in_union * LEAST_FOUND {
        return Err(format!("that is under {LEAST_FOUND} %"));
    }

    let mut json = serde_json::to_vec_pretty(&provenance).map_err(|e| e.to_string())?;
    json.push(b'\n');
    let page = figures(&provenance).into_bytes();
    Ok([
        ("docs/lists-figures.md", page),
        (
            "crates/lists/data/kept-out.tsv",
            kept_out(&collection).into_bytes(),
        ),
        ("crates/lists/data/provenance.json", json),
        ("crates/lists/data/small.pack", packs.small.bytes),
        ("crates/lists/data/full.pack", packs.full.bytes),
    ])
}
