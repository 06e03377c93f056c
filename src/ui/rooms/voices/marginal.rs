//! Marginal voices: the answer with quiet voices at nought, once and double, sector by sector too, and what each option
//! would cost each sector.

use egui::{Align2, CursorIcon, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    card_head::{ask_on_focus, card_head, lead_words, outcome_name, outcome_tile},
    fairness_table, paint_sector,
};
use crate::{
    analysis::{
        Analysis,
        explain::{Question, VoiceQuestion},
        voices::{AtWeights, Outcome, words},
    },
    model::{
        Room, Workspace,
        question::ServiceOption,
        voices::{Sector, Stakeholder},
        wording::count,
    },
    ui::{
        desk::Desk,
        drawing::{Part, parts::Rows},
        icons,
        theme::{Tokens, Type, hairline, size, space},
        widgets::{
            Button, Card, Paragraph, button::paint_focus, long_list, paint_badge, paint_text,
            paint_text_fitted, scrolled_page, wrapped,
        },
    },
};

/// The ways of counting, from nothing to nothing else.
const WAYS: [&str; 4] = ["at nought", "once", "double", "alone"];

fn ways(at: &AtWeights) -> [Option<Outcome>; 4] {
    [at.nought, at.once, at.double, at.alone]
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    let tokens = Tokens::of(ui);
    let (lead, rest) = words::marginal(&workspace, &analysis);
    Paragraph::new()
        .run(&lead, Type::Heading, tokens.ink)
        .run(&format!(" {rest}"), Type::Sentence, tokens.ink2)
        .show(ui);
    ui.add_space(space::XS);
    if analysis.voices.in_force.is_empty() {
        if Button::new("Go to Ballots").icon(icons::ARROW_RIGHT).show(ui).clicked() {
            desk.go(Room::Voices, "Ballots");
        }
        return;
    }
    scrolled_page(ui, "marginal voices", |ui| {
        ui.spacing_mut().item_spacing = vec2(space::L, space::L);
        let width = ui.available_width();
        if width < 900.0 {
            left_cards(ui, desk, &workspace, &analysis);
            fairness_card(ui, desk, &workspace, &analysis);
            return;
        }
        let left = (width * 0.44).min(540.0);
        ui.horizontal_top(|ui| {
            let down = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(vec2(left, 0.0), down, |ui| {
                ui.set_width(left);
                left_cards(ui, desk, &workspace, &analysis);
            });
            let right = width - left - space::L;
            ui.allocate_ui_with_layout(vec2(right, 0.0), down, |ui| {
                ui.set_width(right);
                fairness_card(ui, desk, &workspace, &analysis);
            });
        });
    });
}

fn left_cards(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    Card::new().show(ui, |ui| {
        let has_rows = !analysis.voices.marginal_ballots.is_empty()
            || workspace.voices.stakeholders.iter().any(|who| who.marginal);
        let part = Part::table("Marginal voices").if_any(has_rows);
        let part = part.figures(|| people_table(workspace, analysis));
        part.show(ui, |ui| people(ui, desk, workspace, analysis));
    });
    Card::new().show(ui, |ui| {
        let part = Part::table("Sectors").figures(|| sectors_table(workspace, analysis));
        part.show(ui, |ui| sectors(ui, desk, workspace, analysis));
    });
}

fn fairness_card(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    Card::new().show(ui, |ui| {
        let part = Part::table("What each option costs each sector");
        let part = part.if_any(analysis.voices.fairness.is_ok());
        let part = part.figures(|| fairness_table::table(workspace, analysis));
        part.show(ui, |ui| fairness_table::show(ui, desk, workspace, analysis));
    });
}

/// Everybody marked as marginal, with who leads by their points, and the answer with all of them at each weight.
fn people_table(workspace: &Workspace, analysis: &Analysis) -> Rows {
    let heads = ["who", "sector", "leads by their points"].into_iter().chain(WAYS).map(str::to_owned);
    let nothing = || WAYS.map(|_| String::new());
    let mut rows = vec![heads.collect()];
    for who in workspace.voices.stakeholders.iter().filter(|who| who.marginal) {
        let sector = workspace.sector(&who.sector).map_or_else(String::new, |sector| sector.name.clone());
        let leads = leads_by(workspace, analysis, who);
        let leads = leads.map_or_else(|| "no ballot".to_owned(), |option| option.name.clone());
        rows.push([who.name.clone(), sector, leads].into_iter().chain(nothing()).collect());
    }
    if let Ok(at) = &analysis.voices.marginal {
        let all = ["All of them together".to_owned(), String::new(), String::new()];
        rows.push(all.into_iter().chain(outcomes(workspace, at)).collect());
    }
    rows
}

