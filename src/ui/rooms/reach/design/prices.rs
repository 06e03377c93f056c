//! Prices: what is paid for whom, in one price, by band or group by group.

use egui::{
    Align2, Grid, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo,
    scroll_area::ScrollBarVisibility,
    style::{ScrollFadeStyle, ScrollStyle},
    vec2,
};

use super::{super::typed::optional_share, Scene, edit_terms};
use crate::{
    analysis::reach::DesignCopy,
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
        theme::{Tokens, Type, size, space},
        widgets::{
            Paragraph, button::Segment, draft_text, icon_button, paint_text_fitted, read_field, segmented,
            text_field, told_on_hover,
        },
    },
};

const FIELD: f32 = 84.0;
const LEAST_FIELD: f32 = 56.0;
/// What the edges of a field take beside what is written in it.
const FIELD_EDGES: f32 = 22.0;
/// The least of a name that tells groups apart.
const LEAST_NAME: f32 = 96.0;
/// As much of a name as is kept before uptake is.
const SHORT_NAME: f32 = 140.0;
const BETWEEN: f32 = 8.0;
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
    table.show(ui, desk, &named);
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

/// How wide the columns of the table are, in points.
struct Columns {
    name: f32,
    cost: f32,
    rate: f32,
    price: f32,
    under: f32,
    /// How many lines the longest heading takes.
    lines: usize,
    /// Whether some of the figures are out of sight until they are scrolled to.
    scrolls: bool,
}

impl Columns {
    /// Fields give way first, as far as their prices allow, then uptake, which is seldom stated and can be scrolled to,
    /// then the names.
    fn fit(ui: &Ui, scene: &Scene<'_>, named: &[String], priced: &DesignCopy) -> Self {
        let groups = &scene.workspace.question.need_groups;
        let painter = ui.painter();
        let wide = |words: String, role: Type| {
            painter.layout_no_wrap(words, role.font(), egui::Color32::PLACEHOLDER).size().x.ceil()
        };
        let widest = |least: f32, role: Type, words: &dyn Fn(usize) -> String| {
            (0..groups.len()).map(|g| wide(words(g), role)).fold(least, f32::max)
        };
        let cost = widest(44.0, Type::Number, &|g| cost(&groups[g]));
        let rate = widest(52.0, Type::Number, &|g| rate(&groups[g]));
        let under = widest(44.0, Type::NumberStrong, &|g| scene.parks_under(g).0);
        let prices = priced.payments.iter().map(|p| wide(p.price.to_string(), Type::Number) + FIELD_EDGES);
        let least = prices.fold(LEAST_FIELD, f32::max).min(FIELD);
        let natural = widest(LEAST_NAME, Type::Body, &|g| groups[g].short_name().to_owned());
        let (fields, uptake) = (named.len() as f32, BETWEEN + UPTAKE);
        let room = ui.available_width() - (cost + rate + under + BETWEEN * (3.0 + fields));
        let short = natural.min(SHORT_NAME);
        let fits = [room - uptake, room].into_iter().find(|room| room - short >= fields * least);
        let (name, price) = match fits {
            Some(room) => {
                let price = ((room - short) / fields.max(1.0)).min(FIELD);
                (natural.min(room - fields * price), price)
            }
            None => (natural.min((room - fields * least).max(LEAST_NAME)), least),
        };
        let lines = named.iter().map(|name| {
            let font = Type::Small.font();
            painter.layout(name.clone(), font, egui::Color32::PLACEHOLDER, price).rows.len()
        });
        let lines = lines.max().unwrap_or_default().clamp(2, 3);
        let scrolls = name + fields * price + uptake > room + 0.5;
        Self { name, cost, rate, price, under, lines, scrolls }
    }

    fn head(&self) -> f32 {
        (self.lines as f32 * Type::Small.line()).max(size::CONTROL)
    }
}

