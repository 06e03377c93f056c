//! Ballots that come in at once. 5,000 rows must be read, matched with the register and proposed within 100 ms.

mod workspaces;

use divan::Bencher;
use evenhand::{
    exchange::{
        TableKind,
        import::{Choices, Incoming, Moment, propose},
        read_table,
    },
    model::{Workspace, voices::Stakeholder},
};
use jiff::civil::date;

const ROWS: usize = 5_000;

fn main() {
    divan::main();
}

/// 5,000 people in the register, twelve factors, and no ballot yet.
fn workspace() -> Workspace {
    let mut workspace = workspaces::large();
    workspace.balance.factors.truncate(12);
    let factors: Vec<_> = workspace.balance.factors.iter().map(|factor| factor.id.clone()).collect();
    workspace.balance.scores.retain(|score| factors.contains(&score.factor));
    workspace.voices.ballots.clear();
    let sectors: Vec<_> = workspace.voices.sectors.iter().map(|sector| sector.id.clone()).collect();
    workspace.voices.stakeholders = (0..ROWS)
        .map(|n| {
            let name = format!("Person {n}");
            Stakeholder::named(
                format!("person-{n}").as_str().into(),
                &name,
                sectors[n % sectors.len()].clone(),
            )
        })
        .collect();
    workspace
}

/// A ballot of each, as a spreadsheet saves it; every `stranger`th is of somebody whose name is misspelt.
fn table(workspace: &Workspace, stranger: usize) -> String {
    let factors: Vec<&str> = workspace.balance.factors.iter().map(|factor| factor.name.as_str()).collect();
    let mut text = format!("stakeholder,sector,marginal,round,{}\n", factors.join(","));
    for (n, person) in workspace.voices.stakeholders.iter().enumerate() {
        let sector = workspace.sector(&person.sector).map_or("", |sector| sector.name.as_str());
        let name =
            if (n + 1) % stranger == 0 { person.name.replace("son", "sno") } else { person.name.clone() };
        let points: Vec<String> = (0..factors.len()).map(|f| ((n * 7 + f * 13) % 101).to_string()).collect();
        text += &format!("{name},{sector},no,1,{}\n", points.join(","));
    }
    text
}

fn import(workspace: &Workspace, text: &str) -> usize {
    let Ok(table) = read_table("ballots.csv", TableKind::Ballots, text.as_bytes()) else { return 0 };
    let Some(incoming) = Incoming::of(table) else { return 0 };
    let moment = Moment { today: date(2026, 11, 22), seed: 1 };
    let proposal = propose(workspace, &incoming, &Choices::default(), moment);
    proposal.counts().adds
}

/// Everybody is in the register.
#[divan::bench]
fn five_thousand_rows(bencher: Bencher<'_, '_>) {
    let workspace = workspace();
    let text = table(&workspace, usize::MAX);
    assert_eq!(import(&workspace, &text), ROWS);
    bencher.bench(|| import(&workspace, &text));
}

/// One in fifty is somebody whose name is misspelt, and the nearest name is looked for.
#[divan::bench]
fn with_strangers(bencher: Bencher<'_, '_>) {
    let workspace = workspace();
    let text = table(&workspace, 50);
    bencher.bench(|| import(&workspace, &text));
}
