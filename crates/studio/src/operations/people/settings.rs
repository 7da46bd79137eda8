//! How the workspace is set: its name, language, time zone, and the autopilot's floor.

use std::str::FromStr;

use domain::{Right, WorkspaceSettings};
use store::workspaces::{self, Workspace};
use store::{Conflict, StoreError};

use super::names;
use crate::error::StudioError;
use crate::studio::{Actor, Studio};

/// The name and the settings of a workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub name: String,
    pub workspace: WorkspaceSettings,
}

impl Studio {
    /// How the workspace is set.
    ///
    /// # Errors
    /// Where the database can't be read.
    pub async fn settings(&self, actor: Actor) -> Result<Settings, StudioError> {
        actor.require(Right::Read)?;
        let mut tx = self.store.read(actor.workspace).await?;
        let Workspace { name, settings } = workspaces::get(&mut tx).await?;
        Ok(Settings { name, workspace: settings })
    }

    /// Sets the workspace anew; with `expected`, the settings as the caller knows them, nothing is
    /// overwritten that somebody else changed since.
    ///
    /// # Errors
    /// `Forbidden` to all but owners; `Invalid` where the name is missing, the time zone
    /// unknown, or the floor not between 0 and 10; `Taken` where they were changed meanwhile.
    pub async fn set_settings(
        &self,
        actor: Actor,
        new: Settings,
        expected: Option<Settings>,
    ) -> Result<Settings, StudioError> {
        actor.require(Right::Manage)?;
        let name = names::accepted("name", &new.name)?;
        let settings = new.workspace;
        if chrono_tz::Tz::from_str(&settings.time_zone).is_err() {
            return Err(StudioError::invalid("time_zone", "is not known; use a name such as Europe/Berlin"));
        }
        if !(0.0..=10.0).contains(&settings.autopilot_floor) {
            return Err(StudioError::invalid("autopilot_floor", "is not between 0 and 10"));
        }
        let mut tx = self.store.write(actor.workspace).await?;
        if let Some(Settings { name, workspace: settings }) = expected
            && workspaces::get(&mut tx).await? != (Workspace { name, settings })
        {
            return Err(StoreError::from(Conflict::Changed).into());
        }
        let new = Workspace { name, settings };
        workspaces::set(&mut tx, &new).await?;
        self.note(&mut tx, actor, "set_settings", None, None).await?;
        tx.commit().await?;
        Ok(Settings { name: new.name, workspace: new.settings })
    }
}
