//! What is copied and saved of a page: its charts as pictures, vectors and figures, its tables as rows.

use std::path::{Path, PathBuf};

use egui::{ColorImage, Context, Key, LayerId, Order, Pos2};

use super::{
    dialogs::{
        Dialog,
        choose_file::{ChooseFile, Purpose},
        parts::{Choice, Parts, short},
    },
    drawing::{
        parts::{self, Seen, Take, Taken},
        tab_separated,
    },
    exchanging::folder_beside,
    shell::Shell,
    widgets::Button,
};
use crate::{
    exchange::{
        drawing::{
            Colour, png,
            svg::{LettersAs, SvgTerms, svg},
        },
        handout::names_that_leave,
    },
    file::papers::{self, PaperError},
};

/// Pixels a point that a picture has at the least, so that it is sharp on paper and on a wall.
const SHARP: f32 = 2.0;

/// The menu of a part that was clicked with the other button.
#[derive(Debug)]
pub struct PartMenu {
    part: Seen,
    at: Pos2,
    was_shown: bool,
}

/// Something drawn that waits for a name to be saved under.
#[derive(Debug)]
pub(super) struct Drawn {
    bytes: Vec<u8>,
    /// Whose names stand in it, in a sentence; empty for nobody's.
    names: String,
}

impl Shell {
    /// Does with a part of the page what a command wants: with the one that has the keyboard, with the only one, or with
    /// whichever is chosen then.
    pub(super) fn take_part(&mut self, ctx: &Context, take: Take) {
        let of_kind = || self.view.parts.iter().filter(|part| part.kind == take.kind());
        let focused = ctx.memory(|memory| memory.focused()).and_then(|id| ctx.read_response(id));
        let in_focus = focused.and_then(|focused| {
            let around = of_kind().filter(|part| part.place.contains(focused.rect.center()));
            around.min_by(|a, b| a.place.area().total_cmp(&b.place.area()))
        });
        let only = if of_kind().count() == 1 { of_kind().next() } else { None };
        match in_focus.or(only) {
            Some(part) => parts::ask(ctx, &part.name, take),
            None => self.dialog = Some(Dialog::Parts(Parts { wanted: Some(take) })),
        }
    }

    /// Shows what can be copied and saved of the page.
    pub(super) fn answer_parts(&mut self, ctx: &Context, dialog: Parts) {
        match dialog.show(ctx, &self.view.parts) {
            Choice::Undecided => self.dialog = Some(Dialog::Parts(dialog)),
            Choice::Cancelled => {}
            Choice::Take(name, take) => parts::ask(ctx, &name, take),
        }
    }

    /// The menu over a part that is clicked with the other button.
    pub(super) fn show_part_menu(&mut self, ctx: &Context) {
        let clicked = ctx
            .input(|input| input.pointer.secondary_clicked().then(|| input.pointer.interact_pos()).flatten());
        if let (Some(at), None) = (clicked, &self.dialog) {
            let around = self.view.parts.iter().filter(|part| part.place.contains(at));
            let part = around.min_by(|a, b| a.place.area().total_cmp(&b.place.area()));
            let on_top = ctx.layer_id_at(at);
            self.view.part_menu = part
                .filter(|part| on_top.is_none_or(|layer| layer == part.layer))
                .map(|part| PartMenu { part: part.clone(), at, was_shown: false });
        }
        let Some(mut menu) = self.view.part_menu.take() else { return };
        let layer = LayerId::new(Order::Foreground, egui::Id::unique("menu of a part"));
        let mut open = true;
        let popup = egui::Popup::new(egui::Id::unique("menu of a part"), ctx.clone(), menu.at, layer)
            .kind(egui::PopupKind::Menu)
            .open_bool(&mut open)
            .width(190.0);
        let shown = popup.show(|ui| {
            ui.set_min_width(190.0);
            let takes = Take::of(menu.part.kind).iter().copied();
            takes.filter(|take| Button::new(short(*take)).quiet().width(190.0).show(ui).clicked()).last()
        });
        let take = shown.and_then(|shown| shown.inner);
        if let Some(take) = take {
            parts::ask(ctx, &menu.part.name, take);
        }
        let left = menu.was_shown && (!open || ctx.input(|input| input.key_pressed(Key::Escape)));
        if take.is_none() && !left {
            menu.was_shown = true;
            self.view.part_menu = Some(menu);
        }
    }

