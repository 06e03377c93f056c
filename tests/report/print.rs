//! Printing, with a printer made of a script.

#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use evenhand::file::print::{Printed, print_from};

fn program(folder: &Path, name: &str, script: &str) {
    let at = folder.join(name);
    std::fs::write(&at, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&at, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn left(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn a_paper_goes_to_the_printer_and_nothing_of_it_is_left_behind() {
    let (programs, temporary, tray) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let out = tray.path().join("printed");
    program(
        programs.path(),
        "lp",
        &format!("while IFS= read -r line; do echo \"$line\"; done < \"$1\" > '{}'", out.display()),
    );
    let done = print_from(
        b"%PDF the paper\n",
        "The paper: a/b",
        temporary.path(),
        Some(programs.path().as_os_str()),
    );
    assert_eq!(done, Ok(Printed::Sent));
    assert_eq!(std::fs::read_to_string(out).unwrap(), "%PDF the paper\n");
    assert_eq!(left(temporary.path()), 0);
}

#[test]
fn without_a_printer_the_paper_is_kept_where_only_its_owner_can_read_it() {
    let (programs, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for search in [Some(programs.path().as_os_str()), Some(OsStr::new("")), None] {
        let Ok(Printed::Kept(file)) = print_from(b"%PDF", "../../x", temporary.path(), search) else {
            panic!("it was not kept");
        };
        assert!(file.starts_with(temporary.path()));
        assert_eq!(file.file_name().unwrap(), "x.pdf");
        assert_eq!(std::fs::read(&file).unwrap(), b"%PDF");
        let folder = std::fs::metadata(file.parent().unwrap()).unwrap();
        assert_eq!(folder.permissions().mode() & 0o077, 0);
        assert!(Printed::Kept(file).words().contains("x.pdf"));
    }
}

#[test]
fn what_the_printer_says_against_it_is_passed_on() {
    let (programs, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    program(programs.path(), "lpr", "echo 'no default destination' >&2; exit 1");
    let done = print_from(b"%PDF", "", temporary.path(), Some(programs.path().as_os_str()));
    assert_eq!(done, Err("The printer did not take the paper: no default destination".to_owned()));
    assert_eq!(left(temporary.path()), 0);
}
