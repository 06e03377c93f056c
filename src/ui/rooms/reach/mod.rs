//! The Reach room: who would be left out?

pub mod caseload;
mod changing_risk;
mod comparison;
mod design;
mod fix;
mod fix_card;
mod prediction;
pub(in crate::ui) mod prediction_table;
mod response;
mod typed;
mod typing;
mod verdict_card;
mod worked_out;

use std::sync::Arc;

use egui::Ui;

use self::worked_out::WorkedOut;
use super::head;
use crate::{
    analysis::{
        Analysis, Figure,
        reach::{OptionReach, Verdict},
    },
    model::{
        Room, Workspace,
        ids::{NeedGroupId, OptionId},
    },
    ui::{
        desk::Desk,
        theme::{Tokens, Type, size, space},
        widgets::{Button, button::Segment, fields_of, segmented, wrapped},
    },
};

/// The pages of the room.
pub const PAGES: &[&str] = &["Payment design", "Prediction", "Response", "Caseload check", "Changing risk"];

/// More options than this are chosen from a list instead of a row.
const IN_A_ROW: usize = 8;

/// What is being looked at in the room.
#[derive(Debug)]
pub struct ReachView {
    /// The option looked at; `None` for the one most at risk.
    option: Option<OptionId>,
    pub caseload: caseload::CaseloadView,
    changing_risk: changing_risk::ChangingRiskView,
    /// Where the threshold of a what-if stands, in points over what happens without a service.
    what_if_points: f64,
    /// Whether the ways to fix the design are shown in place of the page, and what is looked at among them.
    fix_is_open: bool,
    fixing: Option<fix::FixView>,
    /// Whether the button that led to the ways has yet to get the keyboard back.
    back_from_fix: bool,
    /// Whether every rule of the verdict is shown in full.
    rules_are_open: bool,
    /// For whom a price is set at once; `None` for as the prices stand.
    prices_by: Option<design::PricesBy>,
    /// The need group whose price was typed last.
    priced_last: Option<NeedGroupId>,
    /// Whether the terms that are seldom wanted are shown.
    more_terms: bool,
    worked_out: WorkedOut,
}

impl Default for ReachView {
    fn default() -> Self {
        Self {
            option: None,
            caseload: caseload::CaseloadView::default(),
            changing_risk: changing_risk::ChangingRiskView::default(),
            what_if_points: 3.0,
            fix_is_open: false,
            fixing: None,
            back_from_fix: false,
            rules_are_open: false,
            prices_by: None,
            priced_last: None,
            more_terms: false,
            worked_out: WorkedOut::default(),
        }
    }
}

impl ReachView {
    /// Looks at this option.
    pub fn choose(&mut self, option: &OptionId) {
        self.option = Some(option.clone());
    }

    /// What was worked out for a page stays only as long as the workspace does.
    pub fn keep_for(&mut self, workspace: &Arc<Workspace>) {
        self.worked_out.keep_for(workspace);
    }

    /// The option in view: the one chosen, else the first of those with the gravest verdict, else the first.
    #[must_use]
    pub fn option_in_view(&self, workspace: &Workspace, analysis: &Analysis) -> Option<OptionId> {
        let options = &workspace.question.options;
        if let Some(chosen) = self.option.as_ref().filter(|id| workspace.option(id).is_some()) {
            return Some(chosen.clone());
        }
        let gravest = analysis.reach.options.iter().flatten().map(|reach| reach.verdict).max();
        let first =
            analysis.reach.options.iter().position(|reach| reach.as_ref().map(|r| r.verdict) == gravest);
        options.get(first.unwrap_or(0)).map(|option| option.id.clone())
    }
}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    desk.view.reach.keep_for(&workspace);
    let in_view = desk.view.reach.option_in_view(&workspace, &analysis);
    let index = in_view.and_then(|id| workspace.question.options.iter().position(|option| option.id == id));
    let has_room = caseload::has_room_at_head(ui);
    head(ui, Room::Reach, desk, |ui, desk| {
        if let Some(index) = index.filter(|_| of_one_option(desk.view.page(Room::Reach))) {
            chooser(ui, desk, &workspace, &analysis, index);
        } else if desk.view.page(Room::Reach) == "Caseload check" && has_room {
            caseload::at_head(ui, desk);
        }
    });
    if desk.view.page(Room::Reach) == "Caseload check" {
        caseload::show(ui, desk, &workspace, &analysis);
        return;
    }
    if workspace.question.options.is_empty() {
        nothing(ui, "Add an option in Question, and say how it would pay.");
        lead_to(ui, desk, "Options");
        return;
    }
    if workspace.question.need_groups.is_empty() {
        nothing(ui, "Say for whom the service is: add need groups in Question.");
        lead_to(ui, desk, "Need groups");
        return;
    }
    let (index, before) = (index.unwrap_or_default(), desk.session.revision());
    fields_of(ui, &workspace.question.options[index].badge, |ui| {
        page(ui, desk, &workspace, &analysis, index);
    });
    // Whoever changes an option goes on looking at it, whichever is most at risk then.
    if desk.session.revision() != before && desk.view.reach.option.is_none() {
        desk.view.reach.choose(&workspace.question.options[index].id);
    }
}

