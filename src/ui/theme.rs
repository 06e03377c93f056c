//! Colours, type and spacing: the only place where they are said.
//!
//! Operational is teal and a circle, commercial is ochre and a square, crimson means that somebody is left out, and an
//! option's colour marks only that option. Every text colour has at least 4.5 : 1 on every surface of its theme.

use std::sync::Arc;

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Shadow,
    Stroke, Style, TextStyle, Ui, Vec2, Visuals, vec2,
};

use crate::{exchange::drawing::Face, model::balance::Side};

/// The steps that distances are made of.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
}

/// Sizes that recur.
pub mod size {
    pub const TOP_BAR: f32 = 48.0;
    pub const STANDING_LINE: f32 = 44.0;
    pub const RAIL: f32 = 176.0;
    pub const RAIL_SMALL: f32 = 60.0;
    pub const EXPLAIN: f32 = 316.0;
    pub const PAGE_HEAD: f32 = 36.0;
    pub const CONTROL: f32 = 32.0;
    pub const RAIL_ROW: f32 = 40.0;
    pub const RADIUS_CARD: f32 = 10.0;
    pub const RADIUS: f32 = 8.0;
    pub const RADIUS_BAR: f32 = 4.0;
    /// Windows lower than this, in points, have a head of one line and close rows in what stands over the page: 720 at
    /// 150 %.
    pub const LOW_WINDOW: f32 = 560.0;
    /// Windows narrower than this collapse the rail and shorten words.
    pub const SMALL_WINDOW: f32 = 1400.0;
    /// Windows narrower than this stack cards that stand side by side.
    pub const NARROW_WINDOW: f32 = 1180.0;
}

/// The colours of one theme; the names are those of the design tokens.
#[derive(Clone, Copy, Debug)]
pub struct Tokens {
    pub dark: bool,
    pub paper: Color32,
    pub rail: Color32,
    pub card: Color32,
    pub sunken: Color32,
    pub hair: Color32,
    pub line: Color32,
    pub edge: Color32,
    pub track: Color32,
    pub ink: Color32,
    pub ink2: Color32,
    pub ink3: Color32,
    pub select: Color32,
    pub primary: Color32,
    pub on_primary: Color32,
    pub focus: Color32,
    pub teal: Color32,
    pub teal_text: Color32,
    pub teal_tint: Color32,
    pub teal_soft: Color32,
    pub ochre: Color32,
    pub ochre_text: Color32,
    pub ochre_tint: Color32,
    pub ochre_soft: Color32,
    pub crimson: Color32,
    pub crimson_tint: Color32,
    pub on_teal: Color32,
    pub on_ochre: Color32,
    pub shadow: Color32,
    pub veil: Color32,
    options: [OptionColour; 5],
}

/// How an option is marked: its badge, the letter on it, and a tint for bands and ellipses.
#[derive(Clone, Copy, Debug)]
pub struct OptionColour {
    pub fill: Color32,
    pub on: Color32,
    pub tint: Color32,
}

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const fn option(fill: u32, on: u32, tint: u32) -> OptionColour {
    OptionColour { fill: hex(fill), on: hex(on), tint: hex(tint) }
}

static LIGHT: Tokens = Tokens {
    dark: false,
    paper: hex(0xF7F5F0),
    rail: hex(0xF0EDE6),
    card: hex(0xFFFFFF),
    sunken: hex(0xFAF8F4),
    hair: hex(0xE4DFD5),
    line: hex(0xCBC5B8),
    edge: hex(0x948E82),
    track: hex(0xEBE7DF),
    ink: hex(0x1B2330),
    ink2: hex(0x48515F),
    ink3: hex(0x616975),
    select: hex(0xE9EBF0),
    primary: hex(0x222C3C),
    on_primary: hex(0xFFFFFF),
    focus: hex(0x2F5FD0),
    teal: hex(0x0C7C78),
    teal_text: hex(0x0A6763),
    teal_tint: hex(0xDDF0EE),
    teal_soft: hex(0x9CCFCB),
    ochre: hex(0xBE7C0C),
    ochre_text: hex(0x855000),
    ochre_tint: hex(0xFBEED3),
    ochre_soft: hex(0xEBC67E),
    crimson: hex(0xB3153C),
    crimson_tint: hex(0xFBE8EC),
    on_teal: hex(0xFFFFFF),
    on_ochre: hex(0x1B2330),
    shadow: Color32::from_rgba_premultiplied(4, 3, 2, 26),
    veil: Color32::from_rgba_premultiplied(11, 14, 19, 110),
    options: [
        option(0x113A77, 0xFFFFFF, 0xE6EBF3),
        option(0x8425B3, 0xFFFFFF, 0xF3E8F8),
        option(0x4F90C5, 0x1B2330, 0xE8F1F8),
        option(0x3E4257, 0xFFFFFF, 0xEAEBEE),
        option(0xAC8C68, 0x1B2330, 0xF5F0EA),
    ],
};

