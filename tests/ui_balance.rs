//! The Balance page, driven as a person would.

mod common {
    pub mod westmere;
    pub mod window;
}

use common::{westmere::westmere, window::*};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use evenhand::model::Room;

#[test]
fn the_page_opens_from_its_tab() {
    let mut window = open(shell_at(westmere(), Room::Balance, "Weights"));
    window.get_by_role_and_label(Role::Tab, "Balance").click();
    window.run();
    assert_eq!(window.state().view.page(Room::Balance), "Balance");
}
