//! The tables: migrations up and down, one folder per database.
//!
//! All steps of one call are one transaction under a lock, so that two programs that
//! start at once don't both migrate, and a failed step leaves nothing behind. (sqlx's
//! own lock is not used: on SQLite it does nothing, on PostgreSQL it outlives a failure.)

use sqlx::migrate::{AppliedMigration, Migrate, MigrateError, Migrator};

use crate::error::StoreError;
use crate::tx::{On, Tx};
use crate::value::args;

static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// Where sqlx notes which migrations were applied.
const APPLIED: &str = "_sqlx_migrations";

#[derive(Clone, Copy, Debug)]
pub(crate) enum Direction {
    Up,
    /// So many steps back.
    Down(usize),
}

pub(crate) async fn migrate(tx: &mut Tx, direction: Direction) -> Result<(), StoreError> {
    if let Some(lock) = tx.dialect().lock_migrations() {
        tx.all(lock, args![]).await?;
    }
    match tx.on() {
        On::Sqlite(tx) => steps(&SQLITE, &mut **tx, direction).await,
        On::Postgres(tx) => steps(&POSTGRES, &mut **tx, direction).await,
    }
}

async fn steps<C: Migrate>(
    migrator: &Migrator,
    connection: &mut C,
    direction: Direction,
) -> Result<(), StoreError> {
    connection.ensure_migrations_table(APPLIED).await.map_err(from_migrate)?;
    let applied = connection.list_applied_migrations(APPLIED).await.map_err(from_migrate)?;
    check(migrator, &applied)?;
    match direction {
        Direction::Up => {
            for step in migrator.iter().filter(|step| step.migration_type.is_up_migration()) {
                if applied.iter().all(|done| done.version != step.version) {
                    connection.apply(APPLIED, step).await.map_err(from_migrate)?;
                }
            }
        }
        Direction::Down(steps) => {
            for done in applied.iter().rev().take(steps) {
                let is_undo = |step: &&sqlx::migrate::Migration| {
                    step.version == done.version && step.migration_type.is_down_migration()
                };
                if let Some(undo) = migrator.iter().find(is_undo) {
                    connection.revert(APPLIED, undo).await.map_err(from_migrate)?;
                }
            }
        }
    }
    Ok(())
}

/// Whether this program knows all that was applied, in the same words.
fn check(migrator: &Migrator, applied: &[AppliedMigration]) -> Result<(), StoreError> {
    let known = migrator.iter().map(|step| step.version).max().unwrap_or(0);
    let found = applied.iter().map(|done| done.version).max().unwrap_or(0);
    if found > known {
        return Err(StoreError::NewerDatabase { found, known });
    }
    for done in applied {
        let up = migrator
            .iter()
            .find(|step| step.version == done.version && step.migration_type.is_up_migration());
        if up.is_none_or(|step| step.checksum != done.checksum) {
            return Err(StoreError::Corrupt(format!("migration {} is not this program's", done.version)));
        }
    }
    Ok(())
}

fn from_migrate(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        error => StoreError::Internal(error.to_string()),
    }
}
