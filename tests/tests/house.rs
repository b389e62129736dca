//! The house rules that the compiler does not hold: who may depend on whom,
//! and the lints that every crate inherits.

use std::fs;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, TargetKind};

/// Every member and what of ours it may depend on, its own tests aside.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("mailproof-core", &[]),
    ("mailproof-lists", &[]),
    ("mailproof-bindgen", &[]),
    ("mailproof-dns", &["mailproof-core"]),
    ("mailproof-pack", &["mailproof-core"]),
    ("mailproof-widget", &["mailproof-core"]),
    (
        "mailproof-edge",
        &["mailproof-core", "mailproof-dns", "mailproof-lists"],
    ),
    (
        "mailproof-cli",
        &["mailproof-core", "mailproof-dns", "mailproof-lists"],
    ),
    (
        "mailproof-laws",
        &["mailproof-core", "mailproof-dns", "mailproof-lists"],
    ),
    // The tests may use everything but the Worker, which only lives in WebAssembly.
    (
        "mailproof-tests",
        &[
            "mailproof-core",
            "mailproof-dns",
            "mailproof-lists",
            "mailproof-pack",
            "mailproof-cli",
            "mailproof-widget",
            "mailproof-laws",
        ],
    ),
];

/// Libraries that belong to one shell.
const RESERVED: &[(&str, &str)] = &[
    ("worker", "mailproof-edge"),
    ("wasm-bindgen-cli-support", "mailproof-bindgen"),
];

/// wasm-bindgen's macros write unsafe code into these; the workspace denies it elsewhere.
const WITH_GENERATED_UNSAFE_CODE: &[&str] = &["mailproof-widget", "mailproof-edge"];

fn workspace() -> Metadata {
    MetadataCommand::new()
        .no_deps()
        .exec()
        .expect("cargo metadata describes this workspace")
}

#[test]
fn dependencies_point_inwards() {
    let workspace = workspace();
    for package in workspace.workspace_packages() {
        let name = package.name.as_str();
        let (_, allowed) = DIRECTIONS
            .iter()
            .find(|(member, _)| *member == name)
            .unwrap_or_else(|| panic!("{name} is not in the table of directions"));
        for ours in package
            .dependencies
            .iter()
            .filter(|dependency| dependency.name.starts_with("mailproof-"))
            .filter(|dependency| dependency.kind != DependencyKind::Development)
        {
            assert!(
                allowed.contains(&ours.name.as_str()),
                "{name} may not depend on {}",
                ours.name
            );
        }
    }
    assert_eq!(workspace.workspace_packages().len(), DIRECTIONS.len());
}

#[test]
fn libraries_of_one_shell_stay_there() {
    for package in workspace().workspace_packages() {
        for (library, owner) in RESERVED {
            let uses = package.dependencies.iter().any(|it| it.name == *library);
            assert!(
                !uses || package.name == *owner,
                "{library} is for {owner}, not for {}",
                package.name
            );
        }
    }
}

#[test]
fn every_crate_inherits_the_lints() {
    for package in workspace().workspace_packages() {
        let manifest = fs::read_to_string(&package.manifest_path).expect("a manifest");
        assert!(
            manifest.contains("\n[lints]\nworkspace = true\n"),
            "{}: `[lints]` without `workspace = true`",
            package.manifest_path
        );
    }
}

#[test]
fn unsafe_code_is_forbidden_where_no_macro_needs_it() {
    for package in workspace().workspace_packages() {
        if WITH_GENERATED_UNSAFE_CODE.contains(&package.name.as_str()) {
            continue;
        }
        for root in roots(package) {
            let source = fs::read_to_string(root).expect("the root of a crate");
            assert!(
                source.contains("#![forbid(unsafe_code)]"),
                "{root}: without `#![forbid(unsafe_code)]`"
            );
        }
    }
}

/// The files at the root of a package's libraries and programs.
fn roots(package: &Package) -> impl Iterator<Item = &cargo_metadata::camino::Utf8Path> {
    let shipped = |kind: &TargetKind| !matches!(kind, TargetKind::Test | TargetKind::Bench);
    package
        .targets
        .iter()
        .filter(move |target| target.kind.iter().all(shipped))
        .map(|target| target.src_path.as_path())
}
