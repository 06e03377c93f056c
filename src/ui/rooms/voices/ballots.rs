//! Ballots: swing points by hand, person by person, and what they come to together.

use egui::{Align2, Painter, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::paint_sector;
use crate::{
    analysis::{Analysis, explain::Question, voices::SwingSpread},
    exchange::figure,
    model::{
        Workspace,
        balance::{Factor, Side, WeightsFrom},
        ids::BallotId,
        voices::{Ballot, CombineRule, Vote},
        wording::{count, decimals_used, number},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, hairline, mix, rounded, size, space},
        widgets::{
            Button, Card, Paragraph, broken_to_fit, button::Segment, cell_field, icon_button, long_list,
            paint_badge, paint_side_mark, paint_text, paint_text_fitted, segmented, wrapped,
        },
    },
};

const HEAD: f32 = 80.0;
const ROW: f32 = 40.0;
const FOOT: f32 = 72.0;
const NAMES: f32 = 190.0;
const LEADS: f32 = 74.0;
/// The narrowest that a factor's column may be; below this the table scrolls sideways.
const NARROWEST: f32 = 47.0;
/// The narrowest in a narrow window, where the table scrolls anyway and names need not be broken.
const READABLE: f32 = 76.0;
/// The room for the bar that scrolls sideways.
const BAR: f32 = 10.0;

/// Whether somebody has given no ballot in this round, and there are factors to weigh.
pub fn lacks_one(workspace: &Workspace, round: u8) -> bool {
    let given = |person| {
        let ballots = &workspace.voices.ballots;
        ballots.iter().any(|ballot| ballot.round == round && ballot.stakeholder.as_ref() == Some(person))
    };
    !workspace.balance.factors.is_empty()
        && workspace.voices.stakeholders.iter().any(|person| !given(&person.id))
}

/// The buttons in the head of the page: the round in view, and adding a ballot.
pub fn head_buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    let round = desk.view.voices.round.clamp(1, 2);
    let ready = lacks_one(&workspace, round);
    let menu = Button::new("Add a ballot").icon(icons::PLUS).enabled(ready);
    let response = menu.tooltip("Take down somebody’s swing points").show(ui);
    if std::mem::take(&mut desk.view.voices.ballot_wanted) && ready {
        response.request_focus();
        egui::Popup::open_id(ui.ctx(), egui::Popup::default_response_id(&response));
    }
    egui::Popup::menu(&response).show(|ui| {
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for person in &workspace.voices.stakeholders {
                let given = |b: &Ballot| b.round == round && b.stakeholder.as_ref() == Some(&person.id);
                if workspace.voices.ballots.iter().any(given) {
                    continue;
                }
                if Button::new(&person.name).quiet().width(240.0).show(ui).clicked() {
                    let id = BallotId::named("ballot", desk.session.new_tail());
                    let ballot = Ballot {
                        marginal: person.marginal,
                        ..Ballot::blank(id, Some(person.id.clone()), person.sector.clone(), round)
                    };
                    desk.edit(format!("Take down the ballot of {}", person.name), None, |w| {
                        w.voices.ballots.push(ballot)
                    });
                    ui.close();
                }
            }
        });
    });
    let segments: Vec<Segment<'_>> = ["Round 1", "Round 2"]
        .into_iter()
        .map(|words| Segment { badge: "", words, colour: None, name: String::new() })
        .collect();
    if let Some(chosen) = segmented(ui, &segments, usize::from(round) - 1) {
        desk.view.voices.round = chosen as u8 + 1;
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    let tokens = Tokens::of(ui);
    if workspace.balance.factors.is_empty() {
        ui.add_space(space::M);
        wrapped(ui, "Ballots weigh factors: add factors in Balance first.", Type::Sentence, tokens.ink2);
        return;
    }
    let (lead, rest) = sentence(&workspace, &analysis);
    Paragraph::new().run(&lead, Type::Heading, tokens.ink).run(&rest, Type::Sentence, tokens.ink2).show(ui);
    if ui.ctx().content_rect().width() < size::NARROW_WINDOW {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let rows = workspace.voices.ballots.len() as f32;
            let tall = HEAD + FOOT + rows.max(1.0) * ROW + 12.0;
            let (place, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), tall.min(560.0)), Sense::hover());
            table(ui, desk, &workspace, &analysis, place);
            ui.add_space(space::L);
            side(ui, desk, &workspace, &analysis);
        });
        return;
    }
    let page = ui.available_rect_before_wrap();
    let right = (page.width() * 0.26).clamp(270.0, 330.0);
    let split = page.right() - right - space::L;
    table(ui, desk, &workspace, &analysis, Rect::from_min_max(page.min, pos2(split, page.bottom())));
    let place = Rect::from_min_max(pos2(split + space::L, page.top()), page.max);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
    inner.set_clip_rect(place.expand(2.0).intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("agreement").auto_shrink(false).show(&mut inner, |ui| {
        side(ui, desk, &workspace, &analysis);
    });
    ui.advance_cursor_after_rect(page);
}

