//! Units of measure and what is said of a number before it.

use super::words;

/// Signs and codes of currencies with the name of the currency in the singular.
const CURRENCIES: &[(&str, &str)] = &[
    ("$", "dollar"),
    ("us$", "dollar"),
    ("usd", "dollar"),
    ("$us", "dollar"),
    ("c$", "canadian dollar"),
    ("ca$", "canadian dollar"),
    ("a$", "australian dollar"),
    ("au$", "australian dollar"),
    ("nz$", "new zealand dollar"),
    ("hk$", "hong kong dollar"),
    ("s$", "singapore dollar"),
    ("r$", "brazilian real"),
    ("£", "pound sterling"),
    ("gbp", "pound sterling"),
    ("€", "euro"),
    ("eur", "euro"),
    ("¥", "japanese yen"),
    ("₹", "indian rupee"),
    ("rs", "indian rupee"),
    ("rs.", "indian rupee"),
    ("₽", "russian ruble"),
    ("₴", "ukrainian hryvnia"),
    ("₩", "south korean won"),
    ("₺", "turkish lira"),
    ("₪", "israeli shekel"),
    ("¢", "cent"),
    ("aud", "australian dollar"),
    ("$a", "australian dollar"),
    ("cad", "canadian dollar"),
    ("chf", "swiss franc"),
    ("cny", "chinese yuan"),
    ("rmb", "chinese yuan"),
    ("inr", "indian rupee"),
    ("jpy", "japanese yen"),
    ("krw", "south korean won"),
    ("rm", "malaysian ringgit"),
    ("rub", "russian ruble"),
    ("sek", "swedish krona"),
    ("nok", "norwegian krone"),
    ("dkk", "danish krone"),
    ("pln", "polish zloty"),
    ("uah", "ukrainian hryvnia"),
];

