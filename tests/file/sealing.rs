//! Sealed workspaces: nothing of them on the disk in plain, and what happens with wrong and changed passphrases.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use evenhand::{
    cli::run,
    file::{
        backups, format, journal,
        save::{self, OpenError},
        seal::{self, Key, Locked, SecretString},
        sealed,
    },
    model::{Room, Workspace},
    session::{Session, keeping::SaveState},
};

use crate::promises;

/// Words that stand nowhere but in the case.
const MARKS: [&str; 3] = ["Quillfeather", "Leaving custody", "price-certainty"];

fn secret(passphrase: &str) -> SecretString {
    SecretString::from(passphrase.to_owned())
}

/// A key that is quick to try.
fn key(passphrase: &str) -> Key {
    Key::with_work(secret(passphrase), 2)
}

fn marked() -> Workspace {
    let example = evenhand::exchange::examples::find("westmere").unwrap();
    let mut workspace = format::from_text(example.text, "westmere").unwrap().workspace;
    workspace.decision.headline = "Quillfeather decides".to_owned();
    workspace
}

struct Computer(tempfile::TempDir);

impl Computer {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn journals(&self) -> PathBuf {
        self.path("journals")
    }

    /// Every file that holds one of the marks in plain, as text or as UTF-16.
    fn in_plain(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        search(self.0.path(), &mut found);
        found
    }
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, found);
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let holds = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
        let wide = |mark: &str| mark.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        if MARKS.iter().any(|mark| holds(mark.as_bytes()) || holds(&wide(mark))) {
            found.push(path);
        }
    }
}

fn retitle(session: &mut Session, words: &str) {
    let words = format!("Quillfeather {words}");
    session.edit("Change the headline", Room::Decision, None, |w| w.decision.headline = words).unwrap();
}

fn saved(session: &mut Session) {
    session.finish_jobs();
    assert!(matches!(session.save_state(), SaveState::Saved(_)), "{:?}", session.save_state());
}

/// A sealed session with a journal, saved in this file.
fn sealed_session(computer: &Computer, key: &Key) -> (Session, PathBuf) {
    let mut session = Session::new(marked(), 0, Arc::new(|| ()));
    session.seal(Some(key.clone()));
    session.begin_journal(&computer.journals());
    let path = computer.path("case.evenhand.ron.age");
    session.save_as(&path);
    saved(&mut session);
    (session, path)
}

#[test]
fn nothing_of_a_sealed_workspace_touches_the_disk_in_plain() {
    let computer = Computer::new();
    let key = key("three plain words");
    let (mut session, path) = sealed_session(&computer, &key);
    for round in 0..24 {
        retitle(&mut session, &format!("changes her mind {round}"));
        session.flush_journal();
        assert_eq!(computer.in_plain(), Vec::<PathBuf>::new(), "after an edit");
        if round % 3 == 0 {
            session.save();
            saved(&mut session);
            assert_eq!(computer.in_plain(), Vec::<PathBuf>::new(), "after a save");
        }
    }
    session.save_beside();
    saved(&mut session);
    retitle(&mut session, "is not saved");
    session.flush_journal();
    // The program ends without closing.
    drop(session);
    assert_eq!(computer.in_plain(), Vec::<PathBuf>::new());
    assert!(fs::read_dir(backups::folder_of(&path)).unwrap().count() > 5, "backups were made");
    assert!(!journal::sealed_in(&computer.journals()).is_empty(), "there is a journal");

    let found = journal::recoverable_sealed(&computer.journals(), &key);
    assert_eq!(found.len(), 1);
    assert!(found[0].title.starts_with("Leaving custody"));
    let document = found[0].document(usize::MAX).unwrap();
    assert_eq!(document.workspace.decision.headline, "Quillfeather is not saved");
    assert_eq!(computer.in_plain(), Vec::<PathBuf>::new(), "after a recovery");
    let test = "file::sealing::nothing_of_a_sealed_workspace_touches_the_disk_in_plain";
    promises::kept(test, "25 edits, 10 saves");
}

#[test]
fn a_journal_is_offered_to_its_passphrase_only() {
    let computer = Computer::new();
    let right = key("three plain words");
    let (mut session, _) = sealed_session(&computer, &right);
    retitle(&mut session, "is not saved");
    session.flush_journal();
    drop(session);
    assert!(journal::recoverable(&computer.journals()).is_empty());
    assert!(journal::recoverable_sealed(&computer.journals(), &key("another")).is_empty());
    assert_eq!(journal::recoverable_sealed(&computer.journals(), &key("three plain words")).len(), 1);
}

