//! How the scores of a factor become values: the kind of scale, its ends, points or levels, what each step is worth, and
//! the questions that find where half the worth is reached.

use egui::{Role, Ui, WidgetInfo};

use super::{
    curve::Curve,
    curve_handles::{CurveEdit, Run},
    factor_editor::{pair, refuse},
    scale_words::{figure, less_is_better, step_worth, worst_and_best},
    score_scene::Scene,
    scores::ScoresView,
};
use crate::{
    analysis::balance::{
        bisection::{MidValue, Narrowed, WorthMore},
        value::ValueStep,
    },
    exchange::{
        figure::{number as read_number, written},
        scale,
    },
    model::{
        balance::{Better, Factor, NamedLevel, Scale, ScoreLevel},
        ids::FactorId,
        wording::{count, decimals_used, number},
    },
    session::edits::{
        self,
        curve::{Point, points_of, scale_through, with_middle_point, with_point, without_point},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{self, Button, button::Segment, icon_button, number_field, segmented, text_field, wrapped},
    },
};

/// Questions being asked about a step of a curve.
#[derive(Clone, Debug)]
pub struct Asking {
    factor: FactorId,
    search: MidValue,
    /// What the mid-value is worth.
    worth: f64,
    /// The question has not been shown yet.
    fresh: bool,
}

/// Shows it for a factor.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, scene: &Scene, f: usize) {
    let factor = &scene.factors()[f];
    kind(ui, desk, view, scene, f);
    scale_fields(ui, desk, view, factor);
    let function = &scene.functions[f];
    let curve = Curve { factor, function, level: &ScoreLevel::Unknown, badge: "", value: None };
    let edit = curve.show(ui, 150.0, &mut view.drag);
    if let Some(edit) = edit {
        take(desk, factor, edit);
    }
    if let Some(points) = points_of(&factor.scale) {
        if matches!(factor.scale, Scale::Points(_)) {
            point_rows(ui, desk, view, factor, &points);
        }
        let tip = "Drag the points, or move them with the arrow keys; a double click adds one.";
        wrapped(ui, tip, Type::Small, tokens(ui).ink3);
        if Button::new("Add a point").icon(icons::PLUS).show(ui).clicked()
            && let Some(points) = with_middle_point(&points)
        {
            take(desk, factor, CurveEdit { points, words: "Add a point to", run: Run::Alone });
        }
        steps(ui, desk, view, factor, &function.steps());
    }
    if matches!(factor.scale, Scale::Local { .. } | Scale::LowestPrice) {
        irrelevant(ui, scene);
    }
}

fn tokens(ui: &Ui) -> &'static Tokens {
    Tokens::of(ui)
}

/// Takes what was done to a curve as a step; a drag is one, and so are moves by the keyboard that follow each other.
pub fn take(desk: &mut Desk<'_>, factor: &Factor, edit: CurveEdit) {
    let key = format!("curve of {}", factor.id);
    let label = format!("{} the curve of {}", edit.words, factor.name);
    let scale = scale_through(edit.points, &factor.scale);
    if edit.run != Run::GoesOn {
        desk.session.settle();
    }
    desk.edit(label, (edit.run != Run::Alone).then_some(key.as_str()), |w| {
        edits::scores::set_scale(w, &factor.id, scale);
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
        }
        Scale::Points(_) => {}
        Scale::Levels(levels) => level_rows(ui, desk, view, factor, levels),
        Scale::Direct => {
            wrapped(ui, "Scores are values already, from 0 to 100.", Type::Small, tokens.ink2);
        }
        Scale::LowestPrice => {
            wrapped(ui, "The lowest price is worth 100, twice that price 50.", Type::Small, tokens.ink2);
        }
    }
}

/// One row a point: its score, what it is worth, and the way to be rid of it.
fn point_rows(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, factor: &Factor, points: &[Point]) {
    for (index, &(score, value)) in points.iter().enumerate() {
        let names = [format!("Score of point {}", index + 1), format!("Value of point {}", index + 1)];
        let mut typed = [None, None];
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            typed[0] = number_field(ui, &names[0], &written(score), 96.0);
            ui.label(Type::Small.text("is worth", tokens(ui).ink2));
            typed[1] = number_field(ui, &names[1], &written(value), 64.0);
            let name = format!("Take away point {}", index + 1);
            if icon_button(ui, icons::X, &name, points.len() > 2).clicked()
                && let Some(points) = without_point(points, index)
            {
                take(desk, factor, CurveEdit { points, words: "Take away a point of", run: Run::Alone });
            }
        });
        if let Some(at) = typed.iter().position(Option::is_some) {
            let text = typed[at].take().unwrap_or_default();
            match with_figure(points, index, at, &text) {
                Ok(points) => {
                    view.refused = None;
                    take(desk, factor, CurveEdit { points, words: "Move a point of", run: Run::Alone });
                }
                Err(expected) => refuse(view, &names[at], &text, &expected),
            }
        }
        refusal(ui, view, &names);
    }
}