/// Units of measure with their name in the singular; the names are those of quantity extraction (`percentage`).
const UNITS: &[(&str, &str)] = &[
    ("%", "percentage"),
    ("percent", "percentage"),
    ("pct", "percentage"),
    ("pc", "percentage"),
    ("percentage", "percentage"),
    ("dollar", "dollar"),
    ("dollars", "dollar"),
    ("euro", "euro"),
    ("euros", "euro"),
    ("cent", "cent"),
    ("cents", "cent"),
    ("pence", "penny"),
    ("yen", "japanese yen"),
    ("yuan", "chinese yuan"),
    ("rubles", "russian ruble"),
    ("roubles", "russian ruble"),
    ("rupees", "indian rupee"),
    ("shekels", "shekel"),
    ("francs", "franc"),
    ("crowns", "crown"),
    ("km", "kilometre"),
    ("kilometer", "kilometre"),
    ("kilometers", "kilometre"),
    ("kilometre", "kilometre"),
    ("kilometres", "kilometre"),
    ("metre", "metre"),
    ("metres", "metre"),
    ("meter", "metre"),
    ("meters", "metre"),
    ("cm", "centimetre"),
    ("centimeters", "centimetre"),
    ("centimetres", "centimetre"),
    ("mm", "millimetre"),
    ("mile", "mile"),
    ("miles", "mile"),
    ("yard", "yard"),
    ("yards", "yard"),
    ("foot", "foot"),
    ("feet", "foot"),
    ("ft", "foot"),
    ("inch", "inch"),
    ("inches", "inch"),
    ("acre", "acre"),
    ("acres", "acre"),
    ("hectare", "hectare"),
    ("hectares", "hectare"),
    ("kg", "kilogram"),
    ("kilogram", "kilogram"),
    ("kilograms", "kilogram"),
    ("gram", "gram"),
    ("grams", "gram"),
    ("ton", "ton"),
    ("tons", "ton"),
    ("tonne", "tonne"),
    ("tonnes", "tonne"),
    ("pound", "pound"),
    ("pounds", "pound"),
    ("ounces", "ounce"),
    ("litre", "litre"),
    ("litres", "litre"),
    ("liter", "litre"),
    ("liters", "litre"),
    ("gallon", "gallon"),
    ("gallons", "gallon"),
    ("barrel", "barrel"),
    ("barrels", "barrel"),
    ("mph", "mile per hour"),
    ("kmh", "kilometre per hour"),
    ("km/h", "kilometre per hour"),
    ("kph", "kilometre per hour"),
    ("mpg", "mile per gallon"),
    ("hp", "horsepower"),
    ("horsepower", "horsepower"),
    ("watt", "watt"),
    ("watts", "watt"),
    ("kw", "kilowatt"),
    ("mw", "megawatt"),
    ("gw", "gigawatt"),
    ("megawatt", "megawatt"),
    ("megawatts", "megawatt"),
    ("gigawatt", "gigawatt"),
    ("gigawatts", "gigawatt"),
    ("kwh", "kilowatt hour"),
    ("mwh", "megawatt hour"),
    ("hz", "hertz"),
    ("khz", "kilohertz"),
    ("mhz", "megahertz"),
    ("ghz", "gigahertz"),
    ("kb", "kilobyte"),
    ("mb", "megabyte"),
    ("gb", "gigabyte"),
    ("tb", "terabyte"),
    ("degree", "degree"),
    ("degrees", "degree"),
    ("°c", "celsius"),
    ("°f", "fahrenheit"),
    ("celsius", "celsius"),
    ("fahrenheit", "fahrenheit"),
    ("point", "point"),
    ("points", "point"),
    ("second", "second"),
    ("seconds", "second"),
    ("minute", "minute"),
    ("minutes", "minute"),
    ("min", "minute"),
    ("hour", "hour"),
    ("hours", "hour"),
    ("hr", "hour"),
    ("hrs", "hour"),
    ("day", "day"),
    ("days", "day"),
    ("night", "night"),
    ("nights", "night"),
    ("week", "week"),
    ("weeks", "week"),
    ("month", "month"),
    ("months", "month"),
    ("year", "year"),
    ("years", "year"),
    ("decade", "decade"),
    ("decades", "decade"),
    ("year-old", "year of age"),
    ("years-old", "year of age"),
    ("times", "count"),
    ("people", "people"),
    ("p", "penny"),
    ("bhp", "brake horsepower"),
    ("ml", "millilitre"),
    ("millilitres", "millilitre"),
    ("milliliters", "millilitre"),
    ("mg", "milligram"),
    ("milligrams", "milligram"),
    ("g", "gram"),
    ("kilowatt", "kilowatt"),
    ("kilowatts", "kilowatt"),
    ("nm", "nanometre"),
    ("nanometer", "nanometre"),
    ("nanometers", "nanometre"),
    ("nanometre", "nanometre"),
    ("nanometres", "nanometre"),
    ("μm", "micrometre"),
    ("µm", "micrometre"),
    ("gigabyte", "gigabyte"),
    ("gigabytes", "gigabyte"),
    ("gigatonnes", "gigatonne"),
    ("gigatons", "gigaton"),
    ("centimetre", "centimetre"),
    ("centimeter", "centimetre"),
    ("millimetre", "millimetre"),
    ("millimetres", "millimetre"),
    ("millimeters", "millimetre"),
    ("lb", "pound"),
    ("lbs", "pound"),
    ("ounce", "ounce"),
    ("oz", "ounce"),
    ("volts", "volt"),
    ("volt", "volt"),
    ("mpa", "megapascal"),
    ("gpa", "gigapascal"),
    ("ringgit", "malaysian ringgit"),
    ("rupee", "indian rupee"),
    ("ruble", "russian ruble"),
    ("rouble", "russian ruble"),
    ("shekel", "shekel"),
    ("hryvnia", "ukrainian hryvnia"),
    ("hryvnias", "ukrainian hryvnia"),
    ("lira", "turkish lira"),
    ("liras", "turkish lira"),
    ("zloty", "polish zloty"),
    ("zlotys", "polish zloty"),
    ("krona", "krona"),
    ("kronor", "krona"),
    ("krone", "krone"),
    ("kroner", "krone"),
    ("franc", "franc"),
    ("centuries", "century"),
    ("persons", "people"),
    ("person", "people"),
];

