//! A small sound workspace in which every list has something in it, for the tests of this layer.

use super::{
    balance::{
        Balance, Better, ExchangeAnswer, ExchangeVerdict, Factor, Must, NamedLevel, Scale, Score,
        ScoreDissent, ScoreEdit, ScoreLevel, Side, Speaker,
    },
    challenge::{Challenge, Evidence},
    decision::{
        Decision, Dissent, Duty, DutyAnswer, Entry, EntryState, FigureRef, Frozen, FrozenFigure, Rationed,
        Reason, Review, ReviewOutcome, SignOff, TitleBlock, Trigger, UnmetPoint, inputs_of,
    },
    ids::RiskBandId,
    money::Pence,
    question::{Entitlement, Level, NeedGroup, Question, ServiceOption, TradeOff, badge},
    reach::{
        Feed, Payment, Reach, ReachMeasure, Referral, Terms, Threshold,
        caseload::{
            Adjusted, AdjustedTerm, ByNeed, Caseload, Counted, CountedGroup, CountedPlace, Counts, Spread,
            Statistic, Tripwire, WEEKS_EACH_WAY,
        },
        changing_risk::{
            Agency, ChangingRisk, CohortCount, Intensity, PromisedSaving, RiskBand, SeveralMeasures, Support,
            Wing,
        },
    },
    shared::Shared,
    snapshot::{BalanceState, Snapshot},
    voices::{
        Ballot, Heard, KnownAs, PersonalData, Round, RoundState, Sector, SectorShape, Stakeholder, Statement,
        StatementLink, StatementMethod, Voices,
    },
    workshop::{Scene, Seat, Workshop},
    workspace::{Room, Workspace},
};

/// Two options, two need groups, six factors (one of each scale), two stakeholders.
pub fn workspace() -> Workspace {
    let mut workspace = Workspace {
        title: "Supper clubs".to_owned(),
        question: question().into(),
        voices: voices().into(),
        balance: balance().into(),
        reach: reach().into(),
        challenge: Shared::new(Challenge {
            evidence: vec![Evidence {
                id: "kitchen-trial-e222".into(),
                title: "Trial in two kitchens".to_owned(),
                source: "Council library".to_owned(),
                grade: Some(3),
                says: "People come back when the cook stays.".to_owned(),
                assumed: false,
            }],
        }),
        decision: decision().into(),
        ..Workspace::default()
    };
    workspace.snapshots = vec![Snapshot {
        id: "first-draft-s222".into(),
        name: "First draft".to_owned(),
        taken: jiff::civil::date(2026, 3, 9).at(14, 2, 0, 0),
        note: String::new(),
        state: BalanceState::of(&workspace).into(),
    }];
    let copy = frozen(&workspace);
    workspace.decision.signed = Some(SignOff {
        by: "Ann Cook".to_owned(),
        role: "Head of Kitchens".to_owned(),
        on: copy.on,
        unmet: vec![UnmetPoint { text: "One statement has no answer.".to_owned(), room: Some(Room::Voices) }],
        remark: "It will have one by May.".to_owned(),
        copy: copy.id.clone(),
    });
    workspace.decision.frozen.push(copy);
    workspace
}

fn frozen(workspace: &Workspace) -> Frozen {
    Frozen {
        id: "as-signed-f222".into(),
        name: "As signed".to_owned(),
        on: jiff::civil::date(2026, 3, 10).at(9, 30, 0, 0),
        by: "Ann Cook".to_owned(),
        version: "0.1.0".to_owned(),
        seed: 7,
        draws: 1_000,
        figures: vec![FrozenFigure {
            key: "total/kitchens-o333".to_owned(),
            what: "Total of Street kitchens".to_owned(),
            words: "67".to_owned(),
            value: Some(67.25),
        }],
        fingerprint: "c0ffee".to_owned(),
        seal: "5ea1".to_owned(),
        state: inputs_of(workspace).into(),
    }
}

