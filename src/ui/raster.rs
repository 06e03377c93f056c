//! Pictures without a display or a driver: egui's meshes drawn by the processor, the same bits on every run.

use std::collections::HashMap;

use egui::{
    Color32, Context, FullOutput, Rect, TextureId, TexturesDelta,
    epaint::{ImageData, Primitive, Vertex},
};
use image::RgbaImage;

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    nearest: bool,
}

/// Draws what egui puts out into a picture.
#[derive(Default)]
pub struct Rasteriser {
    textures: HashMap<TextureId, Texture>,
}

impl std::fmt::Debug for Rasteriser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rasteriser with {} textures", self.textures.len())
    }
}

/// Premultiplied red, green, blue and alpha, each 0 to 255, in gamma space.
type Pixel = [f32; 4];

impl Rasteriser {
    /// Takes in the textures that a frame brought or dropped.
    pub fn take_textures(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for image in images {
                let ImageData::Color(colours) = &image.image;
                let [width, height] = colours.size;
                if let Some([left, top]) = image.pos {
                    let Some(texture) = self.textures.get_mut(&id) else { continue };
                    for row in 0..height {
                        let from = (top + row) * texture.width + left;
                        texture.pixels[from..from + width]
                            .copy_from_slice(&colours.pixels[row * width..(row + 1) * width]);
                    }
                } else {
                    let nearest = image.options.magnification == egui::TextureFilter::Nearest;
                    let pixels = colours.pixels.clone();
                    self.textures.insert(id, Texture { width, height, pixels, nearest });
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Draws one frame.
    ///
    /// # Errors
    /// When the frame asks for something that only a graphics driver can draw.
    pub fn draw(&self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize, scale);
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            match clipped.primitive {
                Primitive::Mesh(mesh) => {
                    let Some(texture) = self.textures.get(&mesh.texture_id) else {
                        return Err("a picture in the frame was never loaded".to_owned());
                    };
                    for corner in mesh.indices.chunks_exact(3) {
                        let triangle = [0, 1, 2].map(|i| mesh.vertices[corner[i] as usize]);
                        canvas.fill(clipped.clip_rect, &triangle, texture);
                    }
                }
                Primitive::Callback(_) => return Err("the frame asks for a graphics driver".to_owned()),
            }
        }
        canvas.into_image().ok_or_else(|| "the picture is too large".to_owned())
    }
}

struct Canvas {
    width: usize,
    height: usize,
    scale: f32,
    pixels: Vec<Pixel>,
}

impl Canvas {
    fn new(width: usize, height: usize, scale: f32) -> Self {
        Self { width, height, scale, pixels: vec![[0.0; 4]; width * height] }
    }

    fn into_image(self) -> Option<RgbaImage> {
        let bytes = self.pixels.iter().flat_map(|p| p.map(|v| v.round().clamp(0.0, 255.0) as u8)).collect();
        RgbaImage::from_raw(self.width as u32, self.height as u32, bytes)
    }

    /// Fills a triangle inside a clip rectangle. Edges follow the top-left rule, so that a shared edge is drawn once.
    fn fill(&mut self, clip: Rect, triangle: &[Vertex; 3], texture: &Texture) {
        let points = triangle.map(|v| (v.pos.x * self.scale, v.pos.y * self.scale));
        let area = edge(points[0], points[1], points[2]);
        if area == 0.0 || !area.is_finite() {
            return;
        }
        let turn = area.signum();
        let bound = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
        let low = |f: fn(&(f32, f32)) -> f32| points.iter().map(f).fold(f32::MAX, f32::min).floor();
        let high = |f: fn(&(f32, f32)) -> f32| points.iter().map(f).fold(f32::MIN, f32::max).ceil();
        let left = bound((clip.min.x * self.scale).round().max(low(|p| p.0)), self.width);
        let right = bound((clip.max.x * self.scale).round().min(high(|p| p.0)), self.width);
        let top = bound((clip.min.y * self.scale).round().max(low(|p| p.1)), self.height);
        let bottom = bound((clip.max.y * self.scale).round().min(high(|p| p.1)), self.height);
        let sides = [(1, 2), (2, 0), (0, 1)];
        let kept = sides.map(|(a, b)| {
            let (dx, dy) = ((points[b].0 - points[a].0) * turn, (points[b].1 - points[a].1) * turn);
            dy < 0.0 || (dy == 0.0 && dx > 0.0)
        });
        let colours = triangle.map(|v| v.color.to_array().map(f32::from));
        // Most of a page is filled with one colour of one texel: then nothing needs to be blended between corners.
        let flat = colours[0] == colours[1]
            && colours[1] == colours[2]
            && triangle[0].uv == triangle[1].uv
            && triangle[1].uv == triangle[2].uv;
        let flat = flat.then(|| tint(colours[0], texture.sample(triangle[0].uv.x, triangle[0].uv.y)));
        for y in top..bottom {
            for x in left..right {
                let at = (x as f32 + 0.5, y as f32 + 0.5);
                let within = sides.map(|(a, b)| edge(points[a], points[b], at) * turn);
                if (0..3).any(|i| within[i] < 0.0 || (within[i] == 0.0 && !kept[i])) {
                    continue;
                }
                let source = flat.unwrap_or_else(|| {
                    let share = within.map(|e| e / area.abs());
                    let blend = |f: fn(&Vertex) -> f32| {
                        share[0] * f(&triangle[0]) + share[1] * f(&triangle[1]) + share[2] * f(&triangle[2])
                    };
                    let texel = texture.sample(blend(|v| v.uv.x), blend(|v| v.uv.y));
                    let colour = std::array::from_fn(|k| {
                        share[0] * colours[0][k] + share[1] * colours[1][k] + share[2] * colours[2][k]
                    });
                    tint(colour, texel)
                });
                let under = 1.0 - source[3] / 255.0;
                let pixel = &mut self.pixels[y * self.width + x];
                for k in 0..4 {
                    pixel[k] = source[k] + pixel[k] * under;
                }
            }
        }
    }
}

fn edge(a: (f32, f32), b: (f32, f32), c: (f32, f32)) -> f32 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

fn tint(colour: Pixel, texel: Pixel) -> Pixel {
    std::array::from_fn(|k| colour[k] * texel[k] / 255.0)
}

impl Texture {
    fn sample(&self, u: f32, v: f32) -> Pixel {
        let at = |x: i64, y: i64| {
            let x = x.clamp(0, self.width as i64 - 1) as usize;
            let y = y.clamp(0, self.height as i64 - 1) as usize;
            self.pixels[y * self.width + x].to_array().map(f32::from)
        };
        let (x, y) = (u * self.width as f32, v * self.height as f32);
        if self.nearest {
            return at(x.floor() as i64, y.floor() as i64);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, low_share) = (x - left, y - top);
        let (column, row) = (left as i64, top as i64);
        let corners = [at(column, row), at(column + 1, row), at(column, row + 1), at(column + 1, row + 1)];
        std::array::from_fn(|k| {
            let upper = corners[0][k] * (1.0 - right_share) + corners[1][k] * right_share;
            let lower = corners[2][k] * (1.0 - right_share) + corners[3][k] * right_share;
            upper * (1.0 - low_share) + lower * low_share
        })
    }
}
