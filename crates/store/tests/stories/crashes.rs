//! Two processes on one database, and one that is killed in the middle.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};

use store::jobs::{self, ClaimFilter, JobState};

use crate::jobs::{claim, drain};
use crate::support::{at, stories};

stories! {
    async fn a_killed_workers_job_is_taken_up_after_its_lease(world) {
        if world.is_child {
            let (job, _) = claim(world, at(0)).await.unwrap();
            println!("\nclaimed {}", job.id);
            // Until it is killed.
            std::future::pending::<()>().await;
        }
        let id = world.jobs(1).await[0];
        let mut worker = world.start_child();
        let lines = BufReader::new(worker.stdout.take().unwrap()).lines();
        let claimed = lines.map(Result::unwrap).find(|line| line.starts_with("claimed"));
        assert_eq!(claimed, Some(format!("claimed {id}")));
        worker.kill().unwrap();
        worker.wait().unwrap();

        assert_eq!(claim(world, at(59)).await, None);
        assert_eq!(jobs::next_due(&world.store, ClaimFilter::default()).await.unwrap(), Some(at(60)));
        let (job, lease) = claim(world, at(60)).await.unwrap();
        assert_eq!((job.id, job.attempts), (id, 2));
        let mut tx = world.write().await;
        jobs::complete(&mut tx, &lease, at(61)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn two_processes_share_one_queue(world) {
        if world.is_child {
            world.jobs(50).await;
            for id in drain(&world.store, world.home.workspace, "child", at(1)).await {
                println!("\ndone {id}");
            }
            return;
        }
        world.jobs(50).await;
        let mut child = world.start_child();
        let mut ours = vec![];
        let mut theirs = String::new();
        let mut output = child.stdout.take().unwrap();
        let reading = std::thread::spawn(move || output.read_to_string(&mut theirs).map(|_| theirs));
        while child.try_wait().unwrap().is_none() {
            ours.extend(drain(&world.store, world.home.workspace, "parent", at(1)).await);
            tokio::task::yield_now().await;
        }
        ours.extend(drain(&world.store, world.home.workspace, "parent", at(1)).await);
        assert!(child.wait().unwrap().success());
        let theirs = reading.join().unwrap().unwrap();
        let done: Vec<_> = theirs.lines().filter_map(|line| line.strip_prefix("done ")).collect();
        let ours: Vec<_> = ours.iter().map(ToString::to_string).collect();
        let all: BTreeSet<_> = done.iter().copied().chain(ours.iter().map(String::as_str)).collect();
        assert_eq!((all.len(), done.len() + ours.len()), (100, 100));
        assert_eq!(jobs::list(&mut world.read().await, JobState::Done, 300).await.unwrap().len(), 100);
    }

    async fn two_handles_of_one_process_write_in_turn(world) {
        let other = world.another_store().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..20 {
            let store = if n % 2 == 0 { world.store.clone() } else { other.clone() };
            let (workspace, job) = (world.home.workspace, world.new_job(n));
            tasks.spawn(async move {
                let mut tx = store.write(workspace).await.unwrap();
                jobs::enqueue(&mut tx, &job).await.unwrap();
                tx.commit().await.unwrap();
            });
        }
        tasks.join_all().await;
        let queued = jobs::list(&mut world.read().await, JobState::Queued, 99).await.unwrap();
        assert_eq!(queued.len(), 20);
        other.close().await;
    }
}
