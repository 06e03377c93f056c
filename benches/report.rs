//! The paper of the largest supported workspace, 50 options × 30 factors × 200 voices, as the window makes it: analysis,
//! draws and charts included. The target is 2 s in every form.
#![expect(clippy::unwrap_used, reason = "a measure that cannot be taken must stop")]

mod workspaces;

use divan::Bencher;
use evenhand::{
    analysis::course::Course,
    exchange::report::{
        Format,
        compose::{Level, Terms},
    },
    ui::export::{self, Form},
};

fn main() {
    divan::main();
}

fn made(bencher: Bencher<'_, '_>, form: Form) {
    let workspace = workspaces::large();
    let terms = Terms { level: Level::FullWithAppendix, left_out: [].into(), ..Terms::default() };
    bencher.bench_local(|| {
        export::made((divan::black_box(&workspace), 1), &terms, form, &Course::default()).unwrap()
    });
}

#[divan::bench(sample_count = 5)]
fn word(bencher: Bencher<'_, '_>) {
    made(bencher, Form::Paper(Format::Word));
}

#[divan::bench(sample_count = 5)]
fn pdf(bencher: Bencher<'_, '_>) {
    made(bencher, Form::Paper(Format::Pdf));
}

#[divan::bench(sample_count = 5)]
fn html(bencher: Bencher<'_, '_>) {
    made(bencher, Form::Paper(Format::Html));
}

#[divan::bench(sample_count = 5)]
fn workbook(bencher: Bencher<'_, '_>) {
    made(bencher, Form::Workbook);
}
