//! What a section holds beside running text, brought into the limits of a slide's block.

use domain::content::{Block, limits};
use scoring::text::{Figure, FigureKind, figures};

use super::analysis::{Analysis, Part};
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

/// A list's items as they stand on a slide.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Items {
    /// The number of the first item, where their order matters.
    pub(crate) numbered_from: Option<u32>,
    pub(crate) items: Vec<String>,
    /// How many items the list has that these are of.
    pub(crate) of: usize,
    /// What the article says right before the list, ending with a colon.
    pub(crate) introduction: Option<String>,
}

impl Items {
    pub(crate) fn is_ordered(&self) -> bool {
        self.numbered_from.is_some()
    }

    /// One text by which later stages find the list again.
    pub(crate) fn message(&self) -> String {
        self.items.join("; ")
    }
}

impl Analysis {
    /// The lists of a section that a slide can show, at most five items each; ordered lists in turn.
    pub(crate) fn lists(&self, part: &Part) -> Vec<Items> {
        let lists =
            part.passages.iter().filter(|placed| !placed.torn).filter_map(|placed| match &placed.passage {
                Passage::List { ordered, items, .. } => Some((*ordered, items, placed.introduction.as_ref())),
                _ => None,
            });
        lists
            .flat_map(|(ordered, items, introduction)| {
                let mut lists = self.list(ordered, items);
                let shown: usize = lists.iter().map(|list| list.items.len()).sum();
                // "The options are:" stands above all of them; "such as:" above some.
                let partial = |text: &String| {
                    let flat = flat(text, self.language);
                    self.lexicon.cues.example.within(&flat) && figures(text, self.language).is_empty()
                };
                if shown < items.len() && introduction.is_some_and(|text| !partial(text)) {
                    return vec![];
                }
                if let Some(first) = lists.first_mut() {
                    first.introduction = introduction.cloned();
                }
                lists
            })
            .collect()
    }

    pub(crate) fn list(&self, ordered: bool, items: &[String]) -> Vec<Items> {
        let cut = items.iter().any(|item| item.chars().count() > limits::BULLET);
        // Where one item begins with a name that keeps its small letter, all stay as they are.
        let as_written = items.iter().any(|item| {
            let item = item.trim_start();
            let letter = item.split_whitespace().next().is_some_and(|word| word.chars().count() == 1);
            item.starts_with(char::is_lowercase) && (capitalised(item) == item || letter)
        });
        let shown = items.iter().map(|item| {
            let text = self.item(item, ordered, cut)?;
            Some(if as_written { text } else { capitalised(&text) })
        });
        let shown: Vec<Option<String>> = shown.collect();
        let whole = shown.iter().all(Option::is_some);
        // Steps with one missing lead nowhere.
        if ordered && !whole {
            return vec![];
        }
        let mut texts: Vec<String> = shown.into_iter().flatten().collect();
        if texts.len() < 2 || texts.len() * 3 < items.len() * 2 {
            return vec![];
        }
        if texts.iter().any(|text| !text.ends_with(['.', '!', '?', '。'])) {
            for text in &mut texts {
                *text = text.trim_end_matches(['.', ';', ',']).to_owned();
            }
        }
        texts.dedup();
        let most = *limits::BULLETS.end();
        if !ordered {
            texts.truncate(most);
            let of = texts.len();
            return vec![Items { numbered_from: None, items: texts, of, introduction: None }];
        }
        let slides = texts.len().div_ceil(most);
        let each = texts.len().div_ceil(slides.max(1)).max(2);
        let chunks = texts.chunks(each).zip((1..).step_by(each)).filter(|(chunk, _)| chunk.len() >= 2);
        chunks
            .map(|(chunk, first)| Items {
                numbered_from: Some(first),
                items: chunk.to_vec(),
                of: texts.len(),
                introduction: None,
            })
            .collect()
    }

