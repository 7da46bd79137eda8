//! The dimensions of a hook: what its few words do, each counted.

use domain::content::Hook;

use crate::context::Context;
use crate::measure::{Measure, Measures, NOTHING_TO_CHANGE, band, counted, quoted, share, step};
use crate::pieces::{prose_of_slide, stems};
use crate::readability::readability;
use crate::sentiment::sentiment;
use crate::text::{
    Figure, FigureKind, Lexicon, figures, figures_and_number_words, lexicon, sentences, words,
};

use super::no_lists;

pub(super) fn measures(hook: &Hook, context: &Context<'_>) -> Measures {
    let subline = hook.subline.as_deref().unwrap_or_default();
    let text = format!("{}\n\n{subline}", hook.headline);
    let lists = lexicon(context.language);
    let with_lists = |measure: fn(&str, &Context<'_>, &Lexicon) -> Measure| {
        lists.map_or_else(|| Measure::unmeasured(no_lists(context)), |lists| measure(&text, context, lists))
    };
    vec![
        ("readability", readability([(String::new(), text.as_str())], context.language)),
        ("sentiment", sentiment(&text, context.language)),
        ("specificity", with_lists(specificity)),
        ("urgency", with_lists(urgency)),
        (
            "curiosity_gap",
            lists.map_or_else(
                || Measure::unmeasured(no_lists(context)),
                |lists| curiosity_gap(hook, &text, context, lists),
            ),
        ),
        ("has_number", has_number(hook, context)),
        ("is_question", is_question(&hook.headline)),
        ("length", length(&hook.headline, context)),
        ("promise_kept", promise_kept(&hook.headline, context)),
        ("learned_pattern", Measure::unmeasured("Nothing learned yet: rate a few carousels first.")),
    ]
}

fn specificity(text: &str, context: &Context<'_>, lists: &Lexicon) -> Measure {
    let figures: Vec<String> = telling(text, context)
        .into_iter()
        .filter(|figure| !counts_points(figure))
        .map(|figure| figure.text)
        .collect();
    let names = names(text, context);
    let concrete = lists.concrete.matches(text);
    let vague = lists.vague.matches(text);
    let specific = (2 * figures.len() + names.len() + concrete.len()) as f64;
    let value = 10.0 * (specific + 1.0) / (specific + 2.0 * vague.len() as f64 + 3.0);
    let mut evidence = Vec::new();
    let mut note = |what: &str, seen: String, count: usize| {
        if count > 0 {
            evidence.push(format!("{what}: {seen}"));
        }
    };
    note("figures", quoted(&figures), figures.len());
    note("names", quoted(&names), names.len());
    note("concrete words", quoted(&concrete), concrete.len());
    note("vague words", quoted(&vague), vague.len());
    if evidence.is_empty() {
        evidence.push("no figure, name, concrete or vague word".into());
    }
    let advice = match (vague.first(), specific > 0.0) {
        (Some(word), _) => {
            format!("Say what “{word}” stands for here: a figure, a name, a thing one can see.")
        }
        (None, false) => "Add a figure, a name, or a thing one can see.".into(),
        (None, true) => NOTHING_TO_CHANGE.into(),
    };
    Measure::new(value, evidence, advice)
}

/// Words with a capital that no rule of the language asks for: not the first of a
/// sentence, not in a title in capitals, in German only with a capital inside (`NASA`, `iPhone`).
fn names<'t>(text: &'t str, context: &Context<'_>) -> Vec<&'t str> {
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let inside = |word: &&str| word.chars().skip(1).any(char::is_uppercase);
    let letters = |word: &&str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    let mut names = Vec::new();
    for sentence in sentences(text, context.language) {
        let words = words(sentence);
        let capitals = words.iter().filter(|word| capital(word)).count();
        let titled = words.len() > 2 && capitals * 2 > words.len();
        let by_capital = context.language.code() != "de" && !titled;
        let named = words.iter().enumerate().filter(|(n, word)| {
            letters(word) && !titled && inside(word) || by_capital && *n > 0 && letters(word) && capital(word)
        });
        names.extend(named.map(|(_, word)| *word));
    }
    names
}

