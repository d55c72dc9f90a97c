//! The averaged perceptron of the tagger.

use super::treebank::join_hyphens;
use super::{TrainOptions, TreebankSentence};
use crate::annotation::tag::Tag;
use crate::annotation::tagger::pair_rows;
use crate::annotation::word::{
    AFTER, BEFORE, BIAS_ROW, Casing, EDGE_LABEL, LANES, ROWS, Word, casings, label_pair_row,
    label_row,
};

/// A sentence made ready: the words with their correct labels.
struct Example {
    words: Vec<Word>,
    labels: Vec<u8>,
}

/// Weights with the sums that their averages need.
struct Weights {
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
) -> Vec<[i8; LANES]> {
    let examples = examples(sentences, labels, options);
    let mut weights = Weights {
        current: vec![[0.0; LANES]; ROWS],
        changes: vec![[0.0; LANES]; ROWS],
        time: 1.0,
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(options.seed);
    for _ in 0..options.epochs {
        random.shuffle(&mut order);
        for &index in &order {
            learn(&examples[index], &mut weights, labels.len());
        }
    }
    quantize(&weights.averages(), options.prune)
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
}

/// One pass over a sentence, with the tags that the weights choose as context.
fn learn(example: &Example, weights: &mut Weights, labels: usize) {
    let (before, after) = (Word::edge(BEFORE), Word::edge(AFTER));
    let (mut previous, mut before_previous) = (EDGE_LABEL, EDGE_LABEL);
    let mut rows = Vec::with_capacity(24);
    for (index, word) in example.words.iter().enumerate() {
        let last = index.checked_sub(1).map_or(&before, |i| &example.words[i]);
        let next = example.words.get(index + 1).unwrap_or(&after);
        rows.clear();
        rows.extend([
            BIAS_ROW,
            label_row(previous),
            label_pair_row(before_previous, previous),
        ]);
        rows.extend(word.current_rows());
        rows.extend(last.previous_rows());
        rows.extend(next.next_rows());
        rows.extend(pair_rows(previous, last.hash, word.hash, next.hash));
        let guess = weights.best(&rows, labels);
        weights.update(&rows, example.labels[index] as usize, guess);
        before_previous = previous;
        previous = guess;
    }
}

impl Weights {
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
