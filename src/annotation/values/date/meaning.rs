//! What an expression of time means, and its value in the notation of TIMEX3.

use jiff::ToSpan;
use jiff::civil::Date;

use super::word::{Part, Reference, Season, Unit};
use crate::annotation::values::decimal::Decimal;

/// Which year a month, season or quarter belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Which {
    /// Nobody says.
    Open,
    /// This one.
    Exact(i16),
    /// So many years from the year of writing.
    Shift(i8),
    /// The last one before the day of writing (`last March`).
    Last,
    /// The first one after it (`next March`).
    Next,
}

/// A time, before the day of writing is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    Day {
        which: Which,
        month: u8,
        day: u8,
    },
    Month {
        which: Which,
        month: u8,
    },
    Season {
        which: Which,
        season: Season,
    },
    Quarter {
        which: Which,
        quarter: u8,
    },
    Year(i16),
    Decade(i16),
    Century(i16),
    /// `Thursday`; Monday is 1.
    Weekday {
        which: Which,
        day: u8,
    },
    /// So many units from the day of writing, at the grain of the unit.
    Shift {
        unit: Unit,
        count: i32,
    },
    /// `the weekend`, `the quarter`: the one that ended last, as news speak of it.
    Latest(Unit),
    Reference(Reference),
    /// A length; no count where nobody says how many.
    Length {
        count: Option<Decimal>,
        unit: Unit,
    },
    /// `every Thursday`, `every July`, `every two weeks`.
    EveryWeekday(u8),
    EveryMonth(u8),
    EverySeason(Season),
    Every {
        count: Option<Decimal>,
        unit: Unit,
    },
    /// Recognised, but only more text could tell (`the period`).
    Unknown,
}

/// A time of the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Clock {
    Part(Part),
    At { hour: u8, minute: u8, minutes: bool },
}

impl Meaning {
    /// The value, for a document of this date.
    pub(super) fn value(self, clock: Option<Clock>, today: Option<Date>) -> Option<String> {
        match self {
            Self::EveryWeekday(day) => Some(format!("XXXX-WXX-{day}{}", suffix(clock))),
            Self::Shift {
                unit: Unit::Night,
                count,
            } => {
                let day = today?.checked_add(i64::from(count).days()).ok()?;
                Some(format!("{day}TNI"))
            }
            _ if clock.is_some() => {
                let day = self.day(today)?;
                Some(format!("{day}{}", suffix(clock)))
            }
            _ => self.plain(today),
        }
    }

    /// The value of a time without a time of day.
    fn plain(self, today: Option<Date>) -> Option<String> {
        Some(match self {
            Self::Day { .. } | Self::Weekday { .. } => self.day(today)?.to_string(),
            Self::Month { which, month } => {
                let year = year_of(which, month, today)?;
                format!("{year:04}-{month:02}")
            }
            Self::Season { which, season } => {
                let year = year_of(which, season.first_month(), today)?;
                format!("{year:04}-{}", season.code())
            }
            Self::Quarter { which, quarter } => {
                let year = past_year_of(which, quarter * 3 - 2, today)?;
                format!("{year:04}-Q{quarter}")
            }
            Self::Latest(unit) => latest(unit, today?)?,
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) => format!("{century:02}"),
            Self::Shift { unit, count } => shifted(unit, count, today?)?,
            Self::Reference(reference) => reference.code().to_owned(),
            Self::Length { count, unit } | Self::Every { count, unit } => length(count, unit)?,
            Self::EveryMonth(month) => format!("XXXX-{month:02}"),
            Self::EverySeason(season) => format!("XXXX-{}", season.code()),
            Self::EveryWeekday(_) | Self::Unknown => return None,
        })
    }

    /// The one day it names.
    fn day(self, today: Option<Date>) -> Option<Date> {
        match self {
            Self::Day { which, month, day } => {
                let of = |year: i16| Date::new(year, month as i8, day as i8).ok();
                match which {
                    Which::Exact(year) => of(year),
                    Which::Open => nearest(today?, of),
                    _ => of(year_of(which, month, today)?),
                }
            }
            Self::Weekday { which, day } => weekday(today?, which, day),
            Self::Shift {
                unit: Unit::Day,
                count,
            } => today?.checked_add(i64::from(count).days()).ok(),
            _ => None,
        }
    }
}

/// Of last year's, this year's and next year's day the one nearest to the day of writing: `Nov. 15`.
fn nearest(today: Date, of: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let year = today.year();
    [year, year - 1, year + 1]
        .into_iter()
        .filter_map(of)
        .min_by_key(|day| days_between(*day, today))
}

/// Distance in days.
fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// The year of a month, season: the last one that has begun, unless the words say otherwise.
fn year_of(which: Which, month: u8, today: Option<Date>) -> Option<i16> {
    if let (Which::Open, Some(today)) = (which, today) {
        // `in January`, written in November: news look ahead two months more often than back ten
        let ahead = (i16::from(month) - i16::from(today.month() as u8)).rem_euclid(12);
        if ahead <= 2 {
            return Some(today.year() + i16::from((month as i8) < today.month()));
        }
    }
    past_year_of(which, month, today)
}

/// The year of a month: the last one that has begun, unless the words say otherwise.
fn past_year_of(which: Which, month: u8, today: Option<Date>) -> Option<i16> {
    if let Which::Exact(year) = which {
        return Some(year);
    }
    let today = today?;
    let (year, month) = (today.year(), month as i8);
    Some(match which {
        Which::Exact(year) => year,
        Which::Shift(count) => year + i16::from(count),
        Which::Open => year - i16::from(month > today.month()),
        Which::Last => year - i16::from(month >= today.month()),
        Which::Next => year + i16::from(month <= today.month()),
    })
}

