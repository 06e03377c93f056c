//! What two files were made of: a state that both went through, looked for among what is kept beside them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{backups, storage::Storage};
use crate::model::{Workspace, diff::changes};

/// A state that two workspaces may both have been made of.
#[derive(Clone, Debug)]
pub struct Ancestor {
    pub workspace: Workspace,
    /// When it was saved, as far as that is known.
    pub saved: Option<Timestamp>,
    /// The backup that holds it; `None` for what was opened or saved here last.
    pub path: Option<PathBuf>,
    /// How many changes lead from it to each of the two.
    pub to_ours: usize,
    pub to_theirs: usize,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Ancestors {
    /// A state that is kept on both sides: both were made of it beyond doubt.
    pub certain: Option<Ancestor>,
    /// States that are kept on one side, the likeliest first.
    pub possible: Vec<Ancestor>,
}

/// A workspace that is merged, with its file if it has one.
#[derive(Clone, Copy, Debug)]
pub struct Sided<'a> {
    pub path: Option<&'a Path>,
    pub workspace: &'a Workspace,
    /// The disk as that side is kept on it, with its own passphrase if it is sealed.
    pub disk: &'a dyn Storage,
}

/// Looks for what two workspaces were made of: among the backups of both and in `last`, what was opened or saved here last.
///
/// A state that is kept on one side only may be younger than the moment at which the two parted, and what that side did
/// in between would then look as if the other had taken it back. So it is only proposed, the one from which fewest changes
/// lead to both first and of several such the oldest.
#[must_use]
pub fn ancestors_of(
    ours: Sided<'_>,
    theirs: Sided<'_>,
    last: Option<(&Workspace, Option<Timestamp>)>,
) -> Ancestors {
    let backups = |side: Sided<'_>| {
        let kept = side.path.map(|path| backups::list_on(side.disk, path)).unwrap_or_default();
        kept.into_iter().map(|backup| (backup.document.workspace, Some(backup.saved), Some(backup.path)))
    };
    let last = last.map(|(workspace, saved)| (workspace.clone(), saved, None));
    let of_ours: Vec<_> = last.into_iter().chain(backups(ours)).collect();
    let of_theirs: Vec<_> = backups(theirs).collect();
    let measured = |(workspace, saved, path): (Workspace, Option<Timestamp>, Option<PathBuf>)| Ancestor {
        to_ours: changes(&workspace, ours.workspace).len(),
        to_theirs: changes(&workspace, theirs.workspace).len(),
        workspace,
        saved,
        path,
    };
    // The newest that both sides keep; a side keeps what it is now as well.
    let is_theirs =
        |state: &Workspace| state == theirs.workspace || of_theirs.iter().any(|(known, ..)| known == state);
    if let Some(common) = of_ours.iter().find(|(state, ..)| is_theirs(state)) {
        return Ancestors { certain: Some(measured(common.clone())), possible: Vec::new() };
    }
    if let Some(common) = of_theirs.iter().find(|(state, ..)| state == ours.workspace) {
        return Ancestors { certain: Some(measured(common.clone())), possible: Vec::new() };
    }
    let mut possible: Vec<Ancestor> = of_ours.into_iter().chain(of_theirs).map(measured).collect();
    // Of what is as near the newest comes first.
    possible.sort_by_key(|found| (found.to_ours + found.to_theirs, std::cmp::Reverse(found.saved)));
    Ancestors { certain: None, possible }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        file::{format::Document, save, storage::Disk},
        model::sample,
    };

    fn titled(title: &str) -> Workspace {
        Workspace { title: title.to_owned(), ..sample::workspace() }
    }

    fn save_in_turn(path: &Path, titles: &[&str]) {
        for title in titles {
            let document = Document { workspace: titled(title), ..Document::default() };
            save::save(path, &document, None).unwrap();
        }
    }

    fn found(folder: &Path, ours: &str, theirs: &str) -> Ancestors {
        let (one, other) = (folder.join("ours.evenhand.ron"), folder.join("theirs.evenhand.ron"));
        let (ours, theirs) = (titled(ours), titled(theirs));
        let side = |path, workspace| Sided { path: Some(path), workspace, disk: &Disk };
        ancestors_of(side(&one, &ours), side(&other, &theirs), None)
    }

    #[test]
    fn what_both_keep_is_certain_and_the_newest_of_it_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        save_in_turn(&folder.path().join("ours.evenhand.ron"), &["first", "second", "third", "ours"]);
        save_in_turn(&folder.path().join("theirs.evenhand.ron"), &["first", "second", "theirs", "later"]);
        let found = found(folder.path(), "ours", "later");
        assert_eq!(found.certain.unwrap().workspace.title, "second");
    }

    #[test]
    fn a_copy_that_was_not_changed_is_what_both_were_made_of() {
        let folder = tempfile::tempdir().unwrap();
        save_in_turn(&folder.path().join("ours.evenhand.ron"), &["first", "ours"]);
        assert_eq!(found(folder.path(), "ours", "first").certain.unwrap().workspace.title, "first");
    }

    #[test]
    fn what_one_side_keeps_is_only_proposed() {
        let folder = tempfile::tempdir().unwrap();
        save_in_turn(&folder.path().join("ours.evenhand.ron"), &["first", "second", "ours"]);
        let found = found(folder.path(), "ours", "theirs");
        assert!(found.certain.is_none());
        let titles: Vec<_> = found.possible.iter().map(|state| state.workspace.title.as_str()).collect();
        assert_eq!(titles, ["second", "first"]);
    }
}
