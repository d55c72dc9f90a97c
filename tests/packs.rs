//! A pack of one's own extends, overrides and disables parts of the shipped one without touching it.

use sayso::rules::{BuiltinFiles, MemoryFiles, compile, load};
use sayso::{Extractor, RuleSet, Severity};

fn with(text: &str) -> RuleSet {
    let own = MemoryFiles::new().with("own.sayso", text);
    let (pack, diagnostics) = load(&[&BuiltinFiles, &own]);
    let errors: Vec<_> = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let (rules, more) = compile(pack);
    assert!(
        more.iter().all(|d| d.severity != Severity::Error),
        "{more:#?}"
    );
    rules
}

/// `relation: words of its cue or target` of every relation.
fn relations(rules: &RuleSet, text: &str) -> Vec<String> {
    let extraction = Extractor::new(rules).extract(text);
    let graph = &extraction.graph;
    let name = |node| graph.entity(node).map_or("", |e| e.name.as_str());
    graph
        .relations()
        .iter()
        .map(|e| format!("{} {}", name(e.source), e.relation.type_))
        .collect()
}

#[test]
fn a_list_is_extended() {
    let text = "The bulletin goes out daily. Anna Weber yodelled that the ferry was late.";
    assert_eq!(relations(&RuleSet::builtin(), text), Vec::<String>::new());
    let rules = with("version 1\nextend list sayverb += ~yodel\n");
    assert_eq!(relations(&rules, text), ["Anna Weber said"]);
}

#[test]
fn an_entry_is_taken_away() {
    let text = "The bulletin goes out daily. Anna Weber muttered that the ferry was late.";
    assert_eq!(relations(&RuleSet::builtin(), text), ["Anna Weber said"]);
    let rules = with("version 1\nextend list sayverb -= ~mutter\n");
    assert_eq!(relations(&rules, text), Vec::<String>::new());
}

#[test]
fn a_rule_is_disabled() {
    let text = "Latvia will not issue permits to fishermen.";
    assert_eq!(relations(&RuleSet::builtin(), text), ["Latvia refuses"]);
    assert_eq!(
        relations(&with("version 1\ndisable refuses\n"), text),
        Vec::<String>::new()
    );
    assert_eq!(
        relations(&with("version 1\ndisable refuses/wont\n"), text),
        Vec::<String>::new()
    );
}

#[test]
fn a_rule_is_overridden() {
    let text = "Latvia will not issue permits to fishermen. Latvia snubs the talks.";
    let rules = with(
        "version 1\noverride relation refuses {\n  match snub: agent:@Agent cue:~snub action:@ng\n  yes [agent: Latvia] [cue: snubs] [action: the talks]\n  no Latvia talks\n}\n",
    );
    assert_eq!(relations(&rules, text), ["Latvia refuses"]);
}

#[test]
fn a_relation_is_added() {
    let text = "Anna Weber met Paul Lund in Riga.";
    let rules = with(
        "version 1\nrelation met(who: Agent, cue: text, whom: Agent) edge who -> whom\nrelation met {\n  match verb: who:@Agent cue:~meet whom:@Agent\n  yes [who: Anna Weber] [cue: met] [whom: Paul Lund]\n  no Anna Weber met with success\n}\n",
    );
    assert_eq!(relations(&rules, text), ["Anna Weber met"]);
}

/// A pack of several files.
fn with_files(files: &[(&str, &str)]) -> RuleSet {
    let mut own = MemoryFiles::new();
    for (path, text) in files {
        own.add(*path, *text);
    }
    let (pack, diagnostics) = load(&[&BuiltinFiles, &own]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let (rules, more) = compile(pack);
    assert!(more.is_empty(), "{more:#?}");
    rules
}

#[test]
fn a_pack_has_tables_and_uses_other_folders() {
    let rules = with_files(&[
        (
            "own.sayso",
            "version 1\nuse \"more\"\nrelation ferries(who: Agent, cue: text, ship: text) edge who -> ship\nrelation ferries {\n  match verb: who:@Agent cue:~sail ship:%ship\n  match call: who:@Agent cue:~board ship:%ship.call\n  yes [who: Anna Weber] [cue: sailed] [ship: Sea Eagle]\n  no  Anna Weber sailed\n}\n",
        ),
        (
            "more/ships.sayso",
            "version 1\nlist ship from \"more/ships.csv\" case title\n",
        ),
        (
            "more/ships.csv",
            "# own\nname,aliases,call\nSea Eagle,Eagle | Old Lady,\"LY-1 | LY-2\"\nHeron\n",
        ),
    ]);
    let text = "The bulletin goes out daily. Anna Weber sailed Old Lady. Paul Lund boarded LY-2. Anna Weber sailed heron.";
    assert_eq!(
        relations(&rules, text),
        ["Anna Weber ferries", "Paul Lund ferries"]
    );
}

#[test]
fn lists_macros_phrases_and_entities_are_overridden() {
    let rules = with_files(&[(
        "own.sayso",
        "version 1\noverride list tellverb = ~apprise\noverride macro SAYS = @vg{finite active}(~pipe)\noverride phrase if_clause { match clause: lest until(,) }\noverride entity Date {\n  match any: doomsday\n  yes [Doomsday] comes\n  no  Friday comes\n}\n",
    )]);
    let text = "The bulletin goes out daily. Anna Weber said that the ferry was late. Paul Lund piped that the ferry was late.";
    assert_eq!(relations(&rules, text), ["Paul Lund said"]);
}
