//! JSON in one line, without blanks.

use serde::Serialize;
use std::io::{self, Write};

/// How many bytes are held back before they are written.
const HELD: usize = 1 << 13;

/// Writes objects, lists and values one after the other; knows where a comma stands between them.
pub(super) struct Json<'w, W> {
    out: &'w mut W,
    held: Vec<u8>,
}

impl<'w, W: Write> Json<'w, W> {
    pub(super) fn new(out: &'w mut W) -> Self {
        let held = Vec::with_capacity(2 * HELD);
        Self { out, held }
    }

    /// Writes what is held back, where it is much. The last byte stays: it tells whether a comma follows.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        if self.held.len() > HELD {
            let last = self.held.len() - 1;
            self.out.write_all(&self.held[..last])?;
            self.held.drain(..last);
        }
        Ok(())
    }

    /// Ends the line and writes it.
    pub(super) fn end_line(&mut self) -> io::Result<()> {
        self.held.push(b'\n');
        self.out.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }

    pub(super) fn begin_object(&mut self) {
        self.separate();
        self.held.push(b'{');
    }

    pub(super) fn end_object(&mut self) {
        self.held.push(b'}');
    }

    pub(super) fn begin_list(&mut self) {
        self.separate();
        self.held.push(b'[');
    }

    pub(super) fn end_list(&mut self) {
        self.held.push(b']');
    }

    /// The name of the value that comes next, one that needs no escapes.
    #[inline]
    pub(super) fn key(&mut self, name: &'static str) -> &mut Self {
        self.plain(name);
        self.held.push(b':');
        self
    }

    /// The name of the value that comes next.
    pub(super) fn any_key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.held.push(b':');
        self
    }

    /// A string that needs no escapes.
    #[inline]
    pub(super) fn plain(&mut self, text: &'static str) {
        self.separate();
        self.held.push(b'"');
        self.held.extend_from_slice(text.as_bytes());
        self.held.push(b'"');
    }

    /// A string.
    pub(super) fn text(&mut self, text: &str) {
        self.texts(&[text]);
    }

    /// A string of several parts.
    pub(super) fn texts(&mut self, parts: &[&str]) {
        self.separate();
        self.held.push(b'"');
        for part in parts {
            self.escaped(part);
        }
        self.held.push(b'"');
    }

    /// A string or `null`.
    pub(super) fn text_or_null(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    pub(super) fn null(&mut self) {
        self.separate();
        self.held.extend_from_slice(b"null");
    }

    /// A whole number.
    pub(super) fn number(&mut self, number: u32) {
        self.separate();
        let mut digits = itoa::Buffer::new();
        self.held
            .extend_from_slice(digits.format(number).as_bytes());
    }

    /// Any value.
    pub(super) fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        self.separate();
        serde_json::to_writer(&mut self.held, value).expect("a plain value goes to memory");
    }

    fn escaped(&mut self, text: &str) {
        let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        // All bytes are looked at, whatever was found: many at once.
        if text.bytes().fold(false, |any, byte| any | is_special(byte)) {
            let before = self.held.len();
            serde_json::to_writer(&mut self.held, text).expect("a string goes to memory");
            // Without the quotation marks, which stand around all parts.
            self.held.pop();
            self.held.remove(before);
        } else {
            self.held.extend_from_slice(text.as_bytes());
        }
    }

    /// A comma where another value stands before.
    #[inline]
    fn separate(&mut self) {
        if !matches!(self.held.last(), None | Some(b'[' | b'{' | b':')) {
            self.held.push(b',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn commas_stand_between_values() {
        let mut out = Vec::new();
        let mut json = Json::new(&mut out);
        json.begin_list();
        json.begin_object();
        json.key("a").text(":");
        json.key("b").begin_list();
        json.end_list();
        json.end_object();
        json.number(0);
        json.null();
        json.end_list();
        json.end_line().expect("to memory");
        assert_eq!(out, b"[{\"a\":\":\",\"b\":[]},0,null]\n");
    }

    #[test]
    fn what_is_much_is_written_before_the_end() {
        let mut out = Vec::new();
        let mut json = Json::new(&mut out);
        let long = "long".repeat(HELD);
        json.begin_list();
        json.text(&long);
        json.flush().expect("to memory");
        assert_eq!(json.held, b"\"");
        json.text("");
        json.end_list();
        json.end_line().expect("to memory");
        let read: Vec<String> = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(read, [long, String::new()]);
    }

    proptest! {
        #[test]
        fn strings_are_escaped_as_serde_does(text in "[\\PC\\x00-\\x20\"\\\\]{0,40}") {
            let mut out = Vec::new();
            Json::new(&mut out).any_key(&text).texts(&[&text, &text]);
            let mut json = Json::new(&mut out);
            json.texts(&[&text, &text]);
            json.end_line().expect("to memory");
            let both = serde_json::to_string(&text.repeat(2)).expect("a string");
            prop_assert_eq!(out, format!("{both}\n").into_bytes());
        }
    }
}
