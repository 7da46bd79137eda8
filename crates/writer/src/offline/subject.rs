//! What a sentence is about: the noun phrase before its first verb.

use scoring::text::is_stop_word;

use super::analysis::Analysis;
use super::lexicon::flat;
use super::sentence::capitalised;

/// A subject of more words or characters is no headline.
const WORDS: usize = 6;
const CHARACTERS: usize = 44;

impl Analysis {
    pub(super) fn find_subject(&self, sentence: usize) -> Option<String> {
        let text = self.main_clause(&self.sentences[sentence].text);
        let lists = &self.lexicon.words;
        let tokens: Vec<&str> = text.split_whitespace().take(WORDS + 2).collect();
        let verb = (1..tokens.len()).find(|at| lists.verbs.has(&tokens[*at].to_lowercase()))?;
        let mut phrase = &tokens[..verb];
        let stops = |word: &str| is_stop_word(&word.to_lowercase(), self.language);
        // Quantities and, where adjectives don't change with them, indefinite articles name nothing.
        let first = phrase.first()?.to_lowercase();
        let indefinite = lists.articles.has(&first) && !lists.definite.has(&first) && !self.inflects();
        if indefinite || (lists.determiners.has(&first) && !lists.articles.has(&first)) {
            phrase = &phrase[1..];
        }
        while phrase.last().is_some_and(|last| {
            stops(last) || lists.adverb_endings.iter().any(|ending| last.ends_with(ending.as_str()))
        }) {
            phrase = &phrase[..phrase.len() - 1];
        }
        let (head, rest) = phrase.split_first()?;
        let opens = !lists.vague.has(&head.to_lowercase()) && !stops(head)
            || lists.definite.has(&head.to_lowercase())
            || self.is_article(head);
        let whole = phrase.len() <= WORDS
            && phrase.iter().all(|word| {
                !word.ends_with([',', ';', ':']) && !word.contains(['(', ')', '"', '“', '«', '/'])
            });
        // A clause or an object inside means that the verb was not known.
        let inside = (1..phrase.len()).any(|at| {
            let (before, word) = (phrase[at - 1].to_lowercase(), phrase[at].to_lowercase());
            lists.joining.has(&word)
                || (lists.determiners.has(&word)
                    && !lists.trailing.has(&word)
                    && !lists.trailing.has(&before))
                || (lists.articles.has(&word) && !lists.trailing.has(&before))
        });
        let spoken = flat(&phrase.join(" "), self.language);
        let free = !lists.pronouns.within(&spoken) && !lists.demonstratives.within(&spoken);
        let content = |word: &&&str| !stops(word) && !lists.vague.has(&word.to_lowercase());
        let named = phrase.iter().filter(content).count();
        let last = phrase.last()?.to_lowercase();
        let short = named >= 2 || (named == 1 && rest.len() <= 1 && self.is_of_the_topic(&spoken));
        let title = phrase.join(" ");
        (opens
            && whole
            && !inside
            && free
            && short
            && !lists.vague.has(&last)
            && title.chars().count() <= CHARACTERS)
            .then(|| capitalised(&title))
            .filter(|title| title.chars().count() >= 4)
    }

    /// German adjectives end otherwise without their article: it stays.
    pub(super) fn inflects(&self) -> bool {
        self.language == domain::Language::GERMAN
    }

    fn is_article(&self, word: &str) -> bool {
        self.lexicon.words.articles.has(&word.to_lowercase())
    }

    /// A sentence without the clause or phrase at its front that ends with a comma.
    fn main_clause<'a>(&self, text: &'a str) -> &'a str {
        let Some((front, rest)) = text.split_once(", ") else { return text };
        let opening = flat(front, self.language);
        let first = opening.split_whitespace().next().unwrap_or_default();
        let fronted = self.lexicon.words.trailing.has(first) && !self.is_article(first)
            || self.lexicon.cues.conditions.opening(&opening).is_some();
        if fronted && rest.split_whitespace().count() >= 4 { rest } else { text }
    }
}
