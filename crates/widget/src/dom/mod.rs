//! The field's effects on a real page, through web-sys.
//!
//! Thin on purpose: what is to be done, and when, [`crate::field`] decides. A call that
//! the page's browser refuses is dropped; nothing here may throw into the page.

mod edge;
mod element;
mod form;
mod host;
mod judging;
mod later;
mod live;
mod page;
mod region;
mod report;
mod settings;
mod style;
mod verify;

pub use host::Host;
pub(crate) use page::engine_changed;
pub use page::{attach, detach, start};
pub use verify::verify;
