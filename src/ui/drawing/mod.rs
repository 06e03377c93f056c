//! One drawing: what the window draws of a chart becomes its picture, and its vectors in whatever leaves the program.

mod easel;
mod figures;
mod halos;
mod letters;
mod meshes;
mod paper;
pub mod parts;
mod shapes;

pub use easel::Easel;
pub use figures::{rows_of, tab_separated};
pub use paper::{paper_charts, paper_charts_of};
pub use parts::Part;
pub use shapes::drawing_of;
