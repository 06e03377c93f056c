//! History: who changed what when, and what it did to the answer.

mod clearing;
mod detail;
mod frozen;
mod place;
pub(super) mod rows;
mod table;

use egui::{Rect, Ui, UiBuilder, pos2, vec2};
use jiff::{Zoned, tz::TimeZone};

use super::{super::head, tables};
use crate::{
    model::{
        Room,
        ids::{StakeholderId, StepId},
    },
    session::Session,
    ui::{
        desk::Desk,
        drawing::{Part, parts::is_asked},
        theme::{Tokens, Type, size, space},
        widgets::{
            Card, Paragraph, button::Segment, choose, hinted_field, scrolled_page, segmented, wrapped,
        },
    },
};
use clearing::Asked;
use rows::{AT_ONCE, Filter, Rows};

/// How wide the cards at the right are.
const ASIDE: f32 = 356.0;
const ASIDE_SMALL: f32 = 312.0;
/// From this width on the cards stand beside the table.
const BESIDE: f32 = 900.0;

/// From this width on what is looked for stands beside the pages of the room; in a small window it is narrower.
const IN_HEAD: f32 = 1195.0;
const IN_HEAD_SMALL: f32 = 1110.0;

/// How tall a card is at least.
const LOW_CARD: f32 = 60.0;

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct HistoryView {
    filter: Filter,
    /// The step in the card; the newest in view where it is `None` or not in view.
    step: Option<StepId>,
    /// How many steps are shown beyond the first.
    older: usize,
    /// Something that cannot be undone has been asked for and waits for a second word.
    asked: Option<Asked>,
    /// Somebody is writing a note at the step in the card.
    writes_note: bool,
    /// Scroll to the step in the card.
    reveal: bool,
    /// The moment that counts as now, and the zone that times are shown in; the system's where it is `None`.
    pub clock: Option<Zoned>,
    known: Option<(Key, Rows)>,
    /// People who were removed and are still named, and the state of the trail that they are of.
    removed: Option<([u64; 2], Vec<(StakeholderId, String)>)>,
}

/// What the rows rest on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    filter: Filter,
    older: usize,
    revision: u64,
    touched: u64,
    /// How many steps there are, and how many of them are in words.
    lines: (usize, usize),
    zone: TimeZone,
}

impl HistoryView {
    /// Shows only steps that speak of this.
    pub fn look_for(&mut self, text: &str) {
        self.filter = Filter { text: text.to_owned(), ..Filter::default() };
    }

    /// People who were removed and are still named, looked for only when something changed.
    fn removed(&mut self, session: &Session) -> Vec<(StakeholderId, String)> {
        let key = [session.revision(), session.trail().touched()];
        let known = self.removed.take_if(|(known, _)| *known == key).map(|(_, removed)| removed);
        let removed = known.unwrap_or_else(|| session.removed_people());
        self.removed.insert((key, removed)).1.clone()
    }

    fn now(&self) -> Zoned {
        self.clock.clone().unwrap_or_else(Zoned::now)
    }

    /// The rows in view, put together again only when something changed.
    fn rows(&mut self, session: &Session, zone: &TimeZone) -> Rows {
        let trail = session.trail();
        let waiting = trail.lines().iter().rev().take_while(|line| line.words().is_none()).count();
        let key = Key {
            filter: self.filter.clone(),
            older: self.older,
            revision: session.revision(),
            touched: trail.touched(),
            lines: (trail.lines().len(), waiting),
            zone: zone.clone(),
        };
        if let Some((known, rows)) = &self.known
            && *known == key
        {
            return rows.clone();
        }
        let rows = Rows::of(trail, &self.filter, AT_ONCE + self.older, zone);
        self.known = Some((key, rows.clone()));
        rows
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.decision.history);
    let is_small = ui.ctx().content_rect().width() < size::SMALL_WINDOW;
    let in_head = ui.available_width() >= if is_small { IN_HEAD_SMALL } else { IN_HEAD };
    let has_any = !desk.session.trail().lines().is_empty();
    head(ui, Room::Decision, desk, |ui, desk| {
        if in_head && has_any {
            filters(ui, desk, &mut view);
        }
    });
    if !in_head && has_any {
        ui.add_space(space::XS);
        let across = egui::Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::CONTROL), across, |ui| {
            filters(ui, desk, &mut view);
        });
    }
    page(ui, desk, &mut view);
    desk.view.decision.history = view;
}

