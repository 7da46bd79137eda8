//! Themes of a person's data folder: used beside the built-in ones, in a sandbox.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use std::fs;
use std::path::Path;

use domain::Format;
use domain::content::ThemeName;
use render::{Assets, Encoding, Renderer};

/// A copy of a built-in theme in a data folder, with one file changed.
fn data(theme: &str, file: &str, change: impl Fn(String) -> String) -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let own = data.path().join("themes").join(theme);
    fs::create_dir_all(&own).unwrap();
    let builtin = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/tech_professional");
    for entry in fs::read_dir(builtin).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(own.join(name), if name == file { change(text) } else { text }).unwrap();
    }
    data
}

fn name(name: &str) -> ThemeName {
    ThemeName(name.to_owned())
}

#[test]
fn a_copied_theme_renders_with_its_own_colours() {
    let data = data("mine", "theme.toml", |text| text.replace("#5fe3c0", "#ff9d5c"));
    let renderer = Renderer::new(Some(data.path())).unwrap();
    assert_eq!(renderer.warnings(), <[String; 0]>::default());
    let theme = renderer.theme(&name("mine")).unwrap();
    assert_eq!(theme.palettes[0].accent.to_string(), "#ff9d5c");
    let deck = render::sample_deck(theme, Format::Square);
    let slides = renderer.render(&deck, &Assets::new(), Encoding::PngFast).unwrap();
    assert!(slides.iter().all(Result::is_ok));
}

#[test]
fn what_a_theme_may_not_do_is_refused_with_its_reason() {
    let cases: [(&str, &str, &str); 6] = [
        ("style.css", "a{background:URL(file:///etc/passwd)}", "`url(`"),
        ("style.css", "a{filter:blur(4px)}", "`blur(`"),
        ("style.css", "@import 'x';", "`@import`"),
        ("cover.html", "{% for %}", "cover.html"),
        ("theme.toml", "title = 3", "theme.toml"),
        ("theme.toml", "", "theme.toml"),
    ];
    for (file, text, expected) in cases {
        let data = data("evil", file, |_| text.to_owned());
        let renderer = Renderer::new(Some(data.path())).unwrap();
        assert!(renderer.theme(&name("evil")).is_none());
        let warning = &renderer.warnings()[0];
        assert!(
            warning.starts_with("the theme `evil` can't be used: ") && warning.contains(expected),
            "{warning}"
        );
    }
    let twin = data("bold_vibrant", "", |text| text);
    let renderer = Renderer::new(Some(twin.path())).unwrap();
    assert!(renderer.warnings()[0].contains("has the name of a built-in one"));
}

#[test]
fn a_runaway_template_ends_with_its_slide_named() {
    for runaway in [
        "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{{ headline * 999 }}{% endfor %}",
        "{{ nothing.there }}",
        "{% include 'theme.toml' %}",
        "{% include '/etc/passwd' %}",
        "<img src='data:image/png;base64,AAAA'>",
        "<p style='background-image:url(http://localhost/x.png)'>x</p>",
    ] {
        let data = data("evil", "cover.html", |_| runaway.to_owned());
        let renderer = Renderer::new(Some(data.path())).unwrap();
        let theme = renderer.theme(&name("evil")).unwrap();
        let deck = render::sample_deck(theme, Format::Portrait);
        let slides = renderer.render(&deck, &Assets::new(), Encoding::PngFast).unwrap();
        let complaint = slides[0].as_ref().unwrap_err().to_string();
        assert!(complaint.starts_with("slide 1: the theme's template for `cover` fails: "), "{complaint}");
        assert!(slides[1..].iter().all(Result::is_ok));
    }
}
