//! Reads a site's page for what it says of its business. Everything in it is from outside.

use std::collections::BTreeMap;

use dom_query::Document;
use domain::content::Color;
use url::Url;

/// What the page itself says, and where more is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clues {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) handle: String,
    theme_color: Option<Color>,
    /// The page's own style elements.
    styles: String,
    /// Of the page's own host.
    pub(crate) stylesheets: Vec<Url>,
    /// The likeliest logo first.
    pub(crate) pictures: Vec<Url>,
}

/// Most stylesheets, pictures and colours.
const STYLESHEETS: usize = 2;
const PICTURES: usize = 3;
const COLORS: usize = 5;
/// The longest title and description, in characters.
const TITLE: usize = 200;
const DESCRIPTION: usize = 1_000;

/// A page that nests deeper than this is passed over: the time to read one grows with the square.
const DEEPEST: usize = 1_000;

pub(crate) fn read(html: &str, page: &Url) -> Clues {
    if nesting(html) > DEEPEST {
        return Clues::default();
    }
    let document = Document::from(html);
    let said = |selector: &str, attribute: &str| {
        let found = document.select(selector);
        found.iter().find_map(|one| one.attr(attribute)).map(|text| text.to_string())
    };
    let filled = |text: &String| !text.trim().is_empty();
    let title = said("meta[property='og:site_name']", "content")
        .filter(filled)
        .or_else(|| said("meta[property='og:title']", "content").filter(filled))
        .unwrap_or_else(|| {
            document.select("title").iter().next().map(|one| one.text().to_string()).unwrap_or_default()
        });
    let description = said("meta[name='description']", "content")
        .filter(filled)
        .or_else(|| said("meta[property='og:description']", "content"))
        .unwrap_or_default();
    let addresses = |selector: &str, attribute: &str| -> Vec<Url> {
        let found = document.select(selector);
        found.iter().filter_map(|one| page.join(one.attr(attribute)?.trim()).ok()).collect()
    };
    let own = |url: &Url| url.host_str() == page.host_str();
    let styles: Vec<String> = document.select("style").iter().map(|one| one.text().to_string()).collect();
    let mut pictures =
        addresses("img[class*='logo'], img[id*='logo'], img[alt*='logo'], img[src*='logo']", "src");
    pictures.extend(addresses("link[rel~='apple-touch-icon']", "href"));
    pictures.extend(addresses("link[rel~='icon']", "href"));
    pictures.extend(addresses("meta[property='og:image']", "content"));
    Clues {
        title: tidy(&title, TITLE),
        description: tidy(&description, DESCRIPTION),
        handle: addresses("a[href*='instagram.com/']", "href").iter().find_map(handle).unwrap_or_default(),
        theme_color: said("meta[name='theme-color']", "content").and_then(|text| text.trim().parse().ok()),
        styles: styles.concat(),
        stylesheets: unique(addresses("link[rel~='stylesheet']", "href"), STYLESHEETS, own),
        pictures: unique(pictures, PICTURES, |url| matches!(url.scheme(), "http" | "https")),
    }
}

/// How deep the tags nest at most, seen roughly: what is never closed counts until the end.
fn nesting(html: &str) -> usize {
    const VOID: [&str; 9] = ["br", "img", "hr", "input", "meta", "link", "li", "p", "source"];
    let (mut now, mut most, mut rest) = (0_usize, 0, html);
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let closes = rest.starts_with('/');
        let name = rest.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let name = name.to_ascii_lowercase();
        let end = rest.find('>').unwrap_or(rest.len());
        let is_empty = rest[..end].ends_with('/') || VOID.contains(&name.as_str()) || name.is_empty();
        if closes {
            now = now.saturating_sub(usize::from(!VOID.contains(&name.as_str())));
        } else if !is_empty {
            now += 1;
            most = most.max(now);
        }
        // What looks like tags in a script is none.
        if !closes
            && name == "script"
            && let Some(end) = rest.find("</script")
        {
            rest = &rest[end..];
        }
    }
    most
}

/// One line without needless spaces.
fn tidy(text: &str, most: usize) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    line.join(" ").chars().take(most).collect()
}

fn unique(urls: Vec<Url>, most: usize, is_wanted: impl Fn(&Url) -> bool) -> Vec<Url> {
    let mut kept: Vec<Url> = Vec::new();
    for url in urls {
        if kept.len() < most && is_wanted(&url) && !kept.contains(&url) {
            kept.push(url);
        }
    }
    kept
}

/// The name in an address such as `https://www.instagram.com/name/`.
fn handle(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    if host != "instagram.com" && !host.ends_with(".instagram.com") {
        return None;
    }
    let name = url.path_segments()?.next()?;
    let is_name = (1..=30).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
    // Posts and the like stand where a name would.
    (is_name && !["p", "reel", "reels", "explore", "stories", "tv"].contains(&name)).then(|| name.to_owned())
}

