//! Accounts, members, sessions and invitations: who signs in, and as whom.

use domain::{AccountId, InvitationId, Language, MemberId, MemberRole};
use store::accounts::{self, Account};
use store::invitations::{self, Invitation};
use store::members::{self, Member};
use store::sessions::{self, Session};
use store::{Conflict, StoreError, audit, installation};

use crate::support::samples::AWKWARD;
use crate::support::{World, at, stories};

stories! {
    async fn an_account_is_found_by_its_email_and_changed(world) {
        let ada = account(world, Some("ada@example.org")).await;
        let alone = account(world, None).await;
        let other_alone = account(world, None).await;
        let mut tx = world.store.write_for_all().await.unwrap();
        assert_eq!(accounts::first_two(&mut tx).await.unwrap(), [ada.clone(), alone.clone()]);
        let email = "ada@example.org".parse().unwrap();
        assert_eq!(accounts::by_email(&mut tx, &email).await.unwrap(), Some(ada.clone()));
        let new = "alone@example.org".parse().unwrap();
        assert_eq!(accounts::by_email(&mut tx, &new).await.unwrap(), None);
        accounts::set_password(&mut tx, other_alone.id, &new, "hash").await.unwrap();
        accounts::set_language(&mut tx, other_alone.id, Some(Language::GERMAN)).await.unwrap();
        let changed = Account {
            email: Some(new),
            password_hash: Some("hash".into()),
            language: Some(Language::GERMAN),
            ..other_alone
        };
        assert_eq!(accounts::get(&mut tx, changed.id).await.unwrap(), changed);
        accounts::set_language(&mut tx, changed.id, None).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.store.write_for_all().await.unwrap();
        let error = accounts::set_password(&mut tx, alone.id, &email, "hash").await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::Exists)), "{error}");
        drop(tx);
        let mut tx = world.store.write_for_all().await.unwrap();
        for error in [
            accounts::get(&mut tx, AccountId(world.uuid())).await.map(drop).unwrap_err(),
            accounts::set_password(&mut tx, AccountId(world.uuid()), &email, "").await.unwrap_err(),
            accounts::set_language(&mut tx, AccountId(world.uuid()), None).await.unwrap_err(),
        ] {
            assert!(matches!(error, StoreError::NotFound { what: "account", .. }), "{error}");
        }
    }

    async fn the_first_value_of_the_installation_counts(world) {
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..8 {
            let store = world.store.clone();
            tasks.spawn(async move {
                let mut tx = store.write_for_all().await.unwrap();
                let value = n.to_string();
                let kept = installation::keep_first(&mut tx, installation::LINK_KEY, &value).await.unwrap();
                tx.commit().await.unwrap();
                (kept == value, kept)
            });
        }
        let all = tasks.join_all().await;
        assert_eq!(all.iter().filter(|(was_first, _)| *was_first).count(), 1);
        assert!(all.iter().all(|(_, kept)| *kept == all[0].1));
        let mut tx = world.store.read_for_all().await.unwrap();
        let kept = installation::get(&mut tx, installation::LINK_KEY).await.unwrap();
        assert_eq!(kept.as_ref(), Some(&all[0].1));
        assert_eq!(installation::get(&mut tx, installation::FIRST_ACCOUNT).await.unwrap(), None);
    }

    async fn a_member_is_kept_changed_and_removed_and_may_come_back(world) {
        let ada = account(world, Some("ada@example.org")).await;
        let new = new_member(world, Some(ada.id), 5);
        let owner = account(world, None).await;
        let mut tx = world.write().await;
        members::attach(&mut tx, world.home.owner, owner.id, "Ada Lovelace").await.unwrap();
        let error = members::attach(&mut tx, MemberId(world.uuid()), owner.id, "Ada").await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "member", .. }), "{error}");
        let attached = members::get(&mut tx, world.home.owner).await.unwrap();
        assert_eq!((attached.account, attached.name.as_str()), (Some(owner.id), "Ada Lovelace"));
        members::insert(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        let error = members::insert(&mut world.write().await, &new_member(world, Some(ada.id), 6)).await;
        assert!(matches!(error, Err(StoreError::Conflict(Conflict::Exists))), "{error:?}");

        let mut tx = world.write().await;
        members::set_role(&mut tx, new.id, MemberRole::Reviewer).await.unwrap();
        members::seen(&mut tx, new.id, at(7)).await.unwrap();
        let kept = members::get(&mut tx, new.id).await.unwrap();
        let expected =
            Member { role: MemberRole::Reviewer, email: ada.email.clone(), seen_at: Some(at(7)), ..new.clone() };
        assert_eq!(kept, expected);
        let listed = members::list(&mut tx).await.unwrap();
        assert_eq!(listed.iter().map(|member| member.id).collect::<Vec<_>>(), [world.home.owner, new.id]);
        let of_account = members::of_account(&mut tx, ada.id).await.unwrap();
        assert_eq!((of_account[0].workspace, of_account[0].member), (world.home.workspace, new.id));
        assert_eq!((of_account[0].role, of_account.len()), (MemberRole::Reviewer, 1));

        members::remove(&mut tx, new.id, at(8)).await.unwrap();
        assert!(members::of_account(&mut tx, ada.id).await.unwrap().is_empty());
        assert_eq!(members::list(&mut tx).await.unwrap().len(), 1);
        for error in [
            members::get(&mut tx, new.id).await.map(drop).unwrap_err(),
            members::set_role(&mut tx, new.id, MemberRole::Owner).await.unwrap_err(),
            members::remove(&mut tx, new.id, at(9)).await.unwrap_err(),
            members::seen(&mut tx, MemberId(world.uuid()), at(9)).await.unwrap_err(),
        ] {
            assert!(matches!(error, StoreError::NotFound { what: "member", .. }), "{error}");
        }
        members::insert(&mut tx, &new_member(world, Some(ada.id), 10)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn a_session_says_who_it_is_until_it_ends(world) {
        let ada = account(world, Some("ada@example.org")).await;
        let session = Session {
            account: ada.id,
            workspace: world.home.workspace,
            member: world.home.owner,
            created_at: at(0),
            seen_at: at(0),
            expires_at: at(100),
        };
        let mut tx = world.store.write_for_all().await.unwrap();
        for digest in ["one", "two", "three", "four"] {
            sessions::insert(&mut tx, digest, &session).await.unwrap();
        }
        assert_eq!(tx.workspace(), world.home.workspace);
        sessions::seen(&mut tx, "one", at(50), at(150)).await.unwrap();
        sessions::switch(&mut tx, "one", world.home.workspace, world.home.owner).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.store.write_for_all().await.unwrap();
        let opened = sessions::open(&mut tx, "one", at(149)).await.unwrap().unwrap();
        assert_eq!(opened.session, Session { seen_at: at(50), expires_at: at(150), ..session });
        assert_eq!((opened.name.as_str(), opened.role), ("Ada", MemberRole::Owner));
        assert_eq!((opened.email, opened.workspace_name.as_str()), (ada.email, "Ada"));
        assert_eq!(tx.workspace(), world.home.workspace);
        assert!(sessions::open(&mut tx, "one", at(150)).await.unwrap().is_none());
        assert!(sessions::open(&mut tx, "none", at(0)).await.unwrap().is_none());

        sessions::end(&mut tx, "two").await.unwrap();
        assert!(sessions::open(&mut tx, "two", at(0)).await.unwrap().is_none());
        sessions::end_of_account(&mut tx, ada.id, Some("three")).await.unwrap();
        assert!(sessions::open(&mut tx, "four", at(0)).await.unwrap().is_none());
        assert!(sessions::open(&mut tx, "three", at(0)).await.unwrap().is_some());
        sessions::sweep(&mut tx, at(100)).await.unwrap();
        assert!(sessions::open(&mut tx, "three", at(0)).await.unwrap().is_none());
        sessions::insert(&mut tx, "five", &session).await.unwrap();
        sessions::end_of_member(&mut tx, world.home.owner).await.unwrap();
        assert!(sessions::open(&mut tx, "five", at(0)).await.unwrap().is_none());
    }

    async fn a_removed_members_session_opens_nothing(world) {
        let ada = account(world, Some("ada@example.org")).await;
        let member = new_member(world, Some(ada.id), 0);
        let mut tx = world.write().await;
        members::insert(&mut tx, &member).await.unwrap();
        let session = Session {
            account: ada.id,
            workspace: world.home.workspace,
            member: member.id,
            created_at: at(0),
            seen_at: at(0),
            expires_at: at(100),
        };
        sessions::insert(&mut tx, "one", &session).await.unwrap();
        members::remove(&mut tx, member.id, at(1)).await.unwrap();
        assert!(sessions::open(&mut tx, "one", at(2)).await.unwrap().is_none());
    }

    async fn an_invitation_is_accepted_once(world) {
        let (open, late) = (invitation(world, 100), invitation(world, 10));
        let mut tx = world.write().await;
        invitations::insert(&mut tx, "one", &open).await.unwrap();
        invitations::insert(&mut tx, "two", &late).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.store.write_for_all().await.unwrap();
        let found = invitations::find(&mut tx, "one").await.unwrap().unwrap();
        assert_eq!((found.invitation, found.inviter.as_str()), (open.clone(), "Ada"));
        assert_eq!((found.workspace_name.as_str(), tx.workspace()), ("Ada", world.home.workspace));
        assert_eq!(invitations::list_open(&mut tx, at(50)).await.unwrap(), std::slice::from_ref(&open));
        assert!(invitations::accept(&mut tx, open.id, at(51)).await.unwrap());
        assert!(!invitations::accept(&mut tx, open.id, at(52)).await.unwrap());
        let error = invitations::revoke(&mut tx, open.id, at(53)).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "invitation", .. }), "{error}");
        invitations::revoke(&mut tx, late.id, at(5)).await.unwrap();
        assert!(!invitations::accept(&mut tx, late.id, at(6)).await.unwrap());
        assert!(invitations::list_open(&mut tx, at(0)).await.unwrap().is_empty());
        let found = invitations::find(&mut tx, "two").await.unwrap().unwrap();
        assert_eq!(found.invitation.revoked_at, Some(at(5)));
        assert!(invitations::find(&mut tx, "none").await.unwrap().is_none());
    }

    async fn the_record_is_read_from_its_end_with_the_names(world) {
        let mut tx = world.write().await;
        for (n, who) in [(1, Some(world.home.owner)), (2, None), (3, Some(world.home.owner))] {
            let (what, from) = (format!("what {n}"), None);
            let entry = audit::Entry { carousel: None, who, what, when: at(n), from, to: Some(AWKWARD.into()) };
            audit::record(&mut tx, &entry).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = world.read().await;
        let page = audit::list(&mut tx, None, 2).await.unwrap();
        let said: Vec<_> = page.iter().map(|row| (row.entry.what.as_str(), row.name.as_deref())).collect();
        assert_eq!(said, [("what 3", Some("Ada")), ("what 2", None)]);
        let rest = audit::list(&mut tx, Some(page[1].seq), 2).await.unwrap();
        assert_eq!((rest.len(), rest[0].entry.when), (1, at(1)));
        let mut elsewhere = world.store.read(world.stranger()).await.unwrap();
        assert!(audit::list(&mut elsewhere, None, 9).await.unwrap().is_empty());
    }
}

/// An account that is kept already; each is a second younger than the one before.
async fn account(world: &World, email: Option<&str>) -> Account {
    let id = world.uuid();
    let account = Account {
        id: AccountId(id),
        email: email.map(|email| email.parse().unwrap()),
        password_hash: email.map(|_| "$argon2id$".into()),
        language: None,
        created_at: at(i64::try_from(id.as_u128()).unwrap()),
    };
    let mut tx = world.store.write_for_all().await.unwrap();
    accounts::insert(&mut tx, &account).await.unwrap();
    tx.commit().await.unwrap();
    account
}

fn new_member(world: &World, account: Option<AccountId>, seconds: i64) -> Member {
    Member {
        id: MemberId(world.uuid()),
        name: AWKWARD.into(),
        role: MemberRole::Editor,
        account,
        email: None,
        since: at(seconds),
        seen_at: None,
    }
}

fn invitation(world: &World, until: i64) -> Invitation {
    Invitation {
        id: InvitationId(world.uuid()),
        name: AWKWARD.into(),
        role: MemberRole::Editor,
        invited_by: world.home.owner,
        created_at: at(0),
        expires_at: at(until),
        accepted_at: None,
        revoked_at: None,
    }
}
