//! Which hyphenated words are several tokens.
//!
//! Universal Dependencies cuts at nearly every hyphen. Here a hyphenated word is one token (`draft-age`, `call-up`,
//! `Jean-Claude`, `10-year-old`), since rules and lists write it as one, except where a name inside must stay in reach:
//!
//! - the last part is one that hangs on names: `US-led`, `state-owned`, `Geneva-based`;
//! - every part is a place, a nationality or a prefix of one: `Moscow-Belgrade`, `anti-Russian`, `EU-Turkey`.
//!
//! Case never matters, so a pattern and a headline in capitals are cut alike. Lists by hand.

use super::chars;

/// Last parts that hang on names of places and organisations; sorted.
#[rustfmt::skip]
const TAILS: [&str; 55] = [
    "affiliated", "aligned", "allied", "approved", "backed", "based", "born", "bound", "brokered", "built",
    "centric", "controlled", "convened", "critical", "dominated", "donated", "drafted", "educated", "era",
    "focused", "friendly", "funded", "governed", "held", "hosted", "imposed", "initiated", "installed", "issued",
    "leaning", "led", "linked", "listed", "made", "majority", "manufactured", "mediated", "occupied", "operated",
    "organised", "organized", "owned", "produced", "ruled", "run", "sanctioned", "speaking", "sponsored", "style",
    "supplied", "supported", "trained", "wide", "wing", "written",
];

/// First parts that stand before places and nationalities; sorted.
#[rustfmt::skip]
const PREFIXES: [&str; 18] = [
    "anti", "east", "ex", "former", "intra", "mid", "non", "north", "pan", "post", "pre", "pro", "semi", "south",
    "then", "trans", "vice", "west",
];

/// Places, nationalities and parties of wars that are joined by hyphens in the news; sorted.
#[rustfmt::skip]
const PLACES: [&str; 222] = [
    "afghan", "afghanistan", "africa", "african", "albania", "albanian", "algeria", "algerian", "america",
    "american", "anglo", "ankara", "arab", "arabia", "argentina", "argentine", "armenia", "armenian", "asean",
    "asia", "asian", "athens", "australia", "australian", "austria", "austrian", "azerbaijan", "azeri", "baghdad",
    "bangladesh", "bangladeshi", "beijing", "beirut", "belarus", "belarusian", "belgian", "belgium", "belgrade",
    "berlin", "bosnia", "bosnian", "brazil", "brazilian", "britain", "british", "brussels", "budapest", "bulgaria",
    "bulgarian", "cairo", "canada", "canadian", "chile", "china", "chinese", "colombia", "colombian", "croatia",
    "croatian", "cuba", "cuban", "cypriot", "cyprus", "czech", "damascus", "danish", "delhi", "denmark", "dublin",
    "dutch", "egypt", "egyptian", "england", "english", "estonia", "estonian", "ethiopia", "ethiopian", "eu",
    "euro", "europe", "european", "finland", "finnish", "france", "franco", "french", "gaza", "geneva", "georgian",
    "german", "germany", "greco", "greece", "greek", "gulf", "hamas", "hezbollah", "hungarian", "hungary", "india",
    "indian", "indo", "indonesia", "indonesian", "iran", "iranian", "iraq", "iraqi", "ireland", "irish",
    "islamabad", "israel", "israeli", "istanbul", "italian", "italy", "japan", "japanese", "jerusalem", "kazakh",
    "kazakhstan", "kenya", "kenyan", "korea", "korean", "kosovo", "kremlin", "kurdish", "kuwait", "kyiv", "latvia",
    "latvian", "lebanese", "lebanon", "libya", "libyan", "lithuania", "lithuanian", "london", "madrid", "mexican",
    "mexico", "moldova", "moscow", "nato", "netherlands", "nigeria", "nigerian", "norway", "norwegian", "pakistan",
    "pakistani", "palestine", "palestinian", "paris", "philippine", "philippines", "poland", "polish", "portugal",
    "portuguese", "pyongyang", "qatar", "qatari", "riyadh", "romania", "romanian", "rome", "russia", "russian",
    "russo", "saudi", "seoul", "serb", "serbia", "serbian", "sino", "slovak", "slovakia", "slovenia", "somali",
    "somalia", "soviet", "spain", "spanish", "sudan", "sudanese", "sweden", "swedish", "swiss", "switzerland",
    "syria", "syrian", "taiwan", "taiwanese", "taliban", "tehran", "thailand", "tokyo", "tunisia", "turkey",
    "turkish", "uae", "uk", "ukraine", "ukrainian", "un", "us", "uzbek", "venezuela", "venezuelan", "vienna",
    "vietnam", "vietnamese", "vilnius", "warsaw", "washington", "yemen", "yemeni", "zagreb", "zambia",
];

/// Whether a word with hyphens between letters or digits is cut at them.
pub(super) fn cuts(word: &str) -> bool {
    let parts = || word.split(['-', '\u{2010}', '\u{2011}']);
    let is_in = |part: &str, list: &[&str]| chars::lower(part).is_some_and(|p| p.is_in(list));
    let is_place = |part: &str| is_in(part, &PLACES);
    if parts().next_back().is_some_and(|last| is_in(last, &TAILS)) {
        return true;
    }
    parts().any(is_place) && parts().all(|part| is_place(part) || is_in(part, &PREFIXES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_lower_case() {
        for list in [&TAILS[..], &PREFIXES, &PLACES] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
            assert!(
                list.iter()
                    .all(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
            );
        }
    }

    #[test]
    fn names_inside_stay_in_reach() {
        for word in [
            "US-led",
            "us-led",
            "Moscow-Belgrade",
            "ANTI-RUSSIAN",
            "Iran-Iraq",
            "state-owned",
            "post-Soviet",
        ] {
            assert!(cuts(word), "{word}");
        }
    }

    #[test]
    fn other_words_stay_whole() {
        for word in [
            "draft-age",
            "call-up",
            "Jean-Claude",
            "Smith-Jones",
            "Al-Qaeda",
            "COVID-19",
            "non-white",
        ] {
            assert!(!cuts(word), "{word}");
        }
    }
}
