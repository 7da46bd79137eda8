//! Business profiles: made, listed, and saved as a person types.

use domain::{Problem, Profile, ProfileFields, ProfileId, Right};
use serde_json::{Map, Value};
use store::{Conflict, StoreError, Tx};
use time::OffsetDateTime;

use super::edit_variant::unknown_theme;
use super::import::is_asset;
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// How often a change is put on top of another that came between, where nobody said which
/// state they meant to change.
const TRIES: usize = 5;
/// Most profiles of a workspace.
const MOST: usize = 200;

impl Studio {
    /// All profiles of the workspace, the oldest first.
    ///
    /// # Errors
    /// Where they can't be read.
    pub async fn profiles(&self, actor: Actor) -> Result<Vec<Profile>, StudioError> {
        actor.require(Right::Read)?;
        Ok(store::profiles::list(&mut self.store.read(actor.workspace).await?).await?)
    }

    /// One profile, with the time of its last change: its revision.
    ///
    /// # Errors
    /// Where there is none in this workspace.
    pub async fn profile(
        &self,
        actor: Actor,
        id: ProfileId,
    ) -> Result<(Profile, OffsetDateTime), StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        Ok((store::profiles::get(&mut tx, id).await?, store::profiles::updated_at(&mut tx, id).await?))
    }

    /// A new profile; its fields may all be empty.
    ///
    /// # Errors
    /// Where a field is too long, or the role may not.
    pub async fn create_profile(&self, actor: Actor, fields: ProfileFields) -> Result<Profile, StudioError> {
        let profile = Profile { id: self.fresh_profile_id(), fields: tidied(fields) };
        self.insert_profile(actor, profile).await.map(|(profile, _)| profile)
    }

    async fn insert_profile(
        &self,
        actor: Actor,
        profile: Profile,
    ) -> Result<(Profile, OffsetDateTime), StudioError> {
        actor.require(Right::Make)?;
        let now = self.surroundings.now();
        let mut tx = self.store.write(actor.workspace).await?;
        if store::profiles::list(&mut tx).await?.len() >= MOST {
            return Err(StudioError::invalid("profiles", format!("has {MOST} already; change one of them")));
        }
        self.check_profile(&mut tx, &profile.fields).await?;
        store::profiles::insert(&mut tx, &profile, now).await?;
        tx.commit().await?;
        Ok((profile, now))
    }

    /// An id for a profile that is made when its first words are saved, by [`Studio::begin_profile`].
    #[must_use]
    pub fn fresh_profile_id(&self) -> ProfileId {
        self.surroundings.profile_id()
    }

    /// [`Studio::patch_profile`] of a profile that may not be there yet: the first change makes it,
    /// however many come at the same time.
    ///
    /// # Errors
    /// As both: a field is unknown or wrong, there are too many profiles, or the role may not.
    pub async fn begin_profile(
        &self,
        actor: Actor,
        id: ProfileId,
        patch: &Map<String, Value>,
    ) -> Result<(Profile, OffsetDateTime), StudioError> {
        match self.patch_profile(actor, id, patch, None).await {
            Err(StudioError::NotFound(_)) => {}
            outcome => return outcome,
        }
        let fields = patched(&ProfileFields::default(), patch)?;
        match self.insert_profile(actor, Profile { id, fields: tidied(fields) }).await {
            // Another change was first.
            Err(StudioError::Taken(_)) => self.patch_profile(actor, id, patch, None).await,
            outcome => outcome,
        }
    }

    /// Changes the fields that the patch names and no others, as JSON Merge Patch says: `null`
    /// empties a field. With `expected`, the revision that the caller knows, nothing is
    /// overwritten that somebody else changed since. Gives the profile with its new revision.
    ///
    /// # Errors
    /// Where there is no such profile, a field is unknown or wrong, or it was changed meanwhile.
    pub async fn patch_profile(
        &self,
        actor: Actor,
        id: ProfileId,
        patch: &Map<String, Value>,
        expected: Option<OffsetDateTime>,
    ) -> Result<(Profile, OffsetDateTime), StudioError> {
        actor.require(Right::Make)?;
        for _ in 1..TRIES {
            match self.try_patch(actor, id, patch, expected).await {
                Err(StoreOrStudio::Changed) if expected.is_none() => {}
                outcome => return outcome.map_err(StudioError::from),
            }
        }
        self.try_patch(actor, id, patch, expected).await.map_err(StudioError::from)
    }

    async fn try_patch(
        &self,
        actor: Actor,
        id: ProfileId,
        patch: &Map<String, Value>,
        expected: Option<OffsetDateTime>,
    ) -> Result<(Profile, OffsetDateTime), StoreOrStudio> {
        let mut tx = self.store.write(actor.workspace).await?;
        let mut profile = store::profiles::get(&mut tx, id).await?;
        let read_at = store::profiles::updated_at(&mut tx, id).await?;
        if expected.is_some_and(|expected| expected != read_at) {
            return Err(StoreOrStudio::Changed);
        }
        profile.fields = tidied(patched(&profile.fields, patch)?);
        self.check_profile(&mut tx, &profile.fields).await?;
        let now = self.surroundings.now();
        store::profiles::update(&mut tx, &profile, read_at, now).await?;
        tx.commit().await?;
        Ok((profile, now))
    }

    /// What the fields themselves can't tell: whether theme, fonts and logo are there.
    async fn check_profile(&self, tx: &mut Tx, fields: &ProfileFields) -> Result<(), StudioError> {
        let mut problems = fields.problems();
        let renderer = self.renderer();
        if let Some(theme) = fields.theme.as_ref().filter(|theme| renderer.theme(theme).is_none()) {
            problems.push(unknown_theme(&renderer, "theme", theme));
        }
        for family in fields.fonts.iter().flat_map(|fonts| [&fonts.display, &fonts.text]) {
            if renderer.families().all(|known| known != family) {
                let known: Vec<_> = renderer.families().collect();
                let message = format!("`{family}` is not a font here; choose one of {}", known.join(", "));
                problems.push(Problem { field: "fonts".to_owned(), message });
            }
        }
        if let Some(logo) = fields.logo
            && !is_asset(tx, logo).await?
        {
            let message = "is no picture of this workspace; upload it first".to_owned();
            problems.push(Problem { field: "logo".to_owned(), message });
        }
        if problems.is_empty() { Ok(()) } else { Err(StudioError::Invalid { problems }) }
    }
}

