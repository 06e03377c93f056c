//! Papers to try the writers on.
#![allow(dead_code)]

pub mod told;

use evenhand::analysis::course::Course;
use evenhand::exchange::drawing::{Colour, Drawing, Face, Letters, Line, Mark, MarkShape, PathStep};
use evenhand::exchange::report::{Block, Cell, Column, Figure, Format, Item, Kind, Paper, Run, Table, write};

const TEAL: Colour = Colour { red: 0x0C, green: 0x7C, blue: 0x78, alpha: 255 };
const OCHRE: Colour = Colour { red: 0xBE, green: 0x7C, blue: 0x0C, alpha: 255 };
const INK: Colour = Colour { red: 0x1B, green: 0x23, blue: 0x30, alpha: 255 };

/// The bytes of a paper.
pub fn bytes(paper: &Paper, format: Format) -> Vec<u8> {
    write(paper, format, &Course::default()).unwrap_or_else(|why| panic!("{format:?}: {why}"))
}

fn rectangle(sides: [f32; 4], fill: Colour, clip: [f32; 2]) -> Mark {
    let steps = PathStep::rectangle(sides);
    Mark {
        clip: [0.0, 0.0, clip[0], clip[1]],
        shape: MarkShape::Path { steps, fill: Some(fill), stroke: None },
    }
}

/// Letters with half their size for each.
pub fn letters(words: &str, at: [f32; 2], face: Face, clip: [f32; 2]) -> Mark {
    let along = (0..words.chars().count()).map(|place| place as f32 * 6.5).collect();
    let letters = Letters { words: words.to_owned(), at, along, turn: 0.0, size: 13.0, face, colour: INK };
    Mark { clip: [0.0, 0.0, clip[0], clip[1]], shape: MarkShape::Text(letters) }
}

/// A bar of two parts.
pub fn bar(operational: f32, commercial: f32) -> Drawing {
    let size = [140.0, 12.0];
    Drawing {
        size,
        marks: vec![
            rectangle([0.0, 1.0, operational, 11.0], TEAL, size),
            rectangle([operational + 1.0, 1.0, operational + commercial, 11.0], OCHRE, size),
        ],
    }
}

/// A chart with two lines, words and an icon.
pub fn chart() -> Drawing {
    let size = [620.0, 260.0];
    let line = |points: [[f32; 2]; 3], colour| Mark {
        clip: [0.0, 0.0, size[0], size[1]],
        shape: MarkShape::Path {
            steps: vec![PathStep::Move(points[0]), PathStep::Line(points[1]), PathStep::Line(points[2])],
            fill: None,
            stroke: Some(Line { colour, width: 2.0 }),
        },
    };
    Drawing {
        size,
        marks: vec![
            rectangle([0.0, 0.0, 620.0, 260.0], Colour { red: 250, green: 248, blue: 244, alpha: 255 }, size),
            line([[20.0, 40.0], [300.0, 120.0], [600.0, 220.0]], TEAL),
            line([[20.0, 200.0], [300.0, 130.0], [600.0, 60.0]], OCHRE),
            letters("Local partnership leads until 62 %", [40.0, 30.0], Face::Text, size),
            letters("67", [300.0, 112.0], Face::NumericBold, size),
            letters("\u{E46A}", [560.0, 30.0], Face::Icon, size),
        ],
    }
}

fn heading(level: u8, number: &str, text: &str, anchor: &str) -> Block {
    Block::Heading { level, number: number.into(), text: text.into(), anchor: anchor.into() }
}

fn words(text: &str) -> Block {
    Block::Paragraph(vec![Run::plain(text)])
}

