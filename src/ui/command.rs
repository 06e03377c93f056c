//! Every command of the window, once: menu, palette, keys and help are all drawn from here.

pub mod menu;
mod record;
mod step;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{
    additions::Addition,
    drawing::parts::{Kind, Take},
    export::Form,
    icons::{self, Icon},
};
use crate::{
    exchange::report::Format,
    model::{Room, balance::Side, decision::RecordList},
};

pub use record::OnRecord;
pub use step::Step;

/// Something that the window can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    NewQuestion,
    Open,
    Save,
    SaveAs,
    MergeWithFile,
    Seal,
    ChangePassphrase,
    Unseal,
    CloseWorkspace,
    Undo,
    Redo,
    Palette,
    Why,
    TakeSnapshot,
    RenameSnapshot,
    DeleteSnapshot,
    ImportBallots,
    ImportPeople,
    ImportStatements,
    ReadCaseload,
    TryCaseload,
    HandOutBallots,
    SheetsForContributors,
    SavePaper(Form),
    PrintPaper,
    Record(OnRecord),
    Add(Addition),
    Go(Room),
    RoomMode,
    RoomModeHere,
    Wall(Step),
    /// Do this with a chart or a table of the page.
    Take(Take),
    /// Choose what is to be done with which.
    TakeParts,
    Learning,
    Settings,
    Keys,
    LightTheme,
    DarkTheme,
    SystemTheme,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Quit,
}

/// What must hold for a command to do anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    pub workspace_open: bool,
    pub can_undo: bool,
    pub can_redo: bool,
    /// Whether the workspace is sealed with a passphrase.
    pub sealed: bool,
    pub something_to_explain: bool,
    /// Whether Compare has a snapshot in view.
    pub snapshot_in_view: bool,
    /// Whether somebody can give another ballot in the round in view.
    pub ballot_lacking: bool,
    pub room_mode: super::room_mode::State,
    /// How many charts and how many tables are on the page.
    pub charts: usize,
    pub tables: usize,
    /// Whether somebody has signed the record.
    pub signed: bool,
}

impl Command {
    pub const ALL: [Self; 89] = [
        Self::NewQuestion,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::MergeWithFile,
        Self::Seal,
        Self::ChangePassphrase,
        Self::Unseal,
        Self::CloseWorkspace,
        Self::Undo,
        Self::Redo,
        Self::Palette,
        Self::Why,
        Self::TakeSnapshot,
        Self::RenameSnapshot,
        Self::DeleteSnapshot,
        Self::ImportBallots,
        Self::ImportPeople,
        Self::ImportStatements,
        Self::ReadCaseload,
        Self::TryCaseload,
        Self::HandOutBallots,
        Self::SheetsForContributors,
        Self::SavePaper(Form::Paper(Format::Word)),
        Self::SavePaper(Form::Paper(Format::Pdf)),
        Self::SavePaper(Form::Paper(Format::Html)),
        Self::SavePaper(Form::Workbook),
        Self::PrintPaper,
        Self::Record(OnRecord::Sign),
        Self::Record(OnRecord::TakeBack),
        Self::Record(OnRecord::Freeze),
        Self::Record(OnRecord::Unmet),
        Self::Record(OnRecord::History),
        Self::Add(Addition::Option),
        Self::Add(Addition::NeedGroup),
        Self::Add(Addition::Entitlement),
        Self::Add(Addition::TradeOff),
        Self::Add(Addition::Factor(Side::Operational)),
        Self::Add(Addition::Factor(Side::Commercial)),
        Self::Add(Addition::Voice),
        Self::Add(Addition::Statement),
        Self::Add(Addition::Ballot),
        Self::Add(Addition::Entry(RecordList::Reasons)),
        Self::Add(Addition::Entry(RecordList::Conditions)),
        Self::Add(Addition::Entry(RecordList::Safeguards)),
        Self::Add(Addition::Entry(RecordList::Triggers)),
        Self::Add(Addition::Entry(RecordList::Rationed)),
        Self::Add(Addition::Entry(RecordList::Reviews)),
        Self::Add(Addition::Dissent),
        Self::Add(Addition::Duty),
        Self::Go(Room::Question),
        Self::Go(Room::Voices),
        Self::Go(Room::Balance),
        Self::Go(Room::Reach),
        Self::Go(Room::Money),
        Self::Go(Room::Challenge),
        Self::Go(Room::Decision),
        Self::RoomMode,
        Self::RoomModeHere,
        Self::Wall(Step::Next),
        Self::Wall(Step::Back),
        Self::Wall(Step::Reveal),
        Self::Wall(Step::Numbers),
        Self::Wall(Step::MoreTime),
        Self::Wall(Step::VoteAgain),
        Self::Wall(Step::Split),
        Self::Wall(Step::Blank),
        Self::Wall(Step::Freeze),
        Self::Wall(Step::TowardsOperational),
        Self::Wall(Step::TowardsCommercial),
        Self::Wall(Step::OwnWeights),
        Self::Wall(Step::Leave),
        Self::TakeParts,
        Self::Take(Take::CopyPicture),
        Self::Take(Take::SavePicture),
        Self::Take(Take::CopySvg),
        Self::Take(Take::SaveSvg),
        Self::Take(Take::CopyFigures),
        Self::Take(Take::CopyTable),
        Self::Learning,
        Self::Settings,
        Self::Keys,
        Self::LightTheme,
        Self::DarkTheme,
        Self::SystemTheme,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::Quit,
    ];

