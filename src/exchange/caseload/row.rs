//! One row: what each of its cells says, and how far the person came.

use super::{
    MOST_GATES, MOST_TRAITS, Mapping, Role,
    cells::{self, Answer},
    chunk::Part,
    findings::{Matter, Way},
    names::hash,
};

/// What is read of each column, settled before the first row.
pub(super) struct Plan {
    pub delimiter: u8,
    pub columns: Vec<Role>,
    /// Of a column that is a trait, its place among the traits.
    pub trait_places: Vec<usize>,
    pub gates: Vec<String>,
    pub traits: usize,
    pub month_first: bool,
    pub find_twice: bool,
    pub skipped: Way,
    pub out_of_order: Way,
    pub outcome_first: Way,
}

impl Plan {
    pub fn of(mapping: &Mapping, delimiter: u8) -> Self {
        let mut traits = 0;
        let place = |role: &Role| {
            let place = traits;
            traits += usize::from(*role == Role::Trait);
            place
        };
        let trait_places = mapping.roles.iter().map(place).collect();
        let counted = mapping.columns(Role::Count).next().is_some();
        let has_who = mapping.columns(Role::Who).next().is_some();
        Self {
            delimiter,
            columns: mapping.roles.clone(),
            trait_places,
            gates: mapping.gates.clone(),
            traits,
            month_first: mapping.month_first,
            find_twice: mapping.find_twice && has_who && !counted,
            skipped: mapping.way(Matter::GateSkipped),
            out_of_order: mapping.way(Matter::OutOfOrder),
            outcome_first: mapping.way(Matter::OutcomeFirst),
        }
    }
}

/// No day.
const NEVER: i32 = i32::MIN;

/// What a row says.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub group: usize,
    pub provider: usize,
    pub referrer: usize,
    pub traits: [u8; MOST_TRAITS],
    /// How many people it stands for.
    pub people: u64,
    /// How many gates were passed one after the other.
    pub stage: usize,
    /// In thousandths.
    pub hours: u64,
    /// In thousandths; `None` where the cell is empty.
    pub need: Option<u64>,
    pub outcome: bool,
    pub paid: bool,
    /// The week of leaving, counted from payment.
    pub week: Option<i32>,
    pub who: Option<u64>,
    passed: u16,
    days: [i32; MOST_GATES],
    outcome_day: i32,
    paid_day: i32,
    left_day: i32,
    sound: bool,
}

impl Row {
    fn blank() -> Self {
        Self {
            group: 0,
            provider: 0,
            referrer: 0,
            traits: [0; MOST_TRAITS],
            people: 1,
            stage: 0,
            hours: 0,
            need: None,
            outcome: false,
            paid: false,
            week: None,
            who: None,
            passed: 0,
            days: [NEVER; MOST_GATES],
            outcome_day: NEVER,
            paid_day: NEVER,
            left_day: NEVER,
            sound: true,
        }
    }

    /// Reads a row; what is wrong with it is noted in `part`. `None` when it is not to be counted.
    #[inline]
    pub fn read(plan: &Plan, bytes: &[u8], number: u64, part: &mut Part) -> Option<Self> {
        let mut row = Self::blank();
        let cut = cells::split(bytes, plan.delimiter, |at, cell| {
            if let Some(role) = plan.columns.get(at).filter(|role| **role != Role::NotRead) {
                row.cell(plan, *role, at, &cell, number, part);
            }
        });
        match cut {
            Ok(width) if width == plan.columns.len() => {}
            Ok(width) if width > plan.columns.len() && only_blanks_behind(bytes, plan) => {}
            Ok(_) => return part.fault(Matter::Width, None, number, None),
            Err(_) => return part.fault(Matter::Quotes, None, number, None),
        }
        if !row.sound {
            return None;
        }
        row.follow(plan, number, part)
    }

    #[inline]
    fn cell(&mut self, plan: &Plan, role: Role, at: usize, cell: &[u8], number: u64, part: &mut Part) {
        let name = |names: &mut super::names::Names| names.number(cell);
        let place = match role {
            Role::NeedGroup => name(&mut part.groups).map(|n| self.group = n),
            Role::Provider => name(&mut part.providers).map(|n| self.provider = n),
            Role::Referrer => name(&mut part.referrers).map(|n| self.referrer = n),
            Role::Trait => {
                let place = plan.trait_places[at];
                name(&mut part.traits[place])
                    .and_then(|n| u8::try_from(n).ok())
                    .map(|n| self.traits[place] = n)
            }
            Role::Who => {
                self.who = (plan.find_twice && !cell.is_empty()).then(|| hash(cell));
                Some(())
            }
            Role::Need if cell.is_empty() => Some(()),
            Role::Count | Role::Hours | Role::Need => {
                self.amount(role, at, cell, number, part);
                Some(())
            }
            _ => {
                self.answer(plan, role, at, cell, number, part);
                Some(())
            }
        };
        if place.is_none() {
            self.sound = false;
            part.fault::<()>(Matter::FreeText, Some(at), number, None);
        }
    }

