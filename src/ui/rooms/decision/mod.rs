//! The Decision room: what do we do, why, who dissents, when do we look again?

mod conditions;
mod copy;
mod dissent;
mod duties;
mod entry;
mod figures;
mod frozen_record;
pub mod history;
mod line;
mod offered;
mod rationed;
mod record;
mod review;
mod sheets;
mod signature;
mod tables;
mod title_block;
mod to_settle;
mod tripwires;

use std::sync::Arc;

use egui::{Ui, vec2};

use super::head;
use crate::{
    analysis::{
        Analysis,
        decision::{
            ChangedFigure, Draft, OfAnother, Unmet, changed, drafts, frozen::changes_since, of_another, unmet,
        },
    },
    model::{
        Room, Workspace,
        decision::{Frozen, RecordList, inputs_of},
        diff::Change,
        ids::{EntryId, FrozenId},
    },
    ui::{
        command::OnRecord,
        desk::Desk,
        export,
        theme::{size, space},
        view::Screen,
        widgets::scrolled_page,
    },
};
pub use dissent::add as add_dissent;
pub use duties::add as add_duty;
pub use entry::add as add_entry;
use sheets::Sheet;

/// The pages of the room.
pub const PAGES: &[&str] = &["Record", "Conditions", "Review plan", "Duties", "History"];

/// Cards stand side by side from this width on.
const WIDE: f32 = 860.0;

/// From this height on the foot of the record stays in view.
const HIGH: f32 = 300.0;

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct DecisionView {
    pub history: history::HistoryView,
    /// The entry that is open to be written in.
    open: Option<EntryId>,
    /// It was just opened: its words take the keyboard.
    just_opened: bool,
    /// The option recommended and its headline are open to be changed.
    choosing: bool,
    /// The list whose drafted sentences are shown.
    offered: Option<RecordList>,
    /// What stands over the paper is open to be written in.
    title_open: bool,
    /// Which conditions and safeguards are shown.
    shown: conditions::Shown,
    /// The frozen copy that is looked at in place of the record.
    copy: Option<FrozenId>,
    /// What is asked before something is frozen or signed.
    sheet: Option<Sheet>,
    /// The page that was drawn last, and in which pass.
    last_seen: Option<(String, u64)>,
    found: Option<(u64, bool, Arc<Found>)>,
    since: Option<Since>,
}

/// What has changed since a copy was frozen, at some revision.
#[derive(Debug)]
struct Since {
    copy: FrozenId,
    revision: u64,
    number: usize,
    /// The first of them in words, with the room each is in.
    lines: Vec<(Option<Room>, String)>,
}

/// How many changes since a copy are put in words.
const PUT_IN_WORDS: usize = 40;

/// What follows from the record and the rooms together; the same until something is edited or drawn.
#[derive(Debug)]
struct Found {
    unmet: Vec<Unmet>,
    changed: Vec<ChangedFigure>,
    drafts: Vec<Draft>,
    another: Option<OfAnother>,
}

impl DecisionView {
    /// Looks at a frozen copy in place of the record.
    pub fn look_at_copy(&mut self, id: FrozenId) {
        self.copy = Some(id);
    }

    /// How many changes there have been since a copy was frozen.
    fn changes_since(&mut self, copy: &Frozen, workspace: &Workspace, revision: u64) -> usize {
        if let Some(known) = &self.since
            && known.copy == copy.id
            && known.revision == revision
        {
            return known.number;
        }
        let changes = changes_since(copy, workspace);
        let today = inputs_of(workspace);
        let described = |change: &Change| {
            let told = change.describe(&copy.state, &today);
            let before = if told.before.is_empty() { "" } else { "; it was " };
            (told.room, format!("{}: {}{before}{}", told.what, told.after, told.before))
        };
        let lines = changes.iter().take(PUT_IN_WORDS).map(described).collect();
        self.since = Some(Since { copy: copy.id.clone(), revision, number: changes.len(), lines });
        changes.len()
    }

    /// The first of the changes that were counted last, in words.
    fn since_in_words(&self) -> Vec<(Option<Room>, String)> {
        self.since.as_ref().map_or_else(Vec::new, |since| since.lines.clone())
    }

    /// Opens an entry to be written in; nothing else stays open.
    fn open(&mut self, id: EntryId) {
        self.close_editors();
        self.open = Some(id);
        self.just_opened = true;
    }

    /// Leaves whatever is open to be written in.
    fn close_editors(&mut self) {
        (self.open, self.just_opened, self.choosing) = (None, false, false);
    }

