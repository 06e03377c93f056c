//! The paper as it would be printed, beside the record: its pages laid out by the writer of the PDF, on a worker, and
//! anew whenever the workspace changes.

use std::sync::Arc;

use egui::{
    Align, ColorImage, Context, Key, Layout, Rect, Role, ScrollArea, Sense, TextureHandle, TextureOptions,
    Ui, WidgetInfo, pos2, vec2,
};

use super::whole;
use crate::{
    analysis::course::Course,
    exchange::{
        drawing::{Colour, Drawing, MarkShape, png::picture},
        report::{self, compose::Terms},
    },
    model::Workspace,
    ui::{
        desk::Desk,
        dialogs::{
            self,
            background::{Background, Progress},
        },
        icons,
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{Button, button::icon_button, wrapped},
    },
};

/// Pixels for a point of paper at most; past it nothing is gained.
const FINEST: f32 = 3.0;
/// How wide the page is drawn at most, in points of the window.
const WIDEST: f32 = 620.0;
/// The same where it is read large, and what is around it then.
const LARGEST: f32 = 1000.0;
const LARGE_AROUND: f32 = 132.0;
/// How much the page fades while a newer one is laid out.
const OLD: f32 = 0.85;

/// What is being looked at, and what is there to be seen.
#[derive(Default)]
pub struct PreviewView {
    /// The page in view, from 0.
    page: usize,
    shown: Option<Shown>,
    under_way: Option<(Asked, Background<Result<Laid, String>>)>,
    refused: Option<(Asked, String)>,
    /// It is read large, over the page.
    is_large: bool,
}

impl std::fmt::Debug for PreviewView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreviewView").field("page", &self.page).finish_non_exhaustive()
    }
}

/// Of what a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    revision: u64,
    page: usize,
    /// Hundredths of a pixel for a point.
    scale: u32,
    /// The day that the paper would bear.
    day: jiff::civil::Date,
}

struct Shown {
    asked: Asked,
    pages: Arc<Vec<Drawing>>,
    texture: TextureHandle,
    /// What stands on the page, for those who do not see it.
    words: String,
}

/// A paper laid out, and one of its pages as pixels.
struct Laid {
    pages: Arc<Vec<Drawing>>,
    image: ColorImage,
    words: String,
}

impl PreviewView {
    /// Waits for what is under way, for a picture that has to be whole.
    pub fn finish(&mut self, ctx: &Context) {
        if let Some((asked, work)) = self.under_way.take() {
            self.took(ctx, asked, work.wait());
        }
    }

    fn take(&mut self, ctx: &Context) {
        if let Some((asked, work)) = self.under_way.take() {
            match work.poll() {
                Progress::UnderWay => self.under_way = Some((asked, work)),
                ended => self.took(ctx, asked, ended),
            }
        }
    }

    fn took(&mut self, ctx: &Context, asked: Asked, ended: Progress<Result<Laid, String>>) {
        match ended {
            Progress::Done(Ok(laid)) => {
                let texture = ctx.load_texture("page of the paper", laid.image, TextureOptions::LINEAR);
                self.page = self.page.min(laid.pages.len().saturating_sub(1));
                self.shown = Some(Shown { asked, pages: laid.pages, texture, words: laid.words });
            }
            Progress::Done(Err(why)) => self.refused = Some((asked, why)),
            Progress::BrokenOff => self.refused = Some((asked, "The paper cannot be shown here.".to_owned())),
            Progress::UnderWay => {}
        }
    }

    /// Has a page laid out, unless it is there, cannot be, or something is under way.
    fn ask(&mut self, ctx: &Context, workspace: Arc<Workspace>, asked: Asked) {
        let is_shown = self.shown.as_ref().is_some_and(|shown| shown.asked == asked);
        let is_refused = self.refused.as_ref().is_some_and(|(of, _)| *of == asked);
        if is_shown || is_refused || self.under_way.is_some() {
            return;
        }
        let known = self.shown.as_ref().filter(|shown| shown.asked.revision == asked.revision);
        let known = known.map(|shown| Arc::clone(&shown.pages));
        let ctx = ctx.clone();
        let wake: crate::session::Wake = Arc::new(move || ctx.request_repaint());
        self.under_way = Some((asked, Background::begin(&wake, move || laid(&workspace, known, asked))));
    }
}

/// Shows the page in view, as wide as there is room, with the ways to the others.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    egui::Frame::new()
        .fill(tokens.track)
        .corner_radius(rounded(size::RADIUS_CARD))
        .inner_margin(egui::Margin::same(16))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let wide = ui.available_width().min(WIDEST);
            let is_large = desk.view.preview.is_large;
            let large = large_width(ui.ctx());
            let asked = asked(ui.ctx(), desk, if is_large { large } else { wide });
            let workspace = desk.workspace();
            desk.view.preview.take(ui.ctx());
            desk.view.preview.ask(ui.ctx(), workspace, asked);
            sheet(ui, desk, wide, asked);
            ui.add_space(space::S);
            ways(ui, desk, |ui, desk| {
                let large =
                    Button::new("Read large").icon(icons::EYE).quiet().tooltip("The page over the window");
                if large.show(ui).clicked() {
                    desk.view.preview.is_large = true;
                }
            });
            if is_large {
                show_large(ui.ctx(), desk, asked);
            }
        });
}