/// Why what was typed in one of these fields was refused.
fn refusal(ui: &mut Ui, view: &ScoresView, names: &[String]) {
    if let Some((_, why)) = view.refused.as_ref().filter(|(of, _)| names.contains(of)) {
        widgets::refusal(ui, why);
    }
}

/// The points with one figure typed anew: the score (0) or the value (1) of a point.
fn with_figure(points: &[Point], index: usize, which: usize, text: &str) -> Result<Vec<Point>, String> {
    let figure = read_number(text).ok_or("a number")?.value;
    let mut points = points.to_vec();
    if which == 1 {
        if !(0.0..=100.0).contains(&figure) {
            return Err("a value from 0 to 100".to_owned());
        }
        points[index].1 = figure;
        return Ok(points);
    }
    let value = points.remove(index).1;
    // A score typed past its neighbours puts the point behind them.
    with_point(&points, (figure, value)).ok_or_else(|| "a score that no other point stands at".to_owned())
}

/// What each step of the curve is worth; each can be asked for its middle.
fn steps(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, factor: &Factor, steps: &[ValueStep]) {
    ui.add_space(space::XS);
    ui.label(Type::Strong.text("What each step is worth", tokens(ui).ink));
    for step in steps {
        ui.horizontal(|ui| {
            let room = ui.available_width() - size::CONTROL - space::S;
            ui.vertical(|ui| {
                ui.set_width(room);
                ui.add_space(6.0);
                wrapped(ui, format!("{}.", step_worth(step, factor)), Type::Small, tokens(ui).ink2);
            });
            // Where a step adds nothing there is no half of its worth.
            if step.adds.abs() > 0.0 {
                let at = |x: f64| figure(x, factor, decimals_used(x).min(4));
                let name =
                    format!("Ask where half of it is reached, from {} to {}", at(step.from), at(step.to));
                if icon_button(ui, icons::QUESTION, &name, true).clicked() {
                    view.asking = begin(factor, step);
                }
            }
        });
    }
    ask(ui, desk, view, factor);
}

/// Begins with the worse end, so that both steps of a question are for the better.
fn begin(factor: &Factor, step: &ValueStep) -> Option<Asking> {
    let points = points_of(&factor.scale)?;
    let value = |x: f64| points.iter().find(|point| (point.0 - x).abs() <= 0.0).map(|point| point.1);
    let worth = f64::midpoint(value(step.from)?, value(step.to)?);
    let (from, to) = if step.adds < 0.0 { (step.to, step.from) } else { (step.from, step.to) };
    Some(Asking { factor: factor.id.clone(), search: MidValue::between(from, to)?, worth, fresh: true })
}

/// The question being asked, and its answers.
fn ask(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut ScoresView, factor: &Factor) {
    let Some(asking) = view.asking.as_mut().filter(|asking| asking.factor == factor.id) else { return };
    let fresh = std::mem::take(&mut asking.fresh);
    let search = asking.search;
    let at = |x: f64| figure(x, factor, decimals_used(x).min(4));
    let (from, middle, to) = (at(search.from), at(search.middle()), at(search.to));
    let (low, high) = search.left();
    let mut answer = None;
    let mut stop = false;
    egui::Frame::new()
        .fill(tokens(ui).sunken)
        .stroke(crate::ui::theme::hairline(tokens(ui).hair))
        .corner_radius(crate::ui::theme::rounded(size::RADIUS))
        .inner_margin(egui::Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(Type::Strong.text("Which is worth more?", tokens(ui).ink));
            let steps = [format!("{from} to {middle}"), format!("{middle} to {to}")];
            for (words, says) in [
                (steps[0].as_str(), WorthMore::First),
                (steps[1].as_str(), WorthMore::Second),
                ("Both the same", WorthMore::Same),
            ] {
                let button = Button::new(words).show(ui);
                if fresh && says == WorthMore::First {
                    button.request_focus();
                    button.scroll_to_me(Some(egui::Align::Center));
                }
                if button.clicked() {
                    answer = Some(says);
                }
            }
            let (low, high) = (at(low), at(high));
            let left = format!(
                "Question {}. {} points are reached between {low} and {high}.",
                search.answered + 1,
                number(asking.worth, decimals_used(asking.worth).min(1))
            );
            wrapped(ui, left, Type::Small, tokens(ui).ink2);
            stop = Button::new("Stop asking").quiet().show(ui).clicked();
        });
    if stop {
        view.asking = None;
    } else if let Some(answer) = answer {
        let worth = asking.worth;
        match search.answer(answer) {
            Narrowed::Asking(search) => {
                view.asking = Some(Asking { factor: factor.id.clone(), search, worth, fresh: true });
            }
            Narrowed::Found(score) => {
                view.asking = None;
                found(desk, factor, (score, worth));
            }
        }
    }
}

/// Gives the curve the point that the answers have found.
fn found(desk: &mut Desk<'_>, factor: &Factor, point: Point) {
    let Some(points) = points_of(&factor.scale).and_then(|points| with_point(&points, point)) else { return };
    let words = figure(point.0, factor, decimals_used(point.0).min(4));
    let worth = number(point.1, decimals_used(point.1).min(1));
    desk.session.settle();
    let label = format!("Set {words} of {} to be worth {worth}", factor.name);
    let scale = scale_through(points, &factor.scale);
    if desk.edit(label, None, |w| {
        edits::scores::set_scale(w, &factor.id, scale);
    }) {
        desk.notice(format!("By your answers {words} is worth {worth}. Undo takes the point away."));
    }
}

