//! What the studio adds to a stage that a model writes: with answers that take 400 ms, how long does a
//! round of 3 and of 10 candidates take until a person can choose? Run with
//! `cargo bench --workspace --bench model_stage`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that can't go on ends")]

#[path = "../tests/models/bench.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests")]
mod bench;
#[path = "../tests/models/script.rs"]
mod script;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::{Mode, Stage};

use crate::bench::Bench;

const LATENCY: Duration = Duration::from_millis(400);
const RUNS: usize = 7;

#[tokio::main]
async fn main() {
    let limit = LATENCY.mul_f64(1.1) + Duration::from_millis(50);
    println!("answers after {LATENCY:?}; at most {limit:?} is wanted, {RUNS} runs after one to warm up:");
    for stage in [Stage::Research, Stage::Hook] {
        let late = Arc::new(AtomicBool::new(false));
        let is_late = Arc::clone(&late);
        let bench = Bench::answering(move |asked| {
            let good = script::good(asked);
            Some(if is_late.load(Ordering::SeqCst) { good.latency(LATENCY) } else { good })
        })
        .await;
        let mut times = vec![];
        for run in 0..=RUNS {
            late.store(false, Ordering::SeqCst);
            let time = round(&bench, stage, &late).await;
            if run > 0 {
                times.push(time);
            }
        }
        times.sort();
        let candidates = stage.strategies().len();
        println!(
            "  {stage}, {candidates} candidates: median {:?}, longest {:?}",
            times[RUNS / 2],
            times[RUNS - 1]
        );
    }
}

/// The time from the moment when a round can be written to the moment when it is.
async fn round(bench: &Bench, stage: Stage, late: &AtomicBool) -> Duration {
    let mut carousel = bench.create(Mode::Fast, false).await;
    for earlier in Stage::ALL.iter().take_while(|earlier| **earlier < stage) {
        carousel = bench.work(&carousel).await;
        let best = bench.variants(&carousel, *earlier).await[0].id;
        carousel = bench.studio.approve(bench.actor, carousel.id, best).await.unwrap();
    }
    late.store(true, Ordering::SeqCst);
    let begun = Instant::now();
    bench.work(&carousel).await;
    begun.elapsed()
}
