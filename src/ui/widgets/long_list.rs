//! A list of things of unequal height of which only those in view are drawn, so that a page of hundreds costs no more
//! than a page of ten.

use egui::{Id, Rect, Ui, vec2};

use crate::ui::drawing::parts::is_asked;

/// How far beyond what is in view things are drawn too, as a share of the height in view: the keyboard reaches them.
const BEYOND: f32 = 0.5;

/// What is known of a list from the last time that it was drawn.
#[derive(Clone, Default)]
struct Drawn {
    width: f32,
    heights: Vec<f32>,
    /// The thing with the keyboard in it, which is drawn wherever it is: what is being typed must not be lost.
    holds_keyboard: Option<usize>,
}

/// Shows `count` things one below the other inside a scroll area. Those out of view keep the height that they had when
/// last drawn; the first time they are thought as tall as `guess`. The thing that is `wanted`, such as one that is to take
/// the keyboard, is drawn wherever it is.
pub fn long_list(
    ui: &mut Ui,
    name: &str,
    (count, wanted): (usize, Option<usize>),
    guess: f32,
    mut show: impl FnMut(&mut Ui, usize),
) {
    let id = ui.scope_id().with(("long list", name));
    let mut drawn = ui.data_mut(|data| data.remove_temp::<Drawn>(id)).unwrap_or_default();
    let width = ui.available_width();
    if (drawn.width - width).abs() > 0.5 {
        drawn = Drawn { width, ..Drawn::default() };
    }
    drawn.heights.resize(count, guess);
    let view = ui.clip_rect();
    let near = view.expand2(vec2(0.0, view.height() * BEYOND));
    let keyboard = place_of_keyboard(ui);
    // Who copies a table wants the whole of it.
    let all = is_asked(ui.ctx());
    let mut holds_keyboard = None;
    let gap = ui.spacing().item_spacing.y;
    // How tall those are that were passed over since the last one drawn, with the gap after each, and how many.
    let mut passed = (0.0, 0);
    let make_room = |ui: &mut Ui, (height, many): &mut (f32, usize)| {
        if *many > 0 {
            let place = Rect::from_min_size(ui.cursor().min, vec2(width, *height - gap));
            ui.advance_cursor_after_rect(place);
            // What follows keeps its names, and so the keyboard, however many are passed over.
            ui.skip_ahead_auto_ids(*many);
            (*height, *many) = (0.0, 0);
        }
    };
    let mut top = ui.cursor().top();
    for (index, height) in drawn.heights.iter_mut().enumerate() {
        // Thousands come by here in every frame: no more is asked of each than where it stands.
        let begins = top + passed.0;
        let in_view = begins <= near.bottom() && begins + *height >= near.top();
        let kept = drawn.holds_keyboard == Some(index) || wanted == Some(index);
        if !(all || in_view || kept) {
            passed.0 += *height + gap;
            passed.1 += 1;
            continue;
        }
        make_room(ui, &mut passed);
        let shown = ui.push_id(index, |ui| show(ui, index)).response.rect;
        *height = shown.height();
        top = ui.cursor().top();
        // What has just been given the keyboard is known by its place only when it is drawn again.
        if wanted == Some(index) || keyboard.is_some_and(|keyboard| shown.contains_rect(keyboard)) {
            holds_keyboard = Some(index);
        }
    }
    make_room(ui, &mut passed);
    drawn.holds_keyboard = holds_keyboard;
    ui.data_mut(|data| data.insert_temp::<Drawn>(id, drawn));
}

fn place_of_keyboard(ui: &Ui) -> Option<Rect> {
    let focused: Id = ui.memory(|memory| memory.focused())?;
    ui.ctx().read_response(focused).map(|response| response.rect)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui_kittest::Harness;

    use super::*;

    /// Shows a list scrolled to a place; answers with how many things were drawn in the last frame, and the first.
    fn drawn(count: usize, offset: f32) -> (usize, usize) {
        let seen = Cell::new((0, usize::MAX));
        let mut harness = Harness::builder().with_size(vec2(300.0, 200.0)).build_ui(|ui| {
            seen.set((0, usize::MAX));
            egui::ScrollArea::vertical().vertical_scroll_offset(offset).show(ui, |ui| {
                long_list(ui, "numbers", (count, None), 20.0, |ui, index| {
                    let (before, first) = seen.get();
                    seen.set((before + 1, first.min(index)));
                    ui.allocate_space(vec2(100.0, 25.0));
                });
            });
        });
        harness.run();
        drop(harness);
        seen.get()
    }

    #[test]
    fn of_a_long_list_only_what_is_in_view_is_drawn_and_the_rest_keeps_its_room() {
        let (count, first) = drawn(1000, 0.0);
        assert!((5..60).contains(&count) && first == 0, "{count} from {first}");
        let (count, first) = drawn(1000, 10_000.0);
        assert!((5..60).contains(&count) && first > 300, "{count} from {first}");
    }

    #[test]
    fn a_short_list_is_drawn_whole() {
        assert_eq!(drawn(5, 0.0), (5, 0));
    }
}
