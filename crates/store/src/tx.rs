//! A transaction of one workspace, on either database.

use domain::WorkspaceId;
use sqlx::Transaction;
use sqlx::postgres::Postgres;
use sqlx::sqlite::Sqlite;

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::row::Row;
use crate::value::{Value, args};

/// All that is read or written goes through here; dropped without [`Tx::commit`], nothing was written.
#[derive(Debug)]
pub struct Tx {
    workspace: WorkspaceId,
    on: On,
}

#[derive(Debug)]
pub(crate) enum On {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A statement with its values; compiles against either driver.
macro_rules! bound {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Int(number) => query.bind(number),
                Value::Real(number) => query.bind(number),
            };
        }
        query
    }};
}

impl Tx {
    pub(crate) async fn new(on: On, workspace: WorkspaceId) -> Result<Self, StoreError> {
        let mut tx = Self { workspace, on };
        tx.enter(workspace).await?;
        Ok(tx)
    }

    /// The workspace that everything here belongs to.
    #[must_use]
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Goes over to another workspace: for the queue, which serves all of them, and for what was
    /// found by a secret.
    pub(crate) async fn enter(&mut self, workspace: WorkspaceId) -> Result<(), StoreError> {
        self.workspace = workspace;
        if let On::Postgres(_) = self.on {
            self.all(crate::dialect::postgres::SET_WORKSPACE, args![workspace]).await?;
        }
        Ok(())
    }

    pub(crate) fn on(&mut self) -> &mut On {
        &mut self.on
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.on {
            On::Sqlite(_) => Dialect::Sqlite,
            On::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The rows that a statement gives.
    pub(crate) async fn all(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        crate::statements::note(self.dialect(), sql);
        Ok(match &mut self.on {
            On::Sqlite(tx) => {
                let rows = bound!(sql, values).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            On::Postgres(tx) => {
                let rows = bound!(sql, values).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row, where there is one.
    pub(crate) async fn first(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// How many rows a statement changed.
    pub(crate) async fn run(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64, StoreError> {
        crate::statements::note(self.dialect(), sql);
        Ok(match &mut self.on {
            On::Sqlite(tx) => bound!(sql, values).execute(&mut **tx).await?.rows_affected(),
            On::Postgres(tx) => bound!(sql, values).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Keeps what was written.
    ///
    /// # Errors
    /// Where it can't be kept; then nothing of it is.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.on {
            On::Sqlite(tx) => tx.commit().await?,
            On::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
