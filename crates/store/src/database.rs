//! Opening a database, and the transactions on it.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use domain::WorkspaceId;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
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
            Some("postgres" | "postgresql") => {
                let options = PgConnectOptions::from_str(url)?;
                let pool = PgPoolOptions::new()
                    .max_connections(10)
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .connect_with(options);
                let pool = pool.await.map_err(|error| match error {
                    sqlx::Error::Io(error) => StoreError::Unavailable(error.to_string()),
                    error => error.into(),
                })?;
                Ok(Self { database: Database::Postgres(pool), data: data.to_owned() })
            }
            _ => Err(StoreError::Unavailable(
                "the address has to begin with postgres:// or sqlite:".to_owned(),
            )),
        }
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
        match &self.database {
            Database::Sqlite { writer, .. } => schema::migrate_sqlite(writer, direction).await,
            Database::Postgres(pool) => schema::migrate_postgres(pool, direction).await,
        }
    }

    /// A transaction that only reads, and sees one state of the data throughout.
    ///
    /// # Errors
    /// Where no connection is to be had.
    pub async fn read(&self, workspace: WorkspaceId) -> Result<Tx, StoreError> {
        let on = match &self.database {
            Database::Sqlite { readers, .. } => On::Sqlite(readers.begin_with(sqlite::BEGIN_READ).await?),
            Database::Postgres(pool) => On::Postgres(pool.begin_with(postgres::BEGIN_READ).await?),
        };
        Tx::new(on, workspace).await
    }

    /// A transaction that writes. On SQLite there is one at a time, so keep it short: no outside call inside.
    ///
    /// # Errors
    /// Where no connection is to be had, or another process writes for too long.
    pub async fn write(&self, workspace: WorkspaceId) -> Result<Tx, StoreError> {
        let on = match &self.database {
            Database::Sqlite { writer, .. } => On::Sqlite(writer.begin_with(sqlite::BEGIN_WRITE).await?),
            Database::Postgres(pool) => On::Postgres(pool.begin_with(postgres::BEGIN_WRITE).await?),
        };
        Tx::new(on, workspace).await
    }

    /// For the queue alone, which serves every workspace: a transaction that is in none yet.
    pub(crate) async fn write_for_all(&self) -> Result<Tx, StoreError> {
        self.write(WorkspaceId(Uuid::nil())).await
    }

    /// As [`Store::write_for_all`], to look when the queue has work.
    pub(crate) async fn read_for_all(&self) -> Result<Tx, StoreError> {
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
