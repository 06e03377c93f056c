//! One open workspace.
