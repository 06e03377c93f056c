//! The figures that a record rests on, each with a key that stays: what reasons, the paper and frozen copies speak of.
//!
//! A figure of the whole workspace goes by its stem, such as `commercial-share`; one of an option by stem and option, such
//! as `total/local-partnership-k3f9`; a score by `score/FACTOR/OPTION`, and by `score-in-people/FACTOR/OPTION` what it means
//! in people a year. None is worked out here that the rooms do not show:
//! each is looked up where its page finds it.

use crate::{
    analysis::{
        Analysis, Figure, Undefined,
        balance::{Band, certainty::Certainty, robustness::Robustness, swing_words::counts_people},
        reach::{FixSettings, OptionReach, caseload::gates::FOUR_FIFTHS, fix},
    },
    model::{
        Room, Workspace,
        balance::{Factor, ScoreLevel, Side},
        decision::FigureRef,
        ids::{FactorId, OptionId},
        voices::Heard,
        wording::{chance, decimals_of, number, percent, short_pounds, with_unit},
    },
};

/// A figure of the analysis, ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    pub key: String,
    /// What it is: "Total of Local partnership".
    pub what: String,
    pub value: Figure,
    /// The figure as it is written; why there is none, where it is not defined.
    pub words: String,
    /// The page that shows it.
    pub room: Room,
    pub page: &'static str,
}

impl KeyFigure {
    /// The figure to be kept beside a sentence in which it stands; `None` where it is not defined.
    #[must_use]
    pub fn written(&self) -> Option<FigureRef> {
        Some(FigureRef::new(&self.key, &self.words, self.value.ok()?))
    }
}

/// What figures are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    pub workspace: &'a Workspace,
    pub analysis: &'a Analysis,
    /// What was drawn of this very workspace; without it figures of chance are not defined.
    pub robustness: Option<&'a Robustness>,
}

