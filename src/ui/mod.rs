//! The window.

pub mod command;
pub mod desk;
pub mod icons;
pub mod rooms;
pub mod theme;
pub mod view;
pub mod widgets;
