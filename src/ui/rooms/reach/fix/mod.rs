//! Ways to fix a payment design, side by side: what each does and what it costs; one can be kept as an option of its own.

mod chosen;
mod feeds;
mod grouping;
mod table;

pub(super) use chosen::{PARKED_UNPAID, note};
pub(super) use table::radio;

use egui::{Rect, ScrollArea, Ui, pos2};

use super::{prediction::not_said, reach_of};
use crate::ui::drawing::Part;
use crate::{
    analysis::{
        Analysis,
        reach::{self, DesignCopy, OptionReach, PriceLimits, Way, WayKind},
    },
    model::{
        Workspace,
        ids::OptionId,
        wording::{capital, number, short_pounds},
    },
    session::edits::designs,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Paragraph, scrolled_page},
    },
};

/// What is being looked at among the ways to fix a design.
#[derive(Debug)]
pub(super) struct FixView {
    pub chosen: WayKind,
    pub limits: PriceLimits,
    /// Whether the chosen way has yet to take the keyboard, as the sheet has just opened.
    wants_keys: bool,
    /// Whether something of the sheet took Esc for itself as the last frame ended: a field, or the explanation.
    esc_is_taken: bool,
}

impl FixView {
    /// The sheet as it opens: on the way by which the fair prices beside the page are reckoned.
    fn on(chosen: WayKind) -> Self {
        Self { chosen, limits: PriceLimits::default(), wants_keys: true, esc_is_taken: true }
    }
}

/// What the page works with for one frame.
struct Scene<'a> {
    workspace: &'a Workspace,
    now: &'a OptionReach,
    index: usize,
    option: &'a OptionId,
    ways: &'a [Way],
    /// What those left out now cost later, £ a year.
    bill_now: crate::analysis::Figure,
}

/// Shows the page for the option at this index.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    let option = &workspace.question.options[index];
    let Some(now) = reach_of(analysis, index) else {
        back(ui, desk);
        not_said(ui, desk, &option.name);
        return;
    };
    let view = desk.view.reach.fixing.take();
    let mut view = view.unwrap_or_else(|| FixView::on(reach::fair_way(workspace, &option.id)));
    let worked_out = &mut desk.view.reach.worked_out;
    let of = (index, view.limits.clone());
    let ways = worked_out.ways.get(of, || reach::ways(workspace, &option.id, &view.limits));
    let bill_now = *worked_out.bill_now.get(index, || reach::bill_of(workspace, now));
    let scene = Scene { workspace, now, index, option: &option.id, ways: &ways, bill_now };
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        back(ui, desk);
        let tokens = Tokens::of(ui);
        let (lead, rest) = scene.sentence(view.chosen, &option.badge);
        Paragraph::new()
            .run(&lead, Type::Heading, tokens.ink)
            .run(&format!(" {rest}"), Type::Sentence, tokens.ink2)
            .show(ui);
    });
    ui.add_space(space::XS);
    scene.cards(ui, desk, &mut view);
    if !view.esc_is_taken && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        go_back(desk);
    }
    view.esc_is_taken =
        ui.text_edit_focused() || egui::Popup::is_any_open(ui) || desk.view.explain.question().is_some();
    // The way back has closed the sheet.
    if desk.view.reach.fix_is_open {
        desk.view.reach.fixing = Some(view);
    }
}

fn back(ui: &mut Ui, desk: &mut Desk<'_>) {
    if Button::new("Back").icon(icons::CARET_LEFT).tooltip("Back to the page (Esc)").show(ui).clicked() {
        go_back(desk);
    }
}

fn go_back(desk: &mut Desk<'_>) {
    desk.view.reach.fix_is_open = false;
    desk.view.reach.back_from_fix = true;
}

