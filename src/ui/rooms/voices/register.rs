//! Register: everybody concerned, where they speak from, for whom, and how they were heard.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{paint_dot_legend, paint_sector, paint_voice, person, speaks_first_hand};
use crate::{
    analysis::Analysis,
    model::{
        Workspace,
        question::Level,
        voices::{Heard, Stakeholder},
        wording::{count, number},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            Button, Card, Paragraph, button::paint_focus, hinted_field, paint_shape, paint_text,
            paint_text_fitted, wrapped,
        },
    },
};

const HEAD: f32 = 44.0;
const ROW: f32 = 34.0;
const FOOT: f32 = 42.0;

/// Pages narrower than this stack the person, the table and the grid.
const STACKED: f32 = 1000.0;
/// The narrowest that the table is drawn; narrower pages scroll it sideways.
const NARROWEST: f32 = 780.0;

/// Where influence ends and stake begins on the grid: under 4 of influence and over 6 of stake is heard too little.
const LITTLE_INFLUENCE: f64 = 4.0;
const MUCH_AT_STAKE: f64 = 6.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    let tokens = Tokens::of(ui);
    if workspace.voices.stakeholders.is_empty() {
        ui.add_space(space::M);
        wrapped(ui, "Nobody has been heard yet.", Type::Sentence, tokens.ink2);
        if Button::new("Add the first voice").icon(icons::USER_PLUS).primary().show(ui).clicked() {
            super::add_person(desk);
        }
        return;
    }
    let quiet = workspace.voices.stakeholders.iter().filter(|person| is_drowned_out(person)).count();
    ui.horizontal(|ui| {
        let room = ui.available_width() - 240.0;
        ui.allocate_ui_with_layout(vec2(room, 30.0), egui::Layout::top_down(egui::Align::Min), |ui| {
            let (lead, rest) = match quiet {
                0 => ("Nobody has much at stake and little influence.".to_owned(), ""),
                1 => (
                    "One person has much at stake and little influence.".to_owned(),
                    " Tinted on the grid: hear them first.",
                ),
                n => (
                    format!("{n} people have much at stake and little influence."),
                    " Tinted on the grid: hear these first.",
                ),
            };
            let sentence = Paragraph::new().run(&lead, Type::Heading, tokens.ink);
            sentence.run(rest, Type::Sentence, tokens.ink2).show(ui);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let find = desk.view.voices.find.clone();
            if let Some(typed) = hinted_field(ui, "Find in the register", "Find", &find, 224.0) {
                desk.view.voices.find = typed;
            }
        });
    });
    if ui.available_width() < STACKED {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            person::show(ui, desk, &workspace, &analysis);
            ui.add_space(space::L);
            let rows = workspace.voices.stakeholders.len() as f32;
            let tall = (HEAD + FOOT + rows * ROW).min(520.0);
            ScrollArea::horizontal().id_salt("narrow register").auto_shrink([false, true]).show(ui, |ui| {
                let wide = ui.available_width().max(NARROWEST);
                let (place, _) = ui.allocate_exact_size(vec2(wide, tall), Sense::hover());
                table(ui, desk, &workspace, &analysis, place);
            });
            ui.add_space(space::L);
            Card::new().show(ui, |ui| grid(ui, desk, &workspace));
        });
        return;
    }
    let page = ui.available_rect_before_wrap();
    let right = (page.width() * 0.293).clamp(300.0, 380.0);
    let split = page.right() - right - space::L;
    table(ui, desk, &workspace, &analysis, Rect::from_min_max(page.min, pos2(split, page.bottom())));
    let side = Rect::from_min_max(pos2(split + space::L, page.top()), page.max);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(side));
    inner.set_clip_rect(side.expand(2.0).intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("person").auto_shrink(false).show(&mut inner, |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        Card::new().show(ui, |ui| grid(ui, desk, &workspace));
        person::show(ui, desk, &workspace, &analysis);
    });
    ui.advance_cursor_after_rect(page);
}

