//! What is in a workspace stays in its file, its backups and its journal.

use std::{fs, path::Path};

use crate::{
    computer::*,
    promises::{kept, over},
};

/// Every file below a folder, but workspaces, their backups and journals.
fn other_files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "journals" && !name.ends_with(".backups") {
                other_files(&path, found);
            }
        } else if !name.ends_with(".evenhand.ron") {
            found.push((name, fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn preferences_hold_no_text_of_a_case() {
    let computer = Computer::new();
    let file = computer.file("mine.evenhand.ron");
    let mut window = start_and_save_a_change(&computer, "mine.evenhand.ron");
    raise_price_certainty(&mut window);
    window.state_mut().session().flush_journal();
    drop(window);
    drop(computer.start());

    let text = fs::read_to_string(&file).unwrap();
    // Texts of a few words: single ones, such as “Other”, stand in preferences by chance.
    let quoted: Vec<&str> =
        text.split('"').skip(1).step_by(2).filter(|t| t.len() > 8 && t.contains(' ')).collect();
    assert!(quoted.contains(&WESTMERE) && quoted.len() > 200);
    let mut others = Vec::new();
    other_files(computer.folder(), &mut others);
    assert!(others.iter().any(|(name, _)| name.contains("preferences")), "{:?}", others.len());
    for (name, bytes) in &others {
        let words = String::from_utf8_lossy(bytes);
        for text in &quoted {
            assert!(!words.contains(text), "“{text}” stands in {name}");
        }
    }
    kept(
        "main_job::secrecy::preferences_hold_no_text_of_a_case",
        &format!("{} texts looked for", over(quoted.len())),
    );
}
