//! The chosen way in full: prices now and then, the limits of the cheapest prices, and what may be kept.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{FixView, Scene, grouping, keep_as_option, table};
use crate::{
    analysis::{
        explain::ReachQuestion,
        reach::{DesignCopy, Effect, LeastCost, Obstacle, WayKind, least_cost},
    },
    model::{
        money::Pence,
        wording::{list, percent, pounds, short_pounds},
    },
    ui::{
        desk::Desk,
        icons,
        rooms::reach::{response::head, typing::typed_limit, verdict_card::NOT_KNOWN},
        theme::{Tokens, Type, rounded, size, space},
        widgets::{Button, Card, Look, choice::switch, hair_rule, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 25.0;
/// How wide the words and the boxes of a limit are, and all boxes of a group together.
const LIMIT_NAME: f32 = 112.0;
const LIMIT: f32 = 66.0;
const LIMITS: f32 = 2.0 * LIMIT + 34.0 + 4.0 * space::XS;
/// The groups that are paid alike share this number.
const ALIKE: usize = 0;

/// Shows the card of the chosen way.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, view: &mut FixView) {
    let tokens = Tokens::of(ui);
    let kind = view.chosen;
    let Some(way) = scene.way(kind) else { return };
    Card::new().padding(18, 14).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let question =
            crate::analysis::explain::Question::Reach(scene.option.clone(), ReachQuestion::Way(kind));
        head(ui, desk, kind.words(), question);
        wrapped(ui, scene.says(way), Type::Small, tokens.ink2);
        let groups = &scene.workspace.question.need_groups;
        if DesignCopy::of(scene.workspace, scene.option).parked_results_are_unpaid(groups) {
            wrapped(ui, PARKED_UNPAID, Type::Small, tokens.ink2);
        }
        let contains = kind.contains(view.limits.target_gain).filter(|_| way.effect.is_some());
        if let Some(contains) = contains {
            wrapped(ui, contains, Type::SmallStrong, tokens.ink2);
        }
        if kind == WayKind::LeastCost {
            limits(ui, desk, scene, view);
        }
        match (kind, &way.regrouping, &way.copy) {
            (WayKind::BetterGrouping, Some(found), _) => return grouping::show(ui, desk, scene, found),
            (WayKind::BetterGrouping, None, Err(why)) => return grouping::cannot(ui, desk, *why),
            _ => {}
        }
        let (Ok(copy), Some(effect)) = (&way.copy, &way.effect) else {
            if let (Err(why), true) = (&way.copy, kind != WayKind::LeastCost) {
                wrapped(ui, format!("It does not apply: {}.", why.0), Type::Body, tokens.ink);
            }
            return;
        };
        ui.add_space(space::XS);
        prices(ui, scene, effect);
        if let Some(words) = table::warning(kind, effect.parked(), scene.now.groups.len()) {
            note(ui, &words);
        }
        ui.add_space(space::S);
        let badge = &scene.workspace.question.options[scene.index].badge;
        let words = format!("Apply to a copy of {badge}");
        if Button::new(&words).primary().icon(icons::COPY).show(ui).clicked() {
            keep_as_option(desk, scene.option, copy, &kind.words().to_lowercase());
        }
    });
}

/// Said of prices where the contract pays nothing for what parked people reach.
pub(in crate::ui::rooms::reach) const PARKED_UNPAID: &str = "Nothing is paid for a parked person\u{2019}s result: a term of \
     this contract. So prices that make supporting pay follow how many succeed, not what support adds.";

/// Words on a sunken ground.
pub(in crate::ui::rooms::reach) fn note(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    egui::Frame::new()
        .fill(tokens.sunken)
        .stroke(crate::ui::theme::hairline(tokens.hair))
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            wrapped(ui, words, Type::Small, tokens.ink2);
        });
}

