//! Leaving: a field that is typed in, which loses nothing by it, and a workspace, which asks first.

use egui::{Context, Event, Id};

use super::{
    command::Command,
    desk::Ask,
    dialogs::{
        Dialog,
        close::{After, Close},
    },
    shell::{Shell, is_typed},
    view::{Screen, View},
    widgets::{leave_field, refusal_on_page, typed_in_hand},
};
use crate::{
    file::journal::Typing,
    model::Workspace,
    session::{Session, keeping::Closing},
};

/// What becomes of the field that was typed in when something was asked for that has to wait for it.
#[derive(Debug, Default)]
pub(super) struct Hand {
    /// The field that the keyboard was taken from, and for how many passes that has been so.
    left: Option<(Id, u8)>,
    /// The field that has the keyboard again after a save.
    back_to: Option<Id>,
    /// Why the field did not take what was typed, as it was told last.
    told: Option<String>,
    /// What has been typed since, for whatever has the keyboard when it is done.
    waiting: Vec<Event>,
}

impl Hand {
    /// Keeps what is typed while no field has the keyboard, and hands it on in its order afterwards.
    pub(super) fn hold_typing(&mut self, ctx: &Context) {
        if self.left.is_none() && self.waiting.is_empty() {
            return;
        }
        ctx.input_mut(|input| {
            if self.left.is_some() {
                self.waiting.extend(input.events.extract_if(.., |event| is_typed(event)));
            } else {
                drop(input.events.splice(0..0, self.waiting.drain(..)));
            }
        });
    }
}

/// A field enters or refuses what it holds in the pass after it was left; some pages tell of a refusal one pass later.
const PASSES_TO_TELL: u8 = 1;

impl Shell {
    /// Puts what is typed in a field of the page, and not entered yet, into the journal. What stood there when something came
    /// to lie over the page stays there.
    pub(super) fn keep_typing(&mut self, ctx: &Context) {
        let (room, page) = (self.view.room(), self.view.place().1.to_owned());
        let is_covered =
            self.dialog.is_some() || self.palette.is_some() || self.view.screen == Screen::Settings;
        if is_covered {
            return;
        }
        let typed = typed_in_hand(ctx);
        let Some(session) = &mut self.session else { return };
        session.note_typing(typed.map(|typed| Typing {
            time: jiff::Timestamp::now(),
            field: typed.field,
            text: typed.text,
            room,
            page,
            place: typed.place,
            opened: self.opened,
        }));
    }

    /// Leaves the workspace for something else, once the field being typed in has entered what it holds.
    pub fn ask_to_leave(&mut self, ctx: &Context, after: After) {
        if !self.is_taking_up(ctx, Ask::Leave(after.clone())) {
            self.leave(after);
        }
    }

    /// Whether what is asked for has to wait for the field being typed in: to enter what it holds, or, where it does not
    /// take that, to be mended. A save does not wait for a field to be mended, and nothing does so twice for one refusal.
    pub(super) fn is_taking_up(&mut self, ctx: &Context, ask: Ask) -> bool {
        let Some((field, passes)) = self.hand.left.take() else {
            let Some(field) = leave_field(ctx) else { return self.is_held_by_refusal(ctx, &ask, None) };
            self.hand.left = Some((field, 0));
            return self.ask_again(ctx, ask);
        };
        if passes < PASSES_TO_TELL {
            self.hand.left = Some((field, passes + 1));
            return self.ask_again(ctx, ask);
        }
        self.hand.back_to = (ask == Ask::Run(Command::Save)).then_some(field);
        self.is_held_by_refusal(ctx, &ask, Some(field))
    }

