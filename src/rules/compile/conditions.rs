//! Conditions and values from the syntax tree.

use super::lower::{Lowering, Scope};
use crate::rules::ast::{self, ConditionKind, PatternKind, ValueKind};
use crate::rules::condition::{Condition, Function, Value, ZoneSet, zone_from_name};
use crate::rules::program::{Outward, Program};

impl Lowering<'_> {
    /// Compiles a condition; none where it names something unknown (that was reported).
    pub(super) fn condition(
        &mut self,
        condition: &ast::Condition,
        scope: &Scope,
    ) -> Option<Condition> {
        Some(match &condition.kind {
            ConditionKind::And(parts) => Condition::And(self.conditions(parts, scope)?),
            ConditionKind::Or(parts) => Condition::Or(self.conditions(parts, scope)?),
            ConditionKind::Not(inner) => Condition::Not(Box::new(self.condition(inner, scope)?)),
            ConditionKind::Call {
                relation,
                arguments,
            } => Condition::Call {
                relation: self.names.relation(&relation.text)?,
                arguments: arguments.iter().map(|a| a.as_ref().map(value)).collect(),
            },
            ConditionKind::Has {
                value: whose,
                pattern,
            } => self.has(whose, pattern, scope)?,
            ConditionKind::In {
                value: whose,
                list,
                column,
            } => {
                let (number, _, entries) = self.pack.lists.get_full(&list.text)?;
                let column = match column {
                    Some(column) => Some(entries.column(&column.text)? as u16),
                    None => None,
                };
                Condition::In {
                    value: value(whose),
                    list: number as u32,
                    column,
                }
            }
            ConditionKind::Compare {
                left,
                comparison,
                right,
            } => Condition::Compare(value(left), *comparison, value(right)),
            ConditionKind::Missing(whose) => Condition::Missing(value(whose)),
            ConditionKind::Present(whose) => Condition::Present(value(whose)),
            ConditionKind::Agree(values) => Condition::Agree(values.iter().map(value).collect()),
            ConditionKind::Inside(pattern) => {
                let expression = self.pattern(pattern, &mut inner(scope));
                let programs = Outward::from_start(&expression).ok()?;
                Condition::Inside(programs)
            }
            ConditionKind::Zone(zones) => Condition::Zone(ZoneSet::of(
                zones.iter().filter_map(|z| zone_from_name(&z.text)),
            )),
        })
    }

    fn conditions(&mut self, parts: &[ast::Condition], scope: &Scope) -> Option<Vec<Condition>> {
        parts.iter().map(|p| self.condition(p, scope)).collect()
    }

    fn has(
        &mut self,
        whose: &ast::Value,
        pattern: &ast::Pattern,
        scope: &Scope,
    ) -> Option<Condition> {
        let word = match &pattern.kind {
            PatternKind::Word { text, exact: false } => Some(text.clone()),
            _ => None,
        };
        let expression = self.pattern(pattern, &mut inner(scope));
        let program = Program::single(&expression, false).ok()?;
        Some(Condition::Has {
            value: value(whose),
            program,
            word,
        })
    }
}

/// A scope for a pattern of its own.
fn inner(scope: &Scope) -> Scope {
    Scope {
        full: scope.full,
        ..Scope::default()
    }
}

/// Compiles a value.
pub(super) fn value(value_: &ast::Value) -> Value {
    match &value_.kind {
        ValueKind::Path(parts) => Value::Path(parts.iter().map(|p| p.text.clone()).collect()),
        ValueKind::Text(text) => Value::Text(text.clone()),
        ValueKind::Number(number) => Value::Number(number.clone()),
        ValueKind::Function { name, arguments } => match Function::from_name(&name.text) {
            Some(function) => Value::Function(function, arguments.iter().map(value).collect()),
            None => Value::Text(String::new()),
        },
    }
}