/// Prices and shares, now and then, group by group, and what they add up to.
fn prices(ui: &mut Ui, scene: &Scene<'_>, effect: &Effect) {
    line(ui, "Per success", ["now", "then", "supported"], true, false);
    let groups = scene.workspace.question.need_groups.iter().zip(&scene.now.groups).zip(&effect.reach.groups);
    for ((group, now), then) in groups {
        let share = then.share_supported_at[1].map_or(NOT_KNOWN.to_owned(), percent);
        let figures = [pounds(now.outcome_price), pounds(then.outcome_price), share];
        let figures = figures.each_ref().map(String::as_str);
        line(ui, group.short_name(), figures, false, then.parked == Some(true));
    }
    ui.add_space(space::XS);
    hair_rule(ui);
    ui.add_space(space::XS);
    let known = |figure: crate::analysis::Figure| figure.map_or(NOT_KNOWN.to_owned(), short_pounds);
    let (before, after) = (scene.now.cost_per_year, effect.reach.cost_per_year);
    line(ui, "Cost a year as predicted", [&known(before), &known(after), ""], false, false);
    let even = known(effect.cost_at_equal_share);
    line(ui, "If every group got its equal share", ["", &even, ""], false, false);
    let bill = [known(scene.bill_now), known(effect.bill_per_year)];
    line(ui, "Later cost of those left out", [&bill[0], &bill[1], ""], false, false);
}

pub(super) fn line(ui: &mut Ui, name: &str, figures: [&str; 3], is_head: bool, parked: bool) {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let spoken = figures.iter().filter(|f| !f.is_empty()).copied().collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("{name}: {spoken}")));
    let y = place.center().y;
    let has_share = !figures[2].is_empty();
    let ends = if has_share { [144.0, 74.0, 0.0] } else { [74.0, 0.0, 0.0] };
    let mut left = place.right();
    for (n, (back, words)) in ends.into_iter().zip(figures).enumerate().filter(|(_, (_, w))| !w.is_empty()) {
        let (role, ink) = match (is_head, n, parked) {
            (true, ..) => (Type::Small, tokens.ink3),
            (false, 2, true) => (Type::NumberStrong, tokens.crimson),
            (false, 1, _) => (Type::NumberStrong, tokens.ink),
            (false, 0, _) => (Type::Number, tokens.ink3),
            _ => (Type::Number, tokens.ink),
        };
        let at = pos2(place.right() - back, y);
        left = left.min(paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, role, ink).left());
    }
    let (role, ink) = if is_head { (Type::Small, tokens.ink3) } else { (Type::Body, tokens.ink) };
    let fit = (left - place.left() - 8.0, 1);
    paint_text_fitted(ui.painter(), place.left_center(), Align2::LEFT_CENTER, name, role, ink, fit);
}

