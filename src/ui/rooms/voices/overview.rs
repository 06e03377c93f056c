//! Overview: who speaks for whom, what local means to them, what was heard and done, how sectors rank the options.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{paint_dot_legend, paint_sector, paint_voice, ranking_chart, speaks_first_hand};
use crate::{
    analysis::{Analysis, explain::Question},
    model::{
        Room, Workspace,
        question::{Level, NeedGroup},
        voices::{Heard, Sector, Statement, StatementStatus},
        wording::{capital, count},
    },
    ui::{
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{
            Button, Card, button::paint_focus, long_list, paint_badge, paint_text, paint_text_fitted, wrapped,
        },
    },
};

const COVERAGE_ROW: f32 = 36.0;

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    if workspace.voices.stakeholders.is_empty() && workspace.voices.ballots.is_empty() {
        let tokens = Tokens::of(ui);
        ui.add_space(space::M);
        wrapped(ui, "Nobody has been heard yet.", Type::Sentence, tokens.ink2);
        if Button::new("Add the first voice").icon(icons::USER_PLUS).primary().show(ui).clicked() {
            super::add_person(desk);
        }
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::L);
        let width = ui.available_width();
        let height = ui.available_height();
        if width < 980.0 {
            for part in [heard, coverage, local, done, ranking] {
                Card::new().show(ui, |ui| part(ui, desk, &workspace, &analysis));
            }
            return;
        }
        let groups = workspace.question.need_groups.len() as f32;
        let upper = (height * 0.53).max(162.0 + groups * COVERAGE_ROW);
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.horizontal_top(|ui| {
            for (share, part) in [(0.222, heard as Part), (0.495, coverage), (0.257, local)] {
                let wide = (width - 2.0 * space::L) * share / 0.974;
                ui.allocate_ui_with_layout(vec2(wide, upper), down, |ui| {
                    Card::new().height(upper).show(ui, |ui| part(ui, desk, &workspace, &analysis));
                });
            }
        });
        let lower = (height - upper - space::L).max(300.0);
        ui.horizontal_top(|ui| {
            for part in [done as Part, ranking] {
                let wide = (width - space::L) / 2.0;
                ui.allocate_ui_with_layout(vec2(wide, lower), down, |ui| {
                    Card::new().height(lower).show(ui, |ui| part(ui, desk, &workspace, &analysis));
                });
            }
        });
    });
}

type Part = fn(&mut Ui, &mut Desk<'_>, &Workspace, &Analysis);

/// How many have been heard, sector by sector.
fn heard(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, _: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let people = &workspace.voices.stakeholders;
    let heard = people.iter().filter(|person| person.heard != Heard::No).count();
    ui.label(Type::Heading.text(format!("{} heard", count(heard, "person", "people")), tokens.ink));
    ui.add_space(space::S);
    for sector in &workspace.voices.sectors {
        let of_it: Vec<_> = people.iter().filter(|p| p.sector == sector.id && p.heard != Heard::No).collect();
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 38.0), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Row, true, format!("{}: {} heard", sector.name, of_it.len()))
        });
        ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
        let y = rect.center().y;
        paint_sector(ui.painter(), tokens, workspace, &sector.id, pos2(rect.left() + 8.0, y), 14.0);
        let fit = (rect.width() * 0.46, 1);
        let at = pos2(rect.left() + 25.0, y);
        paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            sector.short_name(),
            Type::Body,
            tokens.ink,
            fit,
        );
        let total = of_it.len().to_string();
        paint_text(
            ui.painter(),
            pos2(rect.right(), y),
            Align2::RIGHT_CENTER,
            &total,
            Type::NumberStrong,
            tokens.ink,
        );
        let mut dots: Vec<bool> = of_it.iter().map(|person| person.heard == Heard::Direct).collect();
        dots.sort_unstable_by(|a, b| b.cmp(a));
        let shown = dots.len().min(((rect.width() * 0.36) / 12.0) as usize);
        for (place, direct) in dots[..shown].iter().enumerate() {
            let x = rect.right() - 34.0 - 12.0 * (shown - 1 - place) as f32;
            if *direct {
                ui.painter().circle_filled(pos2(x, y), 4.5, tokens.ink2);
            } else {
                ui.painter().circle_stroke(pos2(x, y), 4.0, Stroke::new(1.5, tokens.ink2));
            }
        }
        paint_focus(ui, &response, rect, 4.0);
        if response.clicked() {
            desk.view.voices.find = sector.name.clone();
            desk.go(Room::Voices, "Register");
        }
    }
    ui.add_space(space::S);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let right = pos2(rect.left() + 160.0, rect.center().y);
    paint_dot_legend(ui.painter(), tokens, right, ("directly", "otherwise"));
}

