//! Ctrl K: any screen, figure, person or action by a few letters of its name.

use egui::{
    Align2, Context, Frame, Id, Key, Margin, Modal, Pos2, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{
    command::{Command, State},
    desk::Desk,
    icons::{self, Icon},
    rooms,
    theme::{Tokens, Type, hairline, rounded, shadow, size},
    view::{Screen, View},
    widgets::{button::paint_focus, paint_badge, paint_text, paint_text_fitted},
};
use crate::{
    analysis::explain::{EditPlace, Question},
    model::{
        Room, Workspace,
        balance::ScoreLevel,
        wording::{count, decimals_of, number, percent, with_unit},
    },
};

/// The most that is shown of one kind.
const MOST_OF_A_KIND: usize = 6;

/// The palette while it is open.
#[derive(Debug)]
pub struct Palette {
    query: String,
    chosen: usize,
    entries: Vec<Entry>,
    focused: bool,
    /// Where the pointer was, to know when it moves: one at rest chooses nothing.
    pointer: Option<Pos2>,
}

#[derive(Clone, Debug)]
struct Entry {
    kind: Kind,
    mark: Mark,
    name: String,
    /// What stands at the right: a value, a place, or keys.
    aside: String,
    target: Target,
    why: Option<Question>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Last,
    Figure,
    Thing,
    Screen,
    Action,
    Evidence,
    Person,
}

impl Kind {
    fn heading(self) -> &'static str {
        match self {
            Self::Last => "Last places",
            Self::Thing => "Options, need groups and factors",
            Self::Figure => "Figures",
            Self::Screen => "Screens",
            Self::Action => "Actions",
            Self::Evidence => "Evidence",
            Self::Person => "People and statements",
        }
    }
}

#[derive(Clone, Debug)]
enum Mark {
    Badge(String),
    Icon(Icon),
}

#[derive(Clone, Debug)]
enum Target {
    Page(Room, &'static str),
    Place(EditPlace),
    Explain(Question),
    Run(Command),
}

impl Palette {
    /// Opens the palette on what there is.
    #[must_use]
    pub fn open(desk: Option<&Desk<'_>>, state: State) -> Self {
        let mut entries = Vec::new();
        if let Some(desk) = desk {
            last_places(desk, &mut entries);
            things(desk.session.workspace(), &mut entries);
            figures(desk, &mut entries);
            screens(desk.view, &mut entries);
        }
        actions(state, &mut entries);
        if let Some(desk) = desk {
            evidence_and_people(desk.session.workspace(), &mut entries);
        }
        Self { query: String::new(), chosen: 0, entries, focused: false, pointer: None }
    }

