//! The third step of weighing: what the points mean in exchange, asked one by one. An answer other than yes leads to
//! other points, which are seen before they are taken.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    points_field::Field,
    scale_words::lowered,
    score_scene::points_words,
    trade_offs::{self, TradeOff, telling_decimals},
    weigh_scene::{WeighScene, tenths},
    weight_steps::{answer, fresh_answer},
    weight_table::Act,
    weights::WeightsView,
};
use crate::{
    analysis::{
        balance::{
            elicitation::{Part, Stale, points_for_exchange, staleness},
            swing_words::counts_people,
        },
        explain::Question,
    },
    exchange::figure,
    model::{
        balance::{ExchangeAnswer, ExchangeVerdict},
        ids::FactorId,
        wording::{number, thousands},
    },
    ui::{
        theme::{Tokens, Type, hairline, space},
        widgets::{
            Button, Card, Paragraph, button::paint_focus, focus_field, hair_rule, number_field, paint_text,
            paint_text_fitted, wrapped,
        },
    },
};

const HEAD: f32 = 34.0;
const ROW: f32 = 40.0;
/// More than this many are only listed in the step itself.
const MOST_BESIDE: usize = 3;
/// How much more or less a first proposal is.
const NUDGE: f64 = 1.25;

/// The exchange that is being asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub factor: FactorId,
    pub against: FactorId,
    /// An answer other than yes, with what the step would be worth instead.
    pub other: Option<(ExchangeVerdict, f64)>,
}

impl Asked {
    fn of(scene: &WeighScene, exchange: &TradeOff) -> Self {
        let id = |f: usize| scene.factors()[f].id.clone();
        Self { factor: id(exchange.this.factor), against: id(exchange.that.factor), other: None }
    }
}

/// The place of the exchange that is asked about: the one that was chosen, else the first without a fresh answer.
fn asked_at(scene: &WeighScene, view: &WeightsView) -> Option<usize> {
    let chosen = view.asked.as_ref().and_then(|asked| {
        scene.exchanges.iter().position(|exchange| {
            let of = Asked::of(scene, exchange);
            of.factor == asked.factor && of.against == asked.against
        })
    });
    let open = || (0..scene.exchanges.len()).find(|&at| fresh_answer(scene, at).is_none());
    chosen.or_else(open).or((!scene.exchanges.is_empty()).then_some(0))
}

/// What was answered, in a word or two; empty while nothing was.
fn answer_words(scene: &WeighScene, at: usize) -> String {
    let Some(given) = answer(scene, at) else { return String::new() };
    let words = match given.answer {
        ExchangeVerdict::Right => "Yes",
        ExchangeVerdict::CountsMore => "Counts more",
        ExchangeVerdict::CountsLess => "Counts less",
    };
    if fresh_answer(scene, at).is_some() {
        let taken = if given.led_to.is_some() { ", taken" } else { "" };
        format!("{words}{taken}")
    } else {
        "Ask again".to_owned()
    }
}

/// How tall the step is when nothing of it scrolls.
#[must_use]
pub fn natural_height(scene: &WeighScene) -> f32 {
    HEAD + ROW * scene.exchanges.len().max(2) as f32 + space::S
}

/// Shows all exchanges in this place.
pub fn show(ui: &mut Ui, card: Rect, scene: &WeighScene, view: &mut WeightsView) {
    let tokens = Tokens::of(ui);
    let head = card.with_max_y(card.top() + HEAD);
    let at = pos2(card.left() + space::L, head.center().y);
    let (left, answered) =
        (Align2::LEFT_CENTER, (0..scene.exchanges.len()).filter(|&at| fresh_answer(scene, at).is_some()));
    let words = format!(
        "What the points mean in exchange: {} of {} answered",
        answered.count(),
        scene.exchanges.len()
    );
    paint_text(ui.painter(), at, left, &words, Type::Small, tokens.ink3);
    let body = card.with_min_y(head.bottom());
    let mut inner = ui.new_child(UiBuilder::new().max_rect(body).id_salt("checks"));
    inner.set_clip_rect(body.intersect(ui.clip_rect()));
    ScrollArea::vertical().id_salt("checks rows").auto_shrink(false).show(&mut inner, |ui| {
        let wanted = ROW * scene.exchanges.len().max(2) as f32;
        let (content, _) = ui.allocate_exact_size(vec2(card.width(), wanted), Sense::hover());
        if scene.exchanges.is_empty() {
            let words =
                "Two factors with points and with ends in figures are needed to exchange one for the other.";
            let room = (content.width() - 2.0 * space::L, 2);
            let at = pos2(content.left() + space::L, content.top() + ROW / 2.0);
            paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, Type::Body, tokens.ink2, room);
        }
        let current = asked_at(scene, view);
        for (at, exchange) in scene.exchanges.iter().enumerate() {
            let top = content.top() + ROW * at as f32;
            let band = Rect::from_x_y_ranges(content.x_range(), top..=top + ROW);
            if row(ui, scene, (at, exchange), band, current == Some(at)) {
                view.asked = Some(Asked::of(scene, exchange));
            }
        }
    });
}

