//! Ready-made forms: each fills every term in one step, and says first how many groups it would pay to park.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Scene;
use crate::{
    analysis::{
        Figure, Undefined,
        reach::{DesignCopy, FORMS, Form, FormKind, NO_START_FEE, capacity_share, gives_up},
    },
    model::{
        Workspace,
        ids::OptionId,
        wording::{in_words, list, percent, short_pounds},
    },
    session::edits::designs,
    ui::{
        desk::Desk,
        rooms::reach::fix::radio,
        theme::{Tokens, Type, hairline, rounded, space},
        widgets::{button::paint_focus, hair_rule, paint_text, paint_text_fitted, wrapped},
    },
};

const ROW: f32 = 78.0;
/// How much taller a row is that says what its form would no longer pay.
const GIVES_UP: f32 = 19.0;

/// The forms as they would fill an option.
#[derive(Debug)]
pub(in crate::ui::rooms::reach) struct FilledForms {
    /// The share of every group at which they are costed.
    share: Figure,
    forms: Vec<FilledForm>,
}

#[derive(Debug)]
struct FilledForm {
    form: Form,
    copy: Result<DesignCopy, Undefined>,
    /// How many groups it would pay to park, as far as that is known.
    parks: Option<usize>,
    /// £ a year if the share that capacity allows of every group were supported, which no price changes.
    cost: Figure,
    /// What it would no longer pay or ask.
    gives_up: Vec<String>,
    /// Whether the option pays like this now.
    stands: bool,
}

impl FilledForms {
    fn of(workspace: &Workspace, option: &OptionId) -> Self {
        let share = capacity_share(workspace, option);
        let now = DesignCopy::of(workspace, option);
        let groups = &workspace.question.need_groups;
        let fill = |form: Form| {
            let copy = form.fill(workspace, option);
            let reach = copy.as_ref().ok().and_then(|copy| copy.reach(workspace));
            let parked = |reach: crate::analysis::reach::OptionReach| {
                let each: Option<Vec<bool>> = reach.groups.iter().map(|group| group.parked).collect();
                each.map(|each| each.into_iter().filter(|parked| *parked).count())
            };
            FilledForm {
                form,
                parks: reach.and_then(parked),
                cost: copy.as_ref().map_err(|why| *why).and_then(|copy| copy.cost_at_share(workspace, share)),
                gives_up: copy.as_ref().map(|copy| gives_up(&now, copy)).unwrap_or_default(),
                stands: copy.as_ref().is_ok_and(|copy| copy.pays_like(&now, groups)),
                copy,
            }
        };
        Self { share, forms: FORMS.into_iter().map(fill).collect() }
    }
}

