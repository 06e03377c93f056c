//! The Explain panel: why a figure is what it is, down to the cell and its evidence.

use egui::{Align, Align2, Layout, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    desk::Desk,
    icons,
    theme::{Tokens, Type, rounded, size, space},
    widgets::{
        Button, badge, evidence_dots, hair_rule, icon_button, link, marks::paint_side_mark,
        paint_text_fitted, wrapped,
    },
};
use crate::{
    analysis::explain::{EditPlace, Explanation, Input, Question, RestsOn, WorkedOut, explain},
    model::{Room, Workspace},
    session::Answer,
};

/// What Why? asks where nothing in particular has the keyboard: the main figure of the room in view.
#[must_use]
pub fn usual_question(desk: &Desk<'_>) -> Option<Question> {
    let workspace = desk.session.workspace();
    let leader = desk.session.analysis().balance.leader();
    let leader = leader.and_then(|o| workspace.question.options.get(o)).map(|o| o.id.clone());
    match desk.view.room()? {
        Room::Balance | Room::Decision | Room::Question => leader.map(Question::Total),
        Room::Reach => {
            let of = if desk.view.page(Room::Reach) == "Changing risk" {
                Question::Bill
            } else {
                Question::Verdict
            };
            desk.view.reach.option_in_view(workspace, desk.session.analysis()).map(of)
        }
        Room::Voices => (!workspace.question.need_groups.is_empty()).then_some(Question::MissingVoices),
        Room::Money | Room::Challenge => None,
    }
}

/// How an answer stands to the workspace as it is now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Age {
    OfNow,
    /// Of an earlier state, while that of now is on its way.
    Updating,
    /// Of an earlier state: the draws were stopped.
    Older,
}

impl Age {
    fn of<T, S>(answer: &Answer<'_, T, S>) -> Self {
        match answer {
            Answer { was_stopped: true, .. } => Self::Older,
            Answer { is_updating: true, .. } => Self::Updating,
            _ => Self::OfNow,
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::OfNow => "",
            Self::Updating => ", updating",
            Self::Older => ", older",
        }
    }
}

/// The answer as it stands; `None` when what was asked about is not there.
fn answer(desk: &mut Desk<'_>, question: &Question) -> (Option<Explanation>, Age) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    let revision = desk.session.revision();
    if let Some(kept) = desk.view.explain.kept_answer(question, revision) {
        return (Some(kept), Age::OfNow);
    }
    let mut age = Age::OfNow;
    let mut to_win = None;
    match question {
        Question::Robust(_) => age = Age::of(&desk.session.robustness()),
        Question::DoubtInWeights | Question::BetterInformation => {
            age = Age::of(&desk.session.ask_better_information());
        }
        Question::ToWin(id) => {
            if let Some(option) = workspace.question.options.iter().position(|o| o.id == *id) {
                let found = desk.session.ask_to_win(option);
                age = Age::of(&found);
                let of_now = found.known().filter(|_| age == Age::OfNow);
                to_win = of_now.filter(|(of, _)| *of == option).map(|(_, found)| found.clone());
            }
            // The weights of an earlier state cannot be told beside those of now: what was told then stays.
            if let (None, Some(earlier)) = (&to_win, desk.view.explain.earlier_answer(question)) {
                return (Some(earlier), age);
            }
        }
        _ => {}
    }
    let worked_out = WorkedOut {
        robustness: desk.session.robustness().known(),
        better_information: desk.session.better_information().known(),
        to_win: to_win.as_ref(),
    };
    let answer = explain(question, &workspace, &analysis, worked_out);
    if let Some(answer) = answer.as_ref().filter(|_| question.is_dear() || to_win.is_some()) {
        desk.view.explain.keep_answer(question, revision, answer);
    }
    (answer, age)
}

/// Shows the answer to the question being asked.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    let Some(question) = desk.view.explain.question().cloned() else { return };
    let workspace = desk.workspace();
    let (answer, age) = answer(desk, &question);
    let Some(answer) = answer else {
        // What was asked about has been removed meanwhile, unless it is only being drawn anew.
        if !desk.session.robustness().is_updating {
            desk.view.explain.close();
        }
        return;
    };
    heading(ui, desk, &workspace, &answer, age);
    // Figures of before stay, and fade only when the next take a while.
    let is_old = age != Age::OfNow;
    let fading = ui.ctx().animate_bool_with_time(ui.scope_id().with("of before"), is_old, 0.4);
    ui.set_opacity(1.0 - 0.5 * fading);
    let foot = 40.0;
    ScrollArea::vertical().max_height(ui.available_height() - foot).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for line in &answer.formula {
            wrapped(ui, line, Type::Body, tokens.ink2);
        }
        section(ui);
        let column = figure_column(ui, &answer.inputs);
        for input in &answer.inputs {
            input_row(ui, desk, input, column);
        }
        sentences(ui, "Assumptions", &answer.assumptions);
        if !answer.evidence.is_empty() {
            section(ui);
            ui.label(Type::Strong.text("Evidence", tokens.ink));
            for (grade, title) in &answer.evidence {
                ui.horizontal_top(|ui| {
                    ui.add_space(1.0);
                    ui.vertical(|ui| {
                        ui.add_space(6.0);
                        evidence_dots(ui, *grade, 6.0);
                    });
                    wrapped(ui, title, Type::Small, tokens.ink2);
                });
            }
        }
        dissent(ui, desk, &answer);
        sentences(ui, "What would change it", &answer.changes);
        if let Some(rests_on) = &answer.rests_on {
            sentences(ui, "What it rests on", std::slice::from_ref(&rests_on.sentence));
            grade_bar(ui, rests_on);
        }
        if !answer.source.is_empty() {
            section(ui);
            wrapped(ui, answer.source, Type::Small, tokens.ink3);
        }
    });
    ui.set_opacity(1.0);
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        ui.horizontal(|ui| {
            if Button::new("Copy as text").icon(icons::COPY).quiet().show(ui).clicked() {
                ui.copy_text(answer.as_text());
                desk.notice("Copied as text");
            }
        });
    });
}

