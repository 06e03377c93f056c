//! Putting a difference in words.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Change, Kind, Place,
    places::known,
    things::{Index, Things},
    words::{Form, WORDS},
};
use crate::model::{
    Room, Workspace,
    balance::{Better, Factor, Must, Scale, Score, ScoreDissent, ScoreEdit, ScoreLevel, Speaker},
    decision::{FigureRef, SignOff},
    money::Pence,
    reach::{MeasuredCohort, Threshold},
    voices::StatementLink,
    wording,
};

/// The longest part of a text that stands for the thing it belongs to, in characters.
const LONGEST_QUOTE: usize = 40;

/// A difference in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    pub room: Option<Room>,
    /// What it is: "Weight of Price certainty".
    pub what: String,
    /// What it was: "40". Empty for a thing that was added or removed.
    pub before: String,
    /// What it is now: "55"; or "added", "removed".
    pub after: String,
}

/// Lists of the record, whose entries are called by their words: one that has just been added has none.
const WORDED: [&str; 8] =
    ["reasons", "dissent", "conditions", "safeguards", "triggers", "rationed", "duties", "reviews"];

/// In a line: "Weight of Price certainty: 40 → 55", "Option Local partnership: added".
impl fmt::Display for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.before.is_empty() {
            write!(f, "{}: {}", self.what, self.after)
        } else {
            write!(f, "{}: {} → {}", self.what, self.before, self.after)
        }
    }
}

impl Change {
    /// The difference in words, with names instead of ids: the name that a thing had before, or has now if it is new.
    #[must_use]
    pub fn describe(&self, before: &Workspace, after: &Workspace) -> Described {
        self.describe_among([before, after].map(|workspace| (workspace, None)))
    }

    /// The same for one of many, where it is known where the things of the two workspaces stand.
    pub(in crate::model) fn describe_among(&self, of: [(&Workspace, Option<&Index>); 2]) -> Described {
        let [before, after] = of.map(|(workspace, index)| Things::of(workspace, index));
        let names = Names { before, after };
        let room = self.place.room();
        let Some((what, form)) = names.what(&self.place) else {
            let text =
                |value: &Option<Value>| value.as_ref().map_or("not given".to_owned(), Value::to_string);
            return Described {
                room,
                what: self.place.to_string(),
                before: text(&self.before),
                after: text(&self.after),
            };
        };
        let (before, after) = match (self.kind(), form) {
            (Kind::Moved, _) => (ordinal(self.before.as_ref()), ordinal(self.after.as_ref())),
            (Kind::Added, Form::Thing) => (String::new(), "added".to_owned()),
            (Kind::Removed, Form::Thing) => (String::new(), "removed".to_owned()),
            (Kind::Changed, Form::Thing) => (String::new(), "changed".to_owned()),
            (_, form) => {
                let words = |value: &Option<Value>| names.value(value.as_ref(), form, &self.place);
                (words(&self.before), words(&self.after))
            }
        };
        Described { room, what, before, after }
    }
}

/// Where names are looked up.
struct Names<'a> {
    before: Things<'a>,
    after: Things<'a>,
}

