//! The same without a pointer.

use egui::{
    Key, Modifiers,
    accesskit::{Role, Toggled},
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::model::Room;

use crate::{computer::*, window::Driven};

/// Goes from control to control until the one whose name begins so has the keyboard.
#[track_caller]
fn tab_to(window: &mut Driven, name: &str) {
    for _ in 0..200 {
        press(window, Key::Tab);
        let here = window.query_all(egui_kittest::kittest::By::new().predicate(|node| {
            node.is_focused() && node.label().is_some_and(|label| label.starts_with(name))
        }));
        if here.into_iter().next().is_some() {
            return;
        }
    }
    panic!("Tab does not come to “{name}”");
}

#[test]
fn the_example_is_opened_weighed_and_saved_by_keys_alone() {
    let computer = Computer::new();
    let file = computer.file("by-keys.evenhand.ron");
    let mut window = computer.start();
    tab_to(&mut window, "Example: Leaving custody in Westmere");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().workspace().title, WESTMERE);

    tab_to(&mut window, "Weights");
    press(&mut window, Key::Enter);
    assert_eq!(room(&window), (Some(Room::Balance), "Weights"));
    tab_to(&mut window, "Swing points of Whole-life cost");
    press(&mut window, Key::ArrowDown);
    assert_eq!(swing(window.state().workspace(), "Whole-life cost"), Some(79.0));

    ctrl(&mut window, Key::S);
    type_path(&mut window, &file);
    until(&mut window, "the save", is_saved);
    ctrl(&mut window, Key::W);
    open_file(&mut window, &file);
    assert_eq!(swing(window.state().workspace(), "Whole-life cost"), Some(79.0));
}

#[test]
fn ctrl_and_a_digit_go_from_room_to_room() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];
    for (key, room) in keys.into_iter().zip(Room::ALL) {
        ctrl(&mut window, key);
        assert_eq!(window.state().view.room(), Some(room));
    }
}

#[test]
fn the_palette_finds_cost_and_enter_goes_there() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    ctrl(&mut window, Key::Num1);
    ctrl(&mut window, Key::K);
    type_text(&mut window, "cost");
    let first = window.query_all_by_role(Role::ListItem).next().expect("something is found");
    let name = first.accesskit_node().label().unwrap();
    assert!(name.to_lowercase().contains("cost"), "{name}");
    press(&mut window, Key::Enter);
    assert_eq!(window.query_all_by_role(Role::ListItem).count(), 0, "the palette is gone");
    assert_eq!(window.state().view.room(), Some(Room::Balance));
}

#[test]
fn the_palette_goes_to_a_cell_of_the_scores() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    ctrl(&mut window, Key::K);
    type_text(&mut window, "life cost of b");
    press(&mut window, Key::Enter);
    assert_eq!(room(&window), (Some(Room::Balance), "Scores"));
    let cell = window.get_by(|node| {
        node.role() == Role::Cell
            && node.label().is_some_and(|name| name.starts_with("Whole-life cost, Local partnership"))
    });
    assert_eq!(cell.accesskit_node().toggled(), Some(Toggled::True), "the cell is selected");
}

#[test]
fn escape_leaves_the_palette_and_the_explanation() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    ctrl(&mut window, Key::K);
    assert!(window.query_all_by_role(Role::ListItem).next().is_some());
    press(&mut window, Key::Escape);
    assert_eq!(window.query_all_by_role(Role::ListItem).count(), 0);
    press(&mut window, Key::W);
    assert!(window.state().view.explain.question().is_some());
    press(&mut window, Key::Escape);
    assert!(window.state().view.explain.question().is_none());
}

#[test]
fn a_key_held_with_ctrl_does_not_type_into_a_field() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run();
    type_text(&mut window, "w");
    assert!(window.state().view.explain.question().is_none(), "W is typed, it does not ask why");
}

#[test]
fn the_list_of_keys_shows_every_line_in_a_window_of_900_points() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    press(&mut window, Key::F1);
    for line in ["Close the window", "Leave a field, the explanation or a dialog"] {
        let place = window.get_by_label(line).rect();
        let close = window.get_by_role_and_label(Role::Button, "Close").rect();
        assert!(place.bottom() < close.top(), "“{line}” at {place} is under the foot {close}");
    }
}

#[test]
fn one_row_of_the_palette_is_lit_whether_keys_or_the_pointer_chose_it() {
    let computer = Computer::new();
    let mut window = computer.start_with_westmere();
    ctrl(&mut window, Key::K);
    let lit = |window: &Driven| -> Vec<usize> {
        let rows = window.query_all_by_role(Role::ListItem).enumerate();
        let on = rows.filter(|(_, row)| row.accesskit_node().toggled() == Some(Toggled::True));
        on.map(|(place, _)| place).collect()
    };
    let third = window.query_all_by_role(Role::ListItem).nth(2).unwrap().rect().center();
    window.event(egui::Event::PointerMoved(third));
    window.run();
    assert_eq!(lit(&window), [2]);
    press(&mut window, Key::ArrowDown);
    assert_eq!(lit(&window), [3], "a pointer at rest does not take it back");
}
