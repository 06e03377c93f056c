//! Need groups: how many people, what supporting them costs, and what it achieves.

use egui::{Ui, vec2};

use crate::{
    exchange::figure,
    model::{
        money::Pence,
        question::NeedGroup,
        wording::{decimals_used, number},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, size, space},
        widgets::{
            Button, Card, captioned, captioned_row, hinted_field, hinted_wrapping_field, icon_button,
            read_field, scrolled_page, text_field, wrapped,
        },
    },
};

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let tokens = Tokens::of(ui);
    let workspace = desk.workspace();
    let groups = &workspace.question.need_groups;
    scrolled_page(ui, "need groups page", |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        let words = if groups.is_empty() {
            "Need comes first: say whose needs the service is to meet."
        } else {
            "Leave empty what is not known: nothing is assumed in its place."
        };
        wrapped(ui, words, Type::Sentence, tokens.ink2);
        for (index, group) in groups.iter().enumerate() {
            Card::new().show(ui, |ui| card(ui, desk, group, index, groups.len()));
        }
        if Button::new("Add a need group").icon(icons::PLUS).show(ui).clicked() {
            super::add_need_group(desk);
        }
    });
}

fn card(ui: &mut Ui, desk: &mut Desk<'_>, group: &NeedGroup, index: usize, count: usize) {
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    let name = group.short_name().to_owned();
    captioned_row(ui, |ui| {
        let buttons = 3.0 * (size::CONTROL + space::S) + 12.0;
        let room = (ui.available_width() - buttons).max(200.0);
        let typed = captioned(ui, "Need group", room * 0.62, |ui, width| {
            let field = format!("Name of {name}");
            super::welcome(ui, desk, group.id.as_str(), &field);
            text_field(ui, &field, &group.name, width)
        });
        if let Some(typed) = typed {
            let label = format!("Rename {} to {typed}", group.name);
            super::edit_need_group(desk, &group.id, label, |g| g.name = typed);
        }
        let typed = captioned(ui, "Short name, for narrow columns", room * 0.36, |ui, width| {
            hinted_field(ui, &format!("Short name of {name}"), "As the name", &group.short, width)
        });
        if let Some(typed) = typed {
            let label = format!("Change the short name of {}", group.name);
            super::edit_need_group(desk, &group.id, label, |g| g.short = typed);
        }
        if icon_button(ui, icons::ARROW_UP, &format!("Move {name} up"), index > 0).clicked() {
            desk.edit(format!("Move {name} up"), None, |w| w.question.need_groups.swap(index, index - 1));
        }
        if icon_button(ui, icons::ARROW_DOWN, &format!("Move {name} down"), index + 1 < count).clicked() {
            desk.edit(format!("Move {name} down"), None, |w| w.question.need_groups.swap(index, index + 1));
        }
        if icon_button(ui, icons::TRASH, &format!("Remove {name}"), true).clicked() {
            super::ask_to_remove(desk, group.id.as_str());
        }
    });
    figures(ui, desk, group, &name);
    origin(ui, desk, group, &name);
    let words = "Its prices go with it. Undo brings all of it back.";
    if super::is_to_go(ui, desk, group.id.as_str(), words, "Remove the group") {
        super::remove_need_group(desk, &group.id, &group.name);
    }
}

/// Whether the group is seldom heard, and where its figures come from.
fn origin(ui: &mut Ui, desk: &mut Desk<'_>, group: &NeedGroup, name: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        let level = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(0.0, size::CONTROL), level, |ui| {
            let mut seldom = group.seldom_heard;
            if ui.checkbox(&mut seldom, Type::Body.text("Seldom heard", tokens.ink2)).changed() {
                let label = if seldom {
                    format!("Mark {name} as seldom heard")
                } else {
                    format!("{name} is not seldom heard")
                };
                super::edit_need_group(desk, &group.id, label, |g| g.seldom_heard = seldom);
            }
            ui.add_space(space::M);
            ui.label(Type::Small.text("Where from", tokens.ink3));
        });
        let width = (ui.available_width() - 4.0).max(160.0);
        let hint = "Where the figures come from, and what is assumed";
        let field = format!("Source for {name}");
        if let Some(typed) = hinted_wrapping_field(ui, &field, hint, &group.source, width) {
            let label = format!("Say where the figures of {name} come from");
            super::edit_need_group(desk, &group.id, label, |g| g.source = typed);
        }
    });
}

