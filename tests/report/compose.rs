//! What the paper says: sections, figures, who is named and what is left out.

use std::collections::BTreeSet;

use evenhand::{
    analysis::{
        Analysis,
        course::Course,
        decision::{Basis, frozen::figures_to_freeze},
    },
    exchange::report::{
        self, Block,
        compose::{Audience, Composed, Detail, Level, Terms},
    },
    model::{
        Workspace,
        balance::{Side, WeightsFrom},
        decision::{Dissent, Entry},
        reach::caseload::{Statistic, Tripwire},
        voices::KnownAs,
        wording::in_words,
    },
    session::edits::decision as edits,
};

use crate::report_support::told::{Known, example, terms, text};

fn headings(composed: &Composed) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Heading { level: 1, number, text, .. } => Some(format!("{number} {text}")),
        _ => None,
    };
    composed.paper.blocks.iter().filter_map(of).collect()
}

#[test]
fn the_full_paper_has_its_sections_in_order_and_numbers_them() {
    let known = Known::of(example("westmere"));
    let composed = known.paper(&terms(Level::Full));
    let headings = headings(&composed);
    let names = [
        "Recommendation",
        "Options considered",
        "Why local partnership",
        "What would change it",
        "Who is left out, and what is done about it",
        "Who said what, and what was done",
        "Who disagreed",
        "What is rationed, and between whom",
        "Money",
        "Evidence",
        "Risks, conditions and reviews",
        "Duties and principles",
    ];
    for (place, name) in names.iter().enumerate() {
        assert_eq!(headings[place], format!("{}. {name}", place + 1));
    }
    let title = &composed.paper.title;
    assert_eq!(title, "Support for people leaving custody: how to commission it from April");
    assert_eq!(composed.paper.head, ["Westmere Council", "Cabinet, 12 March, item 7"]);
    assert_eq!(composed.paper.foot, "Illustrative figures");
}

#[test]
fn figures_of_the_options_are_those_of_the_worked_example() {
    let known = Known::of(example("westmere"));
    let text = text(&known.paper(&terms(Level::Full)));
    // The figures that the example was published with: totals, cost over five years, people left out a year.
    for line in [
        "B  Local partnership | 67 | £10.8m | 8",
        "C  Social investor contract | 58 | £8.1m | 183",
        "E  Improve the present mix | 50 | £6.8m | 73",
        "D  Personal support budgets | 45 | £9.9m | 88",
        "A  National prime contract | 44 | £6.7m | 433",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(text.contains("This holds until commercial weight passes 62 %."), "{text}");
    assert!(text.contains("Commercial factors carry 42 % of the weight today."), "{text}");
    assert!(text.contains("B  Local partnership | Low | 70 % | 8 | 0 of 6"), "{text}");
}

#[test]
fn every_link_leads_to_a_heading_of_the_same_paper() {
    let known = Known::of(example("westmere"));
    let mut all: Vec<Terms> = Level::ALL.map(terms).into();
    all.push(Terms { audience: Audience::Contributors, ..Terms::default() });
    for terms in all {
        let composed = known.paper(&terms);
        let mut anchors = BTreeSet::new();
        for block in &composed.paper.blocks {
            if let Block::Heading { anchor, .. } = block {
                assert!(anchors.insert(anchor.as_str()), "{anchor} stands twice");
            }
        }
        let runs = composed.paper.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(runs) | Block::Note(runs) | Block::Warning(runs) => {
                runs.iter().collect::<Vec<_>>()
            }
            Block::List { items, .. } => items.iter().flat_map(|item| &item.runs).collect(),
            _ => Vec::new(),
        });
        for to in runs.filter_map(|run| run.to.as_deref()) {
            assert!(anchors.contains(to), "{to}");
        }
    }
}

#[test]
fn every_row_of_a_table_has_a_cell_for_each_column() {
    for name in ["westmere", "work-programme", "peterborough"] {
        let known = Known::of(example(name));
        for block in &known.paper(&terms(Level::FullWithAppendix)).paper.blocks {
            let Block::Table(table) = block else { continue };
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{name}: {}", table.caption);
            }
            assert!(table.columns.iter().all(|column| column.share > 0.0), "{}", table.caption);
        }
    }
}

