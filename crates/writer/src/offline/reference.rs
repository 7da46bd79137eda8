//! What a sentence points at outside itself: words that only the sentences before it explain.

use domain::Language;
use scoring::text::{is_stop_word, stem};

use super::analysis::Analysis;
use super::sentence::{Judge, Sentence, Standing};

/// A phrase at the front with more words than this is taken for a clause with its own subject.
const FRONT: usize = 9;
/// So early in a sentence a word that turns it speaks of the sentence before.
const TURN: usize = 7;
/// So early a word that adds something adds it to the sentence before.
const ADDING: usize = 5;

impl Judge {
    /// Whether a demonstrative stands anywhere whose noun the sentence has not said itself.
    pub(super) fn points_outside(&self, flat: &str) -> bool {
        let words = &self.lexicon.words;
        let open = self.without_answered(flat);
        words.demonstratives.within(&open) || words.closers.ends(&open) || self.has_bare_that(&open)
    }

    /// The sentence without demonstratives that point forward ("those who") or at a noun that the
    /// sentence said before: "one type and all values of that type".
    fn without_answered(&self, flat: &str) -> String {
        let words = &self.lexicon.words;
        let tokens: Vec<&str> = flat.split_whitespace().collect();
        let stems: Vec<String> = tokens.iter().map(|word| stem(word, self.language)).collect();
        let mut out = String::from(" ");
        let mut at = 0;
        while at < tokens.len() {
            let rest = format!(" {} ", tokens[at..].join(" "));
            if at > 0
                && let Some(phrase) = words.forward.opening(&rest)
            {
                at += phrase.split_whitespace().count();
                continue;
            }
            let answered = at > 0
                && words.pointing.has(tokens[at])
                && stems[at + 1..]
                    .iter()
                    .take(2)
                    .any(|noun| !is_stop_word(noun, self.language) && stems[..at].contains(noun));
            if !answered {
                out.push_str(tokens[at]);
                out.push(' ');
            }
            at += 1;
        }
        out
    }

    /// "than that", "when that scope ends": after these words "that" joins nothing, it points.
    fn has_bare_that(&self, flat: &str) -> bool {
        let words = &self.lexicon.words;
        if words.before_that.is_empty() {
            return false;
        }
        let tokens: Vec<&str> = flat.split_whitespace().collect();
        tokens.iter().enumerate().skip(1).any(|(at, word)| {
            let joins = tokens.get(at + 1).is_some_and(|next| is_stop_word(next, self.language));
            let before = tokens[at - 1];
            *word == "that" && words.before_that.has(before) && !(before == "in" && joins)
        })
    }

    /// Whether a sentence begins with its verb in a language that then leaves its subject to the
    /// sentence before; what the reader is told to do begins so, too, and stands alone.
    pub(super) fn lost_subject(&self, flat: &str) -> bool {
        let openers = &self.lexicon.openers;
        let asked = openers.imperative.opening(flat).is_some() || openers.expletive.opening(flat).is_some();
        let mut tokens = flat.split_whitespace();
        let (Some(first), Some(second)) = (tokens.next(), tokens.next()) else { return false };
        if asked || is_stop_word(first, self.language) {
            return false;
        }
        let shaped = first.chars().count() >= 4
            && openers.verb_endings.iter().any(|ending| first.ends_with(ending.as_str()))
            && !openers.noun_endings.iter().any(|ending| first.ends_with(ending.as_str()));
        shaped && openers.after_verb.has(second)
    }

    /// Whether a sentence limits or reverses the one before it: "However, …", "The heap, however, …".
    pub(super) fn turns(&self, text: &str) -> bool {
        let cues = &self.lexicon.cues;
        let flat = super::lexicon::flat(text, self.language);
        if cues.turns.opening(&flat).is_some() {
            return true;
        }
        // After a comma alone, it joins two halves of the same sentence: "good, however dear".
        let start: Vec<&str> = text.split_whitespace().take(TURN).collect();
        (1..start.len()).any(|at| {
            let rest = super::lexicon::flat(&start[at..].join(" "), self.language);
            let Some(turn) = cues.turns_inside.opening(&rest) else { return false };
            let closed = start.get(at + turn.split(' ').count() - 1).is_some_and(|word| word.ends_with(','));
            closed || !start[at - 1].ends_with([',', ';', '—', ':'])
        })
    }

