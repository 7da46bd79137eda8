//! What stands beside the picture: caption, hashtags, alt text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Problem, check_count, check_length, limits};

/// A hashtag without its `#`: letters, digits and underscores, not digits alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Hashtag(pub String);

impl Hashtag {
    fn is_well_formed(&self) -> bool {
        let mark = |c: char| c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c);
        !self.0.is_empty()
            && self.0.chars().count() <= 60
            && self.0.chars().all(mark)
            && self.0.chars().any(|c| !c.is_numeric())
    }
}

/// The content of a caption variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Caption {
    /// The caption without its hashtags.
    pub caption: String,
    pub hashtags: Vec<Hashtag>,
    /// What is on each slide, for those who can't see it.
    pub alt_text: Vec<String>,
    pub first_comment: Option<String>,
}

impl Caption {
    /// The caption as it is posted: the text, an empty line, the hashtags.
    #[must_use]
    pub fn as_posted(&self) -> String {
        if self.hashtags.is_empty() {
            return self.caption.clone();
        }
        let tags: Vec<String> = self.hashtags.iter().map(|tag| format!("#{}", tag.0)).collect();
        format!("{}\n\n{}", self.caption, tags.join(" "))
    }

    pub(super) fn problems(&self, slides: usize) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.caption.trim().is_empty() {
            problems.push(Problem::new("caption", "is empty"));
        } else {
            // Instagram counts the hashtags too.
            check_length(&mut problems, "caption", &self.as_posted(), limits::CAPTION);
        }
        check_count(&mut problems, "hashtags", self.hashtags.len(), 0..=limits::HASHTAGS);
        for (n, tag) in self.hashtags.iter().enumerate() {
            let same = |other: &Hashtag| other.0.to_lowercase() == tag.0.to_lowercase();
            if !tag.is_well_formed() {
                let message = format!("`{}` is not a hashtag: letters, digits and _ only, no #", tag.0);
                problems.push(Problem::new(format!("hashtags[{n}]"), message));
            } else if self.hashtags[..n].iter().any(same) {
                problems.push(Problem::new(format!("hashtags[{n}]"), "is there twice"));
            }
        }
        if let Some(comment) = &self.first_comment {
            check_length(&mut problems, "first_comment", comment, limits::CAPTION);
        }
        check_count(&mut problems, "alt_text", self.alt_text.len(), slides..=slides);
        for (n, text) in self.alt_text.iter().enumerate() {
            check_length(&mut problems, format!("alt_text[{n}]"), text, limits::ALT_TEXT);
        }
        problems
    }
}
