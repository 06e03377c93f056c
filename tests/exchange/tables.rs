//! Tables in and out: what is read, what is refused, and that what is written reads back.

use evenhand::{
    analysis::{Analysis, reach::OptionReach, voices::combined_swings},
    exchange::{TableKind, examples::EXAMPLES, left_behind, read_table, tables_of, workspace_from},
    file::format,
    model::{
        Workspace,
        balance::{Better, Must, Scale, ScoreLevel, Side, WeightsFrom},
        check::{self, Severity},
        money::Pence,
        reach::{ReachMeasure, Referral, Threshold},
        voices::{Heard, RoundState, StatementStatus},
    },
};

use crate::tables_support::{problems, read, there_and_back};

const SCORES: &str = "\
Swing,FACTOR,side,group,unit,scale,worst,best,must,Local,National
90,Reach,operational,People,% served,points 30=0 50=27 90=100,,,>= 40,63%..70%..80%@3,39
,Trust,Operational,,,levels none=0 some=50 full=100,,,,Some@2,?
80,Cost,commercial,,\"£m, 5 years\",linear,13,6,<= 12,£10.8,\"6.1-6.7-7.8@4\"
40,Price,commercial,,£,lowest-price,,,,\"£1,200\",1000
10,Change,commercial,,points,,,,,-3,-3--1-2
5,Judged,operational,,,direct,,,,55~4,
";

const GROUPS: &str = "\
group,people_per_year,cost_supported,cost_parked,outcome_without,outcome_parked,outcome_supported,hours_supported,seldom_heard
Prolific,310,\"£2,900\",120,26%,0.26,42%,60,no
Women,95,1900.50,120,,0.56,0.7,,yes
";

const PAYMENTS: &str = "\
option,group,milestone,price,probability_parked,probability_supported
Local,*,Outcome,700,,
Local,women,Outcome,\"£1,500\",10%,0.3
National,*,Sign-on,450,1,1
";

const TERMS: &str = "\
option,block_fee,attachment_fee,threshold_kind,threshold,baseline,cap,referral,minimum_standard,investor,capacity_hours,capacity_money
National,,450,binary,10%,no,\"£1,000,000\",provider,no,yes,12000,
Local,\"1,200,000\",100,none,,yes,,commissioner,yes,no,,900000
";

const UPTAKE: &str = "option,group,floor,uptake\nLocal,*,40%,0.92\nLocal,Women,,0.8\n";

const DESIGN: &str = "\
option,group,factor,term,value
Local,,,in words,Paid by the month
Local,,,source,\"Draft contract, May 2026\"
Local,,,may refuse,no
Local,,,contact standard,10%
Local,,,passed on,0.85
Local,,,pilot,yes
Local,,,monitored by group,no
Local,,,refusals recorded,yes
Local,,,prices by year,1; 0.5; 0
Local,,,start fee by year,1; 0
Local,Women,,rate bid,0.4
Local,Women,,rate observed,22%
,Women,,outcome spread,0.12
,,Change,scored by,people left out
";

const STAKEHOLDERS: &str = "\
stakeholder,sector,role,speaks_for,heard,through,local_means,layers_from_delivery,influence,interest,marginal
Dee,Service users,,Prolific; Women,direct,,a few streets,0,2,9.5,yes
Area manager,Public,Probation,prolific,through,The court,County,3,8,6,no
";

const BALLOTS: &str = "\
stakeholder,sector,marginal,round,Reach,Trust,Cost
Dee,Service users,,1,100,60,
Area manager,Public,no,1,90,40,80
,Private,no,2,10,,100
";

const STATEMENTS: &str = "\
date,stakeholder,about,stance,text,response,status
2026-03-01,Dee,Continuity,2,You meet someone new every time.,Became a factor,done
22/11/2026,,,-2,'=not a formula,,
";

const ALL: [(TableKind, &str); 9] = [
    (TableKind::Scores, SCORES),
    (TableKind::Groups, GROUPS),
    (TableKind::Payments, PAYMENTS),
    (TableKind::Terms, TERMS),
    (TableKind::Uptake, UPTAKE),
    (TableKind::Design, DESIGN),
    (TableKind::Stakeholders, STAKEHOLDERS),
    (TableKind::Ballots, BALLOTS),
    (TableKind::Statements, STATEMENTS),
];