fn heading(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, answer: &Explanation, age: Age) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        if desk.view.explain.has_earlier() && icon_button(ui, icons::CARET_LEFT, "Back", true).clicked() {
            desk.view.explain.back();
        }
        if let Some(option) = answer.option.and_then(|o| workspace.question.options.get(o)) {
            badge(ui, &option.badge, 22.0);
        }
        let room = ui.available_width() - size::CONTROL - space::S;
        ui.allocate_ui_with_layout(vec2(room, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            let title = format!("{}{}", answer.title, age.in_words());
            let ink = if age == Age::OfNow { tokens.ink } else { tokens.ink3 };
            ui.add(egui::Label::new(Type::Strong.text(title, ink)).truncate());
        });
        if icon_button(ui, icons::X, "Close the explanation", true).clicked() {
            desk.view.explain.close();
        }
    });
    ui.add_space(space::XS);
}

fn section(ui: &mut Ui) {
    ui.add_space(space::S);
    hair_rule(ui);
    ui.add_space(space::S);
}

fn sentences(ui: &mut Ui, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    section(ui);
    ui.label(Type::Strong.text(title, tokens.ink));
    for sentence in sentences {
        wrapped(ui, sentence, Type::Small, tokens.ink2);
    }
}

/// Who does not agree, in their own words; each leads to where it is written down.
fn dissent(ui: &mut Ui, desk: &mut Desk<'_>, answer: &Explanation) {
    if answer.dissent.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    section(ui);
    ui.label(Type::Strong.text("Dissent", tokens.ink));
    for (index, dissent) in answer.dissent.iter().enumerate() {
        ui.push_id(("dissent", index), |ui| {
            if link(ui, &dissent.who, Type::SmallStrong, tokens.ink).clicked() {
                go_to(desk, &dissent.edit);
            }
            wrapped(ui, format!("“{}”", dissent.text), Type::Small, tokens.ink2);
        });
    }
}

/// The weight by grade of evidence, best grade first, as one bar with the grades under it.
fn grade_bar(ui: &mut Ui, rests_on: &RestsOn) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &rests_on.sentence));
    let mut x = rect.left();
    for (place, (grade, share)) in rests_on.shares.iter().enumerate() {
        let width = rect.width() * *share as f32;
        let fill = match grade {
            Some(4..) => tokens.ink2,
            Some(3) => tokens.edge,
            Some(_) => tokens.line,
            None => tokens.track,
        };
        let bar = egui::Rect::from_min_size(pos2(x, rect.top()), vec2((width - 1.5).max(1.0), 12.0));
        ui.painter().rect_filled(bar, rounded(3.0), fill);
        let words = match grade {
            Some(grade) if place == 0 => format!("grade {grade}"),
            Some(grade) => grade.to_string(),
            None => "none".to_owned(),
        };
        let fits = (width.max(12.0), 1);
        paint_text_fitted(
            ui.painter(),
            pos2(x, rect.bottom()),
            Align2::LEFT_BOTTOM,
            &words,
            Type::Small,
            tokens.ink3,
            fits,
        );
        x += width;
    }
}

fn figure_role(input: &Input) -> Type {
    if input.depth == 0 { Type::NumberStrong } else { Type::NumberSmall }
}

fn figure_width(ui: &Ui, input: &Input) -> f32 {
    let colour = Tokens::of(ui).ink;
    ui.painter().layout_no_wrap(input.figure.clone(), figure_role(input).font(), colour).size().x.ceil()
}

/// The room that figures beside a bar take, so that all bars begin at one place.
fn figure_column(ui: &Ui, inputs: &[Input]) -> f32 {
    inputs.iter().filter(|input| input.bar.is_some()).map(|input| figure_width(ui, input)).fold(0.0, f32::max)
}

