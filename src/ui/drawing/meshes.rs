//! Triangles of one colour that lie side by side, as one outline: drawn one by one their seams would show.

use std::collections::BTreeMap;

use egui::{Color32, Mesh, Pos2, pos2};

use super::shapes::straight;
use crate::{exchange::drawing::PathStep, ui::theme::mix};

/// The place of a corner, to the bit.
type Corner = (u32, u32);

/// The regions of a mesh that have one colour, in the order in which their colours come up. A triangle whose corners differ
/// has their mean.
pub(super) fn regions(mesh: &Mesh) -> Vec<(Vec<PathStep>, Color32)> {
    let mut regions: Vec<(Color32, Vec<[Pos2; 3]>)> = Vec::new();
    for corners in mesh.indices.chunks_exact(3) {
        let Some(vertices) = corners_of(mesh, corners) else { continue };
        let colour = mean(vertices.map(|vertex| vertex.color));
        let [a, b, c] = vertices.map(|vertex| vertex.pos);
        let area = (b - a).rot90().dot(c - a);
        if area == 0.0 || !area.is_finite() {
            continue;
        }
        // All turn the same way, so that the edges they share run against each other.
        let triangle = if area > 0.0 { [a, c, b] } else { [a, b, c] };
        match regions.iter_mut().find(|(of, _)| *of == colour) {
            Some((_, triangles)) => triangles.push(triangle),
            None => regions.push((colour, vec![triangle])),
        }
    }
    regions.into_iter().map(|(colour, triangles)| (outline(&triangles), colour)).collect()
}

fn corners_of(mesh: &Mesh, corners: &[u32]) -> Option<[egui::epaint::Vertex; 3]> {
    let vertex = |at: usize| mesh.vertices.get(*corners.get(at)? as usize).copied();
    Some([vertex(0)?, vertex(1)?, vertex(2)?])
}

fn mean([a, b, c]: [Color32; 3]) -> Color32 {
    mix(mix(a, b, 0.5), c, 1.0 / 3.0)
}

/// The outer edges of triangles: those that no other triangle has the other way round.
fn outline(triangles: &[[Pos2; 3]]) -> Vec<PathStep> {
    let corner = |at: Pos2| -> Corner { ((at.x + 0.0).to_bits(), (at.y + 0.0).to_bits()) };
    let mut edges: BTreeMap<(Corner, Corner), usize> = BTreeMap::new();
    for triangle in triangles {
        for side in 0..3 {
            let (from, to) = (corner(triangle[side]), corner(triangle[(side + 1) % 3]));
            match edges.get_mut(&(to, from)) {
                Some(1) => drop(edges.remove(&(to, from))),
                Some(many) => *many -= 1,
                None => *edges.entry((from, to)).or_default() += 1,
            }
        }
    }
    let mut ways: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    for ((from, to), many) in edges {
        ways.entry(from).or_default().extend(std::iter::repeat_n(to, many));
    }
    let mut steps = Vec::new();
    while let Some(start) = ways.keys().next().copied() {
        let (mut loop_, mut at) = (Vec::new(), start);
        while let Some(next) = take_way(&mut ways, at) {
            loop_.push(pos2(f32::from_bits(at.0), f32::from_bits(at.1)));
            at = next;
            if at == start {
                break;
            }
        }
        steps.extend(straight(&loop_, true));
    }
    steps
}

fn take_way(ways: &mut BTreeMap<Corner, Vec<Corner>>, from: Corner) -> Option<Corner> {
    let onward = ways.get_mut(&from)?;
    let next = onward.pop();
    if onward.is_empty() {
        ways.remove(&from);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangles_side_by_side_become_one_outline() {
        let mut mesh = Mesh::default();
        for (x, y) in [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0)] {
            mesh.colored_vertex(pos2(x, y), Color32::RED);
        }
        mesh.add_triangle(0, 1, 2);
        // The other way round, as a mesh may have it.
        mesh.add_triangle(0, 3, 2);
        let regions = regions(&mesh);
        assert_eq!(regions.len(), 1);
        let lines = regions[0].0.iter().filter(|step| matches!(step, PathStep::Line(_))).count();
        let moves = regions[0].0.iter().filter(|step| matches!(step, PathStep::Move(_))).count();
        assert_eq!((moves, lines), (1, 3), "{:?}", regions[0].0);
    }

    #[test]
    fn colours_keep_apart() {
        let mut mesh = Mesh::default();
        for colour in [Color32::RED, Color32::BLUE] {
            let first = mesh.vertices.len() as u32;
            for (x, y) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)] {
                mesh.colored_vertex(pos2(x, y), colour);
            }
            mesh.add_triangle(first, first + 1, first + 2);
        }
        let colours: Vec<Color32> = regions(&mesh).into_iter().map(|(_, colour)| colour).collect();
        assert_eq!(colours, [Color32::RED, Color32::BLUE]);
    }
}
