//! The paper on one side of A4: what must be known, and of the rest what there is room for.

use super::{
    decided, figures,
    left_out::{in_view, without_a_voice},
    terms::Detail,
    threshold, title,
    writing::{Writing, anchors, sentence},
};
use crate::{
    analysis::{
        course::Course,
        reach::{missing, words::prediction},
    },
    exchange::report::{self, Block, Paper, Run, words},
    model::wording::{capital, counted, list, lower_first},
};

/// Lines that are left free, for a word processor that sets a little wider.
const SPARE: usize = 2;
/// Options in the table; the rest are counted.
const OPTIONS: usize = 8;
/// The longest that a text of somebody's own may be, in characters.
const LONGEST: usize = 220;
/// The least room for the chance of being paid, in characters.
const CHANCE: usize = 120;

/// Dissenters who are heard even where little else is.
const FEWEST_DISSENTERS: usize = 2;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Telling {
    question: bool,
    firmness: bool,
    reasons: usize,
    options: usize,
    /// Points of a kind under what goes with the recommendation.
    of_a_kind: usize,
    /// Characters of a text.
    longest: usize,
}

/// What is told however much there is; the rest is counted.
const LEAST: Telling =
    Telling { question: false, firmness: false, reasons: 1, options: 3, of_a_kind: 0, longest: 80 };

/// What is told besides while there is room, what a reader would miss most first.
const MORE: [fn(&mut Telling); 13] = [
    |telling| telling.of_a_kind = 1,
    |telling| telling.reasons = 2,
    |telling| telling.options = 5,
    |telling| telling.of_a_kind = 2,
    |telling| telling.reasons = 3,
    |telling| telling.longest = 120,
    |telling| telling.firmness = true,
    |telling| telling.of_a_kind = 3,
    |telling| telling.longest = 160,
    |telling| telling.reasons = 4,
    |telling| telling.question = true,
    |telling| telling.options = OPTIONS,
    |telling| telling.longest = LONGEST,
];

/// Writes the page: as much as fits.
pub(super) fn write(w: &mut Writing<'_>) {
    let mut standing = LEAST;
    let mut page = told(w, standing);
    for more in MORE {
        let mut telling = standing;
        more(&mut telling);
        let fuller = told(w, telling);
        if fits(&fuller) {
            (standing, page) = (telling, fuller);
        }
    }
    *w = page;
    // What is missing is told in the whole paper.
    w.take_gaps();
}

/// The page with so much on it.
fn told<'a>(w: &Writing<'a>, telling: Telling) -> Writing<'a> {
    let mut page = w.begin_again();
    tell(&mut page, telling);
    page
}

fn tell(w: &mut Writing<'_>, telling: Telling) {
    if telling.question {
        w.say(w.inputs.workspace.question.text.trim());
    }
    if !title::has_foot(w) {
        w.note(short(&w.inputs.workspace.illustrative, telling.longest));
    }
    let mut besides = Vec::new();
    w.section(anchors::RECOMMENDATION, "Recommendation", decided::recommended);
    options(w, telling, &mut besides);
    why(w, telling, &mut besides);
    w.section("what-goes-with-it", "What goes with it", |w| {
        goes_with_it(w, telling, &mut besides);
        let besides: Vec<&str> = besides.iter().map(String::as_str).collect();
        if !besides.is_empty() {
            w.note(format!("More in the full paper: {}.", list(&besides)));
        }
    });
}

/// Counts what is left to the full paper: nothing is left out silently.
fn count_rest(besides: &mut Vec<String>, rest: usize, one: &str, many: &str) {
    if rest > 0 {
        besides.push(counted(rest, one, many));
    }
}

fn options(w: &mut Writing<'_>, telling: Telling, besides: &mut Vec<String>) {
    w.section(anchors::OPTIONS, "Options considered", |w| {
        let order = figures::in_order(w.inputs.workspace, w.inputs.analysis);
        let mut shown: Vec<usize> = order.iter().copied().take(telling.options).collect();
        if let Some(chosen) = figures::recommended(w.inputs.workspace)
            && !shown.contains(&chosen)
            && let Some(last) = shown.last_mut()
        {
            *last = chosen;
        }
        if shown.is_empty() {
            w.say("No options have been named yet.");
            return;
        }
        decided::table_of_options(w, &shown);
        count_rest(besides, order.len() - shown.len(), "option", "options");
    });
}

fn why(w: &mut Writing<'_>, telling: Telling, besides: &mut Vec<String>) {
    let workspace = w.inputs.workspace;
    let chosen = figures::recommended(workspace);
    let title = chosen.map_or_else(
        || "How the options stand".to_owned(),
        |place| format!("Why {}", lower_first(decided::named(&workspace.question.options[place]))),
    );
    w.section(anchors::WHY, &title, |w| {
        if let Some(place) = chosen {
            decided::against_the_leader(w, place);
        }
        let all: Vec<_> = workspace.decision.reasons.iter().filter(|r| !r.text.trim().is_empty()).collect();
        let told = all.iter().take(telling.reasons);
        let told: Vec<String> = told.map(|reason| sentence(&short(&reason.text, telling.longest))).collect();
        count_rest(besides, all.len() - told.len(), "reason", "reasons");
        w.points(told);
        if telling.firmness || workspace.decision.reasons.is_empty() {
            decided::firmness(w);
        }
    });
}

