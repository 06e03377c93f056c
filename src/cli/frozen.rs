//! Whether the frozen copies in a file still stand: each is looked at for what was altered, and its figures are derived
//! again.

use crate::{
    analysis::{
        course::Course,
        decision::frozen::{derived, differences},
    },
    file::frozen::intact,
    model::{
        Workspace,
        decision::Frozen,
        wording::{count, day},
    },
};

/// How many figures that differ are named.
const NAMED: usize = 5;

/// How a copy stands; of several the gravest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    AsFrozen,
    /// It is as it was frozen, and this program reckons otherwise from it.
    ReckonedOtherwise,
    /// It is not what was frozen.
    Altered,
}

impl Standing {
    /// What is wrong and what to do, in a sentence; `None` where nothing is.
    pub fn trouble(self) -> Option<&'static str> {
        match self {
            Self::AsFrozen => None,
            Self::ReckonedOtherwise => Some(
                "Not every figure follows from its frozen copy here, although no copy has been altered; look at it with \
                 the version of Evenhand that froze it.",
            ),
            Self::Altered => {
                Some("A frozen copy has been altered; restore the file from a backup made before that.")
            }
        }
    }
}

/// A line on each frozen copy; and how the worst of them stands.
pub(super) fn told(workspace: &Workspace) -> (Vec<String>, Standing) {
    let mut worst = Standing::AsFrozen;
    let mut lines = Vec::new();
    for copy in &workspace.decision.frozen {
        let (line, standing) = one(copy);
        lines.push(format!("Frozen copy “{}” of {}: {line}", copy.name, day(copy.on.date())));
        worst = worst.max(standing);
    }
    (lines, worst)
}

fn one(copy: &Frozen) -> (String, Standing) {
    if let Err(tampered) = intact(copy) {
        return (tampered.words().to_owned(), Standing::Altered);
    }
    let Some(derived) = derived(&copy.state, &Course::default()) else {
        return ("its figures could not be derived again.".to_owned(), Standing::ReckonedOtherwise);
    };
    let found = differences(&copy.figures, &derived);
    if found.is_empty() {
        let figures = count(copy.figures.len(), "figure", "figures");
        return (
            format!("as it was frozen; its {figures} were derived again, the same to the last bit."),
            Standing::AsFrozen,
        );
    }
    let named: Vec<String> = found
        .iter()
        .take(NAMED)
        .map(|difference| {
            format!("{}: {} frozen, {} derived", difference.what, difference.frozen, difference.derived)
        })
        .collect();
    let figures = count(found.len(), "figure does", "figures do");
    let by = if copy.version == env!("CARGO_PKG_VERSION") {
        String::new()
    } else {
        format!(" It was frozen by Evenhand {}, which may have reckoned otherwise.", copy.version)
    };
    (format!("{figures} not follow from it. {}.{by}", named.join("; ")), Standing::ReckonedOtherwise)
}