/// A day of the week seen from the day of writing: the last one, that day itself included.
fn weekday(today: Date, which: Which, day: u8) -> Option<Date> {
    if let Which::Shift(weeks) = which {
        let monday = 1 - i64::from(today.weekday().to_monday_one_offset());
        let count = monday + i64::from(weeks) * 7 + i64::from(day) - 1;
        return today.checked_add(count.days()).ok();
    }
    let back = (today.weekday().to_monday_one_offset() - day as i8).rem_euclid(7);
    let count = match which {
        Which::Next => 7 - i64::from(back),
        Which::Last if back == 0 => -7,
        _ => -i64::from(back),
    };
    today.checked_add(count.days()).ok()
}

/// So many units from a day, at the grain of the unit.
fn shifted(unit: Unit, count: i32, today: Date) -> Option<String> {
    let many = i64::from(count);
    Some(match unit {
        Unit::Day => today.checked_add(many.days()).ok()?.to_string(),
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let weeks = if unit == Unit::Fortnight {
                many * 2
            } else {
                many
            };
            let week = today.checked_add(weeks.weeks()).ok()?.iso_week_date();
            let end = if unit == Unit::Weekend { "-WE" } else { "" };
            format!("{:04}-W{:02}{end}", week.year(), week.week())
        }
        Unit::Month => {
            let month = today.checked_add(many.months()).ok()?;
            format!("{:04}-{:02}", month.year(), month.month())
        }
        Unit::Quarter => {
            let month = today.checked_add((many * 3).months()).ok()?;
            format!("{:04}-Q{}", month.year(), quarter(month))
        }
        Unit::Year => format!("{:04}", year_from(today, count)?),
        Unit::Decade => format!("{:03}", year_from(today, count.checked_mul(10)?)? / 10),
        Unit::Century => format!("{:02}", year_from(today, count.checked_mul(100)?)? / 100),
        Unit::Night | Unit::Period | Unit::Hour | Unit::Minute | Unit::Second => return None,
    })
}

/// The quarter that is over; the weekend that is over, from Friday on the one to come.
fn latest(unit: Unit, today: Date) -> Option<String> {
    let ahead = unit == Unit::Weekend && today.weekday().to_monday_one_offset() >= 5;
    shifted(unit, if ahead { 0 } else { -1 }, today)
}

/// The year so many years away.
fn year_from(today: Date, count: i32) -> Option<i32> {
    let year = i32::from(today.year()).checked_add(count)?;
    (0..=9999).contains(&year).then_some(year)
}

/// The quarter of the year a day is in.
fn quarter(day: Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// A length: `P3Y`, `PT2H`, `PXD` where nobody says how many.
fn length(count: Option<Decimal>, unit: Unit) -> Option<String> {
    let half = Decimal::ratio(1, 2)?;
    let whole_and_half = |small: &str, letter: &str, of: i64| {
        let below = count?.plus(half.negated())?.as_whole()?;
        Some(if below == 0 {
            format!("{small}{}", of_half(of, letter))
        } else {
            format!("{small}{below}{}{}", unit_letter(unit), of_half(of, letter))
        })
    };
    let mixed = match unit {
        Unit::Hour => whole_and_half("PT", "M", 30),
        Unit::Minute => whole_and_half("PT", "S", 30),
        _ => None,
    };
    if mixed.is_some() {
        return mixed;
    }
    let number = count.map_or_else(|| "X".to_owned(), |count| count.to_string());
    let (number, letter) = match unit {
        Unit::Period => ("X".to_owned(), "X"),
        Unit::Quarter => match count.and_then(|count| count.times(Decimal::whole(3))) {
            Some(months) => (months.to_string(), "M"),
            None => (number, "Q"),
        },
        Unit::Fortnight => match count.and_then(|count| count.times(Decimal::whole(2))) {
            Some(weeks) => (weeks.to_string(), "W"),
            None => (number, "W"),
        },
        _ => (number, unit_letter(unit)),
    };
    let time = matches!(unit, Unit::Hour | Unit::Minute | Unit::Second);
    Some(format!("P{}{number}{letter}", if time { "T" } else { "" }))
}

/// Half of a unit in the next smaller one.
fn of_half(count: i64, letter: &str) -> String {
    format!("{count}{letter}")
}

/// The letter of a unit in a length.
const fn unit_letter(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute | Unit::Month => "M",
        Unit::Hour => "H",
        Unit::Day | Unit::Night => "D",
        Unit::Weekend => "WE",
        Unit::Week | Unit::Fortnight => "W",
        Unit::Quarter => "Q",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
        Unit::Period => "X",
    }
}

/// The time of day behind a date.
fn suffix(clock: Option<Clock>) -> String {
    match clock {
        None => String::new(),
        Some(Clock::Part(part)) => part.code().to_owned(),
        Some(Clock::At {
            hour,
            minutes: false,
            ..
        }) => format!("T{hour:02}:00"),
        Some(Clock::At { hour, minute, .. }) => format!("T{hour:02}:{minute:02}"),
    }
}

impl Part {
    const fn code(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Noon => "T12:00",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
            Self::Midnight => "T24:00",
        }
    }
}

impl Season {
    const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The month it begins with.
    const fn first_month(self) -> u8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

impl Reference {
    const fn code(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}
