//! What the authors of malformed texts probably intended.

pub(super) mod amounts;
pub(super) mod aws;
pub(super) mod forge;
pub(super) mod terraform;

/// Replaces placeholders that ecrgen does not have with those that mean the same.
pub(super) fn placeholders(text: &str) -> Option<String> {
    let mut intended = String::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once('{') {
        let (name, after) = inner.split_once('}')?;
        // `${x}` and `{{ x }}` are placeholders of other tools.
        let before = before.trim_end_matches('$');
        let (name, length) = match name.trim_matches(['{', ' ']).split_once(':') {
            Some((name, length)) => (placeholder(name), Some(length.trim())),
            None => (placeholder(name.trim_matches(['{', ' '])), None),
        };
        intended.push_str(before);
        // Only `{sha:8}` has a length.
        intended.push_str(&match length.filter(|_| name == "sha") {
            Some(length) => format!("{{{name}:{length}}}"),
            None => format!("{{{name}}}"),
        });
        rest = after.trim_start_matches('}');
    }
    Some(intended + rest)
}

fn placeholder(name: &str) -> &str {
    match name.to_lowercase().replace(['-', '_', ' ', '.'], "").as_str() {
        "semver" | "tag" | "release" | "version" | "ver" | "v" => "version",
        "gittag" | "ref" | "refname" => "git_tag",
        "commit" | "commitsha" | "gitsha" | "gitcommit" | "hash" | "sha1" | "shortsha" | "sha" | "githubsha" => "sha",
        "gitbranch" | "branchname" | "br" | "branch" => "branch",
        "ts" | "time" | "datetime" | "unixtime" | "epoch" | "buildtime" | "timestamp" => "timestamp",
        "day" | "today" | "date" => "date",
        "env" | "stg" | "stage" | "environment" => "environment",
        "app" | "application" | "image" | "component" | "microservice" | "svc" | "srv" | "service" => "service",
        "*" | "anything" | "number" | "build" | "buildnumber" | "buildid" | "runnumber" | "any" => "any",
        "repo" | "repositoryname" | "name" | "repository" => "repository",
        "project" | "product" | "platform" => "platform",
        "awsregion" | "reg" | "region" => "region",
        "accountid" | "awsaccount" | "awsaccountid" | "acct" | "account" => "account",
        "role" | "entry" | "accessname" | "access" => "access",
        _ => name,
    }
}

/// Puts the slashes of an IAM path at both ends.
pub(super) fn iam_path(text: &str) -> Option<String> {
    placeholders(&format!("/{}/", text.trim_matches('/')))
}

/// Writes the code that a finding shows: `warning[any-branch-trust]` is `any-branch-trust`.
pub(super) fn code(text: &str) -> Option<String> {
    Some(text.split_once('[')?.1.trim_end_matches(']').to_owned())
}

/// Writes a service account with a slash: `shop:cart`, as in the subject of its tokens, is `shop/cart`.
pub(super) fn service_account(text: &str) -> Option<String> {
    Some(text.strip_prefix("system:serviceaccount:").unwrap_or(text).replacen(':', "/", 1))
}

/// What a service account lacks.
pub(super) fn namespace(text: &str) -> Option<&'static str> {
    Some(match text.contains('*') {
        true => "patterns are not supported here: write each service account",
        false => "write its namespace in front of it, for example `default/cart`",
    })
}

/// Names all images as `retention` does.
pub(super) fn class(text: &str) -> Option<String> {
    matches!(text.to_lowercase().as_str(), "all" | "*" | "every").then(|| "any".to_owned())
}

/// What to write instead of a pattern of tags.
pub(super) fn class_of(pattern: &str) -> Option<&'static str> {
    pattern.contains(['*', '{']).then_some(
        "declare these tags in `image_tags`, for example `release: \"v{version}\"`, and write the name of that class here",
    )
}

/// What to write instead of a pattern of repositories.
pub(super) fn repositories(pattern: &str) -> Option<&'static str> {
    pattern.contains('*').then_some("patterns are not supported here: write the key of each repository")
}

/// A prefix without the end that ECR adds, or the word for all repositories.
pub(super) fn prefix(text: &str) -> Option<String> {
    let text = text.trim_end_matches('*').trim_end_matches('/');
    Some(if text.is_empty() || matches!(text.to_lowercase().as_str(), "root" | "all") {
        "ROOT".into()
    } else {
        text.to_lowercase()
    })
}

/// Replaces the placeholders, and `*` as in ECR's patterns.
pub(super) fn image_tag(text: &str) -> Option<String> {
    placeholders(&text.replace('*', "{any}"))
}
