//! One row a need group: what supporting and parking earn, the share predicted to be supported, and how many are left out.

use egui::{
    Align2, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{known, prediction::missing_of, verdict_card::NOT_KNOWN};
use crate::{
    analysis::{
        explain::Question,
        reach::{GroupReach, OptionReach, Verdict},
    },
    exchange::drawing::Chart,
    model::{
        Workspace,
        question::NeedGroup,
        wording::{list, number, percent, pounds, signed_pounds},
    },
    ui::{
        desk::Desk,
        drawing::Easel,
        theme::{OptionColour, Tokens, Type, hairline, rounded, size},
        widgets::{Card, button::paint_focus, marks::paint_hatching, paint_text, paint_text_fitted},
    },
};

const HEAD: f32 = 56.0;
const FOOT: f32 = 46.0;
const ROW: (f32, f32) = (66.0, 120.0);

/// Where the columns of the table begin and end.
struct Columns {
    name: f32,
    earns: (f32, f32),
    share: (f32, f32),
    left_out: f32,
}

impl Columns {
    fn of(place: Rect) -> Self {
        let (left, width) = (place.left(), place.width());
        Self {
            name: left + 16.0,
            earns: (left + width * 0.275, left + width * 0.595),
            share: (left + width * 0.612, left + width * 0.838),
            left_out: place.right() - 18.0,
        }
    }
}

/// The scale of pounds that all rows share.
struct Pounds {
    zero: f32,
    per_pound: f32,
}

impl Pounds {
    fn of(reach: &OptionReach, (from, to): (f32, f32)) -> Self {
        let figures = reach.groups.iter().flat_map(|g| [&g.margin_supported, &g.margin_parked]);
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for &figure in figures.flatten() {
            low = low.min(figure);
            high = high.max(figure);
        }
        // Room for the figure beside the longest bar to the right; those to the left find room beyond nought.
        let room = f64::from((to - from - 76.0).max(40.0));
        let per_pound = if high > low { room / (high - low) } else { 0.0 };
        Self { zero: from + (-low * per_pound) as f32, per_pound: per_pound as f32 }
    }

    fn at(&self, pounds: f64) -> f32 {
        self.zero + pounds as f32 * self.per_pound
    }
}

/// The table for a paper of this width, with every group on it.
pub fn on_paper(
    easel: &mut Easel,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
    width: f32,
) -> Chart {
    let height = HEAD + FOOT + ROW.0 * workspace.question.need_groups.len().max(1) as f32;
    easel.chart("Who is supported and who is left out", vec2(width, height), |ui, place| {
        show_at(ui, desk, workspace, reach, index, place);
    })
}

/// Shows the table in exactly this place; its rows scroll under a fixed head.
pub fn show_at(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    reach: &OptionReach,
    index: usize,
    place: Rect,
) {
    Card::new().padding(0, 0).show_at(ui, place, |ui| {
        let inside = Rect::from_min_size(place.min, vec2(place.width(), place.height()));
        let columns = Columns::of(inside);
        let tokens = Tokens::of(ui);
        let option = &workspace.question.options[index];
        let colour = tokens.option(&option.badge);
        head(ui, &columns, inside, reach, colour);
        let body = Rect::from_min_max(
            pos2(inside.left(), inside.top() + HEAD),
            pos2(inside.right(), inside.bottom() - FOOT),
        );
        let rows = workspace.question.need_groups.len().max(1) as f32;
        let height = (body.height() / rows).clamp(ROW.0, ROW.1);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body));
        inner.set_clip_rect(body.intersect(ui.clip_rect()));
        ScrollArea::vertical().auto_shrink(false).show(&mut inner, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let scale = Pounds::of(reach, columns.earns);
            let missing = missing_of(desk, workspace, index);
            for (g, (group, figures)) in workspace.question.need_groups.iter().zip(&reach.groups).enumerate()
            {
                let of_group = missing.groups.iter().find(|(of, _)| *of == g);
                let lacks = of_group.map_or(&[][..], |(_, lacks)| lacks);
                let rate = |group: &NeedGroup| group.outcome_supported;
                let mut others = workspace.question.need_groups.iter().filter(|other| other.id != group.id);
                let easiest = rate(group).is_some() && others.all(|other| rate(other) < rate(group));
                let row = Row { group, figures, reach, colour, easiest, lacks };
                row.show(ui, desk, &columns, &scale, height, &option.id);
            }
        });
        foot(ui, &columns, inside, workspace, reach);
    });
}

