//! What a statement bears on: its links, each of which leads to its place and can be taken away, and new ones.

use egui::{CursorIcon, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::statement_card::change;
use crate::{
    analysis::explain::EditPlace,
    model::{
        Room, Workspace,
        ids::{FactorId, OptionId},
        voices::{Statement, StatementLink},
    },
    ui::{
        desk::Desk,
        explain_panel,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{button::paint_focus, choose, paint_text},
    },
};

/// The cell that is being put together to be linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellChoice {
    pub option: Option<OptionId>,
    pub factor: Option<FactorId>,
}

/// Everything of a workspace but cells that can be linked, with its words; kinds one after the other.
#[must_use]
pub fn linkable(workspace: &Workspace) -> Vec<(StatementLink, String)> {
    let factors = workspace.balance.factors.iter();
    let factors = factors.map(|f| (StatementLink::Factor(f.id.clone()), f.name.clone()));
    let options = workspace.question.options.iter();
    let options = options.map(|o| (StatementLink::Option(o.id.clone()), format!("{}, {}", o.badge, o.name)));
    let groups = workspace.question.need_groups.iter();
    let groups = groups.map(|g| (StatementLink::NeedGroup(g.id.clone()), g.name.clone()));
    factors.chain(options).chain(groups).collect()
}

/// Goes to what a link leads to.
fn follow(desk: &mut Desk<'_>, link: &StatementLink) {
    match link {
        StatementLink::Factor(factor) => explain_panel::go_to(desk, &EditPlace::Scale(factor.clone())),
        StatementLink::Option(_) => desk.go(Room::Question, "Options"),
        StatementLink::NeedGroup(group) => explain_panel::go_to(desk, &EditPlace::NeedGroup(group.clone())),
        StatementLink::Cell { option, factor } => {
            explain_panel::go_to(desk, &EditPlace::Score(option.clone(), factor.clone()));
        }
    }
}

/// Shows the links one after the other; `editable` ones can be taken away.
pub fn chips(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement, editable: bool) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        for link in &statement.links {
            chip(ui, desk, workspace, statement, link, editable);
        }
    });
}

fn chip(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    statement: &Statement,
    link: &StatementLink,
    editable: bool,
) {
    let tokens = Tokens::of(ui);
    let words = link.words(workspace);
    let galley = ui.painter().layout_no_wrap(words.clone(), Type::Small.font(), tokens.ink2);
    let cross = if editable { 22.0 } else { 0.0 };
    let wanted = vec2(galley.size().x + 34.0 + cross, 26.0);
    let (place, _) = ui.allocate_exact_size(wanted, Sense::hover());
    ui.painter().rect(place, rounded(6.0), tokens.sunken, hairline(tokens.hair), StrokeKind::Inside);
    let leads = place.with_max_x(place.right() - cross);
    let id = ui.scope_id().with(("link", statement.id.as_str(), &words));
    let response = ui.interact(leads, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("About {words}")));
    if response.hovered() {
        ui.painter().rect_filled(leads.shrink(1.0), rounded(5.0), tokens.select);
    }
    let mark = pos2(place.left() + 14.0, place.center().y);
    let icon = icons::LINK_SIMPLE.0;
    ui.painter().text(mark, egui::Align2::CENTER_CENTER, icon, Icon::font(14.0), tokens.ink2);
    let at = pos2(place.left() + 25.0, place.center().y);
    paint_text(ui.painter(), at, egui::Align2::LEFT_CENTER, &words, Type::Small, tokens.ink2);
    paint_focus(ui, &response, leads, 6.0);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        follow(desk, link);
    }
    if editable {
        let place = place.with_min_x(place.right() - cross);
        let response = ui.interact(place, id.with("away"), Sense::click());
        let name = format!("Take away the link to {words}");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if response.hovered() {
            ui.painter().rect_filled(place.shrink(1.0), rounded(5.0), tokens.select);
        }
        let (centre, cross) = (place.center(), icons::X.0);
        ui.painter().text(centre, egui::Align2::CENTER_CENTER, cross, Icon::font(13.0), tokens.ink2);
        paint_focus(ui, &response, place, 6.0);
        if response.on_hover_text(&name).clicked() {
            change(desk, statement, format!("Take away the link to {words}"), |s| {
                s.links.retain(|other| other != link);
            });
        }
    }
}

/// Shows what a link is added with: a list of factors, options and need groups, and two for the score of an option on a
/// factor.
pub fn adding(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    statement: &Statement,
    cell: &mut CellChoice,
) {
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, 6.0);
        let rest = linkable(workspace).into_iter().filter(|(link, _)| !statement.links.contains(link));
        let choices = std::iter::once((None, "Link it to …".to_owned()));
        let choices = choices.chain(rest.map(|(link, words)| (Some(link), words)));
        if let Some(Some(link)) = choose(ui, "Link the statement to", 220.0, &None, choices) {
            add(desk, workspace, statement, link);
        }
        ui.label(Type::Small.text("or to the score of", tokens.ink3));
        let options = workspace.question.options.iter();
        let options = options.map(|o| (Some(o.id.clone()), format!("{}, {}", o.badge, o.name)));
        let choices = std::iter::once((None, "an option".to_owned())).chain(options);
        if let Some(chosen) = choose(ui, "Option of the score linked", 150.0, &cell.option, choices) {
            cell.option = chosen;
        }
        ui.label(Type::Small.text("on", tokens.ink3));
        let factors = workspace.balance.factors.iter().map(|f| (Some(f.id.clone()), f.name.clone()));
        let choices = std::iter::once((None, "a factor".to_owned())).chain(factors);
        if let Some(chosen) = choose(ui, "Factor of the score linked", 170.0, &cell.factor, choices) {
            cell.factor = chosen;
        }
        if let CellChoice { option: Some(option), factor: Some(factor) } = cell.clone() {
            *cell = CellChoice::default();
            add(desk, workspace, statement, StatementLink::Cell { option, factor });
        }
    });
}

fn add(desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement, link: StatementLink) {
    if statement.links.contains(&link) {
        desk.notice(format!("The statement is linked to {} already.", link.words(workspace)));
        return;
    }
    let label = format!("Link a statement to {}", link.words(workspace));
    change(desk, statement, label, |s| s.links.push(link));
}
