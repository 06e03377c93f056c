//! What may be said on the command line.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

use crate::{
    exchange::{
        TableKind, figure,
        handout::{FormKind, contributors::Readers},
    },
    model::{Room, balance::WeightDraws, check::MOST_ITERATIONS, voices::LAST_ROUND, wording::thousands},
};

/// An offline workbench for decisions on what public service to buy, for whom, and how to pay for it.
#[derive(Debug, Parser)]
#[command(name = "evenhand", version, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Open the window with this workspace
    pub file: Option<PathBuf>,
    /// Read the passphrase of sealed workspaces from the first line of this file; without it the terminal is asked. Say it
    /// once for each where they differ: each is tried in turn, and what is written is sealed with the first
    #[arg(long = "passphrase-file", global = true, value_name = "FILE")]
    pub passphrase_files: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the worked examples, or write one
    Example {
        /// The example's name; without it the examples are listed
        name: Option<String>,
        /// Write it to this file instead of the terminal
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Replace a file that is there
        #[arg(long)]
        force: bool,
    },
    /// Is it sound? Every problem with its place
    Check { file: PathBuf },
    /// Make a workspace from tables: CSV, tab-separated text or Excel sheets
    New(New),
    /// Write a workspace as tables, one CSV file each
    Tables(Tables),
    /// The answer, in words or as one JSON object
    Analyse(Analyse),
    /// Join two workspaces that were made of the same one
    Merge(Merge),
    /// Whom the gates of a service let through: a caseload, counted and forgotten
    Caseload(Box<super::caseload::Caseload>),
    /// Forms on which people give their ballots: to print, to fill in a spreadsheet, or in a text editor
    Ballots(Ballots),
    /// Sheets for contributors: what happened to what they said
    Contributors(Contributors),
    /// The committee paper, or what happened to what contributors said: Word, PDF or HTML
    Report(super::report::Report),
    /// A room as a picture, without a display
    Picture(Picture),
}

