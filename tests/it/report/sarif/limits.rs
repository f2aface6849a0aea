//! GitHub rejects a file with more than 25,000 results, or a result with more than 1,000 locations (GitHub Docs, "SARIF results
//! exceed limit").

use ecrgen::diagnostic::Severity;
use ecrgen::report::findings::sarif;
use serde_json::Value;

use super::{results, run};
use crate::report::{Spec, error, finding};

#[test]
fn the_most_severe_results_stay_in_their_order() {
    let spec = Spec::new("a: 1\nb: 2\nc: 3\n");
    let of = |n: usize, key: &str| -> Vec<_> {
        let severity = match key {
            "a" => Severity::Note,
            "b" => Severity::Error,
            _ => Severity::Warning,
        };
        (0..n).map(|number| finding(severity, "x", spec.first(key), &format!("{number:05}"))).collect()
    };
    let findings = [of(10, "a"), of(24_000, "b"), of(1_005, "c")].concat();
    let run = run(&sarif(&spec.sources, &str::to_owned, &findings));
    let results = run["results"].as_array().expect("a list");
    let levels = |level: &str| results.iter().filter(|result| result["level"] == level).count();
    assert_eq!([results.len(), levels("error"), levels("warning"), levels("note")], [25_000, 24_000, 1_000, 0]);
    let lines: Vec<_> =
        results.iter().map(|it| &it["locations"][0]["physicalLocation"]["region"]["startLine"]).collect();
    assert!(lines.is_sorted_by_key(|line| line.as_u64()));
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    let left_out = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().expect("a notification");
    assert_eq!(left_out, "GitHub accepts 25000 results, so 15 more results are left out");
}

#[test]
fn a_result_has_at_most_a_thousand_places() {
    let spec = Spec::new("a: 1\n");
    let finding = (0..1_500).fold(error("x", spec.first("a"), "m"), |finding, _| finding.and(spec.first("1"), "again"));
    let results = results(&spec, &[finding]);
    assert_eq!(results[0]["relatedLocations"].as_array().map(Vec::len), Some(999));
    let ids = results[0]["relatedLocations"].as_array().into_iter().flatten().map(|it| &it["id"]);
    assert_eq!(ids.cloned().collect::<Vec<Value>>(), (1..1_000).map(Value::from).collect::<Vec<_>>());
}
