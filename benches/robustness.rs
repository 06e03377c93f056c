//! A million draws for 10 options and 20 factors, beside a vectorised numpy script in the same run, and the ten thousand
//! that follow the dial. Aims: a tenth of numpy's time, and 50 ms.
//!
//! `cargo bench --bench robustness`

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use evenhand::{
    analysis::{
        balance::robustness::{Draws, run},
        course::Course,
    },
    model::{
        Workspace,
        balance::{Factor, Scale, Score, ScoreLevel, Side, WeightDraws},
        question::{ServiceOption, badge},
    },
};

const OPTIONS: usize = 10;
const FACTORS: usize = 20;
const MILLION: u32 = 1_000_000;

fn main() {
    // Only so that `cargo test --benches` builds it without running a million draws.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let peer = numpy();
    for (name, ranged, numpy) in [
        ("weights and scores", true, peer.map(|seconds| seconds[0])),
        ("weights only", false, peer.map(|seconds| seconds[1])),
    ] {
        let ours = best_of_three(&workspace(ranged), MILLION);
        println!("{name}, 1,000,000 draws: {:.0} ms", ours.as_secs_f64() * 1_000.0);
        match numpy {
            Some(seconds) => {
                let times = seconds / ours.as_secs_f64();
                println!("  numpy, one core: {:.0} ms, {times:.1} times as long", seconds * 1_000.0);
            }
            None => println!("  no python3 with numpy here to compare with"),
        }
    }
    let dial = best_of_three(&workspace(true), 10_000);
    println!("weights and scores, 10,000 draws: {:.1} ms, aim 50", dial.as_secs_f64() * 1_000.0);
}

fn best_of_three(workspace: &Workspace, iterations: u32) -> Duration {
    let draws = Draws::new(WeightDraws::Uniform, iterations, 1);
    let once = || {
        let begun = Instant::now();
        let drawn = run(workspace, draws, &Course::default());
        assert!(drawn.is_ok_and(|run| run.is_some()));
        begun.elapsed()
    };
    [once(), once(), once()].into_iter().min().unwrap_or_default()
}

/// Seconds for weights and scores, and for weights only.
fn numpy() -> Option<[f64; 2]> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peer_smaa.py");
    let said = Command::new("python3").arg(script).env("OMP_NUM_THREADS", "1").output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    let mut seconds = text.lines().filter_map(|line| line.trim().parse::<f64>().ok());
    Some([seconds.next()?, seconds.next()?])
}

fn workspace(ranged: bool) -> Workspace {
    let mut workspace = Workspace::default();
    for o in 0..OPTIONS {
        workspace.question.options.push(ServiceOption {
            id: format!("option-{o}").as_str().into(),
            badge: badge(o),
            name: format!("Option {o}"),
            short: String::new(),
            summary: String::new(),
            decided: None,
            designed: None,
            delivered: None,
        });
    }
    for f in 0..FACTORS {
        workspace.balance.factors.push(Factor {
            id: format!("factor-{f}").as_str().into(),
            name: format!("Factor {f}"),
            short: String::new(),
            side: Side::ALL[f % 2],
            group: String::new(),
            unit: String::new(),
            scale: Scale::Direct,
            swing: Some(50.0),
            swing_range: None,
            weight_limits: None,
            must: None,
        });
        for o in 0..OPTIONS {
            let likely = 20.0 + ((f * OPTIONS + o) * 7_919 % 600) as f64 / 10.0;
            let level = if ranged {
                ScoreLevel::Range { low: likely - 15.0, likely, high: likely + 15.0 }
            } else {
                ScoreLevel::Point(likely)
            };
            let (factor, option) = (format!("factor-{f}"), format!("option-{o}"));
            let cell = Score::unknown(factor.as_str().into(), option.as_str().into());
            workspace.balance.scores.push(Score { level, ..cell });
        }
    }
    workspace
}
