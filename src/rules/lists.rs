//! The entries of lists: tables with a header, plain text, and what stands in rule files.

use super::ast::ListItem;
use super::cells::{Buffer, Cells};
use super::check::{inflected_lemma, meant_lemma};
use super::pack::{Entry, List, ListCase};
use crate::diagnostic::{Diagnostic, Location, SourceId};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Faults of one kind that are shown of a file; one more message counts the others.
const SHOWN_FAULTS: usize = 5;

/// A list file as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListFile<'t> {
    /// Its id.
    pub(super) source: SourceId,
    /// Its path, which tells the format by its ending.
    pub(super) path: &'t str,
    /// Its text.
    pub(super) text: &'t str,
}

/// An empty list with one column.
pub(super) fn empty(name: &str, case: ListCase, location: Location) -> List {
    List {
        name: name.to_owned(),
        case,
        columns: vec!["name".to_owned()],
        entries: Vec::new(),
        location,
    }
}

/// Reads a file into a list that is still empty.
pub(super) fn read(list: &mut List, file: ListFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let ending = file.path.rsplit('.').next().unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "tsv" | "tab" => tabbed(list, file, diagnostics),
        "csv" => quoted(list, file, diagnostics),
        _ => plain(list, file),
    }
}

/// One entry a line; `#` at the start of a line begins a comment, `~` makes it any inflection.
fn plain(list: &mut List, file: ListFile<'_>) {
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let entry = line.trim_start_matches('\u{feff}').trim();
        if entry.is_empty() || entry.starts_with('#') {
            continue;
        }
        let offset = start + line.find(entry).unwrap_or_default();
        let span = Span::new(offset as u32, (offset + entry.len()) as u32);
        let (entry, lemma) = match entry.strip_prefix('~') {
            Some(entry) => (entry, true),
            None => (entry, false),
        };
        list.entries.push(Entry {
            cells: Cells::of_word(entry),
            lemma,
            location: Location {
                source: file.source,
                span,
            },
        });
    }
}

/// A table with tabs between its cells; `#` at the start of a line begins a comment.
fn tabbed(list: &mut List, file: ListFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut table = Table::new(list, file);
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        let bom = if at == 0 && line.starts_with('\u{feff}') {
            3
        } else {
            0
        };
        let start = at + bom;
        at += line.len();
        let row = line[bom..].trim_end_matches(['\n', '\r']);
        if !row.is_empty() && !row.starts_with('#') {
            table.row(row.split('\t'), start, start + row.len(), diagnostics);
        }
    }
    table.finish(diagnostics);
}

/// A table with commas between its cells, which may stand in quotes.
fn quoted(list: &mut List, file: ListFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let offset = if file.text.starts_with('\u{feff}') {
        3
    } else {
        0
    };
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .from_reader(&file.text.as_bytes()[offset..]);
    let mut record = csv::StringRecord::new();
    let mut table = Table::new(list, file);
    loop {
        let start = reader.position().byte() as usize + offset;
        // The text is UTF-8 and rows may have any length, so that nothing is left to go wrong.
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            break;
        }
        let end = reader.position().byte() as usize + offset;
        let (start, end) = row(file.text, start, end);
        table.row(record.iter(), start, end, diagnostics);
    }
    table.finish(diagnostics);
}

/// A table that is being read: its first row names the columns.
struct Table<'l> {
    list: &'l mut List,
    source: SourceId,
    /// How many rows there can be at most.
    rows: usize,
    header: bool,
    long_rows: Vec<Location>,
    buffer: Buffer,
}

impl<'l> Table<'l> {
    fn new(list: &'l mut List, file: ListFile<'_>) -> Self {
        Self {
            list,
            source: file.source,
            rows: memchr::memchr_iter(b'\n', file.text.as_bytes()).count(),
            header: true,
            long_rows: Vec::new(),
            buffer: Buffer::default(),
        }
    }

    fn row<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c str> + Clone,
        start: usize,
        end: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let location = Location {
            source: self.source,
            span: Span::new(start as u32, end as u32),
        };
        if std::mem::take(&mut self.header) {
            columns(self.list, cells, location, diagnostics);
            self.list.entries.reserve(self.rows);
            return;
        }
        let columns = self.list.columns.len();
        if cells.clone().skip(columns).any(|c| !c.trim().is_empty()) {
            self.long_rows.push(location);
        }
        self.list.entries.push(Entry {
            cells: Cells::of_row(cells.take(columns), &mut self.buffer),
            lemma: false,
            location,
        });
    }

    fn finish(self, diagnostics: &mut Vec<Diagnostic>) {
        if self.list.columns.iter().any(|column| column == "lemma") {
            for entry in &mut self.list.entries {
                entry.lemma = true;
            }
        }
        let columns = self.list.columns.len();
        limited(diagnostics, &self.long_rows, |location| {
            Diagnostic::error(
                "bad-row",
                format!("this row has more cells than the {columns} columns of the header"),
                *location,
            )
            .help("name the column in the header, or take the cell out; several values in one cell have `|` between them")
        });
    }
}

