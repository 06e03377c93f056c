//! How weights and scores are drawn: each kind of weights with its own answer, scores, draws, seed, and whether weak
//! evidence is taken as weak.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Acts, GAP, scene::Scene};
use crate::{
    analysis::balance::robustness::has_usable_ballots,
    exchange::figure,
    model::{
        Workspace,
        balance::{ScoreDraws, WeightDraws},
        check::MOST_ITERATIONS,
        ids::FactorId,
        wording::{decimals_used, number, short_chance, thousands},
    },
    ui::{
        rooms::balance::sentence::spoken_badge,
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{
            Card, button::paint_focus, choice::switch, choose, note_refusal, number_field, paint_text,
            paint_text_fitted, text_field,
        },
    },
};

/// A group of the settings: its caption above its control.
#[derive(Clone, Copy, PartialEq)]
enum Group {
    Weights,
    Spread,
    Scores,
    Draws,
    Seed,
    Evidence,
}

const LINE: f32 = 62.0;
const BETWEEN: f32 = 10.0;
/// A factor's row of limits.
const LIMITS_ROW: f32 = 40.0;
const LIMITS_COLUMN: f32 = 300.0;

pub(super) fn height(ui: &Ui, scene: &Scene<'_>, width: f32, refused: Option<&str>) -> f32 {
    let lines = flow(ui, scene, width).iter().map(|(_, line, _)| line + 1).max().unwrap_or(1);
    let note = if refused.is_some() { 24.0 } else { 0.0 };
    12.0 + LINE * lines as f32 + note + limits_height(scene, width)
}

fn shows_limits(scene: &Scene<'_>) -> bool {
    scene.asked.weights == WeightDraws::Intervals
}

fn limit_columns(width: f32) -> usize {
    ((width - 36.0) / LIMITS_COLUMN).floor().max(1.0) as usize
}

fn limits_height(scene: &Scene<'_>, width: f32) -> f32 {
    if !shows_limits(scene) {
        return 0.0;
    }
    let rows = scene.workspace.balance.factors.len().div_ceil(limit_columns(width));
    GAP + 56.0 + LIMITS_ROW * rows.min(8) as f32
}

/// The groups with their lines and left ends, laid out in the width there is.
fn flow(ui: &Ui, scene: &Scene<'_>, width: f32) -> Vec<(Group, usize, f32)> {
    let inside = width - 36.0;
    let mut groups = vec![(Group::Weights, kinds_width(ui, scene, inside))];
    if scene.asked.weights == WeightDraws::AroundSwings {
        groups.push((Group::Spread, 96.0));
    }
    groups.extend([
        (Group::Scores, 116.0),
        (Group::Draws, 84.0),
        (Group::Seed, 98.0),
        (Group::Evidence, 146.0),
    ]);
    let (mut x, mut line) = (0.0, 0);
    let mut placed = Vec::new();
    for (group, wide) in groups {
        if x > 0.0 && x + wide > inside {
            (x, line) = (0.0, line + 1);
        }
        let left = if group == Group::Evidence && line == 0 { inside - wide } else { x };
        placed.push((group, line, left));
        x += wide + BETWEEN;
    }
    placed
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, place: Rect, refused: Option<&str>, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let limits = limits_height(scene, place.width());
    let card = place.with_max_y(place.bottom() - limits);
    Card::new().padding(0, 0).show_at(ui, card, |_| ());
    let badge = scene.most_often_first().map(|o| spoken_badge(scene.workspace, o));
    for (group, line, left) in flow(ui, scene, place.width()) {
        let at = pos2(card.left() + 18.0 + left, card.top() + 7.0 + LINE * line as f32);
        let caption = match group {
            Group::Weights => match &badge {
                Some(badge) => format!("Weights, and how often {badge} comes first"),
                None => "Weights".to_owned(),
            },
            Group::Spread => "Points at 10 %".to_owned(),
            Group::Scores => "Scores".to_owned(),
            Group::Draws => "Draws".to_owned(),
            Group::Seed => "Seed".to_owned(),
            Group::Evidence => "Weak evidence as weak".to_owned(),
        };
        let baseline = at + vec2(0.0, 9.0);
        paint_text(ui.painter(), baseline, Align2::LEFT_CENTER, &caption, Type::Small, tokens.ink3);
        let control =
            Rect::from_min_size(at + vec2(0.0, 21.0), vec2(card.right() - 18.0 - at.x, size::CONTROL));
        let mut inner = ui.new_child(
            UiBuilder::new()
                .max_rect(control)
                .layout(egui::Layout::left_to_right(egui::Align::Center))
                .id_salt(("robustness setting", group as usize)),
        );
        match group {
            Group::Weights => kinds(&mut inner, scene, control, acts),
            Group::Spread => spread(&mut inner, scene, acts),
            Group::Scores => scores(&mut inner, scene, acts),
            Group::Draws => draws(&mut inner, scene, acts),
            Group::Seed => seed(&mut inner, scene, acts),
            Group::Evidence => evidence(&mut inner, scene, acts),
        }
    }
    if let Some(refused) = refused {
        let at = pos2(card.left() + 18.0, card.bottom() - 17.0);
        let width = card.width() - 36.0;
        paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            refused,
            Type::Small,
            tokens.ink,
            (width, 1),
        );
        let response = ui.interact(
            Rect::from_center_size(pos2(card.center().x, at.y), vec2(width, 18.0)),
            ui.scope_id().with("refused"),
            Sense::hover(),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, refused));
        note_refusal(ui.ctx(), refused);
    }
    if limits > 0.0 {
        show_limits(ui, scene, place.with_min_y(card.bottom() + GAP), acts);
    }
}

