//! `psl/psl_tests.tsv`: the registrable domain. Our list is the ICANN part alone.

use std::path::Path;

use mailproof_core::{Address, Domain};

use super::{Row, read};
use crate::packs;

pub(super) fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let text = read(&folder.join("psl_tests.tsv"))?;
    let rows = text
        .lines()
        .enumerate()
        .skip(1)
        .filter_map(|(number, line)| {
            let (domain, expected) = line.split_once('\t')?;
            let ascii = |domain: &str| match Address::parse(&format!("a@{domain}")).ok()?.domain {
                Domain::Name(name) => Some(name.as_ascii().to_owned()),
                Domain::Literal(_) => None,
            };
            let found = ascii(domain)
                .and_then(|domain| packs::SMALL.registrable_domain(&domain).map(str::to_owned));
            Some(Row {
                id: format!("psl/psl_tests#{}", number + 1),
                offers_another: false,
                agrees: found == ascii(expected),
                detail: format!("{domain:?} expected {expected:?} found {found:?}"),
            })
        });
    Ok(rows.collect())
}
