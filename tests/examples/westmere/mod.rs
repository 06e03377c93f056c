//! Builds "Leaving custody in Westmere" from its stated inputs.

mod inputs;
mod record;
mod voices;
mod wording;

use std::collections::BTreeMap;

use evenhand::model::{
    Workspace,
    balance::{Balance, Factor, Scale, Score, ScoreLevel, Side, WeightsFrom},
    challenge::{Challenge, Evidence},
    ids::{
        EntitlementId, EvidenceId, FactorId, NeedGroupId, OptionId, PaymentId, SectorId, SnapshotId,
        StakeholderId, TradeOffId,
    },
    money::{Money, Pence},
    question::{Entitlement, Level, NeedGroup, Question, ServiceOption, TradeOff},
    reach::{
        ChangingRisk, Payment, Reach, Terms, Threshold, caseload::Caseload, changing_risk::PromisedSaving,
    },
    snapshot::{BalanceState, Snapshot},
    voices::SectorShape,
};
use inputs::{FactorIn, Inputs, OptionIn, SegmentIn};

use super::ids::tail;

/// The workspace that the inputs describe.
pub fn workspace() -> Workspace {
    Inputs::read().workspace()
}

impl Inputs {
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/westmere_example.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    fn workspace(&self) -> Workspace {
        let mut workspace = Workspace {
            title: self.meta.title.clone(),
            illustrative: format!(
                "{} So are who would gain from which option, and the days on which rounds were opened, closed and \
                 answered: they are added for this file.",
                self.meta.note
            ),
            question: self.question().into(),
            voices: self.voices().into(),
            balance: self.balance().into(),
            reach: self.payment_designs().into(),
            money: Money::default().into(),
            challenge: Challenge { evidence: self.evidence() }.into(),
            decision: self.decision().into(),
            snapshots: Vec::new(),
        };
        workspace.snapshots.push(self.officers_draft(&workspace));
        record::write_figures(&mut workspace);
        workspace
    }

    /// What the officers put forward: the ballots of the public sector alone, and reach worth the same at each step.
    fn officers_draft(&self, today: &Workspace) -> Snapshot {
        let mut state = BalanceState::of(today);
        let public = self.sector_id("public");
        state.weights_from = WeightsFrom::Ballots;
        state.rounds.clear();
        state.ballots.retain(|ballot| ballot.sector == public && ballot.round == 1);
        let reach = self.factor_id("reach");
        for factor in state.factors.iter_mut().filter(|f| f.id == reach) {
            let (worst, best) = factor.scale.ends().unwrap();
            factor.scale = Scale::Linear { worst, best };
        }
        Snapshot {
            id: SnapshotId::named("Officers’ draft", tail("snapshot", "officers-draft")),
            name: "Officers’ draft".to_owned(),
            taken: jiff::civil::date(2026, 10, 5).at(16, 40, 0, 0),
            note: "Before the round table: the ballots of the three officers, reach on a straight line."
                .to_owned(),
            state: state.into(),
        }
    }

    fn option_id(&self, key: &str) -> OptionId {
        let option = self.options.iter().find(|o| o.id == key).unwrap();
        OptionId::named(&option.name, tail("option", key))
    }

    fn factor_id(&self, key: &str) -> FactorId {
        let factor = self.factors.iter().find(|f| f.id == key).unwrap();
        FactorId::named(&factor.short, tail("factor", key))
    }

    fn group_id(&self, key: &str) -> NeedGroupId {
        let group = self.segments.iter().find(|s| s.id == key).unwrap();
        NeedGroupId::named(&group.short, tail("group", key))
    }

    fn sector_id(&self, key: &str) -> SectorId {
        let sector = self.sectors.iter().find(|s| s.id == key).unwrap();
        SectorId::named(&sector.name, tail("sector", key))
    }

    fn stakeholder_id(&self, key: &str) -> StakeholderId {
        let stakeholder = self.stakeholders.iter().find(|s| s.id == key).unwrap();
        StakeholderId::named(&stakeholder.role, tail("stakeholder", key))
    }

    fn question(&self) -> Question {
        Question {
            text: self.meta.question.clone(),
            place: self.meta.place.clone(),
            decision_maker: "Head of community safety".to_owned(),
            starts: "April".to_owned(),
            horizon_years: Some(self.meta.horizon_years),
            options: self.options.iter().map(|o| self.option(o)).collect(),
            need_groups: self.segments.iter().map(|s| self.need_group(s)).collect(),
            entitlements: self
                .entitlements
                .iter()
                .map(|e| Entitlement {
                    id: EntitlementId::named(&e.text, tail("entitlement", &e.text)),
                    text: e.text.clone(),
                    answers: e.answers.clone(),
                    met_by: BTreeMap::new(),
                })
                .collect(),
            trade_offs: self
                .trade_offs
                .iter()
                .map(|t| TradeOff {
                    id: TradeOffId::named(&t.what, tail("trade-off", &t.what)),
                    between: t.what.clone(),
                    text: t.text.clone(),
                })
                .collect(),
        }
    }

