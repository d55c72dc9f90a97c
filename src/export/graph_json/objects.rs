//! One object after the other, without the whole file in memory.

use std::io::{self, BufRead};

/// Cuts what it reads at the line ends that are outside of every object: JSON Lines, or objects over many lines.
pub(super) struct Objects<R> {
    reader: R,
    /// Lines that were handed out.
    lines: usize,
}

/// Some objects, mostly one.
pub(super) struct Chunk {
    pub(super) json: Vec<u8>,
    /// Lines of the file before it.
    pub(super) lines_before: usize,
}

impl<R: BufRead> Objects<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, lines: 0 }
    }

    /// The next lines up to the end of an object; none at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Chunk>> {
        let lines_before = self.lines;
        let mut json = Vec::new();
        let mut state = State::default();
        loop {
            let start = json.len();
            if self.reader.read_until(b'\n', &mut json)? == 0 {
                break;
            }
            self.lines += 1;
            state.read(&json[start..]);
            if state.depth == 0 && json.iter().any(|b| !b.is_ascii_whitespace()) {
                break;
            }
        }
        let blank = json.iter().all(u8::is_ascii_whitespace);
        Ok((!blank).then_some(Chunk { json, lines_before }))
    }
}

/// How deep in objects and lists, and whether inside a string.
#[derive(Default)]
struct State {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl State {
    fn read(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = self.in_string,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &str) -> Vec<(usize, String)> {
        let mut objects = Objects::new(text.as_bytes());
        let mut all = Vec::new();
        while let Some(chunk) = objects.next().expect("no fault in memory") {
            let json = String::from_utf8(chunk.json).expect("UTF-8");
            all.push((chunk.lines_before, json.trim().to_owned()));
        }
        all
    }

    #[test]
    fn lines_and_objects_over_lines_are_cut_at_their_ends() {
        let text = "{\"a\":1}\n\n{\n \"b\": \"}\\\"{\"\n}\n{}";
        assert_eq!(
            chunks(text),
            [
                (0, "{\"a\":1}".to_owned()),
                (1, "{\n \"b\": \"}\\\"{\"\n}".to_owned()),
                (5, "{}".to_owned())
            ]
        );
    }

    #[test]
    fn what_never_closes_is_one_piece() {
        assert_eq!(chunks("{\n[\n").len(), 1);
        assert!(chunks(" \n\n").is_empty());
    }
}
