//! Which of the shipped themes a text asks for: code, figures and short points, or prose.

use domain::content::{Block, Copy, Visual};

use crate::context::Context;
use crate::measure::{Measure, NOTHING_TO_CHANGE, counted, mean, ramp};
use crate::pieces::prose_of_slide;
use crate::text::{FigureKind, figures, sentences, words};

/// What a theme was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suits {
    Prose,
    Points,
    Code,
}

const THEMES: [(&str, Suits); 3] =
    [("modern_minimal", Suits::Prose), ("bold_vibrant", Suits::Points), ("tech_professional", Suits::Code)];

/// Value of a person's own theme, of which nothing is known: neither asked for nor against.
const UNKNOWN: f64 = 5.0;

/// What was counted in a copy and the text behind it.
struct Seen {
    slides: usize,
    /// Slides with a list, a figure or a comparison; with code.
    points: usize,
    code: usize,
    /// Slides of running text alone.
    prose: usize,
    /// Slides whose words hold a figure.
    figures: usize,
    words_a_sentence: f64,
    /// Signs of code in a hundred words of the person's text or of the slides, whichever has more.
    signs_of_code: f64,
}

pub(super) fn text_match(visual: &Visual, context: &Context<'_>) -> Measure {
    if let Some(theme) = context.theme_asked.or(context.profile.theme.as_ref()) {
        return Measure::unmeasured(format!("The theme {theme} was asked for, whatever the text is like."));
    }
    let Some(copy) = context.copy else {
        return Measure::unmeasured("The words are not approved yet.");
    };
    let seen = Seen::of(copy, context);
    let wants = [Suits::Prose, Suits::Points, Suits::Code].map(|suits| (suits, seen.asks_for(suits)));
    let best = wants.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let Some((suits, most)) = best else { return Measure::unmeasured("Nothing to compare.") };
    let mut evidence = seen.evidence();
    evidence.push(format!("the text asks for {}: {:.1}", suits.words(), most));
    let Some((_, own)) = THEMES.iter().find(|(name, _)| *name == visual.theme.0) else {
        return Measure::new(UNKNOWN, evidence, "Judge by eye: what this theme is made for is not known.");
    };
    let value = wants.iter().find(|(suits, _)| suits == own).map_or(UNKNOWN, |(_, value)| *value);
    let advice = if suits == *own {
        NOTHING_TO_CHANGE.to_owned()
    } else {
        let theme = THEMES.iter().find(|(_, made_for)| *made_for == suits).map_or("", |(name, _)| *name);
        format!("{theme} is made for {}, which this text has more of.", suits.words())
    };
    Measure::new(value, evidence, advice)
}

impl Suits {
    fn words(self) -> &'static str {
        match self {
            Self::Prose => "running prose",
            Self::Points => "figures and short points",
            Self::Code => "code and commands",
        }
    }
}

impl Seen {
    fn of(copy: &Copy, context: &Context<'_>) -> Self {
        let language = context.language;
        // The first and the last slide are alike in every carousel.
        let inner = copy.slides.get(1..copy.slides.len().saturating_sub(1)).unwrap_or_default();
        let with = |counts: fn(&Block) -> bool| {
            inner.iter().filter(|slide| slide.block.as_ref().is_some_and(counts)).count()
        };
        let texts: Vec<String> = inner.iter().map(|slide| prose_of_slide(slide).join("\n\n")).collect();
        let has_figure = |text: &&String| {
            figures(text, language).iter().any(|figure| {
                use FigureKind::{Count, Measure, Money, Multiple, Percent, Ratio};
                matches!(figure.kind, Count | Measure | Money | Multiple | Percent | Ratio)
            })
        };
        let bodies: Vec<&str> = inner.iter().filter_map(|slide| slide.body.as_deref()).collect();
        let lengths: Vec<f64> = bodies
            .iter()
            .flat_map(|body| sentences(body, language))
            .map(|sentence| words(sentence).len() as f64)
            .collect();
        let on_slides = a_hundred_words(signs_of_code(&texts.join("\n")), &texts.join("\n"));
        let in_text = a_hundred_words(signs_of_code(context.source_text), context.source_text);
        Self {
            slides: inner.len(),
            points: with(|block| {
                matches!(block, Block::Bullets { .. } | Block::Stat { .. } | Block::Comparison { .. })
            }),
            code: with(|block| matches!(block, Block::Code { .. })),
            prose: inner
                .iter()
                .filter(|slide| matches!(slide.block, None | Some(Block::Quote { .. })))
                .count(),
            figures: texts.iter().filter(has_figure).count(),
            words_a_sentence: mean(&lengths).unwrap_or_default(),
            signs_of_code: on_slides.max(in_text),
        }
    }