#[test]
fn a_torn_sealed_journal_gives_what_is_whole() {
    let computer = Computer::new();
    let key = key("three plain words");
    let (mut session, _) = sealed_session(&computer, &key);
    for words in ["one", "two", "three"] {
        retitle(&mut session, words);
        session.flush_journal();
    }
    drop(session);
    let file = journal::sealed_in(&computer.journals()).remove(0);
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 20]).unwrap();
    let found = journal::recoverable_sealed(&computer.journals(), &key);
    let headline = found[0].document(usize::MAX).unwrap().workspace.decision.headline.clone();
    assert_eq!(headline, "Quillfeather two");
}

#[test]
fn sealing_later_takes_the_plain_journal_away() {
    let computer = Computer::new();
    let mut session = Session::new(marked(), 0, Arc::new(|| ()));
    session.begin_journal(&computer.journals());
    retitle(&mut session, "writes in plain");
    session.flush_journal();
    assert_eq!(computer.in_plain().len(), 1, "the journal is in plain so far");
    session.seal(Some(key("three plain words")));
    session.flush_journal();
    assert_eq!(computer.in_plain(), Vec::<PathBuf>::new());
    drop(session);
    let found = journal::recoverable_sealed(&computer.journals(), &key("three plain words"));
    let headline = found[0].document(usize::MAX).unwrap().workspace.decision.headline.clone();
    assert_eq!(headline, "Quillfeather writes in plain", "the work that was not saved is in the sealed one");
}

#[test]
fn the_right_passphrase_opens_and_the_wrong_one_says_so() {
    let computer = Computer::new();
    let (session, path) = sealed_session(&computer, &key("three plain words"));
    let workspace = session.workspace().clone();
    session.close();
    assert!(matches!(save::open(&path), Err(OpenError::Sealed { .. })));
    assert!(matches!(seal::unlock(&path, secret("another")), Err(Locked::WrongPassphrase)));
    let opened = seal::unlock(&path, secret("three plain words")).unwrap();
    assert!(sealed::open(&path, &opened).unwrap().document.workspace == *workspace);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(matches!(seal::unlock(&path, secret("three plain words")), Err(Locked::Damaged)));
    fs::write(&path, [&bytes[..bytes.len() - 9], &[0; 9]].concat()).unwrap();
    assert!(matches!(seal::unlock(&path, secret("three plain words")), Err(Locked::Damaged)));
    fs::write(&path, &bytes[..30]).unwrap();
    assert!(matches!(seal::unlock(&path, secret("three plain words")), Err(Locked::Damaged)));
}

#[test]
fn a_changed_passphrase_opens_the_file_and_the_old_one_its_backups_of_before() {
    let computer = Computer::new();
    let old = key("the old words");
    let (mut session, path) = sealed_session(&computer, &old);
    retitle(&mut session, "saves again");
    session.save();
    saved(&mut session);
    session.seal_anew(old.changed(secret("the new words")));
    saved(&mut session);
    session.close();
    assert!(matches!(seal::unlock(&path, secret("the old words")), Err(Locked::WrongPassphrase)));
    let new = seal::unlock(&path, secret("the new words")).unwrap();
    assert_eq!(
        sealed::open(&path, &new).unwrap().document.workspace.decision.headline,
        "Quillfeather saves again"
    );
    let mut kept: Vec<PathBuf> =
        fs::read_dir(backups::folder_of(&path)).unwrap().map(|entry| entry.unwrap().path()).collect();
    kept.sort();
    assert!(kept.iter().all(|file| file.to_string_lossy().ends_with(".evenhand.ron.age")), "{kept:?}");
    assert!(
        seal::unlock(&kept[0], secret("the old words")).is_ok(),
        "what was backed up before keeps the old one"
    );
    assert_eq!(computer.in_plain(), Vec::<PathBuf>::new());
}

