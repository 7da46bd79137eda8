//! What a section holds beside running text, brought into the limits of a slide's block.

use domain::content::{Block, limits};
use scoring::text::{Figure, FigureKind};

use super::analysis::Analysis;
use super::lexicon::flat;
use super::sentence::{Sentence, capitalised};
use crate::source::Passage;

/// A figure that a reader would remember: an amount, not a date or a version.
pub(crate) fn is_telling(figure: &Figure) -> bool {
    match figure.kind {
        FigureKind::Percent | FigureKind::Money | FigureKind::Multiple => true,
        FigureKind::Measure => figure.unit.is_some() && figure.value.is_some_and(|value| value > 1.0),
        FigureKind::Count => figure.value.is_some_and(|value| value >= 100.0),
        _ => false,
    }
}

/// More items than this are a register, not a list to read.
const MOST_ITEMS: usize = 15;
/// More rows than this are looked up.
const MOST_ROWS: usize = 10;
/// A first sentence of an item up to this length names it, and tells nothing of it.
const LEAD_IN: usize = 34;

impl Analysis {
    /// A list as blocks of at most five items each: all of it, or nothing.
    ///
    /// Steps and other ordered items count from `start`.
    pub(crate) fn list(&self, start: Option<u32>, items: &[String]) -> Vec<Block> {
        let ordered = start.is_some();
        if !(2..=MOST_ITEMS).contains(&items.len()) {
            return vec![];
        }
        let shown: Option<Vec<String>> = items.iter().map(|item| self.item(item, ordered)).collect();
        let Some(mut texts) = shown else { return vec![] };
        if texts.iter().any(|text| !text.ends_with(['.', '!', '?', '。'])) {
            for text in &mut texts {
                *text = text.trim_end_matches(['.', ';', ',']).to_owned();
            }
        }
        bullets(&texts, start)
    }

    /// An item within a bullet's length: whole, else as many whole sentences as fit and tell something.
    fn item(&self, item: &str, in_sequence: bool) -> Option<String> {
        let item = item.trim().trim_end_matches([';', ',']).trim_end();
        let ends = ["; and", "; or", ", and", ", or", " and", " or"];
        let item = ends.iter().find_map(|end| item.strip_suffix(end)).unwrap_or(item);
        let fits = |text: &str| (1..=limits::BULLET).contains(&text.chars().count());
        let text = if fits(item) { item.to_owned() } else { self.shortened(item, in_sequence)? };
        let says = text.chars().any(char::is_alphanumeric);
        (says && !self.is_foreign(&text) && self.judge.item_stands(&text, in_sequence)).then_some(text)
    }

    /// The sentences at an item's start that fit; or of a step what names it, and the sentence with its figures.
    fn shortened(&self, item: &str, in_sequence: bool) -> Option<String> {
        let all = scoring::text::sentences(item, self.language);
        let fits = |text: &str| text.chars().count() <= limits::BULLET;
        let prefix =
            (1..=all.len()).rev().map(|count| (count, all[..count].join(" "))).find(|(count, text)| {
                let turned = all.get(*count).is_some_and(|next| self.judge.turns(next));
                fits(text) && !turned && (*count > 1 || !names(text))
            });
        if let Some((_, text)) = prefix {
            return Some(text);
        }
        let figures = |text: &str| text.chars().any(|c| c.is_ascii_digit());
        let lead = all.first().filter(|first| names(first));
        let telling =
            all.iter().find(|sentence| figures(sentence) && lead.is_none_or(|lead| lead != *sentence));
        let named = telling.map(|sentence| match lead {
            Some(lead) => format!("{lead} {sentence}"),
            None => (*sentence).to_owned(),
        });
        let bare = telling.map(|sentence| (*sentence).to_owned());
        let told = named.filter(|text| fits(text)).or(bare.filter(|text| fits(text)));
        let step =
            || all.iter().find(|sentence| !names(sentence) && fits(sentence)).map(|one| (*one).to_owned());
        let rest = || {
            let first = all.iter().find(|sentence| !names(sentence))?;
            self.first_clause(&lead.map_or((*first).to_owned(), |lead| format!("{lead} {first}")))
        };
        if !in_sequence {
            return None;
        }
        told.or_else(|| rest().or_else(step))
    }

    /// A step's first half where it tells two things to do: "Shape a ball and lay it in the basket."
    fn first_clause(&self, text: &str) -> Option<String> {
        let join = self.lexicon.label("and");
        if join.is_empty() {
            return None;
        }
        // What follows is told to do, too: "and lay", "und legen Sie".
        let tells = |at: &usize| {
            let rest = flat(&text[at + join.len()..], self.language);
            let first = rest.split_whitespace().next();
            self.tells(&rest) || first.is_some_and(|word| self.lexicon.words.verbs.has(word))
        };
        let found = text.match_indices(join).map(|(at, _)| at).filter(tells);
        let found = found.map(|at| text[..at].trim_end_matches(',').to_owned());
        found.filter(|clause| clause.chars().count() <= limits::BULLET && !names(clause)).last()
    }

