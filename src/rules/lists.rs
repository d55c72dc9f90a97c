//! The entries of lists: tables with a header, plain text, and what stands in rule files.

use super::ast::ListItem;
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
        "tsv" | "tab" => table(list, file, b'\t', diagnostics),
        "csv" => table(list, file, b',', diagnostics),
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
            cells: vec![vec![entry.to_owned()]],
            lemma,
            location: Location {
                source: file.source,
                span,
            },
        });
    }
}

/// A table whose first row names the columns.
fn table(list: &mut List, file: ListFile<'_>, delimiter: u8, diagnostics: &mut Vec<Diagnostic>) {
    let offset = if file.text.starts_with('\u{feff}') {
        3
    } else {
        0
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter == b',')
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .from_reader(&file.text.as_bytes()[offset..]);
    let mut record = csv::StringRecord::new();
    let mut header = true;
    let mut long_rows = Vec::new();
    loop {
        let start = reader.position().byte() as usize + offset;
        // The text is UTF-8 and rows may have any length, so that nothing is left to go wrong.
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            break;
        }
        let end = reader.position().byte() as usize + offset;
        let location = row(&file, start, end);
        if header {
            header = false;
            columns(list, &record, location, diagnostics);
            let rows = memchr::memchr_iter(b'\n', &file.text.as_bytes()[end..]).count();
            list.entries.reserve(rows + 1);
            continue;
        }
        if record.len() > list.columns.len()
            && record
                .iter()
                .skip(list.columns.len())
                .any(|c| !c.trim().is_empty())
        {
            long_rows.push(location);
        }
        let cells = (0..list.columns.len())
            .map(|column| values(record.get(column).unwrap_or_default()))
            .collect();
        list.entries.push(Entry {
            cells,
            lemma: false,
            location,
        });
    }
    if list.columns.iter().any(|column| column == "lemma") {
        for entry in &mut list.entries {
            entry.lemma = true;
        }
    }
    let columns = list.columns.len();
    limited(diagnostics, &long_rows, |location| {
        Diagnostic::error(
            "bad-row",
            format!("this row has more cells than the {columns} columns of the header"),
            *location,
        )
        .help("name the column in the header, or take the cell out; several values in one cell have `|` between them")
    });
}

/// The values of a cell.
fn values(cell: &str) -> Vec<String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Vec::new();
    }
    if !cell.contains('|') {
        return vec![cell.to_owned()];
    }
    let values = cell.split('|').map(str::trim);
    values
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Takes the columns from the first row.
fn columns(
    list: &mut List,
    record: &csv::StringRecord,
    location: Location,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
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

/// The place of a row that ends at a byte offset; the reader passes comments and empty lines before it.
fn row(file: &ListFile<'_>, mut start: usize, end: usize) -> Location {
    let bytes = file.text.as_bytes();
    while start < end {
        let blank = matches!(bytes[start], b'\n' | b'\r');
        if !blank && bytes[start] != b'#' {
            break;
        }
        start = memchr::memchr(b'\n', &bytes[start..end]).map_or(end, |line| start + line + 1);
    }
    let length = file.text[start..end].trim_end_matches(['\n', '\r']).len();
    Location {
        source: file.source,
        span: Span::new(start as u32, (start + length) as u32),
    }
}

/// Adds entries from a rule file.
pub(super) fn add(list: &mut List, items: &[ListItem]) {
    let inflected = list.columns.iter().any(|column| column == "lemma");
    for item in items {
        let mut cells = vec![Vec::new(); list.columns.len().max(1)];
        cells[0] = vec![item.text.text.clone()];
        list.entries.push(Entry {
            cells,
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
            let names = entry.cells.first().into_iter().flatten();
            !names.into_iter().any(|name| same(name, word, list.case))
        });
        if list.entries.len() < before {
            continue;
        }
        let diagnostic = Diagnostic::error(
            "unknown-entry",
            format!("`{word}` is not in list `{}`", list.name),
            item.text.location,
        );
        let known = list.entries.iter().filter_map(|e| e.cells.first()?.first());
        diagnostics.push(super::suggest::add(
            diagnostic,
            &item.text,
            known.map(String::as_str),
            "",
        ));
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
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    seen.reserve(list.entries.len());
    let mut twice = Vec::new();
    for (index, entry) in list.entries.iter().enumerate() {
        let Some(name) = entry.cells.first().and_then(|cell| cell.first()) else {
            continue;
        };
        match seen.entry(folded_hash(name, list.case)) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(index as u32);
            }
            std::collections::hash_map::Entry::Occupied(slot) => {
                let first = &list.entries[*slot.get() as usize];
                if same(&first.cells[0][0], name, list.case) {
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
        assert_eq!(list.entries[0].cells[1], ["Lett", "Republic of Latvia"]);
        assert_eq!(list.entries[1].cells[2], [] as [&str; 0]);
        let place = |n: usize| &text[list.entries[n].location.span.range()];
        assert_eq!(place(0), "Latvia\tLett | Republic of Latvia\tLV");
        assert_eq!(place(1), "Estonia");
    }

    #[test]
    fn csv_cells_may_be_quoted_and_lemma_means_any_inflection() {
        let (list, _) = list("a.csv", "lemma,class\n\"rule, out\",deny\r\nsay,say\r\n");
        assert_eq!(list.entries[0].cells[0], ["rule, out"]);
        assert!(list.entries[0].lemma && list.entries[1].lemma);
        assert_eq!(list.entries[1].cells[1], ["say"]);
    }

    #[test]
    fn plain_lists_have_one_entry_a_line() {
        let (list, _) = list("a.txt", "# own\nprime minister\n\n ~spokesman \n");
        assert_eq!(list.entries.len(), 2);
        assert_eq!(list.entries[0].cells, [["prime minister"]]);
        assert_eq!(list.entries[1].cells, [["spokesman"]]);
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