/// Words in a place of this size, cut short where there is no room, in full when hovered.
fn fitted(
    ui: &mut Ui,
    words: &str,
    full: &str,
    (role, ink): (Type, egui::Color32),
    at: (Vec2, Align2, usize),
) {
    let (wanted, anchor, lines) = at;
    let (place, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let corner = anchor.pos_in_rect(&place);
    paint_text_fitted(ui.painter(), corner, anchor, words, role, ink, (wanted.x, lines));
    told_on_hover(response, || full.to_owned());
}

fn cost(group: &NeedGroup) -> String {
    group.cost_supported.map_or("not known".to_owned(), |sum| pounds(sum.pounds()))
}

fn rate(group: &NeedGroup) -> String {
    group.outcome_supported.map_or("not known".to_owned(), percent)
}

impl Scene<'_> {
    /// The price under which it pays to park people of a group, in words, and whether it does as things stand.
    fn parks_under(&self, group: usize) -> (String, bool) {
        let Some(figures) = self.reach().and_then(|reach| reach.groups.get(group)) else {
            return ("not known".to_owned(), false);
        };
        let parked = figures.parked == Some(true);
        let words = match figures.price_at_which_it_pays_to_park {
            Ok(price) => pounds(price),
            Err(_) if parked => "always".to_owned(),
            Err(_) => "not known".to_owned(),
        };
        (words, parked)
    }
}

impl Table<'_> {
    /// The names stand still; the figures beside them scroll where there is no room.
    fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, named: &[String]) {
        let columns = Columns::fit(ui, self.scene, named, self.copy);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = BETWEEN;
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                self.names(ui, &columns);
            });
            let bar = if columns.scrolls {
                ScrollBarVisibility::AlwaysVisible
            } else {
                ScrollBarVisibility::AlwaysHidden
            };
            // The bar stands under the figures, and nothing fades that should be read.
            ui.spacing_mut().scroll = ScrollStyle {
                bar_width: 8.0,
                foreground_color: true,
                floating: true,
                floating_width: 8.0,
                floating_allocated_width: 12.0,
                dormant_handle_opacity: 0.4,
                fade: ScrollFadeStyle { strength: 0.0, ..Default::default() },
                ..ScrollStyle::solid()
            };
            let area = ScrollArea::horizontal().id_salt("prices").auto_shrink([false, true]);
            area.scroll_bar_visibility(bar).show(ui, |ui| {
                self.figures(ui, desk, named, &columns);
            });
        });
    }

    fn names(&self, ui: &mut Ui, columns: &Columns) {
        let tokens = Tokens::of(ui);
        let head = (vec2(columns.name, columns.head()), Align2::LEFT_TOP, 1);
        fitted(ui, "Need group", "Need group", (Type::Small, tokens.ink2), head);
        for group in &self.scene.workspace.question.need_groups {
            let at = (vec2(columns.name, size::CONTROL), Align2::LEFT_CENTER, 1);
            fitted(ui, group.short_name(), &group.name, (Type::Body, tokens.ink), at);
        }
    }

    fn figures(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, named: &[String], columns: &Columns) {
        let tokens = Tokens::of(ui);
        let grid = Grid::new("prices").spacing(vec2(BETWEEN, space::S)).min_col_width(0.0);
        grid.min_row_height(size::CONTROL).show(ui, |ui| {
            let heading = |ui: &mut Ui, words: &str, width: f32| {
                let at = (vec2(width, columns.head()), Align2::RIGHT_TOP, columns.lines);
                fitted(ui, words, words, (Type::Small, tokens.ink2), at);
            };
            heading(ui, "costs", columns.cost);
            heading(ui, "succeed", columns.rate);
            for milestone in named {
                heading(ui, milestone, columns.price);
            }
            heading(ui, "parks under", columns.under);
            heading(ui, "uptake", UPTAKE);
            ui.end_row();
            let groups = &self.scene.workspace.question.need_groups;
            for (g, group) in groups.iter().enumerate() {
                self.row(ui, desk, named, (g, group), columns);
                ui.end_row();
            }
        });
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        named: &[String],
        (g, group): (usize, &NeedGroup),
        columns: &Columns,
    ) {
        let tokens = Tokens::of(ui);
        let right = |ui: &mut Ui, words: String, role: Type, ink| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(role.text(words, ink));
            });
        };
        right(ui, cost(group), Type::Number, tokens.ink2);
        right(ui, rate(group), Type::Number, tokens.ink2);
        for milestone in named {
            self.price(ui, desk, milestone, group, columns.price);
        }
        let (under, parked) = self.scene.parks_under(g);
        let (role, ink) =
            if parked { (Type::NumberStrong, tokens.crimson) } else { (Type::Number, tokens.ink2) };
        right(ui, under, role, ink);
        let (id, name) = (&group.id, group.short_name());
        uptake_field(ui, desk, self.scene.workspace, self.scene.option, id, name);
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

    fn price(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, milestone: &str, group: &NeedGroup, width: f32) {
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
        let price = read_field(ui, &name, &shown, width, read);
        let for_groups = self.set_for(milestone, group);
        if let Some(price) = price {
            set_price(desk, self.scene, milestone, &for_groups, price);
        } else if let Some(typed) = draft_text(ui, &name).and_then(|text| read(&text).ok())
            && standing.map(|p| p.price) != Some(typed)
        {
            // What is being typed is weighed at once, and kept when it is entered.
            let mut copy = self.copy.clone();
            let whom = whom(&for_groups, self.scene.workspace);
            put_price(&mut copy.payments, (self.scene.option, milestone), &whom, typed, |_| {
                PaymentId::from("typed")
            });
            self.typed = Some(copy);
        }
    }
}

