//! The fourth step of weighing: the weights as a tree of sides, groups and factors, which multiply down.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    points_field::{self, Field, Figure},
    score_scene::points_words,
    weigh_scene::{WeighScene, tenths},
    weight_table::Act,
    weights::WeightsView,
};
use crate::{
    analysis::{
        balance::weight_tree::{FactorLeaf, GroupBranch, SideBranch, weight_tree},
        explain::Question,
    },
    model::{balance::Side, ids::FactorId},
    ui::{
        theme::{Tokens, Type, hairline, size, space},
        widgets::{button::paint_focus, paint_side_mark, paint_text, paint_text_fitted},
    },
};

const HEAD: f32 = 30.0;
const BAND: f32 = 36.0;
const ROW: f32 = 38.0;
const FOOT: f32 = 40.0;

/// How tall the step is when nothing of it scrolls.
#[must_use]
pub fn natural_height(scene: &WeighScene) -> f32 {
    HEAD + FOOT + rows_height(&tree(scene))
}

fn tree(scene: &WeighScene) -> Vec<SideBranch> {
    let swings: Vec<f64> = (0..scene.factors().len()).map(|f| scene.points(f)).collect();
    weight_tree(scene.factors(), &swings)
}

fn rows_height(sides: &[SideBranch]) -> f32 {
    let of = |side: &SideBranch| {
        let bands = if is_grouped(side) { side.groups.len() + 1 } else { 1 };
        let rows: usize = side.groups.iter().map(|group| group.factors.len()).sum();
        BAND * bands as f32 + ROW * rows as f32
    };
    sides.iter().map(of).sum()
}

/// Whether a side has groups to be shown at all.
fn is_grouped(side: &SideBranch) -> bool {
    side.groups.iter().any(|group| !group.name.is_empty())
}

fn group_words(name: &str) -> &str {
    if name.is_empty() { "In no group" } else { name }
}

/// Shows the step in this place.
pub fn show(ui: &mut Ui, card: Rect, scene: &WeighScene, view: &mut WeightsView) -> Vec<Act> {
    let sides = tree(scene);
    let mut page = Page { scene, acts: Vec::new(), ends: ends(card) };
    page.head(ui, card);
    let body = Rect::from_min_max(card.min + vec2(0.0, HEAD), pos2(card.right(), card.bottom() - FOOT));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("tree body"));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("tree").auto_shrink(false).show(&mut inner, |ui| {
        let (content, _) = ui.allocate_exact_size(vec2(card.width(), rows_height(&sides)), Sense::hover());
        page.rows(ui, view, content, &sides);
    });
    foot(ui, card.with_min_y(card.bottom() - FOOT), &sides);
    page.acts
}

/// The right ends of the columns: points, share of the level above, weight.
fn ends(card: Rect) -> [f32; 3] {
    let weight = card.right() - space::L;
    [weight - 230.0, weight - 104.0, weight]
}

fn foot(ui: &Ui, band: Rect, sides: &[SideBranch]) {
    let tokens = Tokens::of(ui);
    ui.painter().rect_filled(
        band.shrink2(vec2(1.0, 0.0)).with_max_y(band.bottom() - size::RADIUS_CARD),
        0.0,
        tokens.sunken,
    );
    ui.painter().hline(band.x_range(), band.top(), hairline(tokens.line));
    let words = if sides.iter().any(is_grouped) {
        "Shares multiply down: side × group × factor = weight. Points of a side or a group are shared out inside it."
    } else {
        "Shares multiply down: side × factor = weight. Groups are named with each factor on Scores."
    };
    let at = pos2(band.left() + space::L, band.center().y);
    let room = (band.width() - 2.0 * space::L, 2);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3, room);
}

struct Page<'a> {
    scene: &'a WeighScene,
    acts: Vec<Act>,
    ends: [f32; 3],
}

