//! The first step of weighing: the swings in the order in which one would raise them from their worst ends.

use egui::{
    Align2, CursorIcon, EventFilter, Id, Key, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::{
    weigh_scene::{WeighScene, tenths},
    weight_table::Act,
    weights::WeightsView,
};
use crate::{
    analysis::balance::elicitation::rank_order_centroid,
    model::ids::FactorId,
    ui::{
        drawing::parts::{Rows, table},
        theme::{Tokens, Type, hairline, size, space},
        widgets::{
            Button, button::paint_focus, link, paint_side_mark, paint_text, paint_text_fitted, wrapped,
        },
    },
};

const HEAD: f32 = 46.0;
const ROW: f32 = 44.0;
const FOOT: f32 = 48.0;
const RULE: f32 = 30.0;

/// The swings in their order as rows, those that have no rank last.
pub(super) fn as_rows(scene: &WeighScene) -> Rows {
    let ranks = Ranks::of(scene);
    let alone = rank_order_centroid(ranks.ranked.len());
    let row = |f: usize, rank: String, weight: String| {
        let factor = &scene.factors()[f];
        let swing = scene.swings[f].clone().unwrap_or_default();
        [rank, factor.name.clone(), factor.side.words().to_owned(), swing, weight]
    };
    let ranked = ranks.ranked.iter().enumerate();
    let ranked = ranked.map(|(place, &f)| row(f, (place + 1).to_string(), tenths(alone[place])));
    let rest = ranks.unranked.iter().chain(&ranks.endless);
    let rest = rest.map(|&f| row(f, "not ranked".to_owned(), String::new()));
    let heads = ["rank", "factor", "side", "swing", "weight if only the order counted, %"];
    table(heads, ranked.chain(rest))
}

/// The swings as they stand in order.
struct Ranks {
    /// The ranked factors, by index, the largest swing first.
    ranked: Vec<usize>,
    /// Those that can be weighted and are not ranked yet.
    unranked: Vec<usize>,
    /// Those without two ends.
    endless: Vec<usize>,
    /// Whether the order is only that of the points, as long as nobody has ranked.
    by_points: bool,
}

impl Ranks {
    fn of(scene: &WeighScene) -> Self {
        let (can, endless): (Vec<usize>, Vec<usize>) =
            (0..scene.factors().len()).partition(|&f| scene.can_be_weighted(f));
        let stored = scene.workspace.balance.swing_ranking.as_deref();
        let by_points = stored.is_none() && can.iter().any(|&f| scene.given[f].is_some());
        let mut ranked: Vec<usize> = match stored {
            Some(order) => order.iter().filter_map(|id| scene.factor_index(id)).collect(),
            None => can.iter().copied().filter(|&f| scene.given[f].is_some()).collect(),
        };
        ranked.retain(|&f| scene.can_be_weighted(f));
        if by_points {
            ranked.sort_by(|&a, &b| scene.points(b).total_cmp(&scene.points(a)));
        }
        let unranked = can.into_iter().filter(|f| !ranked.contains(f)).collect();
        Self { ranked, unranked, endless, by_points }
    }

    /// Two neighbours of which the lower has more points.
    fn at_odds(&self, scene: &WeighScene) -> Option<(usize, usize)> {
        let pairs = self.ranked.windows(2).map(|pair| (pair[0], pair[1]));
        pairs.into_iter().find(|&(above, below)| scene.points(below) > scene.points(above))
    }

    fn question(&self) -> &'static str {
        match (self.ranked.is_empty(), self.unranked.is_empty()) {
            (true, true) => "Nothing can be ranked before its range is set.",
            (true, false) => "Everything is at its worst end. Which one would you raise first?",
            (false, false) => "And which one would you raise next?",
            (false, true) => {
                "Everything is at its worst end. Is this the order in which you would raise them?"
            }
        }
    }

    fn ids(&self, scene: &WeighScene, order: &[usize]) -> Vec<FactorId> {
        order.iter().map(|&f| scene.factors()[f].id.clone()).collect()
    }

    /// The order with a factor at another place; unranked ones are taken in.
    fn with(&self, f: usize, to: usize) -> Vec<usize> {
        let mut order: Vec<usize> = self.ranked.iter().copied().filter(|&other| other != f).collect();
        order.insert(to.min(order.len()), f);
        order
    }
}