fn head(ui: &Ui, columns: &Columns, place: Rect, reach: &OptionReach, colour: OptionColour) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let (upper, lower) = (place.top() + 19.0, place.top() + 38.0);
    let at = |x: f32, y: f32| pos2(x, y);
    let strong = |x: f32, words: &str, anchor, ink| {
        paint_text(painter, at(x, upper), anchor, words, Type::Strong, ink)
    };
    let small = |x: f32, words: &str, anchor| {
        paint_text(painter, at(x, lower), anchor, words, Type::Small, tokens.ink2)
    };
    strong(columns.name, "Need group", Align2::LEFT_CENTER, tokens.ink);
    small(columns.name, "people a year", Align2::LEFT_CENTER);
    let wide = columns.earns.1 - columns.earns.0 > 250.0;
    let words = if wide { "What the provider earns per person" } else { "Earned per person" };
    strong(columns.earns.0, words, Align2::LEFT_CENTER, tokens.ink);
    let swatch = |x: f32| Rect::from_center_size(pos2(x, lower), vec2(10.0, 10.0));
    painter.rect_filled(swatch(columns.earns.0 + 5.0), rounded(2.0), colour.fill);
    let supported = small(columns.earns.0 + 15.0, "supported", Align2::LEFT_CENTER);
    let parked = swatch(supported.right() + 17.0);
    painter.rect(parked, rounded(2.0), tokens.track, Stroke::new(1.0, tokens.ink3), StrokeKind::Inside);
    small(parked.right() + 5.0, "parked", Align2::LEFT_CENTER);
    let wide = columns.share.1 - columns.share.0 > 170.0;
    let words = if wide { "Predicted share supported" } else { "Share supported" };
    strong(columns.share.0, words, Align2::LEFT_CENTER, tokens.ink);
    let equal = known(&reach.equal_share, percent);
    painter.vline(columns.share.0 + 1.0, (lower - 6.0)..=(lower + 6.0), Stroke::new(2.0, tokens.ink));
    small(columns.share.0 + 8.0, &format!("equal share {equal}"), Align2::LEFT_CENTER);
    strong(columns.left_out, "Left out", Align2::RIGHT_CENTER, tokens.crimson);
    small(columns.left_out, "a year", Align2::RIGHT_CENTER);
}

fn foot(ui: &Ui, columns: &Columns, place: Rect, workspace: &Workspace, reach: &OptionReach) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter();
    let band =
        Rect::from_min_max(pos2(place.left() + 1.0, place.bottom() - FOOT), place.max - vec2(1.0, 1.0));
    let corners = egui::CornerRadius { nw: 0, ne: 0, ..rounded(size::RADIUS_CARD - 1.0) };
    painter.rect_filled(band, corners, tokens.sunken);
    painter.hline(place.x_range(), band.top(), hairline(tokens.line));
    let y = band.center().y;
    paint_text(painter, pos2(columns.name, y), Align2::LEFT_CENTER, "All groups", Type::Strong, tokens.ink);
    if let Some(mean) = earned_per_person_supported(workspace, reach) {
        let wide = columns.earns.1 - columns.earns.0 > 250.0;
        let words = if wide { "a person supported, on average" } else { "a person supported" };
        let words = format!("{} {words}", signed_pounds(mean));
        paint_text(painter, pos2(columns.earns.0, y), Align2::LEFT_CENTER, &words, Type::Body, tokens.ink2);
    }
    let supported =
        reach.share_supported.map_or(NOT_KNOWN.to_owned(), |s| format!("{} supported", percent(s)));
    paint_text(painter, pos2(columns.share.0, y), Align2::LEFT_CENTER, &supported, Type::Strong, tokens.ink);
    left_out(painter, tokens, pos2(columns.left_out, y), reach.left_out_per_year.as_ref().ok().copied());
}

/// What the provider earns on average with a person whom it supports.
fn earned_per_person_supported(workspace: &Workspace, reach: &OptionReach) -> Option<f64> {
    let (mut earned, mut supported) = (0.0, 0.0);
    for (group, figures) in workspace.question.need_groups.iter().zip(&reach.groups) {
        let share = figures.share_supported_at[1].as_ref().ok()?;
        let people = group.people_per_year? * share;
        earned += people * figures.margin_supported.as_ref().ok()?;
        supported += people;
    }
    (supported > 0.0).then(|| earned / supported)
}

fn left_out(painter: &Painter, tokens: &Tokens, at: Pos2, people: Option<f64>) {
    match people {
        Some(people) => {
            let ink = if people >= 0.5 { tokens.crimson } else { tokens.ink3 };
            paint_text(painter, at, Align2::RIGHT_CENTER, &number(people, 0), Type::Score, ink);
        }
        None => {
            paint_text(painter, at, Align2::RIGHT_CENTER, NOT_KNOWN, Type::Score, tokens.ink3);
        }
    }
}

struct Row<'a> {
    group: &'a NeedGroup,
    figures: &'a GroupReach,
    reach: &'a OptionReach,
    colour: OptionColour,
    /// Whether more succeed in it than in any other.
    easiest: bool,
    /// What is not stated of the group and is needed.
    lacks: &'a [&'static str],
}

