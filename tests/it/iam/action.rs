//! The table of actions, action patterns, and verbs.

use std::collections::BTreeSet;

use ecrgen::iam::{AccessLevel, Action, ActionPattern, ResourceType, Verb};

/// Service Authorization Reference, "Actions defined by Amazon Elastic Container Registry": the actions with a resource
/// type.
const ON_REPOSITORIES: &str = "BatchCheckLayerAvailability BatchDeleteImage BatchGetImage
    BatchGetRepositoryScanningConfiguration BatchImportUpstreamImage CompleteLayerUpload CreateRepository
    DeleteLifecyclePolicy DeleteRepository DeleteRepositoryPolicy DescribeImageReplicationStatus
    DescribeImageScanFindings DescribeImageSigningStatus DescribeImages DescribeRepositories GetDownloadUrlForLayer
    GetImageCopyStatus GetLifecyclePolicy GetLifecyclePolicyPreview GetRepositoryPolicy InitiateLayerUpload ListImages
    ListTagsForResource PutImage PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy ReplicateImage
    SetRepositoryPolicy StartImageScan StartLifecyclePolicyPreview TagResource UntagResource UpdateImageStorageClass
    UploadLayerPart";

/// The same page: the actions without a resource type.
const ON_EVERYTHING_ONLY: &str = "GetAuthorizationToken CreatePullThroughCacheRule UpdatePullThroughCacheRule
    DeletePullThroughCacheRule DescribePullThroughCacheRules ValidatePullThroughCacheRule
    CreateRepositoryCreationTemplate UpdateRepositoryCreationTemplate DeleteRepositoryCreationTemplate
    DescribeRepositoryCreationTemplates DescribeRegistry GetRegistryPolicy PutRegistryPolicy DeleteRegistryPolicy
    GetRegistryScanningConfiguration PutRegistryScanningConfiguration PutReplicationConfiguration GetAccountSetting
    PutAccountSetting GetSigningConfiguration PutSigningConfiguration DeleteSigningConfiguration
    RegisterPullTimeUpdateExclusion DeregisterPullTimeUpdateExclusion ListPullTimeUpdateExclusions";

fn names(list: &str) -> BTreeSet<String> {
    list.split_whitespace().map(|name| format!("ecr:{name}")).collect()
}

fn ecr(is_scopable: bool) -> Vec<&'static Action> {
    Action::all().filter(|a| a.name.starts_with("ecr:") && a.is_scopable() == is_scopable).collect()
}

#[test]
fn has_35_ecr_actions_on_repositories_and_25_on_everything() {
    assert_eq!((ecr(true).len(), ecr(false).len()), (35, 25));
    assert_eq!(ecr(true).iter().map(|action| action.name.to_owned()).collect::<BTreeSet<_>>(), names(ON_REPOSITORIES));
    assert_eq!(
        ecr(false).iter().map(|action| action.name.to_owned()).collect::<BTreeSet<_>>(),
        names(ON_EVERYTHING_ONLY)
    );
    assert!(ecr(true).iter().all(|action| action.resources == [ResourceType::Repository]));
}

#[test]
fn lists_every_action_once() {
    let names: BTreeSet<String> = Action::all().map(|action| action.name.to_ascii_lowercase()).collect();
    assert_eq!(names.len(), Action::all().count());
}

#[test]
fn classifies_actions_by_access_level() {
    let of_level = |level| {
        let actions = Action::all().filter(move |action| action.access == level && action.name.starts_with("ecr:"));
        actions.map(|action| action.name).collect::<Vec<_>>()
    };
    assert_eq!(
        of_level(AccessLevel::PermissionsManagement),
        ["ecr:DeleteRepositoryPolicy", "ecr:SetRepositoryPolicy", "ecr:DeleteRegistryPolicy", "ecr:PutRegistryPolicy"]
    );
    assert_eq!(of_level(AccessLevel::Tagging), ["ecr:TagResource", "ecr:UntagResource"]);
    assert_eq!(
        of_level(AccessLevel::List),
        [
            "ecr:DescribeImages",
            "ecr:ListImages",
            "ecr:DescribePullThroughCacheRules",
            "ecr:ListPullTimeUpdateExclusions"
        ]
    );
    assert_eq!(Action::named("iam:PassRole").access, AccessLevel::PermissionsManagement);
}

