//! A business profile: who speaks, to whom, in which voice and colours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::content::{Color, FontPair, Problem, ThemeName};
use crate::ids::{AssetId, ProfileId};

/// Everything here may be empty: each field only makes the writing and the looks more fitting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ProfileFields {
    pub name: String,
    pub industry: String,
    pub site: String,
    /// The Instagram name without its `@`, shown on the slides.
    pub handle: String,
    pub personality: Vec<String>,
    pub values: Vec<String>,
    /// Copy and hooks that they like, as examples.
    pub liked_copy: Vec<String>,
    pub liked_hooks: Vec<String>,
    pub words_to_avoid: Vec<String>,
    pub audience: String,
    pub pains: Vec<String>,
    pub goals: Vec<String>,
    pub topics: Vec<String>,
    pub competitors: Vec<String>,
    pub unique_points: Vec<String>,
    pub brand_color: Option<Color>,
    pub fonts: Option<FontPair>,
    pub logo: Option<AssetId>,
    pub theme: Option<ThemeName>,
}

/// A profile as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Profile {
    pub id: ProfileId,
    #[serde(flatten)]
    pub fields: ProfileFields,
}

crate::named_enum! {
    /// A step of filling in a profile.
    pub enum ProfileStep ("step of a profile") {
        Basics = "basics",
        Voice = "voice",
        Strategy = "strategy",
        Position = "position",
        Looks = "looks",
    }
}

/// How much of a step is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepProgress {
    pub step: ProfileStep,
    pub filled: usize,
    pub fields: usize,
}

impl StepProgress {
    /// Whether at least half of it is filled in: the rest would help, and is not asked for again.
    #[must_use]
    pub fn is_done(&self) -> bool {
        2 * self.filled >= self.fields
    }
}

/// Most entries of a list, and the longest of each, in characters.
pub const LIST_ENTRIES: usize = 20;
pub const LIST_ENTRY: usize = 200;
/// The longest line: a name, an industry, an address.
const LINE: usize = 200;
/// The longest description of the audience.
const PARAGRAPH: usize = 1_000;
/// Instagram's own limit on a name.
const HANDLE: usize = 30;

impl ProfileFields {
    /// Every step, in its order, with how much of it is filled in.
    #[must_use]
    pub fn steps(&self) -> [StepProgress; 5] {
        let text = |text: &String| !text.trim().is_empty();
        let list = |list: &Vec<String>| !list.is_empty();
        let step = |step, fields: &[bool]| StepProgress {
            step,
            filled: fields.iter().filter(|filled| **filled).count(),
            fields: fields.len(),
        };
        [
            step(
                ProfileStep::Basics,
                &[text(&self.name), text(&self.industry), text(&self.site), text(&self.handle)],
            ),
            step(
                ProfileStep::Voice,
                &[
                    list(&self.personality),
                    list(&self.values),
                    list(&self.liked_copy),
                    list(&self.liked_hooks),
                    list(&self.words_to_avoid),
                ],
            ),
            step(
                ProfileStep::Strategy,
                &[text(&self.audience), list(&self.pains), list(&self.goals), list(&self.topics)],
            ),
            step(ProfileStep::Position, &[list(&self.competitors), list(&self.unique_points)]),
            step(
                ProfileStep::Looks,
                &[
                    self.brand_color.is_some(),
                    self.fonts.is_some(),
                    self.logo.is_some(),
                    self.theme.is_some(),
                ],
            ),
        ]
    }

    /// The share of all fields that is filled in, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let steps = self.steps();
        let filled: usize = steps.iter().map(|step| step.filled).sum();
        let fields: usize = steps.iter().map(|step| step.fields).sum();
        filled as f64 / fields as f64
    }

    /// Everything that is too long or not what it says to be.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let lines = [
            ("name", &self.name, LINE),
            ("industry", &self.industry, LINE),
            ("site", &self.site, LINE),
            ("audience", &self.audience, PARAGRAPH),
        ];
        for (field, text, most) in lines {
            if text.chars().count() > most {
                problems.push(Problem::new(field, format!("is longer than {most} characters")));
            }
        }
        let handle = self.handle.trim().trim_start_matches('@');
        let mark = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        if handle.len() > HANDLE || !handle.chars().all(mark) {
            let message = "is not an Instagram name: up to 30 letters, digits, dots and underscores";
            problems.push(Problem::new("handle", message));
        }
        for (field, list) in self.lists() {
            if list.len() > LIST_ENTRIES {
                problems.push(Problem::new(field, format!("has more than {LIST_ENTRIES} entries")));
            }
            for (n, entry) in list.iter().enumerate().filter(|(_, entry)| entry.chars().count() > LIST_ENTRY)
            {
                let length = entry.chars().count();
                let message = format!("has {length} characters; at most {LIST_ENTRY} are kept");
                problems.push(Problem::new(format!("{field}[{n}]"), message));
            }
        }
        problems
    }

    fn lists(&self) -> [(&'static str, &Vec<String>); 10] {
        [
            ("personality", &self.personality),
            ("values", &self.values),
            ("liked_copy", &self.liked_copy),
            ("liked_hooks", &self.liked_hooks),
            ("words_to_avoid", &self.words_to_avoid),
            ("pains", &self.pains),
            ("goals", &self.goals),
            ("topics", &self.topics),
            ("competitors", &self.competitors),
            ("unique_points", &self.unique_points),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{ProfileFields, ProfileStep};

    #[test]
    fn steps_are_done_when_half_is_filled_in() {
        let empty = ProfileFields::default();
        assert!(empty.share() == 0.0 && empty.steps().iter().all(|step| !step.is_done()));
        let fields = ProfileFields {
            name: "Bakery".into(),
            site: "https://example.org".into(),
            unique_points: vec!["sourdough".into()],
            ..empty
        };
        let done: Vec<_> =
            fields.steps().iter().filter(|step| step.is_done()).map(|step| step.step).collect();
        assert_eq!(done, [ProfileStep::Basics, ProfileStep::Position]);
        assert!((fields.share() - 3.0 / 19.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_too_long_is_named() {
        let fields = ProfileFields {
            name: "x".repeat(201),
            handle: "@a b".into(),
            topics: vec!["x".into(); 21],
            goals: vec!["short".into(), "x".repeat(201)],
            ..ProfileFields::default()
        };
        let named: Vec<_> = fields.problems().into_iter().map(|problem| problem.field).collect();
        assert_eq!(named, ["name", "handle", "goals[1]", "topics"]);
        let handle = ProfileFields { handle: "@ada.bakes_1".into(), ..ProfileFields::default() };
        assert!(handle.problems().is_empty());
    }
}