impl Row<'_> {
    fn show(
        &self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        columns: &Columns,
        scale: &Pounds,
        height: f32,
        option: &crate::model::ids::OptionId,
    ) {
        let tokens = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, self.name()));
        if response.hovered() {
            ui.painter().rect_filled(rect.shrink2(vec2(1.0, 0.0)), rounded(0.0), tokens.sunken);
        }
        ui.painter().hline(rect.x_range(), rect.top(), hairline(tokens.hair));
        let middle = rect.center().y - if height > 88.0 { 12.0 } else { 10.0 };
        self.who(ui, columns, middle);
        self.earns(ui.painter(), tokens, scale, columns, middle);
        self.share(ui.painter(), tokens, columns, middle);
        let people = self.figures.left_out_per_year.as_ref().ok().copied();
        left_out(ui.painter(), tokens, pos2(columns.left_out, middle), people);
        let at = pos2(columns.earns.0, middle + 33.0);
        let fit = (columns.left_out - at.x, 1);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &self.why(), Type::Small, tokens.ink2, fit);
        paint_focus(ui, &response, rect.shrink(2.0), 4.0);
        if response.has_focus() {
            desk.view.figure_in_focus = Some(Question::Gain(option.clone(), self.group.id.clone()));
        }
        if response.clicked() {
            desk.explain(Question::Gain(option.clone(), self.group.id.clone()));
        }
    }

    /// What assistive technology says of the row.
    fn name(&self) -> String {
        let figures = self.figures;
        format!(
            "{}: supporting earns {}, parking earns {}, {} supported, {} left out a year. {}",
            self.group.name,
            known(&figures.margin_supported, signed_pounds),
            known(&figures.margin_parked, signed_pounds),
            known(&figures.share_supported_at[1], percent),
            known(&figures.left_out_per_year, |n| number(n, 0)),
            self.why(),
        )
    }

    fn who(&self, ui: &Ui, columns: &Columns, middle: f32) {
        let tokens = Tokens::of(ui);
        let fit = (columns.earns.0 - columns.name - 10.0, 1);
        let at = pos2(columns.name, middle - 9.0);
        let name = self.group.short_name();
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, Type::Strong, tokens.ink, fit);
        let people = self.group.people_per_year.map_or("not known".to_owned(), |n| number(n, 0));
        let at = pos2(columns.name, middle + 10.0);
        paint_text(ui.painter(), at, Align2::LEFT_CENTER, &people, Type::Small, tokens.ink2);
    }

    fn earns(&self, painter: &Painter, tokens: &Tokens, scale: &Pounds, columns: &Columns, middle: f32) {
        painter.vline(scale.zero, (middle - 20.0)..=(middle + 20.0), hairline(tokens.line));
        let bar = |figure: f64, y: f32| {
            Rect::from_two_pos(pos2(scale.zero, y - 6.5), pos2(scale.at(figure), y + 6.5))
        };
        let (supported, parked) = (middle - 9.0, middle + 9.0);
        let is_parked = self.figures.parked == Some(true);
        match &self.figures.margin_supported {
            Ok(figure) => {
                painter.rect_filled(bar(*figure, supported), rounded(2.5), self.colour.fill);
                let ink = if is_parked { tokens.crimson } else { tokens.ink };
                label(painter, columns, scale, *figure, supported, (Type::SmallStrong, ink));
            }
            Err(_) => not_known(painter, tokens, columns, supported),
        }
        match &self.figures.margin_parked {
            Ok(figure) => {
                let outline = Stroke::new(1.0, tokens.ink3);
                painter.rect(bar(*figure, parked), rounded(2.5), tokens.track, outline, StrokeKind::Inside);
                label(painter, columns, scale, *figure, parked, (Type::Small, tokens.ink2));
            }
            Err(_) => not_known(painter, tokens, columns, parked),
        }
    }

    fn share(&self, painter: &Painter, tokens: &Tokens, columns: &Columns, middle: f32) {
        let (from, to) = columns.share;
        let at = |share: f64| from + (to - from - 6.0) * share.clamp(0.0, 1.0) as f32;
        let span =
            |a: f64, b: f64| Rect::from_min_max(pos2(at(a), middle - 10.0), pos2(at(b), middle + 10.0));
        let whole = span(0.0, 1.0);
        painter.rect_filled(whole, rounded(4.0), tokens.track);
        let Ok(share) = self.figures.share_supported_at[1] else {
            paint_hatching(painter, tokens, whole);
            return;
        };
        let equal = self.reach.equal_share.as_ref().ok().copied();
        if let Some(equal) = equal.filter(|&equal| share < equal) {
            let gap = span(share, equal);
            painter.rect_filled(gap, rounded(0.0), tokens.crimson_tint);
            dashed_outline(painter, gap.shrink(0.5), Stroke::new(1.0, tokens.crimson));
        }
        painter.rect_filled(span(0.0, share), rounded(4.0), self.colour.fill);
        let words = percent(share);
        if share < 0.25 {
            let ink = if equal.is_some_and(|equal| share < equal) { tokens.crimson } else { tokens.ink };
            let width = painter.layout_no_wrap(words.clone(), Type::SmallStrong.font(), ink).size().x;
            let after = at(share) + 7.0;
            // The figure must not stand across the mark of the equal share.
            let left = match equal.map(at) {
                Some(mark) if after < mark + 4.0 && after + width > mark - 4.0 => mark + 7.0,
                _ => after,
            };
            let left = pos2(left, middle);
            paint_text(painter, left, Align2::LEFT_CENTER, &words, Type::SmallStrong, ink);
        } else {
            let end = at(equal.map_or(share, |equal| if share > equal { equal } else { share })) - 8.0;
            paint_text(
                painter,
                pos2(end, middle),
                Align2::RIGHT_CENTER,
                &words,
                Type::SmallStrong,
                self.colour.on,
            );
        }
        if let Some(equal) = equal {
            painter.vline(at(equal), (middle - 15.0)..=(middle + 15.0), Stroke::new(2.0, tokens.ink));
        }
    }

    /// Why the money falls as it does, in a sentence.
    fn why(&self) -> String {
        let figures = self.figures;
        let (Some(cost), Ok(income), Ok(gain), Ok(margin)) =
            (self.group.cost_supported, &figures.income_supported, &figures.gain, &figures.margin_supported)
        else {
            return match self.lacks {
                [] => format!("Not known: {}.", figures.gain.err().map_or("a figure", |why| why.0)),
                lacks => format!("Not known: {}.", list(lacks)),
            };
        };
        let (income, cost) = (pounds(*income), pounds(cost.pounds()));
        let succeed = self
            .group
            .outcome_supported
            .map(|rate| format!("{} in 100 succeed, so {income} comes in", number(rate * 100.0, 0)))
            .unwrap_or_else(|| format!("{income} comes in"));
        if *gain >= 0.0 {
            let best = match (self.pays_best(), self.easiest) {
                (false, _) => "",
                (true, false) => " This group pays best.",
                (true, true) => " The easiest group pays best.",
            };
            return format!("{succeed} against {cost} of cost.{best}");
        }
        if figures.refused == Some(true) {
            return format!("{succeed}, less than the {cost} it costs to support: it pays to refuse.");
        }
        if *margin >= -60.0 {
            return format!("{succeed} and {cost} goes out. Parking still pays {} more.", pounds(-gain));
        }
        format!("{succeed}, less than the {cost} it costs to support.")
    }

    /// Whether this group alone pays best in a design that leaves others out.
    fn pays_best(&self) -> bool {
        let gains = || self.reach.groups.iter().filter_map(|group| group.gain.as_ref().ok().copied());
        let best = gains().fold(f64::NEG_INFINITY, f64::max);
        let mine = self.figures.gain.as_ref().ok().copied();
        self.reach.verdict >= Verdict::Moderate
            && mine.is_some_and(|gain| gain >= best)
            && gains().filter(|gain| *gain >= best).count() == 1
            && self.reach.groups.len() > 1
    }
}