    /// Tells what a field of the page has not taken: a save goes on without it, anything else waits until it is mended or
    /// asked for once more. What stands refused in a field without the keyboard keeps nobody from working on, only from
    /// leaving.
    fn is_held_by_refusal(&mut self, ctx: &Context, ask: &Ask, field: Option<Id>) -> bool {
        let told = self.hand.told.take();
        let Some(why) = refusal_on_page(ctx).filter(|_| field.is_some() || leads_away(ask)) else {
            return false;
        };
        if *ask == Ask::Run(Command::Save) {
            self.notices.say(format!("What is being typed is not part of the save. {why}"));
            return false;
        }
        if told.as_ref() == Some(&why) {
            return false;
        }
        self.notices.say(format!("{why} Mend it, or ask once more to go on without it."));
        self.hand.told = Some(why);
        if let Some(field) = field {
            ctx.memory_mut(|memory| memory.request_focus(field));
        }
        true
    }

    fn ask_again(&mut self, ctx: &Context, ask: Ask) -> bool {
        self.asks.push(ask);
        ctx.request_repaint();
        true
    }

    /// Whoever saves in the middle of a sentence goes on with it.
    pub(super) fn go_on_typing(&mut self, ctx: &Context) {
        if let Some(field) = self.hand.back_to.take().filter(|_| self.dialog.is_none()) {
            ctx.memory_mut(|memory| memory.request_focus(field));
        }
    }

    /// Leaves the workspace for something else, asking first when work would be lost.
    pub fn leave(&mut self, after: After) {
        if self.session.as_ref().is_some_and(Session::has_unsaved_work) {
            self.dialog = Some(Dialog::Close(Close { after }));
        } else {
            self.left(after);
        }
    }

    /// Does what was waiting for the workspace to be left.
    pub(super) fn left(&mut self, after: After) {
        match after {
            After::StartPage => {
                self.close_session();
                self.view = View::default();
                self.look_for_unsaved_work();
                self.start.read_recent(&self.preferences.recent, &self.wake);
            }
            After::Quit => {
                self.close_session();
                self.view = View::default();
                self.keep_preferences();
                self.quit = true;
            }
            After::NewQuestion => self.begin(Workspace::default()),
            After::Open(path) => self.read(path),
            After::Example(name) => self.open_example(name),
        }
    }

    /// Closes the workspace that is open, if any. A save that is under way goes on behind the window.
    pub(super) fn close_session(&mut self) {
        if let Some(session) = self.session.take() {
            self.filing.closing.push((session.close_behind(), self.filing.sealing.take()));
            self.end_closings();
        }
    }

    /// What could not be saved of a workspace that was left is offered on the start page.
    pub(super) fn poll_closing(&mut self) {
        if self.end_closings() && self.session.is_none() {
            self.look_for_unsaved_work();
        }
    }

    /// Ends what has been done behind the window; whether there was any.
    fn end_closings(&mut self) -> bool {
        let ended: Vec<_> = self.filing.closing.extract_if(.., |(closing, _)| closing.is_done()).collect();
        for sealing in ended.iter().filter_map(|(_, sealing)| sealing.as_ref()) {
            self.end_sealing(sealing);
        }
        !ended.is_empty()
    }

    /// Ends everything as a window that goes does, without waiting for a disk; answers with what is still being saved.
    #[must_use]
    pub fn end(&mut self) -> Vec<Closing> {
        let open = self.session.take().map(Session::break_off);
        std::mem::take(&mut self.filing.closing).into_iter().map(|(closing, _)| closing).chain(open).collect()
    }
}

/// Whether something leads away from the workspace.
fn leads_away(ask: &Ask) -> bool {
    use Command::{CloseWorkspace, NewQuestion, Open, Quit};
    matches!(ask, Ask::Leave(_) | Ask::Run(CloseWorkspace | NewQuestion | Open | Quit))
}

/// Whether the field being typed in enters what it holds before the command is run: the command works with the workspace, or
/// leads away from the page.
pub(super) fn takes_up_typing(command: Command) -> bool {
    !matches!(
        command,
        Command::Wall(_)
            | Command::Palette
            | Command::Why
            | Command::Keys
            | Command::LightTheme
            | Command::DarkTheme
            | Command::SystemTheme
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset
    )
}
