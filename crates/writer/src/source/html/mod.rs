//! HTML to an article: the main text by the page's own marks or by `dom_smoothie`,
//! without navigation, captions, notes and what is hidden.

mod items;
mod node;
mod walk;

use dom_query::Document;

use super::article::{Article, Passage};
use super::{clean, plain};
use walk::walk;

/// Deeper nesting than this is no article; reading on would only cost the stack.
const DEEPEST: usize = 200;
/// A semantic element with fewer characters than this is no main text.
const LEAST: usize = 250;

pub(super) fn read(text: &str) -> Article {
    if depth(text) > DEEPEST * 2 {
        return plain::read(&without_tags(text));
    }
    let document = Document::from(text);
    let mut article = own_reading(&document).unwrap_or_else(|| {
        let mut whole = Article::default();
        let body = document.body();
        if let Some(body) = &body {
            walk(&mut whole, body);
        }
        // What is found is the main text, unless it is a small part of a page that is text all over.
        let is_text = body.is_some_and(|body| !node::is_linked(&body, 15));
        let headings =
            |article: &Article| article.sections.iter().filter(|one| one.heading.is_some()).count();
        let part = |found: &Article| {
            is_text && (characters(found) * 3 < characters(&whole) || headings(found) * 3 < headings(&whole))
        };
        main_text(text).filter(|found| !part(found)).unwrap_or(whole)
    });
    article.title = title(&document, &article).or(article.title);
    article.published = published(&document);
    article
}

/// How deep the tags nest, at most; void elements count as closed.
fn depth(text: &str) -> usize {
    const OPEN_ENDED: [&str; 10] = ["<br", "<img", "<hr", "<in", "<meta", "<link", "<li", "<p", "<!", "<t"];
    let (mut now, mut most) = (0_usize, 0);
    for (at, _) in text.match_indices('<') {
        let rest = text[at..].get(..5).unwrap_or(&text[at..]);
        if rest.starts_with("</") {
            now = now.saturating_sub(1);
        } else if !OPEN_ENDED.iter().any(|tag| rest.starts_with(tag)) {
            now += 1;
            most = most.max(now);
        }
    }
    most
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The one element by which the page itself names its main text.
fn own_reading(document: &Document) -> Option<Article> {
    let named = ["main", "[role=main]", "article"].iter().find_map(|name| {
        let found = document.select(name);
        (found.length() == 1).then(|| found.nodes().first().copied()).flatten()
    })?;
    let mut article = Article::default();
    walk(&mut article, &named);
    (characters(&article) >= LEAST).then_some(article)
}

/// Old names of inline elements, at which the search for the main text would break a paragraph.
const OLD: &[(&str, &str)] =
    &[("acronym", "abbr"), ("tt", "code"), ("font", "span"), ("big", "span"), ("u", "span")];

fn modern(text: &str) -> String {
    let mut text = text.to_owned();
    for (old, new) in OLD {
        for (before, after) in [("<", ">"), ("<", " "), ("</", ">")] {
            let mark = format!("{before}{old}{after}");
            if text.contains(&mark) {
                text = text.replace(&mark, &format!("{before}{new}{after}"));
            }
        }
    }
    text
}

fn main_text(text: &str) -> Option<Article> {
    let config = dom_smoothie::Config { keep_classes: true, ..Default::default() };
    let found = dom_smoothie::Readability::new(modern(text), None, Some(config)).ok()?.parse().ok()?;
    let content = Document::fragment(found.content);
    let mut article = Article { title: Some(found.title), ..Article::default() };
    walk(&mut article, &content.root());
    (characters(&article) >= LEAST).then_some(article)
}

fn characters(article: &Article) -> usize {
    let texts = article.sections.iter().flat_map(|section| &section.passages);
    texts.map(|passage| if let Passage::Paragraph(text) = passage { text.len() } else { 0 }).sum()
}

/// The first heading of the main text where it stands above all others, else the page's one great
/// heading, else the page's title without the site's name.
fn title(document: &Document, article: &Article) -> Option<String> {
    let page = clean::line(&document.select("title").text());
    if let Some(first) = article.sections.first()
        && let Some(heading) = &first.heading
        && (first.level == 1 || article.sections[1..].iter().all(|other| other.level > first.level))
    {
        return Some(heading.clone());
    }
    let name = [" | ", " - ", " – ", " — ", " · ", " :: "].iter().find_map(|cut| page.split_once(cut));
    let title = name.map_or(page.as_str(), |(title, _)| title);
    let great = document.select("h1");
    let great = great.nodes().iter().filter(|one| !node::is_dropped(one)).collect::<Vec<_>>();
    let heading = if let [one] = great.as_slice() { node::inline(one, 0) } else { String::new() };
    [heading, title.to_owned()].into_iter().find(|title| !title.trim().is_empty())
}

fn published(document: &Document) -> Option<String> {
    let meta = document.select("meta[property='article:published_time']").attr("content");
    let date = meta.or_else(|| document.select("article time[datetime]").attr("datetime"))?;
    Some(date.chars().take(10).collect())
}

/// What Markdown was rendered to: all of it is the text.
pub(super) fn read_rendered(html: &str) -> Article {
    if depth(html) > DEEPEST * 2 {
        return plain::read(&without_tags(html));
    }
    let mut article = Article::default();
    if let Some(body) = Document::from(html).body() {
        walk(&mut article, &body);
    }
    article
}
