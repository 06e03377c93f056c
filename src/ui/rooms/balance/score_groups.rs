//! Groups in the table of Scores: their heads with totals, and factors carried between them.

use egui::{Align2, CursorIcon, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    score_order::Slot,
    score_scene::{Row, Scene},
    score_table::{Act, Pane},
    scores::ScoresView,
};
use crate::{
    model::{balance::Side, wording::count},
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded},
        widgets::{button::paint_focus, focus_field, paint_text, paint_text_fitted, text_field},
    },
};

/// Where what is carried would be put, and the line that shows it.
pub struct Aim {
    slot: Slot,
    y: f32,
}

impl Pane<'_> {
    /// The head of a group: folds it, renames it, and shows what it comes to.
    pub fn group(
        &self,
        cells: &mut Ui,
        names: &mut Ui,
        at: usize,
        band: Rect,
        view: &mut ScoresView,
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(names);
        let group = &self.scene.groups[at];
        for ui in [&*cells, &*names] {
            ui.painter().rect_filled(band, 0.0, tokens.sunken);
            ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
        }
        let y = band.center().y;
        let folded = view.folded.has(group);
        let place = band.with_max_x(band.left() + self.grid.factor - 32.0);
        if view.renaming.as_ref().is_some_and(|(side, name)| *side == group.side && *name == group.name) {
            self.rename(names, at, place, view, acts);
        } else {
            let id = names.scope_id().with(("group", group.side, &group.name));
            let response = names.interact(place, id, Sense::click());
            response.widget_info(|| {
                let state = if folded { "folded" } else { "shown" };
                let factors = count(group.factors.len(), "factor", "factors");
                WidgetInfo::selected(
                    Role::Button,
                    true,
                    !folded,
                    format!("Group {}, {factors}, {state}", group.name),
                )
            });
            let caret = if folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
            let at_caret = pos2(band.left() + 27.0, y);
            names.painter().text(at_caret, Align2::CENTER_CENTER, caret.0, Icon::font(13.0), tokens.ink2);
            let fit = (place.width() - 44.0, 1);
            let left = pos2(band.left() + 40.0, y);
            let painter = names.painter();
            paint_text_fitted(painter, left, Align2::LEFT_CENTER, &group.name, Type::Strong, tokens.ink, fit);
            paint_focus(names, &response, place.shrink(3.0), 4.0);
            if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                acts.push(Act::FoldGroup(at));
            }
        }
        self.pencil(names, at, band, acts);
        let sum = pos2(band.left() + self.grid.left() - 10.0, y);
        let swings = self.scene.swing_sum_of(group);
        paint_text(names.painter(), sum, Align2::RIGHT_CENTER, &swings, Type::Number, tokens.ink);
        let of = |o: usize| self.scene.mean_over(o, group.factors.iter().copied());
        self.totals(cells, names, &group.name, band, Type::Number, of);
    }

    fn pencil(&self, names: &mut Ui, at: usize, band: Rect, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(names);
        let group = &self.scene.groups[at];
        let centre = pos2(band.left() + self.grid.factor - 16.0, band.center().y);
        let place = Rect::from_center_size(centre, vec2(28.0, band.height().min(28.0)));
        let id = names.scope_id().with(("rename group", group.side, &group.name));
        let response = names.interact(place, id, Sense::click());
        let name = format!("Rename group {}", group.name);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let ink = if response.hovered() { tokens.ink } else { tokens.ink3 };
        let pencil = icons::PENCIL_SIMPLE.0;
        names.painter().text(centre, Align2::CENTER_CENTER, pencil, Icon::font(15.0), ink);
        paint_focus(names, &response, place, 4.0);
        if response.on_hover_text(name).clicked() {
            acts.push(Act::Rename(at));
        }
    }

    /// The field that a group is renamed in; what is typed counts when it is left.
    fn rename(&self, names: &mut Ui, at: usize, place: Rect, view: &mut ScoresView, acts: &mut Vec<Act>) {
        let group = &self.scene.groups[at];
        let inside = place.with_min_x(place.left() + 36.0).shrink2(vec2(0.0, 1.0));
        let builder = egui::UiBuilder::new().max_rect(inside).id_salt(("renaming", at));
        let mut ui = names.new_child(builder);
        let begun = Id::unique(("renaming group", group.side, &group.name));
        let known = ui.data(|data| data.get_temp::<bool>(begun)).unwrap_or(false);
        if !known {
            focus_field(&ui, "Name of the group");
            ui.data_mut(|data| data.insert_temp(begun, true));
        }
        let typed = text_field(&mut ui, "Name of the group", &group.name, inside.width());
        if let Some(name) = typed {
            ui.data_mut(|data| data.remove::<bool>(begun));
            acts.push(Act::Renamed(at, name));
        } else if known && ui.memory(|m| m.focused()).is_none() {
            ui.data_mut(|data| data.remove::<bool>(begun));
            view.renaming = None;
        }
    }

    /// Where the pointer would put what it carries, if it is over this row.
    pub fn aim(&self, ui: &Ui, row: Row, band: Rect, view: &ScoresView) -> Option<Aim> {
        view.carried.as_ref()?;
        let pointer = ui.input(|i| i.pointer.interact_pos())?;
        if !band.y_range().contains(pointer.y) {
            return None;
        }
        let lower = pointer.y > band.center().y;
        let slot = Slot::at(self.scene, row, lower);
        let y = match row {
            Row::Factor(_) if !lower => band.top(),
            _ => band.bottom(),
        };
        Some(Aim { slot, y })
    }

    /// Shows what is carried with the pointer, and puts it down when the button is let go.
    pub fn carry(&self, ui: &Ui, view: &mut ScoresView, aim: Option<Aim>, acts: &mut Vec<Act>) {
        let Some(f) = view.carried.as_ref().and_then(|id| self.scene.factor_index(id)) else {
            view.carried = None;
            return;
        };
        let tokens = Tokens::of(ui);
        let (down, pointer) = ui.input(|i| (i.pointer.primary_down(), i.pointer.interact_pos()));
        if let Some(aim) = &aim {
            let y = aim.y.clamp(self.body.top() + 1.0, self.body.bottom() - 1.0);
            ui.painter().hline(self.body.x_range(), y, Stroke::new(2.5, tokens.focus));
        }
        if let Some(pointer) = pointer {
            let at = pointer + vec2(14.0, 0.0);
            let name = &self.scene.factors()[f].name;
            let galley = ui.painter().layout_no_wrap(name.clone(), Type::Body.font(), tokens.ink);
            let ground = Align2::LEFT_CENTER.anchor_size(at, galley.size()).expand2(vec2(8.0, 4.0));
            ui.painter().rect_filled(ground, rounded(6.0), tokens.select);
            paint_text(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink);
            // At the edges the table moves on under the pointer.
            let edge = 24.0;
            if pointer.y < self.body.top() + edge {
                ui.scroll_with_delta(vec2(0.0, 8.0));
            } else if pointer.y > self.body.bottom() - edge {
                ui.scroll_with_delta(vec2(0.0, -8.0));
            }
        }
        ui.set_cursor_icon(CursorIcon::Grabbing);
        if ui.input(|i| i.key_pressed(egui::Key::Escape)) {
            view.carried = None;
        } else if !down {
            view.carried = None;
            acts.extend(aim.map(|aim| Act::Put(f, aim.slot)));
        } else {
            ui.request_repaint();
        }
    }
}

