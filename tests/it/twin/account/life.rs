//! The life cycle of a platform in an account: the workspace's roles are created, and the platform is applied, inspected
//! and destroyed.

use std::collections::BTreeSet;
use std::iter;
use std::process::Output;

use ecrgen::policies::Phase;
use serde_json::{Value, json};

use crate::harness::Case;
use crate::terraform::binary::Terraform;

use super::moto::{Moto, REGION};
use super::sessions::{Credentials, Sessions, enforced};
use super::{Account, ID};
use crate::twin::bootstrap::{aws_parts, root_parts};
use crate::twin::rendering::{Files, twin};

/// Names of permissions.
pub type Actions = BTreeSet<String>;

/// Where a platform is applied: its root module, and an account with what the spec expects to exist.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// The folder of the root module.
    pub folder: &'g str,
    /// The ID of the account.
    pub account: &'g str,
    /// The region.
    pub region: &'g str,
    /// The script that creates what must exist before the bootstrap module is applied, with its arguments. It prints JSON.
    pub prepared_by: (&'g str, &'g [&'g str]),
    /// The content of `terraform.tfvars`.
    pub variables: &'g str,
    /// Hand-written files of a shared root module, by their names.
    pub beside: &'g [(&'g str, &'g str)],
}

impl Ground<'static> {
    /// The account of piksel's specs. An ARN is accepted in place of the name of a role.
    pub const PIKSEL: Ground<'static> = Ground {
        folder: "shared/ecr",
        account: ID,
        region: REGION,
        prepared_by: ("prepare.py", &[]),
        variables: "node_role_name = \"arn:aws:iam::123456789012:role/piksel-nodes\"\n",
        beside: &[],
    };
}

/// An applied root module of a twin.
pub struct Applied {
    terraform: Terraform,
    /// The account it was applied in.
    pub moto: Moto,
    /// What the script that prepared the account says about it.
    pub prepared: Value,
    /// The content of the account before the apply.
    before: Account,
    files: Files,
    module: Case,
    /// With a workspace: the sessions of its runs.
    sessions: Option<Sessions>,
    /// The permissions that the apply needed.
    pub asked: Actions,
}

impl Applied {
    /// Applies a twin's bootstrap module and then its root module in an account that contains only what the spec expects
    /// to exist. `None` if a tool is missing: the test is skipped.
    pub fn twin(name: &str, resources: usize) -> Option<Applied> {
        Self::rendered(&twin(name), Ground::PIKSEL, resources)
    }