impl Scene<'_> {
    fn way(&self, kind: WayKind) -> Option<&Way> {
        self.ways.iter().find(|way| way.kind == kind)
    }

    /// What a way does in this design, in a sentence.
    fn says(&self, way: &Way) -> String {
        let says = way.kind.says();
        if way.kind != WayKind::AboveBaseline {
            return says.to_owned();
        }
        let park_proof = self.way(WayKind::ParkProof).and_then(|way| way.effect.as_ref());
        match (&way.effect, park_proof) {
            (Some(this), Some(that)) if this.costs_less_than(that) => {
                format!("{says} The same gain for less.")
            }
            (Some(_), Some(_)) => format!("{says} No cheaper here."),
            _ => says.to_owned(),
        }
    }

    /// What the chosen way comes to.
    fn sentence(&self, kind: WayKind, badge: &str) -> (String, String) {
        let Some(way) = self.way(kind) else { return (String::new(), String::new()) };
        let name = kind.words();
        let effect = match (&way.copy, &way.effect) {
            (_, Some(effect)) => effect,
            (Err(why), None) if kind == WayKind::BetterGrouping => {
                return (format!("{name}: cannot be computed."), format!("{}.", capital(why.0)));
            }
            (Err(why), None) => return (format!("{name}: not for {badge}."), format!("Because {}.", why.0)),
            (Ok(_), None) => return (name.to_owned(), String::new()),
        };
        let (before, after) = (self.now.left_out_per_year, effect.reach.left_out_per_year);
        let lead = match (before, after) {
            (Ok(before), Ok(after)) => {
                format!("{name}: {} left out a year instead of {}.", number(after, 0), number(before, 0))
            }
            _ => format!("{name}: how many are left out is not known."),
        };
        let rest = match (self.now.cost_per_year, effect.reach.cost_per_year) {
            (Ok(before), Ok(after)) if after >= before => {
                format!("It costs {} more a year.", short_pounds(after - before))
            }
            (Ok(before), Ok(after)) => format!("It costs {} less a year.", short_pounds(before - after)),
            _ => String::new(),
        };
        (lead, rest)
    }

    fn cards(&self, ui: &mut Ui, desk: &mut Desk<'_>, view: &mut FixView) {
        if ui.ctx().content_rect().width() < size::NARROW_WINDOW {
            scrolled_page(ui, "ways to fix", |ui| {
                ui.spacing_mut().item_spacing.y = space::L;
                let wanted = egui::vec2(ui.available_width(), table::height(self.ways.len()));
                let place = ui.allocate_space(wanted).1;
                let part = Part::table("Ways to fix it").at(place).figures(|| table::rows(self));
                part.show(ui, |ui| table::show_at(ui, desk, self, view, place));
                chosen::show(ui, desk, self, view);
                feeds::show(ui, desk, self.workspace);
            });
            return;
        }
        let page = ui.available_rect_before_wrap();
        let right = (page.width() * 0.34).clamp(330.0, 430.0);
        let left = Rect::from_min_max(page.min, pos2(page.right() - right - space::L, page.bottom()));
        let right = Rect::from_min_max(pos2(page.right() - right, page.top()), page.max);
        let part = Part::table("Ways to fix it").at(left).figures(|| table::rows(self));
        part.show(ui, |ui| table::show_at(ui, desk, self, view, left));
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(right));
        inner.set_clip_rect(right.expand(2.0).intersect(ui.clip_rect()));
        ScrollArea::vertical().id_salt("chosen way").auto_shrink(false).show(&mut inner, |ui| {
            ui.spacing_mut().item_spacing.y = space::L;
            chosen::show(ui, desk, self, view);
            feeds::show(ui, desk, self.workspace);
        });
        ui.advance_cursor_after_rect(page);
    }
}

/// Keeps a design as a new option behind the one that it came from, which is looked at from now on: one step.
pub(super) fn keep_as_option(desk: &mut Desk<'_>, from: &OptionId, copy: &DesignCopy, what: &str) {
    let workspace = desk.workspace();
    let badge = designs::copy_badge(&workspace, from);
    let name = designs::copy_name(&workspace, from, what);
    let id = OptionId::named(&name, desk.session.new_tail());
    let tails: Vec<u32> = copy.payments.iter().map(|_| desk.session.new_tail()).collect();
    let kept = desk.edit(format!("Keep {what} as {badge}"), None, |w| {
        designs::keep_as_option(w, from, copy, &id, &name, &tails);
    });
    if kept {
        desk.view.reach.choose(&id);
        // The sheet is of the option that the copy came from.
        desk.view.reach.fix_is_open = false;
        let leads = desk.analysis().balance.leader();
        let workspace = desk.workspace();
        let place = workspace.question.options.iter().position(|option| option.id == id);
        let rank = place.and_then(|place| desk.analysis().balance.options.get(place)?.rank);
        let stands = match (leads == place && place.is_some(), rank) {
            (true, _) => " It leads.".to_owned(),
            (false, Some(rank)) => format!(" It stands {}.", ordinal(rank)),
            (false, None) => String::new(),
        };
        let old = workspace.option(from).map_or("", |option| option.badge.as_str());
        let copied = workspace.balance.scores.iter().any(|score| score.option == id && score.provisional);
        let copied = if copied {
            format!(" Look at its scores again: they are {old}\u{2019}s.")
        } else {
            String::new()
        };
        desk.notice(format!("{badge} is an option now.{stands}{copied}"));
    }
}

fn ordinal(rank: usize) -> String {
    match rank {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        n => format!("number {n}"),
    }
}