fn sentence(workspace: &Workspace, analysis: &Analysis) -> (String, String) {
    let in_force = analysis.voices.in_force.len();
    if in_force == 0 {
        return ("No ballots yet.".to_owned(), " Add one for each person, or for a sector.".to_owned());
    }
    let changes = analysis.voices.without_sector.iter().flatten().any(|out| out.changes_leader);
    let first = analysis.voices.without_sector.iter().flatten().next();
    let lead = match first {
        Some(out) if !changes => {
            format!(
                "Whichever sector is left out, {} still leads.",
                workspace.question.options[out.leader].badge
            )
        }
        Some(_) => "The leader hangs on one sector’s ballots.".to_owned(),
        None => format!("{} in.", count(in_force, "ballot is", "ballots are")),
    };
    let used = match workspace.balance.weights_from {
        WeightsFrom::Ballots => " The weights come from the ballots.",
        WeightsFrom::Swings => " The weights are the points on Weights; ballots stand beside them.",
    };
    (lead, used.to_owned())
}

fn who(workspace: &Workspace, ballot: &Ballot) -> String {
    match ballot.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id)) {
        Some(person) => person.name.clone(),
        None => workspace
            .sector(&ballot.sector)
            .map_or("Somebody".to_owned(), |sector| format!("{}, unnamed", sector.name)),
    }
}

/// Where the columns of the table stand: names at the left, which stay, and factors that scroll sideways beside them.
#[derive(Clone, Copy)]
struct Columns {
    /// The width of a factor's column.
    step: f32,
    /// The part of the window that the names may be painted in.
    names: Rect,
}

fn table(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, place: Rect) {
    let factors = &workspace.balance.factors;
    Card::new().padding(0, 0).show_at(ui, place, |ui| {
        let inside = place.shrink(1.0);
        let names = inside.with_max_x(inside.left() + NAMES);
        let beside = inside.with_min_x(names.right());
        let narrow = ui.ctx().content_rect().width() < size::NARROW_WINDOW;
        let least = if narrow { READABLE } else { NARROWEST };
        let step = ((beside.width() - LEADS) / factors.len() as f32).max(least);
        let columns = Columns { step, names: names.intersect(ui.clip_rect()) };
        // The foot ends above the bar that scrolls sideways.
        let bar = if LEADS + step * factors.len() as f32 > beside.width() + 0.5 { BAR } else { 0.0 };
        let all = inside.with_max_y(inside.bottom() - bar);
        let mut right = ui.new_child(egui::UiBuilder::new().max_rect(beside));
        right.set_clip_rect(beside.intersect(ui.clip_rect()));
        let scrolled =
            ScrollArea::horizontal().id_salt("ballot factors").auto_shrink(false).show(&mut right, |ui| {
                let width = LEADS + step * factors.len() as f32;
                let (all, _) = ui.allocate_exact_size(vec2(width, all.height()), Sense::hover());
                head(ui, factors, all, columns);
                body(ui, desk, workspace, analysis, all, columns);
                foot(ui, workspace, analysis, all, columns);
            });
        let hidden = scrolled.content_size.x - scrolled.inner_rect.width();
        corner(ui, all, hidden, scrolled.state.clamped_offset().x);
    });
}

