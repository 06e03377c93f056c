//! What the program remembers of its user: theme, size, name, and where recent workspaces are. Never what is in them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// How many recent workspaces are remembered.
const RECENT: usize = 12;

/// Which theme the window wears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// What is remembered between starts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub theme: ThemeChoice,
    /// Size of everything, 0.8 to 2.
    pub zoom: f32,
    /// The name that others see in locks; empty for none.
    pub name: String,
    /// Files opened or saved last, newest first.
    #[serde(with = "super::kept_path")]
    pub recent: Vec<PathBuf>,
    /// What the columns of the last caseload meant, by their names alone, as RON; empty for none.
    pub caseload_columns: String,
    /// Whether the program has been started before on this computer.
    pub started_before: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            zoom: 1.0,
            name: String::new(),
            recent: Vec::new(),
            caseload_columns: String::new(),
            started_before: false,
        }
    }
}

impl Preferences {
    /// Reads them from a file. Preferences that are missing or cannot be read are the usual ones: nothing of a user's
    /// work hangs on them.
    #[must_use]
    pub fn load(path: &Path) -> Self {
        let read = fs::read_to_string(path).ok().and_then(|text| ron::from_str::<Self>(&text).ok());
        let mut preferences = read.unwrap_or_default();
        if !(0.8..=2.0).contains(&preferences.zoom) {
            preferences.zoom = 1.0;
        }
        // A path that hangs on the folder of an earlier start leads anywhere by now.
        preferences.recent.retain(|file| file.is_absolute());
        preferences
    }

    /// Writes them to a file, whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let text =
            ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).map_err(io::Error::other)?;
        let beside = path.with_extension("new");
        fs::write(&beside, text)?;
        fs::rename(&beside, path)
    }

    /// Puts a file first among the recent ones.
    pub fn remember(&mut self, file: &Path) {
        self.recent.retain(|known| known != file);
        self.recent.insert(0, file.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Takes a file off the recent ones.
    pub fn forget(&mut self, file: &Path) {
        self.recent.retain(|known| known != file);
    }
}

/// The file of preferences in the user's configuration folder; `None` when the system names none.
#[must_use]
pub fn usual_file() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "Evenhand")?;
    Some(folders.config_dir().join("preferences.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_come_back_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/preferences.ron");
        let mut preferences = Preferences { zoom: 1.5, theme: ThemeChoice::Dark, ..Preferences::default() };
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name).with_extension("evenhand.ron"));
        for file in [&a, &b, &a] {
            preferences.remember(file);
        }
        preferences.save(&file).unwrap();
        let read = Preferences::load(&file);
        assert_eq!(read, preferences);
        assert_eq!(read.recent, [a, b]);
    }

    #[test]
    fn recent_files_without_a_whole_path_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.ron");
        let whole = folder.path().join("kept.evenhand.ron");
        let recent =
            vec![PathBuf::from("there.evenhand.ron"), whole.clone(), PathBuf::from("../up.evenhand.ron")];
        Preferences { recent, ..Preferences::default() }.save(&file).unwrap();
        assert_eq!(Preferences::load(&file).recent, [whole]);
    }

    #[test]
    fn damaged_or_missing_preferences_are_the_usual_ones() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.ron");
        assert_eq!(Preferences::load(&file), Preferences::default());
        fs::write(&file, "(zoom: 99.0, theme:").unwrap();
        assert_eq!(Preferences::load(&file), Preferences::default());
        fs::write(&file, "(zoom: 99.0)").unwrap();
        assert!((Preferences::load(&file).zoom - 1.0).abs() < f32::EPSILON);
    }
}
