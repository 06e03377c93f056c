//! What the paper says in single sentences and tables, with numbers of one and of many.

use std::collections::BTreeSet;

use evenhand::{
    analysis::{
        Analysis,
        decision::{Basis, drafts},
    },
    exchange::report::compose::{Level, Terms},
    model::{
        Workspace,
        balance::{Scale, ScoreLevel, Side},
        challenge::Evidence,
        decision::Entry,
        voices::{Ballot, Round, RoundState},
    },
    session::edits::decision::take_over,
};

use crate::report_support::told::{Known, example, terms, text};
use crate::westmere;

fn full(workspace: Workspace) -> String {
    text(&Known::of(workspace).paper(&terms(Level::Full)))
}

/// The example with the scores of its first such options unknown on the first factor that nothing else fills.
fn with_unknown(options: usize) -> Workspace {
    let mut w = example("westmere");
    let fed: Vec<_> = w.reach.feeds.iter().map(|feed| feed.factor.clone()).collect();
    let factor = w.balance.factors.iter().find(|factor| !fed.contains(&factor.id)).unwrap().id.clone();
    let options: Vec<_> = w.question.options.iter().take(options).map(|option| option.id.clone()).collect();
    for score in &mut w.balance.scores {
        if score.factor == factor && options.contains(&score.option) {
            score.level = ScoreLevel::Unknown;
        }
    }
    w
}

#[test]
fn scores_that_are_not_known_are_counted_score_by_score() {
    let text = full(with_unknown(3));
    assert!(text.contains("Three scores are not known and count as half way."), "{text}");
    let text = full(with_unknown(1));
    assert!(text.contains("One score is not known and counts as half way."), "{text}");
}

#[test]
fn one_item_of_evidence_stands_behind_the_scores() {
    let mut workspace = example("westmere");
    workspace.challenge.evidence = vec![Evidence {
        id: "evidence-x".into(),
        title: "A talk".to_owned(),
        source: String::new(),
        grade: Some(4),
        says: "It works.".to_owned(),
        assumed: true,
    }];
    let text = full(workspace);
    assert!(text.contains("One item of evidence stands behind the scores; it is weak or assumed."), "{text}");
}

#[test]
fn what_goes_with_a_recommendation_is_counted_and_leads_to_its_place() {
    let mut workspace = example("westmere");
    workspace.decision.conditions = vec![Entry::new("one-x".into(), "Shares are published.")];
    workspace.decision.safeguards.clear();
    workspace.decision.triggers.clear();
    let text = full(workspace.clone());
    assert!(text.contains("With it goes one condition; see Risks, conditions and reviews."), "{text}");
    assert!(!text.contains("by when"), "no day is set: {text}");
    workspace.decision.conditions.clear();
    workspace.decision.safeguards =
        vec![Entry::new("a-x".into(), "A floor."), Entry::new("b-x".into(), "A line to call.")];
    let text = full(workspace);
    assert!(text.contains("With it go two safeguards; see Who is left out."), "{text}");
}

#[test]
fn a_caption_names_the_columns_that_are_there() {
    let mut workspace = example("westmere");
    let mut entry = Entry::new("one-x".into(), "Shares are published.");
    entry.owner = "The clerk".to_owned();
    workspace.decision.conditions = vec![entry];
    assert!(
        full(workspace.clone()).contains("Conditions, with who sees to them\nCondition | Who sees to it\n")
    );
    workspace.decision.conditions[0].due = Some(jiff::civil::date(2027, 4, 1));
    workspace.decision.conditions[0].owner.clear();
    let text = full(workspace);
    assert!(
        text.contains("Conditions, with by when\nCondition | By\nShares are published. | 1 April 2027\n"),
        "{text}"
    );
}

#[test]
fn what_is_saved_is_not_told_as_a_cost() {
    let mut workspace = example("westmere");
    let cost = workspace
        .balance
        .factors
        .iter()
        .find(|factor| factor.side == Side::Commercial && factor.unit.contains('£'));
    let cost = cost.unwrap().clone();
    let name = "Cashable savings of partners";
    let mut savings = cost.clone();
    savings.id = "savings-x".into();
    (savings.name, savings.short) = (name.to_owned(), String::new());
    savings.scale = Scale::Linear { worst: 0.0, best: 10.0 };
    workspace.balance.factors.push(savings);
    let text = full(workspace);
    let head = text.split("What the options cost\n").nth(1).unwrap().lines().next().unwrap();
    assert!(head.contains(cost.short_name()) && !head.contains("savings"), "{head}");
}

