//! Statements: what was heard, from whom, and what was done about it.

use egui::{ScrollArea, Ui, vec2};

use super::{
    statement_card::{self, Shown},
    statement_filter::{Filter, Lean, Order, status_words},
    statement_links::{CellChoice, linkable},
};
use crate::{
    model::{
        Workspace,
        ids::StatementId,
        voices::{StatementLink, StatementStatus},
        wording::{capital, in_words},
    },
    ui::{
        command::Command,
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{Button, Card, Paragraph, choose, hinted_field, icon_button, link, long_list, wrapped},
    },
};

/// How tall a statement is thought before it has been drawn.
const GUESSED_HEIGHT: f32 = 78.0;

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct StatementsView {
    filter: Filter,
    order: Order,
    /// The statement of which everything can be edited.
    open: Option<StatementId>,
    /// It has just been added: its words take the keyboard when it is drawn.
    is_new: bool,
    /// Scroll to the statement that is open.
    reveal: bool,
    cell: CellChoice,
}

impl StatementsView {
    /// Shows only those that speak of something.
    pub fn filter_by_link(&mut self, about: &StatementLink) {
        self.filter = Filter { about: Some(about.clone()), ..Filter::default() };
    }

    /// Shows only those that nobody has answered.
    pub fn filter_by_unanswered(&mut self) {
        self.filter = Filter { status: Some(StatementStatus::Open), ..Filter::default() };
    }

    /// Opens one, whatever was being looked for.
    pub fn open(&mut self, id: &StatementId) {
        self.filter = Filter::default();
        self.open = Some(id.clone());
        self.is_new = false;
        self.reveal = true;
        self.cell = CellChoice::default();
    }

    /// Opens one that has just been added.
    pub fn begin(&mut self, id: &StatementId) {
        self.open(id);
        self.is_new = true;
    }
}

/// The room beside the names of the pages that every button of the head needs with its words.
const ROOM_FOR_ALL: f32 = 660.0;
/// The room that is needed where only the first of them has its words.
const ROOM_FOR_ADD: f32 = 460.0;

/// The buttons of the page, from the right.
pub fn head_buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    let room = ui.available_width();
    let add = if room < ROOM_FOR_ADD {
        icon_button(ui, icons::PLUS, "Add a statement", true)
    } else {
        Button::new("Add a statement").icon(icons::PLUS).show(ui)
    };
    if add.clicked() {
        super::add_statement(desk, None);
    }
    super::command_button(ui, desk, Command::ImportStatements, "Import");
    let became = "Tell people what became of it";
    if room < ROOM_FOR_ALL {
        if icon_button(ui, Command::SheetsForContributors.icon(), became, true).clicked() {
            desk.run(Command::SheetsForContributors);
        }
    } else {
        super::command_button(ui, desk, Command::SheetsForContributors, became);
    }
    let text = desk.view.voices.statements.filter.text.clone();
    let width = if room < ROOM_FOR_ADD { 90.0 } else { 130.0 };
    if let Some(typed) = hinted_field(ui, "Find in the statements", "Find", &text, width) {
        desk.view.voices.statements.filter.text = typed;
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.voices.statements);
    let workspace = desk.workspace();
    view.filter.settle(&workspace);
    page(ui, desk, &mut view, &workspace);
    desk.view.voices.statements = view;
}

fn page(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut StatementsView, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    sentence(ui, workspace);
    if workspace.voices.statements.is_empty() {
        let words = "Write down what people say in their own words, and what was done about it. A decision is not \
                     signed while one has no answer, unless it says why.";
        wrapped(ui, words, Type::Body, tokens.ink2);
        return;
    }
    filters(ui, view, workspace);
    let shown = view.filter.shown(workspace, view.order);
    if !view.filter.is_empty() {
        ui.horizontal_wrapped(|ui| {
            let words = view.filter.sentence(workspace, shown.len());
            ui.label(Type::Body.text(words, tokens.ink2));
            if link(ui, "Show all", Type::Body, tokens.ink).clicked() {
                view.filter = Filter::default();
            }
        });
    }
    ui.add_space(space::XS);
    ScrollArea::vertical().id_salt("statements").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let statements = &workspace.voices.statements;
        let open = view.open.as_ref();
        let reveal = std::mem::take(&mut view.reveal);
        let wanted = shown.iter().position(|&at| Some(&statements[at].id) == open).filter(|_| reveal);
        long_list(ui, "statements", (shown.len(), wanted), GUESSED_HEIGHT, |ui, row| {
            card(ui, desk, view, workspace, (shown[row], reveal));
        });
    });
}

