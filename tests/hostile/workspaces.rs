//! Workspaces made by hand to be wrong.

use evenhand::file::format;

use crate::{
    by_hand::{Case, GivenAs},
    file_support::document,
};

fn case(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    Case { name, given_as: GivenAs::Workspace, bytes: bytes.into() }
}

/// A sound workspace with one text in the place of the first that stands there.
fn bent(name: &'static str, from: &str, to: &str) -> Case {
    let text = format::to_text(&document());
    assert!(text.contains(from), "{name}: {from} is not in it");
    case(name, text.replacen(from, to, 1))
}

/// Cut off behind a text.
fn cut(name: &'static str, behind: &str) -> Case {
    let text = format::to_text(&document());
    let end = text.find(behind).unwrap_or_else(|| panic!("{behind}")) + behind.len();
    case(name, &text.as_bytes()[..end])
}

pub fn cases() -> Vec<Case> {
    [not_workspaces(), heads(), grammar(), fields(), values(), unsound()].into_iter().flatten().collect()
}

fn not_workspaces() -> Vec<Case> {
    let utf16 = |mark: [u8; 2], low: usize| -> Vec<u8> {
        let letters = "(format: 1)".bytes().flat_map(move |b| if low == 0 { [b, 0] } else { [0, b] });
        mark.into_iter().chain(letters).collect()
    };
    vec![
        case("nothing", ""),
        case("a byte-order mark and nothing", "\u{feff}"),
        case("blanks", " \n\t\r\n "),
        case("a mebibyte of blanks", vec![b' '; 1 << 20]),
        case("noughts", vec![0; 4096]),
        case("UTF-16, little end first", utf16([0xff, 0xfe], 0)),
        case("UTF-16, big end first", utf16([0xfe, 0xff], 1)),
        case("Latin 1", b"(format: 1,\n written_by: \"caf\xe9\")".to_vec()),
        case("an overlong letter", b"(format: 1, x: \"\xc0\xaf\")".to_vec()),
        case("half a surrogate pair", b"(format: 1, x: \"\xed\xa0\x80\")".to_vec()),
        case("a letter cut in two", b"(format: 1, x: \"\xe2\x82".to_vec()),
        case("JSON", "{\"format\": 1}"),
        case("a list of JSON", "[1, 2]"),
        case("XML", "<?xml version=\"1.0\"?><workspace/>"),
        case("a workbook", b"PK\x03\x04\x14\0\0\0".to_vec()),
        case("a PDF", "%PDF-1.7\n"),
        case("notes", "# Notes\n\nNothing yet.\n"),
        case("a table", "factor,side\nCost,commercial\n"),
        case("RON of something else", "(title: \"x\")"),
        case("a named thing", "Workspace(format: 1)"),
        case("only a bracket", "("),
        case("one long word", "a".repeat(100_000)),
    ]
}

fn heads() -> Vec<Case> {
    let head = "(\n  format: 1,";
    vec![
        bent("format 0", head, "(\n  format: 0,"),
        bent("format 2", head, "(\n  format: 2,"),
        bent("a format past counting", head, "(\n  format: 340282366920938463463374607431768211456,"),
        bent("a format below nought", head, "(\n  format: -1,"),
        bent("half a format", head, "(\n  format: 1.5,"),
        bent("a format in quotation marks", head, "(\n  format: \"1\","),
        bent("a format in hexadecimal", head, "(\n  format: 0x1,"),
        bent("a format that is a list", head, "(\n  format: [1],"),
        bent("no format", "  format: 1,\n", ""),
        bent("two formats", head, "(\n  format: 1,\n  format: 1,"),
        bent("no version", "  written_by: \"0.1.0\",\n", ""),
        bent("a number for a version", "written_by: \"0.1.0\"", "written_by: 0.1"),
        bent("an unknown extension", "implicit_some", "explicit_all"),
        bent("an extension that is not closed", "unwrap_newtypes)]", "unwrap_newtypes"),
        bent("a revision below nought", "revision: 12", "revision: -12"),
        bent("a revision past counting", "revision: 12", "revision: 18446744073709551616"),
        bent("no workspace", "workspace: (", "workspace: nothing, was: ("),
    ]
}

fn grammar() -> Vec<Case> {
    let title = "title: \"Supper clubs\"";
    let whole = format::to_text(&document());
    vec![
        cut("cut off in a text", "\"Supper"),
        cut("cut off behind a comma", "\"Supper clubs\","),
        cut("cut off behind a colon", "title:"),
        cut("cut off in a name", "  workspa"),
        case("cut off before the last bracket", whole.trim_end().trim_end_matches(')')),
        case("twice", format!("{whole}{whole}")),
        case("something behind the end", format!("{whole}// fine\n)")),
        bent("no comma", "\"Supper clubs\",", "\"Supper clubs\""),
        bent("no colon", title, "title \"Supper clubs\""),
        bent("two commas", "\"Supper clubs\",", "\"Supper clubs\",,"),
        bent("two colons", title, "title:: \"Supper clubs\""),
        bent("the wrong bracket", "(worst: 0.0, best: 400.0)", "(worst: 0.0, best: 400.0]"),
        bent("a text without an end", title, "title: \"Supper clubs"),
        bent("a comment without an end", title, "/* title: \"Supper clubs\""),
        bent("a comment in a comment without an end", title, "/* /* */ title: \"Supper clubs\""),
        bent("an unknown escape", title, "title: \"C:\\quiche\""),
        bent("an escape of no character", title, "title: \"\\u{110000}\""),
        bent("single quotation marks", title, "title: 'Supper clubs'"),
        bent("curved quotation marks", title, "title: “Supper clubs”"),
        bent("a raw text without an end", title, "title: r#\"Supper clubs\""),
        bent("a text of bytes", title, "title: b\"Supper clubs\""),
        bent("a pound sign outside a text", title, "title: £"),
        bent("brackets 20,000 deep", title, &format!("title: {}", "(".repeat(20_000))),
        bent("lists 20,000 deep", title, &format!("title: {}", "[".repeat(20_000))),
        bent("names 20,000 deep", title, &format!("title: {}", "Some(".repeat(20_000))),
        bent("maps 20,000 deep", title, &format!("title: {}", "{1:".repeat(20_000))),
        bent("brackets 49 deep, all closed", title, &format!("title: {}{}", "[".repeat(49), "]".repeat(49))),
    ]
}