fn score<'w>(workspace: &'w Workspace, factor: &str, option: &str) -> Option<(&'w ScoreLevel, Option<u8>)> {
    let factor = workspace.balance.factors.iter().find(|f| f.name == factor).expect("factor");
    let option = workspace.question.options.iter().find(|o| o.name == option).expect("option");
    workspace.score(&factor.id, &option.id).map(|score| (&score.level, score.grade))
}

#[test]
fn scores_become_options_factors_and_cells() {
    let workspace = read(&ALL).unwrap();
    let names: Vec<(&str, &str)> =
        workspace.question.options.iter().map(|o| (o.badge.as_str(), o.name.as_str())).collect();
    assert_eq!(names, [("A", "Local"), ("B", "National")]);
    let factors = &workspace.balance.factors;
    assert_eq!(factors[0].scale, Scale::Points(vec![(30.0, 0.0), (50.0, 27.0), (90.0, 100.0)]));
    assert_eq!((factors[0].side, factors[0].group.as_str()), (Side::Operational, "People"));
    assert_eq!((factors[0].swing, factors[1].swing), (Some(90.0), None));
    assert_eq!((factors[0].must, factors[2].must), (Some(Must::AtLeast(40.0)), Some(Must::AtMost(12.0))));
    assert_eq!(factors[2].scale, Scale::Linear { worst: 13.0, best: 6.0 });
    assert_eq!(factors[4].scale, Scale::Local { better: Better::Higher });
    let range = |low, likely, high| ScoreLevel::Range { low, likely, high };
    assert_eq!(score(&workspace, "Reach", "Local"), Some((&range(63.0, 70.0, 80.0), Some(3))));
    assert_eq!(score(&workspace, "Trust", "Local"), Some((&ScoreLevel::Level("some".into()), Some(2))));
    assert_eq!(score(&workspace, "Trust", "National"), Some((&ScoreLevel::Unknown, None)));
    assert_eq!(score(&workspace, "Cost", "National"), Some((&range(6.1, 6.7, 7.8), Some(4))));
    assert_eq!(score(&workspace, "Price", "Local"), Some((&ScoreLevel::Point(1200.0), None)));
    assert_eq!(score(&workspace, "Change", "National"), Some((&range(-3.0, -1.0, 2.0), None)));
    assert_eq!(
        score(&workspace, "Judged", "Local"),
        Some((&ScoreLevel::Normal { mean: 55.0, sd: 4.0 }, None))
    );
    assert_eq!(score(&workspace, "Judged", "National"), None);
}

#[test]
fn payment_designs_become_reach() {
    let workspace = read(&ALL).unwrap();
    let (local, national) = (&workspace.question.options[0].id, &workspace.question.options[1].id);
    let (prolific, women) = (&workspace.question.need_groups[0], &workspace.question.need_groups[1]);
    assert_eq!(prolific.cost_supported, Some(Pence(290_000)));
    assert_eq!((prolific.outcome_without, prolific.outcome_supported), (Some(0.26), Some(0.42)));
    assert_eq!((women.cost_supported, women.outcome_without), (Some(Pence(190_050)), None));
    assert!(women.seldom_heard);
    let payments = &workspace.reach.payments;
    assert_eq!((payments[0].group.as_ref(), payments[1].group.as_ref()), (None, Some(&women.id)));
    assert_eq!(payments[1].probability_parked, Some(0.1));
    let terms = workspace.terms(national).unwrap();
    assert_eq!(terms.threshold, Threshold::Binary(0.1));
    assert_eq!((terms.cap, terms.referral), (Some(Pence(100_000_000)), Some(Referral::Provider)));
    assert_eq!((terms.minimum_standard, terms.investor), (Some(false), Some(true)));
    let terms = workspace.terms(local).unwrap();
    assert!(terms.paid_above_baseline);
    assert_eq!(terms.floor, Some(0.4));
    assert_eq!((terms.uptake[&prolific.id], terms.uptake[&women.id]), (0.92, 0.8));
    assert_eq!(
        (terms.label.as_str(), terms.source.as_str()),
        ("Paid by the month", "Draft contract, May 2026")
    );
    assert_eq!((terms.may_refuse, terms.refusals_recorded), (Some(false), Some(true)));
    assert_eq!((terms.pilot, terms.monitored_by_group), (Some(true), Some(false)));
    assert_eq!((terms.contact_standard, terms.passed_on), (Some(0.1), Some(0.85)));
    assert_eq!((&terms.price_by_year[..], &terms.fee_by_year[..]), (&[1.0, 0.5, 0.0][..], &[1.0, 0.0][..]));
    assert_eq!((terms.rate_bid[&women.id], terms.rate_observed[&women.id]), (0.4, 0.22));
    assert_eq!((prolific.outcome_spread, women.outcome_spread), (None, Some(0.12)));
    let [feed] = workspace.reach.feeds.as_slice() else { panic!("{:?}", workspace.reach.feeds) };
    assert_eq!((feed.factor.as_str(), feed.measure), (factor(&workspace, "Change"), ReachMeasure::LeftOut));
}

