//! The first page: the question, the options, the people, and what no choice may undercut.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    model::{
        Room, Workspace,
        question::{Level, NeedGroup, Question, ServiceOption},
        wording::{number, thousands},
    },
    ui::{
        desk::Desk,
        drawing::{
            Part,
            parts::{Rows, table},
        },
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{
            Button, Card, button::paint_focus, focus_field, hair_rule, paint_badge, paint_text,
            paint_text_fitted, scrolled_page, text_area, text_field, wrapped,
        },
    },
};

/// Questions to begin with.
const EXAMPLES: [&str; 3] = [
    "How should support for people leaving custody be commissioned from next April?",
    "Which services for young people’s mental health should we buy, and from whom?",
    "How should we pay for help to people who sleep rough?",
];

/// The width of the names before fields.
const CAPTION: f32 = 86.0;

/// What leads on from a question that has no options.
const NEXT: &str = "Next: add the options";

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let workspace = desk.workspace();
    if workspace.question.text.is_empty() && workspace.question.options.is_empty() {
        // A part of its own, for a page keeps the width that it has been given.
        ui.scope(|ui| begin(ui, desk));
        return;
    }
    scrolled_page(ui, "question page", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::L);
        let width = ui.available_width();
        if width < 1000.0 {
            left(ui, desk, &workspace);
            right(ui, desk, &workspace);
            return;
        }
        let wide = (width - space::L) * 0.605;
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(wide, 0.0), down, |ui| left(ui, desk, &workspace));
            let rest = ui.available_width();
            ui.allocate_ui_with_layout(vec2(rest, 0.0), down, |ui| right(ui, desk, &workspace));
        });
    });
}

/// An empty workspace has only the question, and three to start from.
fn begin(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    ui.set_max_width(760.0);
    ui.add_space(space::XL);
    ui.label(Type::Heading.text("What are you deciding?", tokens.ink));
    if !std::mem::replace(&mut desk.view.question.greeted, true) && !desk.view.for_picture {
        focus_field(ui, "The question");
    }
    let width = ui.available_width();
    if let Some(text) = text_area(ui, "The question", "", width, 2) {
        ask(desk, &text);
    }
    ui.add_space(space::S);
    next(ui, desk);
    ui.add_space(space::S);
    ui.label(Type::Small.text("Or start from one of these", tokens.ink3));
    for example in EXAMPLES {
        if Button::new(example).quiet().show(ui).clicked() {
            ask(desk, example);
        }
    }
}

/// The way on from the question.
fn next(ui: &mut Ui, desk: &mut Desk<'_>) -> egui::Response {
    let response = Button::new(NEXT).icon(icons::PLUS).primary().show(ui);
    if response.clicked() {
        super::add_option(desk);
        desk.go(Room::Question, "Options");
    }
    response
}

fn ask(desk: &mut Desk<'_>, text: &str) {
    let text = text.trim().to_owned();
    desk.view.question.asked = true;
    desk.edit("Ask the question", None, |w| {
        if w.title.is_empty() {
            w.title = short_title(&text);
        }
        w.question.text = text;
    });
}

/// The first words of a question, as a title that can be changed.
fn short_title(question: &str) -> String {
    let words: Vec<&str> = question.split_whitespace().take(8).collect();
    words.join(" ").trim_end_matches(['?', '.', ',']).to_owned()
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    Card::new().padding(20, 16).show(ui, |ui| question_card(ui, desk, workspace));
    Card::new().padding(16, 14).show(ui, |ui| {
        let part = Part::table("Options").figures(|| rows_of_options(workspace));
        part.show(ui, |ui| options_card(ui, desk, workspace));
    });
}

