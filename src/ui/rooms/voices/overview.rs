//! Overview: who speaks for whom, what local means to them, what was heard and done, how sectors rank the options.

use egui::{Align2, CursorIcon, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{answer_words, coverage, ladder, paint_dot_legend, paint_sector, ranking_chart, status_look};
use crate::{
    analysis::Analysis,
    model::{
        Room, Workspace,
        ids::{OptionId, SectorId, StakeholderId},
        voices::{Heard, Statement, StatementStatus},
        wording::{capital, count},
    },
    ui::{
        command::Command,
        desk::Desk,
        drawing::{
            Part,
            parts::{self, Rows, table},
        },
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, space},
        widgets::{Button, Card, button::paint_focus, long_list, paint_text, paint_text_fitted, wrapped},
    },
};

/// What is being looked at on the page.
#[derive(Debug, Default)]
pub struct OverviewView {
    /// The option whose places are shown beside what local means; `None` for the leader.
    pub(super) option: Option<OptionId>,
    /// The person who is being dragged to another level.
    pub(super) carried: Option<StakeholderId>,
    /// The sector whose answer by its own weights is shown.
    pub(super) sector: Option<SectorId>,
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    if workspace.voices.stakeholders.is_empty() && workspace.voices.ballots.is_empty() {
        let tokens = Tokens::of(ui);
        ui.add_space(space::M);
        wrapped(ui, "Nobody has been heard yet.", Type::Sentence, tokens.ink2);
        if Button::new("Add the first voice").icon(icons::USER_PLUS).primary().show(ui).clicked() {
            super::add_person(desk);
        }
        if Button::new("Paste or import a list").icon(icons::TABLE).show(ui).clicked() {
            desk.run(Command::ImportPeople);
        }
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::L);
        let width = ui.available_width();
        let height = ui.available_height();
        if width < 980.0 {
            for part in [HEARD, COVERAGE, LADDER, DONE, SECTORS] {
                Card::new().show(ui, |ui| part.show(ui, desk, &workspace, &analysis));
            }
            return;
        }
        let groups = workspace.question.need_groups.len() as f32;
        let upper = (height * 0.505).max(160.0 + groups * coverage::ROW);
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.horizontal_top(|ui| {
            for (share, part) in [(0.222, HEARD), (0.495, COVERAGE), (0.257, LADDER)] {
                let wide = (width - 2.0 * space::L) * share / 0.974;
                ui.allocate_ui_with_layout(vec2(wide, upper), down, |ui| {
                    Card::new().height(upper).show(ui, |ui| part.show(ui, desk, &workspace, &analysis));
                });
            }
        });
        let lower = (height - upper - space::L).max(300.0);
        ui.horizontal_top(|ui| {
            for part in [DONE, SECTORS] {
                let wide = (width - space::L) / 2.0;
                ui.allocate_ui_with_layout(vec2(wide, lower), down, |ui| {
                    Card::new().height(lower).show(ui, |ui| part.show(ui, desk, &workspace, &analysis));
                });
            }
        });
    });
}

/// A card of the page.
struct Piece {
    name: &'static str,
    is_table: bool,
    show: fn(&mut Ui, &mut Desk<'_>, &Workspace, &Analysis),
}

const HEARD: Piece = Piece { name: "Who has been heard", is_table: true, show: heard };
const COVERAGE: Piece = Piece { name: "Who speaks for whom", is_table: false, show: coverage::show };
const LADDER: Piece = Piece { name: "What local means", is_table: false, show: ladder::show };
const DONE: Piece = Piece { name: "Heard, and what was done", is_table: true, show: done };
const SECTORS: Piece =
    Piece { name: "How each sector ranks the options", is_table: false, show: ranking_chart::show };

impl Piece {
    fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
        let part = if self.is_table { Part::table(self.name) } else { Part::chart(self.name) };
        // The words of a row are cut to its room, and some of them are kept here.
        let part = if self.name == DONE.name { part.figures(|| what_was_done(workspace)) } else { part };
        part.show(ui, |ui| (self.show)(ui, desk, workspace, analysis));
    }
}