fn factor<'w>(workspace: &'w Workspace, name: &str) -> &'w str {
    workspace.balance.factors.iter().find(|factor| factor.name == name).expect("a factor").id.as_str()
}

#[test]
fn people_become_voices() {
    let workspace = read(&ALL).unwrap();
    let voices = &workspace.voices;
    let sectors: Vec<(&str, bool)> = voices.sectors.iter().map(|s| (s.name.as_str(), s.first_hand)).collect();
    assert_eq!(sectors, [("Service users", true), ("Public", false), ("Private", false)]);
    let dee = &voices.stakeholders[0];
    assert_eq!((dee.speaks_for.len(), dee.heard, dee.marginal), (2, Heard::Direct, true));
    assert_eq!(voices.stakeholders[1].layers_from_delivery, Some(3));
    let ballot = &voices.ballots[0];
    assert_eq!(ballot.stakeholder.as_ref(), Some(&dee.id));
    assert!(ballot.marginal, "as in the register, for the ballot does not say");
    assert_eq!(ballot.swings.len(), 2, "an empty cell is an abstention");
    assert_eq!((voices.ballots[2].round, voices.ballots[2].stakeholder.as_ref()), (2, None));
    let statement = &voices.statements[1];
    assert_eq!((statement.stance, statement.text.as_str()), (Some(-2), "=not a formula"));
    assert_eq!(statement.date, Some(jiff::civil::date(2026, 11, 22)));
    assert_eq!(
        (voices.statements[0].status, statement.status),
        (StatementStatus::Done, StatementStatus::Open)
    );
}

#[test]
fn what_is_read_is_sound() {
    let workspace = read(&ALL).unwrap();
    let broken: Vec<_> =
        check::problems(&workspace).into_iter().filter(|p| p.severity == Severity::Broken).collect();
    assert_eq!(broken, []);
}

#[test]
fn what_is_written_reads_back_the_same() {
    let workspace = read(&ALL).unwrap();
    assert_eq!(there_and_back(&workspace), workspace);
}

#[test]
fn each_table_alone_reads_back_the_same() {
    let scores_and =
        |more: TableKind| ALL.into_iter().filter(move |(k, _)| *k == TableKind::Scores || *k == more);
    for kind in [TableKind::Scores, TableKind::Terms, TableKind::Payments, TableKind::Ballots] {
        let tables: Vec<_> = scores_and(kind).collect();
        let workspace = read(&tables).unwrap();
        assert_eq!(there_and_back(&workspace), workspace, "{kind:?} beside scores");
    }
    for kind in
        [TableKind::Groups, TableKind::Payments, TableKind::Terms, TableKind::Uptake, TableKind::Stakeholders]
    {
        let table: Vec<_> = ALL.into_iter().filter(|(k, _)| *k == kind).collect();
        let workspace = read(&table).unwrap();
        assert_eq!(there_and_back(&workspace), workspace, "{kind:?} alone");
    }
}

#[test]
fn the_same_tables_give_the_same_ids_whatever_the_order_of_columns() {
    let first = read(&[(TableKind::Scores, "factor,side,A,B\nCost,commercial,1,2\n")]).unwrap();
    let second = read(&[(TableKind::Scores, "side,A,B,Factor\ncommercial,1,2,Cost\n")]).unwrap();
    assert_eq!(first, second);
}

