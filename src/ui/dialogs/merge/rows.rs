//! The rows of the dialog: what it is, what it was, and the two sides.

use std::sync::Arc;

use egui::{
    Align2, EventFilter, Galley, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::{MergeFiles, answers::Lead, is_low, margin};
use crate::{
    model::{
        Room,
        merge::{Pick, Told},
    },
    session::keeping::clock_time,
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{
            Paragraph, button::paint_focus, link, paint_badge, paint_text, paint_text_fitted, told_on_hover,
        },
    },
};

/// Where the columns stand: what it is, what it was, and the two sides.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    name: f32,
    /// No column of its own where there is no room; it then stands under the name.
    base: f32,
    side: f32,
}

const BETWEEN: f32 = 14.0;
const HEAD: f32 = 44.0;

/// The height that most rows have.
pub const USUAL: f32 = 87.0;

impl Columns {
    pub fn of(ui: &Ui) -> Self {
        // The bar by which the rows are scrolled stands beside them.
        let width = ui.available_width() - 2.0;
        let (name, base) = if width < 960.0 { (width * 0.30, 0.0) } else { (282.0, 168.0) };
        let columns = if base > 0.0 { 3.0 } else { 2.0 };
        let side = (width - name - base - columns * BETWEEN) / 2.0;
        Self { name, base, side }
    }

    fn base_left(&self) -> f32 {
        self.name + BETWEEN
    }

    fn side_left(&self, right: bool) -> f32 {
        let base = if self.base > 0.0 { self.base + BETWEEN } else { 0.0 };
        self.name + BETWEEN + base + if right { self.side + BETWEEN } else { 0.0 }
    }
}

/// The heads of the columns, each side with a way to choose it throughout.
pub fn heads(ui: &mut Ui, columns: &Columns, dialog: &mut MergeFiles) {
    let tokens = Tokens::of(ui);
    let height = if is_low(ui.ctx()) { 32.0 } else { HEAD };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let band = rect.expand2(vec2(f32::from(margin(ui.ctx())), 0.0));
    ui.painter().rect_filled(band, rounded(0.0), tokens.sunken);
    for y in [band.top(), band.bottom()] {
        ui.painter().hline(band.x_range(), y, hairline(tokens.hair));
    }
    let (painter, y) = (ui.painter().clone(), rect.center().y);
    let joined = &dialog.joined;
    let head = if joined.merge.has_base() { "Changed by both" } else { "Different" };
    paint_text(&painter, pos2(rect.left(), y), Align2::LEFT_CENTER, head, Type::Strong, tokens.ink);
    if columns.base > 0.0 && joined.merge.has_base() {
        let words = joined.base_at.map_or("before".to_owned(), |at| format!("before, {}", clock_time(at)));
        let at = pos2(rect.left() + columns.base_left(), y);
        paint_text(&painter, at, Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2);
    }
    let now = dialog.mark.strip_prefix("yours, ").unwrap_or_default().to_owned();
    let theirs_at = joined.theirs_at.map(clock_time).unwrap_or_default();
    let sides = [("Yours".to_owned(), now, Pick::Ours), (joined.of_them(), theirs_at, Pick::Theirs)];
    for (name, at, pick) in sides {
        let left = rect.left() + columns.side_left(pick == Pick::Theirs);
        let icon = pos2(left + 8.0, y);
        painter.text(icon, Align2::CENTER_CENTER, icons::USER.0, Icon::font(17.0), tokens.ink2);
        let fit = (columns.side - 150.0, 1);
        let place = pos2(left + 25.0, y);
        let name_place =
            paint_text_fitted(&painter, place, Align2::LEFT_CENTER, &name, Type::Strong, tokens.ink, fit);
        let place = pos2(name_place.right() + 8.0, y);
        paint_text(&painter, place, Align2::LEFT_CENTER, &at, Type::Small, tokens.ink2);
        if dialog.picks.len() > 1 {
            let words = if pick == Pick::Ours { "All yours" } else { "All theirs" };
            let width = painter.layout_no_wrap(words.to_owned(), Type::Small.font(), tokens.ink2).size().x;
            let place = Rect::from_min_size(pos2(left + columns.side - width, y - 9.0), vec2(width, 18.0));
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
            if link(&mut child, words, Type::Small, tokens.ink2).clicked() {
                dialog.choose_all(pick);
            }
        }
    }
}

/// What was done in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Pick(Pick),
    /// The keyboard goes to a side, so many rows on.
    Go(isize, Pick),
}

/// One place at which the two do not agree.
pub struct Row<'a> {
    pub told: &'a Told,
    pub can_keep_both: bool,
    pub mark: &'a str,
    pub pick: Option<Pick>,
    pub effects: [Option<&'a Lead>; 2],
    /// The side that takes the keyboard now.
    pub keyboard: Option<Pick>,
}

