use super::*;
use crate::model::voices::{KnownAs, Round, RoundState, StatementLink};

fn second_round(asks: &[&str], state: RoundState) -> Round {
    Round { number: 2, asks: asks.iter().map(|id| (*id).into()).collect(), state, opened: None, closed: None }
}

#[test]
fn references_of_voices_lead_somewhere() {
    let nowhere = "there is none with that id";
    check(&[
        broken_by(
            |w| w.voices.ballots[0].ranking[0] = "gone".into(),
            "voices/ballots/ida-b222/ranking/gone",
            nowhere,
        ),
        broken_by(
            |w| w.voices.ballots[0].gut_feel[0] = "gone".into(),
            "voices/ballots/ida-b222/gut_feel/gone",
            nowhere,
        ),
        broken_by(
            |w| w.voices.ballots[0].ranking[0] = "caterer-o222".into(),
            "voices/ballots/ida-b222/ranking/caterer-o222",
            "names “Town caterer” twice",
        ),
        broken_by(|w| w.voices.rounds[0].asks.push("gone".into()), "voices/rounds/1/asks/gone", nowhere),
        broken_by(|w| w.voices.rounds[0].number = 3, "voices/rounds/3", "is of round 3"),
        broken_by(
            |w| {
                let again = w.voices.rounds[0].clone();
                w.voices.rounds.push(again);
            },
            "voices/rounds/1",
            "Round 1 stands twice",
        ),
        broken_by(
            |w| w.voices.stakeholders[0].gains_from.push("gone".into()),
            "voices/stakeholders/ida-p222/gains_from/gone",
            nowhere,
        ),
        broken_by(
            |w| {
                w.voices.statements[0].links =
                    vec![StatementLink::Cell { option: "caterer-o222".into(), factor: "gone".into() }]
            },
            "voices/statements/cold-m222/links/gone",
            nowhere,
        ),
    ]);
}

#[test]
fn rounds_and_ballots_that_are_odd_are_told_and_allowed() {
    check(&[
        doubtful_by(
            |w| {
                w.voices.rounds.push(second_round(&["meals-f222"], RoundState::Closed));
                w.voices.ballots[0].round = 2;
            },
            "voices/ballots/ida-b222/swings/price-f333",
            "which round 2 did not ask about",
        ),
        doubtful_by(
            |w| w.voices.ballots[0].received = Some(jiff::civil::date(2026, 3, 11)),
            "voices/ballots/ida-b222/received",
            "after round 1 was closed",
        ),
        doubtful_by(
            |w| w.voices.rounds[0].closed = Some(jiff::civil::date(2026, 3, 8)),
            "voices/rounds/1/closed",
            "before it was opened on 9 March 2026",
        ),
        doubtful_by(
            |w| w.voices.rounds[0].asks = vec!["meals-f222".into(), "meals-f222".into()],
            "voices/rounds/1/asks",
            "names a factor twice",
        ),
        doubtful_by(
            |w| {
                w.voices.rounds[0].state = RoundState::Open;
                w.voices.rounds.push(second_round(&[], RoundState::Open));
            },
            "voices/rounds",
            "2 rounds are open at once",
        ),
        doubtful_by(
            |w| {
                w.voices.rounds.push(second_round(&["meals-f222"], RoundState::Closed));
                for (n, round) in [1, 1, 2].into_iter().enumerate() {
                    let id = format!("unnamed-b{n}");
                    let mut ballot = w.voices.ballots[0].clone();
                    (ballot.id, ballot.stakeholder, ballot.round) = (id.as_str().into(), None, round);
                    w.voices.ballots.push(ballot);
                }
            },
            "voices/ballots/unnamed-b2",
            "“Guests” without a name cannot be joined",
        ),
    ]);
}

#[test]
fn names_are_not_kept_without_a_purpose_and_an_end() {
    check(&[
        doubtful_by(
            |w| {
                w.voices.stakeholders[0].known_as = KnownAs::Name;
                w.voices.personal_data.purpose.clear();
            },
            "voices/personal_data/purpose",
            "1 person stands in the register by their own name",
        ),
        doubtful_by(
            |w| {
                w.voices.stakeholders[0].known_as = KnownAs::Name;
                w.voices.personal_data.until = None;
            },
            "voices/personal_data/until",
            "it is not said until when",
        ),
        doubtful_by(
            |w| {
                let link = w.voices.statements[0].links[0].clone();
                w.voices.statements[0].links.push(link);
            },
            "voices/statements/cold-m222/links",
            "linked to one thing twice",
        ),
    ]);
    let mut roles = sample::workspace();
    roles.voices.personal_data = Default::default();
    assert_eq!(problems(&roles), []);
}