/// A table of the options, with bars.
pub fn options() -> Table {
    let column = |head: &str, kind, share| Column { head: head.into(), kind, share };
    let rows = [
        ("B  Local partnership", "67", (94.0, 40.0), "£10.8m", "8"),
        ("C  Social investor contract", "58", (60.0, 55.0), "£8.1m", "183"),
        ("E  Improve the present mix", "50", (53.0, 47.0), "£6.8m", "73"),
        ("D  Personal support budgets", "45", (60.0, 29.0), "£9.9m", "88"),
        ("A  National prime contract", "44", (23.0, 64.0), "£6.7m", "433"),
    ];
    let row = |(place, (name, score, (a, b), cost, left)): (usize, &(&str, &str, (f32, f32), &str, &str))| {
        let cell = |text: &str| if place == 0 { Cell::strong(text) } else { Cell::plain(text) };
        let says = format!("operational {a:.0}, commercial {b:.0}");
        vec![cell(name), cell(score), Cell::drawn(bar(*a, *b), says), Cell::plain(*cost), Cell::plain(*left)]
    };
    Table {
        caption: "Table 1: The five options, the best first".into(),
        columns: vec![
            column("Option", Kind::Words, 3.0),
            column("Score", Kind::Figures, 1.0),
            column("Operational, commercial", Kind::Drawing, 2.4),
            column("Cost", Kind::Figures, 1.1),
            column("Left out", Kind::Figures, 1.0),
        ],
        rows: rows.iter().enumerate().map(row).collect(),
        note: "Cost is over five years. Left out: people a year below an equal share of support.".into(),
    }
}

/// A paper such as a committee gets.
pub fn paper() -> Paper {
    let mut blocks = vec![
        heading(1, "1.", "Recommendation", "recommendation"),
        words(
            "That Cabinet commission a local partnership, paid by block according to need, with a small shared payment \
             for outcomes, for five years at £10.8m.",
        ),
        Block::Warning(vec![
            Run::strong("Two things were not settled when this was signed: "),
            Run::plain("two need groups have no voice, and one statement has no answer. See "),
            Run::link("Who said what", "voices"),
            Run::plain("."),
        ]),
        heading(1, "2.", "Options considered", "options"),
        Block::Table(options()),
        Block::Figure(Figure {
            caption: "Figure 1: Local partnership leads until commercial factors pass 62 % of the weight".into(),
            alternative: "Line chart of the totals of two options against the weight of commercial factors; they cross at 62 %."
                .into(),
            drawing: chart(),
            note: "The fourteen people in the room gave commercial factors 42 % of the weight.".into(),
        }),
        heading(1, "3.", "Why the local partnership", "why"),
        words(
            "It reaches 70 % of people in need, and no need group falls behind. It leads in 82 % of plausible weights. It \
             would lose the lead only if commercial factors carried more than 62 % of the weight; the fourteen people in \
             the room gave them 42 %.",
        ),
        Block::List {
            numbered: false,
            items: ["No referral may be refused; 40 % in-reach is the floor for every group.", "Shares by need group published each quarter."]
                .map(|text| Item { runs: vec![Run::plain(text)] })
                .to_vec(),
        },
        heading(2, "3.1", "What would change it", "change"),
        Block::List {
            numbered: true,
            items: (1..=11)
                .map(|number| Item { runs: vec![Run::plain(format!("Trigger {number}: any group’s share falls under 56 % in two quarters running, at which the board meets within ten working days to look at the prices again."))] })
                .collect(),
        },
        heading(1, "4.", "Who said what", "voices"),
        Block::Quote {
            words: "Results should carry more of the price. Without that we pay for activity, as we did before, and nobody \
                    will know for three years."
                .into(),
            who: "Prime contractor".into(),
        },
        Block::Quote { words: "You never asked us.".into(), who: String::new() },
        heading(3, "", "How this was answered", ""),
        words("Only 17p in each £1 saved is cash."),
        Block::Note(vec![Run::plain("Figures are illustrative. "), Run::link("Back to the options", "options")]),
        Block::NewPage,
        heading(1, "A.", "Appendix: all scores", "scores"),
        Block::Table(many(50, 8)),
    ];
    blocks.push(words("End of the paper."));
    Paper {
        title: "Support for people leaving custody: how to commission it from April".into(),
        subject: "Leaving custody in Westmere".into(),
        author: None,
        day: Some(jiff::civil::date(2026, 3, 12)),
        head: ["Westmere Council".into(), "Cabinet, 12 March, item 7".into()],
        foot: "Illustrative figures".into(),
        under_title: "Report of the Head of Community Safety. Key decision. Ward affected: all.".into(),
        blocks,
    }
}

