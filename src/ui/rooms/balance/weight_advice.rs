//! What stands beside the weights: where they come from, what they mean in exchange, and what deserves a second look.

use egui::{Align2, Sense, Ui, vec2};

use super::{
    score_scene::{Scene, points_words},
    trade_offs::{TradeOff, trade_offs},
    weights::WeightsView,
};
use crate::{
    analysis::balance::Warning,
    model::{
        Room,
        balance::WeightsFrom,
        voices::{CombineRule, Vote},
        wording::count,
    },
    session::edits,
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, space},
        widgets::{Button, Card, Paragraph, button::Segment, hair_rule, link, segmented, wrapped},
    },
};

/// Shows the cards one under the other.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &WeightsView, scene: &Scene) {
    ui.spacing_mut().item_spacing.y = space::L;
    if let Some(why) = view.refused() {
        Card::new().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            note(ui, "Those points were not taken", why);
        });
    }
    let ballots = scene.analysis.voices.in_force.len();
    if ballots > 0 || scene.workspace.balance.weights_from == WeightsFrom::Ballots {
        source(ui, desk, scene, ballots);
    }
    check(ui, scene);
    second_look(ui, desk, scene);
}

/// Stated points or ballots: the switch, what it means, and the way from one to the other.
fn source(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, ballots: usize) {
    let tokens = Tokens::of(ui);
    Card::new().padding(20, 14).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("Where the weights come from", tokens.ink));
        let from = scene.workspace.balance.weights_from;
        let segment = |words, name: &str| Segment { badge: "", words, colour: None, name: name.to_owned() };
        let segments =
            [segment("Stated points", "Weights from stated points"), segment("Ballots", "Weights from ballots")];
        if let Some(chosen) = segmented(ui, &segments, usize::from(from == WeightsFrom::Ballots)) {
            let (label, from) = if chosen == 0 {
                ("Weigh by the stated points", WeightsFrom::Swings)
            } else {
                ("Weigh by the ballots", WeightsFrom::Ballots)
            };
            desk.edit(label, None, |w| w.balance.weights_from = from);
        }
        let words = match from {
            WeightsFrom::Swings => {
                "The points in the table count. Ballots are shown beneath each bar, and change nothing until they are taken over.".to_owned()
            }
            WeightsFrom::Ballots => format!(
                "{} Dragging a handle takes them over as stated points first.",
                ballot_rule(scene, ballots)
            ),
        };
        wrapped(ui, words, Type::Small, tokens.ink2);
        if ballots > 0 {
            let taken = taken_over(scene);
            let tip = "Gives each factor the points that the ballots combine to";
            let button = Button::new("Take the ballots’ median").tooltip(tip).enabled(!taken);
            if button.show(ui).clicked() {
                desk.edit("Take the ballots’ median", None, edits::weights::take_ballots);
            }
            if taken {
                wrapped(ui, "The stated points are the ballots’ median now.", Type::Small, tokens.ink3);
            }
        } else if Button::new("Collect ballots in Voices").icon(icons::ARROW_RIGHT).show(ui).clicked() {
            desk.go(Room::Voices, "Ballots");
        }
    });
}

/// Whether the points in force are stated ones and what the ballots combine to.
fn taken_over(scene: &Scene) -> bool {
    let combined = scene.analysis.voices.combined_swings.as_deref().unwrap_or_default();
    let same = |(stated, given): (Option<f64>, &Option<f64>)| match (stated, given) {
        (Some(stated), Some(given)) => (stated - given).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    };
    scene.workspace.balance.weights_from == WeightsFrom::Swings
        && scene.factors().iter().map(|f| f.swing).zip(combined).all(same)
}

fn ballot_rule(scene: &Scene, ballots: usize) -> String {
    if ballots == 0 {
        return "No ballot has been cast yet, so every factor counts alike.".to_owned();
    }
    let rule = match scene.workspace.voices.combine {
        CombineRule::MedianLargest100 => "The median counts, each ballot with its largest at 100",
        CombineRule::MedianAsGiven => "The median counts, as the points were given",
        CombineRule::MeanWeights => "The mean of the weights counts",
    };
    let vote = match scene.workspace.voices.vote {
        Vote::OnePerson => "one person, one vote",
        Vote::OneSector => "one sector, one vote",
    };
    format!("{rule}: {}, {vote}.", count(ballots, "ballot", "ballots"))
}

/// What the weights mean in exchange, to be judged by common sense.
fn check(ui: &mut Ui, scene: &Scene) {
    let tokens = Tokens::of(ui);
    let exchanges = trade_offs(scene.factors(), &scene.functions, &scene.analysis.balance.weights);
    let Some((first, others)) = exchanges.split_first() else { return };
    Card::new().padding(20, 14).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("Check", tokens.ink));
        exchange(ui, first, ["Then ", " is worth ", " to you. Is it?"], Type::Sentence, Type::Heading);
        if !others.is_empty() {
            hair_rule(ui);
        }
        for other in others {
            exchange(ui, other, ["", " counts as much as ", "."], Type::Small, Type::SmallStrong);
        }
        if exchanges.iter().any(|exchange| exchange.straightened) {
            wrapped(ui, "Curves are taken as straight from worst to best.", Type::Small, tokens.ink3);
        }
    });
}

fn exchange(ui: &mut Ui, exchange: &TradeOff, words: [&str; 3], body: Type, strong: Type) {
    let tokens = Tokens::of(ui);
    let colour = |amount: &super::trade_offs::Amount| tokens.side(amount.side).text;
    Paragraph::new()
        .run(words[0], body, tokens.ink)
        .run(&exchange.this.words, strong, colour(&exchange.this))
        .run(words[1], body, tokens.ink)
        .run(&exchange.that.words, strong, colour(&exchange.that))
        .run(words[2], body, tokens.ink)
        .show(ui);
}

/// The warnings of the balance, each with what can be done about it here.
fn second_look(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let tokens = Tokens::of(ui);
    let warnings = &scene.analysis.balance.warnings;
    Card::new().padding(20, 12).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("Worth a second look", tokens.ink));
        if warnings.is_empty() {
            wrapped(ui, "Nothing in these weights.", Type::Body, tokens.ink2);
        }
        let mut changed = edits::weights::changed_ranges(scene.factors()).into_iter();
        for (place, warning) in warnings.iter().enumerate() {
            if place > 0 {
                hair_rule(ui);
            }
            note(ui, title(warning), &warning.text);
            if warning.rule == "range-changed"
                && let Some(range) = changed.next()
            {
                ui.push_id(("range", place), |ui| range_actions(ui, desk, scene, &range));
            }
        }
    });
}

/// Take the points in proportion to the new range, or keep those that there are.
fn range_actions(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, range: &edits::weights::ChangedRange) {
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
fn note(ui: &mut Ui, title: &str, text: &str) {
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
    });
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
        "irrelevant-option" => "The lead hangs on another option",
        "range-changed" => "The range changed after weighting",
        "outside-ends" => "Scores past the ends",
        "local-anchors" => "Ends that move with the options",
        "no-spread" => "No difference to weigh",
        "close-swings" => "The spread is flat",
        "correlated-factors" | "shared-evidence" => "Counted twice?",
        _ => "Look again",
    }
}