/// Need groups against sectors: who speaks for whom, and where nobody does.
fn coverage(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    paint_text(
        ui.painter(),
        rect.left_center(),
        Align2::LEFT_CENTER,
        "Who speaks for whom",
        Type::Heading,
        tokens.ink,
    );
    paint_dot_legend(ui.painter(), tokens, rect.right_center(), ("first hand", "on behalf"));
    let groups = &workspace.question.need_groups;
    let sectors = &workspace.voices.sectors;
    if groups.is_empty() {
        wrapped(ui, "Add need groups in Question to see who speaks for them.", Type::Body, tokens.ink2);
        return;
    }
    let width = ui.available_width();
    let names = (width * 0.36).min(190.0);
    let step = (width - names) / sectors.len().max(1) as f32;
    let (head, _) = ui.allocate_exact_size(vec2(width, 62.0), Sense::hover());
    for (place, sector) in sectors.iter().enumerate() {
        let x = head.left() + names + step * (place as f32 + 0.5);
        paint_sector(ui.painter(), tokens, workspace, &sector.id, pos2(x, head.top() + 14.0), 13.0);
        let at = pos2(x, head.top() + 24.0);
        // Only names of two words can stand in two lines; one word would be broken in its middle.
        let fit = (step, if sector.short_name().contains(' ') { 2 } else { 1 });
        paint_text_fitted(
            ui.painter(),
            at,
            Align2::CENTER_TOP,
            sector.short_name(),
            Type::Small,
            tokens.ink2,
            fit,
        );
    }
    for (group, coverage) in groups.iter().zip(&analysis.voices.coverage) {
        let (rect, _) = ui.allocate_exact_size(vec2(width, COVERAGE_ROW), Sense::hover());
        let at = pos2(rect.left(), rect.center().y);
        let fit = (names - 2.0, 1);
        paint_text_fitted(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            group.short_name(),
            Type::Body,
            tokens.ink,
            fit,
        );
        for (place, sector) in sectors.iter().enumerate() {
            let left = rect.left() + names + step * place as f32;
            let cell = Rect::from_min_max(
                pos2(left + 2.0, rect.top() + 2.0),
                pos2(left + step - 2.0, rect.bottom() - 2.0),
            );
            coverage_cell(ui, desk, workspace, (group, sector), cell, coverage.missing);
        }
    }
    ui.add_space(space::S);
    missing_line(ui, desk, analysis);
}

