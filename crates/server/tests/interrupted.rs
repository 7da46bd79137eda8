//! Killed, stopped, or run twice at once: nothing is lost and nothing is written twice.

mod support;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command};
use std::thread;

use support::{Desk, example, ran};

/// Waits until the program says that it has finished a stage.
fn wait_for_stage(child: &mut Child, stage: &str) -> impl Read + use<> {
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut seen = String::new();
    while !seen.contains(stage) {
        assert!(stderr.read_line(&mut seen).expect("readable") > 0, "it ended before {stage}: {seen}");
    }
    stderr
}

fn wanted(stage: &serde_json::Value) -> usize {
    if stage["stage"] == "hook" { 10 } else { 3 }
}

/// The carousel has each stage once, with each variant once.
fn assert_whole(report: &serde_json::Value) {
    let stages = report["stages"].as_array().expect("a list");
    assert_eq!(stages.len(), 6);
    for stage in stages {
        assert_eq!(stage["variants"].as_array().expect("a list").len(), wanted(stage), "{}", stage["stage"]);
        assert_eq!(stage["round"], 1, "{}", stage["stage"]);
    }
}

#[test]
fn a_run_killed_anywhere_is_taken_up_by_the_next() {
    thread::scope(|scope| {
        for stage in ["research", "copy", "hook"] {
            scope.spawn(move || {
                let desk = Desk::new();
                let arguments = ["new", &example("city-trees.md"), "--json", "--out", "out"];
                let mut child = desk.start(&arguments);
                let _rest = wait_for_stage(&mut child, stage);
                child.kill().expect("killed with signal 9");
                child.wait().expect("it is gone");
                assert_eq!(desk.files("out"), [""; 0], "nothing half-written");
                let next = desk.run(&arguments).ok();
                assert!(next.stderr.contains("Going on"), "{}", next.stderr);
                assert_whole(&next.json());
            });
        }
    });
}

#[test]
fn ctrl_c_stops_in_a_sentence_and_the_next_run_goes_on_at_once() {
    let desk = Desk::new();
    let arguments = ["new", &example("sauerteig.md"), "--json", "--out", "out"];
    let mut child = desk.start(&arguments);
    let mut rest = wait_for_stage(&mut child, "research");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill runs").success());
    let mut said = String::new();
    rest.read_to_string(&mut said).expect("readable");
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "{said}");
    assert!(said.contains("run the same command again"), "{said}");
    assert_eq!(desk.files("out"), [""; 0]);
    let next = desk.run(&arguments).ok();
    assert!(!next.stderr.contains("waiting"), "the lease was given back: {}", next.stderr);
    assert_whole(&next.json());
}

#[test]
fn two_runs_at_once_share_a_data_folder() {
    let desk = Desk::new();
    let runs: Vec<_> = [("city-trees.md", "a"), ("meetings.md", "b"), ("meetings.md", "c")]
        .into_iter()
        .map(|(text, out)| desk.start(&["new", &example(text), "--json", "--out", out]))
        .collect();
    for run in runs {
        assert_whole(&ran(run.wait_with_output().expect("it ends")).ok().json());
    }
    for out in ["a", "b", "c"] {
        assert_eq!(desk.files(out).len(), 12);
    }
}