/// How tall the step is when nothing of it scrolls.
#[must_use]
pub fn natural_height(scene: &WeighScene) -> f32 {
    let ranks = Ranks::of(scene);
    let rules = [&ranks.unranked, &ranks.endless].into_iter().filter(|list| !list.is_empty()).count();
    HEAD + FOOT + ROW * scene.factors().len() as f32 + RULE * rules as f32
}

/// Shows the step in this place.
pub fn show(ui: &mut Ui, card: Rect, scene: &WeighScene, view: &mut WeightsView) -> Vec<Act> {
    let mut acts = Vec::new();
    let ranks = Ranks::of(scene);
    head(ui, card.with_max_y(card.top() + HEAD), &ranks);
    let body = Rect::from_min_max(card.min + vec2(0.0, HEAD), pos2(card.right(), card.bottom() - FOOT));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("ranks body"));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("ranks").auto_shrink(false).show(&mut inner, |ui| {
        let wanted = natural_height(scene) - HEAD - FOOT;
        let (content, _) = ui.allocate_exact_size(vec2(card.width(), wanted), Sense::hover());
        rows(ui, content, (scene, &ranks), view, &mut acts);
    });
    foot(ui, card.with_min_y(card.bottom() - FOOT), (scene, &ranks), &mut acts);
    acts
}

fn head(ui: &mut Ui, band: Rect, ranks: &Ranks) {
    let tokens = Tokens::of(ui);
    let at = pos2(band.left() + space::L, band.center().y);
    let room = (band.width() - 220.0, 2);
    let words = ranks.question();
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Strong, tokens.ink, room);
    let response = ui.interact(band, ui.scope_id().with("rank question"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let at = pos2(band.right() - space::L, band.center().y);
    let words = "If only the order counted";
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, words, Type::Small, tokens.ink3);
    response.on_hover_text(
        "What the order alone would weigh: the middle of all weights that keep it (rank-order centroid).",
    );
}

fn rows(
    ui: &mut Ui,
    content: Rect,
    (scene, ranks): (&WeighScene, &Ranks),
    view: &mut WeightsView,
    acts: &mut Vec<Act>,
) {
    let alone = rank_order_centroid(ranks.ranked.len());
    let mut top = content.top();
    let mut next = |height: f32| {
        let band = Rect::from_x_y_ranges(content.x_range(), top..=top + height);
        top += height;
        band
    };
    for (place, &f) in ranks.ranked.iter().enumerate() {
        let band = next(ROW);
        let response = row(ui, scene, f, band, Some(place));
        let at = pos2(band.right() - space::L, band.center().y);
        let words = tenths(alone[place]);
        let ink = Tokens::of(ui).ink2;
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Number, ink);
        if scene.may_be_changed() {
            move_by_pointer(ui, (content, place, f), (scene, ranks), &response, acts);
            move_by_keys(ui, (place, f), (scene, ranks), &response, view, acts);
        }
    }
    if !ranks.unranked.is_empty() {
        rule(ui, next(RULE), "Not ranked yet");
    }
    for &f in &ranks.unranked {
        let band = next(ROW);
        let response = row(ui, scene, f, band, None);
        if response.has_focus() {
            keep_arrows(ui, &response);
        }
        let raised = response.has_focus() && ui.input(|i| i.key_pressed(Key::ArrowUp));
        let words = if ranks.ranked.is_empty() { "Raise first" } else { "Raise next" };
        let place = Rect::from_min_max(
            pos2(band.right() - 130.0, band.center().y - size::CONTROL / 2.0),
            pos2(band.right() - space::L, band.bottom()),
        );
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("raise", f)));
        let tip = format!("{words}: {}", scene.factors()[f].name);
        let button = inner.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            Button::new(words).tooltip(&tip).enabled(scene.may_be_changed()).show(ui)
        });
        if scene.may_be_changed() && (raised || response.clicked() || button.inner.clicked()) {
            acts.push(ranked(scene, ranks, f, ranks.ranked.len()));
        }
    }
    if !ranks.endless.is_empty() {
        rule(ui, next(RULE), "Cannot be ranked: no two ends");
    }
    for &f in &ranks.endless {
        let band = next(ROW);
        row(ui, scene, f, band, None);
        let place = Rect::from_min_max(
            pos2(band.right() - 150.0, band.center().y - 10.0),
            pos2(band.right() - space::L, band.bottom()),
        );
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("ends", f)));
        if link(&mut inner, "Set its range first", Type::Small, Tokens::of(ui).ink).clicked() {
            acts.push(Act::SetScale(f));
        }
    }
}

