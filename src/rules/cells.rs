//! The cells of a row, all in one piece: lists have many rows, and most are never looked at.

/// The cells of a row; a cell may hold several values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    text: Box<str>,
    values: Box<[Value]>,
}

/// Where a value stands in the text of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Value {
    column: u16,
    start: u32,
    end: u32,
}

impl Cells {
    /// A row with one value in its first column.
    pub fn of_word(word: &str) -> Self {
        let value = Value {
            column: 0,
            start: 0,
            end: word.len() as u32,
        };
        Self {
            text: word.into(),
            values: Box::new([value]),
        }
    }

    /// A row of a table: the cells in order, values with `|` between them. `text` and `values` are for use again.
    pub(super) fn of_row<'c>(cells: impl Iterator<Item = &'c str>, buffer: &mut Buffer) -> Self {
        buffer.text.clear();
        buffer.values.clear();
        for (column, cell) in cells.enumerate() {
            for value in cell.split('|').map(str::trim).filter(|v| !v.is_empty()) {
                let start = buffer.text.len() as u32;
                buffer.text.push_str(value);
                buffer.values.push(Value {
                    column: column as u16,
                    start,
                    end: buffer.text.len() as u32,
                });
            }
        }
        Self {
            text: buffer.text.as_str().into(),
            values: buffer.values.as_slice().into(),
        }
    }

    /// The values of a column; none where there is no such column.
    pub fn get(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        let of_column = move |value: &&Value| value.column as usize == column;
        let word = |value: &Value| &self.text[value.start as usize..value.end as usize];
        self.values.iter().filter(of_column).map(word)
    }

    /// The first value of a column.
    pub fn first(&self, column: usize) -> Option<&str> {
        self.get(column).next()
    }
}

/// What reading rows needs again and again.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    text: String,
    values: Vec<Value>,
}