#[test]
fn weights_come_from_ballots_unless_factors_have_swings() {
    let ballots = "sector,Cost\nPublic,100\n";
    let without = "factor,side,A\nCost,commercial,1\n";
    let with = "factor,side,swing,A\nCost,commercial,50,1\n";
    let from = |scores| {
        let tables = [(TableKind::Scores, scores), (TableKind::Ballots, ballots)];
        read(&tables).unwrap().balance.weights_from
    };
    assert_eq!(from(without), WeightsFrom::Ballots);
    assert_eq!(from(with), WeightsFrom::Swings);
    assert_eq!(read(&[(TableKind::Scores, without)]).unwrap().balance.weights_from, WeightsFrom::Swings);
}

#[test]
fn every_problem_of_every_cell_is_listed_at_once() {
    let scores = "factor,side,scale,worst,best,swing,must,A\n\
                  Cost,both,linear,1,,-5,40,cheap\n\
                  cost,commercial,linear,1,2,,,7-6-5\n\
                  ,operational,,,,,,1@9\n";
    let found = problems(&[(TableKind::Scores, scores)]);
    let expected = [
        "scores.csv, row 2, column “side”: found “both”; expected one of operational, commercial",
        "scores.csv, row 2, column “best”: empty; expected a number, as worst has one; or leave both empty",
        "scores.csv, row 2, column “swing”: found “-5”; expected a number from 0",
        "scores.csv, row 2, column “must”: found “40”; expected a limit like >= 40 or <= 12, or nothing",
        "scores.csv, row 3, column “factor”: found “cost”; expected each factor once; an earlier row has the same name",
        "scores.csv, row 3, column “A”: found “7-6-5”; expected low, likely and high in rising order",
        "scores.csv, row 4, column “factor”: empty; expected the name of a factor",
        "scores.csv, row 4, column “A”: found “1@9”; expected an evidence grade from @1 to @5 at the end",
    ];
    for line in expected {
        assert!(found.iter().any(|problem| problem == line), "{line}\nnot in {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn nothing_is_read_twice_without_a_word() {
    let twice =
        |kind, text| problems(&[(TableKind::Scores, "factor,side,A,B\nCost,commercial,1,2\n"), (kind, text)]);
    let cases = [
        (TableKind::Groups, "group\nWomen\nwomen\n", "each group once"),
        (TableKind::Payments, "option,group,milestone,price\nA,*,Job,1\na,*,job,2\n", "each milestone once"),
        (TableKind::Terms, "option\nA\nA\n", "each option once"),
        (TableKind::Uptake, "option,group,uptake\nA,*,1\nA,*,1\n", "each group once for an option"),
        (TableKind::Stakeholders, "stakeholder,sector\nDee,X\nDEE,Y\n", "each stakeholder once"),
        (TableKind::Ballots, "stakeholder,sector,Cost\nDee,X,1\nDee,X,2\n", "each stakeholder once a round"),
        (TableKind::Statements, "text\nSame\nSame\n", "each statement once"),
        (TableKind::Settings, "setting,value\ntitle,a\nTitle,b\n", "each setting once"),
    ];
    for (kind, text, words) in cases {
        let found = twice(kind, text);
        assert!(found.len() == 1 && found[0].contains(words), "{kind:?}: {found:#?}");
        assert!(found[0].contains("row 3"), "{kind:?}: {found:#?}");
    }
    let found = problems(&[(TableKind::Scores, "factor,side,A, a \nCost,commercial,1,2\n")]);
    assert!(found[0].contains("each column once"), "{found:#?}");
    let found = problems(&[(TableKind::Scores, "factor,side,A\nCost,commercial,1\nCOST,commercial,2\n")]);
    assert!(found[0].contains("each factor once"), "{found:#?}");
}

#[test]
fn names_must_be_known_where_their_table_is_given() {
    let scores = (TableKind::Scores, "factor,side,A,B\nCost,commercial,1,2\n");
    let groups = (TableKind::Groups, "group\nWomen\n");
    let people = (TableKind::Stakeholders, "stakeholder,sector,speaks_for\nDee,Users,Men\n");
    let terms = (TableKind::Terms, "option\nC\n");
    let ballots = (TableKind::Ballots, "stakeholder,sector,Price\nAma,Users,1\n");
    let found = problems(&[scores, groups, people, terms, ballots]);
    for words in [
        "“C”; expected an option of the scores: A, B",
        "“Men”; expected need groups of the table of groups: Women",
        "“Price”; expected stakeholder, sector, marginal, round or a factor of the scores: Cost",
        "“Ama”; expected a name from the table of stakeholders",
    ] {
        assert!(found.iter().any(|problem| problem.contains(words)), "{words} in {found:#?}");
    }
    let found = problems(&[(TableKind::Ballots, "sector,Cost\nPublic,1\n")]);
    assert!(found[0].contains("a table of scores beside the ballots"), "{found:#?}");
}

#[test]
fn shares_dates_and_choices_out_of_range_are_refused() {
    let cases = [
        (TableKind::Groups, "group,outcome_supported\nA,30\n", "a share from 0 to 1"),
        (TableKind::Groups, "group,cost_supported\nA,1.005\n", "a sum in pounds"),
        (TableKind::Groups, "group,people_per_year\nA,12%\n", "a number from 0"),
        (TableKind::Terms, "option,threshold_kind\nA,binary\n", "an outcome rate"),
        (TableKind::Terms, "option,threshold\nA,0.3\n", "binary, above or fewer"),
        (TableKind::Terms, "option,referral\nA,friend\n", "one of provider, commissioner, court"),
        (TableKind::Uptake, "option,group,floor\nA,Women,0.3\n", "stands in its row with *"),
        (TableKind::Stakeholders, "stakeholder,sector,influence\nA,B,11\n", "a number from 0 to 10"),
        (TableKind::Statements, "text,stance\nA,3\n", "a whole number from -2 to 2"),
        (TableKind::Statements, "text,date\nA,2026-13-01\n", "a day written"),
        (TableKind::Settings, "setting,value\ncolour,red\n", "one of title"),
    ];
    for (kind, text, words) in cases {
        let found = problems(&[(kind, text)]);
        assert!(found.len() == 1 && found[0].contains(words), "{kind:?}: {found:#?}");
    }
}

#[test]
fn every_example_keeps_its_figures_through_tables() {
    for example in EXAMPLES {
        let before = format::from_text(example.text, example.name).unwrap().workspace;
        let after = there_and_back(&before);
        assert_eq!(there_and_back(&after), after, "{}", example.name);
        let (was, is) = (Analysis::of(&before), Analysis::of(&after));
        assert_eq!(was.balance.weights, is.balance.weights, "{}", example.name);
        assert_eq!(was.balance.ranking, is.balance.ranking, "{}", example.name);
        let values = |a: &Analysis| a.balance.options.iter().map(|o| o.value).collect::<Vec<_>>();
        assert_eq!(values(&was), values(&is), "{}", example.name);
        let designs = was.reach.options.iter().zip(&is.reach.options);
        for (option, (was, is)) in designs.enumerate() {
            let told = |reach: &Option<OptionReach>| {
                reach.as_ref().map(|r| {
                    (
                        r.verdict,
                        r.groups.clone(),
                        r.chances_of_payment.clone(),
                        r.income_at_risk_share,
                        r.incentive_gap,
                    )
                })
            };
            assert!(told(was) == told(is), "option {option} of {}", example.name);
        }
        let missing = |a: &Analysis| a.voices.coverage.iter().map(|c| c.missing).collect::<Vec<_>>();
        assert_eq!(missing(&was), missing(&is), "{}", example.name);
        assert_eq!((before.title, before.illustrative), (after.title, after.illustrative));
    }
}

#[test]
fn names_that_tables_cannot_tell_apart_are_said_before_anything_is_written() {
    let mut workspace = read(&ALL).unwrap();
    workspace.question.options[1].name = "local".into();
    workspace.balance.factors[1].name = "Reach".into();
    workspace.question.need_groups[0].name = "Men; women".into();
    let problems = tables_of(&workspace).unwrap_err();
    for words in
        ["option “local” has the name of another column", "more than one factor named “Reach”", "semicolon"]
    {
        assert!(problems.iter().any(|problem| problem.contains(words)), "{words} in {problems:#?}");
    }
    workspace = read(&ALL).unwrap();
    workspace.question.options[1].name = "Must".into();
    assert!(tables_of(&workspace).unwrap_err()[0].contains("“Must”"));
}

#[test]
fn no_table_however_cut_or_bent_makes_the_reader_fall_over() {
    for (kind, text) in ALL {
        for end in (0..text.len()).step_by(3) {
            let _ =
                read_table("cut.csv", kind, &text.as_bytes()[..end]).map(|table| workspace_from(&[table]));
        }
        for at in (0..text.len()).step_by(2) {
            for bit in [0x01, 0x10, 0x80] {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] ^= bit;
                let _ = read_table("bent.csv", kind, &bytes).map(|table| workspace_from(&[table]));
            }
        }
    }
}

#[test]
fn a_table_that_is_far_too_large_is_refused_before_it_costs_anything() {
    let wide = format!("factor,side{}\n", ",x".repeat(2_000));
    let long = format!("group\n{}", "x\n".repeat(30_000));
    for (kind, text) in [(TableKind::Scores, wide), (TableKind::Groups, long)] {
        assert!(problems(&[(kind, &text)])[0].contains("more than 20,000 rows or 1,000 columns"));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 48, failure_persistence: None, ..Default::default() })]

    /// Whatever names, numbers and texts a workspace holds, writing and reading again keeps what tables hold.
    #[test]
    fn what_tables_hold_survives_being_written_and_read(
        names in proptest::collection::vec("[=+@'\"-]?[A-Za-z£%|.–’][A-Za-z0-9 ,;=#£%|.–’\"']{0,14}", 12),
        numbers in proptest::collection::vec(-1e9..1e9_f64, 9),
        shares in proptest::collection::vec(0.0..=1.0_f64, 6),
        pence in 0..1_000_000_000_i64,
        grade in proptest::option::of(1..=5_u8),
    ) {
        let workspace = with_content(&names, &numbers, &shares, pence, grade);
        let written = tables_of(&workspace).expect("names that differ");
        let again = there_and_back(&workspace);
        proptest::prop_assert_eq!(&tables_of(&again).expect("the same names"), &written);
        proptest::prop_assert_eq!(&there_and_back(&again), &again);
        let levels = |w: &Workspace| w.balance.scores.iter().map(|s| (s.level.clone(), s.grade)).collect::<Vec<_>>();
        proptest::prop_assert_eq!(levels(&workspace), levels(&again));
        let scales = |w: &Workspace| w.balance.factors.iter().map(|f| (f.scale.clone(), f.must)).collect::<Vec<_>>();
        proptest::prop_assert_eq!(scales(&workspace), scales(&again));
        let said = |w: &Workspace| w.voices.statements.iter().map(|s| s.text.clone()).collect::<Vec<_>>();
        proptest::prop_assert_eq!(said(&workspace), said(&again));
        let costs = |w: &Workspace| w.question.need_groups.iter().map(|g| g.cost_supported).collect::<Vec<_>>();
        proptest::prop_assert_eq!(costs(&workspace), costs(&again));
    }
}

