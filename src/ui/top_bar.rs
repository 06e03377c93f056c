//! The bar at the top: which workspace, whether it is saved, and the ways to everything else.

use std::{path::Path, time::Duration};

use egui::{Align, Align2, Layout, Popup, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use jiff::Timestamp;

use super::{
    command::{Command, OnRecord, State, menu},
    desk::Desk,
    dialogs::recover::day_and_time,
    icons::{self, Icon},
    theme::{Tokens, Type, hairline, rounded, size, space},
    widgets::{Button, button::paint_focus, icon_button, paint_text, paint_text_fitted, wrapped},
};
use crate::session::keeping::{SaveState, clock_time};

/// Shows the bar. In small windows words are shortened; in narrow ones the place goes.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, small: bool) {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let narrow = width < size::NARROW_WINDOW;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let brand_width = if small { 108.0 } else { 148.0 };
        brand(ui, if narrow { BRAND_MARK } else { brand_width });
        workspace_menu(ui, desk, width);
        if !narrow {
            place(ui, desk);
        }
        if !desk.view.for_picture {
            saved(ui, desk);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let state = state(desk);
            let on = desk.view.room_mode.on;
            let words = if small { "Room" } else { Command::RoomMode.text() };
            let button = Button::new(words).icon(Command::RoomMode.icon()).selected(on);
            let tooltip = format!("{}: {}", Command::RoomMode.tooltip(), Command::RoomMode.keys());
            if button.tooltip(&tooltip).show(ui).clicked() {
                desk.run(Command::RoomMode);
            }
            for command in [Command::Redo, Command::Undo] {
                let name = hint(command, desk);
                if icon_button(ui, command.icon(), &name, command.is_enabled(state)).clicked() {
                    desk.run(command);
                }
            }
            ui.add_space(4.0);
            let room = (ui.available_width() - 12.0).max(0.0);
            search(ui, desk, if small { 250.0_f32.min(room) } else { 300.0_f32.min(room) });
        });
    });
    let _ = tokens;
}

/// What must hold for commands, as the session stands.
pub fn state(desk: &Desk<'_>) -> State {
    let parts = |kind| desk.view.parts.iter().filter(|part| part.kind == kind).count();
    State {
        workspace_open: true,
        sealed: desk.session.key().is_some(),
        can_undo: desk.session.history().undo_label().is_some(),
        can_redo: desk.session.history().redo_label().is_some(),
        something_to_explain: desk.view.explain.question().is_some()
            || super::explain_panel::usual_question(desk).is_some(),
        ballot_lacking: super::rooms::voices::lacks_ballot(desk.session.workspace(), &desk.view.voices),
        room_mode: super::room_mode::state(desk),
        charts: parts(crate::ui::drawing::parts::Kind::Chart),
        tables: parts(crate::ui::drawing::parts::Kind::Table),
        signed: desk.session.workspace().decision.signed.is_some(),
        snapshot_in_view: desk.view.balance.compare.snapshot_in_view(desk.session.workspace()).is_some(),
    }
}

fn hint(command: Command, desk: &Desk<'_>) -> String {
    let step = match command {
        Command::Undo => desk.session.history().undo_label(),
        Command::Redo => desk.session.history().redo_label(),
        _ => None,
    };
    match step {
        Some(step) => format!("{}: {step}", command.text()),
        None => command.text().to_owned(),
    }
}

/// How wide the mark of the program is alone: in a narrow window the search has the room of its name.
const BRAND_MARK: f32 = 24.0;

fn brand(ui: &mut Ui, width: f32) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Evenhand"));
    let at = pos2(rect.left() + 10.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icons::SCALES.0, Icon::filled_font(20.0), tokens.ink);
    if width > BRAND_MARK {
        let at = pos2(rect.left() + 29.0, rect.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, "Evenhand", Type::Strong, tokens.ink);
    }
}

