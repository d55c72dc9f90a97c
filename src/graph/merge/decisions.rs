//! What people have decided about entities: a text file that lives under version control and is replayed on every merge.
//!
//! ```text
//! # one decision a line, in any order
//! same    person/a-weber   person/anna-weber    # the chancellor, as the agency writes her
//! never   country/georgia  place/georgia        # one is a state of the USA
//! rename  person/a-weber   "Anna Weber-Lund"
//! ```

use crate::diagnostic::nearest;
use crate::graph::identifier::is_entity_id;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The words that a line can begin with.
const WORDS: [&str; 3] = ["same", "never", "rename"];

/// Why decisions cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// A line is no decision.
    #[error("{place}: {message}")]
    Line {
        /// `decisions.txt:3:6`
        place: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// Two decisions, or one and the graphs, say the opposite.
    #[error("{0}")]
    Contradiction(String),
}

/// Which entities are the same, which never are, and how they are called.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// In the order of the files.
    same: Vec<Pair>,
    never: Vec<Pair>,
    renames: Vec<Rename>,
    /// Ids that `same` makes one have one number.
    numbers: FxHashMap<String, usize>,
}

/// A decision about two entities.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) ids: [String; 2],
    /// `decisions.txt:3`
    pub(super) line: String,
    /// What the comment says.
    comment: Option<String>,
}

/// A decision about a name.
#[derive(Clone, Debug)]
pub(super) struct Rename {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) line: String,
    comment: Option<String>,
}

impl Pair {
    /// What becomes of it in a graph: `decided in decisions.txt:3: the comment`
    pub(super) fn reason(&self) -> String {
        reason("decided", &self.line, self.comment.as_deref())
    }
}

impl Rename {
    pub(super) fn reason(&self) -> String {
        reason("renamed", &self.line, self.comment.as_deref())
    }
}

fn reason(what: &str, line: &str, comment: Option<&str>) -> String {
    match comment {
        Some(comment) => format!("{what} in {line}: {comment}"),
        None => format!("{what} in {line}"),
    }
}

impl Decisions {
    /// Reads files, each with its name as shown.
    ///
    /// # Errors
    /// A line that is no decision, with its place; decisions that contradict each other, with both lines.
    pub fn parse<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Result<Self, DecisionError> {
        let mut decisions = Self::default();
        for (file, text) in files {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            for (number, line) in text.lines().enumerate() {
                decisions.line(Line::new(file, number + 1, line))?;
            }
        }
        decisions.number();
        decisions.check()?;
        Ok(decisions)
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.never.is_empty() && self.renames.is_empty()
    }

    /// The ids that are named, each with the first line that names it.
    pub fn ids(&self) -> BTreeMap<&str, &str> {
        let mut ids = BTreeMap::new();
        let pairs = self.same.iter().chain(&self.never);
        let pairs = pairs.flat_map(|pair| pair.ids.iter().map(|id| (id, &pair.line)));
        for (id, line) in pairs.chain(self.renames.iter().map(|r| (&r.id, &r.line))) {
            ids.entry(id.as_str()).or_insert(line.as_str());
        }
        ids
    }

    pub(super) fn same(&self) -> &[Pair] {
        &self.same
    }

    pub(super) fn never(&self) -> &[Pair] {
        &self.never
    }

    pub(super) fn renames(&self) -> &[Rename] {
        &self.renames
    }

