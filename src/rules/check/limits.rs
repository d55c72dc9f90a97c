//! What patterns are bounded by: gaps, contexts in contexts, macros that name themselves.

use super::Checker;
use super::facts::{MACRO_DEPTH, captures};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{Name, Pattern, PatternKind};
use crate::rules::parser::for_each_element;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;

/// The most tokens a gap may skip.
pub(super) const MAX_GAP: u32 = 60;

/// Gaps longer than this are reported: they reach over what the author sees.
pub(super) const LONG_GAP: u32 = 20;

/// How deep contexts may stand in each other.
pub(super) const MAX_CONTEXTS: u32 = 2;

impl Checker<'_, '_> {
    /// `...{0,90}`
    pub(super) fn gap(&mut self, pattern: &Pattern, max: u32) {
        if max > MAX_GAP {
            self.report(
                Diagnostic::error(
                    "gap-too-long",
                    format!("a gap skips at most {MAX_GAP} tokens"),
                    pattern.location,
                )
                .label(format!("up to {max} tokens"))
                .help("say what stands between, with `until(…)` or a phrase"),
            );
        } else if max > LONG_GAP {
            self.report(
                Diagnostic::warning(
                    "long-gap",
                    format!("this gap may skip {max} tokens"),
                    pattern.location,
                )
                .help(format!(
                    "gaps over {LONG_GAP} tokens join what does not belong together: say what stands between, or write `meta allow long-gap`"
                )),
            );
        }
    }

    /// Contexts in contexts, those of macros included.
    pub(super) fn contexts(&mut self, pattern: &Pattern) {
        if self.context_depth(pattern, 0) > MAX_CONTEXTS {
            self.report(
                Diagnostic::error(
                    "context-too-deep",
                    format!("contexts stand in each other more than {MAX_CONTEXTS} deep"),
                    pattern.location,
                )
                .help("make a `phrase` of the inner part, or take a context out"),
            );
        }
        let mut lost: Vec<&Name> = Vec::new();
        for_each_element(pattern, &mut |element| {
            if let PatternKind::Context { pattern, .. } | PatternKind::Until(pattern) =
                &element.kind
            {
                for_each_element(pattern, &mut |inner| {
                    if let PatternKind::Capture { name, .. } = &inner.kind
                        && !lost.contains(&name)
                    {
                        lost.push(name);
                    }
                });
            }
        });
        for name in lost {
            self.report(
                Diagnostic::warning(
                    "capture-in-context",
                    format!("`{}` is captured in a context, which binds nothing", name.text),
                    name.location,
                )
                .help("a context is no part of the match: capture outside of it, or take the name out"),
            );
        }
    }

    fn context_depth(&self, pattern: &Pattern, macros: u32) -> u32 {
        let deepest = |parts: &[Pattern]| {
            let depths = parts.iter().map(|p| self.context_depth(p, macros));
            depths.max().unwrap_or(0)
        };
        match &pattern.kind {
            PatternKind::Context { pattern, .. } | PatternKind::Until(pattern) => {
                1 + self.context_depth(pattern, macros)
            }
            PatternKind::Sequence(parts) | PatternKind::Alternative(parts) => deepest(parts),
            PatternKind::Repeat { pattern, .. } | PatternKind::Capture { pattern, .. } => {
                self.context_depth(pattern, macros)
            }
            PatternKind::Found {
                head: Some(head), ..
            } => self.context_depth(head, macros),
            PatternKind::Macro(name) if macros < MACRO_DEPTH => self
                .pack
                .macros
                .get(&name.text)
                .map_or(0, |m| self.context_depth(&m.pattern, macros + 1)),
            _ => 0,
        }
    }

    /// Macros that name each other in a circle, each circle once.
    pub(super) fn macro_cycles(&mut self) {
        let pack = self.pack;
        let mut uses: DiGraph<&str, &Name> = DiGraph::new();
        let nodes: Vec<_> = (pack.macros.keys())
            .map(|name| uses.add_node(name))
            .collect();
        for (&from, declaration) in nodes.iter().zip(pack.macros.values()) {
            for used in macros_in(&declaration.pattern) {
                if let Some(to) = pack.macros.get_index_of(&used.text) {
                    uses.add_edge(from, nodes[to], used);
                }
            }
        }
        for mut circle in petgraph::algo::tarjan_scc(&uses) {
            circle.sort_unstable();
            let inside = uses
                .edge_references()
                .filter(|edge| circle.contains(&edge.source()) && circle.contains(&edge.target()));
            let closing = inside.map(|edge| *edge.weight()).max_by_key(|n| n.location);
            let Some(closing) = closing else { continue };
            let way: Vec<&str> = circle.iter().map(|&n| uses[n]).collect();
            let way = way.join("`, `");
            self.report(
                Diagnostic::error(
                    "macro-cycle",
                    format!("macro `{}` would stand in itself", closing.text),
                    closing.location,
                )
                .label(format!("the circle goes through `{way}`"))
                .help("a macro is a piece of text: repetition is written `x*`, `x+` or `x{1,3}`"),
            );
        }
    }
}

/// All macros that a pattern names.
pub(super) fn macros_in(pattern: &Pattern) -> Vec<&Name> {
    let mut names = Vec::new();
    for_each_element(pattern, &mut |element| {
        if let PatternKind::Macro(name) = &element.kind {
            names.push(name);
        }
    });
    names
}

/// Whether a pattern captures something.
pub(super) fn captures_any(checker: &Checker<'_, '_>, pattern: &Pattern) -> bool {
    let mut any = false;
    captures(checker.pack, pattern, 0, &mut |_| any = true);
    any
}
