//! The start page: begin, open, go on with recent work, or try a worked example.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
};

use egui::{
    Align2, CornerRadius, Frame, Margin, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::{
    command::Command,
    dialogs::recover::day_and_time,
    icons::{self, Icon},
    theme::{Tokens, Type, hairline, rounded, size, space},
    widgets::{
        Button, Card, Paragraph, button::paint_focus, paint_badge, paint_text, paint_text_fitted, wrapped,
    },
};
use crate::{
    analysis::{Analysis, balance::certainty::Certainty, reach::Verdict},
    exchange::examples::{EXAMPLES, Example},
    file::{
        journal::Recoverable,
        save::{self, OpenError},
    },
    model::wording::{capital, count, number},
    session::Wake,
};

/// What the start page shows beside what is always there.
#[derive(Debug, Default)]
pub struct Start {
    recent: Vec<Recent>,
    reading: Option<Receiver<Recent>>,
    /// Unsaved work of programs that have ended.
    pub found: Vec<Recoverable>,
    /// How many sealed journals of programs that have ended wait for their passphrase.
    pub sealed: usize,
    find: String,
}

#[derive(Clone, Debug)]
struct Recent {
    path: PathBuf,
    what: Result<Summary, Unopened>,
}

/// Why a file does not open.
#[derive(Clone, Debug)]
struct Unopened {
    /// For its row.
    reason: String,
    /// With the place and what to do.
    whole: String,
}

#[derive(Clone, Debug)]
struct Summary {
    title: String,
    place: String,
    is_sealed: bool,
    leader: Option<(String, String)>,
    flagged: bool,
    changed: Option<jiff::Timestamp>,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    Run(Command),
    Open(PathBuf),
    Forget(PathBuf),
    Example(&'static str),
    /// Make a workspace from tables.
    FromTables,
    /// Look at what can be recovered, by its place in the list.
    Recover(usize),
    /// Give the passphrase of sealed work that was not saved.
    Unlock,
}

/// What waits to be recovered, as its card says it.
struct Work {
    title: &'static str,
    words: String,
    button: &'static str,
    asked: Asked,
}

impl Start {
    /// What the card of unsaved work is about; `None` where nothing waits.
    fn work(&self) -> Option<Work> {
        if let Some(found) = self.found.first() {
            let (title, button) = ("Unsaved work found", "Recover");
            return Some(Work { title, words: unsaved(found), button, asked: Asked::Recover(0) });
        }
        (self.sealed > 0).then(|| Work {
            title: "Sealed work found",
            words:
                "Unsaved work of a sealed workspace was found. Its passphrase opens it, wherever its file is."
                    .to_owned(),
            button: "Unlock",
            asked: Asked::Unlock,
        })
    }

    /// Begins to read what the recent files hold, on a worker.
    pub fn read_recent(&mut self, paths: &[PathBuf], wake: &Wake) {
        self.recent.clear();
        let (sender, receiver) = channel();
        let (paths, wake) = (paths.to_vec(), wake.clone());
        std::thread::spawn(move || {
            for path in paths {
                let what = summary(&path);
                if sender.send(Recent { path, what }).is_err() {
                    return;
                }
                wake();
            }
        });
        self.reading = Some(receiver);
    }

    /// Shows the page.
    pub fn show(&mut self, ui: &mut Ui) -> Option<Asked> {
        if let Some(reading) = &self.reading {
            self.recent.extend(reading.try_iter());
        }
        let tokens = Tokens::of(ui);
        let mut asked = None;
        let side = if ui.available_width() < 900.0 { 280.0 } else { 360.0 };
        let frame = Frame::new().fill(tokens.rail).inner_margin(Margin::symmetric(36, 44));
        egui::Panel::left("start side")
            .exact_size(side)
            .resizable(false)
            .frame(frame)
            .show_separator_line(false)
            .show(ui, |ui| {
                let bottom = ui.max_rect().bottom();
                // On a low window everything stays within reach.
                ScrollArea::vertical().id_salt("start side").auto_shrink(false).show(ui, |ui| {
                    asked = self.side(ui, bottom);
                });
            });
        let frame = Frame::new().fill(tokens.paper).inner_margin(Margin::symmetric(44, 40));
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(1040.0));
                let pressed = self.lists(ui);
                asked = asked.take().or(pressed);
            });
        });
        asked
    }

    /// What stands at the left, with its foot at the bottom where there is room.
    fn side(&mut self, ui: &mut Ui, bottom: f32) -> Option<Asked> {
        let tokens = Tokens::of(ui);
        let mut asked = None;
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(icons::SCALES.0).font(Icon::font(32.0)).color(tokens.ink));
            ui.add_space(space::XS);
            ui.label(Type::Title.text("Evenhand", tokens.ink));
        });
        ui.add_space(space::S);
        let words = "Weigh what works against what it costs, together, and be able to defend it.";
        wrapped(ui, words, Type::Sentence, tokens.ink2);
        ui.add_space(space::XL);
        let width = ui.available_width();
        for (command, primary) in [(Command::NewQuestion, true), (Command::Open, false)] {
            let keys = command.keys();
            let button = Button::new(command.text())
                .icon(command.icon())
                .keys(&keys)
                .width(width)
                .tooltip(command.tooltip());
            let button = if primary { button.primary() } else { button };
            if button.show(ui).clicked() {
                asked = Some(Asked::Run(command));
            }
        }
        let tables = Button::new("Start from a spreadsheet").icon(icons::TABLE).width(width);
        if tables.tooltip("Make a workspace from tables in CSV or Excel files").show(ui).clicked() {
            asked = Some(Asked::FromTables);
        }
        let foot = self.foot_height(ui);
        ui.add_space((bottom - ui.cursor().top() - foot).max(space::XL));
        if let Some(work) = self.work() {
            if work_card(ui, &work) {
                asked = Some(work.asked);
            }
            ui.add_space(space::M);
        }
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(icons::WIFI_SLASH.0).font(Icon::font(16.0)).color(tokens.ink3));
            wrapped(ui, OFFLINE, Type::Small, tokens.ink3);
        });
        asked
    }

    /// How much height what stands at the foot of the side takes.
    fn foot_height(&self, ui: &Ui) -> f32 {
        let gap = ui.spacing().item_spacing.y;
        let note = Paragraph::new().run(OFFLINE, Type::Small, Tokens::of(ui).ink3);
        let note = note.galley(ui.painter(), ui.available_width() - 16.0 - space::S).size().y;
        let card = self.work().map_or(0.0, |work| work_card_height(ui, &work) + space::M + 2.0 * gap);
        note.max(20.0) + card + 2.0 * gap
    }

    fn lists(&mut self, ui: &mut Ui) -> Option<Asked> {
        let tokens = Tokens::of(ui);
        let mut asked = None;
        ui.spacing_mut().item_spacing.y = space::M;
        if !self.recent.is_empty() {
            ui.horizontal(|ui| {
                ui.label(Type::Heading.text("Recent", tokens.ink));
                if self.recent.len() > 4 {
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let field = egui::TextEdit::singleline(&mut self.find)
                            .hint_text("Find a workspace")
                            .desired_width(220.0);
                        let response = ui.add(field.margin(Margin::symmetric(10, 6)));
                        response.widget_info(|| WidgetInfo {
                            label: Some("Find a workspace".to_owned()),
                            ..WidgetInfo::new(Role::TextInput)
                        });
                    });
                }
            });
            let find = self.find.to_lowercase();
            Card::new().padding(0, 0).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let shown = self
                    .recent
                    .iter()
                    .filter(|recent| find.is_empty() || recent.name().to_lowercase().contains(&find));
                for (index, recent) in shown.enumerate() {
                    if let Some(pressed) = recent_row(ui, recent, index > 0) {
                        asked = Some(pressed);
                    }
                }
            });
            ui.add_space(space::L);
        }
        ui.horizontal(|ui| {
            ui.label(Type::Heading.text("Worked examples", tokens.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(Type::Small.text("Yours to change; the original stays", tokens.ink3));
            });
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::L, space::L);
            for example in EXAMPLES {
                if example_card(ui, example) {
                    asked = Some(Asked::Example(example.name));
                }
            }
        });
        asked
    }
}

