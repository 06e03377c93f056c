//! The sheet that goes from swing points and scores to totals by formulas.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::{input::Grid, look::Look, text::short};
use crate::{
    analysis::balance::{
        BalanceResult, OptionValue, WeightBasis,
        matrix::{PerformanceMatrix, Reading},
        value::{UNKNOWN_VALUE, ValueFunction},
    },
    exchange::{results::Results, table::letter},
    model::{Workspace, balance::Side},
};

const NOT_KNOWN: &str = "not known";
const NO_WEIGHT: &str = "no weight";
/// Where the options begin.
const FIRST: usize = 4;
/// Columns of the scores table before its options, and the one that holds swing points.
const SCORES_FIRST: usize = 9;
const SCORES_SWING: usize = 7;
/// The most points of a curve that are written as a formula: Excel takes 64 conditions in one another.
const MOST_POINTS: usize = 40;

/// Where everything stands, rows counted from 1 as formulas count them.
struct Places {
    factors: usize,
    options: usize,
    /// The first row of scores, of values and of points, and the row of the totals.
    scores: usize,
    values: usize,
    points: usize,
    totals: usize,
}

impl Places {
    fn new(factors: usize, options: usize) -> Self {
        let scores = 6;
        let values = scores + factors + 4;
        let points = values + factors + 3;
        Self { factors, options, scores, values, points, totals: points + factors + 2 }
    }

    /// The column of an option, by its letter.
    fn option(&self, option: usize) -> String {
        letter(FIRST + option)
    }

    /// The cells of one column beside all factors, from this first row: "$D$6:$D$13".
    fn down(&self, column: &str, first: usize) -> String {
        format!("{column}${first}:{column}${}", first + self.factors - 1)
    }

    /// The shares of weight, and the sides.
    fn shares(&self) -> String {
        self.down("$D", self.scores)
    }

    fn sides(&self) -> String {
        self.down("$B", self.scores)
    }

    /// One row across all options: "$E$40:$I$40".
    fn across(&self, row: usize) -> String {
        format!("${}${row}:${}${row}", self.option(0), self.option(self.options - 1))
    }
}

/// Writes the sheet; `scores` is the table that it points to, where that is in the workbook.
pub(super) fn sheet(
    results: &Results<'_>,
    scores: Option<&Grid>,
    look: &Look,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    sheet.set_name("balance")?;
    let workspace = results.workspace;
    let (factors, options) = (workspace.balance.factors.len(), workspace.question.options.len());
    sheet.write_string_with_format(0, 0, "Balance: from scores to totals", &look.title)?;
    if factors == 0 || options == 0 {
        sheet.write_string(1, 0, "There is nothing to weigh yet: no factors, or no options.")?;
        return Ok(());
    }
    let places = Places::new(factors, options);
    let mut writing = Writing { workspace, balance: &results.analysis.balance, scores, places, look, sheet };
    writing.frame()?;
    for f in 0..factors {
        writing.factor(f)?;
    }
    for o in 0..options {
        writing.totals(o)?;
    }
    Ok(())
}

struct Writing<'a> {
    workspace: &'a Workspace,
    balance: &'a BalanceResult,
    scores: Option<&'a Grid>,
    places: Places,
    look: &'a Look,
    sheet: &'a mut Worksheet,
}

