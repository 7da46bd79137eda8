//! Opening a database, and the transactions on it.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use domain::WorkspaceId;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use uuid::Uuid;

use crate::dialect::{postgres, sqlite};
use crate::error::StoreError;
use crate::files::{self, Files};
use crate::schema::{self, Direction};
use crate::tx::{On, Tx};

/// The embedded database's file in the data folder.
const FILE: &str = "slidewright.db";

/// How long a writer waits for another process's write to end.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// How long a task waits for a free connection of its own process.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a PostgreSQL server may take to answer at first.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How often opening is tried while another process is just creating the same database.
const OPEN_TRIES: u32 = 40;

/// A database with the files that belong to it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    data: PathBuf,
}

#[derive(Clone, Debug)]
enum Database {
    /// SQLite has one writer at a time: so one connection writes, the others only read.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens the embedded database of a data folder; makes and migrates both where needed.
    ///
    /// Several processes may have the same folder open.
    ///
    /// # Errors
    /// Where the folder can't be made or written to, or holds what this program can't read.
    pub async fn open_folder(data: &Path) -> Result<Self, StoreError> {
        files::prepare(data)?;
        let store = Self::sqlite(SqliteConnectOptions::new().filename(data.join(FILE)), data).await?;
        store.migrate_up().await?;
        Ok(store)
    }

    /// Connects to `postgres://...` or `sqlite:...`; files are kept in the data folder. Doesn't migrate.
    ///
    /// # Errors
    /// Where the address is not one of these, or nothing answers there.
    pub async fn connect(url: &str, data: &Path) -> Result<Self, StoreError> {
        files::prepare(data)?;
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Self::sqlite(SqliteConnectOptions::from_str(url)?, data).await,
            Some("postgres" | "postgresql") => Self::postgres(PgConnectOptions::from_str(url)?, data).await,
            _ => Err(StoreError::Unavailable(
                "the address has to begin with postgres:// or sqlite:".to_owned(),
            )),
        }
    }

    async fn postgres(options: PgConnectOptions, data: &Path) -> Result<Self, StoreError> {
        // Once by hand: the pool would go on trying where nobody answers.
        let first = tokio::time::timeout(CONNECT_TIMEOUT, PgConnection::connect_with(&options)).await;
        let first = first.map_err(|_| StoreError::Unavailable("nothing answers".to_owned()))?;
        first
            .map_err(|error| match error {
                sqlx::Error::Io(error) => StoreError::Unavailable(error.to_string()),
                error => error.into(),
            })?
            .close()
            .await?;
        let pool = PgPoolOptions::new()
            .max_connections(10)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_lazy_with(options);
        Ok(Self { database: Database::Postgres(pool), data: data.to_owned() })
    }

    async fn sqlite(options: SqliteConnectOptions, data: &Path) -> Result<Self, StoreError> {
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let writer = open_writer(writing).await?;
        let reading = options.read_only(true).foreign_keys(true).busy_timeout(BUSY_TIMEOUT);
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_lazy_with(reading);
        Ok(Self { database: Database::Sqlite { writer, readers }, data: data.to_owned() })
    }

    /// Brings the tables to this program's version.
    ///
    /// # Errors
    /// Where a newer program wrote them, or a step fails; then nothing is changed.
    pub async fn migrate_up(&self) -> Result<(), StoreError> {
        self.migrate(Direction::Up).await
    }

    /// Takes the last migrations back, with the data that only their tables hold.
    ///
    /// # Errors
    /// As [`Store::migrate_up`].
    pub async fn migrate_down(&self, steps: usize) -> Result<(), StoreError> {
        self.migrate(Direction::Down(steps)).await
    }

    async fn migrate(&self, direction: Direction) -> Result<(), StoreError> {
        let mut tx = self.write_for_all().await?;
        schema::migrate(&mut tx, direction).await?;
        tx.commit().await
    }

    /// A transaction that only reads, and sees one state of the data throughout.
    ///
    /// # Errors
    /// Where no connection is to be had.
    pub async fn read(&self, workspace: WorkspaceId) -> Result<Tx, StoreError> {
        let on = match &self.database {
            Database::Sqlite { readers, .. } => On::Sqlite(readers.begin_with(sqlite::BEGIN_READ).await?),
            Database::Postgres(pool) => begin_postgres(pool, postgres::BEGIN_READ).await?,
        };
        Tx::new(on, workspace).await
    }

    /// A transaction that writes. On SQLite there is one at a time, so keep it short: no outside call inside.
    ///
    /// # Errors
    /// Where no connection is to be had, or another process writes for too long.
    pub async fn write(&self, workspace: WorkspaceId) -> Result<Tx, StoreError> {
        self.begin_write(workspace, sqlite::BEGIN_WRITE).await
    }

    /// As [`Store::write`], for what not even a power cut may take back: money. (PostgreSQL's commits always
    /// wait for the disk.)
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_durable(&self, workspace: WorkspaceId) -> Result<Tx, StoreError> {
        self.begin_write(workspace, sqlite::BEGIN_DURABLE).await
    }

    async fn begin_write(&self, workspace: WorkspaceId, on_sqlite: &'static str) -> Result<Tx, StoreError> {
        let on = match &self.database {
            Database::Sqlite { writer, .. } => begin_sqlite(writer, on_sqlite).await?,
            Database::Postgres(pool) => begin_postgres(pool, postgres::BEGIN_WRITE).await?,
        };
        Tx::new(on, workspace).await
    }

    /// A transaction that is in no workspace yet: for the queue, which serves all of them, for
    /// accounts, which belong to none, and for what is found by a secret, which says its workspace.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_for_all(&self) -> Result<Tx, StoreError> {
        self.write(WorkspaceId(Uuid::nil())).await
    }

    /// As [`Store::write_for_all`], only to read.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn read_for_all(&self) -> Result<Tx, StoreError> {
        self.read(WorkspaceId(Uuid::nil())).await
    }

    /// The files of a workspace.
    #[must_use]
    pub fn files(&self, workspace: WorkspaceId) -> Files {
        Files::new(&self.data, workspace)
    }

    /// Waits until every connection is closed; for a clean end of the process.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction on the one connection that writes.
