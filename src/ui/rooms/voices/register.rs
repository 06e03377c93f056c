//! Register: everybody concerned, where they speak from, for whom, and how they were heard.

use std::collections::HashSet;

use egui::{Align, Align2, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{
    paint_dot_legend, person,
    register_sheets::{self, Sheet},
    register_table::{self, FOOT, HEAD, ROW},
    register_view::RegisterView,
    stake_grid,
};
use crate::ui::drawing::Part;
use crate::{
    analysis::{Analysis, explain::Question, voices::is_to_be_heard_first},
    model::{
        Workspace,
        ids::StakeholderId,
        voices::Stakeholder,
        wording::{capital, count, in_words},
    },
    ui::{
        command::Command,
        desk::Desk,
        icons::{self, Icon},
        theme::{Tokens, Type, hairline, rounded, size, space},
        widgets::{Button, Card, Paragraph, hinted_field, icon_button, paint_text, wrapped},
    },
};

/// Pages narrower than this stack the table, the person and the grid.
const STACKED: f32 = 1000.0;
/// The narrowest that the table is drawn; narrower pages scroll it sideways.
const NARROWEST: f32 = 780.0;

/// How tall the grid is where there is room.
const GRID: f32 = 240.0;

/// The register as it is shown in one frame.
#[derive(Clone)]
pub struct Scene<'a> {
    pub workspace: &'a Workspace,
    pub analysis: &'a Analysis,
    /// The people that are being looked for, in the order of the file.
    pub shown: Vec<&'a Stakeholder>,
    /// Who is selected, as a place in `shown`.
    pub selected: Option<usize>,
    with_ballot: HashSet<&'a StakeholderId>,
}

impl<'a> Scene<'a> {
    fn of(desk: &Desk<'_>, workspace: &'a Workspace, analysis: &'a Analysis) -> Self {
        let find = desk.view.voices.find.trim().to_lowercase();
        let people = workspace.voices.stakeholders.iter();
        let shown: Vec<_> = people.filter(|person| matches(workspace, person, &find)).collect();
        let selected = desk.view.voices.person.as_ref();
        Self {
            workspace,
            analysis,
            selected: selected.and_then(|id| shown.iter().position(|person| person.id == *id)),
            shown,
            with_ballot: workspace.voices.ballots.iter().filter_map(|b| b.stakeholder.as_ref()).collect(),
        }
    }

    /// The same with another person selected.
    #[must_use]
    pub fn with_selected(&self, row: usize) -> Self {
        Self { selected: Some(row), ..self.clone() }
    }

    /// Who is selected, where they are shown.
    #[must_use]
    pub fn person(&self) -> Option<&'a Stakeholder> {
        self.selected.map(|row| self.shown[row])
    }

    /// Whether somebody has given a ballot.
    #[must_use]
    pub fn has_ballot(&self, person: &Stakeholder) -> bool {
        self.with_ballot.contains(&person.id)
    }
}

/// Whether a person is being looked for: by name, role, sector or how they were heard.
fn matches(workspace: &Workspace, person: &Stakeholder, find: &str) -> bool {
    let sector = workspace.sector(&person.sector).map_or("", |sector| sector.name.as_str());
    let all = [&person.name, &person.role, sector, &person.through, person.heard.words()];
    find.is_empty() || all.iter().any(|text| text.to_lowercase().contains(find))
}

/// The buttons of the page, from the right.
pub fn head_buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    let room = ui.available_width();
    let add = if room < 400.0 {
        icon_button(ui, icons::USER_PLUS, "Add a voice", true)
    } else {
        Button::new("Add a voice").icon(icons::USER_PLUS).show(ui)
    };
    if add.clicked() {
        super::add_person(desk);
    }
    super::command_button(ui, desk, Command::ImportPeople, "Import");
    let find = desk.view.voices.find.clone();
    let width = if room < 400.0 { 100.0 } else { 150.0 };
    if let Some(typed) = hinted_field(ui, "Find in the register", "Find", &find, width) {
        desk.view.voices.find = typed;
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut view = std::mem::take(&mut desk.view.voices.register);
    page(ui, desk, &mut view);
    desk.view.voices.register = view;
}

