//! Arguments to window or command.

use std::{
    io::{BufWriter, stderr, stdout},
    path::PathBuf,
    process::ExitCode,
};

fn main() -> ExitCode {
    let mut out = BufWriter::new(stdout().lock());
    evenhand::cli::run(std::env::args_os(), open_window, &mut out, &mut stderr()).into()
}

/// Until the window is there.
fn open_window(_: Option<PathBuf>) -> Result<(), String> {
    Err("this build has no window".to_owned())
}
