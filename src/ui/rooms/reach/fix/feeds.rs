//! What Reach tells Balance: factors that are scored by the prediction, and the must that no verdict is high.

use egui::Ui;

use crate::{
    model::{Workspace, ids::FactorId, reach::ReachMeasure},
    session::edits::designs,
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Card, choose, wrapped},
    },
};

/// What a measure can be linked to.
#[derive(Clone, PartialEq)]
enum Link {
    None,
    Factor(FactorId),
    NewFactor,
    /// A new factor that strikes an option with a high verdict.
    NewMust,
}

/// Shows the card.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    Card::new().padding(18, 14).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("What Reach tells Balance", tokens.ink));
        let words = "A linked factor is scored by what is predicted here, at every change. Nobody types its scores while it \
                     is linked; an option without a payment design is not known.";
        wrapped(ui, words, Type::Small, tokens.ink2);
        for measure in ReachMeasure::ALL {
            ui.horizontal(|ui| {
                let room = ui.available_width();
                ui.allocate_ui(egui::vec2(room * 0.44, 21.0), |ui| {
                    ui.set_min_width(room * 0.44);
                    wrapped(ui, measure.words(), Type::Body, tokens.ink);
                });
                let width = ui.available_width() - 4.0;
                let standing = standing(workspace, measure);
                let name = format!("{} is linked to", measure.words());
                if let Some(link) = choose(ui, &name, width, &standing, choices(workspace, measure)) {
                    relink(desk, measure, &standing, link);
                }
            });
        }
    });
}

fn standing(workspace: &Workspace, measure: ReachMeasure) -> Link {
    let feed = workspace.reach.feeds.iter().find(|feed| feed.measure == measure);
    feed.map_or(Link::None, |feed| Link::Factor(feed.factor.clone()))
}

fn choices(workspace: &Workspace, measure: ReachMeasure) -> Vec<(Link, String)> {
    let mut choices =
        vec![(Link::None, "No factor".to_owned()), (Link::NewFactor, "A new factor".to_owned())];
    if measure == ReachMeasure::Verdict {
        choices.push((Link::NewMust, "A new factor, and a must: not high".to_owned()));
    }
    let free = |id: &FactorId| !workspace.reach.feeds.iter().any(|f| f.factor == *id && f.measure != measure);
    let factors = workspace.balance.factors.iter().filter(|factor| free(&factor.id));
    choices.extend(factors.map(|factor| (Link::Factor(factor.id.clone()), factor.name.clone())));
    choices
}

fn relink(desk: &mut Desk<'_>, measure: ReachMeasure, standing: &Link, link: Link) {
    let fresh = FactorId::named(measure.words(), desk.session.new_tail());
    let before = standing.clone();
    let label = match link {
        Link::None => format!("Unlink {} from Balance", measure.words()),
        _ => format!("Link {} to Balance", measure.words()),
    };
    desk.edit(label, None, |w| {
        if let Link::Factor(factor) = &before {
            designs::unlink(w, factor);
        }
        match &link {
            Link::None => {}
            Link::Factor(factor) => designs::link(w, factor, measure),
            Link::NewFactor => designs::add_linked_factor(w, &fresh, measure, false),
            Link::NewMust => designs::add_linked_factor(w, &fresh, measure, true),
        }
    });
}
