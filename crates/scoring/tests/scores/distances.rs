//! Distances by hand, near duplicates, and the shown set.

use domain::Stage;
use domain::content::Content;
use scoring::diversity::{
    distance, minimum_distance, near_duplicate, shown_set, smallest_distance, too_similar, wording_distance,
};

use crate::samples::{hook, visual};

#[test]
fn wording_by_hand() {
    assert!(wording_distance("Plant beans", "plant BEANS").abs() < 1e-9);
    assert!((wording_distance("abc", "xyz") - 1.0).abs() < 1e-9);
    // words: {a, cat} and {a, dog}: 1 / (sqrt 2 x sqrt 2) = 0.5
    // characters: " a ", "a c", " ca", "cat", "at " and " a ", "a d", " do", "dog", "og ": 1 / 5 = 0.2
    // 1 - (0.5 + 0.2) / 2 = 0.65
    assert!((wording_distance("a cat", "a dog") - 0.65).abs() < 1e-6);
}

#[test]
fn near_duplicates_share_most_runs_of_three_words() {
    let near = |a, b| near_duplicate(&hook(a), &hook(b));
    // 4 runs each, 3 shared
    assert!(near("plant your beans early in may", "plant your beans early in june"));
    // 4 runs each, 2 shared: exactly half is not more than half
    assert!(!near("plant your beans early in may", "plant your beans early or not"));
    assert!(near("Beans!", "beans"));
    assert!(!near("beans", "peas"));
}

#[test]
fn the_nearest_of_those_too_close_is_named() {
    let candidate = hook("Why beans climb up every wall");
    let far = hook("Seven figures on rents");
    let near = hook("Why beans climb every wall");
    let same = hook("Why beans climb up every wall");
    assert_eq!(too_similar(&candidate, &[&far], Stage::Hook), None);
    assert_eq!(too_similar(&candidate, &[&far, &near, &same], Stage::Hook), Some((2, 0.0)));
    assert_eq!(too_similar(&candidate, &[&far, &near], Stage::Hook).map(|(n, _)| n), Some(1));
    assert!(minimum_distance(Stage::Hook) > minimum_distance(Stage::Copy));
}

#[test]
fn looks_are_apart_by_theme_layouts_and_colours() {
    let light = Content::Visual(visual("light", "#000000", "#ffffff"));
    let dark = Content::Visual(visual("dark", "#ffffff", "#000000"));
    assert!(distance(&light, &light.clone()).abs() < 1e-9);
    // theme 1, layouts 0, colours: background, surface, text, muted 1 each, accent and on_accent 0: 4/6
    assert!((distance(&light, &dark) - (1.0 + 4.0 / 6.0) / 3.0).abs() < 1e-5);
    assert!((distance(&light, &hook("x")) - 1.0).abs() < 1e-9);
    assert_eq!(smallest_distance(&[&light]), None);
}

#[test]
fn the_shown_set_gives_up_a_little_score_for_difference() {
    let (a, b, c) = (
        hook("Why beans climb up every wall"),
        hook("Why beans climb up each wall"),
        hook("Rents rose by half"),
    );
    // a first (0.6 x 0.90); then b: 0.6 x 0.89 - 0.4 x likeness (about 0.8) < c: 0.6 x 0.60 - 0.4 x (nearly 0)
    assert_eq!(shown_set(&[(&a, 9.0), (&b, 8.9), (&c, 6.0)], 2), [0, 2]);
    assert_eq!(shown_set(&[(&a, 9.0), (&b, 8.9), (&c, 6.0)], 9), [0, 2, 1]);
    assert_eq!(shown_set(&[(&a, 5.0), (&a, 5.0)], 1), [0], "of equals the first");
    assert!(shown_set(&[], 3).is_empty());
}
