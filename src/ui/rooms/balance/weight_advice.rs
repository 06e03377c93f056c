//! What stands beside the weights: what they mean in exchange, and what deserves a second look.

use egui::{Align2, Sense, Ui, vec2};

use super::{
    score_scene::points_words, weigh_scene::WeighScene, weight_checks, weight_steps::Step, weight_table::Act,
    weights::WeightsView, whose_points,
};
use crate::{
    analysis::balance::{Warning, elicitation::ChangedRange, elicitation::weighed_before_range},
    model::wording::{count, number},
    session::edits,
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Card, hair_rule, link, note_refusal, wrapped},
    },
};

/// Notes of one rule beyond these are shown on asking.
const MOST_OF_A_RULE: usize = 1;

/// Shows the cards one under the other.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut WeightsView,
    scene: &WeighScene,
    step: Step,
) -> Vec<Act> {
    let mut acts = Vec::new();
    ui.spacing_mut().item_spacing.y = space::L;
    if let Some(why) = view.refused.clone() {
        Card::new().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            note_refusal(ui.ctx(), &why);
            note(ui, "That was not taken", &why);
        });
    }
    weight_checks::card(ui, scene, view, step != Step::Check, &mut acts);
    second_look(ui, desk, view, scene);
    acts
}

/// The warnings of the balance by rule, each with what can be done about it here.
fn second_look(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut WeightsView, scene: &WeighScene) {
    let tokens = Tokens::of(ui);
    let warnings = scene.analysis.balance.warnings();
    Card::new().padding(20, 12).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("Worth a second look", tokens.ink));
        let differ = whose_points::differs_from_median(scene);
        if differ {
            let of = count(scene.analysis.voices.said().in_force.len(), "ballot", "ballots");
            let words = format!("The points on this page are not what the {of} combine to.");
            note(ui, "Not the ballots’ median", &words);
            indented(ui, |ui| whose_points::take_median(ui, desk));
            if !warnings.is_empty() {
                hair_rule(ui);
            }
        } else if warnings.is_empty() {
            wrapped(ui, "Nothing in these weights.", Type::Body, tokens.ink2);
        }
        let mut changed = scene.changed.iter();
        for (place, of_rule) in warnings.chunk_by(|a, b| title(a) == title(b)).enumerate() {
            if place > 0 {
                hair_rule(ui);
            }
            let rule = of_rule[0].rule;
            // Ranges each have their own way out, so all of them are shown.
            let most = if rule == "range-changed" { of_rule.len() } else { MOST_OF_A_RULE };
            let open = view.opened.contains(&title(&of_rule[0]));
            for (at, warning) in of_rule.iter().enumerate().take(if open { of_rule.len() } else { most }) {
                if at == 0 {
                    let response = note(ui, title(warning), &warning.text);
                    if let Some(rho) = rank_correlation(scene, warning) {
                        response.on_hover_text(format!("Rank correlation (Spearman’s ρ) {}", number(rho, 2)));
                    }
                } else {
                    indented(ui, |ui| _ = wrapped(ui, &warning.text, Type::Small, tokens.ink2));
                }
                if warning.rule == "range-changed"
                    && let Some(range) = changed.next()
                {
                    ui.push_id(("range", place, at), |ui| range_actions(ui, desk, scene, range));
                }
            }
            if rule == "weighed-before-range" {
                early_action(ui, desk, scene);
            }
            if of_rule.len() > most {
                more(ui, view, of_rule, open);
            }
        }
    });
}

/// Shows or hides the further notes of one rule.
fn more(ui: &mut Ui, view: &mut WeightsView, of_rule: &[Warning], open: bool) {
    let tokens = Tokens::of(ui);
    let title = title(&of_rule[0]);
    let pairs = matches!(of_rule[0].rule, "correlated-factors" | "shared-evidence");
    let words = match (open, pairs) {
        (true, true) => "Hide the pairs".to_owned(),
        (true, false) => "Show less".to_owned(),
        (false, true) => format!("Show the {}", count(of_rule.len(), "pair", "pairs")),
        (false, false) => format!("Show {} more", of_rule.len() - MOST_OF_A_RULE),
    };
    indented(ui, |ui| {
        ui.push_id(title, |ui| {
            if link(ui, &words, Type::Small, tokens.ink).clicked() {
                if open {
                    view.opened.retain(|rule| *rule != title);
                } else {
                    view.opened.push(title);
                }
            }
        });
    });
}