fn question() -> Question {
    Question {
        text: "Who should run the supper clubs?".to_owned(),
        horizon_years: Some(3),
        options: ["Town caterer", "Street kitchens"]
            .into_iter()
            .enumerate()
            .map(|(place, name)| ServiceOption {
                id: ["caterer-o222", "kitchens-o333"][place].into(),
                badge: badge(place),
                name: name.to_owned(),
                short: String::new(),
                summary: String::new(),
                decided: Some(Level::Borough),
                designed: None,
                delivered: None,
            })
            .collect(),
        need_groups: ["Widowed", "Housebound"]
            .into_iter()
            .enumerate()
            .map(|(place, name)| NeedGroup {
                id: ["widowed-g222", "housebound-g333"][place].into(),
                name: name.to_owned(),
                short: String::new(),
                people_per_year: Some(120.0),
                cost_supported: Some(Pence(90_000)),
                cost_parked: Some(Pence(10_000)),
                outcome_without: Some(0.1),
                outcome_parked: Some(0.2),
                outcome_supported: Some(0.5),
                outcome_spread: Some(0.1),
                hours_supported: Some(12.0),
                seldom_heard: place == 1,
                source: String::new(),
            })
            .collect(),
        entitlements: vec![Entitlement {
            id: "allergens-t222".into(),
            text: "Allergens are named".to_owned(),
            answers: "Head of food safety".to_owned(),
            met_by: [("caterer-o222".into(), true)].into(),
        }],
        trade_offs: vec![TradeOff {
            id: "near-far-x222".into(),
            between: "Between people".to_owned(),
            text: "Fewer suppers, nearer home".to_owned(),
        }],
        ..Question::default()
    }
}

fn voices() -> Voices {
    let stakeholder = |id: &str, name: &str, sector: &str| Stakeholder {
        known_as: KnownAs::Role,
        gains_from: vec!["caterer-o222".into()],
        speaks_for: vec!["widowed-g222".into()],
        heard: Heard::Direct,
        local_means: Some(Level::Estate),
        layers_from_delivery: Some(1),
        influence: Some(4.0),
        interest: Some(9.0),
        ..Stakeholder::named(id.into(), name, sector.into())
    };
    let sector = |id: &str, name: &str, first_hand| Sector {
        id: id.into(),
        name: name.to_owned(),
        short: String::new(),
        shape: SectorShape::Star,
        first_hand,
    };
    let ballot = |id: &str, stakeholder: &str, sector: &str| Ballot {
        received: Some(jiff::civil::date(2026, 3, 9)),
        swings: [("meals-f222".into(), 100.0), ("price-f333".into(), 40.0)].into(),
        ranking: vec!["kitchens-o333".into(), "caterer-o222".into()],
        gut_feel: vec!["caterer-o222".into(), "kitchens-o333".into()],
        ..Ballot::blank(id.into(), Some(stakeholder.into()), sector.into(), 1)
    };
    Voices {
        sectors: vec![sector("guests-s222", "Guests", true), sector("council-s333", "Council", false)],
        stakeholders: vec![
            stakeholder("ida-p222", "Ida", "guests-s222"),
            stakeholder("officer-p333", "Contracts officer", "council-s333"),
        ],
        personal_data: PersonalData {
            purpose: "Asking back what was meant".to_owned(),
            held_by: "Contracts officer".to_owned(),
            until: Some(jiff::civil::date(2027, 3, 31)),
        },
        rounds: vec![Round {
            number: 1,
            asks: Vec::new(),
            state: RoundState::Closed,
            opened: Some(jiff::civil::date(2026, 3, 9)),
            closed: Some(jiff::civil::date(2026, 3, 10)),
        }],
        statements: vec![Statement {
            date: Some(jiff::civil::date(2026, 3, 9)),
            stakeholder: Some("ida-p222".into()),
            about: "Meals".to_owned(),
            method: Some(StatementMethod::Visit),
            links: vec![StatementLink::Factor("meals-f222".into())],
            stance: Some(-2),
            kept_out: true,
            ..Statement::said("cold-m222".into(), "It was cold.")
        }],
        ballots: vec![
            ballot("ida-b222", "ida-p222", "guests-s222"),
            ballot("officer-b333", "officer-p333", "council-s333"),
        ]
        .into(),
        workshop: Some(workshop()),
        ..Voices::default()
    }
}

