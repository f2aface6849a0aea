//! The folders of a platform's files, and the names that these files share.

use super::file::{Content, Generated};
use crate::platform::Platform;
use crate::source::Span;
use crate::terraform::{Body, Traversal};
use crate::tree::RelPath;

/// A folder of the output.
#[derive(Clone, Debug)]
pub struct Place {
    folder: String,
    shared: bool,
}

impl Place {
    /// The root module, applied by the workspace or a pipeline.
    pub fn root(platform: &Platform) -> Self {
        Place { folder: platform.root.directory.as_str().to_owned(), shared: platform.root.shared }
    }

    /// The bootstrap module in the folder next to it, applied by an administrator.
    pub fn workspace(platform: &Platform) -> Self {
        Place { folder: platform.root.bootstrap_directory(), shared: false }
    }

    /// The folder of the files for another account.
    pub fn other_account(platform: &Platform, account: &str) -> Self {
        Place { folder: platform.root.directory_for(account), shared: false }
    }

    /// The folder.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Whether the folder also has hand-written files.
    pub fn is_shared(&self) -> bool {
        self.shared
    }

    /// A Terraform file in this folder.
    pub fn hcl(&self, name: &str, body: Body, origin: Span) -> Generated {
        Generated { path: self.path(name), content: Content::Hcl(body), origin }
    }

    /// Any other file in this folder.
    pub fn text(&self, name: &str, text: String, origin: Span) -> Generated {
        Generated { path: self.path(name), content: Content::Text(text), origin }
    }

    fn path(&self, name: &str) -> RelPath {
        let path = format!("{}/{}", self.folder, self.file_name(name));
        RelPath::parse(&path).expect("folders are valid paths and file names consist of labels")
    }

    /// The name that a file has in this folder.
    pub fn file_name(&self, name: &str) -> String {
        let prefix = if self.shared { "ecr_" } else { "" };
        format!("{prefix}{name}")
    }

    /// The name of ecrgen's data sources: in a shared root module one that hand-written files are unlikely to use.
    pub fn data_name(&self) -> &'static str {
        if self.shared { "ecr" } else { "current" }
    }

    /// The name of the local that holds the tags.
    pub fn tags_name(&self) -> &'static str {
        if self.shared { "ecr_standard_tags" } else { "standard_tags" }
    }

    /// `local.standard_tags`
    pub fn tags(&self) -> Traversal {
        Traversal::new("local").attr(self.tags_name())
    }

    /// `data.aws_partition.current.partition`
    pub fn partition(&self) -> Traversal {
        Traversal::new("data.aws_partition").attr(self.data_name()).attr("partition")
    }

    /// `data.aws_partition.current.dns_suffix`
    pub fn dns_suffix(&self) -> Traversal {
        Traversal::new("data.aws_partition").attr(self.data_name()).attr("dns_suffix")
    }

    /// `data.aws_caller_identity.current.account_id`
    pub fn account(&self) -> Traversal {
        Traversal::new("data.aws_caller_identity").attr(self.data_name()).attr("account_id")
    }
}
