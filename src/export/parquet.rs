//! The table of relations as Parquet, with types and compressed: for data frames and databases of columns.

use super::flat::{Property, flat};
use super::table::{COLUMNS, rows};
use crate::graph::KnowledgeGraph;
use ::parquet::basic::Compression;
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::parser::parse_message_type;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows that are kept in memory before they are written together.
const ROWS: usize = 10_000;

/// Columns that are whole numbers.
const NUMBERS: [&str; 3] = ["start", "end", "rule_line"];
/// Columns that are yes or no.
const FLAGS: [&str; 1] = ["asserted"];

/// Writes the relations of one graph after the other, in the columns of the CSV; what is not known is null.
pub struct ParquetWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    rows: Vec<Vec<Option<Property>>>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Writes what stands above all rows.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(out: W) -> io::Result<Self> {
        let schema = parse_message_type(&schema()).map_err(io::Error::other)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("sayso ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
        Ok(Self {
            file: file.map_err(io::Error::other)?,
            rows: Vec::new(),
        })
    }

    /// Takes the relations of a graph.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn add(&mut self, graph: &KnowledgeGraph) -> io::Result<()> {
        self.rows.extend(rows(&flat(graph)));
        if self.rows.len() >= ROWS {
            self.write_rows().map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// Writes what is still held and the index of the file, and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(mut self) -> io::Result<W> {
        self.write_rows().map_err(io::Error::other)?;
        self.file.into_inner().map_err(io::Error::other)
    }

    fn write_rows(&mut self) -> Result<(), ParquetError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for (number, column) in COLUMNS.iter().enumerate() {
            let cells = || self.rows.iter().map(|row| row[number].as_ref());
            if NUMBERS.contains(column) {
                write_column::<Int32Type, _>(&mut group, cells(), number_of)?;
            } else if FLAGS.contains(column) {
                write_column::<BoolType, _>(&mut group, cells(), |cell| match cell {
                    Property::Flag(flag) => Some(*flag),
                    _ => None,
                })?;
            } else {
                let words = |cell: &Property| Some(ByteArray::from(cell.words().into_bytes()));
                write_column::<ByteArrayType, _>(&mut group, cells(), words)?;
            }
        }
        group.close()?;
        self.rows.clear();
        Ok(())
    }
}

/// `message relation { optional binary document (UTF8); … }`
fn schema() -> String {
    let columns = COLUMNS.map(|column| {
        if NUMBERS.contains(&column) {
            format!("optional int32 {column};")
        } else if FLAGS.contains(&column) {
            format!("optional boolean {column};")
        } else {
            format!("optional binary {column} (UTF8);")
        }
    });
    format!("message relation {{ {} }}", columns.join(" "))
}

fn number_of(cell: &Property) -> Option<i32> {
    match cell {
        Property::Integer(number) => i32::try_from(*number).ok(),
        _ => None,
    }
}

/// One column of the rows that are held.
fn write_column<'c, T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = Option<&'c Property>>,
    value: impl Fn(&Property) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let cells: Vec<Option<T::T>> = cells.map(|cell| cell.and_then(&value)).collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General(
            "more columns than declared".to_owned(),
        ));
    };
    column
        .typed::<T>()
        .write_batch(&values, Some(&levels), None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixture;
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::RowAccessor;

    #[test]
    fn a_reader_of_parquet_gets_every_relation_back() {
        let graph = fixture::article();
        let mut out = Vec::new();
        let mut writer = ParquetWriter::begin(&mut out).expect("memory takes all");
        for _ in 0..2 {
            writer.add(&graph).expect("memory takes all");
        }
        writer.end().expect("memory takes all");
        let reader = SerializedFileReader::new(bytes::Bytes::from(out)).expect("Parquet");
        let relations = graph.relations();
        let rows: Vec<_> = reader.get_row_iter(None).expect("rows").collect();
        assert_eq!(rows.len(), 2 * relations.len());
        for (row, edge) in rows.into_iter().zip(relations.iter().chain(&relations)) {
            let row = row.expect("a row");
            let text = |name: &str| {
                let at = COLUMNS.iter().position(|c| *c == name).expect("a column");
                row.get_string(at).expect("text").clone()
            };
            assert_eq!(text("relation"), edge.relation.type_);
            assert_eq!(text("evidence"), graph.text(edge.relation.evidence));
            let start = COLUMNS
                .iter()
                .position(|c| *c == "start")
                .expect("a column");
            assert!(row.get_int(start).is_ok() && row.get_bool(11).is_ok());
        }
    }
}