fn page(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut RegisterView) {
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    settle(desk, &workspace);
    let scene = Scene::of(desk, &workspace, &analysis);
    welcome(desk, view, &scene);
    view.take_keys(ui, desk, &scene);
    // What the keys have changed is shown in this frame.
    let (workspace, analysis) = (desk.workspace(), desk.analysis());
    settle(desk, &workspace);
    let scene = Scene::of(desk, &workspace, &analysis);
    if let (Some(person), true) =
        (scene.person(), ui.memory(|m| m.has_focus(egui::Id::unique(register_table::TABLE))))
    {
        desk.view.figure_in_focus = Some(Question::Marginal(person.id.clone()));
    }
    sentence(ui, view, &scene, desk);
    names_in_boxes(ui, view, &scene, desk.session.revision());
    if workspace.voices.stakeholders.is_empty() {
        nobody(ui, desk, &scene);
    } else if ui.available_width() < STACKED {
        stacked(ui, desk, view, &scene);
    } else {
        beside(ui, desk, view, &scene);
    }
    register_sheets::show(ui, desk, view, &workspace);
}

/// Says whose names are written in letters that the fonts here lack, so that nobody takes boxes for a fault of the file.
fn names_in_boxes(ui: &mut Ui, view: &mut RegisterView, scene: &Scene<'_>, revision: u64) {
    if view.boxed.as_ref().is_none_or(|(of, _)| *of != revision) {
        let font = Type::Body.font();
        let lacks = |text: &str| {
            let foreign = |c: char| !c.is_ascii() && !c.is_whitespace();
            text.chars().filter(|&c| foreign(c)).any(|c| !ui.fonts_mut(|fonts| fonts.has_glyph(&font, c)))
        };
        let people = scene.workspace.voices.stakeholders.iter();
        let boxed = people.filter(|person| lacks(&person.name) || lacks(&person.role)).count();
        view.boxed = Some((revision, boxed));
    }
    let boxed = view.boxed.map_or(0, |(_, boxed)| boxed);
    if boxed == 0 {
        return;
    }
    let words = format!(
        "{} letters that the fonts here lack; they show as boxes. The file keeps them as they are, and what is handed out \
         or exported shows them.",
        count(boxed, "name has", "names have")
    );
    wrapped(ui, words, Type::Small, Tokens::of(ui).ink2);
    ui.add_space(4.0);
}

/// Selects the first person where nobody is selected who is still there.
fn settle(desk: &mut Desk<'_>, workspace: &Workspace) {
    let selected = desk.view.voices.person.as_ref();
    if selected.is_none_or(|id| workspace.stakeholder(id).is_none()) {
        desk.view.voices.person = workspace.voices.stakeholders.first().map(|person| person.id.clone());
    }
}

/// Begins to name somebody who has just been added.
fn welcome(desk: &mut Desk<'_>, view: &mut RegisterView, scene: &Scene<'_>) {
    let Some(person) = scene.person() else { return };
    if desk.view.voices.added_person.take_if(|added| *added == person.id).is_some() {
        view.name(person);
    }
}

