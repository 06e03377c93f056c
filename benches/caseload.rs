//! A caseload of one million rows and twelve columns: read, checked for bad data and counted, beside polars doing the same
//! read and grouping in the same run. Aims: polars' time, and half of it; memory flat in the number of rows.
//!
//! `cargo bench --bench caseload`; `EVENHAND_POLARS` names a Python with polars, else `python3` is tried.

use std::{
    fmt::Write as _,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use evenhand::{
    analysis::{course::Course, reach::caseload::assess},
    exchange::caseload::{Mapping, Source, guess, look, read},
    model::Workspace,
};

const ROWS: usize = 1_000_000;

fn main() {
    // Only so that `cargo test --benches` builds it without reading a million rows.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let folder = std::env::temp_dir().join(format!("evenhand-caseload-{}", std::process::id()));
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("caseload.csv"), table(ROWS)))
        .and_then(|()| std::fs::write(folder.join("tenth.csv"), table(ROWS / 10)));
    if let Err(error) = written {
        println!("no place to write the table: {error}");
        return;
    }
    compare(&folder);
    // Nobody needs it any more; what cannot be removed stays where the system clears up.
    let _ = std::fs::remove_dir_all(&folder);
}

fn compare(folder: &Path) {
    let path = folder.join("caseload.csv");
    let size = std::fs::metadata(&path).map_or(0, |found| found.len());
    println!("{ROWS} rows, 12 columns, {} MB", size >> 20);
    let source = Source::File(path.clone());
    let Ok(preview) = look(&source) else { return };
    let mut mapping = guess(&preview.header, &preview.samples(), &Workspace::default());
    println!("  peak memory before: {}", peak());
    let tenth = Source::File(folder.join("tenth.csv"));
    let small = best_of_three(&tenth, &mapping);
    println!("  a tenth of the rows: {:.0} ms, peak memory {}", millis(small), peak());
    mapping.find_twice = false;
    let without = best_of_three(&source, &mapping);
    println!("  without looking for people twice: {:.0} ms, peak memory {}", millis(without), peak());
    mapping.find_twice = true;
    let ours = best_of_three(&source, &mapping);
    println!("  counted, every check made: {:.0} ms, peak memory {}", millis(ours), peak());
    match polars(&path) {
        Some((whole, inside)) => println!(
            "  polars: {:.0} ms with its start, {:.0} ms without; {:.1} and {:.1} times as long",
            whole * 1e3,
            inside * 1e3,
            whole / ours.as_secs_f64(),
            inside / ours.as_secs_f64()
        ),
        None => println!("  no Python with polars here to compare with: name one in EVENHAND_POLARS"),
    }
    if let Ok(Some(tally)) = read(&source, &mapping, &Workspace::default(), &Course::default()) {
        let begun = Instant::now();
        let found = assess(&tally.counted, &Workspace::default());
        println!("  assessed: {:.2} ms, {} findings", millis(begun.elapsed()), found.findings.len());
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn best_of_three(source: &Source, mapping: &Mapping) -> Duration {
    let once = || {
        let begun = Instant::now();
        let tally = read(source, mapping, &Workspace::default(), &Course::default());
        assert!(tally.is_ok_and(|tally| tally.is_some()));
        begun.elapsed()
    };
    [once(), once(), once()].into_iter().min().unwrap_or_default()
}

/// The most memory that this program has held, where the system says.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("not known".to_owned(), |text| text.trim().to_owned())
}

/// Seconds of polars with its start and without, the best of three.
fn polars(path: &Path) -> Option<(f64, f64)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peer_caseload.py");
    let python = std::env::var("EVENHAND_POLARS").unwrap_or_else(|_| "python3".to_owned());
    let once = || {
        let begun = Instant::now();
        let said = Command::new(&python).arg(&script).arg(path).output().ok()?;
        let whole = begun.elapsed().as_secs_f64();
        let text = String::from_utf8(said.stdout).ok()?;
        Some((whole, text.lines().next()?.trim().parse().ok()?))
    };
    let runs: Option<Vec<(f64, f64)>> = (0..3).map(|_| once()).collect();
    runs?.into_iter().reduce(|best: (f64, f64), next| (best.0.min(next.0), best.1.min(next.1)))
}

/// Twelve columns as a provider's system writes them.
fn table(rows: usize) -> String {
    const GROUPS: [&str; 6] = ["Prolific", "No home", "Women", "Young adults", "Low risk", "Long sentence"];
    const OFFICES: [&str; 8] = ["Town", "Quarry", "Northbank", "Mere", "Tarn", "Larkfield", "Kiln", "Carr"];
    const AGES: [&str; 5] = ["18-24", "25-34", "35-44", "45-54", "55+"];
    let mut text = String::with_capacity(rows * 80);
    text.push_str(
        "person_ref,need_group,office,referrer,eligible,referred_on,decision,started_on,full_package,contacts,\
         age_band,worker_notes\n",
    );
    let mut chance: u64 = 88_172_645_463_325_252;
    for row in 0..rows {
        // Xorshift (Marsaglia 2003): the table must only look like one.
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let draw = |shift: u32, below: u64| (chance >> shift) % below;
        let (group, day) = (draw(3, 6) as usize, 1 + draw(9, 28));
        let accepted = draw(15, 100) < [79, 71, 87, 89, 97, 87][group];
        let started = accepted && draw(22, 100) < 81;
        let served = started && draw(29, 100) < 75;
        let _ = write!(
            text,
            "w-{row:07},{},{},R{},yes,{day:02}/04/2025,{},",
            GROUPS[group],
            OFFICES[draw(36, 8) as usize],
            draw(40, 40),
            if accepted { "accepted" } else { "refused" }
        );
        if started {
            let _ = write!(text, "{day:02}/05/2025");
        }
        let served = if served { "yes" } else { "no" };
        let _ = writeln!(text, ",{served},{},{},", draw(45, 20), AGES[draw(50, 5) as usize]);
    }
    text
}
