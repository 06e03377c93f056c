//! The system's own dialog for files and folders, which never blocks the window.

use std::path::PathBuf;

use super::background::{Background, Progress};
use crate::session::Wake;

/// What the system is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Workspace,
    PlaceForWorkspace,
    /// A place for a drawing whose file ends like this.
    PlaceForDrawing(&'static str),
    /// A table, or any number of ballot files.
    Tables,
    Folder,
    /// A paper to be written.
    PlaceForPaper,
}

/// The dialog, while it is open, and whether the last one gave nothing.
#[derive(Debug, Default)]
pub struct SystemDialog {
    answer: Option<Background<Vec<PathBuf>>>,
    /// It was left without a file, or there is none on this computer.
    pub gave_nothing: bool,
}

impl SystemDialog {
    pub fn is_open(&self) -> bool {
        self.answer.is_some()
    }

    /// Opens it, beginning at a path.
    pub fn open(&mut self, wanted: Wanted, path: &str, wake: &Wake) {
        let path = PathBuf::from(path);
        self.answer = Some(Background::begin(wake, move || ask(wanted, &path)));
    }

    /// What was chosen, once.
    pub fn take(&mut self) -> Option<Vec<PathBuf>> {
        let chosen = match self.answer.as_ref()?.poll() {
            Progress::UnderWay => return None,
            Progress::Done(chosen) => chosen,
            Progress::BrokenOff => Vec::new(),
        };
        self.answer = None;
        self.gave_nothing = chosen.is_empty();
        (!chosen.is_empty()).then_some(chosen)
    }
}

fn ask(wanted: Wanted, path: &std::path::Path) -> Vec<PathBuf> {
    let mut dialog = rfd::FileDialog::new();
    let folder = if path.is_dir() { Some(path) } else { path.parent() };
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let workspace = |dialog: rfd::FileDialog| dialog.add_filter("Evenhand workspace", &["ron", "age"]);
    match wanted {
        Wanted::Workspace => workspace(dialog).pick_file().into_iter().collect(),
        Wanted::PlaceForWorkspace => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            workspace(dialog).set_file_name(name.unwrap_or_default()).save_file().into_iter().collect()
        }
        Wanted::PlaceForDrawing(ending) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let dialog = dialog.add_filter("Drawing", &[ending.trim_start_matches('.')]);
            dialog.set_file_name(name.unwrap_or_default()).save_file().into_iter().collect()
        }
        Wanted::Tables => {
            let dialog = dialog.add_filter("Tables and ballots", &["csv", "tsv", "txt", "xlsx", "xlsm"]);
            dialog.pick_files().unwrap_or_default()
        }
        Wanted::PlaceForPaper => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            dialog.set_file_name(name.unwrap_or_default()).save_file().into_iter().collect()
        }
        Wanted::Folder => dialog.pick_folder().into_iter().collect(),
    }
}
