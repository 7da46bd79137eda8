//! The dimensions of each stage, one file a stage.

mod caption;
mod copy;
mod hook;
mod outline;
mod research;
mod suits;
mod visual;

use domain::Flag;
use domain::content::Content;

use crate::context::Context;
use crate::measure::Measures;
use crate::support::{Support, flags};
use crate::text::words;
use crate::{pieces, text};

pub(crate) fn measures(content: &Content, context: &Context<'_>) -> Measures {
    match content {
        Content::Research(research) => research::measures(research, context),
        Content::Outline(outline) => outline::measures(outline, context),
        Content::Copy(copy) => copy::measures(copy, context),
        Content::Hook(hook) => hook::measures(hook, context),
        Content::Visual(visual) => visual::measures(visual, context),
        Content::Caption(caption) => caption::measures(caption, context),
    }
}

/// What must be said of a content whatever its score.
pub(crate) fn flagged(content: &Content, context: &Context<'_>) -> Vec<Flag> {
    let pieces = pieces::of_content(content);
    let mut found = match content {
        Content::Research(research) => flags(&pieces, &research::support(research, context), context),
        _ => flags(&pieces, &Support::of(context), context),
    };
    found.extend(avoided_words(&pieces, context));
    found
}

/// The profile's words to avoid that are used all the same.
fn avoided_words<'a>(pieces: &'a [&str], context: &'a Context<'_>) -> impl Iterator<Item = Flag> + 'a {
    let said: Vec<String> = pieces.iter().flat_map(|piece| words(piece)).map(str::to_lowercase).collect();
    let is_said = move |avoided: &&String| {
        let wanted: Vec<String> = words(avoided).into_iter().map(str::to_lowercase).collect();
        !wanted.is_empty() && said.windows(wanted.len()).any(|run| run == wanted)
    };
    context.profile.words_to_avoid.iter().filter(is_said).map(|word| Flag {
        name: "avoided_word".into(),
        about: word.clone(),
        message: format!("uses a word that the profile avoids: {word}"),
    })
}

/// Whether a sentence of the text begins with an entry of the list.
fn asks<'t>(sentence_start: &text::WordList, piece: &'t str, context: &Context<'_>) -> Vec<&'t str> {
    text::sentences(piece, context.language)
        .into_iter()
        .filter_map(|sentence| sentence_start.at_start(sentence))
        .collect()
}

/// Name of the language's missing lists, for advice.
fn no_lists(context: &Context<'_>) -> String {
    format!("There are no word lists for “{}”, so this is not measured.", context.language)
}
