//! The Voices room: who has spoken, who has not, what do they want?

mod ballots;
mod card_head;
pub(in crate::ui) mod coverage;
mod fairness_table;
mod ladder;
mod marginal;
mod overview;
mod person;
mod person_facts;
mod pick_list;
pub(in crate::ui) mod ranking_chart;
mod register;
mod register_sheets;
mod register_table;
mod register_view;
mod stake_grid;
mod statement_card;
mod statement_filter;
mod statement_links;
mod statements;

use egui::{Align2, Color32, Painter, Pos2, Stroke, Ui, pos2};

use self::{
    ballots::BallotsView, overview::OverviewView, register_view::RegisterView, statements::StatementsView,
};
use super::head;
use crate::{
    model::{
        Room, Workspace,
        ids::{NeedGroupId, SectorId, StakeholderId, StatementId},
        voices::{Sector, SectorShape, Stakeholder, Statement, StatementLink, StatementStatus},
    },
    ui::{
        command::Command,
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, size},
        widgets::{Button, icon_button, paint_shape, paint_text},
    },
};

/// The pages of the room.
pub const PAGES: &[&str] = &["Overview", "Register", "Statements", "Ballots", "Marginal voices"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct VoicesView {
    /// The person open in the register.
    person: Option<StakeholderId>,
    /// What is being looked for in the register.
    find: String,
    register: RegisterView,
    statements: StatementsView,
    ballots: BallotsView,
    overview: OverviewView,
    /// The person who has just been added: their name takes the keyboard when it is drawn.
    added_person: Option<StakeholderId>,
}

impl VoicesView {
    /// Opens somebody in the register.
    pub fn show_person(&mut self, id: &StakeholderId) {
        if self.person.as_ref() != Some(id) {
            self.register.turn_to_another();
        }
        self.person = Some(id.clone());
    }

    /// Shows somebody in the register, whatever was being looked for there.
    pub fn look_at_person(&mut self, id: &StakeholderId) {
        self.find.clear();
        self.show_person(id);
    }

    /// Shows the statements that speak of something.
    pub fn look_at_statements_on(&mut self, about: &StatementLink) {
        self.statements.filter_by_link(about);
    }

    /// Shows one statement, whatever was being looked for.
    pub fn look_at_statement(&mut self, id: &StatementId) {
        self.statements.open(id);
    }

    /// Shows the statements that nobody has answered.
    pub fn look_at_unanswered(&mut self) {
        self.statements.filter_by_unanswered();
    }

    /// Asks on Ballots whose ballot is to be taken down.
    pub fn choose_whose_ballot(&mut self) {
        self.ballots.choose_whose_ballot();
    }
}

/// Whether somebody has given no ballot in the round in view, and there is something to weigh.
#[must_use]
pub fn lacks_ballot(workspace: &Workspace, view: &VoicesView) -> bool {
    ballots::lacks_one(workspace, &view.ballots)
}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let page = desk.view.page(Room::Voices);
    head(ui, Room::Voices, desk, |ui, desk| match page {
        "Register" => register::head_buttons(ui, desk),
        "Statements" => statements::head_buttons(ui, desk),
        "Ballots" => {
            ballots::head_buttons(ui, desk);
            command_button(ui, desk, Command::HandOutBallots, "Hand out");
            command_button(ui, desk, Command::ImportBallots, "Import ballots");
        }
        "Marginal voices" => {}
        _ => {
            if Button::new("Add a voice").icon(icons::USER_PLUS).show(ui).clicked() {
                add_person(desk);
            }
            command_button(ui, desk, Command::ImportPeople, "Import");
        }
    });
    ui.add_space(4.0);
    match page {
        "Register" => register::show(ui, desk),
        "Statements" => statements::show(ui, desk),
        "Ballots" => ballots::show(ui, desk),
        "Marginal voices" => marginal::show(ui, desk),
        _ => overview::show(ui, desk),
    }
}

/// A button in the head of a page that runs a command of the window.
fn command_button(ui: &mut Ui, desk: &mut Desk<'_>, command: Command, words: &str) {
    let narrow = ui.ctx().content_rect().width() < size::NARROW_WINDOW;
    let pressed = if narrow {
        icon_button(ui, command.icon(), words, true)
    } else {
        Button::new(words).icon(command.icon()).tooltip(command.tooltip()).show(ui)
    };
    if pressed.clicked() {
        desk.run(command);
    }
}

const USUAL_SECTORS: [(&str, &str, SectorShape, bool); 7] = [
    ("Public", "Public", SectorShape::Hexagon, false),
    ("Private", "Private", SectorShape::Diamond, false),
    ("Voluntary and community", "Voluntary", SectorShape::TriangleUp, false),
    ("Service users", "Service users", SectorShape::Star, true),
    ("Victims", "Victims", SectorShape::TriangleDown, false),
    ("Elected members", "Elected", SectorShape::Plus, false),
    ("Citizens", "Citizens", SectorShape::Cross, false),
];

