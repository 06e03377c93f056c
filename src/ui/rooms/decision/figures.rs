//! What the recommendation stands on: the figures of today beside the record.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    analysis::{Analysis, explain::Question},
    model::{
        Room, Workspace,
        wording::{chance, number, percent, short_pounds},
    },
    ui::{
        desk::Desk,
        drawing::{Part, parts},
        theme::{Tokens, Type, hairline, space},
        widgets::{Card, button::paint_focus, paint_badge, paint_text, paint_text_fitted, wrapped},
    },
};

/// Shows the cards.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let considered = considered(workspace, analysis);
        let table = || {
            let each = considered.iter().map(|of| {
                let option = &workspace.question.options[of.place];
                [option.badge.clone(), option.name.clone(), of.total.clone(), of.left_out_words()]
            });
            parts::table(["option", "name", "total", "left out a year"], each)
        };
        let part = Part::table("Options considered").if_any(!considered.is_empty()).figures(table);
        part.show(ui, |ui| options(ui, desk, workspace, &considered));
    });
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let facts = facts(desk, workspace, analysis);
        let table = || parts::table(["figure", "what it is"], facts.iter().cloned());
        let part = Part::table("How firmly it stands").if_any(!facts.is_empty()).figures(table);
        part.show(ui, |ui| standing(ui, desk, workspace, analysis, &facts));
    });
}

/// An option as it stands in the table.
struct Considered {
    /// Its place among the options of the question.
    place: usize,
    total: String,
    left_out: Option<f64>,
}

impl Considered {
    fn left_out_words(&self) -> String {
        self.left_out.map_or("–".to_owned(), |people| number(people, 0))
    }
}

/// The options considered, best first, those that are struck last.
fn considered(workspace: &Workspace, analysis: &Analysis) -> Vec<Considered> {
    let ranking = &analysis.balance.ranking;
    let struck = (0..workspace.question.options.len()).filter(|o| !ranking.contains(o));
    let each = ranking.iter().copied().chain(struck).map(|place| {
        let total = match analysis.balance.options.get(place) {
            Some(value) if !value.struck_by.is_empty() => "struck".to_owned(),
            Some(value) => value.value.map_or_else(
                || format!("{}–{}", number(value.value_low, 0), number(value.value_high, 0)),
                |total| number(total, 0),
            ),
            None => "–".to_owned(),
        };
        let reach = analysis.reach.options.get(place).and_then(Option::as_ref);
        let left_out = reach.and_then(|reach| reach.left_out_per_year.as_ref().ok().copied());
        Considered { place, total, left_out }
    });
    each.collect()
}

fn options(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, considered: &[Considered]) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Heading.text("Options considered", tokens.ink));
    if workspace.question.options.is_empty() {
        wrapped(ui, "No options yet.", Type::Body, tokens.ink2);
        return;
    }
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let columns = [head.right() - 76.0, head.right()];
    for (x, words) in columns.into_iter().zip(["Total", "Left out"]) {
        paint_text(
            ui.painter(),
            pos2(x, head.center().y),
            Align2::RIGHT_CENTER,
            words,
            Type::Small,
            tokens.ink3,
        );
    }
    for of in considered {
        let option = &workspace.question.options[of.place];
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::click());
        let (total, left_words) = (&of.total, of.left_out_words());
        response.widget_info(|| {
            let words =
                format!("{}, {}: total {total}, left out {left_words} a year", option.badge, option.name);
            WidgetInfo::labeled(Role::Row, true, words)
        });
        ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
        let y = rect.center().y;
        paint_badge(ui.painter(), tokens, &option.badge, pos2(rect.left() + 11.0, y), 22.0);
        let chosen = workspace.decision.recommendation.as_ref() == Some(&option.id);
        let role = if chosen { Type::Strong } else { Type::Body };
        let fit = (columns[0] - 48.0 - rect.left() - 32.0, 1);
        let whole = ui.painter().layout_no_wrap(option.name.clone(), role.font(), tokens.ink).size().x;
        paint_text_fitted(
            ui.painter(),
            pos2(rect.left() + 32.0, y),
            Align2::LEFT_CENTER,
            if whole <= fit.0 { &option.name } else { option.short_name() },
            role,
            tokens.ink,
            fit,
        );
        paint_text(
            ui.painter(),
            pos2(columns[0], y),
            Align2::RIGHT_CENTER,
            total,
            Type::NumberStrong,
            tokens.ink,
        );
        let ink = if of.left_out.is_some_and(|people| people >= 0.5) { tokens.crimson } else { tokens.ink3 };
        paint_text(
            ui.painter(),
            pos2(columns[1], y),
            Align2::RIGHT_CENTER,
            &left_words,
            Type::NumberStrong,
            ink,
        );
        paint_focus(ui, &response, rect, 4.0);
        if response.clicked() {
            desk.explain(Question::Total(option.id.clone()));
        }
    }
}

/// What tells how firmly the answer stands, each as a figure and what it is; nothing while nobody leads.
fn facts(desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) -> Vec<[String; 2]> {
    let balance = &analysis.balance;
    let mut facts = Vec::new();
    let Some(leader) = balance.leader() else { return facts };
    if let Some(share) = balance.commercial_share {
        facts.push([percent(share), "of the weight is commercial today".to_owned()]);
        let next = balance.bands.iter().find(|band| band.from >= share && band.leader != leader);
        if let Some(next) = next {
            let name = workspace.question.options[next.leader].short_name();
            facts.push([percent(next.from), format!("is where {name} would take the lead")]);
        }
    }
    if let (Some(robustness), age) = desk.robustness_of_leader() {
        let first = robustness.rank_acceptability.get(leader).and_then(|ranks| ranks.first()).copied();
        if let Some(first) = first {
            let age = age.map_or_else(String::new, |age| format!(", {age}"));
            facts.push([chance(first), format!("of the draws put the leader first{age}")]);
        }
    }
    let reach = analysis.reach.options.get(leader).and_then(Option::as_ref);
    if let Some(Ok(cost)) = reach.map(|reach| reach.cost_per_year.as_ref()) {
        facts.push([short_pounds(*cost), "is what the leader would be paid a year".to_owned()]);
    }
    facts
}

/// How firmly the answer stands.
fn standing(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    facts: &[[String; 2]],
) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Heading.text("How firmly it stands", tokens.ink));
    let Some(leader) = analysis.balance.leader() else {
        wrapped(ui, "Score two options to see what leads.", Type::Body, tokens.ink2);
        return;
    };
    let option = &workspace.question.options[leader];
    for [figure, words] in facts {
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(84.0, 21.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_min_width(84.0);
                ui.label(Type::Strong.text(figure, tokens.ink));
            });
            wrapped(ui, words, Type::Body, tokens.ink2);
        });
    }
    if crate::ui::widgets::link(ui, &format!("See how {} leads", option.short_name()), Type::Body, tokens.ink)
        .clicked()
    {
        desk.go(Room::Balance, "Balance");
    }
}
