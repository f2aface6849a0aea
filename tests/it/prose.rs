//! Numbers and lists in sentences.

use ecrgen::prose::{count, few};

#[test]
fn only_one_is_singular() {
    assert_eq!([0, 1, 2, 11].map(|n| count(n, "file")), ["0 files", "1 file", "2 files", "11 files"]);
}

#[test]
fn only_a_longer_list_is_cut() {
    let few = |shown| few(["a", "b", "c"].into_iter(), shown);
    assert_eq!([few(4), few(3), few(2), few(1)], ["a, b, c", "a, b, c", "a, b and 1 more", "a and 2 more"]);
}

#[test]
fn the_last_name_follows_and() {
    let named = |words: &[&'static str], shown| ecrgen::prose::named(words.iter().copied(), shown);
    assert_eq!([named(&[], 2), named(&["a"], 2), named(&["a", "b"], 2)], ["", "`a`", "`a` and `b`"]);
    assert_eq!(named(&["a", "b", "c"], 2), "`a`, `b` and 1 more");
}

#[test]
fn the_last_alternative_follows_or() {
    let either = |words: &[&str]| ecrgen::prose::either(words.iter().map(|word| (*word).to_owned()));
    assert_eq!([either(&[]), either(&["a"]), either(&["a", "b"])], ["", "a", "a or b"]);
    assert_eq!(either(&["a", "b", "c"]), "a, b or c");
}
