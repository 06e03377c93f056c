//! Which statements are looked at, and in what order.

use crate::model::{
    Workspace,
    ids::{SectorId, StakeholderId},
    voices::{Statement, StatementLink, StatementStatus},
    wording::{count, lower_first},
};

/// Which way a statement leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    Against,
    Neither,
    For,
    NotSaid,
}

impl Lean {
    pub const ALL: [Self; 4] = [Self::For, Self::Neither, Self::Against, Self::NotSaid];

    /// Which way a stance leans.
    #[must_use]
    pub fn of(stance: Option<i8>) -> Self {
        match stance {
            None => Self::NotSaid,
            Some(..0) => Self::Against,
            Some(0) => Self::Neither,
            Some(1..) => Self::For,
        }
    }

    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Against => "against",
            Self::Neither => "neither for nor against",
            Self::For => "for",
            Self::NotSaid => "without a stance",
        }
    }
}

/// A status as the page says it.
#[must_use]
pub fn status_words(status: StatementStatus) -> &'static str {
    match status {
        StatementStatus::Open => "open",
        StatementStatus::Done => "acted on",
        StatementStatus::PassedOn => "passed on",
        StatementStatus::Declined => "declined",
    }
}

/// In what order statements stand. Those without a date stand last, as they were written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    NewestFirst,
    OldestFirst,
    AsWritten,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::NewestFirst, Self::OldestFirst, Self::AsWritten];

    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NewestFirst => "Newest first",
            Self::OldestFirst => "Oldest first",
            Self::AsWritten => "As written down",
        }
    }
}

/// What is being looked for; what is said narrows it down further.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub sector: Option<SectorId>,
    pub person: Option<StakeholderId>,
    pub status: Option<StatementStatus>,
    pub lean: Option<Lean>,
    pub about: Option<StatementLink>,
    pub text: String,
}

impl Filter {
    /// Whether everything is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The statements that are looked for, by index, in this order.
    #[must_use]
    pub fn shown(&self, workspace: &Workspace, order: Order) -> Vec<usize> {
        let statements = &workspace.voices.statements;
        let text = self.text.trim().to_lowercase();
        let mut shown: Vec<usize> =
            (0..statements.len()).filter(|&at| self.lets(workspace, &statements[at], &text)).collect();
        let date = |at: &usize| statements[*at].date;
        match order {
            Order::NewestFirst => shown.sort_by_key(|at| std::cmp::Reverse(date(at))),
            Order::OldestFirst => shown.sort_by_key(|at| (date(at).is_none(), date(at))),
            Order::AsWritten => {}
        }
        shown
    }

    fn lets(&self, workspace: &Workspace, statement: &Statement, text: &str) -> bool {
        let who = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
        let said = [&statement.text, &statement.response, &statement.about];
        let in_name = who.is_some_and(|who| who.name.to_lowercase().contains(text));
        self.sector.as_ref().is_none_or(|sector| who.is_some_and(|who| who.sector == *sector))
            && self.person.as_ref().is_none_or(|person| statement.stakeholder.as_ref() == Some(person))
            && self.status.is_none_or(|status| statement.status == status)
            && self.lean.is_none_or(|lean| Lean::of(statement.stance) == lean)
            && self.about.as_ref().is_none_or(|about| statement.speaks_of(about))
            && (text.is_empty() || in_name || said.iter().any(|words| words.to_lowercase().contains(text)))
    }

    /// What is shown, in a sentence: "2 of 6 statements: open, by service users, about Continuity."
    #[must_use]
    pub fn sentence(&self, workspace: &Workspace, shown: usize) -> String {
        let all = workspace.voices.statements.len();
        let mut parts = Vec::new();
        if let Some(status) = self.status {
            parts.push(status_words(status).to_owned());
        }
        if let Some(lean) = self.lean {
            parts.push(lean.words().to_owned());
        }
        if let Some(sector) = self.sector.as_ref().and_then(|id| workspace.sector(id)) {
            parts.push(format!("from {}", lower_first(&sector.name)));
        }
        if let Some(person) = self.person.as_ref().and_then(|id| workspace.stakeholder(id)) {
            parts.push(format!("by {}", person.name));
        }
        if let Some(about) = &self.about {
            parts.push(format!("about {}", about.words(workspace)));
        }
        if !self.text.trim().is_empty() {
            parts.push(format!("with “{}”", self.text.trim()));
        }
        format!("{shown} of {}: {}.", count(all, "statement", "statements"), parts.join(", "))
    }

