//! Every state against every action, so that no change of the state machine goes unseen.
//!
//! The table is the specification: a cell says what an action does in a state. It is read
//! for every stage that the state can have, and for every stage that can be reopened.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a helper can't do fails its test")]

use std::collections::{HashMap, HashSet, VecDeque};

use domain::{Action, Progress, Refusal, Stage, State};
use proptest::prelude::*;

/// What a cell may say, beside the name of a [`Refusal`]:
///
/// | cell     | the next state                                             |
/// |----------|------------------------------------------------------------|
/// | first    | the first stage is generated, in a new round               |
/// | next     | the stage after the open one is generated, in a new round  |
/// | anew     | the open stage is generated, in a new round                |
/// | again    | the open stage is generated, in the same round             |
/// | choose   | the open stage waits for approval, in the same round       |
/// | failed   | the open stage failed, in the same round                   |
/// | back     | the reopened stage waits for approval, in its last round   |
/// | ready, exported, scheduled, publishing, published | that state        |
const TABLE: &str = "
action          | draft          | generating      | awaiting_approval | failed        | failed_for_good | ready           | exported        | scheduled      | publishing      | published
start           | first          | AlreadyStarted  | AlreadyStarted    | AlreadyStarted| AlreadyStarted  | AlreadyStarted  | AlreadyStarted  | AlreadyStarted | AlreadyStarted  | AlreadyStarted
finish round    | NotGenerating  | choose          | NotGenerating     | NotGenerating | NotGenerating   | NotGenerating   | NotGenerating   | NotGenerating  | NotGenerating   | NotGenerating
fail round      | NotGenerating  | failed          | NotGenerating     | NotGenerating | NotGenerating   | NotGenerating   | NotGenerating   | NotGenerating  | NotGenerating   | NotGenerating
retry           | NotFailed      | NotFailed       | NotFailed         | again         | NotRetryable    | NotFailed       | NotFailed       | NotFailed      | NotFailed       | NotFailed
approve         | NotStarted     | StillGenerating | next              | StageFailed   | StageFailed     | AlreadyApproved | AlreadyApproved | IsScheduled    | IsPublishing    | AlreadyPublished
approve last    | -              | StillGenerating | ready             | StageFailed   | StageFailed     | -               | -               | -              | -               | -
reject          | NotStarted     | StillGenerating | anew              | anew          | anew            | AlreadyApproved | AlreadyApproved | IsScheduled    | IsPublishing    | AlreadyPublished
reopen earlier  | -              | StillGenerating | back              | back          | back            | back            | back            | IsScheduled    | IsPublishing    | AlreadyPublished
reopen the open | -              | StillGenerating | AlreadyOpen       | StageFailed   | StageFailed     | -               | -               | -              | -               | -
reopen later    | NotStarted     | StillGenerating | NotWrittenYet     | NotWrittenYet | NotWrittenYet   | -               | -               | -              | -               | -
revise          | NotReady       | NotReady        | NotReady          | NotReady      | NotReady        | ready           | ready           | IsScheduled    | IsPublishing    | AlreadyPublished
export          | NotReady       | NotReady        | NotReady          | NotReady      | NotReady        | exported        | exported        | scheduled      | publishing      | published
schedule        | NotReady       | NotReady        | NotReady          | NotReady      | NotReady        | scheduled       | scheduled       | scheduled      | IsPublishing    | AlreadyPublished
unschedule      | NotScheduled   | NotScheduled    | NotScheduled      | NotScheduled  | NotScheduled    | NotScheduled    | NotScheduled    | ready          | IsPublishing    | AlreadyPublished
begin publishing| NotReady       | NotReady        | NotReady          | NotReady      | NotReady        | publishing      | publishing      | publishing     | IsPublishing    | AlreadyPublished
publication ok  | NotPublishing  | NotPublishing   | NotPublishing     | NotPublishing | NotPublishing   | NotPublishing   | NotPublishing   | NotPublishing  | published       | NotPublishing
publication bad | NotPublishing  | NotPublishing   | NotPublishing     | NotPublishing | NotPublishing   | NotPublishing   | NotPublishing   | NotPublishing  | ready           | NotPublishing
";

/// The table's cells by action and state.
fn cells() -> HashMap<(&'static str, &'static str), &'static str> {
    let mut lines = TABLE.trim().lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let states = lines.next().unwrap();
    let rows = lines.flat_map(|row| {
        assert_eq!(row.len(), states.len(), "the row of `{}` has another number of cells", row[0]);
        let states = states.clone();
        (1..row.len()).map(move |n| ((row[0], states[n]), row[n]))
    });
    rows.collect()
}

