//! Pods, and workloads that create pods (Kubernetes API reference, `PodSpec` and `PodTemplateSpec`).

use serde_json::Value;

use super::source::{Found, Source};

/// Objects in a list, or one object.
pub(super) static WORKLOADS: Source = Source {
    command: "kubectl get pods,deployments,statefulsets,daemonsets,cronjobs,jobs -A -o json",
    read: |document, found| {
        let Some(objects) = objects(document) else { return false };
        let (with, without): (Vec<&Value>, Vec<&Value>) = objects.iter().partition(|object| images_of(object, found));
        if with.is_empty() && !without.is_empty() {
            return false;
        }
        if !without.is_empty() {
            let kinds = names_of_kinds(without.into_iter()).join(", ");
            found.remark(format!(
                "the input of --in-use contains objects without containers, which ecrgen ignores: {kinds}"
            ));
        }
        found.remark_on_pages(&document["metadata"]["continue"], "Kubernetes objects");
        true
    },
};

/// The kinds of the objects in a document, each once.
pub(super) fn kinds(document: &Value) -> Vec<String> {
    objects(document).map(|objects| names_of_kinds(objects.iter())).unwrap_or_default()
}

fn objects(document: &Value) -> Option<&[Value]> {
    match document.get("items") {
        Some(items) => items.as_array().map(Vec::as_slice),
        None => document.get("kind").map(|_| std::slice::from_ref(document)),
    }
}

fn names_of_kinds<'v>(objects: impl Iterator<Item = &'v Value>) -> Vec<String> {
    let mut kinds: Vec<String> = objects.filter_map(|object| Some(object.get("kind")?.as_str()?.to_owned())).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Where an object has a pod specification: a pod itself, a workload, a cron job, a pod template.
const POD_SPECS: [&[&str]; 4] = [
    &["spec"],
    &["spec", "template", "spec"],
    &["spec", "jobTemplate", "spec", "template", "spec"],
    &["template", "spec"],
];

const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];
const STATUSES: [&str; 3] = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"];

/// Adds the images that an object requests and those that run. Returns whether it can have containers.
fn images_of(object: &Value, found: &mut Found) -> bool {
    let mut has_containers = false;
    for path in POD_SPECS {
        let Some(spec) = path.iter().try_fold(object, |value, key| value.get(key)) else { continue };
        for container in lists(spec, &CONTAINERS) {
            has_containers = true;
            found.add(&container["image"]);
        }
        // An image that is mounted as a volume.
        lists(spec, &["volumes"]).for_each(|volume| found.add(&volume["image"]["reference"]));
    }
    for status in object.get("status").into_iter().flat_map(|status| lists(status, &STATUSES)) {
        has_containers = true;
        found.add(&status["image"]);
        found.add(&status["imageID"]);
    }
    has_containers
}

fn lists<'v>(value: &'v Value, keys: &'v [&str]) -> impl Iterator<Item = &'v Value> {
    keys.iter().filter_map(|key| value.get(key)?.as_array()).flatten()
}