/// How many have been heard, sector by sector.
fn heard(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, _: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let people = &workspace.voices.stakeholders;
    let heard = people.iter().filter(|person| person.heard != Heard::No).count();
    ui.label(Type::Heading.text(format!("{} heard", count(heard, "person", "people")), tokens.ink));
    ui.add_space(space::S);
    for sector in &workspace.voices.sectors {
        let of_it: Vec<_> = people.iter().filter(|p| p.sector == sector.id && p.heard != Heard::No).collect();
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 38.0), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Row, true, format!("{}: {} heard", sector.name, of_it.len()))
        });
        ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
        let y = rect.center().y;
        paint_sector(ui.painter(), tokens, workspace, &sector.id, pos2(rect.left() + 8.0, y), 14.0);
        let fit = (rect.width() * 0.46, 1);
        let at = pos2(rect.left() + 25.0, y);
        paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            sector.short_name(),
            Type::Body,
            tokens.ink,
            fit,
        );
        let total = of_it.len().to_string();
        paint_text(
            ui.painter(),
            pos2(rect.right(), y),
            Align2::RIGHT_CENTER,
            &total,
            Type::NumberStrong,
            tokens.ink,
        );
        let direct = of_it.iter().filter(|person| person.heard == Heard::Direct).count();
        let of_dots = Rect::from_x_y_ranges(rect.center().x..=rect.right() - 28.0, rect.y_range());
        parts::put_in_words(ui.ctx(), of_dots, || format!("{direct} directly"));
        let mut dots: Vec<bool> = of_it.iter().map(|person| person.heard == Heard::Direct).collect();
        dots.sort_unstable_by(|a, b| b.cmp(a));
        let shown = dots.len().min(((rect.width() * 0.36) / 12.0) as usize);
        for (place, direct) in dots[..shown].iter().enumerate() {
            let x = rect.right() - 34.0 - 12.0 * (shown - 1 - place) as f32;
            if *direct {
                ui.painter().circle_filled(pos2(x, y), 4.5, tokens.ink2);
            } else {
                ui.painter().circle_stroke(pos2(x, y), 4.0, Stroke::new(1.5, tokens.ink2));
            }
        }
        paint_focus(ui, &response, rect, 4.0);
        if response.clicked() {
            desk.view.voices.find = sector.name.clone();
            desk.go(Room::Voices, "Register");
        }
    }
    ui.add_space(space::S);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let right = pos2(rect.left() + 160.0, rect.center().y);
    paint_dot_legend(ui.painter(), tokens, right, ("directly", "otherwise"));
}

/// The same as rows, of what may leave the program.
fn what_was_done(workspace: &Workspace) -> Rows {
    let each = workspace.voices.leaving().map(|statement| {
        let who = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
        let who = who.map_or_else(|| "Nobody named".to_owned(), |who| who.name.clone());
        let status = capital(statement.status.words());
        [who, statement.text.clone(), status, statement.response.clone()]
    });
    table(["Who", "What they said", "Status", "What was done"], each)
}

/// Statements and what was done about each.
fn done(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let statements = &workspace.voices.statements;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let title = "Heard, and what was done";
    paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, title, Type::Heading, tokens.ink);
    if statements.is_empty() {
        wrapped(ui, "No statement has been written down.", Type::Body, tokens.ink2);
    } else {
        statuses(ui, desk, analysis, rect);
    }
    let room = (ui.available_height() - 4.0).max(240.0);
    ScrollArea::vertical().id_salt("done").max_height(room).show(ui, |ui| {
        long_list(ui, "statements heard", (statements.len(), None), STATEMENT_ROW, |ui, at| {
            heard_and_done(ui, desk, workspace, &statements[at]);
        });
    });
}

/// How many statements there are of each status, at the right of the head; those without an answer last and in crimson.
fn statuses(ui: &Ui, desk: &mut Desk<'_>, analysis: &Analysis, head: Rect) {
    let tokens = Tokens::of(ui);
    let heard = &analysis.voices.statements;
    let statuses = [
        (StatementStatus::Done, "acted on"),
        (StatementStatus::PassedOn, "passed on"),
        (StatementStatus::Declined, "declined"),
    ];
    let said: Vec<String> = statuses
        .into_iter()
        .filter(|(status, _)| heard.count(*status) > 0)
        .map(|(status, words)| format!("{} {words}", heard.count(status)))
        .collect();
    let open = heard.unanswered.len();
    let mut right = head.right();
    if open > 0 {
        let words = format!("{open} open");
        let at = pos2(right, head.center().y);
        let shown =
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::SmallStrong, tokens.crimson);
        let response = ui.interact(shown.expand(3.0), ui.scope_id().with("open statements"), Sense::click());
        let name = count(open, "statement without an answer", "statements without an answer");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        paint_focus(ui, &response, shown.expand(3.0), 4.0);
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            desk.view.voices.look_at_unanswered();
            desk.go(Room::Voices, "Statements");
        }
        right = shown.left() - 4.0;
    }
    let rest = said.join(" · ") + if open > 0 && !said.is_empty() { " ·" } else { "" };
    let fit = (head.width() * 0.45, 1);
    let at = pos2(right, head.center().y);
    paint_text_fitted(ui.painter(), at, Align2::RIGHT_CENTER, &rest, Type::Small, tokens.ink2, fit);
}

const STATEMENT_ROW: f32 = 46.0;

/// A statement beside what was done about it.
fn heard_and_done(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), STATEMENT_ROW), Sense::click());
    let said = format!("“{}”", statement.text);
    let answer = answer_words(statement);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("{said} {answer}")));
    ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
    let y = rect.center().y;
    let sector = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    if let Some(person) = sector {
        paint_sector(ui.painter(), tokens, workspace, &person.sector, pos2(rect.left() + 8.0, y), 14.0);
    }
    let middle = rect.left() + rect.width() * 0.525;
    let fit = (middle - rect.left() - 40.0, 2);
    let at = pos2(rect.left() + 28.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &said, Type::Small, tokens.ink, fit);
    let (icon, ink) = status_look(tokens, statement.status);
    ui.painter().text(pos2(middle + 9.0, y), Align2::CENTER_CENTER, icon.0, Icon::font(17.0), ink);
    let fit = (rect.right() - middle - 28.0, 2);
    let at = pos2(middle + 28.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, answer, Type::Small, ink, fit);
    paint_focus(ui, &response, rect, 4.0);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.view.voices.look_at_statement(&statement.id);
        desk.go(Room::Voices, "Statements");
    }
}
