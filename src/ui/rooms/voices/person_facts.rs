//! The facts on a person's card: how each is told, and how it is edited.

use egui::{Align2, CursorIcon, Frame, Margin, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    person::{Fact, NAMES, change},
    register::Scene,
    register_table::{speaks_for_words, way_words},
};
use crate::{
    analysis::voices::LAYERS_FLAGGED_FROM,
    model::{
        question::Level,
        voices::{Heard, KnownAs, Stakeholder},
        wording::{capital, count, list},
    },
    session::edits,
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            button::{Segment, paint_focus},
            choose, hinted_field, paint_text, segmented, text_field, wrapped,
        },
    },
};

/// The facts in the order of the card.
pub const FACTS: [Fact; 4] = [Fact::SpeaksFor, Fact::Heard, Fact::LocalMeans, Fact::More];

/// What a fact is called.
#[must_use]
pub fn name(fact: Fact) -> &'static str {
    match fact {
        Fact::SpeaksFor => "Speaks for",
        Fact::Heard => "Heard",
        Fact::LocalMeans => "Local means",
        Fact::More => "More",
    }
}

/// A fact in words.
#[must_use]
pub fn value(scene: &Scene<'_>, person: &Stakeholder, fact: Fact) -> String {
    match fact {
        Fact::SpeaksFor => speaks_for_words(scene, person),
        Fact::Heard => match (person.heard, person.through.as_str()) {
            (Heard::No, _) => "not yet".to_owned(),
            (Heard::Direct, through) if !through.is_empty() => through.to_owned(),
            (way, through) if !through.is_empty() => format!("{through}, {}", way_words(way)),
            (way, _) => way_words(way).to_owned(),
        },
        Fact::LocalMeans => person.local_means.map_or("not said", Level::words).to_owned(),
        Fact::More => more_words(scene, person),
    }
}

/// What somebody is known by, and, where they are known, the layers they see and the options they gain from.
fn more_words(scene: &Scene<'_>, person: &Stakeholder) -> String {
    let mut parts = vec![person.known_as.words().to_owned()];
    parts.extend(person.layers_from_delivery.map(|layers| match layers {
        0 => "no layers to the decision".to_owned(),
        layers if layers >= LAYERS_FLAGGED_FROM => {
            format!("{layers} layers to the decision, far from it")
        }
        layers => format!("{} to the decision", count(layers as usize, "layer", "layers")),
    }));
    let options = scene.workspace.question.options.iter();
    let names: Vec<&str> = options
        .filter(|option| person.gains_from.contains(&option.id))
        .map(|option| option.short_name())
        .collect();
    if !names.is_empty() {
        parts.push(format!("gains from {}", list(&names)));
    }
    parts.join("; ")
}

/// Whether a fact has been said.
#[must_use]
pub fn is_known(person: &Stakeholder, fact: Fact) -> bool {
    match fact {
        Fact::SpeaksFor => !person.speaks_for.is_empty(),
        Fact::Heard => person.heard != Heard::No,
        Fact::LocalMeans => person.local_means.is_some(),
        Fact::More => true,
    }
}

/// Shows what a fact is edited with, under it; answers where that stands, and whether it is done with.
pub fn edit(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene<'_>,
    person: &Stakeholder,
    fact: Fact,
) -> (Rect, bool) {
    let tokens = Tokens::of(ui);
    let shown = Frame::new()
        .fill(tokens.sunken)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(Margin::symmetric(12, 10))
        .outer_margin(Margin { top: 2, bottom: 6, ..Margin::ZERO })
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(space::S, 6.0);
            match fact {
                Fact::SpeaksFor => speaks_for(ui, desk, scene, person),
                Fact::Heard => heard(ui, desk, person),
                Fact::LocalMeans => return ladder(ui, desk, person),
                Fact::More => {
                    known_as(ui, desk, scene, person);
                    ui.add_space(space::XS);
                    layers(ui, desk, person);
                    ui.add_space(space::XS);
                    gains_from(ui, desk, scene, person);
                }
            }
            false
        });
    (shown.response.rect, shown.inner)
}

fn known_as(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, person: &Stakeholder) {
    let words = KnownAs::ALL.map(|known| match known {
        KnownAs::NotSaid => (known, "Not said"),
        KnownAs::Role => (known, "Role"),
        KnownAs::Pseudonym => (known, "Pseudonym"),
        KnownAs::Name => (known, "Own name"),
    });
    let segments = words.map(|(_, words)| Segment {
        badge: "",
        words,
        colour: None,
        name: format!("Known as: {}", words.to_lowercase()),
    });
    let standing = words.iter().position(|(known, _)| *known == person.known_as).unwrap_or(0);
    if let Some(chosen) = segmented(ui, &segments, standing) {
        let known = words[chosen].0;
        let label = format!("{} is known by {}", person.name, known.words());
        change(desk, person, label, None, |p| p.known_as = known);
    }
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    ui.label(Type::Small.text("Called", tokens.ink3));
    if let Some(typed) = text_field(ui, "What they are called", &person.name, width) {
        if typed.trim().is_empty() {
            desk.notice("A voice needs a name: a role or a pseudonym will do.");
        } else {
            let label = format!("Rename {} to {typed}", person.name);
            change(desk, person, label, None, |p| p.name = typed);
        }
    }
    ui.label(Type::Small.text("Role or organisation", tokens.ink3));
    if let Some(typed) = text_field(ui, "Role or organisation", &person.role, width) {
        change(desk, person, format!("Say where {} is from", person.name), None, |p| p.role = typed);
    }
    ui.label(Type::Small.text("Sector", tokens.ink3));
    let sectors = scene.workspace.voices.sectors.iter().map(|s| (s.id.clone(), s.name.clone()));
    if let Some(sector) = choose(ui, "Sector", width, &person.sector, sectors) {
        desk.edit(format!("Change the sector of {}", person.name), None, |w| {
            edits::voices::move_to_sector(w, &person.id, &sector);
        });
    }
}

