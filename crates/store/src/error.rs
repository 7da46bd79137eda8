//! What can go wrong, named after what the caller can do about it.

use std::path::PathBuf;

use domain::{JobId, MemberId, Progress, Stage, VariantId};
use sqlx::error::ErrorKind;
use thiserror::Error;
use time::OffsetDateTime;

/// Why something could not be read or kept; each says the mend.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("there is no {what} {id} in this workspace")]
    NotFound { what: &'static str, id: String },

    #[error(transparent)]
    Conflict(#[from] Conflict),

    #[error("what was given can't be kept: {0}")]
    Invalid(String),

    #[error("the disk is full and nothing was changed; free some space and try again")]
    Full,

    #[error("the data folder can't be written to; allow this user to write there, or choose another folder")]
    ReadOnly,

    #[error("the folder {} can't be made there; choose a place where this user may make folders", .0.display())]
    CantBeMade(PathBuf),

    #[error("{} is not a folder; choose a folder for the data", .0.display())]
    NotAFolder(PathBuf),

    #[error("the database is busy with other writes for too long; try again in a moment")]
    Busy,

    #[error("the database can't be reached ({0}); check that it runs and that its address is right")]
    Unavailable(String),

    #[error("the database file is damaged ({0}); restore it from a backup, or move it away to begin anew")]
    Corrupt(String),

    #[error(
        "this data was written by a newer version of the program (its schema is {found}, this program knows {known}); \
         use that version"
    )]
    NewerDatabase { found: i64, known: i64 },

    #[error("the database's tables are not those of this version; run `slidewright migrate`")]
    NotMigrated,

    #[error("the database refused a statement ({0}); this is a mistake of the program, please report it")]
    Internal(String),
}

/// Somebody was first, or it is there already; nothing was changed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Conflict {
    #[error("the {stage} is approved already; reopen the stage to choose another variant")]
    Approved { stage: Stage, variant: VariantId, member: Option<MemberId>, at: OffsetDateTime },

    #[error("the carousel has moved on to `{}` meanwhile; look at it again", .actual.state.name())]
    Progress { actual: Box<Progress> },

    #[error("somebody changed this meanwhile; look at it again")]
    Changed,

    #[error("this is kept already")]
    Exists,

    #[error("job {0} was taken by another worker after this one's lease had ended; its result is dropped")]
    LeaseLost(JobId),
}

impl StoreError {
    pub(crate) fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    /// A file or folder that could not be used.
    pub(crate) fn from_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Io;
        match error.kind() {
            Io::StorageFull | Io::QuotaExceeded => Self::Full,
            Io::ReadOnlyFilesystem | Io::PermissionDenied => Self::ReadOnly,
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

/// What a change of one row says that changed none.
pub(crate) fn found(changed: u64, what: &'static str, id: impl ToString) -> Result<(), StoreError> {
    if changed == 0 { Err(StoreError::not_found(what, id)) } else { Ok(()) }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => from_database(error.as_ref()),
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(error) => Self::from_io(&error),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Corrupt(error.to_string()),
            sqlx::Error::Configuration(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error.to_string()),
            _ => Self::Internal(error.to_string()),
        }
    }
}

fn from_database(error: &dyn sqlx::error::DatabaseError) -> StoreError {
    match error.kind() {
        ErrorKind::UniqueViolation => return Conflict::Exists.into(),
        ErrorKind::ForeignKeyViolation => {
            return StoreError::Invalid("it refers to something that is not in this workspace".into());
        }
        ErrorKind::CheckViolation | ErrorKind::NotNullViolation => {
            return StoreError::Invalid(error.message().into());
        }
        _ => {}
    }
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        from_sqlite(code.parse().unwrap_or(0), error.message())
    } else {
        from_postgres(&code, error.message())
    }
}

/// By the result code of <https://www.sqlite.org/rescode.html>; its lowest byte is the primary one.
fn from_sqlite(code: i32, message: &str) -> StoreError {
    const SHARED_MEMORY_SIZE: i32 = 4874;
    match (code, code & 0xff) {
        // The index of the log could not grow: there is no room for it.
        (SHARED_MEMORY_SIZE, _) | (_, 13) => StoreError::Full,
        (_, 1) if message.starts_with("no such table") => StoreError::NotMigrated,
        (_, 3 | 8 | 14) => StoreError::ReadOnly,
        (_, 5 | 6) => StoreError::Busy,
        (_, 10) => StoreError::Unavailable(message.into()),
        (_, 11 | 26) => StoreError::Corrupt(message.into()),
        _ => StoreError::Internal(message.into()),
    }
}

/// By the class of <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn from_postgres(code: &str, message: &str) -> StoreError {
    match code {
        "53100" => StoreError::Full,
        "25006" => StoreError::ReadOnly,
        _ if code.starts_with("22") => StoreError::Invalid(message.into()),
        "40001" | "40P01" | "55P03" => StoreError::Busy,
        "42P01" => StoreError::NotMigrated,
        "XX001" | "XX002" => StoreError::Corrupt(message.into()),
        _ if ["08", "28", "3D", "53", "57"].iter().any(|class| code.starts_with(class)) => {
            StoreError::Unavailable(message.into())
        }
        _ => StoreError::Internal(message.into()),
    }
}