fn card(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut StatementsView,
    workspace: &Workspace,
    (at, reveal): (usize, bool),
) {
    let statement = &workspace.voices.statements[at];
    ui.push_id(statement.id.as_str(), |ui| {
        let open = view.open.as_ref() == Some(&statement.id);
        let is_new = open && std::mem::take(&mut view.is_new);
        let how = Shown { open, is_new, cell: &mut view.cell };
        let shown = Card::new()
            .padding(16, 10)
            .show(ui, |ui| statement_card::show(ui, desk, workspace, (statement, at + 1), how));
        if open && reveal && !ui.clip_rect().contains_rect(shown.response.rect) {
            let how = egui::style::ScrollAnimation::none();
            ui.scroll_to_rect_animation(shown.response.rect, None, how);
        }
        if shown.inner {
            view.open = (!open).then(|| statement.id.clone());
            view.reveal = !open;
            view.cell = CellChoice::default();
        }
    });
}

/// How many were acted on and how many wait, as the sentence of the page.
fn sentence(ui: &mut Ui, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let of = |status| workspace.voices.statements.iter().filter(|s| s.status == status).count();
    let open = of(StatementStatus::Open);
    let lead = match (workspace.voices.statements.len(), open) {
        (0, _) => "Nothing that was said has been written down yet.".to_owned(),
        (_, 0) => "Everything that was said has an answer.".to_owned(),
        (_, 1) => "One statement is without an answer.".to_owned(),
        (_, n) => format!("{} statements are without an answer.", capital(&in_words(n))),
    };
    let counts = [StatementStatus::Done, StatementStatus::PassedOn, StatementStatus::Declined]
        .into_iter()
        .filter(|&status| of(status) > 0)
        .map(|status| format!("{} {}", of(status), status_words(status)));
    let mut counts = counts.collect::<Vec<_>>().join(" · ");
    if open > 0 && !counts.is_empty() {
        counts.push_str(" · ");
    }
    let ink = if open > 0 { tokens.crimson } else { tokens.ink };
    let words = Paragraph::new().run(&lead, Type::Heading, ink);
    let words = words.run(&format!("  {counts}"), Type::Body, tokens.ink2);
    let open = if open > 0 { format!("{open} open") } else { String::new() };
    words.run(&open, Type::Strong, tokens.crimson).show(ui);
}

/// The choice that leaves something open.
fn everything<T>(words: &str) -> std::iter::Once<(Option<T>, String)> {
    std::iter::once((None, words.to_owned()))
}

fn filters(ui: &mut Ui, view: &mut StatementsView, workspace: &Workspace) {
    let filter = &mut view.filter;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 6.0);
        let sectors = workspace.voices.sectors.iter().map(|s| (Some(s.id.clone()), s.name.clone()));
        let choices = everything("Every sector").chain(sectors);
        if let Some(chosen) = choose(ui, "Sector looked for", 128.0, &filter.sector, choices) {
            filter.sector = chosen;
        }
        let people = workspace.voices.stakeholders.iter();
        let people = people.map(|p| (Some(p.id.clone()), p.name.clone()));
        let choices = everything("Everybody").chain(people);
        if let Some(chosen) = choose(ui, "Person looked for", 146.0, &filter.person, choices) {
            filter.person = chosen;
        }
        let statuses = StatementStatus::ALL.map(|status| (Some(status), capital(status_words(status))));
        let choices = everything("Any status").chain(statuses);
        if let Some(chosen) = choose(ui, "Status looked for", 112.0, &filter.status, choices) {
            filter.status = chosen;
        }
        let leans = Lean::ALL.map(|lean| (Some(lean), capital(lean.words())));
        let choices = everything("Any stance").chain(leans);
        if let Some(chosen) = choose(ui, "Stance looked for", 126.0, &filter.lean, choices) {
            filter.lean = chosen;
        }
        let links = linkable(workspace).into_iter().map(|(link, words)| (Some(link), words));
        // A cell that was asked for elsewhere is not in the list by itself.
        let cell = filter.about.clone().filter(|about| matches!(about, StatementLink::Cell { .. }));
        let cell = cell.map(|cell| (Some(cell.clone()), cell.words(workspace)));
        let choices = everything("About anything").chain(cell).chain(links);
        if let Some(chosen) = choose(ui, "What they are about", 156.0, &filter.about, choices) {
            filter.about = chosen;
        }
        let orders = Order::ALL.map(|order| (order, order.words().to_owned()));
        if let Some(chosen) = choose(ui, "Order of the statements", 132.0, &view.order, orders) {
            view.order = chosen;
        }
    });
}