fn urgency(text: &str, _: &Context<'_>, lists: &Lexicon) -> Measure {
    let cues = lists.urgency.matches(text);
    let exclamations = text.matches(['!', '¡']).count().saturating_sub(1);
    let shouted = words(text).iter().filter(|word| is_shouted(word)).count();
    let overdone = exclamations + shouted.saturating_sub(1);
    let mut evidence = vec![match cues.len() {
        0 => "no word of time or scarcity".to_owned(),
        _ => format!("words of time and scarcity: {}", quoted(&cues)),
    }];
    if overdone > 0 {
        let marks = counted(exclamations, "exclamation mark");
        evidence.push(format!("{marks} too many, {shouted} in capitals"));
    }
    if cues.is_empty() {
        return Measure::new(
            0.0,
            evidence,
            "If there is a true deadline or moment, name it; otherwise leave it out.",
        );
    }
    let pressure = cues.len() + overdone;
    let advice =
        if pressure > 2 { "It presses too hard: keep the one word that is true." } else { NOTHING_TO_CHANGE };
    Measure::new(step(pressure, &[0.0, 6.0, 10.0, 7.0, 4.0, 2.0]), evidence, advice)
}

/// Four capitals or more: shorter words are mostly abbreviations.
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 3 && word.chars().all(char::is_uppercase)
}

fn curiosity_gap(hook: &Hook, text: &str, context: &Context<'_>, lists: &Lexicon) -> Measure {
    let idle = asks_nothing(&hook.headline, context);
    let cues = if idle { vec![] } else { lists.curiosity.matches(text) };
    let tricks = lists.tricks.matches(text);
    let open =
        usize::from(has_question(text) && !idle) + usize::from(text.contains('…') || text.contains("..."));
    let headline = text.lines().next().unwrap_or_default();
    let withheld = lists.question_words.at_start(headline).filter(|_| !has_question(headline));
    let signs = cues.len() + open + usize::from(withheld.is_some());
    let value = step(signs, &[1.0, 5.0, 8.0, 10.0]) - 3.0 * tricks.len() as f64;
    let mut evidence = Vec::new();
    if !cues.is_empty() {
        evidence.push(format!("words that open a gap: {}", quoted(&cues)));
    }
    if open > 0 {
        evidence.push("a question or an ellipsis leaves it open".into());
    }
    if let Some(word) = withheld {
        evidence.push(format!("begins with “{word}” and keeps the answer for later"));
    }
    if !tricks.is_empty() {
        evidence.push(format!("cheap tricks: {}", quoted(&tricks)));
    }
    if idle {
        evidence.push("the question names nothing of the matter: it fits any carousel".into());
    } else if evidence.is_empty() {
        evidence.push("no word that opens a gap".into());
    }
    let advice = match tricks.first() {
        Some(trick) => format!("Drop “{trick}”: a reader who feels tricked leaves."),
        None if signs == 0 => "Name what the reader doesn't know yet, and answer it on a later slide.".into(),
        None => NOTHING_TO_CHANGE.into(),
    };
    Measure::new(value, evidence, advice)
}

/// A question with fewer words of its slides than this asks about nothing: "X: what matters?"
const ASKED: usize = 3;

/// Whether a headline's question, after its colon, fits any carousel.
fn asks_nothing(headline: &str, context: &Context<'_>) -> bool {
    if !has_question(headline) {
        return false;
    }
    let Some((_, question)) = headline.rsplit_once(": ").or_else(|| headline.rsplit_once(" : ")) else {
        return false;
    };
    let told = told(context);
    let kept = stems(question, context.language).intersection(&stems(&told, context.language)).count();
    !told.trim().is_empty() && kept < ASKED
}

/// What the slides after the cover say; before they are written, the person's text.
fn told(context: &Context<'_>) -> String {
    match context.copy {
        Some(copy) => {
            let slides = copy.slides.iter().skip(1);
            slides.flat_map(prose_of_slide).collect::<Vec<_>>().join(" ")
        }
        None => context.source_text.to_owned(),
    }
}

/// Words that fit any carousel ("all you need to know") promise nothing, and what no slide takes up
/// is a promise that is not kept.
fn promise_kept(headline: &str, context: &Context<'_>) -> Measure {
    const ENOUGH: f64 = 6.0;
    const READY_MADE: f64 = 0.2;
    let told = told(context);
    if told.trim().is_empty() {
        return Measure::unmeasured("There are no slides and no text yet that could keep it.");
    }
    let told = stems(&told, context.language);
    // An idle question adds words, and promises nothing.
    let matter = headline.rsplit_once(':').map_or(headline, |(matter, _)| matter);
    let said = stems(if asks_nothing(headline, context) { matter } else { headline }, context.language);
    let kept = said.intersection(&told).count();
    let ready_made = lexicon(context.language).map(|lists| lists.ready_made.matches(headline));
    let ready_made = ready_made.unwrap_or_default();
    let own = if ready_made.is_empty() { 1.0 } else { READY_MADE };
    let value = own * share(kept, said.len()) * (kept as f64 / ENOUGH).min(1.0);
    let mut evidence =
        format!("{kept} of {} are taken up by a slide after it", counted(said.len(), "word of content"));
    if !ready_made.is_empty() {
        evidence.push_str(&format!("; fits any topic: {}", quoted(&ready_made)));
    }
    let advice = if value < 5.0 {
        "Say in the headline what a slide really tells: a claim, a figure, a thing."
    } else {
        NOTHING_TO_CHANGE
    };
    Measure::new(value, vec![evidence.replace("word of contents", "words of content")], advice)
}