#[test]
fn a_ballot_of_a_part_round_shows_what_was_given_before_on_the_rest() {
    let mut workspace = example("westmere");
    let factors: Vec<_> = workspace.balance.factors.iter().map(|factor| factor.id.clone()).collect();
    let person = workspace.voices.stakeholders[0].clone();
    workspace.voices.rounds.truncate(1);
    workspace.voices.rounds[0].state = RoundState::Closed;
    let again = Round { number: 2, asks: vec![factors[0].clone()], ..workspace.voices.rounds[0].clone() };
    workspace.voices.rounds.push(again);
    let ballot = |round: u8, points: &[(usize, f64)]| {
        let id = format!("b-{round}").as_str().into();
        let mut ballot = Ballot::blank(id, Some(person.id.clone()), person.sector.clone(), round);
        ballot.swings.extend(points.iter().map(|(f, points)| (factors[*f].clone(), *points)));
        ballot
    };
    *workspace.voices.ballots = vec![ballot(1, &[(0, 100.0), (1, 61.0)]), ballot(2, &[(0, 83.0)])];
    let everything = Terms { level: Level::FullWithAppendix, left_out: BTreeSet::new(), ..Terms::default() };
    let text = text(&Known::of(workspace).paper(&everything));
    let table = text.split("The points of each ballot that counts").nth(1).unwrap();
    let row = table.lines().nth(2).unwrap();
    let cells: Vec<&str> = row.split(" | ").collect();
    // The first factor was asked again, the second was not, the third was never answered.
    assert_eq!(cells[1..4], ["83", "61", "–"], "{table}");
}

#[test]
fn an_article_that_is_typed_is_not_written_twice() {
    let mut workspace = example("westmere");
    workspace.decision.paper.report_of = "The Director of Place".to_owned();
    workspace.question.starts = "1 April 2027".to_owned();
    let text = full(workspace);
    assert!(text.contains("Report of the Director of Place."), "{text}");
    assert!(text.contains("start on 1 April 2027"), "{text}");
}

/// The standard error of a share p of n independent draws is √(p (1 − p) / n).
#[test]
fn shares_of_draws_come_with_their_standard_error() {
    let known = Known::of(example("westmere"));
    let text = text(&known.paper(&terms(Level::Full)));
    let run = known.run.as_ref().unwrap();
    let last = run.rank_acceptability.len() - 1;
    let error = |p: f64| (p * (1.0 - p) / 2_000.0).sqrt() * 100.0;
    let printed = run.rank_acceptability.iter().flat_map(|places| [places[0], places[1], places[last]]);
    let largest = printed.map(error).fold(0.0, f64::max);
    let note = format!("Standard error of a share, from the number of draws: at most {largest:.1} point");
    assert!(text.contains(&note), "{note}: {text}");
    let leader = known.analysis.balance.leader().unwrap();
    let own = format!("(standard error {:.1} points;", error(run.rank_acceptability[leader][0]));
    assert!(text.contains(&own), "{own}: {text}");
    assert!(text.contains("as a share of plausible weights, scores drawn with them"), "{text}");
    assert!(!text.contains("Options that tie share"), "no two are alike: {text}");
}

#[test]
fn columns_that_come_to_more_than_all_say_why() {
    let mut workspace = example("westmere");
    let (first, second) =
        (workspace.question.options[0].id.clone(), workspace.question.options[1].id.clone());
    let own: Vec<_> = workspace.balance.scores.iter().filter(|s| s.option == first).cloned().collect();
    workspace.balance.scores.retain(|score| score.option != second);
    workspace.balance.scores.extend(own.into_iter().map(|mut score| {
        score.option = second.clone();
        score
    }));
    for score in &mut workspace.balance.scores {
        if let ScoreLevel::Range { likely, .. } = score.level {
            score.level = ScoreLevel::Point(likely);
        }
    }
    let text = full(workspace);
    assert!(text.contains("so a column can come to more than 100 %."), "{text}");
    assert!(text.contains("as a share of plausible weights\n"), "no score is drawn: {text}");
}

#[test]
fn without_scores_nothing_stands_behind_them_and_nothing_is_best() {
    let text = full(example("work-programme"));
    assert!(text.contains("of evidence are listed;"), "{text}");
    assert!(!text.contains("behind the scores") && !text.contains("best first"), "{text}");
}

