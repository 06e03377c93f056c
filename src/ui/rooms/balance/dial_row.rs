//! The row of words over the bands of the dial.

/// Which ends may be written over the bands, most first.
pub(super) const ENDS: [[bool; 2]; 4] = [[true, true], [true, false], [false, true], [false, false]];

/// How much is said at a tipping point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TipWords {
    /// "62 % C takes the lead".
    Long,
    /// "62 % C leads".
    Short,
    /// "62 %".
    Figure,
}

impl TipWords {
    /// What is lost by saying no more.
    pub(super) fn cost(self) -> usize {
        match self {
            Self::Long => 0,
            Self::Short => 1,
            Self::Figure => 3,
        }
    }
}

/// The words at one tipping point.
#[derive(Clone, Debug)]
pub(super) struct Tip {
    pub(super) x: f32,
    pub(super) figure: String,
    pub(super) rest: String,
    pub(super) width: f32,
}

/// Everything written over the bands, and how far it may reach.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) knob_left: f32,
    pub(super) knob_width: f32,
    pub(super) left_end: bool,
    pub(super) right_end: bool,
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) tips: Vec<Tip>,
}
