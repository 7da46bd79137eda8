//! The time zone of a workspace: times are kept in UTC and shown where the people are.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use time::{OffsetDateTime, UtcOffset};

/// A time zone of the IANA database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Zone(Tz);

impl Default for Zone {
    fn default() -> Self {
        Self(Tz::UTC)
    }
}

impl Zone {
    /// The zone of this name; UTC where there is none.
    pub(crate) fn named(name: &str) -> Self {
        name.parse().map_or_else(|_| Self::default(), Self)
    }

    /// The names to choose from: those of places, without the old and technical ones.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        let is_place = |name: &&str| PLACES.iter().any(|place| name.starts_with(place));
        std::iter::once("UTC").chain(TZ_VARIANTS.iter().map(|zone| zone.name()).filter(is_place))
    }

    /// A time as the clocks there show it.
    pub(crate) fn at(self, at: OffsetDateTime) -> OffsetDateTime {
        let utc = DateTime::from_timestamp(at.unix_timestamp(), 0).unwrap_or_default().naive_utc();
        let ahead = self.0.offset_from_utc_datetime(&utc).fix().local_minus_utc();
        UtcOffset::from_whole_seconds(ahead).map_or(at, |offset| at.to_offset(offset))
    }
}

const PLACES: [&str; 9] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::Zone;

    #[test]
    fn clocks_go_forward_in_summer_and_unknown_places_have_utc() {
        let berlin = Zone::named("Europe/Berlin");
        assert_eq!(berlin.at(datetime!(2026-01-15 12:00 UTC)).hour(), 13);
        assert_eq!(berlin.at(datetime!(2026-07-15 12:00 UTC)).hour(), 14);
        assert_eq!(Zone::named("Atlantis/Poseidonis").at(datetime!(2026-07-15 12:00 UTC)).hour(), 12);
        assert_eq!(Zone::names().filter(|name| *name == "UTC" || *name == "Asia/Tokyo").count(), 2);
    }
}
