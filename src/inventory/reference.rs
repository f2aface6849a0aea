//! References to images, in the format that workloads use.

use std::fmt;

/// `HOST/REPOSITORY:TAG`, `HOST/REPOSITORY@DIGEST`, or a part of these.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The account of the registry, if the host is an ECR registry.
    pub account: Option<String>,
    /// The repository; none for a digest alone.
    pub repository: Option<String>,
    /// What it points to.
    pub target: Target,
}

/// What a reference points to. If it has a tag and a digest, the digest counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The image that has the tag now.
    Tag(String),
    /// One manifest.
    Digest(String),
}

impl Reference {
    /// Reads a reference. A prefix such as `docker-pullable://` is ignored. Without a tag or digest, the tag is `latest`.
    pub fn parse(text: &str) -> Option<Reference> {
        let text = text.trim();
        let text = text.split_once("://").map_or(text, |(_, after)| after);
        if text.is_empty() || text.contains(char::is_whitespace) {
            return None;
        }
        if text.starts_with("sha256:") {
            return Some(Reference { account: None, repository: None, target: Target::Digest(text.to_owned()) });
        }
        let (place, digest) = text.split_once('@').map_or((text, None), |(place, digest)| (place, Some(digest)));
        let (path, last) = place.rsplit_once('/').map_or(("", place), |(path, last)| (path, last));
        let (last, tag) = last.split_once(':').map_or((last, None), |(last, tag)| (last, Some(tag)));
        let place = if path.is_empty() { last.to_owned() } else { format!("{path}/{last}") };
        let (host, repository) = match place.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => (Some(host), rest),
            _ => (None, place.as_str()),
        };
        let target = match (digest, tag) {
            (Some(digest), _) if !digest.contains(':') => return None,
            (Some(digest), _) => Target::Digest(digest.to_owned()),
            (None, tag) => Target::Tag(tag.unwrap_or("latest").to_owned()),
        };
        let account = host.and_then(|host| host.split_once(".dkr.ecr")).map(|(account, _)| account.to_owned());
        let named = !repository.is_empty() && target != Target::Tag(String::new());
        named.then(|| Reference { account, repository: Some(repository.to_owned()), target })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repository = self.repository.as_deref().unwrap_or_default();
        match &self.target {
            Target::Tag(tag) => write!(f, "{repository}:{tag}"),
            Target::Digest(digest) if repository.is_empty() => f.write_str(digest),
            Target::Digest(digest) => write!(f, "{repository}@{digest}"),
        }
    }
}
