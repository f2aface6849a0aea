//! What moto does not implement, so that no twin can apply it. When moto learns one of these, the test fails, and a twin should
//! apply it.

use serde_json::json;

use super::moto::Moto;

#[test]
fn moto_serves_neither_creation_templates_nor_pull_through_cache_rules() {
    let Some(moto) = Moto::start() else { return };
    let missing = moto.script("not_served.py", &[]);
    assert_eq!(missing, json!(["CreateRepositoryCreationTemplate", "CreatePullThroughCacheRule"]));
}
