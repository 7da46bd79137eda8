//! States that a person looks for together.

use crate::state::State;

crate::named_enum! {
    /// States that a person looks for together.
    pub enum StateGroup ("group of states") {
        /// Being written, or about to be.
        Writing = "writing",
        /// A person has to choose.
        Waiting = "waiting",
        Failed = "failed",
        /// Every stage is approved; its files may have been taken out.
        Ready = "ready",
        /// Planned, being posted, or posted.
        Posted = "posted",
    }
}

impl StateGroup {
    /// The group that a state is in.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let in_group = |group: &Self| group.states().contains(&state.name());
        Self::ALL.iter().copied().find(in_group).unwrap_or(Self::Writing)
    }

    /// Their names.
    #[must_use]
    pub fn states(self) -> &'static [&'static str] {
        match self {
            Self::Writing => &["draft", "generating"],
            Self::Waiting => &["awaiting_approval"],
            Self::Failed => &["failed"],
            Self::Ready => &["ready", "exported"],
            Self::Posted => &["scheduled", "publishing", "published"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StateGroup;
    use crate::state::State;

    #[test]
    fn every_state_is_in_one_group() {
        let states = [
            State::Draft,
            State::Ready,
            State::Exported,
            State::Scheduled,
            State::Publishing,
            State::Published,
        ];
        for state in states {
            let groups = StateGroup::ALL.iter().filter(|group| group.states().contains(&state.name()));
            assert_eq!(groups.collect::<Vec<_>>(), [&StateGroup::of(&state)]);
        }
        // The library's statement has room for three.
        assert!(StateGroup::ALL.iter().all(|group| (1..=3).contains(&group.states().len())));
    }
}