fn rows_of_options(workspace: &Workspace) -> Rows {
    let level = |level: Option<Level>| level.map_or("not said", Level::words).to_owned();
    let heads = ["option", "name", "summary", "how it pays", "decided", "designed", "delivered"];
    table(
        heads,
        workspace.question.options.iter().map(|option| {
            let pays = workspace.terms(&option.id).map_or_else(String::new, |terms| terms.label.clone());
            let [badge, name, summary] = [&option.badge, &option.name, &option.summary].map(Clone::clone);
            let at = [option.decided, option.designed, option.delivered].map(level);
            let [decided, designed, delivered] = at;
            [badge, name, summary, pays, decided, designed, delivered]
        }),
    )
}

fn question_card(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let question = &workspace.question;
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    if let Some(title) = field_line(ui, "Title", |ui, width| text_field(ui, "Title", &workspace.title, width))
    {
        desk.edit("Change the title", None, |w| w.title = title);
    }
    let typed = ui.horizontal_top(|ui| {
        caption(ui, "Question", size::CONTROL);
        let width = ui.available_width();
        text_area(ui, "The question", &question.text, width, 2)
    });
    if let Some(text) = typed.inner {
        desk.edit("Change the question", None, |w| w.question.text = text);
    }
    let width = ui.available_width();
    let columns = if width < 560.0 { 1 } else { 2 };
    egui::Grid::new("question facts").num_columns(columns).spacing(vec2(space::L, space::S)).show(ui, |ui| {
        let each = (width - space::L * (columns - 1) as f32) / columns as f32;
        let facts: [(&str, &str, fn(&mut Question, String)); 3] = [
            ("Place", &question.place, |q, text| q.place = text),
            ("Who decides", &question.decision_maker, |q, text| q.decision_maker = text),
            ("Starts", &question.starts, |q, text| q.starts = text),
        ];
        for (index, (name, value, put)) in facts.into_iter().enumerate() {
            let typed = sized_field(ui, each, name, |ui, width| text_field(ui, name, value, width));
            if let Some(text) = typed {
                desk.edit(format!("Change “{name}”"), None, |w| put(&mut w.question, text));
            }
            if columns == 1 || index % 2 == 1 {
                ui.end_row();
            }
        }
        let years = question.horizon_years.map(|years| years.to_string()).unwrap_or_default();
        if let Some(typed) =
            sized_field(ui, each, "Years", |ui, width| text_field(ui, "Years", &years, width))
        {
            match typed.trim() {
                "" => {
                    desk.edit("Leave the years open", None, |w| w.question.horizon_years = None);
                }
                text => match text.parse::<u32>() {
                    Ok(years) if (1..=100).contains(&years) => {
                        desk.edit("Change the years", None, |w| w.question.horizon_years = Some(years));
                    }
                    _ => desk.notice(format!("“{text}” is not a number of years from 1 to 100.")),
                },
            }
        }
    });
}

fn field_line<R>(ui: &mut Ui, name: &str, field: impl FnOnce(&mut Ui, f32) -> R) -> R {
    let width = ui.available_width();
    sized_field(ui, width, name, field)
}

/// A field with its name before it, in this width.
fn sized_field<R>(ui: &mut Ui, width: f32, name: &str, field: impl FnOnce(&mut Ui, f32) -> R) -> R {
    let across = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(width, size::CONTROL), across, |ui| {
        caption(ui, name, size::CONTROL);
        let rest = ui.available_width().max(60.0);
        field(ui, rest)
    })
    .inner
}

/// The name before a field, in the width that all of them take.
fn caption(ui: &mut Ui, name: &str, height: f32) {
    let tokens = Tokens::of(ui);
    let across = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(CAPTION, height), across, |ui| {
        ui.set_min_size(vec2(CAPTION, height));
        ui.label(Type::Small.text(name, tokens.ink3));
    });
}