/// The same kind of figure for every option.
struct OfOption {
    stem: &'static str,
    /// With `{}` for the option's name.
    what: &'static str,
    find: fn(&Basis<'_>, usize) -> Figure,
    write: fn(f64) -> String,
    room: Room,
    page: &'static str,
}

/// A figure of the whole workspace.
struct OfAll {
    stem: &'static str,
    what: &'static str,
    find: fn(&Basis<'_>) -> Figure,
    write: fn(f64) -> String,
    room: Room,
    page: &'static str,
}

const SCORE: &str = "score";
const SCORE_IN_PEOPLE: &str = "score-in-people";

const NO_OPTION: Undefined = Undefined("the option is not there any more");
const NO_LEADER: Undefined = Undefined("no option leads yet");
const NOT_DRAWN: Undefined = Undefined("it has not been drawn yet");
const NO_DESIGN: Undefined = Undefined("nothing is known of how it would pay, or there are no need groups");
const NOT_KNOWN: Undefined = Undefined("not all of it is known");
const NOT_SAID: Undefined = Undefined("nobody has said");

const OF_ALL: &[OfAll] = &[
    OfAll {
        stem: "lead",
        what: "Lead over the next option, in points",
        find: lead,
        write: whole,
        room: Room::Balance,
        page: "Balance",
    },
    OfAll {
        stem: "commercial-share",
        what: "Share of the weight on commercial factors",
        find: |basis| basis.analysis.balance.commercial_share.ok_or(Undefined("nothing has weight yet")),
        write: percent,
        room: Room::Balance,
        page: "Balance",
    },
    OfAll {
        stem: "ballots-commercial-share",
        what: "Share of the weight that the ballots give to commercial factors",
        find: |basis| basis.commercial_share_of_ballots().ok_or(Undefined("no ballot gives weight")),
        write: percent,
        room: Room::Voices,
        page: "Ballots",
    },
    OfAll {
        stem: "leader-holds-to",
        what: "Commercial share of the weight up to which the leader leads",
        find: |basis| leading_band(basis).map(|band| band.to),
        write: percent,
        room: Room::Balance,
        page: "Balance",
    },
    OfAll {
        stem: "leader-holds-from",
        what: "Commercial share of the weight from which the leader leads",
        find: |basis| leading_band(basis).map(|band| band.from),
        write: percent,
        room: Room::Balance,
        page: "Balance",
    },
    OfAll {
        stem: "ballots",
        what: "Ballots that count",
        find: |basis| Ok(basis.analysis.voices.said().in_force.len() as f64),
        write: whole,
        room: Room::Voices,
        page: "Ballots",
    },
    OfAll {
        stem: "agreement",
        what: "Agreement of the ballots on what matters, Kendall’s W",
        find: |basis| {
            let agreement = &basis.analysis.voices.said().agreement_on_factors;
            agreement.as_ref().map(|agreement| agreement.w).map_err(|why| *why)
        },
        write: |w| number(w, 2),
        room: Room::Voices,
        page: "Overview",
    },
    OfAll {
        stem: "voices-missing",
        what: "Need groups without a voice",
        find: |basis| {
            Ok(basis.analysis.voices.said().coverage.iter().filter(|group| group.missing).count() as f64)
        },
        write: whole,
        room: Room::Voices,
        page: "Overview",
    },
    OfAll {
        stem: "people-heard",
        what: "People and bodies heard",
        find: |basis| {
            let people = basis.workspace.voices.stakeholders.iter();
            Ok(people.filter(|person| person.heard != Heard::No).count() as f64)
        },
        write: whole,
        room: Room::Voices,
        page: "Register",
    },
    OfAll {
        stem: "statements",
        what: "Statements made",
        find: |basis| Ok(basis.workspace.voices.statements.len() as f64),
        write: whole,
        room: Room::Voices,
        page: "Statements",
    },
    OfAll {
        stem: "statements-answered",
        what: "Statements answered",
        find: |basis| {
            let voices = &basis.workspace.voices;
            Ok((voices.statements.len() - voices.unanswered().count()) as f64)
        },
        write: whole,
        room: Room::Voices,
        page: "Statements",
    },
    OfAll {
        stem: "people",
        what: "People a year in need",
        find: people,
        write: whole,
        room: Room::Question,
        page: "Need groups",
    },
];

const OF_OPTION: &[OfOption] = &[
    OfOption {
        stem: "total",
        what: "Total of {}",
        find: |basis, option| {
            basis.analysis.balance.options.get(option).and_then(|option| option.value).ok_or(NOT_KNOWN)
        },
        write: whole,
        room: Room::Balance,
        page: "Balance",
    },
    OfOption {
        stem: "first-share",
        what: "Share of plausible weights and scores in which {} is first",
        find: |basis, option| {
            let run = basis.robustness.ok_or(NOT_DRAWN)?;
            if !run.takes_part(option) {
                return Err(Undefined("the option fails a must"));
            }
            run.rank_acceptability.get(option).and_then(|ranks| ranks.first()).copied().ok_or(NOT_DRAWN)
        },
        write: chance,
        room: Room::Balance,
        page: "Robustness",
    },
    OfOption {
        stem: "share-supported",
        what: "Share of people supported under {}",
        find: |basis, option| design(basis, option)?.share_supported,
        write: percent,
        room: Room::Reach,
        page: "Prediction",
    },
    OfOption {
        stem: "not-supported",
        what: "Share of people who go without full support under {}",
        find: |basis, option| Ok(1.0 - design(basis, option)?.share_supported?),
        write: percent,
        room: Room::Reach,
        page: "Prediction",
    },
    OfOption {
        stem: "best-other-share-supported",
        what: "Largest share of people supported under an option other than {}",
        find: best_other_share,
        write: percent,
        room: Room::Reach,
        page: "Prediction",
    },
    OfOption {
        stem: "four-fifths-share",
        what: "Four fifths of an equal share of support under {}",
        find: |basis, option| Ok(FOUR_FIFTHS * design(basis, option)?.equal_share?),
        write: percent,
        room: Room::Reach,
        page: "Prediction",
    },
    OfOption {
        stem: "left-out",
        what: "People a year left out under {}",
        find: |basis, option| design(basis, option)?.left_out_per_year,
        write: whole,
        room: Room::Reach,
        page: "Prediction",
    },
    OfOption {
        stem: "better-outcomes",
        what: "People a year who reach the outcome because of {}",
        find: better_outcomes,
        write: whole,
        room: Room::Reach,
        page: "Prediction",
    },
    OfOption {
        stem: "cost-a-year",
        what: "Paid a year under {}, by the predicted response",
        find: |basis, option| design(basis, option)?.cost_per_year,
        write: short_pounds,
        room: Room::Reach,
        page: "Payment design",
    },
    OfOption {
        stem: "hangs-on-results",
        what: "Share of income that hangs on results under {}",
        find: |basis, option| design(basis, option)?.income_at_risk_share,
        write: percent,
        room: Room::Reach,
        page: "Payment design",
    },
    OfOption {
        stem: "park-proof-cost",
        what: "Paid a year under {} at park-proof prices",
        find: |basis, option| {
            fix(basis.workspace, option, FixSettings::default()).ok_or(NO_DESIGN)?.cost_per_year
        },
        write: short_pounds,
        room: Room::Reach,
        page: "Payment design",
    },
    OfOption {
        stem: "bill",
        what: "Bill for exclusion of {}, over the years bought for",
        find: |basis, option| {
            let bill = basis.analysis.reach.bills.get(option).ok_or(NO_OPTION)?;
            bill.as_ref().map(|bill| bill.over_contract).map_err(|why| *why)
        },
        write: short_pounds,
        room: Room::Reach,
        page: "Changing risk",
    },
];

fn whole(value: f64) -> String {
    number(value, 0)
}

fn design<'a>(basis: &Basis<'a>, option: usize) -> Result<&'a OptionReach, Undefined> {
    basis.analysis.reach.options.get(option).and_then(Option::as_ref).ok_or(NO_DESIGN)
}

