//! Prices: what is paid for whom, in one price, by band or group by group.

use egui::{
    Align2, Grid, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo,
    scroll_area::ScrollBarVisibility,
    style::{ScrollFadeStyle, ScrollStyle},
    vec2,
};

use super::{
    super::typed::optional_share,
    Scene, edit_terms_as,
    paying::{read_price, set_price},
};
use crate::{
    analysis::reach::{DesignCopy, NamedPrices, TARGET_GAIN_POUNDS},
    model::{
        Workspace,
        ids::{NeedGroupId, OptionId, PaymentId},
        money::Pence,
        question::NeedGroup,
        reach::Payment,
        wording::{in_words, list, percent, pounds},
    },
    session::MergeKey,
    ui::{
        desk::Desk,
        icons,
        rooms::reach::{
            fix::PARKED_UNPAID,
            fix_card::named_prices_of,
            typing::{run_of, typed_field},
            verdict_card::NOT_KNOWN,
        },
        theme::{Tokens, Type, size, space},
        widgets::{
            Look, Paragraph, button::Segment, icon_button, paint_text_fitted, segmented, text_field,
            told_on_hover, wrapped,
        },
    },
};

const FIELD: f32 = 84.0;
/// The most that a field takes for the sake of a price with pence.
const WIDE_FIELD: f32 = 112.0;
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

/// Shows the card's contents.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, scene: &Scene<'_>) {
    let tokens = Tokens::of(ui);
    let (workspace, option) = (scene.workspace, scene.option);
    let copy = desk.view.reach.worked_out.design.get(scene.index, || DesignCopy::of(workspace, option));
    let groups = &workspace.question.need_groups;
    let stands = PricesBy::of(&copy, groups);
    let choices: Vec<(PricesBy, &str)> =
        PricesBy::ALL.into_iter().filter(|(by, _)| *by != PricesBy::Band || stands == *by).collect();
    let by = desk.view.reach.prices_by.filter(|by| choices.iter().any(|(choice, _)| choice == by));
    let by = by.unwrap_or(stands);
    ui.spacing_mut().item_spacing.y = space::S;
    ui.horizontal(|ui| {
        ui.label(Type::Heading.text("Prices", tokens.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let segments: Vec<Segment<'_>> = choices
                .iter()
                .map(|(_, words)| Segment {
                    badge: "",
                    words,
                    colour: None,
                    name: format!("Prices: {words}"),
                })
                .collect();
            let current = choices.iter().position(|(kind, _)| *kind == by).unwrap_or(0);
            if let Some(chosen) = segmented(ui, &segments, current) {
                desk.view.reach.prices_by = Some(choices[chosen].0);
            }
        });
    });
    let named = milestones(workspace, option);
    Table { scene, copy: &copy, by }.show(ui, desk, &named);
    let paid_how = match by {
        PricesBy::Band => "A price typed for one group counts for all that are paid the same.",
        PricesBy::One if groups.len() > 1 => "A price typed for one group counts for every group.",
        _ => "",
    };
    if !paid_how.is_empty() {
        wrapped(ui, paid_how, Type::Small, tokens.ink2);
    }
    if copy.parked_results_are_unpaid(groups) {
        wrapped(ui, PARKED_UNPAID, Type::Small, tokens.ink2);
    }
    let edited = desk.view.reach.priced_last.clone();
    sentence(ui, desk, scene, &copy, edited.as_ref());
    for milestone in &named {
        chances(ui, desk, workspace, option, milestone);
    }
    add_milestone(ui, desk, option, &named);
}

/// What is said under the table of the group whose price was typed last, else of the one that is nearest to being worth
/// supporting, where it pays to park it: the price until which it does, and what else its price could be.
fn sentence(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    scene: &Scene<'_>,
    copy: &DesignCopy,
    edited: Option<&NeedGroupId>,
) {
    let tokens = Tokens::of(ui);
    let Some(reach) = scene.reach() else { return };
    let groups = scene.workspace.question.need_groups.iter().zip(&reach.groups).enumerate();
    let of_edited =
        edited.filter(|id| scene.workspace.question.need_groups.iter().any(|group| group.id == **id));
    let parked = groups
        .filter(|(_, (group, _))| of_edited.is_none_or(|edited| group.id == *edited))
        .filter(|(_, (_, figures))| figures.parked == Some(true))
        .filter_map(|(g, (group, figures))| Some((g, group, figures.price_at_which_it_pays_to_park.ok()?)))
        .reduce(|least, next| if next.2 < least.2 { next } else { least });
    let Some((g, group, price)) = parked else { return };
    let prices = named_prices_of(desk, scene.workspace, reach, scene.index);
    let until = until(copy, &group.id, price, reach.groups[g].outcome_price);
    let named = prices.get(g).map(named_in_words).unwrap_or_default();
    Paragraph::new()
        .run(&format!("{}: ", group.short_name()), Type::SmallStrong, tokens.ink)
        .run(&format!("parking pays more than supporting until {until}.{named}"), Type::Small, tokens.ink2)
        .show(ui);
}

/// Up to which price it pays to park: the price of the one result, or that of all together with each in proportion.
fn until(copy: &DesignCopy, group: &NeedGroupId, price: f64, now: f64) -> String {
    let results: Vec<&Payment> = copy.results(group).collect();
    if results.len() < 2 || now <= 0.0 {
        return format!("this price reaches {}", pounds(price));
    }
    let each: Vec<String> = results
        .iter()
        .map(|p| format!("{} for {}", pounds(p.price.pounds() * price / now), p.milestone))
        .collect();
    let each = list(&each.iter().map(String::as_str).collect::<Vec<_>>());
    format!(
        "the {} results bring {} together instead of {}; in proportion {each}",
        in_words(results.len()),
        pounds(price),
        pounds(now)
    )
}

