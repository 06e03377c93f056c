//! Files that cannot be read: each fault has its own message, its place and a remedy, and nothing panics or hangs.

use evenhand::file::{
    format::{self, LARGEST_FILE},
    read_error::{ReadError, ReadErrorKind as Kind},
};

use crate::file_support::document;

/// A file spoilt by replacing the first `from` by `to`; `«` in `to` marks the place that the error must point at.
struct Case {
    from: &'static str,
    to: &'static str,
    kind: Kind,
    what: &'static str,
    remedy: &'static str,
}

const fn case(
    from: &'static str,
    to: &'static str,
    kind: Kind,
    what: &'static str,
    remedy: &'static str,
) -> Case {
    Case { from, to, kind, what, remedy }
}

fn read_spoilt(case: &Case) -> (ReadError, (usize, usize)) {
    let text = format::to_text(&document());
    assert!(text.contains(case.from), "{} is not in\n{text}", case.from);
    let marked = text.replacen(case.from, case.to, 1);
    let place = marked.find('«').unwrap_or_else(|| panic!("{} has no mark", case.to));
    let line = marked[..place].matches('\n').count() + 1;
    let column = marked[..place].chars().rev().take_while(|c| *c != '\n').count() + 1;
    let spoilt = marked.replacen('«', "", 1);
    let error = format::from_text(&spoilt, "plan.evenhand.ron").expect_err(case.to);
    (error, (line, column))
}

fn check(cases: &[Case]) {
    for case in cases {
        let (error, place) = read_spoilt(case);
        assert_eq!(error.kind, case.kind, "{} → {}\n{error}", case.from, case.to);
        assert_eq!(without_line(&error.what), case.what, "{} → {}", case.from, case.to);
        assert_eq!(error.remedy, case.remedy, "{} → {}", case.from, case.to);
        assert_eq!((error.line, error.column), place, "{} → {}\n{error}", case.from, case.to);
        assert_eq!(error.file, "plan.evenhand.ron");
        assert!(
            error
                .to_string()
                .starts_with(&format!("plan.evenhand.ron, line {}, column {}: ", place.0, place.1))
        );
        assert!(error.excerpt.iter().any(|l| l.number == error.line && l.point.is_some()), "{error}");
    }
}

