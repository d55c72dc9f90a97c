//! The averaged perceptron of the tagger.

use super::treebank::join_hyphens;
use super::{TrainOptions, TreebankSentence};
use crate::annotation::model::{CONTEXT_ROWS, Weights, context_rows, fold};
use crate::annotation::tag::Tag;
use crate::annotation::word::{
    AFTER, BEFORE, Casing, EDGE_LABEL, Feature, LANES, Word, casings, pair_features,
};

/// Features are counted in this many cells, a power of two.
const COUNT_CELLS: usize = 1 << 24;

/// A sentence made ready: the words with their correct labels.
struct Example {
    words: Vec<Word>,
    labels: Vec<u8>,
}

/// Weights with the sums that their averages need: hashed rows, then context rows.
struct Learner {
    hashed_rows: usize,
    /// How often each feature was seen, up to 255.
    counts: Vec<u8>,
    least_count: u8,
    current: Vec<[f32; LANES]>,
    /// Sum of every change times the time of the change.
    changes: Vec<[f32; LANES]>,
    time: f32,
}

/// Trains and gives the weights as bytes.
pub(super) fn train(
    sentences: &[TreebankSentence],
    labels: &[Tag],
    options: &TrainOptions,
) -> Weights {
    let examples = examples(sentences, labels, options);
    let mut learner = Learner::new(&examples, options);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(options.seed);
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for &index in &order {
            learner.learn(&examples[index], labels.len());
        }
    }
    let hashed_rows = learner.hashed_rows;
    let mut hashed = quantize(&learner.averages(), options.prune);
    let context = hashed.split_off(hashed_rows);
    Weights { hashed, context }
}

/// Every sentence as it is, with its hyphens joined, and some without capitals.
fn examples(
    sentences: &[TreebankSentence],
    labels: &[Tag],
    options: &TrainOptions,
) -> Vec<Example> {
    let mut examples = Vec::with_capacity(sentences.len() * 2);
    for (index, sentence) in sentences.iter().enumerate() {
        let joined = join_hyphens(sentence);
        let silent = options.silent_every > 0 && index % options.silent_every == 0;
        if silent {
            let sentence = joined.as_ref().unwrap_or(sentence);
            examples.push(Example::new(sentence, labels, Some(Casing::Silent)));
        }
        examples.push(Example::new(sentence, labels, None));
        examples.extend(joined.map(|joined| Example::new(&joined, labels, None)));
    }
    examples
}

impl Example {
    fn new(sentence: &TreebankSentence, labels: &[Tag], casing: Option<Casing>) -> Self {
        let forms = sentence.words.iter().map(|word| word.form.as_str());
        let (first, inside) = casing.map_or_else(|| casings(forms.clone()), |c| (c, c));
        let mut casing = first;
        let mut words = Vec::with_capacity(sentence.words.len());
        for form in forms {
            words.push(Word::new(form, casing));
            if form.chars().any(char::is_alphanumeric) {
                casing = inside;
            }
        }
        let label = |tag| labels.binary_search(&tag).unwrap_or(0) as u8;
        Self {
            words,
            labels: sentence.words.iter().map(|word| label(word.tag)).collect(),
        }
    }

    /// Appends a word's features of its own and of its neighbours, without those of labels.
    fn word_features(&self, index: usize, features: &mut Vec<Feature>) {
        let (before, after) = (Word::edge(BEFORE), Word::edge(AFTER));
        let previous = index.checked_sub(1).map_or(&before, |i| &self.words[i]);
        let next = self.words.get(index + 1).unwrap_or(&after);
        features.extend(self.words[index].current_features());
        features.extend(previous.previous_features());
        features.extend(next.next_features());
    }

    fn pair_features(&self, index: usize, label: usize) -> [Feature; 3] {
        let hash = |index: usize| self.words.get(index).map(|word| word.hash);
        let previous = index.checked_sub(1).and_then(hash).unwrap_or(BEFORE);
        let next = hash(index + 1).unwrap_or(AFTER);
        pair_features(label, previous, self.words[index].hash, next)
    }
}