    fn amount(&mut self, role: Role, at: usize, cell: &[u8], number: u64, part: &mut Part) {
        let amount = match cell {
            [] if role == Role::Hours => Some(0),
            [b'0'..=b'9', ..] if cell.len() <= 6 && cell.iter().all(u8::is_ascii_digit) => {
                Some(1_000 * cell.iter().fold(0, |sum, digit| 10 * sum + u64::from(digit - b'0')))
            }
            _ => cells::thousandths(cell),
        };
        match amount {
            Some(amount) if role == Role::Hours => self.hours = amount,
            Some(amount) if role == Role::Need => self.need = Some(amount),
            Some(amount) if amount % 1_000 == 0 => self.people = amount / 1_000,
            _ => {
                self.sound = false;
                part.fault::<()>(Matter::NotANumber, Some(at), number, Some(cell));
            }
        }
    }

    #[inline]
    fn answer(&mut self, plan: &Plan, role: Role, at: usize, cell: &[u8], number: u64, part: &mut Part) {
        let mut answer = cells::answer(cell, plan.month_first);
        if let (Answer::Neither, Role::Gate(gate)) = (answer, role) {
            if cell.eq_ignore_ascii_case(plan.gates[gate].as_bytes()) {
                answer = Answer::Yes;
            } else if cells::is_refusal(cell) {
                answer = Answer::No;
            }
        }
        let day = match answer {
            Answer::Day(day) => {
                part.written(at, cell, number);
                day
            }
            Answer::Yes | Answer::No => NEVER,
            Answer::Swapped => {
                self.sound = false;
                part.swapped(at, number);
                return;
            }
            Answer::NoSuchDay | Answer::Neither => {
                self.sound = false;
                let is_date = answer == Answer::NoSuchDay || role == Role::Date;
                let matter = if is_date { Matter::NotADate } else { Matter::NotYesOrNo };
                part.fault::<()>(matter, Some(at), number, Some(cell));
                return;
            }
        };
        let yes = answer != Answer::No;
        match role {
            Role::Gate(gate) => {
                self.passed |= u16::from(yes) << gate;
                self.days[gate] = day;
            }
            Role::Outcome => (self.outcome, self.outcome_day) = (yes, day),
            Role::Paid => (self.paid, self.paid_day) = (yes, day),
            Role::Date if answer == Answer::Yes => {
                self.sound = false;
                part.fault::<()>(Matter::NotADate, Some(at), number, Some(cell));
            }
            _ => self.left_day = day,
        }
    }

    /// What follows from the cells together.
    #[inline]
    fn follow(mut self, plan: &Plan, number: u64, part: &mut Part) -> Option<Self> {
        self.stage = self.passed.trailing_ones() as usize;
        if self.passed >> self.stage != 0 {
            part.doubt(Matter::GateSkipped, number);
            match plan.skipped {
                Way::LeaveOut => return None,
                Way::StopAtGap => {}
                _ => self.stage = 16 - self.passed.leading_zeros() as usize,
            }
        }
        let mut last = NEVER;
        let mut in_order = true;
        for day in self.days[..plan.gates.len()].iter().filter(|day| **day != NEVER) {
            in_order &= *day >= last;
            last = *day;
        }
        if !in_order {
            part.doubt(Matter::OutOfOrder, number);
            if plan.out_of_order == Way::LeaveOut {
                return None;
            }
        }
        let first = self.days.iter().find(|day| **day != NEVER);
        if self.outcome_day != NEVER && first.is_some_and(|first| self.outcome_day < *first) {
            part.doubt(Matter::OutcomeFirst, number);
            if plan.outcome_first == Way::LeaveOut {
                return None;
            }
        }
        if self.left_day != NEVER && self.paid_day != NEVER {
            self.week = Some((self.left_day - self.paid_day).div_euclid(7));
        }
        if let (Some(who), Some(first)) = (self.who, first) {
            // The same person on another day is another case.
            self.who = Some(hash(&[who.to_le_bytes().as_slice(), &first.to_le_bytes()].concat()));
        }
        Some(self)
    }
}

/// Whether the cells behind the last column are all empty, as a spreadsheet leaves them.
fn only_blanks_behind(bytes: &[u8], plan: &Plan) -> bool {
    let mut blank = true;
    let cut = cells::split(bytes, plan.delimiter, |at, cell| {
        blank &= at < plan.columns.len() || cell.is_empty();
    });
    blank && cut.is_ok()
}
