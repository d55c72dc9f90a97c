//! Chains of verbs: `has never been trying to leave`.

use crate::annotation::layers::NounGroup;
use crate::annotation::quote_marks;
use crate::annotation::reading::Reading;
use crate::annotation::tag::{Form, Upos};
use crate::text::TokenSpan;

/// What a verb of a chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// `to` before a verb.
    To,
    Modal(Modal),
    Be(Inflection),
    Have(Inflection),
    Do(Inflection),
    /// `get` before a participle: `got arrested`.
    Get(Inflection),
    /// `going` after `be` and before `to`.
    Going,
    /// `used` before `to`.
    Used,
    /// `try`, `seek`, `attempt` or `struggle` before `to`.
    Try(Inflection),
    Main(Inflection),
}

/// Modal verbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modal {
    Will,
    Shall,
    Would,
    Can,
    Could,
    May,
    Might,
    Must,
    Should,
}

/// Inflection of a verb, with past and present of `be`, `have` and `do` told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inflection {
    Base,
    Present,
    Past,
    Participle,
    Ing,
}

/// One chain: the tokens of a group with its verbs in order.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// From the first verb or negation to the main verb.
    pub(super) tokens: TokenSpan,
    pub(super) verbs: Vec<Verb>,
    pub(super) negated: bool,
    /// Whether the last verb is a main verb, and no auxiliary left alone.
    pub(super) has_main: bool,
}

/// The chains of a sentence in order.
pub(super) fn chains(
    reading: Reading<'_>,
    sentence: TokenSpan,
    noun_groups: &[NounGroup],
) -> Vec<Chain> {
    let mut chains = Vec::new();
    let mut nouns = noun_groups.iter().peekable();
    let mut at = sentence.start;
    while at < sentence.end {
        while nouns.next_if(|group| group.tokens.end <= at).is_some() {}
        if let Some(group) = nouns.peek().filter(|group| group.tokens.start <= at) {
            at = group.tokens.end;
            continue;
        }
        let builder = Builder::new(reading, sentence.end, at);
        match builder.chain() {
            Some(chain) => {
                at = chain.tokens.end;
                chains.push(chain);
            }
            None => at += 1,
        }
    }
    chains
}

struct Builder<'d> {
    reading: Reading<'d>,
    limit: u32,
    at: u32,
    chain: Chain,
}

/// Most tokens between two verbs of a chain: `has never really been`.
const MOST_BETWEEN: u32 = 4;

impl<'d> Builder<'d> {
    fn new(reading: Reading<'d>, limit: u32, start: u32) -> Self {
        let chain = Chain {
            tokens: TokenSpan::new(start, start),
            verbs: Vec::new(),
            negated: false,
            has_main: false,
        };
        Self {
            reading,
            limit,
            at: start,
            chain,
        }
    }

    /// Reads a chain that starts here, if one does.
    fn chain(mut self) -> Option<Chain> {
        if self.is_negation(self.at) > 0 && !self.step_over_adverbs() {
            return None;
        }
        while let Some(verb) = self.verb(self.at) {
            self.chain.verbs.push(verb);
            self.chain.negated |= self.reading.is(self.at, &["cannot"]);
            self.at += 1;
            self.chain.tokens.end = self.at;
            if matches!(verb, Verb::Main(_)) {
                self.chain.has_main = true;
                break;
            }
            let (after_verb, negated) = (self.at, self.chain.negated);
            if !self.step_over_adverbs() {
                self.at = after_verb;
                // "is not a spy": the negation belongs to the group, its end to the verb.
                self.chain.negated |= negated;
                break;
            }
        }
        let bare_to = self.chain.verbs.as_slice() == [Verb::To];
        (!self.chain.verbs.is_empty() && !bare_to).then_some(self.chain)
    }

    /// Passes negations, adverbs and one opening mark of scare quotes; tells whether a verb follows.
    fn step_over_adverbs(&mut self) -> bool {
        let last = self.at + MOST_BETWEEN;
        let mut marked = false;
        while self.at < self.limit && self.at < last {
            let negation = self.is_negation(self.at);
            if negation > 0 {
                self.chain.negated = true;
                self.at += negation;
            } else if self.verb(self.at).is_some() {
                return true;
            } else if self.reading.upos(self.at) == Upos::Adv {
                self.at += 1;
            } else if !marked && quote_marks::is_double(self.reading.word(self.at)) {
                marked = true;
                self.at += 1;
            } else {
                return false;
            }
        }
        self.at < self.limit && self.verb(self.at).is_some()
    }