/// A bare number up to this one counts the points of a list, and says nothing of the matter.
const COUNT: f64 = 10.0;

/// Whether a figure only counts the points of a list.
fn counts_points(figure: &Figure) -> bool {
    figure.unit.is_none()
        && figure.kind == FigureKind::Count
        && figure.value.is_some_and(|value| value <= COUNT)
}

/// Figures that say how much or how many: `64-bit` only names a kind.
fn telling(text: &str, context: &Context<'_>) -> Vec<Figure> {
    let found = figures(text, context.language).into_iter();
    found.filter(|figure| figure.kind != FigureKind::Attribute).collect()
}

fn has_number(hook: &Hook, context: &Context<'_>) -> Measure {
    let in_digits = |text: &str| -> Vec<String> {
        telling(text, context).into_iter().map(|figure| figure.text).collect()
    };
    let seen = in_digits(&hook.headline);
    let found = telling(&hook.headline, context);
    let dates = |figure: &Figure| matches!(figure.kind, FigureKind::Year | FigureKind::Date);
    if !seen.is_empty() && found.iter().all(|figure| dates(figure) || counts_points(figure)) {
        let value = if found.iter().any(dates) { 6.0 } else { 2.0 };
        let evidence = vec![format!("a bare count or date: {}", quoted(&seen))];
        return Measure::new(value, evidence, "Use a figure from the text, where it has a telling one.");
    }
    if !seen.is_empty() {
        return Measure::new(10.0, vec![format!("figures: {}", quoted(&seen))], NOTHING_TO_CHANGE);
    }
    // `one` and its like are articles in four of the six languages.
    let in_words: Vec<String> = figures_and_number_words(&hook.headline, context.language)
        .into_iter()
        .filter(|figure| figure.value.is_some_and(|value| value > 1.0))
        .map(|figure| figure.text)
        .collect();
    if !in_words.is_empty() {
        let evidence = vec![format!("in words: {}", quoted(&in_words))];
        return Measure::new(6.0, evidence, "Write the number in digits.");
    }
    let below = in_digits(hook.subline.as_deref().unwrap_or_default());
    if !below.is_empty() {
        let evidence = vec![format!("only in the subline: {}", quoted(&below))];
        return Measure::new(4.0, evidence, "Bring the figure up into the headline.");
    }
    Measure::new(0.0, vec!["no figure".into()], "Use a figure from the text, where it has a telling one.")
}

pub(super) fn has_question(text: &str) -> bool {
    text.contains(['?', '？', '؟', '\u{37e}'])
}

fn is_question(headline: &str) -> Measure {
    if has_question(headline) {
        let advice = "Weigh a statement against it: on real headlines a question mark cost clicks.";
        return Measure::new(10.0, vec!["a question mark".into()], advice);
    }
    Measure::new(0.0, vec!["no question mark".into()], NOTHING_TO_CHANGE)
}

fn length(headline: &str, context: &Context<'_>) -> Measure {
    const LEAST: usize = 5;
    const MOST: usize = 12;
    if matches!(context.language.code(), "ja" | "zh" | "th" | "km" | "lo" | "my") {
        return Measure::unmeasured("This language doesn't part its words, so they are not counted.");
    }
    let count = words(headline).len();
    let advice = match count {
        0 => "Write a headline.".to_owned(),
        _ if count < LEAST => format!("Say a little more: {LEAST} to {MOST} words read best."),
        _ if count > MOST => format!("Shorten it: {LEAST} to {MOST} words read best."),
        _ => NOTHING_TO_CHANGE.to_owned(),
    };
    let value = if count == 0 { 0.0 } else { band(count as f64, LEAST as f64, MOST as f64, 4.0) };
    Measure::new(value, vec![counted(count, "word")], advice)
}
