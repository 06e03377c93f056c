//! Where a fault of a file is: the line and the column of the very thing that is wrong.

use std::time::{Duration, Instant};

use evenhand::{
    exchange::examples,
    file::{format, read_error::ReadError},
};

/// The example with one text in place of another, the first time that it stands there, and where that is.
fn bent(from: &str, to: &str) -> (String, usize, usize) {
    let whole = examples::find("westmere").unwrap().text;
    let at = whole.find(from).unwrap_or_else(|| panic!("“{from}” is in the example"));
    let line = whole[..at].matches('\n').count() + 1;
    let column = whole[..at].rsplit('\n').next().unwrap().chars().count() + 1;
    (whole.replacen(from, to, 1), line, column)
}

fn fault(text: &str) -> ReadError {
    format::from_text(text, "w").expect_err("it is not sound")
}

#[test]
fn an_id_with_a_stroke_in_it_is_pointed_at() {
    let whole = examples::find("westmere").unwrap().text;
    let id = whole.split("options: [").nth(1).unwrap().split("id: \"").nth(1).unwrap();
    let id = &id[..id.find('"').unwrap()];
    for bad in ["a/b", "/", "a//b", "options/name"] {
        let text = whole.replace(&format!("\"{id}\""), &format!("\"{bad}\""));
        let error = fault(&text);
        let quoted = format!("\"{bad}\"");
        let line = text.lines().nth(error.line - 1).unwrap();
        let there: String = line.chars().skip(error.column - 1).take(quoted.chars().count()).collect();
        assert_eq!(there, quoted, "{error}");
        let first = text.find(&quoted).unwrap();
        assert_eq!(error.line, text[..first].matches('\n').count() + 1, "the option itself: {error}");
    }
}

#[test]
fn a_whole_number_out_of_range_is_pointed_at_with_its_range() {
    for (from, to, range) in [
        ("round: 1,", "round: 300,", "1 to 2"),
        ("round: 1,", "round: 300 ,", "1 to 2"),
        ("round: 1,", "round: -1\n,", "1 to 2"),
        ("horizon_years: 5,", "horizon_years: 99999999999,", "1 to 100"),
    ] {
        let (text, line, column) = bent(from, to);
        let error = fault(&text);
        let key = from.split(": ").next().unwrap();
        assert_eq!((error.line, error.column), (line, column + key.len() + 2), "{error}");
        assert!(error.remedy.contains(range), "{error}");
    }
}

#[test]
fn a_file_of_blanks_of_the_largest_size_is_refused_at_once() {
    for text in [" ".repeat(63 << 20), "(".to_owned() + &" ".repeat(63 << 20)] {
        let begun = Instant::now();
        let error = fault(&text);
        // A second in an unoptimised build; what counted each blank again for every excerpt took seven.
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert!(error.excerpt[0].text.chars().count() < 120);
    }
}
