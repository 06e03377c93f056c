//! What the design makes it pay to do.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::Scene;
use crate::{
    analysis::{
        explain::Question,
        reach::{DesignCopy, GroupReach, OptionReach, Verdict, by_contract_year},
    },
    model::{
        question::NeedGroup,
        wording::{in_words, number, percent, pounds, short_pounds, signed_pounds},
    },
    session::edits::designs,
    ui::{
        desk::Desk,
        icons,
        rooms::reach::{
            fix::{keep_as_option, note},
            known,
            verdict_card::{judgement, lacking, line, pill, signs},
        },
        theme::{OptionColour, Tokens, Type, hairline, rounded, space},
        widgets::{Button, button::paint_focus, hair_rule, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 46.0;

/// Shows the card's contents.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    let Some(reach) = scene.reach() else {
        wrapped(ui, "Nothing is paid yet, so nothing can be predicted.", Type::Body, tokens.ink2);
        return;
    };
    ui.horizontal(|ui| {
        pill(ui, reach.verdict);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if Button::new("Why?").icon(icons::QUESTION).quiet().show(ui).clicked() {
                desk.explain(Question::Verdict(scene.option.clone()));
            }
        });
    });
    judgement(ui, reach);
    lacking(ui, desk, scene.workspace, reach, scene.index);
    if let Ok(left_out) = reach.left_out_per_year {
        ui.horizontal(|ui| {
            let ink = if left_out >= 0.5 { tokens.crimson } else { tokens.ink };
            ui.label(Type::Big.text(number(left_out, 0), ink));
            ui.add_space(space::S);
            let all = known(&reach.people, |n| number(n, 0));
            wrapped(ui, format!("people left out a year, of {all}"), Type::Body, tokens.ink);
        });
    }
    hair_rule(ui);
    gains(ui, desk, scene, reach);
    hair_rule(ui);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (name, figure) in [
        ("Incentive gap", reach.incentive_gap.map(pounds)),
        ("Cost a year as predicted", reach.cost_per_year.map(short_pounds)),
        ("Of that, paid on results", reach.income_at_risk_share.map(percent)),
    ] {
        if let Ok(figure) = figure {
            line(ui, name, ["", &figure], false);
        }
    }
    ui.spacing_mut().item_spacing.y = space::XS;
    years(ui, desk, scene);
    let notes = [if_it_could_refuse(reach), reaches_delivery(scene, reach)];
    for words in notes.into_iter().flatten() {
        ui.add_space(space::XS);
        note(ui, &words);
    }
    if reach.verdict == Verdict::CannotBeJudged {
        signs(ui, reach);
    }
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        let fix = Button::new("Fix the prices").primary().show(ui);
        if std::mem::take(&mut desk.view.reach.back_from_fix) {
            fix.request_focus();
        }
        if fix.clicked() {
            desk.view.reach.fix_is_open = true;
        }
        let badge = designs::copy_badge(scene.workspace, scene.option);
        if Button::new(&format!("Keep as {badge}")).icon(icons::COPY).show(ui).clicked() {
            let copy = DesignCopy::of(scene.workspace, scene.option);
            keep_as_option(desk, scene.option, &copy, "as it stands");
        }
    });
}

/// Where what is paid changes by contract year: whom it would leave out in each.
fn years(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let work = || by_contract_year(scene.workspace, scene.option);
    let years = desk.view.reach.worked_out.years.get(scene.index, work);
    if years.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    ui.label(Type::SmallStrong.text("By contract year: parked groups, left out", tokens.ink));
    for (n, year) in years.iter().enumerate() {
        let (parked, _) = year.reach.parked();
        let name = format!("Year {}, prices {}", n + 1, percent(year.prices));
        let left_out = known(&year.reach.left_out_per_year, |n| number(n, 0));
        line(ui, &name, [&in_words(parked), &left_out], false);
    }
}

/// Said where the provider may not refuse: what it would pay to do if it could.
fn if_it_could_refuse(reach: &OptionReach) -> Option<String> {
    let worth =
        reach.groups.iter().filter(|group| group.margin_supported.is_ok_and(|margin| margin < 0.0)).count();
    let refused = reach.groups.iter().filter(|group| group.refused == Some(true)).count();
    let all = reach.groups.len();
    match (refused, worth) {
        (0, 0) => None,
        (0, n) => Some(format!(
            "If it could refuse: it would pay to turn away {} of {} groups.",
            in_words(n),
            in_words(all)
        )),
        (n, _) => Some(format!(
            "It may refuse, and it pays to turn away {} of {} groups.",
            in_words(n),
            in_words(all)
        )),
    }
}

