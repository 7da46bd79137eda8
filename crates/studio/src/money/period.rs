//! In which day and month an attempt counts: by the clocks of its workspace.

use chrono::{DateTime, Datelike, NaiveDate};
use chrono_tz::Tz;
use store::money::Period;
use time::OffsetDateTime;

/// The day and month at a moment in a time zone; in UTC where the zone is unknown.
pub(super) fn period(at: OffsetDateTime, time_zone: &str) -> Period {
    let zone: Tz = time_zone.parse().unwrap_or(Tz::UTC);
    let at = DateTime::from_timestamp(at.unix_timestamp(), 0).unwrap_or_default();
    let day: NaiveDate = at.with_timezone(&zone).date_naive();
    Period { day: day.to_string(), month: format!("{:04}-{:02}", day.year(), day.month()) }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::period;

    #[test]
    fn a_day_ends_at_midnight_where_the_workspace_is() {
        let late = datetime!(2026-11-30 23:30 UTC);
        let (utc, berlin) = (period(late, "UTC"), period(late, "Europe/Berlin"));
        assert_eq!((utc.day.as_str(), utc.month.as_str()), ("2026-11-30", "2026-11"));
        assert_eq!((berlin.day.as_str(), berlin.month.as_str()), ("2026-12-01", "2026-12"));
        assert_eq!(period(late, "Atlantis/Poseidonis"), utc);
    }
}
