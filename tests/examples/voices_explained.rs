//! Why the figures of Voices are what they are, on the worked example.

use evenhand::{
    analysis::{
        Analysis,
        explain::{Agreement, Explanation, Question, VoiceQuestion, WorkedOut, explain},
    },
    model::{
        Workspace,
        voices::{RoundState, Vote},
    },
};

use super::opened;

fn ask(workspace: &Workspace, question: VoiceQuestion) -> Explanation {
    let analysis = Analysis::of(workspace);
    explain(&Question::Voice(question), workspace, &analysis, WorkedOut::default()).unwrap()
}

fn figure<'a>(explanation: &'a Explanation, label: &str) -> &'a str {
    let input = explanation.inputs.iter().find(|input| input.label.starts_with(label));
    input.map_or("", |input| input.figure.as_str())
}

#[test]
fn agreement_is_told_with_its_test() {
    let workspace = opened("westmere");
    let why = ask(&workspace, VoiceQuestion::Agreement(Agreement::Factors));
    assert_eq!(why.title, "Why 0.55?");
    assert!(why.formula[2].contains("m = 14 rankings of n = 12 things. χ² = m(n − 1)W = 84.7."), "{why:#?}");
    assert_eq!(why.formula[3], "Rankings at random would agree as much less than once in 1,000 times.");
    assert_eq!(why.inputs[0].label, "Risk transfer");
    let why = ask(&workspace, VoiceQuestion::Agreement(Agreement::Options));
    assert_eq!(why.title, "Why 0.82?");
    assert!(why.assumptions[1].contains("fewer than 8"));
    let why = ask(&workspace, VoiceQuestion::Agreement(Agreement::GutFeel));
    assert_eq!(
        (why.title.as_str(), why.formula[0].as_str()),
        ("Why no agreement?", "There is no saying: no ballots.")
    );
}

#[test]
fn a_disagreement_names_who_stands_at_each_end() {
    let workspace = opened("westmere");
    let survival = workspace.balance.factors.iter().find(|f| f.short_name() == "Survival").unwrap();
    let why = ask(&workspace, VoiceQuestion::Disagreement(survival.id.clone()));
    assert_eq!(why.title, "Why 42.5?");
    assert_eq!(why.formula[1], "83.8 − 41.3 = 42.5");
    assert_eq!((why.inputs[0].label.as_str(), why.inputs[0].figure.as_str()), ("Regional director", "10.0"));
    assert_eq!(why.inputs[13].label, "Hostel manager");
}

#[test]
fn whose_voice_decides_is_told_by_vote_by_marginal_voices_and_by_each_left_out() {
    let workspace = opened("westmere");
    let why = ask(&workspace, VoiceQuestion::ByVote(Vote::OneSector));
    assert_eq!(why.title, "Why 8.5?");
    assert!(why.formula.contains(&"Commercial weight 43 %.".to_owned()), "{:?}", why.formula);
    assert_eq!(figure(&why, "Service users"), "21 % commercial");
    let why = ask(&workspace, VoiceQuestion::Marginal);
    assert_eq!(figure(&why, "At nought"), "B leads by 8.4");
    assert_eq!(figure(&why, "Double"), "B leads by 10.8");
    assert_eq!(figure(&why, "Mother of two"), "marginal");
    let why = ask(&workspace, VoiceQuestion::WithoutOne);
    assert_eq!(why.title, "Why 8.5 to 10.0?");
    assert_eq!(why.formula[2], "Whoever is left out, the leader stays.");
    assert_eq!(why.inputs.len(), 14);
    let users = workspace.voices.sectors.iter().find(|s| s.first_hand).unwrap();
    let why = ask(&workspace, VoiceQuestion::Sector(users.id.clone()));
    assert_eq!(figure(&why, "Once"), "B leads by 9.2");
}

