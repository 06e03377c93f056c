//! Offices: whose caseloads fall short of the equal share, and which office does less than its people lead one to expect.

use egui::{Ui, vec2};

use super::{
    Seen, funnel, lead, left_out,
    place_table::{Cell, Look, PlaceTable},
    words,
};
use crate::ui::drawing::Part;
use crate::{
    analysis::reach::caseload::{funnel::Funnel, gates::Passage},
    model::wording::percent,
    ui::{
        desk::Desk,
        theme::space,
        widgets::{Card, button::Segment, scrolled_page, segmented},
    },
};

const RIGHT: f32 = 440.0;

/// Shows the sheet.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let (clause, rest) = words::about_offices(seen);
    lead(ui, &clause, &rest);
    if seen.counted.providers.is_empty() {
        return;
    }
    let (width, height) = (ui.available_width(), ui.available_height());
    if width < 900.0 {
        scrolled_page(ui, "caseload offices", |ui| {
            ui.spacing_mut().item_spacing.y = space::L;
            chart(ui, desk, seen, 480.0);
            left_out::show(ui, desk, seen);
            shares(ui, seen);
        });
        return;
    }
    let right = if width < 1_100.0 { 360.0 } else { RIGHT };
    let down = egui::Layout::top_down(egui::Align::Min);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.allocate_ui_with_layout(vec2(width - right - space::L, height), down, |ui| {
            chart(ui, desk, seen, height);
        });
        ui.allocate_ui_with_layout(vec2(right, height), down, |ui| {
            egui::ScrollArea::vertical().id_salt("beside the funnel").auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::L;
                left_out::show(ui, desk, seen);
                shares(ui, seen);
            });
        });
    });
}

fn chart(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, height: f32) {
    Card::new().height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let words = ["Groups of each office", "Offices as wholes"];
        let segments: Vec<Segment<'_>> = words
            .iter()
            .map(|words| Segment { badge: "", words, colour: None, name: format!("Funnel of: {words}") })
            .collect();
        let current = usize::from(desk.view.reach.caseload.by_office);
        if let Some(chosen) = segmented(ui, &segments, current) {
            desk.view.reach.caseload.by_office = chosen == 1;
        }
        let room = height - 28.0 - 40.0;
        if desk.view.reach.caseload.by_office {
            let gate = seen.gate_in_view(desk);
            let part = Part::chart("Funnel of offices as wholes");
            part.show(ui, |ui| funnel::of_offices(ui, desk, seen, (gate, room)));
        } else {
            let part = Part::chart("Funnel of groups of each office");
            part.show(ui, |ui| funnel::of_caseloads(ui, desk, seen, room));
        }
    });
}

/// The share that passed from gate to gate by group and office.
fn shares(ui: &mut Ui, seen: &Seen<'_>) {
    let Ok(funnel) = &seen.check.served else { return };
    let title = format!("Share {} by office", seen.gate(funnel.to));
    let table = PlaceTable {
        title: &title,
        names: (0..seen.counted.groups.len()).map(|group| seen.short(group).to_owned()).collect(),
        places: seen.counted.providers.iter().map(|place| place.name.clone()).collect(),
        threshold: seen.small.threshold,
        note: "The mix of people as it is. An office can have a good reason; ask before you judge.",
    };
    table.show(ui, |group, place| {
        let counts = &seen.counted.providers[place].groups[group];
        let eligible = counts.came_to(Funnel::stage(funnel.from, funnel.to));
        let here = Passage { eligible, passed: counts.passed(funnel.to) };
        if !seen.small.tells_caseload(place, group) {
            return Cell { words: "hidden".to_owned(), look: Look::Hatched };
        }
        let point = funnel.points.iter().find(|point| (point.provider, point.group) == (place, group));
        let low = point.and_then(|point| point.place).is_some_and(|place| place.is_below());
        match here.rate() {
            Ok(rate) => Cell { words: percent(rate), look: if low { Look::Flagged } else { Look::Plain } },
            Err(_) => Cell { words: "nobody".to_owned(), look: Look::Faint },
        }
    });
}
