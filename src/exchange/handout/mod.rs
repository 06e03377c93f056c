//! What is handed out: forms on which people give their ballots, and the sheet on which contributors read what became of
//! what they said. Everything is text or bytes here; [`file::papers`](crate::file::papers) writes it.

pub mod ballot_file;
pub mod contributors;
pub mod fingerprint;
pub mod harmless;
pub(in crate::exchange) mod page;
mod printed;
mod spreadsheet;

use jiff::civil::Date;

use crate::{
    analysis::balance::{matrix::PerformanceMatrix, swing_words},
    model::{
        Workspace, ids,
        voices::{KnownAs, PersonalData, Stakeholder},
        wording::{count, day, list, lower_first},
    },
};
use fingerprint::Fingerprint;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The kinds of form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormKind {
    /// A page to print and write on.
    #[default]
    Sheet,
    /// A workbook with a row for each person.
    Spreadsheet,
    /// A small text file for each person.
    File,
}

impl FormKind {
    pub const ALL: [Self; 3] = [Self::Sheet, Self::Spreadsheet, Self::File];

    /// What the command line calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Spreadsheet => "spreadsheet",
            Self::File => "file",
        }
    }
}

/// What a facilitator says about the forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormTerms {
    pub kind: FormKind,
    /// 1 is the blind round.
    pub round: u8,
    /// Printed sheets: one for each person, with the name on it, instead of one to be copied.
    pub one_each: bool,
    /// Who takes the forms back; empty when it is not said.
    pub give_back_to: String,
    /// The last day; `None` when it is not said.
    pub until: Option<Date>,
}

/// A factor as people are asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    name: String,
    /// "from £4.1m to £3.2m"; in plain words where the scale has no two ends.
    swing: String,
    side: &'static str,
}

/// Somebody who is expected to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Recipient {
    name: String,
    sector: String,
    marginal: bool,
}

/// A form, whatever it is made on.
struct Form<'w> {
    title: String,
    question: &'w str,
    terms: &'w FormTerms,
    asked: Vec<Asked>,
    /// Badge and name.
    options: Vec<(String, String)>,
    /// Whether it asks, before anything else, what people would choose by feel.
    asks_gut_feel: bool,
    people: Vec<Recipient>,
    sectors: Vec<String>,
    mark: Fingerprint,
    data: &'w PersonalData,
}

/// The swing of each factor in words; `None` where its scale has no two ends.
#[must_use]
pub fn swings(workspace: &Workspace) -> Vec<Option<String>> {
    let matrix = PerformanceMatrix::of(workspace);
    let factors = workspace.balance.factors.iter().zip(&matrix.functions);
    factors.map(|(factor, function)| swing_words::swing(factor, function)).collect()
}

/// The forms for a round.
///
/// # Errors
/// Says what is missing: factors to weigh, or people to hand a form to.
pub fn forms(workspace: &Workspace, terms: &FormTerms) -> Result<Vec<Paper>, String> {
    let form = Form::of(workspace, terms);
    if form.asked.is_empty() {
        return Err("There is nothing to ask about: add factors in Balance first.".to_owned());
    }
    let needs_people = terms.one_each || terms.kind != FormKind::Sheet;
    if needs_people && form.people.is_empty() {
        return Err(
            "Nobody is in the register: add people in Voices, or print one sheet to be copied.".to_owned()
        );
    }
    Ok(match terms.kind {
        FormKind::Sheet => {
            vec![Paper { name: form.file_name("html"), bytes: printed::page(&form).into_bytes() }]
        }
        FormKind::Spreadsheet => {
            vec![Paper { name: form.file_name("xlsx"), bytes: spreadsheet::workbook(&form)? }]
        }
        FormKind::File => ballot_file::files(&form),
    })
}

/// Whose names these forms carry, in a sentence; empty when they carry none.
#[must_use]
pub fn names_in_forms(workspace: &Workspace, terms: &FormTerms) -> String {
    if terms.kind == FormKind::Sheet && !terms.one_each {
        return String::new();
    }
    names_that_leave(&workspace.voices.stakeholders.iter().collect::<Vec<_>>(), 0)
}

