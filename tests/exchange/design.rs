//! The design table: further terms of payment, spreads within groups, and factors that Reach scores.

use evenhand::{
    exchange::TableKind,
    model::reach::{FewerEvents, Threshold},
};

use crate::tables_support::{problems, read, there_and_back};

const SCORES: &str = "factor,side,scale,Local,National\nChange,commercial,direct,50,60\n";

#[test]
fn a_threshold_against_a_comparison_group_goes_through_tables() {
    let terms = "option,threshold_kind,threshold\nBond,fewer,10%\n";
    let design = "option,term,value\nBond,fewer events together,0.075\nBond,people compared for each,9.36\n\
                  Bond,events for each,1.55\n";
    let workspace = read(&[(TableKind::Terms, terms), (TableKind::Design, design)]).unwrap();
    let bond = FewerEvents {
        alone: 0.1,
        together: Some(0.075),
        compared_per_person: 9.36,
        events_per_person: Some(1.55),
    };
    assert_eq!(workspace.reach.terms[0].threshold, Threshold::Fewer(bond));
    assert_eq!(there_and_back(&workspace), workspace);
    let found = problems(&[(TableKind::Terms, "option\nBond\n"), (TableKind::Design, design)]);
    assert!(found[0].contains("a threshold_kind of fewer in the terms of this option"), "{found:#?}");
}

#[test]
fn every_fault_of_a_design_table_has_its_place() {
    let with = |row: &str| {
        problems(&[
            (TableKind::Scores, SCORES),
            (TableKind::Groups, "group\nWomen\n"),
            (TableKind::Design, row),
        ])
    };
    for (row, words) in [
        ("Local,,,colour,blue", "one of in words, source, may refuse"),
        ("Local,Women,,pilot,yes", "rate bid or rate observed, the terms of a group under an option"),
        ("Local,,Change,pilot,yes", "one name in the row"),
        (",,,pilot,yes", "one name in the row"),
        ("Local,,,pilot,perhaps", "yes or no"),
        ("Local,,,prices by year,all", "a number for each contract year"),
        (",Women,,outcome spread,0.7", "a number from 0 to 0.5"),
        (",Women,,pilot,yes", "outcome spread, the one term of a group"),
        (",,Kindness,scored by,left out", "the name of a factor"),
        (",,Change,scored by,luck", "one of share supported, people left out"),
    ] {
        let found = with(&format!("option,group,factor,term,value\n{row}\n"));
        assert!(
            found.len() <= 2 && found[0].contains("row 2") && found[0].contains(words),
            "{row}: {found:#?}"
        );
    }
    let found = with("option,term,value\nLocal,pilot,yes\nLocal,Pilot,no\n");
    assert!(
        found.len() == 1 && found[0].contains("row 3") && found[0].contains("each term once"),
        "{found:#?}"
    );
}
