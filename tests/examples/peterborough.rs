//! Builds "Peterborough social impact bond" from the published rule and what was measured.
//!
//! The rule, the reductions and the rates of reconviction were read; the size of the comparison group was remembered, and
//! what a man brings in is assumed from the sum that was raised. Each stands in the file as what it is.

use evenhand::model::{
    Workspace,
    challenge::{Challenge, Evidence},
    ids::{NeedGroupId, OptionId, PaymentId},
    money::Pence,
    question::{Level, NeedGroup, Question, ServiceOption, badge},
    reach::{FewerEvents, MeasuredCohort, Payment, Reach, Referral, Terms, Threshold},
    wording::{number, percent_to_tenth, pounds},
};
use serde::Deserialize;

use super::{
    evidence::{assumption, item},
    ids::tail,
};

/// The published case, as far as the workspace holds it.
#[derive(Deserialize)]
pub struct Case {
    sources: Vec<String>,
    inputs: Inputs,
    pub expected: Expected,
}

#[derive(Deserialize)]
struct Inputs {
    events_per_100_treated: f64,
    events_per_100_control: f64,
    cohort_n: f64,
    control_n: f64,
    threshold_cohort: f64,
    threshold_pooled: f64,
    pooled_reduction_published: f64,
    binary_control_rate: f64,
    binary_reduction_pp: f64,
}

/// What the case must give.
#[derive(Deserialize)]
pub struct Expected {
    pub cohort1_reduction: f64,
    pub cohort1_paid: bool,
    pub pooled_paid: bool,
    pub reduction_poisson_95ci: [f64; 2],
    pub threshold_inside_ci: bool,
}

const OPTION: &str = "Bond as agreed in 2010";
const GROUP: &str = "Men leaving after under twelve months";
/// Raised for two cohorts; barrowcadbury.org.uk, "Peterborough Social Impact Bond shown to cut reoffending", read.
const RAISED: f64 = 5_000_000.0;
const RAISED_SOURCE: &str =
    "Barrow Cadbury Trust, Peterborough Social Impact Bond shown to cut reoffending, 2017";
const COHORTS: f64 = 2.0;
const CHOSEN: &str = "Chosen for this example";