fn sentence(ui: &mut Ui, view: &mut RegisterView, scene: &Scene<'_>, desk: &Desk<'_>) {
    let tokens = Tokens::of(ui);
    let first = scene.workspace.voices.stakeholders.iter().filter(|p| is_to_be_heard_first(p)).count();
    let (lead, rest) = match (scene.workspace.voices.stakeholders.len(), first) {
        (0, _) => ("Nobody has been heard yet.".to_owned(), ""),
        (_, 0) => ("Nobody has much at stake and little influence.".to_owned(), ""),
        (_, 1) => (
            "One person has much at stake and little influence.".to_owned(),
            " Tinted on the grid: hear them first.",
        ),
        (_, n) => (
            format!("{} people have much at stake and little influence.", capital(&in_words(n))),
            " Tinted on the grid: hear these first.",
        ),
    };
    let lacks = scene.workspace.voices.personal_data_lacks(desk.session.signature().on);
    ui.horizontal(|ui| {
        let buttons = if ui.available_width() < 940.0 { 80.0 } else { 262.0 };
        let room = ui.available_width() - buttons;
        ui.allocate_ui_with_layout(vec2(room, size::CONTROL), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room);
            let sentence = Paragraph::new().run(&lead, Type::Heading, tokens.ink);
            let sentence = sentence.run(rest, Type::Sentence, tokens.ink2);
            if room < 560.0 {
                sentence.show(ui)
            } else {
                sentence.show_line(ui)
            };
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let (icon, name) = if lacks.is_empty() {
                (icons::LOCK_SIMPLE, "Personal data")
            } else {
                (icons::WARNING_CIRCLE, "Personal data, something is wanting")
            };
            let words: Vec<String> = lacks.iter().map(|lack| lack.words()).collect();
            let data = if buttons < 100.0 {
                icon_button(ui, icon, name, true)
            } else {
                let button = Button::new("Personal data").icon(icon).quiet();
                button.tooltip(&words.join(" ")).show(ui)
            };
            if data.clicked() {
                view.sheet = Some(Sheet::PersonalData);
            }
            let sectors = if buttons < 100.0 {
                icon_button(ui, icons::USERS_THREE, "Sectors", true)
            } else {
                Button::new("Sectors").icon(icons::USERS_THREE).quiet().show(ui)
            };
            if sectors.clicked() {
                view.sheet = Some(Sheet::Sectors);
            }
        });
    });
}

/// The grid with its words, and what to do.
fn nobody(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    ScrollArea::vertical().id_salt("empty register").auto_shrink(false).show(ui, |ui| {
        let wide = ui.available_width().min(560.0);
        ui.allocate_ui_with_layout(vec2(wide, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            Card::new().show(ui, |ui| {
                let part = Part::chart("Influence and stake");
                part.show(ui, |ui| stake_grid::show(ui, desk, scene, GRID));
            });
            let words = "Put down everybody who has a say or a stake: by role, under a pseudonym, or by name. Each \
                         stands here as the shape of their sector, and those with much at stake and little influence \
                         are heard first.";
            wrapped(ui, words, Type::Body, tokens.ink2);
            if Button::new("Add the first voice").icon(icons::USER_PLUS).primary().show(ui).clicked() {
                super::add_person(desk);
            }
        });
    });
}

fn stacked(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut RegisterView, scene: &Scene<'_>) {
    ScrollArea::vertical().id_salt("register page").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        let rows = scene.shown.len().max(2) as f32;
        let tall = (HEAD + FOOT + rows * ROW).min((ui.clip_rect().height() - space::XL).clamp(260.0, 520.0));
        ScrollArea::horizontal().id_salt("narrow register").auto_shrink([false, true]).show(ui, |ui| {
            let wide = ui.available_width().max(NARROWEST);
            let (place, _) = ui.allocate_exact_size(vec2(wide, tall), Sense::hover());
            table(ui, desk, view, scene, place);
        });
        person::show(ui, desk, view, scene);
        Card::new().show(ui, |ui| {
            let part = Part::chart("Influence and stake");
            part.show(ui, |ui| stake_grid::show(ui, desk, scene, GRID));
        });
        ui.add_space(space::S);
    });
}

