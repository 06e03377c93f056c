//! What comes into the open workspace and what is handed out from it, as commands.

use std::path::Path;

use egui::Context;

use super::{
    dialogs::{
        Dialog,
        caseload::{self, CountedCaseload, ReadCaseload},
        from_tables::{self, FromTables},
        hand_out::{self, HandOut, written_words},
        import::{self, Import, things},
        save_paper::{self, SavePaper},
    },
    export::Form,
    shell::Shell,
};
use crate::{
    exchange::{TableKind, import::Proposal},
    model::{
        Room, check,
        wording::{count, thousands},
    },
    session::Session,
};

impl Shell {
    /// Asks what is to be imported.
    pub(super) fn ask_for_import(&mut self, kind: TableKind) {
        let Some(session) = &mut self.session else { return };
        let seed = u64::from(session.new_tail());
        self.dialog = Some(Dialog::Import(Box::new(Import::new(kind, seed))));
    }

    /// Shows the dialog that makes a workspace from tables, and opens it once it is made.
    pub(super) fn answer_from_tables(&mut self, ctx: &Context, mut dialog: Box<FromTables>) {
        match dialog.show(ctx, &self.wake) {
            from_tables::Choice::Undecided => {
                if dialog.is_working() {
                    // A worker may be done between this look and its wake.
                    ctx.request_repaint_after(std::time::Duration::from_millis(50));
                }
                self.dialog = Some(Dialog::FromTables(dialog));
            }
            from_tables::Choice::Cancelled => {}
            from_tables::Choice::Begin(workspace) => {
                let doubts = check::problems(&workspace).len();
                self.begin(*workspace);
                if let Some(session) = &mut self.session {
                    session.mark_unsaved("Made from tables");
                }
                self.view.go(Room::Balance, "Scores");
                let mut words = "Made from tables. Save it to keep it.".to_owned();
                if doubts > 0 {
                    words += &format!(" {} worth a look.", count(doubts, "thing is", "things are"));
                }
                self.notices.say(words);
            }
        }
    }

    /// Asks how ballots are to be handed out, for the round that is open, else the first.
    pub(super) fn ask_to_hand_out(&mut self) {
        let Some(session) = &self.session else { return };
        let round = session.workspace().voices.open_round().map_or(1, |round| round.number);
        let dialog = HandOut::forms(round, folder_beside(session, "ballots"));
        self.dialog = Some(Dialog::HandOut(Box::new(dialog)));
    }

    /// Asks for whom the sheets for contributors are.
    pub(super) fn ask_for_sheets(&mut self) {
        let Some(session) = &self.session else { return };
        let dialog = HandOut::sheets(folder_beside(session, "what-happened"));
        self.dialog = Some(Dialog::HandOut(Box::new(dialog)));
    }

    /// Asks what the paper of the decision is to say and where it goes.
    pub(super) fn ask_for_paper(&mut self, form: Form) {
        let Some(session) = &self.session else { return };
        let file = format!("{}.{}", folder_beside(session, "paper"), form.ending());
        let dialog = SavePaper::new(form, file, Some(jiff::Zoned::now().date()));
        self.dialog = Some(Dialog::SavePaper(Box::new(dialog)));
    }

    /// Asks what the paper that is printed tells.
    pub(super) fn ask_to_print(&mut self) {
        if self.session.is_some() {
            let dialog = SavePaper::to_print(Some(jiff::Zoned::now().date()));
            self.dialog = Some(Dialog::SavePaper(Box::new(dialog)));
        }
    }

    /// Shows the dialog that saves the paper.
    pub(super) fn answer_save_paper(&mut self, ctx: &Context, mut dialog: Box<SavePaper>) {
        let Some(session) = &self.session else { return };
        let (workspace, revision) = (session.workspace().clone(), session.revision());
        if dialog.show(ctx, &workspace, revision, &self.wake) == save_paper::Choice::Undecided {
            if dialog.is_working() {
                // A worker may be done between this look and its wake.
                ctx.request_repaint_after(std::time::Duration::from_millis(50));
            }
            self.dialog = Some(Dialog::SavePaper(dialog));
        }
    }

    /// Shows the dialog that imports, and imports once that is decided.
    pub(super) fn answer_import(&mut self, ctx: &Context, mut dialog: Box<Import>) {
        let Some(session) = &self.session else { return };
        let workspace = session.workspace().clone();
        match dialog.show(ctx, &workspace, &self.wake) {
            import::Choice::Undecided => {
                if dialog.is_working() {
                    // A worker may be done between this look and its wake.
                    ctx.request_repaint_after(std::time::Duration::from_millis(50));
                }
                self.dialog = Some(Dialog::Import(dialog));
            }
            import::Choice::Cancelled => {}
            import::Choice::Import(proposal) => self.import(&proposal),
        }
    }

