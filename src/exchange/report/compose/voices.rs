//! Who said what, what was done about it, and who disagreed.

use super::{
    terms::Detail,
    writing::{Writing, anchors, cell, figures as column, row, sentence, words},
};
use crate::{
    analysis::voices::{
        Agreed, BallotStanding, FEWEST_TOLD, TOO_FEW_MARGINAL, TOO_FEW_TOGETHER, marginal_is_own,
        words as voice_words,
    },
    exchange::{
        handout::contributors::{circumstances, status, summary_of},
        report::Cell,
    },
    model::{
        voices::{Heard, Statement},
        wording::{capital, counted, in_words, list, number, once_in, percent},
    },
};

/// Statements told in a full paper; the appendix has the rest.
pub(super) const STATEMENTS: usize = 20;

/// 6 Who said what, and what was done.
pub(super) fn voices(w: &mut Writing<'_>) {
    w.section(anchors::VOICES, "Who said what, and what was done", |w| {
        heard(w);
        w.part("coverage", "Who speaks for whom", coverage);
        w.part("statements", "What was said, and what was done", |w| statements(w, STATEMENTS));
        w.part("agreement", "How far people agree", agreement);
    });
}

/// How many were heard, sector by sector.
pub(super) fn heard(w: &mut Writing<'_>) {
    let voices = &w.inputs.workspace.voices;
    let people = &voices.stakeholders;
    if people.is_empty() {
        w.gap("Nobody is in the register of voices yet.");
        return;
    }
    let of_it = |id| people.iter().filter(move |person| person.sector == id);
    let is_heard = |person: &&crate::model::voices::Stakeholder| person.heard != Heard::No;
    let all = people.iter().filter(is_heard).count();
    w.say(if all == people.len() && all > 1 {
        format!("All {} people in the register were heard.", in_words(all))
    } else {
        let were = capital(&counted(all, "person was", "people were"));
        format!("{were} heard, of {} in the register.", in_words(people.len()))
    });
    let rows: Vec<Vec<Cell>> = voices
        .sectors
        .iter()
        .filter_map(|sector| {
            let heard = of_it(sector.id.clone()).filter(is_heard).count();
            let directly = of_it(sector.id.clone()).filter(|person| person.heard == Heard::Direct).count();
            let ballots = ballots_of(w, &sector.id);
            let any = of_it(sector.id.clone()).next().is_some() || ballots > 0;
            let counts = [heard, directly, ballots].map(|n| n.to_string());
            let [heard, directly, ballots] = counts;
            any.then(|| row([sector.name.clone(), heard, directly, ballots]))
        })
        .collect();
    w.table(
        "people heard and ballots that count, by sector",
        vec![words("Sector", 3.4), column("Heard", 1.0), column("Directly", 1.0), column("Ballots", 1.0)],
        rows,
        String::new(),
    );
}

/// How many ballots of a sector count.
pub(super) fn ballots_of(w: &Writing<'_>, sector: &crate::model::ids::SectorId) -> usize {
    let ballots = &w.inputs.workspace.voices.ballots;
    let in_force = &w.inputs.analysis.voices.said().in_force;
    in_force.iter().filter(|&&at| ballots.get(at).is_some_and(|ballot| ballot.sector == *sector)).count()
}