    /// Forgets what is no longer in the workspace.
    pub fn settle(&mut self, workspace: &Workspace) {
        self.sector.take_if(|id| workspace.sector(id).is_none());
        self.person.take_if(|id| workspace.stakeholder(id).is_none());
        self.about.take_if(|about| match about {
            StatementLink::Factor(id) => workspace.factor(id).is_none(),
            StatementLink::Option(id) => workspace.option(id).is_none(),
            StatementLink::NeedGroup(id) => workspace.need_group(id).is_none(),
            StatementLink::Cell { option, factor } => {
                workspace.option(option).is_none() || workspace.factor(factor).is_none()
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    fn workspace() -> Workspace {
        let mut workspace = sample::workspace();
        let people: Vec<StakeholderId> =
            workspace.voices.stakeholders.iter().map(|person| person.id.clone()).collect();
        let day = |day| Some(jiff::civil::date(2026, 3, day));
        let said = |id: &str, text: &str| Statement::said(id.into(), text);
        workspace.voices.statements = vec![
            Statement {
                stakeholder: Some(people[0].clone()),
                date: day(2),
                stance: Some(-1),
                ..said("a", "Too late")
            },
            Statement { status: StatementStatus::Done, response: "Moved".to_owned(), ..said("b", "Too far") },
            Statement {
                stakeholder: people.get(1).cloned(),
                date: day(9),
                stance: Some(2),
                links: vec![StatementLink::Factor("meals-f222".into())],
                ..said("c", "Warm meals")
            },
        ];
        workspace
    }

    #[test]
    fn statements_stand_by_date_and_those_without_one_last() {
        let workspace = workspace();
        let shown = |order| Filter::default().shown(&workspace, order);
        assert_eq!(shown(Order::NewestFirst), [2, 0, 1]);
        assert_eq!(shown(Order::OldestFirst), [0, 2, 1]);
        assert_eq!(shown(Order::AsWritten), [0, 1, 2]);
    }

    #[test]
    fn filters_combine_and_are_said() {
        let workspace = workspace();
        let of = |filter: &Filter| filter.shown(&workspace, Order::AsWritten);
        let open = Filter { status: Some(StatementStatus::Open), ..Filter::default() };
        assert_eq!(of(&open), [0, 2]);
        let against = Filter { lean: Some(Lean::Against), ..open.clone() };
        assert_eq!(of(&against), [0]);
        assert_eq!(against.sentence(&workspace, 1), "1 of 3 statements: open, against.");
        let about = Filter { about: Some(StatementLink::Factor("meals-f222".into())), ..open };
        assert_eq!(of(&about), [2]);
        let person = &workspace.voices.stakeholders[0];
        let theirs = Filter {
            person: Some(person.id.clone()),
            sector: Some(person.sector.clone()),
            text: "LATE".to_owned(),
            ..Filter::default()
        };
        assert_eq!(of(&theirs), [0]);
        let none = Filter { text: "far".to_owned(), ..theirs };
        assert!(of(&none).is_empty());
    }

    #[test]
    fn an_answer_and_a_name_are_found_by_their_words_too() {
        let workspace = workspace();
        let of = |text: &str| {
            Filter { text: text.to_owned(), ..Filter::default() }.shown(&workspace, Order::AsWritten)
        };
        assert_eq!(of("moved"), [1]);
        assert_eq!(of(&workspace.voices.stakeholders[0].name), [0]);
    }
}