impl Learner {
    fn new(examples: &[Example], options: &TrainOptions) -> Self {
        let hashed_rows = 1 << options.row_bits;
        let mut counts = vec![0u8; COUNT_CELLS];
        let mut features = Vec::new();
        for example in examples {
            let mut label = EDGE_LABEL;
            for index in 0..example.words.len() {
                features.clear();
                example.word_features(index, &mut features);
                features.extend(example.pair_features(index, label));
                for &feature in &features {
                    let count = &mut counts[fold(feature, COUNT_CELLS)];
                    *count = count.saturating_add(1);
                }
                label = example.labels[index] as usize;
            }
        }
        Self {
            hashed_rows,
            counts,
            least_count: options.least_count,
            current: vec![[0.0; LANES]; hashed_rows + CONTEXT_ROWS],
            changes: vec![[0.0; LANES]; hashed_rows + CONTEXT_ROWS],
            time: 1.0,
        }
    }

    /// One pass over a sentence, with the tags that the weights choose as context.
    fn learn(&mut self, example: &Example, labels: usize) {
        let (mut previous, mut before_previous) = (EDGE_LABEL, EDGE_LABEL);
        let (mut features, mut rows) = (Vec::new(), Vec::new());
        for index in 0..example.words.len() {
            features.clear();
            example.word_features(index, &mut features);
            features.extend(example.pair_features(index, previous));
            self.rows(&features, &mut rows);
            let context = context_rows(before_previous, previous);
            rows.extend(context.map(|row| self.hashed_rows + row));
            let guess = self.best(&rows, labels);
            self.update(&rows, example.labels[index] as usize, guess);
            before_previous = previous;
            previous = guess;
        }
    }

    /// Rows of the features that were seen often enough.
    fn rows(&self, features: &[Feature], rows: &mut Vec<usize>) {
        let often = |feature: Feature| self.counts[fold(feature, COUNT_CELLS)] >= self.least_count;
        rows.clear();
        rows.extend(
            (features.iter())
                .filter(|&&f| often(f))
                .map(|&f| fold(f, self.hashed_rows)),
        );
    }

    fn best(&self, rows: &[usize], labels: usize) -> usize {
        let mut scores = [0.0f32; LANES];
        for &row in rows {
            for (score, weight) in scores.iter_mut().zip(&self.current[row]) {
                *score += weight;
            }
        }
        (1..labels).fold(0, |best, label| {
            if scores[label] > scores[best] {
                label
            } else {
                best
            }
        })
    }

    fn update(&mut self, rows: &[usize], right: usize, guess: usize) {
        if right != guess {
            for &row in rows {
                self.current[row][right] += 1.0;
                self.changes[row][right] += self.time;
                self.current[row][guess] -= 1.0;
                self.changes[row][guess] -= self.time;
            }
        }
        // Small steps keep the sums exact enough for single precision.
        self.time += 1.0 / 1024.0;
    }

    fn averages(self) -> Vec<[f32; LANES]> {
        let mut averages = self.current;
        for (average, changes) in averages.iter_mut().zip(&self.changes) {
            for (average, change) in average.iter_mut().zip(changes) {
                *average -= change / self.time;
            }
        }
        averages
    }
}

/// Drops small weights and scales the rest so that the largest is 127.
fn quantize(averages: &[[f32; LANES]], prune: f32) -> Vec<[i8; LANES]> {
    let largest = (averages.iter().flatten()).fold(f32::MIN_POSITIVE, |max, w| max.max(w.abs()));
    let byte = |weight: f32| {
        if weight.abs() < prune {
            0
        } else {
            (weight * 127.0 / largest).round() as i8
        }
    };
    averages.iter().map(|row| row.map(byte)).collect()
}

/// A small generator of random numbers (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.max(1);
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            let other = (self.next() >> 33) as usize % (last + 1);
            order.swap(last, other);
        }
    }
}
