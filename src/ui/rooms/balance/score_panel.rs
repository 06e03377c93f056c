//! The panel of the cell selected on Scores: its score, what it is worth and why, and the evidence behind it.

use egui::{Align, Layout, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use super::{
    curve::Curve,
    scale_editor,
    scale_words::{self, caption, figure, grade_words, limits, lowered},
    score_dissent,
    score_scene::{Scene, points_words},
    scores::ScoresView,
};
use crate::{
    analysis::{balance::WeightBasis, explain::Question},
    exchange::figure as number_text,
    model::{
        balance::{Scale, ScoreLevel},
        wording::{decimals_used, number},
    },
    session::edits,
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            Button, Card, badge, button::paint_focus, focus_field, hair_rule, icon_button, link, read_field,
            refusal, text_field, wrapped,
        },
    },
};

type At = (usize, usize);

/// Shows the panel down the right of the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, at: At) {
    let tokens = Tokens::of(ui);
    let (factor, option) = (&scene.factors()[at.0], &scene.options()[at.1]);
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        badge(ui, &option.badge, 22.0);
        let room = ui.available_width() - size::CONTROL - space::S;
        ui.allocate_ui_with_layout(vec2(room, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            ui.add(egui::Label::new(Type::Strong.text(&option.name, tokens.ink)).truncate());
        });
        if icon_button(ui, icons::X, "Close the cell", true).clicked() {
            view.close();
        }
    });
    let second = caption(factor);
    wrapped(ui, &factor.name, Type::Body, tokens.ink2);
    if !second.is_empty() {
        ui.spacing_mut().item_spacing.y = 2.0;
        wrapped(ui, second, Type::Small, tokens.ink3);
    }
    ui.spacing_mut().item_spacing.y = space::S;
    ui.add_space(2.0);
    score_fields(ui, desk, view, scene, at);
    ui.add_space(space::XS);
    worth(ui, desk, view, scene, at);
    section(ui);
    why(ui, desk, scene, at);
    section(ui);
    evidence(ui, desk, scene, at);
    section(ui);
    score_dissent::show(ui, desk, view, scene, at);
    wrapped(ui, "F6 moves the keyboard between table and panel.", Type::Small, tokens.ink3);
}

/// Below this width the strip takes two lines; below the other it does without what a score is worth.
const ONE_LINE: f32 = 690.0;
const WITH_WORTH: f32 = 780.0;

/// How tall the strip is in a page of this size.
#[must_use]
pub fn strip_height(page: egui::Vec2) -> f32 {
    match (page.x < ONE_LINE, page.y < 360.0) {
        (true, _) => 96.0,
        (false, true) => 48.0,
        (false, false) => 56.0,
    }
}

/// Shows the cell in a strip below the table, where there is no room beside it.
pub fn strip(ui: &mut Ui, place: Rect, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, at: At) {
    let two_lines = place.width() < ONE_LINE;
    let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt("cell strip"));
    let margin = if place.height() < 56.0 { 6 } else { 10 };
    Card::new().padding(14, margin).show_at(&mut inner, place, |ui| {
        if two_lines {
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.horizontal(|ui| strip_worth(ui, desk, view, scene, at, true));
            ui.horizontal(|ui| score_fields(ui, desk, view, scene, at));
        } else {
            ui.horizontal(|ui| {
                strip_name(ui, scene, at);
                score_fields(ui, desk, view, scene, at);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    strip_buttons(ui, desk, view, scene, at, place.width() >= WITH_WORTH);
                });
            });
        }
    });
}

fn strip_name(ui: &mut Ui, scene: &Scene, (f, o): At) {
    let tokens = Tokens::of(ui);
    badge(ui, &scene.options()[o].badge, 22.0);
    let width = 118.0;
    ui.allocate_ui_with_layout(vec2(width, 35.0), Layout::top_down(Align::Min), |ui| {
        ui.set_min_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        let factor = &scene.factors()[f];
        ui.add(
            egui::Label::new(Type::Strong.text(factor.short_name(), tokens.ink).line_height(Some(19.0)))
                .truncate(),
        );
        ui.add(
            egui::Label::new(Type::Small.text(caption(factor), tokens.ink3).line_height(Some(16.0)))
                .truncate(),
        );
    });
}