/// Units of two words.
const PAIRS: &[(&str, &str, &str)] = &[
    ("per", "cent", "percentage"),
    ("percentage", "point", "percentage point"),
    ("percentage", "points", "percentage point"),
    ("basis", "point", "basis point"),
    ("basis", "points", "basis point"),
    ("square", "miles", "square mile"),
    ("square", "mile", "square mile"),
    ("square", "feet", "square foot"),
    ("square", "foot", "square foot"),
    ("square", "kilometers", "square kilometre"),
    ("square", "kilometres", "square kilometre"),
    ("square", "meters", "square metre"),
    ("square", "metres", "square metre"),
    ("sq", "m", "square metre"),
    ("degrees", "celsius", "celsius"),
    ("degrees", "fahrenheit", "fahrenheit"),
    ("years", "old", "year of age"),
    ("year", "old", "year of age"),
    ("years", "of", "year"),
    ("cubic", "foot", "cubic foot"),
    ("cubic", "feet", "cubic foot"),
    ("cubic", "metres", "cubic metre"),
    ("cubic", "meters", "cubic metre"),
    ("metric", "tons", "metric ton"),
    ("metric", "ton", "metric ton"),
    ("sq", "ft", "square foot"),
    ("sq", "km", "square kilometre"),
    ("u.s.", "dollars", "dollar"),
    ("us", "dollars", "dollar"),
    ("canadian", "dollars", "canadian dollar"),
    ("australian", "dollars", "australian dollar"),
    ("danish", "crowns", "danish krone"),
    ("danish", "kroner", "danish krone"),
    ("swedish", "crowns", "swedish krona"),
    ("swedish", "kronor", "swedish krona"),
    ("norwegian", "crowns", "norwegian krone"),
    ("norwegian", "kroner", "norwegian krone"),
    ("czech", "crowns", "czech koruna"),
    ("chinese", "yuan", "chinese yuan"),
    ("japanese", "yen", "japanese yen"),
    ("swiss", "francs", "swiss franc"),
    ("british", "pounds", "pound sterling"),
    ("pounds", "sterling", "pound sterling"),
    ("turkish", "lira", "turkish lira"),
    ("indian", "rupees", "indian rupee"),
    ("brake", "horsepower", "brake horsepower"),
];

/// What words before a number say about it, with the sign of the comparison.
const CHANGES: &[(&str, &str)] = &[
    ("more", ">"),
    ("over", ">"),
    ("above", ">"),
    ("exceeding", ">"),
    ("least", ">"),
    ("minimum", ">"),
    ("fewer", "<"),
    ("less", "<"),
    ("under", "<"),
    ("below", "<"),
    ("most", "<"),
    ("maximum", "<"),
    ("lower", "<"),
    ("higher", ">"),
    ("greater", ">"),
    ("about", "~"),
    ("around", "~"),
    ("almost", "~"),
    ("nearly", "~"),
    ("roughly", "~"),
    ("approximately", "~"),
    ("approx", "~"),
    ("approx.", "~"),
    ("some", "~"),
    ("estimated", "~"),
    ("circa", "~"),
    ("barely", "~"),
    ("close", "~"),
    ("or", "~"),
    ("up", "up"),
    ("rose", "up"),
    ("risen", "up"),
    ("rise", "up"),
    ("rises", "up"),
    ("rising", "up"),
    ("gained", "up"),
    ("grew", "up"),
    ("grown", "up"),
    ("climbed", "up"),
    ("jumped", "up"),
    ("soared", "up"),
    ("surged", "up"),
    ("increased", "up"),
    ("increase", "up"),
    ("advanced", "up"),
    ("down", "down"),
    ("fell", "down"),
    ("fall", "down"),
    ("falls", "down"),
    ("fallen", "down"),
    ("falling", "down"),
    ("dropped", "down"),
    ("drop", "down"),
    ("declined", "down"),
    ("decline", "down"),
    ("decreased", "down"),
    ("decrease", "down"),
    ("lost", "down"),
    ("slipped", "down"),
    ("slid", "down"),
    ("plunged", "down"),
    ("plummeted", "down"),
    ("tumbled", "down"),
    ("shed", "down"),
];

/// Currency signs are at most this many bytes.
const MAX_SIGN: usize = 4;

/// Whether a token is a currency sign or code.
pub(super) fn is_currency(word: &str) -> bool {
    word.len() <= MAX_SIGN && currency(word).is_some()
}

/// The currency a sign or code stands for; codes only in capitals.
fn currency(word: &str) -> Option<&'static str> {
    let letters = word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
    let cased = !letters || word.starts_with(|c: char| c.is_ascii_uppercase());
    cased.then(|| words::entry(CURRENCIES, word))?
}

/// Whether a word is a unit of measure.
pub(super) fn is_unit(word: &str) -> bool {
    !word.is_empty() && words::entry(UNITS, word).is_some()
}

/// Whether a token is a percent sign or word.
pub(super) fn is_percent(word: &str) -> bool {
    matches!(words::entry(UNITS, word), Some("percentage"))
}