    /// Closes what was open when the page was last left, and what Escape leaves.
    fn keep_editors(&mut self, ui: &Ui, page: &str) {
        let pass = ui.ctx().cumulative_pass_nr();
        let goes_on = self.last_seen.take().is_some_and(|(of, at)| of == page && pass <= at + 1);
        self.last_seen = Some((page.to_owned(), pass));
        let is_covered = self.sheet.is_some() || egui::Popup::is_any_open(ui.ctx());
        let is_left = !is_covered && ui.input(|input| input.key_pressed(egui::Key::Escape));
        // What was just opened, from another page, is what somebody came for.
        if is_left || !(goes_on || self.just_opened) {
            self.close_editors();
        }
    }
}

fn found(desk: &mut Desk<'_>) -> Arc<Found> {
    let (revision, drawn) = (desk.session.revision(), desk.session.basis().robustness.is_some());
    if let Some((of, with, found)) = &desk.view.decision.found
        && (*of, *with) == (revision, drawn)
    {
        return Arc::clone(found);
    }
    let basis = desk.session.basis();
    let found = Arc::new(Found {
        unmet: unmet(&basis),
        changed: changed(&basis),
        drafts: drafts(&basis),
        another: of_another(&basis),
    });
    desk.view.decision.found = Some((revision, drawn, Arc::clone(&found)));
    found
}

/// Does with the record what a command asks, or asks first what must be known.
pub fn begin(desk: &mut Desk<'_>, what: OnRecord) {
    match what {
        OnRecord::History => return desk.go(Room::Decision, "History"),
        OnRecord::TakeBack => {
            desk.edit("Take the signature back", None, |w| w.decision.signed = None);
            return;
        }
        OnRecord::Sign | OnRecord::Freeze | OnRecord::Unmet => {}
    }
    // The sheets stand over any page of the record, but not over its history.
    if desk.view.place() == (Screen::Room(Room::Decision), "History")
        || desk.view.place().0 != Screen::Room(Room::Decision)
    {
        desk.go(Room::Decision, "Record");
    }
    desk.view.decision.sheet = Some(match what {
        OnRecord::Sign => Sheet::sign(desk),
        OnRecord::Freeze => Sheet::freeze(desk),
        _ => Sheet::unmet(),
    });
}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    match desk.view.page(Room::Decision) {
        "History" => history::show(ui, desk),
        _ => record(ui, desk),
    }
}

fn record(ui: &mut Ui, desk: &mut Desk<'_>) {
    let page = desk.view.page(Room::Decision).to_owned();
    desk.view.decision.keep_editors(ui, &page);
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    let found = found(desk);
    head(ui, Room::Decision, desk, export::buttons::show);
    ui.add_space(space::XS);
    match desk.view.page(Room::Decision) {
        "Conditions" => conditions::show(ui, desk, &workspace, &found),
        "Review plan" => review::show(ui, desk, &workspace, &analysis, &found),
        "Duties" => duties::show(ui, desk, &workspace),
        _ => record_page(ui, desk, &workspace, &analysis, &found),
    }
    sheets::show(ui, desk, &found);
}

/// The record at the left, what it stands on or becomes at the right; one under the other where there is no room for both.
fn record_page(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, found: &Found) {
    let copy = desk.view.decision.copy.clone();
    let copy = copy.and_then(|id| workspace.decision.frozen(&id).cloned());
    let is_wide = ui.available_width() >= WIDE && ui.ctx().content_rect().width() >= size::NARROW_WINDOW;
    if copy.is_none() && is_wide && ui.available_height() >= HIGH {
        return side_by_side(ui, desk, workspace, analysis, found);
    }
    scrolled_page(ui, "record page", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::M);
        if let Some(copy) = &copy {
            copy::show(ui, desk, workspace, copy);
            return;
        }
        to_settle::show(ui, desk, found);
        record::show(ui, desk, workspace, analysis, found);
        right_column(ui, desk, workspace, analysis);
    });
}

/// Each scrolls by itself; what freezes and signs the record stays in view at its foot.
fn side_by_side(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, found: &Found) {
    ui.spacing_mut().item_spacing = vec2(space::L, space::M);
    to_settle::show(ui, desk, found);
    let place = ui.available_rect_before_wrap();
    let left = place.with_max_x(place.left() + ((place.width() - space::L) * LEFT_SHARE).round());
    let right = place.with_min_x(left.right() + space::L);
    record::show_at(ui, left, desk, workspace, analysis, found);
    let mut beside = ui.new_child(egui::UiBuilder::new().max_rect(right).id_salt("beside the record"));
    scrolled_page(&mut beside, "beside the record", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::M);
        right_column(ui, desk, workspace, analysis);
    });
    ui.advance_cursor_after_rect(place);
}

/// The part of the width that the record takes.
const LEFT_SHARE: f32 = 0.46;

/// What stands beside the record.
fn right_column(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    export::preview::show(ui, desk);
    figures::show(ui, desk, workspace, analysis);
}