#[test]
fn the_worst_off_sector_is_named_with_its_regret() {
    let workspace = opened("westmere");
    let option = workspace.question.options.iter().find(|o| o.badge == "A").unwrap();
    let why = ask(&workspace, VoiceQuestion::Fairness(option.id.clone()));
    assert_eq!(why.title, "Why 32.7?");
    assert!(why.formula[2].starts_with("It would cost Service users most: 42.2"), "{:?}", why.formula);
    assert_eq!(why.formula[3], "Best for the worst-off sector: B. Smallest largest regret: B.");
}

#[test]
fn movement_is_told_once_the_second_round_is_closed() {
    let mut workspace = opened("westmere");
    let why = ask(&workspace, VoiceQuestion::Movement);
    assert_eq!(why.title, "Why no movement?");
    workspace.voices.rounds[1].state = RoundState::Closed;
    let why = ask(&workspace, VoiceQuestion::Movement);
    assert!(why.formula.contains(&"11 people gave a ballot that counts in both rounds.".to_owned()));
    // Everybody went half of the way to the median: coming together, and no following.
    assert_ne!(why.title, "Why pointed out?");
    assert_eq!(figure(&why, "Survival"), "60.0 → 60.0");
}

#[test]
fn ballots_that_abstain_somewhere_are_said_to_be_left_out_of_the_agreement_on_factors() {
    let mut workspace = opened("westmere");
    let why = ask(&workspace, VoiceQuestion::Agreement(Agreement::Factors));
    assert_eq!(why.formula.last().unwrap(), "All 14 ballots that count are compared.");
    let factor = workspace.balance.factors[0].id.clone();
    for ballot in workspace.voices.ballots.iter_mut().filter(|ballot| ballot.round == 1).take(3) {
        ballot.swings.remove(&factor);
    }
    let why = ask(&workspace, VoiceQuestion::Agreement(Agreement::Factors));
    let left_out = "3 of the 14 ballots that count are left out: they abstain on a factor.";
    assert_eq!(why.formula.last().unwrap(), left_out);
}

#[test]
fn one_ballot_tells_what_its_points_lead_to_and_how_its_giver_ranks() {
    let mut workspace = opened("westmere");
    let counts = workspace.voices.ballots.iter().position(|ballot| ballot.round == 1).unwrap();
    let options: Vec<_> = workspace.question.options.iter().map(|option| option.id.clone()).collect();
    workspace.voices.ballots[counts].gut_feel = vec![options[2].clone(), options[0].clone()];
    let id = workspace.voices.ballots[counts].id.clone();
    let why = ask(&workspace, VoiceQuestion::OneBallot(id));
    assert_eq!(why.title, "Why B by the ballot of Head of community safety?");
    assert!(why.formula.contains(&"By gut feel they put C first.".to_owned()), "{:?}", why.formula);
    // 90 of the 725 points of this ballot, the most of all.
    assert_eq!((why.inputs[0].label.as_str(), figure(&why, "Reoffending")), ("Reoffending", "12 %"));
    let open = workspace.voices.ballots.iter().find(|ballot| ballot.round == 2).unwrap().id.clone();
    let question = Question::Voice(VoiceQuestion::OneBallot(open));
    let told = explain(&question, &workspace, &Analysis::of(&workspace), WorkedOut::default());
    assert!(told.is_none(), "of an open round nothing is told");
}

#[test]
fn what_was_heard_is_counted() {
    let workspace = opened("westmere");
    let why = ask(&workspace, VoiceQuestion::Local);
    assert_eq!((why.title.as_str(), why.formula[1].as_str()), ("Why 50 %?", "12 of 24 = 50 %"));
    assert_eq!(figure(&why, "borough"), "5 people");
    let why = ask(&workspace, VoiceQuestion::Unanswered);
    assert_eq!(why.formula[1], "1 open, 4 done, 1 passed on, 0 declined.");
    assert_eq!(figure(&why, "“Publish what the smallest"), "Councillor, Northbank ward");
    let why = ask(&workspace, VoiceQuestion::GutFeel);
    assert_eq!(why.title, "Why nothing on gut feel?");
    let why = ask(&workspace, VoiceQuestion::Layers);
    assert_eq!(why.title, "Why 0?");
}
