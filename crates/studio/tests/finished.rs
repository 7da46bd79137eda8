//! A finished carousel: changed in place, taken along as files, and read from its JSON again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not as it must be fails the test")]

mod bench;

use std::io::{Cursor, Read};

use domain::content::{Block, Layout, ThemeName};
use domain::{Action, Carousel, Content, MemberRole, Refusal, Stage, State, WrittenBy};
use studio::{CarouselChange, Download, Encoding, NewLooks, StudioError};

use crate::bench::{Bench, conflict};

async fn is_refused_elsewhere(bench: &Bench, carousel: &Carousel) {
    let (studio, id) = (&bench.studio, carousel.id);
    let hook = serde_json::json!({ "headline": "Mine", "subline": null });
    let order: Vec<usize> = (1..=8).collect();
    for (actor, is_expected) in [
        (
            bench.stranger(),
            (|error| matches!(error, StudioError::NotFound("carousel"))) as fn(&StudioError) -> bool,
        ),
        (bench.with_role(MemberRole::Reviewer), |error| matches!(error, StudioError::Forbidden(_))),
    ] {
        for error in [
            studio.revise(actor, id, Stage::Hook, hook.clone(), None).await.unwrap_err(),
            studio.reorder(actor, id, order.clone(), None).await.unwrap_err(),
            studio.change_looks(actor, id, NewLooks::default(), None).await.unwrap_err(),
        ] {
            assert!(is_expected(&error), "{error}");
        }
    }
    let elsewhere = studio.download(bench.stranger(), id, Download::Json).await.unwrap_err();
    assert!(matches!(elsewhere, StudioError::NotFound("carousel")));
    let viewer = bench.with_role(MemberRole::Viewer);
    assert!(matches!(studio.import(viewer, b"{}").await.unwrap_err(), StudioError::Forbidden(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_edited_in_place_and_only_its_slide_is_drawn_again() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    studio.download(actor, ready.id, Download::JpegZip).await.unwrap();
    assert_eq!(bench.state(ready.id).await, State::Exported);
    let before = studio.read_carousel(actor, ready.id).await.unwrap();
    let drawn = studio.slides_drawn();
    assert_eq!(drawn, 8);

    let hook = serde_json::json!({ "headline": "Half of all meetings could be a message", "subline": null });
    let revised = studio.revise(actor, ready.id, Stage::Hook, hook.clone(), None).await.unwrap();
    assert_eq!(revised.progress.state, State::Ready, "what was taken out is no longer what is there");
    let after = studio.read_carousel(actor, ready.id).await.unwrap();
    assert_eq!(after.carousel, revised);
    assert_eq!(after.hook().unwrap().headline, "Half of all meetings could be a message");
    let edited = &after.approved[&Stage::Hook];
    let WrittenBy::Person { member, edited_from } = edited.written_by else { panic!("{edited:?}") };
    assert_eq!((member, edited_from), (Some(actor.member), before.approved[&Stage::Hook].id));
    assert!(!edited.score.dimensions.is_empty());
    for stage in [Stage::Research, Stage::Outline, Stage::Copy, Stage::Visual] {
        assert_eq!(after.approved[&stage], before.approved[&stage], "{stage} stays");
    }
    let (told, retold) = (&before.caption().unwrap().alt_text, &after.caption().unwrap().alt_text);
    assert_eq!(retold[0], "Half of all meetings could be a message.");
    assert_eq!(
        (&retold[1..], after.caption().unwrap().caption.as_str()),
        (&told[1..], before.caption().unwrap().caption.as_str())
    );
    let card =
        studio.library(actor, &studio::LibraryFilter::default(), None, 1).await.unwrap().cards.remove(0);
    let mean = after.approved.values().map(|variant| variant.score.total).sum::<f64>() / 6.0;
    assert!((card.score.unwrap() - mean).abs() < 1e-9);
    studio.download(actor, ready.id, Download::JpegZip).await.unwrap();
    assert_eq!(studio.slides_drawn(), drawn + 1);
    let taken_out = studio.read_carousel(actor, ready.id).await.unwrap();
    assert_eq!(taken_out.carousel.updated_at, after.carousel.updated_at, "taking it out changes nothing");
    assert!((taken_out.score().unwrap() - mean).abs() < 1e-9);

    let late =
        studio.revise(actor, ready.id, Stage::Hook, hook.clone(), Some(before.carousel.updated_at)).await;
    let late = late.unwrap_err();
    assert!(matches!(late, StudioError::Taken(_)), "{late}");
    assert_eq!(late.to_string(), "somebody changed this meanwhile; look at it again");
    let now = studio.read_carousel(actor, ready.id).await.unwrap().carousel.updated_at;
    studio.revise(actor, ready.id, Stage::Hook, hook, Some(now)).await.unwrap();
    let long = serde_json::json!({ "headline": "x".repeat(91), "subline": null });
    let long = studio.revise(actor, ready.id, Stage::Hook, long, None).await.unwrap_err();
    assert!(matches!(long, StudioError::Invalid { .. }), "{long}");
    let history = studio.history(actor, ready.id).await.unwrap();
    assert_eq!(history.deeds.iter().filter(|deed| deed.what == "revise").count(), 2);
    let approvals = &history.stages[&Stage::Hook][0].approvals;
    assert_eq!(approvals.iter().filter(|past| past.withdrawn_at.is_none()).count(), 1);
    assert_eq!(approvals.len(), 3);
    is_refused_elsewhere(&bench, &ready).await;
    let open = bench.work(&bench.create(false).await).await;
    let research = serde_json::json!({});
    assert_eq!(
        conflict(studio.revise(actor, open.id, Stage::Research, research, None).await),
        Refusal::NotReady
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alt_text_follows_its_slide_until_somebody_writes_their_own() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let read = async || studio.read_carousel(actor, ready.id).await.unwrap();
    let mut caption = read().await.caption().unwrap().clone();
    caption.alt_text[2] = "My own words for it.".into();
    studio.revise(actor, ready.id, Stage::Caption, Content::Caption(caption).to_json(), None).await.unwrap();
    let before = read().await;
    let mut copy = before.copy().unwrap().clone();
    for n in [1, 2] {
        copy.slides[n].headline = format!("New headline {n}");
    }
    studio.revise(actor, ready.id, Stage::Copy, Content::Copy(copy).to_json(), None).await.unwrap();
    let after = read().await;
    let (told, retold) = (&before.caption().unwrap().alt_text, &after.caption().unwrap().alt_text);
    assert!(
        retold[1].starts_with("New headline 1. ") && !told[1].starts_with("New headline"),
        "{}",
        retold[1]
    );
    assert_eq!(retold[2], "My own words for it.");
    assert_eq!((&retold[0], &retold[3..]), (&told[0], &told[3..]));
    studio.reorder(actor, ready.id, vec![1, 3, 2, 4, 5, 6, 7, 8], None).await.unwrap();
    let deeds = studio.history(actor, ready.id).await.unwrap().deeds;
    let named: Vec<&str> = deeds.iter().map(|deed| deed.what.as_str()).collect();
    assert!(named.ends_with(&["revise", "revise", "reorder"]), "one row for each change: {named:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_revisions_at_once_none_is_lost_unseen() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let headline = |text: &str| serde_json::json!({ "headline": text, "subline": null });
    let expected = Some(studio.read_carousel(actor, ready.id).await.unwrap().carousel.updated_at);
    let (one, other) = tokio::join!(
        studio.revise(actor, ready.id, Stage::Hook, headline("Meetings cost a day a week"), expected),
        studio.revise(actor, ready.id, Stage::Hook, headline("A day a week goes to meetings"), expected),
    );
    let refused = match (one, other) {
        (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
        both => panic!("one of them must be refused: {both:?}"),
    };
    assert!(matches!(refused, StudioError::Taken(_)), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_another_kind_bring_their_layout_along() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let work = studio.read_carousel(actor, ready.id).await.unwrap();
    let (mut copy, visual) = (work.copy().unwrap().clone(), work.visual().unwrap().clone());
    let of_words = |n: &usize| visual.layouts[*n] == Layout::for_block(copy.slides[*n].block.as_ref());
    let n = (1..7).find(of_words).expect("a slide is laid out by its words");
    let quote = Block::Quote { text: "A meeting is a cost.".into(), attribution: None };
    let is_quote = matches!(copy.slides[n].block, Some(Block::Quote { .. }));
    copy.slides[n].block = (!is_quote).then_some(quote);
    copy.slides[n].body = is_quote.then(|| "A meeting is a cost.".to_owned());
    let wanted = Layout::for_block(copy.slides[n].block.as_ref());
    studio.revise(actor, ready.id, Stage::Copy, Content::Copy(copy).to_json(), None).await.unwrap();
    let after = studio.read_carousel(actor, ready.id).await.unwrap();
    assert_eq!(after.visual().unwrap().layouts[n], wanted);
    assert_eq!(after.visual().unwrap().theme, visual.theme);
    assert_eq!(after.approved_deck().unwrap().slides[n].layout, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn slides_change_places_with_all_that_belongs_to_them() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let before = studio.read_carousel(actor, ready.id).await.unwrap();
    let order = vec![1, 3, 2, 7, 5, 6, 4, 8];
    let revised = studio.reorder(actor, ready.id, order.clone(), None).await.unwrap();
    assert_eq!(revised.progress.state, State::Ready);
    let after = studio.read_carousel(actor, ready.id).await.unwrap();
    let (old, new) = (before.approved_deck().unwrap(), after.approved_deck().unwrap());
    for (place, number) in order.iter().enumerate() {
        assert_eq!(new.slides[place], old.slides[number - 1]);
        let alt = |work: &studio::CarouselInWork, n: usize| work.caption().unwrap().alt_text[n].clone();
        assert_eq!(alt(&after, place), alt(&before, number - 1));
        let told = |work: &studio::CarouselInWork, n: usize| work.outline().unwrap().slides[n].clone();
        assert_eq!(told(&after, place), told(&before, number - 1));
    }
    assert_eq!(after.approved[&Stage::Hook], before.approved[&Stage::Hook]);
    let same: Vec<usize> = (1..=8).collect();
    assert_eq!(studio.reorder(actor, ready.id, same, None).await.unwrap(), revised);
    for (order, says) in [
        (vec![2, 1, 3, 4, 5, 6, 7, 8], "moves the cover"),
        (vec![1, 2, 3, 4, 5, 6, 8, 7], "moves the call to action"),
        (vec![1, 2, 2, 4, 5, 6, 7, 8], "names not every slide once"),
        (vec![], "names not every slide once"),
        (vec![0, 1, 2, 3, 4, 5, 6, 7], "names not every slide once"),
    ] {
        let refused = studio.reorder(actor, ready.id, order, None).await.unwrap_err();
        assert!(
            matches!(refused, StudioError::Invalid { .. }) && refused.to_string().contains(says),
            "{refused}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_looks_keep_the_layouts_and_must_be_readable() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let before = studio.read_carousel(actor, ready.id).await.unwrap();
    let was = before.visual().unwrap();
    let theme = studio.renderer().themes().map(|theme| theme.name.clone()).find(|name| *name != was.theme);
    let looks = NewLooks { theme, palette: None };
    let preview = studio.preview_looks(actor, ready.id, looks.clone(), 1).await.unwrap();
    assert!(preview.checks.is_empty());
    studio.change_looks(actor, ready.id, looks.clone(), None).await.unwrap();
    let after = studio.read_carousel(actor, ready.id).await.unwrap();
    let is = after.visual().unwrap();
    assert_eq!((Some(&is.theme), &is.layouts), (looks.theme.as_ref(), &was.layouts));
    assert_ne!(is.palette, was.palette);
    let shown = studio.slide_picture(actor, ready.id, 1, Encoding::PngFast).await.unwrap();
    assert_eq!(shown, preview.picture.unwrap());

    let mut grey = is.palette;
    grey.text = grey.background;
    let unreadable = NewLooks { theme: None, palette: Some(grey) };
    let told = studio.preview_looks(actor, ready.id, unreadable.clone(), 2).await.unwrap();
    assert!(!told.checks.is_empty());
    let refused = studio.change_looks(actor, ready.id, unreadable, None).await.unwrap_err();
    assert!(matches!(refused, StudioError::Unfit(_)), "{refused}");
    let unknown = NewLooks { theme: Some(ThemeName("no_such".into())), palette: None };
    let refused = studio.change_looks(actor, ready.id, unknown, None).await.unwrap_err();
    assert!(matches!(refused, StudioError::Invalid { .. }), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_download_is_whole_and_the_same_each_time() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let titled = studio
        .change_carousel(actor, ready.id, CarouselChange::title("Weniger Besprechungen: größer!"), None)
        .await
        .unwrap();
    for (what, kind, signature) in
        [(Download::JpegZip, "jpg", &b"\xff\xd8\xff"[..]), (Download::PngZip, "png", b"\x89PNG")]
    {
        let zip = studio.download(actor, ready.id, what).await.unwrap();
        let own = if kind == "jpg" { "jpeg" } else { "png" };
        assert_eq!(zip.name, format!("weniger-besprechungen-groesser-{own}.zip"));
        assert_eq!(zip.media_type, "application/zip");
        assert_eq!(studio.download(actor, ready.id, what).await.unwrap(), zip);
        let mut archive = zip::ZipArchive::new(Cursor::new(zip.bytes)).unwrap();
        let mut expected: Vec<String> = (1..=8).map(|n| format!("slide-{n:02}.{kind}")).collect();
        expected.extend(["caption.txt".to_owned(), "alt.txt".to_owned()]);
        assert_eq!(archive.file_names().map(|name| name.unwrap().into_owned()).collect::<Vec<_>>(), expected);
        let mut slide = vec![];
        archive.by_name(&format!("slide-03.{kind}")).unwrap().read_to_end(&mut slide).unwrap();
        assert!(slide.starts_with(signature));
    }
    let pdf = studio.download(actor, ready.id, Download::Pdf).await.unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF") && pdf.name.ends_with(".pdf"));
    let caption = studio.download(actor, ready.id, Download::Caption).await.unwrap();
    let work = studio.read_carousel(actor, ready.id).await.unwrap();
    assert_eq!(caption.bytes, format!("{}\n", work.caption().unwrap().as_posted()));
    assert_eq!(work.carousel.progress, titled.progress.apply(&Action::Export).unwrap());
    let viewer = bench.with_role(MemberRole::Viewer);
    studio.download(viewer, ready.id, Download::Json).await.unwrap();
    let open = bench.work(&bench.create(false).await).await;
    assert_eq!(conflict(studio.download(actor, open.id, Download::Pdf).await), Refusal::NotReady);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_out_is_read_again_with_the_same_slides() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let json = studio.download(actor, ready.id, Download::Json).await.unwrap().bytes;
    let imported = studio.import(actor, &json).await.unwrap();
    assert!(imported.notes.is_empty(), "{:?}", imported.notes);
    assert_ne!(imported.carousel.id, ready.id);
    assert_eq!(bench.state(imported.carousel.id).await, State::Ready);
    let (was, is) = (
        studio.read_carousel(actor, ready.id).await.unwrap(),
        studio.read_carousel(actor, imported.carousel.id).await.unwrap(),
    );
    assert_eq!(is.approved_deck(), was.approved_deck());
    for (stage, variant) in &was.approved {
        let new = &is.approved[stage];
        assert_eq!((&new.content, new.strategy), (&variant.content, variant.strategy));
        // A mark of being like another variant of the round is left behind with that round.
        assert_eq!(new.score.dimensions, variant.score.dimensions);
    }
    // It goes on as any other: edited, reopened, taken out.
    studio.reopen(actor, imported.carousel.id, Stage::Caption).await.unwrap();

    let mut foreign: serde_json::Value = serde_json::from_slice(&json).unwrap();
    foreign["brief"]["profile"] = "00000000-0000-0000-0000-0000000000ff".into();
    foreign["brief"]["theme"] = "theirs".into();
    for stage in foreign["stages"].as_array_mut().unwrap() {
        for variant in stage["variants"].as_array_mut().unwrap() {
            if let Some(backgrounds) = variant["content"].get_mut("backgrounds") {
                backgrounds[2] = "00000000-0000-0000-0000-0000000000fe".into();
                variant["content"]["theme"] = "theirs".into();
            }
        }
    }
    let imported = studio.import(actor, &serde_json::to_vec(&foreign).unwrap()).await.unwrap();
    assert_eq!(imported.notes.len(), 4, "{:?}", imported.notes);
    studio.download(actor, imported.carousel.id, Download::Pdf).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_broken_or_breaks_a_limit_is_refused_and_leaves_nothing() {
    let bench = Bench::new(&[]).await;
    let (studio, actor) = (&bench.studio, bench.actor);
    let ready = bench.ready().await;
    let json = studio.download(actor, ready.id, Download::Json).await.unwrap().bytes;
    let good: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let broken = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut file = good.clone();
        change(&mut file);
        serde_json::to_vec(&file).unwrap()
    };
    let hooks = |file: &mut serde_json::Value, field: &str, value: serde_json::Value| {
        let hook =
            file["stages"].as_array_mut().unwrap().iter_mut().find(|stage| stage["stage"] == "hook").unwrap();
        for variant in hook["variants"].as_array_mut().unwrap() {
            variant[field] = value.clone();
        }
    };
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (file, says) in [
        (b"".to_vec(), "is not the carousel.json"),
        (nested.into_bytes(), "is not the carousel.json"),
        (vec![b' '; 21 << 20], "has more than 20 MB"),
        (broken(&|file| file["title"] = "".into()), "title"),
        (broken(&|file| file["title"] = "x".repeat(201).into()), "title"),
        (broken(&|file| file["brief"]["topic"] = "x".repeat(201).into()), "brief.topic"),
        (broken(&|file| file["brief"]["slides"] = 9.into()), "stages."),
        (broken(&|file| file["brief"]["slides"] = 99.into()), "2 to 10 slides"),
        (
            broken(&|file| {
                file["stages"].as_array_mut().unwrap().remove(3);
            }),
            "stages.hook: has no approved variant",
        ),
        (broken(&|file| hooks(file, "strategy", "narrative".into())), "stages.hook.strategy"),
        (
            broken(&|file| {
                hooks(file, "content", serde_json::json!({ "headline": "x".repeat(91), "subline": null }))
            }),
            "stages.hook.headline",
        ),
        (broken(&|file| hooks(file, "content", serde_json::json!({ "script": 1 }))), "stages.hook.content"),
        (
            broken(&|file| {
                hooks(
                    file,
                    "written_by",
                    serde_json::json!({ "kind": "offline", "version": "x".repeat(201) }),
                )
            }),
            "stages.hook.written_by",
        ),
    ] {
        let refused = studio.import(actor, &file).await.unwrap_err();
        assert!(matches!(refused, StudioError::Invalid { .. }), "{refused}");
        assert!(refused.to_string().contains(says), "{refused} does not say {says}");
    }
    let library = studio.library(actor, &studio::LibraryFilter::default(), None, 50).await.unwrap();
    assert_eq!(library.cards.len(), 1);
}
