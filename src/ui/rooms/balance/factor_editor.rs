//! The panel of a factor: its name, its side, its unit, how scores become values, and what an option must reach.

use egui::{Align, Layout, Ui, vec2};

use super::{scale_editor, score_order::Slot, score_scene::Scene, scores::ScoresView};
use crate::{
    exchange::scale,
    model::{
        Room,
        balance::{Factor, Side},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, button::Segment, focus_field, hair_rule, icon_button, link, refusal, segmented,
            side_mark, text_field, wrapped,
        },
    },
};

/// Shows the panel down the right of the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, f: usize) {
    let factor = &scene.factors()[f];
    heading(ui, view, factor);
    names(ui, desk, view, factor);
    if scene.swing_is_missing(f) {
        no_swing(ui, desk, factor);
    }
    side(ui, desk, factor);
    let unit = field(ui, view, "Unit", &factor.unit, "such as £m, 5 years; % served; points fewer");
    if let Some(unit) = unit {
        change(desk, factor, "unit", |f| unit.trim().clone_into(&mut f.unit));
    }
    hair_rule(ui);
    scale_editor::show(ui, desk, view, scene, f);
    let must =
        field(ui, view, "Must", &scale::write_must(factor.must), "such as >= 40; options that fail drop out");
    if let Some(text) = must {
        match scale::read_must(&text) {
            Ok(must) => change(desk, factor, "must", |f| f.must = must),
            Err(expected) => refuse(view, "Must", &text, &expected),
        }
    }
    hair_rule(ui);
    order(ui, desk, view, scene, f);
}

fn heading(ui: &mut Ui, view: &mut ScoresView, factor: &Factor) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        side_mark(ui, factor.side, 10.0);
        let room = ui.available_width() - size::CONTROL - space::S;
        ui.allocate_ui_with_layout(vec2(room, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(Type::Strong.text(&factor.name, tokens.ink)).truncate());
        });
        if icon_button(ui, icons::X, "Close the factor", true).clicked() {
            view.over = false;
            view.close();
        }
    });
}

fn names(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, factor: &Factor) {
    if std::mem::take(&mut view.to_panel) {
        view.name_wants_keys = true;
    }
    if let Some(name) = field(ui, view, "Name", &factor.name, "") {
        let name = name.trim().to_owned();
        if name.is_empty() {
            view.refused = Some(("Name".to_owned(), "A factor needs a name.".to_owned()));
        } else {
            let label = format!("Rename {} to {name}", factor.name);
            edit(desk, factor, label, |f| f.name = name);
        }
    }
    let [short, group] =
        pair(ui, view, [("Short name", &factor.short, ""), ("Group", &factor.group, "if any")]);
    if let Some(short) = short {
        change(desk, factor, "short name", |f| short.trim().clone_into(&mut f.short));
    }
    if let Some(group) = group {
        change(desk, factor, "group", |f| group.trim().clone_into(&mut f.group));
    }
}

/// Others have a weight and this factor has none: said, with the way to where it is given.
fn no_swing(ui: &mut Ui, desk: &mut Desk<'_>, factor: &Factor) {
    let tokens = Tokens::of(ui);
    wrapped(ui, "No swing given yet: it counts as 0 until it is weighed.", Type::Small, tokens.ink2);
    if link(ui, "Weigh it on Weights", Type::Small, tokens.ink).clicked() {
        desk.view.balance.select_factor(&factor.id);
        desk.go(Room::Balance, "Weights");
    }
}

fn side(ui: &mut Ui, desk: &mut Desk<'_>, factor: &Factor) {
    let tokens = Tokens::of(ui);
    let segments = Side::ALL.map(|side| Segment {
        badge: "",
        words: side.words(),
        colour: Some(tokens.side(side).text),
        name: format!("Side: {}", side.words()),
    });
    if let Some(chosen) = segmented(ui, &segments, factor.side as usize) {
        let side = Side::ALL[chosen];
        let label = format!("Move {} to the {} side", factor.name, side.words().to_lowercase());
        edit(desk, factor, label, |f| f.side = side);
    }
}

/// Two fields side by side.
pub fn pair(ui: &mut Ui, view: &mut ScoresView, fields: [(&str, &str, &str); 2]) -> [Option<String>; 2] {
    let width = (ui.available_width() - space::S) / 2.0;
    ui.horizontal_top(|ui| {
        fields.map(|(name, value, hint)| {
            ui.vertical(|ui| {
                ui.set_width(width);
                field(ui, view, name, value, hint)
            })
            .inner
        })
    })
    .inner
}

/// A field with its name above, and below it why the last text was refused.
pub fn field(ui: &mut Ui, view: &mut ScoresView, name: &str, value: &str, hint: &str) -> Option<String> {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.horizontal(|ui| {
        ui.set_height(Type::Small.line());
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(Type::Small.text(name, tokens.ink2));
        if !hint.is_empty() {
            ui.add(egui::Label::new(Type::Small.text(hint, tokens.ink3)).truncate()).on_hover_text(hint);
        }
    });
    if name == "Name" && std::mem::take(&mut view.name_wants_keys) {
        focus_field(ui, name);
    }
    let width = ui.available_width();
    let typed = text_field(ui, name, value, width);
    if typed.is_some() {
        view.refused = None;
    }
    if let Some((of, why)) = &view.refused
        && *of == name
    {
        let why = why.clone();
        refusal(ui, &why);
    }
    ui.spacing_mut().item_spacing.y = space::S;
    typed
}

/// Says under the field called `name` why a text cannot stand in it.
pub fn refuse(view: &mut ScoresView, name: &str, text: &str, expected: &str) {
    view.refused =
        Some((name.to_owned(), format!("“{}” cannot stand here. Expected: {expected}.", text.trim())));
}

/// Changes what is called `what` of a factor.
fn change(desk: &mut Desk<'_>, factor: &Factor, what: &str, with: impl FnOnce(&mut Factor)) {
    edit(desk, factor, format!("Change the {what} of {}", factor.name), with);
}

fn edit(desk: &mut Desk<'_>, factor: &Factor, label: String, with: impl FnOnce(&mut Factor)) {
    desk.edit(label, None, |w| {
        if let Some(factor) = w.factor_mut(&factor.id) {
            with(factor);
        }
    });
}

/// Where the factor stands in the table, and the way to be rid of it.
fn order(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, f: usize) {
    let can = |down: bool| Slot::next_to(scene, f, down).is_some();
    let (can_rise, can_fall) = (can(false), can(true));
    ui.horizontal_wrapped(|ui| {
        let tip = "Alt and the arrow keys do the same in the table";
        if Button::new("Up").icon(icons::ARROW_UP).enabled(can_rise).tooltip(tip).show(ui).clicked() {
            view.move_factor(desk, scene, f, false);
        }
        if Button::new("Down").icon(icons::ARROW_DOWN).enabled(can_fall).tooltip(tip).show(ui).clicked() {
            view.move_factor(desk, scene, f, true);
        }
        if Button::new("Remove")
            .icon(icons::TRASH)
            .tooltip("Removes the factor with its scores")
            .show(ui)
            .clicked()
        {
            view.remove_factor(desk, scene, f);
        }
    });
}
