//! References that users write: only traversals are accepted.

use ecrgen::terraform::{Body, Traversal, print};

#[test]
fn traversals_are_printed_as_they_were_written() {
    for text in [
        "var.region",
        "module.eks.eks_managed_node_groups[\"default\"].iam_role_name",
        "data.terraform_remote_state.eks.outputs.node-role",
        "aws_ecr_repository.this[0].arn",
        "local.a[\"quote \\\" back \\\\ new\\nline é\"]",
    ] {
        let traversal = Traversal::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(print(&Body::new().attr("a", traversal)), format!("a = {text}\n"));
    }
}

#[test]
fn rejects_everything_that_is_not_a_traversal() {
    for (text, at) in [
        ("", 0),
        ("var", 3),
        ("true.x", 0),
        ("for.x", 0),
        ("1.x", 0),
        (" var.x", 0),
        ("var.x ", 5),
        ("var.", 4),
        ("var..x", 4),
        ("var.0", 4),
        ("var[", 4),
        ("var[-1]", 4),
        ("var[x.y]", 4),
        ("var[1", 5),
        ("var[99999999999]", 15),
        ("var[true]", 4),
        ("var[*]", 4),
        ("var.x[\"a]", 9),
        ("var.x[\"${y}\"]", 7),
        ("var.x[\"a$${y}\"]", 9),
        ("var.x[\"%{if true}\"]", 7),
        ("var.x[\"\n\"]", 7),
        ("f(x.y)", 1),
        ("var.x + 1", 5),
        ("var.x\nevil = 1", 5),
        ("\"${var.x}\"", 0),
        ("${var.x}", 0),
        ("var.é", 4),
    ] {
        let error = Traversal::parse(text).expect_err(text);
        assert_eq!(error.at, at, "{text}: {error}");
    }
}

#[test]
fn escapes_in_keys_are_those_of_hcl() {
    let traversal = Traversal::parse(r#"a.b["\u0024{x}\U0001f600\t"]"#).unwrap();
    assert_eq!(traversal, Traversal::new("a.b").key("${x}😀\t"));
    for bad in [r#"a.b["\x41"]"#, r#"a.b["\ud800"]"#, r#"a.b["\u00"]"#, r#"a.b["\u+041"]"#, r#"a.b["\"#] {
        assert!(Traversal::parse(bad).is_err(), "{bad}");
    }
}
