//! The six stages, their order, and the strategies under which each is written.

use thiserror::Error;

/// A name that is none of the known ones, with the known ones to choose from.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{given}` is not a {what}; choose one of {}", known.join(", "))]
pub struct UnknownName {
    pub what: &'static str,
    pub given: String,
    pub known: Vec<&'static str>,
}

/// An enum whose variants are known by one snake_case name everywhere: in JSON,
/// in the database, in URLs and on the page.
#[macro_export]
macro_rules! named_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident ($what:literal) {
        $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        $vis enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant),*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.name() == text).ok_or_else(|| {
                    $crate::UnknownName {
                        what: $what,
                        given: text.to_owned(),
                        known: Self::ALL.iter().map(|one| one.name()).collect(),
                    }
                })
            }
        }
    };
}

named_enum! {
    /// A step of the way from a topic to a carousel, in this order.
    pub enum Stage ("stage") {
        Research = "research",
        Outline = "outline",
        Copy = "copy",
        Hook = "hook",
        Visual = "visual",
        Caption = "caption",
    }
}

impl Stage {
    pub const FIRST: Self = Self::Research;

    /// The stage after this one; `None` after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| *stage > self)
    }

    /// The strategies of this stage's variants: one variant each.
    #[must_use]
    pub const fn strategies(self) -> &'static [Strategy] {
        use Strategy as S;
        match self {
            Self::Research => &[S::Comprehensive, S::Focused, S::VisualFirst],
            Self::Outline => &[S::Narrative, S::Informational, S::Action],
            Self::Copy => &[S::Educational, S::Conversational, S::Professional],
            Self::Hook => &[
                S::PatternInterrupt,
                S::CuriosityGap,
                S::BoldClaim,
                S::Fomo,
                S::Contrarian,
                S::DirectBenefit,
                S::Question,
                S::ListNumber,
                S::HowTo,
                S::Surprise,
            ],
            Self::Visual => &[S::ModernMinimal, S::BoldVibrant, S::TechProfessional],
            Self::Caption => &[S::Short, S::Story, S::SaveThis],
        }
    }
}

named_enum! {
    /// The way in which one variant of a stage is written.
    pub enum Strategy ("strategy") {
        Comprehensive = "comprehensive",
        Focused = "focused",
        VisualFirst = "visual_first",
        Narrative = "narrative",
        Informational = "informational",
        Action = "action",
        Educational = "educational",
        Conversational = "conversational",
        Professional = "professional",
        PatternInterrupt = "pattern_interrupt",
        CuriosityGap = "curiosity_gap",
        BoldClaim = "bold_claim",
        Fomo = "fomo",
        Contrarian = "contrarian",
        DirectBenefit = "direct_benefit",
        Question = "question",
        ListNumber = "list_number",
        HowTo = "how_to",
        Surprise = "surprise",
        ModernMinimal = "modern_minimal",
        BoldVibrant = "bold_vibrant",
        TechProfessional = "tech_professional",
        Short = "short",
        Story = "story",
        SaveThis = "save_this",
    }
}

impl Strategy {
    /// The one stage that this strategy belongs to.
    #[must_use]
    pub fn stage(self) -> Stage {
        Stage::ALL.iter().copied().find(|stage| stage.strategies().contains(&self)).unwrap_or(Stage::FIRST)
    }
}

#[cfg(test)]
mod tests {
    use super::{Stage, Strategy};

    #[test]
    fn the_stages_follow_each_other_to_the_end() {
        let walked: Vec<_> = std::iter::successors(Some(Stage::FIRST), |stage| stage.next()).collect();
        assert_eq!(walked, Stage::ALL);
    }

    #[test]
    fn every_strategy_belongs_to_exactly_one_stage() {
        for strategy in Strategy::ALL {
            let owners = Stage::ALL.iter().filter(|stage| stage.strategies().contains(strategy)).count();
            assert_eq!(owners, 1, "{strategy}");
            assert!(strategy.stage().strategies().contains(strategy));
        }
        assert_eq!(Stage::Hook.strategies().len(), 10);
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_right_ones() {
        let error = "hok".parse::<Stage>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`hok` is not a stage; choose one of research, outline, copy, hook, visual, caption"
        );
    }
}
