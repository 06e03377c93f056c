//! The pieces that rooms are put together from. Each draws itself in the theme, can be reached by keyboard, and tells
//! assistive technology its name and state.

pub mod asking;
pub mod badge;
pub mod button;
pub mod card;
pub mod cell_draft;
pub mod choice;
pub mod field;
pub mod in_hand;
pub mod long_list;
pub mod marks;
pub mod paste_sheet;
pub mod table_keys;
pub mod text;

pub use asking::asked_of;
pub use badge::{badge, paint_badge};
pub use button::{Button, icon_button, link, segmented, tabs};
pub use card::{Card, hair_rule, scrolled_page};
pub use cell_draft::Draft;
pub use choice::choose;
pub use field::{
    Look, captioned, captioned_row, cell_field, draft_text, focus_field, forget_left_field, hinted_field,
    hinted_wrapping_field, is_refused, number_field, read_field, read_field_as, take_left_field, text_area,
    text_field, typed_text, was_entered, wrapping_field,
};
pub use in_hand::{
    Typed, fields_of, leave_field, note_refusal, refusal, refusal_on_page, resume_typing, typed_in_hand,
};
pub use long_list::long_list;
pub use marks::{evidence_dots, paint_shape, paint_side_mark, side_mark};
pub use paste_sheet::{PasteChoice, PasteWords, PreviewCell, paste_sheet};
pub use table_keys::{KeyedTable, Move, TableKeys};
pub use text::{
    Paragraph, broken_to_fit, fitted_around, paint_text, paint_text_fitted, told_on_hover, wrapped,
};