fn workshop() -> Workshop {
    let mut workshop =
        Workshop::with_seats(vec![Seat::of("ida-p222".into()), Seat::of("officer-p333".into())]);
    workshop.seats[1].abstains = vec!["price-f333".into()];
    workshop.scene = Scene::Balance { dial: Some(0.4) };
    workshop.held = Some(Scene::Discussion("meals-f222".into()));
    workshop.split = Some("guests-s222".into());
    "Ask Ida first.".clone_into(&mut workshop.notes);
    workshop
}

fn balance() -> Balance {
    let levels = |names: [&str; 2]| {
        Scale::Levels(
            names
                .into_iter()
                .zip([0.0, 100.0])
                .map(|(n, value)| NamedLevel { name: n.to_owned(), value })
                .collect(),
        )
    };
    let factor = |id: &str, name: &str, side, scale| Factor {
        id: id.into(),
        name: name.to_owned(),
        short: String::new(),
        side,
        group: String::new(),
        unit: String::new(),
        scale,
        swing: Some(50.0),
        swing_range: None,
        weight_limits: None,
        must: None,
    };
    let mut meals =
        factor("meals-f222", "Meals", Side::Operational, Scale::Linear { worst: 0.0, best: 400.0 });
    meals.must = Some(Must::AtLeast(50.0));
    meals.swing_range = Some((0.0, 400.0));
    let mut price = factor("price-f333", "Price certainty", Side::Commercial, Scale::Direct);
    price.swing = Some(40.0);
    let factors = vec![
        meals,
        price,
        factor("walk-f444", "Walk", Side::Operational, Scale::Local { better: Better::Lower }),
        factor("table-f555", "Table size", Side::Operational, Scale::Points(vec![(4.0, 20.0), (8.0, 100.0)])),
        factor("cook-f666", "Cook", Side::Operational, levels(["changes", "stays"])),
        factor("cost-f777", "Cost", Side::Commercial, Scale::LowestPrice),
    ];
    let cells = [
        ("meals-f222", ScoreLevel::Range { low: 100.0, likely: 150.0, high: 210.0 }),
        ("price-f333", ScoreLevel::Point(62.0)),
        ("walk-f444", ScoreLevel::Normal { mean: 9.0, sd: 1.5 }),
        ("table-f555", ScoreLevel::Unknown),
        ("cook-f666", ScoreLevel::Level("stays".to_owned())),
        ("cost-f777", ScoreLevel::Point(31.5)),
    ];
    let scores = cells
        .into_iter()
        .flat_map(|(factor, level)| {
            ["caterer-o222", "kitchens-o333"].map(|option| Score {
                level: level.clone(),
                grade: Some(2),
                evidence: vec!["kitchen-trial-e222".into()],
                provisional: factor == "walk-f444",
                dissent: vec![ScoreDissent {
                    who: Speaker::Stakeholder("officer-p333".into()),
                    text: "Nobody walks that far in the dark".to_owned(),
                }],
                edited: Some(ScoreEdit { by: "Ann".to_owned(), on: jiff::civil::date(2026, 11, 2) }),
                ..Score::unknown(factor.into(), option.into())
            })
        })
        .collect();
    let answer = ExchangeAnswer {
        factor: "meals-f222".into(),
        against: "table-f555".into(),
        answer: ExchangeVerdict::CountsMore,
        points: (40.0, 50.0),
        ends: ((0.0, 400.0), (4.0, 8.0)),
        led_to: Some((50.0, 50.0)),
    };
    Balance {
        factors,
        scores,
        swing_ranking: Some(vec!["meals-f222".into(), "walk-f444".into()]),
        exchange_answers: vec![answer],
        ..Balance::default()
    }
}

