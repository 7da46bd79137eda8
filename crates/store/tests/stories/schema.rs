//! Migrations: up, down and up again, and what a program says to tables that are not its own.

use sqlx::{Connection, PgConnection, SqliteConnection};
use store::library::{self, Filter};
use store::statements::Dialect;
use store::workspaces::{Home, ensure_default};
use store::{StoreError, carousels, money};

use crate::money::entry;
use crate::support::{World, at, stories};

/// The migration that brought the accounts.
const MONEY: i64 = 4;

stories! {
    async fn the_tables_go_down_and_come_up_again(world) {
        world.carousel().await;
        world.store.migrate_down(99).await.unwrap();
        let error = library::page(&mut world.read().await, &Filter::default(), None, 1).await.unwrap_err();
        assert!(matches!(error, StoreError::NotMigrated), "{error}");
        assert_eq!(tables(world).await, ["_sqlx_migrations"]);

        world.store.migrate_up().await.unwrap();
        world.store.migrate_up().await.unwrap();
        let home = Home { ..world.home };
        assert_eq!(ensure_default(&world.store, home, "Ada", at(0)).await.unwrap(), world.home);
        assert!(library::page(&mut world.read().await, &Filter::default(), None, 1).await.unwrap().is_empty());
    }

    async fn the_accounts_go_down_by_themselves_and_come_up_empty(world) {
        let carousel = world.carousel().await;
        let mut tx = world.write().await;
        let row = entry(&world.reservation(Some(carousel.id)), 400);
        assert!(money::settle(&mut tx, &row).await.unwrap());
        tx.commit().await.unwrap();
        world.store.migrate_down(applied_since(world, MONEY).await).await.unwrap();
        let error = money::ledger::get(&mut world.read().await, row.attempt).await.unwrap_err();
        assert!(matches!(error, StoreError::NotMigrated), "{error}");
        assert_eq!(carousels::get(&mut world.read().await, carousel.id).await.unwrap(), carousel);

        world.store.migrate_up().await.unwrap();
        let mut tx = world.write().await;
        let error = money::ledger::get(&mut tx, row.attempt).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { .. }), "{error}");
        assert!(money::settle(&mut tx, &row).await.unwrap());
        assert_eq!(money::ledger::get(&mut tx, row.attempt).await.unwrap(), row);
    }

    async fn data_of_a_newer_program_is_left_alone(world) {
        tamper(
            world,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'of tomorrow', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
        let error = world.store.migrate_up().await.unwrap_err();
        assert!(matches!(error, StoreError::NewerDatabase { found: 9999, .. }), "{error}");
        assert!(error.to_string().contains("newer version of the program"));
        let error = world.store.migrate_down(1).await.unwrap_err();
        assert!(matches!(error, StoreError::NewerDatabase { .. }), "{error}");
    }

    async fn tables_of_another_program_are_left_alone(world) {
        tamper(world, "UPDATE _sqlx_migrations SET checksum = substr(checksum, 2)").await;
        let error = world.store.migrate_up().await.unwrap_err();
        assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
    }

    async fn both_databases_have_the_same_tables_and_columns(world) {
        // The list is SQLite's, so that a column added to one database alone is noticed.
        let file = world.data().join("other");
        let sqlite = store::Store::open_folder(&file).await.unwrap();
        sqlite.close().await;
        let mut connection =
            SqliteConnection::connect(file.join("slidewright.db").to_str().unwrap()).await.unwrap();
        let expected = columns_of_sqlite(&mut connection).await;
        assert!(expected.len() > 80, "{expected:?}");
        let mut found: Vec<String> = match world.dialect {
            Dialect::Sqlite => expected.clone(),
            Dialect::Postgres => {
                let mut connection = PgConnection::connect(world.address()).await.unwrap();
                sqlx::query_scalar(
                    "SELECT table_name || '.' || column_name || ' ' || is_nullable FROM information_schema.columns
                     WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'",
                )
                .fetch_all(&mut connection)
                .await
                .unwrap()
            }
        };
        found.sort();
        assert_eq!(found, expected);
    }
}

/// `table.column YES` where it may be empty.
async fn columns_of_sqlite(connection: &mut SqliteConnection) -> Vec<String> {
    let mut columns: Vec<String> = sqlx::query_scalar(
        "SELECT tables.name || '.' || columns.name || CASE WHEN \"notnull\" OR pk THEN ' NO' ELSE ' YES' END
         FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name <> '_sqlx_migrations'",
    )
    .fetch_all(connection)
    .await
    .unwrap();
    columns.sort();
    columns
}

async fn tables(world: &World) -> Vec<String> {
    match world.dialect {
        Dialect::Sqlite => {
            let mut connection = SqliteConnection::connect(&world.database_file()).await.unwrap();
            let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        }
        Dialect::Postgres => {
            let mut connection = PgConnection::connect(world.address()).await.unwrap();
            let sql = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        }
    }
}

/// How many migrations were applied, from this one on.
async fn applied_since(world: &World, version: i64) -> usize {
    let sql = "SELECT COUNT(*) FROM _sqlx_migrations WHERE version >= $1";
    let count: i64 = match world.dialect {
        Dialect::Sqlite => {
            let mut connection = SqliteConnection::connect(&world.database_file()).await.unwrap();
            sqlx::query_scalar(sql).bind(version).fetch_one(&mut connection).await.unwrap()
        }
        Dialect::Postgres => {
            let mut connection = PgConnection::connect(world.address()).await.unwrap();
            sqlx::query_scalar(sql).bind(version).fetch_one(&mut connection).await.unwrap()
        }
    };
    usize::try_from(count).unwrap()
}

async fn tamper(world: &World, sql: &'static str) {
    match world.dialect {
        Dialect::Sqlite => {
            let mut connection = SqliteConnection::connect(&world.database_file()).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
        }
        Dialect::Postgres => {
            let mut connection = PgConnection::connect(world.address()).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
        }
    }
}
