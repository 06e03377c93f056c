//! One person of the register: everything about them, to be read and changed.

use egui::{Align, CursorIcon, Frame, Layout, Margin, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    paint_sector,
    person_facts::{self, FACTS},
    register::Scene,
    register_view::RegisterView,
};
use crate::{
    analysis::explain::Question,
    model::{
        Room, Workspace,
        voices::{Ballot, KnownAs, Stakeholder, Statement},
        wording::{count, percent},
    },
    session::edits,
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            button::paint_focus, choice::switch, fields_of, hair_rule, icon_button, link, paint_badge,
            paint_text, wrapped,
        },
    },
};

/// A part of the card that opens to be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    SpeaksFor,
    Heard,
    LocalMeans,
    /// What they are known by, the layers to the decision, and what they gain from.
    More,
}

/// What the names of the facts take.
pub const NAMES: f32 = 94.0;

/// Shows the card of the person in view; nothing when nobody is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut RegisterView, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let selected = desk.view.voices.person.as_ref().filter(|_| !view.closed);
    let Some(person) = selected.and_then(|id| scene.workspace.stakeholder(id)) else { return };
    Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(2.0, tokens.focus))
        .corner_radius(rounded(size::RADIUS_CARD))
        .inner_margin(Margin::symmetric(18, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(space::S, 0.0);
            ui.push_id(person.id.as_str(), |ui| {
                heading(ui, desk, view, scene, person);
                ui.add_space(space::S);
                hair_rule(ui);
                ui.add_space(6.0);
                for fact in FACTS {
                    if fact == Fact::More {
                        ballot(ui, desk, scene, person);
                    }
                    fact_row(ui, view, scene, person, fact);
                    if view.fact == Some(fact) {
                        open_fact(ui, desk, view, scene, person, fact);
                    }
                }
                // Before what was said, so that it is in view however much that is.
                marking(ui, desk, person);
                statements(ui, desk, scene.workspace, person);
                kept(ui, person);
            });
        });
}

/// Changes one person.
pub fn change(
    desk: &mut Desk<'_>,
    person: &Stakeholder,
    label: impl Into<String>,
    merge: Option<&str>,
    put: impl FnOnce(&mut Stakeholder),
) {
    let id = person.id.clone();
    desk.edit(label, merge, |w| {
        if let Some(found) = w.voices.stakeholders.iter_mut().find(|s| s.id == id) {
            put(found);
        }
    });
}

/// Takes a person out with their ballots; what they said stays, without a name. Says what went with them.
pub fn remove(desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    let id = person.id.clone();
    let theirs = edits::voices::OfPerson::count(workspace, &id);
    let people = &workspace.voices.stakeholders;
    let at = people.iter().position(|other| other.id == id).unwrap_or(0);
    let next = people.get(at + 1).or_else(|| people[..at].last()).map(|next| next.id.clone());
    if desk.edit(format!("Remove {}", person.name), None, |w| edits::voices::remove_person(w, &id)) {
        desk.view.voices.person = next;
        desk.notice(format!(
            "{} is removed{}. Undo brings everything back.",
            person.name,
            theirs.when_removed()
        ));
    }
}

fn heading(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut RegisterView,
    scene: &Scene<'_>,
    person: &Stakeholder,
) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let (place, _) = ui.allocate_exact_size(vec2(30.0, 40.0), Sense::hover());
        let centre = place.center() - vec2(3.0, 0.0);
        paint_sector(ui.painter(), tokens, scene.workspace, &person.sector, centre, 24.0);
        let buttons = 2.0 * size::CONTROL + space::S;
        let room = ui.available_width() - buttons - space::S;
        ui.allocate_ui_with_layout(vec2(room, 40.0), Layout::top_down(Align::Min), |ui| {
            ui.set_min_width(room);
            wrapped(ui, &person.name, Type::Heading, tokens.ink);
            let sector = scene.workspace.sector(&person.sector).map_or("", |sector| sector.name.as_str());
            let words = [sector, person.role.as_str()].into_iter().filter(|w| !w.is_empty());
            let words = words.collect::<Vec<_>>().join(", ");
            wrapped(ui, words, Type::Small, tokens.ink2);
        });
        if icon_button(ui, icons::TRASH, &format!("Remove {}", person.name), true).clicked() {
            remove(desk, scene.workspace, person);
        }
        view.closed = icon_button(ui, icons::X, "Close the card", true).clicked();
    });
}

