//! Files: whole or not at all, under keys that can't leave their folder.

use std::path::{Component, Path};

use domain::{AssetId, CarouselId, VariantId};
use proptest::prelude::*;
use store::{FileKey, FileName, Files, PictureKind, StoreError, Under};
use uuid::Uuid;

use crate::support::{World, stories};

stories! {
    async fn a_file_is_kept_replaced_listed_and_deleted(world) {
        let files = world.store.files(world.home.workspace);
        let (carousel, variant) = (CarouselId(world.uuid()), VariantId(world.uuid()));
        let slide = |number| FileKey::Slide { carousel, variant, number, kind: PictureKind::Jpeg };
        let pdf = FileKey::Export { carousel, name: "carousel.pdf".parse().unwrap() };
        let logo = FileKey::Asset(AssetId(world.uuid()));
        for key in [&slide(2), &slide(1), &slide(10), &pdf, &logo] {
            files.put(key, b"first".to_vec()).await.unwrap();
        }
        files.put(&pdf, vec![0, 255, 13, 10]).await.unwrap();
        assert_eq!(files.get(&pdf).await.unwrap(), [0, 255, 13, 10]);
        assert_eq!(files.get(&logo).await.unwrap(), b"first");

        let slides = Under::Slides { carousel, variant };
        assert_eq!(files.list(slides).await.unwrap(), [slide(1), slide(2), slide(10)]);
        assert_eq!(files.list(Under::Exports(carousel)).await.unwrap(), std::slice::from_ref(&pdf));
        assert_eq!(files.list(Under::Assets).await.unwrap(), std::slice::from_ref(&logo));
        assert!(files.list(Under::Exports(CarouselId(world.uuid()))).await.unwrap().is_empty());

        files.delete(&slide(1)).await.unwrap();
        files.delete(&slide(1)).await.unwrap();
        let error = files.get(&slide(1)).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "file", .. }), "{error}");
        files.delete_carousel(carousel).await.unwrap();
        files.delete_carousel(carousel).await.unwrap();
        assert!(files.list(slides).await.unwrap().is_empty());
        assert_eq!(files.list(Under::Assets).await.unwrap(), [logo]);
    }

    async fn what_can_be_made_again_is_trimmed_the_oldest_first(world) {
        let files = world.store.files(world.home.workspace);
        assert_eq!(files.trim(Under::Rendered, 0).await.unwrap(), 0, "there is no folder yet");
        let key = |n: u8| FileKey::Rendered { digest: [n; 32] };
        let folder = folder_of(world, "rendered");
        for n in 1..=4 {
            files.put(&key(n), vec![n; 100]).await.unwrap();
            let file = std::fs::File::options().write(true).open(folder.join(format!("{n:02x}").repeat(32)));
            // The later it was written, the older it is made.
            let age = std::time::Duration::from_secs(u64::from(n) * 60);
            file.unwrap().set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(9999) - age).unwrap();
        }
        std::fs::write(folder.join("notes.txt"), "not ours").unwrap();
        assert_eq!(files.trim(Under::Rendered, 400).await.unwrap(), 0);
        assert_eq!(files.trim(Under::Rendered, 299).await.unwrap(), 2);
        assert_eq!(files.list(Under::Rendered).await.unwrap(), [key(1), key(2)]);
        assert_eq!(files.get(&key(2)).await.unwrap(), [2; 100]);
        assert_eq!(files.trim(Under::Rendered, 0).await.unwrap(), 2);
        assert!(folder.join("notes.txt").exists());
    }

    async fn another_workspace_has_other_files(world) {
        let key = FileKey::Asset(AssetId(world.uuid()));
        world.store.files(world.home.workspace).put(&key, b"ours".to_vec()).await.unwrap();
        let theirs = world.store.files(world.stranger());
        assert!(theirs.get(&key).await.is_err());
        theirs.delete(&key).await.unwrap();
        assert_eq!(world.store.files(world.home.workspace).get(&key).await.unwrap(), b"ours");
    }

    async fn what_we_did_not_put_there_is_not_listed(world) {
        let files = world.store.files(world.home.workspace);
        let key = FileKey::Asset(AssetId(world.uuid()));
        files.put(&key, vec![]).await.unwrap();
        let folder = folder_of(world, "assets");
        std::fs::write(folder.join(".DS_Store"), "").unwrap();
        std::fs::write(folder.join("notes.txt"), "").unwrap();
        assert_eq!(files.list(Under::Assets).await.unwrap(), [key]);
    }

    async fn readers_see_the_old_file_or_the_new_one(world) {
        let files = world.store.files(world.home.workspace);
        let key = FileKey::Asset(AssetId(world.uuid()));
        let size = 300_000;
        files.put(&key, vec![0; size]).await.unwrap();
        let writing = async {
            for byte in 1..40 {
                files.put(&key, vec![byte; size]).await.unwrap();
            }
        };
        let reading = async {
            for _ in 0..40 {
                let bytes = files.get(&key).await.unwrap();
                assert_eq!(bytes.len(), size);
                assert!(bytes.iter().all(|byte| *byte == bytes[0]));
            }
        };
        tokio::join!(writing, reading);
        assert_eq!(files.get(&key).await.unwrap()[0], 39);
    }

    async fn what_a_killed_process_left_unfinished_is_swept_away(world) {
        let unfinished = world.data().join("tmp");
        let (left, held) = (unfinished.join("12345-0"), unfinished.join("12345-1"));
        std::fs::write(&left, "half a sl").unwrap();
        let writing = std::fs::File::create(&held).unwrap();
        writing.lock().unwrap();
        world.another_store().await.close().await;
        assert!(!left.exists());
        assert!(held.exists(), "another process is just writing it");
    }
}

