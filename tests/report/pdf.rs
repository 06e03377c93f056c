//! The paper as PDF.

use evenhand::exchange::report::{Block, Format, Paper};

use crate::report_support::{bytes, hostile, largest, paper};

/// How often a word of the file's own stands in it; what is pressed together is not looked into.
fn count(bytes: &[u8], word: &str) -> usize {
    bytes.windows(word.len()).filter(|window| *window == word.as_bytes()).count()
}

#[test]
fn it_is_tagged_named_and_in_english() {
    let bytes = bytes(&paper(), Format::Pdf);
    for word in ["/StructTreeRoot", "/MarkInfo", "/Lang(en-GB)", "/DisplayDocTitle true", "/Outlines"] {
        assert!(count(&bytes, word) > 0, "{word}");
    }
    assert_eq!(count(&bytes, "/S/H1"), 5);
    // The one of level 2, and one of level 3 that stands right under one of level 1: no level is left out.
    assert_eq!(count(&bytes, "/S/H2"), 2);
    assert_eq!(count(&bytes, "/S/H3"), 0);
    assert_eq!(count(&bytes, "/S/Table"), 2);
    // Five rows of bars, and the chart.
    assert_eq!(count(&bytes, "/S/Figure"), 6);
    assert_eq!(count(&bytes, "/Alt"), 6);
    // Two lists of two and eleven points.
    assert_eq!(count(&bytes, "/S/LI"), 13);
    assert_eq!(count(&bytes, "/S/LBody"), 13);
}

#[test]
fn every_table_head_says_what_it_heads() {
    let bytes = bytes(&paper(), Format::Pdf);
    assert_eq!(count(&bytes, "/Scope/Column"), 5 + 8);
    assert_eq!(count(&bytes, "/Scope/Row"), 5 + 50);
    // Heads that come again on the next page are for the eye alone.
    assert_eq!(count(&bytes, "/S/TR"), 1 + 5 + 1 + 50);
}

#[test]
fn fonts_are_inside_and_nothing_leads_outside() {
    for paper in [paper(), hostile()] {
        let bytes = bytes(&paper, Format::Pdf);
        assert!(count(&bytes, "/FontFile2 ") >= 3);
        assert_eq!(count(&bytes, "/FontFile2 "), count(&bytes, "/Subtype/CIDFontType2"));
        for outside in ["/URI", "/JavaScript", "/Launch", "/GoToR", "/EmbeddedFile"] {
            assert_eq!(count(&bytes, outside), 0, "{outside}");
        }
    }
}

#[test]
fn links_are_places_on_pages_of_the_paper() {
    let bytes = bytes(&paper(), Format::Pdf);
    assert_eq!(count(&bytes, "/Subtype/Link"), 2);
    assert_eq!(count(&bytes, "/S/Link"), 2);
}

#[test]
fn hostile_words_in_any_block_leave_the_file_whole() {
    let is_whole = |paper: &Paper| {
        let bytes = bytes(paper, Format::Pdf);
        bytes.starts_with(b"%PDF-1.7")
            && bytes.trim_ascii_end().ends_with(b"%%EOF")
            && count(&bytes, "/Page/") > 0
    };
    let hostile = hostile();
    assert!(is_whole(&hostile) && is_whole(&Paper::default()));
    for block in &hostile.blocks {
        let alone = Paper { blocks: vec![block.clone()], ..hostile.clone() };
        assert!(is_whole(&alone), "{block:?}");
    }
}

#[test]
fn a_chart_that_tells_more_than_the_standard_holds_does_not_stop_the_paper() {
    let mut crowded = paper();
    crowded.day = Some(jiff::civil::date(2026, 3, 9));
    crowded.subject = "How should it be bought? ".repeat(3_000);
    for block in &mut crowded.blocks {
        if let Block::Figure(figure) = block {
            figure.alternative = (0..3_000).map(|at| format!("Option {at}, 1st of 50: 2 %. ")).collect();
        }
    }
    let bytes = bytes(&crowded, Format::Pdf);
    assert_eq!(count(&bytes, "/Alt"), 6);
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    assert!(bytes(&paper(), Format::Pdf) == bytes(&paper(), Format::Pdf));
}

/// To be looked at they are left in the folder that `EVENHAND_WRITE_PAPERS` names.
#[test]
fn ordinary_hostile_and_very_large_papers_are_written_in_every_format() {
    let folder = std::env::var_os("EVENHAND_WRITE_PAPERS");
    for format in Format::ALL {
        let starts: &[u8] = match format {
            Format::Word => b"PK",
            Format::Pdf => b"%PDF-1.7",
            Format::Html => b"<!DOCTYPE html>",
        };
        for (name, paper) in [("paper", paper()), ("hostile", hostile()), ("largest", largest())] {
            let bytes = bytes(&paper, format);
            assert!(bytes.starts_with(starts), "{name}, {format:?}");
            if let Some(folder) = &folder {
                let at = std::path::Path::new(folder).join(format!("{name}.{}", format.ending()));
                std::fs::write(at, bytes).unwrap();
            }
        }
    }
}
