//! Guessing the intended name.

use ecrgen::diagnostic::{did_you_mean, nearest};

#[test]
fn allows_one_edit_per_three_letters() {
    let words = ["cart", "search", "encryption"];
    for (word, expected) in [
        ("cart", Some("cart")),
        ("crat", Some("cart")),
        ("carts", Some("cart")),
        ("Cart", Some("cart")),
        ("CRAT", Some("cart")),
        ("caart2", Some("cart")),
        ("crt2", None),
        ("serach", Some("search")),
        ("seek", None),
        // Nine letters, three edits.
        ("encrptino", Some("encryption")),
        ("description", Some("encryption")),
        ("", None),
    ] {
        assert_eq!(nearest(word, words), expected, "{word}");
    }
}

#[test]
fn knows_words_that_mean_the_same_elsewhere() {
    let verbs = ["pull", "push", "read", "delete", "create"];
    for (word, expected) in [
        ("download", Some("pull")),
        ("write", Some("push")),
        ("Upload", Some("push")),
        ("remove", Some("delete")),
        ("describe", Some("read")),
        // `get` can mean `pull` or `read`.
        ("get", Some("pull")),
        ("admin", None),
    ] {
        assert_eq!(nearest(word, verbs), expected, "{word}");
    }
    assert_eq!(nearest("read", ["pull", "push"]), Some("pull"), "where `read` is not a verb");
    assert_eq!(nearest("delete", ["expire", "transition"]), Some("expire"));
    assert_eq!(nearest("aws-account-id", ["account", "region"]), Some("account"));
}

#[test]
fn picks_the_nearest_word() {
    assert_eq!(nearest("search", ["searches", "search2", "seach"]), Some("search2"));
    assert_eq!(nearest("search", ["seach", "search2"]), Some("seach"), "the first of two equally near words");
    assert_eq!(nearest("search", []), None);
}

#[test]
fn lists_the_known_words_if_none_is_near() {
    let words: Vec<String> = (0..30).map(|i| format!("service-{i}")).collect();
    let some = |count: usize| words[..count].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(did_you_mean("service-9x", some(30), "services"), "did you mean `service-9`?");
    assert_eq!(did_you_mean("x", some(2), "services"), "services: service-0, service-1");
    assert_eq!(did_you_mean("x", some(0), "services"), "there are no services");
    let twenty = some(20).join(", ");
    assert_eq!(did_you_mean("x", some(20), "services"), format!("services: {twenty}"));
    assert_eq!(did_you_mean("x", some(21), "services"), format!("services: {twenty}, and 1 more"));
}