fn label(
    painter: &Painter,
    columns: &Columns,
    scale: &Pounds,
    figure: f64,
    y: f32,
    (role, ink): (Type, egui::Color32),
) {
    let words = signed_pounds(figure);
    let end = scale.at(figure);
    let width = painter.layout_no_wrap(words.clone(), role.font(), ink).size().x;
    // A long bar to the left has its figure on the other side of nought.
    let (at, anchor) = if figure < 0.0 && scale.zero - end > 4.0 && end - 5.0 - width > columns.earns.0 {
        (end - 5.0, Align2::RIGHT_CENTER)
    } else if figure < 0.0 {
        (scale.zero + 7.0, Align2::LEFT_CENTER)
    } else {
        (end + 6.0, Align2::LEFT_CENTER)
    };
    paint_text(painter, pos2(at, y), anchor, &words, role, ink);
}

/// The place of a bar that cannot be drawn.
fn not_known(painter: &Painter, tokens: &Tokens, columns: &Columns, y: f32) {
    let (from, to) = columns.earns;
    paint_hatching(painter, tokens, Rect::from_min_max(pos2(from, y - 6.5), pos2(to - 76.0, y + 6.5)));
}

fn dashed_outline(painter: &Painter, rect: Rect, stroke: Stroke) {
    let corners =
        [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(egui::Shape::dashed_line(&corners, stroke, 3.0, 2.0));
}
