//! The cards beside the ballots: agreement, one vote each, what would be without somebody, and what discussion moved.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::scene::Scene;
use crate::{
    analysis::{
        Undefined,
        explain::{Agreement, Question, VoiceQuestion},
        voices::{Agreed, Deference, FEWEST_BALLOTS, MoveUnit, Movement, Outcome},
    },
    model::{
        voices::Vote,
        wording::{count, number, percent},
    },
    ui::{
        desk::Desk,
        rooms::voices::{
            card_head::{asks_why, card_head, lead_words, outcome_name, shared_head},
            paint_sector,
        },
        theme::{Tokens, Type, rounded, space},
        widgets::{
            Button, Card, button::Segment, button::paint_focus, paint_badge, paint_side_mark, paint_text,
            paint_text_fitted, segmented, wrapped,
        },
    },
};

/// How far the ballots agree.
pub(super) fn agreement(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let voices = &scene.analysis.voices;
    Card::new().padding(16, 12).show(ui, |ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = space::XS;
        let too_few = voices.in_force.len() < FEWEST_BALLOTS;
        card_head(ui, desk, "Agreement", (!too_few).then_some(on(Agreement::Factors)));
        if too_few {
            wrapped(ui, "Under three ballots there are too few to say.", Type::Body, tokens.ink2);
            return;
        }
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 38.0), Sense::hover());
        let half = (place.width() - 18.0) / 2.0;
        let (on_factors, on_options) = (&voices.agreement_on_factors, &voices.agreement_on_options);
        let left = place.with_max_x(place.left() + half);
        let right = place.with_min_x(place.right() - half);
        meter(ui, desk, left, ("on factors", on_factors), on(Agreement::Factors));
        meter(ui, desk, right, ("on options", on_options), on(Agreement::Options));
        if let Ok(gut) = &voices.agreement_on_gut_feel {
            let words = format!("On options by gut feel {}.", number(gut.w, 2));
            wrapped(ui, words, Type::Small, tokens.ink2);
        }
        let words = format!("Kendall’s W; 1 is full agreement.{}", contrast(on_factors, on_options));
        wrapped(ui, words, Type::Small, tokens.ink2);
        let left_out = on_factors.as_ref().map_or(0, |agreed| voices.in_force.len() - agreed.rankings);
        if left_out > 0 {
            let of = voices.in_force.len();
            let words = match left_out {
                1 => format!("On factors 1 of the {of} ballots is left out: it abstains on a factor."),
                n => format!("On factors {n} of the {of} ballots are left out: they abstain on a factor."),
            };
            wrapped(ui, words, Type::Small, tokens.ink2);
        }
        for reason in [on_factors, on_options].into_iter().filter_map(|agreed| agreed.as_ref().err()) {
            wrapped(ui, format!("Not known: {}.", reason.0), Type::Small, tokens.ink2);
        }
    });
}

/// What the two figures say beside each other, where they say something.
fn contrast(factors: &Agreed, options: &Agreed) -> &'static str {
    const MUCH: f64 = 0.7;
    match (factors, options) {
        (Ok(factors), Ok(options)) if factors.w < MUCH && options.w >= MUCH => {
            " They weigh differently, yet rank alike."
        }
        (Ok(factors), Ok(options)) if factors.w >= MUCH && options.w < MUCH => {
            " They weigh alike, yet rank differently."
        }
        (Ok(factors), Ok(options)) if factors.w >= MUCH && options.w >= MUCH => {
            " They weigh alike and rank alike."
        }
        _ => "",
    }
}

fn on(what: Agreement) -> Question {
    Question::Voice(VoiceQuestion::Agreement(what))
}

fn meter(ui: &Ui, desk: &mut Desk<'_>, place: Rect, (words, agreed): (&str, &Agreed), why: Question) {
    let tokens = Tokens::of(ui);
    let shown = agreed.as_ref().map_or_else(|_| "–".to_owned(), |agreed| number(agreed.w, 2));
    let response = ui.interact(place, ui.scope_id().with(words), Sense::click());
    response.widget_info(|| {
        let figure = agreed.as_ref().map_or_else(|why| format!("not known, {}", why.0), |_| shown.clone());
        WidgetInfo::labeled(Role::Button, true, format!("Agreement {words}: {figure}"))
    });
    let y = place.top() + 12.0;
    let (left, right) = (pos2(place.left(), y), pos2(place.right(), y));
    paint_text(ui.painter(), left, Align2::LEFT_CENTER, words, Type::Body, tokens.ink);
    paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &shown, Type::NumberStrong, tokens.ink);
    let track = place.with_min_y(place.bottom() - 10.0).with_max_y(place.bottom() - 2.0);
    ui.painter().rect_filled(track, rounded(4.0), tokens.track);
    if let Ok(agreed) = agreed {
        let filled = track.with_max_x(track.left() + track.width() * agreed.w.clamp(0.0, 1.0) as f32);
        ui.painter().rect_filled(filled, rounded(4.0), tokens.ink2);
    }
    paint_focus(ui, &response, place.expand2(vec2(3.0, 1.0)), 4.0);
    asks_why(desk, response, why);
}