/// The column of a state. No wildcard: a new state does not compile until it has one.
fn column(state: &State) -> &'static str {
    match state {
        State::Failed { retryable: false, .. } => "failed_for_good",
        State::Draft
        | State::Generating { .. }
        | State::AwaitingApproval { .. }
        | State::Failed { .. }
        | State::Ready
        | State::Exported
        | State::Scheduled
        | State::Publishing
        | State::Published => state.name(),
    }
}

/// The row of an action in a state with that open stage. No wildcard here either.
fn row(action: &Action, state: &State) -> &'static str {
    match action {
        Action::Start => "start",
        Action::FinishRound => "finish round",
        Action::FailRound { .. } => "fail round",
        Action::Retry => "retry",
        Action::Approve if state.stage() == Some(Stage::Caption) => "approve last",
        Action::Approve => "approve",
        Action::Reject => "reject",
        Action::Reopen { stage } => match state.stage() {
            Some(open) if *stage < open => "reopen earlier",
            Some(open) if *stage == open => "reopen the open",
            Some(_) => "reopen later",
            None if *state == State::Draft => "reopen later",
            None => "reopen earlier",
        },
        Action::Revise { .. } => "revise",
        Action::Export => "export",
        Action::Schedule => "schedule",
        Action::Unschedule => "unschedule",
        Action::BeginPublishing => "begin publishing",
        Action::PublicationSucceeded => "publication ok",
        Action::PublicationFailed => "publication bad",
    }
}

/// Every state with every stage, with a different number of rounds for each stage so far.
fn every_progress() -> Vec<Progress> {
    const ROUNDS: [u32; 6] = [2, 1, 4, 3, 7, 5];
    let written_up_to = |open: Stage| {
        let mut rounds = ROUNDS;
        rounds[open as usize + 1..].fill(0);
        rounds
    };
    let mut all = vec![Progress::new()];
    for stage in Stage::ALL.iter().copied() {
        let (rounds, round) = (written_up_to(stage), ROUNDS[stage as usize]);
        let failed =
            |retryable| State::Failed { stage, round, reason: "the model did not answer".into(), retryable };
        let open = [
            State::Generating { stage, round },
            State::AwaitingApproval { stage, round },
            failed(true),
            failed(false),
        ];
        all.extend(open.map(|state| Progress { state, rounds }));
    }
    let closed = [State::Ready, State::Exported, State::Scheduled, State::Publishing, State::Published];
    all.extend(closed.map(|state| Progress { state, rounds: ROUNDS }));
    all
}

fn every_action() -> Vec<Action> {
    let mut all = vec![
        Action::Start,
        Action::FinishRound,
        Action::FailRound { reason: "no answer in time".into(), retryable: true },
        Action::FailRound { reason: "the text is empty".into(), retryable: false },
        Action::Retry,
        Action::Approve,
        Action::Reject,
        Action::Export,
        Action::Schedule,
        Action::Unschedule,
        Action::BeginPublishing,
        Action::PublicationSucceeded,
        Action::PublicationFailed,
    ];
    all.extend(Stage::ALL.iter().map(|stage| Action::Reopen { stage: *stage }));
    all.extend(Stage::ALL.iter().map(|stage| Action::Revise { stage: *stage }));
    all
}

/// What a cell asks for, in words that stand for exactly one outcome.
fn expected(cell: &str, before: &Progress, action: &Action) -> Result<Progress, String> {
    let mut rounds = before.rounds;
    let open = || before.state.stage().expect("the cell needs an open stage");
    let mut generating = |stage: Stage| {
        rounds[stage as usize] += 1;
        State::Generating { stage, round: rounds[stage as usize] }
    };
    let state = match cell {
        "first" => generating(Stage::Research),
        "next" => generating(Stage::ALL[open() as usize + 1]),
        "anew" => generating(open()),
        "again" => State::Generating { stage: open(), round: rounds[open() as usize] },
        "choose" => State::AwaitingApproval { stage: open(), round: rounds[open() as usize] },
        "failed" => {
            let Action::FailRound { reason, retryable } = action else { panic!("`failed` by {action:?}") };
            let (stage, round) = (open(), rounds[open() as usize]);
            State::Failed { stage, round, reason: reason.clone(), retryable: *retryable }
        }
        "back" => {
            let Action::Reopen { stage } = action else { panic!("`back` by {action:?}") };
            State::AwaitingApproval { stage: *stage, round: rounds[*stage as usize] }
        }
        "ready" => State::Ready,
        "exported" => State::Exported,
        "scheduled" => State::Scheduled,
        "publishing" => State::Publishing,
        "published" => State::Published,
        refusal => return Err(refusal.to_owned()),
    };
    Ok(Progress { state, rounds })
}

