//! Approvals, rejections, ratings: who is first, what counts, what stays as history.

use domain::{MemberId, Rating, Stage, Stars, VariantId};
use store::approvals::{self, Approval};
use store::rejections::{self, Rejection};
use store::{Conflict, StoreError, ratings, variants};

use crate::support::samples::AWKWARD;
use crate::support::{World, at, stories};

stories! {
    async fn the_second_approval_learns_who_was_first(world) {
        let id = world.carousel().await.id;
        let hooks = world.variants(id, Stage::Hook, 2).await;
        let first = Approval {
            carousel: id,
            stage: Stage::Hook,
            variant: hooks[0].id,
            member: Some(world.home.owner),
            at: at(1),
        };
        let mut tx = world.write().await;
        approvals::approve(&mut tx, &first).await.unwrap();
        tx.commit().await.unwrap();

        let second = Approval { variant: hooks[1].id, member: None, at: at(2), ..first };
        let error = approvals::approve(&mut world.write().await, &second).await.unwrap_err();
        let StoreError::Conflict(conflict) = error else { panic!("{error}") };
        let (stage, variant, member) = (Stage::Hook, hooks[0].id, Some(world.home.owner));
        assert_eq!(conflict, Conflict::Approved { stage, variant, member, at: at(1) });
    }

    async fn of_eight_approvals_at_once_one_counts(world) {
        let id = world.carousel().await.id;
        let hooks = world.variants(id, Stage::Hook, 8).await;
        let mut tasks = tokio::task::JoinSet::new();
        for hook in hooks {
            let (store, workspace) = (world.store.clone(), world.home.workspace);
            tasks.spawn(async move {
                let approval =
                    Approval { carousel: id, stage: Stage::Hook, variant: hook.id, member: None, at: at(1) };
                let mut tx = store.write(workspace).await.unwrap();
                match approvals::approve(&mut tx, &approval).await {
                    Ok(()) => tx.commit().await.map(|()| 1).unwrap(),
                    Err(StoreError::Conflict(Conflict::Approved { .. })) => 0,
                    Err(error) => panic!("{error}"),
                }
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().sum::<i32>(), 1);
        assert_eq!(approvals::live(&mut world.read().await, id).await.unwrap().len(), 1);
    }

    async fn reopening_a_stage_withdraws_it_and_the_later_ones(world) {
        let id = world.carousel().await.id;
        let hook = world.variants(id, Stage::Hook, 1).await.remove(0);
        let mut tx = world.write().await;
        let of = |stage| Approval { carousel: id, stage, variant: hook.id, member: None, at: at(1) };
        for stage in [Stage::Research, Stage::Copy, Stage::Hook, Stage::Caption] {
            approvals::approve(&mut tx, &of(stage)).await.unwrap();
        }
        approvals::withdraw_from(&mut tx, id, Stage::Hook, at(2)).await.unwrap();
        let live: Vec<_> = approvals::live(&mut tx, id).await.unwrap().into_values().collect();
        assert_eq!(live, [of(Stage::Research), of(Stage::Copy)]);
        // The stage is free for another choice.
        approvals::approve(&mut tx, &of(Stage::Hook)).await.unwrap();
        assert_eq!(approvals::live(&mut tx, id).await.unwrap().len(), 3);
    }

    async fn an_approval_is_replaced_and_the_others_stay(world) {
        let id = world.carousel().await.id;
        let hooks = world.variants(id, Stage::Hook, 2).await;
        let of = |stage, n: usize, when| Approval {
            carousel: id,
            stage,
            variant: hooks[n].id,
            member: Some(world.home.owner),
            at: at(when),
        };
        let mut tx = world.write().await;
        approvals::approve(&mut tx, &of(Stage::Hook, 0, 1)).await.unwrap();
        approvals::approve(&mut tx, &of(Stage::Caption, 0, 2)).await.unwrap();
        approvals::replace(&mut tx, &of(Stage::Hook, 1, 3)).await.unwrap();
        let live: Vec<_> = approvals::live(&mut tx, id).await.unwrap().into_values().collect();
        assert_eq!(live, [of(Stage::Hook, 1, 3), of(Stage::Caption, 0, 2)]);
        let chosen: Vec<_> = variants::approved(&mut tx, id).await.unwrap();
        assert_eq!(chosen.iter().map(|one| one.id).collect::<Vec<_>>().len(), 2);
        let history = approvals::history(&mut tx, id).await.unwrap();
        let history: Vec<_> = history.iter().map(|past| (past.approval, past.round, past.withdrawn_at)).collect();
        let expected = [
            (of(Stage::Hook, 0, 1), 1, Some(at(3))),
            (of(Stage::Caption, 0, 2), 1, None),
            (of(Stage::Hook, 1, 3), 1, None),
        ];
        assert_eq!(history, expected);
    }

    async fn only_a_variant_of_this_workspace_is_approved(world) {
        let carousel = world.carousel().await.id;
        let unknown =
            Approval { carousel, stage: Stage::Hook, variant: VariantId(world.uuid()), member: None, at: at(1) };
        let error = approvals::approve(&mut world.write().await, &unknown).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
    }

    async fn rejections_are_kept_in_their_order(world) {
        let id = world.carousel().await.id;
        let rejection = |round, feedback: &str, member| Rejection {
            carousel: id,
            stage: Stage::Copy,
            round,
            feedback: feedback.into(),
            member,
            at: at(round.into()),
        };
        let kept = [rejection(1, AWKWARD, Some(world.home.owner)), rejection(2, "", None)];
        let mut tx = world.write().await;
        for one in &kept {
            rejections::insert(&mut tx, one).await.unwrap();
        }
        assert_eq!(rejections::of_carousel(&mut tx, id).await.unwrap(), kept);
    }

    async fn the_last_rating_counts_and_the_earlier_stay(world) {
        let id = world.carousel().await.id;
        let hooks = world.variants(id, Stage::Hook, 2).await;
        let first = rating(world, hooks[0].id, 2, Some(AWKWARD));
        let last = rating(world, hooks[0].id, 5, None);
        let other = rating(world, hooks[1].id, 3, None);
        let mut tx = world.write().await;
        for one in [&first, &other, &last] {
            ratings::put(&mut tx, one).await.unwrap();
        }
        assert_eq!(ratings::current(&mut tx, hooks[0].id).await.unwrap(), std::slice::from_ref(&last));
        assert_eq!(ratings::history(&mut tx, hooks[0].id).await.unwrap(), [first, last.clone()]);
        assert_eq!(ratings::of_round(&mut tx, id, Stage::Hook, 1).await.unwrap(), [last, other]);
        assert!(ratings::of_round(&mut tx, id, Stage::Hook, 2).await.unwrap().is_empty());
    }

    async fn only_a_member_rates(world) {
        let id = world.carousel().await.id;
        let hook = world.variants(id, Stage::Hook, 1).await.remove(0);
        let stranger = Rating { member: MemberId(world.uuid()), ..rating(world, hook.id, 1, None) };
        let error = ratings::put(&mut world.write().await, &stranger).await.unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{error}");
    }
}

fn rating(world: &World, variant: VariantId, stars: u8, feedback: Option<&str>) -> Rating {
    Rating {
        variant,
        member: world.home.owner,
        stars: Stars::try_from(stars).unwrap(),
        feedback: feedback.map(str::to_owned),
        rated_at: at(stars.into()),
    }
}
