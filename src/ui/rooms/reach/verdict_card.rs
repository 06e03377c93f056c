//! The verdict on a payment design, the rules behind it, and the prices under which it pays to park.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    fix_card, known,
    prediction::{forecasts_of, missing_of},
    verdict_word,
};
use crate::{
    analysis::{
        explain::Question,
        reach::{GroupReach, OptionReach, RuleResult, Verdict, verdict::judged},
    },
    model::{
        Room, Workspace,
        wording::{capital, in_words, list, number, percent, percent_to_tenth, pounds, short_pounds},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, space},
        widgets::{Button, Card, Paragraph, hair_rule, link, paint_text, paint_text_fitted, wrapped},
    },
};

/// Shows both cards in exactly this place.
pub fn show_at(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
    place: Rect,
) {
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
    inner.set_clip_rect(place.expand(2.0).intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("verdict").auto_shrink(false).show(&mut inner, |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        verdict_card(ui, desk, workspace, reach, index);
        fix_card::show(ui, desk, workspace, reach, index);
        prices_card(ui, desk, workspace, reach, index);
    });
}

/// Shows the verdict across the width there is.
pub fn verdict_card(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
) {
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        verdict(ui, desk, workspace, reach, index);
    });
}

/// Shows prices and forecasts across the width there is.
pub fn prices_card(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
) {
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        prices(ui, desk, workspace, reach, index);
    });
}

fn verdict(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, reach: &OptionReach, index: usize) {
    let tokens = Tokens::of(ui);
    let option = &workspace.question.options[index];
    ui.horizontal(|ui| {
        pill(ui, reach.verdict);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if Button::new("Why?").icon(icons::QUESTION).quiet().show(ui).clicked() {
                desk.explain(Question::Verdict(option.id.clone()));
            }
        });
    });
    if let Ok(left_out) = reach.left_out_per_year {
        let ink = if left_out >= 0.5 { tokens.crimson } else { tokens.ink };
        ui.horizontal(|ui| {
            ui.label(Type::Big.text(number(left_out, 0), ink));
            ui.add_space(space::S);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(Type::Body.text("people left out a year,", tokens.ink));
                let all = known(&reach.people, |n| number(n, 0));
                ui.label(Type::Body.text(format!("of {all} people"), tokens.ink2));
            });
        });
    }
    judgement(ui, reach);
    lacking(ui, desk, workspace, reach, index);
    ui.add_space(space::XS);
    hair_rule(ui);
    ui.add_space(space::XS);
    if desk.view.reach.rules_are_open {
        for rule in &reach.rules {
            open_rule(ui, rule, reach.groups.len());
        }
    } else {
        for rule in rules_to_say(reach) {
            say_rule(ui, rule, reach.groups.len());
        }
    }
    let words = if desk.view.reach.rules_are_open { "Fewer rules" } else { "All rules, figures and sources" };
    if link(ui, words, Type::Small, tokens.ink2).clicked() {
        desk.view.reach.rules_are_open = !desk.view.reach.rules_are_open;
    }
    if reach.verdict == Verdict::CannotBeJudged {
        signs(ui, reach);
    }
}

/// Says once which figures are missing, and leads to where they are filled in; answers whether any are.
pub(super) fn lacking(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
) -> bool {
    let missing = missing_of(desk, workspace, index);
    if missing.groups.is_empty() && reach.verdict != Verdict::CannotBeJudged {
        return false;
    }
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    if !missing.is_empty() {
        ui.label(Type::SmallStrong.text("What is missing", tokens.ink));
    }
    for (group, lacks) in &missing.groups {
        let name = workspace.question.need_groups[*group].short_name();
        Paragraph::new()
            .run(&format!("{name}: "), Type::SmallStrong, tokens.ink)
            .run(&format!("{}.", list(lacks)), Type::Small, tokens.ink2)
            .show(ui);
    }
    if missing.refusal {
        wrapped(ui, "Whether the provider may refuse people.", Type::Small, tokens.ink2);
    }
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        if !missing.groups.is_empty() && Button::new("Need groups").primary().show(ui).clicked() {
            desk.go(Room::Question, "Need groups");
        }
        let is_here = desk.view.page(Room::Reach) == "Payment design";
        if missing.refusal && !is_here && Button::new("Terms").show(ui).clicked() {
            desk.go(Room::Reach, "Payment design");
        }
    });
    true
}

