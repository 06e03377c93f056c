//! Workspaces of the sizes that the targets are given for. Every figure follows from its place in the list.
//!
//! Each bench takes the sizes it needs.
#![allow(dead_code)]

use evenhand::file::format;
use evenhand::model::{
    Workspace,
    balance::{Balance, Better, Factor, NamedLevel, Scale, Score, ScoreLevel, Side},
    money::Pence,
    question::{NeedGroup, Question, ServiceOption, badge},
    reach::{Payment, Reach, Referral, Terms, Threshold},
    voices::{Ballot, Heard, Sector, SectorShape, Stakeholder, Statement, StatementStatus, Voices},
};

const OPTIONS: usize = 50;
const FACTORS: usize = 30;
const VOICES: usize = 200;
const GROUPS: usize = 8;

/// 50 options, 30 factors and 200 voices, every cell scored and every option with its terms and prices.
pub fn large() -> Workspace {
    with_voices(VOICES)
}

/// The same with so many voices that its file is as large as `bytes`, and a little more.
pub fn of_size(bytes: usize) -> Workspace {
    let length = |voices| {
        let workspace = with_voices(voices);
        format::to_text(&format::Document { revision: 1, workspace, ..Default::default() }).len()
    };
    let (small, large) = (length(0), length(VOICES));
    let a_voice = (large - small) / VOICES;
    with_voices((bytes - small) / a_voice + VOICES / 10)
}

/// A figure from `from` to `to` that jumps about as `n` grows.
fn spread(n: usize, from: f64, to: f64) -> f64 {
    let share = (n.wrapping_mul(7_919) % 1_000) as f64 / 999.0;
    // Two decimals, as people give them.
    ((from + share * (to - from)) * 100.0).round() / 100.0
}

fn id<T: for<'a> From<&'a str>>(kind: &str, n: usize) -> T {
    T::from(format!("{kind}-{n}").as_str())
}

fn with_voices(voices: usize) -> Workspace {
    Workspace {
        title: format!("{OPTIONS} options, {FACTORS} factors, {voices} voices"),
        question: question().into(),
        voices: all_voices(voices).into(),
        balance: balance().into(),
        reach: reach().into(),
        ..Workspace::default()
    }
}

fn question() -> Question {
    let option = |n| ServiceOption {
        id: id("option", n),
        badge: badge(n),
        name: format!("Option number {n}"),
        short: String::new(),
        summary: "A service that somebody could run somewhere for a while.".to_owned(),
        decided: None,
        designed: None,
        delivered: None,
    };
    let group = |n| NeedGroup {
        id: id("group", n),
        name: format!("Need group {n}"),
        short: String::new(),
        people_per_year: Some(spread(n, 40.0, 900.0).round()),
        cost_supported: Some(Pence(spread(n, 90_000.0, 400_000.0) as i64)),
        cost_parked: Some(Pence(20_000)),
        outcome_without: Some(spread(n, 0.05, 0.1)),
        outcome_parked: Some(spread(n, 0.12, 0.2)),
        outcome_supported: Some(spread(n, 0.25, 0.6)),
        outcome_spread: None,
        hours_supported: Some(spread(n, 6.0, 50.0)),
        seldom_heard: n.is_multiple_of(3),
        source: String::new(),
    };
    Question {
        text: "Which of very many?".to_owned(),
        options: (0..OPTIONS).map(option).collect(),
        need_groups: (0..GROUPS).map(group).collect(),
        ..Question::default()
    }
}

