//! Reads one field's settings from where the page gave them.

use web_sys::HtmlInputElement;

use super::host::Host;
use crate::settings::{Block, Settings, When};

/// The settings of `input`, with the defaults for what is not given.
pub(crate) fn read(host: &Host, input: &HtmlInputElement) -> Settings {
    let block = match host.setting(input, "block") {
        Some(name) => Block::named(&name),
        // A form with `novalidate` told the browser to hold nothing back.
        None if input.form().is_some_and(|form| form.no_validate()) => Block::Nothing,
        None => Block::default(),
    };
    Settings {
        when: host
            .setting(input, "when")
            .map_or(When::default(), |name| When::named(&name)),
        block,
        asks_edge: host.setting(input, "mode").as_deref() != Some("local"),
    }
}
