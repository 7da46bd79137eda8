//! Fonts and themes that are uploaded: checked, and used at once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use domain::content::ThemeName;
use domain::{MemberRole, Stage};
use studio::{Encoding, NewLooks, StudioError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::bench::Bench;

/// The built-in theme as a zip, below a folder, with one file changed.
fn theme(changed: &str, text: Option<&str>) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../render/themes/modern_minimal");
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = match text {
            Some(text) if name == changed => text.as_bytes().to_vec(),
            None if name == changed => continue,
            _ => fs::read(&path).unwrap(),
        };
        zip.start_file(format!("mine/{name}"), SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_is_used_at_once_and_its_change_draws_anew() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let uploaded = studio.upload_theme(actor, "mine", theme("", None)).await.unwrap();
    assert_eq!((uploaded.name.0.as_str(), uploaded.warnings.as_slice()), ("mine", &[][..]));
    let ready = bench.ready().await;
    let looks = NewLooks { theme: Some(ThemeName("mine".into())), palette: None };
    studio.change_looks(actor, ready.id, looks, None).await.unwrap();
    let first = studio.slide_picture(actor, ready.id, 2, Encoding::PngFast).await.unwrap();

    let css = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../render/themes/modern_minimal/style.css"),
    );
    let css = format!("{}\n.slide {{ border-left: 30px solid red; }}", css.unwrap());
    studio.upload_theme(actor, "mine", theme("style.css", Some(&css))).await.unwrap();
    let second = studio.slide_picture(actor, ready.id, 2, Encoding::PngFast).await.unwrap();
    assert_ne!(first, second, "another stylesheet is another slide");
    let themes = bench.folder.path().join("themes");
    let left: Vec<_> = fs::read_dir(themes).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["mine"], "nothing is left beside it");
    assert!(studio.read_carousel(actor, ready.id).await.unwrap().approved.contains_key(&Stage::Visual));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_theme_is_refused_and_nothing_changes() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    studio.upload_theme(actor, "mine", theme("", None)).await.unwrap();
    let huge = "a".repeat(70_000);
    for (name, zip, says) in [
        ("mine", b"no zip".to_vec(), "is not a zip"),
        ("mine", vec![0; (2 << 20) + 1], "larger than 2 MB"),
        ("mine", theme("cover.html", None), "cover.html"),
        ("mine", theme("style.css", Some("a { background: url(http://x) }")), "`url(`"),
        ("mine", theme("cover.html", Some("{{ nonsense(")), "can't be used"),
        ("mine", theme("style.css", Some(&huge)), "larger than 64 kB"),
        ("modern_minimal", theme("", None), "built-in theme has this name"),
        ("../mine", theme("", None), "lower-case letters"),
        ("", theme("", None), "lower-case letters"),
    ] {
        let refused = studio.upload_theme(actor, name, zip).await.unwrap_err();
        assert!(matches!(refused, StudioError::Invalid { .. }), "{name}: {refused}");
        assert!(refused.to_string().contains(says), "{refused} does not say {says}");
    }
    assert!(studio.renderer().theme(&ThemeName("mine".into())).is_some());
    assert_eq!(studio.renderer().themes().count(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_font_is_used_at_once() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let font = Path::new(env!("CARGO_MANIFEST_DIR")).join("../render/fonts/geist/Geist.ttf");
    let font = fs::read(font).unwrap();
    let added = studio.upload_fonts(actor, vec![("../../evil name.ttf".into(), font.clone())]).await.unwrap();
    assert_eq!(added[0].families, ["Geist"]);
    assert_eq!(fs::read_dir(bench.folder.path().join("fonts")).unwrap().count(), 1);
    assert!(studio.renderer().warnings().is_empty());
    for (files, says) in [
        (vec![], "1 to 20 files"),
        (vec![("broken.ttf".to_owned(), font[..5_000].to_vec())], "broken.ttf can't be used"),
        (vec![("text.ttf".to_owned(), b"not a font".to_vec())], "text.ttf can't be used"),
        (vec![("huge.ttf".to_owned(), vec![0; (24 << 20) + 1])], "larger than 24 MB"),
    ] {
        let refused = studio.upload_fonts(actor, files).await.unwrap_err();
        assert!(matches!(refused, StudioError::Invalid { .. }), "{refused}");
        assert!(refused.to_string().contains(says), "{refused} does not say {says}");
    }
    for actor in [bench.stranger(), bench.with_role(MemberRole::Editor)] {
        let refused = studio.upload_fonts(actor, vec![("a.ttf".into(), font.clone())]).await;
        assert!(matches!(refused, Err(StudioError::Forbidden(_))));
        let refused = studio.upload_theme(actor, "mine", theme("", None)).await;
        assert!(matches!(refused, Err(StudioError::Forbidden(_))));
    }
}
