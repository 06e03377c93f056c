//! The heads of pages: what a page puts at the right stands beside the names of the pages, never on them.

use egui::{Theme, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use evenhand::{model::Room, ui::rooms::pages};

use crate::{westmere::westmere, window::*};

const CONTROLS: [Role; 5] =
    [Role::Button, Role::ComboBox, Role::TextInput, Role::MultilineTextInput, Role::RadioButton];

#[test]
fn nothing_stands_on_the_names_of_the_pages() {
    let mut wrong = Vec::new();
    for size in [USUAL, SMALL, LARGE_TEXT, [1180.0, 700.0], [1050.0, 700.0]] {
        let mut window = open_as(shell_at(westmere(), Room::Question, "Overview"), size, Theme::Light);
        for room in [Room::Question, Room::Voices, Room::Balance, Room::Reach, Room::Decision] {
            for page in pages(room) {
                window.state_mut().view.go(room, page);
                window.run();
                let tabs: Vec<_> = window
                    .get_all_by_role(Role::Tab)
                    .map(|tab| (tab.accesskit_node().label(), tab.rect()))
                    .filter(|(name, _)| pages(room).iter().any(|page| name.as_deref() == Some(page)))
                    .collect();
                assert_eq!(tabs.len(), pages(room).len(), "{room:?}, {page}");
                for control in CONTROLS.into_iter().flat_map(|role| window.query_all_by_role(role)) {
                    let (name, rect) = (control.accesskit_node().label(), control.rect().shrink(1.0));
                    if let Some((under, tab)) = tabs.iter().find(|(_, tab)| tab.intersects(rect)) {
                        let by = tab.right() - rect.left();
                        wrong.push(format!("{room:?}, {page}, {size:?}: {name:?} on {under:?} by {by}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_menu_of_the_workspace_hangs_below_its_title_and_fits_the_window() {
    for size in [USUAL, SMALL, LARGE_TEXT] {
        let mut window = open_as(shell_at(westmere(), Room::Balance, "Balance"), size, Theme::Light);
        let title = window.get_by_label_contains("Workspace menu").rect();
        window.get_by_label_contains("Workspace menu").click();
        window.run();
        let first = window.get_by_label("New question").rect();
        assert!(first.top() > title.bottom() && first.bottom() < size[1], "{title:?} {first:?}");
        let snapshot = window.get_by_label("Take a snapshot").rect();
        assert!(snapshot.bottom() < size[1], "a good part of it is in view: {snapshot:?}");
        for wanted in ["Save as", "Seal with a passphrase", "Sign off the record", "Settings", "Quit"] {
            assert!(window.query_all_by_label(wanted).next().is_some(), "{wanted}");
        }
        assert!(window.query_by_label("Remove the seal").is_none(), "there is none");
    }
}
