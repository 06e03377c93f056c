//! The dial: how the weight is shared between operational and commercial factors, who leads where, and what would lead
//! if it were shared otherwise. Moving it changes nothing in the workspace.

use egui::{
    Align2, CornerRadius, CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Shape,
    Stroke, StrokeKind, Ui, WidgetInfo, accesskit, pos2, vec2,
};

use super::{
    chart::width_of,
    dial_row::{ENDS, Row, Tip, TipWords},
    labels::in_a_row,
    reading::{Done, Reading},
    sentence::{name, short_name, spoken_badge, ties_at_the_ends, whose_weights, written_shares},
    weight_bar::ticks,
};
use crate::{
    analysis::{
        balance::{Band, certainty::half_way, what_if::can_shift},
        explain::Question,
    },
    model::{
        balance::Side,
        wording::{count, list, number, percent},
    },
    ui::{
        theme::{Tokens, Type, focus_ring, hairline, rounded, size},
        widgets::{asked_of, paint_badge, paint_side_mark, paint_text},
    },
};

/// How tall the dial is.
pub const HEIGHT: f32 = 108.0;
const BAND_TOP: f32 = 46.0;
const BAND: f32 = 34.0;
const KNOB: f32 = 14.0;
/// The knob holds on to a tipping point or to the group's own weight within so many points of the screen.
const SNAP: f32 = 6.0;
const GAP: f32 = 15.0;
/// How far above and below the bands the dial takes the pointer.
const REACH: f32 = 8.0;

/// The dial on the screen.
struct Beam<'a, 'b> {
    reading: &'a Reading<'b>,
    track: Rect,
}

/// Shows the dial in this place.
pub fn show(ui: &mut Ui, reading: &Reading<'_>, ballots: &[f64], place: Rect, done: &mut Done) {
    let track = Rect::from_min_size(pos2(place.left(), place.top() + BAND_TOP), vec2(place.width(), BAND));
    let beam = Beam { reading, track };
    beam.show_bands(ui);
    if reading.result.bands.is_empty() {
        beam.paint_waiting(ui);
        return;
    }
    if can_shift(reading.result) {
        done.turned = beam.turn(ui, done);
    } else {
        beam.show_fixed(ui);
    }
    beam.paint_band_names(ui);
    beam.paint_ballots(ui, ballots);
    beam.show_tips(ui, done);
    if beam.show_ghost(ui) {
        done.turned = Some(None);
    }
    beam.paint_words(ui);
}

/// Where the pointer has turned the dial to since it was drawn last, so that everything on the page can show it in the
/// same frame; `Some(None)` is the group's own weight.
#[must_use]
pub fn turned_by_hand(ui: &Ui, reading: &Reading<'_>) -> Option<Option<f64>> {
    let response = ui.ctx().read_response(dial_id())?;
    if !(response.clicked() || response.dragged()) || !can_shift(reading.result) {
        return None;
    }
    let track = response.rect.shrink2(vec2(KNOB, REACH));
    let at = response.interact_pointer_pos()?;
    Some(Beam { reading, track }.snapped(at.x))
}

fn dial_id() -> Id {
    Id::unique("balance dial")
}

impl Beam<'_, '_> {
    fn x(&self, share: f64) -> f32 {
        self.track.left() + share as f32 * self.track.width()
    }

    fn share_at(&self, x: f32) -> f64 {
        f64::from(((x - self.track.left()) / self.track.width()).clamp(0.0, 1.0))
    }

    /// Where the knob stands.
    fn knob(&self) -> f32 {
        self.x(self.reading.now.share.unwrap_or(0.0))
    }

    fn band_rect(&self, band: &Band) -> Rect {
        Rect::from_x_y_ranges(self.x(band.from)..=self.x(band.to), self.track.y_range())
    }

    fn show_bands(&self, ui: &mut Ui) {
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(self.track, rounded(size::RADIUS), tokens.track);
        let bands = &self.reading.result.bands;
        for (index, band) in bands.iter().enumerate() {
            let rect = self.band_rect(band);
            let round = |end: bool| if end { size::RADIUS as u8 } else { 0 };
            let (west, east) = (round(index == 0), round(index + 1 == bands.len()));
            let corners = CornerRadius { nw: west, sw: west, ne: east, se: east };
            let tint = tokens.option(self.reading.badge(band.leader)).tint;
            ui.painter().rect_filled(rect, corners, tint);
            let response = ui.interact(rect, ui.scope_id().with(("dial band", index)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.band_words(band)));
        }
        let outline = hairline(tokens.line);
        ui.painter().rect_stroke(self.track, rounded(size::RADIUS), outline, StrokeKind::Inside);
    }