impl Recent {
    fn name(&self) -> String {
        match &self.what {
            Ok(summary) if !summary.title.is_empty() => summary.title.clone(),
            _ => self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        }
    }
}

impl From<OpenError> for Unopened {
    fn from(error: OpenError) -> Self {
        let reason = match &error {
            OpenError::Missing { .. } => "It is not there any more.".to_owned(),
            OpenError::Refused { reason, .. } => capital(reason),
            OpenError::Sealed { .. } => "It is sealed.".to_owned(),
            OpenError::Unreadable { error, .. } => format!("Line {}: {}", error.line, error.what),
        };
        Self { reason, whole: error.to_string() }
    }
}

/// What a file holds, or why it does not open.
fn summary(path: &Path) -> Result<Summary, Unopened> {
    let changed = std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let changed = changed.and_then(|time| jiff::Timestamp::try_from(time).ok());
    let opened = match save::open(path) {
        // What it holds is nobody's business here.
        Err(OpenError::Sealed { .. }) => {
            let place = "Sealed".to_owned();
            return Ok(Summary {
                title: String::new(),
                place,
                is_sealed: true,
                leader: None,
                flagged: false,
                changed,
            });
        }
        opened => opened?,
    };
    let workspace = opened.document.workspace;
    let analysis = Analysis::of(&workspace);
    let is_sure = analysis.balance.certainty() == Certainty::Certain;
    let leader = analysis.balance.leaders().first().copied().filter(|_| is_sure).and_then(|o| {
        let value = analysis.balance.options[o].value?;
        let leads = if analysis.balance.leaders().len() > 1 { "ties at" } else { "leads with" };
        Some((workspace.question.options[o].badge.clone(), format!("{leads} {}", number(value, 0))))
    });
    Ok(Summary {
        leader,
        flagged: analysis.reach.options.iter().flatten().any(|reach| reach.verdict == Verdict::High),
        changed,
        is_sealed: false,
        title: workspace.title,
        place: workspace.question.place.clone(),
    })
}

