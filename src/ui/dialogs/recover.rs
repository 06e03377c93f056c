//! Work that was not saved when the program ended: how far to go back, and what changed.

use std::sync::Arc;

use egui::{
    Align2, Context, EventFilter, Key, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::{foot, heading, propose, recovered_work::RecoveredWork, sheet};
use crate::{
    file::journal::{JournalStep, Recoverable},
    model::{
        Workspace,
        wording::{capital, count},
    },
    session::{Wake, history::RecoveredStep},
    ui::{
        icons,
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{Button, asked_of, button::paint_focus, paint_text, paint_text_fitted, wrapped},
    },
};

/// The dialog.
#[derive(Debug)]
pub struct Recover {
    pub found: Recoverable,
    work: RecoveredWork,
    /// The moment up to which work would be recovered.
    moment: usize,
    /// Whether Discard was pressed once and wants to be said again.
    discarding: bool,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Later,
    /// Recover up to this moment.
    Recover(usize),
    /// Open it up to this moment to look at, without taking it out of the journal.
    LookFirst(usize),
    Discard,
}

impl Recover {
    #[must_use]
    pub fn new(found: Recoverable, wake: &Wake) -> Self {
        let moment = found.moments.len().saturating_sub(1);
        let work = RecoveredWork::of(&found, wake);
        Self { found, work, moment, discarding: false }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context) -> Choice {
        self.work.poll();
        let (choice, leave) = sheet(ctx, "recover", 860.0, |ui| {
            let tokens = Tokens::of(ui);
            let title = if self.found.title.is_empty() { "An untitled question" } else { &self.found.title };
            let sentence = format!(
                "{title} was not saved when the program ended on {}. {} can be recovered.",
                day_and_time(self.found.when),
                capital(&count(self.steps(self.found.moments.len()), "change", "changes")),
            );
            heading(ui, icons::CLOCK_COUNTER_CLOCKWISE, "Unsaved work found", &sentence);
            if let Some(damage) = &self.found.damage {
                wrapped(ui, damage.as_str(), Type::Small, tokens.ink2);
            }
            if self.found.moments.len() > 1 {
                self.moments(ui);
            }
            heads(ui);
            ScrollArea::vertical()
                .max_height((ctx.content_rect().height() - 490.0).max(3.0 * ROW))
                .show(ui, |ui| self.list(ui));
            ui.add_space(space::S);
            if let Some(leaders) = self.work.leaders(self.moment) {
                wrapped(ui, leaders, Type::Strong, tokens.ink);
            }
            wrapped(ui, "The saved file stays as it is until you save.", Type::Small, tokens.ink3);
            self.buttons(ui)
        });
        if leave && choice == Choice::Undecided { Choice::Later } else { choice }
    }

    /// How many steps the first `moments` moments hold.
    fn steps(&self, moments: usize) -> usize {
        self.found.moments.iter().take(moments).map(|moment| moment.steps.len().max(1)).sum()
    }

    /// The moments as dots on a line from what was saved on, with a knob at the one that would be recovered.
    fn moments(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let last = self.found.moments.len() - 1;
        let (card, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), MOMENTS), Sense::click_and_drag());
        let (left, right, y) = (card.left() + 20.0, card.right() - 24.0, card.top() + 28.0);
        let step = (right - left) / (last + 1) as f32;
        let x_of = |moment: usize| left + (moment + 1) as f32 * step;
        self.turn(ui, &response, |x| ((x - left) / step - 1.0).round().clamp(0.0, last as f32) as usize);
        let when = self.found.moments[self.moment].steps.last().map_or(self.found.when, |step| step.time);
        let words = day_and_time(when);
        response.widget_info(|| WidgetInfo {
            label: Some(format!("Recover up to {words}")),
            value: Some(self.moment as f64),
            ..WidgetInfo::new(Role::Slider)
        });
        let painter = ui.painter();
        painter.rect(card, rounded(10.0), tokens.sunken, hairline(tokens.hair), egui::StrokeKind::Inside);
        let line = |to: f32, colour| {
            painter.line_segment([pos2(left, y), pos2(to, y)], egui::Stroke::new(6.0, colour))
        };
        line(right, tokens.track);
        line(x_of(self.moment), tokens.ink3);
        // Dots that would touch say nothing.
        if step > 6.0 {
            for moment in 0..=last {
                painter.circle(pos2(x_of(moment), y), 4.5, tokens.card, egui::Stroke::new(1.6, tokens.ink2));
            }
        }
        painter.circle_filled(pos2(left, y), 6.0, tokens.ink);
        let knob = pos2(x_of(self.moment), y);
        painter.circle(knob, 11.0, tokens.primary, egui::Stroke::new(3.0, tokens.card));
        let under = y + 26.0;
        paint_text(
            painter,
            pos2(left - 6.0, under),
            Align2::LEFT_CENTER,
            "last saved",
            Type::Small,
            tokens.ink2,
        );
        let words = format!("recover up to {}", clock(when));
        let half = painter.layout_no_wrap(words.clone(), Type::SmallStrong.font(), tokens.ink).size().x / 2.0;
        let at = knob.x.clamp(left + 70.0 + half, (card.right() - 12.0 - half).max(left + 70.0 + half));
        paint_text(painter, pos2(at, under), Align2::CENTER_CENTER, &words, Type::SmallStrong, tokens.ink);
        paint_focus(ui, &response, card, 10.0);
        ui.add_space(space::S);
    }

    /// Goes to another moment by a drag, a click, an arrow, or what assistive technology asks for.
    fn turn(&mut self, ui: &Ui, response: &Response, moment_at: impl Fn(f32) -> usize) {
        let last = self.found.moments.len() - 1;
        if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked())
        {
            self.moment = moment_at(at.x);
        }
        let (mut by, wanted) = asked_of(ui, response);
        if response.has_focus() {
            let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
            by += ui.input(|input| {
                i32::from(input.key_pressed(Key::ArrowRight)) - i32::from(input.key_pressed(Key::ArrowLeft))
            });
        }
        if let Some(wanted) = wanted {
            self.moment = (wanted.max(0.0) as usize).min(last);
        }
        self.moment = self.moment.saturating_add_signed(by as isize).min(last);
    }

    fn list(&self, ui: &mut Ui) {
        for (index, moment) in self.found.moments.iter().enumerate().rev() {
            let kept = index <= self.moment;
            for (step, given) in moment.steps.iter().enumerate().rev() {
                row(ui, Some(given), self.work.change(index, &moment.steps, step), kept);
            }
            if moment.steps.is_empty() {
                row(ui, None, None, kept);
            }
        }
    }

    /// What was found, and the state that was saved with the steps from it up to a moment, where they can be read.
    #[must_use]
    pub fn recalled(self, moment: usize) -> (Recoverable, Option<(Arc<Workspace>, Vec<RecoveredStep>)>) {
        let steps = self.work.steps_up_to(&self.found.moments, moment);
        (self.found, steps)
    }

    fn buttons(&mut self, ui: &mut Ui) -> Choice {
        foot(ui, |ui| {
            let words = format!("Recover {}", count(self.steps(self.moment + 1), "change", "changes"));
            let main = Button::new(&words).primary().show(ui);
            propose(ui, &main);
            if main.clicked() {
                return Choice::Recover(self.moment);
            }
            if Button::new("Look first").icon(icons::EYE).show(ui).clicked() {
                return Choice::LookFirst(self.moment);
            }
            if Button::new("Later").quiet().show(ui).clicked() {
                return Choice::Later;
            }
            let discard = if self.discarding { "Discard for good" } else { "Discard" };
            if Button::new(discard).quiet().show(ui).clicked() {
                if self.discarding {
                    return Choice::Discard;
                }
                self.discarding = true;
            }
            Choice::Undecided
        })
    }
}

