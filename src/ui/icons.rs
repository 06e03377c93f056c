//! Icons of the Phosphor family in use, by name. Regular weight in most places, fill where a mark must carry meaning.

use egui::{FontFamily, FontId};

/// One icon: a glyph of the icon fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(pub char);

impl Icon {
    /// The font for the regular weight at this size.
    #[must_use]
    pub fn font(size: f32) -> FontId {
        FontId::new(size, FontFamily::Name("icons".into()))
    }

    /// The font for the filled weight at this size.
    #[must_use]
    pub fn filled_font(size: f32) -> FontId {
        FontId::new(size, FontFamily::Name("icons-fill".into()))
    }
}

pub const CHAT_CIRCLE_TEXT: Icon = Icon('\u{e16e}');
pub const USERS_THREE: Icon = Icon('\u{e68e}');
pub const SCALES: Icon = Icon('\u{e750}');
pub const HAND_HEART: Icon = Icon('\u{e810}');
pub const COINS: Icon = Icon('\u{e78e}');
pub const MAGNIFYING_GLASS: Icon = Icon('\u{e30c}');
pub const SEAL_CHECK: Icon = Icon('\u{e606}');
pub const CARET_DOWN: Icon = Icon('\u{e136}');
pub const CARET_RIGHT: Icon = Icon('\u{e13a}');
pub const MAP_PIN: Icon = Icon('\u{e316}');
pub const CHECK: Icon = Icon('\u{e182}');
pub const ARROW_U_UP_LEFT: Icon = Icon('\u{e08a}');
pub const ARROW_U_UP_RIGHT: Icon = Icon('\u{e08c}');
pub const PROJECTOR_SCREEN: Icon = Icon('\u{e658}');
pub const WARNING_DIAMOND: Icon = Icon('\u{e7fc}');
pub const USER_MINUS: Icon = Icon('\u{e4ce}');
pub const QUESTION: Icon = Icon('\u{e3e8}');
pub const INFO: Icon = Icon('\u{e2ce}');
pub const WARNING_CIRCLE: Icon = Icon('\u{e4e2}');
pub const CHECK_CIRCLE: Icon = Icon('\u{e184}');
pub const PLUS: Icon = Icon('\u{e3d4}');
pub const X: Icon = Icon('\u{e4f6}');
pub const COPY: Icon = Icon('\u{e1ca}');
pub const COPY_SIMPLE: Icon = Icon('\u{e1cc}');
pub const PENCIL_SIMPLE: Icon = Icon('\u{e3b4}');
pub const TABLE: Icon = Icon('\u{e476}');
pub const LINK_SIMPLE: Icon = Icon('\u{e2e6}');
pub const USER_PLUS: Icon = Icon('\u{e4d0}');
pub const NEWSPAPER: Icon = Icon('\u{e344}');
pub const PLAY: Icon = Icon('\u{e3d0}');
pub const SNOWFLAKE: Icon = Icon('\u{e5aa}');
pub const SHIELD_CHECK: Icon = Icon('\u{e40c}');
pub const LOCK_SIMPLE: Icon = Icon('\u{e308}');
pub const BELL_SIMPLE: Icon = Icon('\u{e0d0}');
pub const HAND_PALM: Icon = Icon('\u{e57e}');
pub const LIST_CHECKS: Icon = Icon('\u{eadc}');
pub const ARROW_BEND_DOWN_RIGHT: Icon = Icon('\u{e01a}');
pub const ARROW_BEND_UP_RIGHT: Icon = Icon('\u{e026}');
pub const FILE_DOC: Icon = Icon('\u{eb1e}');
pub const FILE_PDF: Icon = Icon('\u{e702}');
pub const FILE_HTML: Icon = Icon('\u{eb38}');
pub const FILE_XLS: Icon = Icon('\u{eb22}');
pub const FOLDER_OPEN: Icon = Icon('\u{e256}');
pub const CLOCK_COUNTER_CLOCKWISE: Icon = Icon('\u{e1a0}');
pub const WIFI_SLASH: Icon = Icon('\u{e4f2}');
pub const EYE: Icon = Icon('\u{e220}');
pub const TIMER: Icon = Icon('\u{e492}');
pub const ARROW_RIGHT: Icon = Icon('\u{e06c}');
pub const STOREFRONT: Icon = Icon('\u{e470}');
pub const BOOK_OPEN: Icon = Icon('\u{e0e6}');
pub const GEAR_SIX: Icon = Icon('\u{e272}');
pub const CALENDAR_BLANK: Icon = Icon('\u{e10a}');
pub const USER: Icon = Icon('\u{e4c2}');
pub const USERS: Icon = Icon('\u{e4d6}');
pub const LOCK_KEY_OPEN: Icon = Icon('\u{e300}');
pub const HEARTBEAT: Icon = Icon('\u{e2ac}');
pub const HOUSE_LINE: Icon = Icon('\u{e2c4}');
pub const STUDENT: Icon = Icon('\u{e73e}');
pub const TREE: Icon = Icon('\u{e6da}');
pub const FLAG: Icon = Icon('\u{e244}');
pub const TRASH: Icon = Icon('\u{e4a6}');
pub const ARROW_UP: Icon = Icon('\u{e08e}');
pub const ARROW_DOWN: Icon = Icon('\u{e03e}');
pub const LIST: Icon = Icon('\u{e2f0}');
pub const FLOPPY_DISK: Icon = Icon('\u{e248}');
pub const DOTS_THREE: Icon = Icon('\u{e1fe}');
pub const CARET_UP: Icon = Icon('\u{e13c}');
pub const CARET_LEFT: Icon = Icon('\u{e138}');