/// The title with the menu of everything that can be done with the workspace.
fn workspace_menu(ui: &mut Ui, desk: &mut Desk<'_>, width: f32) {
    let tokens = Tokens::of(ui);
    let title = desk.session.workspace().title.clone();
    let title = if title.is_empty() { "Untitled question".to_owned() } else { title };
    let most = (width * 0.28).max(150.0);
    let words =
        ui.painter().layout_no_wrap(title.clone(), Type::Strong.font(), tokens.ink).size().x.min(most);
    let (rect, response) = ui.allocate_exact_size(vec2(words + 34.0, size::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, format!("Workspace menu, {title}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
    }
    let left = pos2(rect.left() + 6.0, rect.center().y);
    paint_text_fitted(
        ui.painter(),
        left,
        Align2::LEFT_CENTER,
        &title,
        Type::Strong,
        tokens.ink,
        (words + 1.0, 1),
    );
    let caret = pos2(rect.right() - 13.0, rect.center().y);
    ui.painter().text(caret, Align2::CENTER_CENTER, icons::CARET_DOWN.0, Icon::font(14.0), tokens.ink3);
    paint_focus(ui, &response, rect, size::RADIUS);
    let state = state(desk);
    let most = ui.ctx().content_rect().bottom() - rect.bottom() - MENU_MARGIN;
    Popup::menu(&response).width(280.0).show(|ui| {
        ScrollArea::vertical()
            .max_height(most)
            .min_scrolled_height(most)
            .show(ui, |ui| menu(ui, desk, state));
    });
}

/// What the menu leaves free under it.
const MENU_MARGIN: f32 = 32.0;

/// What can be done with the workspace, under the heads of the menu. Of the ways to seal, those that fit.
fn menu(ui: &mut Ui, desk: &mut Desk<'_>, state: State) {
    ui.spacing_mut().item_spacing.y = 2.0;
    for head in menu::HEADS {
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            ui.add_space(space::S);
            ui.label(Type::Small.text(head, Tokens::of(ui).ink3));
        });
        for command in Command::ALL.into_iter().filter(|command| command.menu_head() == Some(head)) {
            let enabled = command.is_enabled(state);
            let fits = match command {
                Command::Seal | Command::ChangePassphrase | Command::Unseal => enabled,
                Command::Record(OnRecord::Sign | OnRecord::TakeBack) => enabled,
                _ => true,
            };
            if !fits {
                continue;
            }
            let keys = command.keys();
            let button = Button::new(command.text())
                .icon(command.icon())
                .quiet()
                .keys(&keys)
                .width(268.0)
                .tooltip(command.tooltip())
                .enabled(enabled);
            if button.show(ui).clicked() {
                desk.run(command);
                ui.close();
            }
        }
    }
}

fn place(ui: &mut Ui, desk: &Desk<'_>) {
    let place = &desk.session.workspace().question.place;
    if !place.is_empty() {
        let tokens = Tokens::of(ui);
        with_icon(ui, icons::MAP_PIN, place, Type::Body, tokens.ink2, 160.0);
    }
}

/// Whether the work is saved; a failure leads to a way out.
fn saved(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    if let Some(words) = desk.session.open_elsewhere() {
        let words = words.to_owned();
        ui.scope(|ui| with_icon(ui, icons::USERS, "Open elsewhere", Type::Small, tokens.ink2, 140.0))
            .response
            .on_hover_text(words);
    }
    if desk.session.is_only_looked_at() {
        ui.scope(|ui| with_icon(ui, icons::EYE, "Only to look at", Type::Small, tokens.ink2, 140.0));
        let tooltip = "Go back to the start page, where this work is still to be recovered";
        if Button::new("Recover…").quiet().tooltip(tooltip).show(ui).clicked() {
            desk.run(Command::CloseWorkspace);
        }
        return;
    }
    let unkept = desk.session.journal_failure().map(str::to_owned);
    let (icon, words) = match (desk.session.save_state(), unkept) {
        (SaveState::Saved(_) | SaveState::Unsaved, None) if desk.session.is_read_only() => {
            let why = "The file, or the folder it is in, may not be written to by you. To keep what you change, save \
                       it as another file.";
            return way_out(ui, desk, (icons::LOCK_SIMPLE, "Read-only", why), &[Command::SaveAs]);
        }
        (SaveState::Saved(at), _) => (Some(icons::CHECK), format!("Saved {}", clock_time(at))),
        (SaveState::Saving, unkept) => {
            // How long it has taken is to be said when it takes long.
            ui.ctx().request_repaint_after(Duration::from_secs(1));
            match desk.session.slow_save() {
                Some(time) => return slow(ui, desk, time, unkept),
                None => (None, "Saving…".to_owned()),
            }
        }
        (SaveState::Failed(error), _) => {
            let words = format!("Not saved: {}", error.in_brief());
            return not_saved(ui, desk, &words, &error.to_string());
        }
        (_, Some(why)) => return not_saved(ui, desk, "Not saved, and not safe from a crash", &why),
        (SaveState::NoFile, None) => match desk.session.backup_of() {
            Some((file, saved)) => return backup(ui, file, saved),
            None => (None, "Not in a file yet".to_owned()),
        },
        (SaveState::Unsaved, None) => (None, "Not saved yet".to_owned()),
    };
    match icon {
        Some(icon) => with_icon(ui, icon, &words, Type::Small, tokens.ink3, 140.0),
        None => {
            ui.label(Type::Small.text(words, tokens.ink3));
        }
    }
}

