//! Logistic regression of passing a gate on the need group, adjusted for traits: iteratively reweighted least squares
//! (McCullagh & Nelder 1989, section 2.5), each step by Householder's orthogonal triangles, which keep twice the digits
//! of normal equations where terms are nearly alike.

use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, microlp, variable};

use super::gates::Limits;
use crate::analysis::{
    Undefined,
    distributions::{Z_95, normal_both_tails},
};

/// People with the same terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// A value for each term, without the intercept.
    pub terms: Vec<f64>,
    pub yes: u64,
    pub no: u64,
}

impl Pattern {
    fn people(&self) -> f64 {
        self.yes as f64 + self.no as f64
    }
}

/// One term of the fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    pub coefficient: f64,
    pub standard_error: f64,
    pub odds_ratio: f64,
    /// Wald's 95 % limits of the odds ratio.
    pub limits: Limits,
    /// Wald's test, two-sided.
    pub p_value: f64,
}

/// A fit by maximum likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    pub intercept: Term,
    /// In the order of [`Pattern::terms`].
    pub terms: Vec<Term>,
    /// −2 log likelihood, one observation a person, so that it does not hang on how people are grouped.
    pub deviance: f64,
    /// The same with the intercept alone.
    pub null_deviance: f64,
    pub people: u64,
}

/// Why there is no fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// There is nothing to fit.
    Empty(Undefined),
    /// These terms, by index, tell perfectly who passed, at least for some: their odds ratios have no finite estimate
    /// (Albert & Anderson 1984).
    Separated(Vec<usize>),
    /// This term, by index, follows from those before it.
    Collinear(usize),
    /// The steps did not settle.
    Unsettled,
}

const MOST_STEPS: usize = 60;

/// A column whose part that is not in those before it is smaller than this, relative to itself, follows from them.
const FOLLOWS: f64 = 1e-9;

/// Fitted chances nearer than this to 0 or 1 make separation likely enough to be looked for.
const NEAR_CERTAIN: f64 = 1e-7;

/// Fits the odds of yes to the terms.
///
/// # Errors
/// Says why there is no finite maximum: see [`NoFit`].
pub fn logistic(patterns: &[Pattern]) -> Result<Logistic, NoFit> {
    let peopled: Vec<&Pattern> = patterns.iter().filter(|p| p.yes + p.no > 0).collect();
    let (yes, no) = peopled.iter().fold((0, 0), |(yes, no), p| (yes + p.yes, no + p.no));
    if peopled.is_empty() {
        return Err(NoFit::Empty(Undefined("there is nobody")));
    }
    if yes == 0 || no == 0 {
        return Err(NoFit::Empty(Undefined("everybody fared alike")));
    }
    let design = Design::of(&peopled);
    let fitted = design.fit(&peopled)?;
    let certain = |eta: &f64| chance(*eta) < NEAR_CERTAIN || chance(*eta) > 1.0 - NEAR_CERTAIN;
    if !fitted.settled || design.predictors(&fitted.coefficients).iter().any(certain) {
        let separated = design.separated(&peopled);
        if !separated.is_empty() {
            return Err(NoFit::Separated(separated));
        }
    }
    if !fitted.settled {
        return Err(NoFit::Unsettled);
    }
    let errors = fitted.triangle.standard_errors();
    let mut terms: Vec<Term> = fitted
        .coefficients
        .iter()
        .zip(errors)
        .zip(&design.scales)
        .map(|((coefficient, error), scale)| Term::of(coefficient / scale, error / scale))
        .collect();
    let intercept = terms.remove(0);
    let people = yes + no;
    let null = yes as f64 / people as f64;
    let null_deviance = -2.0 * (yes as f64 * libm::log(null) + no as f64 * libm::log1p(-null));
    Ok(Logistic { intercept, terms, deviance: fitted.deviance, null_deviance, people })
}

impl Term {
    fn of(coefficient: f64, standard_error: f64) -> Self {
        Self {
            coefficient,
            standard_error,
            odds_ratio: libm::exp(coefficient),
            limits: Limits {
                low: libm::exp(coefficient - Z_95 * standard_error),
                high: libm::exp(coefficient + Z_95 * standard_error),
            },
            p_value: normal_both_tails(coefficient / standard_error),
        }
    }
}

