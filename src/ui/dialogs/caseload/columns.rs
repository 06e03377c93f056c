//! The columns of the table, each with a sample, what it means, and what was found in it.

use egui::{Align2, Rect, Role as Part, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::meaning::Meaning;
use crate::{
    exchange::caseload::{MOST_GATES, Role},
    model::wording::capital,
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, space},
        widgets::{
            choice::switch, choose, icon_button, paint_text, paint_text_fitted, read_field, text_field,
        },
    },
};

const ROW: f32 = 42.0;
/// A sample longer than this is free text and is not shown.
const LONGEST_SAMPLE: usize = 40;

/// Shows the columns, then the order of the gates and how figures are read.
pub fn show(ui: &mut Ui, meaning: &mut Meaning) {
    ui.spacing_mut().item_spacing.y = 0.0;
    head(ui);
    for column in 0..meaning.preview.header.len() {
        row(ui, meaning, column);
    }
    ui.add_space(space::M);
    gates(ui, meaning);
    reading(ui, meaning);
}

/// Where the parts of a row begin.
struct Parts {
    name: f32,
    sample: f32,
    arrow: f32,
    means: f32,
    found: f32,
}

impl Parts {
    fn of(place: Rect) -> Self {
        let unit = place.width() / 620.0;
        let found = place.right() - 4.0;
        Self {
            name: place.left(),
            sample: place.left() + 134.0 * unit,
            arrow: place.left() + 236.0 * unit,
            means: place.left() + 262.0 * unit,
            found,
        }
    }

    fn means_width(&self) -> f32 {
        (self.found - self.means - 112.0).max(150.0)
    }
}

fn head(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let parts = Parts::of(place);
    let at = |x: f32| pos2(x, place.center().y);
    for (x, words, anchor) in [
        (parts.name, "Column in the file", Align2::LEFT_CENTER),
        (parts.sample, "looks like", Align2::LEFT_CENTER),
        (parts.means, "means", Align2::LEFT_CENTER),
        (parts.found, "found", Align2::RIGHT_CENTER),
    ] {
        paint_text(ui.painter(), at(x), anchor, words, Type::Small, tokens.ink3);
    }
}

