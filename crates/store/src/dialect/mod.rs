//! The statements that the two databases say differently, side by side.

pub(crate) mod postgres;
pub(crate) mod sqlite;

/// Which database is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Holds other programs' migrations back; SQLite's writing transaction does that already.
    pub(crate) fn lock_migrations(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(postgres::LOCK_MIGRATIONS),
        }
    }

    /// Takes the oldest job that is due, or whose worker's lease has ended.
    pub(crate) fn claim(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::CLAIM,
            Self::Postgres => postgres::CLAIM,
        }
    }
}
