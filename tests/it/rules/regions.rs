//! The regions that `unknown-region` knows, compared with those of the AWS SDK for Python.

use std::process::Command;

use ecrgen::rules::providers::unknown_region::REGIONS;

use crate::twin::account::moto::python;

const LIST: &str = "
import json, os, botocore
with open(os.path.join(os.path.dirname(botocore.__file__), 'data', 'partitions.json')) as file:
    names = [name for partition in json.load(file)['partitions'] for name in partition['regions']]
print(' '.join(sorted(name for name in names if not name.endswith('-global'))))
";

#[test]
fn lists_the_regions_of_the_sdk() {
    let Some(python) = python() else { return };
    let output = Command::new(python).args(["-c", LIST]).output().expect("python starts");
    let listed = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(REGIONS, listed.split_whitespace().collect::<Vec<_>>());
}