fn beside(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut RegisterView, scene: &Scene<'_>) {
    let page = ui.available_rect_before_wrap();
    let grid = (page.height() * 0.31).clamp(130.0, 200.0);
    let right = (page.width() * 0.293).clamp(300.0, 380.0);
    let split = page.right() - right - space::L;
    let left = Rect::from_min_max(page.min, pos2(split, page.bottom()));
    table(ui, desk, view, scene, left);
    let side = Rect::from_min_max(pos2(split + space::L, page.top()), page.max);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(side).id_salt("grid and person"));
    inner.set_clip_rect(side.expand(2.0).intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("person").auto_shrink(false).show(&mut inner, |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        Card::new().padding(18, 12).show(ui, |ui| {
            let part = Part::chart("Influence and stake");
            part.show(ui, |ui| stake_grid::show(ui, desk, scene, grid));
        });
        person::show(ui, desk, view, scene);
    });
    ui.advance_cursor_after_rect(page);
}

fn table(ui: &mut Ui, desk: &mut Desk<'_>, view: &mut RegisterView, scene: &Scene<'_>, place: Rect) {
    let acts = Card::new().padding(0, 0).show_at(ui, place, |ui| {
        if scene.shown.is_empty() {
            let words = format!("Nobody here is called “{}”.", desk.view.voices.find.trim());
            let at = pos2(place.center().x, place.top() + HEAD + ROW);
            paint_text(ui.painter(), at, Align2::CENTER_CENTER, &words, Type::Body, Tokens::of(ui).ink2);
        }
        let part = Part::table("Register").at(place);
        let acts = part.show(ui, |ui| register_table::show(ui, place, scene, view));
        foot(ui, desk, scene, place);
        acts
    });
    view.take_acts(ui, desk, scene, acts.inner);
}

fn foot(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>, place: Rect) {
    let tokens = Tokens::of(ui);
    let band =
        Rect::from_min_max(pos2(place.left() + 1.0, place.bottom() - FOOT), place.max - vec2(1.0, 1.0));
    let corners = egui::CornerRadius { nw: 0, ne: 0, ..rounded(size::RADIUS_CARD - 1.0) };
    ui.painter().rect_filled(band, corners, tokens.sunken);
    ui.painter().hline(place.x_range(), band.top(), hairline(tokens.line));
    let y = band.center().y;
    let everybody = &scene.workspace.voices.stakeholders;
    let (all, shown) = (everybody.len(), scene.shown.len());
    let words =
        if shown == all { count(all, "person", "people") } else { format!("{shown} of {all} people") };
    let left = |x: f32, words: &str, role, ink| {
        paint_text(ui.painter(), pos2(x, y), Align2::LEFT_CENTER, words, role, ink).right()
    };
    let end = left(place.left() + 16.0, &words, Type::SmallStrong, tokens.ink);
    let given = everybody.iter().filter(|person| scene.has_ballot(person)).count();
    let end = left(end + 18.0, &format!("{given} with a ballot"), Type::Small, tokens.ink2);
    paint_dot_legend(ui.painter(), tokens, pos2(end + 170.0, y), ("first hand", "on behalf"));
    let missing = scene.analysis.voices.coverage.iter().filter(|coverage| coverage.missing).count();
    if missing > 0 {
        missing_voices(ui, desk, missing, pos2(place.right() - 16.0, y));
    }
}

/// How many need groups nobody speaks for, ending at a point; leads to why.
fn missing_voices(ui: &mut Ui, desk: &mut Desk<'_>, missing: usize, right: egui::Pos2) {
    let tokens = Tokens::of(ui);
    let have = if missing == 1 { "has" } else { "have" };
    let words = format!("{} {have} no voice first hand", count(missing, "need group", "need groups"));
    let drawn =
        paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &words, Type::SmallStrong, tokens.crimson);
    let mark = pos2(drawn.left() - 13.0, right.y);
    let font = Icon::filled_font(16.0);
    ui.painter().text(mark, Align2::CENTER_CENTER, icons::USER_MINUS.0, font, tokens.crimson);
    let place = Rect::from_min_max(mark - vec2(8.0, 14.0), pos2(right.x + 4.0, right.y + 14.0));
    let response = ui.interact(place, ui.scope_id().with("missing voices"), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &words));
    crate::ui::widgets::button::paint_focus(ui, &response, place, 4.0);
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        desk.explain(Question::MissingVoices);
    }
}
