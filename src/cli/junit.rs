//! Results of tests in the XML of `JUnit`, which build servers read.

use crate::diagnostic::Sources;
use crate::rule_tests::{Judged, Verdict};
use std::collections::BTreeMap;
use std::io::Write;

/// Writes one suite a file, one case a line.
pub(super) fn write(
    judged: &[Judged],
    sources: &Sources,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut files: BTreeMap<_, Vec<&Judged>> = BTreeMap::new();
    for one in judged {
        files.entry(one.test.location.source).or_default().push(one);
    }
    let count = |all: &[&Judged], is: fn(&Verdict) -> bool| {
        all.iter().filter(|one| is(&one.verdict)).count()
    };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"sayso\">")?;
    for (source, all) in &files {
        let failures = count(all, failed);
        let skipped = count(all, |v| *v == Verdict::Todo);
        let path = escaped(&sources.get(*source).path);
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{failures}\" skipped=\"{skipped}\">",
            all.len()
        )?;
        for one in all {
            case(one, &path, sources, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn failed(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Failed(_) | Verdict::TodoPasses)
}

fn case(one: &Judged, path: &str, sources: &Sources, out: &mut impl Write) -> std::io::Result<()> {
    let at = one.test.location;
    let (line, _) = sources.line_column(at.source, at.span.start);
    let rule = escaped(&one.test.rule);
    let kind = if one.test.test.positive { "yes" } else { "no" };
    let text = escaped(&one.test.test.text);
    write!(
        out,
        "    <testcase classname=\"{rule}\" name=\"{kind} {text}\" file=\"{path}\" line=\"{line}\""
    )?;
    match &one.verdict {
        Verdict::Passed => writeln!(out, "/>"),
        Verdict::Todo => writeln!(out, "><skipped message=\"todo\"/></testcase>"),
        Verdict::TodoPasses => writeln!(
            out,
            "><failure message=\"passes now: take the `todo` away\"/></testcase>"
        ),
        Verdict::Failed(faults) => {
            let message = faults.iter().map(|f| escaped(&f.to_string()));
            let message = message.collect::<Vec<_>>().join("; ");
            writeln!(out, "><failure message=\"{message}\"/></testcase>")
        }
    }
}

/// Text for an attribute; what XML cannot hold becomes the replacement character.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_is_safe_in_an_attribute() {
        assert_eq!(
            super::escaped("a<b> & \"c\"\u{1}"),
            "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd}"
        );
    }
}
