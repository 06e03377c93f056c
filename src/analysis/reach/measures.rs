//! Several measures of reoffending at once: how many reoffend, how often they do, and how bad it is.
//!
//! A binary rate counts a person once, whatever follows. It can fall while the people who still reoffend do so more
//! often, so that there is more crime than before: total = people × binary rate × frequency × severity. The parts are
//! taken apart by their logarithms, which add up exactly.

use crate::{
    analysis::{Figure, Undefined},
    model::{
        reach::changing_risk::{ChangingRisk, CohortCount},
        wording::{list, percent},
    },
};

/// What is counted of one cohort over one follow-up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    pub people: f64,
    /// Of those, how many reoffended at least once.
    pub reoffenders: f64,
    pub reoffences: f64,
    /// Severity of all reoffences together, in any unit that is the same for every cohort.
    pub severity: Option<f64>,
}

/// The measures of one cohort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Reoffenders over people, 0 to 1.
    pub binary_rate: Figure,
    /// Reoffences a reoffender, 1 or more.
    pub frequency: Figure,
    /// Severity a reoffence.
    pub severity: Figure,
    /// Reoffences a person.
    pub per_person: Figure,
    /// Severity a person.
    pub harm_per_person: Figure,
}

/// How the measures of one cohort went against those of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub before: Measures,
    pub after: Measures,
    /// After over before; 1 for no change.
    pub binary_rate: Figure,
    pub frequency: Figure,
    pub severity: Figure,
    pub per_person: Figure,
    pub harm_per_person: Figure,
    /// Measures that went the other way than the binary rate, by more than `noticed`.
    pub parted: Vec<Measure>,
}

/// One of the measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    BinaryRate,
    Frequency,
    Severity,
    PerPerson,
    HarmPerPerson,
}

/// A change smaller than this, as a share, is no change.
pub const NOTICED: f64 = 0.01;

impl Measure {
    /// The measure in words, in lower case.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::BinaryRate => "people who reoffend",
            Self::Frequency => "reoffences by each of them",
            Self::Severity => "severity of a reoffence",
            Self::PerPerson => "reoffences a person",
            Self::HarmPerPerson => "harm a person",
        }
    }
}

impl Counted {
    /// The measures.
    #[must_use]
    pub fn measures(self) -> Measures {
        const NOBODY: Undefined = Undefined("there are no people");
        const NO_REOFFENDERS: Undefined = Undefined("nobody reoffended");
        const NO_REOFFENCES: Undefined = Undefined("there are no reoffences");
        const NO_SEVERITY: Undefined = Undefined("the severity is not stated");
        if let Err(why) = self.sound() {
            let none = Err(why);
            return Measures {
                binary_rate: none,
                frequency: none,
                severity: none,
                per_person: none,
                harm_per_person: none,
            };
        }
        let over = |above: f64, below: f64, why| if below > 0.0 { Ok(above / below) } else { Err(why) };
        let severity = self.severity.ok_or(NO_SEVERITY);
        Measures {
            binary_rate: over(self.reoffenders, self.people, NOBODY),
            frequency: over(self.reoffences, self.reoffenders, NO_REOFFENDERS),
            severity: severity.and_then(|severity| over(severity, self.reoffences, NO_REOFFENCES)),
            per_person: over(self.reoffences, self.people, NOBODY),
            harm_per_person: severity.and_then(|severity| over(severity, self.people, NOBODY)),
        }
    }

    /// Whether the counts go together.
    fn sound(self) -> Result<(), Undefined> {
        let counts = [self.people, self.reoffenders, self.reoffences, self.severity.unwrap_or(0.0)];
        if !counts.iter().all(|count| count.is_finite() && *count >= 0.0) {
            return Err(Undefined("a count is not a number from 0 upwards"));
        }
        if self.reoffenders > self.people {
            return Err(Undefined("more people reoffended than there are"));
        }
        if self.reoffences < self.reoffenders {
            return Err(Undefined("there are fewer reoffences than people who reoffended"));
        }
        Ok(())
    }
}

