//! Which steps are in view, and how each reads in a line.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    model::{
        Room,
        ids::{OptionId, StepId},
        trail::{Changed, Effect, Lead, Moved},
        wording::{self, capital, count, in_words, number},
    },
    session::trail::{Line, SessionTrail},
};

/// How many steps are shown before somebody asks for older ones, and how many more each time.
pub const AT_ONCE: usize = 100;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The name somebody worked under.
    pub who: Option<String>,
    pub room: Option<Room>,
    /// Only what moved a total, anybody left out or the lead.
    pub moved: bool,
    pub text: String,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    Day(Date),
    /// A step, by its place in the trail.
    Step(usize),
}

/// The rows in view, newest first.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// The steps among them, by their place in the trail.
    pub steps: Vec<usize>,
    /// How many steps fit what is looked for, those that are not shown among them.
    pub fitting: usize,
    pub days: usize,
}

impl Filter {
    fn fits(&self, line: &Line) -> bool {
        let moved = || line.words().is_some_and(|words| words.effect.moved_the_answer());
        self.who.as_ref().is_none_or(|who| who == line.who())
            && self.room.is_none_or(|room| line.room() == Some(room))
            && (!self.moved || moved())
            && (self.text.trim().is_empty() || self.finds(line))
    }

    fn finds(&self, line: &Line) -> bool {
        let wanted = self.text.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&wanted);
        let changes = line.words().into_iter().flat_map(|words| &words.told.changes);
        holds(line.label())
            || holds(line.note())
            || changes.clone().any(|c| holds(&c.what) || holds(&c.before) || holds(&c.after))
    }

    /// What is looked for, as the sentence says it: " by Priya in Balance".
    fn words(&self) -> String {
        let mut words = String::new();
        if let Some(who) = &self.who {
            words += &format!(" by {}", if who.is_empty() { "nobody named" } else { who });
        }
        if let Some(room) = self.room {
            words += &format!(" in {}", room.name());
        }
        if !self.text.trim().is_empty() {
            words += &format!(" with “{}”", self.text.trim());
        }
        words
    }
}

impl Rows {
    /// The newest steps that fit, with a row before each day's.
    #[must_use]
    pub fn of(trail: &SessionTrail, filter: &Filter, most: usize, zone: &TimeZone) -> Self {
        let mut found = Self::default();
        let mut day = None;
        for (at, line) in trail.lines().iter().enumerate().rev().filter(|(_, line)| filter.fits(line)) {
            found.fitting += 1;
            if found.steps.len() == most {
                continue;
            }
            let date = line.at().to_zoned(zone.clone()).date();
            if day != Some(date) {
                day = Some(date);
                found.days += 1;
                found.rows.push(Row::Day(date));
            }
            found.rows.push(Row::Step(at));
            found.steps.push(at);
        }
        found
    }

    /// "Eleven changes in three days; none moved the lead."
    #[must_use]
    pub fn sentence(&self, trail: &SessionTrail, filter: &Filter) -> String {
        let shown = self.steps.len();
        let what = if filter.moved { "that moved the answer" } else { "" };
        let sought = filter.words();
        if shown == 0 {
            let words = format!("No change{sought} {what}");
            return format!("{}.", words.trim_end());
        }
        let changes = if shown == 1 { "change" } else { "changes" };
        let of = if self.fitting > shown { "The last " } else { "" };
        let many = if of.is_empty() { capital(&in_words(shown)) } else { in_words(shown) };
        let days = match self.days {
            1 => "one day".to_owned(),
            days => format!("{} days", in_words(days)),
        };
        let lines = self.steps.iter().filter_map(|&at| trail.lines().get(at));
        let leads = lines.filter_map(|line| line.words()).filter(|words| words.effect.lead.is_some()).count();
        let leads = match leads {
            0 => "none".to_owned(),
            leads => in_words(leads),
        };
        let what = if what.is_empty() { String::new() } else { format!(" {what}") };
        format!("{of}{many} {changes}{sought}{what} in {days}; {leads} moved the lead.")
    }
}

/// The head of a day: "Today, 22 November", "20 November", "20 November 2025" in another year.
#[must_use]
pub fn day_words(day: Date, today: Date) -> String {
    let named = if day.year() == today.year() { wording::day_of_year(day) } else { wording::day(day) };
    match today.since(day).map(|span| span.get_days()) {
        _ if day == today => format!("Today, {named}"),
        Ok(1) => format!("Yesterday, {named}"),
        _ => named,
    }
}

/// The time of day, "14:02".
#[must_use]
pub fn time_words(at: Timestamp, zone: &TimeZone) -> String {
    wording::time(at.to_zoned(zone.clone()).time())
}

