//! What would have to be true for another option to win: by weights, by one score, by many.

use egui::{
    Align2, CursorIcon, Popup, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{Acts, SensitivityView, scene::Scene, words};
use crate::{
    analysis::{
        balance::{
            matrix::TIE,
            sensitivity::{
                NoWeightChange, Tornado, WeightChange, break_even_words, failing_words, least_score_change,
            },
        },
        explain::Question,
    },
    model::wording::{decimals_used, list, number},
    ui::{
        desk::Desk,
        icons::{self, Icon},
        rooms::balance::{
            chart::width_of,
            scale_words::{figure, said_range},
        },
        theme::{Tokens, Type, rounded, size},
        widgets::{Paragraph, button::paint_focus, paint_badge, paint_text, paint_text_fitted},
    },
};

/// Factors named in the sentence and drawn as bars, on either side.
const NAMED: usize = 3;

/// The option that is to win: the one that was chosen, else the runner-up.
pub fn chosen_rival(view: &SensitivityView, scene: &Scene) -> Option<usize> {
    let chosen = view.rival.as_ref().and_then(|id| scene.option_index(id));
    let rivals = scene.weighed.ranking.get(1..)?;
    chosen.filter(|o| rivals.contains(o)).or(rivals.first().copied())
}

/// Shows the card's contents in this place.
pub fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    view: &mut SensitivityView,
    scene: &Scene,
    rival: Option<usize>,
    place: Rect,
    acts: &mut Acts,
) {
    show_heading(ui, view, scene, rival, place);
    // The last line may use the padding under it.
    let body = Rect::from_min_max(pos2(place.left(), place.top() + 28.0), place.max + vec2(0.0, 8.0));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body));
    inner.spacing_mut().item_spacing.y = 0.0;
    let tokens = Tokens::of(ui);
    ScrollArea::vertical().id_salt("to win").auto_shrink(false).show(&mut inner, |ui| {
        ui.set_width(body.width());
        let Some(rival) = rival else {
            let words = "Shows once two options are compared.";
            Paragraph::new().run(words, Type::Small, tokens.ink3).show(ui);
            return;
        };
        by_weight(ui, desk, scene, rival, acts);
        ui.add_space(4.0);
        if ties(scene, rival) {
            let words = "Any change of a score of the two decides.";
            asked(ui, "By one score.", words, None, acts);
        } else {
            by_one_score(ui, scene, rival, acts);
        }
        ui.add_space(4.0);
        if let Some(tornado) = scene.tornado(rival) {
            by_many_scores(ui, scene, &tornado);
        }
        if scene.has_unknown() {
            ui.add_space(4.0);
            let words = "Scores that are not known count as half way.";
            asked(ui, "Provisional.", words, None, acts);
        }
    });
}

/// "For [C] to win, this must be true": the badge opens a list of the others.
fn show_heading(ui: &mut Ui, view: &mut SensitivityView, scene: &Scene, rival: Option<usize>, place: Rect) {
    let tokens = Tokens::of(ui);
    let middle = place.top() + 12.0;
    let at = pos2(place.left(), middle);
    let Some(rival) = rival else {
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, "For another to win", Type::Heading, tokens.ink);
        return;
    };
    let before = paint_text(ui.painter(), at, Align2::LEFT_CENTER, "For", Type::Heading, tokens.ink);
    let button = Rect::from_min_size(pos2(before.right() + 5.0, middle - 14.0), vec2(41.0, 28.0));
    let response = ui.interact(button, ui.scope_id().with("rival"), Sense::click());
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(format!("{}, {}", scene.badge(rival), scene.option_name(rival))),
        ..WidgetInfo::labeled(Role::ComboBox, true, "Who is to win")
    });
    if response.hovered() {
        ui.painter().rect_filled(button, rounded(size::RADIUS), tokens.select);
    }
    paint_badge(ui.painter(), tokens, scene.badge(rival), pos2(button.left() + 14.0, middle), 20.0);
    let caret = pos2(button.right() - 8.0, middle);
    ui.painter().text(caret, Align2::CENTER_CENTER, icons::CARET_DOWN.0, Icon::font(12.0), tokens.ink3);
    paint_focus(ui, &response, button, size::RADIUS);
    let left = button.right() + 4.0;
    let wide = (place.right() - left, 1);
    let wordings = ["to win, this must be true", "to win, this must hold", "to win"];
    let fits = |words: &&str| width_of(ui, words, Type::Heading) <= wide.0;
    let words = wordings.into_iter().find(fits).unwrap_or("to win");
    let at = pos2(left, middle);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Heading, tokens.ink, wide);
    Popup::menu(&response).show(|ui| {
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for &option in scene.weighed.ranking.iter().skip(1) {
                let words = format!("{}  {}", scene.badge(option), scene.option_name(option));
                if ui.selectable_label(option == rival, words).clicked() {
                    view.rival = Some(scene.option_id(option).clone());
                    ui.close();
                }
            }
        });
    });
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text("Choose who is to win");
}

