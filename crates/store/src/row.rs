//! A row of either database, read by column name into the domain's types.

use std::fmt::Display;
use std::str::FromStr;

use domain::MicroUsd;
use serde::de::DeserializeOwned;
use sqlx::postgres::{PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{Decode, Row as _, Type};
use time::OffsetDateTime;

use crate::error::StoreError;

#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// A column as one of the shared types: `String`, `i64`, `f64`, or an `Option` of one.
    pub(crate) fn get<T>(&self, column: &str) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// An id or a name.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T, StoreError> {
        let text: String = self.get(column)?;
        text.parse().map_err(|error| unreadable(column, error))
    }

    pub(crate) fn parsed_option<T: FromStr<Err: Display>>(
        &self,
        column: &str,
    ) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| text.parse().map_err(|error| unreadable(column, error))).transpose()
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        let text: String = self.get(column)?;
        serde_json::from_str(&text).map_err(|error| unreadable(column, error))
    }

    pub(crate) fn time(&self, column: &str) -> Result<OffsetDateTime, StoreError> {
        self.time_option(column)?.ok_or_else(|| unreadable(column, "it is empty"))
    }

    pub(crate) fn time_option(&self, column: &str) -> Result<Option<OffsetDateTime>, StoreError> {
        let micros: Option<i64> = self.get(column)?;
        let time = |micros| OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000);
        micros.map(|micros| time(micros).map_err(|error| unreadable(column, error))).transpose()
    }

    pub(crate) fn money(&self, column: &str) -> Result<MicroUsd, StoreError> {
        self.get(column).map(MicroUsd)
    }

    pub(crate) fn money_option(&self, column: &str) -> Result<Option<MicroUsd>, StoreError> {
        Ok(self.get::<Option<i64>>(column)?.map(MicroUsd))
    }

    /// A sum of counts.
    pub(crate) fn total(&self, column: &str) -> Result<u64, StoreError> {
        let number: i64 = self.get(column)?;
        u64::try_from(number).map_err(|error| unreadable(column, error))
    }

    /// A count, a round, a place: 0 or more.
    pub(crate) fn count(&self, column: &str) -> Result<u32, StoreError> {
        let number: i64 = self.get(column)?;
        u32::try_from(number).map_err(|error| unreadable(column, error))
    }
}

fn unreadable(column: &str, error: impl Display) -> StoreError {
    StoreError::Corrupt(format!("{column}: {error}"))
}
