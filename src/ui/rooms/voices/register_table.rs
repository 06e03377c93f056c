//! The table of the register: a row a person, its cells edited in place.

use egui::{
    Align2, CursorIcon, Id, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{paint_sector, paint_voice, pick_list, register::Scene, register_view::RegisterView};
use crate::ui::drawing::parts::{self, is_asked};
use crate::{
    model::{
        question::Level,
        voices::{Heard, Stakeholder},
        wording::{capital, decimals_used, list, number},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size},
        widgets::{
            cell_draft::refusal_at,
            paint_text_fitted,
            table_keys::{self, focus_frame},
        },
    },
};

/// The widget that has the keyboard while the table is walked through.
pub const TABLE: &str = "register table";

pub const HEAD: f32 = 44.0;
pub const ROW: f32 = 34.0;
pub const FOOT: f32 = 42.0;

/// A column of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    #[default]
    Who,
    From,
    LocalMeans,
    Heard,
    SpeaksFor,
    Ballot,
    Influence,
    Stake,
}

impl Column {
    pub const ALL: [Self; 8] = [
        Self::Who,
        Self::From,
        Self::LocalMeans,
        Self::Heard,
        Self::SpeaksFor,
        Self::Ballot,
        Self::Influence,
        Self::Stake,
    ];

    /// Its head.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Who => "Who",
            Self::From => "From",
            Self::LocalMeans => "Local means",
            Self::Heard => "Heard",
            Self::SpeaksFor => "Speaks for",
            Self::Ballot => "Ballot",
            Self::Influence => "Influence",
            Self::Stake => "Stake",
        }
    }

    /// Where it begins, as a share of the table's width.
    fn begins(self) -> f32 {
        [0.042, 0.29, 0.457, 0.574, 0.68, 0.786, 0.843, 0.92][self as usize]
    }

    /// Whether it is edited by choosing from a list.
    #[must_use]
    pub fn is_chosen(self) -> bool {
        matches!(self, Self::LocalMeans | Self::Heard | Self::SpeaksFor)
    }
}

/// What was done in the table with the pointer: a cell, by the row's place among those shown, was selected or is to be
/// edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Select(usize, Column),
    Edit(usize, Column),
    /// An item of the open list, by index.
    Pick(usize),
}

/// Shows the table, but for its foot, in this place.
pub fn show(ui: &mut Ui, place: Rect, scene: &Scene<'_>, view: &mut RegisterView) -> Vec<Act> {
    let tokens = Tokens::of(ui);
    keyboard_holder(ui, place, scene, view);
    for column in Column::ALL {
        let at = pos2(place.left() + place.width() * column.begins(), place.top() + HEAD / 2.0);
        let fit = (width_of(column, place.width()) - 2.0, 1);
        let words = column.words();
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::SmallStrong, tokens.ink, fit);
    }
    ui.painter().hline(place.x_range(), place.top() + HEAD, hairline(tokens.hair));
    let body = Rect::from_min_max(
        pos2(place.left(), place.top() + HEAD),
        pos2(place.right(), place.bottom() - FOOT),
    );
    let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("register body"));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    let mut acts = Vec::new();
    ScrollArea::vertical().id_salt("register").auto_shrink(false).show_viewport(
        &mut inner,
        |ui, viewport| {
            let tall = ROW * scene.shown.len() as f32;
            let (content, _) = ui.allocate_exact_size(vec2(body.width(), tall), Sense::hover());
            let row_at = |row: usize| {
                let top = content.top() + ROW * row as f32;
                Rect::from_x_y_ranges(body.x_range(), top..=top + ROW)
            };
            if let (Some(row), true) = (scene.selected, std::mem::take(&mut view.reveal)) {
                ui.scroll_to_rect_animation(row_at(row), None, egui::style::ScrollAnimation::none());
            }
            let first = (viewport.top() / ROW).floor().max(0.0) as usize;
            let last = ((viewport.bottom() / ROW).ceil().max(0.0) as usize).min(scene.shown.len());
            let rows = if is_asked(ui.ctx()) { 0..scene.shown.len() } else { first..last };
            for row in rows {
                let mut pane = Pane { ui, scene, view, acts: &mut acts, row, place: row_at(row) };
                pane.show();
            }
        },
    );
    acts
}

fn width_of(column: Column, table: f32) -> f32 {
    let end = Column::ALL.get(column as usize + 1).map_or(1.0 - 10.0 / table, |next| next.begins());
    (end - column.begins()) * table
}

/// One widget holds the keyboard for the whole table; its value says what is selected.
fn keyboard_holder(ui: &Ui, place: Rect, scene: &Scene<'_>, view: &RegisterView) {
    let tokens = Tokens::of(ui);
    let selected = scene
        .selected
        .map_or_else(|| "nobody selected".to_owned(), |row| cell_name(scene, scene.shown[row], view.column));
    let response = table_keys::keyboard_holder(ui, place, Id::unique(TABLE), "Register", &selected);
    if response.has_focus() {
        ui.painter().rect_stroke(
            place,
            rounded(size::RADIUS_CARD),
            hairline(tokens.line),
            StrokeKind::Inside,
        );
    }
}