/// The workspace of the tables above with other names, figures and texts in it. A number in front keeps names apart.
fn with_content(
    names: &[String],
    numbers: &[f64],
    shares: &[f64],
    pence: i64,
    grade: Option<u8>,
) -> Workspace {
    let mut workspace = read(&ALL).unwrap();
    let name = |at: usize| {
        let (first, rest) = names[at].split_at(names[at].chars().next().map_or(0, char::len_utf8));
        format!("{first}{at}{rest}").trim().to_owned()
    };
    for (at, option) in workspace.question.options.iter_mut().enumerate() {
        option.name = name(at);
    }
    for (at, factor) in workspace.balance.factors.iter_mut().enumerate() {
        factor.name = name(2 + at);
        factor.unit = name(8);
        factor.swing = Some(numbers[at].abs());
    }
    let names_of_levels = [name(9), name(10)];
    let levels = names_of_levels.iter().zip(shares).map(|(name, share)| {
        evenhand::model::balance::NamedLevel { name: name.clone(), value: share * 100.0 }
    });
    workspace.balance.factors[1].scale = Scale::Levels(levels.collect());
    workspace.balance.factors[2].scale =
        Scale::Linear { worst: numbers[0], best: numbers[0] + numbers[1].abs() + 1.0 };
    workspace.balance.factors[2].must = Some(Must::AtLeast(numbers[2]));
    let mut three = [numbers[3], numbers[4], numbers[5]];
    three.sort_by(f64::total_cmp);
    let factor_ids: Vec<_> = workspace.balance.factors.iter().map(|f| f.id.clone()).collect();
    for score in &mut workspace.balance.scores {
        score.grade = grade;
        if score.factor == factor_ids[1] {
            score.level = ScoreLevel::Level(names_of_levels[0].clone());
        } else if score.factor == factor_ids[2] {
            score.level = ScoreLevel::Range { low: three[0], likely: three[1], high: three[2] };
        } else if score.factor == factor_ids[4] {
            score.level = ScoreLevel::Normal { mean: numbers[6], sd: numbers[7].abs() + 0.1 };
        }
    }
    for (at, group) in workspace.question.need_groups.iter_mut().enumerate() {
        group.name = name(at).replace(';', "");
        group.cost_supported = Some(Pence(pence + at as i64));
        group.outcome_supported = Some(shares[2]);
    }
    for statement in &mut workspace.voices.statements {
        statement.text = name(11);
        statement.response = names[0].trim().to_owned();
    }
    workspace
}