/// The head over the names, which says where there is more to see.
fn corner(ui: &Ui, all: Rect, hidden: f32, offset: f32) {
    let tokens = Tokens::of(ui);
    let left = all.left() + 14.0;
    let middle = all.top() + HEAD / 2.0;
    let y = if hidden > 1.0 { middle - 10.0 } else { middle };
    paint_text(ui.painter(), pos2(left, y), Align2::LEFT_CENTER, "Person", Type::Strong, tokens.ink);
    if hidden > 1.0 {
        let words =
            if offset < hidden - 1.0 { "more factors to the right" } else { "more factors to the left" };
        let at = pos2(left, middle + 12.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
        ui.painter().vline(all.left() + NAMES, all.y_range(), hairline(tokens.line));
    }
}

fn body(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    all: Rect,
    columns: Columns,
) {
    let round = desk.view.voices.round.clamp(1, 2);
    let place =
        Rect::from_min_max(pos2(all.left(), all.top() + HEAD), pos2(all.right(), all.bottom() - FOOT));
    let names = columns.names.intersect(
        Rect::everything_right_of(columns.names.left()).with_min_y(place.top()).with_max_y(place.bottom()),
    );
    let columns = Columns { names, ..columns };
    let mut rows = ui.new_child(egui::UiBuilder::new().max_rect(place));
    rows.set_clip_rect(place.intersect(ui.clip_rect()));
    // The names stand beside what scrolls; the wheel shall turn over them too.
    let over_names = ui.input(|input| input.pointer.hover_pos()).is_some_and(|at| names.contains(at));
    ScrollArea::vertical().id_salt("ballots").auto_shrink(false).show(&mut rows, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if over_names {
            let turned = ui.input(|input| input.smooth_scroll_delta());
            ui.scroll_with_delta(vec2(0.0, turned.y));
        }
        let ballots = workspace.voices.ballots.iter().enumerate();
        let ballots: Vec<(usize, &Ballot)> = ballots.filter(|(_, ballot)| ballot.round == round).collect();
        let height = (place.height() / ballots.len().max(1) as f32).clamp(ROW - 5.0, ROW);
        long_list(ui, "ballots of a round", (ballots.len(), None), height, |ui, at| {
            let (index, ballot) = ballots[at];
            row(ui, desk, workspace, analysis, ballot, index, (columns, height));
        });
    });
}

/// The most lines of a factor's name over its column.
const HEAD_LINES: usize = 3;

fn head(ui: &Ui, factors: &[Factor], all: Rect, columns: Columns) {
    let tokens = Tokens::of(ui);
    let step = columns.step;
    for (place, factor) in factors.iter().enumerate() {
        let x = all.left() + step * (place as f32 + 0.5);
        paint_side_mark(ui.painter(), tokens, factor.side, pos2(x, all.top() + 13.0), 9.0);
        let at = pos2(x, all.top() + 23.0);
        let words = broken_to_fit(ui.painter(), factor.short_name(), Type::Small, step - 3.0);
        let fit = (step - 1.0, HEAD_LINES);
        paint_text_fitted(ui.painter(), at, Align2::CENTER_TOP, &words, Type::Small, tokens.ink, fit);
        let head = Rect::from_center_size(pos2(x, all.top() + HEAD / 2.0), vec2(step, HEAD));
        let id = ui.scope_id().with(("ballot head", factor.id.as_str()));
        let response = ui.interact(head, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &factor.name));
        response.on_hover_text(&factor.name);
    }
    let x = all.left() + step * factors.len() as f32 + 22.0;
    let at = pos2(x, all.top() + 23.0);
    paint_text(ui.painter(), at, Align2::CENTER_TOP, "Leads", Type::Small, tokens.ink2);
    let ruled = columns.names.left()..=all.right();
    across(ui, columns).hline(ruled, all.top() + HEAD, hairline(tokens.hair));
}

/// Paints over the names as well as over what scrolls beside them.
fn across(ui: &Ui, columns: Columns) -> Painter {
    let mut painter = ui.painter().clone();
    painter.set_clip_rect(ui.clip_rect().union(columns.names));
    painter
}

