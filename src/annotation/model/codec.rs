//! Bytes of a model; see `README.md` beside this file for the layout.

use super::lemmas::{LemmaTable, Script};
use super::lexicon::Lexicon;
use super::{CONTEXT_ROWS, Model, ModelError, Row, Weights};
use crate::annotation::tag::{Form, Tag, Upos};
use crate::annotation::word::{LANES, hash_bytes};

const MAGIC: &[u8; 8] = b"SAYSOTAG";
/// The only version that is read.
pub(super) const VERSION: u16 = 2;
const HEADER: usize = 8 + 2 + 4 + 8;
const CHECKSUM_SEED: u64 = 0x7A66;
/// A gap of this many zeros goes on in the next half byte.
const GAP_MORE: u8 = 15;
/// Most hashed rows, as a power of two: 32 MB of weights.
const MOST_BITS: u8 = 20;

/// Writes a model.
pub(super) fn encode(model: &Model) -> Vec<u8> {
    let mut payload = Vec::new();
    payload.push(model.labels.len() as u8);
    for tag in &model.labels {
        payload.extend([tag.upos as u8, tag.form as u8]);
    }
    let weights = &model.weights;
    payload.push(weights.hashed.len().trailing_zeros() as u8);
    encode_rows(&weights.hashed, model.labels.len(), &mut payload);
    encode_rows(&weights.context, model.labels.len(), &mut payload);
    encode_lexicon(&model.lexicon, &mut payload);
    encode_lemmas(&model.lemmas, &mut payload);

    let mut bytes = Vec::with_capacity(HEADER + payload.len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((payload.len() as u32).to_le_bytes());
    bytes.extend(hash_bytes(&payload, CHECKSUM_SEED).to_le_bytes());
    bytes.extend(payload);
    bytes
}

/// Reads a model; never panics, whatever the bytes.
pub(super) fn decode(bytes: &[u8]) -> Result<Model, ModelError> {
    let mut reader = Reader { bytes };
    if reader.take(MAGIC.len()).ok() != Some(MAGIC) {
        return Err(ModelError::NotAModel);
    }
    let version = reader.u16()?;
    if version != VERSION {
        return Err(ModelError::Version(version));
    }
    let length = reader.u32()? as usize;
    let checksum = reader.u64()?;
    if reader.bytes.len() != length {
        return Err(ModelError::Length);
    }
    if hash_bytes(reader.bytes, CHECKSUM_SEED) != checksum {
        return Err(ModelError::Checksum);
    }
    let labels = decode_labels(&mut reader)?;
    let bits = reader.u8()?;
    if bits > MOST_BITS {
        return Err(ModelError::Malformed("too many rows"));
    }
    let weights = Weights {
        hashed: decode_rows(&mut reader, labels.len(), 1 << bits)?,
        context: decode_rows(&mut reader, labels.len(), CONTEXT_ROWS)?,
    };
    let lexicon = decode_lexicon(&mut reader, labels.len())?;
    let lemmas = decode_lemmas(&mut reader)?;
    if reader.bytes.is_empty() {
        Ok(Model::new(labels, weights, lexicon, lemmas))
    } else {
        Err(ModelError::Malformed("bytes after the lemma rules"))
    }
}

fn decode_labels(reader: &mut Reader<'_>) -> Result<Vec<Tag>, ModelError> {
    let count = reader.u8()? as usize;
    if count == 0 || count >= LANES {
        return Err(ModelError::Malformed("number of labels"));
    }
    let label = |pair: &[u8]| {
        Some(Tag {
            upos: *Upos::ALL.get(pair[0] as usize)?,
            form: *Form::ALL.get(pair[1] as usize)?,
        })
    };
    (reader.take(count * 2)?.chunks_exact(2))
        .map(|pair| label(pair).ok_or(ModelError::Malformed("unknown label")))
        .collect()
}

/// Row by row, label by label: the zeros before each weight in half bytes, then the weights.
fn encode_rows(rows: &[Row], labels: usize, payload: &mut Vec<u8>) {
    let (mut gaps, mut weights) = (Vec::new(), Vec::new());
    let mut zeros = 0u32;
    for &weight in rows.iter().flat_map(|row| &row[..labels]) {
        if weight == 0 {
            zeros += 1;
            continue;
        }
        while zeros >= u32::from(GAP_MORE) {
            gaps.push(GAP_MORE);
            zeros -= u32::from(GAP_MORE);
        }
        gaps.push(zeros as u8);
        weights.push(weight.cast_unsigned());
        zeros = 0;
    }
    let packed: Vec<u8> = gaps
        .chunks(2)
        .map(|pair| pair[0] | pair.get(1).copied().unwrap_or(0) << 4)
        .collect();
    payload.extend((gaps.len() as u32).to_le_bytes());
    payload.extend((weights.len() as u32).to_le_bytes());
    payload.extend(packed);
    payload.extend(weights);
}

fn decode_rows(
    reader: &mut Reader<'_>,
    labels: usize,
    row_count: usize,
) -> Result<Vec<Row>, ModelError> {
    let gap_count = reader.u32()? as usize;
    let weight_count = reader.u32()? as usize;
    let gaps = reader.take(gap_count.div_ceil(2))?;
    let weights = reader.take(weight_count)?;
    let mut rows = vec![[0; LANES]; row_count];
    let (mut row, mut label) = (0, 0);
    let mut next = weights.iter();
    for index in 0..gap_count {
        let gap = gaps[index / 2] >> (index % 2 * 4) & 15;
        label += gap as usize;
        while label >= labels {
            label -= labels;
            row += 1;
        }
        if gap == GAP_MORE {
            continue;
        }
        let (Some(&weight), true) = (next.next(), row < row_count) else {
            return Err(ModelError::Malformed("weights outside the table"));
        };
        rows[row][label] = weight.cast_signed();
        label += 1;
    }
    if next.next().is_some() {
        return Err(ModelError::Malformed("weights without a place"));
    }
    Ok(rows)
}

/// The sets of labels, then the words in order: what they share with the word before, the rest, the number of the set.
fn encode_lexicon(lexicon: &Lexicon, payload: &mut Vec<u8>) {
    let mut sets: Vec<u32> = lexicon.entries().iter().map(|(_, set)| *set).collect();
    sets.sort_unstable();
    sets.dedup();
    payload.extend((sets.len() as u16).to_le_bytes());
    payload.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
    payload.extend((lexicon.entries().len() as u32).to_le_bytes());
    let mut last = "";
    for (word, set) in lexicon.entries() {
        let shared: usize = (last.chars().zip(word.chars()))
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        payload.extend([shared as u8, (word.len() - shared) as u8]);
        payload.extend(&word.as_bytes()[shared..]);
        let index = sets.binary_search(set).unwrap_or(0) as u16;
        payload.extend(index.to_le_bytes());
        last = word;
    }
}

fn decode_lexicon(reader: &mut Reader<'_>, labels: usize) -> Result<Lexicon, ModelError> {
    let count = reader.u16()?;
    let sets = (0..count)
        .map(|_| reader.u32())
        .collect::<Result<Vec<u32>, _>>()?;
    // A word that can be nothing at all would be tagged by chance.
    if sets
        .iter()
        .any(|set| set.count_ones() as usize >= labels || set >> labels != 0)
    {
        return Err(ModelError::Malformed("labels of the lexicon"));
    }
    let count = reader.u32()?;
    let mut entries = Vec::new();
    let mut word = String::new();
    for _ in 0..count {
        let shared = reader.u8()? as usize;
        if !word.is_char_boundary(shared) {
            return Err(ModelError::Malformed("lexicon is out of order"));
        }
        let before = word.clone();
        word.truncate(shared);
        word.push_str(reader.text()?);
        let set = (sets.get(reader.u16()? as usize)).ok_or(ModelError::Malformed("unknown set"))?;
        if word <= before {
            return Err(ModelError::Malformed("lexicon is out of order"));
        }
        entries.push((word.as_str().into(), *set));
    }
    Ok(Lexicon::new(entries))
}

fn encode_lemmas(lemmas: &LemmaTable, payload: &mut Vec<u8>) {
    payload.extend((lemmas.scripts().len() as u16).to_le_bytes());
    for script in lemmas.scripts() {
        payload.extend([script.cut, script.add.len() as u8]);
        payload.extend(script.add.as_bytes());
    }
    for entries in [lemmas.suffixes(), lemmas.exceptions()] {
        payload.extend((entries.len() as u32).to_le_bytes());
        for (label, text, script) in entries {
            payload.extend([*label, text.len() as u8]);
            payload.extend(text.as_bytes());
            payload.extend(script.to_le_bytes());
        }
    }
}

fn decode_lemmas(reader: &mut Reader<'_>) -> Result<LemmaTable, ModelError> {
    let count = reader.u16()?;
    let mut scripts = Vec::new();
    for _ in 0..count {
        let cut = reader.u8()?;
        let add = reader.text()?.into();
        scripts.push(Script { cut, add });
    }
    let mut entries = || {
        let count = reader.u32()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            let label = reader.u8()?;
            let text = Box::from(reader.text()?);
            let script = reader.u16()?;
            if script as usize >= scripts.len() {
                return Err(ModelError::Malformed("lemma rule without a script"));
            }
            entries.push((label, text, script));
        }
        Ok(entries)
    };
    let (suffixes, exceptions) = (entries()?, entries()?);
    Ok(LemmaTable::new(scripts, suffixes, exceptions))
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], ModelError> {
        let (taken, rest) = (self.bytes.split_at_checked(length)).ok_or(ModelError::Length)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (taken, rest) = self.bytes.split_first_chunk().ok_or(ModelError::Length)?;
        self.bytes = rest;
        Ok(*taken)
    }

    fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.array::<1>()?[0])
    }

    fn u16(&mut self) -> Result<u16, ModelError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, ModelError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// A length of one byte and so many bytes of UTF-8.
    fn text(&mut self) -> Result<&'b str, ModelError> {
        let length = self.u8()? as usize;
        str::from_utf8(self.take(length)?).map_err(|_| ModelError::Malformed("not UTF-8"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Model {
        let tag = |upos, form| Tag { upos, form };
        let labels = vec![
            tag(Upos::Noun, Form::Base),
            tag(Upos::Noun, Form::Plural),
            tag(Upos::Verb, Form::Past),
        ];
        let mut weights = Weights {
            hashed: vec![[0; LANES]; 1024],
            context: vec![[0; LANES]; CONTEXT_ROWS],
        };
        weights.hashed[0][1] = -7;
        weights.hashed[0][2] = 127;
        weights.hashed[500][0] = 3;
        weights.context[CONTEXT_ROWS - 1][2] = -127;
        let script = Script {
            cut: 3,
            add: "y".into(),
        };
        let lemmas = LemmaTable::new(vec![script], vec![(1, "ies".into(), 0)], vec![]);
        let lexicon = Lexicon::new(vec![
            ("leader".into(), 0b100),
            ("leaders".into(), 0b101),
            ("led".into(), 0b011),
        ]);
        Model::new(labels, weights, lexicon, lemmas)
    }

    /// Header of the right checksum around any payload.
    fn wrap(payload: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((payload.len() as u32).to_le_bytes());
        bytes.extend(hash_bytes(payload, CHECKSUM_SEED).to_le_bytes());
        bytes.extend(payload);
        bytes
    }

    #[test]
    fn what_is_written_is_read_back() {
        let model = small();
        let read = decode(&encode(&model)).unwrap();
        assert_eq!(read.weights, model.weights);
        assert_eq!(read.labels, model.labels);
        assert_eq!(read.lexicon.entries(), model.lexicon.entries());
        assert_eq!(encode(&read), encode(&model));
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_refused() {
        let bytes = encode(&small());
        for length in 0..bytes.len() {
            assert!(decode(&bytes[..length]).is_err(), "cut at {length}");
        }
        for index in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[index] ^= 0x10;
            assert!(decode(&damaged).is_err(), "changed at {index}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(decode(&longer).unwrap_err(), ModelError::Length);
    }

    #[test]
    fn nonsense_with_a_right_checksum_is_an_error_and_no_panic() {
        let whole = encode(&small());
        let payload = &whole[HEADER..];
        for index in 0..payload.len() {
            for value in [0, 1, 31, 127, 255] {
                let mut damaged = payload.to_vec();
                damaged[index] = value;
                let _ = decode(&wrap(&damaged));
            }
        }
        assert!(decode(&wrap(&[])).is_err());
        assert!(decode(&wrap(&[40])).is_err());
    }

    #[test]
    fn another_version_is_named() {
        let mut bytes = encode(&small());
        bytes[8] = 9;
        assert_eq!(decode(&bytes).unwrap_err(), ModelError::Version(9));
    }
}