/// For whom a price is set: once for all where these are every group, else for each.
fn whom(groups: &[NeedGroupId], workspace: &Workspace) -> Vec<Option<NeedGroupId>> {
    if groups.len() == workspace.question.need_groups.len() {
        vec![None]
    } else {
        groups.iter().cloned().map(Some).collect()
    }
}

/// Sets the price of a milestone of an option for every group (`None`) or for some. The milestone keeps its place among
/// those that are paid for.
fn put_price(
    payments: &mut Vec<Payment>,
    (option, milestone): (&OptionId, &str),
    whom: &[Option<NeedGroupId>],
    price: Pence,
    mut id: impl FnMut(usize) -> PaymentId,
) {
    let is_this = |p: &Payment| p.option == *option && p.milestone == milestone;
    let at = payments.iter().position(is_this).unwrap_or(payments.len());
    let like = payments.get(at).cloned();
    let for_all = whom.contains(&None);
    payments.retain(|p| !(is_this(p) && (for_all || whom.contains(&p.group))));
    for (n, group) in whom.iter().enumerate() {
        let payment = Payment {
            id: id(n),
            option: option.clone(),
            group: group.clone(),
            milestone: milestone.to_owned(),
            price,
            // A group's own price counts as the price for every group did, until somebody says otherwise.
            probability_parked: like.as_ref().and_then(|p| p.probability_parked),
            probability_supported: like.as_ref().and_then(|p| p.probability_supported),
        };
        // What is taken out stood here or further on.
        payments.insert(at + n, payment);
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
    let whom_paid = self::whom(groups, scene.workspace);
    desk.edit(format!("Pay {price} for {milestone}, {whom}"), None, |w| {
        put_price(&mut w.reach.payments, (scene.option, milestone), &whom_paid, price, |n| ids[n].clone());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(milestone: &str, group: Option<&str>) -> Payment {
        Payment {
            id: PaymentId::from(milestone),
            option: OptionId::from("a"),
            group: group.map(NeedGroupId::from),
            milestone: milestone.to_owned(),
            price: Pence(100),
            probability_parked: None,
            probability_supported: Some(0.5),
        }
    }

    fn order(payments: &[Payment]) -> Vec<(&str, Option<&str>, i64)> {
        payments
            .iter()
            .map(|p| (p.milestone.as_str(), p.group.as_ref().map(|g| g.as_str()), p.price.0))
            .collect()
    }

    #[test]
    fn a_milestone_keeps_its_place_when_its_price_is_typed() {
        let option = OptionId::from("a");
        let id = |n: usize| PaymentId::from(format!("new-{n}").as_str());
        let mut payments = vec![payment("Start", None), payment("Job", None), payment("Stays", None)];
        put_price(&mut payments, (&option, "Job"), &[None], Pence(700), id);
        assert_eq!(order(&payments), [("Start", None, 100), ("Job", None, 700), ("Stays", None, 100)]);
        assert_eq!(payments[1].probability_supported, Some(0.5));

        let mut payments =
            vec![payment("Start", Some("x")), payment("Start", Some("y")), payment("Job", None)];
        put_price(&mut payments, (&option, "Start"), &[Some(NeedGroupId::from("x"))], Pence(300), id);
        assert_eq!(
            order(&payments),
            [("Start", Some("x"), 300), ("Start", Some("y"), 100), ("Job", None, 100)]
        );
        put_price(&mut payments, (&option, "Start"), &[None], Pence(900), id);
        assert_eq!(order(&payments), [("Start", None, 900), ("Job", None, 100)]);
        put_price(&mut payments, (&option, "Other"), &[None], Pence(1), id);
        assert_eq!(order(&payments)[2], ("Other", None, 1));
    }
}