/// The message with its line number taken out, which depends on the sample.
fn without_line(what: &str) -> String {
    match what.split_once(" line ") {
        Some((front, back)) => {
            format!("{front} line N{}", back.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        None => what.to_owned(),
    }
}

const NUMBER: &str = "Write a number such as 12.5, without quotation marks, units or commas.";
const WHOLE: &str = "Write a whole number such as 3, without quotation marks or decimals.";

#[test]
fn faults_of_grammar_are_named_with_their_place() {
    check(&[
        case(
            "title: \"Supper clubs\",",
            "title: \"Supper clubs\"«",
            Kind::Grammar,
            "A comma is missing after `title: \"Supper clubs\"`.",
            "Put a comma there; if a text is meant to go on, write \\\" for the quotation marks inside it.",
        ),
        case(
            "title: \"Supper clubs\"",
            "title«  \"Supper clubs\"",
            Kind::Grammar,
            "A colon is missing after `title`.",
            "Put a colon between the name and its value.",
        ),
        case(
            "title: \"Supper clubs\"",
            "title: «",
            Kind::Grammar,
            "There is no value after `title`.",
            "Write the value, or remove the whole field.",
        ),
        case(
            "title: \"Supper clubs\"",
            "title: «\"Supper clubs",
            Kind::Grammar,
            "The text that begins here has no closing quotation mark.",
            "Put \" where the text ends; inside a text write \\\" for a quotation mark.",
        ),
        case(
            "title: \"Supper clubs\"",
            "title: «£5",
            Kind::Grammar,
            "`£` does not belong here.",
            "Remove it; if it is part of a text, put the text in quotation marks.",
        ),
        case(
            "title: \"Supper clubs\"",
            "title: «\"C:\\qlubs\"",
            Kind::Grammar,
            "A backslash in this text is followed by something unknown.",
            "Write \\\\ for a backslash, \\n for a new line and \\\" for a quotation mark.",
        ),
        case(
            "(worst: 0.0, best: 400.0)",
            "(worst: 0.0, best: 400.0«]",
            Kind::Grammar,
            "`]` stands where `)` belongs, to close the `(` of line N.",
            "Write `)` here, or look for a bracket too many or too few above.",
        ),
        case(
            "  money: (),",
            "  money: «/* (),",
            Kind::Grammar,
            "The comment that begins here is not closed.",
            "End it with */.",
        ),
    ]);
}

#[test]
fn something_behind_the_end_is_a_fault() {
    let text = format::to_text(&document());
    let error = format::from_text(&format!("{text}x"), "w").expect_err("there is an x behind the end");
    assert_eq!(error.kind, Kind::Grammar);
    assert_eq!(error.what, "`x` stands after the end of the workspace.");
    assert_eq!((error.line, error.column), (text.lines().count() + 1, 1));
}

#[test]
fn fields_that_are_unknown_missing_or_double_are_named() {
    check(&[
        case(
            "swing: 50.0",
            "«swng: 50.0",
            Kind::UnknownField,
            "`swng` is not a field of a factor.",
            "Did you mean `swing`? Correct the name, or remove the field.",
        ),
        case(
            "worst: 0.0",
            "«wrst: 0.0",
            Kind::UnknownField,
            "`wrst` is not a field of `Linear`.",
            "Did you mean `worst` or `best`? Correct the name, or remove the field.",
        ),
        case(
            "money: ()",
            "money: («cash: 3)",
            Kind::UnknownField,
            "`cash` is not a field of the Money room.",
            "Remove it; nothing is kept there.",
        ),
        case(
            "(worst: 0.0, best: 400.0)",
            "(worst: 0.0, best: 400.0, «colour: 1)",
            Kind::UnknownField,
            "`colour` is not a field of `Linear`.",
            "Remove it, or use one of its fields: `worst`, `best`.",
        ),
        case(
            "Linear(worst: 0.0, best: 400.0)",
            "«Linear(best: 400.0)",
            Kind::MissingField,
            "`Linear` that begins here has no `worst`.",
            "Write `worst: …` into it as its neighbours have it, or open a backup.",
        ),
        case(
            "  workspace: (\n    title: \"Supper clubs\",",
            "  workspace: «(",
            Kind::MissingField,
            "The workspace that begins here has no `title`.",
            "Write `title: …` into it as its neighbours have it, or open a backup.",
        ),
        case(
            "(\n  format: 1,\n  written_by: \"0.1.0\",\n  revision: 12,",
            "«(\n  format: 1,\n  written_by: \"0.1.0\",",
            Kind::MissingField,
            "The file that begins here has no `revision`.",
            "Write `revision: …` into it as its neighbours have it, or open a backup.",
        ),
        case(
            "    title: \"Supper clubs\",",
            "    title: \"Supper clubs\",\n    «title: \"Other\",",
            Kind::DoubleField,
            "`title` is here twice; the first is in line N.",
            "Keep one of them and remove the other.",
        ),
        case(
            "\"meals-f222\": 100.0,",
            "\"meals-f222\": 100.0, «\"m\\u{65}als-f222\": 5.0,",
            Kind::DoubleField,
            "`\"m\\u{65}als-f222\"` is here twice; the first is in line N.",
            "Keep one of them and remove the other.",
        ),
    ]);
}

#[test]
fn mistyped_values_are_named_with_what_belongs_there() {
    check(&[
        case(
            "swing: 50.0",
            "swing: «\"fifty\"",
            Kind::WrongValue,
            "`\"fifty\"` stands in `swing` where a number should be.",
            NUMBER,
        ),
        case(
            "swing: 50.0",
            "swing: «fifty",
            Kind::WrongValue,
            "`fifty` stands in `swing` where a number should be.",
            NUMBER,
        ),
        case(
            "swing: 50.0",
            "swing: «[50.0]",
            Kind::WrongValue,
            "`[50.0]` stands in `swing` where a number should be.",
            NUMBER,
        ),
        case(
            "round: 1,",
            "round: «1.5,",
            Kind::WrongValue,
            "`1.5` stands in `round` where a whole number should be.",
            WHOLE,
        ),
        case(
            "round: 1,",
            "round: «300,",
            Kind::WrongValue,
            "`300` is too large or too small to stand in `round`.",
            "Write a whole number from 1 to 2.",
        ),
        case(
            "name: \"Meals\"",
            "name: «5",
            Kind::WrongValue,
            "`5` stands in `name` where a text should be.",
            "Put it in double quotation marks.",
        ),
        case(
            "marginal: false",
            "marginal: «no",
            Kind::WrongValue,
            "`no` stands in `marginal` where `true` or `false` should be.",
            "Write one of the two, without quotation marks.",
        ),
        case(
            "side: Operational",
            "side: «Operatonal",
            Kind::WrongValue,
            "`Operatonal` is not one of the words that can stand in `side`.",
            "Write `Operational` or `Commercial`.",
        ),
        case(
            "side: Operational",
            "side: «\"Operational\"",
            Kind::WrongValue,
            "`\"Operational\"` stands in `side` where a bare word should be.",
            "Write the word or the field's name as its neighbours have it, without quotation marks.",
        ),
        case(
            "AtLeast(50.0)",
            "«AtLeast",
            Kind::WrongValue,
            "`AtLeast` wants its figures in round brackets behind it.",
            "Write them as in `AtLeast(40.0)` or `Linear(worst: 0.0, best: 100.0)`.",
        ),
        case(
            "swing_range: (0.0, 400.0)",
            "swing_range: «(0.0)",
            Kind::WrongValue,
            "`(0.0)` has too many or too few parts to stand in `swing_range`.",
            "Write as many parts as its neighbours have.",
        ),
        case(
            "swing_range: (0.0, 400.0)",
            "swing_range: «(0.0, 1.0, 2.0)",
            Kind::WrongValue,
            "`(0.0, 1.0, 2.0)` has too many or too few parts to stand in `swing_range`.",
            "Write as many parts as its neighbours have.",
        ),
        case(
            "sectors: [",
            "sectors: [«5, ",
            Kind::WrongValue,
            "`5` stands in `sectors` where a sector should be.",
            "Put its fields in round brackets, as its neighbours have them.",
        ),
        case(
            "block_fee: \"£50,000\"",
            "block_fee: «\"lots\"",
            Kind::WrongValue,
            "“lots” is not a sum of money.",
            "Write it like \"£2,900\" or \"£0.35\".",
        ),
        case(
            "\"2027-01-31\"",
            "«\"31/1/2027\"",
            Kind::WrongValue,
            "`\"31/1/2027\"` is not a date.",
            "Write year, month and day, as in \"2026-11-22\".",
        ),
    ]);
}

#[test]
fn nan_infinity_and_figures_past_all_bounds_are_refused() {
    for figure in ["NaN", "inf", "-inf", "+NaN", "1e999", "-1e999", "infinity", "NaNf64"] {
        let text = format::to_text(&document()).replacen("swing: 50.0", &format!("swing: {figure}"), 1);
        let error = format::from_text(&text, "w").expect_err(figure);
        assert_eq!(error.kind, Kind::NotANumber, "{error}");
        assert_eq!(error.what, format!("`{figure}` is not a figure that can be reckoned with."));
        assert_eq!(error.remedy, "Write a number, or remove the field where the figure is not known.");
        let meant = text.lines().nth(error.line - 1).expect("the line is there");
        assert_eq!(meant.chars().skip(error.column - 1).collect::<String>(), format!("{figure},"));
    }
}

#[test]
fn double_and_dangling_ids_are_refused_where_they_stand() {
    check(&[
        case(
            "id: \"kitchens-o333\"",
            "id: «\"caterer-o222\"",
            Kind::Unsound,
            "The id “caterer-o222” of an option stands twice.",
            "Give one of the two an id of its own.",
        ),
        case(
            "recommendation: \"kitchens-o333\"",
            "recommendation: «\"nobody-o999\"",
            Kind::Unsound,
            "The recommendation names the option “nobody-o999”, and there is none with that id.",
            "Add it, correct the id, or take the reference out.",
        ),
        case(
            "id: \"ida-p222\"",
            "id: «\"Ida P\"",
            Kind::Unsound,
            "“Ida P” cannot be the id of a stakeholder.",
            "Write 1 to 64 small letters a to z, digits and hyphens, with no hyphen at either end.",
        ),
    ]);
}

#[test]
fn every_fault_of_an_unsound_file_is_listed_and_very_many_are_counted() {
    let text = format::to_text(&document());
    assert!(format::faults(&text, "w").is_empty());
    let two =
        text.replacen("\"kitchens-o333\"", "\"caterer-o222\"", 1).replacen("floor: 0.25", "floor: 2.5", 1);
    let faults = format::faults(&two, "w");
    assert!(faults.len() >= 2 && faults.iter().all(|f| f.kind == Kind::Unsound && f.line > 1), "{faults:?}");
    let entries = "(id: \"same-e222\", text: \"\", owner: \"\"),".repeat(5000);
    let many = text.replacen("conditions: [", &format!("conditions: [{entries}"), 1);
    let faults = format::faults(&many, "w");
    assert_eq!(faults.len(), 101);
    assert_eq!(faults[100].what, "From here on there are 4,899 faults more.");
}

#[test]
fn a_newer_file_is_refused_by_its_first_lines_alone() {
    for text in [
        "(format: 2, written_by: \"0.9.0\", anything (goes) here",
        "( // c\n format: 2,\nwritten_by:\"0.9.0\",x",
    ] {
        let error = format::from_text(text, "w").expect_err("format 2 is newer");
        assert_eq!(error.kind, Kind::Newer);
        assert_eq!(
            error.what,
            "The file was made by a newer Evenhand 0.9.0: it has format 2, and this one reads format 1."
        );
        assert_eq!(error.remedy, "Open it with that Evenhand or a newer one. The file is left as it is.");
    }
    let far = format::from_text("(format: 99999999999999999999,", "w").expect_err("that is newer still");
    assert_eq!((far.kind, far.line, far.column), (Kind::Newer, 1, 10));
}

#[test]
fn what_is_not_a_workspace_is_said_not_to_be_one() {
    for (text, kind, what) in [
        ("", Kind::Empty, "The file is empty."),
        ("\u{feff} \n", Kind::Empty, "The file is empty."),
        (
            "{\"a\": 1}",
            Kind::NotAWorkspace,
            "This is not an Evenhand workspace: `{\"a\":` stands where `(` belongs.",
        ),
        (
            "# Notes\n",
            Kind::NotAWorkspace,
            "This is not an Evenhand workspace: `#` stands where `(` belongs.",
        ),
        (
            "(title: 1)",
            Kind::NotAWorkspace,
            "This is not an Evenhand workspace: `title:` stands where `format` belongs.",
        ),
        ("(format: one)", Kind::NotAWorkspace, "There is no format number here."),
        ("(format: 0)", Kind::NotAWorkspace, "There has never been a format 0."),
    ] {
        let error = format::from_text(text, "w").expect_err(text);
        assert_eq!((error.kind, error.what.as_str()), (kind, what));
    }
    let latin = format::from_bytes(b"(format: 1,\n title: \"caf\xe9\")", "w").expect_err("that is Latin 1");
    assert_eq!((latin.kind, latin.line, latin.column), (Kind::NotText, 2, 13));
    assert_eq!(latin.what, "The byte E9 here is not text in UTF-8.");
    let wide = format::from_bytes(&[0xff, 0xfe, b'(', 0], "w").expect_err("that is UTF-16");
    assert_eq!(
        (wide.kind, wide.what.as_str()),
        (Kind::NotText, "The file is written in UTF-16, not in UTF-8.")
    );
}

#[test]
fn brackets_without_end_are_refused_and_do_not_exhaust_the_stack() {
    for open in ["(", "[", "a(", "{1:", "(a:"] {
        let text = format!("(format: 1, workspace: {}", open.repeat(200_000));
        let error = format::from_text(&text, "w").expect_err(open);
        assert_eq!(error.kind, Kind::TooDeep, "{open}");
        assert_eq!(error.what, "Brackets stand inside brackets more than 48 deep.");
    }
}

#[test]
fn a_file_past_the_largest_size_is_refused() {
    let text = format!("(format: 1, //{}", " ".repeat(usize::try_from(LARGEST_FILE).expect("it fits")));
    let error = format::from_text(&text, "w").expect_err("it is too large");
    assert_eq!(error.kind, Kind::TooLarge);
    assert_eq!(error.what, "The file is 64 MB; a workspace of more than 64 MB is not read.");
}

#[test]
fn more_values_than_any_workspace_has_are_refused() {
    let text = format!("(format: 1, workspace: [{}", "1,".repeat(3_000_000));
    assert_eq!(format::from_text(&text, "w").expect_err("too many").kind, Kind::TooLarge);
}

#[test]
fn a_map_of_very_many_keys_is_read_through_in_no_time() {
    let keys: String = (0..200_000).map(|n| format!("\"k{n}\": 1.0,")).collect();
    let text = format!("(format: 1, workspace: {{{keys} \"k7\": 2.0}})");
    let error = format::from_text(&text, "w").expect_err("one key is there twice");
    assert_eq!(
        (error.kind, error.what.as_str()),
        (Kind::DoubleField, "`\"k7\"` is here twice; the first is in line 1.")
    );
}

#[test]
fn a_file_cut_off_anywhere_is_said_to_be_cut_off() {
    let text = format::to_text(&document());
    let whole = text.trim_end().len();
    // Every byte of the first two thousand, where each sort of thing occurs, then about each fifth.
    let ends = (1..2000).chain((2000..whole).step_by(5));
    for end in ends.filter(|end| text.is_char_boundary(*end)) {
        let error = format::from_text(&text[..end], "w").expect_err("a part is not the whole");
        assert_eq!(error.kind, Kind::Truncated, "after {end} bytes: {error}");
        let lines = text[..end].matches('\n').count() + 1;
        assert_eq!(error.line, lines, "after {end} bytes: {error}");
        assert!(error.remedy.contains("open a backup"));
    }
    assert!(format::from_text(&text[..whole], "w").is_ok());
}

#[test]
fn no_changed_byte_makes_reading_panic_and_none_is_put_right_in_silence() {
    let document = document();
    let text = format::to_text(&document);
    let mut bytes = text.clone().into_bytes();
    for place in (0..bytes.len()).step_by(23) {
        for flip in [[1, 0x80], [4, 0x20]][place % 2] {
            bytes[place] ^= flip;
            if let Ok(read) = format::from_bytes(&bytes, "w") {
                // What still reads must say what stands there: writing it says the same again.
                let again = format::to_text(&read);
                assert_eq!(format::from_text(&again, "w").as_ref(), Ok(&read));
            }
            bytes[place] ^= flip;
        }
    }
}

#[test]
fn every_date_that_is_none_is_told_as_one() {
    let text = format::to_text(&document());
    let is_day = |quoted: &str| {
        let bytes = quoted.as_bytes();
        bytes.len() == 10 && bytes.iter().enumerate().all(|(i, b)| matches!(i, 4 | 7) == (*b == b'-'))
    };
    let mut keys = std::collections::BTreeSet::new();
    for (at, quoted) in text.match_indices(": \"").map(|(at, _)| (at + 3, &text[at + 3..])) {
        let quoted = quoted.split('"').next().unwrap_or_default();
        if is_day(quoted) {
            let spoilt = format!("{}31/1/2027{}", &text[..at], &text[at + quoted.len()..]);
            let error = format::from_text(&spoilt, "plan.evenhand.ron").expect_err("no date");
            let line = text[..at].rsplit('\n').next().unwrap_or_default();
            assert!(without_line(&error.what).ends_with("is not a date."), "{line}\n{error}");
            keys.insert(line.rsplit([' ', '(']).nth(1).unwrap_or_default().to_owned());
        }
    }
    assert!(keys.len() >= 6, "{keys:?}");
}