fn coverage_cell(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    (group, sector): (&NeedGroup, &Sector),
    cell: Rect,
    missing: bool,
) {
    let tokens = Tokens::of(ui);
    let speakers: Vec<_> = workspace
        .voices
        .stakeholders
        .iter()
        .filter(|p| p.sector == sector.id && p.heard != Heard::No && p.speaks_for.contains(&group.id))
        .collect();
    let id = ui.scope_id().with(("speaks", group.id.as_str(), sector.id.as_str()));
    let response = ui.interact(cell, id, Sense::click());
    let gap = missing && sector.first_hand && speakers.is_empty();
    let names: Vec<&str> = speakers.iter().map(|person| person.name.as_str()).collect();
    let words = if gap {
        format!("{}, {}: nobody, and somebody should", group.name, sector.name)
    } else if names.is_empty() {
        format!("{}, {}: nobody", group.name, sector.name)
    } else {
        format!("{}, {}: {}", group.name, sector.name, names.join("; "))
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &words));
    let (fill, outline) = if gap {
        (tokens.crimson_tint, Stroke::new(1.5, tokens.crimson))
    } else if response.hovered() {
        (tokens.select, hairline(tokens.line))
    } else if speakers.is_empty() {
        (tokens.card, hairline(tokens.hair))
    } else {
        (tokens.sunken, hairline(tokens.hair))
    };
    ui.painter().rect(cell, rounded(6.0), fill, outline, StrokeKind::Inside);
    if gap {
        paint_text(
            ui.painter(),
            cell.center(),
            Align2::CENTER_CENTER,
            "none",
            Type::SmallStrong,
            tokens.crimson,
        );
    }
    let shown = speakers.len().min(((cell.width() - 4.0) / 11.5).max(1.0) as usize);
    let gap_between = 11.5;
    for (place, person) in speakers[..shown].iter().enumerate() {
        let x = cell.center().x + (place as f32 - (shown - 1) as f32 / 2.0) * gap_between;
        paint_voice(ui.painter(), tokens, pos2(x, cell.center().y), speaks_first_hand(workspace, person));
    }
    paint_focus(ui, &response, cell, 6.0);
    if response.clone().on_hover_text(&words).clicked() {
        match speakers.first() {
            Some(person) => desk.view.voices.person = Some(person.id.clone()),
            None => desk.view.voices.find = sector.name.clone(),
        }
        desk.go(Room::Voices, "Register");
    }
}

fn missing_line(ui: &mut Ui, desk: &mut Desk<'_>, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    let missing = analysis.voices.coverage.iter().filter(|coverage| coverage.missing).count();
    let words = match missing {
        0 => "Every need group has a voice.".to_owned(),
        n => format!(
            "{} missing. Each group needs somebody who speaks first hand.",
            count(n, "voice", "voices")
        ),
    };
    let (icon, ink) =
        if missing > 0 { (icons::USER_MINUS, tokens.crimson) } else { (icons::CHECK_CIRCLE, tokens.ink2) };
    ui.horizontal_top(|ui| {
        ui.label(egui::RichText::new(icon.0).font(Icon::filled_font(16.0)).color(ink));
        let response = wrapped(ui, words, Type::Small, ink).interact(Sense::click());
        if response.clicked() {
            desk.explain(Question::MissingVoices);
        }
    });
}

/// What local means to people, from a nation down to a few streets, beside where the leader is decided and delivered.
fn local(ui: &mut Ui, _: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let leader = analysis.balance.leader().and_then(|o| workspace.question.options.get(o));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let title = "What “local” means";
    paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, title, Type::Heading, tokens.ink);
    if let Some(option) = leader {
        paint_badge(ui.painter(), tokens, &option.badge, pos2(rect.right() - 11.0, rect.center().y), 22.0);
    }
    let width = ui.available_width();
    let axis = width * 0.45;
    let people = &workspace.voices.stakeholders;
    for level in Level::ALL.into_iter().rev() {
        let those = people.iter().filter(|person| person.local_means == Some(level)).count();
        let (rect, response) = ui.allocate_exact_size(vec2(width, 30.0), Sense::hover());
        let words =
            capital(level.words().strip_prefix("a group").map_or(level.words(), |_| "group of people"));
        let y = rect.center().y;
        let ink = if those > 0 { tokens.ink } else { tokens.ink3 };
        let at = pos2(rect.left() + axis - 14.0, y);
        let fit = (axis - 12.0, 1);
        paint_text_fitted(ui.painter(), at, Align2::RIGHT_CENTER, &words, Type::Body, ink, fit);
        let x = rect.left() + axis;
        ui.painter().vline(x, rect.y_range(), hairline(tokens.line));
        ui.painter().hline((x - 4.0)..=(x + 4.0), y, hairline(tokens.line));
        let mut tags = Vec::new();
        if let Some(option) = leader {
            let places =
                [(option.decided, "decided"), (option.designed, "designed"), (option.delivered, "delivered")];
            tags.extend(places.into_iter().filter(|(place, _)| *place == Some(level)).map(|(_, word)| word));
        }
        let tag = tags.join(", ");
        response.widget_info(|| {
            let at = leader
                .filter(|_| !tag.is_empty())
                .map(|o| format!("; {} is {tag} here", o.name))
                .unwrap_or_default();
            WidgetInfo::labeled(Role::Row, true, format!("{words}: {}{at}", count(those, "person", "people")))
        });
        if let (Some(option), false) = (leader, tag.is_empty()) {
            let colour = tokens.option(&option.badge);
            let ink = if tokens.dark { colour.fill } else { tokens.ink };
            let galley = ui.painter().layout_no_wrap(tag, Type::SmallStrong.font(), ink);
            let size = galley.size() + vec2(16.0, 5.0);
            let frame = Rect::from_min_size(pos2(rect.right() - size.x, y - size.y / 2.0), size);
            ui.painter().rect_filled(frame, rounded(5.0), colour.tint);
            ui.painter().galley(frame.center() - galley.size() / 2.0, galley, ink);
        }
        for place in 0..those.min(9) {
            ui.painter().circle_filled(pos2(x + 16.0 + 12.0 * place as f32, y), 4.5, tokens.ink2);
        }
    }
    let said = people.iter().filter(|person| person.local_means.is_some()).count();
    let small =
        people.iter().filter(|person| person.local_means.is_some_and(|level| level <= Level::Ward)).count();
    ui.add_space(space::XS);
    if said > 0 {
        let words = format!("{small} of {said} mean the ward or smaller.");
        wrapped(ui, words, Type::Small, tokens.ink2);
    } else {
        wrapped(ui, "Nobody has said what local means to them.", Type::Small, tokens.ink2);
    }
}