fn all_voices(voices: usize) -> Voices {
    let sector = |n: usize| Sector {
        id: id("sector", n),
        name: format!("Sector {n}"),
        short: String::new(),
        shape: SectorShape::ALL[n],
        first_hand: n == 0,
    };
    let sectors = SectorShape::ALL.len();
    let stakeholder = |n: usize| Stakeholder {
        role: "Somebody with a view of it".to_owned(),
        speaks_for: vec![id("group", n % GROUPS)],
        heard: Heard::ALL[n % 3],
        layers_from_delivery: Some(2),
        influence: Some(spread(n, 0.0, 10.0)),
        interest: Some(spread(n + 1, 0.0, 10.0)),
        marginal: n.is_multiple_of(9),
        ..Stakeholder::named(id("person", n), &format!("Person {n}"), id("sector", n % sectors))
    };
    let statement = |n: usize| Statement {
        date: Some(jiff::civil::date(2026, 3, 9)),
        stakeholder: Some(id("person", n)),
        about: "How it is now".to_owned(),
        stance: Some((n % 5) as i8 - 2),
        status: StatementStatus::ALL[n % 4],
        ..Statement::said(
            id("statement", n),
            "It takes three buses, and then they ask the same questions again.",
        )
    };
    let ballot = |n: usize| Ballot {
        marginal: n.is_multiple_of(9),
        swings: (0..FACTORS)
            .map(|f| (id("factor", f), spread(n * FACTORS + f, 1.0, 100.0).round()))
            .collect(),
        ..Ballot::blank(id("ballot", n), Some(id("person", n)), id("sector", n % sectors), 1)
    };
    Voices {
        sectors: (0..sectors).map(sector).collect(),
        stakeholders: (0..voices).map(stakeholder).collect(),
        statements: (0..voices).map(statement).collect(),
        ballots: (0..voices).map(ballot).collect(),
        ..Voices::default()
    }
}

fn balance() -> Balance {
    let factor = |n: usize| Factor {
        id: id("factor", n),
        name: format!("Factor {n}"),
        short: String::new(),
        side: Side::ALL[n % 2],
        group: String::new(),
        unit: if n.is_multiple_of(2) { "% served" } else { "£m, 5 years" }.to_owned(),
        scale: match n % 5 {
            0 => Scale::Direct,
            1 => Scale::Local { better: Better::Lower },
            2 => Scale::Points(vec![(0.0, 0.0), (60.0, 100.0), (100.0, 40.0)]),
            3 => Scale::Levels(
                [("none", 0.0), ("some", 50.0), ("full", 100.0)]
                    .map(|(name, value)| NamedLevel { name: name.to_owned(), value })
                    .to_vec(),
            ),
            _ => Scale::Linear { worst: 100.0, best: 0.0 },
        },
        swing: Some(spread(n, 5.0, 100.0).round()),
        swing_range: None,
        weight_limits: None,
        must: None,
    };
    let level = |n: usize| {
        let likely = spread(n, 20.0, 80.0);
        ScoreLevel::Range { low: likely - 10.0, likely, high: likely + 15.0 }
    };
    let score = |n: usize| Score {
        level: match (n / OPTIONS) % 5 {
            3 => ScoreLevel::Level(["none", "some", "full"][n % 3].to_owned()),
            _ => level(n),
        },
        grade: Some((n % 5) as u8 + 1),
        ..Score::unknown(id("factor", n / OPTIONS), id("option", n % OPTIONS))
    };
    Balance {
        factors: (0..FACTORS).map(factor).collect(),
        scores: (0..FACTORS * OPTIONS).map(score).collect(),
        ..Balance::default()
    }
}

fn reach() -> Reach {
    let terms = |n: usize| Terms {
        label: "Partly by results".to_owned(),
        block_fee: Some(Pence(10_000_000)),
        attachment_fee: Some(Pence(40_000)),
        threshold: if n.is_multiple_of(2) { Threshold::None } else { Threshold::Binary(0.3) },
        referral: Some(Referral::Provider),
        floor: Some(0.1),
        ..Terms::unknown(id("option", n))
    };
    let payment = |n: usize| Payment {
        id: id("payment", n),
        option: id("option", n / GROUPS),
        group: Some(id("group", n % GROUPS)),
        milestone: "In work for half a year".to_owned(),
        price: Pence(spread(n, 100_000.0, 900_000.0) as i64),
        probability_parked: None,
        probability_supported: None,
    };
    Reach {
        terms: (0..OPTIONS).map(terms).collect(),
        payments: (0..OPTIONS * GROUPS).map(payment).collect(),
        ..Reach::default()
    }
}
