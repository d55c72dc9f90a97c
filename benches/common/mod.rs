//! What benches share: treebanks and generated news.

#[allow(dead_code, reason = "only one bench reads treebanks")]
pub(crate) mod conllu;
#[allow(dead_code, reason = "only one bench makes rules of its words")]
pub(crate) mod news;
