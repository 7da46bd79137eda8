//! Language, sentences, words and syllables on texts that nobody here wrote, and on any text.

use domain::Language;
use proptest::prelude::*;

use super::{detect_language, is_stop_word, sentences, stem, syllables, words};

/// Article 1 of the Universal Declaration of Human Rights (United Nations, 1948).
const ARTICLE_1: [(&str, &str); 8] = [
    (
        "en",
        "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.",
    ),
    (
        "de",
        "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.",
    ),
    (
        "es",
        "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
    ),
    (
        "fr",
        "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.",
    ),
    (
        "it",
        "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.",
    ),
    (
        "pt",
        "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, devem agir uns para com os outros em espírito de fraternidade.",
    ),
    (
        "ar",
        "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء.",
    ),
    (
        "he",
        "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחוה.",
    ),
];

#[test]
fn the_languages_are_told_apart() {
    for (code, text) in ARTICLE_1 {
        assert_eq!(detect_language(text), Some(code.parse().unwrap()), "{code}");
    }
    let japanese = "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。";
    assert_eq!(detect_language(japanese).unwrap().code(), "ja");
    assert_eq!(detect_language("人人生而自由，在尊严和权利上一律平等。").unwrap().code(), "zh");
}

#[test]
fn what_says_too_little_or_is_unknown_is_none() {
    let polish = "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.";
    for text in [
        "",
        "😀🎉",
        "OK",
        "1234 5678 9012",
        polish,
        "asdf qwer zxcv uiop hjkl bnm tyu vbn jkl mno pqr stu vwx yza",
    ] {
        assert_eq!(detect_language(text), None, "{text}");
    }
}

#[test]
fn abbreviations_do_not_end_a_sentence() {
    assert_eq!(
        sentences("Dr. Smith came at 5 p.m. on Monday. He left.", Language::ENGLISH),
        ["Dr. Smith came at 5 p.m. on Monday.", "He left."]
    );
    assert_eq!(
        sentences("Das ist z. B. am 3. Mai so. Dann nicht.", Language::GERMAN),
        ["Das ist z. B. am 3. Mai so.", "Dann nicht."]
    );
    assert_eq!(sentences("One\n\ntwo", Language::ENGLISH), ["One", "two"]);
    assert!(sentences(" \n ", Language::ENGLISH).is_empty());
}

#[test]
fn a_text_without_paragraphs_keeps_its_sentences() {
    let text = "The quick brown fox jumps over the lazy dog. ".repeat(1_000);
    let sentences = sentences(&text, Language::ENGLISH);
    assert_eq!(sentences.len(), 1_000);
    assert!(sentences.iter().all(|sentence| *sentence == "The quick brown fox jumps over the lazy dog."));
}

#[test]
fn words_stems_and_stop_words() {
    assert_eq!(words("Don't stop: 3.5 km—go!"), ["Don't", "stop", "3.5", "km", "go"]);
    assert_eq!(stem("Running", Language::ENGLISH), "run");
    assert_eq!(stem("Häuser", Language::GERMAN), "haus");
    for (word, language) in
        [("The", "en"), ("UND", "de"), ("les", "fr"), ("los", "es"), ("gli", "it"), ("uma", "pt")]
    {
        assert!(is_stop_word(word, language.parse().unwrap()), "{word}");
    }
    assert!(!is_stop_word("garden", Language::ENGLISH));
    assert!(!is_stop_word("computer", Language::ENGLISH));
}

#[test]
fn syllables_as_a_dictionary_counts_them() {
    let cases: [(&str, &[(&str, usize)]); 6] = [
        (
            "en",
            &[
                ("the", 1),
                ("free", 1),
                ("equal", 2),
                ("dignity", 3),
                ("table", 2),
                ("jumped", 1),
                ("wanted", 2),
                ("nation", 2),
                ("beautiful", 3),
                ("science", 2),
                ("idea", 3),
                ("boxes", 2),
                ("times", 1),
                ("education", 4),
                ("people", 2),
                ("being", 2),
            ],
        ),
        (
            "de",
            &[
                ("Menschen", 2),
                ("Würde", 2),
                ("Häuser", 2),
                ("Brüderlichkeit", 4),
                ("Radio", 3),
                ("Feuer", 2),
                ("Eier", 2),
                ("Quelle", 2),
                ("Tee", 1),
                ("Nation", 3),
            ],
        ),
        (
            "es",
            &[
                ("humanos", 3),
                ("nacen", 2),
                ("que", 1),
                ("país", 2),
                ("razón", 2),
                ("teatro", 3),
                ("cuidado", 3),
                ("guía", 2),
            ],
        ),
        (
            "fr",
            &[
                ("libre", 1),
                ("êtres", 1),
                ("dignité", 3),
                ("raison", 2),
                ("eau", 1),
                ("table", 1),
                ("les", 1),
            ],
        ),
        ("it", &[("umani", 3), ("nascono", 3), ("uomo", 2), ("poeta", 3), ("città", 2)]),
        ("pt", &[("humanos", 3), ("razão", 2), ("coração", 3), ("livre", 2), ("poeta", 3)]),
    ];
    for (code, words) in cases {
        for (word, count) in words {
            assert_eq!(syllables(word, code.parse().unwrap()), *count, "{code}: {word}");
        }
    }
    assert_eq!(syllables("123", Language::ENGLISH), 0);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}|[A-Za-z.!?א\u{fffd}\n ]{0,200}") {
        let _ = detect_language(&text);
        for code in ["en", "de", "ja", "ar", "xx"] {
            let language = code.parse().unwrap();
            let joined: String = sentences(&text, language).concat();
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&joined), bare(&text));
            for word in words(&text) {
                let letters = word.chars().any(char::is_alphabetic);
                prop_assert_eq!(syllables(word, language) > 0, letters);
                let _ = stem(word, language);
            }
        }
    }
}
