//! The paper of a decision as a file: what it says, whom it names, where it goes. Written on a worker, whole or not at all.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{Context, ProgressBar, Ui};

use super::{
    background::{Background, Progress},
    field, foot, heading,
    leaving_program::{segments, switched, who_is_named, why_not},
    propose, sheet,
    system_dialog::{SystemDialog, Wanted},
};
use crate::{
    analysis::course::Course,
    exchange::report::{
        Format,
        compose::{Audience, Detail, Level, Terms},
    },
    file::print::Printed,
    model::Workspace,
    session::Wake,
    ui::{
        export::{self, Form, NotWritten},
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, wrapped},
    },
};

/// The dialog.
pub struct SavePaper {
    form: Form,
    /// It was asked for to be printed: no file is asked for.
    prints: bool,
    terms: Terms,
    author: String,
    /// The file, as it was typed.
    file: String,
    replace: bool,
    system: SystemDialog,
    /// Whom the paper would name, as it is asked for; looked up on a worker.
    names: Option<(Asked, String)>,
    naming: Option<(Asked, Background<String>)>,
    writing: Option<(Background<Result<Done, NotWritten>>, Arc<Course>)>,
    refused: Option<NotWritten>,
    done: Option<Done>,
    focused: bool,
    /// Enter was pressed in the name of the file.
    entered: bool,
}

impl std::fmt::Debug for SavePaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SavePaper").field("file", &self.file).field("terms", &self.terms).finish()
    }
}

/// What says whom a paper names.
type Asked = (Terms, Form);

/// What was done with the paper.
#[derive(Clone, Debug)]
enum Done {
    /// In a file, with what it could not hold whole.
    Saved(PathBuf, Vec<String>),
    Printed(Printed),
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Undecided,
    Closed,
}

impl SavePaper {
    /// Asks for a paper of this form; `file` is where it would go, `day` what it would bear.
    #[must_use]
    pub fn new(form: Form, file: String, day: Option<jiff::civil::Date>) -> Self {
        Self {
            form,
            prints: false,
            terms: Terms { day, ..Terms::default() },
            author: String::new(),
            file,
            replace: false,
            system: SystemDialog::default(),
            names: None,
            naming: None,
            writing: None,
            refused: None,
            done: None,
            focused: false,
            entered: false,
        }
    }

    /// Asks for a paper to be printed; `day` is what it would bear.
    #[must_use]
    pub fn to_print(day: Option<jiff::civil::Date>) -> Self {
        Self { prints: true, ..Self::new(Form::Paper(Format::Pdf), String::new(), day) }
    }

