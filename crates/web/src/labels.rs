//! What the field of a problem is called on a page: `slides[2].block.items[1]` is "Slide 3, List 2".

use fluent_bundle::FluentValue;

use crate::catalogue::Catalogue;

/// The field as forms call it; as it is where they have no name for any part of it.
pub(crate) fn field(words: &Catalogue, field: &str) -> String {
    let parts: Vec<String> = field.split('.').filter_map(|part| called(words, part)).collect();
    if parts.is_empty() { field.to_owned() } else { parts.join(", ") }
}

/// One step of the way to a field; `None` where no form has a name for it.
fn called(words: &Catalogue, part: &str) -> Option<String> {
    let end = part.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(part.len());
    let (name, place) = part.split_at(end);
    let number = number(place);
    if let ("slides", Some(n)) = (name, number) {
        return Some(words.fill("slide-n", &[("n", FluentValue::from(n))]));
    }
    let key = format!("label-{}", name.replace('_', "-"));
    let label = words.has(&key).then(|| words.text(&key))?;
    Some(number.map_or_else(|| label.clone(), |n| format!("{label} {n}")))
}

/// People count from 1; so do lines of code, but entries of a list begin at 0.
fn number(place: &str) -> Option<i64> {
    let digits: String = place.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().ok()?;
    Some(if place.starts_with('[') { number.saturating_add(1) } else { number })
}

#[cfg(test)]
mod tests {
    use super::field;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_field_is_called_as_its_form_calls_it() {
        let words = Catalogue::of("de").unwrap();
        for (path, called) in [
            ("slides[2].headline", "Folie 3, Überschrift"),
            ("slides[0].block.items[1]", "Folie 1, Liste 2"),
            ("slides[4].block.code line 3", "Folie 5, Code 3"),
            ("slides", "Folien"),
            ("stages.caption.alt_text[2]", "Bildunterschrift, Alternativtext 3"),
            ("words_to_avoid[0]", "Worte, die nicht vorkommen 1"),
            ("name", "Name"),
            ("Inzwischen geändert", "Inzwischen geändert"),
            ("nothing.of_ours", "nothing.of_ours"),
        ] {
            assert_eq!(field(words, path), called);
        }
    }
}
