//! The window around the rooms: start page or workspace, and what lies over them.

use std::{path::PathBuf, sync::Arc};

use egui::{Context, Event, Frame, Id, Margin, Ui};

use super::{
    command::{Command, State, Step},
    copying::Drawn,
    desk::{Ask, Desk},
    dialogs::{Dialog, close::After, keys, parts::Parts, unlock::Unlock},
    drawing::parts,
    explain_panel,
    filing::Filing,
    leaving::{Hand, takes_up_typing},
    notices::Notices,
    palette::Palette,
    rail,
    recovering::Resumed,
    room_mode, rooms,
    second_click::SecondClick,
    settings_page, standing_line,
    start::{Asked, Start},
    theme::{Tokens, hairline, size},
    top_bar,
    view::{Screen, View},
    widgets::{forget_left_field, take_left_field},
};
use crate::{
    exchange::TableKind,
    file::{
        preferences::{Preferences, ThemeChoice},
        storage::reason,
    },
    model::Workspace,
    session::{Session, Wake},
};

const LEAVE_ROOM: Command = Command::Wall(Step::Leave);

/// Where the program keeps what is not in a workspace; `None` keeps nothing.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub journals: Option<PathBuf>,
    pub preferences: Option<PathBuf>,
}

/// Everything that the window shows.
pub struct Shell {
    pub session: Option<Session>,
    pub view: View,
    /// Whether the system's own file dialog is asked first. A real window may; what is drawn without one has none.
    pub ask_system_for_files: bool,
    pub(super) preferences: Preferences,
    pub(super) places: Places,
    pub(super) wake: Wake,
    pub(super) start: Start,
    pub(super) dialog: Option<Dialog>,
    pub(super) notices: Notices,
    pub(super) filing: Filing,
    /// What was drawn to be saved, and has no name yet.
    pub(super) drawn: Option<Drawn>,
    pub(super) palette: Option<Palette>,
    pub(super) asks: Vec<Ask>,
    pub(super) quit: bool,
    /// What had the keyboard when something came to lie over the page, to have it again afterwards.
    covered: Option<Option<Id>>,
    /// Whether the wall of Room mode took the one window in the last frame.
    pub(super) was_wall: bool,
    second_click: SecondClick,
    /// What becomes of the field that was typed in when something was asked for.
    pub(super) hand: Hand,
    /// What was typed when the program ended, until it is entered.
    pub(super) resumed: Option<Resumed>,
    /// How many workspaces have been opened: drafts in the fields of one must not come up in the next.
    pub(super) opened: u64,
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shell")
            .field("session", &self.session)
            .field("screen", &self.view.screen)
            .finish_non_exhaustive()
    }
}

impl Shell {
    /// A window on its start page.
    #[must_use]
    pub fn new(places: Places, wake: Wake) -> Self {
        let preferences = places.preferences.as_deref().map(Preferences::load).unwrap_or_default();
        let mut shell = Self {
            session: None,
            view: View::default(),
            ask_system_for_files: false,
            preferences,
            places,
            wake,
            start: Start::default(),
            dialog: None,
            notices: Notices::default(),
            filing: Filing::default(),
            drawn: None,
            palette: None,
            asks: Vec::new(),
            quit: false,
            covered: None,
            was_wall: false,
            second_click: SecondClick::default(),
            hand: Hand::default(),
            resumed: None,
            opened: 0,
        };
        shell.look_for_unsaved_work();
        shell.start.read_recent(&shell.preferences.recent, &shell.wake);
        shell
    }

    /// A window with a workspace open, that keeps nothing beside it.
    #[must_use]
    pub fn with_session(session: Session) -> Self {
        let mut shell = Self::new(Places::default(), Arc::new(|| ()));
        shell.session = Some(session);
        shell
    }

    /// What this computer remembers of its user.
    #[must_use]
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// Whether the window has been told to go, all work being saved or let go.
    #[must_use]
    pub fn wants_to_quit(&self) -> bool {
        self.quit
    }

    /// At the first start on this computer opens the example; later stays on the start page.
    pub fn welcome(&mut self) {
        if !self.preferences.started_before {
            self.preferences.started_before = true;
            self.keep_preferences();
            self.open_example("westmere");
        }
    }

    /// Shows a workspace that is in no file yet.
    pub fn begin(&mut self, workspace: Workspace) {
        let session = Session::new(workspace, 0, Arc::clone(&self.wake));
        self.put(session);
    }

    /// Shows a session, with its journal begun.
    pub(super) fn put(&mut self, mut session: Session) {
        if let Some(folder) = &self.places.journals {
            session.begin_journal(folder);
        }
        self.put_kept(session);
    }