/// One person one vote beside one sector one vote. The switch looks at one of the two; only its button changes how the
/// workspace counts. Answers with what is looked at.
pub(super) fn one_vote_each(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene,
    by_sector: Option<bool>,
) -> Option<bool> {
    let counts_by_sector = scene.workspace.voices.vote == Vote::OneSector;
    let mut looked_at = by_sector;
    Card::new().padding(16, 12).show(ui, |ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = space::XS;
        let rest = shared_head(
            ui,
            desk,
            "One vote each",
            Some(Question::Voice(VoiceQuestion::ByVote(scene.workspace.voices.vote))),
        );
        let sector_on = looked_at.unwrap_or(counts_by_sector);
        let mut corner =
            ui.new_child(egui::UiBuilder::new().max_rect(rest.expand2(vec2(0.0, 3.0))).id_salt("vote"));
        corner.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let segment =
                |words, name: &str| Segment { badge: "", words, colour: None, name: name.to_owned() };
            let segments =
                [segment("person", "One person one vote"), segment("sector", "One sector one vote")];
            if let Some(chosen) = segmented(ui, &segments, usize::from(sector_on)) {
                looked_at = Some(chosen == 1);
            }
        });
        votes(ui, desk, scene, looked_at.unwrap_or(counts_by_sector));
        let looks = looked_at.unwrap_or(counts_by_sector);
        if looks != counts_by_sector {
            let (now, other) = if counts_by_sector { ("sector", "person") } else { ("person", "sector") };
            wrapped(ui, format!("The workspace counts by {now}."), Type::Small, tokens.ink2);
            if Button::new(&format!("Count by {other} from now on")).show(ui).clicked() {
                let vote = if looks { Vote::OneSector } else { Vote::OnePerson };
                desk.edit(format!("Count ballots by {other}"), None, |w| w.voices.vote = vote);
            }
        }
    });
    looked_at
}

fn votes(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, sector_on: bool) {
    let tokens = Tokens::of(ui);
    let by = scene.analysis.voices.by_vote;
    if by.one_person.is_none() {
        wrapped(ui, "It waits for the first ballot.", Type::Body, tokens.ink2);
        return;
    }
    let leaders = [by.one_person, by.one_sector].map(|outcome| outcome.map(|outcome| outcome.leader));
    let alike = leaders[0] == leaders[1];
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let middle = head.right() - 80.0;
    let badge = |o: usize| scene.workspace.question.options.get(o).map_or("", |option| option.badge.as_str());
    let heads = match leaders[0] {
        Some(leader) if alike => format!("{} leads by", badge(leader)),
        _ => "leads by".to_owned(),
    };
    let y = head.center().y;
    paint_text(ui.painter(), pos2(middle, y), Align2::RIGHT_CENTER, "commercial", Type::Small, tokens.ink3);
    paint_text(ui.painter(), pos2(head.right(), y), Align2::RIGHT_CENTER, &heads, Type::Small, tokens.ink3);
    let ways = [
        ("By person", Vote::OnePerson, by.one_person, !sector_on),
        ("By sector", Vote::OneSector, by.one_sector, sector_on),
    ];
    for (words, vote, outcome, on) in ways {
        let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::click());
        let said = outcome_name(&scene.workspace, outcome.as_ref());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words}: {said}")));
        let (role, number_role, ink) = if on {
            (Type::Strong, Type::NumberStrong, tokens.ink)
        } else {
            (Type::Body, Type::Number, tokens.ink2)
        };
        let y = row.center().y;
        paint_text(ui.painter(), pos2(row.left(), y), Align2::LEFT_CENTER, words, role, ink);
        if let Some(outcome) = outcome {
            let share = percent(outcome.commercial_share);
            paint_text(ui.painter(), pos2(middle, y), Align2::RIGHT_CENTER, &share, Type::Number, ink);
            let lead = lead_words(&outcome);
            let shown =
                paint_text(ui.painter(), pos2(row.right(), y), Align2::RIGHT_CENTER, &lead, number_role, ink);
            if !alike {
                let at = pos2(shown.left() - 16.0, y);
                paint_badge(ui.painter(), tokens, badge(outcome.leader), at, 18.0);
            }
        }
        paint_focus(ui, &response, row.expand2(vec2(3.0, 0.0)), 4.0);
        let why = Question::Voice(VoiceQuestion::ByVote(vote));
        asks_why(desk, response, why);
    }
}