/// What stands in a figure's field, and how what is typed is put back.
struct Field {
    words: &'static str,
    shown: String,
    put: fn(&mut NeedGroup, &str) -> Result<(), &'static str>,
}

fn figures(ui: &mut Ui, desk: &mut Desk<'_>, group: &NeedGroup, name: &str) {
    let plain = |value: Option<f64>| value.map(|v| number(v, decimals_used(v))).unwrap_or_default();
    let share = |value: Option<f64>| {
        value.map(|v| format!("{} %", number(v * 100.0, decimals_used(v * 100.0)))).unwrap_or_default()
    };
    let fields = [
        Field {
            words: "People a year",
            shown: plain(group.people_per_year),
            put: |g, t| read(&mut g.people_per_year, t, count),
        },
        Field {
            words: "Cost to support",
            shown: super::sum(group.cost_supported),
            put: |g, t| read(&mut g.cost_supported, t, money),
        },
        Field {
            words: "Cost of minimal contact",
            shown: super::sum(group.cost_parked),
            put: |g, t| read(&mut g.cost_parked, t, money),
        },
        Field {
            words: "Hours to support",
            shown: plain(group.hours_supported),
            put: |g, t| read(&mut g.hours_supported, t, count),
        },
        Field {
            words: "Success left alone",
            shown: share(group.outcome_without),
            put: |g, t| read(&mut g.outcome_without, t, rate),
        },
        Field {
            words: "Success when parked",
            shown: share(group.outcome_parked),
            put: |g, t| read(&mut g.outcome_parked, t, rate),
        },
        Field {
            words: "Success with support",
            shown: share(group.outcome_supported),
            put: |g, t| read(&mut g.outcome_supported, t, rate),
        },
        Field {
            words: "Spread of success inside",
            shown: share(group.outcome_spread),
            put: |g, t| read(&mut g.outcome_spread, t, spread),
        },
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::S);
        for field in fields {
            let read = |typed: &str| {
                let mut tried = group.clone();
                let done = (field.put)(&mut tried, typed).map(|()| tried);
                done.map_err(|wanted| format!("“{typed}” does not fit: {wanted}"))
            };
            let tried = captioned(ui, field.words, 150.0, |ui, width| {
                read_field(ui, &format!("{}, {name}", field.words), &field.shown, width, read)
            });
            if let Some(tried) = tried {
                let label = format!("Change “{}” of {name}", field.words);
                super::edit_need_group(desk, &group.id, label, |g| *g = tried);
            }
        }
    });
}

fn read<T>(
    place: &mut Option<T>,
    typed: &str,
    parse: fn(&str) -> Result<T, &'static str>,
) -> Result<(), &'static str> {
    *place = if typed.trim().is_empty() { None } else { Some(parse(typed)?) };
    Ok(())
}

fn count(typed: &str) -> Result<f64, &'static str> {
    let figure = figure::number(typed).filter(|figure| !figure.percent && figure.value >= 0.0);
    figure.map(|figure| figure.value).ok_or("write a number, such as 310.")
}

fn money(typed: &str) -> Result<Pence, &'static str> {
    Pence::parse(typed).filter(|sum| sum.0 >= 0).ok_or("write a sum of money, such as £2,900.")
}

fn spread(typed: &str) -> Result<f64, &'static str> {
    let share = figure::share(typed).filter(|share| (0.0..=0.5).contains(share));
    share.ok_or("write a standard deviation from 0 % to 50 %, such as 15 %.")
}

fn rate(typed: &str) -> Result<f64, &'static str> {
    let share = figure::share(typed).filter(|share| (0.0..=1.0).contains(share));
    share.ok_or("write a rate from 0 % to 100 %, such as 42 %.")
}
