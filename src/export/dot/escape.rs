//! Text for Graphviz: quoted strings, HTML-like labels, wrapped lines.

/// Longest tooltip in code points; a sentence of a megabyte would stand in every edge.
const MAX_TOOLTIP: usize = 4_000;

/// What ends a line of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// Centred, `\n` between lines.
    Centred,
    /// Left-justified, `\l` after each line.
    Left,
}

/// A quoted string with escapes: quotes, backslashes (which Graphviz would expand), line ends, `&` (which it would
/// read as an entity), and what XML does not allow.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    escape_into(&mut out, text);
    out.push('"');
    out
}

/// The name of a node: an identifier, in which Graphviz expands nothing but `\"`. In a label `&amp;` would be `&`; in a
/// name it stays what it is for every program that reads the graph.
pub(super) fn name(iri: &str) -> String {
    let legal: String = iri.chars().map(legal).collect();
    format!("\"{}\"", legal.replace('"', "\\\""))
}

fn escape_into(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' => out.push_str("&amp;"),
            _ => out.push(legal(character)),
        }
    }
}

/// What XML has no place for becomes a replacement character, tabs and the like a space.
fn legal(character: char) -> char {
    match character {
        '\t' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ if character.is_control() => '\u{fffd}',
        _ => character,
    }
}

/// Lines as one quoted label.
pub(super) fn label(lines: &[String], end: LineEnd) -> String {
    let mut out = String::from("\"");
    for (index, line) in lines.iter().enumerate() {
        if end == LineEnd::Centred && index > 0 {
            out.push_str("\\n");
        }
        escape_into(&mut out, line);
        if end == LineEnd::Left {
            out.push_str("\\l");
        }
    }
    out.push('"');
    out
}

/// A quoted tooltip, cut where nobody would read on. Graphviz (2.43) expands tooltips twice, so
/// that a backslash is escaped twice; a version that expands once shows two of them, and never a node's name for `\\N`.
pub(super) fn tooltip(text: &str) -> String {
    let cut = text
        .char_indices()
        .nth(MAX_TOOLTIP)
        .map(|(cut, _)| format!("{}…", &text[..cut]));
    let mut pieces = cut.as_deref().unwrap_or(text).split('\\');
    let mut out = String::from("\"");
    escape_into(&mut out, pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push_str("\\\\\\\\");
        escape_into(&mut out, piece);
    }
    out.push('"');
    out
}

/// Text inside an HTML-like label.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(' '),
            _ => out.push(legal(character)),
        }
    }
    out
}

/// A comment line never ends early.
pub(super) fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { ' ' } else { legal(c) })
        .collect()
}

/// Words in lines of at most `width` code points; after `lines` lines it ends with `…`. White space is one blank.
pub(super) fn wrap(text: &str, width: usize, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut rest = word;
        let mut first = true;
        while !rest.is_empty() {
            let length = rest.chars().count();
            let gap = usize::from(used > 0);
            if first && used + gap + length <= width {
                push(&mut out, gap, rest);
                used += gap + length;
                break;
            }
            if used > 0 {
                if out.len() == lines {
                    return end_with_ellipsis(out, width);
                }
                out.push(String::new());
            }
            let cut = rest
                .char_indices()
                .nth(width)
                .map_or(rest.len(), |(at, _)| at);
            push(&mut out, 0, &rest[..cut]);
            used = rest[..cut].chars().count();
            rest = &rest[cut..];
            first = false;
        }
    }
    out
}

fn push(lines: &mut [String], gap: usize, word: &str) {
    if let Some(line) = lines.last_mut() {
        if gap > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
}

/// Puts ` …` after the last line, in place of its last word where it would get too long.
fn end_with_ellipsis(mut lines: Vec<String>, width: usize) -> Vec<String> {
    if let Some(line) = lines.last_mut() {
        if line.chars().count() + 2 > width {
            let room = line.char_indices().nth(width.saturating_sub(2));
            line.truncate(room.map_or(line.len(), |(at, _)| at));
            let words = line.rfind(' ').filter(|_| !line.ends_with(' '));
            line.truncate(words.unwrap_or(line.len()));
        }
        line.truncate(line.trim_end().len());
        line.push_str(" …");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Graphviz makes of a quoted string: the way back.
    fn unquoted(quoted: &str) -> String {
        let inner = quoted.strip_prefix('"').and_then(|q| q.strip_suffix('"'));
        let mut out = String::new();
        let mut characters = inner.expect("it is quoted").chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => panic!("a bare quote ends the string: {quoted}"),
                '\n' => panic!("a bare line end: {quoted}"),
                '\\' => match characters.next() {
                    Some('n') => out.push('\n'),
                    Some(escaped @ ('"' | '\\')) => out.push(escaped),
                    other => panic!("Graphviz would expand \\{other:?}"),
                },
                _ => out.push(character),
            }
        }
        out.replace("&amp;", "&")
    }

    #[test]
    fn hostile_text_stays_inside_its_quotes() {
        let hostile = "a\"; evil [x] \\N \\\" & &quot; <B> ]]> {} 🦀 \u{202e}rtl\nline";
        assert_eq!(unquoted(&quoted(hostile)), hostile);
        assert_eq!(
            unquoted(&quoted("nul\0bell\u{7}\ttab")),
            "nul\u{fffd}bell\u{fffd} tab"
        );
    }

    #[test]
    fn a_name_is_an_identifier() {
        assert_eq!(name("doc/a&b#c=0,4"), "\"doc/a&b#c=0,4\"");
        assert_eq!(name("a\"b\n"), "\"a\\\"b\u{fffd}\"");
    }

    #[test]
    fn lines_are_short_and_few() {
        let text = "ministers from nine countries will meet again in a fortnight to look at the plan once more";
        let lines = wrap(text, 30, 2);
        assert_eq!(
            lines,
            ["ministers from nine countries", "will meet again in a …"]
        );
        assert_eq!(wrap("one  two\nthree", 30, 4), ["one two three"]);
        assert_eq!(wrap(&"x".repeat(70), 30, 4).len(), 3);
        assert_eq!(wrap("", 30, 4), [""]);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[^\\p{C}\\p{Zl}\\p{Zp}]{0,60}") {
            prop_assert_eq!(unquoted(&quoted(&text)), text);
        }

        #[test]
        fn no_line_is_too_long(text in ".{0,300}", width in 4_usize..40, count in 1_usize..5) {
            let lines = wrap(&text, width, count);
            prop_assert!(lines.len() <= count.max(1));
            for line in &lines {
                prop_assert!(line.chars().count() <= width, "{:?}", line);
            }
        }
    }
}