fn words(kind: WeightDraws) -> (&'static str, &'static str) {
    match kind {
        WeightDraws::Uniform => ("Any", "Any weights at all, each set as likely as any other"),
        WeightDraws::Ranked => ("Ranked", "Any weights that keep the order of the swing points"),
        WeightDraws::Intervals => {
            ("Limits", "Any weights between the lowest and the highest stated for each factor")
        }
        WeightDraws::AroundSwings => ("Near swings", "Weights around the swing points"),
        WeightDraws::BetweenBallots => (
            "Between ballots",
            "The commercial share, and each swing inside its side, between the lowest and the highest ballot",
        ),
        WeightDraws::Ballots => ("Ballots", "One of the ballots, drawn at random"),
    }
}

/// Why a kind of weights cannot be chosen.
fn missing(scene: &Scene<'_>, kind: WeightDraws) -> Option<&'static str> {
    match kind {
        WeightDraws::BetweenBallots | WeightDraws::Ballots => {
            (!has_usable_ballots(scene.workspace, 2)).then_some("Needs two ballots with points")
        }
        WeightDraws::Ranked | WeightDraws::AroundSwings => {
            let given = scene.analysis.balance.swings.iter().any(|swing| *swing > 0.0);
            (!given).then_some("Needs swing points above 0")
        }
        WeightDraws::Uniform | WeightDraws::Intervals => None,
    }
}

/// Whether the answer under a kind of weights is of an earlier state.
fn is_of_before(scene: &Scene<'_>, kind: WeightDraws) -> bool {
    let is_own = scene.known().is_some_and(|run| run.draws.weights == kind) && !scene.run.is_updating;
    if is_own { scene.run.was_stopped } else { scene.by_weights.is_updating || scene.by_weights.was_stopped }
}

/// How often the option in the headline comes first under a kind of weights.
fn answer(scene: &Scene<'_>, kind: WeightDraws) -> String {
    let Some(option) = scene.most_often_first() else { return String::new() };
    let own = scene.known().filter(|run| run.draws.weights == kind && !scene.run.is_updating);
    let share = match own {
        Some(run) => run.rank_acceptability[option].first().copied(),
        None => scene
            .by_weights
            .known()
            .and_then(|kinds| kinds.of(kind))
            .and_then(|shares| shares.as_ref().ok()?.get(option).copied()),
    };
    share.map_or_else(String::new, short_chance)
}

/// How wide each kind is with its answer; one that is still being drawn keeps its place.
fn kind_widths(ui: &Ui, scene: &Scene<'_>) -> Vec<f32> {
    let wide = |words: String, role: Type| {
        ui.painter().layout_no_wrap(words, role.font(), egui::Color32::PLACEHOLDER).size().x
    };
    WeightDraws::ALL
        .iter()
        .map(|kind| {
            let on = *kind == scene.asked.weights;
            let (name, small) =
                if on { (Type::Strong, Type::SmallStrong) } else { (Type::Body, Type::Small) };
            let answer = Some(answer(scene, *kind)).filter(|words| !words.is_empty());
            let answer = wide(answer.unwrap_or_else(|| short_chance(0.88)), small);
            (wide(words(*kind).0.to_owned(), name) + answer + 19.0).ceil()
        })
        .collect()
}

/// The width of the kinds side by side, or of a list to choose from where they do not fit.
fn kinds_width(ui: &Ui, scene: &Scene<'_>, inside: f32) -> f32 {
    let all: f32 = kind_widths(ui, scene).iter().sum();
    if all <= inside { all } else { 220.0_f32.min(inside) }
}

/// What choosing a kind of weights is called in the history.
fn step(kind: WeightDraws) -> &'static str {
    match kind {
        WeightDraws::Uniform => "Draw any weights",
        WeightDraws::Ranked => "Draw weights in the order of the points",
        WeightDraws::Intervals => "Draw weights within their limits",
        WeightDraws::AroundSwings => "Draw weights near the swing points",
        WeightDraws::BetweenBallots => "Draw weights between the ballots",
        WeightDraws::Ballots => "Draw weights of one ballot at a time",
    }
}

