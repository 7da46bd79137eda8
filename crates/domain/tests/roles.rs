//! What each role may do: the whole table, so that no right is widened unnoticed.

use domain::{MemberRole, Right};

const ROLES: [(MemberRole, &[Right]); 4] = [
    (MemberRole::Owner, &[Right::Read, Right::Review, Right::Make, Right::Manage]),
    (MemberRole::Editor, &[Right::Read, Right::Review, Right::Make]),
    (MemberRole::Reviewer, &[Right::Read, Right::Review]),
    (MemberRole::Viewer, &[Right::Read]),
];

const RIGHTS: [Right; 4] = [Right::Read, Right::Review, Right::Make, Right::Manage];

#[test]
fn every_role_has_the_rights_of_the_table_and_no_other() {
    assert_eq!(ROLES.map(|(role, _)| role), MemberRole::ALL);
    for (role, rights) in ROLES {
        for right in RIGHTS {
            assert_eq!(role.may(right), rights.contains(&right), "{role} {right:?}");
        }
    }
}

#[test]
fn the_lesser_of_two_roles_may_only_what_both_may() {
    for one in MemberRole::ALL {
        for other in MemberRole::ALL {
            for right in RIGHTS {
                let both = one.may(right) && other.may(right);
                assert_eq!(one.at_most(*other).may(right), both, "{one} {other} {right:?}");
            }
        }
    }
}
