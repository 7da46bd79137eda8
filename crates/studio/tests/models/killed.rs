//! Killed with signal 9 at many points of a stage: no finished candidate is asked for again, and every
//! call that was made is in the ledger.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use domain::{MicroUsd, Mode, State, Strategy, WriterChoice};
use model_server::{Asked, ModelServer};
use store::Store;
use store::money::{ledger, open_reservations};
use studio::{Actor, Outcome, Surroundings};

use crate::bench::{open, request};
use crate::script;

const KILLS: u32 = 50;
/// How long an answer takes.
const LATENCY: Duration = Duration::from_millis(40);
/// Set for the child alone: data folder, server, and how many minutes later it is.
const CHILD: &str = "SLIDEWRIGHT_TEST_CHILD";

/// The child: works on the one carousel until it is killed or done. Each lives half an hour after
/// the one before, so that what that one held has ended.
#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "the child of a test is told by its environment")]
async fn child() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let mut told = told.split('|');
    let folder = PathBuf::from(told.next().unwrap());
    let address = told.next().unwrap();
    let later = Duration::from_secs(60 * told.next().unwrap().parse::<u64>().unwrap());
    let (studio, actor) = open(&folder, address, later_by(later)).await;
    let request = request(Mode::Fast, true);
    let carousel = match studio.unfinished(actor, &request).await.unwrap() {
        Some(carousel) if carousel.progress.state != State::Ready => {
            // Killed too often in one stage it has failed, which a person would retry.
            studio.resume(actor, carousel, Mode::Fast, WriterChoice::Auto).await.unwrap()
        }
        _ => studio.create_for_run(actor, request).await.unwrap(),
    };
    let outcome = studio.work_on(actor, carousel.id, "child", std::future::pending()).await.unwrap();
    assert!(matches!(outcome, Outcome::Settled(_)));
    studio.settled().await;
}

fn later_by(later: Duration) -> Surroundings {
    let real = Surroundings::real();
    Surroundings::with(move || real.now() + later, real_id, || 0.5)
}

#[expect(clippy::disallowed_methods, reason = "several processes of one test must not take the same ids")]
fn real_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// Which carousel's candidate a question is for.
fn candidate(asked: &Asked) -> Option<(String, Strategy)> {
    Some((asked.body["session_id"].as_str()?.to_owned(), script::strategy(asked)?))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_candidate_is_paid_for_twice_however_often_the_process_is_killed() {
    let server = ModelServer::start().await;
    server.rule(|asked| Some(script::good(asked).latency(LATENCY)));
    let folder = tempfile::tempdir().unwrap();
    let (studio, actor) = open(folder.path(), &server.address(), Surroundings::real()).await;
    let store = Store::open_folder(folder.path()).await.unwrap();
    let (mut kills, mut minutes) = (0, 0);
    let mut seen = 0;
    while kills < KILLS {
        minutes += 30;
        let saved = saved(&studio, actor, &store).await;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["killed::child", "--exact"])
            .env(CHILD, format!("{}|{}|{minutes}", folder.path().display(), server.address()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while server.asked().len() == seen && child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        // Somewhere between the first question and a little after the answers, another point each time.
        tokio::time::sleep(LATENCY * 3 * (kills * 37 % 100) / 100).await;
        child.kill().unwrap();
        kills += u32::from(!child.wait().unwrap().success());
        let asked = server.asked();
        let again: Vec<_> =
            asked[seen..].iter().filter_map(candidate).filter(|one| saved.contains(one)).collect();
        assert!(again.is_empty(), "after {kills} kills these were there already: {again:?}");
        seen = asked.len();
    }
    assert!(!saved(&studio, actor, &store).await.is_empty(), "some were finished on the way");
    let later = Duration::from_secs(60 * (minutes + 60));
    let (last, _) = open(folder.path(), &server.address(), later_by(later)).await;
    last.settle_abandoned().await.unwrap();
    every_call_is_in_the_ledger(&server, &store, actor).await;
}

/// The candidates that are kept, of all carousels.
async fn saved(studio: &studio::Studio, actor: Actor, store: &Store) -> BTreeSet<(String, Strategy)> {
    let mut tx = store.read(actor.workspace).await.unwrap();
    let mut saved = BTreeSet::new();
    let page = studio.library(actor, &studio::LibraryFilter::default(), None, 100).await.unwrap();
    for card in page.cards {
        let variants = store::variants::of_carousel(&mut tx, card.id).await.unwrap();
        saved.extend(variants.into_iter().map(|variant| (card.id.to_string(), variant.strategy)));
    }
    saved
}

/// A reservation may have died before its question was sent, but no question was sent without one.
async fn every_call_is_in_the_ledger(server: &ModelServer, store: &Store, actor: Actor) {
    let now = Surroundings::real().now() + Duration::from_secs(3_600);
    assert!(open_reservations(store, now, 1).await.unwrap().is_empty());
    let mut tx = store.read(actor.workspace).await.unwrap();
    let entries =
        ledger::page(&mut tx, &(now - Duration::from_secs(7_200)..now), None, 100_000).await.unwrap();
    let unknown = entries.iter().filter(|entry| entry.outcome == "unknown").count();
    let asked = server.asked().len();
    assert!(unknown > 0, "some died under way");
    assert!(entries.len() >= asked, "{} rows for {asked} calls", entries.len());
    assert!(entries.len() - unknown <= asked, "{} settled of {asked} calls", entries.len() - unknown);
    assert!(entries.iter().all(|entry| entry.cost > MicroUsd::ZERO || entry.outcome != "unknown"));
}
