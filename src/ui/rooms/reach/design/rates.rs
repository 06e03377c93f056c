//! The rates that the design rests on: what is forecast, what the bid promises and what was observed, beside the rate under
//! which it pays to park.

use std::collections::BTreeMap;

use egui::{Align2, Grid, Ui, vec2};

use super::{super::typed::optional_share, Scene, edit_terms_as, forecasts_of, prices::fitted};
use crate::{
    analysis::reach::Forecast,
    model::{
        ids::NeedGroupId,
        question::NeedGroup,
        reach::Terms,
        wording::{capital, percent_to_tenth},
    },
    ui::{
        desk::Desk,
        rooms::reach::{
            typing::typed_field,
            verdict_card::{NOT_KNOWN, parks_under},
        },
        theme::{Tokens, Type, size, space},
        widgets::{Look, Paragraph, wrapped},
    },
};

const FIELD: f32 = 72.0;
const FIGURE: f32 = 66.0;
const PARKS: f32 = 92.0;
const BETWEEN: f32 = 8.0;

/// Shows the card's contents.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let Some(reach) = scene.reach() else { return };
    ui.spacing_mut().item_spacing.y = space::S;
    ui.label(Type::Heading.text("Forecast, bid and observed", tokens.ink));
    let words = "How many succeed with support: as Question forecasts, as the bid promises, and as it was where it has run.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    let each = forecasts_of(desk, scene.workspace, reach, scene.index);
    let groups = &scene.workspace.question.need_groups;
    let room = ui.available_width() - 2.0 * FIELD - FIGURE - PARKS - 4.0 * BETWEEN;
    Grid::new("rates").spacing(vec2(BETWEEN, space::S)).min_col_width(0.0).show(ui, |ui| {
        let ink = (Type::Small, tokens.ink2);
        let head = Type::Small.line();
        fitted(ui, "Need group", "Need group", ink, (vec2(room, head), Align2::LEFT_CENTER, 1));
        let headings = [("forecast", FIGURE), ("bid", FIELD), ("observed", FIELD), ("parks under", PARKS)];
        for (heading, width) in headings {
            let said = if heading == "parks under" { "rate under which it pays to park" } else { heading };
            fitted(ui, heading, said, ink, (vec2(width, head), Align2::RIGHT_CENTER, 1));
        }
        ui.end_row();
        for ((group, figures), forecast) in groups.iter().zip(&reach.groups).zip(each.iter()) {
            let parks = (parks_under(figures), figures.parked == Some(true));
            row(ui, desk, scene, (group, forecast, parks), room);
            ui.end_row();
        }
    });
    for (group, forecast) in groups.iter().zip(each.iter()) {
        for words in forecast.beside() {
            Paragraph::new()
                .run(&format!("{}: ", group.short_name()), Type::SmallStrong, tokens.ink)
                .run(&format!("{words}."), Type::Small, tokens.ink2)
                .show(ui);
        }
    }
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene<'_>,
    (group, forecast, (parks, parked)): (&NeedGroup, &Forecast, (String, bool)),
    room: f32,
) {
    let tokens = Tokens::of(ui);
    let at = (vec2(room, size::CONTROL), Align2::LEFT_CENTER, 1);
    fitted(ui, group.short_name(), &group.name, (Type::Body, tokens.ink), at);
    let figure = (vec2(FIGURE, size::CONTROL), Align2::RIGHT_CENTER, 1);
    let stated = forecast.forecast.map_or(NOT_KNOWN.to_owned(), percent_to_tenth);
    fitted(ui, &stated, &stated, (Type::Number, tokens.ink2), figure);
    let terms = scene.workspace.terms(scene.option);
    let (bid, observed) = (
        terms.and_then(|terms| terms.rate_bid.get(&group.id)).copied(),
        terms.and_then(|terms| terms.rate_observed.get(&group.id)).copied(),
    );
    rate(ui, desk, scene, group, ("bid", bid), |terms| &mut terms.rate_bid);
    rate(ui, desk, scene, group, ("observed", observed), |terms| &mut terms.rate_observed);
    let (role, ink) = if parked { (Type::NumberStrong, tokens.crimson) } else { (Type::Number, tokens.ink2) };
    let figure = (vec2(PARKS, size::CONTROL), Align2::RIGHT_CENTER, 1);
    fitted(ui, &parks, &parks, (role, ink), figure);
}

fn rate(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene<'_>,
    group: &NeedGroup,
    (what, stated): (&str, Option<f64>),
    rates: fn(&mut Terms) -> &mut BTreeMap<NeedGroupId, f64>,
) {
    let shown = stated.map(percent_to_tenth).unwrap_or_default();
    let name = format!("{} rate for {}", capital(what), group.short_name());
    typed_field(ui, desk, (&name, &shown), Look::wide(FIELD), optional_share, |desk, value, merge| {
        let label = format!("Say the rate {what} for {}", group.short_name());
        edit_terms_as(desk, scene.option, &label, merge, |terms| {
            match value {
                Some(rate) => rates(terms).insert(group.id.clone(), rate),
                None => rates(terms).remove(&group.id),
            };
        });
    });
}
