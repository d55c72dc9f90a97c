//! Features of groups and quotations, as rules ask for them in `@vg{…}`, `@ng{…}`, `@quote{…}`.

macro_rules! feature_set {
    ($(#[$doc:meta])* $name:ident : $($(#[$fdoc:meta])* $constant:ident = $text:literal @ $bit:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            $($(#[$fdoc])* pub const $constant: Self = Self(1 << $bit);)+
            /// Every feature with its name in rules.
            pub const NAMES: &'static [(&'static str, Self)] = &[$(($text, Self::$constant)),+];

            /// Whether all features of `other` are there.
            pub const fn has(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Adds the features of `other`.
            pub const fn add(&mut self, other: Self) {
                self.0 |= other.0;
            }

            /// The feature with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, f)| *f)
            }

            /// Names of all features that are there, in the order of declaration.
            pub fn names(self) -> impl Iterator<Item = &'static str> {
                Self::NAMES.iter().filter(move |(_, f)| self.has(*f)).map(|(n, _)| *n)
            }
        }
    };
}

feature_set! {
    /// Features of a verb group. Exactly one of finite, inf, ing, part; at most one tense; active or passive.
    VerbFeatures:
    /// Has a finite verb: `said`, `will not issue`.
    FINITE = "finite" @ 0,
    /// `to issue`, or a bare infinitive with no modal.
    INF = "inf" @ 1,
    /// `issuing`, `having issued`.
    ING = "ing" @ 2,
    /// A bare participle: `quoted` in `the man quoted by the paper`.
    PART = "part" @ 3,
    /// Past tense of the first verb: `said`, `was issuing`, `had said` (with `perfect`).
    PAST = "past" @ 4,
    /// Present tense: `says`, `is issuing`, `has said` (with `perfect`).
    PRESENT = "present" @ 5,
    /// `will`, `shall`, `is going to`.
    FUTURE = "future" @ 6,
    /// Active voice.
    ACTIVE = "active" @ 7,
    /// Passive voice: `was quoted`, `being drafted`.
    PASSIVE = "passive" @ 8,
    /// `has said`, `having said`.
    PERFECT = "perfect" @ 9,
    /// `not`, `n't`, `never`, `no longer` inside.
    NEG = "neg" @ 10,
    /// `will` or `'ll` or `wo` inside.
    WILL = "will" @ 11,
    /// `would`, or `'d` before a base form.
    WOULD = "would" @ 12,
    /// `can`, `ca`.
    CAN = "can" @ 13,
    /// `could`.
    COULD = "could" @ 14,
    /// `may`.
    MAY = "may" @ 15,
    /// `might`.
    MIGHT = "might" @ 16,
    /// `must`, `has to`.
    MUST = "must" @ 17,
    /// `should`, `ought to`.
    SHOULD = "should" @ 18,
    /// `do`, `does`, `did` as auxiliary.
    DO = "do" @ 19,
    /// `tries to leave`, `seeking to leave`, `attempted to leave`: the head is `leave`.
    TRY = "try" @ 20,
}

feature_set! {
    /// Features of a noun group.
    NounFeatures:
    /// `the`, `this`, a possessive, or a proper noun.
    DEFINITE = "definite" @ 0,
    /// `a`, `an`.
    INDEFINITE = "indefinite" @ 1,
    /// The head is plural.
    PLURAL = "plural" @ 2,
    /// Begins with a possessive pronoun or a possessor with `'s`.
    POSSESSIVE = "possessive" @ 3,
}

feature_set! {
    /// Features of a quotation.
    QuoteFeatures:
    /// Speech of its own.
    DIRECT = "direct" @ 0,
    /// Quoted words inside a clause (`"exaggerated"`); its marks are transparent to patterns.
    SCARE = "scare" @ 1,
    /// Never closed: ends with its paragraph.
    OPEN = "open" @ 2,
    /// Inside another quotation.
    NESTED = "nested" @ 3,
}