    /// Whether something is being worked out or written.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.writing.is_some() || self.naming.is_some()
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context, workspace: &Arc<Workspace>, revision: u64, wake: &Wake) -> Choice {
        self.take_results();
        self.look_up_names(workspace, revision, wake);
        let before = (self.terms.clone(), self.file.clone(), self.form);
        let (choice, leave) = sheet(ctx, "save paper", 680.0, |ui| {
            if let Some(what) = self.done.clone() {
                return done(ui, &what);
            }
            let (title, sentence) = match self.form {
                Form::Paper(_) if self.prints => (
                    "Print the paper",
                    "What is asked, decided and why; printed from the workspace as it stands.",
                ),
                Form::Paper(_) => (
                    "Save the paper",
                    "What is asked, decided and why; written from the workspace as it stands.",
                ),
                Form::Workbook => (
                    "Save the workbook",
                    "What was put in and what follows from it, as the workspace stands.",
                ),
            };
            heading(ui, icons::SEAL_CHECK, title, sentence);
            let busy = self.writing.is_some();
            egui::ScrollArea::vertical()
                .id_salt("save paper")
                .max_height((ctx.content_rect().height() - 250.0).max(160.0))
                .show(ui, |ui| ui.add_enabled_ui(!busy, |ui| self.questions(ui, workspace)));
            self.foot(ui, workspace, revision, wake)
        });
        self.asks_anew_after(&before);
        let closes = leave && choice == Choice::Undecided && self.writing.is_none();
        if closes { Choice::Closed } else { choice }
    }

    /// What was refused, and that a file may be replaced, was said of another paper, or of another file.
    fn asks_anew_after(&mut self, before: &(Terms, String, Form)) {
        let (terms, file, form) = before;
        if *file != self.file || *form != self.form {
            (self.refused, self.replace) = (None, false);
        } else if *terms != self.terms {
            self.refused = None;
        }
    }

    fn take_results(&mut self) {
        if let Some(file) = self.system.take().and_then(|chosen| chosen.into_iter().next()) {
            self.file = file.display().to_string();
            // The system has asked already whether a file that is there may go.
            self.replace = true;
        }
        if let Some((asked, looking)) = &self.naming {
            match looking.poll() {
                Progress::Done(names) => (self.names, self.naming) = (Some((asked.clone(), names)), None),
                Progress::BrokenOff => self.naming = None,
                Progress::UnderWay => {}
            }
        }
        let Some((writing, _)) = &self.writing else { return };
        match writing.poll() {
            Progress::Done(Ok(done)) => (self.done, self.writing) = (Some(done), None),
            Progress::Done(Err(why)) => (self.refused, self.writing) = (Some(why), None),
            Progress::BrokenOff => {
                let why = NotWritten::Failed("The writing broke off; try it again.".to_owned());
                (self.refused, self.writing) = (Some(why), None);
            }
            Progress::UnderWay => {}
        }
    }

    fn look_up_names(&mut self, workspace: &Arc<Workspace>, revision: u64, wake: &Wake) {
        let asked = self.asked();
        let is_known = self.names.as_ref().is_some_and(|(of, _)| *of == asked);
        if is_known || self.naming.is_some() {
            return;
        }
        let (workspace, (terms, form)) = (Arc::clone(workspace), asked.clone());
        let looking = Background::begin(wake, move || export::names(&workspace, revision, &terms, form));
        self.naming = Some((asked, looking));
    }

    fn asked(&self) -> Asked {
        (self.terms.clone(), self.form)
    }

    fn questions(&mut self, ui: &mut Ui, workspace: &Workspace) {
        ui.spacing_mut().item_spacing.y = space::S;
        if !self.prints {
            self.which_form(ui);
        }
        if self.form != Form::Workbook {
            self.audience_and_level(ui);
        }
        ui.add_space(space::XS);
        ui.label(Type::Small.text("What it tells of people and sources", Tokens::of(ui).ink3));
        self.details(ui);
        let kept_out = workspace.voices.kept_out_words();
        if !kept_out.is_empty() {
            wrapped(ui, kept_out, Type::Small, Tokens::of(ui).ink2);
        }
        match &self.names {
            Some((asked, names)) if *asked == self.asked() => who_is_named(ui, names),
            _ => who_is_named(ui, "Looking up whom it names …"),
        }
        if self.prints {
            why_not(ui, &self.refused.as_ref().map(NotWritten::words).unwrap_or_default());
            return;
        }
        ui.add_space(space::XS);
        field(ui, "Author in the properties of the file; nobody when empty", &mut self.author, false);
        self.terms.author = Some(self.author.trim().to_owned()).filter(|author| !author.is_empty());
        let first = !std::mem::replace(&mut self.focused, true);
        self.entered = field(ui, "File", &mut self.file, first);
        let why = self.refused.as_ref().map(NotWritten::words);
        why_not(ui, why.as_deref().unwrap_or_default());
    }

    fn which_form(&mut self, ui: &mut Ui) {
        let at = Form::ALL.iter().position(|form| *form == self.form).unwrap_or(0);
        if let Some(chosen) = segments(ui, "Save as", &Form::ALL.map(Form::words), at) {
            self.form = Form::ALL[chosen];
            self.file = with_ending(&self.file, self.form);
        }
        wrapped(ui, self.form.holds(), Type::Small, Tokens::of(ui).ink2);
    }

    fn audience_and_level(&mut self, ui: &mut Ui) {
        let at = Audience::ALL.iter().position(|of| *of == self.terms.audience).unwrap_or(0);
        if let Some(chosen) = segments(ui, "For", &Audience::ALL.map(Audience::words), at) {
            self.terms.audience = Audience::ALL[chosen];
        }
        if self.terms.audience == Audience::Committee {
            let at = Level::ALL.iter().position(|of| *of == self.terms.level).unwrap_or(0);
            if let Some(chosen) = segments(ui, "Length", &Level::ALL.map(Level::words), at) {
                self.terms.level = Level::ALL[chosen];
            }
        }
    }

    /// A switch for each thing that may be left out, two side by side.
    fn details(&mut self, ui: &mut Ui) {
        for pair in Detail::ALL.chunks(2) {
            ui.columns(2, |columns| {
                for (ui, detail) in columns.iter_mut().zip(pair) {
                    let mut shown = self.terms.shows(*detail);
                    if switched(ui, detail.words(), &mut shown) {
                        if shown {
                            self.terms.left_out.remove(detail);
                        } else {
                            self.terms.left_out.insert(*detail);
                        }
                    }
                }
            });
        }
    }

    fn foot(&mut self, ui: &mut Ui, workspace: &Arc<Workspace>, revision: u64, wake: &Wake) -> Choice {
        if let Some((_, course)) = &self.writing {
            ui.add_space(space::S);
            let bar = ProgressBar::new(course.progress().share() as f32).desired_height(6.0);
            let shown = ui.add(bar);
            shown.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, "The paper is being written")
            });
        }
        foot(ui, |ui| {
            if let Some((_, course)) = &self.writing {
                if Button::new("Stop").show(ui).clicked() {
                    course.stop();
                }
                wrapped(ui, "Writing …", Type::Body, Tokens::of(ui).ink2);
                return Choice::Undecided;
            }
            if self.prints {
                let print = Button::new("Print").primary().show(ui);
                propose(ui, &print);
                if print.clicked() {
                    self.print(workspace, revision, wake);
                }
                let is_left = Button::new("Cancel").quiet().show(ui).clicked();
                return if is_left { Choice::Closed } else { Choice::Undecided };
            }
            let ready = !self.file.trim().is_empty();
            let entered = std::mem::take(&mut self.entered) && ready && self.refused.is_none();
            if Button::new("Save").primary().enabled(ready).show(ui).clicked() || entered {
                self.write(workspace, revision, wake);
            }
            if self.form != Form::Workbook && Button::new("Print").show(ui).clicked() {
                self.print(workspace, revision, wake);
            }
            match &self.refused {
                Some(NotWritten::Taken(_)) => {
                    if Button::new("Replace it").show(ui).clicked() {
                        self.replace = true;
                        self.write(workspace, revision, wake);
                    }
                    self.another_name(ui, workspace, revision, wake);
                }
                Some(NotWritten::Refused(_)) => self.another_name(ui, workspace, revision, wake),
                _ => {
                    if Button::new("Choose a place").enabled(!self.system.is_open()).show(ui).clicked() {
                        self.system.open(Wanted::PlaceForPaper, &self.file, wake);
                    }
                }
            }
            if Button::new("Cancel").quiet().show(ui).clicked() {
                return Choice::Closed;
            }
            Choice::Undecided
        })
    }

    fn another_name(&mut self, ui: &mut Ui, workspace: &Arc<Workspace>, revision: u64, wake: &Wake) {
        if Button::new("Save under another name").show(ui).clicked() {
            self.file = export::free_name(Path::new(self.file.trim())).display().to_string();
            self.replace = false;
            self.write(workspace, revision, wake);
        }
    }

    fn print(&mut self, workspace: &Arc<Workspace>, revision: u64, wake: &Wake) {
        self.refused = None;
        let (workspace, terms) = (Arc::clone(workspace), self.terms.clone());
        let course = Arc::new(Course::default());
        let watched = Arc::clone(&course);
        let work = move || export::to_printer((&workspace, revision), &terms, &watched).map(Done::Printed);
        self.writing = Some((Background::begin(wake, work), course));
    }

    fn write(&mut self, workspace: &Arc<Workspace>, revision: u64, wake: &Wake) {
        self.refused = None;
        let file = PathBuf::from(with_ending(self.file.trim(), self.form));
        self.file = file.display().to_string();
        let (workspace, terms) = (Arc::clone(workspace), self.terms.clone());
        let (form, replace) = (self.form, self.replace);
        let course = Arc::new(Course::default());
        let watched = Arc::clone(&course);
        let work = move || {
            export::to_file((&workspace, revision), &terms, form, (&file, replace), &watched)
                .map(|(file, notes)| Done::Saved(file, notes))
        };
        self.writing = Some((Background::begin(wake, work), course));
    }
}