/// Another option is given every score of the one that would lead past the nearest weight.
#[test]
fn twins_who_would_lead_are_both_named() {
    let known = Known::of(example("westmere"));
    let to = known.analysis.balance.weight_reversals().first().unwrap().to;
    let leader = known.analysis.balance.leader().unwrap();
    let mut workspace = known.workspace;
    let twin = (0..workspace.question.options.len()).find(|o| *o != to && *o != leader).unwrap();
    let id = |o: usize| workspace.question.options[o].id.clone();
    let (of, twin_id) = (id(to), id(twin));
    let own: Vec<_> = workspace.balance.scores.iter().filter(|s| s.option == of).cloned().collect();
    workspace.balance.scores.retain(|score| score.option != twin_id);
    workspace.balance.scores.extend(own.into_iter().map(|mut score| {
        score.option = twin_id.clone();
        score
    }));
    workspace.reach.feeds.clear();
    let name = |o: usize| workspace.question.options[o].name.clone();
    let (one, other) = (name(to), name(twin));
    let text = full(workspace);
    let table = text.split("The smallest changes of one weight").nth(1).unwrap();
    let table = table.split("  (").next().unwrap();
    let both = [format!("{one} and {other}"), format!("{other} and {one}")];
    assert!(both.iter().any(|both| table.contains(both.as_str())), "{table}");
}

