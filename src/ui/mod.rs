//! The window.

pub mod command;
pub mod desk;
mod explain_panel;
pub mod icons;
pub mod picture;
mod rail;
pub mod raster;
pub mod rooms;
pub mod shell;
mod standing_line;
pub mod status;
pub mod theme;
mod top_bar;
pub mod view;
pub mod widgets;