/// What is said at the foot of the side.
const OFFLINE: &str = "Works offline. Nothing leaves this computer.";

/// What the card of unsaved work says below its title.
fn unsaved(found: &Recoverable) -> String {
    let steps: usize = found.moments.iter().map(|moment| moment.steps.len().max(1)).sum();
    let title = if found.title.is_empty() { "An untitled question" } else { &found.title };
    format!("{title}, {}. {} not saved.", day_and_time(found.when), was(steps))
}

fn work_card_height(ui: &Ui, work: &Work) -> f32 {
    let written = Paragraph::new().run(&work.words, Type::Small, Tokens::of(ui).ink2);
    let written = written.galley(ui.painter(), ui.available_width() - 34.0).size().y;
    30.0 + Type::Strong.line() + written + space::S + size::CONTROL + 3.0 * space::S
}

/// The card of unsaved work; answers whether it is to be looked at.
fn work_card(ui: &mut Ui, work: &Work) -> bool {
    let tokens = Tokens::of(ui);
    let height = work_card_height(ui, work);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let shown = Card::new().show_at(ui, place, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Strong.text(work.title, tokens.ink));
        wrapped(ui, work.words.as_str(), Type::Small, tokens.ink2);
        Button::new(work.button).show(ui).clicked()
    });
    shown.inner
}

fn was(steps: usize) -> String {
    format!("{} {}", count(steps, "change", "changes"), if steps == 1 { "was" } else { "were" })
}

/// What the flag of a recent file says.
const LEFT_OUT: &str = "The flag: an option carries a high risk that people are left out.";

fn recent_row(ui: &mut Ui, recent: &Recent, ruled: bool) -> Option<Asked> {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken(recent)));
    if response.hovered() {
        ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
    }
    if ruled {
        ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
    }
    let left = pos2(rect.left() + 18.0, rect.center().y);
    let fit = (rect.width() * (NAMES_END - 0.02) - 18.0, 1);
    paint_text_fitted(ui.painter(), left, Align2::LEFT_CENTER, &recent.name(), Type::Strong, tokens.ink, fit);
    match &recent.what {
        Ok(summary) => paint_summary(ui, summary, rect),
        Err(why) => {
            let at = pos2(rect.left() + rect.width() * NAMES_END, rect.center().y);
            let icon = icons::WARNING_CIRCLE;
            ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::font(16.0), tokens.ink2);
            let at = at + vec2(14.0, 0.0);
            let fit = (rect.right() - 18.0 - at.x, 2);
            let painter = ui.painter();
            paint_text_fitted(painter, at, Align2::LEFT_CENTER, &why.reason, Type::Small, tokens.ink2, fit);
        }
    }
    paint_focus(ui, &response, rect.shrink(2.0), size::RADIUS);
    let response = match &recent.what {
        Ok(summary) if summary.flagged => {
            response.on_hover_text(format!("{LEFT_OUT}\n{}", recent.path.display()))
        }
        Ok(_) => response.on_hover_text(recent.path.display().to_string()),
        Err(why) => response.on_hover_text(&why.whole),
    };
    let mut asked = response.clicked().then(|| Asked::Open(recent.path.clone()));
    response.context_menu(|ui| {
        if Button::new("Take off this list").quiet().show(ui).clicked() {
            asked = Some(Asked::Forget(recent.path.clone()));
            ui.close();
        }
    });
    asked
}