/// The leader and its lead without each sector, the smallest lead first, and without any one ballot.
pub(super) fn without_one_sector(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let voices = &scene.analysis.voices;
    let mut outs: Vec<(usize, Outcome)> =
        voices.without_sector.iter().enumerate().filter_map(|(s, outcome)| Some((s, (*outcome)?))).collect();
    let lead = |outcome: &Outcome| if outcome.changes_leader { -1.0 } else { outcome.lead.unwrap_or(0.0) };
    outs.sort_by(|a, b| lead(&a.1).total_cmp(&lead(&b.1)));
    Card::new().padding(16, 12).show(ui, |ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        let why = (!outs.is_empty()).then_some(Question::Voice(VoiceQuestion::WithoutOne));
        let rest = shared_head(ui, desk, "Without one sector", why);
        if outs.is_empty() {
            wrapped(ui, "It takes ballots from two sectors.", Type::Body, tokens.ink2);
            return;
        }
        let leader = voices.together.map(|together| together.leader);
        let alike = outs.iter().all(|(_, outcome)| !outcome.changes_leader);
        let badge = leader.and_then(|o| scene.workspace.question.options.get(o));
        let words = match badge {
            Some(option) if alike => format!("{} leads by", option.badge),
            _ => "leads by".to_owned(),
        };
        paint_text(ui.painter(), rest.right_center(), Align2::RIGHT_CENTER, &words, Type::Small, tokens.ink2);
        ui.add_space(space::XS);
        let most = outs.iter().filter_map(|(_, outcome)| outcome.lead).fold(0.0, f64::max);
        for (s, outcome) in outs {
            without_row(ui, desk, scene, (s, &outcome), (most, alike));
        }
        ui.add_space(space::XS);
        without_any(ui, desk, scene);
    });
}

fn without_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene,
    (s, outcome): (usize, &Outcome),
    (most, alike): (f64, bool),
) {
    let tokens = Tokens::of(ui);
    let sector = &scene.workspace.voices.sectors[s];
    let Some(option) = scene.workspace.question.options.get(outcome.leader) else { return };
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 25.0), Sense::click());
    let said = outcome_name(&scene.workspace, Some(outcome));
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Without {}: {said}", sector.name)));
    let y = row.center().y;
    paint_sector(ui.painter(), tokens, &scene.workspace, &sector.id, pos2(row.left() + 7.0, y), 13.0);
    let fit = (104.0, 1);
    let at = pos2(row.left() + 22.0, y);
    paint_text_fitted(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        sector.short_name(),
        Type::Body,
        tokens.ink,
        fit,
    );
    let mut left = row.left() + 135.0;
    if !alike {
        paint_badge(ui.painter(), tokens, &option.badge, pos2(left + 9.0, y), 18.0);
        left += 26.0;
    }
    let share = if most > 0.0 { outcome.lead.unwrap_or(0.0) / most } else { 0.0 };
    let room = row.right() - 42.0 - left;
    let bar = Rect::from_min_size(pos2(left, y - 6.0), vec2((room * share as f32).max(1.0), 12.0));
    ui.painter().rect_filled(bar, rounded(3.0), tokens.option(&option.badge).fill);
    let lead = lead_words(outcome);
    paint_text(
        ui.painter(),
        pos2(row.right(), y),
        Align2::RIGHT_CENTER,
        &lead,
        Type::NumberStrong,
        tokens.ink,
    );
    paint_focus(ui, &response, row.expand2(vec2(3.0, 0.0)), 4.0);
    let why = Question::Voice(VoiceQuestion::Sector(sector.id.clone()));
    asks_why(desk, response, why);
}

/// How far the lead goes without any one ballot.
fn without_any(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let tokens = Tokens::of(ui);
    let Ok(without) = &scene.analysis.voices.lead_without_one else { return };
    let all = scene.analysis.voices.in_force.len();
    let range = without.range.map(|(low, high)| format!("{} to {}", number(low, 1), number(high, 1)));
    let words = match (without.changes.len(), range) {
        (0, Some(range)) => format!("Without any one of the {all}: {range}."),
        (0, None) => format!("Without any one of the {all} the same option leads."),
        (n, _) => format!("{} of {all} who leads.", count(n, "ballot would change", "ballots would change")),
    };
    let response = wrapped(ui, &words, Type::Small, tokens.ink2).interact(Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    paint_focus(ui, &response, response.rect.expand2(vec2(3.0, 1.0)), 4.0);
    asks_why(desk, response, Question::Voice(VoiceQuestion::WithoutOne));
}

/// How many factors are put forward to talk about.
const TALK: usize = 5;

/// The factors on which ballots lie furthest apart, the widest disagreement first.
pub(super) fn talk_next(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    let voices = &scene.analysis.voices;
    if voices.in_force.len() < 2 || voices.disagreement.is_empty() {
        return;
    }
    Card::new().padding(16, 12).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let widest = voices.disagreement.first().map(|&f| scene.factors()[f].id.clone());
        let why = widest.map(|id| Question::Voice(VoiceQuestion::Disagreement(id)));
        card_head(ui, desk, "Talk about this next", why);
        let tokens = Tokens::of(ui);
        wrapped(ui, "Half of the ballots lie in the coloured part.", Type::Small, tokens.ink2);
        ui.add_space(space::XS);
        for &f in voices.disagreement.iter().take(TALK) {
            apart(ui, desk, scene, f);
        }
    });
}