#[test]
fn plan_role_actions_only_list_and_read() {
    let plan = "ecr:DescribeRepositories ecr:GetRepositoryPolicy ecr:GetLifecyclePolicy ecr:ListTagsForResource
        ecr:DescribeRegistry ecr:GetRegistryPolicy ecr:GetRegistryScanningConfiguration ecr:GetAccountSetting
        ecr:DescribePullThroughCacheRules ecr:DescribeRepositoryCreationTemplates iam:ListOpenIDConnectProviders
        iam:GetRole iam:ListRolePolicies iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRoleTags iam:GetPolicy
        iam:GetPolicyVersion iam:ListPolicyVersions iam:ListPolicyTags iam:GetOpenIDConnectProvider eks:DescribeCluster
        eks:DescribePodIdentityAssociation eks:ListPodIdentityAssociations kms:DescribeKey";
    for name in plan.split_whitespace() {
        let action = Action::find(name).unwrap_or_else(|| panic!("{name} is missing"));
        assert!(action.access <= AccessLevel::Read, "{name}");
    }
}

#[test]
fn finds_actions_in_any_case() {
    assert_eq!(Action::find("ECR:putimage"), Some(Action::named("ecr:PutImage")));
    assert_eq!(Action::find("ecr:PutImages"), None);
}

#[test]
fn patterns_cover_matching_actions() {
    let known = |pattern: &str| {
        let pattern: ActionPattern = pattern.parse().expect("a pattern");
        pattern.known().map(|action| action.name).collect::<Vec<_>>()
    };
    assert_eq!(known("ECR:*layerupload"), ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload"]);
    assert_eq!(known("ecr:PutImag?"), ["ecr:PutImage"]);
    assert_eq!(known("ecr:*").len(), 60);
    assert_eq!(known("ecr:PutImages"), [] as [&str; 0]);
    assert_eq!(known("*").len(), Action::all().count());
}

#[test]
fn accepts_a_star_or_a_service_and_a_name() {
    for good in ["*", "ecr:*", "ecr:Put*", "ecr-public:GetAuthorizationToken", "s3:GetObject?"] {
        assert!(good.parse::<ActionPattern>().is_ok(), "{good}");
    }
    for bad in ["", "ecr", "ecr:", ":PutImage", "e*:PutImage", "ecr:Put Image", "ecr:Put:Image", "**", "ecr: PutImage"]
    {
        assert!(bad.parse::<ActionPattern>().is_err(), "{bad}");
    }
}

#[test]
fn verbs_have_their_actions() {
    let shown = |verb: Verb| {
        let actions = verb.actions().map(|action| action.name.trim_start_matches("ecr:"));
        actions.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(Verb::Pull), "BatchCheckLayerAvailability BatchGetImage GetDownloadUrlForLayer");
    assert_eq!(
        shown(Verb::Push),
        "BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload InitiateLayerUpload PutImage UploadLayerPart"
    );
    assert_eq!(shown(Verb::Read), "DescribeImageScanFindings DescribeImages DescribeRepositories ListImages");
    assert_eq!(shown(Verb::Delete), "BatchDeleteImage");
    assert_eq!(shown(Verb::Create), "CreateRepository TagResource");
    assert_eq!(shown(Verb::Import), "BatchImportUpstreamImage");
}

#[test]
fn grants_verbs_but_not_the_login_on_repositories() {
    for verb in Verb::ALL {
        assert!(verb.actions().all(Action::is_scopable), "{verb}");
        assert_eq!(Verb::named(verb.name()), Some(verb));
    }
    assert!(!Action::named("ecr:GetAuthorizationToken").is_scopable());
    assert_eq!(Verb::ALL.map(Verb::logs_in), [true, true, false, false, false, false]);
}