/// What is said once the paper is there, and the way to it.
fn done(ui: &mut Ui, done: &Done) -> Choice {
    let (file, notes) = match done {
        Done::Saved(file, notes) => (file, notes),
        Done::Printed(printed) => {
            let (icon, title) = match printed {
                Printed::Sent => (icons::CHECK_CIRCLE, "The paper is on its way"),
                Printed::Kept(_) => (icons::WARNING_CIRCLE, "The paper has not been printed"),
            };
            heading(ui, icon, title, &printed.words());
            return foot(ui, |ui| {
                let close = Button::new("Close").primary().show(ui);
                propose(ui, &close);
                if let Printed::Kept(file) = printed
                    && Button::new("Show in folder").icon(icons::FOLDER_OPEN).show(ui).clicked()
                {
                    ui.ctx().open_url(egui::OpenUrl::same_tab(super::folder_address(file)));
                }
                if close.clicked() { Choice::Closed } else { Choice::Undecided }
            });
        }
    };
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_workbook = Form::Workbook.ending() == file.extension().unwrap_or_default();
    let title = if is_workbook { "The workbook is saved" } else { "The paper is saved" };
    heading(ui, icons::CHECK_CIRCLE, title, &name);
    wrapped(ui, file.display().to_string(), Type::Small, Tokens::of(ui).ink2);
    for note in notes {
        wrapped(ui, note, Type::Small, Tokens::of(ui).ink2);
    }
    foot(ui, |ui| {
        let close = Button::new("Close").primary().show(ui);
        propose(ui, &close);
        if Button::new("Show in folder").icon(icons::FOLDER_OPEN).show(ui).clicked() {
            ui.ctx().open_url(egui::OpenUrl::same_tab(super::folder_address(file)));
        }
        if close.clicked() { Choice::Closed } else { Choice::Undecided }
    })
}

