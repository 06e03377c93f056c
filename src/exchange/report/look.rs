//! How a paper looks, in points of paper: 72 to the inch. Its ink is that of the window's light theme.

use crate::exchange::drawing::Colour;

/// A4.
pub(super) const PAGE: [f32; 2] = [595.276, 841.89];
/// Left and right of the text: 22 mm.
pub(super) const SIDE: f32 = 62.4;
/// From the top of the page to the text.
pub(super) const TOP: f32 = 82.0;
/// From the end of the text to the foot of the page.
pub(super) const BOTTOM: f32 = 76.0;
/// Baselines of the lines at the head and at the foot of every page.
pub(super) const HEAD_LINE: f32 = 51.0;
pub(super) const FOOT_LINE: f32 = PAGE[1] - 42.0;
/// How wide the text stands, and how high it may.
pub(super) const WIDTH: f32 = PAGE[0] - 2.0 * SIDE;
pub(super) const HEIGHT: f32 = PAGE[1] - TOP - BOTTOM;
/// Points of paper in a point of the window, of which 96 go to the inch.
pub(super) const SCALE: f32 = 0.75;

pub(super) const INK: Colour = colour(0x1B, 0x23, 0x30);
pub(super) const QUIET: Colour = colour(0x48, 0x51, 0x5F);
/// Rules between rows.
pub(super) const HAIR: Colour = colour(0xD8, 0xD3, 0xC8);
/// Rules that close something off.
pub(super) const RULE: Colour = colour(0x94, 0x8E, 0x82);
/// Behind what must not be missed.
pub(super) const BOX: Colour = colour(0xF4, 0xF1, 0xEA);

const fn colour(red: u8, green: u8, blue: u8) -> Colour {
    Colour { red, green, blue, alpha: 255 }
}

/// How words of one kind are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// The size of the letters.
    pub size: f32,
    /// From one baseline to the next.
    pub leading: f32,
    pub colour: Colour,
    pub strong: bool,
    /// The space above, which the top of a page swallows.
    pub before: f32,
}

const fn style(size: f32, leading: f32, colour: Colour, strong: bool, before: f32) -> Style {
    Style { size, leading, colour, strong, before }
}

pub(super) const TITLE: Style = style(21.0, 26.0, INK, true, 0.0);
pub(super) const SUBTITLE: Style = style(11.0, 15.5, QUIET, false, 7.0);
pub(super) const HEADINGS: [Style; 3] = [
    style(14.0, 18.0, INK, true, 22.0),
    style(11.5, 15.5, INK, true, 15.0),
    style(11.0, 15.5, QUIET, true, 12.0),
];
pub(super) const BODY: Style = style(11.0, 15.5, INK, false, 7.0);
/// What follows a heading stands closer to it.
pub(super) const AFTER_HEADING: f32 = 4.5;
pub(super) const POINT: Style = style(11.0, 15.5, INK, false, 3.5);
pub(super) const NOTE: Style = style(9.5, 13.0, QUIET, false, 6.0);
pub(super) const QUOTE: Style = style(11.0, 15.5, INK, false, 9.0);
pub(super) const CAPTION: Style = style(10.0, 13.5, INK, true, 14.0);
pub(super) const TABLE: Style = style(9.5, 13.0, INK, false, 0.0);
pub(super) const TABLE_HEAD: Style = style(9.0, 12.0, QUIET, false, 0.0);
pub(super) const EDGE: Style = style(9.5, 12.0, QUIET, false, 0.0);

/// Between the words of one column and the next.
pub(super) const GUTTER: f32 = 10.0;
/// Above and below the words of a row.
pub(super) const ROW_PAD: f32 = 3.6;
