//! Paths in the program's own files: written as text where they are text, and unit by unit where they are not, so that each
//! comes back as the very path it was.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A path as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum KeptPath {
    Text(String),
    /// Its bytes, or on Windows its 16-bit units.
    Units(Vec<u16>),
}

impl From<&Path> for KeptPath {
    fn from(path: &Path) -> Self {
        path.to_str().map_or_else(|| Self::Units(units_of(path)), |text| Self::Text(text.to_owned()))
    }
}

impl From<KeptPath> for PathBuf {
    fn from(kept: KeptPath) -> Self {
        match kept {
            KeptPath::Text(text) => text.into(),
            KeptPath::Units(units) => of_units(&units),
        }
    }
}

#[cfg(unix)]
fn units_of(path: &Path) -> Vec<u16> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).iter().map(|byte| u16::from(*byte)).collect()
}

#[cfg(unix)]
fn of_units(units: &[u16]) -> PathBuf {
    let bytes = units.iter().filter_map(|unit| u8::try_from(*unit).ok()).collect();
    let name: std::ffi::OsString = std::os::unix::ffi::OsStringExt::from_vec(bytes);
    name.into()
}

#[cfg(windows)]
fn units_of(path: &Path) -> Vec<u16> {
    std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str()).collect()
}

#[cfg(windows)]
fn of_units(units: &[u16]) -> PathBuf {
    let name: std::ffi::OsString = std::os::windows::ffi::OsStringExt::from_wide(units);
    name.into()
}

#[cfg(not(any(unix, windows)))]
fn units_of(path: &Path) -> Vec<u16> {
    path.to_string_lossy().encode_utf16().collect()
}

#[cfg(not(any(unix, windows)))]
fn of_units(units: &[u16]) -> PathBuf {
    String::from_utf16_lossy(units).into()
}

/// Writes a list of paths.
///
/// # Errors
/// When what is written to refuses.
pub(super) fn serialize<S: Serializer>(paths: &[PathBuf], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(paths.iter().map(|path| KeptPath::from(path.as_path())))
}

/// Reads a list of paths.
///
/// # Errors
/// When it is none.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
    Ok(Vec::<KeptPath>::deserialize(from)?.into_iter().map(PathBuf::from).collect())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::preferences::Preferences;

    fn odd() -> PathBuf {
        let name: std::ffi::OsString =
            std::os::unix::ffi::OsStringExt::from_vec(b"/plans/caf\xe9 \xff.ron".to_vec());
        name.into()
    }

    #[test]
    fn a_path_that_is_not_text_comes_back_as_it_was() {
        let written = serde_json::to_string(&KeptPath::from(odd().as_path())).unwrap();
        let read: KeptPath = serde_json::from_str(&written).unwrap();
        assert_eq!(PathBuf::from(read), odd());
        let plain = KeptPath::from(Path::new("/plans/café.ron"));
        assert_eq!(serde_json::to_string(&plain).unwrap(), "\"/plans/café.ron\"");
    }

    #[test]
    fn preferences_remember_a_file_whose_name_is_not_text() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.ron");
        let mut preferences = Preferences::default();
        preferences.remember(&odd());
        preferences.remember(Path::new("/plans/plan.ron"));
        preferences.save(&file).unwrap();
        assert_eq!(Preferences::load(&file), preferences);
    }
}