/// The park-proof and the fair price, and what each adds.
fn named_in_words(prices: &NamedPrices) -> String {
    let (Ok(park_proof), Ok(fair)) = (prices.park_proof, prices.fair) else { return String::new() };
    let gain = pounds(TARGET_GAIN_POUNDS);
    let words = format!(" With {gain} of gain, rounded up, the park-proof price is {}", pounds(park_proof));
    if fair < park_proof {
        format!("{words}; the fair price, with two thirds of the start fee on completion, {}.", pounds(fair))
    } else {
        format!("{words}, which is the fair price.")
    }
}

/// The table of prices.
struct Table<'a> {
    scene: &'a Scene<'a>,
    copy: &'a DesignCopy,
    by: PricesBy,
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
        let least = prices.fold(LEAST_FIELD, f32::max).min(WIDE_FIELD);
        let natural = widest(LEAST_NAME, Type::Body, &|g| groups[g].short_name().to_owned());
        let (fields, uptake) = (named.len() as f32, BETWEEN + UPTAKE);
        let room = ui.available_width() - (cost + rate + under + BETWEEN * (3.0 + fields));
        let short = natural.min(SHORT_NAME);
        let fits = [room - uptake, room].into_iter().find(|room| room - short >= fields * least);
        let (name, price) = match fits {
            Some(room) => {
                let price = ((room - short) / fields.max(1.0)).min(FIELD.max(least));
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
pub(super) fn fitted(
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
    group.cost_supported.map_or(NOT_KNOWN.to_owned(), |sum| pounds(sum.pounds()))
}

fn rate(group: &NeedGroup) -> String {
    group.outcome_supported.map_or(NOT_KNOWN.to_owned(), percent)
}

impl Scene<'_> {
    /// The price under which it pays to park people of a group, in words, and whether it does as things stand.
    fn parks_under(&self, group: usize) -> (String, bool) {
        let Some(figures) = self.reach().and_then(|reach| reach.groups.get(group)) else {
            return (NOT_KNOWN.to_owned(), false);
        };
        let parked = figures.parked == Some(true);
        let words = match figures.price_at_which_it_pays_to_park {
            Ok(price) => pounds(price),
            Err(_) if parked => "always".to_owned(),
            Err(_) => NOT_KNOWN.to_owned(),
        };
        (words, parked)
    }
}

impl Table<'_> {
    /// The names stand still; the figures beside them scroll where there is no room.
    fn show(&self, ui: &mut Ui, desk: &mut Desk<'_>, named: &[String]) {
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

    fn figures(&self, ui: &mut Ui, desk: &mut Desk<'_>, named: &[String], columns: &Columns) {
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
            let in_all = self.scene.reach().is_some_and(|reach| reach.pays_in_steps);
            let words = if in_all { "parks under, in all" } else { "parks under" };
            heading(ui, words, columns.under);
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
        &self,
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
    fn set_for(&self, standing: &DesignCopy, milestone: &str, group: &NeedGroup) -> Vec<NeedGroupId> {
        let groups = &self.scene.workspace.question.need_groups;
        let price = |group: &NeedGroup| {
            standing.due(&group.id).find(|p| p.milestone == milestone).map_or(Pence(0), |p| p.price)
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

    fn price(&self, ui: &mut Ui, desk: &mut Desk<'_>, milestone: &str, group: &NeedGroup, width: f32) {
        let standing = self.copy.due(&group.id).find(|p| p.milestone == milestone);
        let shown = standing.map(|p| p.price.to_string()).unwrap_or_default();
        let name = format!("Price of {milestone} for {}", group.short_name());
        let run = run_of(ui, &name);
        typed_field(ui, desk, (&name, &shown), Look::wide(width), read_price, |desk, price, merge| {
            // Whom it is set for follows from the prices before the typing, which may make others alike on its way.
            let before = desk.session.before_step(Some(&run));
            let for_groups = self.set_for(&DesignCopy::of(before, self.scene.option), milestone, group);
            desk.view.reach.prices_by = Some(self.by);
            desk.view.reach.priced_last = Some(group.id.clone());
            set_price(desk, (self.scene.option, milestone), &for_groups, price, merge);
        });
    }
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
            let look = Look::wide(70.0);
            typed_field(ui, desk, (&name, &shown), look, read, |desk, value, merge| {
                set_chance(desk, (option, milestone), value, is_supported, merge);
            });
        }
        if icon_button(ui, icons::TRASH, &format!("Stop paying for {milestone}"), true).clicked() {
            let (option, name) = (option.clone(), milestone.to_owned());
            desk.edit(format!("Stop paying for {milestone}"), None, |w| {
                w.reach.payments.retain(|p| p.option != option || p.milestone != name);
            });
        }
    });
}

fn set_chance(
    desk: &mut Desk<'_>,
    (option, milestone): (&OptionId, &str),
    value: Option<f64>,
    supported: bool,
    merge: MergeKey<'_>,
) {
    let (option, name) = (option.clone(), milestone.to_owned());
    desk.edit(format!("Change how likely {milestone} is"), merge, |w| {
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
    let field = format!("Uptake of {name}");
    typed_field(ui, desk, (&field, &shown), Look::wide(UPTAKE), optional_share, |desk, value, merge| {
        let group = group.clone();
        edit_terms_as(desk, option, &format!("Change the uptake of {name}"), merge, |terms| {
            match value {
                Some(share) => terms.uptake.insert(group, share),
                None => terms.uptake.remove(&group),
            };
        });
    });
}