/// What can be done with a factor, for those who would rather choose than drag.
pub fn order_menu(ui: &mut Ui, scene: &Scene, f: usize, acts: &mut Vec<Act>) {
    let factor = &scene.factors()[f];
    let mut choice = |ui: &mut Ui, words: &str, act: Act| {
        if ui.button(words).clicked() {
            acts.push(act);
            ui.close();
        }
    };
    for (words, down) in [("Up", false), ("Down", true)] {
        if let Some(slot) = Slot::next_to(scene, f, down) {
            choice(ui, words, Act::Put(f, slot));
        }
    }
    let end = |side: Side, group: &str| Slot { side, group: group.to_owned(), before: None };
    for side in Side::ALL {
        if side != factor.side {
            let words = format!("To the {} side", side.words().to_lowercase());
            choice(ui, &words, Act::Put(f, end(side, "")));
        }
    }
    if !factor.group.is_empty() {
        choice(ui, &format!("Out of {}", factor.group), Act::Put(f, end(factor.side, "")));
    }
    for group in scene.groups.iter().filter(|g| g.side != factor.side || g.name != factor.group) {
        choice(ui, &format!("To {}", group.name), Act::Put(f, end(group.side, &group.name)));
    }
    choice(ui, "Remove", Act::Remove(f));
}
