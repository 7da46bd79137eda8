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
    /// Takes the oldest job that is due, or whose worker's lease has ended.
    pub(crate) fn claim(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::CLAIM,
            Self::Postgres => postgres::CLAIM,
        }
    }
}