/// One input: its words, a bar where one helps, its figure. It leads to its own why, else to where it is edited.
fn input_row(ui: &mut Ui, desk: &mut Desk<'_>, input: &Input, column: f32) {
    let tokens = Tokens::of(ui);
    let indent = input.depth as f32 * 16.0;
    let role = if input.depth == 0 { Type::Strong } else { Type::Small };
    let leads = input.why.is_some() || input.edit.is_some();
    let width = ui.available_width();
    let own_width = figure_width(ui, input);
    let figure_width = if input.bar.is_some() { own_width.max(column) } else { own_width }.min(width * 0.45);
    let bar = if input.bar.is_some() { 76.0 } else { 0.0 };
    let mark = if input.depth == 0 && input.side.is_some() { 18.0 } else { 0.0 };
    let words_width = (width - indent - mark - bar - figure_width - 10.0).max(40.0);
    let words = {
        let mut job = egui::text::LayoutJob::single_section(input.label.clone(), role.format(tokens.ink));
        job.wrap.max_width = words_width;
        ui.painter().layout_job(job)
    };
    let height = (words.size().y + 4.0).max(24.0);
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, height), if leads { Sense::click() } else { Sense::hover() });
    let kind = if leads { Role::Link } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(kind, true, format!("{}: {}", input.label, input.figure)));
    if leads && response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), rounded(4.0), tokens.select);
    }
    let side = input.side.map(|side| tokens.side(side));
    let mut x = rect.left() + indent;
    if let (Some(side), true) = (input.side, input.depth == 0) {
        paint_side_mark(ui.painter(), tokens, side, pos2(x + 5.0, rect.center().y), 10.0);
        x += mark;
    }
    let ink = match side {
        Some(side) if input.depth == 0 => side.text,
        _ => tokens.ink,
    };
    ui.painter().galley_with_override_text_color(pos2(x, rect.center().y - words.size().y / 2.0), words, ink);
    let right = pos2(rect.right(), rect.center().y);
    let fit = (figure_width + 1.0, 1);
    let figure_role = figure_role(input);
    paint_text_fitted(ui.painter(), right, Align2::RIGHT_CENTER, &input.figure, figure_role, tokens.ink, fit);
    if let Some(share) = input.bar {
        let left = rect.right() - figure_width - 8.0 - 66.0;
        let whole = egui::Rect::from_min_size(pos2(left, rect.center().y - 3.0), vec2(66.0, 6.0));
        ui.painter().rect_filled(whole, rounded(3.0), tokens.track);
        let filled = egui::Rect::from_min_size(whole.min, vec2(66.0 * share.clamp(0.0, 1.0) as f32, 6.0));
        ui.painter().rect_filled(filled, rounded(3.0), side.map_or(tokens.ink2, |s| s.fill));
    }
    super::widgets::button::paint_focus(ui, &response, rect.expand2(vec2(4.0, 0.0)), 4.0);
    if response.clicked() {
        match (&input.why, &input.edit) {
            (Some(question), _) => desk.view.explain.ask(question.clone()),
            (None, Some(place)) => go_to(desk, place),
            (None, None) => {}
        }
    }
    if let (Some(_), Some(place)) = (&input.why, &input.edit) {
        response.context_menu(|ui| {
            if link(ui, "Go to where this is edited", Type::Body, tokens.ink).clicked() {
                go_to(desk, place);
                ui.close();
            }
        });
    }
}

/// Goes to where an input is edited.
pub fn go_to(desk: &mut Desk<'_>, place: &EditPlace) {
    match place {
        EditPlace::Score(option, factor) => {
            desk.go(Room::Balance, "Scores");
            desk.view.balance.select_cell(factor, option);
        }
        EditPlace::Scale(factor) => {
            desk.go(Room::Balance, "Scores");
            desk.view.balance.select_factor(factor);
        }
        EditPlace::Swing(factor) => {
            desk.go(Room::Balance, "Weights");
            desk.view.balance.select_factor(factor);
        }
        EditPlace::NeedGroup(_) => desk.go(Room::Question, "Need groups"),
        EditPlace::Terms(option) => {
            desk.go(Room::Reach, "Payment design");
            desk.view.reach.choose(option);
        }
        EditPlace::ChangingRisk => desk.go(Room::Reach, "Changing risk"),
        EditPlace::Stakeholders => desk.go(Room::Voices, "Register"),
        EditPlace::Stakeholder(person) => {
            desk.go(Room::Voices, "Register");
            desk.view.voices.look_at_person(person);
        }
        EditPlace::Statement(statement) => {
            desk.go(Room::Voices, "Statements");
            desk.view.voices.look_at_statement(statement);
        }
        EditPlace::Statements(about) => {
            desk.go(Room::Voices, "Statements");
            desk.view.voices.look_at_statements_on(about);
        }
        EditPlace::Ballots => desk.go(Room::Voices, "Ballots"),
        EditPlace::Options => desk.go(Room::Question, "Options"),
        EditPlace::Entitlements => desk.go(Room::Question, "Entitlements"),
    }
}
