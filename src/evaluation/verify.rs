//! Whether a gold file keeps to its article.

use super::file::{ArgumentEntry, GraphFile, RelationEntry, SpanEntry};
use super::spans::range;
use crate::graph::identifier::text_hash;
use crate::graph::{CodePoints, Schema};
use crate::text::Document;
use serde_json::Value;
use std::collections::BTreeSet;

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// `/relations/3/evidence`
    pub path: String,
    /// What.
    pub message: String,
}

/// Checks that every span holds its words, every id is there, every evidence is a sentence, every type declared.
///
/// `json` is the file as it was read: spans stand in it at places that comparison does not look at.
pub fn verify(gold: &GraphFile, json: &Value, document: &Document, schema: &Schema) -> Vec<Fault> {
    let mut check = Check {
        gold,
        document,
        schema,
        faults: Vec::new(),
    };
    check.article();
    check.spans(json);
    check.types();
    check.ids();
    check.sentences();
    check.faults
}

struct Check<'a> {
    gold: &'a GraphFile,
    document: &'a Document,
    schema: &'a Schema,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.faults.push(Fault {
            path: path.into(),
            message: message.into(),
        });
    }

    fn article(&mut self) {
        let hash = text_hash(&self.document.text);
        if let Some(wanted) = &self.gold.documents[0].sha256
            && *wanted != hash
        {
            let message = format!("the article has {hash}: it is not the text of this gold");
            self.fault("/documents/0/sha256", message);
        }
    }

    /// Every object with a start, an end and a text, wherever it stands.
    fn spans(&mut self, json: &Value) {
        let characters: Vec<char> = self.document.text.chars().collect();
        let mut open = vec![(String::new(), json)];
        while let Some((path, value)) = open.pop() {
            match value {
                Value::Object(members) => {
                    if let (Some(start), Some(end), Some(text)) =
                        (value.get("start"), value.get("end"), value.get("text"))
                    {
                        self.span(&path, [start, end], text, &characters);
                        self.bytes(&path, value, text);
                    }
                    let members = members.iter().rev();
                    open.extend(members.map(|(key, v)| (format!("{path}/{key}"), v)));
                }
                Value::Array(items) => {
                    let items = items.iter().enumerate().rev();
                    open.extend(items.map(|(key, v)| (format!("{path}/{key}"), v)));
                }
                _ => {}
            }
        }
    }

    fn span(&mut self, path: &str, ends: [&Value; 2], text: &Value, characters: &[char]) {
        let [start, end] = ends.map(|e| e.as_u64().and_then(|e| usize::try_from(e).ok()));
        let slice = start.zip(end).and_then(|(s, e)| characters.get(s..e));
        let slice = slice.map(|c| c.iter().collect::<String>());
        let words = text.as_str().unwrap_or_default();
        match slice {
            Some(slice) if slice == words && !words.is_empty() => {}
            Some(slice) => {
                let message = format!(
                    "code points {}..{} are {slice:?}, not {words:?}",
                    ends[0], ends[1]
                );
                self.fault(path, message);
            }
            None => self.fault(path, format!("no code points {}..{}", ends[0], ends[1])),
        }
    }

    fn bytes(&mut self, path: &str, value: &Value, text: &Value) {
        let ends = [value.get("byte_start"), value.get("byte_end")];
        if ends == [None, None] {
            return;
        }
        let [start, end] = ends.map(|e| usize::try_from(e?.as_u64()?).ok());
        let slice = start
            .zip(end)
            .and_then(|(s, e)| self.document.text.get(s..e));
        if slice != text.as_str() {
            let message = format!("its bytes are {slice:?}, not {text}");
            self.fault(path, message);
        }
    }

    fn types(&mut self) {
        let gold = self.gold;
        for (i, entity) in gold.entities.iter().enumerate() {
            for type_ in std::iter::once(&entity.type_).chain(&entity.accept_types) {
                if !self.schema.types.contains_key(type_) {
                    let message = format!("no type `{type_}` in the rules");
                    self.fault(format!("/entities/{i}/type"), message);
                }
            }
        }
        for (path, relation) in relations(gold) {
            if !self.schema.relations.contains_key(&relation.type_) {
                let message = format!("no relation `{}` in the rules", relation.type_);
                self.fault(format!("{path}/type"), message);
                continue;
            }
            let known = self.schema.relation_ancestors(&relation.type_);
            let parameters: BTreeSet<&String> = known
                .into_iter()
                .filter_map(|name| self.schema.relations.get(name))
                .flat_map(|style| &style.parameters)
                .collect();
            for name in relation
                .arguments
                .keys()
                .filter(|n| !parameters.contains(n))
            {
                let message = format!("`{}` has no argument `{name}`", relation.type_);
                self.fault(format!("{path}/arguments/{name}"), message);
            }
        }
        for (i, name) in gold.annotated.iter().flatten().enumerate() {
            if !self.schema.types.contains_key(name) && !self.schema.relations.contains_key(name) {
                self.fault(
                    format!("/annotated/{i}"),
                    format!("no type or relation `{name}` in the rules"),
                );
            }
        }
    }

    fn ids(&mut self) {
        let gold = self.gold;
        let ids = (gold.entities.iter().map(|e| &e.id))
            .chain(gold.statements.iter().map(|s| &s.id))
            .chain(gold.relations.iter().map(|r| &r.id));
        let mut seen = BTreeSet::new();
        for id in ids {
            if !id.is_empty() && !seen.insert(id) {
                self.fault("", format!("the id `{id}` is given twice"));
            }
        }
        for (path, relation) in relations(gold) {
            self.id(
                &format!("{path}/source"),
                relation.source.as_deref(),
                true,
                false,
            );
            self.id(
                &format!("{path}/target"),
                relation.target.as_deref(),
                true,
                true,
            );
            self.id(
                &format!("{path}/within"),
                relation.within.as_deref(),
                false,
                true,
            );
            for (name, value) in &relation.arguments {
                for ArgumentEntry {
                    entity, statement, ..
                } in value.entries()
                {
                    let path = format!("{path}/arguments/{name}");
                    self.id(&path, entity.as_deref(), true, false);
                    self.id(&path, statement.as_deref(), false, true);
                }
            }
        }
    }

    fn id(&mut self, path: &str, id: Option<&str>, entity: bool, statement: bool) {
        let Some(id) = id else { return };
        let known = entity && self.gold.entity(id).is_some()
            || statement && self.gold.statement(id).is_some();
        if !known {
            let kind = match (entity, statement) {
                (true, true) => "entity or statement",
                (true, false) => "entity",
                _ => "statement",
            };
            self.fault(path, format!("no {kind} `{id}` in this file"));
        }
    }

    fn sentences(&mut self) {
        let points = CodePoints::new(&self.document.text);
        let spans = self.document.sentences.iter().map(|s| points.span(s.span));
        let sentences: BTreeSet<(u32, u32)> = spans.collect();
        let gold = self.gold;
        for (path, relation) in relations(gold) {
            let negative = path.starts_with("/negatives");
            match relation.evidence.as_ref().map(|e| &e.span) {
                None if negative => {}
                None => self.fault(path, "no evidence"),
                Some(span) if sentences.contains(&range(span)) => {}
                Some(SpanEntry { text, .. }) => {
                    let message = format!("not one whole sentence: {text:?}");
                    self.fault(format!("{path}/evidence"), message);
                }
            }
        }
    }
}

/// All relations and negatives with their paths.
fn relations(gold: &GraphFile) -> impl Iterator<Item = (String, &RelationEntry)> {
    let path = |list: &'static str| move |(i, r)| (format!("/{list}/{i}"), r);
    let negatives = gold.negatives.iter().enumerate().map(path("negatives"));
    (gold.relations.iter().enumerate().map(path("relations"))).chain(negatives)
}