/// One row a level: its name, its value, its place, and the way to be rid of it.
fn level_rows(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut ScoresView,
    factor: &Factor,
    levels: &[NamedLevel],
) {
    for (index, level) in levels.iter().enumerate() {
        let names = [format!("Name of level {}", index + 1), format!("Value of level {}", index + 1)];
        let mut changed = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let room = ui.available_width() - 56.0 - 3.0 * size::CONTROL - 10.0;
            if let Some(name) = text_field(ui, &names[0], &level.name, room) {
                changed = Some((0, name));
            }
            if let Some(value) = number_field(ui, &names[1], &written(level.value), 56.0) {
                changed = Some((1, value));
            }
            let mut order = levels.to_vec();
            let up = icon_button(ui, icons::ARROW_UP, &format!("Level {} up", level.name), index > 0);
            let last = index + 1 == levels.len();
            let down = icon_button(ui, icons::ARROW_DOWN, &format!("Level {} down", level.name), !last);
            let away =
                icon_button(ui, icons::X, &format!("Take away level {}", level.name), levels.len() > 1);
            if up.clicked() && index > 0 {
                order.swap(index - 1, index);
            } else if down.clicked() && !last {
                order.swap(index, index + 1);
            } else if away.clicked() && levels.len() > 1 {
                order.remove(index);
            }
            if order != levels {
                set(desk, factor, Scale::Levels(order));
            }
        });
        if let Some((which, text)) = changed {
            match with_level(levels, index, which, &text) {
                Ok(levels) => {
                    view.refused = None;
                    set(desk, factor, Scale::Levels(levels));
                }
                Err(expected) => refuse(view, &names[which], &text, &expected),
            }
        }
        refusal(ui, view, &names);
    }
    if Button::new("Add a level").icon(icons::PLUS).show(ui).clicked() {
        let mut more = levels.to_vec();
        let taken = |name: &str| levels.iter().any(|level| level.name == name);
        let name = (levels.len() + 1..).map(|n| format!("level {n}")).find(|name| !taken(name));
        more.push(NamedLevel { name: name.unwrap_or_default(), value: 50.0 });
        set(desk, factor, Scale::Levels(more));
    }
}

/// The levels with the name (0) or the value (1) of one typed anew.
fn with_level(
    levels: &[NamedLevel],
    index: usize,
    which: usize,
    text: &str,
) -> Result<Vec<NamedLevel>, String> {
    let mut levels = levels.to_vec();
    if which == 1 {
        let value = read_number(text).map(|n| n.value).filter(|value| (0.0..=100.0).contains(value));
        levels[index].value = value.ok_or("a value from 0 to 100")?;
        return Ok(levels);
    }
    let name = text.trim();
    let key = crate::exchange::table::key;
    if name.is_empty() || name == "?" {
        return Err("a name".to_owned());
    }
    if levels.iter().enumerate().any(|(at, level)| at != index && key(&level.name) == key(name)) {
        return Err("a name that no other level has".to_owned());
    }
    name.clone_into(&mut levels[index].name);
    Ok(levels)
}

/// Options told one by one in the test, before it only says where the leader would change.
const MOST_TOLD: usize = 8;

/// Says whether leaving out another option would change which leads, where the scale hangs on the options.
fn irrelevant(ui: &mut Ui, scene: &Scene) {
    let ink = tokens(ui).ink2;
    ui.add_space(space::XS);
    ui.label(Type::Strong.text("If an option had not been there", tokens(ui).ink));
    let tests = scene.irrelevant();
    let (Some(leader), false) = (scene.analysis.balance.leader(), tests.is_empty()) else {
        let words = "Nothing to try yet: it takes a leader and another option in the ranking.";
        wrapped(ui, words, Type::Small, ink);
        return;
    };
    let badge = |o: usize| scene.options()[o].badge.as_str();
    let flips = tests.iter().filter(|test| test.leader != leader).count();
    let verdict = match flips {
        0 => format!("{} leads whichever of the others is left out.", badge(leader)),
        _ => format!(
            "Leaving out {} would change which leads. Two fixed ends would not hang on who is in the list.",
            count(flips, "option that does not lead", "options that do not lead")
        ),
    };
    wrapped(ui, verdict, Type::Small, tokens(ui).ink);
    let told = tests.iter().filter(|test| tests.len() <= MOST_TOLD || test.leader != leader);
    for test in told.take(MOST_TOLD) {
        let (without, leads) = (badge(test.option), badge(test.leader));
        let words = if test.leader == leader {
            format!("Without {without}: {leads} still leads.")
        } else {
            format!("Without {without}: {leads} would lead instead of {}.", badge(leader))
        };
        wrapped(ui, words, Type::Small, ink);
    }
}
