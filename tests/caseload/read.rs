//! Reading a caseload: what is counted, and every kind of bad data with its rows, its number and what to do.

use std::fmt::Write as _;

use evenhand::{
    analysis::course::Course,
    exchange::caseload::{Finding, Mapping, Matter, Role, Source, Tally, Way, Weight, guess, look, read},
    model::{Workspace, question::NeedGroup},
};
use proptest::prelude::*;

const HEADER: &str = "id,group,office,referred,accepted,started,contacts";

fn text(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn source(bytes: impl AsRef<[u8]>) -> Source {
    Source::Text { name: "t.csv".to_owned(), text: bytes.as_ref().into() }
}

fn mapping(source: &Source) -> Mapping {
    let preview = look(source).expect("a head");
    guess(&preview.header, &preview.samples(), &Workspace::default())
}

fn usual() -> Mapping {
    mapping(&source(text(&["a,x,n,1,1,1,3"])))
}

fn counted(bytes: impl AsRef<[u8]>) -> Result<Tally, Vec<Finding>> {
    counted_as(bytes, &usual())
}

fn counted_as(bytes: impl AsRef<[u8]>, mapping: &Mapping) -> Result<Tally, Vec<Finding>> {
    read(&source(bytes), mapping, &Workspace::default(), &Course::default())
        .map(|tally| tally.expect("not stopped"))
}

#[track_caller]
fn finding(findings: &[Finding], matter: Matter) -> &Finding {
    findings.iter().find(|f| f.matter == matter).unwrap_or_else(|| panic!("no {matter:?} in {findings:?}"))
}

#[test]
fn rows_become_counts_by_group_gate_and_provider() {
    let tally = counted(text(&[
        "a,Women,Town,1,yes,12/4/2025,5",
        "b,women ,Town,y,no,,0",
        "c,Prolific,Quarry,TRUE,2025-04-09,,1.5",
        "d,Prolific,Town,0,,,",
    ]))
    .unwrap();
    let counted = &tally.counted;
    assert_eq!((tally.rows, tally.people), (4, 4));
    assert_eq!(counted.gates, ["referred", "accepted", "started"]);
    let of = |at: usize| {
        (&*counted.groups[at].name, counted.groups[at].counts.people, &counted.groups[at].counts.passed[..])
    };
    assert_eq!(of(0), ("Women", 2, &[2, 1, 1][..]));
    assert_eq!(of(1), ("Prolific", 2, &[1, 1, 0][..]));
    assert_eq!(counted.groups[1].counts.hours, Some(1.5));
    let places: Vec<_> =
        counted.providers.iter().map(|p| (&*p.name, p.groups[0].people, p.groups[1].people)).collect();
    assert_eq!(places, [("Town", 2, 1), ("Quarry", 0, 1)]);
    assert!(tally.findings.is_empty(), "{:?}", tally.findings);
}

#[test]
fn counted_rows_stand_for_many_people() {
    let source = source("group,count,accepted,hours\nA,120,yes,30\nA,30,no,0\nB,50,yes,9.5\n");
    let mapping = mapping(&source);
    let tally = read(&source, &mapping, &Workspace::default(), &Course::default()).unwrap().unwrap();
    let counts: Vec<_> = tally.counted.groups.iter().map(|g| (g.counts.people, g.counts.passed[0])).collect();
    assert_eq!(counts, [(150, 120), (50, 50)]);
    assert_eq!((tally.rows, tally.people), (3, 200));
}

/// A table, what is found, in which row, and how many.
const BAD: &[(&[&str], Matter, u64, u64)] = &[
    (&["a,x,n,1,1,1,3", "b,x,n,1,1,1"], Matter::Width, 3, 1),
    (&["a,x,n,1,1,1,3", "b,x,n,1,1,1,3,9"], Matter::Width, 3, 1),
    (&["a,x,n,1,perhaps,1,3", "b,x,n,1,1,1,3", "c,x,n,1,maybe,1,3"], Matter::NotYesOrNo, 2, 2),
    (&["a,x,n,1,1,31/2/2025,3"], Matter::NotADate, 2, 1),
    (&["a,x,n,1,1,13/4/2025,3", "b,x,n,1,1,4/13/2025,3"], Matter::MixedDates, 3, 1),
    (&["a,x,n,1,1,1,-3"], Matter::NotANumber, 2, 1),
    (&["a,x,n,1,1,1,many"], Matter::NotANumber, 2, 1),
    (&["a,x,\"n\"orth,1,1,1,3"], Matter::Quotes, 2, 1),
    (&["a,x,n,1,1,1,3", "b,\"x,n,1,1,1,3", "c,x,n,1,1,1,3"], Matter::Quotes, 3, 1),
];

#[test]
fn what_cannot_be_read_refuses_with_its_row_number_and_remedy() {
    for (rows, matter, row, count) in BAD {
        let findings = counted(text(rows)).expect_err("bad data refuses");
        let found = finding(&findings, *matter);
        assert_eq!((found.rows.first(), found.count), (Some(row), *count), "{rows:?}: {found:?}");
        assert_eq!(matter.weight(), Weight::Refuses);
        assert!(found.remedy.len() > 20 && !found.title().is_empty(), "{found}");
    }
}

#[test]
fn every_problem_is_told_at_once() {
    let findings = counted(text(&["a,x,n,1,perhaps,1,3", "b,x,n,1,1,1", "c,x,n,1,1,1,-1", "c,x,n,1,1,1,2"]))
        .unwrap_err();
    for matter in [Matter::NotYesOrNo, Matter::Width, Matter::NotANumber] {
        finding(&findings, matter);
    }
}

#[test]
fn other_encodings_are_refused_with_what_to_do() {
    let latin = [text(&["a,x,n,1,1,1,3"]).as_bytes(), b"b,caf\xe9,n,1,1,1,3\n"].concat();
    let findings = counted(&latin).unwrap_err();
    assert_eq!(finding(&findings, Matter::Encoding).rows, [3]);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(HEADER.bytes().flat_map(|b| [b, 0])).collect();
    let findings = counted(&wide).unwrap_err();
    assert!(finding(&findings, Matter::Encoding).remedy.contains("UTF-16"));
}

/// A table, what is found, the way that is usual and how many start under it, another way and how many then.
#[test]
fn doubtful_rows_are_counted_as_it_is_chosen() {
    let started = |tally: &Tally| tally.counted.groups.iter().map(|g| g.counts.passed[2]).sum::<u64>();
    let cases: [(&[&str], Matter, u64, Way, u64); 5] = [
        (&["a,x,n,1,2/4/2025,1/4/2025,3"], Matter::OutOfOrder, 1, Way::LeaveOut, 0),
        (&["a,x,n,1,0,1,3"], Matter::GateSkipped, 1, Way::StopAtGap, 0),
        (&["a,x,n,1,1,1,3", "a,x,n,1,1,1,3"], Matter::Twice, 1, Way::Take, 2),
        (&["a,x,n,1,1,1,3", "a,y,n,1,1,1,3"], Matter::TwiceDiffers, 1, Way::Take, 2),
        (&["a,,n,1,1,1,3"], Matter::NoGroup, 1, Way::LeaveOut, 0),
    ];
    for (rows, matter, usually, other, then) in cases {
        let rows: Vec<&str> = rows.iter().copied().chain(["z,x,n,0,0,0,0"]).collect();
        let tally = counted(text(&rows)).unwrap();
        assert_eq!(finding(&tally.findings, matter).count, 1, "{matter:?}");
        assert_eq!(started(&tally), usually, "{matter:?}");
        let mut mapping = usual();
        mapping.ways.insert(matter, other);
        let tally = counted_as(text(&rows), &mapping).unwrap();
        assert_eq!(started(&tally), then, "{matter:?} {other:?}");
    }
}

#[test]
fn blank_rows_are_passed_over_and_counted_in_row_numbers() {
    let findings = counted(format!("\n{HEADER}\n\na,x,n,1,1,1,3\n , \n\nb,x,n,1,1,1\n")).unwrap_err();
    assert_eq!(finding(&findings, Matter::Width).rows, [5, 7]);
    let tally = counted(format!("{HEADER}\r\n\r\na,x,n,1,1,1,3\r\n")).unwrap();
    assert_eq!(finding(&tally.findings, Matter::BlankRows).rows, [2]);
}

#[test]
fn an_unknown_group_is_named_with_the_nearest() {
    let mut workspace = Workspace::default();
    workspace.question.need_groups.push(NeedGroup::named("women-g222".into(), "Women with dependants"));
    let bytes = text(&["a,Women with dependants,n,1,1,1,3", "b,Womne with dependants,n,1,1,1,3"]);
    let mut mapping = usual();
    let tally = read(&source(&bytes), &mapping, &workspace, &Course::default()).unwrap().unwrap();
    let found = finding(&tally.findings, Matter::UnknownGroup);
    assert_eq!((found.near.as_deref(), &found.rows[..]), (Some("Women with dependants"), &[3][..]));
    mapping.group_names.insert("womne WITH dependants".to_owned(), "Women with dependants".to_owned());
    let tally = read(&source(&bytes), &mapping, &workspace, &Course::default()).unwrap().unwrap();
    assert_eq!((tally.counted.groups.len(), tally.counted.groups[0].counts.people), (1, 2));
    assert!(tally.counted.groups[0].need_group.is_some());
}

#[test]
fn free_text_is_no_group_and_one_column_says_who() {
    let rows: String = (0..200).fold(String::new(), |mut rows, n| {
        let _ = writeln!(rows, "p{n},note {n},n,1,1,1,3");
        rows
    });
    let findings = counted(format!("{HEADER}\n{rows}")).unwrap_err();
    finding(&findings, Matter::FreeText);
    let mut mapping = usual();
    mapping.roles[2] = Role::Who;
    let findings = counted_as(text(&["a,x,n,1,1,1,3"]), &mapping).unwrap_err();
    assert!(finding(&findings, Matter::Columns).remedy.contains("More than one column"));
}

#[test]
fn an_empty_table_and_other_columns_are_said() {
    assert!(finding(&counted(format!("{HEADER}\n")).unwrap_err(), Matter::File).remedy.contains("no row"));
    assert!(counted("").is_err());
    let findings = counted("a,b\n1,2\n").unwrap_err();
    finding(&findings, Matter::Columns);
}

#[test]
fn a_mark_that_is_never_closed_is_found_in_a_long_table() {
    let mut bytes = text(&["a,x,n,1,1,1,3"]);
    bytes.push_str("b,\"x,n,1,1,1,3\n");
    (0..80_000).for_each(|n| _ = writeln!(bytes, "p{n},x,n,1,1,1,3"));
    let findings = counted(bytes).unwrap_err();
    assert_eq!(finding(&findings, Matter::Quotes).rows, [3]);
}

fn long_table(rows: usize) -> String {
    let mut text = format!("{HEADER}\n");
    for n in 0..rows {
        let (group, office) = (["Low risk", "Prolific", "Women"][n % 3], ["Town", "Quarry"][n / 7 % 2]);
        let accepted = u8::from(n % 5 != 0);
        let _ = writeln!(
            text,
            "w-{:07},{group},{office},1,{accepted},{},{}",
            n / 2 * 2 + n % 2,
            accepted * u8::from(n % 4 != 1),
            n % 9
        );
    }
    text
}

#[test]
fn threads_do_not_change_the_count() {
    let mut text = long_table(60_000);
    let again: Vec<&str> = text.lines().skip(900).step_by(977).take(40).collect();
    let again = again.join("\n");
    text.push_str(&again);
    let in_pool = |threads: usize| {
        let pool = rayon_pool(threads);
        pool.install(|| counted(&text)).unwrap()
    };
    let one = in_pool(1);
    assert_eq!(finding(&one.findings, Matter::Twice).count, 40);
    assert_eq!(one.people, 60_000);
    assert!(one == in_pool(3));
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads")
}

#[test]
fn a_stopped_count_gives_nothing() {
    let course = Course::default();
    course.stop();
    let read = read(&source(long_table(10)), &usual(), &Workspace::default(), &course);
    assert!(matches!(read, Ok(None)));
}

#[test]
fn an_excel_sheet_counts_as_its_text_does() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = ["a,Women,Town,1,yes,yes,5", "b,Prolific,Town,1,no,no,2"];
    for (r, line) in std::iter::once(HEADER).chain(rows).enumerate() {
        for (c, cell) in line.split(',').enumerate() {
            sheet.write_string(r as u32, c as u16, cell).unwrap();
        }
    }
    let excel = counted(book.save_to_buffer().unwrap()).unwrap();
    assert!(excel == counted(text(&rows)).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Quoting, delimiters and line ends are ways of writing.
    #[test]
    fn the_way_of_writing_does_not_change_the_count(
        rows in prop::collection::vec((0_u8..4, 0_u8..3, any::<bool>(), any::<bool>(), 0_u8..9), 1..40),
        delimiter in prop::sample::select(vec![',', ';', '\t']),
        ending in prop::sample::select(vec!["\n", "\r\n"]),
        quote in any::<bool>(),
    ) {
        let plain: Vec<Vec<String>> = rows
            .iter()
            .enumerate()
            .map(|(n, (group, office, accepted, started, hours))| {
                let cells = [format!("p{n}"), format!("Group {group}"), format!("Office {office}"), "yes".to_owned()];
                let gates = [u8::from(*accepted).to_string(), u8::from(*accepted && *started).to_string()];
                cells.into_iter().chain(gates).chain([hours.to_string()]).collect()
            })
            .collect();
        let write = |delimiter: char, ending: &str, quote: bool| {
            let mut text = HEADER.replace(',', &delimiter.to_string()) + ending;
            for row in &plain {
                let cells: Vec<String> =
                    row.iter().map(|cell| if quote { format!("\"{cell}\"") } else { cell.clone() }).collect();
                text.push_str(&(cells.join(&delimiter.to_string()) + ending));
            }
            text
        };
        let one = counted(write(',', "\n", false)).unwrap();
        let other = counted(write(delimiter, ending, quote)).unwrap();
        prop_assert!(one == other);
    }

    /// Whatever stands there, it is read or refused.
    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(prop::sample::select(b"a1,;\"\n\r\t0/-\xc3\xa9 ".to_vec()), 0..200)) {
        let _ = look(&source(&bytes));
        let _ = counted([HEADER.as_bytes(), b"\n", &bytes].concat());
    }
}
