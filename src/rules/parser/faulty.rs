//! What faulty declarations and lines would have named, read off their text.

use super::Parser;

/// Words behind which no name is declared.
const NAMELESS: [&str; 6] = ["extend", "disable", "use", "meta", "version", "entity"];

impl Parser<'_> {
    /// Keeps the names that a faulty declaration at `start` would declare.
    pub(super) fn would_declare(&mut self, start: usize) {
        let line = self.lexer.text[start..].lines().next().unwrap_or_default();
        let line = line.strip_prefix("override").unwrap_or(line).trim_start();
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        if NAMELESS.contains(&word) {
            return;
        }
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        for name in rest.split(',') {
            let name = name.trim_start();
            let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
            if end > 0 {
                self.faulty.declared.insert(name[..end].to_lowercase());
            }
            // Only types have several names before what is said of them.
            if word != "type" || !name[end..].trim().is_empty() {
                return;
            }
        }
    }

    /// Keeps the names that a faulty line from `start` up to the place at hand would capture or set.
    pub(super) fn would_bind(&mut self, start: usize) {
        let text = &self.lexer.text[start..self.lexer.position.max(start)];
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        for (at, _) in text.match_indices([':', '=']) {
            let before = text[..at].trim_end_matches(' ');
            let touches = before.len() == at;
            let name = &before[before.trim_end_matches(is_name).len()..];
            let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
            let is_set = line.trim_start().starts_with("set ");
            let binds = if text[at..].starts_with(':') {
                touches
            } else {
                is_set
            };
            if binds && !name.is_empty() {
                self.faulty.bound.insert(name.to_owned());
            }
        }
    }
}