    /// Number of tokens of the negation here, 0 for none.
    fn is_negation(&self, at: u32) -> u32 {
        if !self.reading.word(at).starts_with(['n', 'N']) {
            return 0;
        }
        match self.reading.lower(at).as_str() {
            "not" | "n't" | "never" => 1,
            "no" if self.reading.is(at + 1, &["longer"]) => 2,
            _ => 0,
        }
    }

    /// What the token is in this chain, if it goes on with it.
    fn verb(&self, at: u32) -> Option<Verb> {
        let upos = self.reading.upos(at);
        if at >= self.limit || !matches!(upos, Upos::Part | Upos::Aux | Upos::Verb) {
            return None;
        }
        let word = self.reading.lower(at);
        let word = word.as_str();
        let last = self.chain.verbs.last().copied();
        match upos {
            Upos::Part if word == "to" => self.to(at, last),
            Upos::Aux => self.auxiliary(at, word).filter(|&verb| fits(last, verb)),
            Upos::Verb => Some(self.lexical(at, word, last)).filter(|&verb| fits(last, verb)),
            _ => None,
        }
    }

    fn to(&self, at: u32, last: Option<Verb>) -> Option<Verb> {
        let joins = matches!(
            last,
            None | Some(
                Verb::Going
                    | Verb::Used
                    | Verb::Try(_)
                    | Verb::Have(_)
                    | Verb::Modal(Modal::Should)
            )
        ) || matches!(last, Some(Verb::Be(inflection)) if inflection != Inflection::Base);
        (joins && self.verb_after_to(at + 1)).then_some(Verb::To)
    }

    /// Whether `to` is followed by a verb, maybe after adverbs (`to fully close`).
    fn verb_after_to(&self, mut at: u32) -> bool {
        let last = at + MOST_BETWEEN;
        while at < self.limit && at < last {
            match self.reading.upos(at) {
                Upos::Verb | Upos::Aux => return true,
                Upos::Adv | Upos::Part => at += 1,
                _ => return false,
            }
        }
        false
    }

    fn auxiliary(&self, at: u32, word: &str) -> Option<Verb> {
        let verb = match word {
            "'d" => self.reduced_would(at),
            "'s" => self.reduced_be(at),
            _ => modal(word).or_else(|| auxiliary(word))?,
        };
        Some(verb)
    }

    /// `'d` before a participle is `had`, else `would`.
    fn reduced_would(&self, at: u32) -> Verb {
        if self.next_verb_form(at + 1) == Some(Form::Participle) {
            Verb::Have(Inflection::Past)
        } else {
            Verb::Modal(Modal::Would)
        }
    }

    /// `'s` before `been`, `got`, `gone`, `become` or `had` is `has`, else `is`.
    fn reduced_be(&self, at: u32) -> Verb {
        let next = (at + 1..at + 1 + MOST_BETWEEN)
            .find(|&next| matches!(self.reading.upos(next), Upos::Verb | Upos::Aux));
        let has = next.is_some_and(|next| {
            (self.reading).is(next, &["been", "got", "gone", "become", "had", "come"])
        });
        if has {
            Verb::Have(Inflection::Present)
        } else {
            Verb::Be(Inflection::Present)
        }
    }

    fn next_verb_form(&self, from: u32) -> Option<Form> {
        (from..(from + MOST_BETWEEN).min(self.limit))
            .find(|&next| matches!(self.reading.upos(next), Upos::Verb | Upos::Aux))
            .map(|next| self.reading.form(next))
    }

    fn lexical(&self, at: u32, word: &str, last: Option<Verb>) -> Verb {
        let inflection = self.inflection(at);
        let before_to = self.next_is_to(at + 1);
        match word {
            "cannot" => Verb::Modal(Modal::Can),
            "going" if before_to && matches!(last, Some(Verb::Be(_))) => Verb::Going,
            // "used to pay", but "is used to pay for arms"
            "used" if before_to && !matches!(last, Some(Verb::Be(_))) => Verb::Used,
            "have" | "has" | "had" | "having" if before_to => {
                auxiliary(word).unwrap_or(Verb::Have(inflection))
            }
            "get" | "gets" | "got" | "gotten" | "getting"
                if self.next_verb_form_is_participle(at + 1) =>
            {
                Verb::Get(inflection)
            }
            // "there are talks", "had arrested": tags of main verbs for the forms of "be" and "have"
            "am" | "are" | "is" | "'s" | "'re" | "'m" => Verb::Main(Inflection::Present),
            "had" | "has" | "having" if self.next_verb_form_is_participle(at + 1) => {
                auxiliary(word).unwrap_or(Verb::Have(inflection))
            }
            _ if before_to && is_try(word) && !passive_after(last, inflection) => {
                Verb::Try(inflection)
            }
            _ => Verb::Main(inflection),
        }
    }