    /// The entries of a long list that a reader of news looks for first, in their order.
    pub(crate) fn selected(&self, items: &[String]) -> Option<Block> {
        let news = &self.lexicon.cues.news;
        let fits = items.iter().filter_map(|item| {
            let text = self.item(item, false).filter(|text| text.split_whitespace().count() >= 3)?;
            let flat = flat(&text, self.language);
            Some((news.count(&flat), text.trim_end_matches('.').to_owned()))
        });
        let mut ranked: Vec<(usize, (usize, String))> = fits.enumerate().collect();
        ranked.sort_by_key(|(at, (news, _))| (std::cmp::Reverse(*news), *at));
        ranked.truncate(*limits::BULLETS.end());
        ranked.sort_by_key(|(at, _)| *at);
        let items: Vec<String> = ranked.into_iter().map(|(_, (_, text))| text).collect();
        (items.len() >= 3).then_some(Block::Bullets { items, numbered_from: None })
    }

    /// A table as a comparison of its columns, or a row a bullet.
    pub(crate) fn table(&self, header: &[String], rows: &[Vec<String>]) -> Vec<Block> {
        let width = header.len();
        let even = rows.iter().all(|row| row.len() == width);
        let tells = |cell: &String| cell.is_empty() || cell.chars().any(char::is_alphanumeric);
        let cells = || header.iter().chain(rows.iter().flatten());
        if !even || !(2..=4).contains(&width) || !(2..=MOST_ROWS).contains(&rows.len()) || !cells().all(tells)
        {
            return vec![];
        }
        if let Some(block) = self.comparison(header, rows) {
            return vec![block];
        }
        let lines: Option<Vec<String>> = rows.iter().map(|row| line(header, row)).collect();
        let fits = |text: &String| text.chars().count() <= limits::BULLET && !text.contains("://");
        match lines {
            Some(lines) if lines.iter().all(fits) => bullets(&lines, None),
            _ => vec![],
        }
    }

    /// One big figure and what it counts.
    pub(crate) fn stat(&self, sentence: &Sentence) -> Option<Block> {
        let text = &sentence.text;
        let telling: Vec<&Figure> = sentence.figures.iter().filter(|figure| is_telling(figure)).collect();
        // Two figures belong together: one of them alone would tell half.
        let [figure] = telling.as_slice() else { return None };
        let (before, after) = (text.get(..figure.span.start)?, text.get(figure.span.end..)?);
        // `64 bit` says of what kind something is, not how much of it there is.
        let kind = figure.text.to_lowercase();
        let kind = kind.ends_with("bit") || kind.ends_with("bits");
        if after.starts_with('-') || before.ends_with(['-', '−', '/']) || kind {
            return None;
        }
        let start = self.qualifier_start(before);
        // A bare count takes the noun that it counts with it: `212 trees`.
        let noun = after.split_whitespace().next().unwrap_or_default().trim_end_matches(['.', ',', ';']);
        let counts = figure.kind == FigureKind::Count
            && after.starts_with(' ')
            && noun.chars().all(char::is_alphabetic)
            && noun.chars().count() > 2
            && !scoring::text::is_stop_word(noun, self.language);
        let mut value = text[start..figure.span.end].trim().trim_end_matches(',').to_owned();
        if counts && value.chars().count() + noun.chars().count() < limits::STAT_VALUE {
            value = format!("{value} {noun}");
        }
        let rest = after.trim().trim_end_matches('.');
        let opens = text[..start].trim().is_empty();
        let label = if opens
            && !(counts && value.ends_with(noun))
            && rest.split_whitespace().count() >= 2
            && !rest.starts_with([',', ';', ':', '('])
        {
            rest
        } else {
            text.as_str()
        };
        let value = capitalised(&value);
        let fits = value.chars().count() <= limits::STAT_VALUE && label.chars().count() <= limits::STAT_LABEL;
        fits.then(|| Block::Stat { value, label: label.to_owned() })
    }

    /// Where the qualifier before a figure begins ("up to 40 %"); the text's end where there is none.
    fn qualifier_start(&self, before: &str) -> usize {
        let starts = before.char_indices().filter(|(at, _)| *at == 0 || before[..*at].ends_with(' '));
        let found = starts.map(|(at, _)| at).find(|at| {
            let words = flat(&before[*at..], self.language);
            self.lexicon.cues.qualifiers.opening(&words).is_some_and(|q| q.len() == words.trim().len())
        });
        found.unwrap_or(before.len())
    }

