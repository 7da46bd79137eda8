//! What is bound to a statement: only the three types that both databases share.
//!
//! Ids are text, times whole microseconds since 1970, JSON text.

use domain::{
    AccountId, AssetId, CarouselId, Email, InvitationId, JobId, Language, LinkId, MemberId, MemberRole,
    MicroUsd, ProfileId, Stage, Strategy, TokenId, VariantId, WorkspaceId,
};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::StoreError;

/// One bound value; `None` is a typed NULL, which PostgreSQL asks for.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Real(Option<f64>),
}

/// The values of a statement, in the order of its `$1`, `$2` ...
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Value::from($value)),*] };
}
pub(crate) use args;

/// The JSON of something that is kept whole.
pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Invalid(error.to_string()))
}

/// Microseconds since 1970; every date of the `time` crate fits.
pub(crate) fn micros(time: OffsetDateTime) -> i64 {
    i64::try_from(time.unix_timestamp_nanos().div_euclid(1000)).unwrap_or(i64::MAX)
}

macro_rules! as_text {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                Self::Text(Some(value.to_string()))
            }
        }

        impl From<Option<$kind>> for Value {
            fn from(value: Option<$kind>) -> Self {
                Self::Text(value.map(|value| value.to_string()))
            }
        }
    )*};
}

as_text!(
    &str,
    &String,
    &Email,
    AccountId,
    AssetId,
    CarouselId,
    InvitationId,
    JobId,
    LinkId,
    MemberId,
    ProfileId,
    TokenId,
    VariantId,
    WorkspaceId,
    Language,
    MemberRole,
    Stage,
    Strategy,
    Uuid
);

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(Some(value.into()))
    }
}

impl From<Option<u32>> for Value {
    fn from(value: Option<u32>) -> Self {
        Self::Int(value.map(i64::from))
    }
}

impl From<MicroUsd> for Value {
    fn from(value: MicroUsd) -> Self {
        Self::Int(Some(value.0))
    }
}

impl From<Option<MicroUsd>> for Value {
    fn from(value: Option<MicroUsd>) -> Self {
        Self::Int(value.map(|value| value.0))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(Some(value))
    }
}

impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Self {
        Self::Real(value)
    }
}

impl From<OffsetDateTime> for Value {
    fn from(value: OffsetDateTime) -> Self {
        Self::Int(Some(micros(value)))
    }
}

impl From<Option<OffsetDateTime>> for Value {
    fn from(value: Option<OffsetDateTime>) -> Self {
        Self::Int(value.map(micros))
    }
}
