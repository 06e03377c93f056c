//! Who was heard in Westmere, what they said, and their ballots.

use std::collections::BTreeMap;

use evenhand::model::{
    challenge::Evidence,
    ids::{BallotId, EvidenceId, FactorId, StatementId},
    voices::{
        Ballot, CombineRule, Heard, KnownAs, PersonalData, Round, RoundState, Sector, Stakeholder, Statement,
        StatementLink, StatementMethod, StatementStatus, Voices, Vote,
    },
};
use jiff::civil::date;

use super::{
    inputs::{Inputs, SectorIn, StakeholderIn, StatementIn, VoterIn},
    level, median, shape, tail, wording,
};

/// The two factors furthest apart, which the second round asks about again.
const ASKED_AGAIN: [&str; 2] = ["surv", "risk"];
/// Those who have not given a ballot in the second round.
const NOT_YET_IN: [&str; 3] = ["p4", "p8", "p12"];

impl Inputs {
    pub(super) fn voices(&self) -> Voices {
        Voices {
            sectors: self.sectors.iter().map(|s| self.sector(s)).collect(),
            stakeholders: self.stakeholders.iter().map(|s| self.stakeholder(s)).collect(),
            personal_data: PersonalData {
                purpose: "To tell people what became of what they said".to_owned(),
                held_by: "Head of community safety".to_owned(),
                until: Some(date(2027, 9, 30)),
            },
            statements: self.statements.iter().map(|s| self.statement(s)).collect(),
            rounds: vec![self.blind_round(), self.second_round()],
            ballots: self.ballots_of_both_rounds().into(),
            combine: CombineRule::MedianAsGiven,
            vote: Vote::OnePerson,
            workshop: None,
        }
    }

    fn sector(&self, sector: &SectorIn) -> Sector {
        Sector {
            id: self.sector_id(&sector.id),
            name: sector.name.clone(),
            short: sector.short.clone(),
            shape: shape(&sector.shape),
            first_hand: sector.id == "users",
        }
    }

    fn stakeholder(&self, person: &StakeholderIn) -> Stakeholder {
        let (_, influence, stake) =
            wording::INFLUENCE_AND_STAKE.into_iter().find(|(id, ..)| *id == person.id).unwrap();
        let (heard, through) = match person.heard.strip_prefix("Through ") {
            Some(body) => (Heard::Through, body),
            None => (Heard::Direct, person.heard.as_str()),
        };
        let gains = wording::GAINS_FROM.into_iter().filter(|(id, _)| *id == person.id);
        // In the order of the need groups, as the register shows them.
        let spoken_for = self.segments.iter().filter(|s| person.speaks.contains_key(&s.id));
        Stakeholder {
            known_as: if person.org.starts_with("Pseudonym") { KnownAs::Pseudonym } else { KnownAs::Role },
            role: person.org.clone(),
            speaks_for: spoken_for.map(|s| self.group_id(&s.id)).collect(),
            gains_from: gains.map(|(_, option)| self.option_id(option)).collect(),
            heard,
            through: through.to_owned(),
            local_means: Some(level(&person.local)),
            layers_from_delivery: None,
            influence: Some(influence),
            interest: Some(stake),
            marginal: wording::MARGINAL.contains(&person.id.as_str()),
            ..Stakeholder::named(
                self.stakeholder_id(&person.id),
                &person.role,
                self.sector_id(&person.sector),
            )
        }
    }

    fn statement(&self, statement: &StatementIn) -> Statement {
        let status = match statement.status.as_str() {
            "done" => StatementStatus::Done,
            "passed" => StatementStatus::PassedOn,
            "open" => StatementStatus::Open,
            other => panic!("statement status {other}"),
        };
        let response = if status == StatementStatus::Open { "" } else { statement.done.as_str() };
        Statement {
            stakeholder: Some(self.stakeholder_id(&statement.who)),
            method: Some(StatementMethod::InTheRoom),
            links: self.links(&statement.who),
            response: response.to_owned(),
            status,
            ..Statement::said(
                StatementId::named(&statement.said, tail("statement", &statement.said)),
                &statement.said,
            )
        }
    }

    /// What the statement of a person bears on.
    fn links(&self, who: &str) -> Vec<StatementLink> {
        let factor = |key| StatementLink::Factor(self.factor_id(key));
        match who {
            "s15" => vec![factor("cont")],
            "s10" => vec![factor("surv")],
            "s11" => vec![StatementLink::NeedGroup(self.group_id("women"))],
            "s7" => {
                vec![StatementLink::Cell { option: self.option_id("B"), factor: self.factor_id("wlc") }]
            }
            "s22" => vec![factor("reach")],
            _ => Vec::new(),
        }
    }

    fn blind_round(&self) -> Round {
        Round {
            number: 1,
            asks: Vec::new(),
            state: RoundState::Closed,
            opened: Some(date(2026, 10, 12)),
            closed: Some(date(2026, 10, 12)),
        }
    }

    fn second_round(&self) -> Round {
        Round {
            number: 2,
            asks: ASKED_AGAIN.iter().map(|key| self.factor_id(key)).collect(),
            state: RoundState::Open,
            opened: Some(date(2026, 10, 12)),
            closed: None,
        }
    }

    fn ballots_of_both_rounds(&self) -> Vec<Ballot> {
        let voters = || self.voters.iter().enumerate();
        let first = voters().map(|(place, voter)| {
            let swings =
                self.factors.iter().map(|f| (self.factor_id(&f.id), self.swings_given(&f.id)[place]));
            self.ballot(voter, 1, swings.collect())
        });
        let second = voters().filter(|(_, voter)| !NOT_YET_IN.contains(&voter.id.as_str()));
        let second = second.map(|(place, voter)| {
            let swings = ASKED_AGAIN.iter().map(|key| (self.factor_id(key), self.nearer(key, place)));
            self.ballot(voter, 2, swings.collect())
        });
        first.chain(second).collect()
    }

    /// Half of the way from what a voter gave a factor to the median, to the next 5.
    fn nearer(&self, factor: &str, place: usize) -> f64 {
        let given = self.swings_given(factor);
        let half_way = f64::midpoint(given[place], median(given.clone()));
        (half_way / 5.0).round() * 5.0
    }

    fn ballot(&self, voter: &VoterIn, round: u8, swings: BTreeMap<FactorId, f64>) -> Ballot {
        let person = self.stakeholders.iter().find(|s| s.voter.as_ref() == Some(&voter.id)).unwrap();
        assert_eq!(person.sector, voter.sector, "voter {}", voter.id);
        let tail = match round {
            1 => tail("ballot", &voter.id),
            _ => tail("second ballot", &voter.id),
        };
        Ballot {
            marginal: wording::MARGINAL.contains(&person.id.as_str()),
            swings,
            ..Ballot::blank(
                BallotId::named(&person.role, tail),
                Some(self.stakeholder_id(&person.id)),
                self.sector_id(&voter.sector),
                round,
            )
        }
    }

    /// What had to be assumed of the second round, said in the file.
    pub(super) fn assumed_second_round(&self) -> Evidence {
        Evidence {
            id: EvidenceId::named("Second round", tail("assumption", "second round")),
            title: "Second round of ballots".to_owned(),
            source: "Invented for this example".to_owned(),
            grade: None,
            says: "Eleven of fourteen went half of the way to the median of the first round, to the next 5."
                .to_owned(),
            assumed: true,
        }
    }

    /// The swing points given to a factor, in the order of the voters.
    pub(super) fn swings_given(&self, factor: &str) -> Vec<f64> {
        serde_json::from_value(self.ballots[factor].clone()).unwrap()
    }
}