fn choose_kind(acts: &mut Acts, kind: WeightDraws) {
    acts.edit(step(kind), move |w| {
        w.balance.robustness.weights = Some(kind);
    });
}

fn kinds(ui: &mut Ui, scene: &Scene<'_>, control: Rect, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let widths = kind_widths(ui, scene);
    let all: f32 = widths.iter().sum();
    if all > control.width() + 1.0 {
        let choices = WeightDraws::ALL
            .into_iter()
            .filter(|kind| *kind == scene.asked.weights || missing(scene, *kind).is_none())
            .map(|kind| (kind, format!("{} {}", words(kind).0, answer(scene, kind)).trim().to_owned()));
        if let Some(kind) = choose(ui, "Weights", control.width().min(220.0), &scene.asked.weights, choices) {
            choose_kind(acts, kind);
        }
        return;
    }
    let frame = Rect::from_min_size(control.min, vec2(all, size::CONTROL));
    ui.painter().rect(frame, rounded(size::RADIUS), tokens.card, hairline(tokens.line), StrokeKind::Inside);
    let mut x = frame.left();
    for (kind, width) in WeightDraws::ALL.into_iter().zip(widths) {
        let place = Rect::from_min_size(pos2(x, frame.top()), vec2(width, size::CONTROL));
        if kind_segment(ui, scene, kind, place, x > frame.left()) {
            choose_kind(acts, kind);
        }
        x += width;
    }
}

fn kind_segment(ui: &Ui, scene: &Scene<'_>, kind: WeightDraws, place: Rect, ruled: bool) -> bool {
    let tokens = Tokens::of(ui);
    let on = kind == scene.asked.weights;
    let missing = missing(scene, kind);
    let enabled = missing.is_none();
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let response = ui.interact(place, ui.scope_id().with(kind.name()), sense);
    let (name, what) = words(kind);
    let answer = answer(scene, kind);
    let is_old = is_of_before(scene, kind);
    let aged = ui.ctx().animate_bool_with_time(response.id.with("of before"), is_old, 0.4);
    let spoken = match missing {
        Some(reason) => format!("Weights: {name}. {reason}"),
        None if answer.is_empty() => format!("Weights: {name}"),
        None if is_old => format!("Weights: {name}, first in {answer}, updating"),
        None => format!("Weights: {name}, first in {answer}"),
    };
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, on, &spoken));
    if on || (response.hovered() && enabled) {
        ui.painter().rect_filled(place.shrink(1.0), rounded(size::RADIUS - 1.0), tokens.select);
    }
    if ruled {
        ui.painter().vline(place.left(), place.y_range(), Stroke::new(1.0, tokens.hair));
    }
    let fade = if enabled { 1.0 } else { 0.45 };
    let (role, small, ink) = if on {
        (Type::Strong, Type::SmallStrong, tokens.ink)
    } else {
        (Type::Body, Type::Small, tokens.ink)
    };
    let y = place.center().y;
    let at = pos2(place.left() + 7.0, y);
    let text = paint_text(ui.painter(), at, Align2::LEFT_CENTER, name, role, ink.gamma_multiply(fade));
    let ink = if on { tokens.ink } else { tokens.ink3 };
    let at = pos2(text.right() + 5.0, y + 0.5);
    paint_text(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        &answer,
        small,
        ink.gamma_multiply(fade * (1.0 - 0.5 * aged)),
    );
    paint_focus(ui, &response, place.shrink(1.0), size::RADIUS);
    let clicked = response.clicked() && !on;
    response.on_hover_text(missing.unwrap_or(what));
    clicked
}