/// One row in one frame.
struct Pane<'a, 'u, 's> {
    ui: &'u mut Ui,
    scene: &'a Scene<'s>,
    view: &'a mut RegisterView,
    acts: &'a mut Vec<Act>,
    row: usize,
    place: Rect,
}

impl Pane<'_, '_, '_> {
    fn show(&mut self) {
        let tokens = Tokens::of(self.ui);
        let person = self.scene.shown[self.row];
        let on = self.scene.selected == Some(self.row);
        let id = self.ui.scope_id().with(("row of", person.id.as_str()));
        let response = self.ui.interact(self.place, id, Sense::hover());
        response.widget_info(|| {
            let words = if person.role.is_empty() {
                person.name.clone()
            } else {
                format!("{}, {}", person.name, person.role)
            };
            WidgetInfo::selected(Role::Row, true, on, words)
        });
        if on || self.ui.rect_contains_pointer(self.place) {
            let ground = self.place.shrink2(vec2(1.0, 0.0));
            self.ui.painter().rect_filled(ground, rounded(0.0), tokens.select);
        }
        self.ui.painter().hline(self.place.x_range(), self.place.bottom(), hairline(tokens.hair));
        let at = pos2(self.place.left() + 20.0, self.place.center().y);
        paint_sector(self.ui.painter(), tokens, self.scene.workspace, &person.sector, at, 14.0);
        for column in Column::ALL {
            self.cell(person, column, on);
        }
    }

    fn cell_place(&self, column: Column) -> Rect {
        let left = self.place.left() + self.place.width() * column.begins() - 7.0;
        let width = width_of(column, self.place.width());
        Rect::from_min_size(pos2(left, self.place.top() + 1.0), vec2(width, self.place.height() - 1.0))
    }

    fn cell(&mut self, person: &Stakeholder, column: Column, on: bool) {
        let cell = self.cell_place(column);
        let id = self.ui.scope_id().with((person.id.as_str(), column as u8));
        let response = self.ui.interact(cell, id, Sense::CLICK).on_hover_cursor(CursorIcon::PointingHand);
        let here = on && self.view.column == column;
        response.widget_info(|| {
            WidgetInfo::selected(Role::Cell, true, here, cell_name(self.scene, person, column))
        });
        if matches!(column, Column::SpeaksFor | Column::Ballot | Column::Influence | Column::Stake) {
            let words = || value_words(self.scene, person, column);
            parts::put_in_words(self.ui.ctx(), cell.shrink(7.0), words);
        }
        match column {
            Column::SpeaksFor => self.dots(person, cell),
            Column::Ballot => self.tick(person, cell),
            Column::Influence => self.bar(person.influence, cell),
            Column::Stake => self.bar(person.interest, cell),
            _ => self.words(person, column, cell, on),
        }
        if here {
            self.selected_cell(person, column, cell);
        }
        let response = match column {
            Column::SpeaksFor | Column::Heard | Column::Influence | Column::Stake => {
                crate::ui::widgets::told_on_hover(response, || cell_name(self.scene, person, column))
            }
            _ => response,
        };
        if response.double_clicked() || (response.clicked() && on && self.view.was_selected) {
            self.acts.push(Act::Edit(self.row, column));
        } else if response.clicked() {
            self.acts.push(Act::Select(self.row, column));
        }
    }

    fn selected_cell(&mut self, person: &Stakeholder, column: Column, cell: Rect) {
        let has_keys = self.ui.memory(|m| m.has_focus(Id::unique(TABLE)));
        if has_keys || self.view.draft.is_some() || self.view.pick.is_some() {
            focus_frame(self.ui, cell.shrink(1.0), Id::unique(TABLE));
        }
        if let Some(draft) = &mut self.view.draft {
            let align = match column {
                Column::Influence | Column::Stake => Align2::RIGHT_CENTER,
                _ => Align2::LEFT_CENTER,
            };
            draft.show(self.ui, cell, &cell_name(self.scene, person, column), align);
            if let Some(why) = &draft.refused {
                refusal_at(self.ui, cell, why);
            }
        }
        if let Some(pick) = &mut self.view.pick {
            let items = pick_list::items(self.scene.workspace, person, column);
            if let Some(item) = pick_list::show(self.ui, cell, pick, &items) {
                self.acts.push(Act::Pick(item));
            }
        }
    }

    fn words(&self, person: &Stakeholder, column: Column, cell: Rect, on: bool) {
        let tokens = Tokens::of(self.ui);
        let (role, ink) = match column {
            Column::Who if on => (Type::Strong, tokens.ink),
            Column::Who => (Type::Body, tokens.ink),
            _ => (Type::Body, tokens.ink2),
        };
        let words = value_words(self.scene, person, column);
        let at = pos2(cell.left() + 7.0, cell.center().y);
        paint_text_fitted(
            self.ui.painter(),
            at,
            Align2::LEFT_CENTER,
            &words,
            role,
            ink,
            (cell.width() - 9.0, 1),
        );
    }

    fn dots(&self, person: &Stakeholder, cell: Rect) {
        let tokens = Tokens::of(self.ui);
        let first_hand = super::speaks_first_hand(self.scene.workspace, person);
        let groups = &self.scene.workspace.question.need_groups;
        let step = ((cell.width() - 12.0) / groups.len().max(1) as f32).min(14.0);
        for (place, group) in groups.iter().enumerate() {
            let at = pos2(cell.left() + 13.0 + step * place as f32, cell.center().y);
            if person.speaks_for.contains(&group.id) {
                paint_voice(self.ui.painter(), tokens, at, first_hand);
            } else {
                self.ui.painter().circle_filled(at, 1.4, tokens.line);
            }
        }
    }

    fn tick(&self, person: &Stakeholder, cell: Rect) {
        if self.scene.has_ballot(person) {
            let at = pos2(cell.left() + 27.0, cell.center().y);
            let ink = Tokens::of(self.ui).ink2;
            self.ui.painter().text(at, Align2::CENTER_CENTER, icons::CHECK.0, Icon::font(15.0), ink);
        }
    }

    fn bar(&self, value: Option<f64>, cell: Rect) {
        let tokens = Tokens::of(self.ui);
        let y = cell.center().y;
        let whole = Rect::from_min_max(pos2(cell.left() + 7.0, y - 4.0), pos2(cell.right() - 9.0, y + 4.0));
        self.ui.painter().rect_filled(whole, rounded(3.0), tokens.track);
        if let Some(value) = value {
            let share = (value / 10.0).clamp(0.0, 1.0) as f32;
            let filled = Rect::from_min_size(whole.min, vec2(whole.width() * share, whole.height()));
            self.ui.painter().rect_filled(filled, rounded(3.0), tokens.ink2);
        }
    }
}