/// The page of one option.
fn page(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, index: usize) {
    match desk.view.page(Room::Reach) {
        "Changing risk" => changing_risk::show(ui, desk, workspace, analysis, index),
        "Payment design" | "Prediction" if desk.view.reach.fix_is_open => {
            fix::show(ui, desk, workspace, analysis, index);
        }
        "Payment design" => design::show(ui, desk, workspace, analysis, index),
        "Response" => response::show(ui, desk, workspace, analysis, index),
        _ => prediction::show(ui, desk, workspace, analysis, index),
    }
}

/// Whether a page is of one option, which is then chosen at its head.
fn of_one_option(page: &str) -> bool {
    matches!(page, "Payment design" | "Prediction" | "Response" | "Changing risk")
}

fn nothing(ui: &mut Ui, words: &str) {
    let tokens = Tokens::of(ui);
    ui.add_space(12.0);
    wrapped(ui, words, Type::Sentence, tokens.ink2);
}

/// The button that leads to a page of Question on which something is wanted first.
fn lead_to(ui: &mut Ui, desk: &mut Desk<'_>, page: &str) {
    ui.add_space(space::S);
    if Button::new(page).primary().show(ui).clicked() {
        desk.go(Room::Question, page);
    }
}

/// The row of options, each with its verdict.
fn chooser(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, current: usize) {
    let tokens = Tokens::of(ui);
    let options = &workspace.question.options;
    let short =
        ui.ctx().content_rect().width() < size::SMALL_WINDOW || desk.view.explain.question().is_some();
    let word = |index: usize| match analysis.reach.options.get(index) {
        Some(Some(reach)) if reach.verdict == Verdict::CannotBeJudged => "Not known",
        Some(Some(reach)) => verdict_word(reach.verdict),
        _ => "No terms",
    };
    let narrow = ui.ctx().content_rect().width() < size::NARROW_WINDOW;
    if options.len() > IN_A_ROW || (narrow && options.len() > 2) {
        let (badge, word_now) = (&options[current].badge, word(current));
        // Where the tabs leave little room the name is in the list alone.
        let (label, width) = if narrow {
            (format!("{badge} {word_now}"), 96.0)
        } else {
            (format!("{badge} {}, {word_now}", options[current].short_name()), 260.0)
        };
        let list = egui::ComboBox::from_id_salt("option in view").selected_text(&label);
        let shown = list.width(width).truncate().show_ui(ui, |ui| {
            for (index, option) in options.iter().enumerate() {
                let words = format!("{} {}, {}", option.badge, option.short_name(), word(index));
                if ui.selectable_label(index == current, words).clicked() {
                    desk.view.reach.choose(&option.id);
                }
            }
        });
        let whole = format!("{badge}, {}: {word_now}", options[current].name);
        shown.response.widget_info(|| egui::WidgetInfo {
            current_text_value: Some(whole.clone()),
            ..egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Option in view")
        });
        shown.response.on_hover_text(&whole);
        return;
    }
    let segments: Vec<Segment<'_>> = options
        .iter()
        .enumerate()
        .map(|(index, option)| Segment {
            badge: &option.badge,
            words: if short && index != current { "" } else { word(index) },
            colour: (word(index) == "High").then_some(tokens.crimson),
            name: format!("{}, {}: {}", option.badge, option.name, word(index)),
        })
        .collect();
    if let Some(chosen) = segmented(ui, &segments, current) {
        desk.view.reach.choose(&options[chosen].id);
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::CannotBeJudged => "Cannot be judged yet",
        Verdict::Low => "Low",
        Verdict::Moderate => "Moderate",
        Verdict::High => "High",
    }
}

/// A figure in words, or a dash where it is not known: which figures are missing is said once, beside the verdict.
fn known(figure: &Figure, words: impl Fn(f64) -> String) -> String {
    figure.as_ref().map_or_else(|_| verdict_card::NOT_KNOWN.to_owned(), |&value| words(value))
}

/// The reach of an option, where it has terms.
fn reach_of(analysis: &Analysis, index: usize) -> Option<&OptionReach> {
    analysis.reach.options.get(index).and_then(Option::as_ref)
}
