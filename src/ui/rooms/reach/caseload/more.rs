//! More tests: every finding, and what else the counts tell, each with its sentence.

use egui::Ui;

use super::{Seen, lead, more_tables, words};
use crate::{
    analysis::{
        explain::Question,
        reach::caseload::{concentration::Concentration, parting::Whose},
    },
    model::wording::{count, number, once_in, percent, thousands},
    ui::{
        desk::Desk,
        theme::{Tokens, Type, space},
        widgets::{Card, hair_rule, link, scrolled_page, wrapped},
    },
};

/// Shows the sheet.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let found = seen.check.findings.len();
    let clause = match found {
        0 => "No gate differs between groups by more than chance.".to_owned(),
        n => format!("{} beyond chance.", count(n, "difference is", "differences are")),
    };
    lead(ui, &clause, "What follows looks at the same counts in other ways.");
    let gate = seen.gate_in_view(desk);
    scrolled_page(ui, "caseload tests", |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        findings(ui, desk, seen);
        more_tables::groups(ui, desk, seen, gate);
        more_tables::within(ui, desk, seen, gate);
        more_tables::adjusted(ui, seen, gate);
        if !seen.counted.providers.is_empty() {
            more_tables::offices(ui, desk, seen, gate);
            more_tables::headlines(ui, seen);
        }
        card(ui, "Does support go to need?", &concentrations(seen));
        card(ui, "Do people leave just after payment?", &[bunching(seen)]);
        card(ui, "Do the measures agree?", &parting(seen));
    });
}

fn card(ui: &mut Ui, title: &str, sentences: &[String]) {
    let tokens = Tokens::of(ui);
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text(title, tokens.ink));
        for sentence in sentences {
            wrapped(ui, sentence, Type::Body, tokens.ink);
        }
    });
}

fn findings(ui: &mut Ui, desk: &mut Desk<'_>, seen: &Seen<'_>) {
    let tokens = Tokens::of(ui);
    if seen.check.findings.is_empty() {
        return;
    }
    Card::new().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(Type::Heading.text("Every difference beyond chance", tokens.ink));
        for (at, finding) in seen.check.findings.iter().enumerate() {
            if at > 0 {
                hair_rule(ui);
            }
            wrapped(ui, words::sentence(seen, finding), Type::Body, tokens.ink);
            let ask = format!("Why? {}, {}", seen.short(finding.group), seen.gate(finding.gate));
            if link(ui, &ask, Type::Small, tokens.ink2).clicked() {
                desk.explain(Question::Passing { gate: finding.gate, group: finding.group });
            }
        }
    });
}

fn concentrations(seen: &Seen<'_>) -> Vec<String> {
    let last = seen.counted.gates.last().map_or("", String::as_str);
    vec![
        concentration(&format!("Being {last}"), &seen.check.concentration),
        concentration("Hours", &seen.check.hours),
    ]
}

fn concentration(what: &str, found: &Result<Concentration, crate::analysis::Undefined>) -> String {
    let found = match found {
        Ok(found) => found,
        Err(why) => return format!("{what}: cannot be said, for {}.", why.0),
    };
    let Ok(index) = found.standard else {
        return format!("{what}: cannot be said, for nobody had any.");
    };
    let lead = match index {
        index if index < -0.01 => format!("{what} goes to those who need less"),
        index if index > 0.01 => format!("{what} goes to those who need more"),
        _ => format!("{what} is spread about evenly over need"),
    };
    let mut forms = vec![format!("concentration index {}", number(index, 3))];
    for (name, figure) in [
        ("Wagstaff", found.wagstaff),
        ("Erreygers", found.erreygers),
        ("Kakwani, against need", found.kakwani),
    ] {
        if let Ok(figure) = figure {
            forms.push(format!("{name} {}", number(figure, 3)));
        }
    }
    format!("{lead}: {}. Nought is even; below nought favours those who need less.", forms.join(", "))
}

fn bunching(seen: &Seen<'_>) -> String {
    let found = match &seen.check.bunching {
        Ok(found) => found,
        Err(why) => return format!("It cannot be said: {}.", why.0),
    };
    let small = |count: u64| (1..u64::from(seen.small.threshold)).contains(&count);
    let told = |count: u64| {
        if small(count) { format!("under {}", seen.small.threshold) } else { thousands(count) }
    };
    let sides = format!(
        "{} left in the two weeks before payment and {} in the two weeks from it on.",
        told(found.before),
        told(found.after)
    );
    if found.p_value < 0.05 && found.after > found.before {
        format!(
            "People leave just after payment. {sides} Chance alone would do that {}.",
            once_in(found.p_value)
        )
    } else if found.p_value < 0.05 {
        format!(
            "People leave just before payment. {sides} Chance alone would do that {}.",
            once_in(found.p_value)
        )
    } else {
        format!("No more than chance would bring. {sides}")
    }
}

fn parting(seen: &Seen<'_>) -> Vec<String> {
    let found = &seen.check.parting;
    if found.is_empty() {
        let words = "Of the groups and offices that can be told, none does better than the rest by one measure and worse by another, by more than chance.";
        return vec![words.to_owned()];
    }
    found
        .iter()
        .map(|parting| {
            let who = match parting.whose {
                Whose::Group(group) => seen.short(group),
                Whose::Provider(provider) => seen.provider(provider),
            };
            let (above, high) = parting.above;
            let (below, low) = parting.below;
            format!(
                "{who}: {} {} ({} of the rest), yet only {} {} ({} of the rest). Judged by the first alone it would look good.",
                percent(high),
                above.words(),
                percent(parting.others_above),
                percent(low),
                below.words(),
                percent(parting.others_below)
            )
        })
        .collect()
}