#[test]
fn own_names_leave_only_when_somebody_asks_and_that_is_said() {
    let mut workspace = example("westmere");
    let person = &mut workspace.voices.stakeholders[0];
    (person.name, person.known_as) = ("Ada Quill".to_owned(), KnownAs::Name);
    person.role = "Head of a service".to_owned();
    let id = person.id.clone();
    workspace.decision.dissent = vec![Dissent::new("a-dissent-x".into(), Some(id), "Too dear.")];
    let known = Known::of(workspace);
    for level in Level::ALL {
        let usual = known.paper(&terms(level));
        assert!(!text(&usual).contains("Ada Quill"), "{level:?}");
        assert!(
            text(&usual).contains("Head of a service"),
            "the role stands in the place of the name: {level:?}"
        );
        assert!(!usual.names.contains("by their own name"), "{}", usual.names);
        let mut with = terms(level);
        with.left_out.remove(&Detail::Names);
        let named = known.paper(&with);
        assert!(text(&named).contains("Ada Quill"), "{level:?}");
        assert!(named.names.contains("1 person by their own name"), "{}", named.names);
    }
}

#[test]
fn what_is_left_out_is_nowhere_in_the_paper() {
    let mut workspace = example("westmere");
    workspace.decision.conditions[0].owner = "Director Quince".to_owned();
    workspace.reach.caseload.tripwires.push(Tripwire {
        id: "a-tripwire-x".into(),
        group: None,
        gate: "started".to_owned(),
        statistic: Statistic::Rate,
        limit: 0.4,
        response: String::new(),
        agreed: Some(jiff::civil::date(2027, 1, 31)),
        agreed_by: "Alderman Pym".to_owned(),
    });
    let known = Known::of(workspace);
    let all = Terms { level: Level::FullWithAppendix, left_out: BTreeSet::new(), ..Terms::default() };
    let everything = text(&known.paper(&all));
    for (detail, words) in [
        (Detail::Pseudonyms, "Has served short sentences"),
        (Detail::Statements, "You meet someone new every time."),
        (Detail::Dissent, "should carry more of the price"),
        (Detail::Ballots, "The points of each ballot that counts"),
        (Detail::Owners, "Director Quince"),
        (Detail::Owners, "Alderman Pym"),
        (Detail::Sources, "Invented for this example"),
    ] {
        assert!(everything.contains(words), "{words}");
        let without = Terms { left_out: [detail].into(), ..all.clone() };
        let composed = known.paper(&without);
        assert!(!text(&composed).contains(words), "{detail:?} is left out, and {words} stands there");
    }
}

#[test]
fn a_sector_of_one_or_two_ballots_is_not_told_apart() {
    let known = Known::of(example("westmere"));
    let text = text(&known.paper(&terms(Level::FullWithAppendix)));
    let table = text.split("How each sector would weigh and rank the options").nth(1).unwrap();
    let table = table.split('(').next().unwrap();
    assert!(table.contains("Public") && table.contains("Voluntary and community"), "{table}");
    for sector in ["Private", "Victims", "Citizens", "Service users", "Elected members"] {
        assert!(!table.contains(sector), "{sector}: {table}");
    }
    assert!(text.contains("Five sectors have fewer than three ballots"), "{text}");
}

#[test]
fn a_recommendation_that_is_not_the_leader_says_so_and_why() {
    let mut workspace = example("westmere");
    let other = workspace.question.options[2].id.clone();
    workspace.decision.recommendation = Some(other);
    workspace.decision.why_not_the_leader = "The partners will not sign.".to_owned();
    let known = Known::of(workspace);
    for level in [Level::OnePage, Level::Full] {
        let text = text(&known.paper(&terms(level)));
        assert!(text.contains("The option recommended is not the one that leads."), "{text}");
        assert!(text.contains("Local partnership leads with 67; the option recommended has 58."), "{text}");
        assert!(text.contains("The partners will not sign."), "{text}");
    }
}