    /// The same, for any output on any ground.
    pub fn rendered(output: &Files, ground: Ground, resources: usize) -> Option<Applied> {
        let terraform = Terraform::find_with_provider("hashicorp/aws", "5.100.0")?;
        let moto = Moto::of(ground.account, ground.region)?;
        let prepared = moto.script(ground.prepared_by.0, ground.prepared_by.1);
        let bootstrap = aws_parts(output).remove(&format!("{}-workspace", ground.folder));
        if let Some(roles) = &bootstrap {
            let roles = module_with(&moto, roles, ground.variables);
            succeed(&terraform, &roles, &["init"]);
            succeed(&terraform, &roles, &["apply", "-auto-approve"]);
        }

        let mut files = root_parts(output).remove(ground.folder).expect("a root module");
        files.extend(ground.beside.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
        Some(Self::by_runs(terraform, moto, prepared, files, ground.variables, bootstrap.is_some(), resources))
    }

    /// Applies a root module in an account. With a workspace, a plan with the plan role precedes an apply with the apply role.
    pub fn by_runs(
        terraform: Terraform,
        moto: Moto,
        prepared: Value,
        files: Files,
        variables: &str,
        has_workspace: bool,
        resources: usize,
    ) -> Applied {
        let sessions = has_workspace.then(|| Sessions::begin(&moto));
        let before = Account(moto.script("read_back.py", &[]));
        let module = module_with(&moto, &files, variables);
        succeed(&terraform, &module, &["init"]);
        let mut applied = Applied { terraform, moto, prepared, before, files, module, sessions, asked: Actions::new() };
        applied.succeed(Phase::Plan, &["plan", "-out", "tfplan"]);
        let (said, asked) = asked_for(&applied.moto, || applied.succeed(Phase::Apply, &["apply", "tfplan"]));
        assert!(said.contains(&format!("Resources: {resources} added, 0 changed, 0 destroyed.")), "{said}");
        applied.asked = asked;
        applied
    }

    /// Runs Terraform, with a workspace as a run of a phase with only the permissions of its role.
    fn run(&self, phase: Phase, arguments: &[&str]) -> Output {
        let Some(sessions) = &self.sessions else { return run(&self.terraform, &self.module, arguments) };
        enforced(&self.moto, || run_as(sessions.of(phase), &self.terraform, &self.module, arguments))
    }

    fn succeed(&self, phase: Phase, arguments: &[&str]) -> String {
        let output = self.run(phase, arguments);
        assert!(output.status.success(), "terraform {arguments:?}: {}", text(&output));
        text(&output)
    }

    /// Checks that a second plan is empty. Returns the permissions that it needed.
    pub fn settles(&self) -> Actions {
        asked_for(&self.moto, || self.succeed(Phase::Plan, &["plan", "-detailed-exitcode"])).1
    }

    /// The current content of the account.
    pub fn account(&self) -> Account {
        Account(self.moto.script("read_back.py", &[]))
    }

    /// The current content of another region.
    pub fn in_region(&self, region: &str) -> Account {
        Account(self.moto.script_in(region, "read_back.py", &[]))
    }

    /// Checks that Terraform refuses to destroy these resources, and therefore everything else.
    pub fn protects(&self, addresses: &[&str]) {
        let output = run(&self.terraform, &self.module, &["plan", "-destroy", "-refresh=false"]);
        // Terraform wraps the text of errors at a width of its choice.
        let said = text(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!output.status.success(), "{said}");
        assert_eq!(said.matches("has lifecycle.prevent_destroy set").count(), addresses.len(), "{said}");
        for address in addresses {
            assert!(said.contains(&format!("Resource {address} has lifecycle.prevent_destroy set")), "{said}");
        }
    }

    /// Checks that without `prevent_destroy`, everything is destroyed and the account is as before. With a workspace, an apply
    /// must fail only for what is left to people, and a plan must not change anything. Returns the permissions that this needed.
    pub fn destroys_completely(self, left_to_people: &[&str]) -> Actions {
        for (path, text) in &self.files {
            self.module.write(path, text.replace("prevent_destroy = true", "prevent_destroy = false"));
        }
        let destroy = ["destroy", "-auto-approve"];
        let (_, asked) = asked_for(&self.moto, || {
            if self.sessions.is_some() {
                let output = self.run(Phase::Apply, &destroy);
                // What depends on something that stays is not tried.
                let refused = refused(&text(&output));
                assert_eq!(refused.is_empty(), left_to_people.is_empty(), "{}", text(&output));
                assert!(refused.iter().all(|action| left_to_people.contains(&action.as_str())), "{refused:?}");
                assert_eq!(output.status.success(), left_to_people.is_empty(), "{}", text(&output));
            }
            succeed(&self.terraform, &self.module, &destroy);
        });
        if let Some(sessions) = &self.sessions {
            sessions.plans_write_nothing(&self.moto);
        }
        let mut after = self.account();
        if asked.contains("cloudtrail:DeleteTrail") {
            // To delete a trail, moto needs its name. The provider sends its ARN, and AWS accepts both.
            after.0["trails"] = json!({});
        }
        assert_eq!(after, self.before);
        asked
    }
}

/// A folder with these files, with its providers configured for moto, and with the variables of piksel.
pub fn module(moto: &Moto, files: &Files) -> Case {
    module_with(moto, files, Ground::PIKSEL.variables)
}

fn module_with(moto: &Moto, files: &Files, variables: &str) -> Case {
    let module = Case::new();
    for (path, text) in files {
        module.write(path, text);
    }
    let aliases = files.values().flat_map(|text| text.lines()).filter(|line| line.trim().starts_with("alias "));
    let providers = iter::once("").chain(aliases).map(|alias| provider_override(&moto.endpoint, alias));
    module.write("account_override.tf", providers.collect::<String>());
    module.write("terraform.tfvars", variables);
    module
}

/// The actions that were refused. The provider often cannot read what moto answers, but it prints the operation and the status.
fn refused(said: &str) -> Actions {
    let words: Vec<&str> = said.split_whitespace().filter(|word| *word != "│").collect();
    let said = words.join(" ");
    let errors = said.split("operation error ").skip(1).filter(|error| {
        let status = error.split_once("StatusCode: ").map(|(_, rest)| &rest[..3]);
        status == Some("403")
    });
    let action = |error: &str| {
        let (service, rest) = error.split_once(": ").expect("an operation");
        let operation = rest.split(',').next().expect("a part");
        format!("{}:{operation}", service.to_lowercase())
    };
    errors.map(action).collect()
}

pub fn asked_for<T>(moto: &Moto, run: impl FnOnce() -> T) -> (T, Actions) {
    let before = moto.asked().len();
    let result = run();
    (result, moto.asked().split_off(before).into_iter().collect())
}

/// Initializes a module whose state is in S3. Only what an emulated account needs is added to the backend.
pub fn init_with_state(terraform: &Terraform, moto: &Moto, module: &Case) {
    let emulated = format!(
        "endpoints = {{ s3 = {:?} }}\nuse_path_style = true\nskip_credentials_validation = true\n\
         skip_requesting_account_id = true\nskip_metadata_api_check = true\n",
        moto.endpoint
    );
    module.write("moto.tfbackend", emulated);
    succeed(terraform, module, &["init", "-backend-config=moto.tfbackend"]);
}

pub fn succeed(terraform: &Terraform, module: &Case, arguments: &[&str]) -> String {
    let output = run(terraform, module, arguments);
    assert!(output.status.success(), "terraform {arguments:?}: {}", text(&output));
    text(&output)
}

/// Runs Terraform, which must fail, and returns its output.
pub fn fail(terraform: &Terraform, module: &Case, arguments: &[&str]) -> String {
    let output = run(terraform, module, arguments);
    assert!(!output.status.success(), "terraform {arguments:?}: {}", text(&output));
    text(&output)
}

/// Whether planning succeeds, and the output on one line, because Terraform wraps the text of errors.
pub fn planned(terraform: &Terraform, module: &Case) -> (bool, String) {
    let output = run(terraform, module, &["plan"]);
    let said = text(&output).replace('│', " ");
    (output.status.success(), said.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Runs Terraform with credentials that moto accepts while it does not enforce IAM.
fn run(terraform: &Terraform, module: &Case, arguments: &[&str]) -> Output {
    run_as(&["test", "test", ""].map(str::to_owned), terraform, module, arguments)
}

fn run_as([id, secret, token]: &Credentials, terraform: &Terraform, module: &Case, arguments: &[&str]) -> Output {
    // A saved plan has its own settings, and comes last.
    let (command, arguments) = arguments.split_first().expect("a command");
    let mut run = terraform.command(&module.path(""));
    run.args([command, "-input=false", "-no-color"]).args(arguments);
    run.env("AWS_ACCESS_KEY_ID", id).env("AWS_SECRET_ACCESS_KEY", secret).env("AWS_SESSION_TOKEN", token);
    run.output().expect("terraform runs")
}

/// The whole output.
fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

/// Configures the provider for moto. Terraform merges it with the existing `provider` block (Terraform documentation,
/// "Override Files").
fn provider_override(endpoint: &str, alias: &str) -> String {
    let services = [
        "cloudtrail",
        "cloudwatchlogs",
        "ecr",
        "eks",
        "eventbridge",
        "iam",
        "inspector2",
        "kms",
        "s3",
        "sns",
        "ssoadmin",
        "sts",
    ];
    let endpoints: String = services.iter().map(|service| format!("    {service} = {endpoint:?}\n")).collect();
    format!(
        "provider \"aws\" {{
{alias}
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true

  endpoints {{
{endpoints}  }}
}}
"
    )
}
