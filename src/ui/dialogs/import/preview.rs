//! What each row would do, beside what is to be decided.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{matters, things};
use crate::{
    exchange::{
        TableKind,
        import::{Choices, Fate, Matter, Proposal, ProposedRow},
    },
    model::{Workspace, wording::count},
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{paint_text, paint_text_fitted},
    },
};

const ROW: f32 = 46.0;
const HEAD: f32 = 34.0;
/// What heading and foot take of a dialog's height.
const AROUND: f32 = 250.0;

/// Shows rows and matters side by side, or one below the other where there is no room.
pub(super) fn show(
    ui: &mut Ui,
    proposal: &Proposal,
    choices: &mut Choices,
    only: &mut Option<Matter>,
    workspace: &Workspace,
) {
    let page = ui.ctx().content_rect();
    let tall = (page.height() - AROUND).clamp(180.0, 560.0);
    if page.width() < size::NARROW_WINDOW {
        ScrollArea::vertical().id_salt("import").max_height(tall).show(ui, |ui| {
            matters::show(ui, proposal, choices, only, workspace);
            ui.add_space(space::M);
            rows(ui, proposal, *only, 300.0);
        });
        return;
    }
    let width = ui.available_width();
    let right = (width * 0.4).clamp(380.0, 440.0);
    let (place, _) = ui.allocate_exact_size(vec2(width, tall), Sense::hover());
    let left = place.with_max_x(place.right() - right - space::XL);
    let mut of_rows = ui.new_child(egui::UiBuilder::new().max_rect(left).id_salt("rows"));
    of_rows.set_clip_rect(left.expand(2.0).intersect(ui.clip_rect()));
    rows(&mut of_rows, proposal, *only, tall);
    let beside = place.with_min_x(place.right() - right);
    let mut of_matters = ui.new_child(egui::UiBuilder::new().max_rect(beside).id_salt("matters"));
    of_matters.set_clip_rect(beside.expand(3.0).intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("matters").auto_shrink(false).show(&mut of_matters, |ui| {
        ui.set_max_width(right - space::M);
        matters::show(ui, proposal, choices, only, workspace);
    });
}

/// What comes of all rows, in a line: "10 new, 2 replace, 1 alike, 3 left out. 2 people and 1 sector are added."
pub(super) fn counted(proposal: &Proposal) -> String {
    let counts = proposal.counts();
    let parts: Vec<String> = [
        (counts.adds, "new"),
        (counts.replaces, "replace what is there"),
        (counts.alike, "alike"),
        (counts.left_out, "left out"),
        (counts.waits, "to decide"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, words)| format!("{number} {words}"))
    .collect();
    let [people, sectors, groups] = proposal.comes_along();
    let along: Vec<String> =
        [(people, "person", "people"), (sectors, "sector", "sectors"), (groups, "need group", "need groups")]
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, many)| count(number, one, many))
            .collect();
    let along =
        if along.is_empty() { String::new() } else { format!(" Added with them: {}.", along.join(", ")) };
    let left = match proposal.undecided() {
        0 => String::new(),
        undecided => format!(" {} left.", count(undecided, "choice", "choices")),
    };
    format!("{}.{along}{left}", parts.join(", "))
}

/// Where the columns of the list stand, as shares of its width.
fn columns(rect: Rect) -> [f32; 5] {
    [0.0, 0.15, 0.46, 0.70, 0.80].map(|share| rect.left() + 12.0 + (rect.width() - 24.0) * share)
}