/// The verdict by the signs of the design, beside one that cannot be computed.
pub(super) fn judgement(ui: &mut Ui, reach: &OptionReach) {
    if reach.verdict != Verdict::CannotBeJudged {
        return;
    }
    let tokens = Tokens::of(ui);
    let judged = judged(&reach.checklist);
    ui.add_space(space::XS);
    let open = match judged.open {
        0 => String::new(),
        n => format!(" Nobody has spoken of {}.", in_words(n)),
    };
    Paragraph::new()
        .run(&format!("{}. ", capital(&judged.words())), Type::SmallStrong, tokens.ink)
        .run(
            &format!(
                "Judged, not computed: {} of {} signs {} there.{open}",
                in_words(judged.present),
                in_words(judged.of),
                if judged.present == 1 { "is" } else { "are" }
            ),
            Type::Small,
            tokens.ink2,
        )
        .show(ui);
}

/// The rules behind the verdict: those that gave it; where none did, those that were passed.
fn rules_to_say(reach: &OptionReach) -> Vec<&RuleResult> {
    let decides = |rule: &&RuleResult| rule.met == Some(true) && rule.verdict == reach.verdict;
    let met: Vec<&RuleResult> = reach.rules.iter().filter(decides).collect();
    if !met.is_empty() {
        return met;
    }
    reach.rules.iter().filter(|rule| rule.met.is_some()).collect()
}

fn say_rule(ui: &mut Ui, rule: &RuleResult, groups: usize) {
    let tokens = Tokens::of(ui);
    let lead = if rule.met == Some(true) { "Rule. " } else { "Not met. " };
    let who = match rule.groups.len() {
        0 => String::new(),
        1 => format!(" One of {groups} groups meets it."),
        n => format!(" {} of {groups} groups meet it.", number(n as f64, 0)),
    };
    let response = Paragraph::new()
        .run(lead, Type::SmallStrong, tokens.ink)
        .run(&format!("{}{who}", rule.text), Type::Small, tokens.ink2)
        .show(ui);
    if !rule.figures.is_empty() {
        response.on_hover_text(rule.figures.as_str());
    }
}

/// A rule in full: whether it is met, its threshold, the figures behind that and where it comes from.
fn open_rule(ui: &mut Ui, rule: &RuleResult, groups: usize) {
    let tokens = Tokens::of(ui);
    let lead = match rule.met {
        Some(true) => "Met",
        Some(false) => "Not met",
        None => "Not known",
    };
    let gives = format!("{lead} \u{b7} gives {}. ", rule.verdict.words());
    let who = match rule.groups.len() {
        0 => String::new(),
        n => format!(" {} of {groups} groups.", number(n as f64, 0)),
    };
    let ink = if rule.met == Some(true) { tokens.ink } else { tokens.ink2 };
    let figures =
        if rule.figures.is_empty() { String::new() } else { format!(" {}.", capital(&rule.figures)) };
    Paragraph::new()
        .run(&gives, Type::SmallStrong, ink)
        .run(&format!("{}{who}{figures}", rule.text), Type::Small, tokens.ink2)
        .run(&format!(" Source: {}.", rule.source), Type::Small, tokens.ink3)
        .show(ui);
    ui.add_space(space::XS);
}

/// Where figures are missing: what the design itself gives away, judged and not computed.
pub(super) fn signs(ui: &mut Ui, reach: &OptionReach) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    ui.label(Type::SmallStrong.text("Signs in the design", tokens.ink));
    for sign in &reach.checklist {
        let mark = match sign.present {
            Some(true) => icons::WARNING_CIRCLE,
            Some(false) => icons::CHECK_CIRCLE,
            None => icons::QUESTION,
        };
        let words = sign.answer.map_or("nobody has said", |yes| if yes { "yes" } else { "no" });
        ui.horizontal_top(|ui| {
            ui.label(egui::RichText::new(mark.0).font(Icon::font(15.0)).color(tokens.ink2));
            wrapped(ui, format!("{}: {words}", sign.asks), Type::Small, tokens.ink2);
        });
    }
}

