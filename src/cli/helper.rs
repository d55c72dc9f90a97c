//! Programs that work for us, which must not go on without us.

use anyhow::bail;
use std::io::{Read, Write};
use std::process::{Child, Output};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

static HELPERS: Mutex<Vec<Arc<Mutex<Child>>>> = Mutex::new(Vec::new());

fn helpers() -> MutexGuard<'static, Vec<Arc<Mutex<Child>>>> {
    HELPERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends all that are at work.
pub(super) fn end_all() {
    for helper in helpers().iter() {
        let mut child = helper.lock().unwrap_or_else(PoisonError::into_inner);
        // Ended already is as good.
        child.kill().ok();
    }
}

/// A program that is at work for us; it ends where the command is interrupted.
pub(super) struct Helper(Arc<Mutex<Child>>);

impl Helper {
    pub(super) fn new(child: Child) -> Self {
        let child = Arc::new(Mutex::new(child));
        helpers().push(child.clone());
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
        helpers().retain(|other| !Arc::ptr_eq(other, &self.0));
    }
}

fn all(mut from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(bytes)
}
