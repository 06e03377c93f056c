//! What local means to people, from the nation down to a few streets, beside where an option is decided, designed and
//! delivered.

use egui::{
    Align2, CursorIcon, EventFilter, Key, Popup, Pos2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    vec2,
};

use super::card_head::card_head;
use crate::{
    analysis::{
        Analysis,
        explain::{Question, VoiceQuestion},
    },
    model::{
        Workspace,
        ids::StakeholderId,
        question::{Level, ServiceOption},
        voices::Stakeholder,
        wording::{capital, count},
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{button::paint_focus, paint_badge, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 30.0;
/// How far apart people stand on a level, and where there are many of them.
const DOT: f32 = 13.0;
const CLOSEST: f32 = 10.5;

/// Shows the ladder.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let local = &analysis.voices.local;
    let asked = (local.said > 0).then_some(Question::Voice(VoiceQuestion::Local));
    let rest = card_head(ui, desk, "What “local” means", asked);
    let option = option_in_view(desk, workspace, analysis);
    choose_option(ui, desk, workspace, option, rest);
    ui.add_space(space::XS);
    let mut levels: Vec<Option<Level>> = Level::ALL.into_iter().rev().map(Some).collect();
    let people = &workspace.voices.stakeholders;
    if local.said < people.len() {
        levels.push(None);
    }
    let top = ui.cursor().min;
    let width = ui.available_width();
    let whole = Rect::from_min_size(top, vec2(width, ROW * levels.len() as f32));
    for (at, &level) in levels.iter().enumerate() {
        let row = Rect::from_min_size(pos2(top.x, top.y + ROW * at as f32), vec2(width, ROW));
        level_row(ui, desk, workspace, (level, option), row);
    }
    ui.allocate_rect(whole, Sense::hover());
    carry(ui, desk, workspace, &levels, whole);
    ui.add_space(space::XS);
    wrapped(ui, caption(local.said, &local.spread, option), Type::Small, tokens.ink2);
}

fn caption(said: usize, spread: &[usize; Level::ALL.len()], option: Option<&ServiceOption>) -> String {
    let small: usize =
        Level::ALL.iter().zip(spread).filter(|(level, _)| **level <= Level::Ward).map(|(_, n)| n).sum();
    let mean = match (said, small) {
        (0, _) => {
            return "Nobody has said what local means to them. Ask, and drag them to a level.".to_owned();
        }
        (said, small) if 2 * small == said => "Half mean the ward or smaller.".to_owned(),
        (said, small) => format!("{small} of {said} mean the ward or smaller."),
    };
    let tags = option.map(|option| {
        let known = [option.decided, option.designed, option.delivered].iter().any(Option::is_some);
        if known {
            format!(" Tags: where {} is decided, designed and delivered.", option.badge)
        } else {
            format!(" Nobody has said where {} is decided, designed or delivered.", option.badge)
        }
    });
    mean + &tags.unwrap_or_default()
}

/// The option whose places are shown: the one chosen, else the leader, else the first.
fn option_in_view<'w>(
    desk: &Desk<'_>,
    workspace: &'w Workspace,
    analysis: &Analysis,
) -> Option<&'w ServiceOption> {
    let options = &workspace.question.options;
    let chosen = desk.view.voices.overview.option.as_ref();
    let chosen = chosen.and_then(|id| options.iter().find(|option| option.id == *id));
    chosen.or_else(|| options.get(analysis.balance.leader()?)).or(options.first())
}

/// The badge of the option in view; a click chooses another.
fn choose_option(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    option: Option<&ServiceOption>,
    place: Rect,
) {
    let tokens = Tokens::of(ui);
    let Some(option) = option else { return };
    let centre = pos2(place.right() - 12.0, place.center().y);
    let square = Rect::from_center_size(centre, vec2(26.0, 26.0));
    let response = ui.interact(square, ui.scope_id().with("option on the ladder"), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Where it happens, shown for {}", option.name))
    });
    paint_badge(ui.painter(), tokens, &option.badge, centre, 22.0);
    paint_focus(ui, &response, square, 6.0);
    let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text("Choose another option");
    Popup::menu(&response).width(240.0).show(|ui| {
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for other in &workspace.question.options {
                let words = format!("{}  {}", other.badge, other.short_name());
                if ui.selectable_label(other.id == option.id, words).clicked() {
                    desk.view.voices.overview.option = Some(other.id.clone());
                }
            }
        });
    });
}

fn level_words(level: Option<Level>) -> String {
    match level {
        None => "Not said".to_owned(),
        Some(Level::GroupOfPeople) => "Group of people".to_owned(),
        Some(level) => capital(level.words()),
    }
}

