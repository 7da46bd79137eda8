//! A throwaway PostgreSQL, one a test process; it ends with the process, however that ends.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::Store;

/// The folder with `bin/postgres`, as `tools/test-postgres` prints it.
const PGSERVER: &str = "SLIDEWRIGHT_TEST_PGSERVER";

/// Debian's `nobody` and `nogroup`: PostgreSQL refuses to run as root.
const NOBODY: u32 = 65534;

/// Runs the server until its standard input ends, which is when the test process does,
/// and leaves nothing behind. `$1` binaries, `$2` folder, the rest a command to become another user.
const KEEPER: &str = r#"
bin=$1 folder=$2; shift 2
"$@" "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale --no-sync || exit 1
"$@" "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=200 \
    -c fsync=off -c full_page_writes=off -c synchronous_commit=off &
server=$!
cat > /dev/null
# Without the checkpoint of an orderly end: nothing of it is wanted.
kill -QUIT $server
wait $server
rm -rf "$folder"
"#;

struct Server {
    folder: PathBuf,
    /// Holds the keeper's standard input open.
    keeper: Child,
}

static SERVER: OnceLock<Server> = OnceLock::new();

/// The address of a new, migrated, empty database.
pub(crate) fn fresh_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    // PostgreSQL copies a template for one caller at a time.
    static COPYING: Mutex<()> = Mutex::new(());
    let server = SERVER.get_or_init(Server::start);
    let _copying = COPYING.lock().unwrap_or_else(PoisonError::into_inner);
    let name = format!("t_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    block_on(server.execute(format!("CREATE DATABASE {name} TEMPLATE tmpl")));
    server.address(&name)
}

/// Removes a database again; each takes 8 MB of disk.
pub(crate) fn drop_database(address: &str) {
    let path = address.split('?').next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let server = SERVER.get().unwrap();
    block_on(server.execute(format!("DROP DATABASE {name} WITH (FORCE)")));
}

impl Server {
    fn start() -> Self {
        #[allow(clippy::disallowed_methods, reason = "the test script says where PostgreSQL is")]
        let Ok(installed) = std::env::var(PGSERVER) else {
            panic!(
                "{PGSERVER} is not set: run ./test, or: export {PGSERVER}=$(tools/test-postgres). \
                 The stories run on both databases; PostgreSQL is not skipped."
            );
        };
        let folder = tempfile::Builder::new().prefix("slidewright-pg-").tempdir_in("/tmp").unwrap().keep();
        let mut become_other = vec![];
        if is_root(&folder) {
            std::os::unix::fs::chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
            become_other =
                ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"].into();
        }
        let log = fs::File::create(folder.join("log")).unwrap();
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(Path::new(&installed).join("bin"))
            .arg(&folder)
            .args(become_other)
            .current_dir("/")
            // Ctrl-C and a killed test run reach the tests, which is enough: the keeper has to clean up.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Self { folder, keeper };
        server.wait_until_ready();
        block_on(server.make_template());
        server
    }

    fn wait_until_ready(&mut self) {
        let address = self.address("postgres");
        for _ in 0..600 {
            if block_on(PgConnection::connect(&address)).is_ok() {
                return;
            }
            if self.keeper.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("PostgreSQL did not start:\n{log}");
    }

    async fn make_template(&self) {
        self.execute("CREATE DATABASE tmpl".to_owned()).await;
        let data = tempfile::tempdir().unwrap();
        let store = Store::connect(&self.address("tmpl"), data.path()).await.unwrap();
        store.migrate_up().await.unwrap();
        store.close().await;
    }

    async fn execute(&self, sql: String) {
        let mut connection = PgConnection::connect(&self.address("postgres")).await.unwrap();
        connection.execute(AssertSqlSafe(sql)).await.unwrap();
        connection.close().await.unwrap();
    }

    /// By the socket in the server's own folder: nothing listens on the network.
    fn address(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }
}

/// Whether this process may give its files away, which is what matters here.
fn is_root(folder: &Path) -> bool {
    std::os::unix::fs::MetadataExt::uid(&fs::metadata(folder).unwrap()) == 0
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
