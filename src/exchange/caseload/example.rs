//! An invented caseload with selection planted in it, for somebody who wants to try the check at once.

use crate::analysis::random::{Purpose, Stream};

/// What it is asked for by, as the worked examples are.
pub const NAME: &str = "caseload";
pub const TITLE: &str = "An invented caseload of people leaving custody in Westmere";
pub const SUMMARY: &str = "1,431 rows for the caseload check, with selection and a few mistakes planted in them; every \
                           row is invented.";

const SEED: u64 = 20_250_401;

/// One need group: eligible, referred, accepted, started and served; refused and served by office; referred by office.
struct Planted {
    name: &'static str,
    gates: [usize; 5],
    referred: [usize; 3],
    refused: [usize; 3],
    served: [usize; 3],
}

const OFFICES: [&str; 3] = ["Northbank", "Town", "Quarry"];
const AGES: [&str; 5] = ["18–24", "25–34", "35–44", "45–54", "55 and over"];

const PLANTED: [Planted; 6] = [
    Planted {
        name: "Short-sentence prolific",
        gates: [338, 310, 246, 201, 148],
        referred: [84, 131, 95],
        refused: [12, 35, 17],
        served: [45, 55, 48],
    },
    Planted {
        name: "Substance misuse, no home",
        gates: [289, 240, 171, 139, 104],
        referred: [61, 104, 75],
        refused: [34, 22, 13],
        served: [21, 43, 40],
    },
    Planted {
        name: "Women with dependants",
        gates: [104, 95, 83, 72, 54],
        referred: [22, 41, 32],
        refused: [3, 7, 2],
        served: [12, 25, 17],
    },
    Planted {
        name: "Young adults 18–24",
        gates: [196, 180, 161, 118, 85],
        referred: [47, 76, 57],
        refused: [4, 9, 6],
        served: [22, 36, 27],
    },
    Planted {
        name: "Low-risk first sentence",
        gates: [436, 420, 408, 339, 260],
        referred: [118, 172, 130],
        refused: [3, 6, 3],
        served: [74, 110, 76],
    },
    Planted {
        name: "Long-sentence high risk",
        gates: [64, 60, 52, 41, 30],
        referred: [14, 25, 21],
        refused: [2, 5, 1],
        served: [7, 12, 11],
    },
];

/// Somebody invented: group, office, and how many gates were passed.
#[derive(Clone, Copy)]
struct Person {
    group: usize,
    office: usize,
    passed: usize,
}

/// The table as comma-separated text; the same every time.
#[must_use]
pub fn table() -> String {
    let mut chance = Stream::new(SEED, Purpose::Orders, 0);
    let mut people = invented();
    for at in (1..people.len()).rev() {
        people.swap(at, chance.below(at + 1));
    }
    let mut text = String::from(
        "person_ref,need_group,office,eligible,referred_on,decision,started_on,full_package,contacts,age_band,\
         worker_notes\n",
    );
    let mut lines: Vec<String> =
        people.iter().enumerate().map(|(at, person)| line(at, *person, &mut chance)).collect();
    swap_days(&people, &mut lines);
    misspell(&people, &mut lines);
    // Four people stand there twice.
    for twice in [1_210, 873, 402, 97] {
        lines.insert(twice + 200, lines[twice].clone());
    }
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn invented() -> Vec<Person> {
    let mut people = Vec::new();
    for (group, planted) in PLANTED.iter().enumerate() {
        let mut add = |office: usize, passed: usize, number: usize| {
            people.extend(std::iter::repeat_n(Person { group, office, passed }, number));
        };
        let [eligible, referred, accepted, started, _] = planted.gates;
        // Those who were not referred are spread evenly, as are those who were accepted and did not start.
        (0..eligible - referred).for_each(|at| add(at % OFFICES.len(), 1, 1));
        let room: Vec<usize> =
            (0..3).map(|o| planted.referred[o] - planted.refused[o] - planted.served[o]).collect();
        let all: usize = room.iter().sum();
        let lost = accepted - started;
        let mut not_started: Vec<usize> = room.iter().map(|room| room * lost / all).collect();
        let mut office = 0;
        while not_started.iter().sum::<usize>() < lost {
            if not_started[office] < room[office] {
                not_started[office] += 1;
            }
            office = (office + 1) % 3;
        }
        for (office, not_started) in not_started.iter().enumerate() {
            add(office, 2, planted.refused[office]);
            add(office, 3, *not_started);
            add(office, 4, room[office] - not_started);
            add(office, 5, planted.served[office]);
        }
    }
    people
}

fn day(number: usize) -> String {
    let start = jiff::civil::date(2025, 4, 1);
    let days = jiff::Span::new().days(i64::try_from(number).unwrap_or(0));
    let day = start.checked_add(days).unwrap_or(start);
    day.strftime("%d/%m/%Y").to_string()
}

fn line(at: usize, person: Person, chance: &mut Stream) -> String {
    let name = PLANTED[person.group].name;
    let name = if name.contains(',') { format!("\"{name}\"") } else { name.to_owned() };
    let referred = chance.below(330);
    let (waits, contacts, age) = (4 + chance.below(24), 1 + chance.below(9), chance.below(AGES.len()));
    let passed = |gate: usize| person.passed > gate;
    let age = if name.starts_with("Young") { 0 } else { age };
    let decision = match person.passed {
        0 | 1 => "",
        2 => "refused",
        _ => "accepted",
    };
    [
        format!("w-{:04}", at + 1),
        name,
        OFFICES[person.office].to_owned(),
        "yes".to_owned(),
        if passed(1) { day(referred) } else { String::new() },
        decision.to_owned(),
        if passed(3) { day(referred + waits) } else { String::new() },
        if passed(4) { "yes" } else { "no" }.to_owned(),
        if passed(3) { contacts + if passed(4) { 12 } else { 0 } } else { 0 }.to_string(),
        AGES[age].to_owned(),
        "Invented".to_owned(),
    ]
    .join(",")
}

/// Nine people seem to have started before they were referred.
fn swap_days(people: &[Person], lines: &mut [String]) {
    let started = (0..people.len()).filter(|at| people[*at].passed > 3 && !lines[*at].contains('"'));
    for at in started.step_by(83).take(9).collect::<Vec<_>>() {
        let mut cells: Vec<&str> = lines[at].split(',').collect();
        cells.swap(4, 6);
        lines[at] = cells.join(",");
    }
}

/// Two rows spell a group another way.
fn misspell(people: &[Person], lines: &mut [String]) {
    let women = (0..people.len()).filter(|at| PLANTED[people[*at].group].name.starts_with("Women"));
    for at in women.step_by(31).take(2).collect::<Vec<_>>() {
        lines[at] = lines[at].replace("Women with dependants", "Women with dependents");
    }
}