static DARK: Tokens = Tokens {
    dark: true,
    paper: hex(0x13171E),
    rail: hex(0x0F1319),
    card: hex(0x1B212B),
    sunken: hex(0x171C25),
    hair: hex(0x2C3441),
    line: hex(0x465060),
    edge: hex(0x6B7686),
    track: hex(0x262D39),
    ink: hex(0xEBEEF3),
    ink2: hex(0xB9C1CC),
    ink3: hex(0x929CAA),
    select: hex(0x28303D),
    primary: hex(0xE4E8EF),
    on_primary: hex(0x13171E),
    focus: hex(0x7FA4FF),
    teal: hex(0x37B3AA),
    teal_text: hex(0x5CCBC3),
    teal_tint: hex(0x143533),
    teal_soft: hex(0x1F6A66),
    ochre: hex(0xE3A33B),
    ochre_text: hex(0xF0BC63),
    ochre_tint: hex(0x3A2C12),
    ochre_soft: hex(0x80601F),
    crimson: hex(0xF2708A),
    crimson_tint: hex(0x43202B),
    on_teal: hex(0x0F1319),
    on_ochre: hex(0x0F1319),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 89),
    veil: Color32::from_rgba_premultiplied(0, 0, 0, 140),
    options: [
        option(0x1F70D2, 0xFFFFFF, 0x1B2E49),
        option(0xC698E3, 0x13171E, 0x372E43),
        option(0xBEE9EF, 0x13171E, 0x2C3C44),
        option(0x6C6F99, 0xFFFFFF, 0x292D3C),
        option(0x9C6740, 0xFFFFFF, 0x33291F),
    ],
};

impl Tokens {
    /// The tokens of the theme that this part of the window is drawn in.
    #[must_use]
    pub fn of(ui: &Ui) -> &'static Self {
        if ui.visuals().dark_mode { &DARK } else { &LIGHT }
    }

    /// The tokens of what is printed.
    #[must_use]
    pub fn light() -> &'static Self {
        &LIGHT
    }

    /// The tokens of the theme in force.
    #[must_use]
    pub fn of_ctx(ctx: &Context) -> &'static Self {
        if ctx.theme() == egui::Theme::Dark { &DARK } else { &LIGHT }
    }

    /// The colour of the option with this badge. From the ninth on the badge is a number and has no colour of its own.
    #[must_use]
    pub fn option(&self, badge: &str) -> OptionColour {
        match badge.as_bytes() {
            // A copy of an option, such as A2, keeps its colour.
            [letter @ b'A'..=b'H', ..] => self.options[usize::from(letter - b'A') % 5],
            _ => OptionColour { fill: self.ink2, on: self.card, tint: self.sunken },
        }
    }

    /// Whether the badge wears an inner ring, being the second of its colour.
    #[must_use]
    pub fn badge_ring(badge: &str) -> bool {
        matches!(badge.as_bytes(), [b'F'..=b'H'])
    }

    /// Shapes, text, tint and text on the shape of one side.
    #[must_use]
    pub fn side(&self, side: Side) -> SideColour {
        match side {
            Side::Operational => {
                SideColour { fill: self.teal, text: self.teal_text, tint: self.teal_tint, on: self.on_teal }
            }
            Side::Commercial => SideColour {
                fill: self.ochre,
                text: self.ochre_text,
                tint: self.ochre_tint,
                on: self.on_ochre,
            },
        }
    }
}

/// The colours of operational or commercial.
#[derive(Clone, Copy, Debug)]
pub struct SideColour {
    pub fill: Color32,
    pub text: Color32,
    pub tint: Color32,
    pub on: Color32,
}