/// What a fact is edited with. It is scrolled to when it has just been opened, and closes when it is done with.
fn open_fact(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut RegisterView,
    scene: &Scene<'_>,
    person: &Stakeholder,
    fact: Fact,
) {
    let (place, is_done) =
        fields_of(ui, &person.name, |ui| person_facts::edit(ui, desk, scene, person, fact));
    if std::mem::take(&mut view.reveal_fact) && !ui.clip_rect().contains_rect(place) {
        ui.scroll_to_rect_animation(place, None, egui::style::ScrollAnimation::none());
    }
    if is_done {
        view.fact = None;
    }
}

/// One fact, as a row that opens to be edited.
fn fact_row(ui: &mut Ui, view: &mut RegisterView, scene: &Scene<'_>, person: &Stakeholder, fact: Fact) {
    let tokens = Tokens::of(ui);
    let (name, value) = (person_facts::name(fact), person_facts::value(scene, person, fact));
    let ink = if person_facts::is_known(person, fact) { tokens.ink } else { tokens.ink3 };
    let width = ui.available_width();
    let galley = ui.painter().layout(value.clone(), Type::Body.font(), ink, width - NAMES - 20.0);
    let tall = (galley.size().y + 6.0).max(26.0);
    let (place, response) = ui.allocate_exact_size(vec2(width, tall), Sense::click());
    let open = view.fact == Some(fact);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, format!("{name}: {value}")));
    if response.hovered() || open {
        ui.painter().rect_filled(place.expand2(vec2(6.0, 0.0)), rounded(5.0), tokens.select);
    }
    let left = egui::Align2::LEFT_TOP;
    paint_text(ui.painter(), place.min + vec2(0.0, 3.0), left, name, Type::Body, tokens.ink2);
    ui.painter().galley(place.min + vec2(NAMES, 3.0), galley, ink);
    if response.hovered() || response.has_focus() || open {
        let at = pos2(place.right() - 7.0, place.top() + 13.0);
        let icon = if open { icons::CARET_UP } else { icons::PENCIL_SIMPLE };
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icon.0, Icon::font(14.0), tokens.ink2);
    }
    paint_focus(ui, &response, place.expand2(vec2(6.0, 0.0)), 5.0);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        view.fact = (!open).then_some(fact);
        view.reveal_fact = !open;
    }
}

/// What their last ballot says, in words; leads to it.
fn ballot(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let ballots = &scene.workspace.voices.ballots;
    let is_theirs = |b: &Ballot| b.stakeholder.as_ref() == Some(&person.id);
    let given = ballots.iter().any(is_theirs);
    let place = ballots.iter().rposition(|b| is_theirs(b) && scene.workspace.voices.counts(b));
    let result = place.and_then(|place| scene.analysis.voices.ballots.get(place));
    let first = result.and_then(|result| result.ranking.first()).copied();
    let option = first.and_then(|first| scene.workspace.question.options.get(first));
    let share = result.and_then(|result| result.commercial_share).map(percent);
    let words = match (place, option, &share) {
        (None, ..) if given => "given; it does not count yet".to_owned(),
        (None, ..) => "none yet".to_owned(),
        (_, Some(option), Some(share)) => format!("{} leads; commercial {share}", option.name),
        _ => "given; it ranks no option yet".to_owned(),
    };
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Ballot: {words}")));
    if response.hovered() {
        ui.painter().rect_filled(row.expand2(vec2(6.0, 0.0)), rounded(5.0), tokens.select);
    }
    let y = row.center().y;
    let text = |x: f32, words: &str, role, ink| {
        paint_text(ui.painter(), pos2(x, y), egui::Align2::LEFT_CENTER, words, role, ink).right()
    };
    text(row.left(), "Ballot", Type::Body, tokens.ink2);
    let x = row.left() + NAMES;
    match (option, share) {
        (Some(option), Some(share)) => {
            paint_badge(ui.painter(), tokens, &option.badge, pos2(x + 10.0, y), 20.0);
            let end = text(x + 28.0, "leads; commercial ", Type::Body, tokens.ink);
            text(end, &share, Type::Strong, tokens.ochre_text);
        }
        _ => {
            text(x, &words, Type::Body, tokens.ink3);
        }
    }
    paint_focus(ui, &response, row.expand2(vec2(6.0, 0.0)), 5.0);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.go(Room::Voices, "Ballots");
    }
}