impl Writing<'_> {
    /// Headings, what each option is called, and widths.
    fn frame(&mut self) -> Result<(), XlsxError> {
        let basis = match self.balance.weight_basis {
            WeightBasis::Swings => "Swing points are those of the sheet “scores”.",
            WeightBasis::Ballots => "Swing points are those that the ballots come to by the rule in force.",
            WeightBasis::Even => "Nobody has given weights: every factor counts alike.",
        };
        self.sheet.write_string_with_format(1, 0, basis, &self.look.quiet)?;
        let words = "Share of weight = points ÷ all points. Total = Σ share × worth. What is not known leaves the total \
                     open; in the place it counts half way, 50. The lowest and highest a total can be, and who is in the \
                     ranking, are as worked out on the day of writing.";
        self.sheet.write_string(2, 0, words)?;
        let Places { scores, values, points, totals, .. } = self.places;
        self.section(scores, "Scores as likely", ["factor", "side", "swing points", "share of weight"])?;
        self.section(values, "What they are worth, 0 to 100", ["factor", "side", "scale", ""])?;
        self.section(points, "Points of the total: share × worth", ["factor", "side", "", ""])?;
        let rows = [
            "Total",
            "Total, what is not known half way",
            "Lowest it can be",
            "Highest it can be",
            "Operational side",
            "Commercial side",
            "In the ranking",
            "Place",
            "Commercial share of weight",
        ];
        for (row, words) in (totals..).zip(rows) {
            self.text(row, 0, words)?;
        }
        self.sheet.set_column_width(0, 40)?;
        self.sheet.set_column_width(1, 13)?;
        self.sheet.set_column_width(2, 28)?;
        self.sheet.set_column_width(3, 11)?;
        let last = FIRST + self.places.options - 1;
        self.sheet.set_column_range_width(at(FIRST), at(last), 16)?;
        self.sheet.set_freeze_panes(scores as u32 - 1, 1)?;
        let sum = self.places.scores + self.places.factors;
        self.text(sum, 0, "All")?;
        let swings: f64 = self.balance.swings.iter().sum();
        let all = self.places.down("C", scores);
        let total = self.look.total.clone();
        self.formula((sum, 2), &format!("=SUM({all})"), Ok(swings), &total)?;
        let shares: f64 = self.balance.weights.iter().sum();
        let formula = format!("=SUM({})", self.places.shares());
        let look = self.look.share.clone();
        self.formula((sum, 3), &formula, Ok(shares), &look)?;
        let share = self.balance.commercial_share.ok_or(NO_WEIGHT);
        let (sides, shares) = (self.places.sides(), self.places.shares());
        let formula = format!("=IF(SUM({shares})>0,SUMIF({sides},\"commercial\",{shares}),\"{NO_WEIGHT}\")");
        self.formula((totals + 8, FIRST), &formula, share, &look)
    }

    /// A heading over a table and the names of its columns, the row before its first.
    fn section(&mut self, first: usize, title: &str, columns: [&str; FIRST]) -> Result<(), XlsxError> {
        let head = first as u32 - 2;
        sheet_row_height(self.sheet, head)?;
        self.sheet.write_string_with_format(head - 1, 0, title, &self.look.heading)?;
        for (column, words) in (0..).zip(columns) {
            self.sheet.write_string_with_format(head, column, words, &self.look.head)?;
        }
        for (o, option) in self.workspace.question.options.iter().enumerate() {
            let name = short(&format!("{} {}", option.badge, option.short_name()));
            self.sheet.write_string_with_format(head, at(FIRST + o), name, &self.look.head)?;
        }
        Ok(())
    }

    /// One factor in each of the three tables.
    fn factor(&mut self, f: usize) -> Result<(), XlsxError> {
        let factor = &self.workspace.balance.factors[f];
        let name = short(&factor.name);
        let side = match factor.side {
            Side::Operational => "operational",
            Side::Commercial => "commercial",
        };
        let Places { scores, values, points, options, .. } = self.places;
        for first in [scores, values, points] {
            self.text(first + f, 0, &name)?;
            self.text(first + f, 1, side)?;
        }
        let swing = self.balance.swings[f];
        let linked = self.scores.and_then(|grid| grid.number(f + 1, SCORES_SWING));
        if self.balance.weight_basis == WeightBasis::Swings && linked == Some(swing) {
            let formula = format!("=scores!{}{}", letter(SCORES_SWING), f + 2);
            self.formula((scores + f, 2), &formula, Ok(swing), &Format::new())?;
        } else {
            self.sheet.write_number(row(scores + f), 2, swing)?;
        }
        let all = self.places.down("C", scores);
        let formula = format!("=IF(SUM({all})>0,C{}/SUM({all}),0)", scores + f);
        let (share, look) = (self.balance.weights[f], self.look.share.clone());
        self.formula((scores + f, 3), &formula, Ok(share), &look)?;
        let function = &self.matrix().functions[f];
        let words = scale_words(function);
        self.sheet.write_string_with_format(row(values + f), 2, words, &self.look.quiet)?;
        for o in 0..options {
            self.cell(f, o)?;
        }
        Ok(())
    }

    fn matrix(&self) -> &PerformanceMatrix {
        &self.balance.performance.matrix
    }

    /// A score, what it is worth, and what that adds to the total.
    fn cell(&mut self, f: usize, o: usize) -> Result<(), XlsxError> {
        let Places { scores, values, points, options, .. } = self.places;
        let reading = self.matrix().readings[f * options + o];
        let (column, letter_of) = (FIRST + o, self.places.option(o));
        match reading {
            Reading::Level(value) => {
                self.sheet.write_string(row(scores + f), at(column), self.level_name(f, o))?;
                let look = self.look.value.clone();
                self.sheet.write_number_with_format(row(values + f), at(column), value, &look)?;
            }
            reading => match reading.likely() {
                None => {
                    self.text(scores + f, column, NOT_KNOWN)?;
                    self.text(values + f, column, NOT_KNOWN)?;
                }
                Some(likely) => self.number(f, o, likely)?,
            },
        }
        let worth = format!("{letter_of}{}", values + f);
        let formula = format!("=IF(ISNUMBER({worth}),$D{}*{worth},\"{NOT_KNOWN}\")", scores + f);
        let points_of = self.balance.options[o].contributions[f].ok_or(NOT_KNOWN);
        let look = self.look.value.clone();
        self.formula((points + f, column), &formula, points_of, &look)
    }

    /// A score that is a number: from the table of scores where it stands there as such, and its worth by the scale.
    fn number(&mut self, f: usize, o: usize, likely: f64) -> Result<(), XlsxError> {
        let Places { scores, values, .. } = self.places;
        let (column, letter_of) = (FIRST + o, self.places.option(o));
        let linked = self.scores.and_then(|grid| grid.number(f + 1, SCORES_FIRST + o));
        if linked == Some(likely) {
            let formula = format!("=scores!{}{}", letter(SCORES_FIRST + o), f + 2);
            self.formula((scores + f, column), &formula, Ok(likely), &Format::new())?;
        } else {
            self.sheet.write_number(row(scores + f), at(column), likely)?;
        }
        let worth = self.balance.cells()[f][o].value.ok_or(NOT_KNOWN);
        let function = self.matrix().functions[f].clone();
        let look = self.look.value.clone();
        match (worth_formula(&function, &format!("{letter_of}{}", scores + f)), worth) {
            (Some(formula), worth) => self.formula((values + f, column), &formula, worth, &look),
            (None, Ok(worth)) => {
                self.sheet.write_number_with_format(row(values + f), at(column), worth, &look)?;
                Ok(())
            }
            (None, Err(words)) => self.text(values + f, column, words),
        }
    }

    fn level_name(&self, f: usize, o: usize) -> String {
        use crate::model::balance::ScoreLevel;
        let (factor, option) =
            (&self.workspace.balance.factors[f].id, &self.workspace.question.options[o].id);
        match self.workspace.score(factor, option).map(|score| &score.level) {
            Some(ScoreLevel::Level(name)) => short(name),
            _ => NOT_KNOWN.to_owned(),
        }
    }

    /// Everything under one option.
    fn totals(&mut self, o: usize) -> Result<(), XlsxError> {
        let (column, letter_of) = (FIRST + o, self.places.option(o));
        let Places { values, totals, .. } = self.places;
        let (shares, sides) = (self.places.shares(), self.places.sides());
        let worth = self.places.down(&letter_of, values);
        let option = self.balance.options[o].clone();
        let none_weighs = self.balance.commercial_share.is_none();
        let open = |value: Option<f64>| value.ok_or(if none_weighs { NO_WEIGHT } else { NOT_KNOWN });
        let strong = self.look.total.clone();
        let look = self.look.value.clone();
        let formula = format!(
            "=IF(SUM({shares})=0,\"{NO_WEIGHT}\",IF(SUMPRODUCT(({shares}>0)*(1-ISNUMBER({worth})))>0,\"{NOT_KNOWN}\",\
             SUMPRODUCT({shares},{worth})))"
        );
        self.formula((totals, column), &formula, open(option.value.filter(|_| !none_weighs)), &strong)?;
        let formula = format!(
            "=SUMPRODUCT({shares},{worth})+{UNKNOWN_VALUE}*SUMPRODUCT({shares}*(1-ISNUMBER({worth})))"
        );
        let half_way = self.half_way(o);
        self.formula((totals + 1, column), &formula, Ok(half_way), &look)?;
        self.sheet.write_number_with_format(row(totals + 2), at(column), option.value_low, &look)?;
        self.sheet.write_number_with_format(row(totals + 3), at(column), option.value_high, &look)?;
        let points = self.places.down(&letter_of, self.places.points);
        for (place, side, value) in
            [(4, "operational", option.operational), (5, "commercial", option.commercial)]
        {
            let weight = format!("SUMIF({sides},\"{side}\",{shares})");
            let formula = format!(
                "=IF({weight}=0,\"{NO_WEIGHT}\",IF(SUMPRODUCT(({sides}=\"{side}\")*({shares}>0)*(1-ISNUMBER({worth})))>0,\
                 \"{NOT_KNOWN}\",SUMIF({sides},\"{side}\",{points})/{weight}))"
            );
            let weighs = self.weighs(side);
            let value = value.ok_or(if weighs { NOT_KNOWN } else { NO_WEIGHT });
            self.formula((totals + place, column), &formula, value, &look)?;
        }
        self.place(o, &option)
    }

    fn weighs(&self, side: &str) -> bool {
        let factors = self.workspace.balance.factors.iter().zip(&self.balance.weights);
        factors.into_iter().any(|(factor, &weight)| {
            weight > 0.0 && (factor.side == Side::Operational) == (side == "operational")
        })
    }

    /// The total with what is not known at the middle.
    fn half_way(&self, o: usize) -> f64 {
        let cells = self.balance.cells().iter().zip(&self.balance.weights);
        cells.map(|(cells, weight)| weight * cells[o].value.unwrap_or(UNKNOWN_VALUE)).sum()
    }

    /// Whether an option is ranked, and its place: one more than there are with more points, ties sharing the better.
    fn place(&mut self, o: usize, option: &OptionValue) -> Result<(), XlsxError> {
        let (column, totals) = (FIRST + o, self.places.totals);
        let ranked = if option.struck_by.is_empty() { "yes" } else { "no, struck by a must" };
        self.text(totals + 6, column, ranked)?;
        let Some(rank) = option.rank else { return self.text(totals + 7, column, "–") };
        let (ranked, middle) = (self.places.across(totals + 6), self.places.across(totals + 1));
        let own = format!("{}{}", self.places.option(o), totals + 1);
        let formula = format!("=1+SUMPRODUCT(({ranked}=\"yes\")*({middle}>{own}+0.000000001))");
        self.formula((totals + 7, column), &formula, Ok(rank as f64), &Format::new().set_bold())
    }

    fn text(&mut self, at_row: usize, column: usize, words: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(row(at_row), at(column), words)?;
        Ok(())
    }

    /// A formula with what it comes to.
    fn formula(
        &mut self,
        (at_row, column): (usize, usize),
        formula: &str,
        result: Result<f64, &str>,
        look: &Format,
    ) -> Result<(), XlsxError> {
        let result = result.map_or_else(str::to_owned, plain);
        let formula = Formula::new(formula).set_result(result);
        self.sheet.write_formula_with_format(row(at_row), at(column), formula, look)?;
        Ok(())
    }
}