/// Every sector, and the answer with its ballots at each weight.
fn sectors_table(workspace: &Workspace, analysis: &Analysis) -> Rows {
    let heads = std::iter::once("sector").chain(WAYS).map(str::to_owned);
    let sectors = workspace.voices.sectors.iter().zip(&analysis.voices.sectors_at).map(|(sector, at)| {
        let at =
            at.as_ref().map_or_else(|| WAYS.map(|_| "no ballot".to_owned()), |at| outcomes(workspace, at));
        std::iter::once(sector.name.clone()).chain(at).collect()
    });
    std::iter::once(heads.collect()).chain(sectors).collect()
}

/// Who leads at each weight, and by how much.
fn outcomes(workspace: &Workspace, at: &AtWeights) -> [String; 4] {
    ways(at).map(|outcome| outcome_name(workspace, outcome.as_ref()))
}

/// The option that comes first by somebody's points, where a ballot of theirs counts.
fn leads_by<'w>(
    workspace: &'w Workspace,
    analysis: &Analysis,
    who: &Stakeholder,
) -> Option<&'w ServiceOption> {
    let ballots = &workspace.voices.ballots;
    let mut in_force = analysis.voices.in_force.iter().copied();
    let counts = in_force.find(|&ballot| ballots[ballot].stakeholder.as_ref() == Some(&who.id))?;
    let first = analysis.voices.ballots.get(counts)?.ranking.first()?;
    workspace.question.options.get(*first)
}

/// Whom it is about, and the answer with their ballots at nought, once, double and alone.
fn people(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    let voices = &analysis.voices;
    let asked = voices.marginal.is_ok().then_some(Question::Voice(VoiceQuestion::Marginal));
    card_head(ui, desk, "Voices easily drowned out", asked.clone());
    let marked: Vec<&Stakeholder> = workspace.voices.stakeholders.iter().filter(|who| who.marginal).collect();
    let ballots = &workspace.voices.ballots;
    let unnamed = voices.marginal_ballots.iter().filter(|&&i| ballots[i].stakeholder.is_none()).count();
    if marked.is_empty() && unnamed == 0 {
        let words = "Mark people as marginal in the register, and a ballot without a name on Ballots.";
        wrapped(ui, words, Type::Body, tokens.ink2);
        if Button::new("Go to Register").icon(icons::ARROW_RIGHT).show(ui).clicked() {
            desk.go(Room::Voices, "Register");
        }
        return;
    }
    let tall = PERSON * marked.len().min(6) as f32 + 2.0;
    let list = ScrollArea::vertical().id_salt("marginal people").max_height(tall).min_scrolled_height(tall);
    list.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        long_list(ui, "marginal people", (marked.len(), None), PERSON, |ui, at| {
            person(ui, desk, workspace, analysis, marked[at]);
        });
    });
    if unnamed > 0 {
        let words = format!("And {}.", count(unnamed, "ballot without a name", "ballots without a name"));
        wrapped(ui, words, Type::Small, tokens.ink2);
    }
    if let (Ok(at), Some(why)) = (&voices.marginal, asked) {
        ui.add_space(space::XS);
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 64.0), Sense::hover());
        let wide = (place.width() - 24.0) / 4.0;
        for (k, outcome) in ways(at).into_iter().enumerate() {
            let left = place.left() + (wide + 8.0) * k as f32;
            let tile = Rect::from_min_size(pos2(left, place.top()), vec2(wide, place.height()));
            outcome_tile(ui, desk, tile, ("Marginal voices", WAYS[k]), (outcome.as_ref(), k == 1), &why);
        }
    }
    wrapped(ui, "None of this changes the file.", Type::Small, tokens.ink3);
}

const PERSON: f32 = 36.0;