#[test]
fn an_empty_workspace_gives_a_paper_that_says_so() {
    let known = Known::of(Workspace::default());
    for level in Level::ALL {
        let composed = known.paper(&terms(level));
        assert_eq!(composed.paper.title, "An untitled question");
        let text = text(&composed);
        assert!(text.contains("No option is recommended yet."), "{text}");
        assert!(!text.contains("NaN"), "{text}");
        assert!(composed.names.is_empty());
    }
    let contributors = Terms { audience: Audience::Contributors, ..Terms::default() };
    assert!(text(&known.paper(&contributors)).contains("No statement was written down."));
}

#[test]
fn what_is_missing_is_said_once() {
    let known = Known::of(example("peterborough"));
    let text = text(&known.paper(&terms(Level::Full)));
    for words in ["Nobody is in the register of voices yet.", "What the options cost has not been said."] {
        assert_eq!(text.matches(words).count(), 1, "{words}: {text}");
    }
}

#[test]
fn the_author_is_nobody_unless_chosen() {
    let known = Known::of(example("westmere"));
    assert_eq!(known.paper(&Terms::default()).paper.author, None);
    let with = Terms { author: Some("The clerk".to_owned()), ..Terms::default() };
    assert_eq!(known.paper(&with).paper.author.as_deref(), Some("The clerk"));
}

#[test]
fn one_page_is_one_page_however_much_there_is() {
    let mut crowded = example("westmere");
    let long = "A reason that goes on for a long while, with figures, names and places in it, so that it fills lines. ";
    for at in 0..12 {
        let id: evenhand::model::ids::EntryId = format!("more-{at}").as_str().into();
        crowded.decision.conditions.push(Entry::new(id.clone(), &long.repeat(3)));
        crowded.decision.safeguards.push(Entry::new(format!("safe-{at}").as_str().into(), &long.repeat(3)));
        crowded.decision.dissent.push(Dissent::new(
            format!("against-{at}").as_str().into(),
            None,
            &long.repeat(4),
        ));
        crowded.decision.reasons[0].text = long.repeat(3);
    }
    crowded.decision.paper.title =
        "A title that is longer than most and goes over two lines at least, or three ".repeat(2);
    for workspace in [
        example("westmere"),
        example("work-programme"),
        example("peterborough"),
        crowded,
        Workspace::default(),
    ] {
        let known = Known::of(workspace);
        let composed = known.paper(&terms(Level::OnePage));
        let pages = report::pages(&composed.paper, &Course::default()).unwrap();
        assert_eq!(pages.len(), 1, "{}", text(&composed));
    }
}

/// Westmere, signed as it stands.
fn signed() -> Workspace {
    let mut workspace = example("westmere");
    let analysis = Analysis::of(&workspace);
    let basis = Basis { workspace: &workspace, analysis: &analysis, robustness: None };
    let figures = figures_to_freeze(&basis);
    let copy = edits::frozen(&workspace, "copy".into(), ("As signed", "Ann Example"), SIGNED, figures);
    edits::sign(&mut workspace.decision, copy, ("Ann Example", "Head of Community Safety"), (&[], ""));
    workspace
}

const SIGNED: jiff::civil::DateTime = jiff::civil::datetime(2026, 11, 23, 10, 0, 0, 0);

#[test]
fn a_paper_that_was_signed_before_the_figures_changed_says_so_with_both_figures() {
    let mut workspace = signed();
    let unchanged = text(&Known::of(workspace.clone()).paper(&terms(Level::Full)));
    assert!(!unchanged.contains("Changed since it was signed"), "nothing has changed");
    let cost = workspace.balance.factors.iter_mut().find(|f| f.name == "Whole-life cost").unwrap();
    cost.swing = Some(100.0);
    workspace.balance.weights_from = WeightsFrom::Swings;
    let known = Known::of(workspace);
    let basis = Basis { workspace: &known.workspace, analysis: &known.analysis, robustness: None };
    let today = basis.figure("commercial-share").unwrap().words;
    assert_ne!(today, "42 %");
    for level in [Level::Full, Level::OnePage] {
        let text = text(&known.paper(&terms(level)));
        assert!(text.contains("Changed since it was signed."), "{level:?}");
        let share = format!("Share of the weight on commercial factors: signed at 42 %, now {today}");
        assert!(text.contains(&share) || level == Level::OnePage, "{text}");
        assert!(text.contains("signed at 67, now"), "{level:?} {text}");
    }
    let composed = known.paper(&terms(Level::Full));
    let table = composed.paper.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.caption.contains("no longer as they were signed") => Some(table),
        _ => None,
    });
    let rows = &table.expect("a table under the signature").rows;
    assert!(rows.iter().any(|row| row[0].text == "Total of Local partnership" && row[1].text == "67"));
}

