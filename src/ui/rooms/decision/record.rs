//! The record itself, written by people and kept word for word.

use egui::{Align2, CursorIcon, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Found, dissent, entry, signature, title_block, tripwires};
use crate::{
    analysis::{Analysis, explain::Question},
    model::{
        Room, Workspace,
        decision::RecordList,
        ids::OptionId,
        question::ServiceOption,
        wording::{capital, counted, number},
    },
    session::edits::decision as edits,
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{
            Card, badge,
            button::{Segment, paint_focus},
            choose, hair_rule, hinted_field, link, paint_text, scrolled_page, segmented, wrapped,
        },
    },
};

/// Shows the record as a card as high as it is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, found: &Found) {
    Card::new().padding(20, 16).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, LINES);
        contents(ui, desk, workspace, analysis, found);
        separate(ui);
        signature::foot(ui, desk, workspace);
    });
}

/// Shows the record as a card in this place, where it scrolls over its foot.
pub fn show_at(
    ui: &mut Ui,
    place: Rect,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    found: &Found,
) {
    Card::new().padding(20, 16).show_at(ui, place, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, LINES);
        let inside = ui.available_rect_before_wrap();
        let foot = inside.with_min_y(inside.bottom() - FOOT);
        let above = inside.with_max_y(foot.top());
        let mut scrolled = ui.new_child(UiBuilder::new().max_rect(above).id_salt("record"));
        scrolled_page(&mut scrolled, "record", |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, LINES);
            contents(ui, desk, workspace, analysis, found);
            ui.add_space(space::S);
        });
        let mut pinned = ui.new_child(UiBuilder::new().max_rect(foot).id_salt("foot of the record"));
        pinned.spacing_mut().item_spacing = vec2(space::S, LINES);
        hair_rule(&mut pinned);
        pinned.add_space(space::S);
        signature::foot(&mut pinned, desk, workspace);
    });
}

/// Between the lines of the record.
const LINES: f32 = 3.0;
/// How high its foot is: the rule, and the buttons.
const FOOT: f32 = 44.0;

fn contents(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, found: &Found) {
    recommendation(ui, desk, workspace, analysis);
    contradiction(ui, desk, workspace, found);
    signature::signed(ui, desk, workspace);
    separate(ui);
    entry::list(ui, desk, workspace, found, RecordList::Reasons);
    separate(ui);
    dissent::show(ui, desk, workspace, found);
    for list in [RecordList::Conditions, RecordList::Safeguards, RecordList::Triggers] {
        separate(ui);
        entry::list(ui, desk, workspace, found, list);
    }
    if !workspace.reach.caseload.tripwires.is_empty() {
        ui.horizontal_top(|ui| {
            ui.add_space(super::line::INDENT);
            ui.vertical(|ui| tripwires::show(ui, desk, workspace, analysis));
        });
    }
    separate(ui);
    entry::list(ui, desk, workspace, found, RecordList::Rationed);
    separate(ui);
    title_block::show(ui, desk, workspace);
    unanswered(ui, desk, workspace);
    if !workspace.decision.frozen.is_empty() {
        separate(ui);
        signature::copies(ui, desk, workspace);
    }
}

fn separate(ui: &mut Ui) {
    ui.add_space(space::XS);
    hair_rule(ui);
    ui.add_space(space::XS);
}

fn recommendation(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    let options = &workspace.question.options;
    let decision = &workspace.decision;
    let chosen = decision.recommendation.as_ref();
    let place = chosen.and_then(|id| options.iter().position(|option| option.id == *id));
    let headline = decision.headline.trim();
    let is_open = desk.view.decision.choosing || place.is_none();
    ui.horizontal_top(|ui| {
        if let Some(place) = place {
            badge(ui, &options[place].badge, 36.0);
            ui.add_space(space::XS);
        }
        let room = (ui.available_width() - 110.0).max(120.0);
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(room, 0.0), down, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = Type::Small.line();
            ui.horizontal(|ui| {
                ui.label(Type::Small.text("Recommendation", tokens.ink2));
                let words = if is_open { "Done with it" } else { "Change it" };
                if place.is_some() && link(ui, words, Type::Small, tokens.ink2).clicked() {
                    desk.view.decision.close_editors();
                    desk.view.decision.choosing = !is_open;
                }
            });
            let named = place.map_or("Nothing recommended yet", |place| options[place].name.as_str());
            wrapped(ui, if headline.is_empty() { named } else { headline }, Type::Heading, tokens.ink);
        });
        let value =
            place.and_then(|place| analysis.balance.options.get(place)).and_then(|option| option.value);
        if let Some((place, value)) = place.zip(value) {
            // No higher than the figure: where cards stack, the page is as high as anybody likes.
            let rest = vec2(ui.available_width(), 52.0);
            ui.allocate_ui_with_layout(rest, egui::Layout::right_to_left(egui::Align::Center), |ui| {
                total(ui, desk, &options[place], value);
            });
        }
    });
    if is_open {
        pick_option(ui, desk, workspace, place);
        let width = ui.available_width();
        if let Some(text) = hinted_field(
            ui,
            "Recommendation in one sentence",
            "In one sentence, such as: Choose it for five years",
            &decision.headline,
            width,
        ) {
            desk.edit("Change the recommendation’s wording", None, |w| w.decision.headline = text);
        }
    }
    let leaders = analysis.balance.leaders();
    if let (Some(place), Some(&leader)) = (place, leaders.first())
        && !leaders.contains(&place)
    {
        let name = &options[leader].name;
        let half_way = analysis.balance.certainty().half_way();
        let words = format!("{name} leads on today’s weights{half_way}. Say why it is not recommended:");
        wrapped(ui, words, Type::Small, tokens.ink2);
        let (hint, width) = ("Because …", ui.available_width());
        let field = hinted_field(ui, "Why not the leader", hint, &decision.why_not_the_leader, width);
        if let Some(text) = field {
            desk.edit("Say why the leader is not recommended", None, |w| {
                w.decision.why_not_the_leader = text
            });
        }
    }
}