fn apart(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene, f: usize) {
    let tokens = Tokens::of(ui);
    let factor = &scene.factors()[f];
    let Some(Some(spread)) = scene.analysis.voices.spread.get(f) else { return };
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 25.0), Sense::click());
    let figure = format!("{}–{}", number(spread.lower_quartile, 0), number(spread.upper_quartile, 0));
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}: half within {figure}", factor.name))
    });
    let y = row.center().y;
    paint_side_mark(ui.painter(), tokens, factor.side, pos2(row.left() + 6.0, y), 9.0);
    let at = pos2(row.left() + 18.0, y);
    let fit = (112.0, 1);
    paint_text_fitted(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        factor.short_name(),
        Type::Body,
        tokens.ink,
        fit,
    );
    let line = Rect::from_min_max(pos2(row.left() + 135.0, y - 6.0), pos2(row.right() - 62.0, y + 6.0));
    super::table_ends::middle_half(ui, spread, factor.side, line);
    paint_text(
        ui.painter(),
        row.right_center(),
        Align2::RIGHT_CENTER,
        &figure,
        Type::NumberSmall,
        tokens.ink2,
    );
    paint_focus(ui, &response, row.expand2(vec2(3.0, 0.0)), 4.0);
    let why = Question::Voice(VoiceQuestion::Disagreement(factor.id.clone()));
    asks_why(desk, response.on_hover_text(&factor.name), why);
}

/// What discussion moved, worded gently; nothing before there are two rounds.
pub(super) fn movement(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene) {
    if !scene.has_second || scene.open.is_some() {
        return;
    }
    Card::new().padding(16, 12).show(ui, |ui| {
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = space::XS;
        card_head(ui, desk, "Since the blind round", Some(Question::Voice(VoiceQuestion::Movement)));
        match &scene.analysis.voices.movement {
            Err(Undefined(why)) => {
                wrapped(ui, format!("Not known: {why}."), Type::Body, tokens.ink2);
            }
            Ok(movement) => moved(ui, scene, movement),
        }
    });
}

fn moved(ui: &mut Ui, scene: &Scene, movement: &Movement) {
    let tokens = Tokens::of(ui);
    let voices = &scene.analysis.voices;
    let still = |shifts: &[Option<f64>]| shifts.iter().flatten().all(|shift| shift.abs() < 1e-9);
    let moved = movement.people.iter().filter(|person| !still(&person.shifts)).count();
    let mut words = format!("{moved} of {} changed their points.", movement.people.len());
    if let (Some(blind), Some(now)) = (voices.blind, voices.together) {
        let badge =
            |o: usize| scene.workspace.question.options.get(o).map_or("", |option| option.badge.as_str());
        words += &if blind.leader == now.leader {
            format!(" {} led by {} and leads by {}.", badge(now.leader), lead_words(&blind), lead_words(&now))
        } else {
            format!(
                " {} led by {}; now {} leads by {}.",
                badge(blind.leader),
                lead_words(&blind),
                badge(now.leader),
                lead_words(&now)
            )
        };
    }
    wrapped(ui, words, Type::Body, tokens.ink);
    let words = match &movement.deference {
        Err(Undefined(why)) => format!("Whether it was towards the voice with most influence: {why}."),
        Ok(deference) => gently(scene, deference),
    };
    wrapped(ui, words, Type::Small, tokens.ink2);
}

/// Movement towards the most powerful voice, as something to look at and not a reproach.
fn gently(scene: &Scene, deference: &Deference) -> String {
    let who = scene.workspace.voices.stakeholders.get(deference.senior);
    let who = who.map_or("the voice with most influence", |person| person.name.as_str());
    let all = deference.towards + deference.away;
    let unit = match deference.unit {
        MoveUnit::Factors => "factors",
        MoveUnit::People => "people",
    };
    let towards = deference.towards;
    if deference.beyond_chance {
        format!(
            "{towards} of {all} {unit} moved towards what {who} had said, more than chance would. It may be for good \
             reasons; it may be worth asking what convinced people."
        )
    } else {
        format!("{towards} of {all} {unit} moved towards what {who} had said: no more than chance would.")
    }
}
