//! Numbers of everything that has a name.

use crate::rules::pack::Pack;
use crate::rules::rule_set::{
    EntityType, ParameterKind, ParameterType, RelationFlags, RelationId, RelationType, TypeId,
};
use crate::rules::tables::PhraseId;

/// What `@name` can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Type(TypeId),
    Phrase(PhraseId),
    Relation(RelationId),
    Quotes,
    Nouns,
    Verbs,
}

/// Types, relations and phrases by name.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) types: Vec<EntityType>,
    pub(super) relations: Vec<RelationType>,
    pub(super) phrases: Vec<String>,
}

impl Names {
    pub(super) fn new(pack: &Pack) -> Self {
        let mut names = Self {
            phrases: pack.phrases.keys().cloned().collect(),
            ..Self::default()
        };
        for definition in pack.types.values() {
            let mut ancestors = vec![TypeId(names.types.len() as u16)];
            for parent in definition.parents.iter().filter_map(|p| names.type_(p)) {
                for &ancestor in &names.types[parent.0 as usize].ancestors {
                    if !ancestors.contains(&ancestor) {
                        ancestors.push(ancestor);
                    }
                }
            }
            let parents = definition
                .parents
                .iter()
                .filter_map(|p| names.type_(p))
                .collect();
            let keys = definition.keys.clone();
            names.types.push(EntityType {
                name: definition.name.clone(),
                parents,
                ancestors,
                keys,
            });
        }
        for definition in pack.relations.values() {
            let relation = names.relation_type(definition);
            names.relations.push(relation);
        }
        names
    }

    #[expect(clippy::too_many_lines, reason = "one field after the other")]
    fn relation_type(&self, definition: &crate::rules::pack::RelationDefinition) -> RelationType {
        let mut ancestors = vec![RelationId(self.relations.len() as u16)];
        if let Some(parent) = definition.parent.as_deref().and_then(|p| self.relation(p)) {
            ancestors.extend_from_slice(&self.relations[parent.0 as usize].ancestors);
        }
        let parameters: Vec<ParameterType> = definition
            .parameters
            .iter()
            .map(|p| self.parameter(p))
            .collect();
        let is =
            |kind: fn(&ParameterKind) -> bool| move |p: &ParameterType| p.kinds.iter().any(kind);
        let text = is(|k| *k == ParameterKind::Text);
        let entity = is(|k| matches!(k, ParameterKind::Entity(_) | ParameterKind::Phrase(_)));
        let node = is(|k| {
            matches!(
                k,
                ParameterKind::Entity(_) | ParameterKind::Phrase(_) | ParameterKind::Statement
            )
        });
        let head = parameters.iter().position(text).unwrap_or(0);
        let named = |name: &str| parameters.iter().position(|p| p.name == name);
        let source = match &definition.edge {
            Some((source, _)) => named(source),
            None => parameters.iter().position(entity),
        };
        let target = if let Some((_, target)) = &definition.edge {
            named(target)
        } else {
            let after = source.map_or(0, |s| s + 1);
            let next = parameters
                .iter()
                .enumerate()
                .skip(after)
                .find(|(_, p)| node(p))
                .map(|(n, _)| n);
            next.or_else(|| {
                parameters
                    .iter()
                    .enumerate()
                    .skip(head + 1)
                    .find(|(_, p)| text(p))
                    .map(|(n, _)| n)
            })
            .or_else(|| text(parameters.get(head)?).then_some(head))
        };
        let flag = |name: &str| definition.flags.iter().any(|f| f == name);
        RelationType {
            name: definition.name.clone(),
            ancestors,
            flags: RelationFlags {
                speech: flag("speech"),
                performative: flag("performative"),
                serves: flag("serves"),
                subject: flag("subject"),
                hidden: flag("hidden"),
            },
            head,
            source,
            target,
            keys: definition.keys.clone(),
            parameters,
        }
    }

    fn parameter(&self, parameter: &crate::rules::ast::Parameter) -> ParameterType {
        let kinds = parameter.types.iter().map(|kind| match kind.text.as_str() {
            "text" => ParameterKind::Text,
            "flag" => ParameterKind::Flag,
            "Statement" => ParameterKind::Statement,
            name => match self.type_(name) {
                Some(type_) => ParameterKind::Entity(type_),
                None => ParameterKind::Phrase(name.to_owned()),
            },
        });
        ParameterType {
            name: parameter.name.text.clone(),
            optional: parameter.optional,
            repeated: parameter.repeated,
            kinds: kinds.collect(),
        }
    }

    pub(super) fn type_(&self, name: &str) -> Option<TypeId> {
        self.types
            .iter()
            .position(|t| t.name == name)
            .map(|n| TypeId(n as u16))
    }

    pub(super) fn relation(&self, name: &str) -> Option<RelationId> {
        self.relations
            .iter()
            .position(|r| r.name == name)
            .map(|n| RelationId(n as u16))
    }

    pub(super) fn phrase(&self, name: &str) -> Option<PhraseId> {
        self.phrases
            .iter()
            .position(|p| p == name)
            .map(|n| PhraseId(n as u16))
    }

    pub(super) fn found(&self, name: &str) -> Option<Found> {
        match name {
            "quote" => Some(Found::Quotes),
            "ng" => Some(Found::Nouns),
            "vg" => Some(Found::Verbs),
            _ => (self.type_(name).map(Found::Type))
                .or_else(|| self.phrase(name).map(Found::Phrase))
                .or_else(|| self.relation(name).map(Found::Relation)),
        }
    }
}
