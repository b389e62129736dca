//! Takes the wording of panics out of a module for the page.
//!
//! A panic in the page ends in a trap that the loader catches: nobody reads its message.
//! The code that would write it (formatting of numbers, strings, source positions) is
//! larger than the engine itself. So the functions that begin a panic are replaced by the
//! trap, and wasm-opt drops whatever only they could reach.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// Paths of the standard library's functions that never return because they panic.
const PANICS: &[&str] = &[
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_",
    "core::str::slice_error_fail",
    "std::panicking::",
    "std::thread::local::panic_access_error",
];

/// Replaces every such function's body by `unreachable`; how many there were.
pub(crate) fn silence_panics(module: &mut Module) -> usize {
    let panics: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| {
            let name = module.funcs.get(*id).name.as_deref();
            name.is_some_and(begins_a_panic)
        })
        .map(|(id, _)| id)
        .collect();
    for id in &panics {
        trap(module, *id);
    }
    panics.len()
}

pub(crate) fn begins_a_panic(mangled: &str) -> bool {
    let path = format!("{:#}", rustc_demangle::demangle(mangled));
    PANICS.iter().any(|panic| path.starts_with(panic))
}

fn trap(module: &mut Module, id: FunctionId) {
    let signature = module.types.get(module.funcs.get(id).ty());
    let (parameters, results) = (signature.params().to_vec(), signature.results().to_vec());
    let arguments = parameters
        .iter()
        .map(|kind| module.locals.add(*kind))
        .collect();
    let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
    body.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: bool) {
        assert_eq!(begins_a_panic(name), expected, "{name}");
    }

    #[test]
    fn both_manglings() {
        check("_ZN4core9panicking9panic_fmt17h0123456789abcdefE", true);
        check("_RNvNtCsgXGp5Oqx2Ny_4core9panicking9panic_fmt", true);
        check("_ZN4core6option13unwrap_failed17h0123456789abcdefE", true);
        check("_RNvNtCsgXGp5Oqx2Ny_4core3str19slice_error_fail_rt", true);
        check("_ZN14mailproof_core5judge5judge17h0123456789abcdefE", false);
        check("memcpy", false);
    }
}
