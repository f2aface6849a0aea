//! Reading and writing times. The expected values come from `date -u -d TEXT +%s`.

use ecrgen::time::{Time, date, parse_time, second};

#[test]
fn reads_times_in_all_formats() {
    let cases = [
        ("2026-11-21", 1_795_219_200),
        ("2026-11-21T10:30:00Z", 1_795_257_000),
        ("2026-11-21T10:30:00.999+07:00", 1_795_231_800),
        ("2026-11-21T10:30:00-0330", 1_795_269_600),
        ("2026-11-21 10:30:00+00:00", 1_795_257_000),
        ("2024-02-29T23:59:59Z", 1_709_251_199),
        ("2000-03-01", 951_868_800),
        ("1970-01-01", 0),
        ("1795257000", 1_795_257_000),
        ("1795257000.75", 1_795_257_000),
    ];
    for (text, seconds) in cases {
        assert_eq!(parse_time(text), Ok(Time(seconds)), "{text}");
    }
}

#[test]
fn rejects_an_invalid_time_with_the_reason() {
    let cases = [
        ("2026-11-21T10:30:00", "time zone"),
        ("2026-02-29", "is not a date"),
        ("2026-13-01", "is not a date"),
        ("21.11.2026", "is not a date"),
        ("yesterday", "is not a date"),
        ("2026-11-21T25:00:00Z", "time of day"),
        ("2026-11-21T10:30Z", "time of day"),
        ("2026-11-21T10:30:00+7", "time zone"),
        ("1795257000000", "milliseconds"),
        ("-1", "before 1970"),
    ];
    for (text, reason) in cases {
        assert!(parse_time(text).unwrap_err().contains(reason), "{text}");
    }
}

#[test]
fn writes_dates_and_times_in_iso_8601() {
    // The expected values come from `date -u -d @N +%F`.
    for (seconds, day) in
        [(0, "1970-01-01"), (68_169_600, "1972-02-29"), (951_782_400, "2000-02-29"), (1_795_219_200, "2026-11-21")]
    {
        assert_eq!(date(Time(seconds)), day);
    }
    assert_eq!(second(Time(1_795_257_000)), "2026-11-21T10:30:00Z");
}
