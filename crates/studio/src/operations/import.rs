//! Reads a carousel from the JSON that an export writes. Everything in it is from outside.

use std::collections::BTreeMap;

use domain::content::ThemeName;
use domain::{
    AssetId, Brief, Carousel, Content, MicroUsd, ProfileFields, Progress, Right, Stage, State, Strategy,
    Variant, WrittenBy,
};
use serde::Deserialize;
use store::approvals::Approval;
use store::{StoreError, Tx};

use super::change_carousel::TITLE;
use super::create_carousel::TOPIC;
use super::edit_variant::unknown_theme;
use super::read_carousel::CarouselInWork;
use crate::error::StudioError;
use crate::intake::MOST_BYTES;
use crate::studio::{Actor, Studio};

/// A carousel that was read, with what of it could not be kept, a sentence each.
#[derive(Clone, Debug)]
pub struct Imported {
    pub carousel: Carousel,
    pub notes: Vec<String>,
}

/// The part of a report that makes a carousel; the rest of the file is passed over.
#[derive(Deserialize)]
struct File {
    title: String,
    brief: Brief,
    stages: Vec<FileStage>,
}

#[derive(Deserialize)]
struct FileStage {
    stage: Stage,
    approved: Option<String>,
    variants: Vec<FileVariant>,
}

#[derive(Deserialize)]
struct FileVariant {
    id: String,
    strategy: Strategy,
    content: serde_json::Value,
    written_by: Option<WrittenBy>,
}

/// The largest file that is read, in bytes: the longest source text with all that is written of it.
const MOST: usize = 4 * MOST_BYTES as usize;
/// The longest name of a model or a version, in characters.
const NAME: usize = 200;

impl Studio {
    /// A new carousel, ready, with the approved content of every stage of the file. Each content
    /// passes its stage's schema and limits, and is scored here.
    ///
    /// # Errors
    /// Where the file is no such JSON, too large, not finished, or breaks a limit.
    pub async fn import(&self, actor: Actor, json: &[u8]) -> Result<Imported, StudioError> {
        actor.require(Right::Make)?;
        if json.len() > MOST {
            return Err(StudioError::invalid("file", format!("has more than {} MB", MOST >> 20)));
        }
        let file: File = serde_json::from_slice(json).map_err(|error| {
            let message = format!("is not the carousel.json of an export ({error})");
            StudioError::invalid("file", message)
        })?;
        let mut notes = Vec::new();
        let mut contents = chosen(file.stages, file.brief.slides.get())?;
        let mut tx = self.store.read(actor.workspace).await?;
        let (brief, profile) = self.brief_from_outside(&mut tx, file.brief, &mut notes).await?;
        for (content, ..) in contents.values_mut() {
            self.adopt_looks(&mut tx, content, &mut notes).await?;
        }
        drop(tx);
        let mut carousel = self.new_carousel(title(&file.title)?, brief);
        carousel.progress = Progress { state: State::Ready, rounds: [1; 6] };
        let mut work = CarouselInWork { carousel, profile, approved: BTreeMap::new() };
        for (stage, (content, strategy, written_by)) in contents {
            let score = self.judge(actor, &work, &content).await?;
            let variant = Variant {
                id: self.surroundings.variant_id(),
                carousel: work.carousel.id,
                stage,
                round: 1,
                position: 0,
                strategy,
                written_by,
                content,
                score,
                cost: MicroUsd::ZERO,
                created_at: work.carousel.created_at,
            };
            work.approved.insert(stage, variant);
        }
        self.keep_imported(actor, &work).await?;
        self.announce(&work.carousel);
        Ok(Imported { carousel: work.carousel, notes })
    }

    /// All of it, or nothing.
    async fn keep_imported(&self, actor: Actor, work: &CarouselInWork) -> Result<(), StudioError> {
        let carousel = &work.carousel;
        let mut tx = self.store.write(actor.workspace).await?;
        store::carousels::insert(&mut tx, carousel, None).await?;
        for variant in work.approved.values() {
            store::variants::insert(&mut tx, variant).await?;
            let approval = Approval {
                carousel: carousel.id,
                stage: variant.stage,
                variant: variant.id,
                member: Some(actor.member),
                at: carousel.created_at,
            };
            store::approvals::approve(&mut tx, &approval).await?;
        }
        self.rescore(&mut tx, carousel.id).await?;
        self.record(&mut tx, actor, carousel.id, "import").await?;
        Ok(tx.commit().await?)
    }

    /// The brief without what is not of this workspace, and its profile where that is.
    async fn brief_from_outside(
        &self,
        tx: &mut Tx,
        mut brief: Brief,
        notes: &mut Vec<String>,
    ) -> Result<(Brief, ProfileFields), StudioError> {
        check_brief(&brief)?;
        if let Some(theme) = brief.theme.take_if(|theme| self.renderer().theme(theme).is_none()) {
            notes.push(format!("the theme `{theme}` that was asked for is not here; it was left out"));
        }
        let profile = match brief.profile {
            None => None,
            Some(id) => match store::profiles::get(tx, id).await {
                Err(StoreError::NotFound { .. }) => None,
                profile => Some(profile?),
            },
        };
        if brief.profile.is_some() && profile.is_none() {
            notes.push("its profile is not of this workspace; it was left out".to_owned());
        }
        brief.profile = profile.as_ref().map(|profile| profile.id);
        Ok((brief, profile.map(|profile| profile.fields).unwrap_or_default()))
    }