    /// Shows it; answers whether it is to be closed.
    pub fn show(&mut self, ctx: &Context, mut desk: Option<&mut Desk<'_>>, run: &mut Vec<Command>) -> bool {
        let found = self.found();
        let (down, up, enter, why) = ctx.input_mut(|input| {
            (
                input.consume_key(egui::Modifiers::NONE, Key::ArrowDown),
                input.consume_key(egui::Modifiers::NONE, Key::ArrowUp),
                input.consume_key(egui::Modifiers::NONE, Key::Enter),
                input.consume_key(egui::Modifiers::ALT, Key::W),
            )
        });
        let last = found.len().saturating_sub(1);
        self.chosen = self.chosen.min(last);
        if down {
            self.chosen = (self.chosen + 1).min(last);
        }
        if up {
            self.chosen = self.chosen.saturating_sub(1);
        }
        let at = ctx.input(|input| input.pointer.hover_pos());
        let pointed = self.focused && at != self.pointer;
        self.pointer = at;
        let mut go = (enter && !found.is_empty()).then(|| found[self.chosen]);
        let tokens = Tokens::of_ctx(ctx);
        let width = 640.0_f32.min(ctx.content_rect().width() - 32.0);
        let frame = Frame::new()
            .fill(tokens.card)
            .stroke(hairline(tokens.hair))
            .corner_radius(rounded(12.0))
            .shadow(shadow(tokens))
            .inner_margin(Margin::same(8));
        let area = Modal::default_area(Id::unique("palette"))
            .anchor(Align2::CENTER_TOP, vec2(0.0, 64.0_f32.min(ctx.content_rect().height() * 0.08)));
        let sheet = Modal::new(Id::unique("palette"))
            .area(area)
            .backdrop_color(tokens.veil)
            .frame(frame)
            .show(ctx, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                self.field(ui);
                let height = (ctx.content_rect().height() - 220.0).clamp(120.0, 460.0);
                ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    if let Some(pressed) = self.list(ui, &found, down || up, pointed) {
                        go = Some(pressed);
                    }
                });
                foot(ui);
            });
        let asked =
            why.then(|| found.get(self.chosen)).flatten().and_then(|&entry| self.entries[entry].why.clone());
        if let (Some(question), Some(desk)) = (asked, desk.as_deref_mut()) {
            desk.view.explain.toggle(question);
            return true;
        }
        if let Some(entry) = go {
            follow(&self.entries[entry].target, desk, run);
            return true;
        }
        sheet.should_close()
    }

    fn field(&mut self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        ui.horizontal(|ui| {
            ui.add_space(10.0);
            let (glass, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
            let field = TextEdit::singleline(&mut self.query)
                .frame(Frame::NONE)
                .hint_text("Search or run a command")
                .font(Type::Sentence.font())
                .desired_width(ui.available_width() - 20.0)
                .margin(Margin::symmetric(8, 10));
            let response = ui.add(field);
            let at = pos2(glass.center().x, response.rect.center().y);
            let icon = icons::MAGNIFYING_GLASS;
            ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::font(20.0), tokens.ink3);
            let query = self.query.clone();
            response.widget_info(|| WidgetInfo {
                label: Some("Search or run a command".to_owned()),
                ..WidgetInfo::text_edit(true, "", query.as_str(), "")
            });
            if response.changed() {
                self.chosen = 0;
            }
            // Nothing else here is typed in, so the field has the keyboard as long as it is open.
            if !response.has_focus() {
                response.request_focus();
                self.focused = true;
            }
        });
        super::widgets::hair_rule(ui);
    }

    /// The entries that hold every word of the query, at most a few of a kind; the one that is it comes first, then those that
    /// begin with it.
    fn found(&self) -> Vec<usize> {
        let query = self.query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut found: Vec<(Kind, (bool, bool), usize)> = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let shown = match entry.kind {
                Kind::Last => words.is_empty(),
                Kind::Screen | Kind::Action => true,
                _ => !words.is_empty(),
            };
            if !shown {
                continue;
            }
            let name = entry.name.to_lowercase();
            if words.iter().all(|word| name.contains(word)) {
                let query = query.trim();
                found.push((entry.kind, (name != query, !name.starts_with(query)), index));
            }
        }
        found.sort();
        let mut shown = Vec::new();
        let mut of_kind = (Kind::Figure, 0);
        for (kind, _, index) in found {
            of_kind = if of_kind.0 == kind { (kind, of_kind.1 + 1) } else { (kind, 1) };
            let most = if words.is_empty() { usize::MAX } else { MOST_OF_A_KIND };
            if of_kind.1 <= most {
                shown.push(index);
            }
        }
        shown
    }

    fn list(&mut self, ui: &mut Ui, found: &[usize], moved: bool, pointed: bool) -> Option<usize> {
        let tokens = Tokens::of(ui);
        if found.is_empty() {
            ui.add_space(16.0);
            ui.horizontal(|ui| {
                ui.add_space(12.0);
                ui.label(Type::Body.text("No match. Try fewer letters.", tokens.ink2));
            });
            ui.add_space(16.0);
            return None;
        }
        let mut pressed = None;
        let mut kind = None;
        for (place, &index) in found.iter().enumerate() {
            let entry = &self.entries[index];
            if kind != Some(entry.kind) {
                kind = Some(entry.kind);
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    ui.add_space(12.0);
                    ui.label(Type::Small.text(entry.kind.heading(), tokens.ink3));
                });
                ui.add_space(2.0);
            }
            let response = row(ui, entry, place == self.chosen);
            if moved && place == self.chosen {
                response.scroll_to_me(None);
            }
            // One row is lit, whether keys or the pointer chose it.
            if pointed && response.hovered() && self.chosen != place {
                self.chosen = place;
                ui.request_repaint();
            }
            if response.clicked() {
                pressed = Some(index);
            }
        }
        ui.add_space(8.0);
        pressed
    }
}