impl Page<'_> {
    fn head(&self, ui: &Ui, card: Rect) {
        let tokens = Tokens::of(ui);
        let y = card.top() + HEAD / 2.0 + 1.0;
        for (x, words) in self.ends.into_iter().zip(["Points", "Of the level above", "Weight"]) {
            paint_text(ui.painter(), pos2(x, y), Align2::RIGHT_CENTER, words, Type::Small, tokens.ink3);
        }
    }

    fn rows(&mut self, ui: &mut Ui, view: &mut WeightsView, content: Rect, sides: &[SideBranch]) {
        let mut top = content.top();
        let mut next = |height: f32| {
            let band = Rect::from_x_y_ranges(content.x_range(), top..=top + height);
            top += height;
            band
        };
        for side in sides {
            self.side(ui, view, next(BAND), side);
            for group in &side.groups {
                if is_grouped(side) {
                    self.group(ui, view, next(BAND), (side.side, group));
                }
                for leaf in &group.factors {
                    let indent = if is_grouped(side) { 56.0 } else { 34.0 };
                    self.factor(ui, view, next(ROW), leaf, indent);
                }
            }
        }
    }

    fn ids(&self, members: impl Iterator<Item = usize>) -> Vec<FactorId> {
        members.map(|f| self.scene.factors()[f].id.clone()).collect()
    }

    fn side(&mut self, ui: &mut Ui, view: &mut WeightsView, band: Rect, side: &SideBranch) {
        let tokens = Tokens::of(ui);
        let colour = tokens.side(side.side);
        ui.painter().rect_filled(band, 0.0, colour.tint);
        paint_side_mark(ui.painter(), tokens, side.side, pos2(band.left() + 21.0, band.center().y), 10.0);
        let at = pos2(band.left() + 34.0, band.center().y);
        let words = side.side.words();
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Strong, colour.text);
        let members = self.ids(side.groups.iter().flat_map(|g| &g.factors).map(|leaf| leaf.factor));
        self.points(ui, view, band, (Field::Side(side.side), words, side.points), members);
        let share = Share { of: words, words: "of all weight", share: side.share };
        self.share(ui, band, 1, share, side.side, Question::CommercialShare);
    }

    fn group(
        &mut self,
        ui: &mut Ui,
        view: &mut WeightsView,
        band: Rect,
        (side, group): (Side, &GroupBranch),
    ) {
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(band, 0.0, tokens.sunken);
        ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        let name = group_words(&group.name);
        let at = pos2(band.left() + 34.0, band.center().y);
        let room = (self.ends[0] - 70.0 - at.x, 1);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Strong, tokens.ink, room);
        let members = self.ids(group.factors.iter().map(|leaf| leaf.factor));
        self.points(ui, view, band, (Field::Group(side, group.name.clone()), name, group.points), members);
        let share = Share { of: name, words: "of its side", share: group.share };
        let why = Question::GroupShare(side, group.name.clone());
        self.share(ui, band, 1, share, side, why.clone());
        let weight: Option<f64> = group.factors.iter().map(|leaf| leaf.weight).sum();
        self.share(ui, band, 2, Share { of: name, words: "of all weight", share: weight }, side, why);
    }

    fn factor(&mut self, ui: &mut Ui, view: &mut WeightsView, band: Rect, leaf: &FactorLeaf, indent: f32) {
        let tokens = Tokens::of(ui);
        let scene = self.scene;
        let factor = &scene.factors()[leaf.factor];
        ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        let at = pos2(band.left() + indent, band.center().y);
        let room = (self.ends[0] - 70.0 - at.x, 1);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &factor.name, Type::Body, tokens.ink, room);
        let field = Field::Factor(leaf.factor);
        self.points(ui, view, band, (field, &factor.name, leaf.points), vec![factor.id.clone()]);
        let why = Question::Weight(factor.id.clone());
        let share = Share { of: &factor.name, words: "of the level above", share: leaf.share };
        self.share(ui, band, 1, share, factor.side, why.clone());
        let share = Share { of: &factor.name, words: "of all weight", share: leaf.weight };
        self.share(ui, band, 2, share, factor.side, why);
    }

    /// The points of one branch, which open into a field.
    fn points(
        &mut self,
        ui: &mut Ui,
        view: &mut WeightsView,
        band: Rect,
        (field, of, points): (Field, &str, f64),
        members: Vec<FactorId>,
    ) {
        let words = if self.scene.has_points() { points_words(points) } else { "–".to_owned() };
        let name = format!("Points of {of}");
        let single = match field {
            Field::Factor(f) => Some(f),
            Field::Group(..) | Field::Side(_) => None,
        };
        let can = single.is_none_or(|f| self.scene.can_be_weighted(f));
        let figure = Figure {
            name: &name,
            words: &words,
            draft: if self.scene.has_points() { &words } else { "" },
            may_be_changed: self.scene.may_be_changed() && can,
        };
        let open = view.tree_field.as_ref() == Some(&field);
        let at = pos2(self.ends[0], band.center().y);
        match points_field::show(ui, &figure, (at, field.clone()), open, view) {
            points_field::Done::Opened => view.tree_field = Some(field),
            points_field::Done::Typed(typed) => self.acts.push(match single {
                Some(f) => Act::Typed(f, typed),
                None => Act::ShareOut(of.to_owned(), members, typed),
            }),
            points_field::Done::Nothing => {}
        }
    }

    /// A share in a column, which can be asked why.
    fn share(&mut self, ui: &mut Ui, band: Rect, column: usize, share: Share<'_>, side: Side, why: Question) {
        let tokens = Tokens::of(ui);
        let at = pos2(self.ends[column], band.center().y);
        let words = share.share.map_or_else(|| "–".to_owned(), tenths);
        let (role, ink) = if column == 2 {
            (Type::NumberStrong, tokens.side(side).text)
        } else {
            (Type::Number, tokens.ink2)
        };
        let drawn = paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, role, ink);
        let place = Rect::from_min_max(at - vec2(64.0, 14.0), at + vec2(6.0, 14.0));
        let id = ui.scope_id().with(("share", share.of, side as u8, column));
        let response = ui.interact(place, id, Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Link, true, format!("{}: {words} {}", share.of, share.words))
        });
        if response.hovered() {
            ui.painter().hline(drawn.x_range(), drawn.bottom(), Stroke::new(1.0, ink));
        }
        paint_focus(ui, &response, drawn.expand(4.0), 4.0);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            self.acts.push(Act::Explain(why));
        }
    }
}

/// One share and what it is of.
struct Share<'a> {
    of: &'a str,
    words: &'a str,
    share: Option<f64>,
}
