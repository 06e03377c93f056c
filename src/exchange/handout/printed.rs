//! Ballots on paper: what is asked, boxes to write in, and who gets it back.

use super::{Form, Recipient, harmless::html, page};

/// One page to be copied, or one for each person.
pub(super) fn page(form: &Form<'_>) -> String {
    let papers: Vec<String> = if form.terms.one_each {
        form.people.iter().map(|person| paper(form, Some(person))).collect()
    } else {
        vec![paper(form, None)]
    };
    page::document(&format!("Ballot: {}", form.title), &papers.concat())
}

fn paper(form: &Form<'_>, person: Option<&Recipient>) -> String {
    let question = match form.question.trim() {
        "" => String::new(),
        question => format!("<p class=\"lead\">{}</p>\n", html(question)),
    };
    let gut_feel = if form.asks_gut_feel { gut_feel(form) } else { String::new() };
    let ranking = form.asks_ranking().map(|asked| ranking(form, asked)).unwrap_or_default();
    format!(
        "<section class=\"paper\">\n<h1>{}</h1>\n{question}{}{gut_feel}{}{ranking}\
         <div class=\"back\">\n<p><strong>{}</strong></p>\n<p class=\"quiet\">{}</p>\n\
         <p class=\"quiet\">Round {}. Form {}.</p>\n</div>\n</section>\n",
        html(&form.title),
        who(form, person),
        points(form),
        html(&form.give_back()),
        html(&form.what_is_done_with_it()),
        form.terms.round,
        html(&form.mark.to_string()),
    )
}

fn who(form: &Form<'_>, person: Option<&Recipient>) -> String {
    if let Some(person) = person {
        return format!("<p>For <strong>{}</strong>, {}</p>\n", html(&person.name), html(&person.sector));
    }
    let sectors: Vec<String> = form
        .sectors
        .iter()
        .map(|sector| format!("<li><span class=\"tick\" aria-hidden=\"true\"></span>{}</li>\n", html(sector)))
        .collect();
    let speak = if sectors.is_empty() {
        String::new()
    } else {
        format!("<p>I speak from, tick one:</p>\n<ul class=\"plain\">\n{}</ul>\n", sectors.concat())
    };
    format!(
        "<p>Name, role or pseudonym; may stay empty: <span class=\"line\" aria-hidden=\"true\"></span></p>\n{speak}"
    )
}

/// Asked first and on its own, before anybody thinks in points.
fn gut_feel(form: &Form<'_>) -> String {
    format!(
        "<h2>Your gut feel</h2>\n<p>Which would you choose today? Write the letters, best first. \
         Leave places empty if you do not know.</p>\n{}{}",
        options(form),
        places(form)
    )
}

/// Asked last, after the points.
fn ranking(form: &Form<'_>, asked: &str) -> String {
    let named = if form.asks_gut_feel { String::new() } else { options(form) };
    format!(
        "<h2>Your own order</h2>\n<p>{} Leave places empty if you do not know.</p>\n{named}{}",
        html(asked),
        places(form)
    )
}

fn options(form: &Form<'_>) -> String {
    let option = |(badge, name): &(String, String)| {
        format!("<li><span class=\"badge\">{}</span>{}</li>\n", html(badge), html(name))
    };
    let options: Vec<String> = form.options.iter().map(option).collect();
    format!("<ul class=\"plain\">\n{}</ul>\n", options.concat())
}

/// Boxes for letters, the best first.
fn places(form: &Form<'_>) -> String {
    let place = |place: usize| {
        let words = match place {
            1 => "best".to_owned(),
            n if n == form.options.len() => "last".to_owned(),
            n => n.to_string(),
        };
        format!("<li><span class=\"write\" aria-hidden=\"true\"></span>{words}</li>\n")
    };
    let places: Vec<String> = (1..=form.options.len()).map(place).collect();
    format!("<ol class=\"places\">\n{}</ol>\n", places.concat())
}

fn points(form: &Form<'_>) -> String {
    let rows: Vec<String> = form
        .asked
        .iter()
        .map(|asked| {
            format!(
                "<tr><th scope=\"row\"><strong>{}</strong>{}</th><td class=\"box\">\
                 <span class=\"write\" aria-label=\"points for {}\" role=\"img\"></span></td></tr>\n",
                html(&asked.name),
                html(&asked.swing),
                html(&asked.name)
            )
        })
        .collect();
    let largest = if form.terms.round == 1 || form.asked.len() > 2 {
        "The step that matters most to you gets 100. Give each of the others points beside it: half as much gets 50. "
    } else {
        "Give points beside your first ballot, where the step that mattered most got 100. "
    };
    format!(
        "<h2>How much does each step matter?</h2>\n<p>Think of each line going from its worst end to its best, \
         and of nothing else changing. {largest}0 says it does not matter; an empty box says nothing.</p>\n\
         <table>\n<caption>Points from 0 to 100</caption>\n<thead><tr><th scope=\"col\">The step</th>\
         <th scope=\"col\" class=\"box\">Points</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        rows.concat()
    )
}
