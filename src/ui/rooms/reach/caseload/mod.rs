//! The caseload check: whom the gates let through after letting, and whether that is more than chance.

mod empty;
mod findings;
mod forest;
mod funnel;
mod gates;
mod left_out;
mod more;
mod more_tables;
mod offices;
mod place_table;
mod tripwires;
mod words;

use egui::{Ui, vec2};

use crate::{
    analysis::{
        Analysis,
        reach::caseload::{Assessment, small_numbers::SmallNumbers, suppression::Shown},
    },
    model::{Workspace, reach::caseload::Counted},
    ui::{
        command::Command,
        desk::{Ask, Desk},
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, Paragraph, button::Segment, scrolled_page, segmented},
    },
};

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sheet {
    #[default]
    Gates,
    Offices,
    MoreTests,
    Tripwires,
}

const SHEETS: [(Sheet, &str); 4] = [
    (Sheet::Gates, "Gates"),
    (Sheet::Offices, "Offices"),
    (Sheet::MoreTests, "More tests"),
    (Sheet::Tripwires, "Tripwires"),
];

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct CaseloadView {
    sheet: Sheet,
    /// The gate that is looked at; `None` for the one that shuts people out.
    gate: Option<usize>,
    /// Whether the funnel shows offices as wholes.
    by_office: bool,
}

impl CaseloadView {
    /// Turns to the tripwires.
    pub fn look_at_tripwires(&mut self) {
        self.sheet = Sheet::Tripwires;
    }
}

/// A counted caseload, with what it tells and what may be told of it.
struct Seen<'a> {
    workspace: &'a Workspace,
    counted: &'a Counted,
    check: &'a Assessment,
    small: &'a SmallNumbers,
}

impl Seen<'_> {
    /// What a group is called where there is little room.
    fn short(&self, group: usize) -> &str {
        let Some(counted) = self.counted.groups.get(group) else { return "" };
        let known = counted.need_group.as_ref().and_then(|id| self.workspace.need_group(id));
        known.map_or(counted.name.as_str(), |group| group.short_name())
    }

    fn gate(&self, gate: usize) -> &str {
        self.counted.gates.get(gate).map_or("", String::as_str)
    }

    fn provider(&self, provider: usize) -> &str {
        self.counted.providers.get(provider).map_or("", |provider| provider.name.as_str())
    }

    /// The gate in view: the one chosen, else the one that shuts people out, else the one with refusals, else the first.
    fn gate_in_view(&self, desk: &Desk<'_>) -> usize {
        let chosen = desk.view.reach.caseload.gate.filter(|gate| *gate < self.counted.gates.len());
        chosen.or(self.check.shuts_out).or(self.check.refusals).unwrap_or(0)
    }

    /// Whether a group passes a gate less often than everyone else, by more than chance.
    fn is_shut_out(&self, group: usize, gate: usize) -> bool {
        self.check.findings.iter().any(|f| f.group == group && f.gate == gate && f.fewer > 0.0)
            && self.small.tells_rate(group, gate)
    }

    /// Whether everybody is known to pass the first gate, so that it needs no column of its own beside all people.
    fn first_gate_is_everybody(&self) -> bool {
        let first = |row: &Vec<Shown>| matches!(row.as_slice(), [Shown::Count(all), Shown::Count(passed), ..] if all == passed);
        self.small.stages.iter().all(first)
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let caseload = &workspace.reach.caseload;
    let (Some(counted), Some(check)) = (&caseload.counted, &analysis.reach.caseload) else {
        if desk.view.reach.caseload.sheet == Sheet::Tripwires {
            beside_the_page(ui, desk);
            tripwires::show(ui, desk, workspace, None);
        } else if caseload.counted.is_some() {
            let words = "The caseload is being judged; that takes a moment where there are many offices.";
            ui.label(Type::Body.text(words, Tokens::of(ui).ink2));
        } else {
            empty::show(ui, desk, workspace, analysis);
        }
        return;
    };
    let seen = Seen { workspace, counted, check, small: &check.small };
    if !has_room_at_head(ui) {
        beside_the_page(ui, desk);
    }
    ui.add_space(space::XS);
    if desk.session.is_judging_caseload() {
        let words = "Updating: these figures are from before the last change.";
        ui.label(Type::Small.text(words, Tokens::of(ui).ink2));
    }
    match desk.view.reach.caseload.sheet {
        Sheet::Gates => gates_sheet(ui, desk, &seen),
        Sheet::Offices => offices::show(ui, desk, &seen),
        Sheet::MoreTests => more::show(ui, desk, &seen),
        Sheet::Tripwires => tripwires::show(ui, desk, workspace, Some(&seen)),
    }
}

/// Whether what is chosen on this page has room beside the tabs.
pub fn has_room_at_head(ui: &Ui) -> bool {
    ui.available_width() > 1_150.0
}

/// What is chosen on this page, and the button that reads a caseload; from the right.
pub fn at_head(ui: &mut Ui, desk: &mut Desk<'_>) {
    if Button::new("Paste caseload").icon(icons::TABLE).show(ui).clicked() {
        desk.asks.push(Ask::Run(Command::ReadCaseload));
    }
    sheets(ui, desk);
}

