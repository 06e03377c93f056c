//! `report`: the paper of a workspace, in a file.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Outcome, Stop, Terminal, arguments, not_an_input, open, write_bytes};
use crate::{
    analysis::course::Course,
    exchange::report::compose::{Audience, Detail, Level, Terms},
    model::wording::list,
    ui::export::{self, Form},
};

#[derive(Debug, Args)]
#[command(
    after_help = "What --leave-out and --with know: names (people’s own names), pseudonyms, statements (what was \
                        said, word for word), dissent (word for word), ballots (the points of each), owners (who sees to \
                        conditions and reviews), sources. Names and ballots are left out unless --with asks for them. \
                        Small numbers of a caseload are hidden always."
)]
pub(super) struct Report {
    pub file: PathBuf,
    /// The paper: .docx, .pdf or .html; .xlsx for every table and result as a workbook, with formulas
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// one-page, full, or appendix for the full paper with every score, weight, method and source [default: full]; the
    /// paper for contributors has one length
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    pub level: Option<Level>,
    /// Whom it is for: committee, or contributors for what happened to what they said [default: committee]
    #[arg(long = "for", value_name = "WHOM", value_parser = audience)]
    pub audience: Option<Audience>,
    /// Who is named as the author in the properties of the file; nobody without it
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// The day that it bears, such as 9/3/2027 [default: today]
    #[arg(long, value_name = "DAY", value_parser = arguments::day)]
    pub day: Option<jiff::civil::Date>,
    /// Leave this out; may be given more than once, or as a list with commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = Detail::named)]
    pub leave_out: Vec<Detail>,
    /// Tell this although it is left out as a rule
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = Detail::named, conflicts_with = "leave_out")]
    pub with: Vec<Detail>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

impl Report {
    /// The day that it bears.
    pub fn day(&self) -> jiff::civil::Date {
        self.day.unwrap_or_else(|| jiff::Zoned::now().date())
    }

    fn terms(&self) -> Terms {
        let usually = Terms::default().left_out;
        let left_out = usually.into_iter().chain(self.leave_out.iter().copied());
        let left_out: BTreeSet<Detail> = left_out.filter(|detail| !self.with.contains(detail)).collect();
        Terms {
            level: self.level.unwrap_or_default(),
            audience: self.audience.unwrap_or_default(),
            author: self.author.clone(),
            day: Some(self.day()),
            left_out,
        }
    }
}

pub(super) fn report(asked: &Report, terminal: &mut Terminal<'_>) -> Outcome {
    let form = form_of(&asked.output)?;
    not_an_input(&asked.output, [asked.file.as_path()])?;
    super::may_write(&asked.output, asked.force)?;
    wrong_pairs(asked, form)?;
    let document = open(&asked.file, terminal)?;
    let made =
        export::made((&document.workspace, document.revision), &asked.terms(), form, &Course::default())
            .map_err(|why| Stop::Input(why.words()))?;
    write_bytes(&asked.output, &made.bytes, asked.force)?;
    made.notes.iter().for_each(|note| terminal.note(note));
    terminal.note_if_any(&made.names);
    terminal.note(&format!("Wrote {}.", asked.output.display()));
    Ok(())
}

/// Refuses what a workbook, or the paper for contributors, does not know.
fn wrong_pairs(asked: &Report, form: Form) -> Outcome {
    let words = if form == Form::Workbook && (asked.level.is_some() || asked.audience.is_some()) {
        "A workbook holds every table and is for whoever reckons with it: leave out --level and --for."
    } else if asked.level.is_some() && asked.audience == Some(Audience::Contributors) {
        "The paper for contributors has one length: leave out --level, or --for contributors."
    } else {
        return Ok(());
    };
    Err(Stop::Usage(words.to_owned()))
}

/// What a file of this name is written as.
fn form_of(output: &Path) -> Result<Form, Stop> {
    let ending = output.extension().and_then(OsStr::to_str).unwrap_or_default();
    Form::of_ending(ending).ok_or_else(|| {
        let endings = Form::ALL.map(|form| format!(".{}", form.ending()));
        let endings: Vec<&str> = endings.iter().map(String::as_str).collect();
        let endings = list(&endings).replace(" and ", " or ");
        Stop::Usage(format!("{} has to end in {endings}, which says what it is to be.", output.display()))
    })
}

fn level(text: &str) -> Result<Level, String> {
    let found = Level::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("levels are {}", list(&Level::ALL.map(Level::name))))
}

fn audience(text: &str) -> Result<Audience, String> {
    let found = Audience::ALL.into_iter().find(|audience| audience.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| list(&Audience::ALL.map(Audience::name)).replace(" and ", " or "))
}
