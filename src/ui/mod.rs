//! The window.

pub mod icons;
pub mod theme;
pub mod widgets;
