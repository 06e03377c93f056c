//! The checks of the Balance room.

use std::collections::HashSet;

use super::{Finder, Limits, MOST_ITERATIONS, ProblemKind, called, plain};
use crate::model::{
    balance::{
        Balance, ExchangeAnswer, Factor, Must, RobustnessSettings, Scale, Score, ScoreLevel, Speaker,
        WeightDraws, WeightsFrom,
    },
    wording,
};

/// A remedy names the levels to choose from when there are no more than these.
const MOST_LEVELS_NAMED: usize = 12;

impl<'a> Finder<'a> {
    pub(super) fn balance(&mut self) {
        let balance = &self.workspace.balance;
        let list = "balance/factors";
        self.ids(list, "a factor", balance.factors.iter().map(|f| f.id.as_str()));
        self.names(list, "factor", balance.factors.iter().map(|f| (f.id.as_str(), f.name.as_str())));
        for factor in &balance.factors {
            self.factor(factor);
            self.scale(factor);
        }
        self.scores(balance);
        self.swing_ranking(balance);
        self.exchange_answers(balance);
        self.weights(balance);
        self.draws(&balance.robustness);
        self.weight_limits_together(balance);
    }

    fn draws(&mut self, settings: &RobustnessSettings) {
        self.figure_if_any(
            settings.concentration,
            Limits::CONCENTRATION,
            format_args!("balance/robustness/concentration"),
            format_args!("How close drawn weights keep to the swings"),
        );
        let iterations = settings.iterations;
        if !(1..=MOST_ITERATIONS).contains(&iterations) {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("balance/robustness/iterations"),
                format_args!(
                    "The robustness run asks for {} draws.",
                    wording::thousands(u64::from(iterations))
                ),
                "Ask for 1 to 10,000,000.",
            );
        }
    }

    fn factor(&mut self, factor: &'a Factor) {
        let (list, id) = ("balance/factors", &factor.id);
        let name = called(&factor.name, id.as_str());
        self.figure_if_any(
            factor.swing,
            Limits::NOT_NEGATIVE,
            format_args!("{list}/{id}/swing"),
            format_args!("The swing of “{name}”"),
        );
        if let Some((worst, best)) = factor.swing_range {
            for end in [worst, best] {
                self.figure(
                    end,
                    Limits::ANY,
                    format_args!("{list}/{id}/swing_range"),
                    format_args!("An end of “{name}” when its swing was given"),
                );
            }
        }
        if let Some((low, high)) = factor.weight_limits {
            self.weight_limits(factor, low, high);
        }
        if let Some(Must::AtLeast(limit) | Must::AtMost(limit)) = factor.must {
            self.figure(
                limit,
                Limits::ANY,
                format_args!("{list}/{id}/must"),
                format_args!("The must on “{name}”"),
            );
        }
    }

    fn scale(&mut self, factor: &'a Factor) {
        let id = &factor.id;
        let name = called(&factor.name, id.as_str());
        match &factor.scale {
            Scale::Linear { worst, best } => {
                let mut sound = true;
                for (field, end) in [("worst", *worst), ("best", *best)] {
                    sound &= self.figure(
                        end,
                        Limits::ANY,
                        format_args!("balance/factors/{id}/scale/{field}"),
                        format_args!("The {field} end of “{name}”"),
                    );
                }
                if sound && (best - worst).abs() <= 0.0 {
                    self.broken(
                        ProblemKind::Misfit,
                        format_args!("balance/factors/{id}/scale"),
                        format_args!("The worst and the best end of “{name}” are both {}.", plain(*best)),
                        "Give two different ends.",
                    );
                }
            }
            Scale::Points(points) => self.points(factor, points),
            Scale::Levels(levels) => {
                if levels.is_empty() {
                    self.broken(
                        ProblemKind::Missing,
                        format_args!("balance/factors/{id}/scale"),
                        format_args!("“{name}” has a scale of levels without a level."),
                        "Name at least one level and its value.",
                    );
                }
                let mut seen = HashSet::new();
                for level in levels {
                    let place = format_args!("balance/factors/{id}/scale/{}", level.name);
                    if level.name.trim().is_empty() {
                        self.broken(
                            ProblemKind::Missing,
                            place,
                            format_args!("A level of “{name}” has no name."),
                            "Give each level a name.",
                        );
                    } else if !seen.insert(level.name.as_str()) {
                        self.broken(
                            ProblemKind::DoubleId,
                            place,
                            format_args!("Two levels of “{name}” are called “{}”.", level.name),
                            "Give each level a name of its own.",
                        );
                    }
                    self.figure(
                        level.value,
                        Limits::VALUE,
                        place,
                        format_args!("The value of the level “{}” of “{name}”", level.name),
                    );
                }
            }
            Scale::Local { .. } | Scale::Direct | Scale::LowestPrice => {}
        }
    }

    fn points(&mut self, factor: &'a Factor, points: &[(f64, f64)]) {
        let id = &factor.id;
        let name = called(&factor.name, id.as_str());
        if points.len() < 2 {
            self.broken(
                ProblemKind::Misfit,
                format_args!("balance/factors/{id}/scale"),
                format_args!("“{name}” has a scale of points with {}.", count_of_points(points.len())),
                "Set at least two points.",
            );
        }
        for (place, &(score, value)) in points.iter().enumerate() {
            self.figure(
                score,
                Limits::ANY,
                format_args!("balance/factors/{id}/scale/{}", place + 1),
                format_args!("The score of point {} of “{name}”", place + 1),
            );
            self.figure(
                value,
                Limits::VALUE,
                format_args!("balance/factors/{id}/scale/{}", place + 1),
                format_args!("The value of point {} of “{name}”", place + 1),
            );
            if place > 0 && score <= points[place - 1].0 {
                self.broken(
                    ProblemKind::Misfit,
                    format_args!("balance/factors/{id}/scale/{}", place + 1),
                    format_args!(
                        "Point {} of “{name}” is at {}, which is not above the point before it.",
                        place + 1,
                        plain(score)
                    ),
                    "Put the points in rising order of score, each at a score of its own.",
                );
            }
        }
    }

    fn scores(&mut self, balance: &'a Balance) {
        let levels: Vec<HashSet<&str>> = balance.factors.iter().map(level_names).collect();
        let mut filled = HashSet::with_capacity(balance.scores.len());
        for score in &balance.scores {
            let row = self.factors.get(score.factor.as_str()).copied();
            let column = self.options.get(score.option.as_str()).copied();
            let place = format_args!("balance/scores/{}/{}", score.factor, score.option);
            self.refers(row.is_some(), score.factor.as_str(), "factor", place, format_args!("A score"));
            self.refers(column.is_some(), score.option.as_str(), "option", place, format_args!("A score"));
            if let (Some(row), Some(column)) = (row, column) {
                if !filled.insert((row, column)) {
                    let (factor, option) = self.cell_names(score);
                    self.broken(
                        ProblemKind::DoubleId,
                        place,
                        format_args!("“{option}” has two scores on “{factor}”."),
                        "Keep one of them.",
                    );
                }
                self.level(score, &balance.factors[row], &levels[row]);
            }
            self.score_evidence(score);
            self.score_dissent(score);
        }
        if self.doubts && !balance.factors.is_empty() {
            self.gaps(balance, &filled);
        }
    }

    fn score_evidence(&mut self, score: &'a Score) {
        if let Some(grade) = score.grade
            && !(1..=5).contains(&grade)
        {
            let (factor, option) = self.cell_names(score);
            self.grade(
                score.grade,
                format_args!("balance/scores/{}/{}/grade", score.factor, score.option),
                format_args!("“{option}” on “{factor}”"),
            );
        }
        let mut named = HashSet::new();
        for id in &score.evidence {
            let place = format_args!("balance/scores/{}/{}/evidence", score.factor, score.option);
            let known = self.evidence.contains(id.as_str());
            self.refers(known, id.as_str(), "item of evidence", place, format_args!("A score"));
            if self.doubts && !named.insert(id) {
                let what = format_args!("The item of evidence “{id}” is named twice for one score.");
                self.doubtful(ProblemKind::Misfit, place, what, "Name it once.");
            }
        }
    }

    /// Whoever dissents is known or has a role, and says something.
    fn score_dissent(&mut self, score: &'a Score) {
        for dissent in &score.dissent {
            let place = format_args!("balance/scores/{}/{}/dissent", score.factor, score.option);
            match &dissent.who {
                Speaker::Stakeholder(id) => self.refers(
                    self.stakeholders.contains_key(id.as_str()),
                    id.as_str(),
                    "stakeholder",
                    place,
                    format_args!("A dissent from a score"),
                ),
                Speaker::Role(role) => {
                    self.text(role, place, format_args!("The role of who dissents from a score"))
                }
            }
            self.text(&dissent.text, place, format_args!("What is said in a dissent from a score"));
        }
    }

    /// What is known of a score fits the scale of its factor.
    fn level(&mut self, score: &'a Score, factor: &'a Factor, levels: &HashSet<&str>) {
        let figures = match &score.level {
            ScoreLevel::Unknown => return,
            ScoreLevel::Level(name) => return self.named_level(score, factor, levels, name),
            ScoreLevel::Point(x) => [Some(*x), None, None],
            ScoreLevel::Range { low, likely, high } => [Some(*low), Some(*likely), Some(*high)],
            ScoreLevel::Normal { mean, .. } => [Some(*mean), None, None],
        };
        let limits = match factor.scale {
            Scale::Direct => Limits::VALUE,
            Scale::LowestPrice => Limits::NOT_NEGATIVE,
            _ => Limits::ANY,
        };
        let mut sound = true;
        for figure in figures.into_iter().flatten() {
            if figure >= limits.least && figure <= limits.most {
                continue;
            }
            sound = false;
            let (factor, option) = self.cell_names(score);
            self.figure(
                figure,
                limits,
                format_args!("balance/scores/{}/{}/level", score.factor, score.option),
                format_args!("The score of “{option}” on “{factor}”"),
            );
        }
        if sound {
            self.spread(score, factor);
        }
    }

    /// Low, likely and high rise, a standard deviation is not negative, and the kind of score suits the scale.
    fn spread(&mut self, score: &'a Score, factor: &'a Factor) {
        let place = format_args!("balance/scores/{}/{}/level", score.factor, score.option);
        if matches!(factor.scale, Scale::Levels(_)) {
            let (factor, option) = self.cell_names(score);
            self.broken(
                ProblemKind::Misfit,
                place,
                format_args!("“{option}” has a number on “{factor}”, which is scored by named levels."),
                "Choose one of its levels.",
            );
        }
        match score.level {
            ScoreLevel::Range { low, likely, high } if !(low <= likely && likely <= high) => {
                let (factor, option) = self.cell_names(score);
                let (low, likely, high) = (plain(low), plain(likely), plain(high));
                self.broken(
                    ProblemKind::Misfit,
                    place,
                    format_args!(
                        "Low, likely and high of “{option}” on “{factor}” do not rise: \
                         {low}, {likely}, {high}."
                    ),
                    "Put them in rising order.",
                );
            }
            ScoreLevel::Normal { sd, .. } if !(0.0..=Limits::NOT_NEGATIVE.most).contains(&sd) => {
                let (factor, option) = self.cell_names(score);
                self.figure(
                    sd,
                    Limits::NOT_NEGATIVE,
                    place,
                    format_args!("The standard deviation of “{option}” on “{factor}”"),
                );
            }
            _ => {}
        }
        let lowest = match score.level {
            ScoreLevel::Point(x) | ScoreLevel::Range { low: x, .. } | ScoreLevel::Normal { mean: x, .. } => x,
            ScoreLevel::Unknown | ScoreLevel::Level(_) => return,
        };
        if self.doubts && matches!(factor.scale, Scale::LowestPrice) && lowest <= 0.0 {
            let (factor, option) = self.cell_names(score);
            self.doubtful(
                ProblemKind::Misfit,
                place,
                format_args!("“{option}” has a price of 0 on “{factor}”, which cannot be scored."),
                "Give a price above 0, or score this factor on fixed ends.",
            );
        }
    }

    fn named_level(&mut self, score: &'a Score, factor: &'a Factor, levels: &HashSet<&str>, name: &str) {
        let place = format_args!("balance/scores/{}/{}/level", score.factor, score.option);
        let Scale::Levels(known) = &factor.scale else {
            let (factor, option) = self.cell_names(score);
            self.broken(
                ProblemKind::Misfit,
                place,
                format_args!("“{option}” has the level “{name}” on “{factor}”, which takes numbers."),
                "Give a number, or give the factor a scale of levels.",
            );
            return;
        };
        if levels.contains(name) {
            return;
        }
        let known: Vec<_> = known.iter().take(MOST_LEVELS_NAMED).map(|level| level.name.as_str()).collect();
        let remedy = if known.len() < levels.len() {
            "Choose one of its levels.".to_owned()
        } else {
            format!("Choose one of its levels: {}.", wording::list(&known))
        };
        let (factor, option) = self.cell_names(score);
        self.broken(
            ProblemKind::Misfit,
            place,
            format_args!("“{option}” has the level “{name}” on “{factor}”, which has no such level."),
            &remedy,
        );
    }

    /// Options and factors that nobody has scored at all; `filled` holds the cells as (factor, option).
    fn gaps(&mut self, balance: &'a Balance, filled: &HashSet<(usize, usize)>) {
        let options = &self.workspace.question.options;
        let scored: HashSet<usize> = filled.iter().map(|&(_, column)| column).collect();
        for (_, option) in options.iter().enumerate().filter(|(column, _)| !scored.contains(column)) {
            let name = called(&option.name, option.id.as_str());
            self.doubtful(
                ProblemKind::Missing,
                format_args!("balance/scores/{}", option.id),
                format_args!("The option “{name}” has no scores."),
                "Score it, or take it out.",
            );
        }
        let scored: HashSet<usize> = filled.iter().map(|&(row, _)| row).collect();
        for (row, factor) in balance.factors.iter().enumerate() {
            if !options.is_empty() && !scored.contains(&row) {
                let name = called(&factor.name, factor.id.as_str());
                self.doubtful(
                    ProblemKind::Missing,
                    format_args!("balance/scores/{}", factor.id),
                    format_args!("No option has a score on “{name}”."),
                    "Score it, or take the factor out.",
                );
            }
        }
    }

    /// The ranked factors are there, each once.
    fn swing_ranking(&mut self, balance: &'a Balance) {
        let mut seen = HashSet::new();
        for id in balance.swing_ranking.iter().flatten() {
            let known = self.factors.contains_key(id.as_str());
            let place = format_args!("balance/swing_ranking");
            self.refers(known, id.as_str(), "factor", place, format_args!("The order of the swings"));
            if !seen.insert(id) {
                let what = format_args!("The factor “{id}” stands twice in the order of the swings.");
                self.broken(ProblemKind::DoubleId, place, what, "Name it once.");
            }
        }
    }

    /// The answers name two factors each, every pair once, with figures that can be.
    fn exchange_answers(&mut self, balance: &'a Balance) {
        let mut seen = HashSet::new();
        for answer in &balance.exchange_answers {
            let (factor, against) = (&answer.factor, &answer.against);
            let place = format_args!("balance/exchange_answers/{factor}/{against}");
            for id in [factor, against] {
                let known = self.factors.contains_key(id.as_str());
                self.refers(known, id.as_str(), "factor", place, format_args!("An answer on an exchange"));
            }
            if factor == against {
                let what = format_args!("An answer exchanges the factor “{factor}” for itself.");
                self.broken(ProblemKind::Misfit, place, what, "Name two factors, or take the answer out.");
            } else if !seen.insert((factor, against)) {
                let what = format_args!("Two answers exchange “{factor}” for “{against}”.");
                self.broken(ProblemKind::DoubleId, place, what, "Keep one of them.");
            }
            let whose = format_args!("A figure of the answer on “{factor}” against “{against}”");
            let led_to = answer.led_to.map_or([0.0; 2], |(this, that)| [this, that]);
            if self.doubts {
                self.empty_exchange(answer);
            }
            for points in [answer.points.0, answer.points.1].into_iter().chain(led_to) {
                self.figure(points, Limits::NOT_NEGATIVE, place, whose);
            }
            let ((worst, best), (other_worst, other_best)) = answer.ends;
            for end in [worst, best, other_worst, other_best] {
                self.figure(end, Limits::ANY, place, whose);
            }
        }
    }

    /// An answer that says nothing: no points on either side, or a scale whose ends were one.
    fn empty_exchange(&mut self, answer: &'a ExchangeAnswer) {
        let (factor, against) = (&answer.factor, &answer.against);
        let names = [factor, against].map(|id| self.factor_name(id.as_str()));
        if answer.points.0 <= 0.0 && answer.points.1 <= 0.0 {
            self.doubtful(
                ProblemKind::Misfit,
                format_args!("balance/exchange_answers/{factor}/{against}/points"),
                format_args!(
                    "The answer on “{}” against “{}” was given when neither had any points, so it says nothing.",
                    names[0], names[1]
                ),
                "Ask again, or take the answer out.",
            );
        }
        let (own, other) = answer.ends;
        for (name, (worst, best)) in names.into_iter().zip([own, other]) {
            if (worst - best).abs() <= 0.0 {
                self.doubtful(
                    ProblemKind::Misfit,
                    format_args!("balance/exchange_answers/{factor}/{against}/ends"),
                    format_args!("An answer was given when both ends of “{name}” were {}.", plain(worst)),
                    "Ask again, or take the answer out.",
                );
            }
        }
    }

    /// Weights that are asked for can be had.
    fn weights(&mut self, balance: &'a Balance) {
        if !self.doubts || balance.factors.is_empty() {
            return;
        }
        let ballots = !self.workspace.voices.ballots.is_empty();
        let swings = balance.factors.iter().any(|f| f.swing.is_some());
        if balance.weights_from == WeightsFrom::Ballots && !ballots {
            self.doubtful(
                ProblemKind::Missing,
                format_args!("balance/weights_from"),
                format_args!("Weights are to come from the ballots, and there are none."),
                "Enter ballots, or take the weights from the swing points.",
            );
        }
        if balance.weights_from == WeightsFrom::Swings && swings {
            for factor in balance.factors.iter().filter(|f| f.swing.is_none()) {
                let name = called(&factor.name, factor.id.as_str());
                self.doubtful(
                    ProblemKind::Missing,
                    format_args!("balance/factors/{}/swing", factor.id),
                    format_args!("“{name}” has no swing points and counts as 0, while other factors have."),
                    "Give it points, 0 if it does not matter.",
                );
            }
        }
        let short = match balance.robustness.weights {
            Some(WeightDraws::BetweenBallots | WeightDraws::Ballots) if !ballots => "ballots",
            Some(WeightDraws::Ranked | WeightDraws::AroundSwings) if !swings => "swing points",
            _ => return,
        };
        self.doubtful(
            ProblemKind::Missing,
            format_args!("balance/robustness/weights"),
            format_args!("The robustness run is to draw weights from the {short}, and there are none."),
            "Enter them, or draw weights another way.",
        );
    }

    fn weight_limits(&mut self, factor: &'a Factor, low: f64, high: f64) {
        let (id, name) = (&factor.id, called(&factor.name, factor.id.as_str()));
        let mut sound = true;
        for limit in [low, high] {
            sound &= self.figure(
                limit,
                Limits::SHARE,
                format_args!("balance/factors/{id}/weight_limits"),
                format_args!("A limit of the weight of “{name}”"),
            );
        }
        if sound && low > high {
            self.broken(
                ProblemKind::OutOfRange,
                format_args!("balance/factors/{id}/weight_limits"),
                format_args!("The lowest weight of “{name}” lies above its highest."),
                "Give the lowest weight first.",
            );
        }
    }

    /// Limits that are sound one by one can leave no weights that keep to all of them.
    fn weight_limits_together(&mut self, balance: &Balance) {
        let stated = |factor: &Factor| factor.weight_limits.unwrap_or((0.0, 1.0));
        let sound = |factor: &Factor| {
            let (low, high) = stated(factor);
            0.0 <= low && low <= high && high <= 1.0
        };
        let factors = &balance.factors;
        if factors.is_empty() || !factors.iter().all(sound) {
            return;
        }
        let lowest: f64 = factors.iter().map(|factor| stated(factor).0).sum();
        let highest: f64 = factors.iter().map(|factor| stated(factor).1).sum();
        let (which, share, than) = if lowest > 1.0 + 1e-9 {
            ("lowest", lowest, "more")
        } else if highest < 1.0 - 1e-9 {
            ("highest", highest, "less")
        } else {
            return;
        };
        self.doubtful(
            ProblemKind::OutOfRange,
            format_args!("balance/factors"),
            format_args!(
                "The {which} weights of the factors add up to {}, {than} than 100 %: no weights keep to them.",
                wording::percent(share)
            ),
            "Widen the limits of some weights.",
        );
    }

    /// The names of a score's factor and option.
    fn cell_names(&self, score: &'a Score) -> (&'a str, &'a str) {
        (self.factor_name(score.factor.as_str()), self.option_name(score.option.as_str()))
    }
}

/// The names of a factor's levels; none on other scales.
fn level_names(factor: &Factor) -> HashSet<&str> {
    match &factor.scale {
        Scale::Levels(levels) => levels.iter().map(|level| level.name.as_str()).collect(),
        _ => HashSet::new(),
    }
}

fn count_of_points(points: usize) -> &'static str {
    if points == 0 { "none" } else { "only one" }
}
