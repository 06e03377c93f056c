//! Payment design: a form to start from, the terms of an option, what it pays for whom, and what that makes it pay to do.

mod forms;
pub(super) mod paying;
mod prices;
mod rates;
mod side;
mod terms;

pub(super) use terms::{field_width, row};

use egui::{Rect, ScrollArea, Ui, pos2};

use super::{
    prediction::{forecasts_of, what_is_missing},
    reach_of,
};
use crate::{
    analysis::{
        Analysis,
        reach::{OptionReach, Verdict},
    },
    exchange::{TableKind, rows_of},
    model::{
        Workspace,
        ids::OptionId,
        reach::Terms,
        wording::{capital, in_words},
    },
    session::MergeKey,
    ui::{
        desk::Desk,
        drawing::{Part, parts::Rows},
        theme::{Tokens, Type, size, space},
        widgets::{Card, Paragraph, scrolled_page},
    },
};

pub(super) use forms::FilledForms;
pub(super) use prices::PricesBy;

/// What the page works with for one frame.
struct Scene<'a> {
    workspace: &'a Workspace,
    analysis: &'a Analysis,
    index: usize,
    option: &'a OptionId,
}

/// Shows the page for the option at this index.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    let option = workspace.question.options[index].id.clone();
    let scene = Scene { workspace, analysis, index, option: &option };
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    let (lead, rest) = scene.sentence(desk);
    Paragraph::new()
        .run(&lead, Type::Heading, tokens.ink)
        .run(&format!(" {rest}"), Type::Sentence, tokens.ink2)
        .show(ui);
    ui.add_space(space::XS);
    // What is typed and refused belongs to this option.
    let salt = format!("payment design of {option}");
    if ui.ctx().content_rect().width() < size::NARROW_WINDOW || ui.available_width() < 1000.0 {
        scrolled_page(ui, &salt, |ui| {
            ui.spacing_mut().item_spacing.y = space::L;
            scene.middle(ui, desk);
            Card::new().padding(18, 14).show(ui, |ui| side::show(ui, desk, &scene));
            Card::new().padding(0, 14).show(ui, |ui| forms::show(ui, desk, &scene));
        });
        return;
    }
    let page = ui.available_rect_before_wrap();
    let (left, right) =
        ((page.width() * 0.186).clamp(206.0, 226.0), (page.width() * 0.27).clamp(290.0, 328.0));
    let column = |from: f32, to: f32| Rect::from_min_max(pos2(from, page.top()), pos2(to, page.bottom()));
    let at = |ui: &mut Ui, place: Rect, name: &str, show: &mut dyn FnMut(&mut Ui)| {
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt((salt.as_str(), name)));
        inner.set_clip_rect(place.expand(2.0).intersect(ui.clip_rect()));
        ScrollArea::vertical().id_salt(name).auto_shrink(false).show(&mut inner, |ui| {
            ui.spacing_mut().item_spacing.y = space::L;
            show(ui);
        });
    };
    at(ui, column(page.left(), page.left() + left), "forms", &mut |ui| {
        Card::new().padding(0, 14).show(ui, |ui| forms::show(ui, desk, &scene));
    });
    let middle = column(page.left() + left + space::L, page.right() - right - space::L);
    at(ui, middle, "terms and prices", &mut |ui| scene.middle(ui, desk));
    at(ui, column(page.right() - right, page.right()), "what it makes", &mut |ui| {
        Card::new().padding(18, 14).show(ui, |ui| side::show(ui, desk, &scene));
    });
    ui.advance_cursor_after_rect(page);
}

impl Scene<'_> {
    fn reach(&self) -> Option<&OptionReach> {
        reach_of(self.analysis, self.index)
    }

    /// The prices of this option as they are read in, heads first.
    fn prices(&self) -> Rows {
        let name = self.workspace.option(self.option).map(|option| option.name.as_str());
        let mut rows = rows_of(self.workspace, TableKind::Payments);
        let mut at = 0;
        rows.retain(|row| {
            at += 1;
            at == 1 || row.first().map(String::as_str) == name
        });
        rows
    }

    /// Terms, prices and the rates that they rest on.
    fn middle(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        Card::new().padding(18, 14).show(ui, |ui| terms::show(ui, desk, self));
        Card::new().padding(18, 14).show(ui, |ui| {
            let part = Part::table("Prices").figures(|| self.prices());
            part.show(ui, |ui| prices::show(ui, desk, self));
        });
        if self.reach().is_some() {
            Card::new().padding(18, 14).show(ui, |ui| {
                Part::table("Forecast, bid and observed").show(ui, |ui| rates::show(ui, desk, self));
            });
        }
    }

    /// What the design comes to.
    fn sentence(&self, desk: &mut Desk<'_>) -> (String, String) {
        let Some(reach) = self.reach() else {
            return (
                "How would it pay?".to_owned(),
                "Start from a form, or fill in terms and prices. Every change is weighed at once.".to_owned(),
            );
        };
        if reach.verdict == Verdict::CannotBeJudged {
            let rest = what_is_missing(desk, self.workspace, self.index);
            return ("It cannot be judged yet.".to_owned(), rest);
        }
        let all = reach.groups.len();
        let gains = reach.groups.iter().filter(|group| group.parked == Some(false)).count();
        let lead = match (gains, reach.verdict) {
            (n, _) if n == all => "Everybody is worth supporting.",
            (0, _) => "It pays to support nobody.",
            (_, Verdict::High) => "It pays only for the easy.",
            _ => "What it pays leaves some behind.",
        };
        let of = if all == 1 {
            "the one group".to_owned()
        } else {
            format!("{} of {} groups", in_words(gains), in_words(all))
        };
        let rest = match gains {
            0 => "Parking earns more than supporting in every group.".to_owned(),
            n if n == all => "Supporting earns more than parking in every group.".to_owned(),
            _ => format!("Supporting earns more than parking in {of}."),
        };
        (capital(lead), rest)
    }
}

/// Changes the terms of an option, which are there from the first change on.
pub(super) fn edit_terms(
    desk: &mut Desk<'_>,
    option: &OptionId,
    label: &str,
    change: impl FnOnce(&mut Terms),
) {
    edit_terms_as(desk, option, label, None, change);
}

/// [`edit_terms`] as a part of the run of typing of this key.
pub(super) fn edit_terms_as(
    desk: &mut Desk<'_>,
    option: &OptionId,
    label: &str,
    merge: MergeKey<'_>,
    change: impl FnOnce(&mut Terms),
) {
    let option = option.clone();
    desk.edit(label, merge, |w| {
        let terms = &mut w.reach.terms;
        if !terms.iter().any(|t| t.option == option) {
            terms.push(Terms::unknown(option.clone()));
        }
        if let Some(terms) = terms.iter_mut().find(|t| t.option == option) {
            change(terms);
        }
    });
}