/// The row of a recent file in words.
fn spoken(recent: &Recent) -> String {
    let state = match &recent.what {
        Ok(summary) => {
            let leader = summary.leader.as_ref().map(|(badge, leads)| format!(", {badge} {leads}"));
            let flag = if summary.flagged { ", with a high risk that people are left out" } else { "" };
            leader.unwrap_or_default() + flag
        }
        Err(why) => format!(", cannot be read. {}", why.reason),
    };
    format!("Open {}{state}", recent.name())
}

/// Where the names end and the columns behind them begin, as shares of the width.
const NAMES_END: f32 = 0.44;
const LEADER: f32 = 0.61;
const FLAG: f32 = 0.755;

/// What a file holds: its place, who leads, whether people are left out, and when it was changed.
fn paint_summary(ui: &Ui, summary: &Summary, row: Rect) {
    let (tokens, painter) = (Tokens::of(ui), ui.painter());
    let column = |share: f32| pos2(row.left() + row.width() * share, row.center().y);
    if !summary.place.is_empty() {
        let at = column(NAMES_END) + vec2(8.0, 0.0);
        let icon = if summary.is_sealed { icons::LOCK_SIMPLE } else { icons::MAP_PIN };
        painter.text(at, Align2::CENTER_CENTER, icon.0, Icon::font(16.0), tokens.ink3);
        let fit = (row.width() * (LEADER - NAMES_END) - 36.0, 1);
        let at = at + vec2(14.0, 0.0);
        paint_text_fitted(painter, at, Align2::LEFT_CENTER, &summary.place, Type::Body, tokens.ink2, fit);
    }
    let mut leader_ends = column(LEADER).x;
    if let Some((badge, leads)) = &summary.leader {
        paint_badge(painter, tokens, badge, column(LEADER), 20.0);
        let at = column(LEADER) + vec2(18.0, 0.0);
        leader_ends = paint_text(painter, at, Align2::LEFT_CENTER, leads, Type::Body, tokens.ink2).right();
    }
    let mut dates = pos2(row.right() - 18.0, row.center().y);
    if let Some(changed) = summary.changed {
        let words = day_and_time(changed);
        let wide = painter.layout_no_wrap(words.clone(), Type::Body.font(), tokens.ink3).size().x;
        // Who leads goes before when it was saved.
        if dates.x - wide > leader_ends + 12.0 {
            let align = Align2::RIGHT_CENTER;
            dates = paint_text(painter, dates, align, &words, Type::Body, tokens.ink3).left_center();
        }
    }
    let flag = column(FLAG).x.max(leader_ends + 16.0);
    if summary.flagged && flag + 10.0 < dates.x {
        let at = pos2(flag, row.center().y);
        painter.text(at, Align2::CENTER_CENTER, icons::FLAG.0, Icon::filled_font(15.0), tokens.crimson);
        let room = dates.x - 14.0 - at.x - 13.0;
        let words = "people left out";
        let wide = painter.layout_no_wrap(words.to_owned(), Type::Small.font(), tokens.crimson).size().x;
        if wide <= room {
            let at = at + vec2(13.0, 0.0);
            paint_text(painter, at, Align2::LEFT_CENTER, words, Type::Small, tokens.crimson);
        }
    }
}

