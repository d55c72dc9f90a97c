//! Small packs and sentences for the tests of this folder.

use crate::extractor::{Extraction, Extractor};
use crate::graph::{Entity, KnowledgeGraph, RelationEdge};
use crate::rules::files::MemoryFiles;
use crate::rules::{RuleSet, compile, load};
use crate::text::Document;

/// Types and relations that all small packs share, with a few names and verbs.
pub(super) const BASE: &str = r#"version 1
type Agent
type Person: Agent
type Organisation: Agent
type Country: Agent
type Quantity: Value
list country from "country.tsv"
list office = minister spokesman spokeswoman mayor
relation subject(verb: vg, noun: Agent | ng) hidden subject {
  match near:     noun:(@Agent | @ng) verb:@vg{finite active}
  match inverted: after(@quote ,? | ,) verb:@vg{finite active}(~say) noun:(@Agent | @ng)
}
relation said(source?: Agent | ng, cue: text, content: Statement*, addressee?: Agent) speech {
  match reported: cue:@vg{active}(~say | ~argue) that? content:until(;)
    where subject(cue, source) and not content has @quote
  match mixed:    cue:@vg{active}(~say | ~argue) that? content:(<PRON> ...{1,8} @quote)
    where subject(cue, source)
  match quoted:   content:@quote ,? cue:@vg{finite active}(~say) source:(@Agent | @ng)
  match after:    content:@quote ,? source:(@Agent | @ng) cue:@vg{finite active}(~say) (. content:@quote)?
}
relation argues: said
relation argues { from said(source, cue, content) where cue = argued }
relation refuses(agent: Agent | ng, cue: text, action?: text) performative edge agent -> action {
  match wont: cue:@vg{neg will|would}(~sell | ~issue) action:@ng
    where subject(cue, agent)
}
relation holds_role(person: Person, role: text, body?: Agent, former?: flag) serves edge person -> body {
  match possessive: body:@Agent 's former:former? role:((foreign | prime)? %office) person:@Person{name}
  match adjective:  former:former? body:@Country{adjective} role:((foreign | prime)? %office) person:@Person{name}
  match apposition: person:@Person{name} , (the | a) role:%office (, | before(<end>))
  match unnamed:    person:@Person{nominal} of body:@Agent
    set role = head(person)
  absorb person
}
entity Country {
  name      listed:  %country
  adjective demonym: %country.demonym
  nominal   country: (the | his | her) country
  set name = entry.name, wikidata = entry.wikidata
}
entity Quantity {
  match count: n:[digit] (homes | ships)
  set value = n
}
"#;

const COUNTRIES: &str = "name\taliases\tdemonym\tiso3166\twikidata\n\
    Norland\tKingdom of Norland\tNorlandic\tNL9\tQ900001\n\
    Südmark\tSouth March\tSüdmarkish\tSM9\tQ900002\n";

/// Compiles the base pack and some more rules; panics at the first fault.
pub(super) fn rules(more: &str) -> RuleSet {
    let files = MemoryFiles::new()
        .with("a.sayso", BASE)
        .with("b.sayso", format!("version 1\n{more}"))
        .with("country.tsv", COUNTRIES);
    let (pack, diagnostics) = load(&[&files]);
    let faults: Vec<_> = (diagnostics.iter())
        .filter(|d| d.severity == crate::Severity::Error)
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let (rules, diagnostics) = compile(pack);
    let faults: Vec<_> = (diagnostics.iter())
        .filter(|d| d.severity == crate::Severity::Error)
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    rules
}

/// Runs the pipeline.
pub(super) fn extract(more: &str, text: &str) -> Extraction {
    let rules = rules(more);
    Extractor::new(&rules).extract_document(Document::new("news", text))
}

/// Runs the pipeline and gives the graph.
pub(super) fn graph(more: &str, text: &str) -> KnowledgeGraph {
    extract(more, text).graph
}

/// The entity of this id; panics where there is none.
pub(super) fn entity<'g>(graph: &'g KnowledgeGraph, id: &str) -> &'g Entity {
    let found = graph.entities().into_iter().find(|(_, e)| e.id == id);
    found
        .unwrap_or_else(|| panic!("no `{id}` in {:?}", ids(graph)))
        .1
}

/// Ids of all entities.
pub(super) fn ids(graph: &KnowledgeGraph) -> Vec<&str> {
    let entities = graph.entities().into_iter();
    entities.map(|(_, e)| e.id.as_str()).collect()
}

/// The words of an entity's mentions, in text order.
pub(super) fn mentions<'g>(graph: &'g KnowledgeGraph, id: &str) -> Vec<&'g str> {
    let mentions = entity(graph, id).mentions.iter();
    mentions.map(|m| graph.text(m.selection)).collect()
}

/// Relations of a name in text order.
pub(super) fn relations<'g>(graph: &'g KnowledgeGraph, name: &str) -> Vec<RelationEdge<'g>> {
    let relations = graph.relations().into_iter();
    relations.filter(|r| r.relation.type_ == name).collect()
}

/// `source → target` of a relation: ids, words in quotation marks, or nothing.
pub(super) fn arrow(graph: &KnowledgeGraph, edge: RelationEdge<'_>) -> String {
    let show = |node| match graph.words(node) {
        Some(words) => format!("'{}'", graph.text(words)),
        None => match graph.statement(node) {
            Some(statement) => format!("“{}”", graph.statement_text(statement)),
            None => graph.node_id(node).unwrap_or("nobody").to_owned(),
        },
    };
    format!("{} → {}", show(edge.source), show(edge.target))
}

/// Arrows of all relations of a name.
pub(super) fn arrows(graph: &KnowledgeGraph, name: &str) -> Vec<String> {
    let relations = relations(graph, name).into_iter();
    relations.map(|r| arrow(graph, r)).collect()
}