/// From the right: why, more, evidence, and what the score is worth.
fn strip_buttons(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ScoresView,
    scene: &Scene,
    at: At,
    with_worth: bool,
) {
    let tokens = Tokens::of(ui);
    if Button::new("Why?").icon(icons::QUESTION).show(ui).clicked() {
        explain(desk, scene, at);
    }
    if icon_button(ui, icons::DOTS_THREE, "Curve, evidence and note", true).clicked() {
        view.over = !view.over;
    }
    grade_dots(ui, desk, scene, at, 7.0, 11.0);
    if !with_worth {
        return;
    }
    let words = match (scene.value(at.0, at.1).value, points_of(scene, at)) {
        (Some(value), Some(points)) => format!("worth {}, adds {}", number(value, 0), number(points, 1)),
        (Some(value), None) => format!("worth {}", number(value, 0)),
        _ => "counts as 0 to 100".to_owned(),
    };
    ui.add(egui::Label::new(Type::Small.text(words, tokens.ink2)).truncate());
}

fn strip_worth(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, at: At, name: bool) {
    if name {
        strip_name(ui, scene, at);
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| strip_buttons(ui, desk, view, scene, at, true));
}

fn explain(desk: &mut Desk<'_>, scene: &Scene, (f, o): At) {
    desk.explain(Question::Cell(scene.options()[o].id.clone(), scene.factors()[f].id.clone()));
}

/// The points that a cell adds to the total of its option.
fn points_of(scene: &Scene, (f, o): At) -> Option<f64> {
    let weight = scene.analysis.balance.weights.get(f).copied()?;
    scene.value(f, o).value.map(|value| weight * value)
}

/// The fields for low, likely and high; for a level, a choice.
fn score_fields(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, at: At) {
    let factor = &scene.factors()[at.0];
    if let Scale::Levels(levels) = &factor.scale {
        let said = scale_words::said(Some(scene.level(at.0, at.1)), factor, 0);
        let names = levels.iter().map(|l| l.name.as_str()).chain(["?"]);
        let choice = choose(ui, "Level", &said, names);
        if let Some(name) = choice
            && let Err(why) = view.write(desk, scene, at, &name)
        {
            view.refused = Some((SCORE.to_owned(), why));
        }
    } else {
        figure_fields(ui, desk, view, scene, at);
    }
    if let Some((_, why)) = view.refused.as_ref().filter(|(of, _)| of == SCORE) {
        refusal(ui, why);
    }
}

/// What a refusal of low, likely and high is filed under.
const SCORE: &str = "score";

/// A list to choose from; answers with what was chosen.
fn choose<'a>(ui: &mut Ui, name: &str, shown: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut chosen = None;
    let shown_box = egui::ComboBox::from_id_salt(name).width(180.0).selected_text(shown).show_ui(ui, |ui| {
        for choice in names {
            let words = if choice == "?" { "not known" } else { choice };
            if ui.selectable_label(words == shown, words).clicked() {
                chosen = Some(choice.to_owned());
            }
        }
    });
    shown_box.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {shown}")));
    chosen
}