/// Takes the columns from the first row.
fn columns<'c>(
    list: &mut List,
    names: impl Iterator<Item = &'c str>,
    location: Location,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
    for (index, name) in names.iter().enumerate() {
        let is_name = super::lexer::is_argument(&name.to_ascii_lowercase());
        if !is_name {
            diagnostics.push(
                Diagnostic::error(
                    "bad-header",
                    format!("`{name}` cannot name a column"),
                    location,
                )
                .help("the first row names the columns, as `name`, `aliases`, `wikidata`: letters, digits and `_`"),
            );
        } else if names[..index].contains(name) {
            diagnostics.push(Diagnostic::error(
                "bad-header",
                format!("the column `{name}` is there twice"),
                location,
            ));
        }
    }
    list.columns = names;
}

/// Where a row that ends at a byte begins and ends; the reader passes comments and empty lines before it.
fn row(text: &str, mut start: usize, end: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    while start < end {
        let blank = matches!(bytes[start], b'\n' | b'\r');
        if !blank && bytes[start] != b'#' {
            break;
        }
        start = memchr::memchr(b'\n', &bytes[start..end]).map_or(end, |line| start + line + 1);
    }
    let length = text[start..end].trim_end_matches(['\n', '\r']).len();
    (start, start + length)
}

/// Adds entries from a rule file.
pub(super) fn add(list: &mut List, items: &[ListItem]) {
    let inflected = list.columns.iter().any(|column| column == "lemma");
    for item in items {
        list.entries.push(Entry {
            cells: Cells::of_word(&item.text.text),
            lemma: item.lemma || inflected,
            location: item.text.location,
        });
    }
}

/// Takes entries out; reports those that are not there.
pub(super) fn remove(list: &mut List, items: &[ListItem], diagnostics: &mut Vec<Diagnostic>) {
    for item in items {
        let word = &item.text.text;
        let before = list.entries.len();
        list.entries.retain(|entry| {
            let mut names = entry.cells.get(0);
            !names.any(|name| same(name, word, list.case))
        });
        if list.entries.len() < before {
            continue;
        }
        let diagnostic = Diagnostic::error(
            "unknown-entry",
            format!("`{word}` is not in list `{}`", list.name),
            item.text.location,
        );
        let known = list.entries.iter().filter_map(|e| e.cells.first(0));
        diagnostics.push(super::suggest::add(diagnostic, &item.text, known, ""));
    }
}

/// Whether two entries of a list are the same word.
fn same(one: &str, other: &str, case: ListCase) -> bool {
    match case {
        ListCase::Any => one == other || one.to_lowercase() == other.to_lowercase(),
        ListCase::Exact | ListCase::Title => one == other,
    }
}

/// Reports an empty list and entries that are there twice.
pub(super) fn lint(list: &List, diagnostics: &mut Vec<Diagnostic>) {
    if list.entries.is_empty() {
        diagnostics.push(
            Diagnostic::warning(
                "empty-list",
                format!("list `{}` has no entries", list.name),
                list.location,
            )
            .help("add entries, or take the list out: it finds nothing"),
        );
    }
    let lemmas = list.entries.iter().filter(|entry| entry.lemma);
    let inflected: Vec<Diagnostic> = lemmas
        .filter_map(|entry| {
            let (form, meant) = meant_lemma(entry.cells.first(0)?)?;
            let fault = inflected_lemma(&form, &meant, entry.location);
            Some(fault.help(format!("write `{meant}`, which finds all forms")))
        })
        .collect();
    limited(diagnostics, &inflected, Clone::clone);
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    seen.reserve(list.entries.len());
    let mut twice = Vec::new();
    for (index, entry) in list.entries.iter().enumerate() {
        let Some(name) = entry.cells.first(0) else {
            continue;
        };
        match seen.entry(folded_hash(name, list.case)) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(index as u32);
            }
            std::collections::hash_map::Entry::Occupied(slot) => {
                let first = &list.entries[*slot.get() as usize];
                if first
                    .cells
                    .first(0)
                    .is_some_and(|f| same(f, name, list.case))
                {
                    twice.push((name, entry.location, first.location));
                }
            }
        }
    }
    limited(diagnostics, &twice, |(name, location, first)| {
        Diagnostic::warning(
            "duplicate-entry",
            format!("`{name}` is twice in list `{}`", list.name),
            *location,
        )
        .also(*first, "here for the first time")
        .help("take one of them out, or put both meanings into one row")
    });
}

