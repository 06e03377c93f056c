//! A figure of points that becomes a field to type in.

use egui::{Align2, CursorIcon, Pos2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::weights::WeightsView;
use crate::{
    model::balance::Side,
    ui::{
        theme::{Tokens, Type},
        widgets::{button::paint_focus, focus_field, number_field, paint_text},
    },
};

/// Which points a field is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Factor(usize),
    Group(Side, String),
    Side(Side),
}

/// The figure that is shown.
#[derive(Debug)]
pub struct Figure<'a> {
    /// What it is, such as "Points of Price certainty".
    pub name: &'a str,
    pub words: &'a str,
    /// What the field holds when it opens.
    pub draft: &'a str,
    pub may_be_changed: bool,
}

/// What was done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    Nothing,
    /// It was clicked, and its field opens with all of it selected.
    Opened,
    Typed(String),
}

/// Shows the figure with its right end at a point: as a field when it is `open`, else as words that open it.
pub fn show(
    ui: &mut Ui,
    figure: &Figure<'_>,
    (right, field): (Pos2, Field),
    open: bool,
    view: &mut WeightsView,
) -> Done {
    if open && figure.may_be_changed {
        let place = Rect::from_min_max(right - vec2(46.0, 17.0), right + vec2(9.0, 17.0));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("points", &field)));
        if view.to_field.as_ref() == Some(&field) {
            view.to_field = None;
            focus_field(&inner, figure.name);
        }
        let typed = number_field(&mut inner, figure.name, figure.draft, place.width());
        return typed.map_or(Done::Nothing, Done::Typed);
    }
    let tokens = Tokens::of(ui);
    let place = Rect::from_center_size(pos2(right.x - 12.0, right.y), vec2(60.0, 30.0));
    let sense = if figure.may_be_changed { Sense::click() } else { Sense::hover() };
    let response = ui.interact(place, ui.scope_id().with(("points", &field)), sense);
    response.widget_info(|| {
        let name = format!("{}: {}", figure.name, figure.words);
        WidgetInfo::labeled(Role::Button, figure.may_be_changed, name)
    });
    paint_text(ui.painter(), right, Align2::RIGHT_CENTER, figure.words, Type::Number, tokens.ink);
    paint_focus(ui, &response, place.shrink2(vec2(4.0, 3.0)), 4.0);
    if figure.may_be_changed && response.on_hover_cursor(CursorIcon::Text).clicked() {
        view.to_field = Some(field);
        return Done::Opened;
    }
    Done::Nothing
}
