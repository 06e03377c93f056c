//! Setting prices: for every group or for some, a milestone keeping its place among those that are paid for.

use crate::{
    model::{
        Workspace,
        ids::{NeedGroupId, OptionId, PaymentId},
        money::Pence,
        question::NeedGroup,
        reach::Payment,
    },
    session::MergeKey,
    ui::desk::Desk,
};

/// Pays this for a milestone of an option to these groups: one step, or a part of the run of typing of this key.
pub(in crate::ui::rooms::reach) fn set_price(
    desk: &mut Desk<'_>,
    (option, milestone): (&OptionId, &str),
    groups: &[NeedGroupId],
    price: Pence,
    merge: MergeKey<'_>,
) {
    let workspace = desk.workspace();
    let ids: Vec<PaymentId> =
        groups.iter().map(|_| PaymentId::named(milestone, desk.session.new_tail())).collect();
    let all = groups.len() == workspace.question.need_groups.len();
    let name = |id: &NeedGroupId| workspace.need_group(id).map_or("", NeedGroup::short_name).to_owned();
    let whom = match groups {
        _ if all => "every group".to_owned(),
        [one] => name(one),
        many => format!("{} groups", many.len()),
    };
    let whom_paid = self::whom(groups, &workspace);
    desk.edit(format!("Pay {price} for {milestone}, {whom}"), merge, |w| {
        put_price(&mut w.reach.payments, (option, milestone), &whom_paid, price, |n| ids[n].clone());
    });
}

/// Reads a price; nothing is no price.
pub(in crate::ui::rooms::reach) fn read_price(typed: &str) -> Result<Pence, String> {
    if typed.trim().is_empty() {
        return Ok(Pence(0));
    }
    let price = Pence::parse(typed).filter(|price| price.0 >= 0);
    price.ok_or_else(|| format!("“{typed}” is not a price; write it like £1,400."))
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