/// What leaves the program about these people of the register, and about so many owners and signatories who are named beside
/// it, in a sentence; empty when it is nothing that tells of a person.
#[must_use]
pub fn names_that_leave(people: &[&Stakeholder], owners: usize) -> String {
    let known_as = |known: KnownAs| people.iter().filter(|person| person.known_as == known).count();
    let (names, pseudonyms) = (known_as(KnownAs::Name), known_as(KnownAs::Pseudonym));
    let mut parts = Vec::new();
    if names > 0 {
        parts.push(count(names, "person by their own name", "people by their own names"));
    }
    let not_said = known_as(KnownAs::NotSaid);
    if not_said > 0 {
        let people = count(not_said, "person", "people");
        parts.push(format!("{people} of whom it is not said whether that is their name"));
    }
    if pseudonyms > 0 {
        parts.push(count(pseudonyms, "person under a pseudonym", "people under pseudonyms"));
    }
    if owners > 0 {
        parts.push(count(
            owners,
            "name or role of who sees to something or signed",
            "names or roles of those who see to something or signed",
        ));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!(
        "Leaves the program: {}. Hand it only to those it is for.",
        list(&parts.iter().map(String::as_str).collect::<Vec<_>>())
    )
}

impl<'w> Form<'w> {
    fn of(workspace: &'w Workspace, terms: &'w FormTerms) -> Self {
        let voices = &workspace.voices;
        let asked = workspace.balance.factors.iter().zip(swings(workspace));
        let asked =
            asked.filter(|(factor, _)| voices.asks(terms.round, &factor.id)).map(|(factor, swing)| Asked {
                name: factor.name.clone(),
                swing: swing.unwrap_or_else(|| "from its worst to its best".to_owned()),
                side: factor.side.words(),
            });
        let people = voices.stakeholders.iter().map(|person| Recipient {
            name: person.name.clone(),
            sector: workspace.sector(&person.sector).map_or_else(String::new, |s| s.name.clone()),
            marginal: person.marginal,
        });
        let options = workspace.question.options.iter().map(|o| (o.badge.clone(), o.name.clone()));
        let title = if workspace.title.is_empty() { "An untitled question" } else { &workspace.title };
        Self {
            title: title.to_owned(),
            question: &workspace.question.text,
            terms,
            asked: asked.collect(),
            options: options.collect(),
            // What people feel before they have seen a result can be asked only once.
            asks_gut_feel: terms.round == 1 && !workspace.question.options.is_empty(),
            people: people.collect(),
            sectors: voices.sectors.iter().map(|sector| sector.name.clone()).collect(),
            mark: Fingerprint::of(workspace),
            data: &voices.personal_data,
        }
    }

    /// What people are asked about the order of the options once they have thought about every step.
    fn asks_ranking(&self) -> Option<&'static str> {
        (!self.options.is_empty()).then_some(
            "And now, with all of that in mind: how would you rank them yourself? The best first; it may be another order.",
        )
    }

    fn file_name(&self, ending: &str) -> String {
        format!("ballots-round-{}.{ending}", self.terms.round)
    }

    /// Who takes it back and until when, in a sentence.
    fn give_back(&self) -> String {
        let to = match self.terms.give_back_to.trim() {
            "" => "whoever gave it to you",
            to => to,
        };
        let until = self.terms.until.map(|until| format!(" by {}", day(until))).unwrap_or_default();
        format!("Give it back to {to}{until}.")
    }

    /// What is done with it, in a few sentences.
    fn what_is_done_with_it(&self) -> String {
        let blind = if self.terms.round == 1 {
            "This is the first round: nobody sees anybody’s points before all are in. "
        } else {
            "This is the round after discussion. "
        };
        let purpose = match self.data.purpose.trim() {
            "" => "Your points are used to weigh this one question.".to_owned(),
            purpose => {
                let purpose = lower_first(purpose.trim_end_matches('.'));
                let plain = ["to ", "for "].iter().any(|word| purpose.starts_with(word));
                format!("What you write is used {}{purpose}.", if plain { "" } else { "for this: " })
            }
        };
        let held = match self.data.held_by.trim() {
            "" => String::new(),
            held_by => format!(" {held_by} answers for it."),
        };
        let until = match self.data.until {
            Some(until) => format!(" Your name is taken out after {}.", day(until)),
            None => String::new(),
        };
        format!("{blind}{purpose}{held}{until} A role or a pseudonym is enough.")
    }
}

/// A name for the file of each of these people, in their order and no two alike.
fn file_stems<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    let mut stems = Vec::new();
    for name in names {
        let slug = ids::slug(name, 0);
        let stem = slug.rsplit_once('-').map_or(slug.as_str(), |(stem, _)| stem).to_owned();
        let mut free = stem.clone();
        let mut next = 2;
        while !taken.insert(free.clone()) {
            free = format!("{stem}-{next}");
            next += 1;
        }
        stems.push(free);
    }
    stems
}
