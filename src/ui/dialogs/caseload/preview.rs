//! Some rows as they will be read.

use egui::{Align2, Rect, Role as Part, Sense, Ui, WidgetInfo, pos2, vec2};

use super::meaning::Meaning;
use crate::{
    exchange::{
        caseload::{PreviewRow, Role, Weight},
        table::key,
    },
    model::{Workspace, wording::thousands},
    ui::{
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{paint_text_fitted, wrapped},
    },
};

/// Rows and columns that are shown.
const ROWS: usize = 4;
const COLUMNS: usize = 6;
const ROW: f32 = 30.0;

/// Shows the rows: the first, or those around the rows of what is open.
pub fn show(ui: &mut Ui, meaning: &Meaning, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let shown = rows(meaning);
    let columns = columns(meaning);
    if shown.is_empty() || columns.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing.y = space::S;
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("As it will be read", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let ends = [shown.first(), shown.last()].map(|row| row.map_or(0, |row| row.number));
            let words = format!("rows {} to {}", thousands(ends[0]), thousands(ends[1]));
            ui.label(Type::Small.text(words, tokens.ink2));
        });
    });
    let height = ROW * (shown.len() + 1) as f32;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let painter = ui.painter().clone();
    let head = Rect::from_min_size(place.min, vec2(place.width(), ROW));
    painter.rect_filled(head, rounded(8.0), tokens.sunken);
    let step = (place.width() - 24.0) / columns.len() as f32;
    let x = |at: usize| place.left() + 12.0 + step * at as f32;
    let left = Align2::LEFT_CENTER;
    for (at, (_, name)) in columns.iter().enumerate() {
        let fit = (step - 6.0, 1);
        let words = pos2(x(at), head.center().y);
        paint_text_fitted(&painter, words, left, name, Type::Small, tokens.ink3, fit);
    }
    for (index, row) in shown.iter().enumerate() {
        let line = head.translate(vec2(0.0, ROW * (index + 1) as f32));
        painter.hline(line.x_range(), line.top(), hairline(tokens.hair));
        let cells: Vec<(String, bool)> =
            columns.iter().map(|(column, _)| as_read(meaning, workspace, row, *column)).collect();
        let response = ui.interact(line, ui.scope_id().with(("row", index)), Sense::hover());
        response.widget_info(|| {
            let words: Vec<&str> = cells.iter().map(|(words, _)| words.as_str()).collect();
            WidgetInfo::labeled(Part::Row, true, format!("Row {}: {}", row.number, words.join(", ")))
        });
        for (at, (words, unknown)) in cells.iter().enumerate() {
            let is_who = meaning.mapping.roles[columns[at].0] == Role::Who;
            let ink = if is_who { tokens.ink3 } else { tokens.ink };
            let role = if *unknown { Type::SmallStrong } else { Type::Small };
            let at = pos2(x(at), line.center().y);
            let painted = paint_text_fitted(&painter, at, left, words, role, ink, (step - 6.0, 1));
            if *unknown {
                painter.hline(painted.x_range(), painted.bottom() - 1.0, hairline(tokens.ink));
            }
        }
    }
    painter.rect_stroke(place, rounded(8.0), hairline(tokens.hair), egui::StrokeKind::Inside);
    wrapped(ui, "An empty cell of a gate counts as not passed.", Type::Small, tokens.ink2);
}

/// The first rows, or from the row before the first of what is open where that was looked at.
fn rows(meaning: &Meaning) -> &[PreviewRow] {
    let rows = &meaning.preview.rows;
    let wanted = meaning.open.and_then(|at| {
        let finding = meaning.findings().iter().filter(|f| f.matter.weight() != Weight::Refuses).nth(at)?;
        finding.rows.iter().find_map(|number| rows.iter().position(|row| row.number == *number))
    });
    let from = wanted.unwrap_or(0).saturating_sub(1).min(rows.len().saturating_sub(ROWS));
    rows.get(from..(from + ROWS).min(rows.len())).unwrap_or_default()
}

/// The columns that tell most: who, group and provider, then the last gates.
fn columns(meaning: &Meaning) -> Vec<(usize, String)> {
    let mapping = &meaning.mapping;
    let mut shown: Vec<(usize, String)> = [
        (Role::Who, "who"),
        (Role::NeedGroup, "group"),
        (Role::Provider, "provider"),
        (Role::Count, "people"),
    ]
    .into_iter()
    .filter_map(|(role, name)| Some((mapping.columns(role).next()?, name.to_owned())))
    .collect();
    let gates: Vec<(usize, String)> = mapping
        .gates
        .iter()
        .enumerate()
        .filter_map(|(gate, name)| Some((mapping.columns(Role::Gate(gate)).next()?, name.clone())))
        .collect();
    let room = COLUMNS.saturating_sub(shown.len());
    shown.extend(gates.into_iter().rev().take(room).rev());
    shown
}

/// A cell as it will be read, and whether it is a group that nobody knows.
fn as_read(meaning: &Meaning, workspace: &Workspace, row: &PreviewRow, column: usize) -> (String, bool) {
    let text = row.cells.get(column).map_or("", |cell| cell.trim());
    if text.is_empty() {
        return ("–".to_owned(), false);
    }
    if meaning.mapping.roles[column] != Role::NeedGroup {
        return (text.to_owned(), false);
    }
    if let Some(name) = meaning.mapping.group_names.get(text) {
        return (if name.is_empty() { "left out".to_owned() } else { name.clone() }, false);
    }
    let known = workspace
        .question
        .need_groups
        .iter()
        .any(|group| [&group.name, &group.short].into_iter().any(|name| key(name) == key(text)));
    (text.to_owned(), !known)
}