#[test]
fn a_bond_is_told_its_threshold_the_chance_of_being_paid_and_what_was_measured() {
    let text = full(example("peterborough"));
    let bond = "Bond as agreed in 2010";
    for words in [
        &format!(
            "{bond} pays for results only where a cohort has at least 10 % fewer events than its comparison group, or all cohorts together at least 7.5 %; under that nothing."
        ),
        "How likely it is that results are paid, by what is really achieved\nIf | Outcome rate | Chance of being paid\n",
        // 1 − 0.534/0.557 = 4.13 % fewer; SE = ratio · √(1/x + 1/y), x = 1,486 events expected, y = 14,508.
        "Everybody is supported, as forecast | 46.6 % | 1 %\n",
        "What is achieved lies just at the threshold | 49.9 % | 50 %\n",
        // 1 − 1.42/1.55.
        "Cohort 1: 8.4 % fewer events",
        "10 % is needed: nothing is paid.",
        "Both cohorts: 9 % fewer events; 7.5 % is needed: paid.",
        &format!("{bond}: All or nothing past a tenth fewer reconvictions"),
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let page = text_of(Level::OnePage, "peterborough");
    assert!(page.contains("Chance of being paid: 1 % if everybody is supported, as forecast."), "{page}");
}

fn text_of(level: Level, name: &str) -> String {
    text(&Known::of(example(name)).paper(&terms(level)))
}

#[test]
fn a_moderate_verdict_says_its_rule_and_the_figures_that_met_it() {
    let known = Known::of(example("westmere"));
    let text = text(&known.paper(&terms(Level::Full)));
    let mut moderate = 0;
    for (option, reach) in known.workspace.question.options.iter().zip(&known.analysis.reach.options) {
        let reach = reach.as_ref().unwrap();
        if reach.verdict == evenhand::analysis::reach::Verdict::Moderate {
            moderate += 1;
            let rule = reach.rules.iter().find(|rule| rule.met == Some(true)).unwrap();
            let line = text
                .lines()
                .find(|line| line.starts_with(&format!("- {} is at moderate risk", option.badge)));
            let line = line.unwrap_or_else(|| panic!("{}: {text}", option.name));
            assert!(line.contains(&rule.text) && line.contains(&rule.figures), "{line}");
        }
    }
    assert_eq!(moderate, 3, "C, D and E");
}

#[test]
fn the_share_with_weak_evidence_taken_as_weak_stands_beside_the_share() {
    let known = Known::of(example("westmere"));
    let leader = known.analysis.balance.leader().unwrap();
    let otherwise = known.otherwise.as_ref().unwrap()[leader] * 100.0;
    let first = known.run.as_ref().unwrap().rank_acceptability[leader][0] * 100.0;
    assert!((otherwise - first).abs() > 1.0, "it makes a difference here");
    let aside = format!("; {otherwise:.0} % if weak evidence is taken as weak)");
    let both = format!(
        "Local partnership comes first in {first:.0} % of plausible weights, and in {otherwise:.0} % if weak evidence is taken as weak."
    );
    let full = text(&known.paper(&terms(Level::Full)));
    assert!(full.contains(&aside) && full.contains(&both), "{both}: {full}");
    let mut weak = example("westmere");
    weak.balance.robustness.weak_evidence = Some(true);
    let text = text(&Known::of(weak).paper(&terms(Level::Full)));
    assert!(text.contains("with the evidence as it is given)"), "{text}");
}

#[test]
fn a_dissenter_is_named_once() {
    let text = full(example("westmere"));
    assert!(text.contains("> Only 17p in each £1 saved is cash. -- Cabinet member for finance\n"), "{text}");
    assert!(!text.contains("Cabinet member for finance: "), "{text}");
}

#[test]
fn every_reason_drafted_that_compares_names_the_runner_up() {
    let mut workspace = example("westmere");
    workspace.decision.reasons.clear();
    let before = workspace.clone();
    let analysis = Analysis::of(&before);
    let drafted = drafts(&Basis { workspace: &before, analysis: &analysis, robustness: None });
    for (place, draft) in drafted.iter().enumerate() {
        take_over(&mut workspace.decision, format!("taken-{place}").as_str().into(), draft);
    }
    let known = Known::of(workspace);
    let runner_up = &known.workspace.question.options[known.analysis.balance.ranking[1]];
    let text = text(&known.paper(&terms(Level::Full)));
    let why = text.split("## 3. Why").nth(1).and_then(|rest| rest.split("## 4.").next()).unwrap();
    let compares = why.lines().filter(|line| line.starts_with("- ") && line.contains(", against "));
    let under = format!("under {}, the runner-up", runner_up.badge);
    let compares: Vec<&str> = compares.collect();
    assert!(compares.len() >= 2 && compares.iter().all(|line| line.contains(&under)), "{compares:?}");
}

/// Both are worth 60 on Reach, and Gamma is ahead on Cost.
#[test]
fn an_option_that_leads_throughout_says_with_whom_it_ties_at_an_end() {
    let factor = |place, name, side| westmere::factor(place, name, side, Scale::Direct, Some(100.0));
    let factors = vec![factor(0, "Reach", Side::Operational), factor(1, "Cost", Side::Commercial)];
    let scores = [vec![60.0, 60.0], vec![70.0, 40.0]];
    let text = full(westmere::workspace(&["Gamma", "Beta"], factors, &scores));
    let words = "It leads at every weight, and ties with Beta where all of it is operational.";
    assert!(text.contains(words), "{text}");
}

#[test]
fn a_factor_called_cost_is_not_explained_by_its_own_name() {
    let mut workspace = example("westmere");
    for factor in workspace.balance.factors.iter_mut().filter(|factor| factor.name == "Whole-life cost") {
        (factor.name, factor.unit) = ("Cost".to_owned(), "£m".to_owned());
    }
    let text = full(workspace);
    assert!(text.contains("10.8m") && !text.contains("Cost: cost"), "{text}");
}

/// The step that is weighed ends where a price is worth nothing, which no price of the example is.
#[test]
fn the_step_of_a_price_score_is_not_said_to_begin_at_the_highest_price() {
    let factor = westmere::factor(0, "Price", Side::Commercial, Scale::LowestPrice, Some(40.0));
    let workspace = westmere::workspace(&["Red", "Blue"], vec![factor], &[vec![38.0, 100.0]]);
    let appendix = text(&Known::of(workspace).paper(&terms(Level::FullWithAppendix)));
    assert!(appendix.contains("from a price so high that it is worth nothing to the lowest"), "{appendix}");
}

/// Westmere with C scored as B is on every factor.
fn twins() -> Workspace {
    let mut workspace = example("westmere");
    workspace.reach.feeds.clear();
    let [b, c] = ["B", "C"].map(|badge| {
        workspace.question.options.iter().find(|option| option.badge == badge).unwrap().id.clone()
    });
    let of_b: Vec<_> = workspace.balance.scores.iter().filter(|score| score.option == b).cloned().collect();
    let balance = &mut *workspace.balance;
    balance.scores.retain(|score| score.option != c);
    for mut score in of_b {
        score.option = c.clone();
        balance.scores.push(score);
    }
    workspace.decision.recommendation = None;
    workspace
}

#[test]
fn of_options_that_are_level_in_front_all_are_named_and_none_has_to_win() {
    let text = full(twins());
    let both = "Local partnership and Social investor contract";
    assert!(text.contains(&format!("{both} tie at ")), "{text}");
    assert!(text.contains(&format!("{both} come first about as often as each other: in ")), "{text}");
    assert!(text.contains(&format!("Without Reach, {both} still tie for the lead.")), "{text}");
    assert!(text.contains(&format!("{both} are level. Any change")), "{text}");
    assert!(!text.contains(" to win, one of these"), "{text}");
    for name in ["Local partnership", "Social investor contract"] {
        assert!(text.contains(&format!("Each need group under {name}")), "{name}: {text}");
        assert!(text.contains(&format!("evidence of which grade, for {name}")), "{name}: {text}");
    }
}

#[test]
fn that_nothing_leads_is_said_once() {
    let text = full(example("peterborough"));
    let said = text.matches("leads yet").count() + text.matches("No option is recommended").count();
    assert_eq!(said, 2, "one sentence says both: {text}");
    assert!(text.contains("The recommendation is still to be made."), "{text}");
}

#[test]
fn a_paper_speaks_to_those_who_do_not_have_the_program() {
    for name in ["westmere", "work-programme", "peterborough"] {
        let text = full(example(name));
        for words in ["Change it in", "Challenge says", "in Question", "in Voices", "in Reach", "in Balance"]
        {
            assert!(!text.contains(words), "{name}, {words}: {text}");
        }
    }
}
