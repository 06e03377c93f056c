//! Papers put together from workspaces, and what they say as plain text.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use evenhand::{
    analysis::{
        Analysis, Undefined,
        balance::robustness::{self, Draws, Robustness, by_weights::with_evidence_otherwise},
        course::Course,
    },
    exchange::{
        drawing::PaperCharts,
        examples,
        report::{
            Block, Run, Table,
            compose::{self, Composed, Inputs, Level, Terms},
        },
    },
    file::format,
    model::Workspace,
};

pub fn example(name: &str) -> Workspace {
    let example = examples::find(name).unwrap();
    format::from_text(example.text, name).unwrap().workspace
}

/// A workspace with what follows from it.
pub struct Known {
    pub workspace: Workspace,
    pub analysis: Analysis,
    pub run: Result<Robustness, Undefined>,
    pub otherwise: Option<Vec<f64>>,
}

impl Known {
    pub fn of(workspace: Workspace) -> Self {
        let analysis = Analysis::of(&workspace);
        let draws = Draws { iterations: 2_000, ..Draws::asked_for(&workspace) };
        let run = robustness::run(&workspace, draws, &Course::default())
            .and_then(|run| run.ok_or(Undefined("stopped")));
        let otherwise = with_evidence_otherwise(&workspace, draws, &Course::default()).and_then(Result::ok);
        Self { workspace, analysis, run, otherwise }
    }

    pub fn paper(&self, terms: &Terms) -> Composed {
        let inputs = Inputs {
            workspace: &self.workspace,
            analysis: &self.analysis,
            robustness: self.run.as_ref().map_err(|why| *why),
            evidence_otherwise: self.otherwise.as_deref(),
            charts: &PaperCharts::default(),
            revision: 7,
            fingerprint: "abc",
        };
        compose::paper(inputs, terms)
    }
}

pub fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The whole of a paper as plain text.
pub fn text(composed: &Composed) -> String {
    let paper = &composed.paper;
    let mut out =
        format!("{} | {}\n# {}\n{}\n", paper.head[0], paper.head[1], paper.title, paper.under_title);
    for block in &paper.blocks {
        match block {
            Block::Heading { level, number, text, .. } => {
                out += &format!("\n{} {number} {text}\n", "#".repeat(usize::from(*level) + 1));
            }
            Block::Paragraph(runs) => out += &format!("{}\n", words(runs)),
            Block::Note(runs) => out += &format!("  ({})\n", words(runs)),
            Block::Warning(runs) => out += &format!("! {}\n", words(runs)),
            Block::List { items, .. } => {
                for item in items {
                    out += &format!("- {}\n", words(&item.runs));
                }
            }
            Block::Quote { words, who } => out += &format!("> {words} -- {who}\n"),
            Block::Table(table) => out += &table_text(table),
            Block::Figure(figure) => out += &format!("[{}: {}]\n", figure.caption, figure.alternative),
            Block::NewPage => out += "\n----\n",
        }
    }
    format!("{out}\n{}\n", paper.foot)
}

pub fn table_text(table: &Table) -> String {
    let heads: Vec<&str> = table.columns.iter().map(|column| column.head.as_str()).collect();
    let mut out = format!("{}\n{}\n", table.caption, heads.join(" | "));
    for row in &table.rows {
        let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
        out += &format!("{}\n", cells.join(" | "));
    }
    format!("{out}  ({})\n", table.note)
}

pub fn terms(level: Level) -> Terms {
    Terms { level, ..Terms::default() }
}
