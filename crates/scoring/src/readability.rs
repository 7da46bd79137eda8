//! Reading ease by the published formula of each language; a language without one is not measured.

use domain::Language;

use crate::measure::{Measure, NOTHING_TO_CHANGE, counted, mean};
use crate::text::{sentences, syllables, words};

/// The counts that a formula is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub words: usize,
    pub sentences: usize,
    pub syllables: usize,
    /// Letters and digits.
    pub letters: usize,
}

/// The counts of a text; a text with words has at least one sentence.
#[must_use]
pub fn counts(text: &str, language: Language) -> Counts {
    let words = words(text);
    let with_words =
        sentences(text, language).into_iter().filter(|sentence| sentence.contains(char::is_alphanumeric));
    Counts {
        words: words.len(),
        sentences: with_words.count().max(usize::from(!words.is_empty())),
        // A number is read out as a word of its own: one beat is the least it can be.
        syllables: words.iter().map(|word| syllables(word, language).max(1)).sum(),
        letters: words.iter().map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum(),
    }
}

/// The name of a language's formula.
#[must_use]
pub fn formula(language: Language) -> Option<&'static str> {
    Some(match language.code() {
        "en" => "Flesch 1948",
        "de" => "Amstad 1978",
        "es" => "Fernández Huerta 1959",
        "fr" => "Kandel and Moles 1958",
        "it" => "Gulpease 1988",
        "pt" => "Martins et al. 1996",
        _ => return None,
    })
}

/// Reading ease, about 0 (hard) to 100 (easy), unbounded both ways as published;
/// `None` without words or without a published formula.
///
/// - English, Flesch (1948): 206.835 - 1.015 W/S - 84.6 Y/W
/// - German, Amstad (1978): 180 - W/S - 58.5 Y/W
/// - Spanish, Fernández Huerta (1959): 206.84 - 1.02 W/S - 60 Y/W
/// - French, Kandel and Moles (1958): 207 - 1.015 W/S - 73.6 Y/W
/// - Italian, Gulpease (Lucisano and Piemontese 1988): 89 + 300 S/W - 10 L/W
/// - Portuguese, Martins et al. (1996): 248.835 - 1.015 W/S - 84.6 Y/W
///
/// with W words, S sentences, Y syllables, L letters.
#[must_use]
pub fn reading_ease(counts: Counts, language: Language) -> Option<f64> {
    if counts.words == 0 || counts.sentences == 0 {
        return None;
    }
    let words = counts.words as f64;
    let per_sentence = words / counts.sentences as f64;
    let per_word = counts.syllables as f64 / words;
    Some(match language.code() {
        "en" => 206.835 - 1.015 * per_sentence - 84.6 * per_word,
        "de" => 180.0 - per_sentence - 58.5 * per_word,
        "es" => 206.84 - 1.02 * per_sentence - 60.0 * per_word,
        "fr" => 207.0 - 1.015 * per_sentence - 73.6 * per_word,
        "it" => 89.0 + 300.0 / per_sentence - 10.0 * counts.letters as f64 / words,
        "pt" => 248.835 - 1.015 * per_sentence - 84.6 * per_word,
        _ => return None,
    })
}

/// Readability of one or more texts: the mean of their reading ease, a tenth of it
/// as the value, held within 0..=10.
pub(crate) fn readability<'t>(
    texts: impl IntoIterator<Item = (String, &'t str)>,
    language: Language,
) -> Measure {
    let Some(name) = formula(language) else {
        return Measure::unmeasured(format!(
            "No reading formula is published for “{language}”, so nothing is claimed."
        ));
    };
    let mut eases = Vec::new();
    let mut evidence = Vec::new();
    let mut hardest: Option<(f64, String)> = None;
    for (place, text) in texts {
        let counts = counts(text, language);
        let Some(ease) = reading_ease(counts, language) else { continue };
        let ease = ease.clamp(0.0, 100.0);
        evidence.push(format!(
            "{place}reading ease {ease:.0} ({name}): {}, {}, {}",
            counted(counts.words, "word"),
            counted(counts.sentences, "sentence"),
            counted(counts.syllables, "syllable")
        ));
        if hardest.as_ref().is_none_or(|(least, _)| ease < *least) {
            hardest = Some((ease, place));
        }
        eases.push(ease);
    }
    let (Some(mean), Some((least, place))) = (mean(&eases), hardest) else {
        return Measure::unmeasured("There are no words to read.");
    };
    let advice = if least >= 50.0 {
        NOTHING_TO_CHANGE.to_owned()
    } else {
        format!("Use shorter words and sentences{}.", at_place(&place))
    };
    Measure::new(mean / 10.0, evidence, advice)
}

fn at_place(place: &str) -> String {
    let place = place.trim_end_matches([':', ' ']);
    if place.is_empty() { String::new() } else { format!(" on {place}, which reads hardest") }
}

#[cfg(test)]
mod tests {
    use super::{Counts, counts, readability, reading_ease};
    use domain::Language;

    #[test]
    fn article_1_by_hand() {
        // All(1) hu-man(2) be-ings(2) are(1) born(1) free(1) and(1) e-qual(2) in(1) dig-ni-ty(3) and(1) rights(1) = 17
        let text = "All human beings are born free and equal in dignity and rights.";
        let counted = counts(text, Language::ENGLISH);
        assert_eq!(counted, Counts { words: 12, sentences: 1, syllables: 17, letters: 51 });
        // 206.835 - 1.015 * 12 - 84.6 * 17/12 = 206.835 - 12.18 - 119.85 = 74.805
        assert!((reading_ease(counted, Language::ENGLISH).unwrap() - 74.805).abs() < 1e-9);
        let measure = readability([(String::new(), text)], Language::ENGLISH);
        assert!((measure.value.unwrap() - 7.4805).abs() < 1e-9);
    }

    #[test]
    fn the_other_five_by_hand() {
        let counts = Counts { words: 20, sentences: 2, syllables: 36, letters: 100 };
        let ease = |code: &str| reading_ease(counts, code.parse().unwrap());
        for (code, by_hand) in [
            ("de", 180.0 - 10.0 - 58.5 * 1.8),    // 64.7
            ("es", 206.84 - 10.2 - 60.0 * 1.8),   // 88.64
            ("fr", 207.0 - 10.15 - 73.6 * 1.8),   // 64.37
            ("it", 89.0 + 30.0 - 50.0),           // 69
            ("pt", 248.835 - 10.15 - 84.6 * 1.8), // 86.405
        ] {
            assert!((ease(code).unwrap() - by_hand).abs() < 1e-9, "{code}");
        }
        assert_eq!(ease("pl"), None);
        assert_eq!(readability([(String::new(), "Wszyscy ludzie")], "pl".parse().unwrap()).value, None);
    }
}
