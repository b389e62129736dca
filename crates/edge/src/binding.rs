//! The Worker's variables as the platform hands them over.

use wasm_bindgen::JsCast;
use worker::Env;
use worker::js_sys::{Object, Reflect};

use crate::config::{PREFIX, Variable};

/// All variables and secrets with our prefix.
pub(crate) fn variables(env: &Env) -> Vec<Variable> {
    let env: &Object = env.unchecked_ref();
    let names = Object::keys(env)
        .into_iter()
        .filter_map(|name| name.as_string());
    let ours = names.filter(|name| name.starts_with(PREFIX));
    ours.map(|name| {
        let value = Reflect::get(env, &name.as_str().into());
        let text = value.ok().and_then(|value| value.as_string());
        (name, text)
    })
    .collect()
}