/// Where part of every payment is passed on: how much of the money reaches those who deliver, and what it pays them to do.
fn reaches_delivery(scene: &Scene<'_>, reach: &OptionReach) -> Option<String> {
    let share = scene.workspace.terms(scene.option)?.passed_on?;
    if share <= 0.0 {
        return Some(
            "Passing money on is not promised: none of it is sure to reach those who deliver.".to_owned(),
        );
    }
    let (sum, whole) = (reach.reaches_delivery?.ok()?, reach.cost_per_year.ok()?);
    let all = reach.groups.len();
    let gains: Option<Vec<f64>> = reach.groups.iter().map(|group| group.gain_passed_on?.ok()).collect();
    let gains = gains?;
    let parked = gains.iter().filter(|gain| **gain < 0.0).count();
    let whose = |n: usize| {
        if n == all {
            "every group".to_owned()
        } else {
            format!("{} of {} groups", in_words(n), in_words(all))
        }
    };
    let pays = if parked == 0 {
        "For them too it pays to support every group.".to_owned()
    } else {
        let worst = (0..all).min_by(|&a, &b| gains[a].total_cmp(&gains[b]))?;
        let name = scene.workspace.question.need_groups[worst].short_name();
        format!(
            "For them it pays to park {}: supporting {name} loses {} a person.",
            whose(parked),
            pounds(-gains[worst])
        )
    };
    Some(format!(
        "{} of each payment is passed on: {} of {} a year reaches those who deliver. {pays}",
        percent(share),
        short_pounds(sum),
        short_pounds(whole)
    ))
}

/// The gain from supporting, a bar a group.
fn gains(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, reach: &OptionReach) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(Type::Strong.text("Gain from supporting", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let words = if is_slim(ui) { "supported" } else { "rather than parking" };
            ui.label(Type::Small.text(words, tokens.ink2));
        });
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let known: Vec<f64> = reach.groups.iter().filter_map(|group| group.gain.ok()).collect();
    let low = known.iter().copied().fold(0.0, f64::min);
    let high = known.iter().copied().fold(0.0, f64::max);
    let colour = tokens.option(&scene.workspace.question.options[scene.index].badge);
    for (group, figures) in scene.workspace.question.need_groups.iter().zip(&reach.groups) {
        gain(ui, desk, scene, (group, figures), (low, high), colour);
    }
    ui.spacing_mut().item_spacing.y = space::XS;
}

/// Whether the card is too slim to say of every share what it is of: the head says it then.
fn is_slim(ui: &Ui) -> bool {
    ui.max_rect().width() < 286.0
}

fn gain(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene<'_>,
    (group, figures): (&NeedGroup, &GroupReach),
    (low, high): (f64, f64),
    colour: OptionColour,
) {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (worth, supported) = (
        known(&figures.gain, signed_pounds),
        figures.share_supported_at[1]
            .map_or_else(|_| String::new(), |share| format!("{} supported", percent(share))),
    );
    let label = match figures.gain {
        Ok(_) => format!("{}: supporting earns {worth} more than parking, {supported}", group.name),
        Err(why) => format!("{}: not known, {}", group.name, why.0),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.hovered() {
        ui.painter().rect_filled(place.expand2(vec2(4.0, 0.0)), rounded(4.0), tokens.select);
    }
    let parked = figures.parked == Some(true);
    let ink = if parked { tokens.crimson } else { tokens.ink };
    let (upper, lower) = (place.top() + 13.0, place.top() + 33.0);
    let right = |y: f32| pos2(place.right(), y);
    let shown = if is_slim(ui) { supported.trim_end_matches(" supported") } else { supported.as_str() };
    let share = paint_text(ui.painter(), right(upper), Align2::RIGHT_CENTER, shown, Type::Small, ink);
    let fit = (share.left() - place.left() - 8.0, 1);
    let at = pos2(place.left(), upper);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, group.short_name(), Type::Body, tokens.ink, fit);
    let role = if figures.gain.is_ok() { Type::NumberStrong } else { Type::Small };
    paint_text(ui.painter(), right(lower), Align2::RIGHT_CENTER, &worth, role, ink);
    let room = place.width() - 84.0;
    let per_pound = if high > low { f64::from(room) / (high - low) } else { 0.0 };
    let zero = place.left() + (-low * per_pound) as f32;
    ui.painter().vline(zero, lower - 10.0..=lower + 10.0, hairline(tokens.line));
    if let Ok(gain) = figures.gain {
        let end = zero + (gain * per_pound) as f32;
        let bar = Rect::from_two_pos(pos2(zero, lower - 6.0), pos2(end, lower + 6.0));
        if gain < 0.0 {
            let outline = Stroke::new(1.0, tokens.crimson);
            ui.painter().rect(bar, rounded(2.5), tokens.crimson_tint, outline, StrokeKind::Inside);
        } else {
            ui.painter().rect_filled(bar, rounded(2.5), colour.fill);
        }
    }
    paint_focus(ui, &response, place.expand2(vec2(3.0, 0.0)), 4.0);
    let question = Question::Gain(scene.option.clone(), group.id.clone());
    if response.has_focus() {
        desk.view.figure_in_focus = Some(question.clone());
    }
    if response.clicked() {
        desk.explain(question);
    }
}
