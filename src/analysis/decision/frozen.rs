//! Freezing what a record stands on, deriving it again from the copy, and what has changed since.

use super::figures::Basis;
use crate::{
    analysis::{
        Analysis,
        balance::robustness::{Draws, run},
        course::Course,
    },
    model::{
        Workspace,
        decision::{Frozen, FrozenFigure, inputs_of},
        diff::{self, Change},
    },
};

/// The figures as they are to be frozen, those that are not defined with the reason.
#[must_use]
pub fn figures_to_freeze(basis: &Basis<'_>) -> Vec<FrozenFigure> {
    let figures = basis.figures().into_iter();
    figures
        .map(|figure| FrozenFigure {
            key: figure.key,
            what: figure.what,
            words: figure.words,
            value: figure.value.ok(),
        })
        .collect()
}

/// The figures that follow from a state, worked out anew; `None` when the course was stopped.
#[must_use]
pub fn derived(state: &Workspace, course: &Course) -> Option<Vec<FrozenFigure>> {
    let analysis = Analysis::of(state);
    let robustness = match run(state, Draws::asked_for(state), course) {
        Ok(Some(run)) => Some(run),
        Ok(None) => return None,
        // There is nothing to draw, and figures of chance have none.
        Err(_) => None,
    };
    Some(figures_to_freeze(&Basis { workspace: state, analysis: &analysis, robustness: robustness.as_ref() }))
}

/// A figure that does not follow from a copy as the copy has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub key: String,
    pub what: String,
    /// As the copy has it, and as it follows now.
    pub frozen: String,
    pub derived: String,
}

/// Where figures that were derived are not the frozen ones to the last bit. Where two are written alike the whole number
/// is given. Figures that this version knows and the copy does not hold are no difference.
#[must_use]
pub fn differences(frozen: &[FrozenFigure], derived: &[FrozenFigure]) -> Vec<Difference> {
    let mut found = Vec::new();
    for was in frozen {
        let is = derived.iter().find(|figure| figure.key == was.key);
        let bits = |figure: &FrozenFigure| figure.value.map(f64::to_bits);
        if is.is_some_and(|is| bits(is) == bits(was) && (was.value.is_none() || is.words == was.words)) {
            continue;
        }
        let words = |figure: Option<&FrozenFigure>| {
            figure.map_or_else(|| "not worked out".to_owned(), |figure| figure.words.clone())
        };
        let whole = |figure: Option<&FrozenFigure>| {
            figure.and_then(|figure| figure.value).map_or_else(|| words(figure), |value| value.to_string())
        };
        let alike = words(Some(was)) == words(is);
        let write = |figure| if alike { whole(figure) } else { words(figure) };
        found.push(Difference {
            key: was.key.clone(),
            what: was.what.clone(),
            frozen: write(Some(was)),
            derived: write(is),
        });
    }
    found
}

/// What has changed in the workspace since a copy was frozen, in the order of the file; what is not part of a copy, such as
/// snapshots, does not count.
#[must_use]
pub fn changes_since(copy: &Frozen, workspace: &Workspace) -> Vec<Change> {
    let mut changes = diff::changes(&copy.state, &inputs_of(workspace));
    // Who edited a score when is written down beside each edit of it, and is none of its own.
    changes.retain(|change| !matches!(&change.place.0[..], [_, list, _, part, ..] if list == "scores" && part == "edited"));
    changes
}

/// What is not as it was when the record was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinceSigned {
    /// The day of the signature.
    pub signed: jiff::civil::Date,
    /// How many changes there have been.
    pub changes: usize,
    /// The figures that are written otherwise now, those of the option recommended and of the lead first.
    pub figures: Vec<Difference>,
}

/// What has changed since the record was signed; `None` where nobody has signed, where the copy of it is gone and where
/// nothing has changed.
#[must_use]
pub fn since_signed(basis: &Basis<'_>) -> Option<SinceSigned> {
    let decision = &basis.workspace.decision;
    let signed = decision.signed.as_ref()?;
    let copy = decision.frozen(&signed.copy)?;
    let changes = changes_since(copy, basis.workspace).len();
    if changes == 0 {
        return None;
    }
    let today = figures_to_freeze(basis);
    let other = |was: &FrozenFigure| {
        let is = today.iter().find(|figure| figure.key == was.key);
        let derived = is.map_or_else(|| "not worked out".to_owned(), |is| is.words.clone());
        (derived != was.words && !basis.is_awaited(&was.key)).then(|| Difference {
            key: was.key.clone(),
            what: was.what.clone(),
            frozen: was.words.clone(),
            derived,
        })
    };
    let mut figures: Vec<Difference> = copy.figures.iter().filter_map(other).collect();
    let chosen = decision.recommendation.as_ref().map(|id| format!("/{id}")).unwrap_or_default();
    figures.sort_by_key(|figure| {
        let of_it = !chosen.is_empty() && figure.key.ends_with(&chosen);
        match figure.key.as_str() {
            key if of_it && key.starts_with("total/") => 0,
            "lead" | "commercial-share" | "leader-holds-to" | "leader-holds-from" => 1,
            _ if of_it => 2,
            key if key.starts_with("total/") => 3,
            _ => 4,
        }
    });
    Some(SinceSigned { signed: signed.on.date(), changes, figures })
}
