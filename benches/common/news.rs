//! Generated news.