/// The standard deviation, in points, of a weight of 10 % drawn around the swings.
fn spread_at_ten(concentration: f64) -> f64 {
    (0.09 / (concentration + 1.0)).sqrt() * 100.0
}

fn spread(ui: &mut Ui, scene: &Scene<'_>, acts: &mut Acts) {
    let shown = number(spread_at_ten(scene.asked.concentration), 1);
    let Some(text) = number_field(ui, "Spread of a weight of 10 %, points", &shown, 72.0) else { return };
    let typed = figure::number(&text).map(|n| n.value / 100.0);
    match typed.map(|sd| 0.09 / (sd * sd) - 1.0).filter(|c| (1.0..=10_000.0).contains(c)) {
        Some(concentration) => acts.edit("Change the spread of drawn weights", move |w| {
            w.balance.robustness.concentration = Some(concentration);
        }),
        None => acts.refuse(format!(
            "“{}” cannot be the spread: the points that a weight of 10 % usually strays, 0.3 to 21.",
            text.trim()
        )),
    }
}

fn scores(ui: &mut Ui, scene: &Scene<'_>, acts: &mut Acts) {
    let choices = [
        (ScoreDraws::Triangular, "Triangular".to_owned()),
        (ScoreDraws::Uniform, "Uniform".to_owned()),
        (ScoreDraws::Normal, "Normal".to_owned()),
    ];
    if let Some(draws) = choose(ui, "Scores", 116.0, &scene.asked.scores, choices) {
        acts.edit(format!("Draw scores {}", draws.name()), move |w| {
            w.balance.robustness.scores = (draws != ScoreDraws::default()).then_some(draws);
        });
    }
}

fn draws(ui: &mut Ui, scene: &Scene<'_>, acts: &mut Acts) {
    let shown = thousands(u64::from(scene.asked.iterations));
    let Some(text) = text_field(ui, "Draws", &shown, 84.0) else { return };
    let typed = figure::number(&text).map(|n| n.value).filter(|n| n.fract() == 0.0);
    match typed.filter(|n| (1.0..=f64::from(MOST_ITERATIONS)).contains(n)) {
        Some(iterations) => acts.edit("Change the number of draws", move |w| {
            w.balance.robustness.iterations = iterations as u32;
        }),
        None => acts.refuse(format!(
            "“{}” cannot be the number of draws: a whole number from 1 to {}.",
            text.trim(),
            thousands(u64::from(MOST_ITERATIONS))
        )),
    }
}

fn seed(ui: &mut Ui, scene: &Scene<'_>, acts: &mut Acts) {
    let Some(text) = text_field(ui, "Seed", &scene.asked.seed.to_string(), 98.0) else { return };
    match text.trim().replace(',', "").parse::<u64>() {
        Ok(seed) => acts.edit("Change the seed", move |w| w.balance.robustness.seed = seed),
        Err(_) => acts.refuse(format!("“{}” cannot be the seed: a whole number from 0.", text.trim())),
    }
}

