//! Builds "Work Programme payment groups" from the published prices and outcome rates.
//!
//! Only groups whose price and outcome rate were read in a source are taken, and one (PG6) whose largest sustainment
//! payments were remembered: that figure, like all that had to be assumed, stands in the file as an assumption.

use std::collections::BTreeMap;

use evenhand::model::{
    Workspace,
    challenge::{Challenge, Evidence},
    ids::{NeedGroupId, OptionId, PaymentId, TradeOffId},
    money::Pence,
    question::{Level, NeedGroup, Question, ServiceOption, TradeOff},
    reach::{Payment, Reach, Referral, Terms, caseload::Caseload},
    wording::{number, pounds},
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    evidence::{assumption, item},
    ids::tail,
};

/// The published case, as far as the workspace holds it.
#[derive(Deserialize)]
pub struct Case {
    sources: Vec<String>,
    inputs: CaseInputs,
    /// What the case must give.
    pub expected: Expected,
}

#[derive(Deserialize)]
struct CaseInputs {
    tariffs_gbp: BTreeMap<String, Tariff>,
    two_year_job_outcome_rate_to_dec2017: BTreeMap<String, Value>,
    minimum_performance_level: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Tariff {
    attachment_y1: f64,
    job_outcome: f64,
    max_sustainment: f64,
    provenance: String,
}

#[derive(Deserialize)]
pub struct Expected {
    pub income_per_attached_person_gbp: BTreeMap<String, ExpectedIncome>,
    pub flag_parked: Vec<String>,
    pub rank_by_income_no_attachment: Vec<String>,
}

#[derive(Deserialize)]
pub struct ExpectedIncome {
    pub with_attachment_full_sustain: f64,
    pub no_attachment_full_sustain: f64,
    #[serde(rename = "break_even_rate_to_equal_PG1_income_no_attachment")]
    pub neutral_rate: f64,
}

/// Key in the case, full name and short name of each group taken.
pub const GROUPS: [(&str, &str, &str); 4] = [
    ("PG1 JSA 18-24", "Jobseeker’s Allowance, aged 18 to 24 (PG1)", "PG1 JSA 18–24"),
    ("PG2 JSA 25+", "Jobseeker’s Allowance, aged 25 and over (PG2)", "PG2 JSA 25+"),
    ("PG6 new ESA", "New to Employment and Support Allowance (PG6)", "PG6 new ESA"),
    (
        "PG7 ESA ex-IB",
        "Employment and Support Allowance, earlier on Incapacity Benefit (PG7)",
        "PG7 ESA ex-IB",
    ),
];

/// The options: with the attachment fee, and without.
pub const OPTIONS: [&str; 2] = ["Prices of 2011", "No attachment fee, from April 2014"];

const COST_PARKED: f64 = 50.0;
const PEOPLE: f64 = 1000.0;
const HOURS: f64 = 40.0;
const RESPONSE_SCALE: f64 = 250.0;
const CHOSEN: &str = "Chosen for this example";
const LEVEL_SOURCE: &str = "NAO press release 2014; PAC HC457; ERSA; openDemocracy part 3";

impl Case {
    /// Reads the case from the test data.
    pub fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases/01_work_programme_tariffs.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    /// The workspace that it describes.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            title: "Work Programme payment groups".to_owned(),
            illustrative:
                "Prices and outcome rates are published. Costs, numbers of people, what parked people \
                           achieve and part of the price for PG6 are assumed; the list of evidence says which."
                    .to_owned(),
            question: self.question().into(),
            reach: self.payment_designs().into(),
            challenge: Challenge { evidence: self.evidence() }.into(),
            ..Workspace::default()
        }
    }

    fn rate(&self, group: &str) -> f64 {
        self.inputs.two_year_job_outcome_rate_to_dec2017[group].as_f64().unwrap()
    }

    fn level_asked_for(&self, key: &str) -> f64 {
        self.inputs.minimum_performance_level[key].as_f64().unwrap()
    }

    /// What results bring in for one person of a group at the observed rate, in pounds.
    fn income_from_results(&self, group: &str) -> f64 {
        let tariff = &self.inputs.tariffs_gbp[group];
        (tariff.job_outcome + tariff.max_sustainment) * self.rate(group)
    }

    /// The extra cost of support at which it just pays to support PG1: its income from results, down to £10.
    fn extra_cost(&self) -> f64 {
        (self.income_from_results(GROUPS[0].0) / 10.0).floor() * 10.0
    }

    fn question(&self) -> Question {
        Question {
            text: "Would these prices have served everyone alike?".to_owned(),
            place: "Great Britain".to_owned(),
            decision_maker: "Department for Work and Pensions".to_owned(),
            starts: "2011".to_owned(),
            options: vec![
                option(
                    0,
                    "2011 prices",
                    "A fee when a person is attached, a payment for a job, and payments for staying in it",
                ),
                option(1, "No attachment fee", "The same prices for results, and nothing at the start"),
            ],
            need_groups: GROUPS.iter().map(|(key, name, short)| self.need_group(key, name, short)).collect(),
            trade_offs: vec![TradeOff {
                id: TradeOffId::named("between people", tail("trade-off", "people")),
                between: "Between people".to_owned(),
                text: "A provider with too little for everyone chooses whom to help; the prices guide the choice."
                    .to_owned(),
            }],
            ..Question::default()
        }
    }

    fn need_group(&self, key: &str, name: &str, short: &str) -> NeedGroup {
        let remembered = if self.inputs.tariffs_gbp[key].provenance.contains("remembered") {
            " Part of its price is remembered, not read."
        } else {
            ""
        };
        NeedGroup {
            id: group_id(key),
            name: name.to_owned(),
            short: short.to_owned(),
            people_per_year: Some(PEOPLE),
            cost_supported: Pence::from_pounds(COST_PARKED + self.extra_cost()),
            cost_parked: Pence::from_pounds(COST_PARKED),
            outcome_without: None,
            outcome_parked: Some(0.0),
            outcome_supported: Some(self.rate(key)),
            outcome_spread: None,
            hours_supported: Some(HOURS),
            seldom_heard: false,
            source: format!(
                "With support: job outcomes within two years, read. Assumed: costs, people, hours, and that nobody \
                 parked reaches a paid outcome.{remembered}"
            ),
        }
    }

    fn payment_designs(&self) -> Reach {
        Reach {
            response_scale: Pence::from_pounds(RESPONSE_SCALE).unwrap(),
            terms: vec![
                terms(0, "A fee by group at attachment, then by results"),
                terms(1, "By results alone"),
            ],
            payments: (0..OPTIONS.len()).flat_map(|option| self.payments(option)).collect(),
            feeds: Vec::new(),
            changing_risk: None,
            caseload: Caseload::default(),
        }
    }

    fn payments(&self, option: usize) -> Vec<Payment> {
        let milestones = |tariff: &Tariff| {
            let attachment = (option == 0).then_some(("attachment", "Attachment", tariff.attachment_y1));
            attachment.into_iter().chain([
                ("job", "Job outcome", tariff.job_outcome),
                ("stay", "Staying in work, all payments", tariff.max_sustainment),
            ])
        };
        let mut payments = Vec::new();
        for (group, _, short) in GROUPS {
            for (key, milestone, price) in milestones(&self.inputs.tariffs_gbp[group]) {
                let certain = (key == "attachment").then_some(1.0);
                let name = format!("{} {key} {short}", evenhand::model::question::badge(option));
                payments.push(Payment {
                    id: PaymentId::named(&name, tail("payment", &name)),
                    option: option_id(option),
                    group: Some(group_id(group)),
                    milestone: milestone.to_owned(),
                    price: Pence::from_pounds(price).unwrap(),
                    probability_parked: certain,
                    probability_supported: certain,
                });
            }
        }
        payments
    }

    fn evidence(&self) -> Vec<Evidence> {
        self.findings().into_iter().chain(self.assumptions()).collect()
    }

    /// What was read, each with its source.
    fn findings(&self) -> Vec<Evidence> {
        let [pg1, pg2, pg6, pg7] = GROUPS.map(|(key, ..)| &self.inputs.tariffs_gbp[key]);
        let [rate1, rate2, rate6, rate7] = GROUPS.map(|(key, ..)| percent(self.rate(key)));
        let asked = |key: &str| percent(self.level_asked_for(key));
        let jobseekers = format!(
            "At attachment {} in both groups; for a job outcome {}; for staying in work up to {} (PG1) and {} (PG2).",
            pounds(pg1.attachment_y1),
            pounds(pg1.job_outcome),
            pounds(pg1.max_sustainment),
            pounds(pg2.max_sustainment)
        );
        let incapacity = format!(
            "At attachment {} in both groups; for a job outcome {} (PG6) and {} (PG7); for staying in work up to \
             {} (PG7).",
            pounds(pg7.attachment_y1),
            pounds(pg6.job_outcome),
            pounds(pg7.job_outcome),
            pounds(pg7.max_sustainment)
        );
        let rates = format!("To December 2017: PG1 {rate1}, PG2 {rate2}, PG6 {rate6}, PG7 {rate7}.");
        let levels = format!(
            "The least that was asked for in PG6 was at first {}, later {}; by 2014 {} came.",
            asked("PG6_original"),
            asked("PG6_revised"),
            asked("PG6_actual_2014")
        );
        vec![
            item("Prices for Jobseeker’s Allowance", &self.sources[0], Some(5), &jobseekers),
            item("Prices for Employment and Support Allowance", &self.sources[1], Some(4), &incapacity),
            item("Job outcomes within two years", &self.sources[2], Some(5), &rates),
            item(
                "End of the attachment fee",
                &self.sources[3],
                Some(4),
                "From April 2014 nobody was paid for attachment.",
            ),
            item("What was asked for in PG6, and what came", LEVEL_SOURCE, Some(4), &levels),
        ]
    }

    /// What had to be assumed, and where it can be changed.
    fn assumptions(&self) -> Vec<Evidence> {
        let pg6 = &self.inputs.tariffs_gbp[GROUPS[2].0];
        let extra = self.extra_cost();
        let [cost, parked, extra] = [COST_PARKED + extra, COST_PARKED, extra].map(pounds);
        let remembered = format!(
            "Up to {}, which makes {} in all with attachment.",
            pounds(pg6.max_sustainment),
            pounds(pg6.attachment_y1 + pg6.job_outcome + pg6.max_sustainment)
        );
        let costs = format!(
            "{cost} with support and {parked} for minimal contact, alike in all groups: at {extra} between them \
             it just pays to support PG1. A group that costs more to help does worse than shown."
        );
        let people = format!(
            "{} people a year and {HOURS} hours of support each, alike in all groups.",
            number(PEOPLE, 0)
        );
        let response = format!("A gain of {} begins to change its mind.", pounds(RESPONSE_SCALE));
        vec![
            assumption("Payments for staying in work, PG6", "Remembered; no source was read", &remembered),
            assumption("Cost of supporting one person", CHOSEN, &costs),
            assumption(
                "What parked people achieve",
                CHOSEN,
                "Nobody who is parked reaches a paid outcome. Were it a like share of each group’s rate, with costs set \
                 as above, the same groups would be parked.",
            ),
            assumption(
                "Staying in work",
                CHOSEN,
                "Everyone who gets a job outcome earns all payments for staying in work. They could be given a rate \
                 of their own.",
            ),
            assumption("People and hours", CHOSEN, &people),
            assumption("How sharply the provider follows the money", CHOSEN, &response),
            assumption(
                "Who refers",
                "Remembered; no source was read",
                "The jobcentre refers, and the provider may not refuse.",
            ),
        ]
    }
}

fn option(index: usize, short: &str, summary: &str) -> ServiceOption {
    ServiceOption {
        id: option_id(index),
        badge: evenhand::model::question::badge(index),
        name: OPTIONS[index].to_owned(),
        short: short.to_owned(),
        summary: summary.to_owned(),
        decided: Some(Level::Nation),
        designed: None,
        delivered: None,
    }
}

fn option_id(index: usize) -> OptionId {
    OptionId::named(OPTIONS[index], tail("option", OPTIONS[index]))
}

fn group_id(key: &str) -> NeedGroupId {
    NeedGroupId::named(key, tail("group", key))
}

fn terms(index: usize, label: &str) -> Terms {
    Terms {
        label: label.to_owned(),
        block_fee: Some(Pence(0)),
        attachment_fee: Some(Pence(0)),
        referral: Some(Referral::Commissioner),
        ..Terms::unknown(option_id(index))
    }
}

/// A rate as it was published: "36.4 %", "22 %".
fn percent(rate: f64) -> String {
    let tenths = (rate * 1000.0).round() / 10.0;
    format!("{tenths} %")
}
