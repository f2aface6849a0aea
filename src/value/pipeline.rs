//! Names, paths and URLs in pipelines.

use super::form::text;

text! {
    /// The key of a pipeline, which is part of file names.
    pub struct PipelineName = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "a name made of lowercase letters, digits and single hyphens";
}

text! {
    /// The path of a spec in its repository.
    pub struct SpecFile = r"^([A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*[.]ya?ml$",
        "the path of a spec in the repository, such as `specs/shop.yaml`";
}

text! {
    /// The URL of a Git repository, without credentials.
    pub struct GitUrl = r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)+$",
        "the URL of a Git repository such as `https://github.com/example/ecrgen`, without a user or password";
}

text! {
    /// The ID of a Git commit.
    pub struct CommitId = "^[0-9a-f]{40}$", "the full ID of a Git commit: 40 lowercase hexadecimal digits";
}

text! {
    /// The URL of an archive with a program at its top level.
    pub struct ArchiveUrl = r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~+-]+)+[.]tar[.]gz$",
        "the https URL of a `.tar.gz` archive";
}

text! {
    /// A SHA-256 checksum.
    pub struct Sha256 = "^[0-9a-f]{64}$", "a SHA-256 checksum: 64 lowercase hexadecimal digits";
}

text! {
    /// The name of a deployment environment of GitHub or GitLab. The form is that of GitLab, without `$` and `{`, which
    /// begin expressions.
    pub struct DeploymentEnvironment = r"^[A-Za-z0-9]([A-Za-z0-9 ._/-]*[A-Za-z0-9])?$",
        "the name of a deployment environment: letters, digits, spaces, `.`, `_`, `/` and `-`";
}

text! {
    /// The name of one Git branch.
    pub struct BranchName = r"^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9_-])?$", "the name of a Git branch, without `refs/heads/` and `*`";
}

text! {
    /// A template for the path of a folder or a file in a repository.
    pub struct FolderTemplate = r"^([A-Za-z0-9_-]|[.][A-Za-z0-9_-]|\{(service|repository|environment)\})([A-Za-z0-9_.-]|\{(service|repository|environment)\})*(/([A-Za-z0-9_-]|[.][A-Za-z0-9_-]|\{(service|repository|environment)\})([A-Za-z0-9_.-]|\{(service|repository|environment)\})*)*$|^[.]$",
        "a path in the repository such as `services/{service}` (placeholders: {service}, {repository}, {environment})";
}

text! {
    /// The path of a repository on GitHub, or of a project on GitLab, without `.git`.
    pub struct RepositoryPath = "^([A-Za-z0-9_][A-Za-z0-9_.-]*/)+([A-Za-z0-9._-]*([A-Za-su-z0-9._-]|[A-Za-hj-z0-9._-]t|[A-Za-fh-z0-9._-]it|[A-Za-z0-9_-]git)|t|it|git)$",
        "a GitHub repository such as `owner/repository`, or a GitLab project such as `group/project`",
        intended by super::intended::forge::repository_path;
}

text! {
    /// A platform of an image, as buildx names it.
    pub struct ImagePlatform = "^linux/(amd64|arm64|arm/v6|arm/v7|386|ppc64le|riscv64|s390x)$",
        "a platform such as `linux/amd64` or `linux/arm64`";
}

text! {
    /// A place in a YAML file: keys joined by dots, and indexes in brackets.
    pub struct ValuePath = r"^[A-Za-z_][A-Za-z0-9_-]*(\[[0-9]{1,4}\])*([.][A-Za-z_][A-Za-z0-9_-]*(\[[0-9]{1,4}\])*)*$",
        "a place in a file such as `image.tag` or `containers[0].image`";
}

text! {
    /// The name of a secret of GitHub Actions (GitHub documentation, "Secrets reference"). Names that begin with `GITHUB_` are
    /// reserved.
    pub struct SecretName = "^([A-FH-Z_][A-Z0-9_]*|G([A-HJ-Z0-9_][A-Z0-9_]*)?|GI([A-SU-Z0-9_][A-Z0-9_]*)?|GIT([A-GI-Z0-9_][A-Z0-9_]*)?|GITH([A-TV-Z0-9_][A-Z0-9_]*)?|GITHU([AC-Z0-9_][A-Z0-9_]*)?|GITHUB([A-Z0-9][A-Z0-9_]*)?)$",
        "the name of a secret in capital letters, digits and `_`, which does not begin with `GITHUB_`";
}
