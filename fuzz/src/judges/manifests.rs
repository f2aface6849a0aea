//! Manifests in `.ecrgen`.

use ecrgen::compile;
use ecrgen::compile::{Claims, guarded};
use ecrgen::tree::{Manifest, Modules, Record};

use super::harmless;

/// A spec with something of every kind that a manifest records.
const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, search: { encryption: { kms: create } } }
workspace: { organization: acme }
oidc_providers: { hcp: create }
";

/// Compares a spec with a manifest, as the one that is committed and as that of another platform.
pub fn manifests(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let manifest = match Manifest::from_json(&text) {
        Ok(manifest) => manifest,
        Err(error) => return harmless::failure(format!("{error:#}"), vec![]),
    };
    assert_eq!(Manifest::from_json(&manifest.to_json()).expect("ecrgen reads what it wrote"), manifest);
    for path in manifest.files() {
        let is_below = |part: &str| !["", ".", ".."].contains(&part) && !part.eq_ignore_ascii_case(".git");
        assert!(path.as_str().split(['/', '\\']).all(is_below), "{path}");
    }
    let read = |_: &str| Ok(SHOP.as_bytes().to_vec());
    let compilation = compile(&["shop.yaml".to_owned()], &read, "2026-11-27");
    let (platforms, tree) = (&compilation.platforms[0], &compilation.outputs[0].tree);
    let Record::Modules(new) = tree.manifest().record() else { panic!("a new manifest has the newest format") };
    harmless::findings(&compilation.sources, &guarded(platforms, tree, Some(&manifest)));
    harmless::findings(&compilation.sources, &Claims::of([&manifest].into_iter()).check(platforms, new));
    assert_eq!(Claims::of([&manifest].into_iter()).check(platforms, &Modules::new()), []);
}
