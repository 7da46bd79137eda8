//! Bytes to text, or a sentence that says why they are none.

use domain::SourceKind;
use thiserror::Error;

/// The longest source text that is read, in bytes.
const LARGEST: usize = 20 * 1024 * 1024;

/// Why there is no article in what was given; each says the mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("the text is empty; give a file with an article in it")]
    Empty,
    #[error("this is a {0}, not a text; save it as Markdown, plain text or HTML and give that")]
    Binary(&'static str),
    #[error("the text is {} MB long and at most {} MB are read; give one article at a time", .0 / 1_000_000, LARGEST / 1_000_000)]
    TooLarge(usize),
    #[error(
        "this is a manual page in the language of its printer; give what it prints: man -l FILE | col -b > text.txt"
    )]
    Manual,
    #[error("there is a title but no text below it; write or paste the text there")]
    TitleAlone,
    #[error("there are no sentences in it; give a text that has some")]
    NoText,
    #[error("no article was found on the page; copy its text into a plain text file and give that")]
    NoArticle,
}

/// The files that people give by mistake, by how they begin.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "zip archive or office document"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"RIFF", "media file"),
    (b"\x7fELF", "program"),
    (b"\x1f\x8b", "compressed file"),
    (b"\xd0\xcf\x11\xe0", "old office document"),
    (b"SQLite format 3", "database"),
    (b"{\\rtf", "rich-text document"),
];

/// Decodes UTF-8, UTF-16 with a byte order mark, or Windows-1252 where that is plausible.
///
/// # Errors
/// Where the bytes are empty, too many, or no text.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge(bytes.len()));
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Unreadable::Binary(what));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => not_utf8(bytes)?,
        },
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    if control_share(&text) > 0.02 {
        return Err(Unreadable::Binary("binary file"));
    }
    Ok(text.replace('\0', ""))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A few broken sequences in an otherwise sound UTF-8 text are replaced; a text whose high
/// bytes are mostly single letters between ASCII ones is Windows-1252.
fn not_utf8(bytes: &[u8]) -> Result<String, Unreadable> {
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let sound = lossy.chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER).count();
    if sound > broken * 4 || (sound > 0 && broken <= 2) {
        return Ok(lossy.replace(char::REPLACEMENT_CHARACTER, ""));
    }
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let control = bytes.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0c".contains(byte)).count();
    // No text of the languages that this encoding was for has these two: they are broken bytes.
    let broken_bytes = bytes.iter().filter(|byte| **byte >= 0xfe).count();
    if control > 0 || broken_bytes > 0 || high * 3 > bytes.len() {
        return Err(Unreadable::Binary("binary file"));
    }
    Ok(bytes.iter().map(|byte| windows_1252(*byte)).collect())
}

fn control_share(text: &str) -> f64 {
    let controls = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}')).count();
    controls as f64 / text.chars().count().max(1) as f64
}

/// The characters of 0x80 to 0x9f by the WHATWG encoding standard; the rest is Latin-1.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// How a text is written, by its name's ending where it has a telling one, else by its look.
#[must_use]
pub fn source_kind(bytes: &[u8], name: Option<&str>) -> SourceKind {
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("html" | "htm" | "xhtml") => return SourceKind::Html,
        Some("md" | "markdown" | "mdown" | "mkd") => return SourceKind::Markdown,
        _ => {}
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("<!doctype html") || start.starts_with("<html") || start.contains("<body") {
        return SourceKind::Html;
    }
    if start.starts_with('<')
        && ["<p>", "<p ", "<h1", "<div", "<article"].iter().any(|tag| start.contains(tag))
    {
        return SourceKind::Html;
    }
    if looks_like_markdown(start) { SourceKind::Markdown } else { SourceKind::Plain }
}

fn looks_like_markdown(text: &str) -> bool {
    let signs = text.lines().map(|line| {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        let heading = (1..=6).contains(&marks) && line[marks..].starts_with(' ');
        let fence = line.starts_with("```");
        let link = line.contains("](");
        // Stars with blanks inside are a frame.
        let strong = line.matches("**").count() >= 2 && !line.contains("** ") && !line.contains("***")
            || line
                .split("**")
                .skip(1)
                .step_by(2)
                .any(|inner| inner.trim() == inner && inner.contains(char::is_alphabetic));
        usize::from(heading || fence || strong) * 2 + usize::from(link)
    });
    signs.sum::<usize>() >= 2
}

#[cfg(test)]
mod tests {
    use super::{Unreadable, decode, source_kind};
    use domain::SourceKind;

    #[test]
    fn utf8_utf16_and_windows_1252_are_read() {
        assert_eq!(decode("\u{feff}Größe".as_bytes()).unwrap(), "Größe");
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Größe".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&utf16).unwrap(), "Größe");
        assert_eq!(decode(b"Gr\xf6\xdfe und \x93Zitat\x94").unwrap(), "Größe und “Zitat”");
    }

    #[test]
    fn what_is_no_text_is_refused_in_a_sentence() {
        assert_eq!(decode(b""), Err(Unreadable::Empty));
        assert_eq!(decode(b"%PDF-1.7"), Err(Unreadable::Binary("PDF")));
        let noise: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let error = decode(&noise).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this is a binary file, not a text; save it as Markdown, plain text or HTML and give that"
        );
    }

    #[test]
    fn the_kind_is_known_by_name_or_look() {
        assert_eq!(source_kind(b"x", Some("a.md")), SourceKind::Markdown);
        assert_eq!(source_kind(b"<!DOCTYPE html><p>x", None), SourceKind::Html);
        assert_eq!(source_kind(b"# Title\n\nText.", Some("README")), SourceKind::Markdown);
        assert_eq!(source_kind(b"Just a text.", Some("a.txt")), SourceKind::Plain);
    }
}
