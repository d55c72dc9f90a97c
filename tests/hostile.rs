//! Texts that nobody writes: a graph, no panic, and a price that grows with their length and not with its square.

use sayso::{Extractor, RuleSet};
use std::time::{Duration, Instant};

/// Long and short, in bytes. What is quadratic costs sixteen times as much.
const SHORT: usize = 16_000;
const LONG: usize = 4 * SHORT;
const MOST: f64 = 9.0;

/// The clock of some systems ticks every four milliseconds: what is shorter is done again until this is used up.
const ENOUGH: Duration = Duration::from_millis(40);

/// Time that this thread has had on a core, where the system tells it: others on the machine do not count.
fn clock(start: Instant) -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let used = stat.split(' ').next().and_then(|n| n.parse().ok());
    used.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn kinds() -> Vec<(&'static str, &'static str)> {
    vec![
        ("no spaces", "a"),
        ("marks that open", "“"),
        ("straight marks", "\""),
        ("nested speech", "“He said "),
        ("brackets", "("),
        ("commas", ", "),
        ("digits and commas", "1,"),
        ("verbs of speech", "said "),
        ("names and names", "Anna Weber and Paul Lund and "),
        ("capitals", "Weber Lund Hansen "),
        ("one office in another", "the minister of "),
        ("one spokesman of another", "spokesman for the "),
        ("clauses in clauses", "who said that he "),
        ("according to", "according to Weber, "),
        ("refusals", "Germany refuses "),
        ("pronouns", "He said she said they said it. "),
        ("titles", "Minister Anna Weber, "),
        ("paragraphs", "Anna Weber said no.\n\n"),
        ("lines", "A\n"),
        ("emoji", "🚢"),
        ("right to left", "قال الوزير \"لا\" يوم الاثنين. "),
    ]
}

#[test]
fn twice_the_text_costs_twice_the_time() {
    let rules = RuleSet::builtin();
    let mut extractor = Extractor::new(&rules);
    let started = Instant::now();
    let mut time = |text: &str| {
        let mut mean = || {
            let before = clock(started);
            for times in 1.. {
                let graph = extractor.extract(text).graph;
                assert_eq!(graph.documents.len(), 1);
                let taken = clock(started).saturating_sub(before);
                if taken >= ENOUGH {
                    return taken.as_secs_f64() / f64::from(times);
                }
            }
            unreachable!("the clock stands still")
        };
        mean().min(mean())
    };
    for (name, unit) in kinds() {
        let short = time(&unit.repeat(SHORT / unit.len()));
        let long = time(&unit.repeat(LONG / unit.len()));
        assert!(
            long < short * MOST,
            "{name}: {short:.4} s, four times as much {long:.4} s"
        );
    }
}