/// What they said, each with what was done; the first line adds another.
fn statements(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let theirs = workspace.voices.statements.iter().filter(|s| s.stakeholder.as_ref() == Some(&person.id));
    let number = theirs.clone().count();
    let words = if number == 0 { "nothing yet".to_owned() } else { count(number, "statement", "statements") };
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Add what they said"));
    if response.hovered() {
        ui.painter().rect_filled(row.expand2(vec2(6.0, 0.0)), rounded(5.0), tokens.select);
    }
    let y = row.center().y;
    let left = egui::Align2::LEFT_CENTER;
    paint_text(ui.painter(), pos2(row.left(), y), left, "Said", Type::Body, tokens.ink2);
    let ink = if number == 0 { tokens.ink3 } else { tokens.ink };
    paint_text(ui.painter(), pos2(row.left() + NAMES, y), left, &words, Type::Body, ink);
    let at = pos2(row.right() - 7.0, y);
    ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::PLUS.0, Icon::font(15.0), tokens.ink2);
    paint_focus(ui, &response, row.expand2(vec2(6.0, 0.0)), 5.0);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.on_hover_text("Add what they said").clicked() {
        super::add_statement(desk, Some(person.id.clone()));
    }
    ui.add_space(4.0);
    for statement in theirs {
        statement_box(ui, desk, statement);
        ui.add_space(6.0);
    }
}

/// A statement with what was done about it; leads to where both are edited.
fn statement_box(ui: &mut Ui, desk: &mut Desk<'_>, statement: &Statement) {
    let tokens = Tokens::of(ui);
    let said = format!("“{}”", statement.text);
    let shown = Frame::new()
        .fill(tokens.sunken)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            wrapped(ui, &said, Type::Body, tokens.ink);
            ui.add_space(3.0);
            ui.horizontal_top(|ui| {
                let (icon, ink) = super::status_look(tokens, statement.status);
                ui.label(egui::RichText::new(icon.0).font(Icon::font(16.0)).color(ink));
                wrapped(ui, super::answer_words(statement), Type::Small, ink);
            });
        });
    let place: Rect = shown.response.rect;
    let id = ui.scope_id().with(("statement of", statement.id.as_str()));
    let response = ui.interact(place, id, Sense::click());
    response.widget_info(|| {
        let name = format!("{said} {}", super::answer_words(statement));
        WidgetInfo::labeled(Role::Link, true, name)
    });
    paint_focus(ui, &response, place, size::RADIUS);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.go(Room::Voices, "Statements");
        desk.view.voices.look_at_statement(&statement.id);
    }
}

/// Whether it is a voice easily drowned out, and why that is asked.
fn marking(ui: &mut Ui, desk: &mut Desk<'_>, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        if switch(ui, "Marginal voice", person.marginal).clicked() {
            let label = if person.marginal {
                format!("{} is no marginal voice", person.name)
            } else {
                format!("Mark {} as a marginal voice", person.name)
            };
            change(desk, person, label, None, |p| p.marginal = !p.marginal);
        }
        ui.label(Type::Body.text("Marginal voice", tokens.ink))
            .on_hover_text("A voice that is easily drowned out");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, "Why?", Type::Small, tokens.ink2).clicked() {
                desk.explain(Question::Marginal(person.id.clone()));
            }
        });
    });
}

/// What is kept about them, in a sentence.
fn kept(ui: &mut Ui, person: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let words = match person.known_as {
        KnownAs::Role => "A role. No name is kept in the file.",
        KnownAs::Pseudonym => "A pseudonym. No name is kept in the file.",
        KnownAs::Name => "Their own name is kept in the file.",
        KnownAs::NotSaid => "Not said yet whether this is a role, a pseudonym or their own name: see More.",
    };
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new(icons::LOCK_SIMPLE.0).font(Icon::font(16.0)).color(tokens.ink2));
        wrapped(ui, words, Type::Small, tokens.ink2);
    });
}
