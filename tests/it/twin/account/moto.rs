//! The moto server: an emulated AWS account.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::ID;
use crate::harness::repository;

const RECORDING: &str = "requests";

/// The region of piksel's specs.
pub const REGION: &str = "ap-southeast-3";

/// A server with its own, initially empty account. It stops when this is dropped.
pub struct Moto {
    python: PathBuf,
    region: String,
    server: Child,
    /// Its address, for example `http://127.0.0.1:40339`.
    pub endpoint: String,
    /// Holds the log and the recorded requests.
    folder: TempDir,
}

/// A request of Terraform.
pub struct Asked {
    /// The permission that AWS requires for it.
    pub action: String,
    /// The name or ARN of its resource.
    pub resource: Option<String>,
    /// The ARN of the policy that it is about.
    pub policy: Option<String>,
}

impl Moto {
    /// Starts a server on a free port. If moto is missing, reports that the test is skipped, and the calling test should
    /// return. Panics instead if `ECRGEN_REQUIRE_TERRAFORM` is set.
    pub fn start() -> Option<Moto> {
        Self::of(ID, REGION)
    }

    /// Starts a server with this account, whose scripts work in this region.
    pub fn of(account: &str, region: &str) -> Option<Moto> {
        let python = python()?;
        let folder = TempDir::new().expect("a temporary folder");
        let log = folder.path().join("log");
        let file = File::create(&log).expect("a log file");
        let server = Command::new(&python)
            .arg("-B")
            .arg(script("server.py"))
            .args(["--host", "127.0.0.1", "--port", "0"])
            // With it, moto takes the credentials of a role in another account for those of this account.
            .envs((account != ID).then_some(("MOTO_ACCOUNT_ID", account)))
            .env("MOTO_ENABLE_RECORDING", "1")
            .env("MOTO_RECORDER_FILEPATH", folder.path().join(RECORDING))
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("a second handle"))
            .stderr(file)
            .spawn()
            .expect("moto starts");
        let mut moto = Moto { python, region: region.to_owned(), server, endpoint: String::new(), folder };
        moto.endpoint = moto.wait_for_address(&log);
        Some(moto)
    }

    /// Runs one of the scripts in a separate process, and reads the JSON that it prints.
    pub fn script(&self, name: &str, arguments: &[&str]) -> Value {
        self.script_in(&self.region, name, arguments)
    }

    /// The same in another region.
    pub fn script_in(&self, region: &str, name: &str, arguments: &[&str]) -> Value {
        let mut command = Command::new(&self.python);
        // -B: no compiled files in the work tree.
        command.arg("-B").arg(script(name)).arg(&self.endpoint).args(arguments).stdin(Stdio::null());
        command.env("AWS_REGION", region);
        let output = command.output().expect("python starts");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{name}: {error}: {output:?}"))
    }

    /// The permissions for all requests of Terraform so far, in the order of the requests.
    pub fn asked(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.action).collect()
    }

    /// The requests of Terraform so far.
    pub fn requests(&self) -> Vec<Asked> {
        let asked = self.script("asked.py", &[&self.recording()]);
        let asked: Vec<(String, Option<String>, Option<String>)> = serde_json::from_value(asked).expect("requests");
        asked.into_iter().map(|(action, resource, policy)| Asked { action, resource, policy }).collect()
    }

    /// The output of `send_again.py` with these credentials.
    pub fn sent_again(&self, [id, secret, token]: &[String; 3]) -> Value {
        self.script("send_again.py", &[&self.recording(), id, secret, token])
    }

    fn recording(&self) -> String {
        self.folder.path().join(RECORDING).to_str().expect("UTF-8").to_owned()
    }

    /// The server chooses its port, and prints the address once it listens.
    fn wait_for_address(&mut self, log: &Path) -> String {
        const BEFORE: &str = "Running on ";
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let text = fs::read_to_string(log).expect("the log can be read");
            if let Some((address, _)) = text.split_once(BEFORE).and_then(|(_, rest)| rest.split_once('\n')) {
                return address.trim_end().to_owned();
            }
            let ended = self.server.try_wait().expect("its state is known");
            assert!(ended.is_none() && Instant::now() < deadline, "moto does not start ({ended:?}): {text}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // An error here means that the server has already ended.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn script(name: &str) -> PathBuf {
    repository().join("tests/it/twin/scripts").join(name)
}

/// A Python with moto and boto3: the one in `ECRGEN_PYTHON`, or the one that `tests/python-env.sh` creates.
pub fn python() -> Option<PathBuf> {
    let named = env::var_os("ECRGEN_PYTHON").map(PathBuf::from);
    let python = named.unwrap_or_else(|| repository().join(".venv/bin/python"));
    let imports = Command::new(&python).args(["-c", "import boto3, flask, moto, parliament"]).output();
    if imports.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    let what = format!("{} lacks moto or parliament; tests/python-env.sh makes one that has both", python.display());
    assert!(env::var_os("ECRGEN_REQUIRE_TERRAFORM").is_none(), "{what}");
    crate::harness::skipped(&what);
    None
}