/// A card with a small drawing of what the example is about.
fn example_card(ui: &mut Ui, example: &Example) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(236.0, 274.0), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("Example: {}. {}", example.title, example.summary))
    });
    let fill = if response.hovered() { tokens.select } else { tokens.card };
    ui.painter().rect(rect, rounded(size::RADIUS_CARD), fill, hairline(tokens.hair), StrokeKind::Inside);
    let drawing = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + 118.0)).shrink(1.0);
    let top = CornerRadius { sw: 0, se: 0, ..rounded(size::RADIUS_CARD - 1.0) };
    ui.painter().rect_filled(drawing, top, tokens.sunken);
    ui.painter().hline(rect.x_range(), drawing.bottom(), hairline(tokens.hair));
    match example.name {
        "westmere" => draw_frontier(ui, drawing.shrink(14.0)),
        "peterborough" => draw_cliff(ui, drawing.shrink(16.0)),
        _ => draw_gains(ui, drawing.shrink(16.0)),
    }
    let fit = (rect.width() - 28.0, 5);
    let title = pos2(rect.left() + 14.0, rect.top() + 130.0);
    let drawn = paint_text_fitted(
        ui.painter(),
        title,
        Align2::LEFT_TOP,
        example.title,
        Type::Strong,
        tokens.ink,
        fit,
    );
    let below = pos2(title.x, drawn.bottom() + 2.0);
    paint_text_fitted(ui.painter(), below, Align2::LEFT_TOP, example.summary, Type::Small, tokens.ink2, fit);
    paint_focus(ui, &response, rect, size::RADIUS_CARD);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// The chance to be paid by what is achieved, as the Response page draws it.
fn draw_cliff(ui: &Ui, place: Rect) {
    const POINTS: u16 = 40;
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    for share in [0.0, 0.5, 1.0] {
        painter.hline(place.x_range(), place.bottom() - place.height() * share, hairline(tokens.hair));
    }
    painter.vline(place.center().x, place.y_range(), hairline(tokens.edge));
    let curve = (0..=POINTS).map(|at| {
        let across = f32::from(at) / f32::from(POINTS);
        let up = 1.0 / (1.0 + (12.0 * (0.5 - across)).exp());
        pos2(place.left() + place.width() * across, place.bottom() - place.height() * up)
    });
    painter.line(curve.collect(), egui::Stroke::new(2.0, tokens.ink2));
}

/// Options on two axes, as the Balance page draws them.
fn draw_frontier(ui: &Ui, place: Rect) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    painter.rect_stroke(place, rounded(0.0), hairline(tokens.hair), StrokeKind::Inside);
    for share in [0.25, 0.5, 0.75] {
        painter.vline(place.left() + place.width() * share, place.y_range(), hairline(tokens.hair));
    }
    painter.hline(place.x_range(), place.center().y, hairline(tokens.hair));
    let at = |x: f32, y: f32| pos2(place.left() + place.width() * x, place.bottom() - place.height() * y);
    let marks =
        [("D", 0.34, 0.52), ("E", 0.56, 0.46), ("A", 0.77, 0.2), ("C", 0.65, 0.53), ("B", 0.47, 0.82)];
    painter.line(vec![at(0.47, 0.82), at(0.65, 0.53), at(0.77, 0.2)], egui::Stroke::new(1.5, tokens.ink2));
    for (badge, x, y) in marks {
        paint_badge(painter, tokens, badge, at(x, y), 16.0);
    }
}

/// What a provider earns on each group, and who is left out, as the Reach page draws them.
fn draw_gains(ui: &Ui, place: Rect) {
    let tokens = Tokens::of(ui);
    let rows = [(0.45, 0.8), (0.5, 0.85), (-0.3, 0.3), (-0.55, 0.14)];
    let zero = place.left() + place.width() * 0.34;
    let step = place.height() / rows.len() as f32;
    for (index, (gain, share)) in rows.into_iter().enumerate() {
        let y = place.top() + step * (index as f32 + 0.5);
        let bar = |from: f32, to: f32| Rect::from_two_pos(pos2(from, y - 4.0), pos2(to, y + 4.0));
        let width: f32 = place.width() * 0.6 * gain;
        ui.painter().rect_filled(bar(zero, zero + width), rounded(2.0), tokens.ink2);
        let left = place.left() + place.width() * 0.72;
        let whole = place.width() * 0.28;
        ui.painter().rect_filled(bar(left, left + whole), rounded(2.0), tokens.track);
        let fill = if share < 0.5 { tokens.crimson } else { tokens.ink2 };
        ui.painter().rect_filled(bar(left, left + whole * share), rounded(2.0), fill);
    }
    ui.painter().vline(zero, place.y_range(), hairline(tokens.line));
}