/// The change that put a signature under the record, where the step was that.
fn signing(line: &Line) -> Option<&Changed> {
    let mut changes = line.words()?.told.changes.iter();
    changes.find(|change| change.place.0 == ["decision", "signed"] && change.after.starts_with("Signed by "))
}

/// What a step is called: of a signing who signed when; else what it changed where that is one thing, and what was done
/// where it is more.
#[must_use]
pub fn what(line: &Line) -> &str {
    if let Some(signing) = signing(line) {
        return &signing.after;
    }
    match line.words().map(|words| (words.told.changes.as_slice(), words.told.more)) {
        Some(([only], 0)) => &only.what,
        _ => line.label(),
    }
}

/// What stood there before and after the step.
#[must_use]
pub fn before_and_after(line: &Line) -> [String; 2] {
    let none = || "–".to_owned();
    let filled = |text: &str| if text.is_empty() { none() } else { text.to_owned() };
    let Some(words) = line.words() else { return [none(), "…".to_owned()] };
    if signing(line).is_some() {
        return [none(), none()];
    }
    match (words.told.changes.as_slice(), words.told.more) {
        ([], _) => [none(), none()],
        ([only], 0) => [filled(&only.before), filled(&only.after)],
        (changes, more) => [none(), count(changes.len() + more, "change", "changes")],
    }
}

/// What a line of the effect column says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said<'a> {
    /// Not put in words yet.
    NotYet,
    Nothing,
    /// Another option leads.
    Lead([Option<&'a str>; 2]),
    LeftOut(&'a Moved),
    Total(&'a Moved),
}

/// The gravest of what a step did: another leader, then people left out, then the total that moved most.
#[must_use]
pub fn said(line: &Line) -> Said<'_> {
    let Some(words) = line.words() else { return Said::NotYet };
    let effect = &words.effect;
    if let Some(lead) = &effect.lead {
        return Said::Lead(badges_of(effect, lead));
    }
    match (effect.left_out.first(), effect.totals.first()) {
        (Some(left_out), _) => Said::LeftOut(left_out),
        (None, Some(total)) => Said::Total(total),
        (None, None) => Said::Nothing,
    }
}

/// The badges of who led before and after, as the step knew them; `None` where nobody did.
#[must_use]
pub fn badges_of<'e>(effect: &'e Effect, lead: &'e Lead) -> [Option<&'e str>; 2] {
    // Steps that were written down before badges were kept with the lead have them among what moved.
    let moved = |id: &OptionId| {
        let mut all = effect.totals.iter().chain(&effect.left_out);
        all.find(|moved| moved.option == *id).map(|moved| moved.badge.as_str())
    };
    [(&lead.badge_before, &lead.before), (&lead.badge_after, &lead.after)].map(|(badge, id)| match id {
        Some(id) if badge.is_empty() => moved(id),
        _ => Some(badge.as_str()).filter(|badge| !badge.is_empty()),
    })
}

/// A figure before or after; a dash where it was not defined.
#[must_use]
pub fn figure(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| number(value, decimals))
}

impl Said<'_> {
    /// In words, as a line is read out.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NotYet | Self::Nothing => String::new(),
            Self::Lead([before, after]) => {
                let name = |badge: &Option<&str>| badge.map_or("nobody".to_owned(), str::to_owned);
                format!("the lead went from {} to {}", name(before), name(after))
            }
            Self::LeftOut(moved) => {
                format!("people left out under {} {}", moved.badge, from_to(moved, 0))
            }
            Self::Total(moved) => format!("{} {}", moved.badge, from_to(moved, 1)),
        }
    }
}

fn from_to(moved: &Moved, decimals: usize) -> String {
    format!("{} to {}", figure(moved.before, decimals), figure(moved.after, decimals))
}

/// A line as it is read out.
#[must_use]
pub fn spoken(line: &Line, who: &str, time: &str) -> String {
    let [before, after] = before_and_after(line);
    let values = match (before.as_str(), after.as_str()) {
        ("–", "–" | "…") => String::new(),
        ("–", after) => format!(", {after}"),
        (before, after) => format!(", {before} to {after}"),
    };
    let effect = said(line).words();
    let effect = if effect.is_empty() { effect } else { format!("; {effect}") };
    let undone = if line.is_undone { ", undone" } else { "" };
    format!("{time}, {who}: {}{values}{undone}{effect}", what(line))
}

/// The place of a step among the rows.
#[must_use]
pub fn row_of(rows: &Rows, trail: &SessionTrail, id: &StepId) -> Option<usize> {
    rows.rows.iter().position(|row| matches!(row, Row::Step(at) if trail.lines()[*at].id() == id))
}