/// The chance whose log odds are `eta`.
fn chance(eta: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-eta))
}

/// The terms of every pattern, an intercept first, each column scaled to a largest value of 1.
struct Design {
    rows: Vec<Vec<f64>>,
    scales: Vec<f64>,
}

struct Fitted {
    /// Of the scaled columns.
    coefficients: Vec<f64>,
    /// At the weights of the last step.
    triangle: Triangle,
    deviance: f64,
    settled: bool,
}

impl Design {
    fn of(patterns: &[&Pattern]) -> Self {
        let terms = patterns.first().map_or(0, |p| p.terms.len());
        let mut scales = vec![1.0; terms + 1];
        for pattern in patterns {
            for (scale, value) in scales[1..].iter_mut().zip(&pattern.terms) {
                *scale = f64::max(*scale, value.abs());
            }
        }
        let row = |p: &&Pattern| {
            std::iter::once(1.0).chain(p.terms.iter().zip(&scales[1..]).map(|(x, scale)| x / scale)).collect()
        };
        Self { rows: patterns.iter().map(row).collect(), scales }
    }

    fn predictors(&self, coefficients: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|row| row.iter().zip(coefficients).map(|(x, b)| x * b).sum()).collect()
    }

    fn deviance(&self, patterns: &[&Pattern], coefficients: &[f64]) -> f64 {
        let part = |(eta, p): (f64, &&Pattern)| {
            // log(1 + e^η), written so that it does not overflow.
            let both = eta.max(0.0) + libm::log1p(libm::exp(-eta.abs()));
            p.yes as f64 * eta - p.people() * both
        };
        -2.0 * self.predictors(coefficients).into_iter().zip(patterns).map(part).sum::<f64>()
    }

    /// Steps until the deviance no longer falls.
    fn fit(&self, patterns: &[&Pattern]) -> Result<Fitted, NoFit> {
        let mut coefficients = vec![0.0; self.scales.len()];
        let mut deviance = self.deviance(patterns, &coefficients);
        let mut settled = false;
        for _ in 0..MOST_STEPS {
            let (triangle, target) = self.triangle(patterns, &coefficients)?;
            let mut next = triangle.solve(&target);
            let mut after = self.deviance(patterns, &next);
            // A step too far is halved until it is none.
            for _ in 0..20 {
                if after <= deviance {
                    break;
                }
                next = next.iter().zip(&coefficients).map(|(new, old)| (new + old) / 2.0).collect();
                after = self.deviance(patterns, &next);
            }
            let moved =
                next.iter().zip(&coefficients).map(|(new, old)| (new - old).abs()).fold(0.0, f64::max);
            let size = next.iter().map(|b| b.abs()).fold(1.0, f64::max);
            settled = moved <= 1e-10 * size || (deviance - after).abs() <= 1e-15 * deviance;
            (coefficients, deviance) = (next, after.min(deviance));
            if settled {
                break;
            }
        }
        let (triangle, _) = self.triangle(patterns, &coefficients)?;
        Ok(Fitted { coefficients, triangle, deviance, settled })
    }

    /// The weighted columns turned to a triangle, and what the working response turns to.
    fn triangle(&self, patterns: &[&Pattern], coefficients: &[f64]) -> Result<(Triangle, Vec<f64>), NoFit> {
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut target = Vec::with_capacity(self.rows.len());
        for ((row, eta), pattern) in self.rows.iter().zip(self.predictors(coefficients)).zip(patterns) {
            let rate = chance(eta);
            let spread = (rate * (1.0 - rate)).max(f64::MIN_POSITIVE);
            let weight = libm::sqrt(pattern.people() * spread);
            rows.push(row.iter().map(|x| x * weight).collect());
            let off = pattern.yes as f64 - pattern.people() * rate;
            target.push(weight * (eta + off / (pattern.people() * spread)));
        }
        let triangle = Triangle::of(rows, &mut target).map_err(|column| match column.checked_sub(1) {
            Some(term) => NoFit::Collinear(term),
            None => NoFit::Unsettled,
        })?;
        Ok((triangle, target))
    }

    /// The terms in a direction along which the likelihood rises for ever, found by a linear programme (Konis 2007);
    /// empty where there is none.
    fn separated(&self, patterns: &[&Pattern]) -> Vec<usize> {
        let mut variables = ProblemVariables::new();
        let direction: Vec<Variable> =
            self.scales.iter().map(|_| variables.add(variable().min(-1.0).max(1.0))).collect();
        let along = |row: &[f64]| -> Expression { row.iter().zip(&direction).map(|(&x, &d)| x * d).sum() };
        let mut gain = Expression::from(0.0);
        for (row, pattern) in self.rows.iter().zip(patterns) {
            match (pattern.yes, pattern.no) {
                (_, 0) => gain += along(row),
                (0, _) => gain -= along(row),
                _ => {}
            }
        }
        let mut problem = variables.maximise(gain.clone()).using(microlp);
        for (row, pattern) in self.rows.iter().zip(patterns) {
            problem = match (pattern.yes, pattern.no) {
                (_, 0) => problem.with(along(row).geq(0.0)),
                (0, _) => problem.with(along(row).leq(0.0)),
                _ => problem.with(along(row).eq(0.0)),
            };
        }
        let Ok(found) = problem.solve() else { return Vec::new() };
        if found.eval(&gain) <= FOLLOWS {
            return Vec::new();
        }
        let moves = |&(_, d): &(usize, &Variable)| found.value(*d).abs() > FOLLOWS;
        direction[1..].iter().enumerate().filter(moves).map(|(term, _)| term).collect()
    }
}