/// A sentence that can be asked why; its first words are bold.
fn asked(ui: &mut Ui, lead: &str, rest: &str, question: Option<Question>, acts: &mut Acts) {
    let tokens = Tokens::of(ui);
    let paragraph = Paragraph::new().run(&format!("{lead} "), Type::SmallStrong, tokens.ink).run(
        rest,
        Type::Small,
        tokens.ink2,
    );
    let galley = paragraph.galley(ui.painter(), ui.available_width());
    let sense = if question.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y), sense);
    let role = if question.is_some() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, format!("{lead} {rest}")));
    if response.hovered() && question.is_some() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 1.0)), rounded(size::RADIUS_BAR), tokens.select);
    }
    ui.painter().galley(rect.min, galley, tokens.ink);
    paint_focus(ui, &response, rect.expand2(vec2(4.0, 1.0)), size::RADIUS_BAR);
    if let Some(question) = question {
        acts.with_figure(&response, question);
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
}

fn by_weight(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, rival: usize, acts: &mut Acts) {
    let why = Question::ToWin(scene.option_id(rival).clone());
    let answer = desk.session.ask_to_win(rival);
    match answer.known().filter(|(option, _)| *option == rival).map(|(_, found)| found) {
        Some(Ok(change)) => {
            let words = change_words(scene, change);
            asked(ui, "By weight.", &words, Some(why), acts);
            ui.add_space(4.0);
            show_changes(ui, scene, change);
        }
        Some(Err(reason)) => {
            let words = none_words(scene, rival, *reason);
            asked(ui, "By weight.", &words, Some(why), acts);
        }
        None => asked(ui, "By weight.", "Being worked out.", None, acts),
    }
}

