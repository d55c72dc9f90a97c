//! The `sayso` command.

use std::process::ExitCode;

/// Graphs are thousands of short strings, made and forgotten document by document.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sayso::cli::main()
}