fn options_card(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("Options", tokens.ink));
        let there_are_some = !workspace.question.options.is_empty();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if there_are_some
                && Button::new("Add").icon(icons::PLUS).quiet().tooltip("Add an option").show(ui).clicked()
            {
                super::add_option(desk);
                desk.go(Room::Question, "Options");
            }
        });
    });
    if workspace.question.options.is_empty() {
        wrapped(ui, "Nothing to choose between yet: add at least two options.", Type::Body, tokens.ink2);
        ui.add_space(space::S);
        let next = next(ui, desk);
        if std::mem::take(&mut desk.view.question.asked) {
            next.request_focus();
        }
        return;
    }
    ui.add_space(space::XS);
    let width = ui.available_width();
    let columns = [0.0, width * 0.435, width * 0.685, width * 0.79, width * 0.895];
    let (head, _) = ui.allocate_exact_size(vec2(width, 24.0), Sense::hover());
    for (x, words) in columns.into_iter().zip(["Option", "How it pays", "Decided", "Designed", "Delivered"]) {
        let at = pos2(head.left() + x, head.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    }
    for option in &workspace.question.options {
        option_row(ui, desk, workspace, option, &columns);
    }
}

fn option_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    option: &ServiceOption,
    columns: &[f32; 5],
) {
    let tokens = Tokens::of(ui);
    let height = if workspace.question.options.len() > 6 { 58.0 } else { 78.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Row, true, format!("{}, {}: {}", option.badge, option.name, option.summary))
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, rounded(4.0), tokens.sunken);
    }
    ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
    let y = rect.center().y;
    paint_badge(ui.painter(), tokens, &option.badge, pos2(rect.left() + 13.0, y), 26.0);
    let text = rect.left() + 38.0;
    let room = columns[1] - 50.0;
    let upper = pos2(text, if option.summary.is_empty() { y - 10.0 } else { y - 28.0 });
    let name = paint_text_fitted(
        ui.painter(),
        upper,
        Align2::LEFT_TOP,
        &option.name,
        Type::Strong,
        tokens.ink,
        (room, 1),
    );
    let below = pos2(text, name.bottom());
    let rows = if height > 60.0 { 2 } else { 1 };
    paint_text_fitted(
        ui.painter(),
        below,
        Align2::LEFT_TOP,
        &option.summary,
        Type::Small,
        tokens.ink2,
        (room, rows),
    );
    let pays = workspace.terms(&option.id).map_or("", |terms| terms.label.as_str());
    let at = pos2(rect.left() + columns[1], y);
    let fit = (columns[2] - columns[1] - 12.0, 2);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, pays, Type::Small, tokens.ink2, fit);
    for (x, level) in columns[2..].iter().zip([option.decided, option.designed, option.delivered]) {
        let words = level.map_or("not said", |level| level.words());
        let words = words.strip_prefix("a ").unwrap_or(words).trim_end_matches(" of people");
        let at = pos2(rect.left() + x, y);
        let ink = if level.is_some() { tokens.ink } else { tokens.ink3 };
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Body, ink);
    }
    paint_focus(ui, &response, rect, 4.0);
    if response.clicked() {
        desk.go(Room::Question, "Options");
    }
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    Card::new().padding(16, 14).show(ui, |ui| {
        Part::table("For whom").show(ui, |ui| people_card(ui, desk, workspace));
    });
    Card::new().padding(16, 14).show(ui, |ui| limits_card(ui, desk, workspace));
}

fn people_card(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let groups = &workspace.question.need_groups;
    let all: f64 = groups.iter().filter_map(|group| group.people_per_year).sum();
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("Who it is for", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if groups.is_empty() {
                if Button::new("Add").icon(icons::PLUS).quiet().tooltip("Add a need group").show(ui).clicked()
                {
                    super::add_need_group(desk);
                    desk.go(Room::Question, "Need groups");
                }
            } else {
                ui.label(Type::Body.text("a year", tokens.ink2));
                ui.label(Type::Strong.text(thousands(all.round() as u64), tokens.ink));
            }
        });
    });
    if groups.is_empty() {
        wrapped(ui, "Need comes first: say whose needs the service is to meet.", Type::Body, tokens.ink2);
        return;
    }
    let width = ui.available_width();
    let columns = [0.0, width * 0.475, width * 0.775, width];
    let (head, _) = ui.allocate_exact_size(vec2(width, 26.0), Sense::hover());
    for (index, words) in ["Need group", "People", "Cost each", "Success"].into_iter().enumerate() {
        let anchor = if index < 2 { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER };
        let at = pos2(head.left() + columns[index], head.center().y);
        paint_text(ui.painter(), at, anchor, words, Type::Small, tokens.ink3);
    }
    let most = groups.iter().filter_map(|group| group.people_per_year).fold(0.0, f64::max);
    for group in groups {
        group_row(ui, desk, group, most, &columns);
    }
    ui.add_space(space::S);
    wrapped(ui, "Success in 100: left alone, and with full support.", Type::Small, tokens.ink2);
}