/// Who is left out, conditions, safeguards, dissent and what is rationed, a line or two each.
fn goes_with_it(w: &mut Writing<'_>, telling: Telling, besides: &mut Vec<String>) {
    let workspace = w.inputs.workspace;
    let decision = &workspace.decision;
    let mut joined = |texts: &mut dyn Iterator<Item = &String>, (one, many): (&str, &str)| {
        let texts: Vec<&String> = texts.filter(|text| !text.trim().is_empty()).collect();
        let told = texts.iter().take(telling.of_a_kind).map(|text| sentence(&short(text, telling.longest)));
        let told: Vec<String> = told.collect();
        count_rest(besides, texts.len() - told.len(), one, many);
        told.join(" ")
    };
    let conditions = joined(&mut decision.conditions.iter().map(|e| &e.text), ("condition", "conditions"));
    let safeguards = joined(&mut decision.safeguards.iter().map(|e| &e.text), ("safeguard", "safeguards"));
    let triggers = decision.triggers.iter().map(|trigger| &trigger.text);
    let triggers = joined(&mut { triggers }, ("review trigger", "review triggers"));
    let asked = workspace.question.trade_offs.iter().map(|trade_off| &trade_off.text);
    let rationed = asked.chain(decision.rationed.iter().map(|rationed| &rationed.text));
    let rationed = joined(&mut { rationed }, ("thing rationed", "things rationed"));
    let lines = [
        ("Left out", left_out(w)),
        ("Chance of being paid", short(&threshold::in_brief(w), telling.longest.max(CHANCE))),
        ("Conditions", conditions),
        ("Safeguards", safeguards),
        ("Looked at again when", triggers),
        ("Who disagreed", dissent(w, telling, besides)),
        ("What is rationed", rationed),
    ];
    let told = lines.into_iter().filter(|(_, words)| !words.is_empty());
    w.items(
        told.map(|(lead, words)| vec![Run::strong(format!("{lead}: ")), Run::plain(words)])
            .collect::<Vec<_>>(),
    );
}

/// What the prediction says of the option recommended, and which groups have no voice.
fn left_out(w: &Writing<'_>) -> String {
    let (workspace, analysis) = (w.inputs.workspace, w.inputs.analysis);
    let told = in_view(w).into_iter().filter_map(|place| {
        let reach = figures::reach_of(analysis, place)?;
        Some(prediction(workspace, reach, &missing(workspace, place), place).0)
    });
    let told: Vec<String> = told.collect();
    let voices = without_a_voice(w).map_or_else(String::new, |words| format!(" {}", capital(&words)));
    format!("{}{voices}", told.join(" ")).trim().to_owned()
}

fn dissent(w: &mut Writing<'_>, telling: Telling, besides: &mut Vec<String>) -> String {
    let workspace = w.inputs.workspace;
    let all: Vec<_> = workspace.decision.dissent.iter().filter(|d| !d.text.trim().is_empty()).collect();
    if all.is_empty() {
        return String::new();
    }
    if !w.terms.shows(Detail::Dissent) {
        return format!("{}, told in the record.", capital(&counted(all.len(), "voice", "voices")));
    }
    let told: Vec<String> = all
        .iter()
        .take(telling.of_a_kind.max(FEWEST_DISSENTERS))
        .map(|one| {
            let person = one.stakeholder.as_ref().and_then(|id| workspace.stakeholder(id));
            let who = person.map_or_else(String::new, |person| format!(" ({})", w.called(person)));
            let own = capital(one.own_words(person));
            format!("“{}”{who}.", short(&own, telling.longest).trim_end_matches('.'))
        })
        .collect();
    count_rest(besides, all.len() - told.len(), "dissent", "dissents");
    told.join(" ")
}

/// A text cut at a word, with an ellipsis where something is cut off.
fn short(text: &str, longest: usize) -> String {
    words::cut(&text.split_whitespace().collect::<Vec<_>>().join(" "), longest)
}

/// Whether it stands on one page, by the same hand that lays it out for printing.
fn fits(w: &Writing<'_>) -> bool {
    let mut paper = Paper { blocks: w.blocks.clone(), ..Paper::default() };
    title::dress(w, &mut paper);
    paper.blocks.extend((0..SPARE).map(|_| Block::Paragraph(vec![Run::plain("Spare")])));
    // Where it cannot be laid out it cannot be written either, and that is said then.
    report::pages(&paper, &Course::default()).map_or(true, |pages| pages.len() <= 1)
}
