//! The order of states: what leads on has a lower number than what it leads to.

use super::builder::Builder;
use super::{Program, State, successors};
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

impl Builder {
    /// Numbers the states so that whatever is reached has a higher number, but for ways back that consume.
    pub(super) fn ordered(self, entries: &[u16]) -> Program {
        let order = self
            .without_loops(entries)
            .unwrap_or_else(|| self.along_loops(&self.topological_order(entries)));
        let mut number = vec![u16::MAX; self.states.len()];
        for (new, &old) in order.iter().enumerate() {
            number[old as usize] = new as u16;
        }
        let to = |old: u16| number[old as usize];
        let states: Vec<State> = order
            .iter()
            .map(|&old| self.states[old as usize].redirected(to))
            .collect();
        let origins = order
            .iter()
            .map(|&old| self.origins[old as usize])
            .collect();
        let leads_back = |(number, state): (usize, &State)| {
            let (_, consumed) = successors(*state);
            consumed.is_some_and(|next| next as usize <= number)
        };
        let core = core(&states);
        let bare = states
            .iter()
            .map(|s| s.redirected(|next| core[next as usize]));
        Program {
            bare: bare.collect(),
            cyclic: states.iter().enumerate().any(leads_back),
            goal: (states.iter().position(|s| *s == State::Match)).map(|n| n as u16),
            core,
            states,
            origins,
            entries: entries.iter().map(|&e| to(e)).collect(),
        }
    }

    /// Reachable states, each behind all that lead to it; none where states lead to each other.
    fn without_loops(&self, entries: &[u16]) -> Option<Vec<u16>> {
        const NEW: u8 = 0;
        const OPEN: u8 = 1;
        const DONE: u8 = 2;
        let mut marks = vec![NEW; self.states.len()];
        let mut order = Vec::with_capacity(self.states.len());
        let mut stack: Vec<u16> = entries.iter().rev().copied().collect();
        while let Some(&state) = stack.last() {
            let mark = &mut marks[state as usize];
            if *mark != NEW {
                if *mark == OPEN {
                    *mark = DONE;
                    order.push(state);
                }
                stack.pop();
                continue;
            }
            *mark = OPEN;
            let (free, consumed) = successors(self.states[state as usize]);
            for next in consumed.into_iter().chain(free.into_iter().flatten().rev()) {
                match marks[next as usize] {
                    NEW => stack.push(next),
                    OPEN => return None,
                    _ => {}
                }
            }
        }
        order.reverse();
        Some(order)
    }

    /// Puts loops in the order in which they are reached; inside of each the order stays.
    fn along_loops(&self, order: &[u16]) -> Vec<u16> {
        let mut graph: DiGraph<u16, ()> = DiGraph::with_capacity(order.len(), order.len() * 2);
        let mut nodes = vec![NodeIndex::end(); self.states.len()];
        for &state in order {
            nodes[state as usize] = graph.add_node(state);
        }
        for &state in order {
            let (free, consumed) = successors(self.states[state as usize]);
            for next in free.into_iter().flatten().chain(consumed) {
                graph.add_edge(nodes[state as usize], nodes[next as usize], ());
            }
        }
        let mut along = Vec::with_capacity(order.len());
        for mut component in tarjan_scc(&graph).into_iter().rev() {
            component.sort_unstable();
            along.extend(component.into_iter().map(|node| graph[node]));
        }
        along
    }

    /// Reachable states; those reached without consuming come after those that reach them.
    fn topological_order(&self, entries: &[u16]) -> Vec<u16> {
        let mut finished = vec![false; self.states.len()];
        let mut seen = vec![false; self.states.len()];
        let mut order = Vec::with_capacity(self.states.len());
        // Consumed successors are further roots: they need a number, not an order.
        let mut roots: Vec<u16> = entries.to_vec();
        while let Some(root) = roots.pop() {
            let mut stack = vec![root];
            while let Some(&state) = stack.last() {
                if finished[state as usize] {
                    stack.pop();
                    continue;
                }
                let (free, consumed) = successors(self.states[state as usize]);
                if seen[state as usize] {
                    finished[state as usize] = true;
                    order.push(state);
                    stack.pop();
                    continue;
                }
                seen[state as usize] = true;
                roots.extend(consumed);
                stack.extend(free.into_iter().flatten().filter(|&s| !seen[s as usize]));
            }
        }
        order.reverse();
        order
    }
}

/// What stands behind the edges of captures; those lead to higher numbers.
fn core(states: &[State]) -> Vec<u16> {
    let mut core: Vec<u16> = (0..states.len() as u16).collect();
    for (number, state) in states.iter().enumerate().rev() {
        if let State::Open(_, next) | State::Close(_, next) = *state {
            core[number] = core[next as usize];
        }
    }
    core
}