/// How `after` went against `before`; a change of less than `noticed`, as a share, is none.
#[must_use]
pub fn change(before: Counted, after: Counted, noticed: f64) -> Change {
    const FROM_NOUGHT: Undefined = Undefined("it was nought before");
    let (before, after) = (before.measures(), after.measures());
    let ratio = |before: Figure, after: Figure| -> Figure {
        let (before, after) = (before?, after?);
        if before > 0.0 { Ok(after / before) } else { Err(FROM_NOUGHT) }
    };
    let mut change = Change {
        binary_rate: ratio(before.binary_rate, after.binary_rate),
        frequency: ratio(before.frequency, after.frequency),
        severity: ratio(before.severity, after.severity),
        per_person: ratio(before.per_person, after.per_person),
        harm_per_person: ratio(before.harm_per_person, after.harm_per_person),
        before,
        after,
        parted: Vec::new(),
    };
    let way = |figure: Figure| figure.ok().filter(|r| (r - 1.0).abs() >= noticed).map(|r| r > 1.0);
    if let Some(up) = way(change.binary_rate) {
        let others = [
            (Measure::Frequency, change.frequency),
            (Measure::Severity, change.severity),
            (Measure::PerPerson, change.per_person),
            (Measure::HarmPerPerson, change.harm_per_person),
        ];
        let parted = others.into_iter().filter(|(_, figure)| way(*figure) == Some(!up));
        change.parted = parted.map(|(measure, _)| measure).collect();
    }
    change
}

/// How the measures that a workspace holds went; `None` where nobody has counted.
///
/// # Errors
/// A count is missing.
#[must_use]
pub fn of(risk: &ChangingRisk) -> Option<Result<Change, Undefined>> {
    const MISSING: Undefined =
        Undefined("people, those who reoffended and their reoffences are wanted of both cohorts");
    let measures = risk.measures.as_ref()?;
    let counted = |count: &CohortCount| {
        Some(Counted {
            people: count.people?,
            reoffenders: count.reoffenders?,
            reoffences: count.reoffences?,
            severity: count.severity,
        })
    };
    let counted = counted(&measures.before).zip(counted(&measures.after)).ok_or(MISSING);
    Some(counted.map(|(before, after)| change(before, after, NOTICED)))
}

impl Change {
    /// What it comes to, in a sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        let Ok(rate) = self.binary_rate else {
            return "The binary rates cannot be held together.".to_owned();
        };
        let went = |ratio: f64| {
            let way = if ratio >= 1.0 { "up" } else { "down" };
            if (ratio - 1.0).abs() < NOTICED {
                "as it was".to_owned()
            } else {
                format!("{way} {}", percent((ratio - 1.0).abs()))
            }
        };
        let others: Vec<String> = [
            (Measure::Frequency, self.frequency),
            (Measure::Severity, self.severity),
            (Measure::PerPerson, self.per_person),
            (Measure::HarmPerPerson, self.harm_per_person),
        ]
        .into_iter()
        .filter_map(|(measure, ratio)| Some(format!("{} {}", measure.words(), went(ratio.ok()?))))
        .collect();
        let others = list(&others.iter().map(String::as_str).collect::<Vec<_>>());
        let verdict = if self.is_alarming() {
            "The measures part: the binary rate alone would mislead."
        } else if self.parted.is_empty() {
            "The measures go together."
        } else {
            "A part goes the other way; the whole does not."
        };
        format!("{verdict} Share of people who reoffend {}; {others}.", went(rate))
    }
    /// The alarm: the binary rate says one thing, and the whole of crime or of harm another.
    #[must_use]
    pub fn is_alarming(&self) -> bool {
        self.parted.iter().any(|m| matches!(m, Measure::PerPerson | Measure::HarmPerPerson))
    }
}
