//! The parts of a page that can be copied and saved: every chart and every table, each by its name.
//!
//! A part is drawn as ever. Only when somebody asks for it is what it draws in the next frame kept as well, as shapes and
//! as figures; so what leaves is what stands on the screen, and a frame costs nothing more.

use std::sync::Arc;

use egui::{
    Color32, Context, Id, LayerId, Rect, Shape, Ui, accesskit::Role, epaint::ClippedShape, layers::ShapeIdx,
    pos2,
};

use super::{figures, shapes::drawing_of};
use crate::{
    exchange::drawing::Drawing,
    model::wording::capital,
    ui::theme::{Tokens, focus_ring},
};

/// Rows of cells, the heads first.
pub type Rows = Vec<Vec<String>>;

/// Heads, each with a capital as a table has them, and a row of as many cells for each of these.
pub fn table<const N: usize>(heads: [&str; N], each: impl IntoIterator<Item = [String; N]>) -> Rows {
    std::iter::once(heads.map(capital)).chain(each).map(Vec::from).collect()
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Chart,
    Table,
}

/// A part that stood on the page in the last frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub name: String,
    pub kind: Kind,
    /// Where it stood.
    pub place: Rect,
    /// The layer of the window that it was drawn on.
    pub layer: LayerId,
}

/// What somebody wants of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Take {
    CopyPicture,
    SavePicture,
    CopySvg,
    SaveSvg,
    CopyFigures,
    CopyTable,
}

impl Take {
    /// What can be wanted of a part of this kind.
    #[must_use]
    pub fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Chart => {
                &[Self::CopyPicture, Self::SavePicture, Self::CopySvg, Self::SaveSvg, Self::CopyFigures]
            }
            Kind::Table => &[Self::CopyTable],
        }
    }

    /// The kind of part that it is wanted of.
    #[must_use]
    pub fn kind(self) -> Kind {
        if self == Self::CopyTable { Kind::Table } else { Kind::Chart }
    }
}

/// What was asked for, as it was drawn.
#[derive(Clone, Debug)]
pub struct Taken {
    pub name: String,
    pub take: Take,
    /// What stood on the screen.
    pub drawing: Drawing,
    /// The colour of what it stood on.
    pub ground: Color32,
    /// What assistive technology says of it.
    pub words: String,
    pub figures: Rows,
}

/// Kept by the window from frame to frame.
#[derive(Clone, Default)]
struct Kept {
    now: Vec<Seen>,
    /// Whether words for assistive technology are made anyway.
    is_told: bool,
    wanted: Option<Wanted>,
    /// What is only drawn as dots and bars of the part that is being taken, in words.
    drawn_only: Vec<(Rect, String)>,
    taken: Option<Arc<Taken>>,
}

#[derive(Clone)]
struct Wanted {
    name: String,
    take: Take,
    /// The pass in which it was asked for; the next one has all that is needed.
    since: u64,
    /// Whether the words for assistive technology are made for this alone.
    only_for_this: bool,
}

fn kept<R>(ctx: &Context, with: impl FnOnce(&mut Kept) -> R) -> R {
    ctx.data_mut(|data| with(data.get_temp_mut_or_default(Id::unique("parts of the page"))))
}

/// The parts that stood on the page in the last frame, in their order; a new frame begins.
pub fn begin_frame(ctx: &Context) -> Vec<Seen> {
    let is_told = ctx.viewport(|viewport| viewport.this_pass.accesskit_state.is_some());
    kept(ctx, |kept| {
        if kept.wanted.is_none() {
            kept.is_told = is_told;
        }
        std::mem::take(&mut kept.now)
    })
}

/// Asks for a part of the page that is in view.
pub fn ask(ctx: &Context, name: &str, take: Take) {
    let was_told = kept(ctx, |kept| kept.is_told);
    if !was_told {
        ctx.enable_accesskit();
    }
    let since = ctx.cumulative_pass_nr();
    let wanted = Wanted { name: name.to_owned(), take, since, only_for_this: !was_told };
    kept(ctx, |kept| kept.wanted = Some(wanted));
    ctx.request_repaint();
}

/// What was asked for, once it has been drawn. What is not on the page any more is not asked for any longer.
pub fn taken(ctx: &Context) -> Option<Arc<Taken>> {
    let now = ctx.cumulative_pass_nr();
    let (taken, is_over) = kept(ctx, |kept| {
        let is_over = kept.wanted.as_ref().is_some_and(|wanted| now > wanted.since);
        let over = if is_over { kept.wanted.take() } else { None };
        (kept.taken.take(), over.is_some_and(|wanted| wanted.only_for_this))
    });
    if is_over {
        ctx.disable_accesskit();
    }
    taken
}