    /// Shows a session whose journal has begun.
    pub(super) fn put_kept(&mut self, session: Session) {
        self.close_session();
        self.session = Some(session);
        self.view = View::default();
        self.opened += 1;
    }

    /// Shows one frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.view.parts = parts::begin_frame(&ctx);
        self.poll(&ctx);
        self.hand.hold_typing(&ctx);
        self.take_keys(&ctx);
        let explained = self.view.explain.question().cloned();
        let kept = self.keep_keys_from_page(&ctx);
        if self.session.is_some() {
            if self.view.room_mode.is_here() {
                self.wall_here(ui);
            } else {
                self.workspace(ui);
            }
            self.projector(&ctx);
        } else if let Some(asked) = self.start.show(ui) {
            self.answer(&ctx, asked);
        }
        if let Some(events) = kept {
            ctx.input_mut(|input| input.events = events);
        }
        // What the start page has just opened gives the keyboard to its own field.
        self.cover(&ctx);
        self.show_part_menu(&ctx);
        self.over(&ctx);
        self.hand_out_part(&ctx);
        for ask in std::mem::take(&mut self.asks) {
            match ask {
                Ask::Run(command) => self.run(&ctx, command),
                Ask::Leave(after) => self.ask_to_leave(&ctx, after),
                Ask::Notice(words) => self.notices.say(words),
            }
        }
        self.keep_typing(&ctx);
        self.watch_resumed();
        self.second_click.swallow(&ctx, explained.as_ref(), self.view.explain.question());
        if !self.view.room_mode.is_here() {
            self.notices.show(&ctx);
        }
        self.fit_wall(&ctx);
        self.view.room_mode.remember_focus(&ctx);
        let before = self.view.place();
        let arrived = self.view.arrive();
        if self.view.place() != before {
            self.tell_what_stands(before);
        }
        self.view.remember_place();
        if arrived {
            // Who points needs no mark of where the keyboard is, and what was added on this page may have taken it.
            let unkept = self.view.place() != before || ctx.memory(|memory| memory.focused().is_none());
            // In Room mode keys are for the wall until somebody goes to a control.
            let unkept = unkept && self.view.screen != Screen::RoomMode;
            self.view.keyboard_to_head = unkept && !ctx.input(|input| input.pointer.any_click());
            forget_left_field(&ctx);
            ctx.request_repaint();
        }
    }

    /// Goes to a screen by a command.
    fn turn_to(&mut self, ctx: &Context, screen: Screen) {
        ctx.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
        self.view.want(screen, None);
    }

    fn poll(&mut self, ctx: &Context) {
        if let Some(session) = &mut self.session {
            session.poll();
            session.works_as(&self.preferences.name);
            for notice in session.take_notices() {
                self.notices.say(notice);
            }
        }
        self.poll_filing(ctx);
    }

    /// Runs the commands whose keys were pressed.
    fn take_keys(&mut self, ctx: &Context) {
        let state = self.state();
        if self.dialog.is_some() || self.palette.is_some() {
            // Who needs everything larger needs it in a dialog too.
            for command in [Command::ZoomIn, Command::ZoomOut, Command::ZoomReset] {
                if is_pressed(ctx, command, true) || is_pressed(ctx, command, false) {
                    self.run(ctx, command);
                }
            }
            return;
        }
        let typing = ctx.text_edit_focused();
        if !typing && state.room_mode.has_keys && self.view.room_mode.takes_numbers() {
            self.take_numbers(ctx);
        }
        let focused = ctx.memory(|memory| memory.focused().is_some());
        let esc_is_taken = self.view.room_mode.esc_is_taken();
        self.lead_tab(ctx);
        // Keys with Shift first: without it a key also answers to what is pressed with it.
        let all = [true, false].into_iter().flat_map(|shift| Command::ALL.map(|command| (shift, command)));
        for (shift, command) in all {
            if command.is_typed() && typing {
                continue;
            }
            if !command.is_enabled(state) {
                // Ctrl Shift Z with nothing to do again is no Ctrl Z.
                if shift && ctx.input(|input| input.modifiers.command) {
                    is_pressed(ctx, command, shift);
                }
                continue;
            }
            let taken = (command.presses() && focused) || (command == LEAVE_ROOM && esc_is_taken);
            if taken {
                continue;
            }
            if is_pressed(ctx, command, shift) {
                if typing && takes_up_typing(command) {
                    // The field has first what was typed in this very frame.
                    self.asks.push(Ask::Run(command));
                } else {
                    self.run(ctx, command);
                }
            }
        }
        let nothing_focused = ctx.memory(|memory| memory.focused().is_none());
        if nothing_focused && ctx.input(|input| input.key_pressed(egui::Key::Escape)) {
            self.view.explain.close();
        }
    }

    /// While a dialog or the palette lies over the page, the page has no keyboard: hides what is typed from it, and answers
    /// with all that happened, for what lies over it.
    fn keep_keys_from_page(&mut self, ctx: &Context) -> Option<Vec<Event>> {
        if self.dialog.is_none() && self.palette.is_none() {
            if let Some(before) = self.covered.take().flatten() {
                ctx.memory_mut(|memory| memory.request_focus(before));
            }
            return None;
        }
        self.cover(ctx);
        Some(ctx.input_mut(|input| {
            let all = input.events.clone();
            input.events.retain(|event| !is_typed(event));
            all
        }))
    }

    /// Takes the keyboard from the page once something lies over it, and remembers what had it.
    fn cover(&mut self, ctx: &Context) {
        if self.covered.is_none() && (self.dialog.is_some() || self.palette.is_some()) {
            let focused = ctx.memory(egui::Memory::focused);
            self.covered = Some(focused);
            if let Some(focused) = focused {
                ctx.memory_mut(|memory| memory.surrender_focus(focused));
            }
        }
    }

    /// Tab goes on from the field that was left last, or from the head of the page, not from the top of the window.
    fn lead_tab(&mut self, ctx: &Context) {
        let lost = ctx.memory(|memory| memory.focused().is_none());
        if !lost || self.session.is_none() || !ctx.input(|input| input.key_pressed(egui::Key::Tab)) {
            return;
        }
        match take_left_field(ctx) {
            Some(field) => ctx.memory_mut(|memory| memory.request_focus(field)),
            None => self.view.keyboard_to_head = true,
        }
    }

    fn state(&mut self) -> State {
        let Self { session, view, asks, .. } = self;
        session.as_mut().map_or_else(State::default, |session| top_bar::state(&Desk { session, view, asks }))
    }

    fn workspace(&mut self, ui: &mut Ui) {
        let Self { session, view, asks, preferences, opened, .. } = self;
        let Some(session) = session else { return };
        let mut desk = Desk { session, view, asks };
        let tokens = Tokens::of(ui);
        let whole = ui.max_rect();
        let small = whole.width() < size::SMALL_WINDOW;
        let bar = |fill| Frame::new().fill(fill);
        // The page is drawn before what lies after it in reading order, the explanation and the standing line, so that
        // these show what the page has just changed in the same frame.
        let above = whole.with_max_y(whole.bottom() - size::STANDING_LINE);
        let mut above =
            ui.new_child(egui::UiBuilder::new().max_rect(above).id_salt("above the standing line"));
        egui::Panel::top("top bar")
            .exact_size(size::TOP_BAR)
            .frame(bar(tokens.card).inner_margin(Margin::symmetric(if small { 16 } else { 12 }, 0)))
            .show_separator_line(false)
            .show(&mut above, |ui| top_bar::show(ui, &mut desk, small));
        let rail_width = if small { size::RAIL_SMALL } else { size::RAIL };
        egui::Panel::left("rail")
            .exact_size(rail_width)
            .resizable(false)
            .frame(bar(tokens.rail).inner_margin(Margin::symmetric(8, 12)))
            .show_separator_line(false)
            .show(&mut above, |ui| rail::show(ui, &mut desk, small));
        let explaining = desk.view.explain.question().is_some();
        let mut page = above.available_rect_before_wrap();
        page.max.x -= if explaining { size::EXPLAIN } else { 0.0 };
        let mut page = above.new_child(egui::UiBuilder::new().max_rect(page).id_salt(("page", *opened)));
        let margin = if small { Margin::symmetric(20, 12) } else { Margin::symmetric(24, 16) };
        desk.view.figure_in_focus = None;
        egui::CentralPanel::default().frame(bar(tokens.paper).inner_margin(margin)).show(&mut page, |ui| {
            match desk.view.screen {
                Screen::Room(room) => rooms::show(ui, room, &mut desk),
                Screen::Learning => rooms::later(
                    ui,
                    desk.view,
                    "Learning",
                    "Learning will keep what round tables and reviews have taught, to be shared with others.",
                ),
                Screen::RoomMode => room_mode::show_facilitator(ui, &mut desk),
                Screen::Settings => {
                    if let Some(command) = settings_page::show(ui, desk.view, preferences) {
                        desk.run(command);
                    }
                }
            }
        });
        if explaining {
            egui::Panel::right("explain")
                .exact_size(size::EXPLAIN)
                .resizable(false)
                .frame(bar(tokens.card).inner_margin(Margin::symmetric(20, 16)))
                .show_separator_line(false)
                .show(&mut above, |ui| explain_panel::show(ui, &mut desk));
        }
        egui::Panel::bottom("standing line")
            .exact_size(size::STANDING_LINE)
            .frame(bar(tokens.card).inner_margin(Margin::symmetric(16, 0)))
            .show_separator_line(false)
            .show(ui, |ui| standing_line::show(ui, &mut desk, small));
        let painter = ui.ctx().layer_painter(egui::LayerId::background());
        painter.hline(whole.x_range(), whole.top() + size::TOP_BAR - 0.5, hairline(tokens.hair));
        painter.hline(whole.x_range(), whole.bottom() - size::STANDING_LINE + 0.5, hairline(tokens.hair));
        let between = (whole.top() + size::TOP_BAR)..=(whole.bottom() - size::STANDING_LINE);
        painter.vline(whole.left() + rail_width - 0.5, between.clone(), hairline(tokens.hair));
        if explaining {
            painter.vline(whole.right() - size::EXPLAIN + 0.5, between, hairline(tokens.hair));
        }
    }

    /// What lies over the page: the palette and dialogs.
    fn over(&mut self, ctx: &Context) {
        if let Some(mut palette) = self.palette.take() {
            let Self { session, view, asks, .. } = self;
            let mut run = Vec::new();
            let mut asked = Vec::new();
            let mut desk = session.as_mut().map(|session| Desk { session, view, asks: &mut asked });
            let close = palette.show(ctx, desk.as_mut(), &mut run);
            asks.extend(asked);
            asks.extend(run.into_iter().map(Ask::Run));
            if !close {
                self.palette = Some(palette);
            }
        }
        match self.dialog.take() {
            None => {}
            Some(Dialog::Snapshot(dialog)) => self.name_snapshot(ctx, dialog),
            Some(Dialog::FromTables(dialog)) => self.answer_from_tables(ctx, dialog),
            Some(Dialog::Import(dialog)) => self.answer_import(ctx, dialog),
            Some(Dialog::HandOut(dialog)) => self.answer_hand_out(ctx, dialog),
            Some(Dialog::SavePaper(dialog)) => self.answer_save_paper(ctx, dialog),
            Some(Dialog::ReadCaseload(dialog)) => self.answer_caseload(ctx, dialog),
            Some(Dialog::Parts(dialog)) => self.answer_parts(ctx, dialog),
            Some(Dialog::Keys) => self.dialog = (!keys::show(ctx)).then_some(Dialog::Keys),
            Some(dialog) => self.show_filing_dialog(ctx, dialog),
        }
    }

    fn answer(&mut self, ctx: &Context, asked: Asked) {
        match asked {
            Asked::Run(command) => self.run(ctx, command),
            Asked::Open(path) => self.read(path),
            Asked::Forget(path) => {
                self.preferences.forget(&path);
                self.keep_preferences();
                self.start.read_recent(&self.preferences.recent, &self.wake);
            }
            Asked::Example(name) => self.open_example(name),
            Asked::FromTables => self.dialog = Some(Dialog::FromTables(Box::default())),
            Asked::Recover(index) => self.offer_recovery(index),
            Asked::Unlock => self.dialog = Some(Dialog::Unlock(Box::new(Unlock::of_journals()))),
        }
    }

    /// Runs a command that is enabled.
    pub fn run(&mut self, ctx: &Context, command: Command) {
        let state = self.state();
        if !command.is_enabled(state) {
            return;
        }
        if takes_up_typing(command) && self.is_taking_up(ctx, Ask::Run(command)) {
            return;
        }
        match command {
            Command::NewQuestion => self.leave(After::NewQuestion),
            Command::Open => self.choose_file_to_open(),
            Command::Save => {
                self.save();
                self.go_on_typing(ctx);
            }
            Command::SaveAs => self.choose_file_to_save(),
            Command::MergeWithFile => self.choose_file_to_merge(),
            Command::Seal | Command::ChangePassphrase | Command::Unseal => self.ask_for_seal(command),
            Command::CloseWorkspace => self.leave(After::StartPage),
            Command::Quit => self.leave(After::Quit),
            Command::Undo => {
                if let Some(label) = self.session.as_mut().and_then(Session::undo) {
                    self.notices.say(format!("Undone: {label}"));
                }
            }
            Command::Redo => {
                if let Some(label) = self.session.as_mut().and_then(Session::redo) {
                    self.notices.say(format!("Done again: {label}"));
                }
            }
            Command::Palette => {
                let Self { session, view, asks, .. } = self;
                let desk = session.as_mut().map(|session| Desk { session, view, asks });
                self.palette = Some(Palette::open(desk.as_ref(), state));
            }
            Command::Why => self.why(),
            Command::TakeSnapshot => self.ask_for_snapshot(),
            Command::RenameSnapshot => self.ask_for_snapshot_name(),
            Command::DeleteSnapshot => self.delete_snapshot(),
            Command::ImportBallots => self.ask_for_import(TableKind::Ballots),
            Command::ImportPeople => self.ask_for_import(TableKind::Stakeholders),
            Command::ImportStatements => self.ask_for_import(TableKind::Statements),
            Command::ReadCaseload => self.ask_for_caseload(),
            Command::TryCaseload => self.try_caseload(),
            Command::HandOutBallots => self.ask_to_hand_out(),
            Command::SheetsForContributors => self.ask_for_sheets(),
            Command::SavePaper(form) => self.ask_for_paper(form),
            Command::PrintPaper => self.ask_to_print(),
            Command::Record(_) | Command::Add(_) => {
                let Self { session, view, asks, .. } = self;
                let Some(session) = session else { return };
                let mut desk = Desk { session, view, asks };
                match command {
                    Command::Record(what) => what.begin(&mut desk),
                    Command::Add(addition) => addition.begin(&mut desk),
                    _ => {}
                }
            }
            Command::Go(room) => self.turn_to(ctx, Screen::Room(room)),
            Command::RoomMode | Command::RoomModeHere | Command::Wall(_) => {
                let Self { session, view, asks, .. } = self;
                if let Some(session) = session {
                    room_mode::run(ctx, &mut Desk { session, view, asks }, command);
                }
            }
            Command::Learning => self.turn_to(ctx, Screen::Learning),
            Command::Settings => self.turn_to(ctx, Screen::Settings),
            Command::Take(take) => self.take_part(ctx, take),
            Command::TakeParts => self.dialog = Some(Dialog::Parts(Parts::default())),
            Command::Keys => self.dialog = Some(Dialog::Keys),
            Command::LightTheme => self.wear(ctx, ThemeChoice::Light),
            Command::DarkTheme => self.wear(ctx, ThemeChoice::Dark),
            Command::SystemTheme => self.wear(ctx, ThemeChoice::System),
            Command::ZoomIn => self.zoom(ctx, self.preferences.zoom + 0.1),
            Command::ZoomOut => self.zoom(ctx, self.preferences.zoom - 0.1),
            Command::ZoomReset => self.zoom(ctx, 1.0),
        }
    }

    fn why(&mut self) {
        let Self { session, view, asks, .. } = self;
        let Some(session) = session else { return };
        let desk = Desk { session, view, asks };
        let question = desk.view.figure_in_focus.clone().or_else(|| explain_panel::usual_question(&desk));
        if desk.view.explain.question().is_some() && question.is_none() {
            view.explain.close();
        } else if let Some(question) = question {
            view.explain.toggle(question);
        }
    }

    fn wear(&mut self, ctx: &Context, choice: ThemeChoice) {
        self.preferences.theme = choice;
        self.keep_preferences();
        self.apply_preferences(ctx);
    }

    fn zoom(&mut self, ctx: &Context, zoom: f32) {
        self.preferences.zoom = ((zoom * 10.0).round() / 10.0).clamp(0.8, 2.0);
        self.keep_preferences();
        self.apply_preferences(ctx);
    }

    /// Puts theme and size into force.
    pub fn apply_preferences(&self, ctx: &Context) {
        ctx.set_theme(match self.preferences.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
        ctx.set_zoom_factor(self.preferences.zoom);
    }

    pub(super) fn keep_preferences(&mut self) {
        if let Some(path) = &self.places.preferences
            && let Err(error) = self.preferences.save(path)
        {
            self.notices.say(format!("What you set is not remembered for next time: {}", reason(&error)));
        }
    }
}

/// Whether one of its keys is pressed, of those with Shift or of those without.
fn is_pressed(ctx: &Context, command: Command, shift: bool) -> bool {
    ctx.input_mut(|input| {
        let mut keys = command.shortcuts().iter().filter(|shortcut| shortcut.modifiers.shift == shift);
        keys.any(|shortcut| input.consume_shortcut(shortcut))
    })
}

/// Whether an event comes from the keyboard.
pub(super) fn is_typed(event: &Event) -> bool {
    use Event::{Copy, Cut, Ime, Key, Paste, Text};
    matches!(event, Copy | Cut | Ime(_) | Key { .. } | Paste(_) | Text(_))
}
