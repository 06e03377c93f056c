//! The paper in all its formats.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "../report_support/mod.rs"]
mod report_support;
#[path = "../common/westmere.rs"]
mod westmere;

mod compose;
mod disclosure;
mod docx;
mod drawing;
mod html;
mod kept_out;
mod pdf;
mod print;
mod words;
mod workbook;
mod workbook_formulas;
