//! The steps of a facilitator, as commands.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::ui::{
    icons::{self, Icon},
    room_mode,
};

/// A step of the facilitator in Room mode, by a key or a clicker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Next,
    Back,
    Reveal,
    Numbers,
    MoreTime,
    VoteAgain,
    Split,
    Blank,
    Freeze,
    TowardsOperational,
    TowardsCommercial,
    OwnWeights,
    Leave,
}

impl Step {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Next => "Next on the wall",
            Self::Back => "Back on the wall",
            Self::Reveal => "Reveal",
            Self::Numbers => "Enter numbers",
            Self::MoreTime => "One more minute",
            Self::VoteAgain => "Vote again",
            Self::Split => "Split by sector",
            Self::Blank => "Blank the wall",
            Self::Freeze => "Freeze the wall",
            Self::TowardsOperational => "Turn the wall’s dial to operational",
            Self::TowardsCommercial => "Turn the wall’s dial to commercial",
            Self::OwnWeights => "Turn the wall’s dial back",
            Self::Leave => "Leave Room mode",
        }
    }

    pub(super) fn tooltip(self) -> &'static str {
        match self {
            Self::Next => "In Room mode: the next factor, or the next thing on the wall",
            Self::Back => "In Room mode: what was on the wall before",
            Self::Reveal => {
                "In Room mode: uncover what the room has said; who is not in is counted as absent"
            }
            Self::Numbers => "In Room mode: type numbers seat by seat, covered",
            Self::MoreTime => "In Room mode: give the ballot one more minute",
            Self::VoteAgain => "In Room mode: ask again about what the room is furthest apart on",
            Self::Split => "In Room mode: show one sector by itself, then the next",
            Self::Blank => "In Room mode: show nothing on the wall, or show it again",
            Self::Freeze => "In Room mode: the wall keeps what it shows, or follows again",
            Self::TowardsOperational => "In Room mode: a point less for commercial factors",
            Self::TowardsCommercial => "In Room mode: a point more for commercial factors",
            Self::OwnWeights => "In Room mode: the dial stands at the weights in force again",
            Self::Leave => "In Room mode: go back to where you were; nothing is lost",
        }
    }

    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Next => icons::CARET_RIGHT,
            Self::Back => icons::CARET_LEFT,
            Self::Reveal => icons::EYE,
            Self::Numbers => icons::LOCK_SIMPLE,
            Self::MoreTime => icons::TIMER,
            Self::VoteAgain => icons::LIST_CHECKS,
            Self::Split => icons::USERS_THREE,
            Self::Freeze => icons::SNOWFLAKE,
            Self::TowardsOperational | Self::TowardsCommercial | Self::OwnWeights => icons::SCALES,
            Self::Blank | Self::Leave => icons::X,
        }
    }

    pub(super) fn shortcuts(self) -> &'static [KeyboardShortcut] {
        const fn plain(key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(Modifiers::NONE, key)
        }
        match self {
            Self::Next => const { &[plain(Key::N), plain(Key::PageDown)] },
            Self::Back => const { &[plain(Key::PageUp)] },
            Self::Reveal => const { &[plain(Key::Space)] },
            Self::Numbers => const { &[plain(Key::E)] },
            Self::MoreTime => const { &[plain(Key::T)] },
            Self::VoteAgain => const { &[plain(Key::V)] },
            Self::Split => const { &[plain(Key::S)] },
            Self::Blank => const { &[plain(Key::B), plain(Key::Period)] },
            Self::Freeze => const { &[plain(Key::F)] },
            Self::TowardsOperational => const { &[plain(Key::ArrowLeft)] },
            Self::TowardsCommercial => const { &[plain(Key::ArrowRight)] },
            Self::OwnWeights => const { &[plain(Key::Home)] },
            Self::Leave => const { &[plain(Key::Escape)] },
        }
    }

    pub(super) fn is_enabled(self, room_mode: room_mode::State) -> bool {
        room_mode.has_keys
            && match self {
                Self::Reveal | Self::Numbers | Self::MoreTime => room_mode.collects,
                Self::VoteAgain => room_mode.can_vote_again,
                Self::Split => room_mode.can_split,
                Self::TowardsOperational | Self::TowardsCommercial | Self::OwnWeights => room_mode.has_dial,
                Self::Next | Self::Back | Self::Blank | Self::Freeze | Self::Leave => true,
            }
    }
}