    /// A quotation whose speaker is known.
    pub(crate) fn quote(&self, passage: &Passage) -> Option<Block> {
        let Passage::Quote { text, attribution: Some(who) } = passage else { return None };
        let fits = text.chars().count() <= limits::QUOTE && who.chars().count() <= limits::ATTRIBUTION;
        fits.then(|| Block::Quote { text: text.clone(), attribution: Some(who.clone()) })
    }

    /// Two sides of a table that stand against each other: opposites, or what two things have of the same.
    fn comparison(&self, header: &[String], rows: &[Vec<String>]) -> Option<Block> {
        let width = header.len();
        let named = header[width.saturating_sub(2)..].iter().all(|title| !title.trim().is_empty());
        if !limits::SIDE_ITEMS.contains(&rows.len()) || !named {
            return None;
        }
        let side = |column: usize| -> Vec<String> {
            let cell = |row: &Vec<String>| match width {
                3 => format!("{}: {}", row[0], row[column]),
                _ => row[column].clone(),
            };
            rows.iter().map(cell).collect()
        };
        let figures =
            |column: usize| rows.iter().all(|row| row[column].contains(|c: char| c.is_ascii_digit()));
        let (left, right) = match width {
            2 if self.are_opposites(&header[0], &header[1]) => (0, 1),
            3 if header[0].trim().is_empty() || (figures(1) && figures(2)) => (1, 2),
            _ => return None,
        };
        let block = Block::Comparison {
            left_title: header[left].clone(),
            left: side(left),
            right_title: header[right].clone(),
            right: side(right),
        };
        comparison_fits(&block).then_some(block)
    }

    fn are_opposites(&self, left: &str, right: &str) -> bool {
        let (left, right) = (flat(left, self.language), flat(right, self.language));
        self.lexicon.headings.contrasts.iter().filter_map(|pair| pair.split_once('|')).any(|(one, other)| {
            let (one, other) = (flat(one, self.language), flat(other, self.language));
            (left.contains(&one) && right.contains(&other)) || (left.contains(&other) && right.contains(&one))
        })
    }
}

/// Whether a text only names something: "Baking."
fn names(text: &str) -> bool {
    text.chars().count() <= LEAD_IN && text.split_whitespace().count() <= 4
}

/// Texts as lists of at most five, of about the same length.
fn bullets(texts: &[String], start: Option<u32>) -> Vec<Block> {
    let slides = texts.len().div_ceil(*limits::BULLETS.end());
    let each = texts.len().div_ceil(slides.max(1));
    let chunks: Vec<&[String]> = texts.chunks(each.max(1)).collect();
    if chunks.iter().any(|chunk| chunk.len() < *limits::BULLETS.start()) {
        return vec![];
    }
    let number =
        |chunk: usize| start.and_then(|start| Some(start.max(1) + u32::try_from(chunk * each).ok()?));
    let block =
        |(n, items): (usize, &&[String])| Block::Bullets { items: items.to_vec(), numbered_from: number(n) };
    chunks.iter().enumerate().map(block).collect()
}

/// A row of a table in words: what its first cell names, and the others; bare figures with their column.
fn line(header: &[String], row: &[String]) -> Option<String> {
    let (name, cells) = row.split_first()?;
    let bare = |cell: &String| cell.starts_with(|c: char| c.is_ascii_digit() || "€$£<>~≈".contains(c));
    let all_bare = cells.len() > 1 && cells.iter().all(bare);
    let told = cells.iter().zip(&header[1..]).filter(|(cell, _)| !cell.trim().is_empty());
    let told: Vec<String> =
        told.map(|(cell, column)| if all_bare { format!("{column} {cell}") } else { cell.clone() }).collect();
    (!name.trim().is_empty() && !told.is_empty()).then(|| format!("{name}: {}", told.join(", ")))
}

fn comparison_fits(block: &Block) -> bool {
    let Block::Comparison { left_title, left, right_title, right } = block else { return false };
    let titles = [left_title, right_title];
    let within = |text: &String, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
    titles.iter().all(|title| within(title, limits::SIDE_TITLE))
        && left.iter().chain(right).all(|item| within(item, limits::SIDE_ITEM))
}

pub(crate) fn fitting_code(code: &str) -> Option<String> {
    let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let least = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min()?;
    let lines: Vec<&str> = lines.iter().map(|line| line.get(least..).unwrap_or_default()).collect();
    let fits = |lines: &[&str]| {
        (1..=limits::CODE_LINES).contains(&lines.len())
            && lines.iter().all(|line| line.chars().count() <= limits::CODE_LINE)
    };
    if fits(&lines) {
        return Some(lines.join("\n"));
    }
    // Comments stay: without them code may say the opposite.
    let bare: Vec<&str> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    fits(&bare).then(|| bare.join("\n"))
}