/// Whose ballot a row is, at the left of what scrolls.
fn name_of_row(ui: &mut Ui, workspace: &Workspace, ballot: &Ballot, name: &str, rect: Rect, names: Rect) {
    let tokens = Tokens::of(ui);
    let place = Rect::from_x_y_ranges(names.x_range(), rect.y_range());
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
    inner.set_clip_rect(names);
    let painter = inner.painter();
    let y = rect.center().y;
    painter.hline(place.x_range(), rect.bottom(), hairline(tokens.hair));
    paint_sector(painter, tokens, workspace, &ballot.sector, pos2(place.left() + 18.0, y), 13.0);
    let at = pos2(place.left() + 33.0, y);
    let fit = (NAMES - 40.0, 1);
    paint_text_fitted(painter, at, Align2::LEFT_CENTER, name, Type::Body, tokens.ink, fit);
    let id = ui.scope_id().with(("whose ballot", ballot.id.as_str()));
    inner.interact(place, id, Sense::hover()).on_hover_text(name);
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    ballot: &Ballot,
    index: usize,
    (columns, height): (Columns, f32),
) {
    let tokens = Tokens::of(ui);
    let step = columns.step;
    let factors = &workspace.balance.factors;
    let name = who(workspace, ballot);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("Ballot of {name}")));
    ui.painter().hline(rect.x_range(), rect.bottom(), hairline(tokens.hair));
    name_of_row(ui, workspace, ballot, &name, rect, columns.names);
    let y = rect.center().y;
    // Cells just out of view are there too, so that the keyboard reaches them.
    ui.visuals_mut().text_edit_bg_color = Some(egui::Color32::TRANSPARENT);
    let near = ui.clip_rect().expand2(vec2(2.0 * step, 0.0)).x_range();
    for (place, factor) in factors.iter().enumerate() {
        let left = rect.left() + step * place as f32;
        if !near.contains(left) {
            continue;
        }
        let cell = Rect::from_min_max(
            pos2(left + 2.0, rect.top() + 4.0),
            pos2(left + step - 2.0, rect.bottom() - 4.0),
        );
        points(ui, desk, ballot, factor, &name, cell);
    }
    let x = rect.left() + step * factors.len() as f32;
    let first = analysis.voices.ballots.get(index).and_then(|result| result.ranking.first());
    if let Some(&option) = first.filter(|_| !ballot.swings.is_empty()) {
        paint_badge(ui.painter(), tokens, &workspace.question.options[option].badge, pos2(x + 22.0, y), 22.0);
    }
    let place = Rect::from_center_size(pos2(x + 58.0, y), vec2(size::CONTROL, size::CONTROL));
    let mut end = ui.new_child(egui::UiBuilder::new().max_rect(place));
    if icon_button(&mut end, icons::TRASH, &format!("Remove the ballot of {name}"), true).clicked() {
        let id = ballot.id.clone();
        desk.edit(format!("Remove the ballot of {name}"), None, |w| w.voices.ballots.retain(|b| b.id != id));
    }
}

/// One cell: swing points to type, tinted by how many there are.
fn points(ui: &mut Ui, desk: &mut Desk<'_>, ballot: &Ballot, factor: &Factor, name: &str, cell: Rect) {
    let tokens = Tokens::of(ui);
    let given = ballot.swings.get(&factor.id).copied();
    if let Some(given) = given {
        let tint = tokens.side(factor.side).tint;
        let fill = mix(tokens.card, tint, (given / 100.0).clamp(0.15, 1.0) as f32);
        ui.painter().rect_filled(cell, rounded(6.0), fill);
    }
    let quiet = if given.is_some() { egui::Color32::TRANSPARENT } else { tokens.hair };
    ui.visuals_mut().widgets.inactive.bg_stroke = hairline(quiet);
    let shown = given.map(|points| number(points, decimals_used(points))).unwrap_or_default();
    let label = format!("Points of {name} for {}", factor.name);
    let Some(typed) = cell_field(ui, &label, &shown, cell) else { return };
    let points = if typed.trim().is_empty() {
        None
    } else {
        match figure::number(&typed).filter(|points| points.value >= 0.0 && !points.percent) {
            Some(points) => Some(points.value),
            None => {
                desk.notice(format!(
                    "“{typed}” is not a number of points from 0; leave it empty to abstain."
                ));
                return;
            }
        }
    };
    let (id, factor_id) = (ballot.id.clone(), factor.id.clone());
    desk.edit(format!("{name}: points for {}", factor.name), None, |w| {
        if let Some(found) = w.voices.ballots.iter_mut().find(|b| b.id == id) {
            match points {
                Some(points) => found.swings.insert(factor_id, points),
                None => found.swings.remove(&factor_id),
            };
        }
    });
}