fn row(ui: &mut Ui, meaning: &mut Meaning, column: usize) {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let name = meaning.preview.header[column].clone();
    let role = meaning.mapping.roles[column];
    let sample = sample(meaning, column);
    let found = match &meaning.outcome {
        Some(Ok(tally)) => tally.found.get(column).cloned().unwrap_or_default(),
        _ if meaning.is_counting() && role != Role::NotRead => "…".to_owned(),
        _ => String::new(),
    };
    let means = in_words(role, &meaning.mapping.gates);
    response.widget_info(|| {
        let found = if found.is_empty() { String::new() } else { format!(", {found}") };
        WidgetInfo::labeled(Part::Row, true, format!("{name}, such as {sample}: {means}{found}"))
    });
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
    let parts = Parts::of(place);
    let y = place.center().y;
    let unread = role == Role::NotRead;
    let (kind, ink) = if unread { (Type::Body, tokens.ink3) } else { (Type::Strong, tokens.ink) };
    let left = Align2::LEFT_CENTER;
    let fit = (parts.sample - parts.name - 8.0, 1);
    paint_text_fitted(ui.painter(), pos2(parts.name, y), left, &name, kind, ink, fit);
    let fit = (parts.arrow - parts.sample - 8.0, 1);
    paint_text_fitted(ui.painter(), pos2(parts.sample, y), left, &sample, Type::Number, tokens.ink2, fit);
    let arrow = pos2(parts.arrow + 7.0, y);
    let font = Icon::font(14.0);
    ui.painter().text(arrow, Align2::CENTER_CENTER, icons::ARROW_RIGHT.0, font, tokens.ink3);
    let field = Rect::from_min_size(pos2(parts.means, y - 16.0), vec2(parts.means_width(), 32.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(field).id_salt(("means", column)));
    let label = format!("What “{name}” means");
    let choices = choices(role, meaning.mapping.gates.len());
    let choices = choices.into_iter().map(|choice| (choice, in_words(choice, &meaning.mapping.gates)));
    if let Some(chosen) = choose(&mut inner, &label, parts.means_width(), &role, choices) {
        meaning.mapping.assign(column, chosen);
    }
    let role = if unread { Type::Small } else { Type::Number };
    let ink = if unread { tokens.ink3 } else { tokens.ink2 };
    let fit = (104.0, 1);
    paint_text_fitted(ui.painter(), pos2(parts.found, y), Align2::RIGHT_CENTER, &found, role, ink, fit);
}

/// The first text in a column; free text is not shown.
fn sample(meaning: &Meaning, column: usize) -> String {
    let cells = meaning.preview.rows.iter().filter_map(|row| row.cells.get(column));
    let first = cells.map(|cell| cell.trim()).find(|cell| !cell.is_empty());
    match first {
        Some(_) if meaning.mapping.roles[column] == Role::NotRead => "…".to_owned(),
        None => "–".to_owned(),
        Some(text) if text.chars().count() > LONGEST_SAMPLE => "…".to_owned(),
        Some(text) => text.to_owned(),
    }
}

/// What a column can mean; a gate that it is not yet is put behind the others.
fn choices(standing: Role, gates: usize) -> Vec<Role> {
    let gate = match standing {
        Role::Gate(gate) => Some(Role::Gate(gate)),
        _ => (gates < MOST_GATES).then_some(Role::Gate(gates)),
    };
    [Role::Who, Role::NeedGroup, Role::Provider, Role::Referrer]
        .into_iter()
        .chain(gate)
        .chain([
            Role::Trait,
            Role::Hours,
            Role::Need,
            Role::Count,
            Role::Outcome,
            Role::Paid,
            Role::Date,
            Role::NotRead,
        ])
        .collect()
}

fn in_words(role: Role, gates: &[String]) -> String {
    match role {
        Role::Who => "Who, a pseudonym".to_owned(),
        Role::NeedGroup => "Need group".to_owned(),
        Role::Provider => "Provider".to_owned(),
        Role::Referrer => "Referrer".to_owned(),
        Role::Gate(gate) => gates.get(gate).map_or("A gate".to_owned(), |name| format!("Gate: {name}")),
        Role::Trait => "Trait, to adjust for".to_owned(),
        Role::Hours => "Hours or contacts".to_owned(),
        Role::Need => "A person’s need".to_owned(),
        Role::Count => "How many people the row is".to_owned(),
        Role::Outcome => "Outcome reached".to_owned(),
        Role::Paid => "Paid for".to_owned(),
        Role::Date => "When the person left".to_owned(),
        Role::NotRead => "Not read".to_owned(),
    }
}

/// The gates in the order in which people come to them.
fn gates(ui: &mut Ui, meaning: &mut Meaning) {
    let tokens = Tokens::of(ui);
    let number = meaning.mapping.gates.len();
    if number < 2 {
        return;
    }
    ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
    ui.label(Type::Strong.text("Gates, in the order in which people come to them", tokens.ink));
    let mut moved = None;
    let mut renamed = None;
    for gate in 0..number {
        let name = meaning.mapping.gates[gate].clone();
        ui.horizontal(|ui| {
            ui.add_sized(
                vec2(22.0, 20.0),
                egui::Label::new(Type::Number.text(format!("{}", gate + 1), tokens.ink3)),
            );
            let label = format!("Name of gate {}", gate + 1);
            renamed = text_field(ui, &label, &name, 220.0).map(|name| (gate, name)).or(renamed.take());
            if icon_button(ui, icons::ARROW_UP, &format!("{} is earlier", capital(&name)), gate > 0).clicked()
            {
                moved = Some((gate, gate.saturating_sub(1)));
            }
            let later = gate + 1 < number;
            let label = format!("{} is later", capital(&name));
            if icon_button(ui, icons::ARROW_DOWN, &label, later).clicked() {
                moved = Some((gate, gate + 1));
            }
        });
    }
    if let Some((gate, name)) = renamed
        && !name.trim().is_empty()
    {
        meaning.mapping.gates[gate] = name.trim().to_owned();
    }
    if let Some((from, to)) = moved {
        meaning.mapping.move_gate(from, to);
    }
    ui.add_space(space::S);
}

/// How dates are read, and from how many people a count is told.
fn reading(ui: &mut Ui, meaning: &mut Meaning) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let words = "Dates are month first";
        if switch(ui, words, meaning.mapping.month_first).clicked() {
            meaning.mapping.month_first = !meaning.mapping.month_first;
        }
        ui.label(Type::Small.text(words, tokens.ink2));
        ui.add_space(space::L);
        ui.label(Type::Small.text("Counts are hidden under", tokens.ink2));
        let read = |typed: &str| {
            let value = typed.trim().parse::<u32>().ok().filter(|value| (1..=1_000).contains(value));
            value.ok_or_else(|| format!("“{typed}” is not a whole number from 1 to 1,000."))
        };
        let shown = meaning.mapping.hidden_under.to_string();
        if let Some(value) = read_field(ui, "Hide counts under", &shown, 60.0, read) {
            meaning.mapping.hidden_under = value;
        }
    });
}
