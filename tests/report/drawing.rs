//! Charts as drawings: what a paper and a clipboard get is what the window draws.
//!
//! `EVENHAND_WRITE_CHARTS=folder cargo test --test report drawing` keeps what was drawn, to be looked at.

use std::{collections::BTreeSet, path::PathBuf, sync::OnceLock};

use evenhand::{
    exchange::{
        drawing::{
            Chart, Drawing, MarkShape, PaperCharts, PathStep,
            bounds::bounds,
            png,
            svg::{LettersAs, SvgTerms, svg},
        },
        examples,
    },
    file::format,
    model::Workspace,
    ui::drawing::paper_charts_of,
};

fn example(name: &str) -> Workspace {
    format::from_text(examples::find(name).unwrap().text, name).unwrap().workspace
}

fn of_westmere() -> &'static PaperCharts {
    static CHARTS: OnceLock<PaperCharts> = OnceLock::new();
    CHARTS.get_or_init(|| paper_charts_of(&example("westmere"), 0))
}

/// Every chart with a name for its file.
fn all(charts: &PaperCharts) -> Vec<(String, &Chart)> {
    let single = [
        ("balance", &charts.balance),
        ("bars", &charts.bars),
        ("dial", &charts.dial),
        ("robustness", &charts.robustness),
        ("coverage", &charts.coverage),
        ("sectors", &charts.sectors),
    ];
    let single = single.into_iter().map(|(name, chart)| (name.to_owned(), chart));
    let bars = charts.bar_of.iter().enumerate().map(|(at, chart)| (format!("bar-{at}"), chart));
    let reach = charts.reach.iter().enumerate().map(|(at, chart)| (format!("reach-{at}"), chart));
    single.chain(bars).chain(reach).filter_map(|(name, chart)| Some((name, chart.as_ref()?))).collect()
}

fn terms(chart: &Chart, letters: LettersAs) -> SvgTerms<'_> {
    SvgTerms { title: &chart.name, description: &chart.words, letters, names: "c", ground: None }
}

fn words(drawing: &Drawing) -> Vec<&str> {
    let texts = drawing.marks.iter().filter_map(|mark| match &mark.shape {
        MarkShape::Text(letters) => Some(letters.words.trim()),
        MarkShape::Path { .. } => None,
    });
    texts.collect()
}

#[test]
fn a_paper_of_the_example_has_every_chart_with_its_words() {
    let charts = of_westmere();
    let kept = std::env::var_os("EVENHAND_WRITE_CHARTS").map(PathBuf::from);
    let drawn = all(charts);
    if let Some(folder) = kept {
        for (name, chart) in &drawn {
            for (kind, letters) in [("outlines", LettersAs::Outlines), ("text", LettersAs::Text)] {
                std::fs::write(
                    folder.join(format!("{name}.{kind}.svg")),
                    svg(&chart.drawing, &terms(chart, letters)),
                )
                .unwrap();
            }
            let picture = png::png(&chart.drawing, 2.0, None).unwrap();
            std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
            std::fs::write(folder.join(format!("{name}.txt")), &chart.words).unwrap();
        }
    }
    let names: BTreeSet<&str> = drawn.iter().map(|(name, _)| name.split('-').next().unwrap()).collect();
    let expected = ["balance", "bar", "bars", "coverage", "dial", "reach", "robustness", "sectors"];
    assert_eq!(names, BTreeSet::from(expected));
    let balance = charts.balance.as_ref().unwrap();
    assert!(balance.words.starts_with("Chart. "), "{}", balance.words);
    for option in &example("westmere").question.options {
        assert!(balance.words.contains(&option.name), "{} in {}", option.name, balance.words);
        assert!(words(&balance.drawing).contains(&option.badge.as_str()));
    }
    let dial = charts.dial.as_ref().unwrap();
    assert!(dial.words.contains("takes the lead"), "{}", dial.words);
}

#[test]
fn nothing_of_a_chart_lies_outside_its_drawing() {
    for (name, chart) in all(of_westmere()) {
        let [width, height] = chart.drawing.size;
        assert!(!chart.drawing.marks.is_empty(), "{name}");
        for mark in &chart.drawing.marks {
            let [left, top, right, bottom] = mark.clip;
            assert!(left >= 0.0 && top >= 0.0 && right <= width && bottom <= height, "{name}: {mark:?}");
            if let (MarkShape::Text(letters), Some(of)) = (&mark.shape, bounds(&mark.shape)) {
                let inside = of.left >= left - 1.0 && of.right <= right + 1.0;
                assert!(
                    inside && of.top >= top - 1.0 && of.bottom <= bottom + 1.0,
                    "{name}: {} is cut",
                    letters.words
                );
                assert_eq!(letters.words.chars().count(), letters.along.len());
            }
        }
    }
}

#[test]
fn words_on_a_halo_are_there_once() {
    let drawing = &of_westmere().balance.as_ref().unwrap().drawing;
    let said = words(drawing);
    let once = |of: &str| said.iter().filter(|words| **words == of).count();
    assert_eq!(once("Efficient frontier"), 1, "{said:?}");
}

#[test]
fn the_same_workspace_draws_the_same_bytes() {
    let again = paper_charts_of(&example("westmere"), 0);
    for ((name, chart), (_, other)) in all(of_westmere()).into_iter().zip(all(&again)) {
        assert!(chart.drawing == other.drawing, "{name}");
        let written = [chart, other].map(|chart| svg(&chart.drawing, &terms(chart, LettersAs::Outlines)));
        assert!(written[0] == written[1], "{name}");
    }
}

#[test]
fn a_drawing_and_its_picture_agree() {
    let chart = of_westmere().bars.as_ref().unwrap();
    let picture = png::picture(&chart.drawing, 2.0, None).unwrap();
    let mut seen = 0;
    for mark in &chart.drawing.marks {
        // In the middle of every large upright box stands its colour, unless something lies over it.
        let MarkShape::Path { steps, fill: Some(fill), stroke: None } = &mark.shape else { continue };
        let is_bar = steps.iter().filter(|step| matches!(step, PathStep::Line(_))).count() >= 3;
        let Some(of) = bounds(&mark.shape).filter(|of| is_bar && of.right - of.left > 60.0) else { continue };
        let at = [of.right - 3.0, (of.top + of.bottom) / 2.0].map(|place| (place * 2.0) as u32);
        let pixel = picture.get_pixel(at[0], at[1]).0;
        if pixel == [fill.red, fill.green, fill.blue, 255] {
            seen += 1;
        }
    }
    assert!(seen >= 2 * example("westmere").question.options.len() - 2, "{seen}");
}

#[test]
fn nothing_to_draw_gives_no_charts() {
    let charts = paper_charts_of(&Workspace::default(), 0);
    assert!(all(&charts).is_empty());
}