/// What the ballots come to: the combined points and their middle half.
fn foot(ui: &Ui, workspace: &Workspace, analysis: &Analysis, all: Rect, columns: Columns) {
    let tokens = Tokens::of(ui);
    let band = Rect::from_min_max(pos2(all.left(), all.bottom() - FOOT), all.max);
    let (upper, lower) = (band.top() + 21.0, band.top() + 51.0);
    let words = match workspace.voices.combine {
        CombineRule::MedianLargest100 => "Median, largest 100",
        CombineRule::MedianAsGiven => "Median",
        CombineRule::MeanWeights => "Mean weight, %",
    };
    let left = columns.names.left();
    let across = across(ui, columns);
    let whole = Rect::from_min_max(pos2(left, band.top()), band.max);
    across.rect_filled(whole, rounded(0.0), tokens.sunken);
    across.hline(whole.x_range(), band.top(), hairline(tokens.line));
    let at = pos2(left + 14.0, upper);
    paint_text(&across, at, Align2::LEFT_CENTER, words, Type::Strong, tokens.ink);
    let at = pos2(left + 14.0, lower);
    paint_text(&across, at, Align2::LEFT_CENTER, "Middle half", Type::Small, tokens.ink2);
    let step = columns.step;
    let combined = analysis.voices.combined_swings.as_ref();
    for (place, factor) in workspace.balance.factors.iter().enumerate() {
        let left = band.left() + step * place as f32;
        let value = combined.and_then(|swings| swings.get(place)).copied().flatten();
        let words = value.map_or("–".to_owned(), |v| number(v, decimals_used(v).min(1)));
        let at = pos2(left + step - 11.0, upper);
        paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::NumberStrong, tokens.ink);
        if let Some(Some(spread)) = analysis.voices.spread.get(place) {
            let line =
                Rect::from_min_max(pos2(left + 5.0, lower - 5.0), pos2(left + step - 5.0, lower + 5.0));
            middle_half(ui, spread, factor.side, line);
        }
    }
}

fn middle_half(ui: &Ui, spread: &SwingSpread, side: Side, line: Rect) {
    let tokens = Tokens::of(ui);
    let most = spread.max.max(100.0);
    let x = |value: f64| line.left() + line.width() * (value / most) as f32;
    let y = line.center().y;
    ui.painter().hline(line.x_range(), y, egui::Stroke::new(2.0, tokens.hair));
    ui.painter().hline(x(spread.min)..=x(spread.max), y, egui::Stroke::new(1.5, tokens.ink3));
    let half =
        Rect::from_min_max(pos2(x(spread.lower_quartile), y - 3.5), pos2(x(spread.upper_quartile), y + 3.5));
    ui.painter().rect_filled(half, rounded(1.5), tokens.side(side).fill);
    ui.painter().vline(x(spread.median), line.y_range(), egui::Stroke::new(2.0, tokens.ink));
}

fn side(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    ui.spacing_mut().item_spacing.y = space::L;
    Card::new().show(ui, |ui| agreement(ui, analysis));
    Card::new().show(ui, |ui| rules(ui, desk, workspace));
    Card::new().show(ui, |ui| without(ui, desk, workspace, analysis));
}

fn agreement(ui: &mut Ui, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.label(Type::Heading.text("Agreement", tokens.ink));
    let figures = [
        ("on factors", &analysis.voices.agreement_on_factors),
        ("on options", &analysis.voices.agreement_on_options),
    ];
    for (words, figure) in figures {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
        let shown = figure.as_ref().map_or_else(|reason| reason.0.to_owned(), |agreed| number(agreed.w, 2));
        response
            .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Agreement {words}: {shown}")));
        let y = rect.center().y;
        paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, words, Type::Body, tokens.ink2);
        if let Ok(w) = figure.as_ref().map(|agreed| agreed.w) {
            let whole =
                Rect::from_min_max(pos2(rect.left() + 88.0, y - 3.5), pos2(rect.right() - 52.0, y + 3.5));
            ui.painter().rect_filled(whole, rounded(3.5), tokens.track);
            let filled = Rect::from_min_size(whole.min, vec2(whole.width() * w.clamp(0.0, 1.0) as f32, 7.0));
            ui.painter().rect_filled(filled, rounded(3.5), tokens.ink2);
            paint_text(
                ui.painter(),
                rect.right_center(),
                Align2::RIGHT_CENTER,
                &shown,
                Type::NumberStrong,
                tokens.ink,
            );
        } else {
            let fit = (rect.width() - 92.0, 1);
            paint_text_fitted(
                ui.painter(),
                rect.right_center(),
                Align2::RIGHT_CENTER,
                &shown,
                Type::Small,
                tokens.ink2,
                fit,
            );
        }
    }
    wrapped(ui, "Kendall’s W: 1 is full agreement, 0 is none.", Type::Small, tokens.ink2);
}