/// Part of the way from one colour to another, 0 to 1.
#[must_use]
pub fn mix(from: Color32, to: Color32, share: f32) -> Color32 {
    from.lerp_to_gamma(to, share)
}

/// The roles that text plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Page title, 24/30 semibold.
    Title,
    /// Section heading, 18/24 semibold.
    Heading,
    /// The sentence above a chart, 18/26.
    Sentence,
    /// Body, table cells, buttons, 15/21.
    Body,
    Strong,
    /// Captions and axis numbers, 13/18.
    Small,
    SmallStrong,
    /// Big figure, 32/36 semibold.
    Big,
    /// Score in a list, 20/24 semibold.
    Score,
    /// Figures in columns and fields: tabular digits.
    Number,
    NumberStrong,
    NumberSmall,
    /// On the wall of Room mode, which is drawn twice as large at 1080p: how many are in.
    WallFigure,
    /// What the wall is about: a factor, a total.
    WallName,
    WallClock,
    WallLead,
    WallButton,
    WallQuestion,
}

impl Type {
    /// The font of the role.
    #[must_use]
    pub fn font(self) -> FontId {
        let (points, family) = match self {
            Self::Title => (24.0, "strong"),
            Self::Heading => (18.0, "strong"),
            Self::Sentence => (18.0, "text"),
            Self::Body => (15.0, "text"),
            Self::Strong => (15.0, "strong"),
            Self::Small => (13.0, "text"),
            Self::SmallStrong => (13.0, "strong"),
            Self::Big => (32.0, "strong"),
            Self::Score => (20.0, "number-strong"),
            Self::Number => (15.0, "number"),
            Self::NumberStrong => (15.0, "number-strong"),
            Self::NumberSmall => (13.0, "number"),
            Self::WallFigure => (80.0, "strong"),
            Self::WallName => (46.0, "strong"),
            Self::WallClock => (48.0, "number-strong"),
            Self::WallLead => (30.0, "text"),
            Self::WallButton => (28.0, "strong"),
            Self::WallQuestion => (22.0, "text"),
        };
        FontId::new(points, FontFamily::Name(family.into()))
    }

    /// The distance between lines.
    #[must_use]
    pub fn line(self) -> f32 {
        match self {
            Self::Title => 30.0,
            Self::Heading | Self::Score => 24.0,
            Self::Sentence => 26.0,
            Self::Body | Self::Strong | Self::Number | Self::NumberStrong => 21.0,
            Self::Small | Self::SmallStrong | Self::NumberSmall => 18.0,
            Self::Big | Self::WallLead | Self::WallButton => 36.0,
            Self::WallFigure => 84.0,
            Self::WallName | Self::WallClock => 54.0,
            Self::WallQuestion => 28.0,
        }
    }

    /// Text in this role and colour.
    #[must_use]
    pub fn text(self, text: impl Into<String>, colour: Color32) -> RichText {
        RichText::new(text).font(self.font()).line_height(Some(self.line())).color(colour)
    }

    /// The format of a run of text inside a paragraph.
    #[must_use]
    pub fn format(self, colour: Color32) -> egui::TextFormat {
        egui::TextFormat {
            font_id: self.font(),
            color: colour,
            line_height: Some(self.line()),
            valign: egui::Align::Center,
            ..Default::default()
        }
    }
}

/// A radius for rectangles, in whole pixels.
#[must_use]
pub fn rounded(radius: f32) -> CornerRadius {
    CornerRadius::same(radius.round().clamp(0.0, 255.0) as u8)
}

/// The 1 px line of this colour.
#[must_use]
pub fn hairline(colour: Color32) -> Stroke {
    Stroke::new(1.0, colour)
}

/// The ring around what has the keyboard.
#[must_use]
pub fn focus_ring(tokens: &Tokens) -> Stroke {
    Stroke::new(2.0, tokens.focus)
}

/// The one shadow, of paper, menus and dialogs.
#[must_use]
pub fn shadow(tokens: &Tokens) -> Shadow {
    Shadow { offset: [0, 2], blur: 10, spread: 0, color: tokens.shadow }
}

