//! A drawing as a picture of pixels, the same bits on every computer.

use image::{ExtendedColorType, ImageEncoder, RgbaImage, codecs::png::PngEncoder};
use vello_cpu::{
    Level, Pixmap, RenderContext, RenderSettings, Resources,
    color::{AlphaColor, Srgb},
    kurbo::{Affine, BezPath, Cap, Join, Rect, Shape, Stroke},
};

use super::{Colour, Drawing, MarkShape, PathStep, faces};

/// The most pixels that one side of a picture may have.
const MOST: f32 = 16_384.0;

/// Draws a drawing with so many pixels for each of its points, on this ground or on nothing.
///
/// # Errors
/// Says in a sentence when the picture would be empty or too large.
pub fn picture(drawing: &Drawing, scale: f32, ground: Option<Colour>) -> Result<RgbaImage, String> {
    let [width, height] = drawing.size.map(|side| (side * scale).round());
    if !(1.0..=MOST).contains(&width) || !(1.0..=MOST).contains(&height) {
        return Err(format!(
            "A picture has 1 to {MOST} pixels a side; this one would have {width} by {height}."
        ));
    }
    // Not the fastest instructions of this computer: those of every computer, so that nothing differs.
    let settings = RenderSettings { level: Level::baseline(), num_threads: 0 };
    let mut context = RenderContext::new_with(width as u16, height as u16, settings);
    if let Some(ground) = ground {
        context.set_paint(paint(ground));
        context.fill_rect(&Rect::new(0.0, 0.0, f64::from(width), f64::from(height)));
    }
    context.set_transform(Affine::scale(f64::from(scale)));
    for mark in &drawing.marks {
        let [left, top, right, bottom] = mark.clip.map(f64::from);
        context.push_clip_path(&Rect::new(left, top, right, bottom).to_path(0.1));
        draw(&mut context, &mark.shape);
        context.pop_clip_path();
    }
    context.flush();
    let mut target = Pixmap::new(width as u16, height as u16);
    context.render(&mut target, &mut Resources::new());
    let bytes = target.take_unpremultiplied().into_iter().flat_map(|p| [p.r, p.g, p.b, p.a]).collect();
    RgbaImage::from_raw(width as u32, height as u32, bytes)
        .ok_or_else(|| "The picture is too large.".to_owned())
}

/// The same as the bytes of a PNG file, which says how large it is meant to be printed.
///
/// # Errors
/// As [`picture`].
pub fn png(drawing: &Drawing, scale: f32, ground: Option<Colour>) -> Result<Vec<u8>, String> {
    encoded(&picture(drawing, scale, ground)?)
}

/// A picture as the bytes of a PNG file.
///
/// # Errors
/// When there is no room for them.
pub fn encoded(picture: &RgbaImage) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgba8)
        .map_err(|error| format!("The picture cannot be written: {error}."))?;
    Ok(bytes)
}

fn draw(context: &mut RenderContext, shape: &MarkShape) {
    match shape {
        MarkShape::Path { steps, fill, stroke } => {
            let path = path(steps);
            if let Some(fill) = fill {
                context.set_paint(paint(*fill));
                context.fill_path(&path);
            }
            if let Some(line) = stroke {
                context.set_paint(paint(line.colour));
                let stroke = Stroke::new(f64::from(line.width)).with_join(Join::Round).with_caps(Cap::Butt);
                context.set_stroke(stroke);
                context.stroke_path(&path);
            }
        }
        MarkShape::Text(letters) => {
            context.set_paint(paint(letters.colour));
            context.fill_path(&path(&faces::outlines(letters)));
        }
    }
}

fn paint(colour: Colour) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(colour.red, colour.green, colour.blue, colour.alpha)
}

fn path(steps: &[PathStep]) -> BezPath {
    let to = |[x, y]: [f32; 2]| (f64::from(x), f64::from(y));
    let mut path = BezPath::new();
    for step in steps {
        // An outline that does not begin anywhere begins where it goes first.
        if path.elements().is_empty() {
            match step {
                PathStep::Move(_) | PathStep::Close => {}
                PathStep::Line(at) | PathStep::Quadratic([at, ..]) | PathStep::Cubic([at, ..]) => {
                    path.move_to(to(*at));
                }
            }
        }
        match step {
            PathStep::Move(at) => path.move_to(to(*at)),
            PathStep::Line(at) => path.line_to(to(*at)),
            PathStep::Quadratic([by, at]) => path.quad_to(to(*by), to(*at)),
            PathStep::Cubic([a, b, at]) => path.curve_to(to(*a), to(*b), to(*at)),
            PathStep::Close if path.elements().is_empty() => {}
            PathStep::Close => path.close_path(),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::drawing::Mark;

    const RED: Colour = Colour { red: 200, green: 0, blue: 0, alpha: 255 };
    const WHITE: Colour = Colour { red: 255, green: 255, blue: 255, alpha: 255 };

    fn a_square(clip: [f32; 4]) -> Drawing {
        let steps = vec![
            PathStep::Move([2.0, 2.0]),
            PathStep::Line([8.0, 2.0]),
            PathStep::Line([8.0, 8.0]),
            PathStep::Line([2.0, 8.0]),
            PathStep::Close,
        ];
        let shape = MarkShape::Path { steps, fill: Some(RED), stroke: None };
        Drawing { size: [10.0, 10.0], marks: vec![Mark { clip, shape }] }
    }

    #[test]
    fn a_mark_shows_inside_its_clip_and_nowhere_else() {
        let drawing = a_square([0.0, 0.0, 5.0, 10.0]);
        let picture = picture(&drawing, 2.0, Some(WHITE)).unwrap();
        assert_eq!(picture.dimensions(), (20, 20));
        for corner in [(5, 5), (9, 5), (5, 14), (9, 14)] {
            assert_eq!(picture.get_pixel(corner.0, corner.1).0, [200, 0, 0, 255]);
        }
        assert_eq!(picture.get_pixel(12, 10).0, [255, 255, 255, 255]);
        assert_eq!(picture.get_pixel(1, 1).0, [255, 255, 255, 255]);
    }

    #[test]
    fn without_a_ground_the_rest_is_nothing_and_the_bytes_are_always_the_same() {
        let drawing = a_square([0.0, 0.0, 10.0, 10.0]);
        assert_eq!(picture(&drawing, 1.0, None).unwrap().get_pixel(0, 0).0[3], 0);
        assert_eq!(png(&drawing, 3.0, None).unwrap(), png(&drawing, 3.0, None).unwrap());
    }

    #[test]
    fn a_picture_that_would_be_empty_or_too_large_is_refused_in_words() {
        let drawing = a_square([0.0; 4]);
        assert!(picture(&drawing, 0.0, None).unwrap_err().contains("by 0"));
        assert!(picture(&drawing, 10_000.0, None).unwrap_err().contains("100000"));
        assert!(picture(&Drawing { size: [f32::NAN, 3.0], ..drawing }, 1.0, None).is_err());
    }
}
