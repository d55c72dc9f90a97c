//! Irregular verbs, for words that the model has seldom or never met.

/// Base form, past forms and participle where it differs from them; several with `|`.
const VERBS: &[(&str, &str, &str)] = &[
    ("arise", "arose", "arisen"),
    ("awake", "awoke", "awoken"),
    ("bear", "bore", "borne"),
    ("beat", "beat", "beaten"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bend", "bent", ""),
    ("bind", "bound", ""),
    ("bite", "bit", "bitten"),
    ("bleed", "bled", ""),
    ("blow", "blew", "blown"),
    ("break", "broke", "broken"),
    ("breed", "bred", ""),
    ("bring", "brought", ""),
    ("build", "built", ""),
    ("burn", "burnt", ""),
    ("buy", "bought", ""),
    ("catch", "caught", ""),
    ("choose", "chose", "chosen"),
    ("cling", "clung", ""),
    ("come", "came", "come"),
    ("creep", "crept", ""),
    ("deal", "dealt", ""),
    ("dig", "dug", ""),
    ("draw", "drew", "drawn"),
    ("drink", "drank", "drunk"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feed", "fed", ""),
    ("feel", "felt", ""),
    ("fight", "fought", ""),
    ("find", "found", ""),
    ("flee", "fled", ""),
    ("fling", "flung", ""),
    ("fly", "flew", "flown"),
    ("forbid", "forbade", "forbidden"),
    ("forget", "forgot", "forgotten"),
    ("forgive", "forgave", "forgiven"),
    ("freeze", "froze", "frozen"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hang", "hung", ""),
    ("hear", "heard", ""),
    ("hide", "hid", "hidden"),
    ("hold", "held", ""),
    ("keep", "kept", ""),
    ("kneel", "knelt", ""),
    ("know", "knew", "known"),
    ("lay", "laid", ""),
    ("lead", "led", ""),
    ("leap", "leapt", ""),
    ("learn", "learnt", ""),
    ("leave", "left", ""),
    ("lend", "lent", ""),
    ("lie", "lied|lay", "lain"),
    ("lose", "lost", ""),
    ("make", "made", ""),
    ("mean", "meant", ""),
    ("meet", "met", ""),
    ("mislead", "misled", ""),
    ("overcome", "overcame", "overcome"),
    ("overrun", "overran", "overrun"),
    ("oversee", "oversaw", "overseen"),
    ("overtake", "overtook", "overtaken"),
    ("overthrow", "overthrew", "overthrown"),
    ("pay", "paid", ""),
    ("rebuild", "rebuilt", ""),
    ("repay", "repaid", ""),
    ("ride", "rode", "ridden"),
    ("ring", "rang", "rung"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", ""),
    ("see", "saw", "seen"),
    ("seek", "sought", ""),
    ("sell", "sold", ""),
    ("send", "sent", ""),
    ("shake", "shook", "shaken"),
    ("shine", "shone", ""),
    ("shoot", "shot", ""),
    ("shrink", "shrank", "shrunk"),
    ("sing", "sang", "sung"),
    ("sink", "sank", "sunk"),
    ("sit", "sat", ""),
    ("sleep", "slept", ""),
    ("slide", "slid", ""),
    ("speak", "spoke", "spoken"),
    ("speed", "sped", ""),
    ("spend", "spent", ""),
    ("spit", "spat", ""),
    ("spring", "sprang", "sprung"),
    ("stand", "stood", ""),
    ("steal", "stole", "stolen"),
    ("stick", "stuck", ""),
    ("sting", "stung", ""),
    ("strike", "struck", "stricken"),
    ("strive", "strove", "striven"),
    ("swear", "swore", "sworn"),
    ("sweep", "swept", ""),
    ("swim", "swam", "swum"),
    ("swing", "swung", ""),
    ("take", "took", "taken"),
    ("teach", "taught", ""),
    ("tear", "tore", "torn"),
    ("tell", "told", ""),
    ("throw", "threw", "thrown"),
    ("undergo", "underwent", "undergone"),
    ("understand", "understood", ""),
    ("undertake", "undertook", "undertaken"),
    ("uphold", "upheld", ""),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("weave", "wove", "woven"),
    ("weep", "wept", ""),
    ("win", "won", ""),
    ("withdraw", "withdrew", "withdrawn"),
    ("withhold", "withheld", ""),
    ("withstand", "withstood", ""),
    ("write", "wrote", "written"),
];

/// Verbs that have one form for everything.
const UNCHANGED: &[&str] = &[
    "bet", "burst", "cast", "cost", "cut", "hit", "hurt", "let", "put", "quit", "rid", "set",
    "shed", "shut", "split", "spread",
];

/// Words that end like a past form and are none.
const UNINFLECTED: &[&str] = &[
    "bed",
    "biped",
    "bloodshed",
    "embed",
    "hatred",
    "hundred",
    "imbed",
    "infrared",
    "kindred",
    "moped",
    "naked",
    "quadruped",
    "red",
    "rugged",
    "sacred",
    "shed",
    "shred",
    "sled",
    "watershed",
    "wed",
    "wicked",
    "woodshed",
    "wretched",
];

/// Whether a word that nobody knows looks like a regular past form: `sued`, not `proceed`.
pub(super) fn seems_past(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
        && word.ends_with("ed")
        && !word.ends_with("eed")
        && !UNINFLECTED.contains(&word)
}

/// Whether a word in lower case is the past of an irregular verb.
pub(super) fn is_past(word: &str) -> bool {
    (VERBS.iter()).any(|(_, past, _)| past.split('|').any(|form| form == word))
}

/// Whether the past and the participle of a verb are like its base form: `put`.
pub(super) fn is_unchanged(word: &str) -> bool {
    UNCHANGED.contains(&word)
}

/// Whether a word in lower case can stand behind `have`.
pub(super) fn is_participle(word: &str) -> bool {
    let regular = word.ends_with("ed") && word.len() > 3;
    let irregular = |&(_, past, participle): &(&str, &str, &str)| {
        participle == word || participle.is_empty() && past == word
    };
    regular || is_unchanged(word) || VERBS.iter().any(irregular)
}

/// The base form of a past or participle in lower case: `fled` → `flee`.
pub(super) fn base(word: &str) -> Option<&'static str> {
    let found = VERBS.iter().find(|(_, past, participle)| {
        *participle == word || past.split('|').any(|form| form == word)
    });
    found.map(|(base, ..)| *base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_known() {
        assert_eq!(base("fled"), Some("flee"));
        assert_eq!(base("withdrawn"), Some("withdraw"));
        assert_eq!(base("bed"), None);
        assert!(is_participle("begun") && is_participle("heard") && !is_participle("began"));
        assert!(is_past("rose") && !is_past("risen"));
    }
}