impl Case {
    /// Reads the case from the test data.
    pub fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases/03_peterborough_sib.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    /// The workspace that it describes.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            title: "Peterborough social impact bond".to_owned(),
            illustrative:
                "The rule and what was measured are published. What a man brings in is assumed, and \
                           the size of the comparison group remembered; the list of evidence says which."
                    .to_owned(),
            question: self.question().into(),
            reach: self.payment_design().into(),
            challenge: Challenge { evidence: self.evidence() }.into(),
            ..Workspace::default()
        }
    }

    fn without(&self) -> f64 {
        1.0 - self.inputs.binary_control_rate
    }

    fn supported(&self) -> f64 {
        self.without() + self.inputs.binary_reduction_pp / 100.0
    }

    /// The sum raised for a man, £.
    fn raised_for_each(&self) -> f64 {
        RAISED / (COHORTS * self.inputs.cohort_n)
    }

    /// What a man who is not reconvicted would have to bring in for the sum raised to come back, £10 at a time.
    fn price(&self) -> f64 {
        (self.raised_for_each() / self.supported() / 10.0).round() * 10.0
    }

    fn question(&self) -> Question {
        Question {
            text: "Would this bond pay for what it achieves, or for luck?".to_owned(),
            place: "Peterborough".to_owned(),
            decision_maker: "Ministry of Justice".to_owned(),
            starts: "2010".to_owned(),
            options: vec![ServiceOption {
                id: option(),
                badge: badge(0),
                name: OPTION.to_owned(),
                short: "Bond".to_owned(),
                summary: "Investors pay for support after short sentences and are repaid past a threshold"
                    .to_owned(),
                decided: Some(Level::Nation),
                designed: None,
                delivered: None,
            }],
            need_groups: vec![NeedGroup {
                id: group(),
                name: GROUP.to_owned(),
                short: "Short sentences".to_owned(),
                people_per_year: Some(self.inputs.cohort_n),
                cost_supported: None,
                cost_parked: None,
                outcome_without: Some(self.without()),
                outcome_parked: Some(self.without()),
                outcome_supported: Some(self.supported()),
                outcome_spread: None,
                hours_supported: None,
                seldom_heard: false,
                source:
                    "Not reconvicted within a year: read. A cohort stands for a year. What a man cost was not read."
                        .to_owned(),
            }],
            ..Question::default()
        }
    }

    fn payment_design(&self) -> Reach {
        let inputs = &self.inputs;
        let compared_events = inputs.events_per_100_control / 100.0;
        let threshold = Threshold::Fewer(FewerEvents {
            alone: inputs.threshold_cohort,
            together: Some(inputs.threshold_pooled),
            compared_per_person: inputs.control_n / inputs.cohort_n,
            events_per_person: Some(compared_events),
        });
        let first = MeasuredCohort {
            name: "Cohort 1".to_owned(),
            people: Some(inputs.cohort_n),
            events: Some(inputs.events_per_100_treated / 100.0 * inputs.cohort_n),
            compared_people: Some(inputs.control_n),
            compared_events: Some((compared_events * inputs.control_n).round()),
            source: self.sources[0].clone(),
            ..MeasuredCohort::default()
        };
        let both = MeasuredCohort {
            name: "Both cohorts".to_owned(),
            together: true,
            published_reduction: Some(inputs.pooled_reduction_published),
            source: self.sources[2].clone(),
            ..MeasuredCohort::default()
        };
        Reach {
            terms: vec![Terms {
                label: "All or nothing past a tenth fewer reconvictions, or 7.5 % over all cohorts"
                    .to_owned(),
                block_fee: Some(Pence(0)),
                attachment_fee: Some(Pence(0)),
                threshold,
                referral: Some(Referral::Commissioner),
                may_refuse: Some(false),
                investor: Some(true),
                pilot: Some(true),
                source: self.sources[1].clone(),
                measured: vec![first, both],
                ..Terms::unknown(option())
            }],
            payments: vec![Payment {
                id: PaymentId::named("not reconvicted", tail("payment", "not reconvicted")),
                option: option(),
                group: Some(group()),
                milestone: "Not reconvicted".to_owned(),
                price: Pence::from_pounds(self.price()).unwrap(),
                probability_parked: None,
                probability_supported: None,
            }],
            ..Reach::default()
        }
    }

    fn evidence(&self) -> Vec<Evidence> {
        let inputs = &self.inputs;
        let events = format!(
            "{} reconviction events for every 100 men of the first cohort, {} for every 100 compared.",
            number(inputs.events_per_100_treated, 0),
            number(inputs.events_per_100_control, 0)
        );
        let rule = format!(
            "Paid at {} fewer in a cohort by itself, or at {} over all cohorts.",
            percent_to_tenth(inputs.threshold_cohort),
            percent_to_tenth(inputs.threshold_pooled)
        );
        let pooled =
            format!("{} fewer over both cohorts.", percent_to_tenth(inputs.pooled_reduction_published));
        let rate = format!(
            "{} of the men compared were reconvicted within a year; {} points fewer of those served.",
            percent_to_tenth(inputs.binary_control_rate),
            number(inputs.binary_reduction_pp, 1)
        );
        let compared = format!(
            "{} men compared with {} served.",
            number(inputs.control_n, 0),
            number(inputs.cohort_n, 0)
        );
        let money = format!(
            "{} raised for two cohorts is {} a man; the price of {} brings that back where results are as measured.",
            pounds(RAISED),
            pounds(self.raised_for_each()),
            pounds(self.price())
        );
        vec![
            item("Reconvictions of the first cohort", &self.sources[0], Some(4), &events),
            item("When the bond pays", &self.sources[1], Some(4), &rule),
            item("Both cohorts together", &self.sources[2], Some(4), &pooled),
            item("Men reconvicted at all", &self.sources[3], Some(4), &rate),
            item("What was raised", RAISED_SOURCE, Some(4), "£5 million for two cohorts of a thousand men."),
            assumption("Size of the comparison group", "Remembered; no source was read", &compared),
            assumption("What a man brings in", CHOSEN, &money),
        ]
    }
}

fn option() -> OptionId {
    OptionId::named("bond", tail("option", "bond"))
}

fn group() -> NeedGroupId {
    NeedGroupId::named("short sentences", tail("group", "short sentences"))
}
