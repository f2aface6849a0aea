//! Every resource type, block and argument in the source of the generators is in the output of some spec, which `terraform::verify`
//! compares with the schemas of the providers.

use std::collections::BTreeSet;
use std::path::Path;

use regex_lite::Regex;

use crate::harness::{Specs, repository, texts_below};
use crate::policies::resource_types::specs;

/// The names that the source of the generators writes. `attr` is also used for the steps of references, which are in the output too.
fn written() -> BTreeSet<String> {
    let call =
        Regex::new(r#"(?:Block::(?:resource|data|bare|new)|\.attr|\.attr_from)\(\s*(?:[a-z_.]+,\s*)?"([a-z0-9_]+)""#);
    let call = call.expect("a pattern");
    let sources = texts_below(&repository().join("src/generate"));
    let names = sources.values().flat_map(|text| call.captures_iter(text).map(|found| found[1].to_owned()));
    names.collect()
}

/// The words of the Terraform files of a spec.
fn words(spec: &str) -> BTreeSet<String> {
    let compiled = Specs::beside_shipped().spec("specs/spec.yaml", spec).compile();
    let files = compiled.files();
    let code = files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|end| end == "tf"));
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    code.flat_map(|(_, text)| text.split(move |letter| !is_word(letter)).map(str::to_owned)).collect()
}

#[test]
fn every_argument_is_in_the_output_of_a_spec() {
    let written = written();
    assert!(written.len() > 150, "{written:?}");
    let mut missing = written;
    for spec in specs() {
        let words = words(&spec);
        missing.retain(|name| !words.contains(name));
    }
    assert_eq!(missing, BTreeSet::new(), "add a spec to `policies::resource_types::specs`");
}
