//! Names of repositories, refs and servers as GitHub and GitLab show them.

/// Writes the owner of a URL, of `@acme` and of `acme/*`.
pub(in crate::value) fn github_owner(text: &str) -> Option<String> {
    let name = text.split_once("://").map_or(text, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let name = name.trim_start_matches('@').trim_end_matches('*').trim_matches('/');
    Some(name.strip_prefix("orgs/").unwrap_or(name).to_owned())
}

/// What to write instead of a pattern of GitHub repositories, or of one without an owner.
pub(in crate::value) fn github_repository(text: &str) -> Option<&'static str> {
    Some(match text.contains('*') {
        true => "patterns are not supported here: use `organization` for all repositories of an owner",
        false => "write the owner too, for example `example/shop`",
    })
}

/// What the project lacks.
pub(in crate::value) fn gitlab_project(text: &str) -> Option<&'static str> {
    Some(match text.bytes().all(|b| b.is_ascii_digit()) {
        true => "write the path of the project, for example `example/shop`, and its number as `project_id`",
        false => "write the group too, for example `example/shop`",
    })
}

/// Writes the origin of a server: `https`, lowercase, no path.
pub(in crate::value) fn server(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("://").unwrap_or(("https", text));
    let host = rest.split(['/', ':']).next()?;
    (host.contains('.')).then(|| format!("https://{}", host.to_lowercase()))
}

/// Writes the URL of a server that can be in a folder: `https`, lowercase host, no slash at the end.
pub(in crate::value) fn server_and_path(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("://").unwrap_or(("https", text));
    let (host, path) = rest.trim_end_matches('/').split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let host = host.trim_end_matches('/').split(':').next()?.to_lowercase();
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    host.contains('.').then(|| format!("https://{host}{path}"))
}

/// The name at the end of a URL or path.
pub(in crate::value) fn last_part(text: &str) -> Option<String> {
    text.trim_end_matches('/').rsplit('/').next().map(str::to_owned)
}

/// Writes the ref of a reusable workflow in full, if it is clear whether it is a branch or a tag.
pub(in crate::value) fn workflow(text: &str) -> Option<String> {
    let (path, name) = text.split_once('@')?;
    let is_version = name.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match name {
        "main" | "master" => Some(format!("{path}@refs/heads/{name}")),
        _ if is_version => Some(format!("{path}@refs/tags/{name}")),
        _ => None,
    }
}

/// What the reference of a reusable workflow lacks.
pub(in crate::value) fn full_ref(text: &str) -> Option<&'static str> {
    Some(match text.contains('@') && !text.starts_with('.') {
        true => "write the ref in full: `@refs/heads/NAME` for a branch, `@refs/tags/NAME` for a tag",
        false => {
            "write the repository, the path and the ref, for example `example/ci/.github/workflows/build.yml@refs/tags/v1`"
        }
    })
}

/// Writes the path of a repository instead of its URL: `https://github.com/acme/shop.git` is `acme/shop`.
pub(in crate::value) fn repository_path(text: &str) -> Option<String> {
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        // The form of SSH: `git@github.com:acme/shop.git`.
        None => text.split_once(':').map_or(text, |(_, path)| path),
    };
    let path = path.trim_end_matches('/');
    Some(path.strip_suffix(".git").unwrap_or(path).to_owned())
}

/// Writes a branch or tag by its short name: `refs/heads/main` is `main`.
pub(in crate::value) fn git_ref(text: &str) -> Option<String> {
    let name = ["refs/heads/", "refs/tags/", "refs/"].iter().find_map(|prefix| text.strip_prefix(prefix));
    name.map(str::to_owned)
}
