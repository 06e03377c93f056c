//! The figures of the page as a table.

use super::scene::Scene;
use crate::{model::wording::number, ui::drawing::parts::Rows};

/// Places, confidence and pairs; `None` while nothing has been drawn.
pub(super) fn of(scene: &Scene<'_>) -> Option<Rows> {
    let run = scene.known()?;
    let percent = |share: f64| number(share * 100.0, 1);
    let mut heads = vec!["Option".to_owned(), "Name".to_owned()];
    heads.extend((1..=scene.order.len()).map(|place| format!("Place {place}, %")));
    heads.push("Standard error of first, points".to_owned());
    heads.push("First at its typical weights, %".to_owned());
    heads.extend(scene.order.iter().map(|&o| format!("Beats {}, %", scene.badge(o))));
    let mut rows = vec![heads];
    for &option in &scene.order {
        let mut row = vec![scene.badge(option).to_owned(), scene.name(option).to_owned()];
        // An option that a must strikes takes no part and has no shares.
        let takes_part = run.takes_part(option);
        let told = |figure: String| if takes_part { figure } else { String::new() };
        row.extend(run.rank_acceptability[option].iter().map(|share| told(percent(*share))));
        row.push(told(number(run.standard_error[option].first().copied().unwrap_or(0.0) * 100.0, 2)));
        row.push(run.confidence_factor[option].map_or_else(String::new, percent));
        row.extend(scene.order.iter().map(|&other| {
            let is_told = takes_part && other != option && run.takes_part(other);
            if is_told { percent(run.pairwise_winning[option][other]) } else { String::new() }
        }));
        rows.push(row);
    }
    Some(rows)
}
