//! Diagnostics as they are shown.

use crate::diagnostic::{Diagnostic, Severity, Sources};
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

/// With the lines of the file, in the look of rustc.
pub(super) fn full(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut title = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
    for (number, label) in diagnostic.labels.iter().enumerate() {
        let source = sources.get(label.location.source);
        let kind = if number == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let mut annotation = kind.span(label.location.span.range());
        if !label.text.is_empty() {
            annotation = annotation.label(label.text.as_str());
        }
        title = title.element(
            Snippet::source(source.text.as_str())
                .path(source.path.as_str())
                .annotation(annotation),
        );
    }
    if let Some(help) = &diagnostic.help {
        title = title.element(Level::HELP.message(help.as_str()));
    }
    let mut report = vec![title];
    if let Some(edit) = diagnostic.edits.first() {
        let source = sources.get(edit.location.source);
        let here = diagnostic.edits.iter();
        let here = here.filter(|other| other.location.source == edit.location.source);
        let patches =
            here.map(|edit| Patch::new(edit.location.span.range(), edit.replacement.as_str()));
        let snippet = Snippet::source(source.text.as_str())
            .path(source.path.as_str())
            .patches(patches);
        report.push(Group::with_title(Level::HELP.secondary_title("write")).element(snippet));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&report)
}

/// A line: file, line, column, code, message.
pub(super) fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = diagnostic.labels.first().map(|label| {
        let (line, column) = sources.line_column(label.location.source, label.location.span.start);
        format!(
            "{}:{line}:{column}: ",
            sources.get(label.location.source).path
        )
    });
    format!(
        "{}{severity}[{}]: {}",
        place.unwrap_or_default(),
        diagnostic.code,
        diagnostic.message
    )
}