impl Names<'_> {
    /// What a place is called, with the names of the things that it lies in.
    fn what(&self, place: &Place) -> Option<(String, Form)> {
        let (words, form) = known(place)?;
        let steps: Vec<&str> = place.0.iter().map(String::as_str).collect();
        let things: Vec<String> = match steps[..] {
            [list @ "snapshots", id, ..] => vec![self.thing(list, id)],
            ["reach", "changing_risk", "bands", id, .., "moves", to] => {
                vec![self.thing("bands", id), self.thing("bands", to)]
            }
            ["reach", "changing_risk", "measures", ..] => Vec::new(),
            ["reach", "changing_risk", list, id, ..] => vec![self.thing(list, id)],
            [_, list, id, map @ ("met_by" | "swings" | "uptake" | "rate_bid" | "rate_observed"), key] => {
                vec![self.thing(list, id), self.thing(map, key)]
            }
            ["reach", "caseload", list, id, ..] => vec![self.thing(list, id)],
            [_, list, id, ..] => vec![self.thing(list, id)],
            _ => Vec::new(),
        };
        let mut words = words.to_owned();
        if let (Some(owner), Some(last)) = (things.first(), things.last()) {
            words = words.replace("{owner}", owner).replace("{}", last);
        }
        Some((words, form))
    }

    /// Asks the workspace before, and if it does not know, the one after.
    fn either<T>(&self, ask: impl Fn(&Things<'_>) -> Option<T>) -> Option<T> {
        ask(&self.before).or_else(|| ask(&self.after))
    }

    /// The name of the thing of this id, which stands in this list, as a key of this map or in this field.
    fn thing(&self, list: &str, id: &str) -> String {
        let name = match list {
            "options" | "met_by" | "terms" | "option" | "recommendation" | "ranking" | "gut_feel"
            | "gains_from" | "promises" => self.either(|w| w.option(&id.into()).map(|o| o.name.clone())),
            "need_groups" | "uptake" | "rate_bid" | "rate_observed" | "group" | "speaks_for" | "starts" => {
                self.either(|w| w.need_group(&id.into()).map(|g| g.name.clone()))
            }
            "factors" | "feeds" | "swings" | "factor" | "against" | "swing_ranking" | "asks" => {
                self.either(|w| w.factor(&id.into()).map(|f| f.name.clone()))
            }
            "sectors" | "sector" => self.either(|w| w.sector(&id.into()).map(|s| s.name.clone())),
            "stakeholders" | "stakeholder" => {
                self.either(|w| w.stakeholder(&id.into()).map(|s| s.name.clone()))
            }
            "scores" => id
                .split_once('/')
                .map(|(f, o)| format!("{} on {}", self.thing("options", o), self.thing("factors", f))),
            "exchange_answers" => id.split_once('/').map(|(factor, against)| {
                format!("{} against {}", self.thing("factors", factor), self.thing("factors", against))
            }),
            "ballots" => self.either(|w| {
                let ballot = w.ballot(id)?;
                let who = match &ballot.stakeholder {
                    Some(stakeholder) => self.thing("stakeholders", stakeholder.as_str()),
                    None => format!("somebody from {}", self.thing("sectors", ballot.sector.as_str())),
                };
                Some(if ballot.round == 1 { who } else { format!("{who}, round {}", ballot.round) })
            }),
            "bands" => self.either(|w| {
                let risk = w.reach.changing_risk.as_ref()?;
                risk.bands.iter().find(|band| band.id.as_str() == id).map(|band| band.name.clone())
            }),
            "agencies" => self.either(|w| {
                let risk = w.reach.changing_risk.as_ref()?;
                risk.agencies.iter().find(|agency| agency.id.as_str() == id).map(|agency| agency.name.clone())
            }),
            "snapshots" => self.either(|w| w.snapshot(&id.into()).map(|s| quoted(&s.name))),
            "frozen" => self.either(|w| w.decision.frozen(&id.into()).map(|copy| quoted(&copy.name))),
            "payments" => self.either(|w| {
                let payment = w.reach.payments.iter().find(|p| p.id.as_str() == id)?;
                let option = self.thing("options", payment.option.as_str());
                let group = payment.group.as_ref().map(|g| self.thing("need_groups", g.as_str()));
                let group = group.map_or("every group".to_owned(), |group| group);
                Some(format!("{}, {group}, under {option}", quoted(&payment.milestone)))
            }),
            "tripwires" => self.either(|w| {
                let wire = w.reach.caseload.tripwires.iter().find(|t| t.id.as_str() == id)?;
                let group = wire.group.as_ref().map(|g| self.thing("need_groups", g.as_str()));
                Some(format!("{} at {}", group.map_or("every group".to_owned(), |g| g), wire.gate))
            }),
            "evidence" => self.either(|w| {
                w.challenge.evidence.iter().find(|e| e.id.as_str() == id).map(|e| quoted(&e.title))
            }),
            _ => self.either(|w| w.text(list, id)).map(|text| quoted(&text)),
        };
        let unnamed = || if WORDED.contains(&list) { "with no words yet" } else { id }.to_owned();
        name.filter(|name| !name.trim().is_empty()).unwrap_or_else(unnamed)
    }

    /// The unit of the factor that a place belongs to; empty for none.
    fn unit(&self, place: &Place) -> String {
        let factor = match place.0.get(1..3) {
            Some([list, id]) if list == "factors" => id.as_str(),
            Some([list, id]) if list == "scores" => id.split_once('/').map_or("", |(factor, _)| factor),
            _ => return String::new(),
        };
        let unit = |factor: &Factor| factor.unit.clone();
        self.either(|w| w.factor(&factor.into()).map(unit)).unwrap_or_default()
    }

    /// A value in words.
    fn value(&self, value: Option<&Value>, form: Form, place: &Place) -> String {
        let not_given = || match form {
            Form::Level | Form::Score => "not known".to_owned(),
            Form::Dissent | Form::Figures => "none".to_owned(),
            Form::Links => "nothing".to_owned(),
            Form::Mark => "no".to_owned(),
            _ => "not given".to_owned(),
        };
        let Some(value) = value.filter(|value| !value.is_null()) else { return not_given() };
        let unit = &self.unit(place);
        let field = match place.0.as_slice() {
            [.., map, _] if map == "starts" => "bands",
            steps => steps.last().map_or("", String::as_str),
        };
        let words = match form {
            Form::Thing => None,
            Form::Text => {
                value.as_str().map(|text| if text.is_empty() { not_given() } else { text.to_owned() })
            }
            Form::Figure => value.as_f64().map(figure),
            Form::Share => value.as_f64().map(|share| format!("{} %", figure(share * 100.0))),
            Form::Money => value.as_str().map(|sum| sum.replace('-', &wording::MINUS.to_string())),
            Form::Sums => typed(value).map(sums),
            Form::YesNo | Form::Mark => value.as_bool().map(|yes| if yes { "yes" } else { "no" }.to_owned()),
            Form::Date => typed(value).map(wording::day),
            Form::Word => value.as_str().map(word),
            Form::Named => Some(self.named(value, field)),
            Form::Must => typed(value).map(|must| match must {
                Must::AtLeast(limit) => format!("at least {}", in_unit(limit, unit)),
                Must::AtMost(limit) => format!("at most {}", in_unit(limit, unit)),
            }),
            Form::Shares => typed(value)
                .map(|(low, high)| format!("{} to {}", wording::percent(low), wording::percent(high))),
            Form::ByYear => typed(value).map(|years: Vec<f64>| by_year(&years)),
            Form::Ends => typed(value).map(|(worst, best)| ends(worst, best, unit)),
            Form::Scale => typed(value).map(|scale| scale_words(&scale, unit)),
            Form::Level => typed(value).map(|level| level_words(&level, unit)),
            Form::Score => typed(value).map(|score: Score| level_words(&score.level, unit)),
            Form::Threshold => typed(value).map(threshold),
            Form::Measured => typed(value).map(|cohorts: Vec<MeasuredCohort>| measured(&cohorts)),
            Form::Dissent => typed(value).map(|dissent: Vec<ScoreDissent>| self.dissent(&dissent)),
            Form::Links => typed(value).map(|links: Vec<StatementLink>| self.links(&links)),
            Form::Figures => typed(value).map(|figures: Vec<FigureRef>| {
                let words: Vec<&str> = figures.iter().map(|figure| figure.words.as_str()).collect();
                wording::list(&words)
            }),
            Form::Signature => typed(value).map(|signed: SignOff| {
                format!("Signed by {} on {}", signed.by, wording::day(signed.on.date()))
            }),
            Form::Asked if value.as_array().is_some_and(Vec::is_empty) => Some("every factor".to_owned()),
            Form::Asked => Some(self.named(value, field)),
            Form::Edit => typed(value).map(|edit: ScoreEdit| match edit.by.as_str() {
                "" => wording::day(edit.on),
                by => format!("{by}, {}", wording::day(edit.on)),
            }),
        };
        words.unwrap_or_else(|| value.to_string())
    }

    /// Who says what, one after the other.
    fn dissent(&self, dissent: &[ScoreDissent]) -> String {
        if dissent.is_empty() {
            return "none".to_owned();
        }
        let said = dissent.iter().map(|d| {
            let who = match &d.who {
                Speaker::Stakeholder(id) => self.thing("stakeholder", id.as_str()),
                Speaker::Role(role) => role.clone(),
            };
            format!("{who}: {}", quoted(&d.text))
        });
        said.collect::<Vec<_>>().join("; ")
    }

    /// What a statement bears on, by name.
    fn links(&self, links: &[StatementLink]) -> String {
        let name = |link: &StatementLink| match link {
            StatementLink::Factor(factor) => self.thing("factors", factor.as_str()),
            StatementLink::Option(option) => self.thing("options", option.as_str()),
            StatementLink::NeedGroup(group) => self.thing("need_groups", group.as_str()),
            StatementLink::Cell { option, factor } => self.thing("scores", &format!("{factor}/{option}")),
        };
        let names: Vec<String> = links.iter().map(name).collect();
        if names.is_empty() {
            return "nothing".to_owned();
        }
        wording::list(&names.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The names behind an id or a list of ids that stand in this field.
    fn named(&self, value: &Value, field: &str) -> String {
        match value {
            Value::String(id) => self.thing(field, id),
            Value::Array(ids) if ids.is_empty() => "none".to_owned(),
            Value::Array(ids) => {
                let names: Vec<String> = ids.iter().map(|id| self.named(id, field)).collect();
                wording::list(&names.iter().map(String::as_str).collect::<Vec<_>>())
            }
            other => other.to_string(),
        }
    }
}

/// A text in quotation marks, cut at a word when it is long.
fn quoted(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    if text.chars().count() <= LONGEST_QUOTE {
        return format!("“{text}”");
    }
    let head: String = text.chars().take(LONGEST_QUOTE).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(whole_words, _)| whole_words);
    format!("“{} …”", head.trim_end_matches([',', ';', ':', '.']))
}

/// "100 %, 50 %, 50 %": what each contract year makes of what is stated.
fn by_year(years: &[f64]) -> String {
    if years.is_empty() {
        return "alike in every year".to_owned();
    }
    years.iter().map(|year| wording::percent(*year)).collect::<Vec<_>>().join(", ")
}

fn typed<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

fn figure(value: f64) -> String {
    wording::number(value, wording::decimals_used(value))
}

fn in_unit(value: f64, unit: &str) -> String {
    wording::with_unit(value, unit, wording::decimals_used(value))
}

fn ends(worst: f64, best: f64, unit: &str) -> String {
    format!("from {} to {}", in_unit(worst, unit), in_unit(best, unit))
}

/// A score in words, in the unit of its factor.
#[must_use]
pub fn level_words(level: &ScoreLevel, unit: &str) -> String {
    match level {
        ScoreLevel::Unknown => "not known".to_owned(),
        ScoreLevel::Point(x) => in_unit(*x, unit),
        ScoreLevel::Range { low, likely, high } => {
            let decimals =
                [low, likely, high].map(|x| wording::decimals_used(*x)).into_iter().max().unwrap_or(0);
            let [low, likely] = [low, likely].map(|x| wording::number(*x, decimals));
            format!("{low}–{likely}–{}", wording::number(*high, decimals))
        }
        ScoreLevel::Normal { mean, sd } => format!("{} ± {}", figure(*mean), figure(*sd)),
        ScoreLevel::Level(name) => name.clone(),
    }
}

fn scale_words(scale: &Scale, unit: &str) -> String {
    match scale {
        Scale::Points(points) if points.is_empty() => "no points".to_owned(),
        Scale::Levels(levels) if levels.is_empty() => "no levels".to_owned(),
        Scale::Linear { worst, best } => ends(*worst, *best, unit),
        Scale::Local { better: Better::Higher } => "between the options, more is better".to_owned(),
        Scale::Local { better: Better::Lower } => "between the options, less is better".to_owned(),
        Scale::Points(points) => {
            let points: Vec<_> =
                points.iter().map(|&(x, v)| format!("{} is worth {}", in_unit(x, unit), figure(v))).collect();
            points.join(", ")
        }
        Scale::Levels(levels) => {
            let levels: Vec<_> = levels
                .iter()
                .map(|level| format!("{} is worth {}", level.name, figure(level.value)))
                .collect();
            levels.join(", ")
        }
        Scale::Direct => "direct, 0 to 100".to_owned(),
        Scale::LowestPrice => "lowest price over price".to_owned(),
    }
}

fn sums(sums: Vec<Pence>) -> String {
    let sums: Vec<String> = sums.iter().map(Pence::to_string).collect();
    if sums.is_empty() { "nothing".to_owned() } else { sums.join(", then ") }
}

fn threshold(threshold: Threshold) -> String {
    let rate = |rate: f64| format!("{} %", figure(rate * 100.0));
    match threshold {
        Threshold::None => "none".to_owned(),
        Threshold::Binary(at) => format!("all or nothing at {}", rate(at)),
        Threshold::Above(at) => format!("each outcome above {}", rate(at)),
        Threshold::Fewer(fewer) => {
            let mut words =
                format!("all or nothing at {} fewer events than in a comparison group", rate(fewer.alone));
            if let Some(together) = fewer.together {
                words.push_str(&format!(", or {} over all cohorts together", rate(together)));
            }
            words.push_str(&format!(", {} compared for each person", figure(fewer.compared_per_person)));
            if let Some(events) = fewer.events_per_person {
                words.push_str(&format!(", {} events each", figure(events)));
            }
            words
        }
    }
}

/// Each cohort with its counts, or with the reduction that was published.
fn measured(cohorts: &[MeasuredCohort]) -> String {
    let count = |count: Option<f64>| count.map_or("?".to_owned(), figure);
    let one = |cohort: &MeasuredCohort| {
        let counts = [cohort.people, cohort.events, cohort.compared_people, cohort.compared_events];
        let found = match cohort.published_reduction {
            Some(reduction) if counts == [None; 4] => format!("{} % fewer", figure(reduction * 100.0)),
            _ => format!(
                "{} events of {}, compared {} of {}",
                count(cohort.events),
                count(cohort.people),
                count(cohort.compared_events),
                count(cohort.compared_people)
            ),
        };
        format!("{}: {found}", cohort.name)
    };
    if cohorts.is_empty() {
        return "nothing".to_owned();
    }
    cohorts.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A word of the model as people say it.
fn word(variant: &str) -> String {
    if let Some((_, words)) = WORDS.iter().find(|(name, _)| *name == variant) {
        return (*words).to_owned();
    }
    let mut words = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// A place in a list: "1st", "2nd", "3rd", "11th".
fn ordinal(place: Option<&Value>) -> String {
    let Some(place) = place.and_then(Value::as_u64) else { return "not known".to_owned() };
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", wording::thousands(place))
}
