//! The queue: each job once at a time, in order, fenced, tried again, given up, revived.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::{Action, Carousel, CarouselId};
use store::carousels;
use store::jobs::{self, AfterFailure, ClaimFilter, Job, JobState, Lease, NewJob, Retry};
use store::{Conflict, Store, StoreError};
use time::OffsetDateTime;

use crate::support::samples::progress;
use crate::support::{World, at, stories};

pub(crate) const LEASE: Duration = Duration::from_secs(60);

stories! {
    async fn a_carousel_that_no_job_writes_is_found(world) {
        let (orphan, written, draft) = (world.carousel().await, world.carousel().await, world.carousel().await);
        let started = progress(&[Action::Start]);
        let mut tx = world.write().await;
        for carousel in [&orphan, &written] {
            carousels::update_progress(&mut tx, carousel.id, &draft.progress, &started, at(1)).await.unwrap();
        }
        let job = |carousel: &Carousel| NewJob { carousel: Some(carousel.id), ..world.new_job(0) };
        jobs::enqueue(&mut tx, &job(&written)).await.unwrap();
        let dead = job(&orphan);
        jobs::enqueue(&mut tx, &dead).await.unwrap();
        tx.commit().await.unwrap();
        assert!(jobs::orphans(&world.store).await.unwrap().is_empty());
        claim(world, at(1)).await.unwrap();
        let (claimed, lease) = claim(world, at(1)).await.unwrap();
        assert_eq!(claimed.id, dead.id);
        let mut tx = world.write().await;
        jobs::fail(&mut tx, &lease, "no more", at(2)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(jobs::orphans(&world.store).await.unwrap(), [(world.home.workspace, orphan.id)]);
    }

    async fn a_job_is_claimed_done_and_forgotten(world) {
        let mut new = world.new_job(0);
        new.carousel = Some(world.carousel().await.id);
        let mut tx = world.write().await;
        assert!(jobs::enqueue(&mut tx, &new).await.unwrap());
        tx.commit().await.unwrap();

        let (job, lease) = claim(world, at(1)).await.unwrap();
        let expected = Job {
            id: new.id,
            workspace: world.home.workspace,
            lane: new.lane,
            name: new.name,
            payload: new.payload,
            carousel: new.carousel,
            state: JobState::Running,
            run_at: at(0),
            attempts: 1,
            max_attempts: 3,
            last_error: None,
        };
        assert_eq!(job, expected);
        assert_eq!(claim(world, at(2)).await, None);

        let mut tx = world.write().await;
        jobs::complete(&mut tx, &lease, at(3)).await.unwrap();
        assert_eq!(jobs::list(&mut tx, JobState::Done, 9).await.unwrap().len(), 1);
        assert_eq!(jobs::forget_done(&mut tx, at(3)).await.unwrap(), 0);
        assert_eq!(jobs::forget_done(&mut tx, at(4)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(claim(world, at(10_000)).await, None);
    }

    async fn a_job_is_queued_with_what_caused_it_or_not_at_all(world) {
        let mut tx = world.write().await;
        jobs::enqueue(&mut tx, &world.new_job(0)).await.unwrap();
        drop(tx);
        assert_eq!(claim(world, at(1)).await, None);
    }

    async fn the_job_that_is_due_longest_comes_first(world) {
        let (late, early, future) = (world.new_job(5), world.new_job(1), world.new_job(100));
        let mut tx = world.write().await;
        for job in [&late, &early, &future] {
            jobs::enqueue(&mut tx, job).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(jobs::next_due(&world.store, ClaimFilter::default()).await.unwrap(), Some(at(1)));
        assert_eq!(claim(world, at(10)).await.unwrap().0.id, early.id);
        assert_eq!(claim(world, at(10)).await.unwrap().0.id, late.id);
        assert_eq!(claim(world, at(10)).await, None);
        // The leases end first, then the third is due.
        assert_eq!(jobs::next_due(&world.store, ClaimFilter::default()).await.unwrap(), Some(at(70)));
    }

    async fn a_worker_takes_only_from_its_lane_or_carousel(world) {
        let (ours, theirs) = (world.carousel().await.id, world.carousel().await.id);
        let mut tx = world.write().await;
        for (lane, carousel) in [("render", ours), ("write", theirs), ("render", theirs)] {
            let mut job = world.new_job(0);
            (job.lane, job.carousel) = (lane.into(), Some(carousel));
            jobs::enqueue(&mut tx, &job).await.unwrap();
        }
        tx.commit().await.unwrap();

        let render = ClaimFilter { lane: Some("render"), carousel: None };
        let ours_alone = ClaimFilter { lane: None, carousel: Some(ours) };
        let nobody = ClaimFilter { lane: None, carousel: Some(CarouselId(world.uuid())) };
        assert_eq!(jobs::next_due(&world.store, nobody).await.unwrap(), None);
        assert_eq!(filtered(world, nobody).await, None);
        assert_eq!(filtered(world, ours_alone).await.unwrap().0.carousel, Some(ours));
        assert_eq!(filtered(world, ours_alone).await, None);
        let (job, _) = filtered(world, render).await.unwrap();
        assert_eq!((job.lane.as_str(), job.carousel), ("render", Some(theirs)));
        assert_eq!(filtered(world, render).await, None);
        assert_eq!(filtered(world, ClaimFilter::default()).await.unwrap().0.lane, "write");
    }

    async fn a_dedupe_key_is_used_once(world) {
        let mut job = world.new_job(0);
        job.dedupe_key = Some("publish:1".into());
        let mut twin = world.new_job(0);
        twin.dedupe_key = job.dedupe_key.clone();
        let mut tx = world.write().await;
        assert!(jobs::enqueue(&mut tx, &job).await.unwrap());
        assert!(!jobs::enqueue(&mut tx, &twin).await.unwrap());
        tx.commit().await.unwrap();
        let (_, lease) = claim(world, at(1)).await.unwrap();
        let mut tx = world.write().await;
        jobs::complete(&mut tx, &lease, at(2)).await.unwrap();
        // Not even after it is done.
        assert!(!jobs::enqueue(&mut tx, &twin).await.unwrap());
        // But two jobs without a key are two jobs, and an id is taken once.
        assert!(jobs::enqueue(&mut tx, &world.new_job(0)).await.unwrap());
        job.dedupe_key = None;
        let error = jobs::enqueue(&mut tx, &job).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::Exists)), "{error}");
    }

    async fn a_heartbeat_keeps_a_job(world) {
        world.jobs(1).await;
        let (_, lease) = claim(world, at(0)).await.unwrap();
        let mut tx = world.write().await;
        jobs::heartbeat(&mut tx, &lease, at(120)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim(world, at(119)).await, None);
        assert_eq!(claim(world, at(120)).await.unwrap().0.attempts, 2);
    }

    async fn a_late_worker_writes_nothing(world) {
        let id = world.jobs(1).await[0];
        let (_, late) = claim(world, at(0)).await.unwrap();
        let (_, present) = claim(world, at(60)).await.unwrap();
        let retry = Retry { error: "late", jitter: 0.0 };
        let mut tx = world.write().await;
        let refusals = [
            jobs::heartbeat(&mut tx, &late, at(500)).await,
            jobs::complete(&mut tx, &late, at(61)).await,
            jobs::retry(&mut tx, &late, retry, at(61)).await.map(|_| ()),
            jobs::fail(&mut tx, &late, "late", at(61)).await,
            jobs::release(&mut tx, &late).await,
        ];
        for refusal in refusals {
            let error = refusal.unwrap_err();
            assert!(
                matches!(&error, StoreError::Conflict(Conflict::LeaseLost(lost)) if *lost == id),
                "{error}"
            );
        }
        jobs::complete(&mut tx, &present, at(62)).await.unwrap();
        // Nor does one that is done twice.
        assert!(jobs::complete(&mut tx, &present, at(63)).await.is_err());
        tx.commit().await.unwrap();
    }

    async fn a_lease_is_worth_nothing_in_another_workspace(world) {
        world.jobs(1).await;
        let (_, lease) = claim(world, at(0)).await.unwrap();
        let mut tx = world.store.write(world.stranger()).await.unwrap();
        assert!(jobs::complete(&mut tx, &lease, at(1)).await.is_err());
        assert!(jobs::list(&mut tx, JobState::Running, 9).await.unwrap().is_empty());
    }

    async fn a_failed_job_waits_longer_each_time_then_is_dead_then_revived(world) {
        let id = world.jobs(1).await[0];
        let mut now = at(0);
        for seconds in [2, 4] {
            let (_, lease) = claim(world, now).await.unwrap();
            let mut tx = world.write().await;
            let retry = Retry { error: "the oven is cold", jitter: 0.0 };
            let next = jobs::retry(&mut tx, &lease, retry, now).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(next, AfterFailure::TriedAgainAt(now + Duration::from_secs(seconds)));
            now += Duration::from_secs(seconds);
            assert_eq!(claim(world, now - Duration::from_micros(1)).await, None);
        }
        let (job, lease) = claim(world, now).await.unwrap();
        assert_eq!((job.attempts, job.last_error.as_deref()), (3, Some("the oven is cold")));
        let mut tx = world.write().await;
        let retry = Retry { error: "still cold", jitter: 0.0 };
        assert_eq!(jobs::retry(&mut tx, &lease, retry, now).await.unwrap(), AfterFailure::Dead);
        let dead = jobs::dead(&mut tx, 9).await.unwrap();
        assert_eq!((dead.len(), dead[0].id, dead[0].last_error.as_deref()), (1, id, Some("still cold")));
        tx.commit().await.unwrap();
        assert_eq!(claim(world, now + LEASE * 1000).await, None);

        let mut tx = world.write().await;
        jobs::revive(&mut tx, id, now).await.unwrap();
        let error = jobs::revive(&mut tx, id, now).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "dead job", .. }), "{error}");
        tx.commit().await.unwrap();
        assert_eq!(claim(world, now).await.unwrap().0.attempts, 1);
    }

    async fn a_job_that_cannot_succeed_is_dead_at_once(world) {
        world.jobs(1).await;
        let (_, lease) = claim(world, at(0)).await.unwrap();
        let mut tx = world.write().await;
        jobs::fail(&mut tx, &lease, "no such carousel", at(1)).await.unwrap();
        assert_eq!(jobs::dead(&mut tx, 9).await.unwrap()[0].last_error.as_deref(), Some("no such carousel"));
    }

    async fn a_job_that_kills_its_workers_is_given_up(world) {
        let id = world.jobs(1).await[0];
        for attempt in 1..=3 {
            let (job, _) = claim(world, at(i64::from(attempt) * 60)).await.unwrap();
            assert_eq!(job.attempts, attempt);
        }
        world.jobs(1).await;
        // The next claim sets it aside and takes the one behind it.
        let (job, _) = claim(world, at(240)).await.unwrap();
        assert_ne!(job.id, id);
        let dead = jobs::dead(&mut world.read().await, 9).await.unwrap();
        assert_eq!(dead[0].id, id);
        assert_eq!(
            dead[0].last_error.as_deref(),
            Some("its worker stopped in the middle, at its last attempt")
        );
    }

    async fn a_released_job_is_due_at_once_and_lost_no_attempt(world) {
        world.jobs(1).await;
        let (_, lease) = claim(world, at(0)).await.unwrap();
        let mut tx = world.write().await;
        jobs::release(&mut tx, &lease).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claim(world, at(0)).await.unwrap().0.attempts, 1);
    }

    async fn eight_tasks_claim_two_hundred_jobs_each_once(world) {
        let queued: BTreeSet<_> = world.jobs(200).await.into_iter().collect();
        let mut tasks = tokio::task::JoinSet::new();
        for worker in 0..8 {
            let (store, workspace) = (world.store.clone(), world.home.workspace);
            tasks.spawn(async move { drain(&store, workspace, &format!("worker {worker}"), at(1)).await });
        }
        let claimed = tasks.join_all().await.concat();
        assert_eq!(claimed.len(), 200);
        assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>(), queued);
        assert_eq!(jobs::list(&mut world.read().await, JobState::Done, 300).await.unwrap().len(), 200);
    }
}

/// Claims and completes until nothing is left, as a worker does.
pub(crate) async fn drain(
    store: &Store,
    workspace: domain::WorkspaceId,
    worker: &str,
    now: OffsetDateTime,
) -> Vec<domain::JobId> {
    let mut done = vec![];
    while let Some((job, lease)) =
        jobs::claim(store, ClaimFilter::default(), worker, now, LEASE).await.unwrap()
    {
        let mut tx = store.write(workspace).await.unwrap();
        jobs::complete(&mut tx, &lease, now).await.unwrap();
        tx.commit().await.unwrap();
        done.push(job.id);
    }
    done
}

pub(crate) async fn claim(world: &World, now: OffsetDateTime) -> Option<(Job, Lease)> {
    jobs::claim(&world.store, ClaimFilter::default(), "tester", now, LEASE).await.unwrap()
}

async fn filtered(world: &World, filter: ClaimFilter<'_>) -> Option<(Job, Lease)> {
    jobs::claim(&world.store, filter, "tester", at(1), LEASE).await.unwrap()
}
