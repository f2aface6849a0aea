//! Inclusion and overlap of patterns, checked against all short strings over three letters.

use ecrgen::lifecycle::{Pattern, Prefix, TagList, Tags};

use super::model::{glob, tags_match};

/// All words over the letters up to a given length.
fn words(letters: &[char], longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut start = 0;
    for _ in 0..longest {
        let end = all.len();
        for i in start..end {
            for letter in letters {
                let word = format!("{}{letter}", all[i]);
                all.push(word);
            }
        }
        start = end;
    }
    all
}

fn pattern(text: &str) -> Pattern {
    Pattern::new(text).unwrap()
}

#[test]
fn patterns_match_like_the_model() {
    let strings = words(&['a', 'b'], 7);
    for text in words(&['a', 'b', '*'], 4) {
        let pattern = pattern(&text);
        for string in &strings {
            assert_eq!(pattern.matches(string), glob(text.as_bytes(), string.as_bytes()), "{text} on {string}");
        }
    }
}

/// Patterns contain only `a` and `b`, so `c` represents all other characters. Strings of six characters are long enough
/// to tell two patterns of four characters apart, or to match both.
#[test]
fn inclusion_and_overlap_of_patterns_are_exact() {
    let strings = words(&['a', 'b', 'c'], 6);
    let patterns = words(&['a', 'b', '*'], 4);
    let languages: Vec<Vec<bool>> = patterns
        .iter()
        .map(|pattern| strings.iter().map(|string| glob(pattern.as_bytes(), string.as_bytes())).collect())
        .collect();
    for (a, mine) in patterns.iter().zip(&languages) {
        for (b, theirs) in patterns.iter().zip(&languages) {
            let includes = mine.iter().zip(theirs).all(|(mine, theirs)| *mine || !theirs);
            let overlaps = mine.iter().zip(theirs).any(|(mine, theirs)| *mine && *theirs);
            assert_eq!(pattern(a).includes(&pattern(b)), includes, "{a} includes {b}");
            assert_eq!(pattern(a).overlaps(&pattern(b)), overlaps, "{a} overlaps {b}");
        }
    }
}

pub fn lists() -> Vec<TagList> {
    let texts = ["", "*", "a", "a*", "*a", "b*", "ab", "a*b", "ab*", "*b*"];
    let patterns = |texts: &[&str]| TagList::Patterns(texts.iter().map(|text| pattern(text)).collect());
    let prefixes = |texts: &[&str]| TagList::Prefixes(texts.iter().map(|text| Prefix::new(*text)).collect());
    let mut lists = vec![prefixes(&["a"]), prefixes(&["a", "b"]), prefixes(&["a", "ab"]), prefixes(&[""])];
    for (i, a) in texts.iter().enumerate() {
        lists.push(patterns(&[a]));
        lists.extend(texts[..i].iter().map(|b| patterns(&[a, b])));
    }
    lists
}

/// All images with up to two short tags.
pub fn images() -> Vec<Vec<String>> {
    let tags = words(&['a', 'b', 'c'], 3);
    let mut images: Vec<Vec<String>> = vec![Vec::new()];
    for (i, a) in tags.iter().enumerate() {
        images.extend(tags[..=i].iter().map(|b| vec![a.clone(), b.clone()]));
    }
    images
}

/// Two tags are enough, because no list here has more than two entries.
#[test]
fn inclusion_of_lists_is_exact_for_images_with_two_tags() {
    let images = images();
    let mut all: Vec<Tags> = lists().into_iter().map(Tags::Tagged).collect();
    all.extend([Tags::Untagged, Tags::Any]);
    let seen: Vec<Vec<bool>> =
        all.iter().map(|tags| images.iter().map(|image| tags_match(tags, image)).collect()).collect();
    for (mine, my_images) in all.iter().zip(&seen) {
        for (i, image) in images.iter().enumerate() {
            assert_eq!(mine.matches(image), my_images[i], "{mine:?} on {image:?}");
        }
        for (theirs, their_images) in all.iter().zip(&seen) {
            let includes = my_images.iter().zip(their_images).all(|(mine, theirs)| *mine || !theirs);
            assert_eq!(mine.includes(theirs), includes, "{mine:?} includes {theirs:?}");
        }
    }
}

/// Checks the statement about several rules in the documentation of `Tags::includes`.
#[test]
fn two_rules_cover_a_third_only_as_tagged_and_untagged_before_any() {
    let images = images();
    let mut all: Vec<Tags> = lists().into_iter().step_by(4).map(Tags::Tagged).collect();
    all.extend([Tags::Tagged(TagList::Patterns(vec![pattern("*")])), Tags::Untagged, Tags::Any]);
    let seen: Vec<Vec<bool>> =
        all.iter().map(|tags| images.iter().map(|image| tags_match(tags, image)).collect()).collect();
    for (first, (one, by_one)) in all.iter().zip(&seen).enumerate() {
        for (other, by_other) in all.iter().zip(&seen).skip(first) {
            let claimed: Vec<bool> = by_one.iter().zip(by_other).map(|(one, other)| *one || *other).collect();
            let everything = claimed.iter().all(|claimed| *claimed);
            for (third, by_third) in all.iter().zip(&seen) {
                let dead = by_third.iter().zip(&claimed).all(|(seen, claimed)| *claimed || !seen);
                let alone = one.includes(third) || other.includes(third);
                let split = *third == Tags::Any && everything && [one, other].contains(&&Tags::Untagged);
                assert_eq!(dead, alone || split, "{one:?} {other:?} {third:?}");
            }
        }
    }
}

#[test]
fn overlap_of_lists_is_exact_for_images_with_one_tag() {
    let tags = words(&['a', 'b', 'c'], 5);
    let fits = |list: &TagList, tag: &String| tags_match(&Tags::Tagged(list.clone()), std::slice::from_ref(tag));
    for mine in lists() {
        assert_eq!(mine.contradiction().is_none(), tags.iter().any(|tag| fits(&mine, tag)), "{mine:?}");
        for theirs in lists() {
            let overlaps = tags.iter().any(|tag| fits(&mine, tag) && fits(&theirs, tag));
            assert_eq!(mine.overlaps(&theirs), overlaps, "{mine:?} overlaps {theirs:?}");
            if let Some(tag) = mine.common_tag(&theirs) {
                assert!(fits(&mine, &tag) && fits(&theirs, &tag), "{mine:?} and {theirs:?}: {tag}");
            }
        }
    }
}

#[test]
fn alternative_prefixes_do_not_fit_one_tag() {
    let list = |texts: [&str; 2]| TagList::Prefixes(texts.map(Prefix::new).into());
    assert_eq!(list(["prod-", "v"]).contradiction(), Some(("prod-", "v")));
    assert_eq!(list(["v", "v1"]).contradiction(), None);
}

#[test]
fn accepts_four_wildcards_and_rejects_five() {
    assert!(Pattern::new("*test*1*2*3").is_ok());
    assert_eq!(Pattern::new("*a*b*c*d*").unwrap_err().found, 5);
}

#[test]
fn treats_a_star_in_a_prefix_as_an_ordinary_character() {
    let starred = TagList::Prefixes(vec![Prefix::new("a*")]);
    assert!(!starred.matches(&["ab".to_owned()]));
    assert!(!starred.includes(&TagList::Patterns(vec![pattern("a*")])));
}
