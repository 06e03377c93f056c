//! `merge`: two workspaces that were made of the same one, joined.

use serde_json::{Value, json};

use super::{
    Outcome, Stop, Terminal, arguments::Merge as Asked, may_write, not_an_input, open, write_workspace,
};
use crate::{
    analysis::reach,
    file::format::Document,
    model::{
        merge::{Merge, Party, Pick, Told, Whose},
        wording::count,
    },
};

pub(super) fn merge(asked: &Asked, terminal: &mut Terminal<'_>) -> Outcome {
    may_write(&asked.output, asked.force)?;
    not_an_input(&asked.output, [&asked.base, &asked.ours, &asked.theirs].map(std::path::PathBuf::as_path))?;
    let base = open(&asked.base, terminal)?;
    let ours = open(&asked.ours, terminal)?;
    let theirs = open(&asked.theirs, terminal)?;
    let merge = Merge::of(&base.workspace, &ours.workspace, &theirs.workspace);
    let strangers = merge.strangers_in_words(|party| match party {
        Party::Base => "what both were made of",
        Party::Ours => "ours",
        Party::Theirs => "theirs",
    });
    match strangers {
        Some(words) if asked.unlike => terminal.note(&words),
        Some(words) => {
            return Err(Stop::Input(format!(
                "{words} Nothing was written. Check the names of the three files; if they are meant, say --unlike."
            )));
        }
        None => {}
    }
    let pick = match (asked.take_ours, asked.take_theirs) {
        (true, _) => Some(Pick::Ours),
        (_, true) => Some(Pick::Theirs),
        _ => None,
    };
    let open_ones = merge.conflicts().len();
    let picks = vec![pick.unwrap_or(Pick::Ours); open_ones];
    let is_written = open_ones == 0 || pick.is_some();
    if is_written {
        let mut workspace =
            merge.merged(&picks, "").map_err(|unfit| Stop::Input(format!("{unfit} Nothing was written.")))?;
        reach::feed(&mut workspace);
        let revision = ours.revision.max(theirs.revision).saturating_add(1);
        let history = ours.history.joined(&theirs.history);
        let document = Document { revision, workspace, history };
        write_workspace(&asked.output, &document, asked.force, terminal)?;
    }
    if asked.json {
        let object = as_json(&merge, is_written.then_some(asked));
        terminal.say(&serde_json::to_string_pretty(&object).map_err(|error| Stop::Output(error.into()))?)?;
    } else {
        terminal.say(&in_words(&merge, pick))?;
    }
    if is_written {
        terminal.note(&format!("Wrote {}.", asked.output.display()));
        return Ok(());
    }
    let places = count(open_ones, "place", "places");
    Err(Stop::Input(format!(
        "The two do not agree in {places}; nothing was written. Merge in the window, or say --ours or --theirs."
    )))
}

/// How many changes of each side go together.
fn kept(merge: &Merge, whose: Whose) -> usize {
    merge.fitting().iter().filter(|fitting| fitting.of == whose).count()
}

fn in_words(merge: &Merge, pick: Option<Pick>) -> String {
    let [ours, theirs, both] = [Whose::Ours, Whose::Theirs, Whose::Both].map(|whose| kept(merge, whose));
    let mut lines = vec![match ours + theirs + both {
        0 if merge.conflicts().is_empty() => {
            "Nothing needed joining: neither of the two was changed.".to_owned()
        }
        all => format!(
            "{} fit together: {ours} ours, {theirs} theirs, {both} made by both.",
            count(all, "change", "changes")
        ),
    }];
    if !merge.conflicts().is_empty() {
        lines.push(match pick {
            None => "Where the two do not agree:".to_owned(),
            Some(Pick::Theirs) => "Where the two do not agree theirs was taken:".to_owned(),
            Some(_) => "Where the two do not agree ours was taken:".to_owned(),
        });
    }
    for conflict in merge.conflicts() {
        let Told { what, base, ours, theirs, why, .. } = merge.told(conflict);
        lines.push(format!("  {}\n    {what}", conflict.place));
        for (name, words) in [("before", base), ("ours", ours), ("theirs", theirs), ("", why)] {
            if words.is_empty() {
                continue;
            }
            lines.push(if name.is_empty() {
                format!("      {words}")
            } else {
                format!("      {name}: {words}")
            });
        }
    }
    lines.join("\n")
}

fn as_json(merge: &Merge, written: Option<&Asked>) -> Value {
    let conflicts: Vec<Value> = merge
        .conflicts()
        .iter()
        .map(|conflict| {
            let Told { room, what, base, ours, theirs, why } = merge.told(conflict);
            json!({
                "place": conflict.place.to_string(),
                "room": room.map(|room| room.name()),
                "what": what,
                "before": base,
                "ours": ours,
                "theirs": theirs,
                "why": why,
            })
        })
        .collect();
    json!({
        "written": written.map(|asked| asked.output.display().to_string()),
        "taken": written.and_then(|asked| match (asked.take_ours, asked.take_theirs) {
            (true, _) => Some("ours"),
            (_, true) => Some("theirs"),
            _ => None,
        }),
        "fitting": {
            "ours": kept(merge, Whose::Ours),
            "theirs": kept(merge, Whose::Theirs),
            "both": kept(merge, Whose::Both),
        },
        "conflicts": conflicts,
    })
}
