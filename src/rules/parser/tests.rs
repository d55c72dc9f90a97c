//! Unit tests of the parser.

use super::*;
use crate::rules::ast::*;

fn file(text: &str) -> RuleFile {
    let (file, diagnostics) = parse(SourceId(0), text);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    file
}

fn codes(text: &str) -> Vec<&'static str> {
    let (_, diagnostics) = parse(SourceId(0), text);
    diagnostics.iter().map(|d| d.code).collect()
}

fn items(block: &str) -> Vec<Item> {
    let file = file(&format!("version 1\nrelation r {{\n{block}\n}}\n"));
    let DeclarationKind::Relation(relation) = &file.declarations[0].kind else {
        panic!("a relation");
    };
    relation.block.clone().unwrap().items
}

/// A pattern written back with every group in parentheses, for reading in tests.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of element")]
fn shown(pattern: &Pattern) -> String {
    let join = |parts: &[Pattern], by: &str| {
        let parts: Vec<_> = parts.iter().map(shown).collect();
        format!("({})", parts.join(by))
    };
    match &pattern.kind {
        PatternKind::Word { text, exact: true } => format!("`{text}`"),
        PatternKind::Word { text, .. } => text.clone(),
        PatternKind::Lemma(text) => format!("~{text}"),
        PatternKind::List { name, column } => {
            column.as_ref().map_or(format!("%{}", name.text), |c| {
                format!("%{}.{}", name.text, c.text)
            })
        }
        PatternKind::Found {
            name,
            features,
            head,
        } => {
            let features = features.as_ref().map_or(String::new(), |f| {
                let all: Vec<_> = f
                    .all
                    .iter()
                    .map(|any| {
                        let any: Vec<_> = any
                            .iter()
                            .map(|f| {
                                format!("{}{}", if f.negative { "!" } else { "" }, f.name.text)
                            })
                            .collect();
                        any.join("|")
                    })
                    .collect();
                format!("{{{}}}", all.join(" "))
            });
            let head = head
                .as_ref()
                .map_or(String::new(), |h| format!("<-{}", shown(h)));
            format!("@{}{features}{head}", name.text)
        }
        PatternKind::Tag { upos, form } => form.as_ref().map_or(format!("<{}>", upos.text), |f| {
            format!("<{}.{}>", upos.text, f.text)
        }),
        PatternKind::Start => "<start>".into(),
        PatternKind::End => "<end>".into(),
        PatternKind::Paragraph => "<para>".into(),
        PatternKind::Test(_) => "[]".into(),
        PatternKind::Macro(name) => format!("${}", name.text),
        PatternKind::Sequence(parts) => join(parts, " "),
        PatternKind::Alternative(parts) => join(parts, "|"),
        PatternKind::Repeat { pattern, min, max } => {
            let max = max.map_or(String::new(), |m| m.to_string());
            format!("{}{{{min},{max}}}", shown(pattern))
        }
        PatternKind::Gap { min, max } => format!("...{{{min},{max}}}"),
        PatternKind::Capture { name, pattern } => format!("{}:{}", name.text, shown(pattern)),
        PatternKind::Until(inner) => format!("until{}", shown(inner)),
        PatternKind::Context {
            before,
            negative,
            pattern,
        } => format!(
            "{}{}[{}]",
            if *negative { "not-" } else { "" },
            if *before { "before" } else { "after" },
            shown(pattern)
        ),
        PatternKind::Regex {
            source,
            ignore_case,
        } => {
            format!("/{source}/{}", if *ignore_case { "i" } else { "" })
        }
    }
}

#[track_caller]
fn pattern(text: &str, expected: &str) {
    let (pattern, diagnostics) = parse_pattern(SourceId(0), text);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:#?}");
    assert_eq!(shown(&pattern.unwrap()), expected);
}

#[track_caller]
fn pattern_fault(text: &str, code: &str) {
    let (pattern, diagnostics) = parse_pattern(SourceId(0), text);
    assert!(pattern.is_none(), "{text}");
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [code], "{text}: {diagnostics:#?}");
}

