//! The present answer in plain words, clause by clause: the same in the window, on the command line and in a paper.

use super::{
    Analysis,
    balance::{BalanceResult, WeightBasis, certainty::Certainty, robustness::Robustness},
    reach::Verdict,
};
use crate::model::{
    Room, Workspace,
    balance::WeightDraws,
    question::ServiceOption,
    wording::{chance, count, list, number, percent},
};

/// One clause of the standing line.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub kind: ClauseKind,
    /// The option whose badge stands before it, by index.
    pub option: Option<usize>,
    /// Words before the figure, and the figure itself, which leads to its source.
    pub words: String,
    pub figure: String,
    /// The same in fewer words, for narrow windows.
    pub short_words: String,
    pub short_figure: String,
    /// Where the figure comes from.
    pub room: Room,
}

impl Clause {
    /// Words and figure together: "holds until commercial weight passes 62 %".
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} {}", self.words, self.figure).trim().to_owned()
    }
}

/// What a clause speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClauseKind {
    Leader,
    Tipping,
    Robust,
    LeftOut,
    MissingVoices,
    /// Nothing can be said yet; the words say what to do.
    Waiting,
}

/// Options named one by one in a clause; more are counted.
const NAMED: usize = 3;

/// The clauses that are known, in order. One of kind `Waiting` stands first when nobody can lead yet; what is known beside
/// that follows it.
///
/// A leader needs two options, a factor, a score on two of them and some weight. How far the lead holds is said only where
/// it does so for certain, and not of a tie. A low risk of cherry-picking has no clause: the line names what wants
/// attention.
#[must_use]
pub fn standing(workspace: &Workspace, analysis: &Analysis, robustness: Option<&Robustness>) -> Vec<Clause> {
    let options = &workspace.question.options;
    let balance = &analysis.balance;
    let lead = match waiting(workspace, balance) {
        Some(waiting) => [Some(waiting), None, None],
        None => {
            let settled = balance.leaders().len() == 1 && balance.certainty() == Certainty::Certain;
            [
                leader(options, balance),
                settled.then(|| tipping(balance)).flatten(),
                robustness.filter(|_| settled).and_then(|run| robust(options, balance, run)),
            ]
        }
    };
    let beside = [left_out(options, analysis), missing_voices(analysis)];
    lead.into_iter().chain(beside).flatten().collect()
}

/// What has to be done before there is an answer; `None` when there is one.
fn waiting(workspace: &Workspace, balance: &BalanceResult) -> Option<Clause> {
    let (words, room) = match workspace.question.options.len() {
        0 => ("Add two options to see an answer", Room::Question),
        1 => ("Add another option to see an answer", Room::Question),
        _ if workspace.balance.factors.is_empty() => ("Add a factor to see an answer", Room::Balance),
        _ if !any_score(balance) => ("Score two options to see an answer", Room::Balance),
        _ if balance.options.iter().all(|option| !option.struck_by.is_empty()) => {
            ("No option meets every must", Room::Balance)
        }
        _ if balance.too_few_scored() => ("Score two options to see an answer", Room::Balance),
        _ if balance.ranking.is_empty() => ("Give a factor some weight to see an answer", Room::Balance),
        _ => return None,
    };
    Some(clause(ClauseKind::Waiting, None, (words, ""), (words, ""), room))
}

fn any_score(balance: &BalanceResult) -> bool {
    balance.cells().iter().flatten().any(|cell| cell.value.is_some())
}

fn clause(
    kind: ClauseKind,
    option: Option<usize>,
    (words, figure): (&str, &str),
    (short_words, short_figure): (&str, &str),
    room: Room,
) -> Clause {
    let [words, figure, short_words, short_figure] =
        [words, figure, short_words, short_figure].map(str::to_owned);
    Clause { kind, option, words, figure, short_words, short_figure, room }
}

