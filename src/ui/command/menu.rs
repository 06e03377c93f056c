//! Which commands stand in the menu of the workspace, and under which head.

use super::{Command, OnRecord};

/// The heads of the menu, in order.
pub const HEADS: [&str; 5] = ["Workspace", "Change", "Take in", "Give out", "Window"];

impl Command {
    /// The head under which it stands in the menu of the workspace: what is done with the whole of it. What is done to one
    /// thing has its button on that thing's page, and is found with the others by a few letters.
    #[must_use]
    pub fn menu_head(self) -> Option<&'static str> {
        Some(match self {
            Self::NewQuestion
            | Self::Open
            | Self::Save
            | Self::SaveAs
            | Self::MergeWithFile
            | Self::Seal
            | Self::ChangePassphrase
            | Self::Unseal
            | Self::CloseWorkspace => HEADS[0],
            Self::Undo
            | Self::Redo
            | Self::TakeSnapshot
            | Self::Record(OnRecord::Sign | OnRecord::TakeBack | OnRecord::Freeze | OnRecord::History) => {
                HEADS[1]
            }
            Self::ImportBallots | Self::ImportPeople | Self::ImportStatements | Self::ReadCaseload => {
                HEADS[2]
            }
            Self::HandOutBallots | Self::SheetsForContributors | Self::SavePaper(_) | Self::PrintPaper => {
                HEADS[3]
            }
            Self::Palette
            | Self::RoomMode
            | Self::RoomModeHere
            | Self::Settings
            | Self::Keys
            | Self::Quit => HEADS[4],
            _ => return None,
        })
    }
}
