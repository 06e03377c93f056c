//! The verdict on a payment design, the rules behind it, and the prices under which it pays to park.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{known, verdict_word};
use crate::{
    analysis::{
        explain::Question,
        reach::{OptionReach, RuleResult, Verdict},
    },
    model::{
        Workspace,
        wording::{number, percent, pounds},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, space},
        widgets::{Button, Card, Paragraph, hair_rule, paint_text, wrapped},
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
        show(ui, desk, workspace, reach, index);
    });
}

/// Shows both cards across the width there is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, reach: &OptionReach, index: usize) {
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        verdict(ui, desk, workspace, reach, index);
    });
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        prices(ui, workspace, reach, index);
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
    ui.add_space(space::XS);
    hair_rule(ui);
    ui.add_space(space::XS);
    for rule in rules_to_say(reach) {
        say_rule(ui, rule);
    }
    if reach.verdict == Verdict::CannotBeJudged {
        signs(ui, reach);
    }
}

/// The rules behind the verdict: those that are met; where none is, those that were passed.
fn rules_to_say(reach: &OptionReach) -> Vec<&RuleResult> {
    let met: Vec<&RuleResult> = reach.rules.iter().filter(|rule| rule.met == Some(true)).collect();
    if !met.is_empty() {
        return met;
    }
    reach.rules.iter().filter(|rule| rule.met.is_some()).collect()
}

fn say_rule(ui: &mut Ui, rule: &RuleResult) {
    let tokens = Tokens::of(ui);
    let lead = if rule.met == Some(true) { "Rule. " } else { "Not met. " };
    Paragraph::new()
        .run(lead, Type::SmallStrong, tokens.ink)
        .run(&format!("{} {}", rule.text, rule.figures), Type::Small, tokens.ink2)
        .show(ui);
}

/// Where figures are missing: what the design itself gives away, judged and not computed.
fn signs(ui: &mut Ui, reach: &OptionReach) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::S);
    ui.label(Type::SmallStrong.text("Judged from the design, not computed", tokens.ink));
    for sign in &reach.checklist {
        let (mark, words) = match sign.present {
            Some(true) => (icons::WARNING_CIRCLE, "yes"),
            Some(false) => (icons::CHECK_CIRCLE, "no"),
            None => (icons::QUESTION, "nobody has said"),
        };
        ui.horizontal_top(|ui| {
            ui.label(egui::RichText::new(mark.0).font(Icon::font(15.0)).color(tokens.ink2));
            wrapped(ui, format!("{}: {words}", sign.text), Type::Small, tokens.ink2);
        });
    }
}

fn pill(ui: &mut Ui, verdict: Verdict) {
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

/// The price under which it pays to park, and how far the forecast may fall, group by group.
fn prices(ui: &mut Ui, workspace: &Workspace, reach: &OptionReach, index: usize) {
    let tokens = Tokens::of(ui);
    let option = &workspace.question.options[index];
    ui.label(Type::Heading.text("What would be fair", tokens.ink));
    let words = "The park-proof price makes serving earn £50 more than parking. Under the rate beside it, serving at \
                 today’s price pays less than parking.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    ui.add_space(space::XS);
    line(ui, "Price per success", ["now", "fair", "parks under"], Type::Small, tokens.ink3);
    for (group, figures) in workspace.question.need_groups.iter().zip(&reach.groups) {
        let now = price_now(workspace, &option.id, &group.id).map_or("–".to_owned(), pounds);
        let fair = known(&figures.park_proof_price, |price| pounds((price / 50.0).ceil() * 50.0));
        let rate = match figures.outcome_rate_at_which_it_pays_to_park {
            Ok(rate) if rate > 1.0 => "always".to_owned(),
            Ok(rate) if rate <= 0.0 => "never".to_owned(),
            Ok(rate) => percent(rate),
            Err(_) => "not known".to_owned(),
        };
        line(ui, group.short_name(), [&now, &fair, &rate], Type::Body, tokens.ink);
    }
    ui.add_space(space::XS);
    hair_rule(ui);
    ui.add_space(space::XS);
    for (words, figure) in [
        (
            "Of each £1 for results, bought what would have happened anyway",
            known(&reach.deadweight_share, percent),
        ),
        ("Of income hangs on results", known(&reach.income_at_risk_share, percent)),
        ("Between the best and the worst paying group, a person", known(&reach.incentive_gap, pounds)),
        ("Cost a year", known(&reach.cost_per_year, pounds)),
    ] {
        ui.horizontal_top(|ui| {
            let width = ui.available_width();
            ui.allocate_ui(vec2(width * 0.28, 18.0), |ui| {
                ui.set_min_width(width * 0.28);
                ui.label(Type::SmallStrong.text(&figure, tokens.ink));
            });
            wrapped(ui, words, Type::Small, tokens.ink2);
        });
    }
}

/// The price of a success of this group: of the milestone with the least sure outcome that it is paid for.
fn price_now(
    workspace: &Workspace,
    option: &crate::model::ids::OptionId,
    group: &crate::model::ids::NeedGroupId,
) -> Option<f64> {
    let paid =
        workspace.reach.payments.iter().filter(|p| p.option == *option && p.probability_supported.is_none());
    let own = paid.clone().find(|p| p.group.as_ref() == Some(group));
    own.or_else(|| paid.clone().find(|p| p.group.is_none())).map(|p| p.price.pounds())
}

fn line(ui: &mut Ui, name: &str, figures: [&str; 3], role: Type, ink: egui::Color32) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    response.widget_info(|| {
        let words = format!("{name}: now {}, fair {}, parks under {}", figures[0], figures[1], figures[2]);
        WidgetInfo::labeled(Role::Row, true, words)
    });
    let ends = [rect.right() - 148.0, rect.right() - 84.0, rect.right()];
    let fit = (ends[0] - 52.0 - rect.left(), 1);
    let y = rect.center().y;
    crate::ui::widgets::paint_text_fitted(
        ui.painter(),
        pos2(rect.left(), y),
        Align2::LEFT_CENTER,
        name,
        role,
        ink,
        fit,
    );
    for (place, (end, figure)) in ends.into_iter().zip(figures).enumerate() {
        let head = role == Type::Small;
        let (role, ink) = match (head, place) {
            (true, _) => (Type::Small, ink),
            (false, 0) => (Type::Number, tokens.ink3),
            (false, 2) if figure == "always" => (Type::NumberStrong, tokens.crimson),
            (false, _) => (Type::NumberStrong, ink),
        };
        paint_text(ui.painter(), pos2(end, y), Align2::RIGHT_CENTER, figure, role, ink);
    }
}
