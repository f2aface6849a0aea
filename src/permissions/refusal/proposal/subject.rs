//! The subjects of GitLab CI and HCP Terraform, in parts.

/// `project_path:GROUP/PROJECT:ref_type:branch:ref:NAME`, or with `project_id:ID` at the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::permissions::refusal) struct GitlabSubject<'s> {
    /// The path of the project.
    pub path: Option<&'s str>,
    /// The ID of the project.
    pub id: Option<&'s str>,
    /// Whether the ref is a tag.
    pub is_tag: bool,
    /// The branch or tag.
    pub name: &'s str,
}

impl<'s> GitlabSubject<'s> {
    /// The parts of a subject that is not customized further.
    pub fn parse(subject: &'s str) -> Option<Self> {
        let parts: Vec<&str> = subject.split(':').collect();
        let [kind, project, "ref_type", ref_type, "ref", name] = parts[..] else { return None };
        let (path, id) = match kind {
            "project_path" => (Some(project), None),
            "project_id" => (None, Some(project)),
            _ => return None,
        };
        matches!(ref_type, "branch" | "tag").then_some(GitlabSubject { path, id, is_tag: ref_type == "tag", name })
    }
}

/// `organization:O:project:P:workspace:W:run_phase:PHASE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::permissions::refusal) struct HcpSubject<'s> {
    /// The organization.
    pub organization: &'s str,
    /// The project.
    pub project: &'s str,
    /// The workspace.
    pub workspace: &'s str,
    /// The phase of the run.
    pub phase: &'s str,
}

impl<'s> HcpSubject<'s> {
    /// The parts of a subject of a run.
    pub fn parse(subject: &'s str) -> Option<Self> {
        let parts: Vec<&str> = subject.split(':').collect();
        let ["organization", organization, "project", project, "workspace", workspace, "run_phase", phase] = parts[..]
        else {
            return None;
        };
        Some(HcpSubject { organization, project, workspace, phase })
    }
}