fn row(ui: &mut Ui, entry: &Entry, on: bool) -> egui::Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListItem, true, on, format!("{} {}", entry.name, entry.aside).trim())
    });
    if on {
        ui.painter().rect_filled(rect, rounded(size::RADIUS), tokens.select);
    }
    let y = rect.center().y;
    match &entry.mark {
        Mark::Badge(badge) => paint_badge(ui.painter(), tokens, badge, pos2(rect.left() + 24.0, y), 22.0),
        Mark::Icon(icon) => {
            let at = pos2(rect.left() + 24.0, y);
            ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::font(18.0), tokens.ink2);
        }
    }
    let right = pos2(rect.right() - 14.0, y);
    let aside = paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &entry.aside, Type::Small, tokens.ink3);
    let left = pos2(rect.left() + 46.0, y);
    let fit = (aside.left() - left.x - 12.0, 1);
    paint_text_fitted(ui.painter(), left, Align2::LEFT_CENTER, &entry.name, Type::Body, tokens.ink, fit);
    paint_focus(ui, &response, rect, size::RADIUS);
    response
}

fn foot(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    super::widgets::hair_rule(ui);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.label(Type::Small.text("Enter goes there", tokens.ink3));
        ui.add_space(12.0);
        ui.label(Type::Small.text("Alt W asks why", tokens.ink3));
        ui.add_space(12.0);
        ui.label(Type::Small.text("Esc leaves", tokens.ink3));
    });
}

fn follow(target: &Target, desk: Option<&mut Desk<'_>>, run: &mut Vec<Command>) {
    match (target, desk) {
        (Target::Run(command), _) => run.push(*command),
        (Target::Page(room, page), Some(desk)) => desk.go(*room, page),
        (Target::Place(place), Some(desk)) => super::explain_panel::go_to(desk, place),
        (Target::Explain(question), Some(desk)) => desk.view.explain.toggle(question.clone()),
        (_, None) => {}
    }
}

fn page_name(room: Room, page: &str) -> String {
    if rooms::pages(room).len() == 1 || page == room.name() {
        room.name().to_owned()
    } else {
        format!("{}, {page}", room.name())
    }
}

fn last_places(desk: &Desk<'_>, entries: &mut Vec<Entry>) {
    for &(screen, page) in desk.view.last_places() {
        let (command, name, target) = match screen {
            Screen::Room(room) => (Command::Go(room), page_name(room, page), Target::Page(room, page)),
            Screen::RoomMode => {
                let command = Command::RoomMode;
                (command, command.text().to_owned(), Target::Run(command))
            }
            Screen::Learning => {
                let command = Command::Learning;
                (command, command.text().to_owned(), Target::Run(command))
            }
            Screen::Settings => {
                let command = Command::Settings;
                (command, command.text().to_owned(), Target::Run(command))
            }
        };
        let mark = Mark::Icon(command.icon());
        entries.push(Entry { kind: Kind::Last, mark, name, aside: String::new(), target, why: None });
    }
}

/// What the workspace is made of, each leading to where it is changed.
fn things(workspace: &Workspace, entries: &mut Vec<Entry>) {
    let mut thing = |mark, name: &str, aside: &str, place, why| {
        let (name, aside) = (name.to_owned(), aside.to_owned());
        entries.push(Entry { kind: Kind::Thing, mark, name, aside, target: Target::Place(place), why });
    };
    for factor in &workspace.balance.factors {
        let why = Some(Question::Weight(factor.id.clone()));
        let aside = format!("{} factor", factor.side.words());
        thing(Mark::Icon(icons::SCALES), &factor.name, &aside, EditPlace::Scale(factor.id.clone()), why);
    }
    for option in &workspace.question.options {
        let why = Some(Question::Total(option.id.clone()));
        thing(Mark::Badge(option.badge.clone()), &option.name, "Option", EditPlace::Options, why);
    }
    for group in &workspace.question.need_groups {
        let place = EditPlace::NeedGroup(group.id.clone());
        thing(Mark::Icon(icons::USERS_THREE), &group.name, "Need group", place, None);
    }
}