fn sheets(ui: &mut Ui, desk: &mut Desk<'_>) {
    let current = SHEETS.iter().position(|(sheet, _)| *sheet == desk.view.reach.caseload.sheet);
    let segments: Vec<Segment<'_>> = SHEETS
        .iter()
        .map(|(_, words)| Segment {
            badge: "",
            words,
            colour: None,
            name: format!("Caseload check: {words}"),
        })
        .collect();
    if let Some(chosen) = segmented(ui, &segments, current.unwrap_or(0)) {
        desk.view.reach.caseload.sheet = SHEETS[chosen].0;
    }
}

/// The same on a line of its own.
fn beside_the_page(ui: &mut Ui, desk: &mut Desk<'_>) {
    if has_room_at_head(ui) {
        return;
    }
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        sheets(ui, desk);
        if Button::new("Paste caseload").icon(icons::TABLE).show(ui).clicked() {
            desk.asks.push(Ask::Run(Command::ReadCaseload));
        }
    });
}

/// The clause that stands out and the sentence after it.
fn lead(ui: &mut Ui, clause: &str, rest: &str) {
    let tokens = Tokens::of(ui);
    Paragraph::new()
        .run(clause, Type::Heading, tokens.ink)
        .run(&format!(" {rest}"), Type::Sentence, tokens.ink2)
        .show(ui);
    ui.add_space(space::XS);
}

/// The least height of the cards side by side; under it the page scrolls.
const LEAST_HEIGHT: f32 = 420.0;
const RIGHT: f32 = 380.0;

fn gates_sheet(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let (clause, rest) = words::about_gates(seen);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        lead(ui, &clause, &rest);
        findings::more(ui, desk, seen);
    });
    let narrow = ui.available_width() < 900.0;
    let gate = seen.gate_in_view(desk);
    if narrow || ui.available_height() < 130.0 + LEAST_HEIGHT {
        scrolled_page(ui, "caseload gates", |ui| {
            ui.spacing_mut().item_spacing.y = space::L;
            findings::show(ui, desk, seen);
            if narrow {
                gates::show(ui, desk, seen, gates::wanted_height(seen));
                forest::show(ui, desk, seen, gate);
                refusals(ui, desk, seen);
            } else {
                let height = gates::wanted_height(seen).clamp(LEAST_HEIGHT, 620.0);
                side_by_side(ui, desk, seen, (gate, height));
            }
        });
        return;
    }
    findings::show(ui, desk, seen);
    ui.add_space(space::S);
    let height = ui.available_height();
    side_by_side(ui, desk, seen, (gate, height));
}

fn side_by_side(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, (gate, height): (usize, f32)) {
    let right = if ui.available_width() < 1_100.0 { 330.0 } else { RIGHT };
    let width = ui.available_width();
    let down = egui::Layout::top_down(egui::Align::Min);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.allocate_ui_with_layout(vec2(width - right - space::L, height), down, |ui| {
            gates::show(ui, desk, seen, height);
        });
        ui.allocate_ui_with_layout(vec2(right, height), down, |ui| {
            egui::ScrollArea::vertical().id_salt("beside the gates").auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::L;
                forest::show(ui, desk, seen, gate);
                refusals(ui, desk, seen);
            });
        });
    });
}

/// Those turned away at the gate with refusals, by group and office.
fn refusals(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let Some(gate) = seen.check.refusals.filter(|_| !seen.counted.providers.is_empty()) else { return };
    let cells = &seen.small.cells.refused;
    let title = format!("{}, by office", words::turned_away(seen.gate(gate)));
    let table = place_table::PlaceTable {
        title: &title,
        names: (0..seen.counted.groups.len()).map(|group| seen.short(group).to_owned()).collect(),
        places: seen.counted.providers.iter().map(|place| place.name.clone()).collect(),
        threshold: seen.small.threshold,
        note: "",
    };
    table.show(ui, |group, place| place_table::Cell::of(cells[group][place]));
    threshold_field(ui, desk, seen.small.threshold);
}

/// The threshold under which counts are hidden, which the workspace keeps.
fn threshold_field(ui: &mut Ui, desk: &mut Desk<'_>, threshold: u32) {
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(Type::Small.text("Counts are hidden under", tokens.ink2));
        let read =
            |typed: &str| {
                typed.trim().parse::<u32>().ok().filter(|value| (1..=1_000).contains(value)).ok_or_else(
                    || format!("“{typed}” is not a whole number from 1 to 1,000; 1 hides nothing."),
                )
            };
        let shown = threshold.to_string();
        let name = "Counts are hidden under";
        if let Some(value) = crate::ui::widgets::read_field(ui, name, &shown, 64.0, read) {
            desk.edit(format!("Hide counts under {value}"), None, |w| {
                if let Some(counted) = &mut w.reach.caseload.counted {
                    counted.hidden_under = value;
                }
            });
        }
        ui.label(Type::Small.text("here and in all that leaves the program", tokens.ink3));
    });
}
