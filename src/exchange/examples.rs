//! Worked examples, held inside the program.

use crate::file::format::ENDING;

/// A worked example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it is asked for by on the command line.
    pub name: &'static str,
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub summary: &'static str,
    /// The workspace file, byte for byte as saving it would write it.
    pub text: &'static str,
}

impl Example {
    /// The name that its file is given.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}{ENDING}", self.name)
    }
}

/// All worked examples, the one that is opened first in front.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "westmere",
        title: "Leaving custody in Westmere",
        summary: "Five ways to commission support for people leaving custody, with 14 ballots and six need groups; \
                  every figure is invented.",
        text: include_str!("../../assets/examples/westmere.evenhand.ron"),
    },
    Example {
        name: "work-programme",
        title: "Work Programme payment groups",
        summary: "Whether the published prices of a national back-to-work programme made it pay to help everyone; \
                  costs are assumed.",
        text: include_str!("../../assets/examples/work-programme.evenhand.ron"),
    },
    Example {
        name: "peterborough",
        title: "Peterborough social impact bond",
        summary: "Why the first cohort of a published bond was paid nothing and both together were; what a man brings in is \
                  assumed.",
        text: include_str!("../../assets/examples/peterborough.evenhand.ron"),
    },
];

/// The example of this name; letter case does not matter.
#[must_use]
pub fn find(name: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.name.eq_ignore_ascii_case(name.trim()))
}
