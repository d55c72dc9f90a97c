//! Counts steps in tests, so that "linear" is checked by work done and not by a clock; costs nothing elsewhere.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Adds steps.
#[cfg(test)]
pub(super) fn count(steps: usize) {
    STEPS.with(|cell| cell.set(cell.get() + steps));
}

/// Adds steps.
#[cfg(not(test))]
#[inline]
pub(super) const fn count(_: usize) {}

/// Steps that `action` takes on this thread.
#[cfg(test)]
pub(super) fn steps(action: impl FnOnce()) -> usize {
    STEPS.with(|cell| cell.set(0));
    action();
    STEPS.with(std::cell::Cell::get)
}