fn folder_of(world: &World, kind: &str) -> std::path::PathBuf {
    world.data().join("files").join(world.home.workspace.to_string()).join(kind)
}

proptest! {
    #[test]
    fn any_text_is_a_plain_name_or_none(text in any::<String>()) {
        check_name(&text)?;
    }

    #[test]
    fn text_made_to_escape_is_a_plain_name_or_none(text in r"[./\\a-z0-9_:~\x00 -]{0,120}") {
        check_name(&text)?;
    }

    #[test]
    fn a_key_stays_in_its_folder_and_is_found_again(
        carousel: u128, variant: u128, number: u8, name in "[a-z0-9][a-z0-9._-]{0,99}",
    ) {
        let (carousel, variant) = (CarouselId(Uuid::from_u128(carousel)), VariantId(Uuid::from_u128(variant)));
        for key in [
            FileKey::Asset(AssetId(Uuid::from_u128(number.into()))),
            FileKey::Slide { carousel, variant, number, kind: PictureKind::Png },
            FileKey::Rendered { digest: [number; 32] },
            FileKey::Export { carousel, name: name.parse().unwrap() },
        ] {
            let path = key.to_string();
            prop_assert!(Path::new(&path).components().all(|part| matches!(part, Component::Normal(_))));
        }
    }
}

fn check_name(text: &str) -> Result<(), TestCaseError> {
    let Ok(name) = text.parse::<FileName>() else { return Ok(()) };
    prop_assert_eq!(name.as_str(), text);
    let parts: Vec<_> = Path::new(text).components().collect();
    prop_assert_eq!(parts, [Component::Normal(text.as_ref())]);
    Ok(())
}

#[test]
fn names_that_would_escape_are_refused() {
    for name in ["", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", ".hidden", "-rf", "CON", "a\0b", "ä"] {
        let error = name.parse::<FileName>().unwrap_err();
        assert!(error.to_string().contains("can't be a file's name"), "{error}");
    }
    assert!("a".repeat(101).parse::<FileName>().is_err());
    assert_eq!("slide-01.jpg".parse::<FileName>().unwrap().to_string(), "slide-01.jpg");
    fn sends<T: Send + Sync>() {}
    sends::<Files>();
}