/// Who leads, with what is doubtful about it: even weights, scores not known, a tie, a better option that is struck.
fn leader(options: &[ServiceOption], balance: &BalanceResult) -> Option<Clause> {
    let first = balance.leader()?;
    let leads = balance.leaders();
    let names: Vec<&str> = leads.iter().map(|&o| options[o].name.as_str()).collect();
    let badges: Vec<&str> = leads.iter().map(|&o| options[o].badge.as_str()).collect();
    let (verb, at) = if leads.len() > 1 { ("tie", "at") } else { ("leads", "with") };
    let even = balance.weight_basis == WeightBasis::Even;
    let (aside, short_aside) = match (even, balance.certainty()) {
        (true, Certainty::Certain) => (" on even weights", " on even weights"),
        (false, Certainty::Certain) => ("", ""),
        (true, _) => {
            (" on even weights, if unknown scores are half way,", " on even weights, provisionally,")
        }
        (false, _) => (", if unknown scores are half way,", " provisionally"),
    };
    let (mut words, mut short) = (
        format!("{} {verb}{aside} {at}", list(&names)),
        format!("{} {verb}{short_aside} {at}", list(&badges)),
    );
    if let Some(struck) = struck_above(balance, first) {
        words = format!("{} fails a must; {words}", options[struck].name);
        short = format!("{} fails a must; {short}", options[struck].badge);
    }
    let result = &balance.options[first];
    let figure = match result.value {
        Some(value) => number(value, 0),
        None => format!("{}–{}", number(result.value_low, 0), number(result.value_high, 0)),
    };
    Some(clause(
        ClauseKind::Leader,
        (leads.len() == 1).then_some(first),
        (&words, &figure),
        (&short, &figure),
        Room::Balance,
    ))
}

/// The best of the options that fail a must, when it would stand above the leader.
fn struck_above(balance: &BalanceResult, first: usize) -> Option<usize> {
    let leads_with = balance.options[first].value?;
    let struck = balance.options.iter().enumerate().filter(|(_, option)| !option.struck_by.is_empty());
    struck
        .filter_map(|(o, option)| option.value.filter(|value| *value > leads_with).map(|value| (o, value)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(o, _)| o)
}

/// Between which commercial shares of the weight the leader holds; nothing while one side has no weight, and where scores
/// that are not known could move them.
fn tipping(balance: &BalanceResult) -> Option<Clause> {
    let (share, first) = (balance.commercial_share?, balance.leader()?);
    let both_sides = share > 0.0 && share < 1.0;
    let band = balance.bands.iter().find(|b| b.leader == first && b.from <= share && share <= b.to)?;
    if !both_sides || !balance.is_certain_in(band) {
        return None;
    }
    let (from, to) = (percent(band.from), percent(band.to));
    let both = format!("{}–{to}", number(band.from * 100.0, 0));
    let (long, short) = match (band.from > 0.0, band.to < 1.0) {
        (false, false) => {
            (("holds at", "every commercial weight".to_owned()), ("holds at", "every weight".to_owned()))
        }
        (false, true) => (
            ("holds until", format!("commercial weight passes {to}")),
            ("holds to", format!("{to} commercial")),
        ),
        (true, false) => (
            ("holds until", format!("commercial weight falls below {from}")),
            ("holds down to", format!("{from} commercial")),
        ),
        (true, true) => (
            ("holds while", format!("commercial weight is {both}")),
            ("holds at", format!("{both} commercial")),
        ),
    };
    Some(clause(ClauseKind::Tipping, None, (long.0, &long.1), (short.0, &short.1), Room::Balance))
}

/// What a share of first places is a share of: "of all weights".
#[must_use]
pub fn of_weights(kind: WeightDraws) -> &'static str {
    match kind {
        WeightDraws::Uniform => "of all weights",
        WeightDraws::Ranked => "of weights in this order",
        WeightDraws::Intervals => "of weights within limits",
        WeightDraws::AroundSwings => "of weights near these",
        WeightDraws::BetweenBallots => "of plausible weights",
        WeightDraws::Ballots => "of draws of a ballot",
    }
}

/// From this share of the draws on a lead is called robust; a leader that is first less often is first in *only* so many.
const ROBUST_FROM: f64 = 0.5;