/// A table of figures.
pub fn many(rows: usize, columns: usize) -> Table {
    let column = |at: usize| Column {
        head: if at == 0 { "Option".into() } else { format!("Factor number {at}, whole-life") },
        kind: if at == 0 { Kind::Words } else { Kind::Figures },
        share: if at == 0 { 2.0 } else { 1.0 },
    };
    let cell = |row: usize, at: usize| {
        if at == 0 {
            Cell::plain(format!("Option {row} of many"))
        } else {
            Cell::plain(format!("{}.{}", row * at % 100, at % 10))
        }
    };
    Table {
        caption: format!("{rows} options by {columns} columns"),
        columns: (0..columns).map(column).collect(),
        rows: (0..rows).map(|row| (0..columns).map(|at| cell(row, at)).collect()).collect(),
        note: "Every figure is invented.".into(),
    }
}

/// As much as the largest supported workspace makes: 50 options, 30 factors, 200 voices.
pub fn largest() -> Paper {
    let mut blocks = Vec::new();
    for part in 0..8 {
        blocks.push(heading(1, &format!("{}.", part + 1), &format!("Part {part}"), &format!("part-{part}")));
        blocks.push(Block::Table(many(50, 31)));
        blocks.push(Block::Figure(Figure {
            caption: format!("Figure {part}"),
            alternative: "Two lines that cross.".into(),
            drawing: chart(),
            note: String::new(),
        }));
    }
    for voice in 0..200 {
        blocks.push(heading(2, "", &format!("Voice {voice}"), ""));
        for statement in 0..3 {
            blocks.push(Block::Quote {
                words: format!("Statement {statement} of voice {voice}: the prices leave out those who need most support, and nobody is asked. ").repeat(4),
                who: format!("Voice {voice}"),
            });
            blocks.push(words(
                &"It was answered at length, with figures and reasons, by the head of service. ".repeat(6),
            ));
        }
    }
    Paper { blocks, ..paper() }
}

/// What somebody could write who wants to break something.
pub const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "]]> & \" ' <w:p>",
    "=HYPERLINK(\"http://evil.example\")",
    "@SUM(A1) +1 -1",
    "a\u{202E}gnirts desrever\u{202C}b",
    "nul\u{0} bell\u{7} escape\u{1b}[31m",
    "\u{FFFE}\u{FFFF}\u{E000}\u{F8FF}",
    "שלום עולם",
    "مرحبا بالعالم",
    "👩‍👩‍👧 flags 🇬🇧 中文 한국어",
    "e\u{301}\u{300}\u{302}\u{303} zalgo",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "\u{200B}\u{FEFF}\u{AD}",
    "\t\n\r \u{2028}\u{2029}",
];

/// Hostile strings at every place of a paper.
pub fn hostile() -> Paper {
    let all = HOSTILE.join(" ");
    let mut blocks = Vec::new();
    for text in HOSTILE.iter().copied().chain([all.as_str(), ""]) {
        blocks.push(heading(7, text, text, text));
        blocks.push(Block::Paragraph(vec![
            Run::plain(text),
            Run::strong(text),
            Run::link(text, text),
            Run::link(text, "nowhere"),
        ]));
        blocks.push(Block::Note(vec![Run::plain(text)]));
        blocks.push(Block::Warning(vec![Run::plain(text)]));
        blocks.push(Block::List {
            numbered: true,
            items: vec![Item { runs: vec![Run::plain(text)] }, Item::default()],
        });
        blocks.push(Block::Quote { words: text.into(), who: text.into() });
        let column = |kind| Column { head: text.into(), kind, share: f32::NAN };
        blocks.push(Block::Table(Table {
            caption: text.into(),
            columns: vec![column(Kind::Words), column(Kind::Figures), column(Kind::Drawing)],
            rows: vec![vec![Cell::plain(text); 5], vec![Cell::plain(text)], Vec::new()],
            note: text.into(),
        }));
        let size = [300.0, 40.0];
        blocks.push(Block::Figure(Figure {
            caption: text.into(),
            alternative: text.into(),
            drawing: Drawing { size, marks: vec![letters(text, [5.0, 20.0], Face::Text, size)] },
            note: text.into(),
        }));
    }
    blocks.push(Block::Table(Table::default()));
    blocks.push(Block::List { numbered: false, items: Vec::new() });
    blocks.push(Block::Paragraph(Vec::new()));
    blocks.push(Block::NewPage);
    blocks.push(Block::NewPage);
    Paper {
        title: all.clone(),
        subject: all.clone(),
        author: Some(all.clone()),
        day: None,
        head: [all.clone(), all.clone()],
        foot: all.clone(),
        under_title: all,
        blocks,
    }
}