#[test]
fn sequences_bind_tighter_than_choices_and_quantifiers_tightest() {
    pattern("a b? | c (d | e)+ f", "((a b{0,1})|(c (d|e){1,} f))");
    pattern("x{2} y{1,3} z*", "(x{2,2} y{1,3} z{0,})");
}

#[test]
fn every_element_is_read() {
    pattern(
        "'s \"prime minister\" `May` AT&T o'clock draft-age",
        "('s prime minister `May` AT&T o'clock draft-age)",
    );
    pattern(
        "~issue ~\"rule out\" %country.demonym $ROLE",
        "(~issue ~rule out %country.demonym $ROLE)",
    );
    pattern(
        "<NOUN> <VERB.past> <start> <para>",
        "(<NOUN> <VERB.past> <start> <para>)",
    );
    pattern("a ...{0,20} b ... c", "(a ...{0,20} b ...{0,8} c)");
    pattern("until(, | then)", "until(,|then)");
    pattern(
        "after(x) y not before(z | <end>)",
        "(after[x] y not-before[(z|<end>)])",
    );
    pattern("not  after(x) y", "(not-after[x] y)");
    pattern("/Mc.*\\/x/i a", "(/Mc.*/x/i a)");
    pattern(", . ; -- \u{2014} - x", "(, . ; -- \u{2014} - x)");
}

#[test]
fn groups_take_features_and_a_head_that_touch() {
    pattern("@vg{neg will|would}(~issue)", "@vg{neg will|would}<-~issue");
    pattern("@ng(of | for)", "@ng<-(of|for)");
    pattern("@ng (of | for)", "(@ng (of|for))");
    pattern("@Person{!former}", "@Person{!former}");
}

#[test]
fn captures_hold_whole_repetitions_and_only_what_is_there() {
    pattern(
        "a:x? b:y+ c:z* d:(u | v){0,3}",
        "(a:x{0,1} b:y{1,} c:z{1,}{0,1} d:(u|v){1,3}{0,1})",
    );
}

#[test]
fn near_misses_are_faults() {
    pattern_fault("after (x) y", "context-apart");
    pattern_fault("not before (x)", "context-apart");
    pattern_fault("said: x", "capture-apart");
    pattern_fault("~ issue", "sigil-apart");
    pattern_fault("% country", "sigil-apart");
    pattern_fault("@ Person", "sigil-apart");
    pattern_fault("$ ROLE", "sigil-apart");
    pattern_fault("< NOUN>", "sigil-apart");
    pattern_fault("x ?", "quantifier-apart");
    pattern_fault("x {1,2}", "quantifier-apart");
    pattern_fault("@vg {neg}", "features-apart");
    pattern_fault("and/or", "unquoted-mark");
    pattern_fault("Mr. x", "glued-mark");
    pattern_fault("300,000", "glued-mark");
    pattern_fault("a .. b", "bad-gap");
    pattern_fault("a \u{2026} b", "bad-gap");
    pattern_fault("a : b", "unquoted-mark");
    pattern_fault("a*?", "reserved");
    pattern_fault("a | | b", "empty-branch");
    pattern_fault("a ( ) b", "empty-branch");
    pattern_fault("", "empty-pattern");
    pattern_fault("a (b", "unclosed-parenthesis");
    pattern_fault("[capp]", "unknown-shape");
    pattern_fault("/(/", "invalid-regex");
}

#[test]
fn tests_on_tokens_bind_and_tighter_than_or() {
    let (pattern, _) = parse_pattern(SourceId(0), "[cap & !%stopword | len>2 & <VERB.past>]");
    let PatternKind::Test(test) = pattern.unwrap().kind else {
        panic!("a test");
    };
    let TokenTestKind::Or(branches) = test.kind else {
        panic!("or outside");
    };
    assert_eq!(branches.len(), 2);
    assert!(matches!(&branches[1].kind, TokenTestKind::And(parts)
        if matches!(parts[0].kind, TokenTestKind::Length(Comparison::Greater, 2))));
}

