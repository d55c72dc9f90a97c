//! `sayso tokens`: what the engine sees.

use super::Outcome;
use super::args::{Loudness, Tokens};
use super::{input, packs};
use crate::matching::{MentionKind, list_entries};
use crate::rules::gazetteer::Listed;
use crate::text::TokenSpan;
use crate::{Document, Extraction, Extractor};
use std::io::Write;
use std::path::Path;

/// Shows tokens with lemma and tag, then what covers several of them.
pub(super) fn run(options: &Tokens, loudness: Loudness) -> anyhow::Result<Outcome> {
    let text = text(&options.text)?;
    let Some(rules) = packs::usable(&options.packs)? else {
        return Ok(Outcome::Failed);
    };
    let extraction = Extractor::new(&rules).extract_document(Document::new("text", text));
    let mut out = anstream::stdout().lock();
    let model = crate::annotation::Model::builtin();
    let lemmatize = |word: &str, tag| model.lemmatize(word, tag).into_owned();
    let (document, annotation) = (&extraction.document, &extraction.annotation);
    let listed = list_entries(document, annotation, &rules, &lemmatize);
    for (number, sentence) in extraction.document.sentences.iter().enumerate() {
        writeln!(out, "sentence {} ({:?})", number + 1, sentence.zone)?;
        for token in sentence.tokens.start..sentence.tokens.end {
            let word = extraction.document.word(token);
            let tag = extraction.annotation.tags[token as usize];
            let form = if tag.form == crate::annotation::Form::Base {
                String::new()
            } else {
                format!(".{}", tag.form.name())
            };
            let tag_name = format!("{}{form}", tag.upos.name());
            writeln!(
                out,
                "  {token:>4}  {word:<24} {:<24} {tag_name}",
                model.lemmatize(word, tag)
            )?;
        }
        groups(&extraction, sentence.tokens, &mut out)?;
        lists(&extraction, sentence.tokens, &listed, &rules, &mut out)?;
        mentions(&extraction, number as u32, &rules, &mut out)?;
        writeln!(out)?;
    }
    super::hint(loudness, "sayso extract, for the graph of the same text");
    Ok(Outcome::Done)
}

fn text(named: &str) -> anyhow::Result<String> {
    let path = Path::new(named);
    if named == "-" || path.is_file() {
        return input::read_article(path);
    }
    Ok(named.to_owned())
}

fn groups(
    extraction: &Extraction,
    sentence: TokenSpan,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let words = |span| extraction.document.words(span);
    for group in extraction
        .annotation
        .noun_groups
        .iter()
        .filter(|g| sentence.contains(g.tokens))
    {
        writeln!(
            out,
            "  @ng     {:<40} {}",
            words(group.tokens),
            group.features.names().collect::<Vec<_>>().join(" ")
        )?;
    }
    for group in extraction
        .annotation
        .verb_groups
        .iter()
        .filter(|g| sentence.contains(g.tokens))
    {
        writeln!(
            out,
            "  @vg     {:<40} {}",
            words(group.tokens),
            group.features.names().collect::<Vec<_>>().join(" ")
        )?;
    }
    for quotation in extraction
        .annotation
        .quotations
        .iter()
        .filter(|q| sentence.overlaps(q.outer))
    {
        let features = quotation.features.names().collect::<Vec<_>>().join(" ");
        writeln!(out, "  @quote  {:<40} {features}", words(quotation.outer))?;
    }
    Ok(())
}

/// Entries of lists, each with its column and its line.
fn lists(
    extraction: &Extraction,
    sentence: TokenSpan,
    listed: &[(TokenSpan, Listed)],
    rules: &crate::RuleSet,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for (tokens, listed) in listed.iter().filter(|(t, _)| sentence.contains(*t)) {
        let list = &rules.lists[listed.list as usize];
        let entry = &list.entries[listed.entry as usize];
        let location = entry.location;
        let (line, _) = rules
            .sources
            .line_column(location.source, location.span.start);
        let column = &list.columns[listed.column as usize];
        let name = format!("{}.{column}", list.name);
        writeln!(
            out,
            "  %{name:<22} {:<25} {}:{line}",
            extraction.document.words(*tokens),
            rules.sources.get(location.source).path
        )?;
    }
    Ok(())
}

fn mentions(
    extraction: &Extraction,
    sentence: u32,
    rules: &crate::RuleSet,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for mention in extraction
        .mentions
        .iter()
        .filter(|m| m.sentence == sentence)
    {
        let variant = &rules.variants[mention.variant.0 as usize];
        let (line, _) = rules
            .sources
            .line_column(variant.location.source, variant.location.span.start);
        let place = format!(
            "{} ({}:{line})",
            variant.path(),
            rules.sources.get(variant.location.source).path
        );
        if let MentionKind::Relation(relation) = mention.kind {
            let arguments = mention.arguments.iter().map(|a| {
                let pieces: Vec<&str> = a
                    .pieces
                    .iter()
                    .map(|p| extraction.document.words(*p))
                    .collect();
                format!("{}: {}", a.name, pieces.join(" … "))
            });
            let arguments = arguments.collect::<Vec<_>>().join(" | ");
            writeln!(
                out,
                "  @{:<12} {arguments}   {place}",
                rules.relations[relation.0 as usize].name
            )?;
        } else if let Some(type_) = mention.type_() {
            let name = &rules.types[type_.0 as usize].name;
            writeln!(
                out,
                "  @{name:<12} {:<35} {place}",
                extraction.document.words(mention.core)
            )?;
        }
    }
    Ok(())
}