fn fields() -> Vec<Case> {
    vec![
        bent("a field nobody knows", "money: ()", "money: (cash: 3)"),
        bent("a field mistyped", "swing: 50.0", "swng: 50.0"),
        bent("a field in capitals", "swing: 50.0", "SWING: 50.0"),
        bent("a field with a letter that looks alike", "swing: 50.0", "swіng: 50.0"),
        bent("a field that is missing", "Linear(worst: 0.0, best: 400.0)", "Linear(best: 400.0)"),
        bent("the title missing", "title: \"Supper clubs\",", ""),
        bent("a field twice", "swing: 50.0", "swing: 50.0, swing: 51.0"),
        bent(
            "a key twice, once with an escape",
            "\"meals-f222\": 100.0,",
            "\"meals-f222\": 100.0, \"m\\u{65}als-f222\": 5.0,",
        ),
        bent("fields without names", "Linear(worst: 0.0, best: 400.0)", "Linear(0.0, 400.0)"),
    ]
}

fn values() -> Vec<Case> {
    vec![
        bent("not a number", "swing: 50.0", "swing: NaN"),
        bent("minus not a number", "swing: 50.0", "swing: -NaN"),
        bent("infinity", "swing: 50.0", "swing: inf"),
        bent("minus infinity", "worst: 0.0", "worst: -inf"),
        bent("a number past all numbers", "swing: 50.0", "swing: 1e999"),
        bent("a number of a thousand digits", "swing: 50.0", &format!("swing: {}", "9".repeat(1000))),
        bent("a number with a comma", "swing: 50.0", "swing: 1,000.0"),
        bent("a number with its unit", "swing: 50.0", "swing: 50%"),
        bent("a number in words", "swing: 50.0", "swing: fifty"),
        bent("a number in a text", "swing: 50.0", "swing: \"50\""),
        bent("a number in a list", "swing: 50.0", "swing: [50.0]"),
        bent("a figure of another script", "swing: 50.0", "swing: ٥٠"),
        bent("a whole number with decimals", "round: 1,", "round: 1.5,"),
        bent("a whole number past its type", "round: 1,", "round: 300,"),
        bent("a whole number below nought", "round: 1,", "round: -1,"),
        bent("a number for a text", "name: \"Meals\"", "name: 5"),
        bent("a word for a text", "name: \"Meals\"", "name: Meals"),
        bent("a word for yes or no", "marginal: false", "marginal: no"),
        bent("a number for yes or no", "marginal: false", "marginal: 0"),
        bent("a word that is none of its list", "side: Operational", "side: Operatonal"),
        bent("a word in quotation marks", "side: Operational", "side: \"Operational\""),
        bent("a word without its figure", "AtLeast(50.0)", "AtLeast"),
        bent("a word with too many figures", "AtLeast(50.0)", "AtLeast(50.0, 60.0)"),
        bent("too few figures", "swing_range: (0.0, 400.0)", "swing_range: (0.0)"),
        bent("a list for a thing", "sectors: [", "sectors: [5, "),
        bent("a thing for a list", "sectors: [", "sectors: (["),
        bent("a sum of money in words", "block_fee: \"£50,000\"", "block_fee: \"lots\""),
        bent("a sum of money in another currency", "block_fee: \"£50,000\"", "block_fee: \"€50,000\""),
        bent("a sum of money as a number", "block_fee: \"£50,000\"", "block_fee: 50000"),
        bent(
            "a sum of money past counting",
            "block_fee: \"£50,000\"",
            "block_fee: \"£99999999999999999999\"",
        ),
        bent("a control in a text", "Supper clubs", "Supper\u{1b}[31m clubs"),
        bent("a control written as an escape", "Supper clubs", "Supper\\u{7} clubs"),
        bent("a mark that turns writing round", "Supper clubs", "Supper \u{202e}sbulc"),
        bent("a nought in a text", "Supper clubs", "Supper\\0clubs"),
    ]
}

fn unsound() -> Vec<Case> {
    let long = format!("id: \"{}\"", "a".repeat(65));
    vec![
        bent("an id twice", "id: \"kitchens-o333\"", "id: \"caterer-o222\""),
        bent(
            "an id that nothing has",
            "recommendation: \"kitchens-o333\"",
            "recommendation: \"nobody-o999\"",
        ),
        bent("an id with blanks and capitals", "id: \"ida-p222\"", "id: \"Ida P\""),
        bent("an empty id", "id: \"ida-p222\"", "id: \"\""),
        bent("an id that is too long", "id: \"ida-p222\"", &long),
        bent("an id that is a path", "id: \"ida-p222\"", "id: \"../../etc/passwd\""),
        bent("a share above one", "floor: 0.25", "floor: 2.5"),
        bent("a share below nought", "floor: 0.25", "floor: -0.25"),
        bent("a swing below nought", "swing: 50.0", "swing: -1.0"),
        bent("a third round", "round: 1,", "round: 3,"),
    ]
}
