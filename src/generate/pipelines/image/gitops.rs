//! The update of a GitOps repository. It is a POSIX shell script.

use minijinja::{Value, context};

use crate::generate::pipelines::yaml;
use crate::platform::pipelines::image::Gitops;

/// The person of the commits.
pub(super) struct Committer {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
}

/// The repository, the name of the secret, and the lines of the script. It runs in a clone, and reads `SERVICE`, `IMAGE`, `TAGS`
/// (separated by spaces) and `FILE`.
pub(super) fn values(gitops: &Gitops, committer: &Committer) -> Value {
    let mut place = String::new();
    for key in gitops.place.split('.') {
        let (name, index) = key.split_at(key.find('[').unwrap_or(key.len()));
        place.push_str(&format!("[\"{name}\"]{index}"));
    }
    let safe = |text: &str| Value::from_safe_string(text.to_owned());
    let script = yaml::render(
        include_str!("../../../../templates/pipelines/gitops.sh"),
        context! {
            edit => safe(&format!(".{place} = strenv(VALUE)")),
            value => safe(if gitops.is_whole_image { "$IMAGE:$tag" } else { "$tag" }),
            name => safe(committer.name),
            email => safe(committer.email),
        },
    );
    context! {
        repository => gitops.repository.clone(),
        secret => safe(&gitops.secret),
        update => script.lines().map(safe).collect::<Value>(),
    }
}
