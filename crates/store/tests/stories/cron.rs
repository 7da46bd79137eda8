//! The calendar: each tick once, however many watch it, by the clocks of its time zone.

use domain::JobId;
use store::StoreError;
use store::jobs::cron::{self, Schedule};
use store::jobs::{self, JobState};
use time::macros::datetime;

use crate::support::{World, stories};

stories! {
    async fn a_tick_queues_one_job_however_many_watch(world) {
        let start = datetime!(2026-11-23 06:30 UTC);
        let first = put(world, &daily("Europe/Berlin"), start).await;
        // Seven o'clock in Berlin, in winter.
        assert_eq!(first, datetime!(2026-11-24 06:00 UTC));
        assert_eq!(cron::next_due(&world.store).await.unwrap(), Some(first));
        assert_eq!(tick(world, first - time::Duration::SECOND).await, 0);
        assert_eq!(tick(world, first).await, 1);
        assert_eq!(tick(world, first).await, 0);
        // Another process that saw the same tick: put back as if it had not moved on.
        put(world, &daily("Europe/Berlin"), start).await;
        assert_eq!(tick(world, first).await, 0);

        let queued = jobs::list(&mut world.read().await, JobState::Queued, 9).await.unwrap();
        assert_eq!(queued.len(), 1);
        let (job, schedule) = (&queued[0], daily("Europe/Berlin"));
        assert_eq!((&job.lane, &job.name, &job.payload), (&schedule.lane, &schedule.job, &schedule.payload));
        assert_eq!((job.run_at, job.max_attempts, job.workspace), (first, 2, world.home.workspace));
    }

    async fn two_handles_tick_at_once_and_queue_one_job(world) {
        let first = put(world, &daily("UTC"), datetime!(2026-11-23 06:30 UTC)).await;
        let other = world.another_store().await;
        let (mut a, mut b) = (0, 1000);
        let id = |count: &mut u128| { *count += 1; JobId(uuid::Uuid::from_u128(*count)) };
        let (one, two) = tokio::join!(
            cron::tick(&world.store, first, || id(&mut a)),
            cron::tick(&other, first, || id(&mut b)),
        );
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        other.close().await;
    }

    async fn summer_time_is_kept(world) {
        let schedule = daily("Europe/Berlin");
        assert_eq!(
            put(world, &schedule, datetime!(2026-03-28 12:00 UTC)).await,
            datetime!(2026-03-29 05:00 UTC)
        );
        assert_eq!(
            put(world, &schedule, datetime!(2026-10-24 12:00 UTC)).await,
            datetime!(2026-10-25 06:00 UTC)
        );
    }

    async fn missed_ticks_are_made_up_for_once(world) {
        put(world, &daily("UTC"), datetime!(2026-11-23 06:30 UTC)).await;
        assert_eq!(tick(world, datetime!(2026-12-01 12:00 UTC)).await, 1);
        assert_eq!(cron::next_due(&world.store).await.unwrap(), Some(datetime!(2026-12-02 07:00 UTC)));
    }

    async fn what_is_taken_off_the_calendar_does_not_come_back(world) {
        put(world, &daily("UTC"), datetime!(2026-11-23 06:30 UTC)).await;
        let mut tx = world.write().await;
        cron::unschedule(&mut tx, "morning").await.unwrap();
        let error = cron::unschedule(&mut tx, "morning").await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "schedule", .. }), "{error}");
        tx.commit().await.unwrap();
        assert_eq!(cron::next_due(&world.store).await.unwrap(), None);
    }

    async fn nonsense_is_refused_with_an_example(world) {
        let mut tx = world.write().await;
        for (expression, zone) in [("soon", "UTC"), ("61 * * * *", "UTC"), ("0 0 31 2 *", "UTC"), ("0 7 * * *", "Mars")] {
            let schedule = Schedule { expression: expression.into(), ..daily(zone) };
            let error = cron::schedule(&mut tx, &schedule, datetime!(2026-11-23 06:30 UTC)).await.unwrap_err();
            assert!(matches!(error, StoreError::Invalid(_)), "{error}");
            assert!(error.to_string().contains("write it like"), "{error}");
        }
    }
}

fn daily(zone: &str) -> Schedule {
    Schedule {
        name: "morning".into(),
        expression: "0 7 * * *".into(),
        time_zone: zone.into(),
        lane: "learn".into(),
        job: "fetch_snapshots".into(),
        payload: serde_json::json!({ "days": 7 }),
        max_attempts: 2,
    }
}

async fn put(world: &World, schedule: &Schedule, now: time::OffsetDateTime) -> time::OffsetDateTime {
    let mut tx = world.write().await;
    let next = cron::schedule(&mut tx, schedule, now).await.unwrap();
    tx.commit().await.unwrap();
    next
}

async fn tick(world: &World, now: time::OffsetDateTime) -> usize {
    cron::tick(&world.store, now, || JobId(world.uuid())).await.unwrap()
}