fn asked(ctx: &Context, desk: &Desk<'_>, wide: f32) -> Asked {
    let scale = (wide / report::PAGE[0] * ctx.pixels_per_point()).min(FINEST);
    Asked {
        revision: desk.session.revision(),
        page: desk.view.preview.page,
        scale: (scale * 100.0).round() as u32,
        day: desk.session.signature().on,
    }
}

/// How wide the page is where it is read large.
fn large_width(ctx: &Context) -> f32 {
    (ctx.content_rect().width() - LARGE_AROUND).min(LARGEST)
}

/// The page as wide as the window lets it, over everything else, until it is put away. Left and Right turn it.
fn show_large(ctx: &Context, desk: &mut Desk<'_>, asked: Asked) {
    let wide = large_width(ctx);
    let (closed, leave) = dialogs::sheet(ctx, "paper", wide + LARGE_AROUND - 2.0 * space::L, |ui| {
        let page = ctx.content_rect().height();
        let scrolled = ScrollArea::vertical().id_salt("large page").max_height(page - 150.0);
        scrolled.show(ui, |ui| sheet(ui, desk, wide, asked));
        dialogs::foot(ui, |ui| {
            let close = Button::new("Close").primary().show(ui);
            dialogs::propose(ui, &close);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ways(ui, desk, |_, _| ()));
            close.clicked()
        })
    });
    let pressed = |key| ctx.input(|input| input.key_pressed(key));
    let view = &mut desk.view.preview;
    let last = view.shown.as_ref().map_or(0, |shown| shown.pages.len().saturating_sub(1));
    if pressed(Key::ArrowRight) || pressed(Key::PageDown) {
        view.page = (view.page + 1).min(last);
    } else if pressed(Key::ArrowLeft) || pressed(Key::PageUp) {
        view.page = view.page.saturating_sub(1);
    }
    view.is_large = !(closed || leave);
}

fn laid(workspace: &Workspace, known: Option<Arc<Vec<Drawing>>>, asked: Asked) -> Result<Laid, String> {
    let pages = match known {
        Some(pages) => pages,
        None => {
            let course = Course::default();
            let terms = Terms { day: Some(asked.day), ..Terms::default() };
            let composed = whole(workspace, asked.revision, &terms, &course);
            let composed = composed.ok_or_else(|| report::Stop::Stopped.to_string())?;
            let pages = report::pages(&composed.paper, &course);
            Arc::new(pages.map_err(|stop| stop.to_string())?)
        }
    };
    let last = pages.len().saturating_sub(1);
    let page = pages.get(asked.page.min(last)).ok_or("The paper has no page.")?;
    let white = Colour { red: 255, green: 255, blue: 255, alpha: 255 };
    let picture = picture(page, asked.scale as f32 / 100.0, Some(white))?;
    let side = [picture.width() as usize, picture.height() as usize];
    let image = ColorImage::from_rgba_unmultiplied(side, picture.as_raw());
    let words = words_of(page);
    Ok(Laid { pages, image, words })
}

/// The words on a page, one after another.
fn words_of(page: &Drawing) -> String {
    let words = page.marks.iter().filter_map(|mark| match &mark.shape {
        MarkShape::Text(letters) => Some(letters.words.trim()),
        MarkShape::Path { .. } => None,
    });
    words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

fn sheet(ui: &mut Ui, desk: &mut Desk<'_>, wide: f32, asked: Asked) {
    let tokens = Tokens::of(ui);
    let [width, height] = report::PAGE;
    let wanted = vec2(wide, wide * height / width);
    let view = &desk.view.preview;
    let indent = ((ui.available_width() - wanted.x) / 2.0).max(0.0);
    ui.horizontal_top(|ui| {
        ui.add_space(indent);
        let (place, response) = ui.allocate_exact_size(wanted, Sense::hover());
        ui.painter().rect_filled(place, rounded(2.0), Tokens::light().card);
        ui.painter().rect_stroke(place, rounded(2.0), hairline(tokens.hair), egui::StrokeKind::Outside);
        let words = match &view.shown {
            None => "The paper is being laid out.".to_owned(),
            Some(shown) => {
                let is_old = shown.asked.revision != asked.revision;
                let tint =
                    if is_old { Tokens::light().card.gamma_multiply(OLD) } else { Tokens::light().card };
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(shown.texture.id(), place, whole, tint);
                let page = shown.asked.page + 1;
                format!("The paper, page {page} of {}: {}", shown.pages.len(), shown.words)
            }
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    });
    if let Some((_, why)) = view.refused.as_ref().filter(|(of, _)| *of == asked) {
        wrapped(ui, why, Type::Small, tokens.ink2);
    }
}

/// To the page before and the page after, which is in view, and what stands at the right.
fn ways(ui: &mut Ui, desk: &mut Desk<'_>, right: impl FnOnce(&mut Ui, &mut Desk<'_>)) {
    let tokens = Tokens::of(ui);
    let Some(pages) = desk.view.preview.shown.as_ref().map(|shown| shown.pages.len()) else { return };
    ui.horizontal(|ui| {
        let page = desk.view.preview.page;
        if icon_button(ui, icons::CARET_LEFT, "The page before", page > 0).clicked() {
            desk.view.preview.page = page.saturating_sub(1);
        }
        ui.label(Type::Small.text(format!("{} of {pages}", page + 1), tokens.ink2));
        if icon_button(ui, icons::CARET_RIGHT, "The page after", page + 1 < pages).clicked() {
            desk.view.preview.page = page + 1;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right(ui, desk));
    });
}
