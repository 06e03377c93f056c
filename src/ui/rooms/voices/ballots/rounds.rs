//! Opening and closing rounds, and adding ballots.

use egui::{
    Align2, Popup, PopupCloseBehavior, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::{BallotsView, scene::Scene};
use crate::{
    model::{
        ids::FactorId,
        voices::LAST_ROUND,
        wording::{count, list, lower_first, number},
    },
    session::edits::rounds::{self, Giver},
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{
            Button, button::paint_focus, icon_button, paint_side_mark, paint_text, paint_text_fitted, wrapped,
        },
    },
};

const MENU: f32 = 300.0;
/// How many factors a second round is about before anybody has chosen.
const WIDEST: usize = 2;

/// The button in the head of the page: what is next.
pub(super) fn head_button(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut BallotsView) {
    let scene = view.scene(desk);
    if scene.factors().is_empty() {
        return;
    }
    if let Some(round) = scene.open {
        close_button(ui, desk, view, &scene, round);
    } else if scene.has_second {
        let response =
            Button::new("Open again").tooltip("Take down more in a round that was closed").show(ui);
        menu(&response).show(|ui| again(ui, desk, &scene, true));
    } else if scene.workspace.voices.ballots.is_empty() {
        let tip = "Nothing that comes in counts or shows before the round is closed";
        if Button::new("Open round 1").primary().tooltip(tip).show(ui).clicked() {
            open(desk, 1, Vec::new(), "Open round 1");
        }
    } else {
        let tip = "Ask again about the factors on which ballots are furthest apart";
        let response = Button::new("Open round 2").primary().tooltip(tip).show(ui);
        menu(&response).show(|ui| {
            choose_factors(ui, desk, view, &scene);
            again(ui, desk, &scene, false);
        });
    }
}

fn menu(response: &Response) -> Popup<'_> {
    Popup::menu(response).width(MENU).close_behavior(PopupCloseBehavior::CloseOnClickOutside)
}

fn open(desk: &mut Desk<'_>, number: u8, asks: Vec<FactorId>, label: &str) {
    let today = desk.session.signature().on;
    desk.edit(label, None, |w| rounds::open(w, number, asks, today));
}

/// Closes the round; where ballots are missing it is asked once.
fn close_button(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut BallotsView, scene: &Scene, round: u8) {
    let words = format!("Close round {round}");
    let missing = scene.missing(round);
    let response = Button::new(&words).primary().tooltip("What is in counts from then on").show(ui);
    let today = desk.session.signature().on;
    let mut close = response.clicked() && missing.is_empty();
    if !missing.is_empty() {
        menu(&response).show(|ui| {
            let tokens = Tokens::of(ui);
            let not_in = count(missing.len(), "ballot is", "ballots are");
            ui.label(Type::Strong.text(format!("{not_in} not in"), tokens.ink));
            let names: Vec<&str> = missing.iter().take(6).map(|&row| scene.rows[row].name.as_str()).collect();
            let more = missing.len() - names.len();
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            let names = if more.is_empty() { list(&names) } else { names.join(", ") };
            wrapped(ui, format!("{names}{more}."), Type::Body, tokens.ink2);
            let stays = match round {
                LAST_ROUND => {
                    "For them round 1 goes on counting. A ballot that comes in after today is late."
                }
                _ => "They count only if they come in today, or when the round is opened again.",
            };
            wrapped(ui, stays, Type::Small, tokens.ink2);
            ui.add_space(space::S);
            let yes = Button::new(&format!("Close round {round} without them")).primary().show(ui);
            if response.clicked() {
                yes.request_focus();
            }
            close = yes.clicked();
            if Button::new("Keep it open").quiet().show(ui).clicked() || close {
                ui.close();
            }
        });
    }
    if close && desk.edit(words, None, |w| rounds::close(w, today)) {
        view.look_at_rounds(None);
    }
}

/// The factors of a second round, the widest disagreement first.
fn choose_factors(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut BallotsView, scene: &Scene) {
    let tokens = Tokens::of(ui);
    let voices = &scene.analysis.voices;
    let factors = scene.factors();
    let mut order = voices.disagreement.clone();
    order.extend((0..factors.len()).filter(|f| !voices.disagreement.contains(f)));
    let widest = || order.iter().take(WIDEST).map(|&f| factors[f].id.clone()).collect();
    let mut picked: Vec<FactorId> = view.picked.clone().unwrap_or_else(widest);
    picked.retain(|id| factors.iter().any(|factor| factor.id == *id));
    ui.label(Type::Strong.text("What round 2 asks again", tokens.ink));
    wrapped(
        ui,
        "The widest disagreement first: half of the ballots lie so far apart.",
        Type::Small,
        tokens.ink2,
    );
    ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for &f in &order {
            let factor = &factors[f];
            let apart = voices.spread.get(f).and_then(Option::as_ref);
            let apart = apart.map(|spread| spread.upper_quartile - spread.lower_quartile);
            let mut on = picked.contains(&factor.id);
            ui.horizontal(|ui| {
                let box_ = ui.checkbox(&mut on, Type::Body.text(factor.short_name(), tokens.ink));
                let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
                paint_side_mark(
                    ui.painter(),
                    tokens,
                    factor.side,
                    pos2(place.left() + 4.0, place.center().y),
                    8.0,
                );
                let words = apart.map_or_else(|| "–".to_owned(), |apart| number(apart, 0));
                let at = place.right_center() - vec2(6.0, 0.0);
                paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, tokens.ink2);
                if box_.changed() {
                    picked.retain(|id| *id != factor.id);
                    if on {
                        picked.push(factor.id.clone());
                    }
                    view.picked = Some(picked.clone());
                }
            });
        }
    });
    let nameless = scene.rows.iter().filter(|row| !row.can_be_joined && !row.is_replaced).count();
    if nameless > 0 {
        let ballots = count(nameless, "ballot has", "ballots have");
        let words = format!(
            "{ballots} no name. In a round about some factors nobody can tell which of them a new one changes, so they \
             stay as they are; a round about every factor asks them anew."
        );
        wrapped(ui, words, Type::Small, tokens.ink2);
    }
    ui.add_space(space::S);
    let all = picked.is_empty() || picked.len() == factors.len();
    let words = if all {
        "Open round 2 about every factor".to_owned()
    } else {
        format!("Open round 2 about {}", count(picked.len(), "factor", "factors"))
    };
    if Button::new(&words).primary().show(ui).clicked() {
        let asks = if all { Vec::new() } else { in_order(scene, &picked) };
        open(desk, LAST_ROUND, asks, &words);
        view.picked = None;
        ui.close();
    }
}