/// How ballots become one set of weights, and whether they do.
fn rules(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::S;
    ui.label(Type::Heading.text("How they count", tokens.ink));
    let combine = [
        ("Largest 100", CombineRule::MedianLargest100, "Median, each ballot’s largest being 100"),
        ("As given", CombineRule::MedianAsGiven, "Median of the points as given"),
        ("Mean", CombineRule::MeanWeights, "Mean of each ballot’s weights"),
    ];
    let segments: Vec<Segment<'_>> = combine
        .iter()
        .map(|(words, _, name)| Segment { badge: "", words, colour: None, name: (*name).to_owned() })
        .collect();
    let current = combine.iter().position(|(_, rule, _)| *rule == workspace.voices.combine).unwrap_or(0);
    if let Some(chosen) = segmented(ui, &segments, current) {
        desk.edit(format!("Combine ballots: {}", combine[chosen].2), None, |w| {
            w.voices.combine = combine[chosen].1
        });
    }
    wrapped(ui, combine[current].2, Type::Small, tokens.ink2);
    let votes = [("One person, one vote", Vote::OnePerson), ("One sector", Vote::OneSector)];
    let segments: Vec<Segment<'_>> = votes
        .iter()
        .map(|(words, _)| Segment { badge: "", words, colour: None, name: (*words).to_owned() })
        .collect();
    let current = votes.iter().position(|(_, vote)| *vote == workspace.voices.vote).unwrap_or(0);
    if let Some(chosen) = segmented(ui, &segments, current) {
        desk.edit(format!("Count ballots: {}", votes[chosen].0), None, |w| w.voices.vote = votes[chosen].1);
    }
    let from = [("Points on Weights", WeightsFrom::Swings), ("Ballots", WeightsFrom::Ballots)];
    ui.label(Type::Small.text("The weights are", tokens.ink3));
    let segments: Vec<Segment<'_>> = from
        .iter()
        .map(|(words, _)| Segment {
            badge: "",
            words,
            colour: None,
            name: format!("The weights are: {words}"),
        })
        .collect();
    let current = from.iter().position(|(_, from)| *from == workspace.balance.weights_from).unwrap_or(0);
    if let Some(chosen) = segmented(ui, &segments, current) {
        desk.edit(format!("Weights from: {}", from[chosen].0), None, |w| {
            w.balance.weights_from = from[chosen].1
        });
    }
}

/// The leader and its lead without each sector.
fn without(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.label(Type::Heading.text("Without one sector", tokens.ink));
    let outs: Vec<_> = workspace.voices.sectors.iter().zip(&analysis.voices.without_sector).collect();
    let most = outs.iter().filter_map(|(_, out)| out.as_ref()?.lead).fold(0.0, f64::max);
    if outs.iter().all(|(_, out)| out.is_none()) {
        wrapped(ui, "Ballots from two sectors are needed.", Type::Body, tokens.ink2);
    }
    for (sector, out) in outs {
        let Some(out) = out else { continue };
        let option = &workspace.question.options[out.leader];
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
        let lead = out.lead.map_or("–".to_owned(), |lead| number(lead, 1));
        response.widget_info(|| {
            WidgetInfo::labeled(
                Role::Row,
                true,
                format!("Without {}: {} leads by {lead}", sector.name, option.name),
            )
        });
        let y = rect.center().y;
        paint_sector(ui.painter(), tokens, workspace, &sector.id, pos2(rect.left() + 7.0, y), 12.0);
        let fit = (94.0, 1);
        let at = pos2(rect.left() + 22.0, y);
        paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            sector.short_name(),
            Type::Body,
            tokens.ink,
            fit,
        );
        let left = rect.left() + 124.0;
        paint_badge(ui.painter(), tokens, &option.badge, pos2(left + 9.0, y), 18.0);
        let share = if most > 0.0 { out.lead.unwrap_or(0.0) / most } else { 0.0 };
        let room = rect.right() - 48.0 - left - 24.0;
        let bar = Rect::from_min_size(pos2(left + 24.0, y - 5.0), vec2(room * share as f32, 10.0));
        ui.painter().rect_filled(bar, rounded(3.0), tokens.option(&option.badge).fill);
        paint_text(
            ui.painter(),
            pos2(rect.right(), y),
            Align2::RIGHT_CENTER,
            &lead,
            Type::NumberStrong,
            tokens.ink,
        );
        if response.clicked() {
            desk.explain(Question::Total(option.id.clone()));
        }
    }
}