fn level_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    (level, option): (Option<Level>, Option<&ServiceOption>),
    row: Rect,
) {
    let tokens = Tokens::of(ui);
    let axis = row.left() + (row.width() * 0.45).max(130.0);
    let y = row.center().y;
    let people: Vec<&Stakeholder> =
        workspace.voices.stakeholders.iter().filter(|person| person.local_means == level).collect();
    let words = level_words(level);
    let carries = desk.view.voices.overview.carried.is_some();
    if carries && ui.input(|i| i.pointer.hover_pos()).is_some_and(|at| row.contains(at)) {
        ui.painter().rect_filled(row, rounded(6.0), tokens.select);
    }
    let ink = if people.is_empty() || level.is_none() { tokens.ink3 } else { tokens.ink };
    let at = pos2(axis - 14.0, y);
    let fit = (axis - row.left() - 16.0, 1);
    paint_text_fitted(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Body, ink, fit);
    if level.is_some() {
        ui.painter().vline(axis, row.y_range(), hairline(tokens.line));
        ui.painter().hline((axis - 4.0)..=(axis + 4.0), y, hairline(tokens.line));
    }
    let tag = option.map(|option| tag_words(option, level)).unwrap_or_default();
    let named = ui.interact(row, ui.scope_id().with(("level", words.as_str())), Sense::hover());
    named.widget_info(|| {
        let happens = option.filter(|_| !tag.is_empty());
        let happens = happens.map(|o| format!("; {} is {tag} here", o.name)).unwrap_or_default();
        let means = count(people.len(), "person", "people");
        WidgetInfo::labeled(Role::Row, true, format!("{words}: {means}{happens}"))
    });
    let right = paint_tag(ui, option, &tag, row);
    let room = right - axis - 12.0;
    let step = (room / people.len().max(1) as f32).clamp(CLOSEST, DOT);
    let most = (room / step).max(1.0) as usize;
    let shown = if people.len() > most { most.saturating_sub(2).max(1) } else { people.len() };
    for (place, person) in people[..shown].iter().enumerate() {
        dot(ui, desk, person, pos2(axis + 14.0 + step * place as f32, y));
    }
    if people.len() > shown {
        let at = pos2(axis + 12.0 + step * shown as f32, y);
        let more = format!("+{}", people.len() - shown);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &more, Type::Small, tokens.ink2);
    }
}

fn tag_words(option: &ServiceOption, level: Option<Level>) -> String {
    let places =
        [(option.decided, "decided"), (option.designed, "designed"), (option.delivered, "delivered")];
    let here = places.into_iter().filter(|(place, _)| level.is_some() && *place == level);
    here.map(|(_, word)| word).collect::<Vec<_>>().join(", ")
}

/// Paints what happens at a level at the right of its row; answers where that begins.
fn paint_tag(ui: &Ui, option: Option<&ServiceOption>, tag: &str, row: Rect) -> f32 {
    let tokens = Tokens::of(ui);
    let Some(option) = option.filter(|_| !tag.is_empty()) else { return row.right() };
    let colour = tokens.option(&option.badge);
    let ink = if tokens.dark { colour.fill } else { tokens.ink };
    let galley = ui.painter().layout(tag.to_owned(), Type::SmallStrong.font(), ink, row.width() * 0.4);
    let size = galley.size() + vec2(14.0, 4.0);
    let frame = Rect::from_min_size(pos2(row.right() - size.x, row.center().y - size.y / 2.0), size);
    ui.painter().rect_filled(frame, rounded(5.0), colour.tint);
    ui.painter().galley(frame.center() - galley.size() / 2.0, galley, ink);
    frame.left() - 4.0
}

/// Somebody on the ladder: dragged to another level, or moved with Up and Down.
fn dot(ui: &mut Ui, desk: &mut Desk<'_>, person: &Stakeholder, at: Pos2) {
    let tokens = Tokens::of(ui);
    let id = ui.scope_id().with(("means local", person.id.as_str()));
    let place = Rect::from_center_size(at, vec2(DOT, 20.0));
    let response = ui.interact(place, id, Sense::click_and_drag());
    let said = person.local_means.map_or("not said", Level::words);
    let words = format!("{}: local means {said}", person.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &words));
    let carried = desk.view.voices.overview.carried.as_ref() == Some(&person.id);
    let ink = if carried { tokens.line } else { tokens.ink2 };
    ui.painter().circle_filled(at, if response.hovered() { 5.5 } else { 4.5 }, ink);
    paint_focus(ui, &response, place, 6.0);
    if response.drag_started() {
        desk.view.voices.overview.carried = Some(person.id.clone());
    }
    if response.clicked() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let step = ui.input_mut(|i| {
            let none = egui::Modifiers::NONE;
            i32::from(i.consume_key(none, Key::ArrowUp)) - i32::from(i.consume_key(none, Key::ArrowDown))
        });
        let here = person.local_means.and_then(|level| Level::ALL.iter().position(|of| *of == level));
        let next = match here {
            Some(here) => Level::ALL.get((here as i32 + step).clamp(0, Level::ALL.len() as i32 - 1) as usize),
            None if step > 0 => Level::ALL.first(),
            None => None,
        };
        if let Some(level) = next.filter(|_| step != 0) {
            mean(desk, person, Some(*level));
        }
    }
    response.on_hover_cursor(CursorIcon::Grab).on_hover_text(&words);
}

fn mean(desk: &mut Desk<'_>, person: &Stakeholder, level: Option<Level>) {
    if person.local_means == level {
        return;
    }
    let said = level.map_or("not said", Level::words);
    let id: StakeholderId = person.id.clone();
    let key = format!("local means {id}");
    desk.edit(format!("{}: local means {said}", person.name), Some(&key), |w| {
        if let Some(person) = w.voices.stakeholders.iter_mut().find(|who| who.id == id) {
            person.local_means = level;
        }
    });
}

/// Who is being dragged follows the pointer, and means the level on which they are let go.
fn carry(ui: &Ui, desk: &mut Desk<'_>, workspace: &Workspace, levels: &[Option<Level>], whole: Rect) {
    let tokens = Tokens::of(ui);
    let Some(carried) = desk.view.voices.overview.carried.clone() else { return };
    let pointer = ui.input(|i| i.pointer.latest_pos());
    if ui.input(|i| i.pointer.any_down()) {
        if let Some(at) = pointer {
            ui.painter().circle_filled(at, 6.0, tokens.ink);
        }
        return;
    }
    desk.view.voices.overview.carried = None;
    let Some(at) = pointer.filter(|at| whole.contains(*at)) else { return };
    let row = ((at.y - whole.top()) / ROW) as usize;
    if let (Some(level), Some(person)) = (levels.get(row), workspace.stakeholder(&carried)) {
        mean(desk, person, *level);
        desk.session.settle();
    }
}