/// "8.5 points of weight move from reoffending to risk transfer:"
fn change_words(scene: &Scene, change: &WeightChange) -> String {
    let names = |side: Vec<(usize, f64)>| {
        let mut names: Vec<String> = side.iter().take(NAMED).map(|(f, _)| scene.lowered_short(*f)).collect();
        if side.len() > NAMED {
            names.push(format!("{} more", side.len() - NAMED));
        }
        list(&names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    format!(
        "{} points of weight move from {} to {}:",
        number(change.moved * 100.0, 1),
        names(change.gifts()),
        names(change.gains())
    )
}

fn none_words(scene: &Scene, rival: usize, reason: NoWeightChange) -> String {
    match reason {
        NoWeightChange::TiesForTheLead => format!("{} {}.", scene.spoken(rival), reason.words()),
        _ => format!("Nothing in these weights: {} {}.", scene.spoken(rival), reason.words()),
    }
}

/// A pair of bars, before and after, for each factor that gives or gains most.
fn show_changes(ui: &mut Ui, scene: &Scene, change: &WeightChange) {
    let tokens = Tokens::of(ui);
    let shown: Vec<usize> = [change.gifts(), change.gains()]
        .iter()
        .flat_map(|side| side.iter().take(NAMED))
        .map(|(f, _)| *f)
        .collect();
    let before = |f: usize| scene.weighed.weights[f];
    let most = shown.iter().map(|&f| before(f).max(change.weights[f])).fold(0.0, f64::max).max(1e-9);
    for f in shown {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
        let (from, to) = (before(f), change.weights[f]);
        let name = format!(
            "{}: from {} to {}",
            scene.factor(f).name,
            words::spoken_weight(from),
            words::spoken_weight(to)
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        let painter = ui.painter();
        let at = pos2(rect.left(), rect.top() + 9.0);
        let wide = (rect.width(), 1);
        let name = &scene.factor(f).name;
        paint_text_fitted(painter, at, Align2::LEFT_CENTER, name, Type::Small, tokens.ink2, wide);
        let x = |w: f64| rect.left() + (w / most) as f32 * (rect.width() - 66.0);
        let colour = tokens.side(scene.factor(f).side);
        let (top, bottom) = (rect.top() + 20.0, rect.top() + 34.0);
        let low = x(from.min(to));
        if low > rect.left() + 0.5 {
            let stays = Rect::from_min_max(pos2(rect.left(), top), pos2(low, bottom));
            painter.rect_filled(stays, rounded(size::RADIUS_BAR), colour.fill);
        }
        let moves = Rect::from_min_max(pos2(low + 0.7, top), pos2(x(from.max(to)), bottom));
        if to > from {
            painter.rect_filled(moves, rounded(size::RADIUS_BAR), colour.tint);
        }
        let outline = Stroke::new(1.4, colour.fill);
        painter.rect_stroke(moves, rounded(size::RADIUS_BAR), outline, StrokeKind::Inside);
        let at = pos2(moves.right() + 8.0, f32::midpoint(top, bottom));
        paint_text(painter, at, Align2::LEFT_CENTER, &words::weight(to), Type::SmallStrong, tokens.ink);
    }
}

/// Whether it leads already, together with the leader.
fn ties(scene: &Scene, rival: usize) -> bool {
    let totals = &scene.weighed.totals;
    scene.weighed.ranking.first().is_some_and(|&leader| totals[leader] - totals[rival] <= TIE)
}

fn by_one_score(ui: &mut Ui, scene: &Scene, rival: usize, acts: &mut Acts) {
    let balance = scene.balance();
    let matrix = &balance.performance.matrix;
    let found = least_score_change(matrix, balance.score_break_evens(), rival);
    let Some(found) = found else {
        let words = format!("No single score on its scale makes {} lead.", scene.spoken(rival));
        asked(ui, "By one score.", &words, None, acts);
        return;
    };
    let factor = scene.factor(found.factor);
    let usual = scene.decimals[found.factor].max(1);
    let written = found.written((matrix, &scene.weighed), factor, usual);
    let decimals = written.decimals;
    let said = |score: f64| figure(score, factor, decimals);
    let (option, name) = (scene.spoken(found.option), scene.lowered_short(found.factor));
    let mut words = format!("{}.", break_even_words(&written.found, factor, &option, &name, said));
    if let Some((low, high)) = matrix.reading(found.factor, found.option).limits().filter(|(l, h)| l < h) {
        let past = if found.score_at_reversal < low {
            format!(" Its low end is {}.", said(low))
        } else if found.score_at_reversal > high {
            format!(" Its high end is {}.", said(high))
        } else {
            let score = scene.workspace.score(&factor.id, scene.option_id(found.option));
            format!(" Its range holds that: {}.", said_range(score.map(|s| &s.level), decimals))
        };
        words.push_str(&past);
    }
    asked(ui, "By one score.", &words, Some(scene.why_cell(found.option, found.factor)), acts);
}

/// What the worst of all scores does.
fn together_words(scene: &Scene, tornado: &Tornado) -> String {
    let (leader, rival) = (scene.spoken(tornado.leader), scene.spoken(tornado.rival));
    if let Some(&f) = tornado.struck_at_worst.first()
        && let Some(must) = scene.factor(f).must
    {
        let said = |score: f64| figure(score, scene.factor(f), decimals_used(score));
        let fails = failing_words(must, said);
        return format!(" At its worst {leader} {fails} on {} and is struck.", scene.lowered_short(f));
    }
    if tornado.bars.is_empty() {
        String::new()
    } else if tornado.all_at_worst < 0.0 {
        format!(" All at their worst for {leader}, {rival} leads it by {}.", number(-tornado.all_at_worst, 1))
    } else {
        format!(" Even all at their worst, {leader} leads {rival} by {}.", number(tornado.all_at_worst, 1))
    }
}

fn by_many_scores(ui: &mut Ui, scene: &Scene, tornado: &Tornado) {
    let tokens = Tokens::of(ui);
    let wide = tornado.wide_enough().count();
    let alone = match (wide, tornado.bars.len()) {
        (_, 0) => "No score has a range.".to_owned(),
        (0, _) => "No single range is wide enough.".to_owned(),
        (1, _) => "One range is wide enough alone.".to_owned(),
        (many, _) => format!("{many} ranges are wide enough alone."),
    };
    let together = together_words(scene, tornado);
    let words = format!("{alone}{together}");
    Paragraph::new()
        .run("By many scores. ", Type::SmallStrong, tokens.ink)
        .run(&words, Type::Small, tokens.ink2)
        .show(ui);
}
