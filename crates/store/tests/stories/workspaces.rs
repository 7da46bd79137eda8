//! The default workspace, its owner, profiles and assets.

use domain::{AssetId, MemberId, Profile, ProfileFields, ProfileId, WorkspaceId, WorkspaceSettings};
use store::assets::{self, Asset};
use store::profiles;
use store::workspaces::{self, Home, ensure_default, member, names};
use store::{Conflict, StoreError};
use uuid::Uuid;

use crate::support::samples::AWKWARD;
use crate::support::{World, at, stories};

stories! {
    async fn the_default_workspace_is_made_once(world) {
        let late = Home { workspace: WorkspaceId(Uuid::from_u128(7)), owner: MemberId(Uuid::from_u128(8)) };
        let found = ensure_default(&world.another_store().await, late, "Grace", at(1)).await.unwrap();
        assert_eq!(found, world.home);
        let owner = member(&mut world.read().await, found.owner).await.unwrap();
        assert_eq!((owner.id, owner.name.as_str()), (found.owner, "Ada"));
        let names = names(&mut world.read().await).await.unwrap();
        assert_eq!(names.into_iter().collect::<Vec<_>>(), [(found.owner, "Ada".to_owned())]);
    }

    async fn another_workspace_is_made_under_a_slug_of_its_own(world) {
        let mut tx = world.store.write(world.stranger()).await.unwrap();
        let owner = MemberId(world.uuid());
        assert!(!workspaces::make(&mut tx, "default", owner, "Grace", at(1)).await.unwrap());
        assert!(workspaces::make(&mut tx, "other", owner, "Grace", at(1)).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.store.read(world.stranger()).await.unwrap();
        assert_eq!(member(&mut tx, owner).await.unwrap().name, "Grace");
        assert!(member(&mut tx, world.home.owner).await.is_err());
    }

    async fn a_stranger_is_not_found(world) {
        let error = member(&mut world.read().await, MemberId(Uuid::from_u128(5))).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no member 00000000-0000-0000-0000-000000000005 in this workspace"
        );
    }

    async fn a_workspace_is_named_and_set(world) {
        let mut workspace = workspaces::get(&mut world.read().await).await.unwrap();
        assert_eq!((workspace.name.as_str(), &workspace.settings), ("Ada", &WorkspaceSettings::default()));
        workspace.name = AWKWARD.into();
        workspace.settings.time_zone = "Europe/Berlin".into();
        workspace.settings.autopilot_floor = 7.5;
        let mut tx = world.write().await;
        workspaces::lock(&mut tx).await.unwrap();
        workspaces::set(&mut tx, &workspace).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(workspaces::get(&mut world.read().await).await.unwrap(), workspace);
        let mut elsewhere = world.store.write(world.stranger()).await.unwrap();
        for error in [
            workspaces::get(&mut elsewhere).await.map(drop).unwrap_err(),
            workspaces::set(&mut elsewhere, &workspace).await.unwrap_err(),
            workspaces::lock(&mut elsewhere).await.unwrap_err(),
        ] {
            assert!(matches!(error, StoreError::NotFound { what: "workspace", .. }), "{error}");
        }
    }

    async fn a_profile_is_kept_and_changed(world) {
        let mut first = profile(world, "Bakery");
        let second = profile(world, AWKWARD);
        let mut tx = world.write().await;
        profiles::insert(&mut tx, &first, at(0)).await.unwrap();
        profiles::insert(&mut tx, &second, at(1)).await.unwrap();
        first.fields.words_to_avoid = vec!["synergy".into()];
        profiles::update(&mut tx, &first, at(0), at(2)).await.unwrap();
        let error = profiles::update(&mut tx, &second, at(0), at(2)).await.unwrap_err();
        assert!(matches!(error, StoreError::Conflict(Conflict::Changed)), "{error}");
        assert_eq!(profiles::updated_at(&mut tx, first.id).await.unwrap(), at(2));
        tx.commit().await.unwrap();

        let mut tx = world.read().await;
        assert_eq!(profiles::get(&mut tx, first.id).await.unwrap(), first);
        assert_eq!(profiles::list(&mut tx).await.unwrap(), [first, second]);
    }

    async fn an_unknown_profile_is_neither_read_nor_changed(world) {
        let unknown = profile(world, "Nobody");
        let mut tx = world.write().await;
        let error = profiles::update(&mut tx, &unknown, at(0), at(1)).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "profile", .. }), "{error}");
        assert!(profiles::updated_at(&mut tx, unknown.id).await.is_err());
        let error = profiles::get(&mut tx, unknown.id).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "profile", .. }), "{error}");
    }

    async fn an_assets_facts_are_kept(world) {
        let asset = Asset {
            id: AssetId(world.uuid()),
            carousel: Some(world.carousel().await.id),
            name: "loaf \"best\" 🍞.png".into(),
            media_type: "image/png".into(),
            size: u32::MAX,
            sha256: "e3b0c44298fc1c149afbf4c8996fb924".into(),
            created_at: at(3),
        };
        let mut tx = world.write().await;
        assets::insert(&mut tx, &asset).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(assets::get(&mut world.read().await, asset.id).await.unwrap(), asset);
        let mut elsewhere = world.store.read(world.stranger()).await.unwrap();
        let error = assets::get(&mut elsewhere, asset.id).await.unwrap_err();
        assert!(matches!(error, StoreError::NotFound { what: "asset", .. }), "{error}");
    }
}

fn profile(world: &World, name: &str) -> Profile {
    let fields = ProfileFields { name: name.into(), topics: vec!["bread".into()], ..Default::default() };
    Profile { id: ProfileId(world.uuid()), fields }
}