/// A hash that is the same for the same words of a list.
fn folded_hash(name: &str, case: ListCase) -> u64 {
    let mut hasher = FxHasher::default();
    if case != ListCase::Any {
        hasher.write(name.as_bytes());
    } else if name.is_ascii() {
        for byte in name.bytes() {
            hasher.write_u8(byte.to_ascii_lowercase());
        }
    } else {
        for c in name.chars().flat_map(char::to_lowercase) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                hasher.write_u8(byte);
            }
        }
    }
    hasher.finish()
}

/// Reports the first few faults of a kind; the last one says how many there are.
fn limited<T>(diagnostics: &mut Vec<Diagnostic>, faults: &[T], build: impl Fn(&T) -> Diagnostic) {
    for (index, fault) in faults.iter().take(SHOWN_FAULTS).enumerate() {
        let mut diagnostic = build(fault);
        let hidden = faults.len().saturating_sub(SHOWN_FAULTS);
        if index + 1 == SHOWN_FAULTS && hidden > 0 {
            let help = diagnostic.help.take().unwrap_or_default();
            diagnostic.help = Some(format!("{help} ({hidden} more like this in the file)"));
        }
        diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(path: &str, text: &str) -> (List, Vec<Diagnostic>) {
        let location = Location {
            source: SourceId(0),
            span: Span::new(0, 0),
        };
        let mut list = empty("l", ListCase::Any, location);
        let mut diagnostics = Vec::new();
        let file = ListFile {
            source: SourceId(0),
            path,
            text,
        };
        read(&mut list, file, &mut diagnostics);
        lint(&list, &mut diagnostics);
        (list, diagnostics)
    }

    #[test]
    fn tables_have_columns_values_and_places() {
        let text = "\u{feff}# source: own\n# licence\nname\taliases\tcode\n\nLatvia\tLett | Republic of Latvia\tLV\n# note\nEstonia\n";
        let (list, diagnostics) = list("a.tsv", text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(list.columns, ["name", "aliases", "code"]);
        let cell = |row: usize, column| list.entries[row].cells.get(column).collect::<Vec<_>>();
        assert_eq!(cell(0, 1), ["Lett", "Republic of Latvia"]);
        assert_eq!(cell(1, 2), [] as [&str; 0]);
        let place = |n: usize| &text[list.entries[n].location.span.range()];
        assert_eq!(place(0), "Latvia\tLett | Republic of Latvia\tLV");
        assert_eq!(place(1), "Estonia");
    }

    #[test]
    fn csv_cells_may_be_quoted_and_lemma_means_any_inflection() {
        let (list, _) = list("a.csv", "lemma,class\n\"rule, out\",deny\r\nsay,say\r\n");
        assert_eq!(list.entries[0].cells.first(0), Some("rule, out"));
        assert!(list.entries[0].lemma && list.entries[1].lemma);
        assert_eq!(list.entries[1].cells.first(1), Some("say"));
    }

    #[test]
    fn plain_lists_have_one_entry_a_line() {
        let (list, _) = list("a.txt", "# own\nprime minister\n\n ~spokesman \n");
        assert_eq!(list.entries.len(), 2);
        assert_eq!(list.entries[0].cells, Cells::of_word("prime minister"));
        assert_eq!(list.entries[1].cells, Cells::of_word("spokesman"));
        assert!(list.entries[1].lemma);
    }

    #[test]
    fn duplicates_long_rows_and_empty_lists_are_reported() {
        let (_, diagnostics) = list("a.tsv", "name\nRiga\triver\nriga\n");
        let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["bad-row", "duplicate-entry"]);
        let (_, diagnostics) = list("a.tsv", "name\n");
        assert_eq!(diagnostics[0].code, "empty-list");
    }

    #[test]
    fn many_faults_of_a_kind_are_counted() {
        let rows = "x\n".repeat(100);
        let (_, diagnostics) = list("a.txt", &rows);
        assert_eq!(diagnostics.len(), SHOWN_FAULTS);
        let last = diagnostics.last().unwrap().help.as_ref().unwrap();
        assert!(last.contains("94 more"), "{last}");
    }
}