fn is_drowned_out(person: &Stakeholder) -> bool {
    person.influence.is_some_and(|influence| influence < LITTLE_INFLUENCE)
        && person.interest.is_some_and(|stake| stake > MUCH_AT_STAKE)
}

/// Where the columns of the table begin, as shares of its width.
const COLUMNS: [(f32, &str); 8] = [
    (0.042, "Who"),
    (0.29, "From"),
    (0.457, "Local means"),
    (0.574, "Heard"),
    (0.687, "Speaks for"),
    (0.785, "Ballot"),
    (0.838, "Influence"),
    (0.93, "Stake"),
];

fn table(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, place: Rect) {
    let tokens = Tokens::of(ui);
    Card::new().padding(0, 0).show_at(ui, place, |ui| {
        for (column, (share, words)) in COLUMNS.into_iter().enumerate() {
            let at = pos2(place.left() + place.width() * share, place.top() + HEAD / 2.0);
            let end = COLUMNS.get(column + 1).map_or(1.0, |next| next.0);
            let fit = (place.width() * (end - share) - 2.0, 1);
            let head = (words, Type::SmallStrong, tokens.ink);
            paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, head.0, head.1, head.2, fit);
        }
        ui.painter().hline(place.x_range(), place.top() + HEAD, hairline(tokens.hair));
        let body = Rect::from_min_max(
            pos2(place.left(), place.top() + HEAD),
            pos2(place.right(), place.bottom() - FOOT),
        );
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body));
        inner.set_clip_rect(body.intersect(ui.clip_rect()));
        inner.spacing_mut().item_spacing.y = 0.0;
        let find = desk.view.voices.find.to_lowercase();
        let shown: Vec<&Stakeholder> =
            workspace.voices.stakeholders.iter().filter(|person| matches(workspace, person, &find)).collect();
        ScrollArea::vertical().id_salt("register").auto_shrink(false).show_rows(
            &mut inner,
            ROW,
            shown.len(),
            |ui, rows| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for person in &shown[rows] {
                    row(ui, desk, workspace, person);
                }
            },
        );
        foot(ui, workspace, analysis, place, shown.len());
    });
}

/// Whether a person is being looked for: by name, role, sector or how they were heard.
fn matches(workspace: &Workspace, person: &Stakeholder, find: &str) -> bool {
    let sector = workspace.sector(&person.sector).map_or("", |sector| sector.name.as_str());
    let all = [&person.name, &person.role, sector, &person.through, person.heard.words()];
    find.is_empty() || all.iter().any(|text| text.to_lowercase().contains(find))
}

/// What local means to somebody, short enough for a column.
fn local_words(person: &Stakeholder) -> &'static str {
    match person.local_means {
        None => "not said",
        Some(Level::GroupOfPeople) => "a group",
        Some(level) => level.words(),
    }
}