fn person(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis, who: &Stakeholder) {
    let tokens = Tokens::of(ui);
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), PERSON), Sense::click());
    let leads = leads_by(workspace, analysis, who);
    response.widget_info(|| {
        let said =
            leads.map_or("no ballot that counts".to_owned(), |o| format!("{} leads by their points", o.name));
        WidgetInfo::labeled(Role::Button, true, format!("{}: {said}", who.name))
    });
    ui.painter().hline(row.x_range(), row.top(), hairline(tokens.hair));
    let y = row.center().y;
    paint_sector(ui.painter(), tokens, workspace, &who.sector, pos2(row.left() + 8.0, y), 14.0);
    let at = pos2(row.left() + 26.0, y);
    let fit = (row.width() - 160.0, 1);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &who.name, Type::Body, tokens.ink, fit);
    match leads {
        Some(option) => paint_badge(ui.painter(), tokens, &option.badge, pos2(row.right() - 12.0, y), 20.0),
        None => {
            let at = row.right_center();
            paint_text(ui.painter(), at, Align2::RIGHT_CENTER, "no ballot", Type::Small, tokens.ink3);
        }
    }
    paint_focus(ui, &response, row, 4.0);
    ask_on_focus(desk, &response, &Question::Marginal(who.id.clone()));
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.view.voices.look_at_person(&who.id);
        desk.go(Room::Voices, "Register");
    }
}

/// The answer with the ballots of each sector at nought, once, double and alone.
fn sectors(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, analysis: &Analysis) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    card_head(ui, desk, "Each sector at nought, once, double", None);
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    for (k, words) in WAYS.into_iter().enumerate() {
        let at = pos2(column(head, k).left() + 4.0, head.center().y);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Small, tokens.ink3);
    }
    for (sector, at) in workspace.voices.sectors.iter().zip(&analysis.voices.sectors_at) {
        sector_row(ui, desk, workspace, sector, at.as_ref());
    }
}

fn column(row: Rect, k: usize) -> Rect {
    let names = (row.width() * 0.3).clamp(96.0, 150.0);
    let wide = (row.width() - names) / WAYS.len() as f32;
    Rect::from_min_size(pos2(row.left() + names + wide * k as f32, row.top()), vec2(wide, row.height()))
}

fn sector_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    sector: &Sector,
    at: Option<&AtWeights>,
) {
    let tokens = Tokens::of(ui);
    let sense = if at.is_some() { Sense::click() } else { Sense::hover() };
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), sense);
    response.widget_info(|| {
        let said = match at {
            None => "no ballot that counts".to_owned(),
            Some(at) => {
                let said = ways(at).map(|outcome| outcome_name(workspace, outcome.as_ref()));
                let said: Vec<String> =
                    WAYS.iter().zip(said).map(|(way, said)| format!("{way} {said}")).collect();
                said.join(", ")
            }
        };
        WidgetInfo::labeled(Role::Button, at.is_some(), format!("{}: {said}", sector.name))
    });
    ui.painter().hline(row.x_range(), row.top(), hairline(tokens.hair));
    let y = row.center().y;
    paint_sector(ui.painter(), tokens, workspace, &sector.id, pos2(row.left() + 7.0, y), 13.0);
    let name = pos2(row.left() + 22.0, y);
    let fit = (column(row, 0).left() - name.x - 4.0, 1);
    let ink = if at.is_some() { tokens.ink } else { tokens.ink3 };
    paint_text_fitted(ui.painter(), name, Align2::LEFT_CENTER, sector.short_name(), Type::Body, ink, fit);
    let Some(at) = at else {
        let place = pos2(column(row, 0).left() + 4.0, y);
        paint_text(
            ui.painter(),
            place,
            Align2::LEFT_CENTER,
            "no ballot that counts",
            Type::Small,
            tokens.ink3,
        );
        return;
    };
    for (k, outcome) in ways(at).iter().enumerate() {
        let left = column(row, k).left() + 4.0;
        let Some(outcome) = outcome else {
            paint_text(ui.painter(), pos2(left, y), Align2::LEFT_CENTER, "–", Type::Number, tokens.ink3);
            continue;
        };
        if let Some(option) = workspace.question.options.get(outcome.leader) {
            paint_badge(ui.painter(), tokens, &option.badge, pos2(left + 9.0, y), 18.0);
        }
        let role = if outcome.changes_leader { Type::NumberStrong } else { Type::Number };
        let words = format!("+{}", lead_words(outcome));
        paint_text(ui.painter(), pos2(left + 24.0, y), Align2::LEFT_CENTER, &words, role, tokens.ink);
    }
    paint_focus(ui, &response, row, size::RADIUS_BAR);
    let why = Question::Voice(VoiceQuestion::Sector(sector.id.clone()));
    ask_on_focus(desk, &response, &why);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.explain(why);
    }
}
