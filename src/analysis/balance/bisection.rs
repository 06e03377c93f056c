//! Mid-value splitting: the score that is worth half-way between two others, found by asking which of two steps is worth
//! more (the bisection method: Keeney & Raiffa 1976, section 3.4; von Winterfeldt & Edwards 1986, chapter 7).

/// The mid-value is found when what is left is no longer than this share of the whole step.
const FINENESS: f64 = 1.0 / 32.0;

/// A search under way for the score half-way in worth between two scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MidValue {
    /// The scores that the whole step leads from and to, in the unit of the factor.
    pub from: f64,
    pub to: f64,
    /// What is left of it: the mid-value lies between these.
    near: f64,
    far: f64,
    /// How many questions have been answered.
    pub answered: u32,
}

/// Which of two steps is worth more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorthMore {
    /// The step up to the middle.
    First,
    /// The step on from the middle.
    Second,
    Same,
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Narrowed {
    /// Another question is to be asked.
    Asking(MidValue),
    /// This score is worth half-way.
    Found(f64),
}

impl MidValue {
    /// Begins with the whole step; `None` where it leads nowhere or an end is no number.
    #[must_use]
    pub fn between(from: f64, to: f64) -> Option<Self> {
        let way = (to - from).abs();
        (way.is_finite() && way > 0.0).then_some(Self { from, to, near: from, far: to, answered: 0 })
    }

    /// The score at which the two steps of the next question meet, a round figure where one lies near.
    #[must_use]
    pub fn middle(&self) -> f64 {
        let middle = f64::midpoint(self.near, self.far);
        let round = rounded(middle, (self.to - self.from).abs() / 100.0);
        let inside = (round - self.near) * (self.far - round) > 0.0;
        if inside { round } else { middle }
    }

    /// The lowest and the highest score that it can still be.
    #[must_use]
    pub fn left(&self) -> (f64, f64) {
        (self.near.min(self.far), self.near.max(self.far))
    }

    /// Takes an answer. Where the step up to the middle is worth more than the step on from it, half the worth is
    /// reached before the middle; else behind it.
    #[must_use]
    pub fn answer(self, answer: WorthMore) -> Narrowed {
        let middle = self.middle();
        let next = match answer {
            WorthMore::Same => return Narrowed::Found(middle),
            WorthMore::First => Self { far: middle, ..self },
            WorthMore::Second => Self { near: middle, ..self },
        };
        let next = Self { answered: self.answered + 1, ..next };
        if (next.far - next.near).abs() <= (self.to - self.from).abs() * FINENESS {
            Narrowed::Found(next.middle())
        } else {
            Narrowed::Asking(next)
        }
    }
}

/// The nearest multiple of the power of ten at or below `fineness`.
#[must_use]
pub fn rounded(figure: f64, fineness: f64) -> f64 {
    let power = libm::floor(libm::log10(fineness));
    if !power.is_finite() {
        return figure;
    }
    // Divided by a whole power of ten, a decimal comes out as it would be written.
    if power < 0.0 {
        let scale = libm::pow(10.0, -power);
        let scaled = libm::round(figure * scale) / scale;
        if scaled.is_finite() { scaled } else { figure }
    } else {
        let step = libm::pow(10.0, power);
        libm::round(figure / step) * step
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Asks somebody whose worth of a score is this, until the mid-value is found.
    fn asked(from: f64, to: f64, worth: impl Fn(f64) -> f64) -> (f64, u32) {
        let mut search = MidValue::between(from, to).unwrap();
        loop {
            let middle = search.middle();
            let (first, second) = (worth(middle) - worth(from), worth(to) - worth(middle));
            let answer = if (first - second).abs() < 1e-12 {
                WorthMore::Same
            } else if first > second {
                WorthMore::First
            } else {
                WorthMore::Second
            };
            match search.answer(answer) {
                Narrowed::Found(score) => return (score, search.answered + 1),
                Narrowed::Asking(next) => search = next,
            }
        }
    }

    #[test]
    fn a_straight_line_is_halved_by_the_first_answer() {
        assert_eq!(asked(12.0, 8.0, |cost| -cost), (10.0, 1));
    }

    #[test]
    fn the_mid_value_of_a_square_is_the_root_of_a_half() {
        let (score, questions) = asked(0.0, 1.0, |x| x * x);
        assert!((score - 0.5_f64.sqrt()).abs() <= 1.0 / 32.0, "{score}");
        assert!(questions <= 6, "{questions}");
    }

    #[test]
    fn the_mid_value_of_an_exponential_is_its_closed_form() {
        // v(x) = (1 − e^(−cx)) / (1 − e^(−c)) has its half at −ln((1 + e^(−c)) / 2) / c.
        for c in [0.5_f64, 2.0, 5.0, -3.0] {
            let half = -((1.0 + (-c).exp()) / 2.0).ln() / c;
            let (score, _) = asked(0.0, 1.0, |x| (1.0 - (-c * x).exp()) / (1.0 - (-c).exp()));
            assert!((score - half).abs() <= 1.0 / 32.0, "{c}: {score} {half}");
        }
    }

    #[test]
    fn each_answer_keeps_the_half_that_it_speaks_for() {
        let search = MidValue::between(12.0, 8.0).unwrap();
        assert_eq!(search.middle(), 10.0);
        let Narrowed::Asking(next) = search.answer(WorthMore::First) else { panic!("not done yet") };
        assert_eq!((next.left(), next.middle()), ((10.0, 12.0), 11.0));
        let Narrowed::Asking(next) = search.answer(WorthMore::Second) else { panic!("not done yet") };
        assert_eq!((next.left(), next.middle()), ((8.0, 10.0), 9.0));
    }

    #[test]
    fn no_step_no_search() {
        assert_eq!(MidValue::between(3.0, 3.0), None);
        assert_eq!(MidValue::between(f64::NAN, 3.0), None);
        assert_eq!(MidValue::between(-1e308, 1e308), None);
    }

    #[test]
    fn figures_are_rounded_to_what_people_say() {
        assert_eq!(rounded(11.237, 0.04), 11.24);
        assert_eq!(rounded(1_234.0, 60.0), 1_230.0);
        assert_eq!(rounded(0.3, 0.0), 0.3);
    }

    proptest! {
        #[test]
        fn the_search_ends_inside_the_step_whatever_is_answered(
            from in -1e6_f64..1e6, way in prop_oneof![-1e6_f64..-1e-3, 1e-3_f64..1e6], answers in proptest::collection::vec(any::<bool>(), 8),
        ) {
            let mut search = MidValue::between(from, from + way).unwrap();
            let (low, high) = search.left();
            for first in answers {
                let answer = if first { WorthMore::First } else { WorthMore::Second };
                match search.answer(answer) {
                    Narrowed::Asking(next) => search = next,
                    Narrowed::Found(score) => {
                        prop_assert!(low < score && score < high);
                        return Ok(());
                    }
                }
            }
            prop_assert!(false, "eight answers did not do");
        }
    }
}