    /// "You'll still have", "Take another one": what was there before is in the sentence before.
    pub(super) fn adds(&self, text: &str) -> bool {
        let start: Vec<&str> = text.split_whitespace().take(ADDING).collect();
        (0..start.len()).any(|at| {
            let opens = super::lexicon::flat(&start[at..].join(" "), self.language);
            let before = start[..at].iter().any(|word| word.ends_with([',', ':', ';']));
            !before && self.lexicon.cues.adding.opening(&opens).is_some()
        })
    }

    /// "Run the function on it": an object that is a pronoun can't stand for a noun of its own clause.
    pub(super) fn lost_object(&self, flat: &str, text: &str) -> bool {
        let words = &self.lexicon.words;
        if words.objects.is_empty() || words.free_pronouns.within(flat) {
            return false;
        }
        let tokens: Vec<&str> = flat.split_whitespace().collect();
        let Some(at) = tokens.iter().position(|word| words.objects.has(word)) else { return false };
        let next = tokens.get(at + 1).copied().unwrap_or_default();
        if at == 0 || words.verbs.has(next) || next == "to" || next == "that" {
            return false; // a subject, or "makes it clear that"
        }
        // Where the clause of the pronoun begins; what stands before it may have the noun.
        let parted = text.split_whitespace().take(at).map(|word| word.ends_with([',', ';', ':', '—']));
        let comma = parted.enumerate().filter(|(_, ends)| *ends).map(|(n, _)| n + 1).last().unwrap_or(0);
        let join = (1..at).rev().find(|n| words.clauses.has(tokens[*n])).unwrap_or(0);
        let before = &tokens[..comma.max(join).min(at)];
        let plural = words.plural_objects.has(tokens[at]);
        let noun = |word: &&&str| !is_stop_word(word, self.language) && !words.verbs.has(word);
        let fits = |word: &&str| {
            let many = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
            !plural || many || words.plurals.has(word)
        };
        // "Find the people": what stands before an article at the start is the verb.
        let told = tokens.get(1).is_some_and(|second| words.articles.has(second));
        let before = if told && !before.is_empty() { &before[1..] } else { before };
        let said = before.iter().filter(noun).any(fits);
        let joined = plural && before.contains(&"and") && before.iter().filter(noun).count() >= 2;
        // One of many is "it" only where there is a thing in the singular.
        let single = |word: &&str| !words.plurals.has(word) && (!word.ends_with('s') || word.ends_with("ss"));
        let singular = plural || before.iter().filter(noun).any(single);
        !(said && singular || joined)
    }

    /// "In the worst case, it stops": a pronoun, or a verb without its subject, right after a phrase
    /// at the front that is no clause.
    pub(super) fn leans_after_front(&self, text: &str) -> bool {
        let Some((front, rest)) = text.split_once(',') else { return false };
        let (front, rest) =
            (super::lexicon::flat(front, self.language), super::lexicon::flat(rest, self.language));
        let words = &self.lexicon.words;
        let openers = &self.lexicon.openers;
        let clause = front.split_whitespace().any(|word| words.verbs.has(word));
        let condition = self.lexicon.cues.conditions.opening(&front).is_some();
        if clause || condition || front.split_whitespace().count() > FRONT {
            return false;
        }
        if openers.expletive.opening(&rest).is_some() || openers.imperative.opening(&rest).is_some() {
            return false;
        }
        let mut tokens = rest.split_whitespace();
        let (Some(first), Some(second)) = (tokens.next(), tokens.next()) else { return false };
        let verb = words.verbs.has(first)
            || openers.sure_endings.iter().any(|ending| first.ends_with(ending.as_str()));
        words.subject_pronouns.has(first)
            || (openers.drops_subject && verb && openers.preposition.has(second))
    }
}

impl Analysis {
    /// Sentences on "the X" whose X a sentence before them in their paragraph brought in: they may
    /// follow it, and open nothing.
    pub(super) fn bind_to_paragraphs(&mut self) {
        let bound: Vec<usize> = (0..self.sentences.len()).filter(|n| self.rests_on_paragraph(*n)).collect();
        for n in bound {
            if self.sentences[n].standing == Standing::Alone {
                self.sentences[n].standing = Standing::Follows;
            }
        }
    }

