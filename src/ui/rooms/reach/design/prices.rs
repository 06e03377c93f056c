//! Prices: what is paid for whom, in one price, by band or group by group.

use egui::{Grid, Layout, ScrollArea, Ui, vec2};

use super::{Scene, edit_terms, optional_share};
use crate::{
    analysis::reach::{DesignCopy, GroupReach},
    model::{
        Workspace,
        ids::{NeedGroupId, OptionId, PaymentId},
        money::Pence,
        question::NeedGroup,
        reach::Payment,
        wording::{percent, pounds},
    },
    ui::{
        desk::Desk,
        icons,
        theme::{Tokens, Type, space},
        widgets::{Paragraph, button::Segment, draft_text, icon_button, read_field, segmented, text_field},
    },
};

const FIELD: f32 = 84.0;
const UPTAKE: f32 = 64.0;

/// For how many groups a price is set at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::rooms::reach) enum PricesBy {
    /// Every group has the same.
    One,
    /// Groups that are paid alike stay so.
    Band,
    Each,
}

impl PricesBy {
    const ALL: [(Self, &str); 3] =
        [(Self::One, "One price"), (Self::Band, "By band"), (Self::Each, "Each group")];

    /// How the prices stand.
    fn of(copy: &DesignCopy, groups: &[NeedGroup]) -> Self {
        let mut kinds: Vec<Vec<(String, Pence)>> = Vec::new();
        for group in groups {
            let mut prices: Vec<_> = copy.due(&group.id).map(|p| (p.milestone.clone(), p.price)).collect();
            prices.sort();
            if !kinds.contains(&prices) {
                kinds.push(prices);
            }
        }
        match kinds.len() {
            0 | 1 => Self::One,
            n if n < groups.len() => Self::Band,
            _ => Self::Each,
        }
    }
}

/// Shows the card's contents; answers with the design as it is being typed, where a price is.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) -> Option<DesignCopy> {
    let tokens = Tokens::of(ui);
    let (workspace, option) = (scene.workspace, scene.option);
    let copy = DesignCopy::of(workspace, option);
    let groups = &workspace.question.need_groups;
    let by = desk.view.reach.prices_by.unwrap_or_else(|| PricesBy::of(&copy, groups));
    ui.spacing_mut().item_spacing.y = space::S;
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("Prices", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let segments: Vec<Segment<'_>> = PricesBy::ALL
                .iter()
                .map(|(_, words)| Segment {
                    badge: "",
                    words,
                    colour: None,
                    name: format!("Prices: {words}"),
                })
                .collect();
            let current = PricesBy::ALL.iter().position(|(kind, _)| *kind == by).unwrap_or(0);
            if let Some(chosen) = segmented(ui, &segments, current) {
                desk.view.reach.prices_by = Some(PricesBy::ALL[chosen].0);
            }
        });
    });
    let named = milestones(workspace, option);
    let mut table = Table { scene, copy: &copy, by, typed: None };
    ScrollArea::horizontal().id_salt("prices").auto_shrink([false, true]).show(ui, |ui| {
        table.show(ui, desk, &named);
    });
    let typed = table.typed;
    sentence(ui, scene);
    for milestone in &named {
        chances(ui, desk, workspace, option, milestone);
    }
    add_milestone(ui, desk, option, &named);
    typed
}

/// What is said under the table: the first group that it pays to park, and the price until which it does.
fn sentence(ui: &mut Ui, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let Some(reach) = scene.reach() else { return };
    let groups = scene.workspace.question.need_groups.iter().zip(&reach.groups);
    let parked = groups
        .filter(|(_, figures)| figures.parked == Some(true))
        .filter_map(|(group, figures)| Some((group, figures.price_at_which_it_pays_to_park.ok()?)))
        .reduce(|least, next| if next.1 < least.1 { next } else { least });
    let Some((group, price)) = parked else { return };
    Paragraph::new()
        .run(&format!("{}: ", group.short_name()), Type::SmallStrong, tokens.ink)
        .run(
            &format!("parking pays more than helping until this price reaches {}.", pounds(price)),
            Type::Small,
            tokens.ink2,
        )
        .show(ui);
}

/// The table of prices.
struct Table<'a> {
    scene: &'a Scene<'a>,
    copy: &'a DesignCopy,
    by: PricesBy,
    typed: Option<DesignCopy>,
}

