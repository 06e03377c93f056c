//! Changes of a workspace that touch more than one place, to be handed to [`Session::edit`](super::Session::edit), which
//! names, checks and keeps them.

pub mod curve;
pub mod decision;
pub mod designs;
pub mod rounds;
pub mod scores;
pub mod snapshots;
pub mod voices;
pub mod weights;
pub mod workshop;