fn reach() -> Reach {
    Reach {
        terms: vec![Terms {
            label: "Paid by the supper".to_owned(),
            block_fee: Some(Pence(5_000_000)),
            threshold: Threshold::Binary(0.3),
            referral: Some(Referral::Provider),
            floor: Some(0.25),
            uptake: [("widowed-g222".into(), 0.8)].into(),
            rate_bid: [("widowed-g222".into(), 0.5)].into(),
            rate_observed: [("widowed-g222".into(), 0.35)].into(),
            passed_on: Some(0.85),
            contact_standard: Some(0.1),
            pilot: Some(true),
            price_by_year: vec![1.0, 0.9],
            source: "Term sheet, May 2026".to_owned(),
            ..Terms::unknown("caterer-o222".into())
        }],
        payments: vec![Payment {
            id: "tenth-supper-y222".into(),
            option: "caterer-o222".into(),
            group: Some("widowed-g222".into()),
            milestone: "Tenth supper".to_owned(),
            price: Pence(290_000),
            probability_parked: Some(0.1),
            probability_supported: Some(0.6),
        }],
        changing_risk: Some(changing_risk()),
        feeds: vec![Feed { factor: "meals-f222".into(), measure: ReachMeasure::ShareSupported }],
        caseload: caseload(),
        ..Reach::default()
    }
}

fn changing_risk() -> ChangingRisk {
    let full = RiskBandId::from("full-b222");
    let hungry = RiskBandId::from("hungry-b333");
    let support = |stay: f64| Support {
        reoffences: Some(1.5),
        moves: [(hungry.clone(), stay), (full.clone(), 1.0 - stay)].into(),
    };
    ChangingRisk {
        bands: vec![
            RiskBand {
                moves: [(full.clone(), 0.75), (hungry.clone(), 0.25)].into(),
                reoffences: Some(0.5),
                ..RiskBand::named(full.clone(), "Full")
            },
            RiskBand {
                reoffences: Some(2.0),
                light: Some(support(0.75)),
                intensive: Some(support(0.5)),
                given: Some(Intensity::Light),
                ..RiskBand::named(hungry.clone(), "Hungry")
            },
        ],
        source: "Supper book, 2025".to_owned(),
        starts: [("widowed-g222".into(), hungry)].into(),
        entrants_per_year: Some(30.0),
        agencies: vec![Agency {
            id: "larder-a222".into(),
            name: "Larder".to_owned(),
            cost: Some(Pence(1_250)),
            source: "Ledger, 2025".to_owned(),
        }],
        wing: Wing {
            places: Some(12),
            worth: Some(Pence(90_000)),
            places_per_reoffence: Some(0.5),
            source: "Ledger, 2025".to_owned(),
        },
        promises: vec![PromisedSaving {
            option: "caterer-o222".into(),
            by_year: vec![Pence(100_000), Pence(150_000)],
            source: "Offer of 3 May 2026".to_owned(),
        }],
        measures: Some(SeveralMeasures {
            before: CohortCount { people: Some(40.0), ..CohortCount::default() },
            after: CohortCount { people: Some(42.0), reoffenders: Some(7.0), ..CohortCount::default() },
            source: "Supper book, 2026".to_owned(),
        }),
        ..ChangingRisk::default()
    }
}