fn group_row(ui: &mut Ui, desk: &mut Desk<'_>, group: &NeedGroup, most: f64, columns: &[f32; 4]) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::click());
    let people = group.people_per_year.map_or("not known".to_owned(), |n| number(n, 0));
    let cost = group.cost_supported.map_or("not known".to_owned(), |cost| cost.to_string());
    let rate = |share: Option<f64>| share.map_or("?".to_owned(), |p| number(p * 100.0, 0));
    let success = format!("{} to {}", rate(group.outcome_without), rate(group.outcome_supported));
    response.widget_info(|| {
        let words = format!("{}: {people} people a year, {cost} each, success {success} in 100", group.name);
        WidgetInfo::labeled(Role::Row, true, words)
    });
    ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
    let y = rect.center().y;
    let fit = (columns[1] - 8.0, 1);
    let name = group.short_name();
    paint_text_fitted(
        ui.painter(),
        pos2(rect.left(), y),
        Align2::LEFT_CENTER,
        name,
        Type::Body,
        tokens.ink,
        fit,
    );
    let bar = if most > 0.0 { group.people_per_year.unwrap_or(0.0) / most } else { 0.0 };
    let bar = vec2((30.0 * bar as f32).max(2.0), 8.0);
    let left = pos2(rect.left() + columns[1], y - 4.0);
    ui.painter().rect_filled(egui::Rect::from_min_size(left, bar), rounded(2.0), tokens.ink2);
    let at = pos2(left.x + 38.0, y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &people, Type::Number, tokens.ink);
    let at = pos2(rect.left() + columns[2], y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &cost, Type::Number, tokens.ink);
    let at = pos2(rect.left() + columns[3], y);
    paint_text(ui.painter(), at, Align2::RIGHT_CENTER, &success, Type::Number, tokens.ink2);
    paint_focus(ui, &response, rect, 4.0);
    if response.clicked() {
        desk.go(Room::Question, "Need groups");
    }
}

fn limits_card(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let question = &workspace.question;
    ui.spacing_mut().item_spacing.y = space::S;
    ui.label(Type::Heading.text("What no choice may undercut", tokens.ink));
    for entitlement in &question.entitlements {
        ui.horizontal_top(|ui| {
            ui.label(egui::RichText::new(icons::SHIELD_CHECK.0).font(Icon::font(18.0)).color(tokens.ink2));
            wrapped(ui, format!("{} ({})", entitlement.text, entitlement.answers), Type::Body, tokens.ink);
        });
    }
    if question.entitlements.is_empty() {
        wrapped(ui, "No entitlement or duty is named yet.", Type::Body, tokens.ink2);
    }
    hair_rule(ui);
    ui.label(Type::Heading.text("What is rationed", tokens.ink));
    for trade_off in &question.trade_offs {
        ui.label(Type::Small.text(&trade_off.between, tokens.ink3));
        wrapped(ui, &trade_off.text, Type::Body, tokens.ink);
    }
    if question.trade_offs.is_empty() {
        wrapped(ui, "Nobody has said what is rationed, between whom.", Type::Body, tokens.ink2);
    }
    if Button::new("Change these").icon(icons::PENCIL_SIMPLE).quiet().show(ui).clicked() {
        desk.go(Room::Question, "Entitlements");
    }
}
