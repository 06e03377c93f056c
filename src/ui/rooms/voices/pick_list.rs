//! The list that opens at a cell of the register whose value is chosen: what local means, how somebody was heard, and for
//! whom they speak.

use egui::{Align2, Area, Id, Order, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{register_table::Column, register_table::way_words};
use crate::{
    model::{
        Workspace,
        ids::NeedGroupId,
        question::Level,
        voices::{Heard, Stakeholder},
        wording::capital,
    },
    ui::{
        icons::{self, Icon},
        theme::{Tokens, Type, rounded, space},
        widgets::{cell_draft::note_frame, paint_text},
    },
};

/// The list while it is open.
#[derive(Debug, Default)]
pub struct Pick {
    /// The item that Enter takes.
    pub at: usize,
    /// It was opened in this frame: the click that opened it is not one beside it.
    pub is_new: bool,
    /// Somebody has clicked beside it.
    pub left: bool,
}

/// What an item stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    Local(Option<Level>),
    /// In which way, and where or through whom.
    Heard(Heard, String),
    /// Speaking for a need group, which is turned on or off.
    SpeaksFor(NeedGroupId),
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub words: String,
    pub meaning: Meaning,
    /// It holds now.
    pub on: bool,
}

/// How many places of hearing that are in use are offered.
const PLACES: usize = 6;

/// What can be chosen in a column for this person.
#[must_use]
pub fn items(workspace: &Workspace, person: &Stakeholder, column: Column) -> Vec<Item> {
    match column {
        Column::LocalMeans => Level::ALL
            .into_iter()
            .rev()
            .map(Some)
            .chain([None])
            .map(|level| Item {
                words: capital(level.map_or("not said", Level::words)),
                on: person.local_means == level,
                meaning: Meaning::Local(level),
            })
            .collect(),
        Column::Heard => heard_items(workspace, person),
        Column::SpeaksFor => workspace
            .question
            .need_groups
            .iter()
            .map(|group| Item {
                words: group.name.clone(),
                on: person.speaks_for.contains(&group.id),
                meaning: Meaning::SpeaksFor(group.id.clone()),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Where people have been heard so far, the most frequent first, and then the bare ways.
fn heard_items(workspace: &Workspace, person: &Stakeholder) -> Vec<Item> {
    let mut places: Vec<(Heard, &str, usize)> = Vec::new();
    for other in &workspace.voices.stakeholders {
        if other.heard == Heard::No || other.through.is_empty() {
            continue;
        }
        match places.iter_mut().find(|(way, through, _)| *way == other.heard && *through == other.through) {
            Some((.., times)) => *times += 1,
            None => places.push((other.heard, &other.through, 1)),
        }
    }
    places.sort_by_key(|(.., times)| std::cmp::Reverse(*times));
    let places = places.into_iter().take(PLACES).map(|(way, through, _)| (way, through));
    places
        .chain(Heard::ALL.into_iter().map(|way| (way, "")))
        .map(|(way, through)| Item {
            words: match through {
                "" => capital(way_words(way)),
                through => format!("{through} ({})", way_words(way)),
            },
            on: person.heard == way && (person.through == through || way == Heard::No),
            meaning: Meaning::Heard(way, through.to_owned()),
        })
        .collect()
}

/// Puts what an item stands for into a person.
pub fn apply(person: &mut Stakeholder, item: &Item) {
    match &item.meaning {
        Meaning::Local(level) => person.local_means = *level,
        Meaning::Heard(way, through) => {
            person.heard = *way;
            person.through.clone_from(through);
        }
        Meaning::SpeaksFor(group) if item.on => person.speaks_for.retain(|spoken| spoken != group),
        Meaning::SpeaksFor(group) => person.speaks_for.push(group.clone()),
    }
}

/// The item from this one on whose words begin with a text, going round.
#[must_use]
pub fn beginning_with(items: &[Item], at: usize, text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    let begins = |item: &Item| item.words.to_lowercase().trim_start_matches("a ").starts_with(&text);
    (at..items.len()).chain(0..at.min(items.len())).find(|&index| begins(&items[index]))
}

const ITEM: f32 = 30.0;

/// Shows the list under a cell; answers with an item that was clicked.
pub fn show(ui: &Ui, cell: Rect, pick: &mut Pick, items: &[Item]) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let widest = items
        .iter()
        .map(|item| ui.painter().layout_no_wrap(item.words.clone(), Type::Body.font(), tokens.ink).size().x);
    let width = widest.fold(cell.width(), f32::max) + 44.0;
    let tall = ITEM * items.len().max(1) as f32 + 20.0;
    let screen = ui.ctx().content_rect();
    let x = cell.left().min(screen.right() - width - 2.0 * space::L);
    let below = cell.bottom() + tall < screen.bottom() - space::S;
    let (at, pivot) = if below {
        (pos2(x, cell.bottom() + 2.0), Align2::LEFT_TOP)
    } else {
        (pos2(x, cell.top() - 2.0), Align2::LEFT_BOTTOM)
    };
    let area = Area::new(Id::unique("register list")).fixed_pos(at).pivot(pivot).order(Order::Foreground);
    let mut clicked = None;
    let shown = area.constrain(true).show(ui.ctx(), |ui| {
        note_frame(tokens, tokens.line).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if items.is_empty() {
                ui.label(Type::Body.text("Add need groups in Question first.", tokens.ink2));
            }
            for (index, item) in items.iter().enumerate() {
                if show_item(ui, item, width - 20.0, index == pick.at) {
                    clicked = Some(index);
                }
            }
        });
    });
    let beside = ui.input(|i| i.pointer.any_pressed() && i.pointer.interact_pos().is_some())
        && !ui.input(|i| i.pointer.interact_pos()).is_some_and(|at| shown.response.rect.contains(at));
    pick.left = beside && !std::mem::take(&mut pick.is_new);
    pick.is_new = false;
    clicked
}

fn show_item(ui: &mut Ui, item: &Item, width: f32, here: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(width, ITEM), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, item.on, &item.words));
    if here || response.hovered() {
        ui.painter().rect_filled(place, rounded(5.0), tokens.select);
    }
    if item.on {
        let at = pos2(place.left() + 11.0, place.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, icons::CHECK.0, Icon::font(14.0), tokens.ink);
    }
    let at = pos2(place.left() + 24.0, place.center().y);
    paint_text(ui.painter(), at, Align2::LEFT_CENTER, &item.words, Type::Body, tokens.ink);
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(words: &str) -> Item {
        Item { words: words.to_owned(), meaning: Meaning::Local(None), on: false }
    }

    #[test]
    fn a_letter_goes_to_the_next_item_that_begins_with_it() {
        let items = [item("Nation"), item("Estate"), item("A few streets"), item("Not said")];
        assert_eq!(beginning_with(&items, 0, "e"), Some(1));
        assert_eq!(beginning_with(&items, 1, "n"), Some(3));
        assert_eq!(beginning_with(&items, 4, "n"), Some(0), "it goes round");
        assert_eq!(beginning_with(&items, 0, "few"), Some(2));
        assert_eq!(beginning_with(&items, 0, "x"), None);
    }

    #[test]
    fn speaking_for_a_group_is_turned_on_and_off() {
        let mut person = Stakeholder::named("p".into(), "P", "s".into());
        let group: NeedGroupId = "g".into();
        let of = |on| Item { on, ..Item { meaning: Meaning::SpeaksFor(group.clone()), ..item("G") } };
        apply(&mut person, &of(false));
        assert_eq!(person.speaks_for, std::slice::from_ref(&group));
        apply(&mut person, &of(true));
        assert!(person.speaks_for.is_empty());
    }
}