/// Statements and what was done about each.
fn done(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, _: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let statements = &workspace.voices.statements;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let title = "Heard, and what was done";
    paint_text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, title, Type::Heading, tokens.ink);
    let open = statements.iter().filter(|s| s.status == StatementStatus::Open).count();
    let ink = if open > 0 { tokens.crimson } else { tokens.ink2 };
    let words = if open > 0 { format!("{open} open") } else { "all answered".to_owned() };
    if !statements.is_empty() {
        paint_text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &words, Type::SmallStrong, ink);
    } else {
        wrapped(ui, "No statement has been written down.", Type::Body, tokens.ink2);
    }
    let room = (ui.available_height() - 4.0).max(240.0);
    ScrollArea::vertical().id_salt("done").max_height(room).show(ui, |ui| {
        long_list(ui, "statements heard", (statements.len(), None), STATEMENT_ROW, |ui, at| {
            heard_and_done(ui, desk, workspace, &statements[at]);
        });
    });
}

const STATEMENT_ROW: f32 = 46.0;

/// A statement beside what was done about it.
fn heard_and_done(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, statement: &Statement) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), STATEMENT_ROW), Sense::click());
    let said = format!("“{}”", statement.text);
    let answer = if statement.response.is_empty() { "Not yet answered" } else { &statement.response };
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("{said} {answer}")));
    ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
    let y = rect.center().y;
    let sector = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    if let Some(person) = sector {
        paint_sector(ui.painter(), tokens, workspace, &person.sector, pos2(rect.left() + 8.0, y), 14.0);
    }
    let middle = rect.left() + rect.width() * 0.525;
    let fit = (middle - rect.left() - 40.0, 2);
    let at = pos2(rect.left() + 28.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &said, Type::Small, tokens.ink, fit);
    let (icon, ink) = match statement.status {
        StatementStatus::Open => (icons::WARNING_CIRCLE, tokens.crimson),
        StatementStatus::Done => (icons::CHECK_CIRCLE, tokens.ink2),
        StatementStatus::PassedOn => (icons::ARROW_BEND_UP_RIGHT, tokens.ink2),
        StatementStatus::Declined => (icons::X, tokens.ink2),
    };
    ui.painter().text(pos2(middle + 9.0, y), Align2::CENTER_CENTER, icon.0, Icon::font(17.0), ink);
    let fit = (rect.right() - middle - 28.0, 2);
    let at = pos2(middle + 28.0, y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, answer, Type::Small, ink, fit);
    paint_focus(ui, &response, rect, 4.0);
    if response.clicked() {
        desk.go(Room::Voices, "Statements");
    }
}

fn ranking(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    ranking_chart::show(ui, desk, workspace, analysis);
}
