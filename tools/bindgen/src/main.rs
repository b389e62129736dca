//! The wasm-bindgen step of the build: reads a module that cargo built, writes the
//! module without its descriptors and the JavaScript glue beside it.
//!
//! It is the library behind the `wasm-bindgen` command, at exactly the version of the
//! `wasm-bindgen` crate in `Cargo.lock`, so that the two can never disagree and nothing
//! has to be installed. It does not optimise, bundle or minify: `scripts/build.mjs`
//! does, with wasm-opt and esbuild.
//!
//! ```text
//! mailproof-bindgen --target page|engine|worker INPUT.wasm OUT_DIR OUT_NAME
//! ```
#![forbid(unsafe_code)]

mod arguments;
mod silence;
mod unreached;

use anyhow::Context as _;
use arguments::{Arguments, Target};
use walrus::{Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse(std::env::args_os().skip(1))?;
    write_glue(&arguments)
        .with_context(|| format!("wasm-bindgen refused {}", arguments.input.display()))
}

/// Writes `OUT_NAME.js` and `OUT_NAME_bg.wasm`, and `snippets/` where a crate has inline
/// JavaScript; for the engine also `OUT_NAME_bg.js`.
fn write_glue(arguments: &Arguments) -> anyhow::Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_module(&arguments.name, read(arguments)?);
    match arguments.target {
        // `export default init({ module_or_path })`; the loader knows the path.
        Target::Page => bindgen.web(true)?.omit_default_module_path(true),
        // The glue waits for its module: for an instance of it, or for what wasm2js makes.
        Target::Engine => bindgen.bundler(true)?,
        // `import source` of the module; the reset function lets the Worker's entry
        // start over after a panic, and the abort handler tells it that there was one.
        Target::Worker => bindgen
            .module(true)?
            .reset_state_function(true)
            .force_enable_abort_handler(true),
    };
    bindgen.typescript(false).generate(&arguments.out_dir)
}

fn read(arguments: &Arguments) -> anyhow::Result<Module> {
    let mut wasm = std::fs::read(&arguments.input)?;
    if arguments.target != Target::Worker {
        unreached::blank_unreached(&mut wasm)?;
    }
    let mut module = ModuleConfig::new()
        .strict_validate(false)
        // In the Worker's log a stack trace has names.
        .generate_name_section(arguments.target == Target::Worker)
        .generate_producers_section(false)
        .parse(&wasm)?;
    without_relocations(&mut module);
    if arguments.target == Target::Engine {
        // The precompiled standard library announces features that wasm-bindgen would then
        // use: tables of references that nothing here needs and wasm2js cannot translate.
        module.customs.remove_raw("target_features");
    }
    if arguments.target != Target::Worker {
        silence::silence_panics(&mut module);
    }
    Ok(module)
}

/// They are about the module as it came, and of no more use.
fn without_relocations(module: &mut Module) {
    let names: Vec<String> = module
        .customs
        .iter()
        .map(|(_, section)| section.name().to_owned())
        .filter(|name| name == "linking" || name.starts_with("reloc."))
        .collect();
    for name in names {
        module.customs.remove_raw(&name);
    }
}
