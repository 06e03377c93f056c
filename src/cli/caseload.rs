//! `caseload`: whom the gates let through, from a table that is counted and forgotten.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use super::{Outcome, Stop, Terminal, not_an_input, open, write_text};
use crate::{
    analysis::{
        course::Course,
        reach::caseload::{Assessment, assess, findings, small_numbers::SmallNumbers, suppression::Shown},
    },
    exchange::{
        caseload::{Finding, Mapping, Matter, Role, Source, Way, Weight, guess, look, read},
        results::caseload::{caseload as as_json, caseload_table},
        table::{key, listed},
    },
    model::{
        Workspace,
        reach::caseload::{Counted, USUALLY_HIDDEN_UNDER},
        wording::{self, count, percent, thousands},
    },
};

#[derive(Debug, Args)]
pub(super) struct Caseload {
    /// The table: CSV, tab-separated text or an Excel workbook; one row a person, or counts with --count
    pub file: PathBuf,
    /// The column that says the need group [default: guessed from the names of the columns, with all others]
    #[arg(long, value_name = "COLUMN")]
    pub group: Option<String>,
    /// The column that says who let the person in
    #[arg(long, value_name = "COLUMN")]
    pub provider: Option<String>,
    /// The column that says who sent the person
    #[arg(long, value_name = "COLUMN")]
    pub referrer: Option<String>,
    /// A gate: yes, no or a date; give one for each, in the order in which people come to them
    #[arg(long = "gate", value_name = "COLUMN")]
    pub gates: Vec<String>,
    /// A trait to adjust for, such as an age band; may be given more than once
    #[arg(long = "trait", value_name = "COLUMN")]
    pub traits: Vec<String>,
    /// Hours or contacts
    #[arg(long, value_name = "COLUMN")]
    pub hours: Option<String>,
    /// How much a person needs, a number that rises with need; without it the need of a group is what supporting it costs
    #[arg(long, value_name = "COLUMN")]
    pub need: Option<String>,
    /// How many people a row stands for
    #[arg(long, value_name = "COLUMN")]
    pub count: Option<String>,
    /// A pseudonym, to find who is there twice; it is not kept
    #[arg(long, value_name = "COLUMN")]
    pub who: Option<String>,
    /// Whether the outcome was reached
    #[arg(long, value_name = "COLUMN")]
    pub outcome: Option<String>,
    /// Whether, or when, something was paid
    #[arg(long, value_name = "COLUMN")]
    pub paid: Option<String>,
    /// When the person left
    #[arg(long = "left", value_name = "COLUMN")]
    pub date: Option<String>,
    /// Dates such as 04/03/2025 are month first
    #[arg(long)]
    pub month_first: bool,
    /// Do not look for people who are there twice
    #[arg(long)]
    pub not_twice: bool,
    /// Leave out rows with gates or outcomes out of order, gates skipped, or no group
    #[arg(long)]
    pub leave_out_doubtful: bool,
    /// Read a group's name as another, as “Womn=Women”; may be given more than once
    #[arg(long = "read-as", value_name = "NAME=NAME")]
    pub read_as: Vec<String>,
    /// Hide counts from 1 up to but not including this
    #[arg(long, value_name = "N", default_value_t = USUALLY_HIDDEN_UNDER, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub threshold_small: u32,
    /// A workspace whose need groups are known and whose tripwires are tried
    #[arg(long, value_name = "WORKSPACE")]
    pub tripwires: Option<PathBuf>,
    /// One JSON object instead of words
    #[arg(long)]
    pub json: bool,
    /// Write the gates to this file too, as comma-separated text
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

pub(super) fn caseload(asked: &Caseload, terminal: &mut Terminal<'_>) -> Outcome {
    let workspace = match &asked.tripwires {
        Some(file) => open(file, terminal)?.workspace,
        None => Workspace::default(),
    };
    let source = Source::File(asked.file.clone());
    let refused = |findings: &[Finding]| Stop::Input(told(&asked.file, findings));
    let preview = look(&source).map_err(|finding| refused(&[finding]))?;
    let mapping = mapping(asked, &preview.header, &preview.samples(), &workspace)?;
    if asked.group.is_none() {
        terminal.note(&format!("Guessed from the names of the columns: {}.", guessed(&mapping)));
    }
    let tally =
        read(&source, &mapping, &workspace, &Course::default()).map_err(|findings| refused(&findings))?;
    // Nobody stops it here.
    let Some(tally) = tally else { return Ok(()) };
    for finding in &tally.findings {
        terminal.note(&finding.to_string());
    }
    let assessment = assess(&tally.counted, &workspace);
    if let Some(path) = &asked.output {
        not_an_input(path, [asked.file.as_path()])?;
        write_text(path, &caseload_table(&tally.counted, &assessment), asked.force)?;
        terminal.note(&format!("Wrote the gates to {}.", path.display()));
    }
    if asked.json {
        let object = as_json(&tally.counted, &assessment, &workspace);
        let text = serde_json::to_string_pretty(&object).map_err(|error| Stop::Output(error.into()))?;
        return terminal.say(&text);
    }
    terminal.say(&in_words(&tally.counted, &assessment, &workspace))
}

/// What each column means, as it was asked for, or guessed where no group is named.
fn mapping(
    asked: &Caseload,
    header: &[String],
    samples: &[Vec<String>],
    workspace: &Workspace,
) -> Result<Mapping, Stop> {
    let mut mapping =
        if asked.group.is_none() { guess(header, samples, workspace) } else { Mapping::of_header(header) };
    let single = [
        (&asked.group, Role::NeedGroup),
        (&asked.provider, Role::Provider),
        (&asked.referrer, Role::Referrer),
        (&asked.hours, Role::Hours),
        (&asked.need, Role::Need),
        (&asked.count, Role::Count),
        (&asked.who, Role::Who),
        (&asked.outcome, Role::Outcome),
        (&asked.paid, Role::Paid),
        (&asked.date, Role::Date),
    ];
    let named = single.into_iter().filter_map(|(name, role)| Some((name.as_ref()?, role)));
    let several = asked.gates.iter().map(|name| (name, Role::Gate(0)));
    let traits = asked.traits.iter().map(|name| (name, Role::Trait));
    if !asked.gates.is_empty() {
        for at in 0..header.len() {
            if matches!(mapping.roles[at], Role::Gate(_)) {
                mapping.assign(at, Role::NotRead);
            }
        }
    }
    for (name, role) in named.chain(several).chain(traits) {
        let Some(at) = header.iter().position(|column| key(column) == key(name)) else {
            let columns = listed(header.iter().map(String::as_str));
            let file = asked.file.display();
            return Err(Stop::Input(format!("{file} has no column “{name}”. It has {columns}.")));
        };
        mapping.assign(at, role);
    }
    for pair in &asked.read_as {
        let Some((from, to)) = pair.split_once('=') else {
            return Err(Stop::Usage(format!("--read-as wants NAME=NAME, not {pair}.")));
        };
        mapping.group_names.insert(from.trim().to_owned(), to.trim().to_owned());
    }
    if asked.leave_out_doubtful {
        mapping.ways = [Matter::OutOfOrder, Matter::OutcomeFirst, Matter::GateSkipped, Matter::NoGroup]
            .map(|matter| (matter, Way::LeaveOut))
            .into_iter()
            .collect::<BTreeMap<_, _>>();
    }
    mapping.month_first = asked.month_first;
    mapping.find_twice = !asked.not_twice;
    mapping.hidden_under = asked.threshold_small;
    match mapping.missing() {
        Some(missing) => Err(Stop::Usage(format!("{missing} Say it with --group and --gate."))),
        None => Ok(mapping),
    }
}

fn guessed(mapping: &Mapping) -> String {
    let parts: Vec<String> = mapping
        .header
        .iter()
        .zip(&mapping.roles)
        .filter_map(|(name, role)| {
            let role = match role {
                Role::Who => "who".to_owned(),
                Role::NeedGroup => "group".to_owned(),
                Role::Provider => "provider".to_owned(),
                Role::Referrer => "referrer".to_owned(),
                Role::Gate(gate) => format!("gate “{}”", mapping.gates[*gate]),
                Role::Trait => "trait".to_owned(),
                Role::Hours => "hours or contacts".to_owned(),
                Role::Need => "need".to_owned(),
                Role::Count => "count".to_owned(),
                Role::Outcome => "outcome".to_owned(),
                Role::Paid => "paid".to_owned(),
                Role::Date => "left".to_owned(),
                Role::NotRead => return None,
            };
            Some(format!("{name} is {role}"))
        })
        .collect();
    parts.join(", ")
}

/// Everything that refuses, and what else is doubtful.
fn told(file: &std::path::Path, findings: &[Finding]) -> String {
    let lines: Vec<String> =
        findings.iter().map(|finding| format!("{}: {finding}", file.display())).collect();
    let refusing = findings.iter().filter(|f| f.matter.weight() == Weight::Refuses).count();
    format!("{}\n{}; nothing was counted.", lines.join("\n"), count(refusing, "problem", "problems"))
}

/// The check in words, small numbers hidden.
fn in_words(counted: &Counted, assessment: &Assessment, workspace: &Workspace) -> String {
    let assessment = &assessment.as_told(counted, workspace);
    let small = &assessment.small;
    let mut out = vec![headline(counted, assessment, small)];
    let (firm, rest) = findings::parted(&assessment.findings);
    if firm.is_empty() {
        out.push(findings::none_firm(small.hides_anything()).to_owned());
    }
    out.extend(firm.iter().map(|finding| finding.words.clone()));
    if !rest.is_empty() {
        out.push(String::new());
        out.push(findings::WORTH_A_LOOK.to_owned());
        out.extend(rest.iter().map(|finding| finding.words.clone()));
    }
    out.push(String::new());
    out.push(stages(counted, small));
    out.extend(providers(counted, assessment));
    out.extend(other_findings(counted, assessment));
    out.extend(tripwires(counted, assessment, workspace));
    out.push(String::new());
    if small.hides_anything() {
        out.push(format!(
            "Counts under {} are hidden, and whole lines of others with them; no test that rests on them is told.",
            counted.hidden_under
        ));
    }
    out.push(PUBLISH_ONE.to_owned());
    out.join("\n")
}

/// True of every check, as nothing is known of the others.
const PUBLISH_ONE: &str = "Publish one check of a caseload, even where nothing is hidden: another with other columns, gates or \
                           traits, at another threshold, with --leave-out-doubtful or with a row more could be set against it \
                           and give small counts back.";

fn headline(counted: &Counted, assessment: &Assessment, small: &SmallNumbers) -> String {
    let people = |stage: usize| small.all_stages.get(stage).copied().and_then(Shown::count);
    let mut line = match people(0) {
        Some(people) => format!("{}: {} people.", counted.source, thousands(people)),
        None => format!("{}.", counted.source),
    };
    if let Some(gate) = assessment.shuts_out {
        line.push_str(&format!(" The gate that shuts people out is “{}”.", counted.gates[gate]));
    }
    if let Some(gate) = assessment.refusals
        && let (Some(came), Some(passed)) = (people(gate), people(gate + 1))
    {
        let (away, came) = (thousands(came - passed), thousands(came));
        line.push_str(&format!(" {away} of {came} who came to “{}” were turned away.", counted.gates[gate]));
    }
    line
}

/// The table of groups and stages.
fn stages(counted: &Counted, small: &SmallNumbers) -> String {
    let widest = counted.groups.iter().map(|g| g.name.chars().count()).max().unwrap_or(0).clamp(10, 40);
    let cell = |shown: &Shown| shown.words();
    let line = |name: &str, row: Vec<String>| {
        let name: String = name.chars().take(40).collect();
        let cells: Vec<String> = row.iter().map(|cell| format!("{cell:>10}")).collect();
        format!("{name:<widest$}{}", cells.join(""))
    };
    let heads =
        std::iter::once("people".to_owned()).chain(counted.gates.iter().map(|g| g.chars().take(9).collect()));
    let mut lines = vec![line("Need group", heads.collect())];
    for (group, row) in counted.groups.iter().zip(&small.stages) {
        lines.push(line(&group.name, row.iter().map(cell).collect()));
    }
    lines.push(line("All groups", small.all_stages.iter().map(cell).collect()));
    lines.join("\n")
}

fn providers(counted: &Counted, assessment: &Assessment) -> Vec<String> {
    let mut lines = Vec::new();
    for gate in &assessment.gates {
        if let Ok(spread) = &gate.spread
            && let Some(warning) = spread.warning()
        {
            lines.push(format!("At “{}”: {warning}", gate.name));
        }
        for (place, at) in counted.providers.iter().zip(&gate.providers) {
            let Ok(funnel) = at.funnel else { continue };
            if funnel.is_below() {
                lines.push(format!(
                    "{} lies under the 95 in 100 line at “{}”: it lets fewer people of like groups through; chance alone \
                     puts about 1 in 40 there, and up to 1 in 20 where few are expected.",
                    place.name, gate.name
                ));
            }
        }
    }
    if let Ok(served) = &assessment.served {
        let short: Vec<String> = served
            .short_beyond_chance()
            .iter()
            .map(|p| format!("{}: {}", counted.providers[p.provider].name, counted.groups[p.group].name))
            .collect();
        if !short.is_empty() {
            let names: Vec<&str> = short.iter().map(String::as_str).collect();
            lines.push(format!("Fall short by more than chance would explain: {}.", names.join("; ")));
        }
        if served.falling_short().len() > short.len() {
            lines.push(served.under_the_line());
        }
    }
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}

fn other_findings(counted: &Counted, assessment: &Assessment) -> Vec<String> {
    let mut lines = Vec::new();
    for parting in &assessment.parting {
        use crate::analysis::reach::caseload::parting::Whose;
        let name = match parting.whose {
            Whose::Group(at) => &counted.groups[at].name,
            Whose::Provider(at) => &counted.providers[at].name,
        };
        lines.push(format!(
            "Measures part: of {name}, more than of others {}, and fewer {}.",
            parting.above.0.words(),
            parting.below.0.words()
        ));
    }
    if let Ok(bunching) = assessment.bunching
        && bunching.p_value < 0.05
    {
        lines.push(format!(
            "{} people left in the two weeks before payment and {} in the two weeks after it; chance alone would do that {}.",
            thousands(bunching.before),
            thousands(bunching.after),
            wording::once_in(bunching.p_value)
        ));
    }
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}

fn tripwires(counted: &Counted, assessment: &Assessment, workspace: &Workspace) -> Vec<String> {
    let mut lines = Vec::new();
    for tried in &assessment.tripwires {
        let Some(wire) = workspace.reach.caseload.tripwires.iter().find(|t| t.id == tried.tripwire) else {
            continue;
        };
        let group = match tried.group {
            Some(group) => counted.groups[group].name.clone(),
            None => wire
                .group
                .as_ref()
                .and_then(|id| workspace.need_group(id))
                .map_or(String::new(), |g| g.name.clone()),
        };
        let limit = percent(wire.limit);
        let outcome = match (tried.tripped, tried.value) {
            (Ok(tripped), Ok(value)) => {
                let value = percent(value);
                if tripped {
                    format!("tripped: {value}, limit {limit}. {}", wire.response)
                } else {
                    format!("holds: {value}, limit {limit}")
                }
            }
            (Err(why), _) | (_, Err(why)) => format!("cannot be tried: {}", why.0),
        };
        lines.push(format!("{group}, {} at “{}” {outcome}", wire.statistic.words(), wire.gate));
    }
    if !lines.is_empty() {
        lines.insert(0, "\nTripwires".to_owned());
    }
    lines
}
