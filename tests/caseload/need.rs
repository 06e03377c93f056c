//! Whether what people had went to their own need.

use evenhand::{
    analysis::course::Course,
    exchange::caseload::{Mapping, Role, Source, look, read},
    model::{Workspace, reach::caseload::Counted},
};
use serde_json::Value;

const TABLE: &str = include_str!("../data/caseload/need.csv");

fn counted(table: &str) -> Counted {
    let source = Source::Text { name: "need".to_owned(), text: table.as_bytes().into() };
    let header = look(&source).unwrap().header;
    let mut mapping = Mapping::of_header(&header);
    for (at, role) in [Role::NeedGroup, Role::Need, Role::Hours, Role::Gate(0)].into_iter().enumerate() {
        mapping.assign(at, role);
    }
    read(&source, &mapping, &Workspace::default(), &Course::default()).unwrap().unwrap().counted
}

/// numpy 2.4.6: with r the mid-rank of need over the number of people, 2·mean(y·(r − ½))/mean(y); over 1 − mean (Wagstaff);
/// times 4·mean (Erreygers); less the same of need itself (Kakwani). Needs are in halves, so that many are tied.
#[test]
fn the_indices_over_the_need_of_each_person_are_those_of_numpy() {
    let by_need = counted(TABLE).by_need.unwrap();
    assert_eq!((by_need.people, by_need.needs > 20), (120, true));
    let near = |found: Option<f64>, expected: f64| {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?} beside {expected}");
    };
    near(by_need.served.standard, -0.1737089201877934);
    near(by_need.served.wagstaff, -0.4254096004599022);
    near(by_need.served.erreygers, -0.4111111111111111);
    near(by_need.served.kakwani, -0.47550748133887255);
    near(by_need.hours.standard, -0.20139614536166262);
    near(by_need.hours.kakwani, -0.5031947065127418);
    assert_eq!(by_need.hours.wagstaff, None, "hours are not from 0 to 1");
}

#[test]
fn a_row_without_a_need_is_counted_and_left_out_of_the_indices() {
    let with_one_more = format!("{TABLE}A,,3,yes\n");
    let (before, after) = (counted(TABLE), counted(&with_one_more));
    assert_eq!(before.by_need, after.by_need);
    assert_eq!(after.groups[0].counts.people, before.groups[0].counts.people + 1);
}

fn told(table: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, table).unwrap();
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let fixed =
        ["evenhand", "caseload", path.to_str().unwrap(), "--json", "--group", "group", "--need", "need"];
    let all = fixed.into_iter().chain(["--hours", "hours", "--gate", "served"]);
    let status = evenhand::cli::run(all, |_| Err(String::new()), &mut out, &mut messages);
    assert_eq!(status, 0, "{}", String::from_utf8_lossy(&messages));
    serde_json::from_slice::<Value>(&out).unwrap()["caseload"]["concentration_index"].take()
}

/// With two needs, how many of the three people with the higher one were served could be solved from the indices.
#[test]
fn few_people_of_one_of_few_needs_hide_the_indices() {
    assert_eq!(told(TABLE)["standard"], -0.174);
    let mut table = "group,need,hours,served\n".to_owned();
    for at in 0..60 {
        let need = if at < 3 { 2 } else { 1 };
        table += &format!("{},{need},1,{}\n", ["A", "B"][at % 2], if at % 4 < 2 { "yes" } else { "no" });
    }
    assert_eq!(told(&table)["standard_reason"], "hidden: small numbers");
}
