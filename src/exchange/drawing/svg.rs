//! A drawing as SVG: for itself, for a document, or inside a page.

use super::{
    Colour, Drawing, Letters, Mark, MarkShape, PathStep,
    bounds::{Bounds, bounds},
    faces,
};
use crate::exchange::handout::harmless;

/// What letters become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LettersAs {
    /// Outlines: looks the same everywhere and needs no type to be there.
    Outlines,
    /// Text that can be searched and copied, where the page embeds the faces under their [`super::Face::family`]. Icons are
    /// outlines all the same.
    Text,
}

/// How an SVG is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SvgTerms<'a> {
    /// What it is called; its title.
    pub title: &'a str,
    /// What it shows, for those who do not see it.
    pub description: &'a str,
    pub letters: LettersAs,
    /// What its names begin with, so that several can stand in one page: letters and digits, a letter first.
    pub names: &'a str,
    /// What lies behind everything; nothing where there is none.
    pub ground: Option<Colour>,
}

/// Writes a drawing as SVG; the same drawing gives the same bytes.
#[must_use]
pub fn svg(drawing: &Drawing, terms: &SvgTerms<'_>) -> String {
    let names: String = terms.names.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut writer = Writer { out: String::new(), names, clips: 0, terms: *terms };
    writer.begin(drawing);
    if let Some(ground) = terms.ground {
        let [width, height] = drawing.size.map(short);
        writer.push(&format!("<rect width=\"{width}\" height=\"{height}\""));
        writer.paint("fill", ground);
        writer.push("/>");
    }
    let mut marks = drawing.marks.iter().peekable();
    while let Some(mark) = marks.next() {
        let Some(clip) = clip_of(mark) else {
            writer.mark(mark);
            continue;
        };
        writer.open_clip(&clip);
        writer.mark(mark);
        while let Some(next) = marks.next_if(|next| clip_of(next).as_ref() == Some(&clip)) {
            writer.mark(next);
        }
        writer.push("</g>");
    }
    writer.push("</svg>\n");
    writer.out
}

/// The clip of a mark; `None` where all of it shows anyway.
fn clip_of(mark: &Mark) -> Option<Bounds> {
    let clip = Bounds::of_clip(mark.clip);
    bounds(&mark.shape).filter(|of| !clip.holds(of)).map(|_| clip)
}

struct Writer<'a> {
    out: String,
    names: String,
    clips: usize,
    terms: SvgTerms<'a>,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn begin(&mut self, drawing: &Drawing) {
        let [width, height] = drawing.size.map(short);
        let names = self.names.clone();
        let title = harmless::html(self.terms.title);
        let description = harmless::html(self.terms.description);
        self.push(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"{names}t {names}d\">\n<title id=\"{names}t\">{title}</title>\n\
             <desc id=\"{names}d\">{description}</desc>\n"
        ));
    }

    fn open_clip(&mut self, clip: &Bounds) {
        self.clips += 1;
        let name = format!("{}c{}", self.names, self.clips);
        let (x, y) = (short(clip.left), short(clip.top));
        let (width, height) = (short(clip.right - clip.left), short(clip.bottom - clip.top));
        self.push(&format!(
            "<clipPath id=\"{name}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath>\n\
             <g clip-path=\"url(#{name})\">\n"
        ));
    }

    fn mark(&mut self, mark: &Mark) {
        match &mark.shape {
            MarkShape::Path { steps, fill, stroke } => {
                self.push(&format!("<path d=\"{}\"", data(steps)));
                match fill {
                    Some(colour) => self.paint("fill", *colour),
                    None => self.push(" fill=\"none\""),
                }
                if let Some(line) = stroke {
                    self.paint("stroke", line.colour);
                    if line.width != 1.0 {
                        self.push(&format!(" stroke-width=\"{}\"", short(line.width)));
                    }
                    self.push(" stroke-linejoin=\"round\"");
                }
                self.push("/>\n");
            }
            MarkShape::Text(letters) => self.letters(letters),
        }
    }

    fn letters(&mut self, letters: &Letters) {
        let as_text = self.terms.letters == LettersAs::Text && !letters.face.is_of_icons();
        match trimmed(letters) {
            Some(run) if as_text => self.text(&run),
            Some(run) => {
                let steps = faces::outlines(&run);
                if !steps.is_empty() {
                    self.push(&format!("<path d=\"{}\"", data(&steps)));
                    self.paint("fill", run.colour);
                    self.push("/>\n");
                }
            }
            None => {}
        }
    }

    fn text(&mut self, run: &Letters) {
        let words = harmless::html(&run.words);
        let [x, y] = run.at.map(short);
        let face = run.face;
        self.push(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-family=\"{}\" font-size=\"{}\"",
            face.family(),
            short(run.size)
        ));
        if face.weight() != 400 {
            self.push(&format!(" font-weight=\"{}\"", face.weight()));
        }
        if face == super::Face::TextItalic {
            self.push(" font-style=\"oblique\"");
        }
        // Where another face has to stand in, what was laid out keeps its room.
        if let (Some(last), Some(letter)) = (run.along.last(), run.words.chars().last())
            && run.along.len() > 1
        {
            let length = last + faces::width_of(face, letter, run.size);
            self.push(&format!(" textLength=\"{}\"", short(length)));
        }
        if run.turn != 0.0 {
            let degrees = short(run.turn.to_degrees());
            self.push(&format!(" transform=\"rotate({degrees} {x} {y})\""));
        }
        self.paint("fill", run.colour);
        self.push(&format!(">{words}</text>\n"));
    }

    fn paint(&mut self, what: &str, colour: Colour) {
        let Colour { red, green, blue, alpha } = colour;
        self.push(&format!(" {what}=\"#{red:02x}{green:02x}{blue:02x}\""));
        if alpha < 255 {
            let share = short(f32::from(alpha) / 255.0);
            self.push(&format!(" {what}-opacity=\"{share}\""));
        }
    }
}

