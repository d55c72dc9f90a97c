//! What benches share: treebanks and generated news.

pub(crate) mod conllu;
pub(crate) mod news;
