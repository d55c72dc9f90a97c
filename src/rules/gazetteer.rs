//! All entries of all lists in one trie over word numbers.

use super::vocabulary::WordId;
use rustc_hash::FxHashMap;

/// One entry of a list as it can be found in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The list.
    pub list: u32,
    /// Its row.
    pub entry: u32,
    /// The column whose value it is.
    pub column: u16,
}

/// A trie whose edges are words.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// (node, word) → node; the root is 0.
    edges: FxHashMap<(u32, u32), u32>,
    /// By node, where its entries begin in `listed`; one more for the end of the last.
    starts: Vec<u32>,
    listed: Vec<Listed>,
    /// Words that an entry begins with, a bit each: most words of a text begin none.
    begins: Vec<u64>,
}

/// Collects entries; lookups need [`GazetteerBuilder::finish`].
#[derive(Clone, Debug, Default)]
pub struct GazetteerBuilder {
    edges: FxHashMap<(u32, u32), u32>,
    nodes: u32,
    found: Vec<(u32, Listed)>,
}

impl GazetteerBuilder {
    /// Makes room for so many entries.
    pub fn reserve(&mut self, entries: usize) {
        self.edges.reserve(entries);
        self.found.reserve(entries);
    }

    /// Adds an entry; one without words is left out.
    pub fn add(&mut self, words: &[WordId], listed: Listed) {
        if words.is_empty() {
            return;
        }
        let mut node = 0;
        for word in words {
            let next = self.nodes + 1;
            let entry = self.edges.entry((node, word.0)).or_insert(next);
            self.nodes = self.nodes.max(*entry);
            node = *entry;
        }
        self.found.push((node, listed));
    }

    /// Freezes it.
    pub fn finish(self) -> Gazetteer {
        // By node without comparing: entries are counted, then put in their places.
        let mut places = vec![0_u32; self.nodes as usize + 2];
        for (node, _) in &self.found {
            places[*node as usize + 1] += 1;
        }
        for node in 1..places.len() {
            places[node] += places[node - 1];
        }
        let mut by_node: Vec<Listed> = self.found.iter().map(|(_, listed)| *listed).collect();
        let mut next = places.clone();
        for (node, listed) in &self.found {
            let place = &mut next[*node as usize];
            by_node[*place as usize] = *listed;
            *place += 1;
        }
        let mut listed = Vec::with_capacity(by_node.len());
        let mut starts = Vec::with_capacity(places.len());
        for bounds in places.windows(2) {
            starts.push(listed.len() as u32);
            let here = &mut by_node[bounds[0] as usize..bounds[1] as usize];
            here.sort_unstable();
            for entry in here {
                if starts.last() == Some(&(listed.len() as u32)) || listed.last() != Some(entry) {
                    listed.push(*entry);
                }
            }
        }
        starts.push(listed.len() as u32);
        let first_words = self.edges.keys().filter(|(node, _)| *node == 0);
        let first_words: Vec<u32> = first_words.map(|(_, word)| *word).collect();
        let last = first_words.iter().max().map_or(0, |word| *word as usize);
        let mut begins = vec![0; last / 64 + 1];
        for word in first_words {
            begins[word as usize / 64] |= 1 << (word % 64);
        }
        Gazetteer {
            begins,
            edges: self.edges,
            starts,
            listed,
        }
    }
}

impl Gazetteer {
    /// Whether an entry begins with a word.
    pub fn begins(&self, word: WordId) -> bool {
        let bits = self.begins.get(word.0 as usize / 64);
        bits.is_some_and(|bits| bits >> (word.0 % 64) & 1 == 1)
    }

    /// The node behind a word, from the root (0) or another node.
    pub fn step(&self, node: u32, word: WordId) -> Option<u32> {
        self.edges.get(&(node, word.0)).copied()
    }

    /// Entries that end at a node.
    pub fn at(&self, node: u32) -> &[Listed] {
        let node = node as usize;
        match self.starts.get(node..node + 2) {
            Some(&[start, end]) => &self.listed[start as usize..end as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_entries_are_both_found() {
        let mut builder = GazetteerBuilder::default();
        let (new, york, times) = (WordId(1), WordId(2), WordId(3));
        builder.add(
            &[new, york],
            Listed {
                list: 0,
                entry: 0,
                column: 0,
            },
        );
        builder.add(
            &[new, york, times],
            Listed {
                list: 0,
                entry: 1,
                column: 0,
            },
        );
        let gazetteer = builder.finish();
        let node = gazetteer
            .step(0, new)
            .and_then(|n| gazetteer.step(n, york))
            .expect("there");
        assert_eq!(gazetteer.at(node).len(), 1);
        let node = gazetteer.step(node, times).expect("there");
        assert_eq!(gazetteer.at(node)[0].entry, 1);
        assert_eq!(gazetteer.step(0, york), None);
    }
}