impl Table<'_> {
    fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, named: &[String]) {
        let tokens = Tokens::of(ui);
        Grid::new("prices").spacing(vec2(10.0, space::S)).show(ui, |ui| {
            // A long name takes two lines rather than widen its column.
            let heading = |ui: &mut Ui, words: &str, width: f32| {
                let lines = Layout::top_down(egui::Align::Max);
                ui.allocate_ui_with_layout(vec2(width, 2.0 * Type::Small.line()), lines, |ui| {
                    ui.set_max_width(width);
                    ui.add(egui::Label::new(Type::Small.text(words, tokens.ink2)).wrap());
                });
            };
            ui.label(Type::Small.text("Need group", tokens.ink2));
            heading(ui, "costs", 52.0);
            heading(ui, "succeed", 52.0);
            for milestone in named {
                heading(ui, milestone, FIELD);
            }
            heading(ui, "uptake", UPTAKE);
            heading(ui, "parks under", 58.0);
            ui.end_row();
            let groups = &self.scene.workspace.question.need_groups;
            for (g, group) in groups.iter().enumerate() {
                let figures = self.scene.reach().and_then(|reach| reach.groups.get(g));
                self.row(ui, desk, named, group, figures);
                ui.end_row();
            }
        });
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        named: &[String],
        group: &NeedGroup,
        figures: Option<&GroupReach>,
    ) {
        let tokens = Tokens::of(ui);
        let right = |ui: &mut Ui, words: String, role: Type, ink| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(role.text(words, ink));
            });
        };
        ui.label(Type::Body.text(group.short_name(), tokens.ink));
        let cost = group.cost_supported.map_or("not known".to_owned(), |sum| pounds(sum.pounds()));
        right(ui, cost, Type::Number, tokens.ink2);
        let rate = group.outcome_supported.map_or("not known".to_owned(), percent);
        right(ui, rate, Type::Number, tokens.ink2);
        for milestone in named {
            self.price(ui, desk, milestone, group);
        }
        let (id, name) = (&group.id, group.short_name());
        uptake_field(ui, desk, self.scene.workspace, self.scene.option, id, name);
        let parked = figures.is_some_and(|figures| figures.parked == Some(true));
        let under =
            figures.map_or("not known".to_owned(), |figures| match figures.price_at_which_it_pays_to_park {
                Ok(price) => pounds(price),
                Err(_) if parked => "always".to_owned(),
                Err(_) => "not known".to_owned(),
            });
        let (role, ink) =
            if parked { (Type::NumberStrong, tokens.crimson) } else { (Type::Number, tokens.ink2) };
        right(ui, under, role, ink);
    }

    /// The groups that a price typed for one group is set for.
    fn set_for(&self, milestone: &str, group: &NeedGroup) -> Vec<NeedGroupId> {
        let groups = &self.scene.workspace.question.need_groups;
        let price = |group: &NeedGroup| {
            self.copy.due(&group.id).find(|p| p.milestone == milestone).map_or(Pence(0), |p| p.price)
        };
        let all = groups.iter().map(|other| other.id.clone());
        match self.by {
            PricesBy::One => all.collect(),
            PricesBy::Band => {
                groups.iter().filter(|other| price(other) == price(group)).map(|o| o.id.clone()).collect()
            }
            PricesBy::Each => vec![group.id.clone()],
        }
    }

    fn price(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, milestone: &str, group: &NeedGroup) {
        let standing = self.copy.due(&group.id).find(|p| p.milestone == milestone);
        let shown = standing.map(|p| p.price.to_string()).unwrap_or_default();
        let name = format!("Price of {milestone} for {}", group.short_name());
        let read = |typed: &str| {
            if typed.trim().is_empty() {
                return Ok(Pence(0));
            }
            let price = Pence::parse(typed).filter(|price| price.0 >= 0);
            price.ok_or_else(|| format!("“{typed}” is not a price; write it like £1,400."))
        };
        let price = read_field(ui, &name, &shown, FIELD, read);
        let for_groups = self.set_for(milestone, group);
        if let Some(price) = price {
            set_price(desk, self.scene, milestone, &for_groups, price);
        } else if let Some(typed) = draft_text(ui, &name).and_then(|text| read(&text).ok())
            && standing.map(|p| p.price) != Some(typed)
        {
            // What is being typed is weighed at once, and kept when it is entered.
            let mut copy = self.copy.clone();
            put_price(&mut copy.payments, self.scene, milestone, &for_groups, typed, |_| {
                PaymentId::from("typed")
            });
            self.typed = Some(copy);
        }
    }
}

/// Sets the price of a milestone for these groups: one price for all where they are every group, else one each.
fn put_price(
    payments: &mut Vec<Payment>,
    scene: &Scene<'_>,
    milestone: &str,
    groups: &[NeedGroupId],
    price: Pence,
    mut id: impl FnMut(usize) -> PaymentId,
) {
    let option = scene.option;
    let is_this = |p: &Payment| p.option == *option && p.milestone == milestone;
    let like = payments.iter().find(|p| is_this(p)).cloned();
    let for_all = groups.len() == scene.workspace.question.need_groups.len();
    payments.retain(|p| !(is_this(p) && (for_all || p.group.as_ref().is_some_and(|g| groups.contains(g)))));
    let whom: Vec<Option<NeedGroupId>> =
        if for_all { vec![None] } else { groups.iter().cloned().map(Some).collect() };
    for (n, group) in whom.into_iter().enumerate() {
        payments.push(Payment {
            id: id(n),
            option: option.clone(),
            group,
            milestone: milestone.to_owned(),
            price,
            // A group's own price counts as the price for every group did, until somebody says otherwise.
            probability_parked: like.as_ref().and_then(|p| p.probability_parked),
            probability_supported: like.as_ref().and_then(|p| p.probability_supported),
        });
    }
}

