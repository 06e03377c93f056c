//! The four steps of weighing, led one after the other: rank, give points, check, and the tree that follows.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{chart::width_of, weigh_scene::WeighScene};
use crate::{
    analysis::balance::elicitation::staleness,
    model::balance::ExchangeAnswer,
    ui::{
        theme::{Tokens, Type, hairline, rounded},
        widgets::{
            button::paint_focus,
            marks::{Status, paint_status},
            paint_text,
        },
    },
};

/// How tall the strip of steps is.
pub const STRIP: f32 = 48.0;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Rank,
    Points,
    Check,
    Tree,
}

impl Step {
    pub const ALL: [Self; 4] = [Self::Rank, Self::Points, Self::Check, Self::Tree];

    /// The step in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Rank => "Rank the swings",
            Self::Points => "Give points",
            Self::Check => "Check",
            Self::Tree => "Tree",
        }
    }

    /// The step that somebody who comes to the page begins with: ranking until there are points or ranks.
    #[must_use]
    pub fn first(scene: &WeighScene) -> Self {
        let begun = scene.has_points() || scene.workspace.balance.swing_ranking.is_some();
        if begun { Self::Points } else { Self::Rank }
    }

    /// Whether there is nothing left to do in it.
    #[must_use]
    pub fn is_done(self, scene: &WeighScene) -> bool {
        let mut weighable = (0..scene.factors().len()).filter(|&f| scene.can_be_weighted(f));
        match self {
            Self::Rank => {
                let ranking = scene.workspace.balance.swing_ranking.as_deref();
                ranking.map_or(scene.has_points(), |order| {
                    weighable.all(|f| order.contains(&scene.factors()[f].id))
                })
            }
            Self::Points => scene.has_points() && weighable.all(|f| scene.given[f].is_some()),
            Self::Check => {
                !scene.exchanges.is_empty()
                    && (0..scene.exchanges.len()).all(|at| fresh_answer(scene, at).is_some())
            }
            Self::Tree => false,
        }
    }
}

/// The answer on an exchange, by its place among those of the scene, whether it still holds or not.
#[must_use]
pub fn answer(scene: &WeighScene, at: usize) -> Option<&ExchangeAnswer> {
    let exchange = scene.exchanges.get(at)?;
    let (this, that) = (&scene.factors()[exchange.this.factor].id, &scene.factors()[exchange.that.factor].id);
    let answers = &scene.workspace.balance.exchange_answers;
    answers.iter().find(|answer| answer.factor == *this && answer.against == *that)
}

/// The answer on an exchange, while it speaks of the points and ends that there are.
#[must_use]
pub fn fresh_answer(scene: &WeighScene, at: usize) -> Option<&ExchangeAnswer> {
    let exchange = scene.exchanges.get(at)?;
    let (this, that) = (exchange.this.factor, exchange.that.factor);
    let ends = (scene.ends[this]?, scene.ends[that]?);
    answer(scene, at)
        .filter(|answer| staleness(answer, (scene.points(this), scene.points(that)), ends).is_none())
}

/// Shows the strip; answers with a step that was chosen.
pub fn show(ui: &mut Ui, strip: Rect, scene: &WeighScene, current: Step) -> Option<Step> {
    const MARK: f32 = 24.0;
    let tokens = Tokens::of(ui);
    let width = |step: Step| width_of(ui, step.words(), Type::Strong) + MARK + 8.0;
    let inside = strip.shrink2(vec2(16.0, 0.0));
    let words: f32 = Step::ALL.into_iter().map(width).sum();
    // Where there is no room for all names, only the current step keeps its own.
    let all = words + 3.0 * 28.0 <= inside.width();
    let of = |step: Step| if all || step == current { width(step) } else { MARK };
    let taken: f32 = Step::ALL.into_iter().map(of).sum();
    let rule = (inside.width() - taken) / 3.0;
    let mut x = inside.left();
    let mut chosen = None;
    for (place, step) in Step::ALL.into_iter().enumerate() {
        let rect = Rect::from_x_y_ranges(x..=x + of(step), strip.center().y - 16.0..=strip.center().y + 16.0);
        let response = ui.interact(rect, ui.scope_id().with(("step", place)), Sense::click());
        let (on, done) = (step == current, step.is_done(scene));
        response.widget_info(|| {
            let done = if done { ", done" } else { "" };
            let name = format!("Step {}: {}{done}", place + 1, step.words());
            WidgetInfo::selected(Role::Tab, true, on, name)
        });
        paint_mark(ui, (place, done, on), pos2(x + MARK / 2.0, rect.center().y));
        if all || on {
            let role = if on { Type::Strong } else { Type::Body };
            let ink = if on || response.hovered() { tokens.ink } else { tokens.ink2 };
            let at = pos2(x + MARK + 8.0, rect.center().y);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, step.words(), role, ink);
        }
        paint_focus(ui, &response, rect.expand2(vec2(4.0, 0.0)), 8.0);
        if response.on_hover_text(step.words()).clicked() && !on {
            chosen = Some(step);
        }
        x = rect.right();
        if place < 3 && rule > 20.0 {
            ui.painter().hline(x + 10.0..=x + rule - 10.0, strip.center().y, hairline(tokens.line));
        }
        x += rule;
    }
    chosen
}

fn paint_mark(ui: &Ui, (place, done, on): (usize, bool, bool), centre: egui::Pos2) {
    let tokens = Tokens::of(ui);
    if done && !on {
        paint_status(ui.painter(), tokens, Status::Complete, centre, 24.0);
        return;
    }
    let place_of = Rect::from_center_size(centre, vec2(23.0, 23.0));
    let (fill, edge, ink) = if on {
        (tokens.primary, tokens.primary, tokens.on_primary)
    } else {
        (tokens.card, tokens.ink3, tokens.ink3)
    };
    ui.painter().rect(place_of, rounded(12.0), fill, Stroke::new(1.4, edge), StrokeKind::Inside);
    let number = (place + 1).to_string();
    paint_text(ui.painter(), centre, Align2::CENTER_CENTER, &number, Type::SmallStrong, ink);
}
