//! What is being looked at. None of it is kept in the workspace.

use crate::{
    analysis::explain::{Explanation, Question},
    model::Room,
    ui::{
        copying::PartMenu,
        drawing::parts::Seen,
        export::preview::PreviewView,
        room_mode::RoomModeView,
        rooms::{
            self, balance::BalanceView, decision::DecisionView, question::QuestionView, reach::ReachView,
            voices::VoicesView,
        },
    },
};

/// Which screen the window shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Room(Room),
    Learning,
    Settings,
    /// The facilitator's page of Room mode.
    RoomMode,
}

/// How many places are kept to go back to.
const LAST_PLACES: usize = 5;

/// What is being looked at, room by room.
#[derive(Debug)]
pub struct View {
    pub screen: Screen,
    /// Drawn for a picture: nothing is said of where the workspace is kept, which a picture cannot know.
    pub for_picture: bool,
    /// Where to go once this frame is drawn: fields on the page must first hear that they are left.
    wanted: Option<(Screen, Option<String>)>,
    /// The places that were in view, the one in view first.
    been: Vec<(Screen, &'static str)>,
    /// The keyboard starts at the head of the page that is drawn next.
    pub keyboard_to_head: bool,
    /// The page open in each room, an index into [`rooms::pages`].
    pages: [usize; 7],
    pub explain: ExplainView,
    /// The charts and tables of the page as it was drawn last.
    pub parts: Vec<Seen>,
    /// The menu that is open over one of them.
    pub(in crate::ui) part_menu: Option<PartMenu>,
    /// The figure that has the keyboard, which Why? asks about; rooms set it as they are drawn.
    pub figure_in_focus: Option<Question>,
    pub question: QuestionView,
    pub voices: VoicesView,
    pub balance: BalanceView,
    pub reach: ReachView,
    pub decision: DecisionView,
    pub preview: PreviewView,
    pub room_mode: RoomModeView,
}

impl Default for View {
    fn default() -> Self {
        let mut view = Self {
            screen: Screen::Room(Room::Question),
            for_picture: false,
            wanted: None,
            been: Vec::new(),
            keyboard_to_head: false,
            pages: [0; 7],
            explain: ExplainView::default(),
            parts: Vec::new(),
            part_menu: None,
            figure_in_focus: None,
            question: QuestionView::default(),
            voices: VoicesView::default(),
            balance: BalanceView::default(),
            reach: ReachView::default(),
            decision: DecisionView::default(),
            preview: PreviewView::default(),
            room_mode: RoomModeView::default(),
        };
        view.go(Room::Balance, "Balance");
        view.screen = Screen::Room(Room::Question);
        view
    }
}

impl View {
    /// The room in view; `None` on Learning and Settings.
    #[must_use]
    pub fn room(&self) -> Option<Room> {
        match self.screen {
            Screen::Room(room) => Some(room),
            Screen::Learning | Screen::Settings | Screen::RoomMode => None,
        }
    }

    /// The screen in view, with the page of its room; empty on Learning and Settings.
    #[must_use]
    pub fn place(&self) -> (Screen, &'static str) {
        (self.screen, self.room().map_or("", |room| self.page(room)))
    }

    /// The name of the page open in a room.
    #[must_use]
    pub fn page(&self, room: Room) -> &'static str {
        rooms::pages(room)[self.pages[room as usize]]
    }

    /// The index of the page open in a room.
    #[must_use]
    pub fn page_index(&self, room: Room) -> usize {
        self.pages[room as usize]
    }

    /// Goes to a screen, and to a page of it, when this frame has been drawn.
    pub fn want(&mut self, screen: Screen, page: Option<&str>) {
        self.wanted = Some((screen, page.map(str::to_owned)));
    }

    /// Goes where something asked to go; answers whether anything did.
    pub fn arrive(&mut self) -> bool {
        match self.wanted.take() {
            Some((Screen::Room(room), page)) => self.go(room, page.as_deref().unwrap_or_default()),
            Some((screen, _)) => self.screen = screen,
            None => return false,
        }
        true
    }

    /// Keeps the place in view as the last one somebody went to.
    pub fn remember_place(&mut self) {
        let place = self.place();
        if self.been.first() != Some(&place) {
            self.been.retain(|been| *been != place);
            self.been.insert(0, place);
            self.been.truncate(1 + LAST_PLACES);
        }
    }

    /// The places that were in view before this one, the last first.
    #[must_use]
    pub fn last_places(&self) -> &[(Screen, &'static str)] {
        self.been.get(1..).unwrap_or_default()
    }

    /// Gives the keyboard to this, the head of the page, when it is to start there.
    pub fn start_keyboard(&mut self, head: &egui::Response) {
        if std::mem::take(&mut self.keyboard_to_head) {
            head.request_focus();
        }
    }

    /// Shows a room, on the page that was open in it last.
    pub fn enter(&mut self, room: Room) {
        self.screen = Screen::Room(room);
    }

    /// Shows a page of a room; a page that the room has not is answered with the page open in it last.
    pub fn go(&mut self, room: Room, page: &str) {
        self.screen = Screen::Room(room);
        if let Some(index) = rooms::pages(room).iter().position(|name| name.eq_ignore_ascii_case(page)) {
            self.pages[room as usize] = index;
        }
    }
}

/// What the Explain panel answers; questions asked inside it can be gone back from.
#[derive(Debug, Default)]
pub struct ExplainView {
    asked: Vec<Question>,
    /// The last dear answer, with its question and revision.
    answered: Option<(Question, u64, Explanation)>,
}

impl ExplainView {
    /// The question being answered; `None` when the panel is closed.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        self.asked.last()
    }

    /// A dear answer that has been worked out for this revision.
    #[must_use]
    pub fn kept_answer(&self, question: &Question, revision: u64) -> Option<Explanation> {
        let (asked, of, answer) = self.answered.as_ref()?;
        (asked == question && *of == revision).then(|| answer.clone())
    }

    /// The dear answer to a question that was worked out last, for whatever revision.
    #[must_use]
    pub fn earlier_answer(&self, question: &Question) -> Option<Explanation> {
        let (asked, _, answer) = self.answered.as_ref()?;
        (asked == question).then(|| answer.clone())
    }

    /// Keeps a dear answer until another is asked for.
    pub fn keep_answer(&mut self, question: &Question, revision: u64, answer: &Explanation) {
        if self.answered.as_ref().is_none_or(|(asked, of, _)| asked != question || *of != revision) {
            self.answered = Some((question.clone(), revision, answer.clone()));
        }
    }

    /// Whether there is a question to go back to.
    #[must_use]
    pub fn has_earlier(&self) -> bool {
        self.asked.len() > 1
    }

    /// Opens on a question, or closes when it is already the one being answered.
    pub fn toggle(&mut self, question: Question) {
        if self.question() == Some(&question) {
            self.close();
        } else {
            self.asked = vec![question];
        }
    }

    /// Asks further from inside the panel.
    pub fn ask(&mut self, question: Question) {
        self.asked.push(question);
    }

    /// Goes back to the question before.
    pub fn back(&mut self) {
        if self.has_earlier() {
            self.asked.pop();
        }
    }

    pub fn close(&mut self) {
        self.asked.clear();
    }
}
