//! What benches share: treebanks and generated news.

pub mod conllu;
pub mod news;