pub(super) fn pill(ui: &mut Ui, verdict: Verdict) {
    let tokens = Tokens::of(ui);
    let high = verdict == Verdict::High;
    let words = match verdict {
        Verdict::CannotBeJudged => verdict_word(verdict).to_owned(),
        _ => format!("{} cherry-picking risk", verdict_word(verdict)),
    };
    let ink = if high { tokens.crimson } else { tokens.ink };
    let galley = ui.painter().layout_no_wrap(words.clone(), Type::SmallStrong.font(), ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 40.0, 24.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let fill = if high { tokens.crimson_tint } else { tokens.select };
    ui.painter().rect_filled(rect, rounded(12.0), fill);
    let (icon, font) = match verdict {
        Verdict::High => (icons::WARNING_DIAMOND, Icon::filled_font(16.0)),
        Verdict::Low => (icons::CHECK_CIRCLE, Icon::font(16.0)),
        Verdict::Moderate => (icons::WARNING_CIRCLE, Icon::font(16.0)),
        Verdict::CannotBeJudged => (icons::QUESTION, Icon::font(16.0)),
    };
    ui.painter().text(pos2(rect.left() + 17.0, rect.center().y), Align2::CENTER_CENTER, icon.0, font, ink);
    ui.painter().galley(pos2(rect.left() + 30.0, rect.center().y - galley.size().y / 2.0), galley, ink);
}

/// How far the forecast may fall, group by group, and what the money buys.
fn prices(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, reach: &OptionReach, index: usize) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Strong.text("What rests on the forecast", tokens.ink));
    line(ui, "Parks if fewer than … succeed", ["forecast", "parks"], true);
    let each = forecasts_of(desk, workspace, reach, index);
    for ((group, figures), of_group) in
        workspace.question.need_groups.iter().zip(&reach.groups).zip(each.iter())
    {
        let forecast = group.outcome_supported.map_or(NOT_KNOWN.to_owned(), percent_to_tenth);
        line(ui, group.short_name(), [&forecast, &parks_under(figures)], false);
        for words in of_group.beside() {
            wrapped(ui, format!("{}.", capital(&words)), Type::Small, tokens.ink2);
        }
    }
    neutral_rates(ui, workspace, reach);
    ui.add_space(space::S);
    hair_rule(ui);
    ui.add_space(space::S);
    for (figure, words) in [
        (
            known(&reach.deadweight_share, percent),
            "of the payments for results buys what would have happened anyway",
        ),
        (known(&reach.income_at_risk_share, percent), "of income hangs on results"),
        (
            known(&reach.incentive_gap, pounds),
            "a person between the group that pays best and the one that pays worst",
        ),
        (known(&reach.cost_per_year, short_pounds), "is what it costs a year"),
        (
            known(&reach.between_group_variance, percent_to_tenth),
            "of who succeeds is told apart by the groups (\u{3b7}\u{b2}); prices by group can work on no more",
        ),
    ] {
        if figure != NOT_KNOWN {
            figure_and_words(ui, &figure, words);
        }
    }
    picking_inside(ui, workspace, reach);
}

/// What picking the promising inside a group is worth, where it is worth most.
fn picking_inside(ui: &mut Ui, workspace: &Workspace, reach: &OptionReach) {
    let groups = workspace.question.need_groups.iter().zip(&reach.groups);
    let worths = groups.filter_map(|(group, figures)| Some((group, figures.worth_of_picking_inside.ok()?)));
    let most = worths.reduce(|most, next| if next.1 > most.1 { next } else { most });
    let Some((group, worth)) = most.filter(|(_, worth)| *worth > 0.0) else { return };
    let (figure, name) = (pounds(worth), group.short_name());
    let words = match group.outcome_spread {
        Some(spread) => format!(
            "a person is what picking the promising inside {name} is worth: price \u{d7} a spread of {}",
            percent_to_tenth(spread)
        ),
        None => format!(
            "a person at the most is what picking inside {name} could be worth; the spread inside is not stated, so this \
             is its binomial bound"
        ),
    };
    figure_and_words(ui, &figure, &words);
}

