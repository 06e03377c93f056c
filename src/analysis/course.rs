//! The course of a long computation: how far it is, and whether its result is still wanted.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared between a computation, which says how far it is, and whoever waits for it, who may stop it.
#[derive(Debug, Default)]
pub struct Course {
    stopped: AtomicBool,
    done: AtomicU64,
    asked: AtomicU64,
}

/// How much of a computation is done, in its own steps (draws, options).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    /// 0 until the computation has said how much there is to do.
    pub asked: u64,
}

impl Progress {
    /// The part that is done, 0 to 1; 0 while nobody knows how much there is to do.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.asked == 0 { 0.0 } else { (self.done as f64 / self.asked as f64).min(1.0) }
    }
}

impl Course {
    /// Says that the result is no longer wanted; the computation ends as soon as it looks.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the computation is to end without a result.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Adds to the steps that there are to do.
    pub fn will_take(&self, steps: u64) {
        self.asked.fetch_add(steps, Ordering::Relaxed);
    }

    /// Adds to the steps that are done.
    pub fn advance(&self, steps: u64) {
        self.done.fetch_add(steps, Ordering::Relaxed);
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), asked: self.asked.load(Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_knows_how_far_it_is() {
        let course = Course::default();
        assert_eq!(course.progress().share(), 0.0);
        course.will_take(40);
        course.advance(10);
        assert_eq!((course.progress().share(), course.is_stopped()), (0.25, false));
        course.stop();
        assert!(course.is_stopped());
    }
}