    /// Looks that this installation has, without pictures that this workspace has not.
    async fn adopt_looks(
        &self,
        tx: &mut Tx,
        content: &mut Content,
        notes: &mut Vec<String>,
    ) -> Result<(), StudioError> {
        let Content::Visual(visual) = content else { return Ok(()) };
        let renderer = self.renderer();
        if renderer.theme(&visual.theme).is_none() {
            let here = renderer.themes().next().ok_or_else(|| unknown(&renderer, &visual.theme))?;
            notes
                .push(format!("the theme `{}` is not here; `{}` was taken instead", visual.theme, here.name));
            visual.theme = here.name.clone();
            visual.fonts = here.fonts.clone();
        }
        for (n, background) in visual.backgrounds.iter_mut().enumerate() {
            if let Some(id) = *background
                && !is_asset(tx, id).await?
            {
                *background = None;
                notes.push(format!(
                    "the picture of slide {} is not of this workspace; it was left out",
                    n + 1
                ));
            }
        }
        Ok(())
    }
}

fn unknown(renderer: &render::Renderer, theme: &ThemeName) -> StudioError {
    StudioError::Invalid { problems: vec![unknown_theme(renderer, "stages.visual.theme", theme)] }
}

/// Whether the workspace has this asset.
pub(super) async fn is_asset(tx: &mut Tx, id: AssetId) -> Result<bool, StudioError> {
    match store::assets::get(tx, id).await {
        Ok(_) => Ok(true),
        Err(StoreError::NotFound { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn title(title: &str) -> Result<String, StudioError> {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > TITLE {
        return Err(StudioError::invalid("title", format!("must have 1 to {TITLE} characters")));
    }
    Ok(title.to_owned())
}

fn check_brief(brief: &Brief) -> Result<(), StudioError> {
    if brief.topic.as_ref().is_some_and(|topic| topic.chars().count() > TOPIC) {
        return Err(StudioError::invalid("brief.topic", format!("is longer than {TOPIC} characters")));
    }
    let Some(source) = &brief.source else { return Ok(()) };
    let name = source.name.as_deref().unwrap_or_default().chars().count();
    let url = source.url.as_deref().unwrap_or_default().chars().count();
    if source.text.len() as u64 > MOST_BYTES || name > 300 || url > 2_000 {
        return Err(StudioError::invalid("brief.source", "is longer than any text that is read"));
    }
    Ok(())
}

type Chosen = BTreeMap<Stage, (Content, Strategy, WrittenBy)>;

/// The approved variant of every stage, checked.
fn chosen(stages: Vec<FileStage>, slides: usize) -> Result<Chosen, StudioError> {
    let mut chosen = Chosen::new();
    for stage in stages {
        let name = stage.stage;
        let approved =
            stage.variants.into_iter().find(|variant| Some(&variant.id) == stage.approved.as_ref());
        if let Some(variant) = approved {
            chosen.insert(name, checked(name, variant, slides)?);
        }
    }
    match Stage::ALL.iter().find(|stage| !chosen.contains_key(stage)) {
        None => Ok(chosen),
        Some(missing) => Err(StudioError::invalid(
            &format!("stages.{missing}"),
            "has no approved variant; finish the carousel, export it again and import that",
        )),
    }
}

fn checked(
    stage: Stage,
    variant: FileVariant,
    slides: usize,
) -> Result<(Content, Strategy, WrittenBy), StudioError> {
    let at = |field: &str| format!("stages.{stage}.{field}");
    let content = Content::from_json(stage, variant.content)
        .map_err(|error| StudioError::invalid(&at("content"), error.to_string()))?;
    let mut problems = content.problems(slides);
    if !problems.is_empty() {
        for problem in &mut problems {
            problem.field = at(&problem.field);
        }
        return Err(StudioError::Invalid { problems });
    }
    if variant.strategy.stage() != stage {
        return Err(StudioError::invalid(&at("strategy"), format!("is not one of the {stage}'s")));
    }
    let written_by = match variant.written_by {
        // Who it was is unknown here.
        Some(WrittenBy::Person { edited_from, .. }) => WrittenBy::Person { member: None, edited_from },
        Some(other) => other,
        None => WrittenBy::Offline { version: "unknown".to_owned() },
    };
    let too_long = |text: &str| text.chars().count() > NAME;
    let is_too_long = match &written_by {
        WrittenBy::Offline { version } => too_long(version),
        WrittenBy::Model { model, prompt_version, .. } => too_long(model) || too_long(prompt_version),
        WrittenBy::Person { .. } => false,
    };
    if is_too_long {
        return Err(StudioError::invalid(&at("written_by"), format!("has a name of over {NAME} characters")));
    }
    Ok((content, variant.strategy, written_by))
}
