//! Accounts: people who sign in. They belong to no workspace, but are members of some.

use domain::{AccountId, Email, Language};
use time::OffsetDateTime;

use crate::error::{StoreError, found};
use crate::row::Row;
use crate::tx::Tx;
use crate::value::args;

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// `None`: the owner who tries it alone on this machine.
    pub email: Option<Email>,
    /// As a PHC string; `None` where there is no email.
    pub password_hash: Option<String>,
    /// Of the pages; `None`: the browser's.
    pub language: Option<Language>,
    pub created_at: OffsetDateTime,
}

/// Keeps a new account.
///
/// # Errors
/// `Conflict::Exists` where the id or the email is taken.
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO accounts (id, email, password_hash, language, created_at) VALUES ($1, $2, $3, $4, $5)",
        args![
            account.id,
            account.email.as_ref().map(Email::as_str),
            account.password_hash.as_deref(),
            account.language,
            account.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// The first accounts, oldest first: enough to see whether there are none, one or more.
///
/// # Errors
/// Where they can't be read.
pub async fn first_two(tx: &mut Tx) -> Result<Vec<Account>, StoreError> {
    let rows = tx
        .all(
            "SELECT id, email, password_hash, language, created_at FROM accounts
             ORDER BY created_at, id LIMIT 2",
            args![],
        )
        .await?;
    rows.iter().map(from_row).collect()
}

/// One account.
///
/// # Errors
/// `NotFound` where there is no such account.
pub async fn get(tx: &mut Tx, id: AccountId) -> Result<Account, StoreError> {
    tx.first("SELECT id, email, password_hash, language, created_at FROM accounts WHERE id = $1", args![id])
        .await?
        .map(|row| from_row(&row))
        .unwrap_or_else(|| Err(StoreError::not_found("account", id)))
}

/// The account that signs in with an email.
///
/// # Errors
/// Where it can't be read.
pub async fn by_email(tx: &mut Tx, email: &Email) -> Result<Option<Account>, StoreError> {
    tx.first(
        "SELECT id, email, password_hash, language, created_at FROM accounts WHERE email = $1",
        args![email],
    )
    .await?
    .map(|row| from_row(&row))
    .transpose()
}

/// Replaces what an account signs in with.
///
/// # Errors
/// `Conflict::Exists` where another account has the email; `NotFound`.
pub async fn set_password(
    tx: &mut Tx,
    id: AccountId,
    email: &Email,
    password_hash: &str,
) -> Result<(), StoreError> {
    let changed = tx
        .run(
            "UPDATE accounts SET email = $2, password_hash = $3 WHERE id = $1",
            args![id, email, password_hash],
        )
        .await?;
    found(changed, "account", id)
}

/// Sets the language of the pages.
///
/// # Errors
/// `NotFound` where there is no such account.
pub async fn set_language(tx: &mut Tx, id: AccountId, language: Option<Language>) -> Result<(), StoreError> {
    let changed = tx.run("UPDATE accounts SET language = $2 WHERE id = $1", args![id, language]).await?;
    found(changed, "account", id)
}

fn from_row(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.parsed("id")?,
        email: row.parsed_option("email")?,
        password_hash: row.get("password_hash")?,
        language: row.parsed_option("language")?,
        created_at: row.time("created_at")?,
    })
}
