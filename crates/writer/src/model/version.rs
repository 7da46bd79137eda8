//! What a prompt was made of, as a version that is kept with the variant: a digest of its files.

use domain::{Stage, Strategy};

macro_rules! manners {
    ($($strategy:ident = $file:literal),* $(,)?) => {
        /// What a strategy asks for; a strategy without a file does not compile.
        pub(super) const fn manner(strategy: Strategy) -> &'static str {
            match strategy {
                $(Strategy::$strategy => include_str!(concat!("../../prompts/strategy/", $file, ".md"))),*
            }
        }
    };
}

manners! {
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

/// What every stage's prompt is made of.
const SHARED: [&str; 5] = [
    include_str!("../../prompts/instructions.md"),
    include_str!("../../prompts/brief.md"),
    include_str!("../../prompts/task.md"),
    include_str!("../../prompts/rewrite.md"),
    include_str!("../../prompts/mend.md"),
];

const fn of_stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Research => include_str!("../../prompts/stage/research.md"),
        Stage::Outline => include_str!("../../prompts/stage/outline.md"),
        Stage::Copy => include_str!("../../prompts/stage/copy.md"),
        Stage::Hook => include_str!("../../prompts/stage/hook.md"),
        Stage::Visual => include_str!("../../prompts/stage/visual.md"),
        Stage::Caption => include_str!("../../prompts/stage/caption.md"),
    }
}

/// `hook/curiosity_gap@1f6c0b93`: another one as soon as a file changes that the prompt is made of.
pub(super) fn version(strategy: Strategy) -> String {
    let stage = strategy.stage();
    let files = SHARED.into_iter().chain([of_stage(stage), manner(strategy)]);
    let digest = digest(files.map(str::as_bytes));
    format!("{}/{}@{:08x}", stage.name(), strategy.name(), digest >> 32)
}

/// FNV-1a over all parts: the same on every machine and in every release of the language.
pub(super) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // The end of a part counts, so that moving a word from one to the next changes the digest.
        for byte in part.iter().chain(&[0xff]) {
            digest = (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    digest
}
