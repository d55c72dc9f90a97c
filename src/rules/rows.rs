//! Rows of things by number, one after the other in memory.

/// Things by the number of their row.
#[derive(Clone, Debug)]
pub(crate) struct Rows<T> {
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            starts: Vec::new(),
            things: Vec::new(),
        }
    }
}

impl<T: Ord> Rows<T> {
    /// Files things under their rows, in order and each once.
    pub(crate) fn new(mut found: Vec<(u32, T)>) -> Self {
        found.sort_unstable();
        found.dedup();
        let count = found.last().map_or(0, |(row, _)| row + 1);
        let mut starts = Vec::with_capacity(count as usize + 1);
        for (at, (row, _)) in found.iter().enumerate() {
            starts.resize((row + 1) as usize, at as u32);
        }
        starts.push(found.len() as u32);
        Self {
            starts,
            things: found.into_iter().map(|(_, thing)| thing).collect(),
        }
    }
}

impl<T> Rows<T> {
    /// The things of a row; none of a row that there is not.
    pub(crate) fn of(&self, row: u32) -> &[T] {
        let at = row as usize;
        match self.starts.get(at..at.saturating_add(2)) {
            Some([start, end]) => &self.things[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn rows_hold_their_things_in_order() {
        let rows = Rows::new(vec![(3, 'c'), (1, 'b'), (3, 'a'), (1, 'b')]);
        assert_eq!(rows.of(1), ['b']);
        assert_eq!(rows.of(3), ['a', 'c']);
        for empty in [0, 2, 4, u32::MAX] {
            assert!(rows.of(empty).is_empty(), "{empty}");
        }
        assert!(Rows::<u32>::default().of(0).is_empty());
    }
}
