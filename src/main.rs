//! Arguments to window or command.

use std::{
    io::{BufWriter, stderr, stdout},
    process::ExitCode,
};

fn main() -> ExitCode {
    let mut out = BufWriter::new(stdout());
    evenhand::cli::run(std::env::args_os(), evenhand::ui::open_window, &mut out, &mut stderr()).into()
}
