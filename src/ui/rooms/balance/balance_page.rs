//! The Balance page of the Balance room: who leads, and past which weight another would.

use egui::{Rect, Role, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    chart, dial, ranking,
    reading::{Done, Reading},
    sentence::{Sentence, name},
};
use crate::{
    analysis::{Analysis, explain::Question},
    model::{Room, wording::number},
    ui::{
        desk::Desk,
        drawing::{Part, parts::Rows},
        icons,
        rooms::head,
        theme::{Tokens, Type, size, space},
        widgets::{Button, Card, Paragraph, scrolled_page},
    },
};

/// The card of the chart is never lower than this, which leaves 320 for the plane itself.
const LEAST_CHART: f32 = 398.0;
/// Pages narrower than this stack their cards.
const LEAST_TWO_COLUMNS: f32 = 760.0;
/// Padding of a card with its outline, left and right together.
const CARD_WIDTH: f32 = 42.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    let mut dial = desk.view.balance.dial;
    let is_updating = desk.session.robustness().is_updating;
    let reading = Reading::of(&workspace, &analysis.balance, desk.robustness(), is_updating, dial);
    let reading = match dial::turned_by_hand(ui, &reading).filter(|to| *to != dial) {
        Some(to) => {
            (dial, desk.view.balance.dial) = (to, to);
            Reading::of(&workspace, &analysis.balance, desk.robustness(), is_updating, dial)
        }
        None => reading,
    };
    let ballots = ballot_shares(&analysis);
    let explained = desk.view.explain.question().cloned();
    // Distances between the parts of the page are stated one by one.
    ui.spacing_mut().item_spacing.y = 0.0;
    show_head(ui, desk, &reading, explained.as_ref());
    show_sentence(ui, &reading.sentence);
    let mut done = Done::default();
    let stacked =
        ui.ctx().content_rect().width() < size::NARROW_WINDOW || ui.available_width() < LEAST_TWO_COLUMNS;
    let least = LEAST_CHART + gap(ui) + dial_card(ui);
    if stacked || ui.available_height() < least {
        scrolled_page(ui, "balance page", |ui| {
            let width = ui.available_width();
            let height = if stacked { stacked_height(ui, &reading, width) } else { least };
            let (page, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
            let order = if stacked { Order::Stacked } else { Order::DialFirst };
            show_cards(ui, &reading, &ballots, page, order, explained.as_ref(), &mut done);
        });
    } else {
        let page = ui.available_rect_before_wrap();
        show_cards(ui, &reading, &ballots, page, Order::DialLast, explained.as_ref(), &mut done);
    }
    if let Some(to) = done.turned.filter(|to| *to != dial) {
        desk.view.balance.dial = to;
        // Chart, ranking and sentence stand above the dial and were laid out before it was turned.
        ui.ctx().request_discard("the dial was turned");
    }
    desk.view.figure_in_focus = done.in_focus;
    if let Some(question) = done.why {
        desk.explain(question);
    }
    if let Some((room, page)) = done.go {
        desk.go(room, page);
    }
}

/// The commercial share of each ballot that counts.
pub(super) fn ballot_shares(analysis: &Analysis) -> Vec<f64> {
    let said = analysis.voices.said();
    said.in_force.iter().filter_map(|&i| said.ballots.get(i)?.commercial_share).collect()
}

fn show_head(ui: &mut Ui, desk: &mut Desk<'_>, reading: &Reading<'_>, explained: Option<&Question>) {
    head(ui, Room::Balance, desk, |ui, desk| {
        let question = reading.now.leader().map(|leader| reading.why_total(leader));
        let why = Button::new("Why?")
            .icon(icons::QUESTION)
            .quiet()
            .enabled(question.is_some())
            .selected(explained.is_some())
            .tooltip("Show how the leader’s total comes about");
        if let (true, Some(question)) = (why.show(ui).clicked(), question) {
            desk.explain(question);
        }
    });
}

/// Whether the window is one where words are shortened and gaps drawn in.
pub(super) fn is_small(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < size::SMALL_WINDOW
}

/// The sentence on one line, in as many words as fit; on several where not even the fewest do.
pub(in crate::ui) fn show_sentence(ui: &mut Ui, sentence: &Sentence) {
    let tokens = Tokens::of(ui);
    let (above, below) = if is_small(ui) { (6.0, 10.0) } else { (12.0, 14.0) };
    let width = ui.available_width();
    let lead = Type::Heading;
    let of = |rest: &str| {
        let rest = format!(" {rest}");
        Paragraph::new().run(&sentence.lead, lead, tokens.ink).run(&rest, Type::Sentence, tokens.ink2)
    };
    let fits = |rest: &&String| of(rest).galley(ui.painter(), f32::INFINITY).size().x <= width;
    let rest = sentence.rest.iter().find(fits).or(sentence.rest.first()).map_or("", String::as_str);
    let galley = of(rest).galley(ui.painter(), width);
    ui.add_space(above);
    let (place, response) =
        ui.allocate_exact_size(vec2(width, galley.size().y.max(26.0)), egui::Sense::hover());
    // What is read aloud is never shortened.
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, sentence.full()));
    ui.painter().galley(pos2(place.left(), place.center().y - galley.size().y / 2.0), galley, tokens.ink);
    ui.add_space(below);
}

