//! What the authors of malformed texts probably intended.

/// Replaces placeholders that ecrgen does not have with those that mean the same.
pub(super) fn placeholders(text: &str) -> Option<String> {
    let mut intended = String::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once('{') {
        let (name, after) = inner.split_once('}')?;
        // `${x}` and `{{ x }}` are placeholders of other tools.
        let before = before.trim_end_matches('$');
        let name = name.trim_matches(['{', ' ']);
        intended.push_str(before);
        intended.push_str(&format!("{{{}}}", placeholder(name)));
        rest = after.trim_start_matches('}');
    }
    Some(intended + rest)
}

fn placeholder(name: &str) -> &str {
    match name.to_lowercase().replace(['-', '_', ' ', '.'], "").as_str() {
        "semver" | "tag" | "release" | "version" | "ver" => "version",
        "gittag" | "ref" | "refname" => "git_tag",
        "commit" | "commitsha" | "gitsha" | "gitcommit" | "hash" | "sha1" | "shortsha" | "sha" | "githubsha" => "sha",
        "gitbranch" | "branchname" | "branch" => "branch",
        "time" | "datetime" | "unixtime" | "epoch" | "buildtime" | "timestamp" => "timestamp",
        "day" | "today" | "date" => "date",
        "env" | "stage" | "environment" => "environment",
        "app" | "application" | "image" | "component" | "microservice" | "service" => "service",
        "*" | "anything" | "number" | "build" | "buildnumber" | "buildid" | "runnumber" | "any" => "any",
        "repo" | "repositoryname" | "name" | "repository" => "repository",
        "project" | "product" | "platform" => "platform",
        "awsregion" | "region" => "region",
        "accountid" | "awsaccount" | "account" => "account",
        "role" | "entry" | "accessname" | "access" => "access",
        _ => name,
    }
}

/// Writes the path of a repository instead of its URL: `https://github.com/acme/shop.git` is `acme/shop`.
pub(super) fn repository_path(text: &str) -> Option<String> {
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        // The form of SSH: `git@github.com:acme/shop.git`.
        None => text.split_once(':').map_or(text, |(_, path)| path),
    };
    let path = path.trim_end_matches('/');
    Some(path.strip_suffix(".git").unwrap_or(path).to_owned())
}

/// Writes a branch or tag by its short name: `refs/heads/main` is `main`.
pub(super) fn git_ref(text: &str) -> Option<String> {
    let name = ["refs/heads/", "refs/tags/", "refs/"].iter().find_map(|prefix| text.strip_prefix(prefix));
    name.map(str::to_owned)
}

/// Writes a duration with the letter of its unit: `2 weeks` is `2w`. ecrgen has no hours and months; a month becomes 30 days.
pub(super) fn days(text: &str) -> Option<String> {
    // `P14D` is ISO 8601, `1_000` a number of other languages.
    let plain = text.to_lowercase().replace(['_', ','], "");
    let (number, unit) = amount(plain.strip_prefix('p').unwrap_or(&plain))?;
    Some(match unit {
        "" | "d" | "day" | "days" => format!("{number}d"),
        "w" | "wk" | "week" | "weeks" => format!("{number}w"),
        "y" | "yr" | "year" | "years" => format!("{number}y"),
        "month" | "months" | "mo" => format!("{}d", number.checked_mul(30)?),
        "h" | "hour" | "hours" if number % 24 == 0 => format!("{}d", number / 24),
        _ => return None,
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

/// Replaces the placeholders, and `*` as in ECR's patterns.
pub(super) fn image_tag(text: &str) -> Option<String> {
    placeholders(&text.replace('*', "{any}"))
}

/// Writes a size with the unit right after the number: `400 mb` is `400MB`.
pub(super) fn size(text: &str) -> Option<String> {
    let (number, unit) = amount(text)?;
    let unit = match unit.to_lowercase().as_str() {
        "k" | "kb" | "kib" => "kB",
        "m" | "mb" | "mib" => "MB",
        "g" | "gb" | "gib" => "GB",
        _ => return None,
    };
    Some(format!("{number}{unit}"))
}

/// Writes a rate with a slash: `5 per day` is `5/day`.
pub(super) fn rate(text: &str) -> Option<String> {
    let (number, unit) = amount(text)?;
    let unit = unit.trim_start_matches(['/', ' ']);
    let unit = unit.strip_prefix("per ").or(unit.strip_prefix("a ")).unwrap_or(unit).trim();
    let unit = match unit {
        "h" | "hour" | "hourly" => "hour",
        "d" | "day" | "daily" => "day",
        "w" | "week" | "weekly" => "week",
        "month" | "monthly" => "month",
        _ => return None,
    };
    Some(format!("{number}/{unit}"))
}

/// Puts the percent sign right after the number.
pub(super) fn share(text: &str) -> Option<String> {
    let number = text.trim_end_matches("percent").trim_end_matches('%').trim_end();
    Some(format!("{number}%"))
}

/// A number and the text after it.
fn amount(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..digits].parse().ok()?, text[digits..].trim()))
}