    /// The number that all ids have which are decided to be one, this one among them.
    pub(super) fn number_of(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    fn line(&mut self, mut line: Line<'_>) -> Result<(), DecisionError> {
        let Some((column, word)) = line.word() else {
            return Ok(());
        };
        match word {
            "same" | "never" => {
                let first = line.id("two entities")?;
                let at = line.column();
                let second = line.id("two entities")?;
                if first == second {
                    let message = format!("`{first}` is itself; two different entities are meant");
                    return Err(line.fault(at, message));
                }
                let comment = line.end()?;
                let pair = Pair {
                    ids: [first, second],
                    line: line.place.clone(),
                    comment,
                };
                let all = if word == "same" {
                    &mut self.same
                } else {
                    &mut self.never
                };
                all.push(pair);
            }
            "rename" => {
                let id = line.id("an entity and its name in quotes")?;
                let name = line.name()?;
                let comment = line.end()?;
                let line = line.place.clone();
                self.renames.push(Rename {
                    id,
                    name,
                    line,
                    comment,
                });
            }
            other => {
                let help = nearest(other, WORDS).map_or_else(
                    || "a line begins with same, never or rename".to_owned(),
                    |meant| format!("did you mean `{meant}`?"),
                );
                return Err(line.fault(column, format!("unknown decision `{other}`; {help}")));
            }
        }
        Ok(())
    }

    fn number(&mut self) {
        let neighbours = self.neighbours();
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        for (number, id) in neighbours.keys().enumerate() {
            let mut queue = vec![*id];
            while let Some(id) = queue.pop() {
                if numbers.contains_key(id) {
                    continue;
                }
                numbers.insert(id.to_owned(), number);
                queue.extend(neighbours[id].iter().map(|(next, _)| *next));
            }
        }
        self.numbers = numbers;
    }

    /// By id: those that a `same` line makes one with it.
    fn neighbours(&self) -> BTreeMap<&str, BTreeSet<(&str, &str)>> {
        let mut neighbours: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
        for Pair {
            ids: [a, b], line, ..
        } in &self.same
        {
            neighbours.entry(a).or_default().insert((b, line));
            neighbours.entry(b).or_default().insert((a, line));
        }
        neighbours
    }

    /// The lines that make two ids one: `a.txt:3 and a.txt:9`.
    fn chain(&self, from: &str, to: &str) -> String {
        let neighbours = self.neighbours();
        let mut came: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(id) = queue.pop_front() {
            for &(next, line) in neighbours.get(id).into_iter().flatten() {
                if next != from && !came.contains_key(next) {
                    came.insert(next, (id, line));
                    queue.push_back(next);
                }
            }
        }
        let mut lines = Vec::new();
        let mut at = to;
        while let Some(&(before, line)) = came.get(at) {
            lines.push(line);
            at = before;
        }
        lines.reverse();
        lines.join(" and ")
    }

    fn check(&self) -> Result<(), DecisionError> {
        let contradiction = |message: String| Err(DecisionError::Contradiction(message));
        for Pair {
            ids: [a, b], line, ..
        } in &self.never
        {
            let number = self.number_of(a);
            if number.is_some() && number == self.number_of(b) {
                let chain = self.chain(a, b);
                return contradiction(format!(
                    "{line} says that `{a}` and `{b}` are never the same, but {chain} makes them one: remove one of the lines"
                ));
            }
        }
        let mut named: BTreeMap<Result<usize, &str>, &Rename> = BTreeMap::new();
        for rename in &self.renames {
            let who = self.number_of(&rename.id).ok_or(rename.id.as_str());
            let first = named.entry(who).or_insert(rename);
            if first.name != rename.name {
                let mut message = format!(
                    "{} renames `{}` to {:?}, and {} renames `{}` to {:?}",
                    first.line, first.id, first.name, rename.line, rename.id, rename.name
                );
                if first.id != rename.id {
                    let chain = self.chain(&first.id, &rename.id);
                    message = format!("{message}, which {chain} makes the same");
                }
                return contradiction(format!("{message}: remove one of the lines"));
            }
        }
        Ok(())
    }
}

/// A line on its way through the words.
struct Line<'t> {
    /// `decisions.txt:3`
    place: String,
    text: &'t str,
    /// Bytes that were read.
    at: usize,
}

impl<'t> Line<'t> {
    fn new(file: &str, number: usize, text: &'t str) -> Self {
        Self {
            place: format!("{file}:{number}"),
            text,
            at: 0,
        }
    }

    /// Skips blanks; the column of what comes then, from 1.
    fn column(&mut self) -> usize {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[..self.at].chars().count() + 1
    }

    fn fault(&self, column: usize, message: impl Into<String>) -> DecisionError {
        DecisionError::Line {
            place: format!("{}:{column}", self.place),
            message: message.into(),
        }
    }

    /// The next word with its column; none at the end and where a comment begins.
    fn word(&mut self) -> Option<(usize, &'t str)> {
        let column = self.column();
        let rest = &self.text[self.at..];
        if rest.is_empty() || rest.starts_with('#') {
            return None;
        }
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        self.at += word.len();
        Some((column, word))
    }

