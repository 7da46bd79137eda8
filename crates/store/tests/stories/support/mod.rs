//! What a story stands on: a fresh database of either kind, a folder, ids and a clock that are set.

pub(crate) mod postgres;
pub(crate) mod samples;

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use domain::{MemberId, WorkspaceId};
use store::Store;
use store::statements::Dialect;
use store::workspaces::{Home, ensure_default};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A story and where it stands, so that it can start itself again in another process.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) module: &'static str,
    pub(crate) name: &'static str,
    pub(crate) tell: for<'a> fn(&'a World) -> Telling<'a>,
}

pub(crate) type Telling<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Each story becomes a test on SQLite and one on PostgreSQL.
macro_rules! stories {
    ($($(#[doc = $doc:literal])* async fn $name:ident($world:ident) $body:block)*) => {
        $(
            $(#[doc = $doc])*
            fn $name($world: &$crate::support::World) -> $crate::support::Telling<'_> {
                Box::pin(async move $body)
            }
        )*

        pub(crate) static ALL: &[$crate::support::Story] = &[$($crate::support::Story {
            module: module_path!(),
            name: stringify!($name),
            tell: $name,
        }),*];

        $crate::support::stories!(@on on_sqlite Sqlite $($name)*);
        $crate::support::stories!(@on on_postgres Postgres $($name)*);
    };
    (@on $module:ident $dialect:ident $($name:ident)*) => {
        mod $module {
            $(
                #[test]
                fn $name() {
                    let story = super::ALL.iter().find(|story| story.name == stringify!($name));
                    $crate::support::tell(store::statements::Dialect::$dialect, story.unwrap());
                }
            )*
        }
    };
}
pub(crate) use stories;

/// In the environment of a process that a story started: the data folder and the database's
/// address, a line each.
const CHILD: &str = "SLIDEWRIGHT_TEST_CHILD";

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) home: Home,
    pub(crate) dialect: Dialect,
    /// Whether this is the second process of a story.
    pub(crate) is_child: bool,
    data: PathBuf,
    address: String,
    test: String,
    ids: AtomicU64,
}

/// A moment of the stories' clock: so many seconds after it began.
pub(crate) fn at(seconds: i64) -> OffsetDateTime {
    datetime!(2026-11-23 09:00:00.123456 UTC) + Duration::seconds(seconds)
}

/// Runs a story on a fresh database, or its second process on the first one's.
pub(crate) fn tell(dialect: Dialect, story: &Story) {
    #[allow(clippy::disallowed_methods, reason = "a story tells its second process where the database is")]
    let child_of = std::env::var(CHILD).ok();
    let folder = child_of.is_none().then(|| tempfile::tempdir().unwrap());
    let fresh = || folder.as_ref().unwrap().path().to_owned();
    // The second process may be killed, so it makes no folder that it would leave behind.
    let (data, address) = match (child_of.as_deref().and_then(|both| both.split_once('\n')), dialect) {
        (Some((data, address)), _) => (PathBuf::from(data), address.to_owned()),
        (None, Dialect::Sqlite) => (fresh(), fresh().display().to_string()),
        (None, Dialect::Postgres) => (fresh(), postgres::fresh_database()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let world = World::new(dialect, story, (data, address.clone()), child_of.is_some()).await;
        (story.tell)(&world).await;
        world.store.close().await;
    });
    if dialect == Dialect::Postgres && child_of.is_none() {
        postgres::drop_database(&address);
    }
}

impl World {
    async fn new(
        dialect: Dialect,
        story: &Story,
        (data, address): (PathBuf, String),
        is_child: bool,
    ) -> Self {
        let store = open(dialect, &address, &data).await;
        let new = Home { workspace: WorkspaceId(Uuid::from_u128(1)), owner: MemberId(Uuid::from_u128(2)) };
        let home = ensure_default(&store, new, "Ada", at(0)).await.unwrap();
        let (_, module) = story.module.split_once("::").unwrap();
        let database = if dialect == Dialect::Sqlite { "on_sqlite" } else { "on_postgres" };
        let test = format!("{module}::{database}::{}", story.name);
        let ids = AtomicU64::new(if is_child { 1_000_000 } else { 1_000 });
        Self { store, home, dialect, is_child, data, address, test, ids }
    }

    /// A second handle on the same data, as another process would have.
    pub(crate) async fn another_store(&self) -> Store {
        open(self.dialect, &self.address, &self.data).await
    }

    /// Another workspace on the same data.
    pub(crate) fn stranger(&self) -> WorkspaceId {
        WorkspaceId(Uuid::from_u128(99))
    }

    /// Starts this story again in another process, on the same database; there `is_child` is true.
    pub(crate) fn start_child(&self) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &self.test, "--nocapture"])
            .env(CHILD, format!("{}\n{}", self.data.display(), self.address))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Where the database is, for a story that looks behind the store.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn database_file(&self) -> String {
        format!("{}/slidewright.db", self.address)
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// An id that this story has not used.
    pub(crate) fn uuid(&self) -> Uuid {
        Uuid::from_u128(self.ids.fetch_add(1, Ordering::Relaxed).into())
    }

    pub(crate) async fn read(&self) -> store::Tx {
        self.store.read(self.home.workspace).await.unwrap()
    }

    pub(crate) async fn write(&self) -> store::Tx {
        self.store.write(self.home.workspace).await.unwrap()
    }
}

async fn open(dialect: Dialect, address: &str, data: &Path) -> Store {
    match dialect {
        Dialect::Sqlite => Store::open_folder(Path::new(address)).await.unwrap(),
        Dialect::Postgres => Store::connect(address, data).await.unwrap(),
    }
}
