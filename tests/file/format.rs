//! Workspace files as text: what is written reads back, byte for byte, and reads well.

use evenhand::{
    file::format::{self, Document},
    model::money::Pence,
};
use file_support::document;
use proptest::prelude::*;

use crate::file_support;

#[test]
fn writing_reading_and_writing_again_gives_the_same_bytes() {
    for document in [document(), Document::default()] {
        let text = format::to_text(&document);
        let back = format::from_text(&text, "w").unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(back, document);
        assert_eq!(format::to_text(&back), text);
    }
}

#[test]
fn a_file_begins_with_its_format_and_the_version_that_wrote_it() {
    let text = format::to_text(&document());
    let lines: Vec<&str> = text.lines().take(6).collect();
    assert_eq!(
        lines,
        [
            "#![enable(implicit_some, unwrap_newtypes)]",
            "(",
            "  format: 1,",
            "  written_by: \"0.1.0\",",
            "  revision: 12,",
            "  workspace: (",
        ]
    );
}

#[test]
fn short_things_stand_on_one_line_and_what_is_not_known_is_left_out() {
    let text = format::to_text(&document());
    for line in [
        r#"          scale: Linear(worst: 0.0, best: 400.0),"#,
        r#"          swings: {"meals-f222": 100.0, "price-f333": 40.0},"#,
        r#"          block_fee: "£50,000","#,
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\nis not in\n{text}");
    }
    assert!(!text.contains("None"), "{text}");
    // A text that stands alone on its line is never broken.
    let is_one_text =
        |line: &str| line.trim_end_matches(',').ends_with('"') && line.matches('"').count() == 2;
    assert!(text.lines().all(|line| line.chars().count() <= 110 || is_one_text(line)), "{text}");
}

#[test]
fn a_change_of_one_figure_changes_one_line() {
    let before = document();
    let mut after = before.clone();
    after.workspace.question.need_groups[0].cost_supported = Some(Pence(12_345));
    let (before, after) = (format::to_text(&before), format::to_text(&after));
    assert_eq!(before.lines().count(), after.lines().count());
    let changed: Vec<&str> =
        before.lines().zip(after.lines()).filter(|(a, b)| a != b).map(|(_, b)| b.trim()).collect();
    assert_eq!(changed, ["cost_supported: \"£123.45\","]);
}

#[test]
fn a_plain_ron_reader_reads_the_file_too() {
    let value: Result<ron::Value, _> = ron::from_str(&format::to_text(&document()));
    assert!(value.is_ok(), "{value:?}");
}

#[test]
fn a_byte_order_mark_line_ends_of_windows_and_comments_are_read_past() {
    let document = document();
    let text = format::to_text(&document);
    let marked = format!("\u{feff}{text}");
    assert_eq!(format::from_text(&marked, "w").expect("a mark is no fault"), document);
    let windows = text.replace('\n', "\r\n");
    assert_eq!(format::from_text(&windows, "w").expect("line ends are no fault"), document);
    let commented = text.replacen("(\n", "( // by hand\n /* more /* inside */ */", 1);
    assert_eq!(format::from_text(&commented, "w").expect("comments are no fault"), document);
}

#[test]
fn what_may_be_unknown_can_be_written_as_none_or_some_too() {
    let text = format::to_text(&document());
    let spelt = text.replacen(
        "          seldom_heard: false,",
        "          hours_supported: None,\n          seldom_heard: false,",
        1,
    );
    let spelt = spelt.replacen("          hours_supported: 12.0,\n", "", 1);
    let back = format::from_text(&spelt, "w").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(back.workspace.question.need_groups[0].hours_supported, None);
    let some = text.replacen("hours_supported: 12.0", "hours_supported: Some(12.0)", 1);
    assert_eq!(format::from_text(&some, "w").unwrap_or_else(|e| panic!("{e}")), document());
}

proptest! {
    #[test]
    fn any_text_and_any_finite_figure_read_back_as_they_were(
        title in "\\PC{0,20}|[\t\n\r\"'\\\\\u{feff}\u{2028}]{0,8}",
        figure in -1e15_f64..1e15,
        small in -1e-300_f64..1e-300,
    ) {
        let mut document = Document { revision: u64::MAX, ..Document::default() };
        document.workspace.title = title;
        document.workspace.illustrative = "’“”…".to_owned();
        document.workspace.balance.factors = file_support::document().workspace.balance.factors.clone();
        document.workspace.balance.factors[0].swing_range = Some((figure, small));
        let text = format::to_text(&document);
        let back = format::from_text(&text, "w").map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(&back, &document);
        prop_assert_eq!(format::to_text(&back), text);
    }
}