    /// "Local partnership leads from 0 to 62 per cent".
    fn band_words(&self, band: &Band) -> String {
        let (who, leads) = self.who_leads(band);
        let half_way = self.half_way(band);
        if self.reading.result.bands.len() == 1 {
            let ties = ties_at_the_ends(self.reading.workspace, self.reading.result, band.leader);
            return format!("{who} {leads} at every weight{half_way}{ties}");
        }
        let edge = |share: f64| number(share * 100.0, 0);
        format!("{who} {leads} from {} to {} per cent{half_way}", edge(band.from), edge(band.to))
    }

    /// "Local partnership leads"; "A and B tie" where they do so throughout.
    fn who_leads(&self, band: &Band) -> (String, &'static str) {
        let leaders = self.reading.result.leaders_in(band);
        let names: Vec<&str> = leaders.iter().map(|&o| name(self.reading.workspace, o)).collect();
        (list(&names), if leaders.len() > 1 { "tie" } else { "leads" })
    }

    /// Said of a band whose leader may be another once all scores are known.
    fn half_way(&self, band: &Band) -> &'static str {
        half_way(self.reading.result.is_certain_in(band))
    }

    fn paint_waiting(&self, ui: &Ui) {
        let tokens = Tokens::of(ui);
        let words = match self.reading.workspace.question.options.len() {
            0 | 1 => "The dial turns once there are two options to compare",
            _ => "The dial turns once two options are scored on one factor of each kind",
        };
        paint_text(ui.painter(), self.track.center(), Align2::CENTER_CENTER, words, Type::Small, tokens.ink3);
        self.paint_ends(ui, true, true);
    }

    /// The slider: by pointer, by keys and by assistive technology. Answers where it was turned to.
    fn turn(&self, ui: &mut Ui, done: &mut Done) -> Option<Option<f64>> {
        let reach = self.track.expand2(vec2(KNOB, REACH));
        let response = ui.interact(reach, dial_id(), Sense::click_and_drag());
        response.widget_info(|| self.slider_info());
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(100.0);
            node.set_numeric_value_step(1.0);
            for action in
                [accesskit::Action::SetValue, accesskit::Action::Increment, accesskit::Action::Decrement]
            {
                node.add_action(action);
            }
        });
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.has_focus() {
            done.in_focus = Some(Question::CommercialShare);
        }
        self.paint_knob(ui, &response, true);
        let by_hand = (response.clicked() || response.dragged())
            .then(|| response.interact_pointer_pos())
            .flatten()
            .map(|at| self.snapped(at.x));
        let cursor = if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab };
        let by_keys = self.turn_by_keys(ui, &response);
        let by_asking = self.turn_by_asking(ui, &response);
        if !response.dragged() {
            self.show_band_tip(response.on_hover_cursor(cursor));
        } else {
            ui.set_cursor_icon(cursor);
        }
        by_hand.or(by_keys).or(by_asking)
    }

    fn slider_info(&self) -> WidgetInfo {
        let now = &self.reading.now;
        let share = now.share.unwrap_or(0.0) * 100.0;
        let leaders: Vec<&str> = now.leaders().into_iter().map(|o| name(self.reading.workspace, o)).collect();
        let verb = if leaders.len() > 1 { "tie" } else { "leads" };
        let half_way = now.certainty().half_way();
        let value = format!("{} per cent commercial, {} {verb}{half_way}", number(share, 0), list(&leaders));
        WidgetInfo {
            value: Some(share),
            current_text_value: Some(value),
            ..WidgetInfo::labeled(Role::Slider, true, "Commercial share of the weight")
        }
    }

    /// The share at a place on the screen; tipping points and the group's own weight hold on softly.
    fn snapped(&self, x: f32) -> Option<f64> {
        let today = self.reading.now.today.unwrap_or(0.0);
        if (self.x(today) - x).abs() <= SNAP {
            return None;
        }
        let tips = self.reading.result.bands.iter().skip(1).map(|band| band.from);
        let nearest = tips
            .map(|tip| (tip, (self.x(tip) - x).abs()))
            .filter(|(_, away)| *away <= SNAP)
            .min_by(|a, b| a.1.total_cmp(&b.1));
        Some(nearest.map_or_else(|| self.share_at(x), |(tip, _)| tip))
    }

    fn turn_by_keys(&self, ui: &Ui, response: &Response) -> Option<Option<f64>> {
        if !response.has_focus() {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let (points, home) = ui.input_mut(|input| {
            let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key) as i32;
            let points = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)
                + 10 * (pressed(Key::PageUp) - pressed(Key::PageDown));
            (points, pressed(Key::Home) > 0)
        });
        if home { Some(None) } else { self.stepped(points) }
    }

    fn turn_by_asking(&self, ui: &Ui, response: &Response) -> Option<Option<f64>> {
        let (points, value) = asked_of(ui, response);
        match value {
            Some(value) => Some(Some((value / 100.0).clamp(0.0, 1.0))),
            None => self.stepped(points),
        }
    }

    /// So many points further, from the whole point that is shown.
    fn stepped(&self, points: i32) -> Option<Option<f64>> {
        if points == 0 {
            return None;
        }
        let shown = (self.reading.now.share.unwrap_or(0.0) * 100.0).round();
        Some(Some(((shown + f64::from(points)) / 100.0).clamp(0.0, 1.0)))
    }

    /// Without weight on one side the knob stands at an end and cannot be moved.
    fn show_fixed(&self, ui: &mut Ui) {
        let reach = self.track.expand2(vec2(KNOB, REACH));
        let response = ui.interact(reach, ui.scope_id().with("dial"), Sense::hover());
        response.widget_info(|| WidgetInfo { enabled: false, ..self.slider_info() });
        self.paint_knob(ui, &response, false);
    }

    fn paint_knob(&self, ui: &Ui, response: &Response, enabled: bool) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let x = self.knob();
        let ink = if enabled { tokens.primary } else { tokens.edge };
        let centre = pos2(x, self.track.center().y);
        painter.vline(x, self.track.top() - 8.0..=self.track.bottom() + 8.0, Stroke::new(3.0, ink));
        painter.circle(centre, KNOB, tokens.card, Stroke::new(3.0, ink));
        for side in [-3.0, 3.0] {
            painter.vline(x + side, centre.y - 5.0..=centre.y + 5.0, Stroke::new(2.0, ink));
        }
        if response.has_focus() {
            painter.circle_stroke(centre, KNOB + 4.0, focus_ring(tokens));
        }
    }

    /// Who leads under the pointer, for bands too narrow for a name.
    fn show_band_tip(&self, response: Response) {
        let Some(at) = response.hover_pos() else { return };
        let share = self.share_at(at.x);
        let bands = &self.reading.result.bands;
        let Some(band) = bands.iter().find(|band| share <= band.to) else { return };
        let mut tip = egui::Tooltip::for_enabled(&response);
        // Over the words above the bands, so that neither the bands nor the ballots under them are covered.
        let beside = Rect::from_x_y_ranges(at.x - 1.0..=at.x + 1.0, self.words_middle() - 10.0..=at.y);
        tip.popup = tip.popup.anchor(beside).align(egui::RectAlign::TOP);
        tip.show(|ui| ui.label(self.band_words(band)));
    }

    /// The names in the bands, clear of the knob and of its ghost.
    fn paint_band_names(&self, ui: &Ui) {
        let mut taken = vec![(self.knob(), KNOB + 5.0)];
        if self.reading.now.is_moved {
            taken.push((self.x(self.reading.now.today.unwrap_or(0.0)), 13.0));
        }
        for band in &self.reading.result.bands {
            let mut free = vec![(self.x(band.from), self.x(band.to))];
            for &(x, reach) in &taken {
                free = free
                    .into_iter()
                    .flat_map(|(from, to)| [(from, to.min(x - reach)), (from.max(x + reach), to)])
                    .filter(|(from, to)| to > from)
                    .collect();
            }
            self.paint_band_name(ui, band, &free);
        }
    }

    fn paint_band_name(&self, ui: &Ui, band: &Band, free: &[(f32, f32)]) {
        const BADGE: f32 = 20.0;
        let tokens = Tokens::of(ui);
        let (long, short) =
            (name(self.reading.workspace, band.leader), short_name(self.reading.workspace, band.leader));
        let only = self.reading.result.bands.len() == 1 && can_shift(self.reading.result);
        let mut words = Vec::new();
        // Where another draws level at an end there is no room to say so.
        if only && ties_at_the_ends(self.reading.workspace, self.reading.result, band.leader).is_empty() {
            let (who, leads) = self.who_leads(band);
            words.push(format!("{who} {leads} at every weight{}", self.half_way(band)));
            let leaders = self.reading.result.leaders_in(band);
            let badges: Vec<String> =
                leaders.iter().map(|&o| spoken_badge(self.reading.workspace, o)).collect();
            let badges = list(&badges.iter().map(String::as_str).collect::<Vec<_>>());
            words.push(format!("{badges} {leads} at every weight{}", self.half_way(band)));
        }
        words.extend([long.to_owned(), short.to_owned(), String::new()]);
        let place = words.into_iter().find_map(|words| {
            let gap = if words.is_empty() { 0.0 } else { 6.0 };
            let wanted = BADGE + gap + width_of(ui, &words, Type::SmallStrong);
            // The first free stretch has the space that the design gives a badge; a tight one gets what there is.
            let left = free.iter().find(|(from, to)| to - from >= wanted + 20.0).map(|(from, _)| from + 12.0);
            let tight = || {
                let fits = |(from, to): &&(f32, f32)| words.is_empty() && to - from >= wanted + 6.0;
                free.iter().find(fits).map(|(from, to)| f32::midpoint(*from, *to) - wanted / 2.0)
            };
            Some((left.or_else(tight)?, words))
        });
        let Some((left, words)) = place else { return };
        let middle = self.track.center().y;
        let badge = self.reading.badge(band.leader);
        paint_badge(ui.painter(), tokens, badge, pos2(left + BADGE / 2.0, middle), BADGE);
        let at = pos2(left + BADGE + 6.0, middle);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &words, Type::SmallStrong, tokens.ink);
    }

    fn paint_ballots(&self, ui: &mut Ui, ballots: &[f64]) {
        let (Some(least), Some(most)) =
            (ballots.iter().copied().min_by(f64::total_cmp), ballots.iter().copied().max_by(f64::total_cmp))
        else {
            return;
        };
        let tokens = Tokens::of(ui);
        let middle = self.track.bottom() + 15.0;
        let strip = Rect::from_x_y_ranges(self.track.x_range(), middle - 7.0..=middle + 7.0);
        let response = ui.interact(strip, ui.scope_id().with("ballots"), Sense::hover());
        response.widget_info(|| {
            let edge = |share: f64| number(share * 100.0, 0);
            let ballots = count(ballots.len(), "ballot", "ballots");
            let words = format!("{ballots}, from {} to {} per cent commercial", edge(least), edge(most));
            WidgetInfo::labeled(Role::Label, true, words)
        });
        let places = ballots.iter().map(|&share| self.x(share));
        ui.painter().add(ticks(places, (middle - 5.0, middle + 5.0), tokens.ink3));
        let words = "Each mark is one person’s ballot";
        let width = width_of(ui, words, Type::Small) + 10.0;
        let ends = [(self.track.left(), Align2::LEFT_CENTER), (self.track.right(), Align2::RIGHT_CENTER)];
        let free = |&(x, anchor): &(f32, Align2)| {
            let from = if anchor == Align2::LEFT_CENTER { x } else { x - width };
            ballots.iter().all(|&share| !(from - 6.0..=from + width).contains(&self.x(share)))
        };
        if let Some((x, anchor)) = ends.into_iter().find(free) {
            paint_text(ui.painter(), pos2(x, middle), anchor, words, Type::Small, tokens.ink3);
        }
    }

    /// The marks of the tipping points; each can be asked why.
    fn show_tips(&self, ui: &mut Ui, done: &mut Done) {
        let tokens = Tokens::of(ui);
        let written = written_shares(self.reading.result);
        for (index, (band, (share, words))) in
            self.reading.result.bands.iter().skip(1).zip(&written).enumerate()
        {
            let x = self.x(*share);
            let (top, bottom) = (self.track.top(), self.track.bottom());
            let painter = ui.painter();
            // The knob stands before the line of a tipping point that it has been moved to.
            if (x - self.knob()).abs() > KNOB {
                painter.vline(x, top - 5.0..=bottom + 5.0, Stroke::new(2.0, tokens.ink));
            }
            let triangle = vec![pos2(x - 6.0, top - 12.0), pos2(x + 6.0, top - 12.0), pos2(x, top - 4.0)];
            painter.add(Shape::convex_polygon(triangle, tokens.ink, Stroke::NONE));
            let reach = Rect::from_x_y_ranges(x - 14.0..=x + 14.0, top - 34.0..=top - 8.5);
            let response = ui.interact(reach, ui.scope_id().with(("tip", index)), Sense::click());
            let who = name(self.reading.workspace, band.leader);
            let name = format!("Past {words} {who} takes the lead");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.has_focus() {
                ui.painter().rect_stroke(reach, rounded(4.0), focus_ring(tokens), StrokeKind::Inside);
            }
            done.with_figure(&response, Question::CommercialShare);
            let today = self.reading.now.today.unwrap_or(0.0);
            let away = number((share - today).abs() * 100.0, 1);
            let exact = number(share * 100.0, 1);
            let tip = format!("{who} takes the lead past {exact} %, {away} points from today’s weight");
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(tip);
        }
    }

    /// The hollow ghost of the knob at the group's own weight, while the dial stands elsewhere; a click goes back there.
    fn show_ghost(&self, ui: &mut Ui) -> bool {
        let now = &self.reading.now;
        let (true, Some(today)) = (now.is_moved, now.today) else { return false };
        let tokens = Tokens::of(ui);
        let centre = pos2(self.x(today), self.track.center().y);
        let apart = (self.knob() - centre.x).abs();
        if apart > KNOB {
            ui.painter().circle_stroke(centre, 9.0, Stroke::new(2.0, tokens.ink3));
        }
        if apart <= 2.0 * KNOB {
            return false;
        }
        let reach = Rect::from_center_size(centre, vec2(28.0, 28.0));
        let response = ui.interact(reach, ui.scope_id().with("ghost"), Sense::click());
        let whose = whose_weights(self.reading.workspace, self.reading.result);
        let words = format!("Back to {whose}, {}", percent(today));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        if response.has_focus() {
            ui.painter().circle_stroke(centre, 13.0, focus_ring(tokens));
        }
        let clicked = response.clicked();
        response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(format!("{words} (Home)"));
        clicked
    }

    /// The words over the bands: both ends, the knob, and the tipping points as far as there is room for them.
    fn paint_words(&self, ui: &Ui) {
        let levels = self.levels(ui);
        let fits = |(words, row): &(String, Row)| Some((words.clone(), row.clone(), self.fit(row)?));
        if let Some((words, row, starts)) = levels.iter().find_map(fits) {
            self.paint_row(ui, &row, &words, starts);
            return;
        }
        // Not every tipping point can be written: those that would touch another are left to their marks.
        let words = self.knob_words(true);
        let sparse = ENDS.into_iter().find_map(|ends| {
            let mut row = self.row(ui, &words, [TipWords::Figure; 2], ends);
            self.thin_out(&mut row);
            self.fit(&row).map(|starts| (row, starts))
        });
        if let Some((row, starts)) = sparse {
            self.paint_row(ui, &row, &words, starts);
        }
    }

    /// Everything that could be written over the bands, what says most first.
    fn levels(&self, ui: &Ui) -> Vec<(String, Row)> {
        const AMOUNTS: [TipWords; 3] = [TipWords::Long, TipWords::Short, TipWords::Figure];
        let mut levels = Vec::new();
        for short_knob in [false, true] {
            let words = self.knob_words(short_knob);
            for ends in ENDS {
                for under in AMOUNTS {
                    for over in AMOUNTS {
                        let row = self.row(ui, &words, [under, over], ends);
                        let lost = [row.left_end, row.right_end].iter().filter(|end| !**end).count();
                        let cost = usize::from(short_knob) + 2 * lost + under.cost() + over.cost();
                        levels.push((cost, words.clone(), row));
                    }
                }
            }
        }
        levels.sort_by_key(|(cost, _, _)| *cost);
        levels.into_iter().map(|(_, words, row)| (words, row)).collect()
    }

    fn thin_out(&self, row: &mut Row) {
        let knob = self.knob();
        let (knob_left, knob_right) = (row.knob_left - GAP, row.knob_left + row.knob_width + GAP);
        let mut right = f32::NEG_INFINITY;
        row.tips.retain(|tip| {
            let (from, to) = (tip.x - tip.width / 2.0, tip.x + tip.width / 2.0);
            let clear = if tip.x < knob { to < knob_left } else { from > knob_right };
            let keeps = clear && from > right + GAP;
            if keeps {
                right = to;
            }
            keeps
        });
    }

    fn knob_words(&self, short: bool) -> String {
        let share = percent(self.reading.now.share.unwrap_or(0.0));
        match (self.reading.now.is_moved, short) {
            (false, false) => format!("{share} commercial today"),
            (false, true) => format!("{share} today"),
            (true, false) => format!("{share} commercial"),
            (true, true) => share,
        }
    }

    /// What is to be written over the bands, with so much at the tipping points under and over the knob.
    fn row(&self, ui: &Ui, knob: &str, words: [TipWords; 2], ends: [bool; 2]) -> Row {
        let knob_width = width_of(ui, knob, Type::Strong);
        let knob_left = (self.knob() - knob_width / 2.0)
            .clamp(self.track.left(), (self.track.right() - knob_width).max(self.track.left()));
        let end = |side: Side| width_of(ui, end_words(side), Type::SmallStrong) + 16.0;
        let (left, right) = (end(Side::Operational), end(Side::Commercial));
        let left_end = ends[0] && knob_left > self.track.left() + left + GAP;
        let right_end = ends[1] && knob_left + knob_width < self.track.right() - right - GAP;
        let written = written_shares(self.reading.result);
        let tips = self.reading.result.bands.iter().skip(1).zip(written);
        let tips = tips.map(|(band, (share, figure))| {
            let badge = spoken_badge(self.reading.workspace, band.leader);
            let rest = match words[usize::from(share >= self.reading.now.share.unwrap_or(0.0))] {
                TipWords::Long => format!(" {badge} takes the lead"),
                TipWords::Short => format!(" {badge} leads"),
                TipWords::Figure => String::new(),
            };
            let width = width_of(ui, &figure, Type::SmallStrong) + width_of(ui, &rest, Type::Small);
            Tip { x: self.x(share), figure, rest, width }
        });
        // A tipping point under the knob is said by the knob.
        let tips = tips.filter(|tip| (tip.x - self.knob()).abs() > 8.0).collect();
        let from = self.track.left() + if left_end { left + GAP } else { 0.0 };
        let to = self.track.right() - if right_end { right + GAP } else { 0.0 };
        Row { knob_left, knob_width, left_end, right_end, from, to, tips }
    }

    /// The left ends of the words at the tipping points, if all can stand by their marks.
    fn fit(&self, row: &Row) -> Option<Vec<f32>> {
        let knob = self.knob();
        let wishes = |under: bool| -> Vec<(f32, f32)> {
            row.tips.iter().filter(|tip| (tip.x < knob) == under).map(|tip| (tip.x, tip.width)).collect()
        };
        let mut starts = in_a_row(&wishes(true), row.from, row.knob_left - GAP, GAP)?;
        starts.extend(in_a_row(&wishes(false), row.knob_left + row.knob_width + GAP, row.to, GAP)?);
        let near = |(tip, start): (&Tip, &f32)| tip.x > start - GAP && tip.x < start + tip.width + GAP;
        row.tips.iter().zip(&starts).all(near).then_some(starts)
    }

    fn paint_row(&self, ui: &Ui, row: &Row, knob: &str, starts: Vec<f32>) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let middle = self.words_middle();
        paint_text(painter, pos2(row.knob_left, middle), Align2::LEFT_CENTER, knob, Type::Strong, tokens.ink);
        for (tip, start) in row.tips.iter().zip(starts) {
            let at = pos2(start, middle);
            let written =
                paint_text(painter, at, Align2::LEFT_CENTER, &tip.figure, Type::SmallStrong, tokens.ink);
            let at = pos2(written.right(), middle);
            paint_text(painter, at, Align2::LEFT_CENTER, &tip.rest, Type::Small, tokens.ink);
        }
        self.paint_ends(ui, row.left_end, row.right_end);
    }

    fn words_middle(&self) -> f32 {
        self.track.top() - 22.5
    }

    fn paint_ends(&self, ui: &Ui, left: bool, right: bool) {
        let tokens = Tokens::of(ui);
        let painter = ui.painter();
        let middle = self.words_middle();
        if left {
            let at = pos2(self.track.left() + 16.0, middle);
            let words = end_words(Side::Operational);
            paint_text(painter, at, Align2::LEFT_CENTER, words, Type::SmallStrong, tokens.teal_text);
            let mark = pos2(self.track.left() + 5.0, middle);
            paint_side_mark(painter, tokens, Side::Operational, mark, 10.0);
        }
        if right {
            let at = pos2(self.track.right(), middle);
            let words = end_words(Side::Commercial);
            let written =
                paint_text(painter, at, Align2::RIGHT_CENTER, words, Type::SmallStrong, tokens.ochre_text);
            let mark = pos2(written.left() - 11.0, middle);
            paint_side_mark(painter, tokens, Side::Commercial, mark, 11.0);
        }
    }
}

fn end_words(side: Side) -> &'static str {
    match side {
        Side::Operational => "All operational",
        Side::Commercial => "All commercial",
    }
}
