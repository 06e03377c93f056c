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
    model::{Room, Workspace},
    session::Session,
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
    /// What stands in fields of any page and is not entered yet, with why it was refused if it was; the page in view last.
    standing: Vec<(Typing, Option<String>)>,
}

impl Hand {
    /// What stands in the fields of a workspace goes with it.
    pub(super) fn forget_what_stands(&mut self) {
        self.standing.clear();
    }

    /// Whether something stands in this field that is not entered yet.
    pub(super) fn stands_in(&self, place: u64) -> bool {
        self.standing.iter().any(|(typing, _)| typing.place == place)
    }

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
        let (room, page) = (self.view.room(), self.view.place().1);
        let is_covered =
            self.dialog.is_some() || self.palette.is_some() || self.view.screen == Screen::Settings;
        if is_covered {
            return;
        }
        let Some(session) = &mut self.session else { return };
        // What another page would not take still stands there.
        self.hand.standing.retain(|(typing, _)| (typing.room, typing.page.as_str()) != (room, page));
        self.hand.standing.extend(typed_in_hand(ctx).map(|typed| {
            let typing = Typing {
                time: jiff::Timestamp::now(),
                field: typed.field,
                of: typed.of,
                text: typed.text,
                room,
                page: page.to_owned(),
                place: typed.place,
                opened: self.opened,
            };
            (typing, typed.refused)
        }));
        session.note_typing(self.hand.standing.last().map(|(typing, _)| typing.clone()));
    }

    /// Says what was left standing on the page that has just been left, as it is not seen any more.
    pub(super) fn tell_what_stands(&mut self, (screen, page): (Screen, &str)) {
        let is_there = |typing: &Typing| typing.room.map(Screen::Room) == Some(screen) && typing.page == page;
        let Some((typing, why)) = self.hand.standing.iter().find(|(typing, _)| is_there(typing)) else {
            return;
        };
        let words = self.not_entered(typing, why.as_deref());
        self.notices.say(format!("{words} It stays there until you mend it."));
    }

    fn not_entered(&self, typing: &Typing, why: Option<&str>) -> String {
        let is_covered = self.session.as_ref().is_some_and(|session| session.workspace().is_covered());
        let page = typing.room.map(|room| match typing.page.as_str() {
            "" => format!(" ({})", room.name()),
            page => format!(" ({}, {page})", room.name()),
        });
        let place = format!("{}{}", typing.place_in_words(), page.unwrap_or_default());
        // Anybody may look at the screen.
        match why.filter(|_| !(is_covered && typing.room == Some(Room::Voices))) {
            Some(why) => format!("Not entered in {place}: {why}"),
            None => format!("What is typed in {place} is not entered."),
        }
    }

    /// Leaves the workspace for something else, once the field being typed in has entered what it holds.
    pub fn ask_to_leave(&mut self, ctx: &Context, after: After) {
        if matches!(&self.dialog, Some(Dialog::Seal(seal)) if seal.is_working()) {
            self.notices.say("It is being sealed, which takes a second or two. Then ask again.".to_owned());
            return;
        }
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
        let on_page = refusal_on_page(ctx).filter(|_| field.is_some() || leads_away(ask));
        let elsewhere = || {
            let (typing, why) = self.hand.standing.last().filter(|_| leads_away(ask))?;
            Some(self.not_entered(typing, why.as_deref()))
        };
        let Some(why) = on_page.or_else(elsewhere) else { return false };
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
                self.dialog = self.still_sealing().map(Dialog::StillSealing);
                self.quit = self.dialog.is_none();
                if !self.quit {
                    self.look_for_unsaved_work();
                    self.start.read_recent(&self.preferences.recent, &self.wake);
                }
            }
            After::NewQuestion => self.begin(Workspace::default()),
            After::Open(path) => self.read(path),
            After::Example(name) => self.open_example(name),
        }
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
