//! Days and months as the clocks of a workspace count them, and the moments between which they lie.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days as Whole, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use time::{Date, Duration, OffsetDateTime};

/// From the first day to the last, which counts too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    first: Date,
    last: Date,
}

impl Days {
    /// The years that a day may lie in: beyond them nothing was ever spent.
    pub const YEARS: Range<i32> = 2000..3000;

    /// `None` where the last is before the first, or one of them outside of [`Self::YEARS`].
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        let known = Self::YEARS.contains(&first.year()) && Self::YEARS.contains(&last.year());
        (known && first <= last).then_some(Self { first, last })
    }

    #[must_use]
    pub fn first(&self) -> Date {
        self.first
    }

    #[must_use]
    pub fn last(&self) -> Date {
        self.last
    }

    /// From when to when they last in a time zone; in UTC where the zone is unknown.
    pub(super) fn span(self, time_zone: &str) -> Range<OffsetDateTime> {
        let zone: Tz = time_zone.parse().unwrap_or(Tz::UTC);
        begin(self.first, zone)..begin(self.last + Duration::DAY, zone)
    }
}

/// A month of the calendar: `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// Its first day.
    first: Date,
}

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { first: day.replace_day(1).unwrap_or(day) }
    }

    /// All its days.
    #[must_use]
    pub fn days(self) -> Days {
        let length = self.first.month().length(self.first.year());
        let last = self.first.replace_day(length).unwrap_or(self.first);
        Days { first: self.first, last }
    }

    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.first - Duration::DAY)
    }

    #[must_use]
    pub fn after(self) -> Self {
        Self::of(self.days().last + Duration::DAY)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), u8::from(self.first.month()))
    }
}

/// It is no month of the years that are known, written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMonth;

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let year = year.parse().map_err(|_| NotAMonth)?;
        let month: u8 = month.parse().map_err(|_| NotAMonth)?;
        let month = time::Month::try_from(month).map_err(|_| NotAMonth)?;
        if !Days::YEARS.contains(&year) {
            return Err(NotAMonth);
        }
        Date::from_calendar_date(year, month, 1).map(Self::of).map_err(|_| NotAMonth)
    }
}

/// The day at a moment in a time zone; in UTC where the zone is unknown.
pub(super) fn today(now: OffsetDateTime, time_zone: &str) -> Date {
    let zone: Tz = time_zone.parse().unwrap_or(Tz::UTC);
    let day = DateTime::from_timestamp(now.unix_timestamp(), 0).unwrap_or_default().with_timezone(&zone);
    let month = u8::try_from(day.month()).ok().and_then(|month| time::Month::try_from(month).ok());
    let date = month.zip(u8::try_from(day.day()).ok());
    let date = date.and_then(|(month, number)| Date::from_calendar_date(day.year(), month, number).ok());
    date.unwrap_or(now.date())
}

/// When a day begins. Where clocks go forward at midnight, that is later; a day that a place left
/// out lasts no time.
fn begin(day: Date, zone: Tz) -> OffsetDateTime {
    let utc = day.midnight().assume_utc();
    let Some(date) = NaiveDate::from_ymd_opt(day.year(), u8::from(day.month()).into(), day.day().into())
    else {
        return utc;
    };
    let clock = |date: NaiveDate| {
        (0..24).find_map(|hour| {
            let time = NaiveTime::from_hms_opt(hour, 0, 0)?;
            zone.from_local_datetime(&date.and_time(time)).earliest()
        })
    };
    let begun = clock(date).or_else(|| clock(date.checked_add_days(Whole::new(1))?));
    let begun = begun.and_then(|at| OffsetDateTime::from_unix_timestamp(at.timestamp()).ok());
    begun.unwrap_or(utc)
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::{Days, Month, today};

    #[test]
    fn a_month_begins_and_ends_at_midnight_where_the_workspace_is() {
        let march: Month = "2026-03".parse().unwrap();
        let berlin = march.days().span("Europe/Berlin");
        assert_eq!(berlin, datetime!(2026-02-28 23:00 UTC)..datetime!(2026-03-31 22:00 UTC));
        let nowhere = march.days().span("Atlantis/Poseidonis");
        assert_eq!(nowhere, datetime!(2026-03-01 0:00 UTC)..datetime!(2026-04-01 0:00 UTC));
        // There, clocks go forward at midnight; and here a whole day was left out.
        let santiago =
            Days::new(date!(2025 - 09 - 07), date!(2025 - 09 - 07)).unwrap().span("America/Santiago");
        assert_eq!(santiago.start, datetime!(2025-09-07 4:00 UTC));
        let apia = Days::new(date!(2011 - 12 - 30), date!(2011 - 12 - 30)).unwrap().span("Pacific/Apia");
        assert_eq!(apia.start, apia.end);
    }

    #[test]
    fn months_follow_each_other_and_what_is_none_is_refused() {
        let december: Month = "2027-12".parse().unwrap();
        assert_eq!(
            (december.before().to_string(), december.after().to_string()),
            ("2027-11".into(), "2028-01".into())
        );
        assert_eq!("2028-02".parse::<Month>().unwrap().days().last(), date!(2028 - 02 - 29));
        for wrong in ["", "2026", "2026-13", "2026-00", "1999-12", "3000-01", "-2026-01", "2026-01-01", "x-y"]
        {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
        assert_eq!(Days::new(date!(2026 - 02 - 02), date!(2026 - 02 - 01)), None);
        assert_eq!(Days::new(date!(1999 - 12 - 31), date!(2026 - 02 - 01)), None);
    }

    #[test]
    fn today_is_another_day_elsewhere() {
        let late = datetime!(2026-11-30 23:30 UTC);
        assert_eq!(today(late, "UTC"), date!(2026 - 11 - 30));
        assert_eq!(today(late, "Europe/Berlin"), date!(2026 - 12 - 01));
    }
}