fn evidence(ui: &mut Ui, scene: &Scene<'_>, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let on = scene.asked.weak_as_weak;
    if switch(ui, "Weak evidence taken as weak", on).clicked() {
        let label = if on { "Take evidence as given" } else { "Take weak evidence as weak" };
        acts.edit(label, move |w| w.balance.robustness.weak_evidence = (!on).then_some(true));
    }
    let other = scene.most_often_first().and_then(|o| scene.other_evidence(o)).map(short_chance);
    let (now, then) = if on { ("On.", "Off") } else { ("Off.", "On") };
    let words = other.map_or_else(|| now.to_owned(), |share| format!("{now} {then}: {share}"));
    ui.label(Type::Body.text(words, tokens.ink2));
}

/// The lowest and highest weight of each factor, to be typed.
fn show_limits(ui: &mut Ui, scene: &Scene<'_>, place: Rect, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    Card::new().padding(0, 0).show_at(ui, place, |_| ());
    let inside = place.shrink2(vec2(18.0, 10.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(inside).id_salt("weight limits"));
    let ui = &mut inner;
    ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
    let words = "Lowest and highest weight of each factor, % of all the weight; an empty field sets no limit";
    ui.add(egui::Label::new(Type::Small.text(words, tokens.ink2)).truncate());
    ui.add_space(8.0);
    let columns = limit_columns(place.width());
    egui::ScrollArea::vertical().id_salt("weight limits").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
        let factors = &scene.workspace.balance.factors;
        for row in 0..factors.len().div_ceil(columns) {
            ui.horizontal(|ui| {
                for factor in factors.iter().skip(row * columns).take(columns) {
                    let cell = vec2(LIMITS_COLUMN - 16.0, LIMITS_ROW);
                    let across = egui::Layout::left_to_right(egui::Align::Center);
                    ui.allocate_ui_with_layout(cell, across, |ui| {
                        ui.set_min_size(cell);
                        limits_of(ui, scene.workspace, &factor.id, acts);
                    });
                }
            });
        }
    });
}

fn limits_of(ui: &mut Ui, workspace: &Workspace, id: &FactorId, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let Some(factor) = workspace.factor(id) else { return };
    let (name, _) = ui.allocate_exact_size(vec2(132.0, LIMITS_ROW), Sense::hover());
    let at = name.left_center();
    paint_text_fitted(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        factor.short_name(),
        Type::Body,
        tokens.ink,
        (128.0, 1),
    );
    let written = |limit: f64| number(limit * 100.0, decimals_used(limit * 100.0));
    let (low, high) = factor.weight_limits.unzip();
    let fields = [
        (format!("Lowest weight of {}, %", factor.name), low.filter(|low| *low > 0.0)),
        (format!("Highest weight of {}, %", factor.name), high.filter(|high| *high < 1.0)),
    ];
    for (end, (name, limit)) in fields.into_iter().enumerate() {
        if end == 1 {
            ui.label(Type::Body.text("–", tokens.ink3));
        }
        let shown = limit.map_or_else(String::new, written);
        let Some(text) = number_field(ui, &name, &shown, 56.0) else { continue };
        let typed = if text.trim().is_empty() {
            Some(if end == 0 { 0.0 } else { 1.0 })
        } else {
            figure::number(&text).map(|n| n.value / 100.0).filter(|share| (0.0..=1.0).contains(share))
        };
        let mut limits = factor.weight_limits.unwrap_or((0.0, 1.0));
        let Some(share) = typed else {
            acts.refuse(format!("“{}” cannot be a weight: 0 to 100 % of all the weight.", text.trim()));
            continue;
        };
        if end == 0 {
            limits.0 = share
        } else {
            limits.1 = share
        }
        if limits.0 > limits.1 {
            acts.refuse(format!("The lowest weight of {} would lie above its highest.", factor.name));
            continue;
        }
        let id = id.clone();
        acts.edit(format!("Change the weight limits of {}", factor.name), move |w| {
            if let Some(factor) = w.factor_mut(&id) {
                let none = limits.0 <= 0.0 && limits.1 >= 1.0;
                factor.weight_limits = (!none).then_some(limits);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::balance::RobustnessSettings;

    #[test]
    fn the_usual_spread_is_nearly_five_points_at_ten_per_cent() {
        let points = spread_at_ten(RobustnessSettings::CONCENTRATION);
        assert_eq!(number(points, 1), "4.7");
    }
}