/// That wording and reasons still speak of another option, with the ways out.
fn contradiction(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, found: &Found) {
    let Some(another) = &found.another else { return };
    let chosen = workspace.decision.recommendation.as_ref().and_then(|id| workspace.option(id));
    let Some(option) = chosen else { return };
    let tokens = Tokens::of(ui);
    let words = format!("{}, and not of {}.", capital(&another.words()), option.name);
    wrapped(ui, words, Type::SmallStrong, tokens.crimson);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let headline = format!("Choose {}", option.name);
        if another.headline && link(ui, &format!("Word it “{headline}”"), Type::Small, tokens.ink).clicked()
        {
            desk.edit("Word the recommendation anew", None, |w| w.decision.headline = headline);
        }
        let many = another.sentences.len();
        let words =
            format!("Take out {}", if many == 1 { "what speaks of it" } else { "all that speak of it" });
        if many > 0 && link(ui, &words, Type::Small, tokens.ink).clicked() {
            desk.edit("Take out what speaks of another option", None, |w| {
                for (list, id) in &another.sentences {
                    edits::remove(&mut w.decision, *list, id);
                }
            });
        }
    });
}

/// The total of what is recommended, which can be asked why.
fn total(ui: &mut Ui, desk: &mut Desk<'_>, option: &ServiceOption, value: f64) {
    let tokens = Tokens::of(ui);
    let figure = number(value, 0);
    let (rect, response) = ui.allocate_exact_size(vec2(64.0, 52.0), Sense::click());
    let question = Question::Total(option.id.clone());
    if response.has_focus() {
        desk.view.figure_in_focus = Some(question.clone());
    }
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Total of {}: {figure} of 100", option.name))
    });
    let at = pos2(rect.right(), rect.top());
    paint_text(ui.painter(), at, Align2::RIGHT_TOP, &figure, Type::Big, tokens.ink);
    let at = pos2(rect.right(), rect.bottom());
    paint_text(ui.painter(), at, Align2::RIGHT_BOTTOM, "of 100", Type::Small, tokens.ink2);
    paint_focus(ui, &response, rect.expand(2.0), 4.0);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.explain(question);
    }
}

/// Why it is signed while statements are unanswered; asked only while some are, or while something stands there.
fn unanswered(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let (open, why) = (workspace.voices.unanswered().count(), &workspace.decision.why_unanswered);
    if open == 0 && why.is_empty() {
        return;
    }
    separate(ui);
    let have = if open == 1 { "has" } else { "have" };
    let statements = capital(&counted(open, "statement", "statements"));
    let words =
        format!("{statements} {have} no answer. Answer in Voices, or say why it is signed all the same:");
    wrapped(ui, words, Type::Small, tokens.ink2);
    if open > 0 && link(ui, "See the unanswered", Type::Small, tokens.ink).clicked() {
        desk.go(Room::Voices, "Statements");
        desk.view.voices.look_at_unanswered();
    }
    if let Some(text) =
        hinted_field(ui, "Why statements are unanswered", "Because …", why, ui.available_width())
    {
        desk.edit("Say why statements are unanswered", None, |w| w.decision.why_unanswered = text);
    }
}

fn pick_option(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, place: Option<usize>) {
    let options = &workspace.question.options;
    let pick: Option<Option<OptionId>> = if options.len() <= 8 {
        let mut segments: Vec<Segment<'_>> = options
            .iter()
            .map(|option| Segment {
                badge: &option.badge,
                words: "",
                colour: None,
                name: format!("Recommend {}", option.name),
            })
            .collect();
        segments.push(Segment {
            badge: "",
            words: "None yet",
            colour: None,
            name: "Recommend nothing yet".to_owned(),
        });
        let chosen = segmented(ui, &segments, place.unwrap_or(options.len()));
        chosen.map(|chosen| options.get(chosen).map(|option| option.id.clone()))
    } else {
        let standing = workspace.decision.recommendation.clone();
        let each = options.iter().map(|option| (Some(option.id.clone()), option.name.clone()));
        choose(ui, "Recommend", 320.0, &standing, std::iter::once((None, "None yet".to_owned())).chain(each))
    };
    if let Some(id) = pick {
        let name =
            id.as_ref().and_then(|id| workspace.option(id)).map_or("nothing yet", |option| &option.name);
        desk.edit(format!("Recommend {name}"), None, |w| w.decision.recommendation = id);
    }
}
