//! The check against schemas: one case per kind of problem, and one per version in the tables.

use ecrgen::source::Span;
use ecrgen::terraform::{Block, Body, Expr, List, Object, Pins, Template, Traversal, Version, print, verify};

fn pins(aws: &str, terraform: &str) -> Pins {
    Pins::new().provider("aws", Version::parse(aws).unwrap()).terraform(Version::parse(terraform).unwrap())
}

/// The problems of a block if provider aws 6.28.0 and Terraform 1.11.0 are the oldest allowed versions.
fn faults(block: Block) -> Vec<String> {
    faults_with(block, &pins("6.28.0", "1.11.0"))
}

fn faults_with(block: Block, pins: &Pins) -> Vec<String> {
    let faults = verify(&Body::new().block(block), pins);
    let said = faults.into_iter().map(|fault| match fault.help {
        Some(help) => format!("{}; {help}", fault.message),
        None => fault.message,
    });
    said.collect()
}

fn repository() -> Block {
    Block::resource("aws_ecr_repository", "core").attr("name", "piksel-core")
}

fn template() -> Block {
    Block::resource("aws_ecr_repository_creation_template", "t").attr("prefix", "t")
}

fn reference(text: &'static str) -> Traversal {
    Traversal::new(text)
}

#[test]
fn accepts_a_valid_configuration() {
    let blocks = [
        repository()
            .attr("image_tag_mutability", "IMMUTABLE_WITH_EXCLUSION")
            .attr("force_delete", reference("var.force"))
            .attr(
                "tags",
                Expr::call("merge", [Expr::from(reference("local.tags")), Object::new().entry("A", "b").into()]),
            )
            .block(
                Block::bare("image_tag_mutability_exclusion_filter")
                    .attr("filter", "*-latest")
                    .attr("filter_type", "WILDCARD"),
            )
            .block(Block::bare("image_scanning_configuration").attr("scan_on_push", true))
            .block(Block::bare("lifecycle").attr("prevent_destroy", true).attr("ignore_changes", [reference("tags")])),
        Block::resource("aws_iam_policy", "p")
            .attr("policy", Expr::call("jsonencode", [Object::new()]))
            .attr("tags", Object::new()),
        Block::resource("aws_iam_role_policy_attachment", "p")
            .attr("for_each", Expr::call("toset", [["a", "b"]]))
            .attr("role", reference("each.value"))
            .attr("policy_arn", Template::new().text("arn:").code(reference("data.aws_partition.current.partition"))),
        Block::data("aws_partition", "current"),
        Block::data("aws_iam_policy_document", "d").block(
            Block::bare("statement")
                .attr("actions", ["sts:AssumeRole"])
                .block(Block::bare("principals").attr("type", "AWS").attr("identifiers", ["*"])),
        ),
        Block::new("module", ["ecr"])
            .attr("source", "terraform-aws-modules/ecr/aws")
            .attr("version", "3.2.0")
            .attr("repository_name", "piksel-core")
            .attr(
                "repository_image_tag_mutability_exclusion_filter",
                vec![Object::new().entry("filter", "*-latest").entry("filter_type", "WILDCARD")],
            ),
        Block::new("output", ["urls"])
            .attr("value", Object::new().entry("piksel-core", reference("aws_ecr_repository.core.repository_url"))),
        Block::new("variable", ["x"]).attr("type", reference("string")).attr("description", "A text"),
        Block::bare("terraform")
            .attr("required_version", ">= 1.11")
            .block(Block::bare("required_providers").attr("aws", Object::new().entry("source", "hashicorp/aws")))
            .block(Block::new("backend", ["s3"]).attr("bucket", "b").attr("use_lockfile", true)),
        Block::bare("removed")
            .attr("from", reference("aws_ecr_repository.old"))
            .block(Block::bare("lifecycle").attr("destroy", false)),
        Block::new("provider", ["aws"]).attr("region", "ap-southeast-3"),
        Block::resource("random_pet", "unknown_provider").attr("whatever", 1),
        Block::new("module", ["own"]).attr("source", "./modules/x").attr("whatever", 1),
        Block::resource("tfe_workspace", "w").attr("name", "piksel-ecr-shared"),
    ];
    for block in blocks {
        let text = print(&Body::new().block(block.clone()));
        assert_eq!(faults(block), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn finds_each_kind_of_problem() {
    let module =
        || Block::new("module", ["ecr"]).attr("source", "terraform-aws-modules/ecr/aws").attr("version", "3.2.0");
    let cases = [
        (
            repository().attr("image_tag_mutabilty", "IMMUTABLE"),
            "`aws_ecr_repository.core` has no argument or block `image_tag_mutabilty`; did you mean `image_tag_mutability`?",
        ),
        (
            repository().block(Block::bare("image_scanning")),
            "`aws_ecr_repository.core` has no argument or block `image_scanning`; did you mean `image_scanning_configuration`?",
        ),
        (
            repository().attr("mutability", "IMMUTABLE"),
            "`aws_ecr_repository.core` has no argument or block `mutability`; did you mean `image_tag_mutability`?",
        ),
        (repository().attr("zzz", 1), "`aws_ecr_repository.core` has no argument or block `zzz`"),
        (
            Block::resource("aws_ecr_repository", "core"),
            "`aws_ecr_repository.core` is missing the required argument `name`",
        ),
        (repository().attr("name", "x"), "`aws_ecr_repository.core` sets `name` 2 times"),
        (
            repository().attr("force_delete", "yes"),
            "`force_delete` of `aws_ecr_repository.core` takes a bool, not a string",
        ),
        (repository().attr("tags", ["a"]), "`tags` of `aws_ecr_repository.core` takes a map, not a list"),
        (
            repository().attr("tags", Object::new().entry("A", ["b"])),
            "`tags[\"A\"]` of `aws_ecr_repository.core` takes a string, not a list",
        ),
        (
            Block::resource("aws_kms_key", "k").attr("deletion_window_in_days", "30"),
            "`deletion_window_in_days` of `aws_kms_key.k` takes a number, not a string",
        ),
        (
            template().attr("applied_for", "REPLICATION"),
            "`applied_for` of `aws_ecr_repository_creation_template.t` takes a set, not a string",
        ),
        (
            template().attr("applied_for", vec![Expr::from("REPLICATION"), ["x"].into()]),
            "`applied_for[1]` of `aws_ecr_repository_creation_template.t` takes a string, not a list",
        ),
        (
            repository().attr("image_scanning_configuration", Object::new().entry("scan_on_push", true)),
            "`image_scanning_configuration` of `aws_ecr_repository.core` is a block, not an argument; write `image_scanning_configuration { … }`",
        ),
        (
            repository().block(Block::bare("tags").attr("A", "b")),
            "`aws_ecr_repository.core tags` is an argument, not a block; write `tags = …`",
        ),
        (
            repository().attr("arn", "arn:aws:ecr"),
            "`arn` of `aws_ecr_repository.core` is computed by the provider and cannot be set",
        ),
        (
            repository().block(Block::bare("image_scanning_configuration")),
            "`aws_ecr_repository.core image_scanning_configuration` is missing the required argument `scan_on_push`",
        ),
        (
            [(), ()].iter().fold(repository(), |block, ()| {
                block.block(Block::bare("image_scanning_configuration").attr("scan_on_push", true))
            }),
            "`aws_ecr_repository.core` has too many `image_scanning_configuration` blocks: 2 instead of at most 1",
        ),
        (
            Block::resource("aws_ecr_replication_configuration", "r").block(Block::bare("replication_configuration")),
            "`aws_ecr_replication_configuration.r replication_configuration` has too few `rule` blocks: 0 instead of at least 1",
        ),
        (
            Block::resource("aws_ecr_repositry", "core"),
            "unknown resource `aws_ecr_repositry`; did you mean `aws_ecr_repository`?",
        ),
        (
            Block::data("aws_ecr_lifecycle_policy", "d"),
            "unknown data source `aws_ecr_lifecycle_policy`; did you mean `aws_ecr_lifecycle_policy_document`?",
        ),
        (Block::bare("resourse"), "Terraform has no block `resourse`; did you mean `resource`?"),
        (Block::new("resource", ["aws_ecr_repository"]), "`aws_ecr_repository` has the wrong number of labels"),
        (
            repository().block(Block::bare("lifecycle").attr("prevent_destroy", reference("var.protect"))),
            "`prevent_destroy` of `aws_ecr_repository.core lifecycle` takes a bool without references, not a reference",
        ),
        (
            repository().block(Block::bare("lifecycle").attr("ignore_changes", [reference("tag")])),
            "`aws_ecr_repository.core` has no argument or block `tag`; did you mean `tags`?",
        ),
        (
            repository().attr("depends_on", ["aws_kms_key.k"]),
            "`depends_on[0]` of `aws_ecr_repository.core` takes a reference, not a string",
        ),
        (
            repository().attr("count", 1).attr("for_each", reference("var.x")),
            "`aws_ecr_repository.core` has both `count` and `for_each`",
        ),
        (
            module().attr("image_tag_mutability", "IMMUTABLE"),
            "`module.ecr` has no argument or block `image_tag_mutability`; did you mean `repository_image_tag_mutability`?",
        ),
        (
            module().attr("repository_image_tag_mutability_exclusion_filter", vec![Object::new().entry("filter", "*")]),
            "`repository_image_tag_mutability_exclusion_filter[0]` of `module.ecr` is missing `filter_type`",
        ),
        (
            module().attr(
                "registry_scan_rules",
                vec![
                    Object::new()
                        .entry("scan_frequency", "X")
                        .entry("filter", List::new())
                        .entry("filters", List::new()),
                ],
            ),
            "`registry_scan_rules[0]` of `module.ecr` has no `filters`",
        ),
        (Block::new("module", ["m"]), "`module.m` is missing the required argument `source`"),
        (
            Block::new("output", ["o"]).attr("valu", 1).attr("value", 1),
            "`output.o` has no argument or block `valu`; did you mean `value`?",
        ),
    ];
    for (block, expected) in cases {
        assert_eq!(faults(block), [expected]);
    }
}

#[test]
fn rejects_an_argument_outside_of_all_blocks() {
    let faults = verify(&Body::new().attr("region", "x"), &Pins::new());
    assert_eq!(faults[0].message, "argument `region` is outside of all blocks");
}

#[test]
fn rejects_what_is_newer_than_the_pinned_provider() {
    let filter =
        || Block::bare("image_tag_mutability_exclusion_filter").attr("filter", "*").attr("filter_type", "WILDCARD");
    let push = || template().attr("applied_for", ["CREATE_ON_PUSH"]);
    let pod = || {
        Block::resource("aws_eks_pod_identity_association", "p")
            .attr("cluster_name", "c")
            .attr("namespace", "n")
            .attr("role_arn", "r")
            .attr("service_account", "s")
    };
    let oidc =
        || Block::resource("aws_iam_openid_connect_provider", "g").attr("url", "u").attr("client_id_list", ["a"]);
    let cache = || {
        Block::resource("aws_ecr_pull_through_cache_rule", "c")
            .attr("ecr_repository_prefix", "p")
            .attr("upstream_registry_url", "u")
    };
    let exclusion = Block::resource("aws_ecr_pull_time_update_exclusion", "e").attr("principal_arn", "a");
    let setting = Block::resource("aws_ecr_account_setting", "s").attr("name", "n").attr("value", "v");
    let mounting =
        Block::resource("aws_ecr_account_setting", "s").attr("name", "BLOB_MOUNTING").attr("value", "ENABLED");
    let policies = |kind: &'static str, argument: &'static str| {
        Block::resource(kind, "x").attr("role_name", "r").attr(argument, ["a"])
    };
    let lifecycle = Block::data("aws_ecr_lifecycle_policy_document", "d");
    let transition = Block::bare("rule")
        .attr("priority", 1)
        .block(Block::bare("selection").attr("tag_status", "any").attr("count_type", "t").attr("count_number", 1))
        .block(Block::bare("action").attr("type", "transition").attr("target_storage_class", "archive"));
    let cases = [
        (repository().block(filter()), "6.7.0", "6.8.0"),
        (repository().attr("image_tag_mutability", "IMMUTABLE_WITH_EXCLUSION"), "6.7.0", "6.8.0"),
        (repository().attr("image_tag_mutability", "MUTABLE_WITH_EXCLUSION"), "6.7.0", "6.8.0"),
        (template().attr("applied_for", ["REPLICATION"]).block(filter()), "6.9.0", "6.10.0"),
        (push(), "6.27.0", "6.28.0"),
        (repository().attr("region", "us-east-1"), "5.100.0", "6.0.0"),
        (Block::resource("aws_s3_bucket", "b").attr("region", "us-east-1"), "5.100.0", "6.0.0"),
        (repository().attr("force_delete", true), "4.21.0", "4.22.0"),
        (repository().block(Block::bare("encryption_configuration")), "3.0.0", "3.1.0"),
        (exclusion, "6.27.0", "6.28.0"),
        (setting, "5.80.0", "5.81.0"),
        (mounting, "6.28.0", "6.29.0"),
        (template().attr("applied_for", ["REPLICATION"]), "5.60.0", "5.61.0"),
        (lifecycle.clone(), "5.43.0", "5.44.0"),
        (lifecycle.block(transition), "6.27.0", "6.28.0"),
        (Block::data("aws_ecr_repositories", "d"), "5.29.0", "5.30.0"),
        (pod(), "5.28.0", "5.29.0"),
        (pod().attr("target_role_arn", "t"), "6.0.0", "6.2.0"),
        (pod().attr("policy", "{}"), "6.47.0", "6.58.0"),
        (policies("aws_iam_role_policies_exclusive", "policy_names"), "5.67.0", "5.68.0"),
        (policies("aws_iam_role_policy_attachments_exclusive", "policy_arns"), "5.71.0", "5.72.0"),
        (Block::resource("aws_kms_key", "k").attr("rotation_period_in_days", 90), "5.48.0", "5.49.0"),
        (cache().attr("credential_arn", "a"), "5.36.0", "5.37.0"),
        (cache().attr("custom_role_arn", "a"), "5.92.0", "5.93.0"),
        (cache(), "3.69.0", "3.70.0"),
        (
            Block::resource("aws_inspector2_enabler", "i").attr("account_ids", ["a"]).attr("resource_types", ["ECR"]),
            "4.36.0",
            "4.37.0",
        ),
    ];
    for (block, old, new) in cases {
        let text = print(&Body::new().block(block.clone()));
        let refused = faults_with(block.clone(), &pins(old, "1.11.0"));
        let expected =
            format!(" needs provider aws {new}, but {old} is allowed; raise the version of provider aws to `>= {new}`");
        assert!(refused.len() == 1 && refused[0].ends_with(&expected), "{refused:?}\n{text}");
        assert_eq!(faults_with(block, &pins(new, "1.11.0")), Vec::<String>::new(), "{text}");
    }
    let required = "`aws_iam_openid_connect_provider.g` is missing the required argument `thumbprint_list`";
    assert_eq!(faults_with(oidc(), &pins("5.80.0", "1.11.0")), [required]);
    assert_eq!(faults_with(oidc(), &pins("5.81.0", "1.11.0")), Vec::<String>::new());
}

#[test]
fn rejects_what_is_newer_than_the_pinned_terraform() {
    let lifecycle = |lifecycle: Block| repository().block(lifecycle);
    let condition = Block::bare("precondition").attr("condition", true).attr("error_message", "x");
    let import = || Block::bare("import").attr("to", reference("a.b")).attr("id", "x");
    let variable = || Block::new("variable", ["v"]);
    let call = |function: &'static str| {
        Block::new("output", ["o"]).attr("value", Expr::call("f", [Expr::call(function, ["a"])]))
    };
    let cases = [
        (Block::bare("moved").attr("from", reference("a.b")).attr("to", reference("a.c")), "1.0.0", "1.1.0"),
        (Block::bare("terraform").block(Block::bare("cloud").attr("organization", "o")), "1.0.0", "1.1.0"),
        (variable().attr("nullable", false), "1.0.0", "1.1.0"),
        (lifecycle(Block::bare("lifecycle").block(condition)), "1.1.0", "1.2.0"),
        (lifecycle(Block::bare("lifecycle").attr("replace_triggered_by", [reference("a.b")])), "1.1.0", "1.2.0"),
        (variable().attr("type", Expr::call("optional", [reference("string")])), "1.2.0", "1.3.0"),
        (Block::resource("terraform_data", "d"), "1.3.0", "1.4.0"),
        (import(), "1.4.0", "1.5.0"),
        (import().attr("for_each", reference("var.x")), "1.6.0", "1.7.0"),
        (
            Block::new("check", ["c"]).block(Block::bare("assert").attr("condition", true).attr("error_message", "x")),
            "1.4.0",
            "1.5.0",
        ),
        (call("strcontains"), "1.4.0", "1.5.0"),
        (call("plantimestamp"), "1.4.0", "1.5.0"),
        (
            Block::bare("removed")
                .attr("from", reference("a.b"))
                .block(Block::bare("lifecycle").attr("destroy", false)),
            "1.6.0",
            "1.7.0",
        ),
        (call("templatestring"), "1.8.0", "1.9.0"),
        (variable().attr("ephemeral", true), "1.9.0", "1.10.0"),
        (Block::bare("terraform").block(Block::new("backend", ["s3"]).attr("use_lockfile", true)), "1.10.0", "1.11.0"),
        (variable().attr("deprecated", "no"), "1.14.0", "1.15.0"),
        (lifecycle(Block::bare("lifecycle").attr("destroy", false)), "1.15.9", "1.16.0"),
    ];
    for (block, old, new) in cases {
        let text = print(&Body::new().block(block.clone()));
        let refused = faults_with(block.clone(), &pins("6.28.0", old));
        let expected = format!(" needs Terraform {new}, but {old} is allowed; raise `required_version` to `>= {new}`");
        assert!(refused.len() == 1 && refused[0].ends_with(&expected), "{refused:?}\n{text}");
        assert_eq!(faults_with(block, &pins("6.28.0", new)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_module_has_its_own_minimum_versions() {
    let module = |version: &str| {
        Block::new("module", ["ecr"])
            .attr("source", "terraform-aws-modules/ecr/aws")
            .attr("version", version)
            .attr("repository_name", "x")
    };
    assert_eq!(faults_with(module("3.2.0"), &pins("6.28.0", "1.5.7")), Vec::<String>::new());
    assert_eq!(
        faults_with(module("~> 3.2.0"), &pins("6.27.0", "1.5.6")),
        [
            "module `terraform-aws-modules/ecr/aws` in `module.ecr` needs provider aws 6.28.0, but 6.27.0 is allowed; raise the version of provider aws to `>= 6.28.0`",
            "module `terraform-aws-modules/ecr/aws` in `module.ecr` needs Terraform 1.5.7, but 1.5.6 is allowed; raise `required_version` to `>= 1.5.7`",
        ]
    );
    // The inputs of other versions are unknown.
    assert_eq!(faults_with(module("9.9.9").attr("x", 1), &pins("5.0.0", "1.0.0")), Vec::<String>::new());
    // Each series with the provider that its `versions.tf` asks for, and with an older one.
    for (version, enough, too_old) in [
        ("2.4.0", "5.0.0", "4.67.0"),
        ("3.0.1", "6.8.0", "6.7.0"),
        ("3.1.0", "6.10.0", "6.9.0"),
        ("3.2.0", "6.28.0", "6.27.0"),
    ] {
        assert_eq!(faults_with(module(version), &pins(enough, "1.5.7")), Vec::<String>::new());
        assert_eq!(faults_with(module(version), &pins(too_old, "1.5.7")).len(), 1, "{version}");
    }
}

#[test]
fn a_module_has_the_inputs_of_its_version() {
    let filter = Object::new().entry("filter", "*").entry("filter_type", "WILDCARD");
    let module = |version: &str| {
        Block::new("module", ["ecr"])
            .attr("source", "terraform-aws-modules/ecr/aws")
            .attr("version", version)
            .attr("repository_image_tag_mutability_exclusion_filter", vec![filter.clone()])
    };
    assert_eq!(faults_with(module("3.0.0"), &pins("6.28.0", "1.5.7")), Vec::<String>::new());
    assert_eq!(
        faults_with(module("2.4.0"), &pins("6.28.0", "1.5.7")),
        [
            "`repository_image_tag_mutability_exclusion_filter` of `module.ecr` needs version 3.0.0 of `terraform-aws-modules/ecr/aws`, but 2.4.0 is used; raise the version of the module to 3.0.0 or later",
        ]
    );
    assert_eq!(faults_with(module("2.4.0").attr("x", 1), &pins("6.28.0", "1.5.7")).len(), 2);
}

#[test]
fn without_pins_everything_is_new_enough() {
    let push = template().attr("applied_for", ["CREATE_ON_PUSH"]);
    assert_eq!(faults_with(push, &Pins::new()), Vec::<String>::new());
}

#[test]
fn a_problem_has_the_origin_of_its_argument_or_block() {
    let span = |start| Span { file: 0, start, end: start + 1 };
    let block = repository()
        .origin(span(1))
        .attr_from(span(2), "force_delete", "no")
        .attr("tags", "no")
        .block(Block::bare("image_scanning_configuration").origin(span(3)))
        .block(Block::bare("encryption_configuration").attr("x", 1));
    let origins: Vec<_> =
        verify(&Body::new().block(block), &Pins::new()).into_iter().map(|fault| fault.origin).collect();
    assert_eq!(origins, [2, 1, 3, 1].map(|start| Some(span(start))));
}
