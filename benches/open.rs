//! Opening and saving a workspace of 10 MB. Target: open in 0.5 s, aim 0.2 s.
#![expect(clippy::unwrap_used, reason = "a measure that cannot be taken must stop")]

mod workspaces;

use divan::Bencher;
use evenhand::{
    file::{format, save},
    model::check,
};

const TEN_MEGABYTES: usize = 10_000_000;

fn main() {
    divan::main();
}

fn document() -> format::Document {
    let text_length = |workspace: &_| {
        format::to_text(&format::Document { revision: 1, workspace: Clone::clone(workspace) }).len()
    };
    let workspace = workspaces::of_size(TEN_MEGABYTES, text_length);
    assert_eq!(check::broken(&workspace), None);
    format::Document { revision: 1, workspace }
}

/// From the path to a workspace that is checked and ready to be shown.
#[divan::bench(sample_count = 10)]
fn open(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.evenhand.ron");
    save::save(&path, &document(), None).unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > TEN_MEGABYTES as u64);
    bencher.bench(|| save::open(&path).unwrap());
}

/// The whole recipe: lay out, read back, write, sync, rotate the backups, rename, sync the folder.
#[divan::bench(sample_count = 10)]
fn save(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.evenhand.ron");
    let document = document();
    bencher.bench(|| save::save(&path, &document, None).unwrap());
}

#[divan::bench(sample_count = 10)]
fn lay_out(bencher: Bencher<'_, '_>) {
    let document = document();
    bencher.bench(|| format::to_text(&document));
}

#[divan::bench(sample_count = 10)]
fn read(bencher: Bencher<'_, '_>) {
    let text = format::to_text(&document());
    bencher.bench(|| format::from_text(&text, "large.evenhand.ron").unwrap());
}

#[divan::bench(sample_count = 10)]
fn check_everything(bencher: Bencher<'_, '_>) {
    let document = document();
    bencher.bench(|| check::problems(&document.workspace));
}