#[test]
fn what_others_saved_meanwhile_is_noticed_in_a_sealed_file_too() {
    let computer = Computer::new();
    let key = key("three plain words");
    let (mut session, path) = sealed_session(&computer, &key);
    let mut theirs = sealed::open(&path, &key).unwrap().document;
    theirs.workspace.title = "Quillfeather, theirs".to_owned();
    sealed::save(&path, &theirs, None, &key).unwrap();
    retitle(&mut session, "was not asked");
    session.save();
    session.finish_jobs();
    assert!(matches!(session.save_state(), SaveState::Failed(_)));
    assert_eq!(sealed::open(&path, &key).unwrap().document.workspace.title, "Quillfeather, theirs");
}

fn evenhand(arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("evenhand").chain(arguments.iter().copied());
    let none = |_: Option<PathBuf>| Err("No display.".to_owned());
    let status = run(arguments, none, &mut out, &mut messages);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(messages).unwrap())
}

#[test]
fn the_command_line_takes_the_passphrase_from_a_file() {
    let computer = Computer::new();
    let (session, path) = sealed_session(&computer, &key("three plain words"));
    session.close();
    let path = path.display().to_string();
    let (right, wrong, empty) = (computer.path("right"), computer.path("wrong"), computer.path("empty"));
    fs::write(&right, "three plain words\nand more\n").unwrap();
    fs::write(&wrong, "another\n").unwrap();
    fs::write(&empty, "\n").unwrap();
    let [right, wrong, empty] = [right, wrong, empty].map(|file| file.display().to_string());
    let (status, out, messages) = evenhand(&["check", &path, "--passphrase-file", &right]);
    assert_eq!(status, 0, "{messages}");
    assert!(out.contains("sound"), "{out}");
    let (status, _, messages) = evenhand(&["check", &path, "--passphrase-file", &wrong]);
    assert_eq!(status, 1);
    assert!(messages.contains("That is not its passphrase"), "{messages}");
    let (status, _, messages) = evenhand(&["analyse", &path, "--passphrase-file", &empty]);
    assert_eq!(status, 1);
    assert!(messages.contains("is empty"), "{messages}");
    let copy = computer.path("example.evenhand.ron.age").display().to_string();
    let (status, _, messages) = evenhand(&["example", "westmere", "-o", &copy, "--passphrase-file", &right]);
    assert_eq!(status, 0, "{messages}");
    assert!(seal::is_sealed(&fs::read(&copy).unwrap()));
    assert_eq!(computer.in_plain(), Vec::<PathBuf>::new());
}

#[test]
fn files_under_different_passphrases_are_merged_with_a_passphrase_file_for_each() {
    let computer = Computer::new();
    let base = format::Document { revision: 1, workspace: marked(), ..Default::default() };
    let changed = |edit: fn(&mut Workspace)| {
        let mut document = base.clone();
        edit(&mut document.workspace);
        document
    };
    let ours = changed(|w| w.decision.headline = "Quillfeather, ours".to_owned());
    let theirs = changed(|w| w.title = "Quillfeather, theirs".to_owned());
    let mut named = Vec::new();
    for (name, document) in [("base", &base), ("ours", &ours), ("theirs", &theirs)] {
        let path = computer.path(&format!("{name}.evenhand.ron.age"));
        sealed::save(&path, document, None, &key(&format!("the words of {name}"))).unwrap();
        fs::write(computer.path(name), format!("the words of {name}\n")).unwrap();
        named.push((path.display().to_string(), computer.path(name).display().to_string()));
    }
    let out = computer.path("out.evenhand.ron.age");
    let mut arguments = vec!["merge", &named[0].0, &named[1].0, &named[2].0, "-o", out.to_str().unwrap()];
    arguments.extend(["--passphrase-file", &named[1].1, "--passphrase-file", &named[0].1]);
    let (status, _, messages) = evenhand(&arguments);
    assert_eq!(status, 1);
    assert!(messages.contains("theirs.evenhand.ron.age: none of the two passphrases"), "{messages}");
    arguments.extend(["--passphrase-file", &named[2].1]);
    let (status, _, messages) = evenhand(&arguments);
    assert_eq!(status, 0, "{messages}");
    let merged = sealed::open(&out, &key("the words of ours")).unwrap().document.workspace;
    assert_eq!(merged.decision.headline, "Quillfeather, ours");
    assert_eq!(merged.title, "Quillfeather, theirs");
    assert_eq!(computer.in_plain(), Vec::<PathBuf>::new());
}
