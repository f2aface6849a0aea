//! The runs of a workspace in an account that enforces IAM.
//!
//! moto judges actions, but neither resources nor conditions: ecrgen's own evaluator judges those.

use std::io::{Read, Write};
use std::net::TcpStream;

use ecrgen::policies::Phase;
use serde_json::Value;

use super::moto::Moto;

/// The access key ID, the secret access key and the token of a session.
pub type Credentials = [String; 3];

/// A session for each phase of the runs.
pub struct Sessions {
    plan: Credentials,
    apply: Credentials,
}

impl Sessions {
    /// The sessions of the account's roles for runs.
    pub fn begin(moto: &Moto) -> Sessions {
        let begun = moto.script("sessions.py", &[]);
        let of = |phase: &str| serde_json::from_value(begun[phase].clone()).expect("credentials");
        Sessions { plan: of("plan"), apply: of("apply") }
    }

    /// The credentials of a phase.
    pub fn of(&self, phase: Phase) -> &Credentials {
        match phase {
            Phase::Plan => &self.plan,
            Phase::Apply => &self.apply,
        }
    }

    /// Checks that a plan can make none of the changes that Terraform has made so far.
    pub fn plans_write_nothing(&self, moto: &Moto) {
        let answers = enforced(moto, || moto.sent_again(&self.plan));
        let (sent, allowed): (usize, Vec<Value>) = serde_json::from_value(answers).expect("answers");
        assert!(sent > 10, "{sent}");
        assert!(allowed.is_empty(), "{allowed:#?}");
    }
}

/// Enforces IAM while a function runs.
pub fn enforced<T>(moto: &Moto, run: impl FnOnce() -> T) -> T {
    allow_requests(moto, "0");
    let result = run();
    allow_requests(moto, "inf");
    result
}

/// The number of requests that moto answers without credentials (moto documentation, "IAM-like Access Control").
fn allow_requests(moto: &Moto, number: &str) {
    let address = moto.endpoint.strip_prefix("http://").expect("an address");
    let mut stream = TcpStream::connect(address).expect("moto listens");
    let length = number.len();
    let request = format!(
        "POST /moto-api/reset-auth HTTP/1.1\r\nHost: {address}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{number}"
    );
    stream.write_all(request.as_bytes()).expect("moto reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("moto answers");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
