//! Today beside a snapshot, in words.

use crate::{
    analysis::balance::compare::{Comparison, Moment, Orders, Whole, compare, headline, signed},
    model::{
        Workspace,
        snapshot::{BalanceState, Snapshot},
        wording::{day_and_time, list, number, thousands},
    },
};

/// The snapshot of this name, in any case, or this id.
///
/// # Errors
/// Which snapshots there are, in a sentence.
pub(super) fn find<'w>(workspace: &'w Workspace, name: &str) -> Result<&'w Snapshot, String> {
    let plain = |text: &str| text.trim().replace('\u{2019}', "'").to_lowercase();
    let wanted = plain(name);
    let is_wanted = |s: &&Snapshot| plain(&s.name) == wanted || s.id.as_str() == wanted;
    workspace.snapshots.iter().rev().find(is_wanted).ok_or_else(|| {
        let names: Vec<String> = workspace.snapshots.iter().map(|s| format!("“{}”", s.name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match names.as_slice() {
            [] => format!("There is no snapshot “{name}”: the workspace has none."),
            names => format!("There is no snapshot “{name}”. Compare with {}.", list(names)),
        }
    })
}

/// The workspace as it stands compared with a snapshot of it.
pub(super) fn with_today(workspace: &Workspace, snapshot: &Snapshot) -> Comparison {
    compare(&snapshot.state, &BalanceState::of(workspace))
}

/// The comparison in lines.
pub(super) fn in_words(snapshot: &Snapshot, comparison: &Comparison) -> String {
    let today = Moment::Today.name(&comparison.after.workspace).to_owned();
    let said = headline(comparison, [&snapshot.name, &today]);
    let mut lines = vec![
        format!("Compared with {} (taken {})", snapshot.name, day_and_time(snapshot.taken)),
        format!("  {} {}", said.lead, said.cause),
    ];
    for id in &comparison.options {
        let Some(option) = comparison.option(id) else { continue };
        let total = |total: Option<f64>| total.map_or("–".to_owned(), |total| number(total, 1));
        let (was, is) = (total(comparison.before.total(id)), total(comparison.after.total(id)));
        lines.push(format!("  {} {}: {was}, now {is}", option.badge, option.name));
    }
    for change in &comparison.changes {
        let effect = change.share.map_or(String::new(), |share| {
            let error = share.standard_error.map_or(String::new(), |e| format!(" ± {}", number(e, 1)));
            format!("{}{error} points: ", signed(share.effect, 1))
        });
        lines.push(format!("  {effect}{} ({})", change.name, change.line));
    }
    if let Ok(Whole { orders, .. }) = &comparison.whole {
        let orders = match orders {
            Orders::All(orders) => format!("all {}", thousands(*orders)),
            Orders::Sampled(orders) => format!("{} drawn", thousands(u64::from(*orders))),
        };
        lines
            .push(format!("  Effects are means over {orders} orders of making the changes, so they add up."));
    }
    lines.join("\n")
}
