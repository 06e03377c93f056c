use super::*;
use crate::exchange::drawing::{Face, Line};

const INK: Colour = Colour { red: 27, green: 35, blue: 48, alpha: 255 };

fn letters(words: &str, face: Face) -> Mark {
    let shape = MarkShape::Text(Letters {
        words: words.to_owned(),
        at: [10.0, 20.0],
        along: (0..words.chars().count()).map(|place| place as f32 * 8.0).collect(),
        turn: 0.0,
        size: 13.0,
        face,
        colour: INK,
    });
    Mark { clip: [0.0, 0.0, 400.0, 40.0], shape }
}

fn of(marks: Vec<Mark>) -> Drawing {
    Drawing { size: [400.0, 40.0], marks }
}

fn terms(letters: LettersAs) -> SvgTerms<'static> {
    SvgTerms { title: "The balance", description: "A leads.", letters, names: "f1", ground: None }
}

/// The names of the elements and the texts between them; fails where the document is not well formed.
fn read(svg: &str) -> (Vec<String>, Vec<String>) {
    use quick_xml::{Reader, events::Event};
    let (mut elements, mut texts) = (Vec::new(), Vec::new());
    let mut text = String::new();
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let of: Result<Vec<_>, _> = element.attributes().collect();
                assert!(of.is_ok(), "{svg}");
                elements.push(element.name().as_ref().to_owned());
            }
            Event::Text(words) => text += &words,
            Event::GeneralRef(entity) => text += &format!("&{};", &*entity),
            Event::End(_) => {
                if !text.trim().is_empty() {
                    texts.push(text.trim().to_owned());
                }
                text.clear();
            }
            Event::Eof => return (elements, texts),
            _ => {}
        }
    }
}

#[test]
fn letters_are_outlines_or_text_and_icons_always_outlines() {
    let drawing = of(vec![letters("Who leads", Face::Text), letters("\u{E4E0}", Face::Icon)]);
    let (elements, texts) = read(&svg(&drawing, &terms(LettersAs::Outlines)));
    assert!(!elements.contains(&"text".to_owned()), "{elements:?}");
    assert_eq!(texts, ["The balance", "A leads."]);
    let (elements, texts) = read(&svg(&drawing, &terms(LettersAs::Text)));
    assert_eq!(elements.iter().filter(|name| *name == "text").count(), 1);
    assert_eq!(texts, ["The balance", "A leads.", "Who leads"]);
}

#[test]
fn words_that_others_wrote_do_nothing_in_it() {
    let hostile = "</title><script>alert(1)</script>\u{202E}\u{7}]]>&\"'";
    let drawing = of(vec![letters(hostile, Face::Text)]);
    for letters in [LettersAs::Outlines, LettersAs::Text] {
        let terms =
            SvgTerms { title: hostile, description: hostile, names: "x\"><script>", ..terms(letters) };
        let written = svg(&drawing, &terms);
        let (elements, texts) = read(&written);
        assert!(!elements.iter().any(|name| name == "script"), "{written}");
        assert!(texts[0].contains("&lt;script&gt;") && texts[0].contains("[U+202E][U+0007]"), "{texts:?}");
        assert!(!written.contains(['\u{202E}', '\u{7}']));
    }
}

#[test]
fn only_what_reaches_beyond_its_clip_is_clipped() {
    let line = |to: f32| {
        let stroke = Some(Line { colour: INK, width: 2.0 });
        let steps = vec![PathStep::Move([5.0, 5.0]), PathStep::Line([to, 5.0])];
        Mark { clip: [0.0, 0.0, 50.0, 40.0], shape: MarkShape::Path { steps, fill: None, stroke } }
    };
    let written = svg(&of(vec![line(40.0), line(60.0), line(70.0)]), &terms(LettersAs::Outlines));
    assert_eq!(written.matches("<clipPath").count(), 1, "{written}");
    let clipped = written.split("<g ").nth(1).unwrap();
    assert_eq!(clipped.matches("<path").count(), 2);
}

#[test]
fn numbers_are_short_and_never_drift() {
    assert_eq!([0.0, -0.001, 0.5, -0.25, 12.0, 3.149].map(short), ["0", "0", ".5", "-.25", "12", "3.15"]);
    let steps: Vec<PathStep> = std::iter::once(PathStep::Move([0.004, 1.0]))
        .chain((1..=300).map(|step| PathStep::Line([step as f32 / 3.0, 1.0])))
        .collect();
    let data = data(&steps);
    let sum: f64 = data
        .trim_start_matches("m0 1l")
        .split(' ')
        .enumerate()
        .filter(|(place, _)| place % 2 == 0)
        .map(|(_, number)| format!("0{number}").parse::<f64>().unwrap())
        .sum();
    assert!((sum - 100.0).abs() < 1e-9, "{sum}");
}

#[test]
fn spaces_at_the_ends_of_letters_move_no_letter() {
    let MarkShape::Text(spaced) = letters("  leads ", Face::Text).shape else { unreachable!() };
    let run = trimmed(&spaced).unwrap();
    assert_eq!((run.words.as_str(), run.at), ("leads", [26.0, 20.0]));
    assert_eq!(run.along[0], 0.0);
    let MarkShape::Text(empty) = letters("   ", Face::Text).shape else { unreachable!() };
    assert_eq!(trimmed(&empty), None);
}
