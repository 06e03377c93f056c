//! How the cells of the workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const PALE: Color = Color::RGB(0xF4_F1_EA);
const QUIET: Color = Color::RGB(0x4B_54_62);

/// The formats that the sheets share.
pub(super) struct Look {
    pub title: Format,
    pub heading: Format,
    /// The first row of a table.
    pub head: Format,
    pub wrapped: Format,
    pub quiet: Format,
    /// A figure of any size.
    pub figure: Format,
    /// A share as per cent.
    pub share: Format,
    /// A value of 0 to 100.
    pub value: Format,
    pub total: Format,
    pub date: Format,
    pub money: Format,
}

impl Look {
    pub fn new() -> Self {
        let wrapped = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_font_size(13),
            head: wrapped().set_bold().set_background_color(PALE),
            wrapped: wrapped(),
            quiet: Format::new().set_font_color(QUIET),
            figure: Format::new().set_align(FormatAlign::Left),
            share: Format::new().set_num_format("0.0%"),
            value: Format::new().set_num_format("0.0"),
            total: Format::new().set_bold().set_num_format("0.0").set_border_top(FormatBorder::Thin),
            date: Format::new().set_num_format("d mmmm yyyy").set_align(FormatAlign::Left),
            money: Format::new().set_num_format("#,##0.00"),
        }
    }
}
