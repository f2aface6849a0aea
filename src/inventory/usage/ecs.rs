//! Amazon ECS (API reference: `DescribeTaskDefinition`, `DescribeTasks`, `DescribeServices`,
//! `DescribeServiceRevisions`).

use serde_json::Value;

use super::source::{Found, Source};

/// The containers of a task definition.
pub(super) static TASK_DEFINITION: Source = Source {
    command: "aws ecs describe-task-definition",
    read: |document, found| {
        let definition = document.get("taskDefinition").unwrap_or(document);
        let Some(containers) = definition.get("containerDefinitions").and_then(Value::as_array) else { return false };
        containers.iter().for_each(|container| found.add(&container["image"]));
        definition["taskDefinitionArn"].as_str().iter().for_each(|arn| found.tell(arn));
        true
    },
};

/// Running tasks.
pub(super) static TASKS: Source = Source {
    command: "aws ecs describe-tasks",
    read: |document, found| {
        let Some(tasks) = document.get("tasks").and_then(Value::as_array) else { return false };
        for task in tasks {
            for container in task["containers"].as_array().into_iter().flatten() {
                found.add_resolved(&container["image"], &container["imageDigest"]);
            }
            task["taskDefinitionArn"].as_str().iter().for_each(|arn| found.tell(arn));
        }
        remark_on_failures(document, "ECS tasks", found);
        true
    },
};

/// Services, which name task definitions and no images.
pub(super) static SERVICES: Source = Source {
    command: "aws ecs describe-services",
    read: |document, found| {
        let Some(services) = document.get("services").and_then(Value::as_array) else { return false };
        for service in services {
            let nested = ["deployments", "taskSets"].into_iter().filter_map(|key| service[key].as_array()).flatten();
            for arn in nested.chain([service]).filter_map(|value| value["taskDefinition"].as_str()) {
                let (name, short) = (service["serviceName"].as_str().unwrap_or("?"), short(arn));
                found.need(
                    arn,
                    format!(
                        "the ECS service `{name}` uses the task definition `{short}`, whose images are unknown: add the \
                         output of `aws ecs describe-task-definition --task-definition {short}`"
                    ),
                );
            }
        }
        remark_on_failures(document, "ECS services", found);
        true
    },
};

/// Revisions of services, with the images to which their tags were resolved.
pub(super) static SERVICE_REVISIONS: Source = Source {
    command: "aws ecs describe-service-revisions",
    read: |document, found| {
        let Some(revisions) = document.get("serviceRevisions").and_then(Value::as_array) else { return false };
        for revision in revisions {
            let images = revision["containerImages"].as_array();
            for container in images.into_iter().flatten() {
                found.add_resolved(&container["image"], &container["imageDigest"]);
            }
            if let (Some(_), Some(arn)) = (images, revision["taskDefinition"].as_str()) {
                found.tell(arn);
            }
        }
        remark_on_failures(document, "ECS service revisions", found);
        true
    },
};

/// `FAMILY:REVISION` of the ARN of a task definition.
fn short(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

fn remark_on_failures(document: &Value, what: &str, found: &mut Found) {
    if document["failures"].as_array().is_some_and(|failures| !failures.is_empty()) {
        found.remark(format!("the list of {what} in use is incomplete: it contains `failures`"));
    }
}