fn rows(ui: &mut Ui, proposal: &Proposal, only: Option<Matter>, tall: f32) {
    let tokens = Tokens::of(ui);
    let has = |row: &ProposedRow| only.is_none_or(|only| row.notes.iter().any(|(matter, _)| *matter == only));
    let shown: Vec<&ProposedRow> = proposal.rows.iter().filter(|row| has(row)).collect();
    let width = ui.available_width();
    let tall = tall.min(HEAD + ROW * proposal.rows.len() as f32 + 2.0);
    let (place, response) = ui.allocate_exact_size(vec2(width, tall), Sense::hover());
    let all = things(proposal.kind, proposal.rows.len());
    let said = format!("What each row would do: {all}, {} shown", shown.len());
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &said));
    ui.painter().rect(
        place,
        rounded(size::RADIUS),
        tokens.card,
        hairline(tokens.hair),
        egui::StrokeKind::Inside,
    );
    let head = place.with_max_y(place.top() + HEAD);
    let corners = egui::CornerRadius { sw: 0, se: 0, ..rounded(size::RADIUS - 1.0) };
    ui.painter().rect_filled(head.shrink(1.0), corners, tokens.sunken);
    ui.painter().hline(place.x_range(), head.bottom(), hairline(tokens.hair));
    let what = if proposal.kind == TableKind::Statements { "What" } else { "From" };
    let round = if proposal.kind == TableKind::Ballots { "Round" } else { "" };
    for (x, words) in columns(head).into_iter().zip(["Where", "Who", what, round, "Would be"]) {
        paint_text(
            ui.painter(),
            pos2(x, head.center().y),
            Align2::LEFT_CENTER,
            words,
            Type::SmallStrong,
            tokens.ink2,
        );
    }
    let body = Rect::from_min_max(head.left_bottom(), place.max).shrink2(vec2(1.0, 1.0));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body).id_salt("rows of the table"));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    inner.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("rows").auto_shrink(false).show_rows(
        &mut inner,
        ROW,
        shown.len(),
        |ui, range| {
            for row in &shown[range] {
                show_row(ui, row);
            }
        },
    );
}

fn show_row(ui: &mut Ui, row: &ProposedRow) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let said = row.notes.iter().map(|(_, words)| words).chain(&row.waits_for);
    let notes = said.map(String::as_str).collect::<Vec<_>>().join("; ");
    let who = if row.who.is_empty() { "nobody named" } else { &row.who };
    let round = row.round.map(|round| round.to_string()).unwrap_or_default();
    let place = row.place.to_string();
    response.widget_info(|| {
        let round = if round.is_empty() { String::new() } else { format!(", round {round}") };
        let notes = if notes.is_empty() { String::new() } else { format!("; {notes}") };
        let words = format!("{place}, {who}, {}{round}: {}{notes}", row.what, row.fate.words());
        WidgetInfo::labeled(Role::Row, true, words)
    });
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, hairline(tokens.hair));
    let quiet = matches!(row.fate, Fate::Alike | Fate::LeftOut);
    let ink = if quiet { tokens.ink3 } else { tokens.ink };
    let upper = if notes.is_empty() { rect.center().y } else { rect.top() + 15.0 };
    let x = columns(rect);
    let cell = |column: usize, words: &str, role: Type| {
        let right = x.get(column + 1).copied().unwrap_or(rect.right() - 8.0);
        let at = pos2(x[column], upper);
        paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            words,
            role,
            ink,
            (right - x[column] - 8.0, 1),
        );
    };
    cell(0, &place, Type::Small);
    cell(1, who, Type::Body);
    cell(2, &row.what, Type::Body);
    cell(3, &round, Type::Body);
    fate(ui, row.fate, pos2(x[4], upper));
    if !notes.is_empty() {
        let at = pos2(x[1], rect.top() + 34.0);
        let fit = (rect.right() - x[1] - 12.0, 1);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &notes, Type::Small, tokens.ink2, fit);
        response.on_hover_text(notes);
    }
}

fn fate(ui: &Ui, fate: Fate, at: egui::Pos2) {
    let tokens = Tokens::of(ui);
    let (icon, role, ink) = match fate {
        Fate::Adds => (icons::PLUS, Type::Strong, tokens.ink),
        Fate::Replaces => (icons::ARROW_BEND_DOWN_RIGHT, Type::Strong, tokens.ink),
        Fate::Alike => (icons::CHECK, Type::Body, tokens.ink3),
        Fate::LeftOut => (icons::X, Type::Body, tokens.ink3),
        Fate::Waits => (icons::QUESTION, Type::Strong, tokens.ink),
    };
    ui.painter().text(at + vec2(8.0, 0.0), Align2::CENTER_CENTER, icon.0, Icon::font(15.0), ink);
    paint_text(ui.painter(), at + vec2(22.0, 0.0), Align2::LEFT_CENTER, fate.words(), role, ink);
}
