//! Where long words may break, by the patterns of their language.

use domain::Language;
use hypher::Lang;
use unicode_segmentation::UnicodeSegmentation;

/// Shortest word that is broken, in letters.
const SHORTEST: usize = 8;

/// The text with a soft hyphen wherever a word of at least `shortest` letters may break; as it is
/// in a language without patterns.
pub(crate) fn soften(text: &str, language: Language, shortest: usize) -> String {
    let Some(patterns) = patterns(language) else { return text.to_owned() };
    text.split_word_bounds().map(|word| broken(word, patterns, shortest.max(SHORTEST))).collect()
}

fn broken(word: &str, patterns: Lang, shortest: usize) -> String {
    if word.chars().count() < shortest || !word.chars().all(char::is_alphabetic) {
        return word.to_owned();
    }
    hypher::hyphenate(word, patterns).join("\u{ad}")
}

fn patterns(language: Language) -> Option<Lang> {
    let code: [u8; 2] = language.code().as_bytes().try_into().ok()?;
    Lang::from_iso(code)
}

#[cfg(test)]
mod tests {
    use super::soften;
    use domain::Language;

    #[test]
    fn long_words_break_where_their_language_does() {
        let softened = soften("Die Geschwindigkeitsbegrenzung gilt.", Language::GERMAN, 8);
        assert_eq!(softened.replace('\u{ad}', "-"), "Die Ge-schwin-dig-keits-be-gren-zung gilt.");
    }

    #[test]
    fn short_words_figures_and_unknown_languages_stay() {
        assert_eq!(soften("seven 12345678 x9x9x9x9", Language::ENGLISH, 8), "seven 12345678 x9x9x9x9");
        let arabic = "ar".parse().unwrap();
        assert_eq!(soften("المسؤولياتالكبيرة", arabic, 8), "المسؤولياتالكبيرة");
    }
}
