//! What assistive technology asks of a slider.

use egui::{
    Response, Ui,
    accesskit::{Action, ActionData},
};

/// The points by which a slider is asked to go further (or back), and the value, in points, that it is asked to take.
#[must_use]
pub fn asked_of(ui: &Ui, response: &Response) -> (i32, Option<f64>) {
    ui.input(|input| {
        let asked = |action| input.num_accesskit_action_requests(response.id, action) as i32;
        let value = input
            .accesskit_action_requests(response.id, Action::SetValue)
            .filter_map(|request| match request.data {
                Some(ActionData::NumericValue(value)) if value.is_finite() => Some(value),
                _ => None,
            })
            .last();
        (asked(Action::Increment) - asked(Action::Decrement), value)
    })
}