/// What the cheapest prices must keep to, and what stands in their way.
fn limits(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, view: &mut FixView) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    let groups = &scene.workspace.question.need_groups;
    let words_of_row = |ui: &mut Ui, words: &str| {
        let (place, _) = ui.allocate_exact_size(vec2(LIMIT_NAME, size::CONTROL), Sense::hover());
        let at = place.left_center();
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Body, tokens.ink2);
    };
    let look = |unit| Look { width: 170.0, hint: "None", unit: Some(unit), low: false };
    let budget = view.limits.budget.map(short_sum).unwrap_or_default();
    let name = "Budget a year for the cheapest prices";
    ui.horizontal(|ui| {
        words_of_row(ui, "Budget a year");
        typed_limit(ui, (name, &budget), look("at equal share"), read_sum, &mut view.limits.budget);
    });
    let (name, gain) = ("Target gain of the cheapest prices", short_sum(view.limits.target_gain));
    ui.horizontal(|ui| {
        words_of_row(ui, "Gain aimed at");
        typed_limit(ui, (name, &gain), look("over parking"), stated_sum, &mut view.limits.target_gain);
    });
    view.limits.lowest.resize(groups.len(), None);
    view.limits.highest.resize(groups.len(), None);
    view.limits.alike.resize(groups.len(), None);
    limit_heads(ui);
    for (g, group) in groups.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let room = ui.available_width() - LIMITS;
            let (place, _) = ui.allocate_exact_size(vec2(room, size::CONTROL), Sense::hover());
            let name = group.short_name();
            let fit = (room, 1);
            paint_text_fitted(
                ui.painter(),
                place.left_center(),
                Align2::LEFT_CENTER,
                name,
                Type::Body,
                tokens.ink,
                fit,
            );
            let limits = [("Least", &mut view.limits.lowest[g]), ("Most", &mut view.limits.highest[g])];
            for (word, limit) in limits {
                let shown = limit.map(short_sum).unwrap_or_default();
                let name = format!("{word} price for {}", group.name);
                let look = Look { hint: "None", ..Look::wide(LIMIT) };
                typed_limit(ui, (&name, &shown), look, read_sum, limit);
            }
            let on = view.limits.alike[g].is_some();
            if switch(ui, &format!("{} paid like the others switched on", group.name), on).clicked() {
                view.limits.alike[g] = (!on).then_some(ALIKE);
            }
        });
    }
    let found =
        desk.view.reach.worked_out.least_cost.get((scene.index, view.limits.clone()), || {
            least_cost(scene.workspace, scene.option, &view.limits)
        });
    if let Some(words) = obstacle_words(scene, &found) {
        note(ui, &words);
    }
}

/// The names of the boxes for each group.
fn limit_heads(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let left = place.right() - LIMITS + space::XS;
    let ends = [left + LIMIT - 8.0, left + 2.0 * LIMIT + space::XS - 8.0, place.right()];
    for (end, words) in ends.into_iter().zip(["Least", "Most", "Alike"]) {
        let at = pos2(end, place.center().y);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, Type::Small, tokens.ink3);
    }
    let at = place.left_center();
    let words = "Price of each group";
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
}

fn short_sum(pounds: f64) -> String {
    Pence::from_pounds(pounds).map(|sum| sum.to_string()).unwrap_or_default()
}

fn read_sum(typed: &str) -> Result<Option<f64>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let sum = Pence::parse(typed).filter(|sum| sum.0 >= 0).map(|sum| Some(sum.pounds()));
    sum.ok_or_else(|| format!("\u{201c}{typed}\u{201d} is not a sum of money; write it like £2,900."))
}

fn stated_sum(typed: &str) -> Result<f64, String> {
    read_sum(typed)?.ok_or_else(|| "A gain is wanted here; write it like £50.".to_owned())
}

/// What stands in the way of any prices; `None` where some are found.
fn obstacle_words(scene: &Scene<'_>, found: &LeastCost) -> Option<String> {
    let name = |g: usize| scene.workspace.question.need_groups[g].short_name();
    let obstacle = match found {
        LeastCost::Found(_) => return None,
        LeastCost::NotKnown(why) => return Some(format!("Not known: {}.", why.0)),
        LeastCost::Impossible(obstacle) => obstacle,
    };
    Some(match obstacle {
        Obstacle::NoUplift { group } => {
            format!("No price helps {}: support does not raise what is paid for.", name(*group))
        }
        Obstacle::Highest { group, needed, highest } => {
            let needed = needed.map_or("more".to_owned(), pounds);
            format!("{} needs {needed} and may be paid {} at the most.", name(*group), pounds(*highest))
        }
        Obstacle::PaidAlike { groups } => {
            let names: Vec<&str> = groups.iter().map(|&g| name(g)).collect();
            format!("One price within the limits cannot do for {}.", list(&names))
        }
        Obstacle::Budget { least, budget } => format!(
            "The budget binds: the cheapest prices that park nobody cost {} a year, {} more than {}.",
            short_pounds(*least),
            short_pounds(least - budget),
            short_pounds(*budget)
        ),
    })
}
