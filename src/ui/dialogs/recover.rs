//! Work that was not saved when the program ended: how far to go back, and what changed.

use std::ops::Range;

use egui::{
    Align2, Context, EventFilter, Key, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    answer_beside_buttons, foot, heading, propose,
    recovered_work::{Recalling, RecoveredWork, Steps},
    sheet,
};
use crate::{
    file::journal::{JournalStep, Recoverable},
    model::{
        diff::differing,
        wording::{capital, count, day_of_year, time},
    },
    session::Wake,
    ui::{
        icons,
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{
            Button, asked_of, button::paint_focus, fitted_around, hair_rule, long_list, paint_text,
            paint_text_fitted, wrapped,
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub struct Recover {
    pub found: Recoverable,
    work: RecoveredWork,
    /// Every step with its moment, newest first; `None` where the step before went on.
    rows: Vec<(usize, Option<usize>)>,
    /// The steps around the moment that is being recovered.
    recalling: Option<Recalling>,
    recalled: Option<Steps>,
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
        let rows = found.moments.iter().enumerate().rev().flat_map(|(at, moment)| {
            let steps = (0..moment.steps.len()).rev().map(move |step| (at, Some(step)));
            steps.chain(moment.steps.is_empty().then_some((at, None)))
        });
        let rows = rows.collect();
        Self { found, work, rows, recalling: None, recalled: None, moment, discarding: false }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, wake: &Wake) -> Choice {
        self.work.poll();
        let (choice, leave) = sheet(ctx, "recover", 860.0, |ui| {
            let tokens = Tokens::of(ui);
            let title = if self.found.title.is_empty() { "An untitled question" } else { &self.found.title };
            let sentence = format!(
                "{title} was not saved when the program ended; its last change was on {}. {} can be recovered.",
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
                .max_height((ctx.content_rect().height() - 506.0).max(3.0 * ROW))
                .show(ui, |ui| self.list(ui));
            self.buttons(ui)
        });
        let choice = self.recall(choice, wake);
        if leave && choice == Choice::Undecided { Choice::Later } else { choice }
    }

    /// Lets a recovery wait until the steps around its moment have been read.
    fn recall(&mut self, choice: Choice, wake: &Wake) -> Choice {
        if let Choice::Recover(moment) = choice {
            self.recalling = Some(Recalling::of(&self.found, moment, wake));
            return Choice::Undecided;
        }
        let read = self.recalling.as_ref().and_then(|recalling| Some((recalling.moment, recalling.poll()?)));
        let Some((moment, steps)) = read else { return choice };
        (self.recalled, self.recalling) = (steps, None);
        if choice == Choice::Undecided { Choice::Recover(moment) } else { choice }
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
        ui.spacing_mut().item_spacing.y = 0.0;
        long_list(ui, "steps to recover", (self.rows.len(), None), ROW, |ui, at| {
            let (moment, step) = self.rows[at];
            let change = step.and_then(|step| self.work.change(moment, step).map(Shown::change));
            let change = change.or(step.and_then(|_| self.typed(moment)));
            let given = step.and_then(|step| self.found.moments[moment].steps.get(step));
            row(ui, given, change, moment <= self.moment);
        });
    }

    /// What was being typed at the end, where this is that moment.
    fn typed(&self, moment: usize) -> Option<Shown<'_>> {
        let typing = self.found.typing.as_ref().filter(|_| moment + 1 == self.found.moments.len())?;
        (!self.work.is_covered(moment, typing.room)).then_some(Shown::typed(&typing.text))
    }

    /// What was found, and the steps around the moment that is recovered, where they can be read.
    #[must_use]
    pub fn recalled(self) -> (Recoverable, Option<Steps>) {
        (self.found, self.recalled)
    }

    fn buttons(&mut self, ui: &mut Ui) -> Choice {
        let sentence = if self.discarding {
            "What is discarded is put among the backups."
        } else {
            "The saved file stays as it is until you save."
        };
        foot(ui, |ui| {
            let mut choice = Choice::Undecided;
            let is_free = self.recalling.is_none();
            let words = match is_free {
                true => format!("Recover {}", count(self.steps(self.moment + 1), "change", "changes")),
                false => "Recovering …".to_owned(),
            };
            let main = Button::new(&words).primary().enabled(is_free).show(ui);
            propose(ui, &main);
            if main.clicked() {
                choice = Choice::Recover(self.moment);
            }
            if Button::new("Look first").icon(icons::EYE).show(ui).clicked() {
                choice = Choice::LookFirst(self.moment);
            }
            if Button::new("Later").quiet().show(ui).clicked() {
                choice = Choice::Later;
            }
            let discard = if self.discarding { "Discard all the same" } else { "Discard" };
            if Button::new(discard).quiet().show(ui).clicked() {
                if self.discarding {
                    choice = Choice::Discard;
                }
                self.discarding = true;
            }
            let lead = self.work.leaders(self.moment);
            let lead = lead.as_ref().map(|(badge, words)| (*badge, words.as_str()));
            answer_beside_buttons(ui, lead, sentence);
            choice
        })
    }
}

/// What a row shows of a step: texts before and after it, and which characters of them matter.
struct Shown<'a> {
    texts: [&'a str; 2],
    matters: [Range<usize>; 2],
}

impl<'a> Shown<'a> {
    fn change((before, after): (&'a str, &'a str)) -> Self {
        Self { texts: [before, after], matters: differing(before, after) }
    }

    /// What was typed and not entered, of which the end is what came last.
    fn typed(text: &'a str) -> Self {
        let end = text.chars().count();
        Self { texts: ["", text], matters: [0..0, end..end] }
    }
}

const ROW: f32 = 42.0;
/// The height of the line of moments.
const MOMENTS: f32 = 76.0;
/// Where the columns before and after a change begin, from the right edge, and what lies between them.
const BEFORE: f32 = 310.0;
const AFTER: f32 = 144.0;
const ARROW: f32 = 24.0;

fn heads(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::S;
    let head = ui.label(Type::Strong.text("What changed, newest first", tokens.ink)).rect;
    let right = head.left() + ui.available_width();
    for (words, left) in [("saved", BEFORE), ("recovered", AFTER)] {
        let at = pos2(right - left, head.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    }
    hair_rule(ui);
}

/// A step, with what it changed before and after where that is known.
fn row(ui: &mut Ui, step: Option<&JournalStep>, change: Option<Shown<'_>>, kept: bool) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let ink = if kept { tokens.ink } else { tokens.ink3 };
    let label = step.map_or("Went on with the step before", |step| step.label.as_str());
    response.widget_info(|| {
        let words = if kept { "recovered" } else { "left out" };
        let change = change.as_ref().map_or_else(String::new, |change| match change.texts {
            ["", after] => format!(", {after}"),
            [before, after] => format!(", from {before} to {after}"),
        });
        WidgetInfo::labeled(Role::Label, true, format!("{label}, {words}{change}"))
    });
    let y = rect.center().y;
    let tick = egui::Rect::from_center_size(pos2(rect.left() + 10.0, y), vec2(18.0, 18.0));
    if kept {
        ui.painter().rect_filled(tick, rounded(5.0), tokens.primary);
        let (check, font) = (icons::CHECK.0, icons::Icon::font(13.0));
        ui.painter().text(tick.center(), Align2::CENTER_CENTER, check, font, tokens.on_primary);
    } else {
        ui.painter().rect(tick, rounded(5.0), tokens.card, hairline(tokens.edge), egui::StrokeKind::Inside);
    }
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
    if let Some(Shown { texts: [before, after], matters: [old, new] }) = change {
        let at = pos2(rect.right() - BEFORE, y);
        let before = fitted_around(ui.painter(), before, &old, Type::Body, BEFORE - AFTER - ARROW - 8.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &before, Type::Body, tokens.ink2);
        let at = pos2(rect.right() - AFTER - ARROW / 2.0 - 4.0, y);
        let arrow = icons::ARROW_RIGHT;
        ui.painter().text(at, Align2::CENTER_CENTER, arrow.0, icons::Icon::font(14.0), tokens.ink3);
        let at = pos2(rect.right() - AFTER, y);
        let role = if kept { Type::Strong } else { Type::Body };
        let after = fitted_around(ui.painter(), after, &new, role, AFTER);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &after, role, ink);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), hairline(tokens.hair));
}

/// A moment as people say it: "14 November, 16:47".
#[must_use]
pub fn day_and_time(at: jiff::Timestamp) -> String {
    let at = at.to_zoned(jiff::tz::TimeZone::system());
    format!("{}, {}", day_of_year(at.date()), time(at.time()))
}

fn clock(at: jiff::Timestamp) -> String {
    crate::session::keeping::clock_time(at)
}