#[test]
fn elements_are_numbered_in_reading_order() {
    let file = file("version 1\nmacro A = a (b | c)\nmacro B = d\n");
    let mut ids = Vec::new();
    for declaration in &file.declarations {
        if let DeclarationKind::Macro(declaration) = &declaration.kind {
            for_each_element(&declaration.pattern, &mut |p| ids.push(p.id.0));
        }
    }
    assert_eq!(ids, [0, 1, 2, 3, 4, 5]);
    assert_eq!(file.nodes, 6);
}

#[test]
fn deeper_lines_belong_to_the_line_above() {
    let items = items(
        "  match a: x\n    where subject(x, y)\n    set p = 1\n    absorb x\n  match b: y\n  where zone(title)\n  absorb z",
    );
    assert_eq!(items.len(), 4);
    let ItemKind::Match(first) = &items[0].kind else {
        panic!("a match");
    };
    assert_eq!((first.filters.len(), first.assignments.len()), (1, 1));
    assert!(first.absorb.is_some());
    assert!(matches!(items[2].kind, ItemKind::Where(_)));
    assert!(matches!(items[3].kind, ItemKind::Absorb(_)));
}

#[test]
fn patterns_go_on_in_parentheses_and_before_a_bar() {
    let items = items("  match a: x (y\n    in | z)\n    | w   # note\n\n    | v\n  match b: u");
    assert_eq!(items.len(), 2);
    let ItemKind::Match(first) = &items[0].kind else {
        panic!("a match");
    };
    assert_eq!(shown(&first.pattern), "((x ((y in)|z))|w|v)");
    assert_eq!(first.label.as_ref().unwrap().text, "a");
}

#[test]
fn a_faulty_item_takes_only_its_own_lines_with_it() {
    let text = "version 1\nrelation r {\n  match a: ~ x\n    where subject(a, b)\n  match b: y\n}\ntype Person\n";
    let (file, diagnostics) = parse(SourceId(0), text);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    let DeclarationKind::Relation(relation) = &file.declarations[0].kind else {
        panic!("a relation");
    };
    let items = &relation.block.as_ref().unwrap().items;
    assert_eq!(items.len(), 1);
    assert!(matches!(&items[0].kind, ItemKind::Match(m) if m.filters.is_empty()));
    assert_eq!(file.declarations.len(), 2);
}

#[test]
fn a_parenthesis_left_open_ends_at_the_next_item() {
    let text = "version 1\nrelation r {\n  match a: (x\n  match b: y\n}\n";
    let (file, diagnostics) = parse(SourceId(0), text);
    assert_eq!(
        diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(),
        ["unclosed-parenthesis"]
    );
    let DeclarationKind::Relation(relation) = &file.declarations[0].kind else {
        panic!("a relation");
    };
    assert_eq!(relation.block.as_ref().unwrap().items.len(), 1);
}

#[test]
fn blocks_may_stand_on_one_line() {
    let file = file(
        "version 1\nphrase np { match @ng (of @ng){0,3} }   # note\nrelation r { from s(a, _) where c.entry.class = argue }\n",
    );
    assert_eq!(file.declarations.len(), 2);
    assert_eq!(
        file.trivia
            .iter()
            .filter(|t| t.kind == TriviaKind::Comment)
            .count(),
        1
    );
    assert_eq!(
        codes("version 1\nphrase np { match a where zone(title) }\ntype T\n"),
        ["one-item-a-line"]
    );
    assert_eq!(
        codes("version 1\nphrase np { match a }  type T\n"),
        ["syntax"]
    );
}