/// Shows the card's contents.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let padded = |ui: &mut Ui, words: &str, role: Type, ink| {
        egui::Frame::new()
            .inner_margin(egui::Margin::symmetric(16, 0))
            .show(ui, |ui| wrapped(ui, words, role, ink));
    };
    padded(ui, "Start from a form", Type::Heading, tokens.ink);
    padded(ui, "Fills every term. Yours to change.", Type::Small, tokens.ink2);
    ui.add_space(space::S);
    let work = || FilledForms::of(scene.workspace, scene.option);
    let filled = desk.view.reach.worked_out.forms.get(scene.index, work);
    for form in &filled.forms {
        row(ui, desk, form);
    }
    hair_rule(ui);
    ui.add_space(space::S);
    let words = match filled.share {
        Ok(share) if share < 1.0 => {
            format!(
                "Cost a year if {} of every group were supported, as many as capacity allows.",
                percent(share)
            )
        }
        Ok(_) => "Cost a year if everybody were supported.".to_owned(),
        Err(Undefined(why)) => format!("What the forms cost a year is not known: {why}."),
    };
    padded(ui, &words, Type::Small, tokens.ink2);
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, filled: &FilledForm) {
    let tokens = Tokens::of(ui);
    let can = filled.copy.is_ok();
    let sense = if can { Sense::click() } else { Sense::hover() };
    let form = filled.form;
    let names: Vec<&str> = filled.gives_up.iter().map(String::as_str).collect();
    let gives_up = if names.is_empty() { String::new() } else { format!("Ends {}", list(&names)) };
    let height = if gives_up.is_empty() { ROW } else { ROW + GIVES_UP };
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), sense);
    let (parks, bad) = match (&filled.copy, filled.parks) {
        (Err(why), _) if *why == NO_START_FEE => ("does not apply".to_owned(), false),
        (Err(_), _) => ("figures missing".to_owned(), false),
        (Ok(_), None) => ("not known".to_owned(), false),
        (Ok(_), Some(0)) => ("parks none".to_owned(), false),
        (Ok(_), Some(n)) => {
            (format!("pays to park {}", if n > 12 { n.to_string() } else { in_words(n) }), true)
        }
    };
    let cost = filled.cost.map_or(String::new(), short_pounds);
    response.widget_info(|| {
        let words = format!("{}: {}; {parks}, {cost} a year. {}", form.name, form.text, form.source);
        let words = if gives_up.is_empty() { words } else { format!("{words}. {gives_up}") };
        WidgetInfo::selected(Role::RadioButton, can, filled.stands, words)
    });
    let inside = place.shrink2(vec2(1.0, 0.0));
    if filled.stands || (response.hovered() && can) {
        let fill = if filled.stands { tokens.select } else { tokens.sunken };
        ui.painter().rect_filled(inside, rounded(0.0), fill);
    }
    ui.painter().hline(place.x_range(), place.top(), hairline(tokens.hair));
    radio(ui, pos2(place.left() + 24.0, place.center().y), filled.stands);
    let left = place.left() + 43.0;
    let fit = (place.right() - 12.0 - left, 1);
    let text = match &filled.copy {
        Err(why) if *why == NO_START_FEE => "No start fee to hold back",
        _ if form.kind == FormKind::EqualMargins && filled.parks == Some(0) => "All groups earn the same",
        _ => form.text,
    };
    let lines = [(form.name, Type::Strong, tokens.ink), (text, Type::Small, tokens.ink2)];
    for (n, (words, role, ink)) in lines.into_iter().enumerate() {
        let at = pos2(left, place.top() + 19.0 + 20.0 * n as f32);
        let ink = if can { ink } else { tokens.ink3 };
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, words, role, ink, fit);
    }
    if !gives_up.is_empty() {
        let at = pos2(left, place.top() + 58.0);
        paint_text_fitted(ui.painter(), at, Align2::LEFT_CENTER, &gives_up, Type::Small, tokens.ink, fit);
    }
    let y = place.bottom() - 18.0;
    let (role, ink) = if bad { (Type::SmallStrong, tokens.crimson) } else { (Type::Small, tokens.ink2) };
    paint_text(ui.painter(), pos2(left, y), Align2::LEFT_CENTER, &parks, role, ink);
    let end = pos2(place.right() - 16.0, y);
    paint_text(ui.painter(), end, Align2::RIGHT_CENTER, &cost, Type::NumberSmall, tokens.ink2);
    paint_focus(ui, &response, place.shrink(2.0), 4.0);
    if response.clicked()
        && let Ok(copy) = &filled.copy
    {
        let tails: Vec<u32> = copy.payments.iter().map(|_| desk.session.new_tail()).collect();
        desk.edit(format!("Pay by the form “{}”", form.name), None, |w| {
            designs::put_design(w, copy, &tails)
        });
    }
    let missing = filled.copy.as_ref().err().map_or(String::new(), |why| format!(" Not yet: {}.", why.0));
    let gives_up = if gives_up.is_empty() { gives_up } else { format!(" {gives_up}.") };
    response.on_hover_text(format!("{}.{missing}{gives_up}", form.source));
}
