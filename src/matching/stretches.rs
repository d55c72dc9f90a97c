//! All stretches that a phrase matches.

use super::lattice::{self, Lattice, Right, bits};
use super::narrow::Narrow;
use super::sweep::Alive;
use crate::rules::program::Program;

/// The most ends of a phrase that are kept for one start, the nearest ones.
const MAX_ENDS: usize = 64;

/// Memory of the search, kept between runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretches {
    narrow: Narrow,
    single: Narrow,
    wide: Alive,
    ends: Vec<u32>,
}

impl Stretches {
    /// Start and end of each stretch that a program matches, empty ones left out.
    pub(super) fn find<L: Lattice>(
        &mut self,
        program: &Program,
        lattice: &mut L,
        mut found: impl FnMut(u32, u32),
    ) {
        if !lattice::fits(lattice.len()) {
            self.find_wide(program, lattice, found);
            return;
        }
        let everywhere = u64::MAX >> (63 - lattice.len());
        self.narrow.clear(program);
        for entry in program.starts() {
            self.narrow.seed(entry, everywhere);
        }
        if self.narrow.run::<Right, L>(program, lattice) == 0 {
            return;
        }
        self.narrow.look_back::<Right, L>(program, lattice);
        let entries = program.starts();
        let starts = entries.fold(0, |starts, entry| starts | self.narrow.live(entry));
        for start in bits(starts) {
            let ends = self.ends_from(program, lattice, 1 << start);
            for end in bits(ends & !(1 << start)).take(MAX_ENDS) {
                found(start as u32, end as u32);
            }
        }
    }

    /// Where ways from some starts end that are known to lead to an end.
    fn ends_from<L: Lattice>(&mut self, program: &Program, lattice: &mut L, starts: u64) -> u64 {
        self.single.clear(program);
        for entry in program.starts() {
            self.single.seed(entry, starts & self.narrow.live(entry));
        }
        (self.single).run_along::<Right, L>(program, lattice, &self.narrow)
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
