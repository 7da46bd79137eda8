//! The dimensions of hooks by hand, and ten hooks of one real article.

use domain::WeightOrigin;

use crate::samples::{book_page, check, dimension, score_hook};

#[test]
fn one_hook_by_hand() {
    let score =
        score_hook("en", "Why 73 % of gardens waste water in July", "73 % of gardens waste water in July");
    // figures: 73 % (2 points); names: July (not first, a capital); concrete: water; vague: none
    // s = 2 + 1 + 1 = 4: 10 x (4 + 1) / (4 + 0 + 3) = 50/7
    check(&score, "specificity", 50.0 / 7.0);
    // no word of time or scarcity
    check(&score, "urgency", 0.0);
    // one cue (why), no question mark, and it begins with a question word: 2
    check(&score, "curiosity_gap", 8.0);
    check(&score, "has_number", 10.0);
    check(&score, "is_question", 0.0);
    // Why, 73, of, gardens, waste, water, in, July = 8 words
    check(&score, "length", 10.0);
    // Syllables: why 1, 73 1, of 1, gar-dens 2, waste 1, wa-ter 2, in 1, Ju-ly 2 = 11
    // 206.835 - 1.015 x 8 - 84.6 x 11/8 = 206.835 - 8.12 - 116.325 = 82.39
    check(&score, "readability", 8.239);
    // `waste` is -1.8 in VADER: 1.8 / sqrt(1.8^2 + 15) = 0.421464
    check(&score, "sentiment", 4.214_636);
    assert_eq!(dimension(&score, "learned_pattern").value, None);
    assert!(score.flags.is_empty());
    assert!(score.dimensions.iter().all(|dimension| dimension.weight_origin == WeightOrigin::Prior));
    assert!(
        score
            .dimensions
            .iter()
            .all(|dimension| !dimension.evidence.is_empty() && dimension.advice.ends_with('.'))
    );
}

#[test]
fn pressure_is_good_in_small_doses() {
    let urgency = |headline: &str| dimension(&score_hook("en", headline, ""), "urgency").value.unwrap();
    // cues: today = 1 -> 6
    assert!((urgency("Plant your beans today") - 6.0).abs() < 1e-9);
    // cues: last chance, today = 2 -> 10
    assert!((urgency("Last chance to plant beans today") - 10.0).abs() < 1e-9);
    // cues: now, hurry, last chance = 3, two exclamation marks too many, HURRY and CHANCE shouted: one too many -> 6, the table's end is 2
    assert!((urgency("HURRY now: last CHANCE!!!") - 2.0).abs() < 1e-9);
}

#[test]
fn tricks_count_against_curiosity() {
    let gap = |headline: &str| dimension(&score_hook("en", headline, ""), "curiosity_gap").value.unwrap();
    // cues: secret = 1 -> 5; trick: you won't believe -> -3
    assert!((gap("The secret you won't believe") - 2.0).abs() < 1e-9);
    assert!((gap("Plant beans") - 1.0).abs() < 1e-9);
    // why, really, and the question mark: 3 -> 10
    assert!((gap("Why do beans really climb?") - 10.0).abs() < 1e-9);
}

#[test]
fn a_number_word_is_half_a_number() {
    check(&score_hook("en", "Three ways to plant beans", ""), "has_number", 6.0);
    check(&score_hook("de", "Drei Wege zu eigenen Bohnen", ""), "has_number", 6.0);
    check(&score_hook("de", "Ein Weg zu eigenen Bohnen", ""), "has_number", 0.0);
}

#[test]
fn length_falls_smoothly() {
    // 3 words, 2 short of 5: 10 exp(-(2/4)^2) = 7.788008
    check(&score_hook("en", "Plant beans early", ""), "length", 7.788_008);
    check(&score_hook("en", "", ""), "length", 0.0);
    assert_eq!(dimension(&score_hook("ja", "豆を早く植える", ""), "length").value, None);
}

#[test]
fn each_language_uses_its_own_words() {
    for (code, headline, cue) in [
        ("de", "Warum Bohnen heute klettern", "heute"),
        ("es", "Por qué plantar hoy", "hoy"),
        ("fr", "Pourquoi planter maintenant", "maintenant"),
        ("it", "Perché piantare oggi", "oggi"),
        ("pt", "Por que plantar hoje", "hoje"),
    ] {
        let score = score_hook(code, headline, "");
        check(&score, "urgency", 6.0);
        // the word itself, and that the headline begins with it: 2
        check(&score, "curiosity_gap", 8.0);
        assert!(dimension(&score, "urgency").evidence[0].contains(cue), "{code}");
        assert_eq!(dimension(&score, "sentiment").value, None, "{code}");
    }
    let polish = score_hook("pl", "Dlaczego fasola", "");
    for name in ["readability", "sentiment", "specificity", "urgency", "curiosity_gap"] {
        assert_eq!(dimension(&polish, name).value, None, "{name}");
    }
}

#[test]
fn ten_hooks_of_a_real_page_are_told_apart() {
    let source = book_page("ch04-01-what-is-ownership.html");
    let hooks = [
        "Ownership is a set of rules that govern how a Rust program manages memory",
        "Why does a moved string stop working?",
        "Each value in Rust has one owner: 3 rules to know",
        "Most people get the heap wrong",
        "How to copy a string without a surprise",
        "You don't need a garbage collector",
        "The hidden cost of the heap",
        "Stop cloning everything now",
        "Memory is freed when its owner goes out of scope",
        "What happens to s1 after let s2 = s1?",
    ];
    let totals: Vec<f64> = hooks.iter().map(|hook| score_hook("en", hook, &source).total).collect();
    let tenths: std::collections::BTreeSet<i64> =
        totals.iter().map(|total| (total * 10.0).round() as i64).collect();
    let spread = totals.iter().copied().fold(0.0, f64::max) - totals.iter().copied().fold(10.0, f64::min);
    assert!(tenths.len() >= 8, "{totals:?}");
    assert!(spread > 1.5, "{totals:?}");
}