/// Says which file a backup is of, and when that held it.
fn backup(ui: &mut Ui, file: &Path, saved: Timestamp) {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = format!("Backup of {name} from {}", day_and_time(saved));
    let ink = Tokens::of(ui).ink2;
    ui.scope(|ui| with_icon(ui, icons::CLOCK_COUNTER_CLOCKWISE, &words, Type::Small, ink, 300.0))
        .response
        .on_hover_text(format!("{words}. Save proposes {}", file.display()));
}

/// Says for how long the disk has not answered, and that one can work on.
fn slow(ui: &mut Ui, desk: &mut Desk<'_>, time: Duration, unkept: Option<String>) {
    let mut words = format!("Saving for {} s", time.as_secs());
    let safe = match &unkept {
        None => "You can go on working: your edits are in the recovery journal.".to_owned(),
        Some(why) => format!("Your edits are not safe from a crash meanwhile. {why}"),
    };
    if ui.ctx().content_rect().width() >= size::SMALL_WINDOW && unkept.is_none() {
        words += ": the folder does not answer";
    }
    let folder = desk.session.path().and_then(Path::parent);
    let folder = folder.map(|folder| format!(" {}", folder.display())).unwrap_or_default();
    let why = format!("The folder{folder} does not answer. {safe}");
    way_out(ui, desk, (icons::FLOPPY_DISK, &words, &why), &[]);
}

/// Says that work is not safe, and leads to the ways out of it.
fn not_saved(ui: &mut Ui, desk: &mut Desk<'_>, words: &str, why: &str) {
    way_out(ui, desk, (icons::WARNING_CIRCLE, words, why), &[Command::Save, Command::SaveAs]);
}

/// Says how it stands with the file, why, and what can be done.
fn way_out(ui: &mut Ui, desk: &mut Desk<'_>, said: (Icon, &str, &str), ways: &[Command]) {
    let (icon, words, why) = said;
    let button = Button::new(words).icon(icon).quiet();
    let response = button.show(ui).on_hover_text(why);
    Popup::menu(&response).width(300.0).show(|ui| {
        let tokens = Tokens::of(ui);
        wrapped(ui, why, Type::Small, tokens.ink2);
        for &command in ways {
            if Button::new(command.text()).icon(command.icon()).quiet().width(288.0).show(ui).clicked() {
                desk.run(command);
                ui.close();
            }
        }
    });
}

fn with_icon(ui: &mut Ui, icon: Icon, words: &str, role: Type, ink: egui::Color32, most: f32) {
    let wide = ui.painter().layout_no_wrap(words.to_owned(), role.font(), ink).size().x.min(most);
    let (rect, response) = ui.allocate_exact_size(vec2(wide + 23.0, size::CONTROL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let at = pos2(rect.left() + 9.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::font(16.0), ink);
    let at = pos2(rect.left() + 22.0, rect.center().y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, role, ink, (wide + 1.0, 1));
}

/// The least room between the words of the search and its keys.
const SEARCH_GAP: f32 = 16.0;

/// The field that opens the palette.
fn search(ui: &mut Ui, desk: &mut Desk<'_>, width: f32) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, Command::Palette.text()));
    ui.painter().rect(rect, rounded(size::RADIUS), tokens.sunken, hairline(tokens.edge), StrokeKind::Inside);
    let at = pos2(rect.left() + 18.0, rect.center().y);
    let painter = ui.painter();
    painter.text(at, Align2::CENTER_CENTER, icons::MAGNIFYING_GLASS.0, Icon::font(16.0), tokens.ink3);
    let keys = Command::Palette.keys();
    let galley = painter.layout_no_wrap(keys, Type::Small.font(), tokens.ink3);
    let chip = galley.size() + vec2(12.0, 3.0);
    let has_keys = width >= 150.0;
    let room = width - 34.0 - if has_keys { chip.x + 8.0 + SEARCH_GAP } else { SEARCH_GAP };
    let fits = |words: &&str| {
        painter.layout_no_wrap((*words).to_owned(), Type::Body.font(), tokens.ink3).size().x <= room
    };
    let words = [Command::Palette.text(), "Search or run"].into_iter().find(fits).unwrap_or("Search");
    paint_text(
        painter,
        pos2(rect.left() + 34.0, rect.center().y),
        Align2::LEFT_CENTER,
        words,
        Type::Body,
        tokens.ink3,
    );
    if has_keys {
        let middle = pos2(rect.right() - 8.0 - chip.x / 2.0, rect.center().y);
        let frame = egui::Rect::from_center_size(middle, chip);
        painter.rect(frame, rounded(5.0), tokens.card, hairline(tokens.line), StrokeKind::Inside);
        painter.galley(frame.center() - galley.size() / 2.0, galley, tokens.ink3);
    }
    paint_focus(ui, &response, rect, size::RADIUS);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        desk.run(Command::Palette);
    }
}
