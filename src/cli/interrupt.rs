//! Ctrl-C, and what else asks a program to end: ends the command with exit code 130, never in the middle of a file.

use anyhow::bail;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());
/// How many articles are done, for the last message.
static DONE: AtomicUsize = AtomicUsize::new(0);
/// What the last message says of the output.
static KEPT: OnceLock<String> = OnceLock::new();

/// Files in the making, which nobody wants.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Programs that work for us, which must not go on without us.
static HELPERS: Mutex<Vec<Arc<Mutex<Child>>>> = Mutex::new(Vec::new());

/// What the shell says of a command that was interrupted.
const INTERRUPTED: i32 = 130;

/// From now on Ctrl-C waits for a file that is being written, says where the command was, and ends it.
pub(super) fn install() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        let _whole = writing();
        for file in lock(&UNFINISHED).iter() {
            // Gone already is as good.
            std::fs::remove_file(file).ok();
        }
        for helper in lock(&HELPERS).iter() {
            // Ended already is as good.
            let mut child = helper.lock().unwrap_or_else(PoisonError::into_inner);
            child.kill().ok();
        }
        let done = DONE.load(Ordering::Relaxed);
        match KEPT.get() {
            Some(kept) => anstream::eprintln!("interrupted after {done} articles; {kept}"),
            None => anstream::eprintln!("interrupted"),
        }
        std::process::exit(INTERRUPTED);
    })?;
    Ok(())
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

/// A program that is at work for us; it ends where the command is interrupted.
pub(super) struct Helper(Arc<Mutex<Child>>);

impl Helper {
    pub(super) fn new(child: Child) -> Self {
        let child = Arc::new(Mutex::new(child));
        lock(&HELPERS).push(child.clone());
        Self(child)
    }

    /// What it answers to an input. The child is not held while it works, so that an interruption reaches it.
    pub(super) fn answer(&mut self, input: &[u8]) -> anyhow::Result<Output> {
        let (stdin, stdout, stderr) = {
            let mut child = self.child();
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        };
        let (Some(mut stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
            bail!("the program has no pipes");
        };
        let (written, stdout, stderr) = std::thread::scope(|scope| {
            let written = scope.spawn(move || stdin.write_all(input));
            let stderr = scope.spawn(move || all(stderr));
            (written.join(), all(stdout), stderr.join())
        });
        let status = self.child().wait()?;
        // Where it ends early its own message says more than the broken pipe.
        if status.success() && !matches!(written, Ok(Ok(()))) {
            bail!("the program did not read all of its input");
        }
        let stderr = stderr.unwrap_or_else(|_| Ok(Vec::new()))?;
        Ok(Output {
            status,
            stdout: stdout?,
            stderr,
        })
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        lock(&HELPERS).retain(|other| !Arc::ptr_eq(other, &self.0));
    }
}

fn all(mut from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Says what becomes of the output where the command is interrupted.
pub(super) fn keeps(what: String) {
    KEPT.set(what).ok();
}

/// One more article is done.
pub(super) fn one_more() {
    DONE.fetch_add(1, Ordering::Relaxed);
}