    /// Hands out what was asked for in the last frame and is drawn now.
    pub(super) fn hand_out_part(&mut self, ctx: &Context) {
        let Some(taken) = parts::taken(ctx) else { return };
        let names = self.names_in(&taken);
        let done = match taken.take {
            Take::CopyFigures | Take::CopyTable => {
                ctx.copy_text(tab_separated(&taken.figures));
                Ok(format!("Copied “{}” as a table: paste it into a sheet or a paper.", taken.name))
            }
            Take::CopySvg => {
                ctx.copy_text(as_svg(&taken));
                Ok(format!("Copied “{}” as SVG.", taken.name))
            }
            Take::CopyPicture => picture(ctx, &taken).map(|picture| {
                let size = [picture.width() as usize, picture.height() as usize];
                ctx.copy_image(ColorImage::from_rgba_unmultiplied(size, picture.as_raw()));
                format!("Copied “{}” as a picture.", taken.name)
            }),
            Take::SaveSvg => {
                self.choose_drawing_file(&taken, ".svg", as_svg(&taken).into_bytes());
                return;
            }
            Take::SavePicture => match picture(ctx, &taken).and_then(|picture| png::encoded(&picture)) {
                Ok(bytes) => {
                    self.choose_drawing_file(&taken, ".png", bytes);
                    return;
                }
                Err(why) => Err(why),
            },
        };
        self.notices.say(match done {
            Ok(done) => format!("{done} {names}").trim_end().to_owned(),
            Err(why) => format!("Nothing was copied. {why}"),
        });
    }

    /// Whose names stand in what is taken, in a sentence; empty for nobody's.
    fn names_in(&self, taken: &Taken) -> String {
        let Some(session) = &self.session else { return String::new() };
        let stands = |name: &str| {
            let mut cells = taken.figures.iter().flatten();
            !name.is_empty() && (taken.words.contains(name) || cells.any(|cell| cell.contains(name)))
        };
        let people = session.workspace().voices.stakeholders.iter();
        names_that_leave(&people.filter(|person| stands(person.name.trim())).collect::<Vec<_>>(), 0)
    }

    fn choose_drawing_file(&mut self, taken: &Taken, ending: &'static str, bytes: Vec<u8>) {
        let Some(session) = &self.session else { return };
        let name = format!("{}{ending}", as_file_name(&taken.name));
        let path = folder_beside(session, &name);
        self.drawn = Some(Drawn { bytes, names: self.names_in(taken) });
        let purpose = Purpose::Drawing(ending);
        let dialog = ChooseFile::new(purpose, path, self.ask_system_for_files, &self.wake);
        self.dialog = Some(Dialog::ChooseFile(dialog));
    }

    /// Writes what was drawn under a name; a file of that name is replaced only where the system has asked about it.
    pub(super) fn save_drawing(&mut self, dialog: ChooseFile, path: &Path, may_replace: bool) {
        let Some(drawn) = &self.drawn else { return };
        let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match papers::write(&folder, &[(&name, &drawn.bytes)], may_replace) {
            Ok(()) => {
                let words = format!("Saved {}. {}", path.display(), drawn.names);
                self.drawn = None;
                self.notices.say(words.trim_end().to_owned());
            }
            Err(error) => {
                let words = match &error {
                    PaperError::Taken(_) => format!("{name} is there already. Give another name."),
                    _ => error.to_string(),
                };
                self.notices.say(words);
                self.dialog = Some(Dialog::ChooseFile(dialog));
            }
        }
    }
}

fn ground(taken: &Taken) -> Colour {
    let [red, green, blue, alpha] = taken.ground.to_srgba_unmultiplied();
    Colour { red, green, blue, alpha }
}

fn picture(ctx: &Context, taken: &Taken) -> Result<image::RgbaImage, String> {
    png::picture(&taken.drawing, SHARP.max(ctx.pixels_per_point().ceil()), Some(ground(taken)))
}

fn as_svg(taken: &Taken) -> String {
    let terms = SvgTerms {
        title: &taken.name,
        description: &taken.words,
        letters: LettersAs::Outlines,
        names: "chart",
        ground: Some(ground(taken)),
    };
    svg(&taken.drawing, &terms)
}

/// The name of a part as that of a file: letters and digits of any script, capitals A to Z made small, words parted by hyphens.
fn as_file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let words: String = name.chars().map(plain).collect();
    let name = words.split_whitespace().collect::<Vec<_>>().join("-");
    let name: String = name.chars().take(60).collect();
    if name.is_empty() { "chart".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::as_file_name;

    #[test]
    fn a_name_becomes_a_file_name_that_every_system_takes() {
        assert_eq!(as_file_name("Who leads at which weight"), "who-leads-at-which-weight");
        assert_eq!(as_file_name("../..\\a:b*?"), "a-b");
        assert_eq!(as_file_name("\u{202E}"), "chart");
    }
}