#[derive(Debug, Args)]
#[group(skip)]
#[command(group(ArgGroup::new("table").required(true).multiple(true).args([
    "scores", "ballots", "groups", "payments", "terms", "uptake", "design", "stakeholders", "statements", "settings",
    "workbook",
])))]
pub(super) struct New {
    /// Its title; without it, the title in the settings or the name of the new file
    #[arg(long, allow_negative_numbers = true)]
    pub title: Option<String>,
    /// An Excel workbook: every sheet that is named like a table is read, save those that are given by themselves
    #[arg(long, value_name = "FILE")]
    pub workbook: Option<PathBuf>,
    /// Factors and how each option does on them: one row a factor, one column an option
    #[arg(long, value_name = "FILE")]
    pub scores: Option<PathBuf>,
    /// Swing points: one row a ballot, one column a factor
    #[arg(long, value_name = "FILE")]
    pub ballots: Option<PathBuf>,
    /// Need groups with their costs and outcome rates
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,
    /// Prices by option, group and milestone
    #[arg(long, value_name = "FILE")]
    pub payments: Option<PathBuf>,
    /// The terms on which each option pays
    #[arg(long, value_name = "FILE")]
    pub terms: Option<PathBuf>,
    /// Shares of groups that are supported whatever the money says (floor), and that would come at most (uptake)
    #[arg(long, value_name = "FILE")]
    pub uptake: Option<PathBuf>,
    /// Further terms of payment, spreads within groups and factors scored by Reach: one row a term
    #[arg(long, value_name = "FILE")]
    pub design: Option<PathBuf>,
    /// Who is concerned, from where and for whom they speak
    #[arg(long, value_name = "FILE")]
    pub stakeholders: Option<PathBuf>,
    /// What was said, and what was done about it
    #[arg(long, value_name = "FILE")]
    pub statements: Option<PathBuf>,
    /// What the other tables have no place for, as evenhand tables writes it
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// The new workspace file
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

impl New {
    /// The tables that are given, each with its kind.
    pub fn tables(&self) -> impl Iterator<Item = (TableKind, &PathBuf)> {
        TableKind::ALL.into_iter().filter_map(|kind| {
            let file = match kind {
                TableKind::Scores => &self.scores,
                TableKind::Ballots => &self.ballots,
                TableKind::Groups => &self.groups,
                TableKind::Payments => &self.payments,
                TableKind::Terms => &self.terms,
                TableKind::Uptake => &self.uptake,
                TableKind::Design => &self.design,
                TableKind::Stakeholders => &self.stakeholders,
                TableKind::Statements => &self.statements,
                TableKind::Settings => &self.settings,
            };
            file.as_ref().map(|file| (kind, file))
        })
    }
}

#[derive(Debug, Args)]
pub(super) struct Tables {
    pub file: PathBuf,
    /// The folder for the tables; it is made when it is not there
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// Replace tables that are there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status 0 when the merged workspace was written, 1 when the two do not agree somewhere: each \
                        place is listed and nothing is written, unless --ours or --theirs says whose change stands. Files \
                        that share next to nothing do not look like versions of one workspace; they are refused, unless \
                        --unlike says that they are meant."
)]
pub(super) struct Merge {
    /// What both were made of
    pub base: PathBuf,
    pub ours: PathBuf,
    pub theirs: PathBuf,
    /// The merged workspace file
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Where the two do not agree, take ours
    #[arg(long = "ours", conflicts_with = "take_theirs")]
    pub take_ours: bool,
    /// Where the two do not agree, take theirs
    #[arg(long = "theirs")]
    pub take_theirs: bool,
    /// Merge although the files do not look like versions of one workspace
    #[arg(long)]
    pub unlike: bool,
    /// One JSON object instead of words
    #[arg(long)]
    pub json: bool,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(super) struct Ballots {
    pub file: PathBuf,
    /// The folder for the forms; it is made when it is not there
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// The round: 1 before results are shown, 2 after discussion [default: the round that is open, else 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=i64::from(LAST_ROUND)))]
    pub round: Option<u8>,
    /// sheet to print, spreadsheet with a row for each person, or file, a small text file for each person
    #[arg(long, value_name = "KIND", default_value = "sheet", value_parser = form_kind)]
    pub kind: FormKind,
    /// Print a sheet for each person, with their name on it, instead of one to be copied
    #[arg(long)]
    pub one_each: bool,
    /// Who takes the forms back
    #[arg(long, value_name = "NAME", default_value = "")]
    pub to: String,
    /// The last day, such as 31/3/2027
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<jiff::civil::Date>,
    /// Replace forms that are there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(super) struct Contributors {
    pub file: PathBuf,
    /// The folder for the sheets; it is made when it is not there
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// One sheet for each person or for each sector
    #[arg(long, value_name = "WHOM", default_value = "person", value_parser = readers)]
    pub by: Readers,
    /// Name people who stand in the register by their own name; else their role or sector stands there
    #[arg(long)]
    pub names: bool,
    /// Show each person their own ballot
    #[arg(long)]
    pub ballots: bool,
    /// Plain text instead of pages to print
    #[arg(long)]
    pub text: bool,
    /// Replace sheets that are there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(super) struct Analyse {
    pub file: PathBuf,
    /// A room to tell of, such as balance, voices or reach; may be given more than once [default: balance]
    #[arg(long = "room", value_name = "ROOM", value_parser = room)]
    pub rooms: Vec<Room>,
    /// How often weights and scores are drawn [default: as the workspace says]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = iterations)]
    pub iterations: Option<u32>,
    /// Where chance starts; the same seed gives the same draws [default: as the workspace says]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// Where weights are drawn from: uniform, ranked, intervals, around-swings, between-ballots or ballots
    #[arg(long, value_name = "WEIGHTS", value_parser = weights)]
    pub weights: Option<WeightDraws>,
    /// A snapshot, by its name: what has changed since, and what each change did to the lead
    #[arg(long, value_name = "NAME", allow_negative_numbers = true)]
    pub compare: Option<String>,
    /// One JSON object instead of words
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Picture {
    pub file: PathBuf,
    /// The room, such as balance
    #[arg(long, value_parser = room, required_unless_present = "wall", conflicts_with = "wall")]
    pub room: Option<Room>,
    /// The wall of Room mode in place of a room: now, question, ballot, card, reveal, discussion, movement, balance,
    /// sectors, robustness or reach; it fills the picture, usually 1920x1080
    #[arg(long, value_name = "SCENE", conflicts_with_all = ["page", "zoom"])]
    pub wall: Option<String>,
    /// A page of the room, such as scores; without it, the page that opens first
    #[arg(long)]
    pub page: Option<String>,
    /// Width and height in pixels [default: 1440x900, a wall 1920x1080]
    #[arg(long, value_name = "WIDTHxHEIGHT", allow_hyphen_values = true, value_parser = size)]
    pub size: Option<(u32, u32)>,
    /// How much larger than usual everything is drawn, 0.8 to 2
    #[arg(long, default_value_t = 1.0, allow_negative_numbers = true, value_parser = zoom)]
    pub zoom: f32,
    /// In the dark theme
    #[arg(long)]
    pub dark: bool,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
    /// The picture, as PNG
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

fn room(text: &str) -> Result<Room, String> {
    let found = Room::ALL.into_iter().find(|room| room.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("the rooms are {}", Room::ALL.map(Room::name).join(", ").to_lowercase()))
}

fn form_kind(text: &str) -> Result<FormKind, String> {
    let found = FormKind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("forms are {}", FormKind::ALL.map(FormKind::name).join(", ")))
}

fn readers(text: &str) -> Result<Readers, String> {
    match text.to_lowercase().as_str() {
        "person" => Ok(Readers::Person),
        "sector" => Ok(Readers::Sector),
        _ => Err("person or sector".to_owned()),
    }
}

pub(super) fn day(text: &str) -> Result<jiff::civil::Date, String> {
    figure::date(text).ok_or_else(|| "a day written 2027-03-31 or 31/3/2027".to_owned())
}

fn weights(text: &str) -> Result<WeightDraws, String> {
    let found = WeightDraws::ALL.into_iter().find(|draws| draws.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("weights are drawn {}", WeightDraws::ALL.map(WeightDraws::name).join(", ")))
}

fn iterations(text: &str) -> Result<u32, String> {
    let draws = text.parse().ok().filter(|draws| (1..=MOST_ITERATIONS).contains(draws));
    draws.ok_or_else(|| format!("a whole number from 1 to {}", thousands(u64::from(MOST_ITERATIONS))))
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a whole number from 0 to {}", thousands(u64::MAX)))
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', '×']).and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    sides.ok_or_else(|| "width and height in pixels, such as 1440x900".to_owned())
}

fn zoom(text: &str) -> Result<f32, String> {
    let zoom: Option<f32> = text.parse().ok();
    zoom.filter(|zoom| (0.8..=2.0).contains(zoom)).ok_or_else(|| "a number from 0.8 to 2".to_owned())
}