///
/// A full disk makes SQLite roll back by itself, while the driver goes on counting the
/// transaction as open: that connection is closed, and the next one begins anew.
async fn begin_sqlite(writer: &SqlitePool, begin: &'static str) -> Result<On, StoreError> {
    match writer.begin_with(begin).await {
        Err(sqlx::Error::InvalidSavePointStatement) => {
            writer.acquire().await?.close().await?;
            Ok(On::Sqlite(writer.begin_with(begin).await?))
        }
        begun => Ok(On::Sqlite(begun?)),
    }
}

/// The pool tries again for as long as it may wait, so a server that is gone looks like a crowded one.
async fn begin_postgres(pool: &PgPool, begin: &'static str) -> Result<On, StoreError> {
    match pool.begin_with(begin).await {
        Ok(tx) => Ok(On::Postgres(tx)),
        Err(sqlx::Error::PoolTimedOut) => {
            Err(StoreError::Unavailable("no connection became free in time".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// While another process switches a new file to its log, SQLite answers "busy" without waiting.
async fn open_writer(options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    let mut tries = 0;
    loop {
        let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE_TIMEOUT);
        match pool.connect_with(options.clone()).await.map_err(StoreError::from) {
            Err(StoreError::Busy) if tries < OPEN_TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            opened => return opened,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Profile, ProfileFields, ProfileId};
    use time::OffsetDateTime;

    use super::*;
    use crate::profiles;
    use crate::workspaces::{Home, ensure_default};

    #[tokio::test]
    async fn only_what_is_for_money_waits_for_the_disk() {
        const FULL: i64 = 2;
        let data = tempfile::tempdir().unwrap();
        let store = Store::open_folder(data.path()).await.unwrap();
        for durable in [true, false, true] {
            let workspace = WorkspaceId(Uuid::nil());
            let begun =
                if durable { store.write_durable(workspace).await } else { store.write(workspace).await };
            let mut tx = begun.unwrap();
            let On::Sqlite(connection) = tx.on() else { unreachable!() };
            let level: i64 =
                sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut **connection).await.unwrap();
            assert_eq!(level == FULL, durable);
            tx.commit().await.unwrap();
        }
    }

    /// By SQLite's own limit, which tells the same as a full disk and can be had everywhere.
    #[tokio::test]
    async fn a_database_that_cannot_grow_is_full_and_keeps_what_it_has() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open_folder(data.path()).await.unwrap();
        let Database::Sqlite { writer, .. } = &store.database else { unreachable!() };
        sqlx::query("PRAGMA max_page_count = 100").execute(writer).await.unwrap();
        let workspace = WorkspaceId(Uuid::from_u128(1));
        let home = Home { workspace, owner: domain::MemberId(Uuid::from_u128(2)) };
        ensure_default(&store, home, "Ada", OffsetDateTime::UNIX_EPOCH).await.unwrap();
        let mut kept = 0;
        let error = loop {
            let fields = ProfileFields { audience: "bakers ".repeat(2_000), ..Default::default() };
            let profile = Profile { id: ProfileId(Uuid::from_u128(kept)), fields };
            let mut tx = store.write(workspace).await.unwrap();
            if let Err(error) = profiles::insert(&mut tx, &profile, OffsetDateTime::UNIX_EPOCH).await {
                break error;
            }
            tx.commit().await.unwrap();
            kept += 1;
        };
        assert!(matches!(error, StoreError::Full), "{error}");
        let mut tx = store.read(workspace).await.unwrap();
        assert_eq!(profiles::list(&mut tx).await.unwrap().len() as u128, kept);
        assert!(kept > 0);
    }
}