/// One exchange with what was answered; answers whether it was chosen.
fn row(ui: &mut Ui, scene: &WeighScene, (at, exchange): (usize, &TradeOff), band: Rect, on: bool) -> bool {
    let tokens = Tokens::of(ui);
    let words = sentence_of(exchange);
    let said = answer_words(scene, at);
    let response = ui.interact(band, ui.scope_id().with(("exchange", at)), Sense::click());
    response.widget_info(|| {
        let said = if said.is_empty() { "not asked yet" } else { &said };
        WidgetInfo::selected(Role::Button, true, on, format!("{words} {said}"))
    });
    if on || response.hovered() {
        ui.painter().rect_filled(band, 0.0, tokens.select);
    }
    ui.painter().hline(band.x_range(), band.top() + 0.5, hairline(tokens.hair));
    paint_state(ui, scene, at, pos2(band.left() + 25.0, band.center().y));
    let right = pos2(band.right() - space::L, band.center().y);
    let drawn = paint_text(ui.painter(), right, Align2::RIGHT_CENTER, &said, Type::Small, tokens.ink2);
    let room = (drawn.left() - band.left() - 44.0 - space::M, 1);
    let left = pos2(band.left() + 44.0, band.center().y);
    paint_text_fitted(ui.painter(), left, Align2::LEFT_CENTER, &words, Type::Body, tokens.ink, room);
    paint_focus(ui, &response, band.shrink2(vec2(4.0, 3.0)), 6.0);
    response.clicked()
}

/// A tick for an answer that holds, a half disc for one to be asked again, a ring for none.
fn paint_state(ui: &Ui, scene: &WeighScene, at: usize, centre: egui::Pos2) {
    use crate::ui::widgets::marks::{Status, paint_status};
    let status = match (fresh_answer(scene, at), answer(scene, at)) {
        (Some(_), _) => Status::Complete,
        (None, Some(_)) => Status::Begun,
        (None, None) => Status::Nothing,
    };
    paint_status(ui.painter(), Tokens::of(ui), status, centre, 17.0);
}

fn sentence_of(exchange: &TradeOff) -> String {
    format!(
        "{} counts as much as {}.",
        crate::model::wording::capital(&exchange.this.words),
        exchange.that.words
    )
}

/// The card that asks one of them, and lists others when the step itself does not.
pub fn card(ui: &mut Ui, scene: &WeighScene, view: &mut WeightsView, list_others: bool, acts: &mut Vec<Act>) {
    let Some(at) = asked_at(scene, view) else { return };
    let tokens = Tokens::of(ui);
    let exchange = &scene.exchanges[at];
    Card::new().padding(20, 14).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.horizontal(|ui| {
            ui.label(Type::Heading.text("Check", tokens.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let words = format!("{} of {}", at + 1, scene.exchanges.len());
                ui.label(Type::Small.text(words, tokens.ink3));
            });
        });
        question(ui, scene, exchange, acts);
        if scene.may_be_changed() {
            verdicts(ui, scene, view, (at, exchange), acts);
            other_worth(ui, scene, view, exchange, acts);
        }
        standing(ui, scene, at);
        if exchange.straightened {
            wrapped(ui, "Curves are taken as straight from worst to best.", Type::Small, tokens.ink3);
        }
        if list_others {
            others(ui, scene, view, at);
        }
    });
}

fn question(ui: &mut Ui, scene: &WeighScene, exchange: &TradeOff, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui);
    let colour = |side| tokens.side(side).text;
    let (this, that) = (&exchange.this, &exchange.that);
    let response = Paragraph::new()
        .run("Then ", Type::Sentence, tokens.ink)
        .run(&this.words, Type::Heading, colour(this.side))
        .run(" is worth ", Type::Sentence, tokens.ink)
        .run(&that.words, Type::Heading, colour(that.side))
        .run(" to you. Is it?", Type::Sentence, tokens.ink)
        .show(ui);
    let (factor, against) = (&scene.factors()[this.factor].id, &scene.factors()[that.factor].id);
    let id = ui.scope_id().with("why exchange");
    let why = ui.interact(response.rect, id, Sense::click());
    why.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Why? {}", sentence_of(exchange))));
    paint_focus(ui, &why, response.rect.expand(3.0), 4.0);
    if why.on_hover_text("Why?").clicked() {
        acts.push(Act::Explain(Question::Exchange(factor.clone(), against.clone())));
    }
    if let Some(words) = in_people(scene, exchange) {
        wrapped(ui, words, Type::Small, tokens.ink2);
    }
}