/// The page's theme colour, then the commonest saturated colours of its styles.
pub(crate) fn colors(clues: &Clues, sheets: &[String]) -> Vec<Color> {
    let mut counts: BTreeMap<String, (usize, Color)> = BTreeMap::new();
    for style in sheets.iter().chain([&clues.styles]) {
        for color in hex_colors(style).filter(|color| is_saturated(*color)) {
            counts.entry(color.to_string()).or_insert((0, color)).0 += 1;
        }
    }
    let mut counted: Vec<(usize, Color)> = counts.into_values().collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let mut colors: Vec<Color> = Vec::new();
    for color in clues.theme_color.into_iter().chain(counted.into_iter().map(|(_, color)| color)) {
        if colors.len() < COLORS && !colors.contains(&color) {
            colors.push(color);
        }
    }
    colors
}

/// Every `#rgb` and `#rrggbb` of a style.
fn hex_colors(style: &str) -> impl Iterator<Item = Color> {
    style.split('#').skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_hexdigit).take(9).collect();
        let six = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits,
            _ => return None,
        };
        format!("#{six}").parse().ok()
    })
}

/// Whether a colour is one that a brand is known by: no grey, nothing nearly black or white.
fn is_saturated(color: Color) -> bool {
    let channels = [color.red, color.green, color.blue];
    let (least, most) = (channels.iter().min().copied(), channels.iter().max().copied());
    let (least, most) = (least.unwrap_or_default(), most.unwrap_or_default());
    most >= 60 && most - least >= 60
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{Clues, colors, read};

    fn page(html: &str) -> Clues {
        read(html, &Url::parse("https://www.example.org/about/").unwrap())
    }

    #[test]
    fn a_page_is_read_for_what_it_says() {
        let clues = page(
            "<html><head><title>Bakery | Home</title>
             <meta property='og:title' content='Ada&#39;s  Bakery'><meta name=description content='Bread with time.'>
             <meta name='theme-color' content='#1d4ed8'>
             <link rel='stylesheet' href='/a.css'><link rel='stylesheet' href='https://cdn.example.net/b.css'>
             <link rel='stylesheet' href='c.css'><link rel='stylesheet' href='d.css'>
             <link rel='shortcut icon' href='data:image/png;base64,xx'><link rel='apple-touch-icon' href='/touch.png'>
             <style>a{color:#E11D48}b{color:#e11d48;background:#fff}i{color:#0a0}</style></head>
             <body><img class='site-logo' src='../logo.png'>
             <a href='https://instagram.com/p/xyz'>post</a><a href='https://www.instagram.com/ada.bakes/?hl=en'>us</a>
             <a href='https://notinstagram.com/evil'>no</a></body></html>",
        );
        assert_eq!((clues.title.as_str(), clues.description.as_str()), ("Ada's Bakery", "Bread with time."));
        assert_eq!(clues.handle, "ada.bakes");
        let urls = |urls: &[Url]| urls.iter().map(Url::to_string).collect::<Vec<_>>();
        assert_eq!(
            urls(&clues.stylesheets),
            ["https://www.example.org/a.css", "https://www.example.org/about/c.css"]
        );
        assert_eq!(
            urls(&clues.pictures),
            ["https://www.example.org/logo.png", "https://www.example.org/touch.png"]
        );
        let sheet = "x{color:#0a0}y{fill:#00aa00}#add{}#header{color:#777}z{color:#e11d48}".to_owned();
        let found: Vec<_> = colors(&clues, &[sheet]).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["#1d4ed8", "#00aa00", "#e11d48"]);
    }

    #[test]
    fn a_page_that_says_nothing_suggests_nothing() {
        let clues = page("<p>Hello");
        assert!(clues.title.is_empty() && clues.handle.is_empty() && clues.pictures.is_empty());
        assert!(colors(&clues, &["#".to_owned(), "#12#zzzzzz#1234567890".to_owned()]).is_empty());
        for tag in ["<div>", "<b class=x>", "<a><", "<x><p>"] {
            let deep = page(&format!("<title>Deep</title>{}", tag.repeat(100_000)));
            assert!(deep.title.is_empty(), "{tag}");
        }
        let long = page(&format!(
            "<title>Long</title>{}",
            "<svg><path d=''/></svg><p>a<br><img src=x>".repeat(20_000)
        ));
        assert_eq!(long.title, "Long");
        assert_eq!(page(&format!("<title>{}</title>", "x".repeat(5_000))).title.len(), 200);
    }
}
