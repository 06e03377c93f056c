//! Reading what may be anything: how long it took, and what was answered.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc, Mutex,
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use evenhand::{
    analysis::course::Course,
    exchange::{
        TableKind, TableProblem,
        caseload::{Source, guess, look, read},
        read_table, workspace_from,
    },
    file::format,
    model::Workspace,
};

/// Ends the program when one file takes longer than it may: a hang must not hang the tests.
pub struct Watch {
    now: Arc<Mutex<(Instant, String)>>,
    over: Option<Sender<()>>,
    watcher: Option<JoinHandle<()>>,
}

/// The most that one file may take, in an unoptimised build on a busy machine.
pub const LONGEST: Duration = Duration::from_secs(20);

impl Watch {
    pub fn begin() -> Self {
        let now = Arc::new(Mutex::new((Instant::now(), String::new())));
        let (over, is_over) = channel();
        let seen = Arc::clone(&now);
        let watcher = std::thread::spawn(move || {
            while is_over.recv_timeout(Duration::from_millis(200)) == Err(RecvTimeoutError::Timeout) {
                let (since, what) = seen.lock().unwrap().clone();
                if since.elapsed() > LONGEST {
                    eprintln!("{what} has taken more than {LONGEST:?}");
                    std::process::abort();
                }
            }
        });
        Self { now, over: Some(over), watcher: Some(watcher) }
    }

    /// Reads one file under watch. A panic is told with what it was, and the file put down to be looked at.
    pub fn over<T>(&self, what: &str, bytes: &[u8], read: impl FnOnce() -> T) -> T {
        *self.now.lock().unwrap() = (Instant::now(), what.to_owned());
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/file-safety");
            let file = folder.join(what.replace(|c: char| !c.is_alphanumeric(), "-"));
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, bytes).unwrap();
            panic!("{what} made the program fall over; it is in {}", file.display())
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over = None;
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}

/// How many times as many mutants are read.
pub fn times() -> usize {
    std::env::var("EVENHAND_LONGER").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// What came of reading a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Read,
    /// In the program's words, with their place.
    Refused(String),
}

/// Reads a workspace; what is read must come back the same when it is written.
pub fn workspace(bytes: &[u8]) -> Answer {
    match format::from_bytes(bytes, "w") {
        Ok(document) => {
            let again = format::to_text(&document);
            assert!(format::from_text(&again, "w").as_ref() == Ok(&document), "what was read cannot be kept");
            Answer::Read
        }
        Err(error) => {
            let lines = String::from_utf8_lossy(bytes).matches('\n').count() + 1;
            assert!((1..=lines).contains(&error.line) && error.column >= 1, "{error}");
            assert!(!error.what.is_empty() && !error.remedy.is_empty(), "{error}");
            Answer::Refused(error.to_string())
        }
    }
}

fn told(problems: &[TableProblem]) -> Answer {
    assert!(!problems.is_empty() && problems.len() <= 3_000, "{} problems", problems.len());
    Answer::Refused(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// Reads a table from text or from a workbook, and makes a workspace of it.
pub fn table(name: &str, kind: TableKind, bytes: &[u8]) -> Answer {
    match read_table(name, kind, bytes).and_then(|table| workspace_from(&[table])) {
        Ok(_) => Answer::Read,
        Err(problems) => told(&problems),
    }
}

/// Reads ballots on the one factor `Cost`.
pub fn ballots(bytes: &[u8]) -> Answer {
    let scores = b"factor,side,Local\nCost,commercial,1\n";
    let scores = read_table("scores.csv", TableKind::Scores, scores).unwrap();
    let read = read_table("ballots.csv", TableKind::Ballots, bytes);
    match read.and_then(|table| workspace_from(&[scores, table])) {
        Ok(_) => Answer::Read,
        Err(problems) => told(&problems),
    }
}

/// Reads a caseload from text or from a workbook, its columns guessed.
pub fn caseload(name: &str, bytes: &[u8]) -> Answer {
    let source = Source::Text { name: name.to_owned(), text: bytes.into() };
    let preview = match look(&source) {
        Ok(preview) => preview,
        Err(finding) => return Answer::Refused(finding.to_string()),
    };
    let mapping = guess(&preview.header, &preview.samples(), &Workspace::default());
    match read(&source, &mapping, &Workspace::default(), &Course::default()) {
        Ok(_) => Answer::Read,
        Err(findings) => {
            assert!(!findings.is_empty());
            Answer::Refused(findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
    }
}