/// What an amount of outcome means in people a year, where the factor counts points or per cent of people.
fn in_people(scene: &WeighScene, exchange: &TradeOff) -> Option<String> {
    let factor = &scene.factors()[exchange.that.factor];
    let people: f64 = scene.workspace.question.need_groups.iter().filter_map(|g| g.people_per_year).sum();
    if !counts_people(factor) || people <= 0.0 {
        return None;
    }
    let some = exchange.that.figure / 100.0 * people;
    let decimals = usize::from(some < 10.0);
    Some(format!(
        "In people: {} counts as much as {} of {} people a year.",
        exchange.this.words,
        number(some, decimals),
        thousands(libm::round(people) as u64)
    ))
}

/// Yes, more or less.
fn verdicts(
    ui: &mut Ui,
    scene: &WeighScene,
    view: &mut WeightsView,
    (at, exchange): (usize, &TradeOff),
    acts: &mut Vec<Act>,
) {
    let given = fresh_answer(scene, at).map(|answer| answer.answer);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        let mut yes = Button::new("Yes").tooltip("Keeps the points and the answer");
        let other = view.asked.as_ref().and_then(|asked| asked.other);
        yes = if given.is_none() && other.is_none() {
            yes.primary()
        } else {
            yes.selected(given == Some(ExchangeVerdict::Right))
        };
        if yes.show(ui).clicked() {
            acts.push(Act::Answer(answered(scene, exchange, ExchangeVerdict::Right, None), None));
            view.asked = None;
        }
        for (words, verdict, by) in [
            ("Worth more", ExchangeVerdict::CountsMore, NUDGE),
            ("Worth less", ExchangeVerdict::CountsLess, 1.0 / NUDGE),
        ] {
            let on = view.asked.as_ref().and_then(|a| a.other).is_some_and(|other| other.0 == verdict)
                || given == Some(verdict);
            if Button::new(words).selected(on).show(ui).clicked() {
                let factor = &scene.factors()[exchange.that.factor];
                let proposal = exchange.that.figure * by;
                let decimals = telling_decimals(proposal, factor);
                let scale = libm::pow(10.0, decimals as f64);
                let proposal = libm::round(proposal * scale) / scale;
                view.asked = Some(Asked { other: Some((verdict, proposal)), ..Asked::of(scene, exchange) });
                view.to_worth = true;
            }
        }
    });
}

fn answered(
    scene: &WeighScene,
    exchange: &TradeOff,
    verdict: ExchangeVerdict,
    points: Option<f64>,
) -> ExchangeAnswer {
    let (this, that) = (exchange.this.factor, exchange.that.factor);
    let Asked { factor, against, .. } = Asked::of(scene, exchange);
    // invariant: only factors with two ends are exchanged, so the fallback is never kept.
    let ends = |f: usize| scene.ends[f].unwrap_or((0.0, 0.0));
    ExchangeAnswer {
        factor,
        against,
        answer: verdict,
        points: (scene.points(this), scene.points(that)),
        ends: (ends(this), ends(that)),
        led_to: points.map(|points| (points, scene.points(that))),
    }
}

