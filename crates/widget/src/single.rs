//! What lives as long as the module. A page runs it in one thread.

use core::cell::RefCell;

/// A value that the whole module shares.
pub(crate) struct Single<T>(RefCell<T>);

// Without atomics a WebAssembly module has one thread, and so has each of the tests, which
// do not touch these.
#[cfg(not(target_feature = "atomics"))]
#[allow(unsafe_code, reason = "there is no other thread that could look")]
unsafe impl<T> Sync for Single<T> {}

impl<T> Single<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(RefCell::new(value))
    }

    /// Works on the value. Not to be nested: nothing that the page does comes back here
    /// before the call is over.
    pub(crate) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        work(&mut self.0.borrow_mut())
    }
}