/// In line with the text of a note.
fn indented(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(28.0);
        ui.vertical(contents);
    });
}

/// Says that early points hold for the ends there are.
fn early_action(ui: &mut Ui, desk: &mut Desk<'_>, scene: &WeighScene) {
    let tokens = Tokens::of(ui);
    let early = weighed_before_range(scene.factors());
    indented(ui, |ui| {
        if link(ui, "They hold for these ends", Type::Small, tokens.ink).clicked() {
            desk.edit("Keep points given before their range", None, |w| {
                for &f in &early {
                    edits::weights::keep_for_new_ends(w, &scene.factors()[f].id);
                }
            });
        }
    });
}

/// Take the points in proportion to the new range, or keep those that there are.
fn range_actions(ui: &mut Ui, desk: &mut Desk<'_>, scene: &WeighScene, range: &ChangedRange) {
    let tokens = Tokens::of(ui);
    let factor = &scene.factors()[range.factor];
    ui.horizontal(|ui| {
        ui.add_space(28.0);
        ui.spacing_mut().item_spacing.x = space::L;
        if let Some(points) = range.in_proportion {
            let take = format!("Take {}", points_words(points));
            if link(ui, &take, Type::Small, tokens.ink)
                .on_hover_text("In proportion to the new range")
                .clicked()
            {
                desk.edit(format!("Weigh {} for its new range", factor.name), None, |w| {
                    edits::weights::set_swing(w, &factor.id, points);
                });
            }
        }
        let keep = format!("Keep {}", points_words(range.points));
        if link(ui, &keep, Type::Small, tokens.ink).clicked() {
            desk.edit(format!("Keep the points of {}", factor.name), None, |w| {
                edits::weights::keep_for_new_ends(w, &factor.id);
            });
        }
    });
}

/// A heading with a sign, and a text below it.
fn note(ui: &mut Ui, title: &str, text: &str) -> egui::Response {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 21.0), Sense::hover());
        let sign = icons::WARNING_CIRCLE.0;
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, sign, Icon::font(18.0), tokens.ink2);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            wrapped(ui, title, Type::Strong, tokens.ink);
            wrapped(ui, text, Type::Small, tokens.ink2);
        });
    })
    .response
}

/// How alike the two factors that a warning begins with rank the options, −1 to 1.
fn rank_correlation(scene: &WeighScene, warning: &Warning) -> Option<f64> {
    let named = |f: usize| scene.factors().get(f).map_or("", |factor| factor.name.as_str());
    let alike = &scene.analysis.balance.performance.alike;
    let begins = |a, b| warning.text.starts_with(&format!("{} and {} rank ", named(a), named(b)));
    alike.iter().find(|pair| warning.rule == "correlated-factors" && begins(pair.a, pair.b)).map(|p| p.rho)
}

/// A warning in a few words.
fn title(warning: &Warning) -> &'static str {
    match warning.rule {
        "all-struck" => "Every option is struck",
        "no-weight" => "Nothing weighs anything",
        "even-weights" => "Nobody has weighed yet",
        "one-sided-weight" => "All on one side",
        "swing-missing" => "Points are missing",
        "swing-unusable" => "Points that cannot be used",
        "provisional" => "Not everything is known",
        "unusable-score" => "A score does not fit its scale",
        "must-not-known" => "A must cannot be tried",
        "must-in-doubt" => "A must may be failed",
        "irrelevant-option" => "The lead hangs on another option",
        "range-changed" => "The range changed after weighting",
        "weighed-before-range" => "Weighted before its range",
        "outside-ends" => "Scores past the ends",
        "local-anchors" => "Ends that move with the options",
        "no-spread" => "No difference to weigh",
        "close-swings" => "The spread is flat",
        "correlated-factors" | "shared-evidence" => "Counted twice?",
        _ => "Look again",
    }
}