/// The same file with the ending of a form, in place of that of another.
fn with_ending(file: &str, form: Form) -> String {
    let path = Path::new(file);
    let ending = path.extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    if ending.eq_ignore_ascii_case(form.ending()) {
        return file.to_owned();
    }
    if Form::of_ending(ending).is_some() {
        return path.with_extension(form.ending()).display().to_string();
    }
    format!("{file}.{}", form.ending())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_a_file_may_be_replaced_is_not_said_of_the_next_one() {
        let word = Form::Paper(Format::Word);
        let may_replace = |change: fn(&mut SavePaper)| {
            let mut dialog = SavePaper::new(word, "paper.docx".to_owned(), None);
            dialog.replace = true;
            let before = (dialog.terms.clone(), dialog.file.clone(), dialog.form);
            change(&mut dialog);
            dialog.asks_anew_after(&before);
            dialog.replace
        };
        assert!(may_replace(|_| ()));
        assert!(may_replace(|dialog| dialog.terms.audience = Audience::Contributors));
        assert!(!may_replace(|dialog| dialog.file = "theirs.docx".to_owned()));
        assert!(!may_replace(|dialog| {
            dialog.form = Form::Paper(Format::Pdf);
            dialog.file = "paper.pdf".to_owned();
        }));
    }
}
