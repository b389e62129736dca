//! The command line: four words in a fixed order, read by the build alone.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, bail};

const USAGE: &str =
    "usage: mailproof-bindgen --target page|engine|worker INPUT.wasm OUT_DIR OUT_NAME";

/// Who will load the glue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A browser (or Node): an ECMAScript module that is told where the wasm is.
    Page,
    /// The same inside `www/engine`, which starts the module itself, or what wasm2js makes
    /// of it.
    Engine,
    /// workerd: an ECMAScript module that imports the wasm as a module.
    Worker,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) target: Target,
    pub(crate) input: PathBuf,
    pub(crate) out_dir: PathBuf,
    /// Stem of the files written.
    pub(crate) name: String,
}

impl Arguments {
    pub(crate) fn parse(words: impl IntoIterator<Item = OsString>) -> anyhow::Result<Self> {
        let words: Vec<OsString> = words.into_iter().collect();
        let [flag, target, input, out_dir, name] = words.as_slice() else {
            bail!(USAGE);
        };
        if flag != "--target" {
            bail!(USAGE);
        }
        let target = match target.to_str() {
            Some("page") => Target::Page,
            Some("engine") => Target::Engine,
            Some("worker") => Target::Worker,
            _ => bail!("the target is `page`, `engine` or `worker`\n{USAGE}"),
        };
        let name = name
            .to_str()
            .context("the name of the output is not UTF-8")?
            .to_owned();
        Ok(Self {
            target,
            input: input.into(),
            out_dir: out_dir.into(),
            name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Target, &str)>) {
        let parsed = Arguments::parse(line.split_whitespace().map(OsString::from)).ok();
        let found = parsed
            .as_ref()
            .map(|arguments| (arguments.target, arguments.name.as_str()));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn the_four_words() {
        check(
            "--target page in.wasm out widget",
            Some((Target::Page, "widget")),
        );
        check(
            "--target worker in.wasm out edge",
            Some((Target::Worker, "edge")),
        );
        check(
            "--target engine in.wasm out core",
            Some((Target::Engine, "core")),
        );
        check("--target nodejs in.wasm out edge", None);
        check("--target page in.wasm out", None);
        check("page --target in.wasm out widget", None);
        check("--target page in.wasm out widget more", None);
        check("", None);
    }
}