/// Whether somebody has asked for a part: then everything of the page is drawn, also what nobody sees.
#[must_use]
pub fn is_asked(ctx: &Context) -> bool {
    let now = ctx.cumulative_pass_nr();
    kept(ctx, |kept| kept.wanted.as_ref().is_some_and(|wanted| now > wanted.since))
}

/// Says in words what a cell of a table only shows as dots, a bar or a tick, so that a copy of the table has it too.
pub fn put_in_words(ctx: &Context, place: Rect, words: impl FnOnce() -> String) {
    if is_asked(ctx) {
        let words = words();
        kept(ctx, |kept| kept.drawn_only.push((place, words)));
    }
}

/// A part of a page as it is being drawn.
pub struct Part<'a> {
    name: &'a str,
    kind: Kind,
    place: Option<Rect>,
    figures: Option<Box<dyn FnOnce() -> Rows + 'a>>,
    has_rows: bool,
}

impl std::fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} “{}”", self.kind, self.name)
    }
}

impl<'a> Part<'a> {
    /// A chart; its name is like no other's on the page.
    #[must_use]
    pub fn chart(name: &'a str) -> Self {
        Self { name, kind: Kind::Chart, place: None, figures: None, has_rows: true }
    }

    /// A table; its name is like no other's on the page.
    #[must_use]
    pub fn table(name: &'a str) -> Self {
        Self { kind: Kind::Table, ..Self::chart(name) }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// It stands in exactly this place; else it takes what it needs from the top down.
    #[must_use]
    pub fn at(mut self, place: Rect) -> Self {
        self.place = Some(place);
        self
    }

    /// Its figures, heads first; else those of a chart are what is told of its marks, those of a table what is written in
    /// its rows.
    #[must_use]
    pub fn figures(mut self, figures: impl FnOnce() -> Rows + 'a) -> Self {
        self.figures = Some(Box::new(figures));
        self
    }

    /// It is only offered while there is something in it.
    #[must_use]
    pub fn if_any(mut self, has_rows: bool) -> Self {
        self.has_rows = has_rows;
        self
    }

    /// Shows it.
    pub fn show<R>(self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        if !self.has_rows {
            return contents(ui);
        }
        let (layer, start, width) = (ui.layer_id(), ui.cursor().min, ui.available_width());
        let ctx = ui.ctx().clone();
        let take = take_of(&ctx, self.name);
        let from = take.map(|_| Begun::of(&ctx, layer));
        let view = ui.clip_rect();
        if from.is_some() {
            kept(&ctx, |kept| kept.drawn_only.clear());
            // What is scrolled out of view is drawn and taken as well.
            ui.set_clip_rect(Rect::EVERYTHING);
        }
        let answer = contents(ui);
        ui.set_clip_rect(view);
        let place = self.place.unwrap_or_else(|| {
            let end = ui.cursor().top().max(start.y + 1.0);
            Rect::from_min_max(start, pos2(start.x + width, end))
        });
        if let (Some(take), Some(from)) = (take, from) {
            let shapes = from.drawn(&ctx, Tokens::of(ui));
            from.keep_in(&ctx, view);
            let (whole, marks) = from.told(&ctx, place);
            let drawn_only = kept(&ctx, |kept| std::mem::take(&mut kept.drawn_only));
            let figures = match (self.figures, self.kind) {
                (Some(figures), _) => figures(),
                (None, Kind::Chart) => figures::of_marks(&whole, &marks),
                (None, Kind::Table) => figures::of_rows(&shapes, drawn_only, &marks),
            };
            let words = if whole.is_empty() {
                marks.iter().map(|mark| mark.words.as_str()).collect::<Vec<_>>().join(". ")
            } else {
                whole
            };
            let drawing = drawing_of(&shapes, place, ctx.pixels_per_point());
            let ground = Tokens::of(ui).card;
            let taken = Taken { name: self.name.to_owned(), take, drawing, ground, words, figures };
            kept(&ctx, |kept| kept.taken = Some(Arc::new(taken)));
        }
        let seen = Seen { name: self.name.to_owned(), kind: self.kind, place, layer };
        // A frame may be drawn twice.
        kept(&ctx, |kept| {
            kept.now.retain(|other| other.name != seen.name);
            kept.now.push(seen);
        });
        answer
    }
}

fn take_of(ctx: &Context, name: &str) -> Option<Take> {
    let now = ctx.cumulative_pass_nr();
    kept(ctx, |kept| {
        let wanted = kept.wanted.as_ref()?;
        (wanted.name == name && now > wanted.since).then_some(wanted.take)
    })
}

/// What a mark of a part is called, where it stands, and whether it is a row of a table.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub words: String,
    pub place: Rect,
    pub is_row: bool,
}