/// The table of ballots has no place for rounds: what does not count is left out, or it would count once it was read back.
#[test]
fn ballots_that_do_not_count_are_left_out_of_tables_and_that_is_said() {
    let example = EXAMPLES.iter().find(|example| example.name == "westmere").unwrap();
    let mut workspace = format::from_text(example.text, example.name).unwrap().workspace;
    workspace.balance.weights_from = WeightsFrom::Ballots;
    let ballots = |w: &Workspace| w.voices.ballots.len();
    let together = |w: &Workspace| combined_swings(w);
    let after = there_and_back(&workspace);
    assert_eq!((ballots(&workspace), ballots(&after)), (25, 14));
    assert_eq!(together(&after), together(&workspace));
    let left = left_behind(&workspace);
    for words in ["rounds of ballots", "ballots that do not count: of an open round or late"] {
        assert!(left.contains(&words), "{left:?}");
    }
    // Once the round is closed its ballots go along, and so does what they change.
    workspace.voices.rounds[1].state = RoundState::Closed;
    workspace.voices.rounds[1].closed = Some(jiff::civil::date(2026, 10, 13));
    workspace.voices.ballots[14].received = Some(jiff::civil::date(2026, 10, 14));
    let after = there_and_back(&workspace);
    assert_eq!(ballots(&after), 24);
    assert_eq!(together(&after), together(&workspace));
}