/// The total of the leader less that of the next; nought where several lead.
fn lead(basis: &Basis<'_>) -> Figure {
    let balance = &basis.analysis.balance;
    let [first, second, ..] = balance.ranking[..] else { return Err(NO_LEADER) };
    let total = |option: usize| balance.options[option].value.ok_or(NOT_KNOWN);
    Ok(total(first)? - total(second)?)
}

/// The band of commercial shares around today's in which the leader leads, where that is certain.
fn leading_band<'a>(basis: &Basis<'a>) -> Result<&'a Band, Undefined> {
    let balance = &basis.analysis.balance;
    let (share, leader) = balance.commercial_share.zip(balance.leader()).ok_or(NO_LEADER)?;
    if balance.leaders().len() > 1 || balance.certainty() != Certainty::Certain {
        return Err(Undefined("it is not certain who leads"));
    }
    let holds = |band: &&Band| band.leader == leader && band.from <= share && share <= band.to;
    balance.bands.iter().find(holds).ok_or(NO_LEADER)
}

fn people(basis: &Basis<'_>) -> Figure {
    let groups = &basis.workspace.question.need_groups;
    if groups.is_empty() {
        return Err(Undefined("no need group is named"));
    }
    groups.iter().try_fold(0.0, |sum, group| Ok(sum + group.people_per_year.ok_or(NOT_SAID)?))
}

fn best_other_share(basis: &Basis<'_>, option: usize) -> Figure {
    let others = (0..basis.workspace.question.options.len()).filter(|other| *other != option);
    let shares = others.filter_map(|other| design(basis, other).ok()?.share_supported.ok());
    shares.reduce(f64::max).ok_or(Undefined("of no other option is it known"))
}

/// Σ n·s·(p − q): of the people predicted to be supported those who reach the outcome and would not have with minimal
/// contact.
fn better_outcomes(basis: &Basis<'_>, option: usize) -> Figure {
    let reach = design(basis, option)?;
    let groups = basis.workspace.question.need_groups.iter().zip(&reach.groups);
    groups.into_iter().try_fold(0.0, |sum, (group, reach)| {
        let people = group.people_per_year.ok_or(NOT_SAID)?;
        let (supported, parked) = group.outcome_supported.zip(group.outcome_parked).ok_or(NOT_SAID)?;
        Ok(sum + people * reach.share_supported_at[1]? * (supported - parked))
    })
}

impl<'a> Basis<'a> {
    /// Every figure but the scores, those of the whole first, then option by option.
    #[must_use]
    pub fn figures(&self) -> Vec<KeyFigure> {
        let of_all = OF_ALL.iter().map(|kind| self.of_all(kind));
        let places = 0..self.workspace.question.options.len();
        let of_options =
            places.flat_map(|place| OF_OPTION.iter().map(move |kind| self.of_option(kind, place)));
        of_all.chain(of_options).collect()
    }

    /// The figure of this key; `None` where no such figure is known, as when its option has gone.
    #[must_use]
    pub fn figure(&self, key: &str) -> Option<KeyFigure> {
        let Some((stem, of)) = key.split_once('/') else {
            return OF_ALL.iter().find(|kind| kind.stem == key).map(|kind| self.of_all(kind));
        };
        if let SCORE | SCORE_IN_PEOPLE = stem {
            let (factor, option) = of.split_once('/')?;
            return match stem {
                SCORE => self.score(&factor.into(), &option.into()),
                _ => self.score_in_people(&factor.into(), &option.into()),
            };
        }
        let place = self.workspace.question.options.iter().position(|option| option.id.as_str() == of)?;
        OF_OPTION.iter().find(|kind| kind.stem == stem).map(|kind| self.of_option(kind, place))
    }

    /// The figure of an option by its stem; see [`Basis::figure`].
    #[must_use]
    pub fn of(&self, stem: &str, option: usize) -> Option<KeyFigure> {
        let kind = OF_OPTION.iter().find(|kind| kind.stem == stem)?;
        (option < self.workspace.question.options.len()).then(|| self.of_option(kind, option))
    }

