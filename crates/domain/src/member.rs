//! What a member may do in a workspace.

crate::named_enum! {
    /// A member's role, from the most that one may do to the least.
    pub enum MemberRole ("role") {
        Owner = "owner",
        Editor = "editor",
        Reviewer = "reviewer",
        Viewer = "viewer",
    }
}

/// A kind of thing to do, which some roles may and others may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See everything that is made here, and take finished files out.
    Read,
    /// Rate variants, approve one, reject a round with feedback.
    Review,
    /// Make, edit, duplicate and archive carousels and profiles; share one with a client.
    Make,
    /// Members, tokens, settings, and the record of who did what.
    Manage,
}

impl MemberRole {
    #[must_use]
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::Read => true,
            Right::Review => matches!(self, Self::Owner | Self::Editor | Self::Reviewer),
            Right::Make => matches!(self, Self::Owner | Self::Editor),
            Right::Manage => matches!(self, Self::Owner),
        }
    }

    /// The lesser of two roles: what a member may do through a token of narrower scope.
    #[must_use]
    pub fn at_most(self, other: Self) -> Self {
        if (self as u8) > (other as u8) { self } else { other }
    }
}