/// How often the leader is first when weights and scores are drawn, and who is first more often, if anybody.
fn robust(options: &[ServiceOption], balance: &BalanceResult, run: &Robustness) -> Option<Clause> {
    let first_share = |o: usize| run.rank_acceptability.get(o)?.first().copied();
    let of_leader = first_share(balance.leader()?)?;
    let of = of_weights(run.draws.weights);
    let share = chance(of_leader);
    let words = if of_leader < ROBUST_FROM { "first in only" } else { "robust in" };
    let most =
        (0..options.len()).filter_map(|o| Some((o, first_share(o)?))).max_by(|a, b| a.1.total_cmp(&b.1));
    let more = most
        .filter(|(_, most)| *most > of_leader)
        .map_or_else(String::new, |(o, most)| format!("; {} in {}", options[o].badge, chance(most)));
    Some(clause(
        ClauseKind::Robust,
        None,
        (words, &format!("{share} {of}{more}")),
        (words, &format!("{share}{more}")),
        Room::Balance,
    ))
}

/// The worst verdict on the payment designs, and whose it is.
fn left_out(options: &[ServiceOption], analysis: &Analysis) -> Option<Clause> {
    let verdicts = || analysis.reach.options.iter().map(|o| o.as_ref().map(|reach| reach.verdict));
    let worst = verdicts().flatten().max()?;
    let whose: Vec<&str> = options
        .iter()
        .zip(verdicts())
        .filter(|(_, verdict)| *verdict == Some(worst))
        .map(|(option, _)| option.badge.as_str())
        .collect();
    let whose = if whose.len() > NAMED { count(whose.len(), "option", "options") } else { list(&whose) };
    let figure = match worst {
        Verdict::High | Verdict::Moderate => format!("{} cherry-picking risk in {whose}", worst.words()),
        Verdict::CannotBeJudged => format!("cherry-picking risk cannot be judged yet in {whose}"),
        Verdict::Low => return None,
    };
    Some(clause(ClauseKind::LeftOut, None, ("Reach:", &figure), ("", &figure), Room::Reach))
}