fn figure_fields(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, at: At) {
    let tokens = Tokens::of(ui);
    let factor = &scene.factors()[at.0];
    let level = scene.level(at.0, at.1);
    let text = |x: f64| number_text::written(x);
    let normal = matches!(level, ScoreLevel::Normal { .. });
    let parts: Vec<(&str, String)> = match *level {
        ScoreLevel::Normal { mean, sd } => vec![("Mean", text(mean)), ("Standard deviation", text(sd))],
        ScoreLevel::Point(x) => vec![("Low", String::new()), ("Likely", text(x)), ("High", String::new())],
        ScoreLevel::Range { low, likely, high } => {
            vec![("Low", text(low)), ("Likely", text(likely)), ("High", text(high))]
        }
        ScoreLevel::Unknown | ScoreLevel::Level(_) => {
            vec![("Low", String::new()), ("Likely", String::new()), ("High", String::new())]
        }
    };
    let in_line = ui.layout().is_horizontal();
    let gaps = space::S * (parts.len() - 1) as f32;
    let width = if in_line { 62.0 } else { (ui.available_width() - gaps) / parts.len() as f32 };
    let given: Vec<&str> = parts.iter().map(|(_, text)| text.as_str()).collect();
    let mut entered: Option<String> = None;
    let mut field = |ui: &mut Ui, i: usize, name: &str, text: &str| {
        if i == 0 && std::mem::take(&mut view.to_panel) {
            focus_field(ui, name);
        }
        let read = |typed: &str| {
            let mut given = given.clone();
            given[i] = typed;
            let words = if normal { format!("{}~{}", given[0], given[1]) } else { joined(&given) };
            ScoresView::read(&words, factor).map(|_| words)
        };
        entered = read_field(ui, name, text, width, read).or(entered.take());
    };
    if in_line {
        for (i, (name, text)) in parts.iter().enumerate() {
            ui.label(Type::Small.text(*name, tokens.ink2));
            // What one cell refused is not for the next that reads the same.
            ui.push_id((at, i), |ui| field(ui, i, name, text));
        }
    } else {
        ui.horizontal(|ui| {
            for (i, (name, text)) in parts.iter().enumerate() {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = space::XS;
                    ui.label(Type::Small.text(*name, tokens.ink2));
                    ui.push_id(at, |ui| field(ui, i, name, text));
                });
            }
        });
    }
    if let Some(words) = entered {
        view.refused = view.write(desk, scene, at, &words).err().map(|why| (SCORE.to_owned(), why));
    }
}

/// Low, likely and high as one cell: ends left empty are the likely score, and no likely score is an unknown cell.
fn joined(given: &[&str]) -> String {
    let [low, likely, high] = given else { return String::new() };
    let (low, likely, high) = (low.trim(), likely.trim(), high.trim());
    if likely.is_empty() || likely == "?" {
        return match (low.is_empty(), high.is_empty()) {
            (true, true) => "?".to_owned(),
            // Half a range says nothing yet of what is likely: the middle of it does.
            (false, true) => low.to_owned(),
            (true, false) => high.to_owned(),
            (false, false) => format!("{low}..{}..{high}", middle(low, high)),
        };
    }
    if low.is_empty() && high.is_empty() {
        return likely.to_owned();
    }
    let or = |end: &str| if end.is_empty() { likely.to_owned() } else { end.to_owned() };
    format!("{}..{likely}..{}", or(low), or(high))
}

fn middle(low: &str, high: &str) -> String {
    match (number_text::number(low), number_text::number(high)) {
        (Some(low), Some(high)) => number_text::written(f64::midpoint(low.value, high.value)),
        // What cannot be read is refused with the rest.
        _ => low.to_owned(),
    }
}

/// The value curve, and the way to edit it.
fn worth(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, (f, o): At) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(Type::Strong.text("What it is worth", tokens.ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            if link(ui, "Edit curve", Type::Small, tokens.ink2).clicked() {
                view.select(scene, f, None);
                view.to_panel = true;
            }
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
            let pencil = icons::PENCIL_SIMPLE.0;
            ui.painter().text(
                rect.center(),
                egui::Align2::CENTER_CENTER,
                pencil,
                Icon::font(15.0),
                tokens.ink2,
            );
        });
    });
    let curve = Curve {
        factor: &scene.factors()[f],
        function: &scene.functions[f],
        level: scene.level(f, o),
        badge: &scene.options()[o].badge,
        value: scene.value(f, o).value,
    };
    if let Some(edit) = curve.show(ui, 156.0, &mut view.drag) {
        scale_editor::take(desk, &scene.factors()[f], edit);
    }
}