/// Where prices differ by group: the outcome rates at which they would bring in as much as for the easiest group.
fn neutral_rates(ui: &mut Ui, workspace: &Workspace, reach: &OptionReach) {
    let tokens = Tokens::of(ui);
    let price = |figures: &GroupReach| figures.outcome_price;
    if reach.groups.windows(2).all(|pair| price(&pair[0]).total_cmp(&price(&pair[1])).is_eq()) {
        return;
    }
    ui.add_space(space::S);
    hair_rule(ui);
    ui.add_space(space::S);
    ui.label(Type::Strong.text("When the prices would be neutral", tokens.ink));
    line(ui, "Pays like the easiest group at …", ["forecast", "neutral"], true);
    for (group, figures) in workspace.question.need_groups.iter().zip(&reach.groups) {
        let forecast = group.outcome_supported.map_or(NOT_KNOWN.to_owned(), percent_to_tenth);
        let neutral = figures.income_neutral_rate.map_or_else(|_| AT_NO_RATE.to_owned(), percent_to_tenth);
        line(ui, group.short_name(), [&forecast, &neutral], false);
    }
}

fn figure_and_words(ui: &mut Ui, figure: &str, words: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(78.0, 18.0), egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_min_width(78.0);
            ui.label(Type::Strong.text(figure, tokens.ink));
        });
        wrapped(ui, words, Type::Small, tokens.ink2);
    });
}

/// What is said where no outcome rate would bring in as much.
const AT_NO_RATE: &str = "at no rate";
/// What is said where no outcome rate would make supporting pay.
const AT_ANY_RATE: &str = "at any rate";

/// The outcome rate under which it pays to park, in words.
pub(super) fn parks_under(figures: &GroupReach) -> String {
    match (&figures.outcome_rate_at_which_it_pays_to_park, figures.parked) {
        (Ok(rate), _) if *rate > 1.0 => AT_ANY_RATE.to_owned(),
        (Ok(rate), _) if *rate <= 0.0 => "never".to_owned(),
        (Ok(rate), _) => percent_to_tenth(*rate),
        // No rate up to 100 % would turn it.
        (Err(_), Some(true)) => AT_ANY_RATE.to_owned(),
        (Err(_), Some(false)) => "never".to_owned(),
        (Err(_), None) => NOT_KNOWN.to_owned(),
    }
}

/// What is written in a place whose figure is not known; which figures are missing is said once, beside the verdict.
pub(super) const NOT_KNOWN: &str = "\u{2013}";

pub(super) fn line(ui: &mut Ui, name: &str, figures: [&str; 2], is_head: bool) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    response.widget_info(|| {
        let spoken = figures.iter().filter(|f| !f.is_empty()).copied().collect::<Vec<_>>().join(", ");
        WidgetInfo::labeled(Role::Row, true, format!("{name}: {spoken}"))
    });
    let ends = [rect.right() - 76.0, rect.right()];
    let y = rect.center().y;
    let mut names_end = rect.right();
    for (place, (end, figure)) in ends.into_iter().zip(figures).enumerate() {
        let (role, ink) = match (is_head, place) {
            (true, _) => (Type::Small, tokens.ink3),
            (false, 0) => (Type::Number, tokens.ink3),
            (false, _) if figure == AT_ANY_RATE => (Type::SmallStrong, tokens.crimson),
            (false, _) => (Type::NumberStrong, tokens.ink),
        };
        let painted = paint_text(ui.painter(), pos2(end, y), Align2::RIGHT_CENTER, figure, role, ink);
        names_end = names_end.min(painted.left() - 8.0);
    }
    let (role, ink) = if is_head { (Type::Small, tokens.ink3) } else { (Type::Body, tokens.ink) };
    let fit = (names_end - rect.left(), 1);
    paint_text_fitted(ui.painter(), pos2(rect.left(), y), Align2::LEFT_CENTER, name, role, ink, fit);
}