fn missing_voices(analysis: &Analysis) -> Option<Clause> {
    let missing = analysis.voices.said().coverage.iter().filter(|coverage| coverage.missing).count();
    let figure = count(missing, "voice missing", "voices missing");
    (missing > 0).then(|| clause(ClauseKind::MissingVoices, None, ("", &figure), ("", &figure), Room::Voices))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        analysis::{
            Undefined,
            balance::{
                Band, CellValue, OptionValue,
                matrix::PerformanceMatrix,
                performance::Performance,
                robustness::{Draws, convergence::Convergence},
            },
            reach::{OptionReach, ReachResult},
            voices::{Coverage, Said, VoicesAnalysis},
        },
        model::{
            balance::{Better, Factor, Scale, Side},
            question::badge,
        },
    };

    fn option(index: usize, name: &str) -> ServiceOption {
        ServiceOption {
            id: name.into(),
            badge: badge(index),
            name: name.into(),
            short: String::new(),
            summary: String::new(),
            decided: None,
            designed: None,
            delivered: None,
        }
    }

    fn factor() -> Factor {
        Factor {
            id: "cost".into(),
            name: "Cost".into(),
            short: String::new(),
            side: Side::Commercial,
            group: String::new(),
            unit: String::new(),
            scale: Scale::Local { better: Better::Lower },
            swing: None,
            swing_range: None,
            weight_limits: None,
            must: None,
        }
    }

    fn worth(value: f64, rank: usize) -> OptionValue {
        OptionValue {
            value: Some(value),
            value_low: value,
            value_high: value,
            rank: Some(rank),
            ..OptionValue::default()
        }
    }

    /// Two options, the second leading with 67 while the commercial share stays under 0.6177.
    fn answered() -> (Workspace, Analysis) {
        let mut workspace = Workspace::default();
        workspace.question.options = vec![option(0, "Prime contract"), option(1, "Local partnership")];
        workspace.balance.factors = vec![factor()];
        let mut analysis = Analysis::of(&Workspace::default());
        let known = CellValue { value: Some(50.0), low: 40.0, high: 60.0 };
        let matrix = PerformanceMatrix { cells: vec![vec![known, known]], ..PerformanceMatrix::default() };
        analysis.balance = BalanceResult {
            weight_basis: WeightBasis::Swings,
            commercial_share: Some(0.42),
            performance: Arc::new(Performance { matrix, ..Performance::default() }),
            options: vec![worth(43.97, 2), worth(67.22, 1)],
            ranking: vec![1, 0],
            bands: vec![Band { leader: 1, from: 0.0, to: 0.6177 }, Band { leader: 0, from: 0.6177, to: 1.0 }],
            ..BalanceResult::default()
        };
        (workspace, analysis)
    }

    fn texts(workspace: &Workspace, analysis: &Analysis) -> Vec<String> {
        standing(workspace, analysis, None).iter().map(Clause::text).collect()
    }

    #[test]
    fn the_line_names_leader_tipping_point_robustness_and_who_is_left_out() {
        let (workspace, mut analysis) = answered();
        let reaches = vec![Some(reach(Verdict::High)), Some(reach(Verdict::Low))];
        analysis.reach = Arc::new(ReachResult { options: reaches, ..(*analysis.reach).clone() });
        let heard = |missing| Coverage { missing, ..Coverage::default() };
        let mut said = Said::clone(analysis.voices.said());
        said.coverage = vec![heard(true), heard(false), heard(true)];
        analysis.voices = Arc::new(VoicesAnalysis::new(Arc::new(said), Arc::default()));
        let clauses = standing(&workspace, &analysis, Some(&run_with_first_share(0.816)));
        let long: Vec<String> = clauses.iter().map(Clause::text).collect();
        assert_eq!(
            long,
            [
                "Local partnership leads with 67",
                "holds until commercial weight passes 62 %",
                "robust in 82 % of plausible weights",
                "Reach: high cherry-picking risk in A",
                "2 voices missing",
            ]
        );
        let short: Vec<String> = clauses
            .iter()
            .map(|c| format!("{} {}", c.short_words, c.short_figure).trim().to_owned())
            .collect();
        assert_eq!(
            short,
            [
                "B leads with 67",
                "holds to 62 % commercial",
                "robust in 82 %",
                "high cherry-picking risk in A",
                "2 voices missing",
            ]
        );
        assert_eq!(clauses[0].option, Some(1));
    }

    #[test]
    fn without_an_answer_it_says_what_to_do() {
        let mut workspace = Workspace::default();
        let analysis = Analysis::of(&workspace);
        assert_eq!(texts(&workspace, &analysis), ["Add two options to see an answer"]);
        workspace.question.options.push(option(0, "A"));
        assert_eq!(texts(&workspace, &analysis), ["Add another option to see an answer"]);
        workspace.question.options.push(option(1, "B"));
        assert_eq!(texts(&workspace, &analysis), ["Add a factor to see an answer"]);
        workspace.balance.factors.push(factor());
        assert_eq!(texts(&workspace, &analysis), ["Score two options to see an answer"]);
    }

    #[test]
    fn when_every_option_fails_a_must_it_says_so() {
        let (workspace, mut analysis) = answered();
        for option in &mut analysis.balance.options {
            option.struck_by.push("Cost is over 10".into());
        }
        analysis.balance.ranking.clear();
        assert_eq!(texts(&workspace, &analysis), ["No option meets every must"]);
    }

    #[test]
    fn all_weights_nought_is_said() {
        let (workspace, mut analysis) = answered();
        analysis.balance.ranking.clear();
        assert_eq!(texts(&workspace, &analysis), ["Give a factor some weight to see an answer"]);
    }

    #[test]
    fn a_tie_names_all_who_lead_and_no_tipping_point() {
        let (workspace, mut analysis) = answered();
        analysis.balance.options = vec![worth(60.0, 1), worth(60.0, 1)];
        analysis.balance.bands.clear();
        let clauses = standing(&workspace, &analysis, None);
        assert_eq!(clauses[0].text(), "Local partnership and Prime contract tie at 60");
        assert_eq!(clauses[0].option, None);
        assert_eq!(clauses.len(), 1);
    }

    #[test]
    fn what_is_not_known_makes_the_lead_provisional() {
        let (workspace, mut analysis) = answered();
        analysis.balance.options[1] =
            OptionValue { value: None, value_low: 40.0, value_high: 80.0, ..worth(60.0, 1) };
        assert_eq!(
            texts(&workspace, &analysis)[0],
            "Local partnership leads, if unknown scores are half way, with 40–80"
        );
        analysis.balance.options[1].value_low = 50.0;
        assert_eq!(texts(&workspace, &analysis)[0], "Local partnership leads with 50–80");
    }

    #[test]
    fn even_weights_are_said() {
        let (workspace, mut analysis) = answered();
        analysis.balance.weight_basis = WeightBasis::Even;
        assert_eq!(texts(&workspace, &analysis)[0], "Local partnership leads on even weights with 67");
    }

    #[test]
    fn a_better_option_that_fails_a_must_is_named() {
        let (workspace, mut analysis) = answered();
        analysis.balance.options[0] =
            OptionValue { rank: None, struck_by: vec!["Reach is under 40".into()], ..worth(80.0, 1) };
        analysis.balance.ranking = vec![1];
        assert_eq!(
            texts(&workspace, &analysis)[0],
            "Prime contract fails a must; Local partnership leads with 67"
        );
    }

    #[test]
    fn the_tipping_clause_names_the_ends_that_there_are() {
        let (workspace, mut analysis) = answered();
        let mut says = |from, to| {
            analysis.balance.bands = vec![Band { leader: 1, from, to }];
            texts(&workspace, &analysis)[1].clone()
        };
        assert_eq!(says(0.0, 1.0), "holds at every commercial weight");
        assert_eq!(says(0.3, 1.0), "holds until commercial weight falls below 30 %");
        assert_eq!(says(0.3, 0.5), "holds while commercial weight is 30–50 %");
        analysis.balance.commercial_share = Some(1.0);
        assert_eq!(texts(&workspace, &analysis).len(), 1);
    }

    #[test]
    fn the_worst_verdict_is_named_and_a_low_one_is_not() {
        let (workspace, mut analysis) = answered();
        let mut says = |verdicts: [Verdict; 2]| {
            let reaches = verdicts.into_iter().map(|v| Some(reach(v))).collect();
            analysis.reach = Arc::new(ReachResult { options: reaches, ..(*analysis.reach).clone() });
            texts(&workspace, &analysis).get(2).cloned()
        };
        let both = says([Verdict::Moderate, Verdict::Moderate]);
        assert_eq!(both.as_deref(), Some("Reach: moderate cherry-picking risk in A and B"));
        let unknown = says([Verdict::CannotBeJudged, Verdict::CannotBeJudged]);
        assert_eq!(unknown.as_deref(), Some("Reach: cherry-picking risk cannot be judged yet in A and B"));
        assert_eq!(says([Verdict::Low, Verdict::Low]), None);
    }

    fn reach(verdict: Verdict) -> OptionReach {
        let none = Err(Undefined("not asked"));
        OptionReach {
            verdict,
            rules: Vec::new(),
            groups: Vec::new(),
            people: none,
            share_supported: none,
            equal_share: none,
            left_out_per_year: none,
            incentive_gap: none,
            pays_to_cream: None,
            deadweight_share: none,
            income_at_risk_share: none,
            certain_share_of_extra_cost: none,
            reaches_delivery: None,
            between_group_variance: none,
            cost_per_year: none,
            probability_paid_at: Vec::new(),
            chances_of_payment: Vec::new(),
            checklist: Vec::new(),
            pays_in_steps: false,
            assumed: Vec::new(),
        }
    }

    fn run_with_first_share(share: f64) -> Robustness {
        Robustness {
            draws: Draws::new(WeightDraws::BetweenBallots, 10, 1),
            rank_acceptability: vec![vec![1.0 - share, share], vec![share, 1.0 - share]],
            standard_error: Vec::new(),
            central_weights: Vec::new(),
            confidence_factor: Vec::new(),
            pairwise_winning: Vec::new(),
            spread: Vec::new(),
            choice_entropy_bits: 0.0,
            convergence: Convergence::default(),
        }
    }
}
