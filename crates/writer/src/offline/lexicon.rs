//! What the writer knows of a language: data files, one a language, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::Language;
use serde::Deserialize;

/// A text as lower-case words between blanks, so that whole words are found by plain search:
/// `" it's about 3.5 % "`. Languages that elide split after the apostrophe: `" l' eau "`.
pub(crate) fn flat(text: &str, language: Language) -> String {
    let elides = !matches!(language.code(), "en" | "de" | "nl");
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.chars() {
        match c {
            '’' | '\'' => {
                out.push('\'');
                if elides {
                    out.push(' ');
                }
            }
            c if c.is_alphanumeric() || c == '%' || c == '-' => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// Words and phrases, in any case; a `*` at the end stands for any ending, a `#` for a number.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Phrases(Vec<String>);

impl Phrases {
    fn flatten(&mut self, language: Language) {
        let numbered = |phrase: &String| phrase.strip_suffix('#').map(str::to_owned);
        let stems: Vec<String> = self.0.iter().filter_map(numbered).collect();
        self.0.retain(|phrase| !phrase.ends_with('#'));
        self.0.extend(stems.iter().flat_map(|stem| (1..=9).map(move |n| format!("{stem}{n}*"))));
        for phrase in &mut self.0 {
            let open = phrase.ends_with('*');
            let mut text = flat(phrase.trim_end_matches('*'), language);
            if open {
                text.pop();
            }
            *phrase = text;
        }
    }

    /// Whether one of them is anywhere in a flat text.
    pub(crate) fn within(&self, flat: &str) -> bool {
        self.0.iter().any(|phrase| flat.contains(phrase.as_str()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of them are in a flat text.
    pub(crate) fn count(&self, flat: &str) -> usize {
        self.0.iter().filter(|phrase| flat.contains(phrase.as_str())).count()
    }

    /// Those that are anywhere in a flat text, with the blanks around them.
    pub(crate) fn found_in(&self, flat: &str) -> Vec<String> {
        self.0.iter().filter(|phrase| flat.contains(phrase.as_str())).cloned().collect()
    }

    /// The longest that a flat text begins with, without the blanks around it.
    pub(crate) fn opening<'a>(&'a self, flat: &str) -> Option<&'a str> {
        let found = self.0.iter().filter(|phrase| flat.starts_with(phrase.as_str()));
        found.max_by_key(|phrase| phrase.len()).map(|phrase| phrase.trim())
    }

    pub(crate) fn ends(&self, flat: &str) -> bool {
        self.0.iter().any(|phrase| flat.ends_with(phrase.as_str()))
    }

    /// Whether a lower-case word is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|phrase| phrase.trim() == word)
    }
}

/// What may not open a slide, and what may be taken off a sentence's start.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Openers {
    /// Lean on the sentence before.
    pub(crate) dependent: Phrases,
    /// May be dropped together with the comma after them.
    pub(crate) removable: Phrases,
    /// May be dropped without a comma.
    pub(crate) removable_bare: Phrases,
    /// Stand alone although they begin with a dependent word.
    pub(crate) expletive: Phrases,
    /// A sentence that begins with its verb has its subject in the sentence before.
    pub(crate) drops_subject: bool,
    /// What finite verbs end in and common nouns seldom do, in languages that drop the subject; words
    /// with a noun's ending are none. After such a word one of `after_verb` tells it from a name.
    pub(crate) verb_endings: Vec<String>,
    pub(crate) noun_endings: Vec<String>,
    pub(crate) after_verb: Phrases,
    /// Endings that only finite verbs have, and the prepositions that may follow one at once.
    pub(crate) sure_endings: Vec<String>,
    pub(crate) preposition: Phrases,
    /// Prepositions that front a phrase, and the relative pronoun that may then stand alone.
    pub(crate) fronting: Phrases,
    pub(crate) relative: String,
    /// Present what stands right below: "here are".
    pub(crate) presenting: Phrases,
    /// Begin an instruction or question that is a whole sentence in any case.
    pub(crate) imperative: Phrases,
}

/// Function words, by what they do.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FunctionWords {
    /// Begin a noun phrase; the first are articles.
    pub(crate) determiners: Phrases,
    pub(crate) articles: Phrases,
    pub(crate) definite: Phrases,
    /// No phrase ends with one of these: articles, prepositions, conjunctions, auxiliaries.
    pub(crate) trailing: Phrases,
    /// Stand for a noun; before any noun they lean on the sentence before.
    pub(crate) pronouns: Phrases,
    /// Verbs with an empty pronoun: "makes it easy".
    pub(crate) free_pronouns: Phrases,
    /// At a sentence's end they point outside it: "too", "instead".
    pub(crate) closers: Phrases,
    /// Point at something outside the sentence.
    pub(crate) demonstratives: Phrases,
    /// Those of them that may go with a noun: the noun may stand in the same sentence.
    pub(crate) pointing: Phrases,
    /// Look like them, and point at what follows or at a noun beside them: "those who".
    pub(crate) forward: Phrases,
    /// English: after these "that" points, and joins no clause.
    pub(crate) before_that: Phrases,
    /// Pronouns that are an object, those of them that stand for many, words that begin a clause, and
    /// words for many that don't end like it.
    pub(crate) objects: Phrases,
    pub(crate) plural_objects: Phrases,
    pub(crate) clauses: Phrases,
    pub(crate) plurals: Phrases,
    /// Pronouns that are a sentence's subject.
    pub(crate) subject_pronouns: Phrases,
    /// Go on to say which one is meant: "the rules of".
    pub(crate) modifying: Phrases,
    /// Join a clause: "that".
    pub(crate) joining: Phrases,
    /// Singular and plural of "to be", as in "X is a Y".
    pub(crate) is: Phrases,
    pub(crate) are: Phrases,
    /// Words that end a noun phrase when they follow it.
    pub(crate) after_noun: Phrases,
    /// Words that are never part of a key phrase.
    pub(crate) vague: Phrases,
    /// Prepositions that may stand inside a key phrase: `base de datos`.
    pub(crate) links: Phrases,
    /// Begin a title that asks or tells a story rather than naming a thing.
    pub(crate) asking: Phrases,
    /// Endings that only common nouns have.
    pub(crate) common_endings: Vec<String>,
    /// What adverbs end in.
    pub(crate) adverb_endings: Vec<String>,
    /// Finite verbs: a clause has one.
    pub(crate) verbs: Phrases,
}

/// Signs of what a sentence does.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Cues {
    /// Begin a sentence that limits or reverses the one before it, and those of them that may do so from
    /// within.
    pub(crate) turns: Phrases,
    pub(crate) turns_inside: Phrases,
    /// Begin the first half of a thought: the sentence after it has the other.
    pub(crate) halves: Phrases,
    /// Early in a sentence, they add to the one before it.
    pub(crate) adding: Phrases,
    /// Draw a conclusion from what was said before.
    pub(crate) concluding: Phrases,
    /// What a reader of news looks for first.
    pub(crate) news: Phrases,
    /// Point at what stands right below.
    pub(crate) below: Phrases,
    pub(crate) strong: Phrases,
    pub(crate) warning: Phrases,
    pub(crate) contrast: Phrases,
    pub(crate) advice: Phrases,
    pub(crate) benefit: Phrases,
    pub(crate) example: Phrases,
    pub(crate) first_person: Phrases,
    /// Things of the one case that a sentence speaks of.
    pub(crate) local: Phrases,
    /// Refer to what a slide doesn't have.
    pub(crate) refers: Phrases,
    /// Refer to the code or the person beside the text, in texts with code.
    pub(crate) tutorial: Phrases,
    /// Speak of the text itself: lists after these are tables of contents.
    pub(crate) meta: Phrases,
    /// Persons whose doings are no answer to "what happens when".
    pub(crate) speakers: Phrases,
    /// Conditions and limits that a shortened clause must keep.
    pub(crate) conditions: Phrases,
    /// Begin a clause that may be cut off after a comma.
    pub(crate) droppable: Phrases,
    /// Join "when X, Y": what follows may be asked about.
    pub(crate) when: Phrases,
    pub(crate) qualifiers: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Headings {
    /// Sections under these are left out.
    pub(crate) skip: Phrases,
    /// Say nothing of their section.
    pub(crate) generic: Phrases,
    pub(crate) conclusion: Phrases,
    /// Pairs that stand against each other: `before|after`.
    pub(crate) contrasts: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Feedback {
    pub(crate) shorter: Phrases,
    pub(crate) longer: Phrases,
    pub(crate) figures: Phrases,
    pub(crate) direct: Phrases,
}

/// Everything known of a language; empty lists for one without a data file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Lexicon {
    pub(crate) openers: Openers,
    pub(crate) words: FunctionWords,
    pub(crate) cues: Cues,
    pub(crate) headings: Headings,
    pub(crate) feedback: Feedback,
    /// By pattern, then by the material that it needs.
    pub(crate) hooks: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    pub(crate) calls: BTreeMap<String, Vec<String>>,
    pub(crate) questions: BTreeMap<String, String>,
    pub(crate) labels: BTreeMap<String, String>,
    #[serde(skip)]
    pub(crate) known: bool,
}

impl Lexicon {
    /// The data of a language; neutral templates alone where it has no file.
    pub(crate) fn of(language: Language) -> &'static Self {
        ALL.get(language.code()).unwrap_or(&NEUTRAL)
    }

    pub(crate) fn label<'a>(&'a self, name: &'a str) -> &'a str {
        self.labels.get(name).map_or("", String::as_str)
    }

    fn read(code: &str, text: &str) -> Self {
        let mut lexicon: Self = toml::from_str(text).unwrap_or_default();
        let language = code.parse().unwrap_or(Language::ENGLISH);
        for phrases in lexicon.phrases() {
            phrases.flatten(language);
        }
        lexicon.known = code != "neutral";
        lexicon
    }

    fn phrases(&mut self) -> Vec<&mut Phrases> {
        let Self { openers, words, cues, headings, feedback, .. } = self;
        vec![
            &mut openers.dependent,
            &mut openers.removable,
            &mut openers.removable_bare,
            &mut openers.expletive,
            &mut openers.fronting,
            &mut openers.after_verb,
            &mut openers.preposition,
            &mut openers.presenting,
            &mut openers.imperative,
            &mut words.determiners,
            &mut words.articles,
            &mut words.definite,
            &mut words.trailing,
            &mut words.pronouns,
            &mut words.demonstratives,
            &mut words.pointing,
            &mut words.forward,
            &mut words.before_that,
            &mut words.objects,
            &mut words.plural_objects,
            &mut words.clauses,
            &mut words.plurals,
            &mut words.subject_pronouns,
            &mut words.modifying,
            &mut words.joining,
            &mut words.free_pronouns,
            &mut words.closers,
            &mut words.is,
            &mut words.are,
            &mut words.after_noun,
            &mut words.vague,
            &mut words.links,
            &mut words.asking,
            &mut words.verbs,
            &mut cues.turns,
            &mut cues.turns_inside,
            &mut cues.halves,
            &mut cues.below,
            &mut cues.adding,
            &mut cues.concluding,
            &mut cues.news,
            &mut cues.strong,
            &mut cues.warning,
            &mut cues.contrast,
            &mut cues.advice,
            &mut cues.benefit,
            &mut cues.example,
            &mut cues.first_person,
            &mut cues.local,
            &mut cues.refers,
            &mut cues.tutorial,
            &mut cues.meta,
            &mut cues.speakers,
            &mut cues.conditions,
            &mut cues.droppable,
            &mut cues.when,
            &mut cues.qualifiers,
            &mut headings.skip,
            &mut headings.generic,
            &mut headings.conclusion,
            &mut feedback.shorter,
            &mut feedback.longer,
            &mut feedback.figures,
            &mut feedback.direct,
        ]
    }
}