    /// "had begun", "had only begun".
    fn next_verb_form_is_participle(&self, mut at: u32) -> bool {
        while at + 1 < self.limit
            && self
                .reading
                .is(at, &["only", "already", "just", "also", "even", "since"])
        {
            at += 1;
        }
        self.reading.upos(at) == Upos::Verb && self.reading.form(at) == Form::Participle
    }

    fn next_is_to(&self, at: u32) -> bool {
        self.reading.upos(at) == Upos::Part
            && self.reading.is(at, &["to"])
            && self.verb_after_to(at + 1)
    }

    fn inflection(&self, at: u32) -> Inflection {
        match self.reading.form(at) {
            Form::Past => Inflection::Past,
            Form::Participle => Inflection::Participle,
            Form::Ing => Inflection::Ing,
            Form::Third => Inflection::Present,
            Form::Base | Form::Plural => Inflection::Base,
        }
    }
}

/// Whether a verb may stand after the last one; two finite verbs never share a chain.
pub(super) fn fits(last: Option<Verb>, verb: Verb) -> bool {
    let inflection = match verb {
        Verb::Modal(_) => return last.is_none(),
        Verb::To => return true,
        Verb::Be(i) | Verb::Have(i) | Verb::Do(i) | Verb::Get(i) | Verb::Try(i) | Verb::Main(i) => {
            i
        }
        Verb::Going => Inflection::Ing,
        Verb::Used => Inflection::Past,
    };
    match last {
        None => true,
        // After `to`, a modal or `do` any tag of a main verb is noise but the present.
        Some(Verb::To | Verb::Modal(_) | Verb::Do(_)) => {
            !matches!(inflection, Inflection::Present | Inflection::Ing)
        }
        // The tagger mixes up past and participle, as in "has issued".
        Some(Verb::Have(_)) => matches!(inflection, Inflection::Participle | Inflection::Past),
        Some(Verb::Be(_)) => matches!(
            inflection,
            Inflection::Participle | Inflection::Past | Inflection::Ing
        ),
        Some(Verb::Get(_)) => inflection == Inflection::Participle,
        Some(Verb::Going | Verb::Used | Verb::Try(_) | Verb::Main(_)) => false,
    }
}

/// Whether this participle is a passive: `is sought to ease` tries nothing.
fn passive_after(last: Option<Verb>, inflection: Inflection) -> bool {
    inflection == Inflection::Participle && !matches!(last, Some(Verb::Have(_)))
}

fn is_try(word: &str) -> bool {
    matches!(
        word,
        "try"
            | "tries"
            | "tried"
            | "trying"
            | "seek"
            | "seeks"
            | "sought"
            | "seeking"
            | "attempt"
            | "attempts"
            | "attempted"
            | "attempting"
            | "struggle"
            | "struggles"
            | "struggled"
            | "struggling"
    )
}

fn modal(word: &str) -> Option<Verb> {
    Some(Verb::Modal(match word {
        "will" | "'ll" | "wo" => Modal::Will,
        "shall" | "sha" => Modal::Shall,
        "would" => Modal::Would,
        "can" | "ca" | "cannot" => Modal::Can,
        "could" => Modal::Could,
        "may" => Modal::May,
        "might" => Modal::Might,
        "must" => Modal::Must,
        "should" | "ought" => Modal::Should,
        _ => return None,
    }))
}

fn auxiliary(word: &str) -> Option<Verb> {
    Some(match word {
        "am" | "is" | "are" | "'m" | "'re" | "ai" => Verb::Be(Inflection::Present),
        "was" | "were" => Verb::Be(Inflection::Past),
        "be" => Verb::Be(Inflection::Base),
        "been" => Verb::Be(Inflection::Participle),
        "being" => Verb::Be(Inflection::Ing),
        "have" => Verb::Have(Inflection::Base),
        "has" | "'ve" => Verb::Have(Inflection::Present),
        "had" => Verb::Have(Inflection::Past),
        "having" => Verb::Have(Inflection::Ing),
        "do" => Verb::Do(Inflection::Base),
        "does" => Verb::Do(Inflection::Present),
        "did" => Verb::Do(Inflection::Past),
        "done" => Verb::Do(Inflection::Participle),
        "doing" => Verb::Do(Inflection::Ing),
        "get" => Verb::Get(Inflection::Base),
        "gets" => Verb::Get(Inflection::Present),
        "got" => Verb::Get(Inflection::Past),
        "gotten" => Verb::Get(Inflection::Participle),
        "getting" => Verb::Get(Inflection::Ing),
        _ => return None,
    })
}
