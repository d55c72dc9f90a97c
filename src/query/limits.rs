//! How deep a query may be: its parser and evaluation call themselves for each level.

/// The most bytes of a query.
const BYTES: usize = 1 << 20;
/// The most brackets inside one another.
const NESTING: usize = 200;
/// The most operators and groups: `!!!…` and `1+1+…` are levels too.
const OPERATORS: usize = 2000;

/// Where a query exceeds a limit: line and column, 1-based, in code points.
pub(super) fn exceeded(text: &str) -> Option<(usize, usize)> {
    if text.len() > BYTES {
        return Some((1, 1));
    }
    let (mut nesting, mut operators) = (0usize, 0usize);
    let (mut line, mut column) = (1, 0);
    let mut inside: Option<char> = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        column += 1;
        if character == '\n' {
            (line, column) = (line + 1, 0);
        }
        if let Some(end) = inside {
            if character == '\\' && characters.next().is_some() {
                column += 1;
            } else if character == end {
                inside = None;
            }
            continue;
        }
        match character {
            '"' | '\'' => inside = Some(character),
            '#' => inside = Some('\n'),
            // An IRI, and not "less than".
            '<' if characters.peek().is_some_and(|next| next.is_alphabetic()) => inside = Some('>'),
            '{' | '(' | '[' => {
                nesting += 1;
                operators += usize::from(character == '{');
            }
            '}' | ')' | ']' => nesting = nesting.saturating_sub(1),
            '!' | '+' | '-' | '*' | '/' | '|' | '&' | '^' | '=' => operators += 1,
            _ => {}
        }
        if nesting > NESTING || operators > OPERATORS {
            return Some((line, column));
        }
    }
    None
}
