//! Tables from Excel workbooks, written by another program, and workbooks that mean no good.

use std::{
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use evenhand::{
    exchange::{Table, TableKind, open_table, read_table, workspace_from},
    model::{balance::ScoreLevel, money::Pence},
};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tables").join(name)
}

fn refused(table: Result<Table, Vec<evenhand::exchange::TableProblem>>) -> String {
    table.unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_workbook_of_several_sheets_gives_the_one_named_like_the_table() {
    let book = data("workbook.xlsx");
    let tables = [TableKind::Scores, TableKind::Groups, TableKind::Statements]
        .map(|kind| open_table(&book, kind).unwrap_or_else(|problems| panic!("{problems:?}")));
    let workspace = workspace_from(&tables).unwrap();
    let (reach, cost) = (&workspace.balance.factors[0], &workspace.balance.factors[1]);
    let (local, national) = (&workspace.question.options[0].id, &workspace.question.options[1].id);
    assert_eq!(reach.scale, evenhand::model::balance::Scale::Linear { worst: 30.0, best: 90.0 });
    assert_eq!(workspace.score(&reach.id, local).unwrap().level, ScoreLevel::Point(70.0), "shown as 70%");
    let range = ScoreLevel::Range { low: 30.0, likely: 39.0, high: 51.0 };
    assert_eq!(workspace.score(&reach.id, national).unwrap().level, range);
    assert_eq!(workspace.score(&cost.id, local).unwrap().level, ScoreLevel::Point(10.8));
    let groups = &workspace.question.need_groups;
    assert_eq!(groups[0].outcome_supported, Some(0.07), "shown as 7.0%");
    assert_eq!((groups[0].cost_supported, groups[1].cost_supported), (Some(Pence(290_000)), Some(Pence(30))));
    assert!(groups[0].seldom_heard && !groups[1].seldom_heard);
    assert_eq!(workspace.voices.statements[0].date, Some(jiff::civil::date(2026, 11, 22)));
}

#[test]
fn a_sheet_that_is_not_there_is_asked_for_by_name() {
    let words = refused(open_table(&data("workbook.xlsx"), TableKind::Ballots));
    assert!(words.contains("Notes, Scores, groups, statements") && words.contains("“ballots”"), "{words}");
}

#[test]
fn formulas_without_a_value_are_named_with_their_cells() {
    let words = refused(open_table(&data("formulas.xlsx"), TableKind::Scores));
    assert!(words.contains("row 2, column “C”: found “=1+1”"), "{words}");
    assert!(words.contains("row 2, column “D”: found “#DIV/0!”"), "{words}");
}

#[test]
fn a_cell_in_the_far_corner_costs_no_memory() {
    let words = refused(open_table(&data("far.xlsx"), TableKind::Scores));
    assert!(words.contains("too many cells"), "{words}");
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_not_read() {
    let mut bytes = Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    let packed =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/worksheets/sheet1.xml", packed).unwrap();
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..80 {
        archive.write_all(&zeros).unwrap();
    }
    archive.finish().unwrap();
    let bytes = bytes.into_inner();
    assert!(bytes.len() < 1 << 20, "a small file");
    let words = refused(read_table("bomb.xlsx", TableKind::Scores, &bytes));
    assert!(words.contains("unpacks to far more than one of its size does"), "{words}");
}

#[test]
fn damaged_and_old_workbooks_are_said() {
    let whole = std::fs::read(data("workbook.xlsx")).unwrap();
    for end in (4..whole.len()).step_by(97) {
        let words = refused(read_table("cut.xlsx", TableKind::Scores, &whole[..end]));
        assert!(words.starts_with("cut.xlsx: the workbook"), "{words}");
    }
    let words = refused(read_table("old.xls", TableKind::Scores, &[0xd0, 0xcf, 0x11, 0xe0, 0xa1]));
    assert!(words.contains(".xlsx without password"), "{words}");
    let words = refused(open_table(&data("none.xlsx"), TableKind::Scores));
    assert!(words.contains("no such file"), "{words}");
}

#[test]
fn no_byte_of_a_workbook_makes_the_reader_fall_over() {
    let whole = std::fs::read(data("workbook.xlsx")).unwrap();
    for at in (0..whole.len()).step_by(71) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x55;
        let _ = read_table("flipped.xlsx", TableKind::Scores, &flipped);
    }
}