fn figures(desk: &Desk<'_>, entries: &mut Vec<Entry>) {
    let workspace = desk.session.workspace();
    let analysis = desk.session.analysis();
    for (option, value) in workspace.question.options.iter().zip(&analysis.balance.options) {
        let question = Question::Total(option.id.clone());
        entries.push(Entry {
            kind: Kind::Figure,
            mark: Mark::Badge(option.badge.clone()),
            name: format!("Total of {}", option.name),
            aside: value.value.map_or("not known".to_owned(), |v| number(v, 0)),
            target: Target::Explain(question.clone()),
            why: Some(question),
        });
    }
    for (f, factor) in workspace.balance.factors.iter().enumerate() {
        let question = Question::Weight(factor.id.clone());
        entries.push(Entry {
            kind: Kind::Figure,
            mark: Mark::Icon(icons::SCALES),
            name: format!("Weight of {}", factor.name),
            aside: analysis.balance.weights.get(f).map_or(String::new(), |&w| percent(w)),
            target: Target::Place(EditPlace::Swing(factor.id.clone())),
            why: Some(question),
        });
        let decimals = decimals_of(&workspace.balance, factor);
        for option in &workspace.question.options {
            let aside = match workspace.score(&factor.id, &option.id).map(|score| &score.level) {
                Some(
                    ScoreLevel::Point(x)
                    | ScoreLevel::Range { likely: x, .. }
                    | ScoreLevel::Normal { mean: x, .. },
                ) => with_unit(*x, &factor.unit, decimals),
                Some(ScoreLevel::Level(name)) => name.clone(),
                Some(ScoreLevel::Unknown) | None => "not known".to_owned(),
            };
            entries.push(Entry {
                kind: Kind::Figure,
                mark: Mark::Badge(option.badge.clone()),
                name: format!("{} of {}", factor.name, option.badge),
                aside,
                target: Target::Place(EditPlace::Score(option.id.clone(), factor.id.clone())),
                why: Some(Question::Cell(option.id.clone(), factor.id.clone())),
            });
        }
    }
}

fn screens(view: &View, entries: &mut Vec<Entry>) {
    for room in Room::ALL {
        for page in rooms::pages(room) {
            entries.push(Entry {
                kind: Kind::Screen,
                mark: Mark::Icon(Command::Go(room).icon()),
                name: page_name(room, page),
                aside: if *page == view.page(room) { Command::Go(room).keys() } else { String::new() },
                target: Target::Page(room, page),
                why: None,
            });
        }
    }
}

fn actions(state: State, entries: &mut Vec<Entry>) {
    for command in Command::ALL {
        if matches!(command, Command::Go(_) | Command::Palette) || !command.is_enabled(state) {
            continue;
        }
        entries.push(Entry {
            kind: Kind::Action,
            mark: Mark::Icon(command.icon()),
            name: command.text().to_owned(),
            aside: command.keys(),
            target: Target::Run(command),
            why: None,
        });
    }
}

fn evidence_and_people(workspace: &Workspace, entries: &mut Vec<Entry>) {
    for item in &workspace.challenge.evidence {
        let used = workspace.balance.scores.iter().filter(|score| score.evidence.contains(&item.id)).count();
        let first = workspace.balance.scores.iter().find(|score| score.evidence.contains(&item.id));
        let Some(first) = first else { continue };
        entries.push(Entry {
            kind: Kind::Evidence,
            mark: Mark::Icon(icons::LINK_SIMPLE),
            name: item.title.clone(),
            aside: format!("supports {}", count(used, "score", "scores")),
            target: Target::Place(EditPlace::Score(first.option.clone(), first.factor.clone())),
            why: None,
        });
    }
    for person in &workspace.voices.stakeholders {
        entries.push(Entry {
            kind: Kind::Person,
            mark: Mark::Icon(icons::USER),
            name: person.name.clone(),
            aside: person.role.clone(),
            target: Target::Place(EditPlace::Stakeholder(person.id.clone())),
            why: None,
        });
    }
    for statement in &workspace.voices.statements {
        entries.push(Entry {
            kind: Kind::Person,
            mark: Mark::Icon(icons::CHAT_CIRCLE_TEXT),
            name: statement.text.clone(),
            aside: statement.status.words().to_owned(),
            target: Target::Place(EditPlace::Statement(statement.id.clone())),
            why: None,
        });
    }
}