    /// An item within a bullet's length: whole, or its first sentence.
    fn item(&self, item: &str, in_sequence: bool, cut: bool) -> Option<String> {
        let item = item.trim();
        let fits = |text: &str| (3..=limits::BULLET).contains(&text.chars().count());
        // Where one item is cut to its first sentence, all are: a list is of one kind.
        let text = if fits(item) && !cut {
            item.to_owned()
        } else {
            let first =
                scoring::text::sentences(item, self.language).first().copied().unwrap_or_default().to_owned();
            // `An integer .N` is cut within a name.
            if !fits(&first) || first.ends_with(" .") {
                return None;
            }
            first
        };
        let text = text.trim_end_matches([';', ',']).trim_end();
        let text =
            [" and", " or", ", and", ", or"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
        let text = text.trim_end_matches([',', ';']).to_owned();
        let more_than_a_word = text.split_whitespace().count() >= 2 || text.chars().count() >= 6;
        (more_than_a_word && !self.is_foreign(&text) && self.judge.item_stands(&text, in_sequence))
            .then_some(text)
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

    /// A real quotation of the section.
    pub(crate) fn quote(&self, part: &Part) -> Option<Block> {
        part.passages.iter().find_map(|placed| {
            let Passage::Quote { text, attribution } = &placed.passage else { return None };
            let fits = text.chars().count() <= limits::QUOTE
                && attribution.as_ref().is_none_or(|who| who.chars().count() <= limits::ATTRIBUTION);
            fits.then(|| Block::Quote { text: text.clone(), attribution: attribution.clone() })
        })
    }

    /// The piece of code right after a paragraph, where it fits whole.
    pub(crate) fn code(&self, part: &Part, paragraph: usize) -> Option<Block> {
        part.passages.iter().filter(|placed| placed.after == Some(paragraph)).find_map(|placed| {
            let Passage::Code { language, code } = &placed.passage else { return None };
            let shown = fitting_code(code)?;
            Some(Block::Code {
                language: language.clone().filter(|name| name != "text" && name != "console"),
                code: shown,
            })
        })
    }

    /// Two sides of a table that stand against each other, where it follows this paragraph.
    pub(crate) fn comparison(&self, part: &Part, paragraph: usize) -> Option<Block> {
        part.passages.iter().find_map(|placed| {
            let Passage::Table { header, rows } = &placed.passage else { return None };
            let cells_of = || header.iter().chain(rows.iter().flatten());
            let near = part.passages.len() == 1 || placed.after == Some(paragraph);
            if !near || cells_of().any(|cell| super::sentence::looks_like_code(cell)) {
                return None;
            }
            let width = header.len();
            let even = rows.iter().all(|row| row.len() == width) && limits::SIDE_ITEMS.contains(&rows.len());
            let cells = |column: usize| -> Vec<String> {
                let cell = |row: &Vec<String>| {
                    if width == 3 { format!("{}: {}", row[0], row[column]) } else { row[column].clone() }
                };
                rows.iter().map(cell).collect()
            };
            let (left, right) = match width {
                2 if even && self.are_opposites(&header[0], &header[1]) => (0, 1),
                3 if even => (1, 2),
                _ => return None,
            };
            let block = Block::Comparison {
                left_title: header[left].clone(),
                left: cells(left),
                right_title: header[right].clone(),
                right: cells(right),
            };
            comparison_fits(&block).then_some(block)
        })
    }

    fn are_opposites(&self, left: &str, right: &str) -> bool {
        let (left, right) = (flat(left, self.language), flat(right, self.language));
        self.lexicon.headings.contrasts.iter().filter_map(|pair| pair.split_once('|')).any(|(one, other)| {
            let (one, other) = (flat(one, self.language), flat(other, self.language));
            (left.contains(&one) && right.contains(&other)) || (left.contains(&other) && right.contains(&one))
        })
    }
}

fn comparison_fits(block: &Block) -> bool {
    let Block::Comparison { left_title, left, right_title, right } = block else { return false };
    let titles = [left_title, right_title];
    let within = |text: &String, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
    titles.iter().all(|title| within(title, limits::SIDE_TITLE))
        && left.iter().chain(right).all(|item| within(item, limits::SIDE_ITEM))
}

fn fitting_code(code: &str) -> Option<String> {
    let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let least = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min()?;
    let lines: Vec<&str> = lines.iter().map(|line| line.get(least..).unwrap_or_default()).collect();
    let fits = |lines: &[&str]| {
        (2..=limits::CODE_LINES).contains(&lines.len())
            && lines.iter().all(|line| line.chars().count() <= limits::CODE_LINE)
    };
    if fits(&lines) {
        return Some(lines.join("\n"));
    }
    // Comments stay: without them code may say the opposite.
    let bare: Vec<&str> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    fits(&bare).then(|| bare.join("\n"))
}