/// The upper triangle R of a weighted design by Householder reflections (Golub & Van Loan 2013, algorithm 5.2.1).
struct Triangle {
    /// Row by row; entries below the diagonal are not read.
    rows: Vec<Vec<f64>>,
}

impl Triangle {
    /// Turns the rows, and the target with them. The error is the column that follows from those before it.
    fn of(mut rows: Vec<Vec<f64>>, target: &mut [f64]) -> Result<Self, usize> {
        let columns = rows.first().map_or(0, Vec::len);
        for column in 0..columns {
            let whole: f64 = rows.iter().map(|row| row[column] * row[column]).sum();
            let left: f64 = rows.iter().skip(column).map(|row| row[column] * row[column]).sum();
            let norm = libm::sqrt(left);
            if norm <= FOLLOWS * libm::sqrt(whole) || norm == 0.0 {
                return Err(column);
            }
            let diagonal = if rows[column][column] > 0.0 { -norm } else { norm };
            let mut reflector: Vec<f64> = rows[column..].iter().map(|row| row[column]).collect();
            reflector[0] -= diagonal;
            let size: f64 = reflector.iter().map(|v| v * v).sum();
            for other in column..columns {
                let dot: f64 = reflector.iter().zip(&rows[column..]).map(|(v, row)| v * row[other]).sum();
                let times = 2.0 * dot / size;
                for (v, row) in reflector.iter().zip(&mut rows[column..]) {
                    row[other] -= times * v;
                }
            }
            let dot: f64 = reflector.iter().zip(&target[column..]).map(|(v, t)| v * t).sum();
            let times = 2.0 * dot / size;
            for (v, t) in reflector.iter().zip(&mut target[column..]) {
                *t -= times * v;
            }
        }
        rows.truncate(columns);
        Ok(Self { rows })
    }

    /// x of R·x = the head of the target.
    fn solve(&self, target: &[f64]) -> Vec<f64> {
        let n = self.rows.len();
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| self.rows[i][j] * x[j]).sum();
            x[i] = (target[i] - known) / self.rows[i][i];
        }
        x
    }

    /// √ of the diagonal of (RᵀR)⁻¹: the length of each row of R⁻¹.
    fn standard_errors(&self) -> Vec<f64> {
        let n = self.rows.len();
        let mut squares = vec![0.0; n];
        for unit in 0..n {
            let target: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i == unit))).collect();
            for (square, x) in squares.iter_mut().zip(self.solve(&target)) {
                *square += x * x;
            }
        }
        squares.into_iter().map(libm::sqrt).collect()
    }
}
