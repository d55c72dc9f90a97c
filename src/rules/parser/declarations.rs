//! Declarations at the left margin.

use super::{Declaration, DeclarationKind, Faulty, Mode, Name, Parsed, Parser, TokenKind};
use crate::diagnostic::Diagnostic;
use crate::rules::ast::{
    Extension, ListDeclaration, ListItem, ListSource, MacroDeclaration, Parameter,
    RelationDeclaration, TypeDeclaration,
};
use crate::rules::lexer::unquote;
use crate::rules::suggest;

/// Words that begin a declaration.
pub(super) const DECLARATIONS: &[&str] = &[
    "type", "relation", "entity", "phrase", "merge", "list", "macro", "use", "prefix", "meta",
    "extend", "disable", "override",
];

/// Keys of a relation, which take a value; every other word in its head is a flag.
const RELATION_KEYS: &[&str] = &["label", "shown", "iri", "fill", "stroke"];

impl Parser<'_> {
    /// A declaration, without the end of its line.
    pub(super) fn declaration(&mut self) -> Parsed<DeclarationKind> {
        let word = self.name("a declaration")?;
        match word.text.as_str() {
            "type" => self.type_declaration().map(DeclarationKind::Type),
            "relation" => self.relation().map(DeclarationKind::Relation),
            "entity" => self.named_block("a type").map(DeclarationKind::Entity),
            "phrase" => self
                .named_block("the name of the phrase")
                .map(DeclarationKind::Phrase),
            "merge" => self.named_block("a type").map(DeclarationKind::Merge),
            "list" => self.list_declaration().map(DeclarationKind::List),
            "macro" => self.macro_declaration().map(DeclarationKind::Macro),
            "use" => self
                .text("the quoted path of another pack or file")
                .map(DeclarationKind::Use),
            "prefix" => {
                let name = self.name("a prefix")?;
                let iri = self.text("its IRI in quotes")?;
                Ok(DeclarationKind::Prefix(name, iri))
            }
            "meta" => self
                .meta()
                .map(|(key, value)| DeclarationKind::Meta(key, value)),
            "extend" => self.extension().map(DeclarationKind::Extend),
            "disable" => self.rule_path().map(DeclarationKind::Disable),
            "override" => self.override_declaration(&word),
            _ => Err(self.unknown_declaration(&word)),
        }
    }

    fn unknown_declaration(&mut self, word: &Name) -> Faulty {
        let diagnostic = Diagnostic::error(
            "unknown-declaration",
            format!("`{}` does not begin a declaration", word.text),
            word.location,
        );
        let diagnostic = suggest::add(
            diagnostic,
            word,
            DECLARATIONS.iter().copied(),
            "a file holds `version type relation entity phrase merge list macro use prefix meta extend disable override`",
        );
        self.report(diagnostic)
    }

    /// `Person, Group: Agent  iri schema:Person  shape box`
    fn type_declaration(&mut self) -> Parsed<TypeDeclaration> {
        let names = self.type_names()?;
        let parents = if self.take(Mode::Declaration, ":") {
            self.type_names()?
        } else {
            Vec::new()
        };
        let mut keys = Vec::new();
        while self.peek(Mode::Declaration).kind == TokenKind::Word {
            let key = self.name("a key")?;
            let value = self.key_value(&key)?;
            keys.push((key, value));
        }
        Ok(TypeDeclaration {
            names,
            parents,
            keys,
        })
    }

    /// Names of types with commas between them.
    fn type_names(&mut self) -> Parsed<Vec<Name>> {
        let mut names = Vec::new();
        loop {
            let name = self.name("the name of a type")?;
            if !name.text.starts_with(|c: char| c.is_ascii_uppercase()) {
                return Err(self.bad_name(&name, "a type", "begins with a capital, as `Person`"));
            }
            names.push(name);
            if !self.take(Mode::Declaration, ",") {
                return Ok(names);
            }
        }
    }

    /// The value of a key: a string or everything up to the next blank.
    fn key_value(&mut self, key: &Name) -> Parsed<Name> {
        self.rewind();
        self.lexer.skip_blanks();
        let start = self.lexer.position;
        let kind = self.lexer.value();
        let span = crate::text::Span::new(start as u32, self.lexer.position as u32);
        match kind {
            TokenKind::Word | TokenKind::Text => {}
            TokenKind::Fault(diagnostic) => return Err(self.report(*diagnostic)),
            _ => {
                let place = self.place(span);
                return Err(self.report(
                    Diagnostic::error("syntax", format!("`{}` has no value", key.text), place)
                        .also(key.location, "this key takes one"),
                ));
            }
        }
        self.end = span.end;
        let mut value = self.named(span);
        if kind == TokenKind::Text {
            value.text = unquote(&value.text);
        }
        Ok(value)
    }

    /// A relation behind its word: signature, parent, flags, keys, rules.
    fn relation(&mut self) -> Parsed<RelationDeclaration> {
        let name = self.lower_name("a relation")?;
        let mut relation = RelationDeclaration {
            name,
            parameters: None,
            parent: None,
            flags: Vec::new(),
            keys: Vec::new(),
            edge: None,
            block: None,
        };
        if self.peek(Mode::Declaration).is("(") {
            relation.parameters = Some(self.signature()?);
        }
        if self.take(Mode::Declaration, ":") {
            relation.parent = Some(self.lower_name("a relation")?);
        }
        while self.peek(Mode::Declaration).kind == TokenKind::Word {
            self.relation_property(&mut relation)?;
        }
        if self.peek(Mode::Declaration).is("{") {
            relation.block = Some(self.block(relation.name.clone())?);
        }
        Ok(relation)
    }

    /// A flag, a key with its value, or `edge x -> y`.
    fn relation_property(&mut self, relation: &mut RelationDeclaration) -> Parsed<()> {
        let word = self.name("a flag or key")?;
        if word.text == "edge" {
            let from = self.name("the argument that the edge comes from")?;
            let token = self.peek(Mode::Declaration);
            if !token.is("->") {
                return Err(self.unexpected(&token, "`->` between the arguments of the edge"));
            }
            self.next(Mode::Declaration);
            let to = self.name("the argument that the edge goes to")?;
            relation.edge = Some((from, to));
        } else if RELATION_KEYS.contains(&word.text.as_str())
            || self.peek(Mode::Declaration).kind == TokenKind::Text
        {
            let value = self.key_value(&word)?;
            relation.keys.push((word, value));
        } else {
            relation.flags.push(word);
        }
        Ok(())
    }

    /// `(source?: Agent | np, content: Statement*)`; line ends are blanks inside.
    fn signature(&mut self) -> Parsed<Vec<Parameter>> {
        let open = self.next(Mode::Declaration);
        let mut parameters = Vec::new();
        self.skip_lines();
        while !self.take(Mode::Declaration, ")") {
            parameters.push(self.parameter()?);
            self.skip_lines();
            let token = self.peek(Mode::Declaration);
            if token.is(",") {
                self.next(Mode::Declaration);
                self.skip_lines();
            } else if token.kind == TokenKind::End {
                return Err(self.unclosed(&open, "this signature"));
            } else if !token.is(")") {
                return Err(self.unexpected(&token, "`,` or `)` behind a parameter"));
            }
        }
        if parameters.is_empty() {
            let place = self.since(open.span.start);
            return Err(self.report(
                Diagnostic::error("syntax", "a signature needs at least one parameter", place)
                    .help("write `(agent: Agent, cue: text)`, or leave the parentheses out"),
            ));
        }
        Ok(parameters)
    }

    /// `source?: Agent | np`, `content: Statement*`
    fn parameter(&mut self) -> Parsed<Parameter> {
        let name = self.lower_name("an argument")?;
        let optional = self.take(Mode::Declaration, "?");
        self.expect(Mode::Declaration, ":", "and the type of the argument")?;
        let mut types = vec![self.name("a type, a phrase, `text` or `flag`")?];
        while self.take(Mode::Declaration, "|") {
            types.push(self.name("a type or phrase")?);
        }
        let repeated = self.take(Mode::Declaration, "*");
        Ok(Parameter {
            name,
            optional,
            repeated,
            types,
        })
    }

    /// `country from "lists/countries.tsv"`, `hedge = "more than" about`
    fn list_declaration(&mut self) -> Parsed<ListDeclaration> {
        let name = self.lower_name("a list")?;
        if self.take_word(Mode::Declaration, "from") {
            let file = self.text("the quoted path of the list's file")?;
            let case = if self.take_word(Mode::Declaration, "case") {
                Some(self.name("`exact` or `title`")?)
            } else {
                None
            };
            return Ok(ListDeclaration {
                name,
                entries: ListSource::File(file),
                case,
            });
        }
        self.expect(Mode::Declaration, "=", "and entries, or `from` and a file")?;
        let (entries, case) = self.entries()?;
        Ok(ListDeclaration {
            name,
            entries: ListSource::Inline(entries),
            case,
        })
    }

    /// Entries up to the end of the line; indented lines continue. A last `case exact` is none of them.
    fn entries(&mut self) -> Parsed<(Vec<ListItem>, Option<Name>)> {
        let mut entries = Vec::new();
        loop {
            let token = self.peek(Mode::Pattern);
            match token.kind {
                TokenKind::Newline if self.continues_indented(token.span.end as usize) => {
                    self.next(Mode::Pattern);
                }
                TokenKind::Newline | TokenKind::End => return Ok((entries, None)),
                TokenKind::Word if self.lexer.slice(token.span) == "case" => {
                    self.next(Mode::Pattern);
                    let case = self.name("`exact` or `title`; quote `\"case\"` for the word")?;
                    return Ok((entries, Some(case)));
                }
                TokenKind::Word | TokenKind::Text | TokenKind::Lemma => {
                    self.next(Mode::Pattern);
                    entries.push(self.entry(&token));
                }
                _ if token.kind == TokenKind::Mark => {
                    let place = self.place(token.span);
                    return Err(self.report(
                        Diagnostic::error("bad-entry", "entries stand side by side, without marks", place)
                            .edit(place, "")
                            .help("write `= about nearly \"more than\"`; quote a mark that is an entry itself"),
                    ));
                }
                TokenKind::Exact => {
                    let place = self.place(token.span);
                    return Err(self.report(
                        Diagnostic::error("bad-entry", "backticks do not work for one entry", place)
                            .help("write `case exact` at the end of the list; it holds for all its entries"),
                    ));
                }
                _ => return Err(self.unexpected(&token, "a word, a quoted text or `~word`")),
            }
        }
    }

    /// An entry of a list from its token.
    fn entry(&self, token: &super::Token) -> ListItem {
        let written = self.lexer.slice(token.span);
        let lemma = token.kind == TokenKind::Lemma;
        let written = written.strip_prefix('~').unwrap_or(written);
        let text = if written.starts_with('"') {
            unquote(written)
        } else {
            written.to_owned()
        };
        ListItem {
            text: Name {
                text,
                location: self.place(token.span),
            },
            lemma,
        }
    }

    /// Whether the line that begins at `start` is indented and not blank.
    fn continues_indented(&self, start: usize) -> bool {
        let line = &self.lexer.text[start..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        line.starts_with([' ', '\t']) && !line.trim_start().is_empty()
    }

    /// `ROLE = pattern`
    fn macro_declaration(&mut self) -> Parsed<MacroDeclaration> {
        let name = self.name("the name of the macro")?;
        if name.text.chars().any(|c| c.is_ascii_lowercase()) {
            return Err(self.bad_name(&name, "a macro", "is written in capitals, as `ROLE`"));
        }
        self.expect(Mode::Declaration, "=", "and a pattern")?;
        self.item_indentation = Some(0);
        let pattern = self.pattern()?;
        Ok(MacroDeclaration { name, pattern })
    }

    /// `author Jane Doe`
    pub(super) fn meta(&mut self) -> Parsed<(Name, String)> {
        let key = self.name("`author`, `note`, `allow` or another key")?;
        let value = self.rest_of_line();
        let text = if value.text.starts_with('"') && value.text.len() > 1 {
            unquote(&value.text)
        } else {
            value.text
        };
        Ok((key, text))
    }

    /// `list sayverb += ~declare`
    fn extension(&mut self) -> Parsed<Extension> {
        if !self.take_word(Mode::Declaration, "list") {
            let token = self.peek(Mode::Declaration);
            return Err(self.unexpected(&token, "`list` and its name behind `extend`"));
        }
        let list = self.lower_name("a list")?;
        let token = self.peek(Mode::Declaration);
        if !token.is("+=") && !token.is("-=") {
            return Err(self.unexpected(&token, "`+=` or `-=` and entries"));
        }
        let remove = self.next(Mode::Declaration).is("-=");
        let (entries, case) = self.entries()?;
        if let Some(case) = case {
            return Err(self.report(
                Diagnostic::error(
                    "bad-entry",
                    "`case` belongs to the list's own declaration",
                    case.location,
                )
                .help("write `override list` to declare the list anew"),
            ));
        }
        Ok(Extension {
            list,
            remove,
            entries,
        })
    }

    /// `said` or `said/per`
    fn rule_path(&mut self) -> Parsed<Name> {
        let rule = self.name("a relation, type or phrase, or one of its variants as `said/per`")?;
        let mut span = rule.location.span;
        if self.take(Mode::Declaration, "/") {
            let variant = self.name("the name of a variant")?;
            span = span.cover(variant.location.span);
        }
        Ok(self.named(span))
    }

    /// `override` and another declaration.
    fn override_declaration(&mut self, word: &Name) -> Parsed<DeclarationKind> {
        let start = self.peek(Mode::Declaration).span.start;
        let kind = self.declaration()?;
        let location = self.since(start);
        if !matches!(
            kind,
            DeclarationKind::Relation(_)
                | DeclarationKind::Entity(_)
                | DeclarationKind::Phrase(_)
                | DeclarationKind::Merge(_)
                | DeclarationKind::List(_)
                | DeclarationKind::Macro(_)
        ) {
            return Err(self.report(
                Diagnostic::error(
                    "misplaced-override",
                    "only rules, lists and macros can be overridden",
                    word.location,
                )
                .help("`override` stands before `relation`, `entity`, `phrase`, `merge`, `list` or `macro`"),
            ));
        }
        Ok(DeclarationKind::Override(Box::new(Declaration {
            location,
            kind,
        })))
    }

    /// A name in lower case.
    pub(super) fn lower_name(&mut self, what: &str) -> Parsed<Name> {
        let name = self.name(&format!("the name of {what}"))?;
        if name.text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Err(self.bad_name(&name, what, "begins with a small letter"));
        }
        Ok(name)
    }

    fn bad_name(&mut self, name: &Name, what: &str, manner: &str) -> Faulty {
        self.report(Diagnostic::error(
            "bad-name",
            format!("the name of {what} {manner}, unlike `{}`", name.text),
            name.location,
        ))
    }

    /// Reports what was opened and never closed.
    pub(super) fn unclosed(&mut self, open: &super::Token, what: &str) -> Faulty {
        let code = if open.is("{") {
            "unclosed-block"
        } else {
            "unclosed-parenthesis"
        };
        let place = self.place(open.span);
        let sign = self.lexer.slice(open.span);
        let close = match sign.chars().last() {
            Some('{') => "}",
            Some('[') => "]",
            _ => ")",
        };
        self.report(
            Diagnostic::error(code, format!("{what} is never closed"), place)
                .label("opened here")
                .help(format!("close it with `{close}`")),
        )
    }
}
