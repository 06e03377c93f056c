//! Who would be left out under an option, on the wall.

use egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

use super::wall::{Wall, head, label, role_that_fits, spoken};
use crate::{
    analysis::reach::Verdict,
    model::{
        ids::OptionId,
        wording::{capital, number, percent},
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, rounded},
        widgets::{paint_badge, paint_text, paint_text_fitted},
    },
};

/// The prediction with the dial of Reach in the middle.
const MIDDLE: usize = 1;
/// Need groups that have a bar at the most.
const MOST: usize = 10;

pub fn show(ui: &mut Ui, wall: &Wall, id: &OptionId, body: Rect) {
    let tokens = Tokens::of(ui);
    let top = head(ui, wall, body, "Who is left out") + 18.0;
    let options = &wall.workspace.question.options;
    let Some(at) = options.iter().position(|option| option.id == *id) else { return };
    let option = &options[at];
    paint_badge(ui.painter(), tokens, &option.badge, pos2(body.left() + 20.0, top + 20.0), 40.0);
    let name = pos2(body.left() + 54.0, top + 20.0);
    let role = role_that_fits(ui, &option.name, &[Type::Big, Type::Title], (body.width() * 0.5, 1));
    label(ui, name, Align2::LEFT_CENTER, &option.name, role, tokens.ink, (body.width() * 0.5, 1));
    let Some(reach) = wall.analysis.reach.options.get(at).and_then(Option::as_ref) else {
        let words = "Nobody has said yet how it would pay, or for whom.";
        let at = pos2(body.left(), top + 70.0);
        label(ui, at, Align2::LEFT_TOP, words, Type::Heading, tokens.ink2, (body.width(), 2));
        return;
    };
    let risk = match reach.verdict {
        Verdict::CannotBeJudged => "Cannot be judged yet".to_owned(),
        verdict => format!("{} risk of picking and leaving", capital(verdict.words())),
    };
    let (icon, ink) = if reach.verdict >= Verdict::Moderate {
        (icons::WARNING_DIAMOND, tokens.crimson)
    } else {
        (icons::CHECK_CIRCLE, tokens.ink2)
    };
    let right = pos2(body.right(), top + 20.0);
    let place = label(ui, right, Align2::RIGHT_CENTER, &risk, Type::Heading, ink, (body.width() * 0.4, 1));
    let at = pos2(place.left() - 16.0, right.y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon.0, Icon::filled_font(22.0), ink);
    show_number(ui, &reach.left_out_per_year, &reach.people, pos2(body.left(), top + 56.0));
    let groups = wall.workspace.question.need_groups.len().min(MOST);
    let rows = body.with_min_y(top + 146.0);
    let step = (rows.height() / groups.max(1) as f32).min(40.0);
    for group in 0..groups {
        let row = Rect::from_min_size(
            pos2(rows.left(), rows.top() + step * group as f32),
            vec2(rows.width(), step),
        );
        show_group(ui, wall, (at_of(options, id), group), row);
    }
}

fn at_of(options: &[crate::model::question::ServiceOption], id: &OptionId) -> usize {
    options.iter().position(|option| option.id == *id).unwrap_or(0)
}

fn show_number(
    ui: &mut Ui,
    left_out: &crate::analysis::Figure,
    people: &crate::analysis::Figure,
    at: egui::Pos2,
) {
    let tokens = Tokens::of(ui);
    let Ok(many) = left_out else {
        let words = "How many people are left out is not known yet.";
        label(ui, at, Align2::LEFT_TOP, words, Type::Heading, tokens.ink2, (800.0, 1));
        return;
    };
    let words = number(*many, 0);
    let ink = if *many >= 0.5 { tokens.crimson } else { tokens.ink };
    let middle = pos2(at.x, at.y + 40.0);
    let place = paint_text(ui.painter(), middle, Align2::LEFT_CENTER, &words, Type::WallFigure, ink);
    let all = people.as_ref().map_or_else(|_| String::new(), |all| format!(", of {}", number(*all, 0)));
    let beside = pos2(place.right() + 16.0, middle.y - 4.0);
    let rest = format!("people a year left out{all}");
    let rest = rest.trim();
    let written = paint_text(ui.painter(), beside, Align2::LEFT_CENTER, rest, Type::WallQuestion, tokens.ink);
    spoken(ui, place.union(written), &format!("{words} {rest}"));
}

/// A group: the share that would be supported beside an equal share, the gap in crimson.
fn show_group(ui: &mut Ui, wall: &Wall, (option, group): (usize, usize), row: Rect) {
    let tokens = Tokens::of(ui);
    let Some(reach) = wall.analysis.reach.options.get(option).and_then(Option::as_ref) else { return };
    let Some(predicted) = reach.groups.get(group) else { return };
    let name = wall.workspace.question.need_groups[group].short_name();
    let y = row.center().y;
    let names = row.width() * 0.3;
    let role = if row.height() < 24.0 { Type::Small } else { Type::Sentence };
    let at = pos2(row.left(), y);
    paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, name, role, tokens.ink, (names - 12.0, 1));
    let track = Rect::from_min_max(
        pos2(row.left() + names, y - row.height() * 0.28),
        pos2(row.right() - 170.0, y + row.height() * 0.28),
    );
    ui.painter().rect_filled(track, rounded(4.0), tokens.track);
    let x = |share: f64| track.left() + track.width() * share.clamp(0.0, 1.0) as f32;
    let (words, ink) = match (&predicted.share_supported_at[MIDDLE], &reach.equal_share) {
        (Ok(share), equal) => {
            let colour = tokens.option(&wall.workspace.question.options[option].badge).fill;
            ui.painter().rect_filled(track.with_max_x(x(*share)), rounded(4.0), colour);
            if let Ok(equal) = equal {
                if *share < *equal {
                    let gap = track.with_min_x(x(*share)).with_max_x(x(*equal));
                    let edge = Stroke::new(1.0, tokens.crimson);
                    let inside = egui::StrokeKind::Inside;
                    ui.painter().rect(gap, 0.0, tokens.crimson_tint, edge, inside);
                }
                ui.painter().vline(x(*equal), track.y_range().expand(3.0), Stroke::new(2.0, tokens.ink));
            }
            let left_out = predicted.left_out_per_year.as_ref().copied().unwrap_or(0.0);
            if left_out >= 0.5 {
                (format!("{} left out", number(left_out, 0)), tokens.crimson)
            } else {
                (format!("{} supported", percent(*share)), tokens.ink2)
            }
        }
        (Err(_), _) => ("not known".to_owned(), tokens.ink2),
    };
    paint_text(ui.painter(), pos2(row.right(), y), Align2::RIGHT_CENTER, &words, role, ink);
    spoken(ui, row, &format!("{name}: {words}"));
}