    /// 0 to 10. A text of code is one of code first: it takes from the other two what it has itself.
    fn asks_for(&self, suits: Suits) -> f64 {
        let share = |count: usize| count as f64 / self.slides.max(1) as f64;
        let code = ramp(self.signs_of_code, 0.5, 4.0).max(ramp(share(self.code), 0.0, 0.3));
        let rest = (10.0 - code) / 10.0;
        let parts = match suits {
            Suits::Code => return code,
            Suits::Prose => [
                ramp(share(self.prose), 0.2, 0.8),
                ramp(share(self.figures), 0.8, 0.2),
                ramp(self.words_a_sentence, 9.0, 17.0),
            ],
            Suits::Points => [
                ramp(share(self.points), 0.1, 0.6),
                ramp(share(self.figures), 0.2, 0.8),
                ramp(self.words_a_sentence, 17.0, 9.0),
            ],
        };
        rest * mean(&parts).unwrap_or_default()
    }

    fn evidence(&self) -> Vec<String> {
        vec![
            format!("{} of {} inner slides with a list, figure or comparison", self.points, self.slides),
            format!("{} with running text alone, {} with code", self.prose, self.code),
            format!("figures on {}", counted(self.figures, "slide")),
            format!("{:.0} words a sentence", self.words_a_sentence),
            format!("{:.1} signs of code in 100 words", self.signs_of_code),
        ]
    }
}

fn a_hundred_words(count: usize, text: &str) -> f64 {
    100.0 * count as f64 / (text.split_whitespace().count().max(30)) as f64
}

/// Words that are written as only code is, and marks that set code off: backticks, fences, tags.
fn signs_of_code(text: &str) -> usize {
    let set_off = text.matches("```").count() / 2 * 3
        + text.matches('`').count() / 2
        + text.matches("<code").count()
        + text.matches("<pre").count() * 3;
    set_off + text.split_whitespace().filter(|word| is_code(word)).count()
}

/// `--option`, `snake_case`, `a::b`, `call()`, `x=1;`, `/etc/hosts`; not an address and not `and/or`.
fn is_code(word: &str) -> bool {
    if word.contains("://") || word.contains('@') {
        return false;
    }
    let word =
        word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '“' | '”' | '*'));
    let letters = |text: &str| text.starts_with(|c: char| c.is_alphabetic());
    let option = word.strip_prefix("--").or_else(|| word.strip_prefix('-')).is_some_and(letters);
    let joined = |mark: &str| {
        word.split_once(mark)
            .is_some_and(|(before, after)| before.ends_with(char::is_alphanumeric) && letters(after))
    };
    let path = word.strip_prefix('/').is_some_and(|rest| letters(rest) && rest.contains('/'));
    option || joined("_") || joined("::") || word.contains("()") || joined("=") || path
}

#[cfg(test)]
mod tests {
    use super::{is_code, signs_of_code};

    #[test]
    fn words_that_only_code_has() {
        for word in ["--force", "-x,", "read_all", "fs::read", "(run())", "MODE=fast", "/usr/share/doc"] {
            assert!(is_code(word), "{word}");
        }
        for word in
            ["and/or", "-", "—", "3-4", "well-known", "example.org", "a@b_c.org", "E=", "12:30", "5_000"]
        {
            assert!(!is_code(word), "{word}");
        }
        assert_eq!(signs_of_code("Call `open` and then `close` twice."), 2);
    }
}