    /// The weights that the ballots combine to, a factor each, adding up to 1; `None` where they give none.
    fn weights_of_ballots(&self) -> Option<Vec<f64>> {
        let given = self.analysis.voices.said().combined_swings.as_ref()?;
        let usable = |swing: &Option<f64>| swing.filter(|s| s.is_finite() && *s > 0.0).unwrap_or(0.0);
        let swings: Vec<f64> = given.iter().map(usable).collect();
        let sum: f64 = swings.iter().sum();
        (sum > 0.0).then(|| swings.into_iter().map(|swing| swing / sum).collect())
    }

    fn commercial_share_of_ballots(&self) -> Option<f64> {
        let weights = self.weights_of_ballots()?;
        let factors = self.workspace.balance.factors.iter().zip(weights);
        Some(factors.filter(|(factor, _)| factor.side == Side::Commercial).map(|(_, weight)| weight).sum())
    }

    /// Whether the weights in force are those that the ballots combine to: taken from them, or stated alike.
    #[must_use]
    pub fn weighs_as_the_ballots(&self) -> bool {
        let in_force = &self.analysis.balance.weights;
        self.weights_of_ballots().is_some_and(|given| {
            given.len() == in_force.len() && given.iter().zip(in_force).all(|(a, b)| (a - b).abs() < 1e-9)
        })
    }

    /// Whether the figure of this key waits for draws that have not been made.
    #[must_use]
    pub fn is_awaited(&self, key: &str) -> bool {
        self.robustness.is_none() && key.starts_with("first-share/")
    }

    fn of_all(&self, kind: &OfAll) -> KeyFigure {
        let value = finite((kind.find)(self));
        KeyFigure {
            key: kind.stem.to_owned(),
            what: kind.what.to_owned(),
            words: written(value, kind.write),
            value,
            room: kind.room,
            page: kind.page,
        }
    }

    fn of_option(&self, kind: &OfOption, place: usize) -> KeyFigure {
        let option = &self.workspace.question.options[place];
        let value = finite((kind.find)(self, place));
        KeyFigure {
            key: format!("{}/{}", kind.stem, option.id),
            what: kind.what.replace("{}", &option.name),
            words: written(value, kind.write),
            value,
            room: kind.room,
            page: kind.page,
        }
    }

    /// The key of what a score means in people a year; `None` where the factor does not count points of people.
    #[must_use]
    pub fn key_in_people(factor: &Factor, option: &OptionId) -> Option<String> {
        counts_people(factor).then(|| format!("{SCORE_IN_PEOPLE}/{}/{option}", factor.id))
    }

    /// A score at its likely value as people a year: points or per cent of all people in need.
    fn score_in_people(&self, factor: &FactorId, option: &OptionId) -> Option<KeyFigure> {
        let score = self.score(factor, option)?;
        let factor = self.workspace.factor(factor).filter(|factor| counts_people(factor))?;
        let value = finite(score.value.and_then(|points| Ok(points / 100.0 * people(self)?)));
        Some(KeyFigure {
            key: format!("{SCORE_IN_PEOPLE}/{}/{option}", factor.id),
            what: format!("{}, in people a year", score.what),
            words: written(value, whole),
            value,
            ..score
        })
    }

    /// A score at its likely value, in the unit of its factor.
    fn score(&self, factor: &FactorId, option: &OptionId) -> Option<KeyFigure> {
        let (factor, option) = (self.workspace.factor(factor)?, self.workspace.option(option)?);
        let value = match self.workspace.score(&factor.id, &option.id).map(|score| &score.level) {
            Some(
                ScoreLevel::Point(x)
                | ScoreLevel::Range { likely: x, .. }
                | ScoreLevel::Normal { mean: x, .. },
            ) => Ok(*x),
            Some(ScoreLevel::Level(_)) => Err(Undefined("it is a level and not a figure")),
            Some(ScoreLevel::Unknown) | None => Err(NOT_KNOWN),
        };
        let value = finite(value);
        let decimals = decimals_of(&self.workspace.balance, factor);
        Some(KeyFigure {
            key: format!("{SCORE}/{}/{}", factor.id, option.id),
            what: format!("{} of {}", factor.name, option.name),
            words: written(value, |x| with_unit(x, &factor.unit, decimals)),
            value,
            room: Room::Balance,
            page: "Scores",
        })
    }
}

fn finite(value: Figure) -> Figure {
    value.and_then(|value| if value.is_finite() { Ok(value) } else { Err(NOT_KNOWN) })
}

fn written(value: Figure, write: impl Fn(f64) -> String) -> String {
    value.map_or_else(|why| why.0.to_owned(), write)
}