#[test]
fn every_action_in_every_state_does_what_the_table_says() {
    let cells = cells();
    let mut used = HashSet::new();
    for progress in every_progress() {
        for action in every_action() {
            let place = (row(&action, &progress.state), column(&progress.state));
            let cell = cells[&place];
            assert_ne!(cell, "-", "{place:?} can happen, but the table says that it can't");
            used.insert(place);
            let outcome = progress.apply(&action).map_err(|refusal| format!("{refusal:?}"));
            assert_eq!(outcome, expected(cell, &progress, &action), "{place:?} says `{cell}`: {progress:?}");
        }
    }
    let unused: Vec<_> =
        cells.iter().filter(|(place, cell)| **cell != "-" && !used.contains(*place)).collect();
    assert!(unused.is_empty(), "cells that no state and action reach: {unused:?}");
}

#[test]
fn every_refusal_is_a_sentence_that_says_how_things_are() {
    let refusals: HashSet<String> = every_progress()
        .iter()
        .flat_map(|progress| every_action().into_iter().filter_map(|action| progress.apply(&action).err()))
        .map(|refusal: Refusal| refusal.to_string())
        .collect();
    assert_eq!(refusals.len(), 16, "each refusal has words of its own, and each can happen: {refusals:#?}");
    for words in refusals {
        assert!(words.split(' ').count() >= 5 && !words.ends_with('.'), "{words}");
    }
}

#[test]
fn a_stored_count_at_its_end_is_kept_and_does_not_wrap() {
    let stage = Stage::Copy;
    let state = State::AwaitingApproval { stage, round: u32::MAX };
    let progress = Progress { state, rounds: [u32::MAX; 6] };
    assert_eq!(progress.apply(&Action::Reject).unwrap().last_round(stage), u32::MAX);
}

#[test]
fn progress_survives_its_own_json() {
    for progress in every_progress() {
        let json = serde_json::to_value(&progress).unwrap();
        assert_eq!(json["state"]["state"], progress.state.name());
        assert_eq!(serde_json::from_value::<Progress>(json).unwrap(), progress);
    }
}

/// Whether some actions lead from here to a carousel that is ready or published.
fn can_be_finished(from: &Progress) -> bool {
    // Rounds only count up, so where a state was seen with other rounds, nothing new follows.
    let key = |progress: &Progress| {
        let state = &progress.state;
        (state.name(), state.stage(), column(state), progress.rounds.map(|rounds| rounds > 0))
    };
    let mut seen = HashSet::from([key(from)]);
    let mut open = VecDeque::from([from.clone()]);
    while let Some(progress) = open.pop_front() {
        if matches!(progress.state, State::Ready | State::Published) {
            return true;
        }
        // A round that failed for good must be mendable without luck: no more rounds fail from here.
        for action in every_action().iter().filter(|action| !matches!(action, Action::FailRound { .. })) {
            if let Ok(next) = progress.apply(action)
                && seen.insert(key(&next))
            {
                open.push_back(next);
            }
        }
    }
    false
}

/// What holds of every carousel, however it came to be as it is.
fn check_sense(progress: &Progress) {
    let began = |stage: &Stage| progress.last_round(*stage) > 0;
    match &progress.state {
        State::Draft => assert!(!Stage::ALL.iter().any(began)),
        State::Generating { stage, round }
        | State::AwaitingApproval { stage, round }
        | State::Failed { stage, round, .. } => {
            assert_eq!(*round, progress.last_round(*stage));
            assert!(Stage::ALL.iter().filter(|earlier| *earlier <= stage).all(began));
        }
        _ => assert!(Stage::ALL.iter().all(began)),
    }
}

fn any_action() -> impl Strategy<Value = Action> {
    // Half of the time what moves a carousel on, so that walks get far.
    let onwards = prop::sample::select(vec![Action::Start, Action::FinishRound, Action::Approve]);
    prop_oneof![onwards, prop::sample::select(every_action())]
}

proptest! {
    #[test]
    fn a_walk_of_any_actions_keeps_a_carousel_whole(walk in prop::collection::vec(any_action(), 0..120)) {
        let mut progress = Progress::new();
        for action in walk {
            let before = progress.clone();
            match progress.apply(&action) {
                Ok(next) => {
                    for stage in Stage::ALL {
                        let begun = next.last_round(*stage) - before.last_round(*stage);
                        prop_assert!(begun <= 1, "{action:?} began {begun} rounds of {stage}");
                    }
                    prop_assert!(before.state != State::Published || next == before, "published is final");
                    progress = next;
                }
                Err(_) => prop_assert_eq!(&progress, &before, "a refusal changes nothing"),
            }
            check_sense(&progress);
        }
        prop_assert!(can_be_finished(&progress), "no way on from {:?}", progress);
    }
}
