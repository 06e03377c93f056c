//! Where a factor may be put in the table: between others, in another group, on the other side.

use super::{
    score_scene::{Folded, Row, Scene},
    scores::ScoresView,
};
use crate::{
    model::{balance::Side, ids::FactorId},
    session::edits,
    ui::desk::Desk,
};

/// A place between the rows of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub side: Side,
    /// Empty for none.
    pub group: String,
    /// The factor that it is before; `None` for the end of the group.
    pub before: Option<FactorId>,
}

impl Slot {
    fn end_of(scene: &Scene, f: usize) -> Self {
        let factor = &scene.factors()[f];
        Self { side: factor.side, group: factor.group.clone(), before: None }
    }

    fn before(scene: &Scene, f: usize) -> Self {
        Self { before: Some(scene.factors()[f].id.clone()), ..Self::end_of(scene, f) }
    }

    fn behind(scene: &Scene, f: usize) -> Self {
        let alike = alike(scene, f);
        let next = alike.iter().skip_while(|&&at| at != f).nth(1);
        next.map_or_else(|| Self::end_of(scene, f), |&next| Self::before(scene, next))
    }

    /// Before everything else on a side.
    fn top_of(scene: &Scene, side: Side) -> Self {
        let first = scene.factors().iter().find(|f| f.side == side && f.group.is_empty());
        Self { side, group: String::new(), before: first.map(|f| f.id.clone()) }
    }

    /// The place that a point in a row stands for: the upper half of a factor is before it, the lower behind it; a head
    /// is the top of what it heads.
    #[must_use]
    pub fn at(scene: &Scene, row: Row, lower_half: bool) -> Self {
        match row {
            Row::Side(side) => Self::top_of(scene, side),
            Row::Group(group) => Self::before(scene, scene.groups[group].factors[0]),
            Row::Factor(f) if lower_half => Self::behind(scene, f),
            Row::Factor(f) => Self::before(scene, f),
        }
    }

    /// One place up or down from where a factor stands: among its group, then into the next group, then over to the
    /// other side. `None` at the ends of the table.
    #[must_use]
    pub fn next_to(scene: &Scene, f: usize, down: bool) -> Option<Self> {
        let rows = scene.rows(&Folded::default());
        let at = rows.iter().position(|&row| row == Row::Factor(f))?;
        let factor = &scene.factors()[f];
        let together = |other: usize| {
            let other = &scene.factors()[other];
            other.side == factor.side && other.group == factor.group
        };
        if down {
            return match rows.get(at + 1) {
                Some(&Row::Factor(next)) => Some(Self::behind(scene, next)),
                Some(&row) => Some(Self::at(scene, row, false)),
                None if factor.side == Side::Operational => Some(Self::top_of(scene, Side::Commercial)),
                None => None,
            };
        }
        match at.checked_sub(1).map(|above| rows[above])? {
            Row::Factor(above) if together(above) => Some(Self::before(scene, above)),
            Row::Factor(above) => Some(Self::end_of(scene, above)),
            // Out of the group, or off the side, to the end of what stands above.
            Row::Side(side) if factor.group.is_empty() => match at.checked_sub(2).map(|above| rows[above]) {
                Some(Row::Factor(above)) => Some(Self::end_of(scene, above)),
                _ if side == Side::Commercial => Some(Self::top_of(scene, Side::Operational)),
                _ => None,
            },
            Row::Side(side) => Some(Self::top_of(scene, side)),
            Row::Group(_) => match rows[at.checked_sub(2)?] {
                Row::Factor(above) => Some(Self::end_of(scene, above)),
                Row::Side(side) => Some(Self::top_of(scene, side)),
                Row::Group(group) => {
                    scene.groups[group].factors.last().map(|&last| Self::end_of(scene, last))
                }
            },
        }
    }
}

/// The factors that stand with a factor, itself among them, in their order.
fn alike(scene: &Scene, f: usize) -> Vec<usize> {
    let factor = &scene.factors()[f];
    let with = |at: &usize| {
        let other = &scene.factors()[*at];
        other.side == factor.side && other.group == factor.group
    };
    (0..scene.factors().len()).filter(with).collect()
}

impl ScoresView {
    /// Moves a factor one place, into the next group or over to the other side where its own ends.
    pub(super) fn move_factor(&mut self, desk: &mut Desk<'_>, scene: &Scene, f: usize, down: bool) {
        match Slot::next_to(scene, f, down) {
            Some(slot) => self.put_factor(desk, scene, f, &slot),
            None => desk.notice("It stands at the end of the table already."),
        }
    }

    /// Puts a factor into a place between the rows.
    pub(super) fn put_factor(&mut self, desk: &mut Desk<'_>, scene: &Scene, f: usize, slot: &Slot) {
        let factor = &scene.factors()[f];
        if slot.before.as_ref() == Some(&factor.id) {
            return;
        }
        let side = slot.side.words().to_lowercase();
        let label = if slot.side != factor.side {
            format!("Move {} to the {side} side", factor.name)
        } else if slot.group == factor.group {
            let (own, aim) = (scene.factor_index(&factor.id), slot.before.as_ref());
            let up = aim.and_then(|id| scene.factor_index(id)).zip(own).is_some_and(|(to, from)| to < from);
            format!("Move {} {}", factor.name, if up { "up" } else { "down" })
        } else if slot.group.is_empty() {
            format!("Move {} out of {}", factor.name, factor.group)
        } else {
            format!("Move {} to {}", factor.name, slot.group)
        };
        desk.edit(label, None, |w| {
            edits::scores::place_factor(w, &factor.id, slot.side, &slot.group, slot.before.as_ref());
        });
        self.reveal = true;
    }
}
