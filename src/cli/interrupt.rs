//! Ctrl-C, and what else asks a program to end: ends the command, never in the middle of a file.

use super::helper;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());
/// How many articles are done, for the last message.
static DONE: AtomicUsize = AtomicUsize::new(0);
/// What the last message says of the output.
static KEPT: OnceLock<String> = OnceLock::new();

/// Files in the making, which nobody wants.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// What a shell adds to the number of the signal that ended a command.
const BY_SIGNAL: i32 = 128;

/// From now on Ctrl-C and a request to end wait for a file that is being written, say where the command was, and end it.
/// A hangup is left alone, as `nohup` wants it ignored.
#[cfg(unix)]
pub(super) fn install() -> anyhow::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    std::thread::spawn(move || signals.forever().for_each(end));
    Ok(())
}

/// The same where there is only Ctrl-C.
#[cfg(not(unix))]
pub(super) fn install() -> anyhow::Result<()> {
    const SIGINT: i32 = 2;
    Ok(ctrlc::set_handler(|| end(SIGINT))?)
}

fn end(signal: i32) {
    let _whole = writing();
    for file in lock(&UNFINISHED).iter() {
        // Gone already is as good.
        std::fs::remove_file(file).ok();
    }
    helper::end_all();
    let done = DONE.load(Ordering::Relaxed);
    match KEPT.get() {
        Some(kept) => anstream::eprintln!("interrupted after {done} articles; {kept}"),
        None => anstream::eprintln!("interrupted"),
    }
    std::process::exit(BY_SIGNAL + signal);
}

/// Keeps Ctrl-C waiting.
pub(super) fn writing() -> MutexGuard<'static, ()> {
    lock(&WRITING)
}

fn lock<T>(mutex: &'static Mutex<T>) -> MutexGuard<'static, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes a file in the making as long as it lives, so that Ctrl-C leaves none behind.
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    pub(super) fn new(path: &Path) -> Self {
        lock(&UNFINISHED).insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        lock(&UNFINISHED).remove(&self.0);
    }
}

/// Says what becomes of the output where the command is interrupted.
pub(super) fn keeps(what: String) {
    KEPT.set(what).ok();
}

/// One more article is done.
pub(super) fn one_more() {
    DONE.fetch_add(1, Ordering::Relaxed);
}