fn speaks_for(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let groups = &scene.workspace.question.need_groups;
    if groups.is_empty() {
        wrapped(ui, "No need groups yet: they are added in Question.", Type::Body, tokens.ink2);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for group in groups {
        let mut speaks = person.speaks_for.contains(&group.id);
        if ui.checkbox(&mut speaks, Type::Body.text(&group.name, tokens.ink)).changed() {
            let does = if speaks { "speaks" } else { "does not speak" };
            let label = format!("{} {does} for {}", person.name, group.short_name());
            change(desk, person, label, None, |p| {
                p.speaks_for.retain(|spoken| *spoken != group.id);
                if speaks {
                    p.speaks_for.push(group.id.clone());
                }
            });
        }
    }
}

fn heard(ui: &mut Ui, desk: &mut Desk<'_>, person: &Stakeholder) {
    let width = ui.available_width();
    let ways = Heard::ALL.into_iter().map(|way| (way, capital(way_words(way))));
    if let Some(heard) = choose(ui, "In which way they were heard", width, &person.heard, ways) {
        change(desk, person, format!("Say how {} was heard", person.name), None, |p| p.heard = heard);
    }
    let field = "Where or through whom they were heard";
    if let Some(typed) = hinted_field(ui, field, "Where, or through whom", &person.through, width) {
        let label = format!("Say where {} was heard", person.name);
        change(desk, person, label, None, |p| p.through = typed);
    }
}

/// What local means, as a ladder from the nation down to a few streets; answers whether a rung was chosen.
fn ladder(ui: &mut Ui, desk: &mut Desk<'_>, person: &Stakeholder) -> bool {
    let mut chosen = false;
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let levels = Level::ALL.into_iter().rev().map(Some).chain([None]);
    for level in levels {
        let on = person.local_means == level;
        let words = level.map_or("not said", Level::words);
        let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, true, on, format!("Local means {words}"))
        });
        if response.hovered() {
            ui.painter().rect_filled(place, rounded(5.0), tokens.select);
        }
        let rung = pos2(place.left() + 14.0, place.center().y);
        if level.is_some() {
            ui.painter().vline(rung.x, place.y_range(), hairline(tokens.line));
            ui.painter().hline((rung.x - 4.0)..=(rung.x + 4.0), rung.y, hairline(tokens.line));
        }
        if on {
            ui.painter().circle_filled(rung, 5.0, tokens.ink);
        }
        let role = if on { Type::Strong } else { Type::Body };
        let at = pos2(place.left() + 32.0, rung.y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &capital(words), role, tokens.ink);
        paint_focus(ui, &response, place, 5.0);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            chosen = true;
            let label = format!("Local means {words} to {}", person.name);
            change(desk, person, label, None, |p| p.local_means = level);
        }
    }
    chosen
}

fn layers(ui: &mut Ui, desk: &mut Desk<'_>, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let words =
        "Offices and firms between those who decide and where it is delivered, as this person sees it.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    let shown = person.layers_from_delivery.map(|layers| layers.to_string()).unwrap_or_default();
    let Some(typed) = text_field(ui, "Layers to the decision", &shown, NAMES) else { return };
    let typed = typed.trim();
    if typed.is_empty() {
        let label = format!("Leave the layers of {} open", person.name);
        change(desk, person, label, None, |p| p.layers_from_delivery = None);
        return;
    }
    match typed.parse::<u32>() {
        Ok(layers) if layers <= 50 => {
            let label = format!("{} sees {layers} layers to the decision", person.name);
            change(desk, person, label, None, |p| p.layers_from_delivery = Some(layers));
        }
        _ => desk.notice(format!("“{typed}” is not a number of layers from 0 to 50.")),
    }
}

fn gains_from(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let words = "Gains: options from which they, or the body they speak for, would gain.";
    wrapped(ui, words, Type::Small, tokens.ink2);
    ui.spacing_mut().item_spacing.y = 0.0;
    for option in &scene.workspace.question.options {
        let mut gains = person.gains_from.contains(&option.id);
        let text = Type::Body.text(format!("{}  {}", option.badge, option.name), tokens.ink);
        if ui.checkbox(&mut gains, text).changed() {
            let does = if gains { "gains" } else { "does not gain" };
            let label = format!("{} {does} from {}", person.name, option.short_name());
            change(desk, person, label, None, |p| {
                p.gains_from.retain(|gained| *gained != option.id);
                if gains {
                    p.gains_from.push(option.id.clone());
                }
            });
        }
    }
    if scene.workspace.question.options.is_empty() {
        ui.label(egui::RichText::new(icons::INFO.0).font(Icon::font(15.0)).color(tokens.ink2));
        wrapped(ui, "No options yet: they are added in Question.", Type::Body, tokens.ink2);
    }
}