/// Adds a person to the first sector, with the usual sectors where there are none, and opens them in the register.
pub fn add_person(desk: &mut Desk<'_>) {
    let sectors = usual_sectors(desk);
    let first = desk.workspace().voices.sectors.first().or(sectors.first()).map(|sector| sector.id.clone());
    if let Some(sector) = first {
        add_person_of(desk, sector, None, sectors);
    }
}

/// Adds a person of a sector who speaks for a need group, if one is named, and opens them in the register. A workspace
/// without sectors is given these.
fn add_person_of(
    desk: &mut Desk<'_>,
    sector: SectorId,
    speaks_for: Option<NeedGroupId>,
    sectors: Vec<Sector>,
) {
    let id = StakeholderId::named("person", desk.session.new_tail());
    let mut person = Stakeholder::named(id.clone(), "New voice", sector);
    person.speaks_for.extend(speaks_for);
    desk.edit("Add a voice", None, |w| {
        if w.voices.sectors.is_empty() {
            w.voices.sectors = sectors;
        }
        w.voices.stakeholders.push(person);
    });
    desk.go(Room::Voices, "Register");
    desk.view.voices.look_at_person(&id);
    desk.view.voices.added_person = Some(id);
}

/// The sectors that a new workspace begins with.
fn usual_sectors(desk: &mut Desk<'_>) -> Vec<Sector> {
    let mut sector = |(name, short, shape, first_hand): (&str, &str, SectorShape, bool)| Sector {
        id: SectorId::named(name, desk.session.new_tail()),
        name: name.to_owned(),
        short: short.to_owned(),
        shape,
        first_hand,
    };
    USUAL_SECTORS.into_iter().map(&mut sector).collect()
}

/// Adds an empty statement of this person.
pub fn add_statement(desk: &mut Desk<'_>, person: Option<StakeholderId>) {
    let id = StatementId::named("statement", desk.session.new_tail());
    desk.view.voices.statements.begin(&id);
    let today = desk.session.signature().on;
    desk.edit("Add a statement", None, |w| {
        let said = Statement { stakeholder: person, date: Some(today), ..Statement::said(id, "") };
        w.voices.statements.push(said);
    });
    desk.go(Room::Voices, "Statements");
}

/// The icon of a statement's status, and its colour: crimson while nobody has answered.
fn status_look(tokens: &Tokens, status: StatementStatus) -> (Icon, Color32) {
    match status {
        StatementStatus::Open => (icons::WARNING_CIRCLE, tokens.crimson),
        StatementStatus::Done => (icons::CHECK_CIRCLE, tokens.ink2),
        StatementStatus::PassedOn => (icons::ARROW_BEND_UP_RIGHT, tokens.ink2),
        StatementStatus::Declined => (icons::X, tokens.ink2),
    }
}

/// What was done about a statement, in the words written down, else in those of its status.
fn answer_words(statement: &Statement) -> &str {
    match (statement.response.trim(), statement.status) {
        ("", StatementStatus::Open) => "Not yet answered",
        ("", StatementStatus::Done) => "Acted on",
        ("", StatementStatus::PassedOn) => "Passed on",
        ("", StatementStatus::Declined) => "Declined",
        (response, _) => response,
    }
}

/// Whether somebody speaks for need groups from their own use of the service.
fn speaks_first_hand(workspace: &Workspace, person: &Stakeholder) -> bool {
    workspace.sector(&person.sector).is_some_and(|sector| sector.first_hand)
}

/// The shape of a person's sector, filled.
fn paint_sector(
    painter: &Painter,
    tokens: &Tokens,
    workspace: &Workspace,
    sector: &SectorId,
    at: Pos2,
    width: f32,
) {
    let shape = workspace.sector(sector).map(|sector| sector.shape).unwrap_or_default();
    paint_shape(painter, shape, at, width, tokens.ink2, Stroke::NONE);
}

/// A dot for a voice: filled first hand, hollow on behalf.
fn paint_voice(painter: &Painter, tokens: &Tokens, at: Pos2, first_hand: bool) {
    if first_hand {
        painter.circle_filled(at, 4.5, tokens.ink);
    } else {
        painter.circle_stroke(at, 4.0, Stroke::new(1.5, tokens.ink2));
    }
}

/// The two kinds of dots and what they mean, ending at a point; answers where it begins.
fn paint_dot_legend(painter: &Painter, tokens: &Tokens, right: Pos2, (filled, hollow): (&str, &str)) {
    let words = paint_text(painter, right, Align2::RIGHT_CENTER, hollow, Type::Small, tokens.ink2);
    painter.circle_stroke(pos2(words.left() - 11.0, right.y), 4.0, Stroke::new(1.5, tokens.ink2));
    let end = pos2(words.left() - 28.0, right.y);
    let words = paint_text(painter, end, Align2::RIGHT_CENTER, filled, Type::Small, tokens.ink2);
    painter.circle_filled(pos2(words.left() - 11.0, right.y), 4.5, tokens.ink);
}
