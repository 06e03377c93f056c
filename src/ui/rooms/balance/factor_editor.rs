//! The panel of a factor: its name, its side, its unit, how scores become values, and what an option must reach.

use egui::{Align, Layout, Role, Ui, WidgetInfo, vec2};

use super::{
    curve::Curve,
    scale_words::{less_is_better, worst_and_best},
    score_scene::Scene,
    scores::ScoresView,
};
use crate::{
    exchange::{figure::written, scale},
    model::{
        balance::{Better, Factor, NamedLevel, Scale, ScoreLevel, Side},
        wording::count,
    },
    session::edits,
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, button::Segment, focus_field, hair_rule, icon_button, segmented, side_mark, text_field,
            wrapped,
        },
    },
};

/// Shows the panel down the right of the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, f: usize) {
    let factor = &scene.factors()[f];
    heading(ui, view, factor);
    names(ui, desk, view, factor);
    side(ui, desk, factor);
    let unit = field(ui, view, "Unit", &factor.unit, "such as £m, 5 years; % served; points fewer");
    if let Some(unit) = unit {
        change(desk, factor, "unit", |f| unit.trim().clone_into(&mut f.unit));
    }
    hair_rule(ui);
    kind(ui, desk, view, scene, f);
    scale_fields(ui, desk, view, factor);
    Curve { factor, function: &scene.functions[f], level: &ScoreLevel::Unknown, badge: "", value: None }
        .show(ui, 130.0);
    let must = field(
        ui,
        view,
        "Must",
        &scale::write_must(factor.must),
        "such as >= 40 or <= 12; an option that fails is struck",
    );
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
            view.refused = Some(("Name", "A factor needs a name.".to_owned()));
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
fn pair(ui: &mut Ui, view: &mut ScoresView, fields: [(&'static str, &str, &str); 2]) -> [Option<String>; 2] {
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
fn field(ui: &mut Ui, view: &mut ScoresView, name: &'static str, value: &str, hint: &str) -> Option<String> {
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
        wrapped(ui, why, Type::Small, tokens.ink);
    }
    ui.spacing_mut().item_spacing.y = space::S;
    typed
}

fn refuse(view: &mut ScoresView, name: &'static str, text: &str, expected: &str) {
    view.refused = Some((name, format!("“{}” cannot stand here. Expected: {expected}.", text.trim())));
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

/// The kinds of scale, as people choose them.
const KINDS: [&str; 6] = [
    "Straight line between two ends",
    "Worst and best of the options",
    "Curve through set points",
    "Named levels",
    "Direct rating, 0–100",
    "Lowest price over this price",
];

fn kind_of(scale: &Scale) -> usize {
    match scale {
        Scale::Linear { .. } => 0,
        Scale::Local { .. } => 1,
        Scale::Points(_) => 2,
        Scale::Levels(_) => 3,
        Scale::Direct => 4,
        Scale::LowestPrice => 5,
    }
}

/// A scale of another kind that keeps as much of the present one as it can.
fn as_kind(kind: usize, scale: &Scale, ends: Option<(f64, f64)>) -> Scale {
    let (worst, best) = ends.unwrap_or((0.0, 100.0));
    match kind {
        0 => Scale::Linear { worst, best },
        1 => Scale::Local { better: if less_is_better(scale) { Better::Lower } else { Better::Higher } },
        2 if worst < best => Scale::Points(vec![(worst, 0.0), (best, 100.0)]),
        2 => Scale::Points(vec![(best, 100.0), (worst, 0.0)]),
        3 => {
            let level = |name: &str, value| NamedLevel { name: name.to_owned(), value };
            Scale::Levels(vec![level("none", 0.0), level("some", 50.0), level("full", 100.0)])
        }
        4 => Scale::Direct,
        _ => Scale::LowestPrice,
    }
}

fn kind(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, f: usize) {
    let tokens = Tokens::of(ui);
    let factor = &scene.factors()[f];
    ui.label(Type::Strong.text("How scores become values", tokens.ink));
    let now = kind_of(&factor.scale);
    let mut chosen = None;
    let shown = egui::ComboBox::from_id_salt("scale kind")
        .width(ui.available_width() - 8.0)
        .selected_text(KINDS[now])
        .show_ui(ui, |ui| {
            for (kind, words) in KINDS.iter().enumerate() {
                if ui.selectable_label(kind == now, *words).clicked() && kind != now {
                    chosen = Some(kind);
                }
            }
        });
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Scale: {}", KINDS[now])));
    if let Some(kind) = chosen {
        view.refused = None;
        let ends = worst_and_best(&factor.scale, &scene.functions[f]);
        set(desk, factor, as_kind(kind, &factor.scale, ends));
    }
}

/// Gives the factor a scale, and says so when scores had to go.
fn set(desk: &mut Desk<'_>, factor: &Factor, scale: Scale) {
    let mut lost = 0;
    let label = format!("Change the scale of {}", factor.name);
    if desk.edit(label, None, |w| lost = edits::scores::set_scale(w, &factor.id, scale)) && lost > 0 {
        let scores =
            count(lost, "score does not fit this scale and is", "scores do not fit this scale and are");
        desk.notice(format!("{scores} not known now. Undo brings the old scale and scores back."));
    }
}

fn scale_fields(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, factor: &Factor) {
    let tokens = Tokens::of(ui);
    match &factor.scale {
        Scale::Linear { worst, best } => {
            let (worst, best) = (written(*worst), written(*best));
            let fields = [("Worst", worst.as_str(), "is worth 0"), ("Best", best.as_str(), "is worth 100")];
            let [new_worst, new_best] = pair(ui, view, fields);
            if new_worst.is_some() || new_best.is_some() {
                let (name, text) =
                    new_worst.as_ref().map_or(("Best", new_best.as_ref()), |worst| ("Worst", Some(worst)));
                let text = text.cloned().unwrap_or_default();
                let read = scale::read("linear", &new_worst.unwrap_or(worst), &new_best.unwrap_or(best));
                match read {
                    Ok(scale @ Scale::Linear { .. }) => set(desk, factor, scale),
                    Ok(_) => refuse(view, name, &text, "a number"),
                    Err(problems) => {
                        let expected = problems.into_iter().next().map_or_else(String::new, |(_, e)| e);
                        refuse(view, name, &text, &expected);
                    }
                }
            }
        }
        Scale::Local { better } => {
            let segments = [("Higher is better", Better::Higher), ("Lower is better", Better::Lower)];
            let drawn =
                segments.map(|(words, _)| Segment { badge: "", words, colour: None, name: String::new() });
            if let Some(chosen) = segmented(ui, &drawn, usize::from(*better == Better::Lower)) {
                set(desk, factor, Scale::Local { better: segments[chosen].1 });
            }
            let caution = "The ends move with the options: taking a poor option away can change which leads. Two fixed \
                           ends are safer.";
            wrapped(ui, caution, Type::Small, tokens.ink2);
        }
        Scale::Points(_) => {
            list_field(ui, desk, view, factor, "Points", "points", "score=value, such as 30=0 50=26 90=100")
        }
        Scale::Levels(_) => list_field(
            ui,
            desk,
            view,
            factor,
            "Levels",
            "levels",
            "name=value, such as none=0 some=50 full=100",
        ),
        Scale::Direct => {
            wrapped(ui, "Scores are values already, from 0 to 100.", Type::Small, tokens.ink2);
        }
        Scale::LowestPrice => {
            wrapped(ui, "The lowest price is worth 100, twice that price 50.", Type::Small, tokens.ink2);
        }
    }
}

/// Points or levels as one line of the grammar that tables use.
fn list_field(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ScoresView,
    factor: &Factor,
    name: &'static str,
    word: &str,
    hint: &str,
) {
    let [text, ..] = scale::write(&factor.scale);
    let text = text.strip_prefix(word).unwrap_or(&text).trim().to_owned();
    let Some(typed) = field(ui, view, name, &text, hint) else { return };
    match scale::read(&format!("{word} {}", typed.trim()), "", "") {
        Ok(scale) => set(desk, factor, scale),
        Err(problems) => {
            let expected = problems.into_iter().next().map_or_else(String::new, |(_, expected)| expected);
            refuse(view, name, &typed, &expected);
        }
    }
}

/// Where the factor stands in the table, and the way to be rid of it.
fn order(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, f: usize) {
    let factor = &scene.factors()[f];
    let same = |at: &usize| scene.factors()[*at].side == factor.side;
    let can_rise = (0..f).any(|at| same(&at));
    let can_fall = (f + 1..scene.factors().len()).any(|at| same(&at));
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