/// Room for two lines: names of options wrap.
fn sheet_row_height(sheet: &mut Worksheet, head: u32) -> Result<(), XlsxError> {
    sheet.set_row_height(head, 30)?;
    Ok(())
}

/// A row as the writer counts it.
fn row(from_one: usize) -> u32 {
    u32::try_from(from_one.saturating_sub(1)).unwrap_or(u32::MAX)
}

fn at(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// A number as a formula and a file hold it, to the last figure.
fn plain(number: f64) -> String {
    format!("{number:?}").replace('e', "E")
}

/// A number inside a formula.
fn inside(number: f64) -> String {
    if number < 0.0 { format!("({})", plain(number)) } else { plain(number) }
}

/// How a scale turns a score into a value, in a word or two.
fn scale_words(function: &ValueFunction) -> &'static str {
    match function {
        ValueFunction::Curve(points) if points.len() > MOST_POINTS => "curve, worked out by the program",
        ValueFunction::Curve(points) if points.len() > 2 => "straight lines between points",
        ValueFunction::Curve(_) => "straight line",
        ValueFunction::Levels(_) => "named levels, a value each",
        ValueFunction::LowestPrice { .. } => "lowest price ÷ price",
        ValueFunction::NoSpread => "no spread: worth 0",
    }
}

/// What a score in this cell is worth; `None` where no formula says it.
fn worth_formula(function: &ValueFunction, score: &str) -> Option<String> {
    match function {
        ValueFunction::Curve(points) if points.len() <= MOST_POINTS => {
            let (first, last) = (points.first()?, points.last()?);
            let mut formula = inside(last.1);
            for pair in points.windows(2).rev() {
                let [(x0, v0), (x1, v1)] = [pair[0], pair[1]].map(|(x, v)| (inside(x), inside(v)));
                let line = format!("{v0}+({score}-{x0})/({x1}-{x0})*({v1}-{v0})");
                formula = format!("IF({score}<{x1},{line},{formula})");
            }
            Some(format!("=IF({score}<={},{},{formula})", inside(first.0), inside(first.1)))
        }
        ValueFunction::LowestPrice { lowest } => {
            Some(format!("=IF({score}>0,MIN(100,{}/{score}*100),\"{NOT_KNOWN}\")", inside(*lowest)))
        }
        ValueFunction::NoSpread => Some(format!("=0*{score}")),
        ValueFunction::Curve(_) | ValueFunction::Levels(_) => None,
    }
}