const ROW: f32 = 34.0;
/// The height of the line of moments.
const MOMENTS: f32 = 76.0;
/// Where the columns before and after a change begin, from the right edge, and what lies between them.
const BEFORE: f32 = 260.0;
const AFTER: f32 = 120.0;
const ARROW: f32 = 24.0;

fn heads(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let head = ui.label(Type::Strong.text("What changed, newest first", tokens.ink)).rect;
    let right = head.left() + ui.available_width();
    for (words, left) in [("before", BEFORE), ("after", AFTER)] {
        let at = pos2(right - left, head.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    }
}

/// A step, with what it changed before and after where that is known.
fn row(ui: &mut Ui, step: Option<&JournalStep>, change: Option<(&str, &str)>, kept: bool) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let ink = if kept { tokens.ink } else { tokens.ink3 };
    let label = step.map_or("Went on with the step before", |step| step.label.as_str());
    response.widget_info(|| {
        let words = if kept { "recovered" } else { "left out" };
        let change = change.map_or_else(String::new, |(before, after)| match before {
            "" => format!(", {after}"),
            before => format!(", from {before} to {after}"),
        });
        WidgetInfo::labeled(Role::Label, true, format!("{label}, {words}{change}"))
    });
    let y = rect.center().y;
    let mark = if kept { icons::CHECK } else { icons::X };
    ui.painter().text(
        pos2(rect.left() + 10.0, y),
        Align2::CENTER_CENTER,
        mark.0,
        icons::Icon::font(15.0),
        ink,
    );
    if let Some(step) = step {
        let time = clock(step.time);
        paint_text(
            ui.painter(),
            pos2(rect.left() + 30.0, y),
            Align2::LEFT_CENTER,
            &time,
            Type::Number,
            tokens.ink2,
        );
        let room = step.room.map_or("", |room| room.name());
        paint_text(
            ui.painter(),
            pos2(rect.left() + 92.0, y),
            Align2::LEFT_CENTER,
            room,
            Type::Body,
            tokens.ink2,
        );
    }
    let at = pos2(rect.left() + 196.0, y);
    let fit = (rect.right() - BEFORE - 10.0 - at.x, 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, label, Type::Body, ink, fit);
    if let Some((before, after)) = change {
        let at = pos2(rect.right() - BEFORE, y);
        let fit = (BEFORE - AFTER - ARROW - 8.0, 1);
        let role = Type::Body;
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, before, role, tokens.ink2, fit);
        let at = pos2(rect.right() - AFTER - ARROW / 2.0 - 4.0, y);
        let arrow = icons::ARROW_RIGHT;
        ui.painter().text(at, Align2::CENTER_CENTER, arrow.0, icons::Icon::font(14.0), tokens.ink3);
        let at = pos2(rect.right() - AFTER, y);
        let role = if kept { Type::Strong } else { Type::Body };
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, after, role, ink, (AFTER, 1));
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), hairline(tokens.hair));
}

/// A moment as people say it: "14 November, 16:47".
#[must_use]
pub fn day_and_time(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %B, %H:%M").to_string()
}

fn clock(at: jiff::Timestamp) -> String {
    crate::session::keeping::clock_time(at)
}