    fn option(&self, option: &OptionIn) -> ServiceOption {
        ServiceOption {
            id: self.option_id(&option.id),
            badge: option.id.clone(),
            name: option.name.clone(),
            short: option.short.clone(),
            summary: option.summary.clone(),
            decided: Some(level(&option.decided)),
            designed: Some(level(&option.designed)),
            delivered: Some(level(&option.delivered)),
        }
    }

    fn need_group(&self, group: &SegmentIn) -> NeedGroup {
        NeedGroup {
            id: self.group_id(&group.id),
            name: group.name.clone(),
            short: if group.short == group.name { String::new() } else { group.short.clone() },
            people_per_year: Some(group.people),
            cost_supported: Pence::from_pounds(group.cost),
            cost_parked: Pence::from_pounds(self.reach.token_contact_cost),
            outcome_without: Some(complement(group.baseline)),
            outcome_parked: Some(complement(group.baseline)),
            outcome_supported: Some(complement(group.supported)),
            outcome_spread: None,
            hours_supported: Some(hours(group)),
            seldom_heard: false,
            source: format!(
                "Invented. The outcome is not being reconvicted within a year. Assumed: minimal contact changes \
                 nothing, and an hour of support costs about £{}.",
                wording::POUNDS_AN_HOUR
            ),
        }
    }

    fn balance(&self) -> Balance {
        let cells = self.factors.iter().flat_map(|f| self.options.iter().map(move |o| (f, o)));
        Balance {
            factors: self.factors.iter().map(|f| self.factor(f)).collect(),
            scores: cells.map(|(f, o)| self.score(f, o)).collect(),
            weights_from: WeightsFrom::Swings,
            ..Balance::default()
        }
    }

    fn factor(&self, factor: &FactorIn) -> Factor {
        let scale = if factor.curve.len() == 2 {
            Scale::Linear { worst: factor.worst, best: factor.best }
        } else {
            Scale::Points(factor.curve.clone())
        };
        Factor {
            id: self.factor_id(&factor.id),
            name: factor.name.clone(),
            short: if factor.short == factor.name { String::new() } else { factor.short.clone() },
            side: if factor.group == "op" { Side::Operational } else { Side::Commercial },
            group: String::new(),
            unit: factor.unit.clone(),
            scale,
            swing: Some(median(self.swings_given(&factor.id))),
            swing_range: Some((factor.worst, factor.best)),
            weight_limits: None,
            must: None,
        }
    }

    fn score(&self, factor: &FactorIn, option: &OptionIn) -> Score {
        let cell = &self.scores[&factor.id][&option.id];
        Score {
            level: ScoreLevel::Range { low: cell.low, likely: cell.likely, high: cell.high },
            grade: Some(cell.grade),
            source: cell.source.clone(),
            evidence: if cell.source == wording::OPINION {
                Vec::new()
            } else {
                vec![evidence_id(&cell.source)]
            },
            ..Score::unknown(self.factor_id(&factor.id), self.option_id(&option.id))
        }
    }

    /// Each source once, in the order in which the scores first name it, with the best grade that it is used with.
    fn evidence(&self) -> Vec<Evidence> {
        let cells = self.factors.iter().flat_map(|f| self.options.iter().map(move |o| (f, o)));
        let mut items: Vec<Evidence> = Vec::new();
        let cells = cells.map(|(f, o)| &self.scores[&f.id][&o.id]);
        for cell in cells.filter(|cell| cell.source != wording::OPINION) {
            if let Some(item) = items.iter_mut().find(|i| i.title == cell.source) {
                item.grade = item.grade.max(Some(cell.grade));
                continue;
            }
            let says = wording::WHAT_SOURCES_SAY.into_iter().find(|(source, _)| *source == cell.source);
            items.push(Evidence {
                id: evidence_id(&cell.source),
                title: cell.source.clone(),
                source: "Invented for this example".to_owned(),
                grade: Some(cell.grade),
                says: says.unwrap().1.to_owned(),
                assumed: false,
            });
        }
        assert_eq!(items.len(), wording::WHAT_SOURCES_SAY.len());
        items.push(self.assumed_second_round());
        items
    }