#[test]
fn wording_and_reasons_of_another_option_are_told_in_every_paper() {
    let mut workspace = example("westmere");
    workspace.decision.recommendation =
        workspace.question.options.iter().find(|option| option.badge == "C").map(|option| option.id.clone());
    let known = Known::of(workspace);
    for level in [Level::OnePage, Level::Full] {
        let text = text(&known.paper(&terms(level)));
        assert!(text.contains("The record contradicts itself."), "{level:?}");
        assert!(text.contains("speak of Local partnership"), "{level:?}");
    }
}

#[test]
fn weights_that_are_not_the_ballots_are_not_said_to_be_theirs() {
    let mut workspace = example("westmere");
    for factor in workspace.balance.factors.iter_mut().filter(|f| f.side == Side::Commercial) {
        factor.swing = factor.swing.map(|swing| swing * 1.2);
    }
    workspace.balance.weights_from = WeightsFrom::Swings;
    let known = Known::of(workspace);
    let contributors = Terms { audience: Audience::Contributors, ..Terms::default() };
    for terms in [contributors, terms(Level::FullWithAppendix)] {
        let text = text(&known.paper(&terms));
        assert!(text.contains("are not what the ballots combine to"), "{text}");
        assert!(!text.contains("all of them together give the weights"));
    }
}

#[test]
fn one_page_counts_what_it_leaves_out_and_says_when_it_is_looked_at_again() {
    let mut workspace = example("westmere");
    for at in 0..6 {
        workspace
            .decision
            .conditions
            .push(Entry::new(format!("more-{at}").as_str().into(), "One more thing"));
    }
    let text = text(&Known::of(workspace).paper(&terms(Level::OnePage)));
    // Eight conditions, of which no more than three are told.
    assert!(text.contains("More in the full paper: "), "{text}");
    assert!((5..=8).any(|rest| text.contains(&format!("{} conditions", in_words(rest)))), "{text}");
    assert!(text.contains("Looked at again when: "), "{text}");
}

#[test]
fn what_the_weight_rests_on_is_said_of_the_option_it_is_true_of() {
    let mut workspace = example("westmere");
    let text_of = |workspace: &Workspace| text(&Known::of(workspace.clone()).paper(&terms(Level::Full)));
    assert!(
        text_of(&workspace).contains("For Local partnership: 93 % of the weight rests on grade 3 or better.")
    );
    for score in &mut workspace.balance.scores {
        score.grade = None;
    }
    let ungraded = text_of(&workspace);
    assert!(ungraded.contains("Nobody has graded the evidence behind the scores of Local partnership."));
    assert!(!ungraded.contains("0 % of the weight rests on grade"));
}

#[test]
fn a_paper_refers_to_no_section_that_it_does_not_have() {
    let known = Known::of(example("westmere"));
    let contributors = Terms { audience: Audience::Contributors, ..Terms::default() };
    let text = text(&known.paper(&contributors));
    for reference in ["(who is left out)", "(what would change it)", "(evidence)"] {
        assert!(!text.contains(reference), "{reference}");
    }
    assert!(self::text(&known.paper(&terms(Level::Full))).contains("(who is left out)"));
}

#[test]
fn the_review_plan_stands_in_the_order_of_its_days() {
    let known = Known::of(example("westmere"));
    let composed = known.paper(&terms(Level::Full));
    let plan = composed.paper.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.caption.contains("looked at again") => Some(table),
        _ => None,
    });
    let days: Vec<jiff::civil::Date> = plan
        .unwrap()
        .rows
        .iter()
        .map(|row| jiff::civil::Date::strptime("%d %B %Y", &row[0].text).unwrap())
        .collect();
    assert!(days.len() > 1 && days.is_sorted(), "{days:?}");
}
