//! The paper as HTML.

use evenhand::exchange::report::{Format, Paper};

use crate::report_support::{bytes, hostile, many, paper};

fn html(paper: &Paper) -> String {
    String::from_utf8(bytes(paper, Format::Html)).unwrap()
}

/// The page without its style.
fn body(paper: &Paper) -> String {
    html(paper).split_once("<body>").unwrap().1.to_owned()
}

#[test]
fn nothing_is_asked_for_from_outside() {
    for paper in [paper(), hostile()] {
        let page = html(&paper);
        assert!(page.contains("default-src 'none'"));
        for outside in ["src=", "<link", "<iframe", "<script", "@import", "<img", "<base", "<form"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(
            page.matches("url(").count() == page.matches("url(data:").count() + page.matches("url(#").count()
        );
        let links = page.matches("href=\"").count();
        assert_eq!(links, page.matches("href=\"#").count());
    }
}

#[test]
fn the_faces_are_inside_and_the_page_stays_small() {
    let page = html(&paper());
    assert_eq!(page.matches("@font-face").count(), 4);
    assert!(page.len() < 600_000, "{}", page.len());
}

#[test]
fn those_who_hear_it_get_headings_heads_and_what_charts_show() {
    let body = body(&paper());
    assert!(html(&paper()).contains("<html lang=\"en-GB\">"));
    assert_eq!(body.matches("<h1>").count(), 1);
    assert!(body.contains("<h2 id=\"h1\">1. Recommendation</h2>"));
    assert!(body.contains("href=\"#paper\"") && body.contains("<main id=\"paper\">"));
    assert!(body.contains("<th scope=\"col\">Option</th>"));
    assert!(body.contains("<th scope=\"row\"><strong>B Local partnership</strong></th>"));
    assert!(body.contains("operational 94, commercial 40"));
    assert!(body.contains("<figcaption>Figure 1:"));
    assert!(body.contains("<a href=\"#h5\">Who said what</a>"));
}

#[test]
fn a_wide_table_is_set_in_parts_and_loses_no_figure() {
    let mut wide = paper();
    wide.blocks = vec![evenhand::exchange::report::Block::Table(many(50, 31))];
    let body = body(&wide);
    assert!(body.matches("<table>").count() > 1);
    assert_eq!(body.matches("<td").count(), 50 * 30);
}

#[test]
fn hostile_words_are_words() {
    let body = body(&hostile());
    assert!(body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!body.contains(['\u{0}', '\u{7}', '\u{1b}', '\u{202E}']));
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    assert!(html(&paper()) == html(&paper()));
}