/// Why a change did not happen, with what may be tried again told apart.
enum StoreOrStudio {
    Changed,
    Other(StudioError),
}

impl From<StoreError> for StoreOrStudio {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Conflict::Changed) => Self::Changed,
            other => Self::Other(other.into()),
        }
    }
}

impl From<StudioError> for StoreOrStudio {
    fn from(error: StudioError) -> Self {
        Self::Other(error)
    }
}

impl From<StoreOrStudio> for StudioError {
    fn from(error: StoreOrStudio) -> Self {
        match error {
            StoreOrStudio::Changed => StoreError::from(Conflict::Changed).into(),
            StoreOrStudio::Other(error) => error,
        }
    }
}

/// The fields with the patch put on top, one after the other, so that each that is wrong is named.
fn patched(fields: &ProfileFields, patch: &Map<String, Value>) -> Result<ProfileFields, StudioError> {
    let json =
        |fields: &ProfileFields| serde_json::to_value(fields).map_err(|error| StudioError::internal(&error));
    let empty = json(&ProfileFields::default())?;
    let mut patched = json(fields)?;
    let mut problems = Vec::new();
    for (field, value) in patch {
        let Some(nothing) = empty.get(field) else {
            problems
                .push(Problem { field: field.clone(), message: "is not a field of a profile".to_owned() });
            continue;
        };
        let before = patched[field].take();
        patched[field] = if value.is_null() { nothing.clone() } else { value.clone() };
        if let Err(error) = serde_json::from_value::<ProfileFields>(patched.clone()) {
            problems.push(Problem { field: field.clone(), message: error.to_string() });
            patched[field] = before;
        }
    }
    if !problems.is_empty() {
        return Err(StudioError::Invalid { problems });
    }
    serde_json::from_value(patched).map_err(|error| StudioError::internal(&error))
}

/// Without spaces around, and without empty entries.
fn tidied(mut fields: ProfileFields) -> ProfileFields {
    let lines =
        [&mut fields.name, &mut fields.industry, &mut fields.site, &mut fields.handle, &mut fields.audience];
    for line in lines {
        *line = line.trim().to_owned();
    }
    let lists = [
        &mut fields.personality,
        &mut fields.values,
        &mut fields.liked_copy,
        &mut fields.liked_hooks,
        &mut fields.words_to_avoid,
        &mut fields.pains,
        &mut fields.goals,
        &mut fields.topics,
        &mut fields.competitors,
        &mut fields.unique_points,
    ];
    for list in lists {
        for entry in list.iter_mut() {
            *entry = entry.trim().to_owned();
        }
        list.retain(|entry| !entry.is_empty());
    }
    fields
}