fn rule(ui: &Ui, band: Rect, words: &str) {
    let tokens = Tokens::of(ui);
    ui.painter().rect_filled(band, 0.0, tokens.sunken);
    let at = pos2(band.left() + space::L, band.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::SmallStrong, tokens.ink2);
}

/// One swing with its rank, its side and its ends in words.
fn row(ui: &mut Ui, scene: &WeighScene, f: usize, band: Rect, rank: Option<usize>) -> Response {
    let tokens = Tokens::of(ui);
    let factor = &scene.factors()[f];
    let swing = scene.swings[f].as_deref().unwrap_or("set its range first");
    let response = ui.interact(band.shrink(1.0), rank_id(&factor.id), Sense::click_and_drag());
    let spoken = rank.map_or("Not ranked".to_owned(), |rank| format!("Rank {}", rank + 1));
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{spoken}: {}, {swing}", factor.name))
    });
    let painter = ui.painter();
    if response.dragged() || response.has_focus() {
        painter.rect_filled(band, 0.0, tokens.select);
    }
    painter.hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
    if rank.is_some() {
        for dot in 0..6_u8 {
            let (column, line) = (f32::from(dot % 2), f32::from(dot / 2));
            let at = pos2(band.left() + 14.0 + 5.0 * column, band.center().y - 5.0 + 5.0 * line);
            painter.circle_filled(at, 1.3, tokens.ink3);
        }
    }
    let number = rank.map_or_else(|| "–".to_owned(), |rank| (rank + 1).to_string());
    let at = pos2(band.left() + 52.0, band.center().y);
    paint_text(painter, at, Align2::RIGHT_CENTER, &number, Type::NumberStrong, tokens.ink);
    paint_side_mark(painter, tokens, factor.side, pos2(band.left() + 70.0, band.center().y - 9.5), 10.0);
    let room = (band.width() - 84.0 - 150.0, 1);
    let at = pos2(band.left() + 84.0, band.center().y - 9.5);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, &factor.name, Type::Body, tokens.ink, room);
    let at = pos2(band.left() + 84.0, band.center().y + 10.0);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, swing, Type::Small, tokens.ink3, room);
    paint_focus(ui, &response, band.shrink2(vec2(4.0, 3.0)), 6.0);
    response
}

fn rank_id(factor: &FactorId) -> Id {
    Id::unique(("swing rank", factor.as_str()))
}

fn ranked(scene: &WeighScene, ranks: &Ranks, f: usize, to: usize) -> Act {
    let order = ranks.ids(scene, &ranks.with(f, to));
    Act::Rank(format!("Rank the swing of {}", scene.factors()[f].name), order)
}