/// What it is worth instead, the points that follow from that, and what these would do.
fn other_worth(
    ui: &mut Ui,
    scene: &WeighScene,
    view: &mut WeightsView,
    exchange: &TradeOff,
    acts: &mut Vec<Act>,
) {
    let Some((verdict, amount)) = view.asked.as_ref().and_then(|asked| asked.other) else { return };
    let tokens = Tokens::of(ui);
    let (this, that) = (exchange.this.factor, exchange.that.factor);
    let (factor, against) = (&scene.factors()[this], &scene.factors()[that]);
    hair_rule(ui);
    let asks =
        format!("How much of {} is {} worth to you?", lowered(against.short_name()), exchange.this.words);
    wrapped(ui, asks, Type::Body, tokens.ink);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let name = format!("Worth in {}", against.name);
        if std::mem::take(&mut view.to_worth) {
            focus_field(ui, &name);
        }
        let shown = number(amount, telling_decimals(amount, against));
        if let Some(typed) = number_field(ui, &name, &shown, 84.0) {
            match figure::number(&typed).map(|n| n.value).filter(|x| *x > 0.0 && x.is_finite()) {
                Some(amount) => {
                    view.refused = None;
                    if let Some(asked) = &mut view.asked {
                        asked.other = Some((verdict, amount));
                    }
                }
                None => view.refused = Some(format!("“{}” is not an amount above 0.", typed.trim())),
            }
        }
        ui.label(Type::Small.text(trade_offs::unit_words(amount, against), tokens.ink3));
    });
    let (Some((worst, best)), Some((that_worst, that_best))) = (scene.ends[this], scene.ends[that]) else {
        return;
    };
    let first = Part { amount: exchange.this.figure, range: (best - worst).abs() };
    let second = Part { amount, range: (that_best - that_worst).abs() };
    let Some(points) = points_for_exchange(first, second, scene.points(that)) else { return };
    wrapped(ui, effect(scene, this, points), Type::Small, tokens.ink2);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if Button::new(&format!("Take {}", points_words(points))).primary().show(ui).clicked() {
            acts.push(Act::Answer(answered(scene, exchange, verdict, Some(points)), Some(points)));
            view.asked = None;
        }
        let keep = format!("Keep {}", points_words(scene.points(this)));
        let tip = format!("Notes the answer and leaves the points of {}", lowered(factor.short_name()));
        if Button::new(&keep).tooltip(&tip).show(ui).clicked() {
            acts.push(Act::Answer(answered(scene, exchange, verdict, None), None));
            view.asked = None;
        }
    });
}

/// What other points would do: to the weight, and to the lead.
fn effect(scene: &WeighScene, f: usize, points: f64) -> String {
    let mut swings: Vec<f64> = (0..scene.factors().len()).map(|f| scene.points(f)).collect();
    swings[f] = points;
    let weighed = scene.scene.analysis.balance.performance.matrix.weigh(&swings);
    let lead = match weighed.ranking[..] {
        [first, second, ..] => format!(
            "; {} would lead by {}",
            scene.options()[first].name,
            number(weighed.totals[first] - weighed.totals[second], 1)
        ),
        _ => String::new(),
    };
    format!(
        "Then {} would have {} points instead of {}, and {} of the weight instead of {}{lead}.",
        lowered(scene.factors()[f].short_name()),
        points_words(points),
        points_words(scene.points(f)),
        tenths(weighed.weights[f]),
        tenths(scene.weights[f])
    )
}

/// What was answered before, and whether it still holds.
fn standing(ui: &mut Ui, scene: &WeighScene, at: usize) {
    let Some(given) = answer(scene, at) else { return };
    let exchange = &scene.exchanges[at];
    let (this, that) = (exchange.this.factor, exchange.that.factor);
    let (Some(ends), Some(other_ends)) = (scene.ends[this], scene.ends[that]) else { return };
    let (then, against) = given.points;
    let asked = format!("at {} points against {}", points_words(then), points_words(against));
    let said = match given.answer {
        ExchangeVerdict::Right => "yes",
        ExchangeVerdict::CountsMore => "it counts more",
        ExchangeVerdict::CountsLess => "it counts less",
    };
    let now = staleness(given, (scene.points(this), scene.points(that)), (ends, other_ends));
    let words = match (now, given.led_to) {
        (None, None) => format!("Answered “{said}” {asked}."),
        (None, Some((points, _))) => {
            format!("Answered “{said}” {asked}; {} points were taken.", points_words(points))
        }
        (Some(Stale::Points), _) => {
            format!("Answered “{said}” {asked}. The points have changed since: ask again.")
        }
        (Some(Stale::Ends), _) => format!("Answered “{said}” {asked}. A range has changed since: ask again."),
    };
    wrapped(ui, words, Type::Small, Tokens::of(ui).ink3);
}

fn others(ui: &mut Ui, scene: &WeighScene, view: &mut WeightsView, at: usize) {
    let tokens = Tokens::of(ui);
    let others: Vec<usize> =
        (0..scene.exchanges.len()).filter(|&other| other != at).take(MOST_BESIDE - 1).collect();
    if others.is_empty() {
        return;
    }
    hair_rule(ui);
    for other in others {
        let exchange = &scene.exchanges[other];
        let width = ui.available_width();
        let galley = Paragraph::new()
            .run(&sentence_of(exchange), Type::Small, tokens.ink2)
            .galley(ui.painter(), width - 27.0);
        let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y.max(20.0)), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Ask: {}", sentence_of(exchange)))
        });
        paint_state(ui, scene, other, pos2(rect.left() + 9.0, rect.top() + 9.0));
        ui.painter().galley(pos2(rect.left() + 27.0, rect.top()), galley, tokens.ink2);
        paint_focus(ui, &response, rect.expand(2.0), 4.0);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            view.asked = Some(Asked::of(scene, exchange));
            view.to_field = None::<Field>;
        }
    }
}
