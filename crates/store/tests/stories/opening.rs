//! What a person hears who opens a folder or an address that can't be used.

use std::fs;
use std::path::Path;
use std::process::Command;

use store::{FileKey, Store, StoreError};
use tempfile::tempdir;

#[tokio::test]
async fn a_folder_is_made_with_its_parents() {
    let data = tempdir().unwrap();
    let folder = data.path().join("a/b c/ü");
    Store::open_folder(&folder).await.unwrap().close().await;
    assert!(folder.join("slidewright.db").is_file());
    assert_eq!(fs::read_dir(folder.join("tmp")).unwrap().count(), 0);
    Store::open_folder(&folder).await.unwrap().close().await;
}

#[tokio::test]
async fn a_file_is_no_data_folder() {
    let data = tempdir().unwrap();
    let file = data.path().join("notes.txt");
    fs::write(&file, "mine").unwrap();
    for path in [file.clone(), file.join("below")] {
        let error = Store::open_folder(&path).await.unwrap_err();
        assert!(matches!(error, StoreError::NotAFolder(_)), "{error}");
        assert!(error.to_string().ends_with("is not a folder; choose a folder for the data"), "{error}");
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_called_damaged_and_left_alone() {
    let data = tempdir().unwrap();
    let file = data.path().join("slidewright.db");
    let text = "Dear diary, today ".repeat(500);
    fs::write(&file, &text).unwrap();
    let error = Store::open_folder(data.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
    assert!(error.to_string().contains("restore it from a backup"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn a_database_with_a_broken_page_is_called_damaged() {
    let data = tempdir().unwrap();
    Store::open_folder(data.path()).await.unwrap().close().await;
    let file = data.path().join("slidewright.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes[100..4096].fill(0xa5);
    fs::write(&file, bytes).unwrap();
    let error = Store::open_folder(data.path()).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
}

#[tokio::test]
async fn a_cut_off_database_is_called_damaged() {
    let data = tempdir().unwrap();
    Store::open_folder(data.path()).await.unwrap().close().await;
    let file = fs::File::options().write(true).open(data.path().join("slidewright.db")).unwrap();
    file.set_len(4096 * 3).unwrap();
    let error = match Store::open_folder(data.path()).await {
        Err(error) => error,
        Ok(store) => store.migrate_down(1).await.unwrap_err(),
    };
    assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
}

#[tokio::test]
async fn eight_handles_open_a_new_folder_at_once() {
    let data = tempdir().unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let folder = data.path().to_owned();
        tasks.spawn(async move { Store::open_folder(&folder).await });
    }
    for store in tasks.join_all().await {
        store.unwrap().close().await;
    }
}

#[tokio::test]
async fn an_address_is_checked() {
    let data = tempdir().unwrap();
    let error = Store::connect("mysql://localhost/x", data.path()).await.unwrap_err();
    assert!(error.to_string().contains("postgres:// or sqlite:"), "{error}");
    for url in ["postgres://nobody@127.0.0.1:1/x", "postgres://x@localhost/x?host=/nowhere", "postgres://["] {
        let error = Store::connect(url, data.path()).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{url}: {error}");
    }
}

#[tokio::test]
async fn sqlite_can_be_named_by_an_address() {
    let data = tempdir().unwrap();
    let url = format!("sqlite:{}", data.path().join("other.db").display());
    let store = Store::connect(&url, data.path()).await.unwrap();
    store.migrate_up().await.unwrap();
    store.close().await;
    assert!(data.path().join("other.db").is_file());
}

/// Starts a test again on a disk of its own, in its own mount namespace: a plain user can do
/// that too, and nothing stays mounted.
fn on_a_small_disk(test: &str, options: &str) {
    let namespace = || {
        let mut unshare = Command::new("unshare");
        unshare.args(["--map-root-user", "--mount"]);
        unshare
    };
    if !namespace().arg("true").status().unwrap().success() {
        // Some containers forbid it. A full database is then still tried by SQLite's own limit,
        // in the crate's unit tests.
        eprintln!("{test}: no disk can be mounted here, so this was not tried");
        return;
    }
    let folder = tempdir().unwrap();
    let script = format!(
        "mount -t tmpfs -o {options} none {0} && exec {1} --exact {test} --nocapture",
        folder.path().display(),
        std::env::current_exe().unwrap().display(),
    );
    let output = namespace().args(["sh", "-c", &script]).env(DISK, folder.path()).output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}

/// In the environment of a test that was started again: the folder that the disk is mounted on.
const DISK: &str = "SLIDEWRIGHT_TEST_DISK";

fn disk() -> Option<std::path::PathBuf> {
    #[allow(clippy::disallowed_methods, reason = "the test tells its second process where the disk is")]
    std::env::var_os(DISK).map(Into::into)
}

#[tokio::test]
async fn a_full_disk_is_named_and_nothing_is_lost() {
    let Some(disk) = disk() else {
        return on_a_small_disk("opening::a_full_disk_is_named_and_nothing_is_lost", "size=2m");
    };
    fill_and_check(&disk).await;
}

async fn fill_and_check(disk: &Path) {
    let store = Store::open_folder(disk).await.unwrap();
    let workspace = domain::WorkspaceId(uuid::Uuid::from_u128(1));
    let files = store.files(workspace);
    let key = |n: u128| FileKey::Asset(domain::AssetId(uuid::Uuid::from_u128(n)));
    fs::write(disk.join("holiday.jpg"), vec![0; 400_000]).unwrap();
    files.put(&key(1), b"first".to_vec()).await.unwrap();
    let error = files.put(&key(1), vec![7; 3_000_000]).await.unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    assert_eq!(error.to_string(), "the disk is full and nothing was changed; free some space and try again");
    assert_eq!(files.get(&key(1)).await.unwrap(), b"first");
    assert_eq!(fs::read_dir(disk.join("tmp")).unwrap().count(), 0, "nothing half-written");

    let home = store::workspaces::Home { workspace, owner: domain::MemberId(uuid::Uuid::from_u128(2)) };
    store::workspaces::ensure_default(&store, home, "Ada", time::OffsetDateTime::UNIX_EPOCH).await.unwrap();
    let error = loop {
        let mut tx = store.write(workspace).await.unwrap();
        let profile = domain::Profile { id: domain::ProfileId(next_id()), fields: big() };
        let kept = store::profiles::insert(&mut tx, &profile, time::OffsetDateTime::UNIX_EPOCH).await;
        if let Err(error) = match kept {
            Ok(()) => tx.commit().await,
            Err(error) => Err(error),
        } {
            break error;
        }
    };
    assert!(matches!(error, StoreError::Full), "{error}");
    let mut tx = store.read(workspace).await.unwrap();
    let kept = store::profiles::list(&mut tx).await.unwrap();
    assert!(!kept.is_empty() && kept.iter().all(|profile| profile.fields == big()));
    drop(tx);
    store.close().await;
    fs::write(disk.join("rest"), vec![0; 2_000_000]).unwrap_err();
    let error = Store::open_folder(disk).await.unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    // As the sentence says: free some space and try again.
    fs::remove_file(disk.join("holiday.jpg")).unwrap();
    let store = Store::open_folder(disk).await.unwrap();
    assert_eq!(store::profiles::list(&mut store.read(workspace).await.unwrap()).await.unwrap(), kept);
}

fn big() -> domain::ProfileFields {
    domain::ProfileFields { audience: "bakers ".repeat(8_000), ..Default::default() }
}

fn next_id() -> uuid::Uuid {
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    uuid::Uuid::from_u128(COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed).into())
}

#[tokio::test]
async fn a_read_only_folder_is_named() {
    let Some(disk) = disk() else {
        return on_a_small_disk("opening::a_read_only_folder_is_named", "ro,size=8m");
    };
    for folder in [disk.clone(), disk.join("new")] {
        let error = Store::open_folder(&folder).await.unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly), "{error}");
        assert!(error.to_string().contains("allow this user to write there"), "{error}");
    }
}