fn heard_words(person: &Stakeholder) -> String {
    match (person.heard, person.through.as_str()) {
        (Heard::No, _) => "not yet".to_owned(),
        (_, through) if !through.is_empty() => through.to_owned(),
        (heard, _) => heard.words().to_owned(),
    }
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let on = desk.view.voices.person.as_ref() == Some(&person.id);
    let has_ballot = workspace.voices.ballots.iter().any(|b| b.stakeholder.as_ref() == Some(&person.id));
    response.widget_info(|| {
        let ballot = if has_ballot { "ballot given" } else { "no ballot" };
        let words = format!("{}, {}: heard {}, {ballot}", person.name, person.role, heard_words(person));
        WidgetInfo::selected(Role::Row, true, on, words)
    });
    if on || response.hovered() {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), rounded(0.0), tokens.select);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), hairline(tokens.hair));
    let x = |column: usize| rect.left() + rect.width() * COLUMNS[column].0;
    let y = rect.center().y;
    paint_sector(ui.painter(), tokens, workspace, &person.sector, pos2(rect.left() + 20.0, y), 14.0);
    let cell = |column: usize, words: &str, role: Type, ink| {
        let fit = (x(column + 1) - x(column) - 8.0, 1);
        paint_text_fitted(ui.painter(), pos2(x(column), y), Align2::LEFT_CENTER, words, role, ink, fit);
    };
    cell(0, &person.name, if on { Type::Strong } else { Type::Body }, tokens.ink);
    cell(1, &person.role, Type::Body, tokens.ink2);
    cell(2, local_words(person), Type::Body, tokens.ink2);
    cell(3, &heard_words(person), Type::Body, tokens.ink2);
    let first_hand = speaks_first_hand(workspace, person);
    let groups = &workspace.question.need_groups;
    let step = ((x(5) - x(4) - 10.0) / groups.len().max(1) as f32).min(14.0);
    for (place, group) in groups.iter().enumerate() {
        let at = pos2(x(4) + 6.0 + step * place as f32, y);
        if person.speaks_for.contains(&group.id) {
            paint_voice(ui.painter(), tokens, at, first_hand);
        } else {
            ui.painter().circle_filled(at, 1.2, tokens.line);
        }
    }
    if has_ballot {
        let at = pos2(x(5) + 16.0, y);
        ui.painter().text(at, Align2::CENTER_CENTER, icons::CHECK.0, Icon::font(15.0), tokens.ink2);
    }
    for (column, value) in [(6, person.influence), (7, person.interest)] {
        let end = if column == 6 { x(7) - 10.0 } else { rect.right() - 14.0 };
        let whole = Rect::from_min_max(pos2(x(column), y - 3.5), pos2(end, y + 3.5));
        ui.painter().rect_filled(whole, rounded(3.5), tokens.track);
        if let Some(value) = value {
            let filled = Rect::from_min_size(
                whole.min,
                vec2(whole.width() * (value / 10.0).clamp(0.0, 1.0) as f32, 7.0),
            );
            ui.painter().rect_filled(filled, rounded(3.5), tokens.ink2);
        }
    }
    paint_focus(ui, &response, rect.shrink(1.0), 4.0);
    if response.clicked() {
        desk.view.voices.person = Some(person.id.clone());
    }
}

fn foot(ui: &Ui, workspace: &Workspace, analysis: &Analysis, place: Rect, shown: usize) {
    let tokens = Tokens::of(ui);
    let band =
        Rect::from_min_max(pos2(place.left() + 1.0, place.bottom() - FOOT), place.max - vec2(1.0, 1.0));
    let corners = egui::CornerRadius { nw: 0, ne: 0, ..rounded(size::RADIUS_CARD - 1.0) };
    ui.painter().rect_filled(band, corners, tokens.sunken);
    ui.painter().hline(place.x_range(), band.top(), hairline(tokens.line));
    let y = band.center().y;
    let all = workspace.voices.stakeholders.len();
    let words =
        if shown == all { count(all, "person", "people") } else { format!("{shown} of {all} people") };
    let drawn = paint_text(
        ui.painter(),
        pos2(place.left() + 16.0, y),
        Align2::LEFT_CENTER,
        &words,
        Type::SmallStrong,
        tokens.ink,
    );
    let with = count(workspace.voices.ballots.len(), "ballot", "ballots");
    let drawn = paint_text(
        ui.painter(),
        pos2(drawn.right() + 18.0, y),
        Align2::LEFT_CENTER,
        &with,
        Type::Small,
        tokens.ink2,
    );
    paint_dot_legend(ui.painter(), tokens, pos2(drawn.right() + 170.0, y), ("first hand", "on behalf"));
    let missing = analysis.voices.coverage.iter().filter(|coverage| coverage.missing).count();
    if missing > 0 {
        let have = if missing == 1 { "has" } else { "have" };
        let words = format!("{} {have} no voice first hand", count(missing, "need group", "need groups"));
        let at = pos2(place.right() - 16.0, y);
        let drawn =
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::SmallStrong, tokens.crimson);
        let mark = pos2(drawn.left() - 13.0, y);
        ui.painter().text(
            mark,
            Align2::CENTER_CENTER,
            icons::USER_MINUS.0,
            Icon::filled_font(16.0),
            tokens.crimson,
        );
    }
}