/// Where the shapes and the widgets of a part begin.
struct Begun {
    layer: LayerId,
    shapes: ShapeIdx,
    widgets: usize,
}

impl Begun {
    fn of(ctx: &Context, layer: LayerId) -> Self {
        let shapes = ctx.graphics_mut(|graphics| graphics.entry(layer).next_idx());
        let widgets = ctx.viewport(|viewport| viewport.this_pass.widgets.get_layer(layer).count());
        Self { layer, shapes, widgets }
    }

    /// What was drawn since; where the keyboard is, is no part of it.
    fn drawn(&self, ctx: &Context, tokens: &Tokens) -> Vec<ClippedShape> {
        let ring = focus_ring(tokens);
        let is_ring = |shape: &Shape| match shape {
            Shape::Rect(rect) => rect.stroke == ring,
            Shape::Circle(circle) => circle.stroke == ring,
            _ => false,
        };
        ctx.graphics(|graphics| {
            let entries = graphics.get(self.layer).map(|list| list.all_entries().skip(self.shapes.0));
            entries.into_iter().flatten().filter(|clipped| !is_ring(&clipped.shape)).cloned().collect()
        })
    }

    /// Shows no more of it on the screen than is in view.
    fn keep_in(&self, ctx: &Context, view: Rect) {
        ctx.graphics_mut(|graphics| {
            let list = graphics.entry(self.layer);
            for index in self.shapes.0..list.next_idx().0 {
                list.mutate_shape(ShapeIdx(index), |shape| shape.clip_rect = shape.clip_rect.intersect(view));
            }
        });
    }

    /// What is told of the whole, if anything is, and of each of its marks.
    fn told(&self, ctx: &Context, place: Rect) -> (String, Vec<Told>) {
        let widgets: Vec<(Id, Rect)> = ctx.viewport(|viewport| {
            let widgets = viewport.this_pass.widgets.get_layer(self.layer).skip(self.widgets);
            widgets.map(|widget| (widget.id, widget.rect)).collect()
        });
        let (mut whole, mut marks) = (String::new(), Vec::new());
        for (id, rect) in widgets {
            if !ctx.has_accesskit_node(id) {
                continue;
            }
            let told = ctx.accesskit_node_builder(id, |node| {
                (node.role(), [node.label(), node.value()].map(|words| words.unwrap_or_default().to_owned()))
            });
            let Some((role, [label, value])) = told else { continue };
            let words = if label.is_empty() || value.is_empty() {
                label + &value
            } else {
                format!("{label}: {value}")
            };
            if words.trim().is_empty() || role == Role::ScrollBar {
                continue;
            }
            // The chart itself tells what the whole shows; its marks stand within.
            if role == Role::Image && whole.is_empty() && rect.area() > 0.25 * place.area() {
                whole = words;
            } else {
                marks.push(Told { words, place: rect, is_row: matches!(role, Role::Row | Role::RowHeader) });
            }
        }
        (whole, marks)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use egui::{CornerRadius, vec2};
    use egui_kittest::Harness;

    use super::*;

    #[test]
    fn what_is_scrolled_out_of_view_is_taken_too_and_stays_out_of_view() {
        let taken_here: Arc<Mutex<Option<Arc<Taken>>>> = Arc::default();
        let put = Arc::clone(&taken_here);
        let mut window = Harness::builder().with_size(vec2(300.0, 100.0)).build_ui(move |ui| {
            begin_frame(ui.ctx());
            egui::ScrollArea::vertical().show(ui, |ui| {
                Part::chart("Long").show(ui, |ui| {
                    let (rect, _) = ui.allocate_exact_size(vec2(100.0, 400.0), egui::Sense::hover());
                    if ui.is_rect_visible(rect.with_min_y(rect.bottom() - 10.0)) {
                        let last = rect.with_min_y(rect.bottom() - 10.0);
                        ui.painter().rect_filled(last, CornerRadius::ZERO, Tokens::of(ui).ink);
                    }
                });
            });
            if let Some(taken) = taken(ui.ctx()) {
                *put.lock().unwrap() = Some(taken);
            }
        });
        window.run();
        ask(&window.ctx, "Long", Take::CopyPicture);
        let taken = (0..4).find_map(|_| {
            window.step();
            taken_here.lock().unwrap().clone()
        });
        let taken = taken.unwrap();
        assert_eq!(taken.drawing.marks.len(), 1);
        let [_, top, _, bottom] = taken.drawing.marks[0].clip;
        assert!(top <= 390.0 && bottom >= 400.0, "{top} to {bottom}");
        let shapes = window.output().shapes.iter();
        assert!(shapes.clone().count() > 0);
        assert!(
            shapes.clone().all(|shape| shape.clip_rect.bottom() <= 100.0),
            "no more is shown than before"
        );
    }
}