fn set_price(desk: &mut Desk<'_>, scene: &Scene<'_>, milestone: &str, groups: &[NeedGroupId], price: Pence) {
    let ids: Vec<PaymentId> =
        groups.iter().map(|_| PaymentId::named(milestone, desk.session.new_tail())).collect();
    let all = groups.len() == scene.workspace.question.need_groups.len();
    let name = |id: &NeedGroupId| scene.workspace.need_group(id).map_or("", NeedGroup::short_name).to_owned();
    let whom = match groups {
        _ if all => "every group".to_owned(),
        [one] => name(one),
        many => format!("{} groups", many.len()),
    };
    desk.edit(format!("Pay {price} for {milestone}, {whom}"), None, |w| {
        put_price(&mut w.reach.payments, scene, milestone, groups, price, |n| ids[n].clone());
    });
}

/// The milestones that an option pays for, in the order they were named.
fn milestones(workspace: &Workspace, option: &OptionId) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for payment in workspace.reach.payments.iter().filter(|payment| payment.option == *option) {
        if !named.contains(&payment.milestone) {
            named.push(payment.milestone.clone());
        }
    }
    named
}

fn add_milestone(ui: &mut Ui, desk: &mut Desk<'_>, option: &OptionId, named: &[String]) {
    ui.horizontal_wrapped(|ui| {
        if let Some(name) = text_field(ui, "New milestone to pay for", "", 240.0) {
            let name = name.trim().to_owned();
            if named.contains(&name) {
                desk.notice(format!("“{name}” is paid for already."));
            } else if !name.is_empty() {
                let id = PaymentId::named(&name, desk.session.new_tail());
                let option = option.clone();
                desk.edit(format!("Pay for {name}"), None, |w| {
                    w.reach.payments.push(Payment {
                        id,
                        option,
                        group: None,
                        milestone: name,
                        price: Pence(0),
                        probability_parked: None,
                        probability_supported: None,
                    });
                });
            }
        }
        let tokens = Tokens::of(ui);
        ui.label(
            Type::Small.text("Name something else to pay for, such as “Job kept six months”", tokens.ink3),
        );
    });
}

/// How likely it is that a supported and a parked person reach a milestone, for all groups that it is paid for.
fn chances(ui: &mut Ui, desk: &mut Desk<'_>, workspace: &Workspace, option: &OptionId, milestone: &str) {
    let tokens = Tokens::of(ui);
    let of_this =
        || workspace.reach.payments.iter().filter(|p| p.option == *option && p.milestone == milestone);
    let common = |part: fn(&Payment) -> Option<f64>| {
        let mut values = of_this().map(part);
        let first = values.next().flatten();
        values.all(|value| value == first).then_some(first)
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(Type::Body.text(milestone, tokens.ink));
        for (word, part, is_supported) in [
            (
                "reached when supported",
                (|p: &Payment| p.probability_supported) as fn(&Payment) -> Option<f64>,
                true,
            ),
            ("when parked", |p: &Payment| p.probability_parked, false),
        ] {
            ui.label(Type::Small.text(word, tokens.ink3));
            let shown =
                common(part).map_or("varies".to_owned(), |value| value.map(percent).unwrap_or_default());
            let name = format!("{milestone} {word}");
            let read = |typed: &str| {
                optional_share(typed).map_err(|_| {
                    format!(
                        "“{typed}” is not a chance; write it like 40 %, or leave it empty for the group’s own rate."
                    )
                })
            };
            if let Some(value) = read_field(ui, &name, &shown, 70.0, read) {
                set_chance(desk, option, milestone, value, is_supported);
            }
        }
        if icon_button(ui, icons::TRASH, &format!("Stop paying for {milestone}"), true).clicked() {
            let (option, name) = (option.clone(), milestone.to_owned());
            desk.edit(format!("Stop paying for {milestone}"), None, |w| {
                w.reach.payments.retain(|p| p.option != option || p.milestone != name);
            });
        }
    });
}

fn set_chance(desk: &mut Desk<'_>, option: &OptionId, milestone: &str, value: Option<f64>, supported: bool) {
    let (option, name) = (option.clone(), milestone.to_owned());
    desk.edit(format!("Change how likely {milestone} is"), None, |w| {
        for payment in w.reach.payments.iter_mut().filter(|p| p.option == option && p.milestone == name) {
            if supported {
                payment.probability_supported = value;
            } else {
                payment.probability_parked = value;
            }
        }
    });
}

fn uptake_field(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    workspace: &Workspace,
    option: &OptionId,
    group: &NeedGroupId,
    name: &str,
) {
    let standing = workspace.terms(option).and_then(|terms| terms.uptake.get(group)).copied();
    let shown = standing.map(percent).unwrap_or_default();
    if let Some(value) = read_field(ui, &format!("Uptake of {name}"), &shown, UPTAKE, optional_share) {
        let group = group.clone();
        edit_terms(desk, option, &format!("Change the uptake of {name}"), |terms| {
            match value {
                Some(share) => terms.uptake.insert(group, share),
                None => terms.uptake.remove(&group),
            };
        });
    }
}