static NEUTRAL: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read("neutral", include_str!("../../data/neutral.toml")));

static ALL: LazyLock<BTreeMap<&'static str, Lexicon>> = LazyLock::new(|| {
    let files = [
        ("en", include_str!("../../data/en.toml")),
        ("de", include_str!("../../data/de.toml")),
        ("es", include_str!("../../data/es.toml")),
        ("fr", include_str!("../../data/fr.toml")),
        ("it", include_str!("../../data/it.toml")),
        ("pt", include_str!("../../data/pt.toml")),
    ];
    files.into_iter().map(|(code, text)| (code, Lexicon::read(code, text))).collect()
});

#[cfg(test)]
mod tests {
    use super::{Lexicon, NEUTRAL, flat};
    use domain::Language;

    #[test]
    fn every_language_file_is_read_whole() {
        let english = Lexicon::of(Language::ENGLISH);
        for code in ["en", "de", "es", "fr", "it", "pt"] {
            let text =
                std::fs::read_to_string(format!("{}/data/{code}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
            toml::from_str::<Lexicon>(&text).unwrap_or_else(|error| panic!("{code}: {error}"));
            let lexicon = Lexicon::of(code.parse().unwrap());
            assert_eq!(
                lexicon.labels.keys().collect::<Vec<_>>(),
                english.labels.keys().collect::<Vec<_>>(),
                "{code}"
            );
            assert_eq!(
                lexicon.hooks.keys().collect::<Vec<_>>(),
                english.hooks.keys().collect::<Vec<_>>(),
                "{code}"
            );
            assert_eq!(
                lexicon.calls.keys().collect::<Vec<_>>(),
                english.calls.keys().collect::<Vec<_>>(),
                "{code}"
            );
            assert!(!lexicon.cues.refers.0.is_empty() && !lexicon.words.trailing.0.is_empty(), "{code}");
        }
        assert_eq!(NEUTRAL.hooks.len(), 10);
    }

    #[test]
    fn a_flat_text_is_searched_by_whole_words() {
        assert_eq!(flat("It’s “Rust”, 3 % faster.", Language::ENGLISH), " it's rust 3 % faster ");
        assert_eq!(flat("L'eau, c'est bon", Language::FRENCH), " l' eau c' est bon ");
        let english = Lexicon::of(Language::ENGLISH);
        assert!(english.openers.dependent.opening(&flat("This is it.", Language::ENGLISH)).is_some());
        assert!(english.openers.dependent.opening(&flat("Thistles grow.", Language::ENGLISH)).is_none());
    }
}