fn move_by_pointer(
    ui: &Ui,
    (content, place, f): (Rect, usize, usize),
    (scene, ranks): (&WeighScene, &Ranks),
    response: &Response,
    acts: &mut Vec<Act>,
) {
    let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged() || response.drag_stopped())
    else {
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Grab);
        }
        return;
    };
    ui.set_cursor_icon(CursorIcon::Grabbing);
    // A row moves once the pointer is past the middle of its neighbour.
    let over = ((at.y - content.top()) / ROW).clamp(0.0, ranks.ranked.len() as f32 - 0.01) as usize;
    if over != place {
        let edge = content.top() + ROW * if over > place { over as f32 + 1.0 } else { over as f32 };
        ui.painter().hline(content.x_range(), edge, Stroke::new(2.0, Tokens::of(ui).focus));
        if response.drag_stopped() {
            acts.push(ranked(scene, ranks, f, over));
        }
    }
}

fn move_by_keys(
    ui: &Ui,
    (place, f): (usize, usize),
    (scene, ranks): (&WeighScene, &Ranks),
    response: &Response,
    view: &mut WeightsView,
    acts: &mut Vec<Act>,
) {
    if response.clicked() {
        response.request_focus();
    }
    if !response.has_focus() {
        return;
    }
    keep_arrows(ui, response);
    let last = ranks.ranked.len() - 1;
    let to = ui.input(|input| {
        let pressed = |key| input.num_presses(key);
        if input.key_pressed(Key::Home) {
            0
        } else if input.key_pressed(Key::End) {
            last
        } else {
            (place + pressed(Key::ArrowDown)).saturating_sub(pressed(Key::ArrowUp)).min(last)
        }
    });
    if view.reveal_rank && ui.clip_rect().intersect(response.rect).height() < response.rect.height() {
        ui.scroll_to_rect_animation(response.rect, None, egui::style::ScrollAnimation::none());
    }
    view.reveal_rank = to != place;
    if to != place {
        acts.push(ranked(scene, ranks, f, to));
    }
}

/// Keeps Up and Down for the row that has the keyboard; else they would move on to another.
fn keep_arrows(ui: &Ui, response: &Response) {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
}

fn foot(ui: &mut Ui, band: Rect, (scene, ranks): (&WeighScene, &Ranks), acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    ui.painter().hline(band.x_range(), band.top(), hairline(tokens.line));
    let place = band.shrink2(vec2(space::L, 8.0));
    let mut inner = ui.new_child(
        UiBuilder::new()
            .max_rect(place)
            .id_salt("ranks foot")
            .layout(egui::Layout::right_to_left(egui::Align::Center)),
    );
    let ui = &mut inner;
    if !scene.may_be_changed() {
        return;
    }
    let words = if ranks.ranked.is_empty() {
        "Drag the rows, or move them with Up and Down.".to_owned()
    } else if !scene.has_points() {
        let all = ranks.unranked.is_empty();
        let button = Button::new("Begin with points by rank")
            .primary()
            .enabled(all)
            .tooltip("The largest swing gets 100, the others what their ranks alone suggest");
        if button.show(ui).clicked() {
            acts.push(Act::BeginFromRanks);
        }
        if all { "All swings are ranked." } else { "Rank the others too." }.to_owned()
    } else if let Some((above, below)) = ranks.at_odds(scene).filter(|_| !ranks.by_points) {
        if Button::new("Give points by rank").show(ui).clicked() {
            acts.push(Act::DealByRank);
        }
        let (above, below) = (scene.factors()[above].short_name(), scene.factors()[below].short_name());
        format!("{below} has more points than {above}, which ranks higher.")
    } else {
        if Button::new("On to points").show(ui).clicked() {
            acts.push(Act::Go(super::weight_steps::Step::Points));
        }
        if ranks.by_points {
            "In the order of their points. Drag rows, or move them with Up and Down.".to_owned()
        } else {
            "The points follow this order.".to_owned()
        }
    };
    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
        wrapped(ui, words, Type::Small, tokens.ink2);
    });
}