fn caseload() -> Caseload {
    let counts = |people, accepted, served| Counts {
        people,
        passed: vec![accepted, served],
        hours: Some(served as f64 * 1.5),
        outcome: Some(served / 2),
        paid: None,
    };
    Caseload {
        tripwires: vec![Tripwire {
            id: "widowed-at-the-door-p222".into(),
            group: Some("widowed-g222".into()),
            gate: "accepted".to_owned(),
            statistic: Statistic::ImpactRatio,
            limit: 0.8,
            response: "The caterer says why within a month.".to_owned(),
            agreed: Some(jiff::civil::date(2027, 1, 31)),
            agreed_by: "The parish council".to_owned(),
        }],
        counted: Some(Counted {
            source: "suppers.csv".to_owned(),
            counted_on: Some(jiff::civil::date(2028, 2, 1)),
            hidden_under: 5,
            gates: vec!["accepted".to_owned(), "served".to_owned()],
            groups: vec![CountedGroup {
                name: "Widowed".to_owned(),
                need_group: Some("widowed-g222".into()),
                counts: counts(40, 30, 20),
            }],
            providers: vec![CountedPlace { name: "North".to_owned(), groups: vec![counts(40, 30, 20)] }],
            referrers: Vec::new(),
            exits_by_week: vec![1; 2 * WEEKS_EACH_WAY],
            adjusted: vec![Adjusted {
                gate: "served".to_owned(),
                traits: vec!["age_band".to_owned()],
                against: "Widowed".to_owned(),
                deviance: Some(40.5),
                terms: vec![AdjustedTerm {
                    term: "age_band: 65–74".to_owned(),
                    is_group: false,
                    coefficient: -0.5,
                    standard_error: 0.25,
                }],
                reason: String::new(),
                fewest_alike: Some(7),
            }],
            by_need: Some(ByNeed {
                people: 40,
                needs: 9,
                fewest_alike: 2,
                served: Spread { standard: Some(-0.1), ..Spread::default() },
                hours: Spread::default(),
            }),
        }),
    }
}

fn decision() -> Decision {
    let due = Some(jiff::civil::date(2027, 1, 31));
    let figure =
        || vec![FigureRef { kept: "13".to_owned(), ..FigureRef::new("left-out/kitchens-o333", "12", 12.0) }];
    let entry = |id: &str, text: &str| Entry {
        owner: "Ann".to_owned(),
        due,
        state: EntryState::Met,
        figures: figure(),
        ..Entry::new(id.into(), text)
    };
    Decision {
        paper: TitleBlock {
            body: "Quayside Council".to_owned(),
            meeting: "Cabinet, 3 May".to_owned(),
            title: "Meals by the quay".to_owned(),
            report_of: "Head of Kitchens".to_owned(),
            key_decision: Some(true),
            wards: "all".to_owned(),
        },
        recommendation: Some("kitchens-o333".into()),
        headline: "Let the street kitchens run them".to_owned(),
        why_not_the_leader: String::new(),
        why_unanswered: String::new(),
        reasons: vec![Reason {
            id: "returns-n222".into(),
            text: "People come back".to_owned(),
            room: Some(Room::Balance),
            figures: figure(),
        }],
        dissent: vec![Dissent {
            answer: "It does, and less is thrown away".to_owned(),
            ..Dissent::new("cost-n333".into(), Some("officer-p333".into()), "It costs more")
        }],
        conditions: vec![entry("gas-n444", "Gas is checked")],
        safeguards: vec![entry("doors-n555", "Nobody is turned away")],
        triggers: vec![Trigger {
            watched: "Chairs taken".to_owned(),
            limit: "half".to_owned(),
            owner: "Ben".to_owned(),
            due,
            figures: figure(),
            ..Trigger::new("empty-n666".into(), "Half the chairs are empty")
        }],
        rationed: vec![Rationed {
            id: "winter-n777".into(),
            between: "Between now and later".to_owned(),
            text: "Hot meals only until March".to_owned(),
            figures: figure(),
        }],
        duties: vec![Duty {
            id: "social-value".into(),
            text: "Was social value considered?".to_owned(),
            source: "Public Services (Social Value) Act 2012".to_owned(),
            answer: Some(DutyAnswer::Yes),
            how: "With the cooks".to_owned(),
            by: "Ann".to_owned(),
        }],
        reviews: vec![Review {
            expected: "12 plates left".to_owned(),
            figures: figure(),
            on: due,
            owner: "Ann".to_owned(),
            found: "9".to_owned(),
            found_on: due,
            outcome: Some(ReviewOutcome::Keep),
            learned: "Soup lasts".to_owned(),
            ..Review::new("plates-n888".into(), "Plates left over")
        }],
        signed: None,
        frozen: Vec::new(),
    }
}