/// A side laid out.
struct Side<'a> {
    pick: Pick,
    words: String,
    galley: Arc<Galley>,
    effect: Option<&'a Lead>,
}

const MARK: f32 = 29.0;

/// The measures of a row.
#[derive(Clone, Copy)]
struct Measures {
    /// Between the edge of a side and its words.
    pad: f32,
    /// The least height of a side.
    least: f32,
    /// The line that says who leads; nothing where that stands beside the words.
    effect: f32,
    both: f32,
    between: f32,
    around: f32,
    /// The most lines that anything has; the rest is told on hover.
    lines: usize,
}

const USUAL_ROW: Measures = Measures {
    pad: 10.0,
    least: 50.0,
    effect: 20.0,
    both: 38.0,
    between: 8.0,
    around: space::M,
    lines: usize::MAX,
};
const CLOSE_ROW: Measures =
    Measures { pad: 4.0, least: 29.0, effect: 0.0, both: 24.0, between: 4.0, around: space::XS, lines: 1 };
/// What who leads takes beside the words of a side.
const BESIDE: f32 = 112.0;

impl Measures {
    fn of(ui: &Ui) -> Self {
        if is_low(ui.ctx()) { CLOSE_ROW } else { USUAL_ROW }
    }
}

impl Row<'_> {
    /// Shows it; answers with what was done.
    pub fn show(&self, ui: &mut Ui, columns: &Columns) -> Option<Act> {
        let tokens = Tokens::of(ui);
        let painter = ui.painter().clone();
        let measures = Measures::of(ui);
        let laid = |text: &str, role: Type, colour, width: f32| {
            Paragraph::new().run(text, role, colour).rows(measures.lines).galley(&painter, width)
        };
        let name = laid(&self.told.what, Type::Strong, tokens.ink, columns.name);
        let mut under: Vec<String> = self.told.room.iter().map(|room| room.name().to_owned()).collect();
        if columns.base == 0.0 && !self.told.base.is_empty() {
            under.push(format!("Before: {}", self.told.base));
        }
        under.extend(Some(self.told.why.clone()).filter(|why| !why.is_empty()));
        let under = under.join(". ");
        let under = laid(&under, Type::Small, tokens.ink2, columns.name);
        let base = laid(&self.told.base, Type::Body, tokens.ink2, columns.base.max(1.0));
        let sides =
            [(Pick::Ours, &self.told.ours), (Pick::Theirs, &self.told.theirs)].map(|(pick, words)| {
                let role = if self.pick == Some(pick) { Type::Strong } else { Type::Body };
                let effect = self.effect(pick);
                let beside = if measures.effect == 0.0 && effect.is_some() { BESIDE } else { 0.0 };
                let width = columns.side - MARK - 2.0 * measures.pad - beside;
                Side { pick, words: words.clone(), galley: laid(words, role, tokens.ink, width), effect }
            });
        let with_effect = sides.iter().any(|side| side.effect.is_some());
        let text = sides.iter().map(|side| side.galley.size().y).fold(21.0, f32::max);
        let effect = if with_effect { measures.effect } else { 0.0 };
        let box_height = (text + effect + 2.0 * measures.pad).max(measures.least);
        let both = if self.can_keep_both { measures.both + measures.between } else { 0.0 };
        let names = name.size().y + 2.0 + under.size().y;
        let base_height = if columns.base > 0.0 { base.size().y } else { 0.0 };
        let inner = (box_height + both).max(names).max(base_height);
        let size = vec2(ui.available_width(), inner + 2.0 * measures.around);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("{}, before: {}", self.told.what, self.told.base))
        });
        if measures.lines == 1 {
            let told = self.told;
            told_on_hover(response, || format!("{}\nBefore: {}\n{}", told.what, told.base, told.why));
        }
        painter.hline(rect.x_range(), rect.bottom(), hairline(tokens.hair));
        let middle = rect.center().y;
        let top = middle - names / 2.0;
        let name_height = name.size().y;
        painter.galley(pos2(rect.left(), top), name, tokens.ink);
        painter.galley(pos2(rect.left(), top + name_height + 2.0), under, tokens.ink2);
        if columns.base > 0.0 {
            let at = pos2(rect.left() + columns.base_left(), middle - base.size().y / 2.0);
            painter.galley(at, base, tokens.ink2);
        }
        let top = middle - (box_height + both) / 2.0;
        let mut picked = None;
        for side in &sides {
            let left = rect.left() + columns.side_left(side.pick == Pick::Theirs);
            let place = Rect::from_min_size(pos2(left, top), vec2(columns.side, box_height));
            picked = self.side(ui, place, side).or(picked);
        }
        if self.can_keep_both {
            let left = rect.left() + columns.side_left(false);
            let width = 2.0 * columns.side + BETWEEN;
            let place = Rect::from_min_size(
                pos2(left, top + box_height + measures.between),
                vec2(width, measures.both),
            );
            let words =
                format!("Keep both: {} ({})", sides[1].words.clone() + " / " + &sides[0].words, self.mark);
            let galley = laid("", Type::Body, tokens.ink, width);
            let side = Side { pick: Pick::Both, words, galley, effect: None };
            picked = self.side(ui, place, &side).or(picked);
        }
        picked
    }

    /// Who would lead, where that has to do with this choice.
    fn effect(&self, pick: Pick) -> Option<&Lead> {
        let [ours, theirs] = self.effects;
        let matters = ours != theirs || self.told.room == Some(Room::Balance);
        let own = if pick == Pick::Ours { ours } else { theirs };
        own.filter(|_| matters)
    }

    /// One side.
    fn side(&self, ui: &mut Ui, place: Rect, side: &Side<'_>) -> Option<Act> {
        let tokens = Tokens::of(ui);
        let on = self.pick == Some(side.pick);
        let id = ui.scope_id().with(("side", side.pick));
        let response = ui.interact(place, id, Sense::click());
        response.widget_info(|| {
            let whose = match side.pick {
                Pick::Ours => "yours: ",
                Pick::Theirs => "theirs: ",
                Pick::Both => "",
            };
            let effect = side.effect.map(|(badge, total)| format!(", {badge} leads with {total}"));
            let words = format!("{}, {whose}{}{}", self.told.what, side.words, effect.unwrap_or_default());
            WidgetInfo::selected(Role::RadioButton, true, on, words)
        });
        if self.keyboard == Some(side.pick) {
            response.request_focus();
            response.scroll_to_me(None);
        }
        let painter = ui.painter();
        let (fill, outline) = match (on, response.hovered()) {
            (true, _) => (tokens.select, Stroke::new(2.0, tokens.ink)),
            (false, true) => (tokens.sunken, hairline(tokens.edge)),
            (false, false) => (tokens.card, hairline(tokens.line)),
        };
        painter.rect(place, rounded(10.0), fill, outline, StrokeKind::Inside);
        let measures = Measures::of(ui);
        let middle =
            if side.pick == Pick::Both { place.center().y } else { place.top() + measures.pad + 10.0 };
        let dot = pos2(place.left() + 20.0, middle);
        if on {
            painter.circle_filled(dot, 7.6, tokens.primary);
            painter.circle_filled(dot, 3.0, tokens.on_primary);
        } else {
            painter.circle(dot, 7.6, tokens.card, Stroke::new(1.3, tokens.edge));
        }
        let left = place.left() + measures.pad + MARK;
        if side.pick == Pick::Both {
            let role = if on { Type::Strong } else { Type::Body };
            let fit = (place.width() - MARK - 2.0 * measures.pad, 1);
            let at = pos2(left, place.center().y);
            paint_text_fitted(painter, at, Align2::LEFT_CENTER, &side.words, role, tokens.ink, fit);
        } else {
            painter.galley(pos2(left, place.top() + measures.pad), side.galley.clone(), tokens.ink);
        }
        if let Some((badge, total)) = side.effect {
            let (left, y) = if measures.effect > 0.0 {
                (left, place.top() + measures.pad + side.galley.size().y + 11.0)
            } else {
                (place.right() - BESIDE, place.center().y)
            };
            paint_badge(painter, tokens, badge, pos2(left + 8.0, y), 16.0);
            let words = format!("leads with {total}");
            paint_text(painter, pos2(left + 22.0, y), Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2);
        }
        paint_focus(ui, &response, place, 10.0);
        let act = if response.clicked() {
            Some(Act::Pick(side.pick))
        } else {
            self.steered(ui, &response, side.pick)
        };
        if side.pick == Pick::Both || measures.lines == 1 {
            told_on_hover(response, || side.words.clone());
        }
        act
    }

    /// Where an arrow leads from a side that has the keyboard.
    fn steered(&self, ui: &Ui, response: &Response, pick: Pick) -> Option<Act> {
        if !response.has_focus() {
            return None;
        }
        let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let across = if pick == Pick::Both { Pick::Ours } else { pick };
        if pressed(Key::ArrowLeft) {
            Some(Act::Go(0, Pick::Ours))
        } else if pressed(Key::ArrowRight) {
            Some(Act::Go(0, Pick::Theirs))
        } else if pressed(Key::ArrowDown) && self.can_keep_both && pick != Pick::Both {
            Some(Act::Go(0, Pick::Both))
        } else if pressed(Key::ArrowDown) {
            Some(Act::Go(1, across))
        } else if pressed(Key::ArrowUp) && pick == Pick::Both {
            Some(Act::Go(0, Pick::Ours))
        } else if pressed(Key::ArrowUp) {
            Some(Act::Go(-1, across))
        } else {
            None
        }
    }
}
