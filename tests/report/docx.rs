//! The paper as Word: read back as any program would read it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use evenhand::exchange::report::{Block, Cell, Column, Format, Kind, Paper, Run, Table};
use quick_xml::{Reader, events::Event};

use crate::report_support::{HOSTILE, bytes, hostile, paper};

/// The parts of the package by their names.
fn parts(paper: &Paper) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes(paper, Format::Word))).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().unwrap().into_owned(), bytes);
    }
    parts
}

fn part(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).unwrap()
}

#[test]
fn every_part_is_sound_markup_whatever_stands_in_the_paper() {
    for paper in [paper(), hostile(), Paper::default()] {
        for (name, bytes) in parts(&paper).iter().filter(|(name, _)| !name.ends_with(".png")) {
            let text = std::str::from_utf8(bytes).unwrap();
            let mut reader = Reader::from_str(text);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
            assert!(!text.contains(['\u{0}', '\u{7}', '\u{1b}', '\u{202E}', '\u{FFFE}']), "{name}");
        }
    }
}

#[test]
fn the_styles_are_those_that_a_clerk_knows() {
    let parts = parts(&paper());
    let (document, styles) = (part(&parts, "word/document.xml"), part(&parts, "word/styles.xml"));
    for style in [
        "Title",
        "Subtitle",
        "Heading1",
        "Heading2",
        "Heading3",
        "BodyText",
        "ListBullet",
        "ListNumber",
        "Quote",
        "Caption",
        "TableText",
        "TableFigure",
        "TableHead",
        "Note",
        "Warning",
    ] {
        assert!(document.contains(&format!("<w:pStyle w:val=\"{style}\" />")), "{style} is not used");
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style} is not there");
    }
    for name in ["heading 1", "List Bullet", "List Number", "caption", "header", "footer", "Title"] {
        assert!(styles.contains(&format!("<w:name w:val=\"{name}\"/>")), "{name}");
    }
    assert!(styles.contains("<w:lang w:val=\"en-GB\""));
}

#[test]
fn table_heads_come_again_and_rows_are_not_torn() {
    let document = part(&parts(&paper()), "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader />").count(), document.matches("<w:tbl>").count());
    assert_eq!(document.matches("<w:cantSplit />").count(), document.matches("<w:tr>").count());
    assert!(document.matches("<w:tbl>").count() >= 2);
}

#[test]
fn pictures_are_outlines_with_a_picture_behind_and_say_what_they_show() {
    let parts = parts(&paper());
    let document = part(&parts, "word/document.xml");
    let pictures = document.matches("<wp:docPr ").count();
    assert_eq!(pictures, 6);
    assert_eq!(document.matches("asvg:svgBlip").count(), pictures);
    assert!(document.contains("descr=\"operational 94, commercial 40\""));
    assert!(document.contains("descr=\"Line chart of the totals"));
    assert_eq!(parts.keys().filter(|name| name.ends_with(".svg")).count(), pictures);
    let relations = part(&parts, "word/_rels/document.xml.rels");
    for number in 1..=pictures {
        assert!(relations.contains(&format!("media/outline{number}.svg")));
        assert!(document.contains(&format!("r:embed=\"rIdOutline{number}\"")));
    }
    assert!(part(&parts, "[Content_Types].xml").contains("image/svg+xml"));
}

#[test]
fn a_picture_shows_the_whole_of_its_drawing() {
    let parts = parts(&paper());
    let png = &parts["word/media/rIdImage1.png"];
    let picture = image::load_from_memory(png).unwrap().to_rgba8();
    let (width, height) = picture.dimensions();
    // The bar begins at the left edge, and is as high there as at its end.
    for x in [width / 100 + 1, width / 2] {
        for y in [height / 4, height / 2, height * 3 / 4] {
            assert_eq!(picture.get_pixel(x, y).0, [0x0C, 0x7C, 0x78, 255], "{x} {y} of {width} {height}");
        }
    }
}

#[test]
fn links_lead_to_headings_that_are_there() {
    let document = part(&parts(&paper()), "word/document.xml");
    let links: Vec<&str> = document
        .split("<w:hyperlink ")
        .skip(1)
        .filter_map(|rest| rest.split("w:anchor=\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(links.len(), 2);
    for link in links {
        assert!(document.contains(&format!("w:name=\"{link}\"")), "{link}");
    }
}

#[test]
fn the_edges_hold_the_meeting_and_the_number_of_the_page() {
    let parts = parts(&paper());
    let (head, foot) = (part(&parts, "word/header1.xml"), part(&parts, "word/footer1.xml"));
    assert!(head.contains("Westmere Council") && head.contains("Cabinet, 12 March, item 7"));
    assert!(foot.contains("PAGE") && foot.contains("NUMPAGES") && foot.contains(" of "));
}

#[test]
fn the_file_says_no_more_of_itself_than_the_paper_does() {
    let parts = parts(&paper());
    let core = part(&parts, "docProps/core.xml");
    assert!(core.contains("Support for people leaving custody") && core.contains("2026-03-12T00:00:00Z"));
    assert!(!core.contains("dc:creator") && !core.contains("lastModifiedBy"), "{core}");
    let named = Paper { author: Some("A. Clerk <x>".into()), ..paper() };
    assert!(
        part(&self::parts(&named), "docProps/core.xml")
            .contains("<dc:creator>A. Clerk &lt;x&gt;</dc:creator>")
    );
}

#[test]
fn nothing_leads_outside() {
    for (name, bytes) in parts(&hostile()) {
        if name.ends_with(".rels") {
            assert!(!String::from_utf8(bytes).unwrap().contains("TargetMode=\"External\""), "{name}");
        }
    }
}

#[test]
fn hostile_words_are_words() {
    let document = part(&parts(&hostile()), "word/document.xml");
    assert!(document.contains("&lt;script&gt;"));
    assert!(document.contains("a[U+202E]gnirts"));
    assert!(document.contains(HOSTILE[7]));
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    assert!(bytes(&paper(), Format::Word) == bytes(&paper(), Format::Word));
}

#[test]
fn what_belongs_together_stays_on_one_page() {
    let cell = |text: &str| vec![Cell::plain(text), Cell::plain("£2.0m (1.2–2.8)")];
    let table = |rows: usize| {
        Block::Table(Table {
            columns: vec![Column { head: "Option".to_owned(), kind: Kind::Words, share: 1.0 }; 2],
            rows: (0..rows).map(|row| cell(&format!("Row {row}"))).collect(),
            ..Table::default()
        })
    };
    let document =
        |block: Block| part(&parts(&Paper { blocks: vec![block], ..Paper::default() }), "word/document.xml");
    let held = |document: &str| document.matches("<w:keepNext").count();
    // The heads, the first row and the last but one; two cells each.
    assert_eq!(held(&document(table(3))), 2 * 3);
    assert_eq!(held(&document(table(30))), 2 * 3);
    // The last row stays with its note, and so does what parts the two.
    let Block::Table(with_note) = table(30) else { unreachable!() };
    let with_note = Block::Table(Table { note: "Of 100.".to_owned(), ..with_note });
    assert_eq!(held(&document(with_note)), 2 * 4 + 1);
    assert!(document(table(3)).contains("1.2\u{2060}–\u{2060}2.8"), "a range is joined");
    let words = |text: &str| Block::Paragraph(vec![Run::plain(text)]);
    assert_eq!(held(&document(words("These are the reasons:"))), 1);
    assert_eq!(held(&document(words("These are the reasons."))), 0);
}