    /// What the menu, the palette and the help call it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::NewQuestion => "New question",
            Self::Open => "Open a workspace",
            Self::Save => "Save",
            Self::SaveAs => "Save as",
            Self::MergeWithFile => "Merge with another file",
            Self::Seal => "Seal with a passphrase",
            Self::ChangePassphrase => "Change the passphrase",
            Self::Unseal => "Remove the seal",
            Self::CloseWorkspace => "Close the workspace",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Palette => "Search or run a command",
            Self::Why => "Why?",
            Self::TakeSnapshot => "Take a snapshot",
            Self::RenameSnapshot => "Rename the snapshot",
            Self::DeleteSnapshot => "Delete the snapshot",
            Self::ImportBallots => "Import ballots",
            Self::ImportPeople => "Import people",
            Self::ImportStatements => "Import statements",
            Self::ReadCaseload => "Read a caseload",
            Self::TryCaseload => "Try the invented caseload",
            Self::HandOutBallots => "Hand out ballots",
            Self::SheetsForContributors => "Sheets for contributors",
            Self::SavePaper(Form::Paper(Format::Word)) => "Save the paper as Word",
            Self::SavePaper(Form::Paper(Format::Pdf)) => "Save the paper as PDF",
            Self::SavePaper(Form::Paper(Format::Html)) => "Save the paper as HTML",
            Self::SavePaper(Form::Workbook) => "Save everything as an Excel workbook",
            Self::PrintPaper => "Print the paper",
            Self::Record(what) => what.text(),
            Self::Add(addition) => addition.text(),
            Self::Go(room) => room.name(),
            Self::RoomMode => "Room mode",
            Self::RoomModeHere => "Room mode in this window",
            Self::Wall(step) => step.text(),
            Self::TakeParts => "Copy or save from this page",
            Self::Take(take) => taken(take).0,
            Self::Learning => "Learning",
            Self::Settings => "Settings",
            Self::Keys => "Keys",
            Self::LightTheme => "Light theme",
            Self::DarkTheme => "Dark theme",
            Self::SystemTheme => "Theme of the system",
            Self::ZoomIn => "Larger",
            Self::ZoomOut => "Smaller",
            Self::ZoomReset => "Normal size",
            Self::Quit => "Quit",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::NewQuestion => "Start a new workspace with nothing in it",
            Self::Open => "Open a workspace from a file",
            Self::Save => "Save the workspace in its file",
            Self::SaveAs => "Save the workspace in another file",
            Self::MergeWithFile => {
                "Join what somebody else did in a copy of this workspace; asks where you do not agree"
            }
            Self::Seal => "Keep file, backups and journal so that only the passphrase opens them",
            Self::ChangePassphrase => "Seal the workspace with another passphrase from now on",
            Self::Unseal => "Keep the workspace in plain again, under another name",
            Self::CloseWorkspace => "Go back to the start page",
            Self::Undo => "Take back the last step",
            Self::Redo => "Do again what was taken back",
            Self::Palette => "Find any screen, figure or action",
            Self::Why => "Show how the figure in view comes about",
            Self::TakeSnapshot => "Keep options, scores and weights as they stand, to compare with later",
            Self::RenameSnapshot => "Give the snapshot in view on Compare another name or note",
            Self::DeleteSnapshot => "Delete the snapshot in view on Compare; can be undone",
            Self::ImportBallots => "From a table, copied cells or ballot files; looked at before it is taken",
            Self::ImportPeople => {
                "Into the register, from a table or copied cells; looked at before it is taken"
            }
            Self::ImportStatements => "From a table or copied cells; looked at before it is taken",
            Self::ReadCaseload => "From a table or copied cells; its rows are counted and forgotten",
            Self::TryCaseload => {
                "A caseload with people picked and left on purpose, to see what the check finds"
            }
            Self::HandOutBallots => "Forms to print, to fill in a spreadsheet or in a text editor",
            Self::SheetsForContributors => {
                "A sheet for each person or sector: what they said, and what became of it"
            }
            Self::SavePaper(Form::Paper(Format::Word)) => {
                "The committee paper as a document that can be edited"
            }
            Self::SavePaper(Form::Paper(Format::Pdf)) => {
                "The committee paper as it is printed, with its structure for those who hear it"
            }
            Self::SavePaper(Form::Paper(Format::Html)) => "The committee paper as one page for a browser",
            Self::SavePaper(Form::Workbook) => {
                "Every table and result, with formulas that an auditor can follow"
            }
            Self::PrintPaper => "The committee paper on paper, by the printer of this computer",
            Self::Record(what) => what.tooltip(),
            Self::Add(addition) => addition.tooltip(),
            Self::Go(Room::Question) => "What are we deciding, for whom, where, between what?",
            Self::Go(Room::Voices) => "Who has spoken, who has not, what do they want?",
            Self::Go(Room::Balance) => "Which option leads, and what would change that?",
            Self::Go(Room::Reach) => "Who would be left out?",
            Self::Go(Room::Money) => "Where does each pound go, who survives, who saves?",
            Self::Go(Room::Challenge) => "What does it rest on?",
            Self::Go(Room::Decision) => "What do we do, why, who dissents, when do we look again?",
            Self::RoomMode => "A wall for everybody in its own window, and a page for you",
            Self::RoomModeHere => "The wall takes this window; F5 goes to your page and back",
            Self::Wall(step) => step.tooltip(),
            Self::TakeParts => "Charts as pictures, vectors and data; tables as rows",
            Self::Take(take) => taken(take).1,
            Self::Learning => "What round tables and reviews have taught",
            Self::Settings => "Theme, size of text and your name",
            Self::Keys => "Show every key",
            Self::LightTheme => "Dark ink on light paper",
            Self::DarkTheme => "Light ink on dark paper",
            Self::SystemTheme => "Follow the theme of the computer",
            Self::ZoomIn => "Make everything larger",
            Self::ZoomOut => "Make everything smaller",
            Self::ZoomReset => "Show everything at its normal size",
            Self::Quit => "Close the window",
        }
    }

    /// The icon beside it in menus and the palette.
    #[must_use]
    pub fn icon(self) -> Icon {
        match self {
            Self::NewQuestion => icons::PLUS,
            Self::Open => icons::FOLDER_OPEN,
            Self::Save | Self::SaveAs => icons::FLOPPY_DISK,
            Self::CloseWorkspace | Self::Quit => icons::X,
            Self::Undo => icons::ARROW_U_UP_LEFT,
            Self::Redo => icons::ARROW_U_UP_RIGHT,
            Self::Palette | Self::Go(Room::Challenge) => icons::MAGNIFYING_GLASS,
            Self::MergeWithFile => icons::USERS,
            Self::Seal | Self::ChangePassphrase => icons::LOCK_SIMPLE,
            Self::Unseal => icons::LOCK_KEY_OPEN,
            Self::Why => icons::QUESTION,
            Self::TakeSnapshot => icons::CLOCK_COUNTER_CLOCKWISE,
            Self::RenameSnapshot => icons::PENCIL_SIMPLE,
            Self::DeleteSnapshot => icons::TRASH,
            Self::ImportBallots
            | Self::ImportPeople
            | Self::ImportStatements
            | Self::ReadCaseload
            | Self::TryCaseload => icons::TABLE,
            Self::HandOutBallots => icons::NEWSPAPER,
            Self::SheetsForContributors => icons::CHAT_CIRCLE_TEXT,
            Self::SavePaper(Form::Paper(Format::Word)) => icons::FILE_DOC,
            Self::SavePaper(Form::Paper(Format::Pdf)) => icons::FILE_PDF,
            Self::SavePaper(Form::Paper(Format::Html)) => icons::FILE_HTML,
            Self::SavePaper(Form::Workbook) => icons::FILE_XLS,
            Self::PrintPaper => icons::NEWSPAPER,
            Self::Record(what) => what.icon(),
            Self::Add(addition) => addition.icon(),
            Self::Go(Room::Question) => icons::CHAT_CIRCLE_TEXT,
            Self::Go(Room::Voices) => icons::USERS_THREE,
            Self::Go(Room::Balance) => icons::SCALES,
            Self::Go(Room::Reach) => icons::HAND_HEART,
            Self::Go(Room::Money) => icons::COINS,
            Self::Go(Room::Decision) => icons::SEAL_CHECK,
            Self::RoomMode | Self::RoomModeHere => icons::PROJECTOR_SCREEN,
            Self::Wall(step) => step.icon(),
            Self::TakeParts | Self::Take(_) => icons::COPY,
            Self::Learning => icons::BOOK_OPEN,
            Self::Keys => icons::LIST_CHECKS,
            Self::Settings
            | Self::LightTheme
            | Self::DarkTheme
            | Self::SystemTheme
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset => icons::GEAR_SIX,
        }
    }

    /// The keys that run it, the first of which is shown.
    #[must_use]
    pub fn shortcuts(self) -> &'static [KeyboardShortcut] {
        const fn ctrl(key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(Modifiers::COMMAND, key)
        }
        const fn ctrl_shift(key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
        }
        const fn plain(key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(Modifiers::NONE, key)
        }
        match self {
            Self::NewQuestion => const { &[ctrl(Key::N)] },
            Self::Open => const { &[ctrl(Key::O)] },
            Self::Save => const { &[ctrl(Key::S)] },
            Self::SaveAs => const { &[ctrl_shift(Key::S)] },
            Self::CloseWorkspace => const { &[ctrl(Key::W)] },
            Self::Undo => const { &[ctrl(Key::Z)] },
            Self::Redo => const { &[ctrl(Key::Y), ctrl_shift(Key::Z)] },
            Self::Palette => const { &[ctrl(Key::K)] },
            Self::Why => const { &[plain(Key::W)] },
            Self::Go(Room::Question) => const { &[ctrl(Key::Num1)] },
            Self::Go(Room::Voices) => const { &[ctrl(Key::Num2)] },
            Self::Go(Room::Balance) => const { &[ctrl(Key::Num3)] },
            Self::Go(Room::Reach) => const { &[ctrl(Key::Num4)] },
            Self::Go(Room::Money) => const { &[ctrl(Key::Num5)] },
            Self::Go(Room::Challenge) => const { &[ctrl(Key::Num6)] },
            Self::Go(Room::Decision) => const { &[ctrl(Key::Num7)] },
            Self::Settings => const { &[ctrl(Key::Comma)] },
            Self::Keys => const { &[plain(Key::F1)] },
            Self::ZoomIn => const { &[ctrl(Key::Plus), ctrl(Key::Equals)] },
            Self::ZoomOut => const { &[ctrl(Key::Minus)] },
            Self::ZoomReset => const { &[ctrl(Key::Num0)] },
            Self::Quit => const { &[ctrl(Key::Q)] },
            Self::TakeSnapshot => const { &[ctrl_shift(Key::T)] },
            Self::Take(Take::CopyPicture) => const { &[ctrl_shift(Key::C)] },
            Self::Take(Take::SaveSvg) => const { &[ctrl_shift(Key::G)] },
            Self::Take(Take::CopyFigures) => const { &[ctrl_shift(Key::D)] },
            Self::Take(Take::CopyTable) => const { &[ctrl_shift(Key::B)] },
            Self::RoomMode => const { &[plain(Key::F5)] },
            Self::RoomModeHere => const { &[KeyboardShortcut::new(Modifiers::SHIFT, Key::F5)] },
            Self::Wall(step) => step.shortcuts(),
            Self::MergeWithFile
            | Self::Seal
            | Self::ChangePassphrase
            | Self::Unseal
            | Self::RenameSnapshot
            | Self::DeleteSnapshot
            | Self::ImportBallots
            | Self::ImportPeople
            | Self::ImportStatements
            | Self::ReadCaseload
            | Self::TryCaseload
            | Self::HandOutBallots
            | Self::SheetsForContributors
            | Self::SavePaper(_)
            | Self::PrintPaper
            | Self::Record(_)
            | Self::Add(_)
            | Self::TakeParts
            | Self::Take(_)
            | Self::Learning
            | Self::LightTheme
            | Self::DarkTheme
            | Self::SystemTheme => &[],
        }
    }

    /// The first of its keys as people say it, such as "Ctrl K"; empty when it has none.
    #[must_use]
    pub fn keys(self) -> String {
        let Some(shortcut) = self.shortcuts().first() else { return String::new() };
        let mut words = Vec::new();
        if shortcut.modifiers.command {
            words.push(if cfg!(target_os = "macos") { "Cmd" } else { "Ctrl" });
        }
        if shortcut.modifiers.shift {
            words.push("Shift");
        }
        let key = match shortcut.logical_key {
            Key::Plus => "+",
            Key::Minus => "\u{2212}",
            Key::Comma => ",",
            Key::Period => ".",
            Key::PageUp => "Page Up",
            Key::PageDown => "Page Down",
            Key::Escape => "Esc",
            Key::ArrowLeft => "Left",
            Key::ArrowRight => "Right",
            key => key.name(),
        };
        words.push(key);
        words.join(" ")
    }

    /// Whether it would do anything now.
    #[must_use]
    pub fn is_enabled(self, state: State) -> bool {
        match self {
            Self::Seal => state.workspace_open && !state.sealed,
            Self::ChangePassphrase | Self::Unseal => state.sealed,
            Self::RenameSnapshot | Self::DeleteSnapshot => state.snapshot_in_view,
            Self::Add(Addition::Ballot) => state.ballot_lacking,
            Self::Wall(step) => step.is_enabled(state.room_mode),
            Self::Record(OnRecord::TakeBack) => state.signed,
            Self::TakeParts => state.charts + state.tables > 0,
            Self::Take(take) if take.kind() == Kind::Table => state.tables > 0,
            Self::Take(_) => state.charts > 0,
            // What is saved already may have gone from the disk since; saving again finds that out.
            Self::Add(_)
            | Self::Save
            | Self::SaveAs
            | Self::MergeWithFile
            | Self::TakeSnapshot
            | Self::ImportBallots
            | Self::ImportPeople
            | Self::ImportStatements
            | Self::ReadCaseload
            | Self::TryCaseload
            | Self::HandOutBallots
            | Self::SheetsForContributors
            | Self::SavePaper(_)
            | Self::PrintPaper
            | Self::Record(_)
            | Self::CloseWorkspace
            | Self::Go(_)
            | Self::RoomMode
            | Self::RoomModeHere
            | Self::Learning => state.workspace_open,
            Self::Undo => state.can_undo,
            Self::Redo => state.can_redo,
            Self::Why => state.workspace_open && state.something_to_explain,
            _ => true,
        }
    }

    /// Whether the key types a character, so that it must not run while somebody types.
    #[must_use]
    pub fn is_typed(self) -> bool {
        matches!(self, Self::Why | Self::Wall(_))
    }

    /// Whether the key is one that presses or moves what has the keyboard, so that it does only that.
    #[must_use]
    pub fn presses(self) -> bool {
        matches!(
            self,
            Self::Wall(Step::Reveal | Step::TowardsOperational | Step::TowardsCommercial | Step::OwnWeights)
        )
    }

    /// Whether it belongs to Room mode, so that its keys work on the wall as well.
    #[must_use]
    pub fn is_of_room_mode(self) -> bool {
        matches!(self, Self::RoomMode | Self::RoomModeHere | Self::Wall(_))
    }
}

