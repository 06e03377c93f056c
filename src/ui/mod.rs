//! The window.

mod additions;
pub mod app;
pub mod behind;
pub mod command;
mod copying;
pub mod desk;
pub mod dialogs;
pub mod drawing;
mod exchanging;
mod explain_panel;
pub mod export;
mod filing;
pub mod icons;
mod joining;
mod leaving;
mod notices;
mod palette;
pub mod picture;
mod rail;
pub mod raster;
mod recovering;
pub mod room_mode;
pub mod rooms;
mod sealing;
mod second_click;
mod settings_page;
pub mod shell;
mod snapshots;
mod standing_line;
mod start;
pub mod status;
pub mod theme;
mod top_bar;
pub mod view;
pub mod widgets;

pub use app::open_window;