/// The gap between cards.
pub(super) fn gap(ui: &Ui) -> f32 {
    if is_small(ui) { space::M } else { space::L }
}

/// How tall the card of the dial is.
fn dial_card(ui: &Ui) -> f32 {
    dial::HEIGHT + if is_small(ui) { 6.0 } else { 20.0 }
}

fn stacked_height(ui: &Ui, reading: &Reading<'_>, width: f32) -> f32 {
    let ranking = ranking::natural_height(ui, reading, width - CARD_WIDTH) + 26.0;
    stacked_chart(ui) + dial_card(ui) + ranking + 2.0 * gap(ui)
}

/// The chart of a stacked page leaves room for the dial above it where it can.
fn stacked_chart(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().height() - 320.0).clamp(LEAST_CHART, 560.0)
}

/// How the cards of the page follow each other. Where the page scrolls the dial comes first, so that it is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DialLast,
    DialFirst,
    Stacked,
}

fn show_cards(
    ui: &mut Ui,
    reading: &Reading<'_>,
    ballots: &[f64],
    page: Rect,
    order: Order,
    explained: Option<&Question>,
    done: &mut Done,
) {
    let gap = gap(ui);
    let beam = dial_card(ui);
    let beam_top = if order == Order::DialLast { page.bottom() - beam } else { page.top() };
    let beam = Rect::from_min_size(pos2(page.left(), beam_top), vec2(page.width(), beam));
    let others = match order {
        Order::DialLast => page.with_max_y(beam.top() - gap),
        Order::DialFirst | Order::Stacked => page.with_min_y(beam.bottom() + gap),
    };
    let (chart, list) = if order == Order::Stacked {
        let chart = others.with_max_y(others.top() + stacked_chart(ui));
        (chart, others.with_min_y(chart.bottom() + gap))
    } else {
        let split = others.right() - ranking_width(page.width());
        (others.with_max_x(split - space::L), others.with_min_x(split))
    };
    in_card(ui, chart, vec2(12.0, 8.0), |ui, inside| {
        let part = Part::chart("The balance").at(inside).figures(|| table(reading));
        part.show(ui, |ui| chart::show(ui, reading, inside, done));
    });
    // The scroll bar of the ranking floats in the card's padding.
    let room = if order == Order::Stacked { ranking::Room::Page } else { ranking::Room::Card };
    in_card(ui, list, vec2(20.0, 12.0), |ui, inside| {
        let part = Part::chart("Ranking").at(inside).figures(|| table(reading));
        part.show(ui, |ui| ranking::show(ui, reading, inside, room, explained, done));
    });
    let above = if is_small(ui) { 2.0 } else { 10.0 };
    in_card(ui, beam, vec2(28.0, above), |ui, inside| {
        let part = Part::chart("Who leads at which weight").at(inside.expand2(vec2(18.0, 0.0)));
        part.show(ui, |ui| dial::show(ui, reading, ballots, inside, done));
    });
}

/// The ranking's share of the page.
fn ranking_width(page: f32) -> f32 {
    if page >= 1200.0 { 394.0 } else { (page * 0.345).clamp(280.0, 350.0) }
}

/// A card in exactly this place, and its contents inside the padding.
pub(in crate::ui) fn in_card(
    ui: &mut Ui,
    place: Rect,
    padding: egui::Vec2,
    contents: impl FnOnce(&mut Ui, Rect),
) {
    Card::new().padding(0, 0).show_at(ui, place, |_| ());
    let inside = place.shrink2(padding);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(inside));
    inner.set_clip_rect(place.intersect(ui.clip_rect()));
    contents(&mut inner, inside);
}

/// The figures of the page as a table.
fn table(reading: &Reading<'_>) -> Rows {
    let heads = [
        "Option",
        "Name",
        "Place",
        "Total",
        "Operational points",
        "Commercial points",
        "Operational value",
        "Commercial value",
        "Total, 2.5 % limit",
        "Total, 97.5 % limit",
        "First in %",
        "Struck because",
    ];
    let mut rows = vec![vec![reading.sentence.full()], heads.map(str::to_owned).to_vec()];
    let ranked = reading.now.ranking.iter().copied();
    let struck = (0..reading.now.options.len()).filter(|&o| reading.is_struck(o));
    rows.extend(ranked.chain(struck).map(|option| table_row(reading, option)));
    rows
}

fn table_row(reading: &Reading<'_>, option: usize) -> Vec<String> {
    let at = reading.now.options[option];
    let figure = |value: f64| number(value, 1);
    let side = |span: Option<_>| span.map_or_else(String::new, |s| super::reading::written(s, "–", 1));
    let limits = reading.spread(option).filter(|_| !reading.now.is_moved).map(|spread| spread.total);
    vec![
        reading.badge(option).to_owned(),
        name(reading.workspace, option).to_owned(),
        reading.now.rank(option).map_or_else(String::new, |place| place.to_string()),
        super::reading::written(at.total, "–", 1),
        super::reading::written(at.operational_points, "–", 1),
        super::reading::written(at.commercial_points, "–", 1),
        side(at.operational),
        side(at.commercial),
        limits.map_or_else(String::new, |(low, _)| figure(low)),
        limits.map_or_else(String::new, |(_, high)| figure(high)),
        reading.first_share(option).map_or_else(String::new, |share| figure(share * 100.0)),
        reading.result.options[option].struck_by.join(" "),
    ]
}