/// What taking a part of a page is called, and what it does.
fn taken(take: Take) -> (&'static str, &'static str) {
    match take {
        Take::CopyPicture => ("Copy chart as picture", "Put the chart on the clipboard as pixels"),
        Take::SavePicture => ("Save chart as picture", "Keep the chart in a PNG file"),
        Take::CopySvg => ("Copy chart as SVG", "Put the chart on the clipboard as text that draws it"),
        Take::SaveSvg => ("Save chart as SVG", "Keep the chart in a file that is sharp at every size"),
        Take::CopyFigures => ("Copy chart’s data", "Put the chart’s figures on the clipboard, for a sheet"),
        Take::CopyTable => ("Copy table", "Put the table on the clipboard, for a sheet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut seen = std::collections::HashMap::new();
        for command in Command::ALL {
            for shortcut in command.shortcuts() {
                let key = format!("{shortcut:?}");
                assert_eq!(seen.insert(key, command), None, "{shortcut:?} runs two commands");
            }
        }
    }

    #[test]
    fn every_command_has_words_and_stands_once_in_the_list() {
        let unique: std::collections::HashSet<_> = Command::ALL.into_iter().collect();
        assert_eq!(unique.len(), Command::ALL.len());
        for command in Command::ALL {
            assert!(!command.text().is_empty() && !command.tooltip().is_empty());
        }
    }

    #[test]
    fn keys_read_as_people_say_them() {
        assert_eq!(Command::Palette.keys(), "Ctrl K");
        assert_eq!(Command::SaveAs.keys(), "Ctrl Shift S");
        assert_eq!(Command::ZoomIn.keys(), "Ctrl +");
        assert_eq!(Command::Go(Room::Balance).keys(), "Ctrl 3");
    }
}
