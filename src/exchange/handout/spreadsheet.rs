//! Ballots as a workbook: one row for each person, in the columns in which ballots are read back.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::{Form, harmless::cell};
use crate::exchange::{
    import::{BESIDE, GUT_FEEL, RANKING},
    kind::TableKind,
    table::key,
};

const PALE: Color = Color::RGB(0xF4_F1_EA);
const INK: Color = Color::RGB(0x4B_54_62);

/// The workbook as bytes, the same for the same workspace.
///
/// # Errors
/// Names factors that the columns could not tell apart, and people that the rows could not.
pub(super) fn workbook(form: &Form<'_>) -> Result<Vec<u8>, String> {
    let mut taken: Vec<String> =
        TableKind::Ballots.columns().iter().chain(&BESIDE).map(|&column| column.to_owned()).collect();
    for asked in &form.asked {
        if taken.contains(&key(&asked.name)) {
            return Err(format!("“{}” is the name of another column too: rename the factor.", asked.name));
        }
        taken.push(key(&asked.name));
    }
    write(form).map_err(|error| format!("The spreadsheet could not be made: {error}"))
}

fn write(form: &Form<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day: the same forms are the same bytes.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(cell(&form.title)).set_creation_datetime(&made));
    ballots(form, workbook.add_worksheet())?;
    explanations(form, workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn ballots(form: &Form<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(TableKind::Ballots.name())?;
    let head =
        Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(PALE);
    let fixed = TableKind::Ballots.columns();
    let gut_feel = form.asks_gut_feel.then_some(GUT_FEEL);
    let before: Vec<&str> = fixed.iter().copied().chain(gut_feel).collect();
    for (at, column) in (0_u16..).zip(&before) {
        sheet.write_with_format(0, at, *column, &head)?;
    }
    let first = before.len() as u16;
    for (at, asked) in (first..).zip(&form.asked) {
        sheet.write_with_format(0, at, cell(&asked.name), &head)?;
    }
    for (row, person) in (1_u32..).zip(&form.people) {
        sheet.write(row, 0, cell(&person.name))?;
        sheet.write(row, 1, cell(&person.sector))?;
        // Who is easily drowned out is for the register, not for a sheet that goes round.
        sheet.write(row, 3, form.terms.round)?;
    }
    let points = DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(0.0, 100.0))
        .ignore_blank(true)
        .set_input_title("Points")?
        .set_input_message("0 to 100; what matters most gets 100; empty to abstain")?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Points")?
        .set_error_message("Give points from 0 to 100, or leave the cell empty.")?;
    let last_row = form.people.len().max(1) as u32;
    let last = first + form.asked.len().saturating_sub(1) as u16;
    sheet.add_data_validation(1, first, last_row, last, &points)?;
    if form.asks_ranking().is_some() {
        sheet.write_with_format(0, last + 1, RANKING, &head)?;
        let ask = DataValidation::new()
            .allow_any_value()
            .set_input_title("Letters, best first")?
            .set_input_message("Such as: B, A, C. Leave it empty if you do not know.")?;
        for at in gut_feel.map(|_| first - 1).into_iter().chain([last + 1]) {
            sheet.add_data_validation(1, at, last_row, at, &ask)?;
            sheet.set_column_width(at, 14)?;
        }
    }
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 24)?;
    sheet.set_column_range_width(2, 3, 10)?;
    sheet.set_column_range_width(first, last, 16)?;
    sheet.set_row_height(0, 48)?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn explanations(form: &Form<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("what is asked")?;
    let strong = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = Format::new().set_bold().set_background_color(PALE);
    let quiet = Format::new().set_font_color(INK).set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 52)?;
    sheet.set_column_width(2, 16)?;
    sheet.write_with_format(0, 0, cell(&form.title), &strong)?;
    let lines = [
        form.question.to_owned(),
        "How much does each step from worst to best matter, nothing else changing? The step that matters most gets 100, \
         the others points beside it; 0 says it does not matter, an empty cell says nothing."
            .to_owned(),
        gut_feel_words(form),
        form.asks_ranking().map(|asked| format!("Under {RANKING}: {asked}")).unwrap_or_default(),
        form.give_back(),
        form.what_is_done_with_it(),
    ];
    let mut row = 1;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        sheet.merge_range(row, 0, row, 2, &cell(line), &quiet)?;
        sheet.set_row_height(row, 34)?;
        row += 1;
    }
    row += 1;
    for (at, words) in (0_u16..).zip(["Factor", "The step", "Side"]) {
        sheet.write_with_format(row, at, words, &head)?;
    }
    for asked in &form.asked {
        row += 1;
        sheet.write_with_format(row, 0, cell(&asked.name), &wrapped)?;
        sheet.write_with_format(row, 1, cell(&asked.swing), &wrapped)?;
        sheet.write_with_format(row, 2, asked.side, &wrapped)?;
    }
    if !form.options.is_empty() {
        row += 2;
        for (at, words) in (0_u16..).zip(["Letter", "Option"]) {
            sheet.write_with_format(row, at, words, &head)?;
        }
    }
    for (badge, name) in &form.options {
        row += 1;
        sheet.write_with_format(row, 0, cell(badge), &wrapped)?;
        sheet.write_with_format(row, 1, cell(name), &wrapped)?;
    }
    Ok(())
}

/// What the column of gut feel asks; empty where there is none.
fn gut_feel_words(form: &Form<'_>) -> String {
    if !form.asks_gut_feel {
        return String::new();
    }
    format!(
        "Under {GUT_FEEL}, before anything else: which would you choose today? Letters, best first, such as: B, A, C."
    )
}
