//! All stretches that a phrase matches.

use super::lattice::{Lattice, Right};
use super::narrow::Narrow;
use super::row::{self, Row, bits};
use super::sweep::Alive;
use crate::rules::program::Program;

/// The most ends of a phrase that are kept for one start, the nearest ones.
const MAX_ENDS: usize = 64;

/// Memory of the search, kept between runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretches {
    short: Search<u64>,
    long: Search<u128>,
    wide: Alive,
    ends: Vec<u32>,
}

/// The same for sentences whose positions are the bits of one row.
#[derive(Clone, Debug, Default)]
struct Search<R> {
    all: Narrow<R>,
    single: Narrow<R>,
}

impl Stretches {
    /// Start and end of each stretch that a program matches, empty ones left out.
    pub(super) fn find<L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
        found: impl FnMut(u32, u32),
    ) {
        let length = lattice.len();
        if row::fits::<u64>(length) {
            self.short.find(program, lattice, found);
        } else if row::fits::<u128>(length) {
            self.long.find(program, lattice, found);
        } else {
            self.find_wide(program, lattice, found);
        }
    }

    fn find_wide<L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
        mut found: impl FnMut(u32, u32),
    ) {
        super::sweep::need_all(program, lattice);
        for start in 0..lattice.len() {
            self.ends.clear();
            self.wide.ends_from(program, lattice, start, &mut self.ends);
            for &end in self.ends.iter().take(MAX_ENDS) {
                found(start as u32, end);
            }
        }
    }
}

impl<R: Row> Search<R> {
    fn find<L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
        mut found: impl FnMut(u32, u32),
    ) {
        let everywhere = R::below(lattice.len() + 1);
        self.all.clear(program);
        for entry in program.starts() {
            self.all.seed(entry, everywhere);
        }
        if self.all.run::<Right, L>(program, lattice).is_empty() {
            return;
        }
        self.all.look_back::<Right, L>(program, lattice);
        let live = program.starts().map(|entry| self.all.live(entry));
        let starts = live.fold(R::default(), |starts, live| starts | live);
        for start in bits(starts) {
            let ends = self.ends_from(program, lattice, R::one(start));
            for end in bits(ends & !R::one(start)).take(MAX_ENDS) {
                found(start as u32, end as u32);
            }
        }
    }

    /// Where ways from some starts end that are known to lead to an end.
    fn ends_from<L: Lattice>(&mut self, program: &Program, lattice: &mut L, starts: R) -> R {
        self.single.clear(program);
        for entry in program.starts() {
            self.single.seed(entry, starts & self.all.live(entry));
        }
        (self.single).run_along::<Right, L>(program, lattice, &self.all)
    }
}
