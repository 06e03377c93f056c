//! What statements speak of.

use super::{Statement, StatementLink};
use crate::model::workspace::Workspace;

impl StatementLink {
    /// Whether what this leads to is, or is part of, another thing: a cell is part of its option and of its factor.
    #[must_use]
    pub fn is_within(&self, whole: &Self) -> bool {
        match (self, whole) {
            (Self::Cell { option, .. }, Self::Option(of)) => option == of,
            (Self::Cell { factor, .. }, Self::Factor(of)) => factor == of,
            _ => self == whole,
        }
    }

    /// What it leads to, by its short name: "Continuity", "Local partnership", "Whole-life cost of B". What is no longer
    /// there is called by its id.
    #[must_use]
    pub fn words(&self, workspace: &Workspace) -> String {
        match self {
            Self::Factor(id) => workspace.factor(id).map_or(id.as_str(), |f| f.short_name()).to_owned(),
            Self::Option(id) => workspace.option(id).map_or(id.as_str(), |o| o.short_name()).to_owned(),
            Self::NeedGroup(id) => {
                workspace.need_group(id).map_or(id.as_str(), |g| g.short_name()).to_owned()
            }
            Self::Cell { option, factor } => {
                let badge = workspace.option(option).map_or(option.as_str(), |o| o.badge.as_str());
                format!("{} of {badge}", Self::Factor(factor.clone()).words(workspace))
            }
        }
    }
}

impl Statement {
    /// Whether it is linked to this, or to a part of it.
    #[must_use]
    pub fn speaks_of(&self, what: &StatementLink) -> bool {
        self.links.iter().any(|link| link.is_within(what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    #[test]
    fn a_statement_on_a_cell_speaks_of_its_factor_and_its_option_too() {
        let (option, factor) = ("kitchens-o333".into(), "meals-f222".into());
        let cell = StatementLink::Cell { option, factor };
        let said = Statement { links: vec![cell.clone()], ..Statement::said("a".into(), "Too dear.") };
        assert!(said.speaks_of(&cell));
        assert!(said.speaks_of(&StatementLink::Factor("meals-f222".into())));
        assert!(said.speaks_of(&StatementLink::Option("kitchens-o333".into())));
        assert!(!said.speaks_of(&StatementLink::Factor("price-f333".into())));
        let on_factor = StatementLink::Factor("meals-f222".into());
        let said = Statement { links: vec![on_factor], ..said };
        assert!(!said.speaks_of(&cell), "what is said of a factor is not said of each of its cells");
    }

    #[test]
    fn a_link_is_called_by_what_it_leads_to() {
        let workspace = sample::workspace();
        let factor = &workspace.balance.factors[0];
        let option = &workspace.question.options[0];
        let cell = StatementLink::Cell { option: option.id.clone(), factor: factor.id.clone() };
        assert_eq!(cell.words(&workspace), format!("{} of {}", factor.short_name(), option.badge));
        assert_eq!(StatementLink::NeedGroup("gone".into()).words(&workspace), "gone");
    }
}
