//! How much money it takes to change a provider's mind: the £ scale behind every share that is predicted.

use egui::{Id, Ui};

use crate::{
    model::{Workspace, money::Pence},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Card, number_field, wrapped},
    },
};

const NAME: &str = "Gain at which a provider\u{2019}s mind begins to change";

/// Shows the card; what it says holds for every option.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    let refused = Id::unique("response scale refused");
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("How a provider answers to money", tokens.ink));
        let words = "A gain of this much a person begins to change a provider\u{2019}s mind. The less it is, the more sharply \
                     the money decides who is served. It holds for every option.";
        wrapped(ui, words, Type::Small, tokens.ink2);
        let shown = workspace.reach.response_scale.to_string();
        if let Some(typed) = number_field(ui, NAME, &shown, super::design::FIELD) {
            let scale = Pence::parse(&typed).filter(|scale| *scale > Pence(0));
            let why_not = scale
                .is_none()
                .then(|| format!("\u{201c}{typed}\u{201d} is not a sum above £0; write it like £600."));
            ui.data_mut(|data| data.insert_temp(refused, why_not));
            if let Some(scale) = scale {
                let label = format!("A gain of {scale} begins to change a provider\u{2019}s mind");
                desk.edit(label, None, |w| w.reach.response_scale = scale);
            }
        }
        if let Some(why_not) = ui.data(|data| data.get_temp::<Option<String>>(refused)).flatten() {
            wrapped(ui, why_not, Type::Small, tokens.crimson);
        }
    });
}
