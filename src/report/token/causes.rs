//! The causes of a refusal in words, and what to do about them.

use super::on_one_line;
use crate::permissions::refusal::{Cause, Check, TokenAnswer};

/// The cause in one or two sentences.
pub(super) fn sentences(answer: &TokenAnswer, cause: Cause) -> String {
    let check = |claim: &str| answer.closest().and_then(|role| role.checks.iter().find(|check| check.claim == claim));
    let of_token = |claim: &str| {
        let presented = check(claim).and_then(|check| check.presented.first().map(String::as_str));
        on_one_line(presented.or_else(|| answer.token.claim(claim)).unwrap_or("?"))
    };
    let of_role = |claim: &str| check(claim).and_then(Check::nearest).unwrap_or("?");
    let requested = on_one_line(answer.token.requested_role().unwrap_or("?"));
    match cause {
        Cause::UnknownRole => format!(
            "The request names {requested}, which this spec does not create. Use the ARN of the role in the output of \
             Terraform, or pass the spec that creates this role."
        ),
        Cause::OtherIssuer => format!(
            "No role trusts tokens from {}. The closest role takes tokens from {}.",
            of_token("iss"),
            of_role("iss")
        ),
        Cause::EnterpriseIssuer => format!(
            "The tokens of this enterprise come from {}, and the role trusts {}. Set `enterprise` of the entry to the slug at \
             the end of the issuer if the enterprise has its own issuer, and remove it otherwise.",
            of_token("iss"),
            of_role("iss")
        ),
        Cause::OtherCluster => format!(
            "The pod runs in another cluster: its tokens come from {}, and the role trusts {}.",
            of_token("iss"),
            of_role("iss")
        ),
        Cause::Audience => format!(
            "The token is for the audience {}, and the role accepts {}. Request the audience that the role accepts: \
             `audience` of aws-actions/configure-aws-credentials, `aud` under `id_tokens` in GitLab, \
             `TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE` in HCP Terraform, or `audience` of a projected service account token.",
            of_token("aud"),
            of_role("aud")
        ),
        Cause::HiddenClaim => {
            let unknown = answer.closest().into_iter().flat_map(|role| role.unknown());
            let claims: Vec<&str> = unknown.map(|check| check.claim.as_str()).collect();
            match claims.is_empty() {
                true => "Everything that is known about the token matches. Its IAM OIDC provider may be missing in the account, \
                         or may not list the audience."
                    .into(),
                false => format!(
                    "Everything that the event contains matches, so a claim that it does not contain differs: {}. Decode the \
                     token itself to see them.",
                    claims.join(", ")
                ),
            }
        }
        _ => of_project(cause, &of_token, &of_role),
    }
}

/// Causes in the repository or project, and in how its subject names it.
fn of_project<'a>(cause: Cause, of_token: &impl Fn(&str) -> String, of_role: &impl Fn(&str) -> &'a str) -> String {
    match cause {
        Cause::ImmutableSubject => "The subject contains the IDs of owner and repository, and the entry does not. GitHub issues \
                                    such subjects to repositories that were created, renamed or transferred after \
                                    2026-07-15, and to those that opted in."
            .into(),
        Cause::SubjectById => "The subject begins with the ID of the project instead of its path, because the project sets \
                               `ci_id_token_sub_claim_components`. The entry has no `project_id`."
            .into(),
        Cause::Renamed => "The ID is the one in the spec, and the name is not: the repository or project was renamed.".into(),
        Cause::Transferred => "The ID of the repository is the one in the spec, and its owner is not: the repository was \
                               transferred, or its owner was renamed."
            .into(),
        Cause::Recreated => "The name is the one in the spec, and the ID is not: the repository or project was deleted and \
                             created again, or another owner took over its name."
            .into(),
        Cause::Capitalization => "Only the capitalization of the name differs. AWS compares it exactly, and the token has \
                                  the name as it was registered."
            .into(),
        Cause::Fork => "The repository or project has the same name and another owner, like a fork. GitHub issues no token to \
                        a pull request from a fork; in GitLab, the pipeline of a merge request from a fork has the name of \
                        the fork."
            .into(),
        Cause::OtherRepository => "The token comes from another repository or project.".into(),
        Cause::ReusableWorkflow => format!(
            "The job is defined in the reusable workflow {}, and the subject names the repository that calls it. The entry \
             has the repository of the reusable workflow.",
            of_token("job_workflow_ref")
        ),
        Cause::OtherWorkflow => format!(
            "The job is defined in {}, and the role requires the reusable workflow {}. The file, and the version after `@`, \
             must be the same.",
            of_token("job_workflow_ref"),
            of_role("job_workflow_ref")
        ),
        Cause::SubjectTemplate => "The subject does not have the default form: its claims were customized. Restore the default \
                                   of the repository (`use_default` of `actions/oidc/customization/sub` in GitHub, \
                                   `ci_id_token_sub_claim_components` in GitLab)."
            .into(),
        Cause::OtherWorkspace => "The run belongs to another workspace, or the workspace is in another project. A role without \
                                  `project` is for workspaces in `Default Project`."
            .into(),
        _ => of_context(cause),
    }
}

/// Causes in what started the job, and where it runs.
fn of_context(cause: Cause) -> String {
    let text = match cause {
        Cause::JobEnvironment => {
            "The job has `environment:`. The subject of its tokens then names the environment instead of the branch or tag, \
             which is what the entry lists."
        }
        Cause::NoEnvironment => {
            "The job has no `environment:`, and the entry requires one. Add `environment:` to the job, or admit jobs \
             without one."
        }
        Cause::OtherEnvironment => "The job runs in an environment that the entry does not list.",
        Cause::RefInEnvironment => {
            "The environment is right, and the branch or tag is not one of those to which the entry limits it."
        }
        Cause::PullRequest => {
            "The workflow was started by a pull request. The subject of its tokens is the same for every pull request, so \
             anyone who can push a branch could use the role. Run the job on `push` instead, or give it an environment \
             with required reviewers."
        }
        Cause::MergeRequest => {
            "The pipeline belongs to a merge request. The subject of its tokens names the source branch of the merge request."
        }
        Cause::MergeQueue => {
            "The workflow runs in the merge queue, which creates a temporary branch for each pull request."
        }
        Cause::OtherBranch => "The workflow or pipeline runs on a branch that the entry does not list.",
        Cause::OtherTag => "The workflow or pipeline runs on a tag that the entry does not list.",
        Cause::UnprotectedRef => {
            "The branch or tag is not protected in GitLab, and the entry requires `protected: true`."
        }
        Cause::OtherSubject => {
            "The subject of the token matches none of the `subjects` of the entry. AWS compares them exactly, except for `*` and \
             `?`."
        }
        Cause::RunPhase => "The run is in a phase that the entry does not list.",
        Cause::ServiceAccount => {
            "The pod uses a service account that the role does not trust. Each service account has its own role, whose ARN is \
             in the annotation `eks.amazonaws.com/role-arn`."
        }
        _ => "The token does not meet the conditions of the trust policy.",
    };
    text.to_owned()
}
