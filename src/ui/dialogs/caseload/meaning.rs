//! What each column means, and the count that follows from it.

use std::{mem, sync::Arc};

use egui::{Align, Frame, Layout, Margin, ProgressBar, ScrollArea, Ui, vec2};

use super::{
    super::{
        background::{Background, Progress},
        foot,
    },
    CountedCaseload, columns, matters, preview,
};
use crate::{
    analysis::course::Course,
    exchange::caseload::{Finding, Mapping, Preview, Source, Tally, Weight, guess, read},
    model::{Workspace, wording::thousands},
    session::Wake,
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{Button, Paragraph, choice::switch, icon_button, wrapped},
    },
};

/// What was read, while somebody says what its columns mean.
#[derive(Debug)]
pub struct Meaning {
    source: Source,
    pub preview: Preview,
    pub mapping: Mapping,
    /// What the count that stands or is under way follows from.
    asked: Option<(Arc<Workspace>, Mapping)>,
    counting: Option<Counting>,
    pub outcome: Option<Result<Tally, Vec<Finding>>>,
    /// Somebody pressed Stop: nothing is counted until it is asked for.
    stopped: bool,
    from_last_file: bool,
    keep: bool,
    /// The thing to look at that is open.
    pub open: Option<usize>,
}

/// A count under way.
#[derive(Debug)]
struct Counting {
    course: Arc<Course>,
    result: Background<Result<Option<Tally>, Vec<Finding>>>,
}

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    None,
    Cancel,
    Back,
    Count,
}

impl Meaning {
    /// Guesses the meanings, or takes those of the last file where they fit.
    pub fn of(source: Source, preview: Preview, kept: Option<&Mapping>, workspace: &Workspace) -> Self {
        let from_last = kept.and_then(|kept| kept.for_header(&preview.header));
        let from_last_file = from_last.is_some();
        let mapping = from_last.unwrap_or_else(|| guess(&preview.header, &preview.samples(), workspace));
        Self {
            source,
            preview,
            mapping,
            asked: None,
            counting: None,
            outcome: None,
            stopped: false,
            from_last_file,
            keep: true,
            open: None,
        }
    }

    pub fn is_counting(&self) -> bool {
        self.counting.is_some()
    }

    /// Stops the count under way.
    pub fn stop(&mut self) {
        if let Some(counting) = self.counting.take() {
            counting.course.stop();
            self.stopped = true;
        }
    }

    /// Takes in what was counted, and has it counted anew when meanings or workspace have changed.
    pub fn follow(&mut self, workspace: &Arc<Workspace>, wake: &Wake) {
        match self.counting.as_ref().map(|counting| counting.result.poll()) {
            Some(Progress::Done(Ok(Some(tally)))) => self.take_in(Ok(tally)),
            Some(Progress::Done(Err(findings))) => self.take_in(Err(findings)),
            Some(Progress::Done(Ok(None)) | Progress::BrokenOff) => {
                self.counting = None;
                self.stopped = true;
            }
            Some(Progress::UnderWay) | None => {}
        }
        let is_current = self
            .asked
            .as_ref()
            .is_some_and(|(of, mapping)| Arc::ptr_eq(of, workspace) && *mapping == self.mapping);
        if is_current {
            return;
        }
        if let Some(counting) = self.counting.take() {
            counting.course.stop();
        }
        self.asked = Some((Arc::clone(workspace), self.mapping.clone()));
        self.stopped = false;
        self.outcome = None;
        if self.mapping.missing().is_none() {
            self.begin(workspace, wake);
        }
    }

    fn begin(&mut self, workspace: &Arc<Workspace>, wake: &Wake) {
        let course = Arc::new(Course::default());
        let (source, mapping) = (self.source.clone(), self.mapping.clone());
        let (workspace, followed) = (Arc::clone(workspace), Arc::clone(&course));
        let work = move || read(&source, &mapping, &workspace, &followed);
        self.counting = Some(Counting { course, result: Background::begin(wake, work) });
    }

    fn take_in(&mut self, outcome: Result<Tally, Vec<Finding>>) {
        self.counting = None;
        self.open = None;
        self.outcome = Some(outcome);
    }

    /// What was counted, dated today, once.
    pub fn take(&mut self) -> Option<CountedCaseload> {
        let Some(Ok(tally)) = self.outcome.take() else { return None };
        let mut counted = tally.counted;
        counted.counted_on = Some(jiff::Zoned::now().date());
        // Names of groups may say something of people; names of columns do not.
        let kept = Mapping {
            group_names: Default::default(),
            ways: Default::default(),
            ..mem::take(&mut self.mapping)
        };
        Some(CountedCaseload { counted, people: tally.people, kept: self.keep.then_some(kept) })
    }