    /// Shows the dialog that hands out.
    pub(super) fn answer_hand_out(&mut self, ctx: &Context, mut dialog: Box<HandOut>) {
        let Some(session) = &self.session else { return };
        let workspace = session.workspace().clone();
        match dialog.show(ctx, &workspace, &self.wake) {
            hand_out::Choice::Undecided => {
                if dialog.is_working() {
                    ctx.request_repaint_after(std::time::Duration::from_millis(50));
                }
                self.dialog = Some(Dialog::HandOut(dialog));
            }
            hand_out::Choice::Cancelled => {}
            hand_out::Choice::Written(papers, folder) => self.notices.say(written_words(papers, &folder)),
        }
    }

    /// Asks where the caseload is.
    pub(super) fn ask_for_caseload(&mut self) {
        if self.session.is_some() {
            // Meanings that cannot be read are none: they are guessed again.
            let dialog = ReadCaseload::new(ron::from_str(&self.preferences.caseload_columns).ok());
            self.dialog = Some(Dialog::ReadCaseload(Box::new(dialog)));
        }
    }

    /// Reads the caseload that comes with the program.
    pub(super) fn try_caseload(&mut self) {
        if self.session.is_some() {
            let mut dialog = ReadCaseload::new(None);
            dialog.open(caseload::source::invented(), &self.wake);
            self.dialog = Some(Dialog::ReadCaseload(Box::new(dialog)));
        }
    }

    /// Shows the dialog that reads a caseload, and keeps its counts once that is decided.
    pub(super) fn answer_caseload(&mut self, ctx: &Context, mut dialog: Box<ReadCaseload>) {
        let Some(session) = &self.session else { return };
        let workspace = session.workspace().clone();
        match dialog.show(ctx, &workspace, &self.wake) {
            caseload::Choice::Undecided => {
                if dialog.is_working() {
                    ctx.request_repaint_after(std::time::Duration::from_millis(50));
                }
                self.dialog = Some(Dialog::ReadCaseload(dialog));
            }
            caseload::Choice::Cancelled => {}
            caseload::Choice::Count(counted) => self.keep_counts(*counted),
        }
    }

    /// Keeps the counts of a caseload, as one step.
    fn keep_counts(&mut self, caseload: CountedCaseload) {
        let kept = caseload.kept.as_ref().and_then(|kept| ron::to_string(kept).ok());
        self.preferences.caseload_columns = kept.unwrap_or_default();
        self.keep_preferences();
        let Some(session) = &mut self.session else { return };
        let CountedCaseload { counted, people, .. } = caseload;
        let source = counted.source.clone();
        let label = format!("Count {} people of {source}", thousands(people));
        let outcome = session.edit(label, Room::Reach, None, |w| w.reach.caseload.counted = Some(counted));
        let words = match outcome {
            Ok(()) => {
                self.view.go(Room::Reach, "Caseload check");
                format!(
                    "Counted {} people of {source}. The rows are forgotten; undo takes the counts back.",
                    thousands(people)
                )
            }
            Err(rejected) => format!("Nothing was kept: {} {}", rejected.0.what, rejected.0.remedy),
        };
        self.notices.say(words);
    }

    /// Imports what was looked at, as one step.
    fn import(&mut self, proposal: &Proposal) {
        let Some(session) = &mut self.session else { return };
        let counts = proposal.counts();
        let what = things(proposal.kind, counts.adds + counts.replaces);
        let mut done = false;
        let outcome =
            session.edit(format!("Import {what}"), Room::Voices, None, |w| done = proposal.carry_out(w));
        let words = match outcome {
            Ok(()) if done => format!("Imported {what}. Undo takes all of it back."),
            Ok(()) => "Nothing was imported.".to_owned(),
            Err(rejected) => format!("Nothing was imported: {} {}", rejected.0.what, rejected.0.remedy),
        };
        self.notices.say(words);
    }
}

/// A folder of this name beside the file of the workspace, or in the user's documents.
pub(super) fn folder_beside(session: &Session, name: &str) -> String {
    let beside = session.path().and_then(Path::parent).map(Path::to_owned);
    let documents = || {
        let folders = directories::UserDirs::new()?;
        folders.document_dir().map(Path::to_owned)
    };
    beside.or_else(documents).unwrap_or_default().join(name).display().to_string()
}