/// Why the score is worth what it is, and what it adds to the total.
fn why(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, at: At) {
    let tokens = Tokens::of(ui);
    let (f, o) = at;
    let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
    let balance = &scene.analysis.balance;
    let value = scene.value(f, o).value;
    let asks = value.map_or_else(|| "Why not known?".to_owned(), |v| format!("Why {}?", number(v, 0)));
    if link(ui, &asks, Type::Strong, tokens.ink).clicked() {
        explain(desk, scene, at);
    }
    let sentence = scale_words::why(scene.level(f, o), factor, &scene.functions[f], scene.decimals[f]);
    // A figure and its % sign stay on one line.
    wrapped(ui, sentence.replace(" %", "\u{a0}%"), Type::Body, tokens.ink2);
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.spacing_mut().interact_size.y = 21.0;
    let value_words = value.map_or_else(|| "0–100".to_owned(), |v| number(v, 0));
    line(ui, "Value", &value_words, false);
    let swings: f64 = balance.swings.iter().sum();
    let share = match (balance.weight_basis, balance.swings.get(f)) {
        (WeightBasis::Swings | WeightBasis::Ballots, Some(&swing)) => {
            format!("Swing {} of {}", points_words(swing), points_words(swings))
        }
        _ => "Even weight".to_owned(),
    };
    let weight = balance.weights.get(f).copied().unwrap_or(0.0);
    line(ui, &share, &format!("× {}", number(weight, 3)), false);
    let total = scene.standing(o).and_then(|standing| standing.value);
    let of = total.map_or_else(
        || format!("Points of {}’s total", option.badge),
        |total| format!("Points of {}’s {}", option.badge, number(total, 0)),
    );
    let points = match points_of(scene, at) {
        Some(points) => number(points, 1),
        None if weight > 0.0 => format!("0–{}", number(weight * 100.0, 1)),
        None => "0".to_owned(),
    };
    line(ui, &of, &points, true);
    ui.spacing_mut().item_spacing.y = space::S;
    if let Some(sentence) = what_if(scene, at) {
        ui.add_space(2.0);
        quiet_box(ui, &sentence);
    }
}

fn line(ui: &mut Ui, words: &str, figure: &str, strong: bool) {
    let tokens = Tokens::of(ui);
    let (role, number_role, ink) = if strong {
        (Type::Strong, Type::NumberStrong, tokens.ink)
    } else {
        (Type::Body, Type::Number, tokens.ink2)
    };
    ui.horizontal(|ui| {
        ui.set_height(21.0);
        ui.label(role.text(words, ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(number_role.text(figure, tokens.ink));
        });
    });
}