    fn id(&mut self, wanted: &str) -> Result<String, DecisionError> {
        let end = self.column();
        let Some((column, id)) = self.word() else {
            return Err(self.fault(end, format!("the line ends here; it names {wanted}")));
        };
        if !id.contains('/') || !is_entity_id(id) {
            let message = format!("`{id}` is no id of an entity, such as `person/anna-weber`");
            return Err(self.fault(column, message));
        }
        Ok(id.to_owned())
    }

    /// A name in quotes, written as in JSON.
    fn name(&mut self) -> Result<String, DecisionError> {
        let column = self.column();
        let rest = &self.text[self.at..];
        let mut names = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let name = match names.next() {
            Some(Ok(name)) if !name.trim().is_empty() => name,
            _ => {
                let message = "the new name stands here, in quotes: \"Anna Weber\"";
                return Err(self.fault(column, message));
            }
        };
        self.at += names.byte_offset();
        Ok(name)
    }

    /// The comment, where there is one; nothing else may follow.
    fn end(&mut self) -> Result<Option<String>, DecisionError> {
        if let Some((column, word)) = self.word() {
            let message = format!("nothing is expected here but a comment: `# {word} …`");
            return Err(self.fault(column, message));
        }
        let comment = self.text[self.at..].trim_start_matches('#').trim();
        Ok((!comment.is_empty()).then(|| comment.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        Decisions::parse([("d.txt", text)])
            .expect_err("it is wrong")
            .to_string()
    }

    #[test]
    fn decisions_with_comments_in_any_order() {
        let text = "# all of it\n\nrename person/c \"C \\\"Q\\\" Day\"\nsame\tperson/a\tperson/b # one # and the same\r\nnever person/a person/d";
        let decisions = Decisions::parse([("d.txt", text)]).expect("they are good");
        assert_eq!(decisions.renames()[0].name, "C \"Q\" Day");
        assert_eq!(
            decisions.same()[0].reason(),
            "decided in d.txt:4: one # and the same"
        );
        assert_eq!(
            decisions.number_of("person/a"),
            decisions.number_of("person/b")
        );
        assert_eq!(decisions.number_of("person/d"), None);
        assert_eq!(decisions.ids()["person/d"], "d.txt:5");
        assert!(
            Decisions::parse([("d.txt", "\u{feff}# none\n")])
                .expect("good")
                .is_empty()
        );
    }

    #[test]
    fn slips_have_their_place() {
        for (text, message) in [
            (
                "\n smae a/b a/c",
                "d.txt:2:2: unknown decision `smae`; did you mean `same`?",
            ),
            (
                "join a/b a/c",
                "d.txt:1:1: unknown decision `join`; a line begins with same, never or rename",
            ),
            (
                "same a/b",
                "d.txt:1:9: the line ends here; it names two entities",
            ),
            ("same a/b # a/c", "d.txt:1:10: the line ends here"),
            ("same Weber a/b", "d.txt:1:6: `Weber` is no id of an entity"),
            ("never a/b a/b", "d.txt:1:11: `a/b` is itself"),
            (
                "same a/b a/c a/d",
                "d.txt:1:14: nothing is expected here but a comment",
            ),
            (
                "rename a/b New",
                "d.txt:1:12: the new name stands here, in quotes",
            ),
            ("rename a/b \"\"", "d.txt:1:12: the new name"),
            ("rename a/b \"New", "d.txt:1:12: the new name"),
        ] {
            let fault = fault(text);
            assert!(fault.starts_with(message), "{fault}");
        }
    }

    #[test]
    fn contradictions_name_all_lines() {
        let chain = "same a/a a/b\nsame a/b a/c\nnever a/c a/a";
        assert!(fault(chain).contains("d.txt:3 says that `a/c` and `a/a` are never the same, but d.txt:2 and d.txt:1 makes them one"), "{}", fault(chain));
        let renames = "rename a/a \"X\"\nrename a/b \"Y\"\nsame a/a a/b";
        assert!(
            fault(renames).contains("which d.txt:3 makes the same"),
            "{}",
            fault(renames)
        );
        assert!(fault("rename a/a \"X\"\nrename a/a \"Y\"").contains("remove one of the lines"));
        assert!(Decisions::parse([("d", "rename a/a \"X\"\nrename a/a \"X\"\n")]).is_ok());
    }
}