fn rules(workspace: &Workspace) -> Vec<&'static str> {
    Analysis::of(workspace).balance.warnings().iter().map(|warning| warning.rule).collect()
}

#[test]
fn a_swing_in_the_row_of_its_points_was_given_for_their_ends() {
    let workspace = read(&[(
        TableKind::Scores,
        "factor,side,scale,worst,best,swing,X,Y\n\
         P,operational,points 30=0 50=26 90=100,,,60,40,70\n\
         R,commercial,points 0=100 10=0,,,60,1,9\n",
    )])
    .unwrap();
    let ranges: Vec<_> = workspace.balance.factors.iter().map(|factor| factor.swing_range).collect();
    assert_eq!(ranges, [Some((30.0, 90.0)), Some((10.0, 0.0))]);
    assert!(!rules(&workspace).contains(&"weighed-before-range"));
}

#[test]
fn local_ends_that_point_the_other_way_than_the_must_are_pointed_out() {
    let days = |ends: &str| {
        let table = format!("factor,side,worst,best,must,X,Y\nDays,operational,{ends},<= 60,20,45\n");
        read(&[(TableKind::Scores, &table)]).unwrap()
    };
    assert!(rules(&days(",")).contains(&"must-against-scale"));
    assert!(!rules(&days("highest,lowest")).contains(&"must-against-scale"));
}
