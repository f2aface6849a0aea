//! Specs, with the files that they extend.

use std::collections::BTreeMap;

use ecrgen::compile;
use ecrgen::compile::is_clean;
use ecrgen::lifecycle::Policy;
use ecrgen::permissions::EffectivePermissions;
use ecrgen::platform::Platform;
use ecrgen::policies;
use ecrgen::report::{expectations, permissions};
use ecrgen::simulation::ExpectationResult;
use ecrgen::tree::Manifest;

use super::harmless;

/// What comes before the path of a further file. The text before the first such line is `shop.yaml`.
const FILE: &[u8] = b"#file ";

/// Compiles `shop.yaml`. Whatever is written must be text that Terraform can parse.
pub fn specs(data: &[u8]) {
    let files = files(data);
    let read = |path: &str| files.get(path).map(|bytes| bytes.to_vec()).ok_or_else(|| "no such file".to_owned());
    let compilation = compile(&["shop.yaml".to_owned()], &read, "2026-11-27");
    harmless::findings(&compilation.sources, &compilation.findings);
    assert_eq!(compilation.outputs.is_empty(), !is_clean(&compilation.findings) || compilation.platforms[0].is_empty());
    for file in compilation.outputs.iter().flat_map(|output| output.tree.files()) {
        harmless::text(file.text());
        let path = file.path().as_str();
        if path.ends_with(".tf") {
            assert!(hcl::parse(file.text()).is_ok(), "{path} is not HCL:\n{}", file.text());
        }
    }
    if is_clean(&compilation.findings) {
        compilation.platforms.iter().flatten().for_each(reports);
    }
    for output in &compilation.outputs {
        let manifest = output.tree.manifest();
        let read = Manifest::from_json(&manifest.to_json()).expect("ecrgen reads what it wrote");
        assert_eq!(read, *manifest);
        let found = ecrgen::compile::guarded(&compilation.platforms[0], &output.tree, Some(&read));
        // An entry with `delete` for something that this output never had.
        let found: Vec<_> = found.into_iter().filter(|finding| finding.code.name != "removed-earlier").collect();
        assert_eq!(found, []);
    }
}

/// The reports of `access`, and of `simulate` about expectations.
fn reports(platform: &Platform) {
    let policies = policies::emit(platform);
    let access = EffectivePermissions::of(&policies);
    harmless::text(&permissions::markdown(&access));
    let results: Vec<ExpectationResult> = platform
        .expectations
        .iter()
        .filter_map(|expectation| {
            let repository = platform.repository(&expectation.repository)?;
            let nothing = Policy { rules: Vec::new() };
            let policy = repository.lifecycle.as_ref().map_or(&nothing, |lifecycle| &lifecycle.policy);
            let history = expectation.scenario.run(policy, &repository.services, &platform.scope.environment).ok()?;
            Some(ExpectationResult {
                sentence: &expectation.sentence,
                repository: &repository.name,
                environment: &platform.scope.environment,
                found: expectation.scenario.found(&history),
                prices: &platform.prices,
                instead: expectation.expected.iter().filter_map(|(expected, _)| expected.missed(&history)).collect(),
            })
        })
        .collect();
    for style in [harmless::UTF_8, harmless::ASCII] {
        harmless::text(&permissions::text(&access, style));
        harmless::text(&expectations::text(&results, style));
    }
    harmless::json(&expectations::json(&results));
    harmless::json(&permissions::json(&[access]));
}

fn files(data: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut path = "shop.yaml".to_owned();
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(FILE) {
            Some(name) => path = String::from_utf8_lossy(name).trim().to_owned(),
            None => files.entry(path.clone()).or_insert_with(Vec::new).extend(line),
        }
    }
    files
}