    fn rests_on_paragraph(&self, n: usize) -> bool {
        let sentence = &self.sentences[n];
        let heads = self.definite_heads(sentence);
        if heads.is_empty() {
            return false;
        }
        let before = self.sentences[..n].iter().rev().take_while(|one| one.paragraph == sentence.paragraph);
        before.take(4).any(|one| {
            heads
                .iter()
                .any(|head| self.introduces(one, head) || (!self.is_known(head) && one.stems.contains(head)))
        })
    }

    /// Whether a sentence has "a" or "an" right before these words: a thing that was not spoken of yet.
    fn introduces(&self, sentence: &Sentence, head: &str) -> bool {
        let words = &self.lexicon.words;
        let tokens: Vec<&str> = sentence.flat.split_whitespace().collect();
        tokens.iter().enumerate().any(|(at, word)| {
            words.articles.has(word)
                && !words.definite.has(word)
                && tokens[at + 1..].iter().take(3).any(|noun| stem(noun, self.language) == head)
        })
    }

    /// The first words of content after "the" at a sentence's start, as stems; none where the phrase
    /// goes on to say which one is meant ("the rules of ownership"), and none for a name.
    pub(super) fn definite_heads(&self, sentence: &Sentence) -> Vec<String> {
        let words = &self.lexicon.words;
        let mut tokens: Vec<&str> = sentence.flat.split_whitespace().take(7).collect();
        // "When the function is called": the clause at the front has its own "the".
        let condition = tokens.first().is_some_and(|first| self.lexicon.cues.conditions.has(first));
        if condition {
            tokens.remove(0);
        }
        let Some((first, rest)) = tokens.split_first() else { return vec![] };
        if !words.definite.has(first) {
            return vec![];
        }
        let name = self.language != Language::GERMAN
            && sentence.text.split_whitespace().nth(1 + usize::from(condition)).is_some_and(|word| {
                word.chars().any(char::is_uppercase) || word.contains(['_', ':', '.', '('])
            });
        let run: Vec<&&str> =
            rest.iter().take_while(|word| !is_stop_word(word, self.language)).take(3).collect();
        let said_which = rest.get(run.len()).is_some_and(|word| words.modifying.has(word));
        if name || said_which {
            return vec![];
        }
        run.into_iter().take(2).map(|word| stem(word, self.language)).collect()
    }

    /// Whether a sentence has a verb that is known; without word lists nobody can tell.
    pub(crate) fn has_verb(&self, sentence: &Sentence) -> bool {
        let verbs = &self.lexicon.words.verbs;
        !self.lexicon.known || sentence.flat.split_whitespace().any(|word| verbs.has(word))
    }

    /// Whether a text tells its reader to do something: "Use …", "Tippen Sie …".
    pub(crate) fn tells(&self, flat: &str) -> bool {
        let you = super::lexicon::flat(self.lexicon.label("and_you"), self.language);
        self.lexicon.openers.imperative.opening(flat).is_some()
            || flat.split_whitespace().nth(1).is_some_and(|second| second == you.trim())
    }

    /// How much a sentence is of a single case: what one does in it, a condition, a name out of code.
    pub(crate) fn detail(&self, n: usize) -> f64 {
        let sentence = &self.sentences[n];
        let lexicon = self.lexicon;
        let penalties = [
            lexicon.cues.conditions.opening(&sentence.flat).is_some(),
            lexicon.cues.example.within(&sentence.flat),
            lexicon.cues.first_person.within(&sentence.flat),
            lexicon.cues.local.within(&sentence.flat),
            lexicon.openers.imperative.opening(&sentence.flat).is_some(),
            sentence.text.split_whitespace().any(|word| {
                word.trim_end_matches(['.', ',', ')']).contains(['/', '_', '=', '<', '>', '@'])
                    || word.starts_with('-') && word.len() > 1
            }),
        ];
        0.4 * penalties.iter().filter(|applies| **applies).count() as f64
    }
}
