//! Which marks open or close a quotation.

/// Marks that pair with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `"` and its typographic forms, guillemets, doubled single marks.
    Double,
    /// `'` and its typographic forms, single guillemets.
    Single,
}

/// What the shape of a mark tells of its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `„`, two backticks: opens, nothing else.
    Opens,
    /// `“`: opens, but closes what `„` opened.
    Left,
    /// `”`: closes, but opens in some typographies and by mistake.
    Right,
    /// `"`, `«`, `»`: its surroundings decide.
    Either,
}

/// Family and shape of a mark.
pub(super) fn classify(word: &str) -> Option<(Family, Shape)> {
    Some(match word {
        "\"" | "«" | "»" | "″" | "＂" => (Family::Double, Shape::Either),
        "“" | "‟" => (Family::Double, Shape::Left),
        "”" | "''" | "’’" => (Family::Double, Shape::Right),
        "„" | "``" | "‘‘" | ",," => (Family::Double, Shape::Opens),
        "'" | "‹" | "›" => (Family::Single, Shape::Either),
        "‘" | "‛" => (Family::Single, Shape::Left),
        "’" => (Family::Single, Shape::Right),
        "‚" | "`" => (Family::Single, Shape::Opens),
        _ => return None,
    })
}

/// Whether a token is a mark of double quotation marks.
pub(super) fn is_double(word: &str) -> bool {
    matches!(classify(word), Some((Family::Double, _)))
}
