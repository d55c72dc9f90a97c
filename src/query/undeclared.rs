//! Prefixes that a query uses and nobody declares: the parser only says what else it expected behind them.

use regex::Regex;
use spargebra::SparqlParser;
use std::sync::LazyLock;

/// More names than this are not tried.
const MOST: usize = 20;

/// What may be a prefix; whether it is one the parser tells.
static CANDIDATES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\w:])((?:\p{L}[\w.-]*)?):").expect("it is tested"));

/// The first prefix without which a query is none, and where it stands: line and column, 1-based, in code points.
pub(super) fn first(text: &str, parser: &SparqlParser) -> Option<(usize, usize, String)> {
    let found = CANDIDATES.captures_iter(text).filter_map(|c| c.get(1));
    let mut names: Vec<(usize, &str)> = Vec::new();
    for name in found {
        if names.iter().all(|(_, known)| *known != name.as_str()) {
            names.push((name.start(), name.as_str()));
        }
    }
    names.truncate(MOST);
    let declares_all_but = |left_out: Option<&str>| {
        let names = names.iter().filter(|(_, name)| Some(*name) != left_out);
        let declared = names.fold(parser.clone(), |parser, (_, name)| {
            // Those that are declared already keep their meaning where it matters: only whether it parses is asked.
            parser.clone().with_prefix(*name, "urn:").unwrap_or(parser)
        });
        declared.parse_query(text).is_ok()
    };
    if !declares_all_but(None) {
        return None;
    }
    let lacks = |name: &str| !declares_all_but(Some(name));
    let (start, name) = *names.iter().find(|(_, name)| lacks(name))?;
    let before = &text[..start];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    Some((line, column, name.to_owned()))
}