/// The same letters without the spaces at either end; `None` where nothing is left.
fn trimmed(letters: &Letters) -> Option<Letters> {
    let seen: Vec<(char, f32)> = letters.words.chars().zip(letters.along.iter().copied()).collect();
    let first = seen.iter().position(|(letter, _)| !letter.is_whitespace())?;
    let last = seen.iter().rposition(|(letter, _)| !letter.is_whitespace())?;
    let kept = &seen[first..=last];
    let from = kept[0].1;
    let (sin, cos) = letters.turn.sin_cos();
    Some(Letters {
        words: kept.iter().map(|(letter, _)| letter).collect(),
        at: [letters.at[0] + from * cos, letters.at[1] + from * sin],
        along: kept.iter().map(|(_, along)| along - from).collect(),
        ..letters.clone()
    })
}

/// The steps of an outline as the data of a path, each step from where the last one ended.
fn data(steps: &[PathStep]) -> String {
    let mut data = String::new();
    // Where the pen stands in hundredths, so that rounding never adds up.
    let (mut pen, mut start) = ([0_i64; 2], [0_i64; 2]);
    let mut last = ' ';
    for step in steps {
        let (letter, points): (char, &[[f32; 2]]) = match step {
            PathStep::Move(at) => ('m', std::slice::from_ref(at)),
            PathStep::Line(at) => ('l', std::slice::from_ref(at)),
            PathStep::Quadratic(points) => ('q', points),
            PathStep::Cubic(points) => ('c', points),
            PathStep::Close => ('z', &[]),
        };
        // A letter is said once for steps of a kind; after a move plain numbers would be lines.
        if letter != last || letter == 'm' {
            data.push(letter);
        }
        last = letter;
        let mut end = pen;
        for at in points {
            end = at.map(hundredths);
            for axis in 0..2 {
                number(&mut data, end[axis] - pen[axis]);
            }
        }
        pen = end;
        match letter {
            'm' => start = pen,
            'z' => pen = start,
            _ => {}
        }
    }
    data
}

fn hundredths(value: f32) -> i64 {
    (f64::from(value) * 100.0).round() as i64
}

/// Writes a number of hundredths as short as it goes, parted from a number before it.
fn number(data: &mut String, hundredths: i64) {
    let words = written(hundredths);
    let after_number = data.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    if after_number && !words.starts_with('-') {
        data.push(' ');
    }
    data.push_str(&words);
}

fn written(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match (whole, rest) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, rest) => format!("{sign}.{rest:02}").trim_end_matches('0').to_owned(),
        (whole, rest) => format!("{sign}{whole}.{rest:02}").trim_end_matches('0').to_owned(),
    }
}

/// A number with two decimals at the most.
fn short(value: f32) -> String {
    written(hundredths(value))
}

#[cfg(test)]
mod tests;