/// What a cell holds, in words.
#[must_use]
pub fn value_words(scene: &Scene<'_>, person: &Stakeholder, column: Column) -> String {
    match column {
        Column::Who => person.name.clone(),
        Column::From => person.role.clone(),
        Column::LocalMeans => capital(local_words(person)),
        Column::Heard => capital(&heard_words(person)),
        Column::SpeaksFor => speaks_for_words(scene, person),
        Column::Ballot => if scene.has_ballot(person) { "given" } else { "none" }.to_owned(),
        Column::Influence => of_ten(person.influence),
        Column::Stake => of_ten(person.interest),
    }
}

/// What a cell is called: whose it is, which, and what it holds.
#[must_use]
pub fn cell_name(scene: &Scene<'_>, person: &Stakeholder, column: Column) -> String {
    let value = match (column, value_words(scene, person, column)) {
        (_, words) if words.is_empty() => "empty".to_owned(),
        (Column::Heard, words) if !person.through.is_empty() && person.heard != Heard::No => {
            format!("{words}, {}", way_words(person.heard))
        }
        (_, words) => words,
    };
    format!("{}, {}: {value}", person.name, column.words().to_lowercase())
}

/// A value from 0 to 10 in words.
#[must_use]
pub fn of_ten(value: Option<f64>) -> String {
    value.map_or_else(
        || "not said".to_owned(),
        |value| format!("{} of 10", number(value, decimals_used(value).min(1))),
    )
}

/// What local means to somebody, short enough for a column.
fn local_words(person: &Stakeholder) -> &'static str {
    match person.local_means {
        None => "not said",
        Some(Level::GroupOfPeople) => "a group",
        Some(level) => level.words(),
    }
}

/// How somebody was heard: where or through whom, else in which way.
#[must_use]
pub fn heard_words(person: &Stakeholder) -> String {
    match (person.heard, person.through.as_str()) {
        (Heard::No, _) => "not yet".to_owned(),
        (_, through) if !through.is_empty() => through.to_owned(),
        (heard, _) => way_words(heard).to_owned(),
    }
}

/// A way of hearing in plain words.
#[must_use]
pub fn way_words(heard: Heard) -> &'static str {
    match heard {
        Heard::Direct => "directly",
        Heard::Through => "through an organisation",
        Heard::Proxy => "by proxy",
        Heard::No => "not yet",
    }
}

/// For whom somebody speaks: "Prolific and No home, first hand".
#[must_use]
pub fn speaks_for_words(scene: &Scene<'_>, person: &Stakeholder) -> String {
    let groups = scene.workspace.question.need_groups.iter();
    let names: Vec<&str> = groups
        .filter(|group| person.speaks_for.contains(&group.id))
        .map(|group| group.short_name())
        .collect();
    if names.is_empty() {
        return "nobody in need".to_owned();
    }
    let first_hand = super::speaks_first_hand(scene.workspace, person);
    format!("{}, {}", list(&names), if first_hand { "first hand" } else { "on behalf" })
}