/// Installs fonts and both themes in a fresh context.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.set_style_of(egui::Theme::Light, Arc::new(style(&LIGHT)));
    ctx.set_style_of(egui::Theme::Dark, Arc::new(style(&DARK)));
    ctx.options_mut(|options| {
        options.fallback_theme = egui::Theme::Light;
        // Zoom goes through the commands, so that menu, keys and settings agree.
        options.zoom_with_keyboard = false;
    });
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces = [
        ("atkinson", Face::Text),
        ("atkinson-strong", Face::TextBold),
        ("atkinson-number", Face::Numeric),
        ("atkinson-number-strong", Face::NumericBold),
        ("phosphor", Face::Icon),
        ("phosphor-fill", Face::IconFilled),
    ];
    // The built-in faces stay behind ours for scripts and symbols that Atkinson lacks.
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, face) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(face.bytes())));
    }
    let families = [
        (FontFamily::Proportional, "atkinson"),
        (FontFamily::Monospace, "atkinson-number"),
        (FontFamily::Name("text".into()), "atkinson"),
        (FontFamily::Name("strong".into()), "atkinson-strong"),
        (FontFamily::Name("number".into()), "atkinson-number"),
        (FontFamily::Name("number-strong".into()), "atkinson-number-strong"),
        (FontFamily::Name("icons".into()), "phosphor"),
        (FontFamily::Name("icons-fill".into()), "phosphor-fill"),
    ];
    for (family, face) in families {
        let mut stack = vec![face.to_owned()];
        stack.extend(fallback.iter().cloned());
        fonts.families.insert(family, stack);
    }
    fonts
}

fn style(tokens: &Tokens) -> Style {
    let mut style = Style { animation_time: 0.12, ..Style::default() };
    style.text_styles = [
        (TextStyle::Heading, Type::Heading.font()),
        (TextStyle::Body, Type::Body.font()),
        (TextStyle::Button, Type::Body.font()),
        (TextStyle::Small, Type::Small.font()),
        (TextStyle::Monospace, Type::Number.font()),
    ]
    .into();
    style.visuals = visuals(tokens);
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::S, space::S);
    spacing.button_padding = vec2(space::M, 5.0);
    spacing.interact_size = Vec2::new(28.0, size::CONTROL);
    spacing.window_margin = Margin::same(20);
    spacing.menu_margin = Margin::same(6);
    spacing.combo_width = 120.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = egui::style::ScrollStyle { bar_width: 8.0, ..egui::style::ScrollStyle::solid() };
    spacing.scroll.floating = true;
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    style
}

fn visuals(tokens: &Tokens) -> Visuals {
    let mut visuals = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    visuals.override_text_color = None;
    visuals.panel_fill = tokens.paper;
    visuals.window_fill = tokens.card;
    visuals.window_stroke = hairline(tokens.hair);
    visuals.window_corner_radius = rounded(size::RADIUS_CARD);
    visuals.menu_corner_radius = rounded(size::RADIUS);
    visuals.window_shadow = shadow(tokens);
    visuals.popup_shadow = shadow(tokens);
    visuals.extreme_bg_color = tokens.card;
    visuals.faint_bg_color = tokens.sunken;
    visuals.text_edit_bg_color = Some(tokens.card);
    visuals.hyperlink_color = tokens.focus;
    visuals.warn_fg_color = tokens.ink;
    visuals.error_fg_color = tokens.ink;
    visuals.selection.bg_fill = mix(tokens.card, tokens.focus, 0.28);
    visuals.selection.stroke = focus_ring(tokens);
    let states = [
        (&mut visuals.widgets.noninteractive, tokens.card, tokens.hair, tokens.ink),
        (&mut visuals.widgets.inactive, tokens.card, tokens.edge, tokens.ink),
        (&mut visuals.widgets.hovered, tokens.select, tokens.edge, tokens.ink),
        (&mut visuals.widgets.active, tokens.select, tokens.ink2, tokens.ink),
        (&mut visuals.widgets.open, tokens.select, tokens.edge, tokens.ink),
    ];
    for (widget, fill, outline, ink) in states {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = hairline(outline);
        widget.fg_stroke = hairline(ink);
        widget.corner_radius = rounded(size::RADIUS);
        widget.expansion = 0.0;
    }
    visuals
}
