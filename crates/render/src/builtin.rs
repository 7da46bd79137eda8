//! The fonts and themes that travel inside the binary.

/// A font file and the family that it is a part of.
#[derive(Debug)]
pub(crate) struct BuiltinFont {
    pub(crate) family: &'static str,
    pub(crate) bytes: &'static [u8],
}

macro_rules! font {
    ($family:literal, $file:literal) => {
        BuiltinFont { family: $family, bytes: include_bytes!(concat!("../fonts/", $file)) }
    };
}

/// In the order in which a missing character is looked up.
pub(crate) const FONTS: &[BuiltinFont] = &[
    font!("Inter", "inter/Inter.ttf"),
    font!("Source Serif 4", "source-serif-4/SourceSerif4-latin.ttf"),
    font!("Source Serif 4", "source-serif-4/SourceSerif4-latin-ext.ttf"),
    font!("Source Serif 4", "source-serif-4/SourceSerif4-cyrillic.ttf"),
    font!("Source Serif 4", "source-serif-4/SourceSerif4-greek.ttf"),
    font!("Source Serif 4", "source-serif-4/SourceSerif4-vietnamese.ttf"),
    font!("Bricolage Grotesque", "bricolage-grotesque/BricolageGrotesque-latin.ttf"),
    font!("Bricolage Grotesque", "bricolage-grotesque/BricolageGrotesque-latin-ext.ttf"),
    font!("Bricolage Grotesque", "bricolage-grotesque/BricolageGrotesque-vietnamese.ttf"),
    font!("Geist", "geist/Geist.ttf"),
    font!("JetBrains Mono", "jetbrains-mono/JetBrainsMono-latin.ttf"),
    font!("JetBrains Mono", "jetbrains-mono/JetBrainsMono-latin-ext.ttf"),
    font!("JetBrains Mono", "jetbrains-mono/JetBrainsMono-cyrillic.ttf"),
    font!("JetBrains Mono", "jetbrains-mono/JetBrainsMono-greek.ttf"),
    font!("JetBrains Mono", "jetbrains-mono/JetBrainsMono-vietnamese.ttf"),
    font!("Noto Sans Arabic", "noto-sans-arabic/NotoSansArabic.ttf"),
    font!("Noto Sans Hebrew", "noto-sans-hebrew/NotoSansHebrew.ttf"),
    font!("Twemoji", "twemoji/Twemoji.ttf"),
];

/// The family that draws running text in every theme, and what others lack.
pub(crate) const TEXT_FAMILY: &str = "Inter";
pub(crate) const EMOJI_FAMILY: &str = "Twemoji";

/// Pictographs that a text font draws in one colour; left to the emoji font.
pub(crate) const PICTOGRAPHS: &[char] = &[
    '\u{203c}', '\u{2049}', '\u{23cf}', '\u{24c2}', '\u{2600}', '\u{2665}', '\u{26a0}', '\u{2764}',
    '\u{2b06}', '\u{2b1c}',
];

/// A theme's folder: each file's name and text.
pub(crate) type BuiltinTheme = (&'static str, &'static [(&'static str, &'static str)]);

macro_rules! theme {
    ($name:literal) => {
        (
            $name,
            &[
                theme!($name, "theme.toml"),
                theme!($name, "style.css"),
                theme!($name, "frame.html"),
                theme!($name, "cover.html"),
                theme!($name, "text.html"),
                theme!($name, "bullets.html"),
                theme!($name, "stat.html"),
                theme!($name, "quote.html"),
                theme!($name, "code.html"),
                theme!($name, "image.html"),
                theme!($name, "comparison.html"),
                theme!($name, "call_to_action.html"),
            ],
        )
    };
    ($name:literal, $file:literal) => {
        ($file, include_str!(concat!("../themes/", $name, "/", $file)))
    };
}

pub(crate) const THEMES: &[BuiltinTheme] =
    &[theme!("modern_minimal"), theme!("bold_vibrant"), theme!("tech_professional")];

/// What every theme's stylesheet stands on.
pub(crate) const BASE_CSS: &str = include_str!("../themes/base.css");
