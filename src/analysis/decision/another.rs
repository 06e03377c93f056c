//! Whether the record still speaks of another option than the one that it recommends.

use super::figures::Basis;
use crate::model::{
    decision::RecordList,
    ids::EntryId,
    question::ServiceOption,
    wording::{in_words, list},
};

/// What in the record speaks of other options than the one recommended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfAnother {
    /// The names of the options that it speaks of, in the order of the question.
    pub names: Vec<String>,
    /// Whether the sentence of the recommendation itself does.
    pub headline: bool,
    /// The sentences whose figures are those of another option.
    pub sentences: Vec<(RecordList, EntryId)>,
}

impl OfAnother {
    /// "the wording and three reasons speak of Local partnership"
    #[must_use]
    pub fn words(&self) -> String {
        let mut what = Vec::new();
        if self.headline {
            what.push("the wording".to_owned());
        }
        let many = self.sentences.len();
        let reasons = self.sentences.iter().all(|(list, _)| *list == RecordList::Reasons);
        match (many, reasons) {
            (0, _) => {}
            (1, true) => what.push("one reason".to_owned()),
            (1, false) => what.push("one sentence".to_owned()),
            (n, true) => what.push(format!("{} reasons", in_words(n))),
            (n, false) => what.push(format!("{} sentences", in_words(n))),
        }
        let speaks = if self.headline as usize + many == 1 { "speaks" } else { "speak" };
        let what: Vec<&str> = what.iter().map(String::as_str).collect();
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        format!("{} {speaks} of {}", list(&what), list(&names))
    }
}

/// What in the record speaks of another option than the one recommended, by the figures that stand in its sentences and by
/// the names in its headline; `None` where nothing does and where none is recommended.
#[must_use]
pub fn of_another(basis: &Basis<'_>) -> Option<OfAnother> {
    let workspace = basis.workspace;
    let (decision, options) = (&workspace.decision, &workspace.question.options);
    let id = decision.recommendation.as_ref()?;
    let chosen = options.iter().position(|option| option.id == *id)?;
    let in_headline = named_in(&decision.headline, options, chosen);
    let mut meant: Vec<usize> = in_headline.into_iter().collect();
    let mut sentences = Vec::new();
    for sentence in decision.sentences() {
        let subject = sentence.figures.iter().find_map(|figure| subject(basis, sentence.list, &figure.key));
        if let Some(other) = subject.filter(|subject| *subject != chosen) {
            meant.push(other);
            sentences.push((sentence.list, sentence.id.clone()));
        }
    }
    meant.sort_unstable();
    meant.dedup();
    (!meant.is_empty()).then(|| OfAnother {
        names: meant.into_iter().map(|place| options[place].name.clone()).collect(),
        headline: in_headline.is_some(),
        sentences,
    })
}

/// The other option that a sentence names, where it does not name the one that is chosen.
fn named_in(sentence: &str, options: &[ServiceOption], chosen: usize) -> Option<usize> {
    let sentence = sentence.to_lowercase();
    let names = |option: &ServiceOption| {
        [option.name.trim(), option.short_name().trim()]
            .into_iter()
            .any(|name| name.chars().count() > 2 && sentence.contains(&name.to_lowercase()))
    };
    if options.get(chosen).is_some_and(&names) {
        return None;
    }
    (0..options.len()).find(|&other| other != chosen && names(&options[other]))
}

/// The option that a sentence is about: that of its first figure. What is said of the lead is said of the leader.
fn subject(basis: &Basis<'_>, list: RecordList, key: &str) -> Option<usize> {
    let Some((_, of)) = key.split_once('/') else {
        let of_the_lead = list == RecordList::Reasons && (key == "lead" || key.starts_with("leader-"));
        return basis.analysis.balance.leader().filter(|_| of_the_lead);
    };
    let option = of.rsplit_once('/').map_or(of, |(_, option)| option);
    basis.workspace.question.options.iter().position(|other| other.id.as_str() == option)
}
