//! What there is to decide about what was read, and what is done unless somebody decides otherwise.

use egui::Ui;

use crate::{
    exchange::{
        TableKind,
        import::{Choices, Concern, Matter, NameChoice, NameKind, Proposal, UnknownName, Way},
        table::key,
    },
    model::{
        Workspace,
        voices::LAST_ROUND,
        wording::{capital, count, list},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Button, button::Segment, choose, hair_rule, link, long_list, segmented, wrapped},
    },
};

/// The rows that a matter names before it says how many more.
const NAMED: usize = 3;
/// How tall a name is thought before it has been drawn.
const NAME: f32 = 66.0;

/// Shows the round, the reading of figures, the problems by kind, and the names that are not known.
pub(super) fn show(
    ui: &mut Ui,
    proposal: &Proposal,
    choices: &mut Choices,
    only: &mut Option<Matter>,
    workspace: &Workspace,
) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::S;
    let number = proposal.concerns.len() + proposal.unknown.len();
    let title = match number {
        0 => "Nothing is in doubt".to_owned(),
        n => format!("{} to look at", capital(&count(n, "thing", "things"))),
    };
    ui.label(Type::Heading.text(title, tokens.ink));
    round(ui, proposal, choices);
    shares(ui, proposal, choices);
    for concern in &proposal.concerns {
        hair_rule(ui);
        show_concern(ui, proposal, concern, choices, only);
    }
    names(ui, proposal, choices, workspace);
}

fn round(ui: &mut Ui, proposal: &Proposal, choices: &mut Choices) {
    let Some(standing) = proposal.round else { return };
    let tokens = Tokens::of(ui);
    let words: Vec<String> = (1..=LAST_ROUND).map(|round| format!("Round {round}")).collect();
    let chosen = ui
        .horizontal(|ui| {
            ui.label(Type::Small.text("Ballots that do not say their round are for", tokens.ink2));
            choice(
                ui,
                &words.iter().map(String::as_str).collect::<Vec<_>>(),
                "Round of these ballots",
                usize::from(standing) - 1,
            )
        })
        .inner;
    if let Some(chosen) = chosen {
        choices.round = u8::try_from(chosen + 1).ok();
    }
}

fn shares(ui: &mut Ui, proposal: &Proposal, choices: &mut Choices) {
    if !proposal.looks_like_shares && !choices.as_shares {
        return;
    }
    let tokens = Tokens::of(ui);
    hair_rule(ui);
    ui.label(Type::Strong.text("Most ballots add to about 100", tokens.ink));
    let words = "Are they points, of which the largest is 100, or shares of 100? Shares are taken in proportion, \
                 the largest as 100.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    let standing = usize::from(choices.as_shares);
    if let Some(chosen) = choice(ui, &["Points", "Shares of 100"], "How the figures are read", standing) {
        choices.as_shares = chosen == 1;
    }
}

/// A row of choices, the name of each saying of what.
fn choice(ui: &mut Ui, words: &[&str], of: &str, standing: usize) -> Option<usize> {
    let segments: Vec<Segment<'_>> = words
        .iter()
        .map(|words| Segment { badge: "", words, colour: None, name: format!("{of}: {words}") })
        .collect();
    segmented(ui, &segments, standing)
}

fn show_concern(
    ui: &mut Ui,
    proposal: &Proposal,
    concern: &Concern,
    choices: &mut Choices,
    only: &mut Option<Matter>,
) {
    let tokens = Tokens::of(ui);
    let matter = concern.matter;
    let title = matter.title(concern.rows.len());
    ui.horizontal(|ui| {
        mark(ui, concern.way == Way::Undecided);
        ui.add(egui::Label::new(Type::Strong.text(title, tokens.ink)).wrap());
    });
    let named = concern.rows.iter().take(NAMED).map(|&at| {
        let row = &proposal.rows[at];
        let words = row.notes.iter().find(|(of, _)| *of == matter).map_or("", |(_, words)| words.as_str());
        format!("{}: {words}.", capital(&row.place.to_string()))
    });
    let more = concern.rows.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" And {more} more.") } else { String::new() };
    let words = format!("{}{more} {}", named.collect::<Vec<_>>().join(" "), matter.meaning());
    wrapped(ui, words, Type::Small, tokens.ink2);
    let ways = matter.ways();
    let words: Vec<&str> = ways.iter().map(|(_, words)| *words).collect();
    let standing = ways.iter().position(|(way, _)| *way == concern.way).unwrap_or(usize::MAX);
    let of = title_without_number(matter);
    if let Some(chosen) = choice(ui, &words, &of, standing) {
        choices.ways.insert(matter, ways[chosen].0);
    }
    if concern.rows.len() == proposal.rows.len() {
        return;
    }
    let shown = *only == Some(matter);
    let words = if shown { "Show all rows" } else { "Show only these rows" };
    if link(ui, words, Type::Small, tokens.ink2).clicked() {
        *only = (!shown).then_some(matter);
    }
}

/// A matter as its choices are named: "rows cannot be read".
fn title_without_number(matter: Matter) -> String {
    let title = matter.title(2);
    capital(title.trim_start_matches("2 "))
}