/// Factors in the order of the workspace.
fn in_order(scene: &Scene, picked: &[FactorId]) -> Vec<FactorId> {
    scene.factors().iter().map(|factor| factor.id.clone()).filter(|id| picked.contains(id)).collect()
}

/// Opening a round again that is closed.
fn again(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, second: bool) {
    let tokens = Tokens::of(ui);
    let voices = &scene.workspace.voices;
    if second {
        let words = "Two rounds are the most: a blind one, and one after discussion, so that what discussion changed is \
                     always read against what people thought before it. To ask once more, open round 2 again: what has \
                     been given in it stays, does not count until it is closed again, and new points take its place.";
        wrapped(ui, words, Type::Small, tokens.ink2);
    }
    for round in (1..=LAST_ROUND).rev().filter(|round| second || *round == 1) {
        let words = format!("Open round {round} again");
        let button = Button::new(&words);
        let button = if second && round == LAST_ROUND { button } else { button.quiet() };
        if button.show(ui).clicked() {
            let asks = voices.round(round).map(|round| round.asks.clone()).unwrap_or_default();
            open(desk, round, asks, &words);
            ui.close();
        }
    }
}

/// What the page says before anybody has given a ballot.
pub(super) fn no_ballots(ui: &mut Ui) {
    let words = "Take them down by hand, import a table of them, or hand out forms. A ballot is of a person, or of a \
                 sector without a name.";
    ui.scope(|ui| {
        ui.set_max_width(680.0);
        wrapped(ui, words, Type::Body, Tokens::of(ui).ink2);
    });
    ui.add_space(space::S);
}

/// A button that asks whose ballot is to be added, with words or as an icon.
pub(super) fn add_menu(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut BallotsView, scene: &Scene, words: bool) {
    let voices = &scene.workspace.voices;
    let round = view.round_to_add(&scene.workspace);
    let ready = super::lacks_one(&scene.workspace, view);
    let response = if words {
        Button::new("Add a ballot").icon(icons::PLUS).enabled(ready).show(ui)
    } else {
        icon_button(ui, icons::PLUS, "Add a ballot", ready)
    };
    if std::mem::take(&mut view.wanted) && ready {
        response.request_focus();
        Popup::open_id(ui.ctx(), Popup::default_response_id(&response));
    }
    if words && !ready {
        wrapped(ui, "Add people in the register first.", Type::Small, Tokens::of(ui).ink2);
    }
    let mut chosen = None;
    Popup::menu(&response).width(MENU).show(|ui| {
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let given = |id| voices.ballots_of(round).any(|ballot| ballot.stakeholder.as_ref() == Some(id));
            for person in voices.stakeholders.iter().filter(|person| !given(&person.id)) {
                if line(ui, &person.name).clicked() {
                    let stakeholder = Some(person.id.clone());
                    let giver = Giver { stakeholder, sector: person.sector.clone(), round, ballot: None };
                    chosen = Some((giver, person.name.clone()));
                }
            }
            for sector in &voices.sectors {
                let name = format!("{}, without a name", sector.name);
                if line(ui, &name).clicked() {
                    let giver = Giver { stakeholder: None, sector: sector.id.clone(), round, ballot: None };
                    chosen = Some((giver, lower_first(&name)));
                }
            }
        });
    });
    if let Some((giver, name)) = chosen {
        Popup::close_id(ui.ctx(), Popup::default_response_id(&response));
        view.add_ballot(desk, &giver, &format!("Take down a ballot of {name}"));
    }
}

/// One line of the menu.
fn line(ui: &mut Ui, words: &str) -> Response {
    let tokens = Tokens::of(ui);
    let (place, response) =
        ui.allocate_exact_size(vec2(ui.available_width().max(240.0), 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    if response.hovered() {
        ui.painter().rect_filled(place, crate::ui::theme::rounded(6.0), tokens.select);
    }
    let at = place.left_center() + vec2(8.0, 0.0);
    let fit = (place.width() - 16.0, 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Body, tokens.ink, fit);
    paint_focus(ui, &response, place, 6.0);
    response
}