/// What the worse end of the score would do to the leader, or the better end for another option.
fn what_if(scene: &Scene, (f, o): At) -> Option<String> {
    let balance = &scene.analysis.balance;
    let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
    let (low, high) = limits(scene.level(f, o))?;
    let total = balance.options.get(o)?.value?;
    let value = scene.value(f, o).value?;
    let weight = balance.weights.get(f).copied().filter(|w| *w > 0.0)?;
    // What another end of this score would do is clear only where no other score is open.
    if balance.ranking.iter().any(|&o| balance.options[o].value.is_none()) {
        return None;
    }
    let leads = balance.leader()? == o;
    // An option struck by a must stands nowhere in the ranking.
    balance.options[o].rank?;
    let ends = [("low", low), ("high", high)].map(|(name, x)| (name, x, scene.functions[f].value(x)));
    let [low_end, high_end] = ends;
    let lower_is_worse = low_end.2? <= high_end.2?;
    let (name, score, worth) = if lower_is_worse == leads { low_end } else { high_end };
    let changed = total + weight * (worth? - value);
    let rival = balance
        .ranking
        .iter()
        .filter(|&&other| other != o)
        .filter_map(|&other| Some((other, balance.options[other].value?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let score = figure(score, factor, scene.decimals[f].max(decimals_used(score).min(1)));
    let rival_badge = &scene.options()[rival.0].badge;
    let outcome = match (leads, changed >= rival.1) {
        (true, true) => "and still lead".to_owned(),
        (true, false) => format!("and {rival_badge} would lead"),
        (false, true) => "and would lead".to_owned(),
        (false, false) => format!("and still stand behind {rival_badge}"),
    };
    Some(format!(
        "At the {name} end, {score}, {} would score {} {outcome}.",
        option.badge,
        number(changed, 0)
    ))
}

fn quiet_box(ui: &mut Ui, sentence: &str) {
    let tokens = Tokens::of(ui);
    egui::Frame::new()
        .fill(tokens.sunken)
        .stroke(hairline(tokens.hair))
        .corner_radius(rounded(size::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
                let bend = icons::ARROW_BEND_DOWN_RIGHT.0;
                ui.painter().text(
                    rect.center(),
                    egui::Align2::CENTER_CENTER,
                    bend,
                    Icon::font(17.0),
                    tokens.ink3,
                );
                wrapped(ui, sentence, Type::Small, tokens.ink);
            });
        });
}

/// Grade, source and note of the score.
fn evidence(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, at: At) {
    let tokens = Tokens::of(ui);
    let (f, o) = at;
    let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
    let score = scene.score(f, o);
    ui.horizontal(|ui| {
        ui.set_height(28.0);
        ui.label(Type::Strong.text("Evidence", tokens.ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| grade_dots(ui, desk, scene, at, 9.0, 16.0));
    });
    wrapped(ui, grade_words(score.and_then(|s| s.grade)), Type::Body, tokens.ink2);
    for id in score.map_or(&[][..], |s| &s.evidence) {
        let item = scene.workspace.challenge.evidence.iter().find(|e| e.id == *id);
        if let Some(item) = item {
            wrapped(ui, format!("{}. {}", item.title, item.source), Type::Small, tokens.ink2);
        }
    }
    let of = scene.score_name(f, o);
    let width = ui.available_width();
    ui.label(Type::Small.text("Source", tokens.ink2));
    let signed = desk.session.signature();
    if let Some(source) = text_field(ui, "Source", score.map_or("", |s| &s.source), width) {
        desk.edit(format!("Source of {of}"), None, |w| {
            edits::scores::change_score(w, &factor.id, &option.id, &signed, |score| {
                source.trim().clone_into(&mut score.source);
            });
        });
    }
    ui.label(Type::Small.text("Note", tokens.ink2));
    if let Some(note) = text_field(ui, "Note", score.map_or("", |s| &s.note), width) {
        desk.edit(format!("Note on {of}"), None, |w| {
            edits::scores::change_score(w, &factor.id, &option.id, &signed, |score| {
                note.trim().clone_into(&mut score.note);
            });
        });
    }
}

/// Five dots to grade with; the one that holds takes the grade away.
fn grade_dots(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, (f, o): At, dot: f32, step: f32) {
    let tokens = Tokens::of(ui);
    let now = scene.score(f, o).and_then(|s| s.grade);
    let (rect, _) = ui.allocate_exact_size(vec2(step * 5.0, 28.0), Sense::hover());
    for grade in 1..=5_u8 {
        let x = rect.left() + step * (f32::from(grade) - 0.5);
        let place = Rect::from_center_size(egui::pos2(x, rect.center().y), vec2(step, 28.0));
        let response = ui.interact(place, ui.scope_id().with(("grade", grade)), Sense::click());
        response.widget_info(|| {
            let words = grade_words(Some(grade));
            WidgetInfo::selected(Role::RadioButton, true, now == Some(grade), words)
        });
        if now.is_some_and(|now| grade <= now) {
            ui.painter().circle_filled(place.center(), dot / 2.0, tokens.ink2);
        } else {
            let ink = if response.hovered() { tokens.ink2 } else { tokens.edge };
            ui.painter().circle_stroke(place.center(), dot / 2.0 - 0.6, Stroke::new(1.2, ink));
        }
        paint_focus(ui, &response, place.shrink2(vec2(0.0, 5.0)), 4.0);
        let response = response.on_hover_text(grade_words(Some(grade)));
        if response.clicked() {
            let (factor, option) = (&scene.factors()[f], &scene.options()[o]);
            let new = (now != Some(grade)).then_some(grade);
            let label = format!("Grade {} of {}", lowered(factor.short_name()), option.badge);
            let signed = desk.session.signature();
            desk.edit(label, None, |w| {
                edits::scores::change_score(w, &factor.id, &option.id, &signed, |score| score.grade = new);
            });
        }
    }
}

fn section(ui: &mut Ui) {
    ui.add_space(space::XS);
    hair_rule(ui);
    ui.add_space(space::XS);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(low: &str, likely: &str, high: &str) -> String {
        joined(&[low, likely, high])
    }

    #[test]
    fn three_fields_make_one_score() {
        assert_eq!(of("63", "70", "80"), "63..70..80");
        assert_eq!(of("", "70", ""), "70");
        assert_eq!(of("63", "70", ""), "63..70..70");
        assert_eq!(of("", "", ""), "?");
        assert_eq!(of("60", "", "80"), "60..70..80");
        assert_eq!(of("60", "", ""), "60");
        assert_eq!(of("", "good", "80"), "good..good..80");
    }
}