    fn payment_designs(&self) -> Reach {
        Reach {
            response_scale: Pence::from_pounds(self.reach.response_scale).unwrap(),
            terms: self.options.iter().map(|o| self.terms(o)).collect(),
            payments: self.options.iter().flat_map(|o| self.payments(o)).collect(),
            feeds: Vec::new(),
            changing_risk: Some(self.changing_risk()),
            caseload: Caseload::default(),
        }
    }

    /// The bands, moves and costs that the program ships, and the cashable saving that each option scores, spread evenly
    /// over the years bought.
    fn changing_risk(&self) -> ChangingRisk {
        let mut risk = ChangingRisk::illustrative(&self.question());
        risk.promises = self
            .options
            .iter()
            .map(|option| {
                let cell = &self.scores["cash"][&option.id];
                PromisedSaving {
                    option: self.option_id(&option.id),
                    by_year: vec![
                        Pence::from_pounds(cell.likely * 1e6 / f64::from(self.meta.horizon_years)).unwrap(),
                    ],
                    source: cell.source.clone(),
                }
            })
            .collect();
        risk
    }

    fn terms(&self, option: &OptionIn) -> Terms {
        let design = &self.reach.payment[&option.id];
        let hours_for_all: f64 = self.segments.iter().map(|s| s.people * hours(s)).sum();
        Terms {
            option: self.option_id(&option.id),
            label: design.label.clone(),
            block_fee: Some(Pence(0)),
            attachment_fee: Pence::from_pounds(design.start),
            threshold: Threshold::None,
            paid_above_baseline: false,
            cap: None,
            referral: Some(wording::REFERRAL),
            minimum_standard: Some(design.floor >= wording::MINIMUM_STANDARD_FROM),
            investor: Some(option.id == "C"),
            // What spreads evenly to the equal share that the inputs state.
            capacity_hours: Some((design.equal_share * hours_for_all * 10.0).round() / 10.0),
            capacity_money: None,
            floor: Some(design.floor),
            uptake: self.segments.iter().map(|s| (self.group_id(&s.id), design.cap[&s.id])).collect(),
            ..Terms::unknown(self.option_id(&option.id))
        }
    }

    /// Prices above nought; one for everybody where the inputs give every group the same.
    fn payments(&self, option: &OptionIn) -> Vec<Payment> {
        let design = &self.reach.payment[&option.id];
        let milestones = [
            ("completion", "Completion", &design.completion, Some(1.0)),
            ("tariff", "Not reconvicted in a year", &design.tariff, None),
        ];
        let mut payments = Vec::new();
        for (key, milestone, prices, probability_supported) in milestones {
            let one_price = prices.values().all(|p| (p - prices[&self.segments[0].id]).abs() < 0.005);
            let groups: Vec<Option<&str>> = if one_price {
                vec![None]
            } else {
                self.segments.iter().map(|s| Some(s.id.as_str())).collect()
            };
            for group in groups {
                let price = prices[group.unwrap_or(&self.segments[0].id)];
                if price <= 0.0 {
                    continue;
                }
                let name = format!("{} {key} {}", option.id, group.unwrap_or("everybody"));
                payments.push(Payment {
                    id: PaymentId::named(&name, tail("payment", &name)),
                    option: self.option_id(&option.id),
                    group: group.map(|g| self.group_id(g)),
                    milestone: milestone.to_owned(),
                    price: Pence::from_pounds(price).unwrap(),
                    probability_parked: Some(0.0),
                    probability_supported,
                });
            }
        }
        payments
    }
}

fn evidence_id(source: &str) -> EvidenceId {
    EvidenceId::named(source, tail("evidence", source))
}

/// One minus a probability that is given to the per cent.
fn complement(probability: f64) -> f64 {
    (100.0 - probability * 100.0).round() / 100.0
}

fn hours(group: &SegmentIn) -> f64 {
    (group.cost / wording::POUNDS_AN_HOUR).round()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let (lower, upper) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
    f64::midpoint(lower, upper)
}

fn level(key: &str) -> Level {
    match key {
        "street" => Level::FewStreets,
        "estate" => Level::Estate,
        "ward" => Level::Ward,
        "group" => Level::GroupOfPeople,
        "borough" => Level::Borough,
        "county" => Level::County,
        "region" => Level::Region,
        "nation" => Level::Nation,
        other => panic!("level {other}"),
    }
}

fn shape(key: &str) -> SectorShape {
    match key {
        "hexagon" => SectorShape::Hexagon,
        "diamond" => SectorShape::Diamond,
        "triangle-up" => SectorShape::TriangleUp,
        "star" => SectorShape::Star,
        "triangle-down" => SectorShape::TriangleDown,
        "plus" => SectorShape::Plus,
        "cross" => SectorShape::Cross,
        other => panic!("shape {other}"),
    }
}
