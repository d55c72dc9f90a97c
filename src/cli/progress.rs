//! How far a long command is: a bar on a terminal, a line every ten seconds elsewhere.

use super::args::Loudness;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);
/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// How far a command is.
pub(super) struct Progress {
    /// None where nothing is to be said, or there is no terminal.
    bar: Option<ProgressBar>,
    lines: Option<Lines>,
    started: Instant,
    total: Option<u64>,
    done: u64,
}

impl Progress {
    /// Of so many articles, where that is known; one article alone has no progress.
    pub(super) fn new(total: Option<u64>, loudness: Loudness) -> Self {
        let wanted = loudness > Loudness::Quiet && total != Some(1);
        let terminal = std::io::stderr().is_terminal();
        let started = Instant::now();
        let bar = (wanted && terminal).then(|| {
            let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
            bar.with_style(style(total))
        });
        Self {
            bar,
            lines: (wanted && !terminal).then(|| Lines::new(started)),
            started,
            total,
            done: 0,
        }
    }

    /// One more article is done; `write` writes what it gave, out of the way of the bar.
    pub(super) fn step<T>(&mut self, write: impl FnOnce() -> T) -> T {
        self.done += 1;
        let now = Instant::now();
        if let Some(lines) = &mut self.lines
            && let Some(line) = lines.line(now, self.done, self.total)
        {
            anstream::eprintln!("{line}");
        }
        let Some(bar) = &self.bar else {
            return write();
        };
        if now - self.started < PATIENCE {
            return write();
        }
        let written = bar.suspend(write);
        bar.set_position(self.done);
        written
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style(total: Option<u64>) -> ProgressStyle {
    let template = match total {
        Some(_) => "  {bar:30} {pos} of {len} articles, {eta} to go",
        None => "  {spinner} {pos} articles, {elapsed}",
    };
    // A template of our own is well formed; were it not, the usual one would do.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Lines for logs, not more often than [`EVERY`].
struct Lines {
    started: Instant,
    last: Instant,
}

impl Lines {
    fn new(started: Instant) -> Self {
        Self {
            started,
            last: started,
        }
    }

    /// The line to write now, if it is time.
    fn line(&mut self, now: Instant, done: u64, total: Option<u64>) -> Option<String> {
        if now - self.last < EVERY {
            return None;
        }
        self.last = now;
        let of = total.map_or_else(String::new, |total| format!(" of {total}"));
        let seconds = (now - self.started).as_secs();
        Some(format!("{done}{of} articles, {seconds} s"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_gets_a_line_every_ten_seconds() {
        let start = Instant::now();
        let mut lines = Lines::new(start);
        let at = |seconds| start + Duration::from_secs(seconds);
        let said: Vec<Option<String>> = [(3, 1), (11, 4), (20, 8), (22, 9)]
            .into_iter()
            .map(|(seconds, done)| lines.line(at(seconds), done, Some(12)))
            .collect();
        let line = |text: &str| Some(text.to_owned());
        assert_eq!(
            said,
            [
                None,
                line("4 of 12 articles, 11 s"),
                None,
                line("9 of 12 articles, 22 s")
            ]
        );
    }
}