fn mark(ui: &mut Ui, undecided: bool) {
    let tokens = Tokens::of(ui);
    let (icon, ink) =
        if undecided { (icons::WARNING_CIRCLE, tokens.ink) } else { (icons::CHECK_CIRCLE, tokens.ink3) };
    ui.label(egui::RichText::new(icon.0).font(Icon::font(18.0)).color(ink));
}

fn names(ui: &mut Ui, proposal: &Proposal, choices: &mut Choices, workspace: &Workspace) {
    for kind in [NameKind::Factor, NameKind::Person, NameKind::Sector, NameKind::NeedGroup] {
        let of_kind: Vec<&UnknownName> = proposal.unknown.iter().filter(|name| name.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        hair_rule(ui);
        if of_kind.len() > 1 {
            for_all(ui, kind, &of_kind, choices);
        }
        let known = known_names(kind, workspace);
        long_list(ui, kind.unknown_words(), (of_kind.len(), None), NAME, |ui, at| {
            show_name(ui, of_kind[at], &known, choices, proposal.kind);
        });
    }
}

/// One choice for every name of a kind.
fn for_all(ui: &mut Ui, kind: NameKind, names: &[&UnknownName], choices: &mut Choices) {
    let tokens = Tokens::of(ui);
    let number = names.len();
    let title = match kind {
        NameKind::Factor => count(number, "column is no factor", "columns are no factors"),
        NameKind::Person => count(number, "person is not in the register", "people are not in the register"),
        NameKind::Sector => count(number, "sector is not known", "sectors are not known"),
        NameKind::NeedGroup => count(number, "need group is not known", "need groups are not known"),
    };
    ui.label(Type::Strong.text(title, tokens.ink));
    ui.horizontal_wrapped(|ui| {
        let mut all = |choose: &dyn Fn(&UnknownName) -> Option<NameChoice>| {
            for name in names {
                if let Some(choice) = choose(name) {
                    choices.names.insert((kind, name.key.clone()), choice);
                }
            }
        };
        if names.iter().any(|name| name.may_be_added) && Button::new("Add all").show(ui).clicked() {
            all(&|_| Some(NameChoice::Add));
        }
        if names.iter().any(|name| name.near.is_some()) && Button::new("Take the nearest").show(ui).clicked()
        {
            all(&|name| name.near.as_deref().map(|near| NameChoice::Is(key(near))));
        }
        if Button::new("Leave all out").show(ui).clicked() {
            all(&|_| Some(NameChoice::LeaveOut));
        }
    });
}

fn known_names(kind: NameKind, workspace: &Workspace) -> Vec<&str> {
    let voices = &workspace.voices;
    match kind {
        NameKind::Factor => workspace.balance.factors.iter().map(|f| f.name.as_str()).collect(),
        NameKind::Person => voices.stakeholders.iter().map(|s| s.name.as_str()).collect(),
        NameKind::Sector => voices.sectors.iter().map(|s| s.name.as_str()).collect(),
        NameKind::NeedGroup => workspace.question.need_groups.iter().map(|g| g.name.as_str()).collect(),
    }
}

fn show_name(ui: &mut Ui, name: &UnknownName, known: &[&str], choices: &mut Choices, of: TableKind) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.horizontal(|ui| {
        mark(ui, name.choice.is_none());
        let title = format!("“{}” {}", name.text, name.kind.unknown_words());
        ui.add(egui::Label::new(Type::Strong.text(title, tokens.ink)).truncate());
    });
    let mut words = Vec::new();
    if name.kind != NameKind::Factor {
        words.push(count(name.rows, "row", "rows"));
    }
    let near = name.near.as_ref().map(|near| format!("nearest: {near}"));
    words.extend(near);
    if !words.is_empty() {
        let words = words.iter().map(String::as_str).collect::<Vec<_>>();
        wrapped(ui, format!("{}.", capital(&list(&words))), Type::Small, tokens.ink2);
    }
    let mut offered = vec![(None, "Choose".to_owned())];
    if let Some(near) = &name.near {
        offered.push((Some(NameChoice::Is(key(near))), format!("It is {near}")));
    }
    if name.may_be_added {
        offered.push((Some(NameChoice::Add), added_words(name.kind).to_owned()));
    }
    offered.push((Some(NameChoice::LeaveOut), left_out_words(name.kind, of).to_owned()));
    let others = known.iter().filter(|known| name.near.as_deref() != Some(**known));
    offered.extend(others.map(|known| (Some(NameChoice::Is(key(known))), format!("It is {known}"))));
    let label = format!("What “{}” is", name.text);
    if let Some(Some(chosen)) = choose(ui, &label, ui.available_width().min(320.0), &name.choice, offered) {
        choices.names.insert((name.kind, name.key.clone()), chosen);
    }
}

fn added_words(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "Add to the register, with the row’s sector",
        NameKind::Sector => "Add as a new sector",
        NameKind::NeedGroup => "Add as a new need group",
        NameKind::Factor => "",
    }
}

fn left_out_words(kind: NameKind, of: TableKind) -> &'static str {
    match (kind, of) {
        (NameKind::Factor, _) => "Leave the column out",
        (NameKind::NeedGroup, _) => "Leave the mention out",
        (NameKind::Person, TableKind::Statements) => "Take the statement without a name",
        _ => "Leave the rows out",
    }
}
