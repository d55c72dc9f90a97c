//! Parts of speech: the universal tags, some of them with a form.

/// The universal part-of-speech tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// The form of a verb or noun, from the Penn tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Form {
    /// Base form of a verb, singular of a noun, positive of an adjective, or nothing to tell.
    Base,
    /// VBD: `said`.
    Past,
    /// VBN: `spoken`.
    Participle,
    /// VBG: `saying`.
    Ing,
    /// VBZ: `says`.
    Third,
    /// NNS, NNPS: `ministers`.
    Plural,
}

/// A part of speech with its form, as the tagger gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// Universal part of speech.
    pub upos: Upos,
    /// Form.
    pub form: Form,
}

impl Upos {
    /// All tags, in the order of their names.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The name in rules and in treebanks: `ADJ`, `VERB`, …
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adj => "ADJ",
            Self::Adp => "ADP",
            Self::Adv => "ADV",
            Self::Aux => "AUX",
            Self::Cconj => "CCONJ",
            Self::Det => "DET",
            Self::Intj => "INTJ",
            Self::Noun => "NOUN",
            Self::Num => "NUM",
            Self::Part => "PART",
            Self::Pron => "PRON",
            Self::Propn => "PROPN",
            Self::Punct => "PUNCT",
            Self::Sconj => "SCONJ",
            Self::Sym => "SYM",
            Self::Verb => "VERB",
            Self::X => "X",
        }
    }

    /// The tag with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 6] = [
        Self::Base,
        Self::Past,
        Self::Participle,
        Self::Ing,
        Self::Third,
        Self::Plural,
    ];

    /// The name in rules: `<VERB.past>`, `<NOUN.plural>`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Past => "past",
            Self::Participle => "part",
            Self::Ing => "ing",
            Self::Third => "third",
            Self::Plural => "plural",
        }
    }

    /// The form with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}