    /// Everything that is doubtful or wrong.
    pub fn findings(&self) -> &[Finding] {
        match &self.outcome {
            Some(Ok(tally)) => &tally.findings,
            Some(Err(findings)) => findings,
            None => &[],
        }
    }

    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, workspace: &Workspace) -> Answer {
        let mut answer = Answer::None;
        if self.head(ui) {
            answer = Answer::Cancel;
        }
        never_kept(ui);
        self.problems(ui);
        ui.add_space(space::S);
        let height = (ui.ctx().content_rect().height() - 330.0).clamp(140.0, 500.0);
        if ui.available_width() < 900.0 {
            ScrollArea::vertical().id_salt("caseload").max_height(height).show(ui, |ui| {
                columns::show(ui, self);
                ui.add_space(space::M);
                self.beside(ui, workspace);
            });
        } else {
            self.side_by_side(ui, workspace, height);
        }
        match self.foot(ui) {
            Answer::None => answer,
            pressed => pressed,
        }
    }

    fn side_by_side(&mut self, ui: &mut Ui, workspace: &Workspace, height: f32) {
        let width = ui.available_width();
        let left = (width * 0.54).min(620.0);
        let down = Layout::top_down(Align::Min);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 28.0;
            ui.allocate_ui_with_layout(vec2(left, height), down, |ui| {
                let area = ScrollArea::vertical().id_salt("columns").auto_shrink(false).max_height(height);
                area.show(ui, |ui| columns::show(ui, self));
            });
            ui.allocate_ui_with_layout(vec2(width - left - 28.0, height), down, |ui| {
                let area = ScrollArea::vertical().id_salt("doubts").auto_shrink(false).max_height(height);
                area.show(ui, |ui| self.beside(ui, workspace));
            });
        });
    }

    fn beside(&mut self, ui: &mut Ui, workspace: &Workspace) {
        matters::show(ui, self, workspace);
        ui.add_space(space::L);
        preview::show(ui, self, workspace);
    }

    fn head(&self, ui: &mut Ui) -> bool {
        let tokens = Tokens::of(ui);
        let rows = match &self.outcome {
            Some(Ok(tally)) => format!("{} rows", thousands(tally.rows)),
            _ if self.preview.whole => format!("{} rows", thousands(self.preview.about)),
            _ => format!("about {} rows", thousands(self.preview.about)),
        };
        let guessed = if self.from_last_file {
            "The meanings are those of the last file; change what is wrong."
        } else {
            "Guessed from the headings; change what is wrong."
        };
        let mut closed = false;
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(ui.available_width() - 44.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                wrapped(ui, "What is in each column?", Type::Title, tokens.ink);
                let words = format!("{}, {rows}. {guessed}", self.preview.source);
                wrapped(ui, words, Type::Body, tokens.ink2);
            });
            closed = icon_button(ui, icons::X, "Close and forget the rows", true).clicked();
        });
        ui.add_space(space::S);
        closed
    }

    /// What keeps the table from being counted, each with its place and what to do.
    fn problems(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let missing = self.mapping.missing();
        let refusing: Vec<&Finding> =
            self.findings().iter().filter(|finding| finding.matter.weight() == Weight::Refuses).collect();
        if missing.is_none() && refusing.is_empty() {
            return;
        }
        ui.add_space(space::S);
        Frame::new()
            .fill(tokens.crimson_tint)
            .corner_radius(rounded(10.0))
            .inner_margin(Margin::symmetric(16, 10))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(Type::Strong.text("It cannot be counted yet", tokens.ink));
                if let Some(missing) = missing {
                    wrapped(ui, missing, Type::Small, tokens.ink);
                }
                ScrollArea::vertical().id_salt("refusing").max_height(96.0).show(ui, |ui| {
                    for finding in refusing {
                        wrapped(ui, finding.to_string(), Type::Small, tokens.ink);
                    }
                });
            });
    }

    fn foot(&mut self, ui: &mut Ui) -> Answer {
        let tokens = Tokens::of(ui);
        let mut answer = Answer::None;
        let progress = self.counting.as_ref().map(|counting| counting.course.progress());
        foot(ui, |ui| {
            let (words, ready) = match (&self.outcome, self.stopped) {
                (Some(Ok(tally)), _) => (format!("Count {} people", thousands(tally.people)), true),
                (_, true) => (format!("Count about {} rows", thousands(self.preview.about)), true),
                _ => ("Count people".to_owned(), false),
            };
            if Button::new(&words).primary().enabled(ready).show(ui).clicked() {
                if matches!(self.outcome, Some(Ok(_))) {
                    answer = Answer::Count;
                } else {
                    // It is counted anew from the first row.
                    self.asked = None;
                }
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                answer = Answer::Cancel;
            }
            if Button::new("Another file").quiet().show(ui).clicked() {
                answer = Answer::Back;
            }
            if progress.is_some() && Button::new("Stop").show(ui).clicked() {
                self.stop();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| match progress {
                Some(progress) => {
                    ui.label(Type::Small.text("Counting", tokens.ink2));
                    let bar = ProgressBar::new(progress.share() as f32).desired_width(200.0);
                    let percent = crate::model::wording::percent(progress.share());
                    ui.add(bar).widget_info(|| {
                        let words = format!("Counted so far: {percent}");
                        egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, words)
                    });
                }
                None => self.keep_meanings(ui),
            });
        });
        answer
    }

    fn keep_meanings(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        let icon = icons::CLOCK_COUNTER_CLOCKWISE;
        ui.label(egui::RichText::new(icon.0).font(Icon::font(17.0)).color(tokens.ink2));
        let words = "Keep these meanings for the next file";
        ui.label(Type::Body.text(words, tokens.ink2));
        if switch(ui, words, self.keep).clicked() {
            self.keep = !self.keep;
        }
    }
}

fn never_kept(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    Frame::new()
        .fill(tokens.sunken)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(10.0))
        .inner_margin(Margin::symmetric(16, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(egui::RichText::new(icons::SHIELD_CHECK.0).font(Icon::font(20.0)).color(tokens.ink));
                let words = " They are counted on this computer and forgotten. Only counts by group, gate and provider enter \
                             the workspace.";
                Paragraph::new()
                    .run("Rows are never kept.", Type::Strong, tokens.ink)
                    .run(words, Type::Body, tokens.ink2)
                    .show(ui);
            });
        });
}