#[test]
fn declarations_hold_what_they_say() {
    let file = file(
        "version 1\ntype Person, Group: Agent, Place  iri schema:Person  fill \"#FFF\"\n\
         relation said(source?: Agent | np, content: Statement*): told  speech  label cue  edge a -> b\n\
         list hedge = \"more than\" about ~nearly case exact\nlist c from \"lists/c.tsv\" case title\n\
         extend list hedge -= about\ndisable said/per\nuse \"x\"\nprefix ex \"http://e/\"\nmeta author Ann B\n\
         override relation refuses { match a }\n",
    );
    let DeclarationKind::Type(types) = &file.declarations[0].kind else {
        panic!("types");
    };
    assert_eq!(
        (types.names.len(), types.parents.len(), types.keys.len()),
        (2, 2, 2)
    );
    assert_eq!(types.keys[0].1.text, "schema:Person");
    let DeclarationKind::Relation(said) = &file.declarations[1].kind else {
        panic!("a relation");
    };
    let parameters = said.parameters.as_ref().unwrap();
    assert!(parameters[0].optional && parameters[0].types.len() == 2);
    assert!(parameters[1].repeated && !parameters[1].optional);
    assert_eq!(said.flags.len(), 1);
    assert!(said.edge.is_some() && said.parent.is_some() && said.keys.len() == 1);
    let DeclarationKind::List(list) = &file.declarations[2].kind else {
        panic!("a list");
    };
    let ListSource::Inline(entries) = &list.entries else {
        panic!("inline");
    };
    assert_eq!(entries.len(), 3);
    assert!(entries[2].lemma && list.case.is_some());
    let DeclarationKind::Disable(path) = &file.declarations[5].kind else {
        panic!("disable");
    };
    assert_eq!(path.text, "said/per");
}

#[test]
fn conditions_bind_not_and_or() {
    let items = items(
        "  where not a(x) and b.c = 1 or (p missing\n    or role has (~x | ~y)) and role in %l.c",
    );
    let ItemKind::Where(condition) = &items[0].kind else {
        panic!("where");
    };
    let ConditionKind::Or(parts) = &condition.kind else {
        panic!("or outside: {condition:#?}");
    };
    assert!(matches!(&parts[0].kind, ConditionKind::And(p)
        if matches!(p[0].kind, ConditionKind::Not(_)) && matches!(p[1].kind, ConditionKind::Compare { .. })));
    assert!(matches!(&parts[1].kind, ConditionKind::And(p)
        if matches!(p[0].kind, ConditionKind::Or(_)) && matches!(p[1].kind, ConditionKind::In { .. })));
}

#[test]
fn tests_keep_their_text_and_marks() {
    let items = items(
        "  yes [a: Latvia]'s \"[b: one [two]]\" \\[x\\] # no comment \u{b6} [b: end]   => polarity=negative, x=\"a b\"\n  todo no plain",
    );
    let ItemKind::Test(test) = &items[0].kind else {
        panic!("a test");
    };
    assert_eq!(test.text, "Latvia's \"one two\" [x] # no comment\n\nend");
    let marks: Vec<_> = test
        .marks
        .iter()
        .map(|m| {
            (
                m.name.as_ref().map(|n| n.text.as_str()),
                &test.text[m.span.range()],
            )
        })
        .collect();
    assert_eq!(
        marks,
        [
            (Some("a"), "Latvia"),
            (Some("b"), "one two"),
            (None, "two"),
            (Some("b"), "end")
        ]
    );
    let attributes: Vec<_> = test
        .attributes
        .iter()
        .map(|(n, v)| (n.text.as_str(), v.as_str()))
        .collect();
    assert_eq!(attributes, [("polarity", "negative"), ("x", "a b")]);
    assert!(matches!(&items[1].kind, ItemKind::Test(t) if t.todo && !t.positive));
}

#[test]
fn refer_lines_are_read() {
    let items = items(
        "  refer (the | his) r:%office -> nearest subject @Person where holds_role(it, role, _) and role has r within 4 sentences",
    );
    let ItemKind::Refer(refer) = &items[0].kind else {
        panic!("refer");
    };
    assert!(refer.subject && !refer.last && refer.filter.is_some());
    assert_eq!(
        (refer.target.text.as_str(), refer.within),
        ("Person", Some(4))
    );
}

#[test]
fn nesting_is_limited() {
    let deep = format!("{}x{}", "(".repeat(500), ")".repeat(500));
    pattern_fault(&deep, "nesting-too-deep");
    let text = format!(
        "version 1\nrelation r {{\n  where {}x = 1{}\n}}\n",
        "(".repeat(500),
        ")".repeat(500)
    );
    assert_eq!(codes(&text), ["nesting-too-deep"]);
}
