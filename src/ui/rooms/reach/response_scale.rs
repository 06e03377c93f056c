//! How much money it takes to change a provider's mind: the £ scale behind every share that is predicted.

use egui::Ui;

use crate::{
    model::{Workspace, money::Pence},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Card, read_field, wrapped},
    },
};

const NAME: &str = "Gain at which a provider\u{2019}s mind begins to change";

/// Shows the card; what it says holds for every option.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("How a provider answers to money", tokens.ink));
        let words = "A gain of this much a person begins to change a provider\u{2019}s mind. The less it is, the more sharply \
                     the money decides who is served. It holds for every option.";
        wrapped(ui, words, Type::Small, tokens.ink2);
        let shown = workspace.reach.response_scale.to_string();
        let read = |typed: &str| {
            let scale = Pence::parse(typed).filter(|scale| *scale > Pence(0));
            scale.ok_or_else(|| format!("\u{201c}{typed}\u{201d} is not a sum above £0; write it like £600."))
        };
        if let Some(scale) = read_field(ui, NAME, &shown, super::design::FIELD, read) {
            let label = format!("A gain of {scale} begins to change a provider\u{2019}s mind");
            desk.edit(label, None, |w| w.reach.response_scale = scale);
        }
    });
}