/// The unit that begins right there, and how many words it takes: `kilometres per hour` behind `40`.
pub fn unit_at(words: &[&str]) -> Option<(&'static str, usize)> {
    let first = *words.first()?;
    let pair = words.get(1).and_then(|second| pair(first, second));
    pair.map(|name| (name, 2))
        .or_else(|| currency(first).map(|name| (name, 1)))
        .or_else(|| words::entry(UNITS, first).map(|name| (name, 1)))
}

/// The unit of two words.
fn pair(first: &str, second: &str) -> Option<&'static str> {
    let same = |(a, b, _): &&(&str, &str, &str)| {
        a.eq_ignore_ascii_case(first) && b.eq_ignore_ascii_case(second)
    };
    PAIRS.iter().find(same).map(|(.., name)| *name)
}

/// The name of the unit in a phrase with a number: `%`, `percent`, `per cent` are `percentage`, `$` is `dollar`,
/// `16-year-old` is in `year of age`.
///
/// The first unit of the phrase wins, but a currency sign goes before it. Phrases without a known unit give `None`;
/// their noun is the unit.
pub fn unit(words: &[&str]) -> Option<&'static str> {
    let signs = words
        .iter()
        .find_map(|word| currency(word).or_else(|| glued_sign(word)));
    signs.or_else(|| (0..words.len()).find_map(|at| measure(&words[at..])))
}

/// `$` in `$1.13bn`.
fn glued_sign(word: &str) -> Option<&'static str> {
    let at = word
        .find(|c: char| c.is_ascii_digit())
        .filter(|&at| at > 0)?;
    currency(&word[..at])
}

/// The unit that starts a sequence of words, of two words where it can be.
fn measure(words: &[&str]) -> Option<&'static str> {
    let first = *words.first()?;
    let pair = words.get(1).and_then(|second| pair(first, second));
    pair.or_else(|| words::entry(UNITS, first))
        .or_else(|| glued_unit(first))
}

/// The unit behind the digits of a token: `50mph`, `40-yard`.
fn glued_unit(word: &str) -> Option<&'static str> {
    let digits = word.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'));
    if let Some(at) = digits.filter(|&at| at > 0) {
        let rest = word[at..].trim_start_matches(words::is_hyphen);
        return words::entry(UNITS, rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    let (_, tail) = words::cut_hyphen(word)?;
    words::entry(UNITS, tail)
        .or_else(|| words::cut_hyphen(tail).and_then(|(_, rest)| words::entry(UNITS, rest)))
}

/// What the words before a number make of it: `>` more, `<` less, `~` about, `up` or `down` by so much, `=` otherwise.
///
/// `up to 30` is an upper bound, `no more than` and `not less than` turn round.
pub fn change(hedge: &[&str]) -> &'static str {
    let has = |word: &str| words::is_one_of(hedge, word);
    if has("up") && has("to") {
        return "<";
    }
    let found = hedge.iter().find_map(|word| words::entry(CHANGES, word));
    match (found, has("no") || has("not")) {
        (Some(">"), true) => "<",
        (Some("<"), true) => ">",
        (Some(sign), _) => sign,
        (None, _) => "=",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_words_of_one_unit_have_one_name() {
        for words in [&["7", "%"][..], &["7", "percent"], &["7", "per", "cent"]] {
            assert_eq!(unit(words), Some("percentage"), "{words:?}");
        }
        assert_eq!(unit(&["$", "3", "million"]), Some("dollar"));
        assert_eq!(unit(&["€3m"]), Some("euro"));
        assert_eq!(
            unit(&["12", "percentage", "points"]),
            Some("percentage point")
        );
        assert_eq!(unit(&["70mph"]), Some("mile per hour"));
        assert_eq!(unit(&["11-year-old"]), Some("year of age"));
        assert_eq!(unit(&["12", "lighthouses"]), None);
    }

    #[test]
    fn hedges_say_how_to_compare() {
        assert_eq!(change(&["more", "than"]), ">");
        assert_eq!(change(&["no", "more", "than"]), "<");
        assert_eq!(change(&["not", "less", "than"]), ">");
        assert_eq!(change(&["up", "to"]), "<");
        assert_eq!(change(&["at", "least"]), ">");
        assert_eq!(change(&["at", "most"]), "<");
        assert_eq!(change(&["roughly"]), "~");
        assert_eq!(change(&["fell"]), "down");
        assert_eq!(change(&["exactly"]), "=");
    }
}