/// Influence against stake, one shape a person: filled when they have given a ballot.
fn grid(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    paint_text(
        ui.painter(),
        head.left_center(),
        Align2::LEFT_CENTER,
        "Influence and stake",
        Type::Heading,
        tokens.ink,
    );
    paint_dot_legend(ui.painter(), tokens, head.right_center(), ("ballot", "none"));
    let (place, chart) = ui.allocate_exact_size(vec2(ui.available_width(), 196.0), Sense::hover());
    ui.painter().rect(place, rounded(6.0), tokens.sunken, hairline(tokens.hair), StrokeKind::Inside);
    let at = |influence: f64, stake: f64| {
        pos2(
            place.left() + place.width() * (influence / 10.0).clamp(0.02, 0.98) as f32,
            place.bottom() - place.height() * (stake / 10.0).clamp(0.03, 0.97) as f32,
        )
    };
    let corner = at(LITTLE_INFLUENCE, MUCH_AT_STAKE);
    let tinted = Rect::from_min_max(place.min, corner).shrink(1.0);
    ui.painter().rect_filled(tinted, rounded(5.0), tokens.select);
    ui.painter().vline(corner.x, place.y_range(), hairline(tokens.line));
    ui.painter().hline(place.x_range(), corner.y, hairline(tokens.line));
    let quiet = workspace.voices.stakeholders.iter().filter(|person| is_drowned_out(person)).count();
    chart.widget_info(|| {
        let words = format!(
            "Influence and stake: {} much at stake and little influence",
            match quiet {
                1 => "1 person has".to_owned(),
                n => format!("{n} people have"),
            }
        );
        WidgetInfo::labeled(Role::Image, true, words)
    });
    for person in &workspace.voices.stakeholders {
        let (Some(influence), Some(stake)) = (person.influence, person.interest) else { continue };
        let centre = at(influence, stake);
        let id = ui.scope_id().with(("on the grid", person.id.as_str()));
        let response = ui.interact(Rect::from_center_size(centre, vec2(18.0, 18.0)), id, Sense::click());
        let words =
            format!("{}: influence {}, stake {}", person.name, number(influence, 1), number(stake, 1));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        let shape = workspace.sector(&person.sector).map(|sector| sector.shape).unwrap_or_default();
        let given = workspace.voices.ballots.iter().any(|b| b.stakeholder.as_ref() == Some(&person.id));
        let (fill, outline) =
            if given { (tokens.ink2, Stroke::NONE) } else { (tokens.card, Stroke::new(1.3, tokens.ink2)) };
        paint_shape(ui.painter(), shape, centre, 13.0, fill, outline);
        if desk.view.voices.person.as_ref() == Some(&person.id) {
            ui.painter().circle_stroke(centre, 12.0, Stroke::new(2.0, tokens.focus));
        }
        paint_focus(ui, &response, Rect::from_center_size(centre, vec2(20.0, 20.0)), 10.0);
        if response.on_hover_text(words).clicked() {
            desk.view.voices.person = Some(person.id.clone());
        }
    }
    let (foot, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    paint_text(
        ui.painter(),
        foot.left_center(),
        Align2::LEFT_CENTER,
        "Much at stake is up",
        Type::SmallStrong,
        tokens.ink2,
    );
    paint_text(
        ui.painter(),
        foot.right_center(),
        Align2::RIGHT_CENTER,
        "More influence",
        Type::SmallStrong,
        tokens.ink2,
    );
}
