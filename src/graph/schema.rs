//! What a type or relation inherits from those above it.

use super::{RelationStyle, Schema, TypeStyle};

/// How many supertypes are visited at most; more only a cycle would need.
const MAX_ANCESTORS: usize = 256;

impl Schema {
    /// A type and its supertypes, nearest first, each once.
    pub fn type_ancestors<'s>(&'s self, type_: &'s str) -> Vec<&'s str> {
        let mut all = vec![type_];
        let mut next = 0;
        while next < all.len() && all.len() < MAX_ANCESTORS {
            if let Some(style) = self.types.get(all[next]) {
                for parent in &style.parents {
                    if !all.contains(&parent.as_str()) {
                        all.push(parent);
                    }
                }
            }
            next += 1;
        }
        all
    }

    /// A relation and those that it is a kind of, nearest first.
    pub fn relation_ancestors<'s>(&'s self, relation: &'s str) -> Vec<&'s str> {
        let mut all = vec![relation];
        let parent = |name: &str| self.relations.get(name)?.parent.as_deref();
        while let Some(above) = parent(all[all.len() - 1]) {
            if all.contains(&above) || all.len() >= MAX_ANCESTORS {
                break;
            }
            all.push(above);
        }
        all
    }

    /// What the nearest type says that says anything.
    pub fn type_key<'s>(
        &'s self,
        type_: &'s str,
        key: fn(&TypeStyle) -> Option<&String>,
    ) -> Option<&'s str> {
        let mut ancestors = self.type_ancestors(type_).into_iter();
        ancestors
            .find_map(|name| key(self.types.get(name)?))
            .map(String::as_str)
    }

    /// What the nearest relation says that says anything.
    pub fn relation_key<'s>(
        &'s self,
        relation: &'s str,
        key: fn(&RelationStyle) -> Option<&String>,
    ) -> Option<&'s str> {
        let mut ancestors = self.relation_ancestors(relation).into_iter();
        (ancestors.find_map(|name| key(self.relations.get(name)?))).map(String::as_str)
    }

    /// Whether a relation or one above it has a flag.
    pub fn has_flag(&self, relation: &str, flag: &str) -> bool {
        let ancestors = self.relation_ancestors(relation).into_iter();
        let mut styles = ancestors.filter_map(|name| self.relations.get(name));
        styles.any(|style| style.flags.iter().any(|f| f == flag))
    }

    /// Whether a type is a value: a quantity, a date.
    pub fn is_value(&self, type_: &str) -> bool {
        let ancestors = self.type_ancestors(type_).into_iter();
        ancestors
            .filter_map(|name| self.types.get(name))
            .any(|style| style.value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;

    #[test]
    fn looks_come_from_the_nearest_supertype() {
        let schema = fixture::schema();
        assert_eq!(
            schema.type_key("Country", |t| t.shape.as_ref()),
            Some("ellipse")
        );
        assert_eq!(
            schema.type_key("Person", |t| t.shape.as_ref()),
            Some("rounded")
        );
        assert_eq!(schema.type_key("Nowhere", |t| t.shape.as_ref()), None);
        assert_eq!(
            schema.type_ancestors("Country"),
            ["Country", "Agent", "Place"]
        );
        assert!(schema.is_value("Date") && !schema.is_value("Country"));
    }

    #[test]
    fn a_kind_of_relation_has_the_flags_of_its_parent() {
        let mut schema = fixture::schema();
        schema.relations["argues"].flags.clear();
        assert!(schema.has_flag("argues", "speech"));
        assert_eq!(
            schema.relation_key("argues", |r| r.label.as_ref()),
            Some("cue")
        );
    }

    #[test]
    fn cycles_end() {
        let mut schema = fixture::schema();
        schema.relations["said"].parent = Some("argues".into());
        schema.types["Agent"].parents.push("Person".into());
        assert_eq!(schema.relation_ancestors("said"), ["said", "argues"]);
        assert_eq!(schema.type_ancestors("Agent"), ["Agent", "Person"]);
    }
}
