//! Heads of cards, and the figures on them that tell who leads.

use egui::{Align2, CursorIcon, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    analysis::{explain::Question, voices::Outcome},
    model::{Workspace, wording::number},
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{button::paint_focus, paint_badge, paint_text, paint_text_fitted},
    },
};

/// Height of the head of a card.
pub(super) const HEAD: f32 = 26.0;

/// The title of a card, with Why? at its right; answers with the place that is left for more, before Why?.
pub(super) fn card_head(ui: &mut Ui, desk: &mut Desk<'_>, title: &str, why: Option<Question>) -> Rect {
    head_with(ui, desk, title, why.map(|why| (why, "Why?")))
}

/// The same where more stands in the head: Why? is its icon alone.
pub(super) fn shared_head(ui: &mut Ui, desk: &mut Desk<'_>, title: &str, why: Option<Question>) -> Rect {
    head_with(ui, desk, title, why.map(|why| (why, "")))
}

fn head_with(ui: &mut Ui, desk: &mut Desk<'_>, title: &str, why: Option<(Question, &str)>) -> Rect {
    let tokens = Tokens::of(ui);
    let (mut place, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    if let Some((question, shown)) = why {
        let words = ui.painter().layout_no_wrap(shown.to_owned(), Type::Small.font(), tokens.ink2);
        let button = place.with_min_x(place.right() - words.size().x - 24.0);
        let response = ui.interact(button, ui.scope_id().with(("why", title)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Why? {title}")));
        let ink = if response.hovered() { tokens.focus } else { tokens.ink2 };
        let middle = button.center().y;
        let icon = pos2(button.left() + 9.0, middle);
        ui.painter().text(icon, Align2::CENTER_CENTER, icons::QUESTION.0, Icon::font(16.0), ink);
        paint_text(ui.painter(), button.right_center(), Align2::RIGHT_CENTER, shown, Type::Small, ink);
        paint_focus(ui, &response, button.expand2(vec2(3.0, 0.0)), 4.0);
        ask_on_focus(desk, &response, &question);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            desk.explain(question);
        }
        place.max.x = button.left() - 10.0;
    }
    let fit = (place.width(), 1);
    let at = place.left_center();
    let words =
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, title, Type::Heading, tokens.ink, fit);
    let named = ui.interact(words, ui.scope_id().with(("title", title)), Sense::hover());
    named.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    place.with_min_x(words.right() + 8.0)
}

/// Lets W ask why of what has the keyboard.
pub(super) fn ask_on_focus(desk: &mut Desk<'_>, response: &Response, question: &Question) {
    if response.has_focus() {
        desk.view.figure_in_focus = Some(question.clone());
    }
}

/// Lets a figure that was clicked, or that has the keyboard, be asked why.
pub(super) fn asks_why(desk: &mut Desk<'_>, response: Response, question: Question) {
    ask_on_focus(desk, &response, &question);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.explain(question);
    }
}

/// The lead of an outcome: "9.2", or a dash where there is one option.
pub(super) fn lead_words(outcome: &Outcome) -> String {
    outcome.lead.map_or_else(|| "–".to_owned(), |lead| number(lead, 1))
}

/// An outcome read out: "Local partnership leads by 9.2".
pub(super) fn outcome_name(workspace: &Workspace, outcome: Option<&Outcome>) -> String {
    let Some(outcome) = outcome else { return "nothing is left".to_owned() };
    let name = workspace.question.options.get(outcome.leader).map_or("", |option| option.name.as_str());
    match outcome.lead {
        Some(lead) => format!("{name} leads by {}", number(lead, 1)),
        None => format!("{name} leads"),
    }
}

/// A tile that says under a caption who leads and by how much; a click asks why.
pub(super) fn outcome_tile(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    place: Rect,
    (of, caption): (&str, &str),
    (outcome, strong): (Option<&Outcome>, bool),
    why: &Question,
) {
    let tokens = Tokens::of(ui);
    let workspace = desk.workspace();
    let response = ui.interact(place, ui.scope_id().with(("tile", of, caption)), Sense::click());
    response.widget_info(|| {
        let said = outcome_name(&workspace, outcome);
        WidgetInfo::labeled(Role::Button, true, format!("{of}, {caption}: {said}"))
    });
    let changes = outcome.is_some_and(|outcome| outcome.changes_leader);
    let ground = if strong { tokens.card } else { tokens.sunken };
    let line = if strong { egui::Stroke::new(2.0, tokens.ink) } else { hairline(tokens.hair) };
    ui.painter().rect(place, rounded(size::RADIUS), ground, line, egui::StrokeKind::Inside);
    let left = place.left() + 9.0;
    let at = pos2(left, place.top() + 17.0);
    let fit = (place.width() - 12.0, 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, caption, Type::Small, tokens.ink2, fit);
    let y = place.bottom() - 19.0;
    match outcome.and_then(|outcome| Some((outcome, workspace.question.options.get(outcome.leader)?))) {
        Some((outcome, option)) => {
            paint_badge(ui.painter(), tokens, &option.badge, pos2(left + 9.0, y), 18.0);
            let role = if changes || strong { Type::NumberStrong } else { Type::Number };
            let words = format!("+{}", lead_words(outcome));
            paint_text(ui.painter(), pos2(left + 25.0, y), Align2::LEFT_CENTER, &words, role, tokens.ink);
        }
        None => {
            paint_text(ui.painter(), pos2(left, y), Align2::LEFT_CENTER, "–", Type::Number, tokens.ink3);
        }
    }
    paint_focus(ui, &response, place, size::RADIUS);
    ask_on_focus(desk, &response, why);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.explain(why.clone());
    }
}
