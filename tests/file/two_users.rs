//! Two people who save in one folder: each has backups, and neither is told of what the other is saving as if it were lost.

use std::path::Path;

use evenhand::file::{backups, save};

use crate::file_support::{document, memory_disk::MemoryDisk, retitled};

#[test]
fn the_folder_of_backups_is_opened_to_whom_the_folder_of_the_workspace_is() {
    let folder = Path::new("/shared/plans");
    let disk = MemoryDisk::with_folder(folder);
    let file = folder.join("plan.evenhand.ron");
    save::save_to(&disk, &file, &document(), None).unwrap();
    assert_eq!(disk.folders_opened_like(), [], "there is nothing to keep yet");
    let saved = save::save_to(&disk, &file, &retitled("Second"), None).unwrap();
    assert_eq!((saved.warning, disk.folders_opened_like().len()), (None, 1));
    assert_eq!(disk.folders_opened_like(), [(backups::folder_of(&file), folder.to_owned())]);
    // What somebody has made of its permissions since is theirs to say, as long as it opens it to no more people.
    save::save_to(&disk, &file, &retitled("Third"), None).unwrap();
    assert_eq!(disk.folders_opened_like().len(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_that_a_group_may_write_to_has_backups_that_the_group_may_write_to() {
    use std::{fs, os::unix::fs::PermissionsExt as _};
    for mode in [0o700, 0o770, 0o775, 0o777] {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
        let file = folder.path().join("plan.evenhand.ron");
        for title in ["First", "Second"] {
            save::save(&file, &retitled(title), None).unwrap();
        }
        let made = fs::metadata(backups::folder_of(&file)).unwrap().permissions().mode();
        assert_eq!(made & 0o777, mode, "{made:o}");
    }
}

/// An earlier Evenhand made it as the system makes folders, whatever its folder was like.
#[cfg(unix)]
#[test]
fn a_folder_of_backups_that_is_open_to_more_people_than_its_folder_is_closed_to_them() {
    use std::{fs, os::unix::fs::PermissionsExt as _};
    for (outer, was, will_be) in [(0o700, 0o755, 0o700), (0o750, 0o777, 0o750), (0o755, 0o700, 0o700)] {
        let folder = tempfile::tempdir().unwrap();
        let mode = |mode| fs::Permissions::from_mode(mode);
        fs::set_permissions(folder.path(), mode(outer)).unwrap();
        let file = folder.path().join("plan.evenhand.ron");
        save::save(&file, &retitled("First"), None).unwrap();
        let kept = backups::folder_of(&file);
        fs::create_dir(&kept).unwrap();
        fs::set_permissions(&kept, mode(was)).unwrap();
        save::save(&file, &retitled("Second"), None).unwrap();
        let made = fs::metadata(&kept).unwrap().permissions().mode();
        assert_eq!(made & 0o777, will_be, "{made:o} in {outer:o}");
        assert_eq!(backups::list(&file).len(), 1);
    }
}

#[test]
fn what_the_other_is_saving_to_the_same_folder_is_left_alone_and_not_told_of() {
    let folder = Path::new("/shared");
    let disk = MemoryDisk::with_folder(folder);
    let file = folder.join("plan.evenhand.ron");
    save::save_to(&disk, &file, &document(), None).unwrap();
    let old = folder.join("plan.unsaved-1.evenhand.ron");
    disk.put(&old, b"(");
    // By the clock of this disk what is on it was written days ago.
    let saved = save::save_to(&disk, &file, &retitled("Second"), None).unwrap();
    assert!(saved.warning.unwrap().contains("plan.unsaved-1.evenhand.ron"));
    assert!(disk.content(&old).is_some());
}
