//! The Voices room: who has spoken, who has not, what do they want?

mod ballots;
mod overview;
mod person;
pub(in crate::ui) mod ranking_chart;
mod register;
mod statements;

use egui::{Align2, Painter, Pos2, Stroke, Ui, pos2};

use super::head;
use crate::{
    model::{
        Room, Workspace,
        ids::{SectorId, StakeholderId, StatementId},
        voices::{Sector, SectorShape, Stakeholder, Statement},
    },
    ui::{
        command::Command,
        desk::Desk,
        icons,
        theme::{Tokens, Type},
        widgets::{Button, paint_shape, paint_text},
    },
};

/// The pages of the room.
pub const PAGES: &[&str] = &["Overview", "Register", "Statements", "Ballots"];

/// What is being looked at in the room.
#[derive(Debug, Default)]
pub struct VoicesView {
    /// The person open in the register.
    person: Option<StakeholderId>,
    /// What is being looked for in the register.
    find: String,
    /// The round of ballots in view.
    round: u8,
    /// The statement that has just been added: it takes the keyboard when it is drawn.
    added_statement: Option<StatementId>,
    /// The same of a person.
    added_person: Option<StakeholderId>,
    /// Whose ballot is to be added is to be asked when Ballots is drawn.
    ballot_wanted: bool,
}

impl VoicesView {
    /// Asks on Ballots whose ballot is to be taken down.
    pub fn choose_whose_ballot(&mut self) {
        self.ballot_wanted = true;
    }
}

/// Whether somebody has given no ballot in the round in view, and there is something to weigh.
#[must_use]
pub fn lacks_ballot(workspace: &Workspace, view: &VoicesView) -> bool {
    ballots::lacks_one(workspace, view.round.clamp(1, 2))
}

/// Shows the open page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let page = desk.view.page(Room::Voices);
    head(ui, Room::Voices, desk, |ui, desk| match page {
        "Statements" => {
            command_button(ui, desk, Command::ImportStatements, "Import");
            command_button(ui, desk, Command::SheetsForContributors, "What happened");
            if Button::new("Add a statement").icon(icons::PLUS).show(ui).clicked() {
                add_statement(desk, None);
            }
        }
        "Ballots" => {
            command_button(ui, desk, Command::ImportBallots, "Import ballots");
            command_button(ui, desk, Command::HandOutBallots, "Hand out");
            ballots::head_buttons(ui, desk);
        }
        _ => {
            command_button(ui, desk, Command::ImportPeople, "Import");
            if Button::new("Add a voice").icon(icons::USER_PLUS).show(ui).clicked() {
                add_person(desk);
            }
        }
    });
    ui.add_space(4.0);
    match page {
        "Register" => register::show(ui, desk),
        "Statements" => statements::show(ui, desk),
        "Ballots" => ballots::show(ui, desk),
        _ => overview::show(ui, desk),
    }
}

/// A button in the head of a page that runs a command of the window.
fn command_button(ui: &mut Ui, desk: &mut Desk<'_>, command: Command, words: &str) {
    if Button::new(words).icon(command.icon()).tooltip(command.tooltip()).show(ui).clicked() {
        desk.run(command);
    }
}

/// The sectors that a new workspace begins with.
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
    let id = StakeholderId::named("person", desk.session.new_tail());
    let sectors: Vec<Sector> = USUAL_SECTORS
        .iter()
        .map(|&(name, short, shape, first_hand)| Sector {
            id: SectorId::named(name, desk.session.new_tail()),
            name: name.to_owned(),
            short: short.to_owned(),
            shape,
            first_hand,
        })
        .collect();
    let fresh = id.clone();
    desk.edit("Add a voice", None, |w| {
        if w.voices.sectors.is_empty() {
            w.voices.sectors = sectors;
        }
        let sector = w.voices.sectors[0].id.clone();
        w.voices.stakeholders.push(Stakeholder::named(fresh, "New voice", sector));
    });
    desk.go(Room::Voices, "Register");
    desk.view.voices.added_person = Some(id.clone());
    desk.view.voices.person = Some(id);
}

/// Adds an empty statement of this person.
pub fn add_statement(desk: &mut Desk<'_>, person: Option<StakeholderId>) {
    let id = StatementId::named("statement", desk.session.new_tail());
    desk.view.voices.added_statement = Some(id.clone());
    desk.edit("Add a statement", None, |w| {
        w.voices.statements.push(Statement { stakeholder: person, ..Statement::said(id, "") });
    });
    desk.go(Room::Voices, "Statements");
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