fn page(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    let zone = view.now().time_zone().clone();
    if desk.session.trail().lines().is_empty() {
        Paragraph::new().run("Nothing has changed yet.", Type::Heading, tokens.ink).show(ui);
        let words = "From the first edit on this page says who changed what when, and what it did to the answer. It is \
                     kept inside the workspace file.";
        wrapped(ui, words, Type::Body, tokens.ink2);
        if let Some(earlier) = desk.session.trail().earlier() {
            wrapped(ui, table::earlier_words(earlier, &zone), Type::Body, tokens.ink2);
        }
        ui.add_space(space::M);
        Card::new().padding(18, 14).show(ui, |ui| frozen::show(ui, desk));
        return;
    }
    let rows = view.rows(desk.session, &zone);
    let lead = rows.sentence(desk.session.trail(), &view.filter);
    Paragraph::new()
        .run(&lead, Type::Heading, tokens.ink)
        .run(" Each opens where it was made.", Type::Sentence, tokens.ink2)
        .show(ui);
    ui.add_space(space::M);
    if rows.steps.is_empty() {
        return;
    }
    let chosen = view.step.as_ref().filter(|id| rows::row_of(&rows, desk.session.trail(), id).is_some());
    let newest = || desk.session.trail().lines()[rows.steps[0]].id().clone();
    let chosen = chosen.cloned().unwrap_or_else(newest);
    view.step = Some(chosen);
    if ui.available_width() >= BESIDE {
        beside(ui, desk, view, &rows)
    } else {
        stacked(ui, desk, view, &rows)
    }
}

/// The table, and the cards at its right.
fn beside(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, rows: &Rows) {
    let place = ui.available_rect_before_wrap();
    let aside = if place.width() < 1100.0 { ASIDE_SMALL } else { ASIDE };
    let left = place.with_max_x(place.right() - aside - space::L);
    let right = place.with_min_x(place.right() - aside);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(left).id_salt("steps"));
    steps(&mut inner, desk, view, rows, left);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(right).id_salt("step"));
    scrolled_page(&mut inner, "step cards", |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        detail::show(ui, desk, view);
        let rest = place.bottom() - ui.cursor().top();
        Card::new().padding(18, 14).height(rest.max(LOW_CARD)).show(ui, |ui| frozen::show(ui, desk));
    });
    ui.advance_cursor_after_rect(place);
}

/// The table of steps, as a part that can be copied.
fn steps(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, rows: &Rows, place: Rect) {
    // Only what is asked for is put together.
    let zone = view.now().time_zone().clone();
    let table = if is_asked(ui.ctx()) { tables::history(desk.session, rows, &zone) } else { Vec::new() };
    let part = Part::table("History").at(place).figures(|| table);
    part.show(ui, |ui| table::show_at(ui, desk, view, rows, place));
}

/// One under the other.
fn stacked(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView, rows: &Rows) {
    scrolled_page(ui, "history page", |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        let corner = ui.cursor().min;
        let place = Rect::from_min_max(corner, pos2(corner.x + ui.available_width(), corner.y + 340.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt("steps"));
        steps(&mut inner, desk, view, rows, place);
        ui.advance_cursor_after_rect(place);
        detail::show(ui, desk, view);
        Card::new().padding(18, 14).show(ui, |ui| frozen::show(ui, desk));
    });
}

/// What is looked for, drawn from the right.
fn filters(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut HistoryView) {
    let narrow = ui.ctx().content_rect().width() < size::SMALL_WINDOW;
    clearing::menu(ui, desk, view);
    let text = view.filter.text.clone();
    if let Some(typed) =
        hinted_field(ui, "Find in the history", "Find", &text, if narrow { 96.0 } else { 120.0 })
    {
        view.filter.text = typed;
    }
    let segment = |words: &'static str| Segment { badge: "", words, colour: None, name: String::new() };
    let moved = if narrow { "Moved it" } else { "Moved the answer" };
    let chosen = segmented(ui, &[segment("All"), segment(moved)], usize::from(view.filter.moved));
    if let Some(chosen) = chosen {
        view.filter.moved = chosen == 1;
    }
    let rooms = Room::ALL.into_iter().map(|room| (Some(room), room.name().to_owned()));
    let all = std::iter::once((None, "All rooms".to_owned()));
    if let Some(room) = choose(ui, "Room", 112.0, &view.filter.room, all.chain(rooms)) {
        view.filter.room = room;
    }
    let mut names: Vec<&str> = desk.session.trail().lines().iter().map(|line| line.who()).collect();
    names.sort_unstable();
    names.dedup();
    let named = names.into_iter().map(|who| {
        let words = if who.is_empty() { "No name" } else { who };
        (Some(who.to_owned()), words.to_owned())
    });
    let all = std::iter::once((None, "Everyone".to_owned()));
    if let Some(who) = choose(ui, "Who", 112.0, &view.filter.who, all.chain(named)) {
        view.filter.who = who;
    }
}

/// What somebody is called here: "You", their name, or that they have given none.
pub(super) fn called<'n>(who: &'n str, own: &str) -> &'n str {
    match who {
        "" => "No name",
        who if who == own => "You",
        who => who,
    }
}