/// Need groups by ways of hearing, and what is wrong with how they were heard.
fn coverage(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    if workspace.voices.stakeholders.is_empty() || workspace.question.need_groups.is_empty() {
        return;
    }
    let coverage = &w.inputs.analysis.voices.said().coverage;
    let groups = || workspace.question.need_groups.iter().zip(coverage);
    let rows = groups().map(|(group, heard)| {
        let told = [heard.direct, heard.through, heard.proxy].map(|n| n.to_string());
        let [direct, through, proxy] = told;
        let flag = heard.flag.clone().unwrap_or_default();
        let mut cells = row([group.name.clone(), direct, through, proxy, flag]);
        if heard.missing
            && let Some(name) = cells.first_mut()
        {
            name.strong = true;
        }
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let missing = groups().any(|(_, heard)| heard.missing);
    let note = if missing { "Groups in bold have no voice by the rule that is set." } else { "" };
    w.table(
        "how many people speak for each need group, and how they were heard",
        vec![
            words("Need group", 2.4),
            column("Directly", 0.9),
            column("Through others", 1.0),
            column("By proxy", 0.9),
            words("What is wrong", 2.6),
        ],
        rows,
        note,
    );
    let far = w.inputs.analysis.voices.said().far_from_delivery.len();
    if far > 0 {
        let see = capital(&counted(far, "person sees", "people see"));
        w.say(format!("{see} three layers or more between those who decide and the point of delivery."));
    }
}

/// What was said, by whom, and what was done; at most so many.
pub(super) fn statements(w: &mut Writing<'_>, most: usize) {
    let voices = &w.inputs.workspace.voices;
    if voices.statements.is_empty() {
        return;
    }
    w.say(summary_of(voices.statements.iter()));
    if !w.terms.shows(Detail::Statements) {
        w.note("What was said word for word is left out of this paper.");
    }
    kept_out(w);
    let rows: Vec<Vec<Cell>> = voices
        .leaving()
        .take(most)
        .map(|statement| {
            let who = who_said(w, statement);
            let said = if w.terms.shows(Detail::Statements) {
                format!("“{}”", statement.text.trim())
            } else {
                about(statement)
            };
            row([who, said, done(statement)])
        })
        .collect();
    let more = voices.leaving().count() - rows.len();
    let note = if more > 0 { w.where_more(more) } else { String::new() };
    w.table(
        "what was said, and what was done about it",
        vec![words("Who", 1.7), words("What they said", 3.2), words("What was done", 2.8)],
        rows,
        note,
    );
    let why = w.inputs.workspace.decision.why_unanswered.trim();
    if voices.unanswered().next().is_some() && !why.is_empty() {
        w.say(format!("Why some are unanswered: {}", sentence(why)));
    }
}

/// How many statements are kept out of this paper, which are heard and counted all the same.
pub(super) fn kept_out(w: &mut Writing<'_>) {
    let kept = w.inputs.workspace.voices.statements.iter().filter(|statement| statement.kept_out).count();
    if kept > 0 {
        let are = capital(&counted(kept, "statement is", "statements are"));
        w.note(format!("{are} kept out of this paper; they were heard and are counted above."));
    }
}

/// What a statement is about, where its words are left out.
fn about(statement: &Statement) -> String {
    match statement.about.trim() {
        "" => circumstances(statement),
        about => capital(about),
    }
}

fn done(statement: &Statement) -> String {
    match statement.response.trim() {
        "" => format!("{}.", status(statement)),
        response => format!("{}: {}", status(statement), sentence(response)),
    }
}

/// Who said it, as this paper may call them.
pub(super) fn who_said(w: &mut Writing<'_>, statement: &Statement) -> String {
    let workspace = w.inputs.workspace;
    let person = statement.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
    person.map_or_else(|| "Nobody named".to_owned(), |person| w.called(person))
}

/// Ballots, agreement, sectors and whose voice decides.
fn agreement(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let voices = &analysis.voices;
    let in_force = voices.said().in_force.len();
    if in_force == 0 {
        if !workspace.balance.factors.is_empty() {
            w.gap("No ballot counts yet, so how far people agree cannot be said.");
        }
        return;
    }
    w.say(format!("{}.", capital(&counted(in_force, "ballot counts", "ballots count"))));
    w.say(not_by_the_ballots(w).unwrap_or_default());
    let late = voices.said().standings.iter().filter(|standing| **standing == BallotStanding::Late).count();
    if late > 0 {
        w.say(format!("{} late and not counted.", capital(&counted(late, "ballot came", "ballots came"))));
    }
    let on = [("factors", voices.said().agreement_on_factors), ("options", voices.agreement_on_options)];
    let lines: Vec<String> = on.into_iter().map(|(what, agreed)| agreed_words(what, agreed)).collect();
    w.points(lines);
    if w.told.gives_away() {
        w.note(w.weights_of_few().unwrap_or_else(|| TOO_FEW_TOGETHER.to_owned()));
        return;
    }
    let names: Vec<&str> = voices
        .said()
        .disagreement
        .iter()
        .take(2)
        .filter_map(|&f| Some(workspace.balance.factors.get(f)?.name.as_str()))
        .collect();
    if in_force > 1 && !names.is_empty() {
        w.say(format!("The ballots are furthest apart on {}.", list(&names)));
    }
    sectors(w);
    whose_voice(w);
}

/// That the weights in force are not those of the ballots, where ballots count and they are not.
pub(super) fn not_by_the_ballots(w: &Writing<'_>) -> Option<String> {
    let basis = w.basis();
    let ballots = w.inputs.analysis.voices.said().in_force.len();
    if ballots == 0 || basis.weighs_as_the_ballots() {
        return None;
    }
    let combine = if ballots == 1 { "the ballot gives" } else { "the ballots combine to" };
    let lead = format!(
        "The weights in this paper are not what {combine}: they were given by those who prepared it."
    );
    if w.told.gives_away() {
        return Some(lead);
    }
    let share =
        |key: &str| basis.figure(key).filter(|figure| figure.value.is_ok()).map(|figure| figure.words);
    Some(match share("ballots-commercial-share").zip(share("commercial-share")) {
        Some((given, used)) => format!(
            "{lead} Commercial factors carry {used} of the weight here, and by the ballots they would carry {given}."
        ),
        None => lead,
    })
}

/// Kendall's W, with what it means.
pub(super) fn agreed_words(what: &str, agreed: Agreed) -> String {
    match agreed {
        Ok(agreed) => format!(
            "On {what}: Kendall’s W is {}, where 0 is no agreement and 1 is full agreement; chance alone would agree as \
             much {}.",
            number(agreed.w, 2),
            once_in(agreed.p_value)
        ),
        Err(why) => format!("On {what}: how far they agree cannot be said: {}.", why.0),
    }
}

/// How each sector with ballots enough ranks the options.
fn sectors(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let all = voice_words::sectors_in_order(analysis);
    let shown: Vec<_> = all.iter().filter(|(s, _)| w.told.tells(*s)).cloned().collect();
    let hidden = all.len() - shown.len();
    if !shown.is_empty() {
        let rows: Vec<Vec<Cell>> = shown
            .iter()
            .map(|(s, result)| {
                let badges: Vec<&str> =
                    result.ranking.iter().map(|&o| workspace.question.options[o].badge.as_str()).collect();
                let share = result.commercial_share.map_or_else(String::new, percent);
                row([workspace.voices.sectors[*s].name.clone(), share, badges.join(", ")])
            })
            .collect();
        w.table(
            "how each sector would weigh and rank the options",
            vec![words("Sector", 2.4), column("Commercial weight", 1.2), words("Order of the options", 2.4)],
            rows,
            String::new(),
        );
        w.figure(w.inputs.charts.sectors.as_ref(), "how sectors rank the options", String::new());
    }
    if hidden > 0 {
        let few = |s: usize| ballots_of(w, &workspace.voices.sectors[s].id) < FEWEST_TOLD;
        let are = if hidden == 1 { "is" } else { "are" };
        let fewest = in_words(FEWEST_TOLD);
        w.note(if all.iter().all(|(s, _)| w.told.tells(*s) || few(*s)) {
            format!(
                "{} fewer than {fewest} ballots and {are} not shown apart: the figures would be those of one or two people.",
                capital(&counted(hidden, "sector has", "sectors have")),
            )
        } else {
            format!(
                "{} {are} not shown apart, so that nothing tells the figures of one with fewer than {fewest} ballots.",
                capital(&counted(hidden, "sector", "sectors")),
            )
        });
    }
}

/// Whether the answer hangs on one sector, and what quiet voices would change.
fn whose_voice(w: &mut Writing<'_>) {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let options = &workspace.question.options;
    let sectors = workspace.voices.sectors.iter().zip(&analysis.voices.without_sector);
    let mut lines: Vec<String> = sectors
        .enumerate()
        .filter(|(s, _)| w.told.tells(*s))
        .filter_map(|(_, (sector, out))| Some((sector, out.as_ref().filter(|out| out.changes_leader)?)))
        .map(|(sector, out)| format!("Without {} {} would lead.", sector.name, options[out.leader].name))
        .collect();
    if lines.is_empty() && analysis.voices.together.is_some() && !w.told.sectors.is_empty() {
        lines.push(if w.told.hidden.is_empty() {
            "Whichever sector is left out, the same option leads.".to_owned()
        } else {
            "Whichever of the sectors shown apart is left out, the same option leads.".to_owned()
        });
    }
    if analysis.voices.marginal.is_ok() {
        lines.push(if marginal_is_own(&analysis.voices) {
            TOO_FEW_MARGINAL.to_owned()
        } else {
            voice_words::marginal(workspace, analysis).0
        });
    }
    if let Ok(fairness) = &analysis.voices.fairness {
        let most = fairness.minimax_regret.first().and_then(|&o| fairness.largest_regret[o]);
        lines.push(if most.is_none_or(|most| w.told.tells(most.sector)) {
            voice_words::fairness(workspace, fairness)
        } else {
            format!("{}.", voice_words::worst_off(workspace, fairness))
        });
    }
    w.points(lines);
}

/// 7 Who disagreed.
pub(super) fn dissent(w: &mut Writing<'_>) {
    w.section(anchors::DISSENT, "Who disagreed", dissenting);
}

/// Disagreement in the dissenters' own words.
pub(super) fn dissenting(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let dissent: Vec<_> = workspace.decision.dissent.iter().filter(|d| !d.text.trim().is_empty()).collect();
    if dissent.is_empty() {
        return;
    }
    if !w.terms.shows(Detail::Dissent) {
        w.say(format!(
            "{} disagreed; the words are left out of this paper.",
            capital(&counted(dissent.len(), "voice", "voices"))
        ));
        return;
    }
    for one in dissent {
        let person = one.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
        let who = person.map_or_else(String::new, |person| w.called(person));
        w.quote(&capital(one.own_words(person)), who);
        if !one.answer.trim().is_empty() {
            w.say(format!("Answer: {}", sentence(&one.answer)));
        }
    }
}

/// A plain cell list of who was heard, for the appendix.
pub(super) fn register(w: &mut Writing<'_>) {
    let workspace = w.inputs.workspace;
    let rows: Vec<Vec<Cell>> = workspace
        .voices
        .stakeholders
        .iter()
        .map(|person| {
            let who = w.called(person);
            let sector = workspace.sector(&person.sector).map_or_else(String::new, |s| s.name.clone());
            let groups: Vec<&str> = workspace
                .question
                .need_groups
                .iter()
                .filter(|group| person.speaks_for.contains(&group.id))
                .map(|group| group.short_name())
                .collect();
            let how = match person.heard {
                Heard::Direct => "Directly",
                Heard::Through => "Through others",
                Heard::Proxy => "By proxy",
                Heard::No => "Not heard",
            };
            vec![Cell::plain(who), Cell::plain(sector), Cell::plain(how), cell(list(&groups), false)]
        })
        .collect();
    w.table(
        "everybody in the register",
        vec![words("Who", 2.4), words("Sector", 1.6), words("Heard", 1.1), words("Speaks for", 2.8)],
        rows,
        String::new(),
    );
}
