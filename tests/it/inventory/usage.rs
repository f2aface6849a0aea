//! Which images are in use.

use ecrgen::inventory::{Inventory, Manifests, Usage, read};
use ecrgen::time::Time;

fn inventory() -> Inventory {
    let of = |digest: &str, tags: &str| {
        format!(
            r#"{{ "registryId": "123456789012", "repositoryName": "team/shop", "imageDigest": "sha256:{digest}",
                 "imageTags": {tags}, "imagePushedAt": 5, "imageSizeInBytes": 1, "imageManifestMediaType": "m" }}"#
        )
    };
    let text = format!("[{}, {}, {}]", of("aa", r#"["v1", "latest"]"#), of("bb", r#"["v2"]"#), of("cc", "[]"));
    read(text.as_bytes(), &Manifests::default(), Time(10)).expect("a valid listing").remove(0)
}

/// The positions of the images in use, and the references that match no image.
fn used(text: &str) -> (Vec<usize>, Vec<String>) {
    let usage = Usage::read(text).expect("valid references");
    let inventory = inventory();
    let uses = usage.of(&inventory);
    let used = (0..uses.by_image.len()).filter(|&i| !uses.by_image[i].is_empty()).collect();
    (used, uses.unanswered.iter().map(ToString::to_string).collect())
}

#[test]
fn reads_references_by_tag_or_digest() {
    const HOST: &str = "123456789012.dkr.ecr.ap-southeast-3.amazonaws.com";
    let cases: [(&str, &[usize]); 12] = [
        ("team/shop:v1", &[0]),
        (&format!("{HOST}/team/shop:v2"), &[1]),
        (&format!("docker-pullable://{HOST}/team/shop@sha256:cc"), &[2]),
        ("proxy.example:5000/team/shop:v2", &[1]),
        ("team/shop:v2@sha256:aa", &[0]),
        ("sha256:bb", &[1]),
        ("team/shop", &[0]),
        ("team/shop:v1 # in production\n\n# comment\nteam/shop:v2", &[0, 1]),
        ("team/other:v1", &[]),
        ("999999999999.dkr.ecr.ap-southeast-3.amazonaws.com/team/shop:v1", &[]),
        ("shop:v1", &[]),
        ("", &[]),
    ];
    for (text, images) in cases {
        assert_eq!(used(text).0, images, "{text}");
    }
}

#[test]
fn returns_references_to_missing_images() {
    assert_eq!(used("team/shop:v0\nteam/shop@sha256:dd\nother:v0").1, ["team/shop:v0", "team/shop@sha256:dd"]);
}

#[test]
fn reads_requested_and_running_images_of_pods() {
    let pods = r#"{ "apiVersion": "v1", "kind": "List", "items": [
        { "spec": { "containers": [{ "name": "web", "image": "team/shop:v2" }], "initContainers": [{ "image": "busybox" }] },
          "status": { "containerStatuses": [{ "image": "team/shop:v1", "imageID": "team/shop@sha256:cc" }, { "imageID": "" }] } },
        { "spec": {}, "status": {} } ] }"#;
    assert_eq!(used(pods), (vec![0, 1, 2], vec![]));
}

/// A pod specification, as in the API of Kubernetes.
fn pod_spec(image: &str) -> String {
    format!(r#"{{ "containers": [{{ "name": "web", "image": "{image}" }}], "restartPolicy": "Always" }}"#)
}

#[test]
fn reads_pod_templates_of_workloads() {
    let workload = |kind: &str, image: &str| {
        format!(
            r#"{{ "apiVersion": "apps/v1", "kind": "{kind}", "metadata": {{ "name": "web" }},
                 "spec": {{ "replicas": 2, "template": {{ "metadata": {{}}, "spec": {} }} }}, "status": {{ "replicas": 2 }} }}"#,
            pod_spec(image)
        )
    };
    let list = |items: &[String]| format!(r#"{{ "kind": "List", "items": [{}] }}"#, items.join(", "));
    let cron = format!(
        r#"{{ "apiVersion": "batch/v1", "kind": "CronJob", "spec": {{ "schedule": "0 3 * * *",
             "jobTemplate": {{ "spec": {{ "template": {{ "spec": {} }} }} }} }} }}"#,
        pod_spec("team/shop@sha256:cc")
    );
    let workloads =
        list(&[workload("Deployment", "team/shop:v1"), workload("StatefulSet", "team/shop:v2"), cron.clone()]);
    assert_eq!(used(&workloads), (vec![0, 1, 2], vec![]));
    for kind in ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Rollout"] {
        assert_eq!(used(&workload(kind, "team/shop:v2")).0, [1], "{kind}");
    }
    assert_eq!(used(&cron).0, [2]);
    let template = format!(r#"{{ "kind": "PodTemplate", "template": {{ "spec": {} }} }}"#, pod_spec("team/shop:v2"));
    assert_eq!(used(&template).0, [1]);
    let volume = r#"{ "kind": "Pod", "spec": { "containers": [{ "image": "x" }],
        "volumes": [{ "name": "model", "image": { "reference": "team/shop:v2" } }, { "name": "tmp", "emptyDir": {} }] } }"#;
    assert_eq!(used(volume).0, [1]);
}

#[test]
fn reads_the_services_of_aws_that_run_containers() {
    let task = r#"{ "taskDefinition": { "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:3",
        "containerDefinitions": [{ "name": "web", "image": "team/shop:v1" }], "family": "web", "revision": 3 }, "tags": [] }"#;
    let tasks = r#"{ "tasks": [{ "taskDefinitionArn": "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:3",
        "containers": [{ "image": "team/shop:old", "imageDigest": "sha256:bb" }] }], "failures": [] }"#;
    let revisions = r#"{ "serviceRevisions": [{ "taskDefinition": "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:3",
        "containerImages": [{ "containerName": "web", "image": "team/shop:old", "imageDigest": "sha256:cc" }] }] }"#;
    let services = r#"{ "services": [{ "serviceName": "web", "status": "ACTIVE",
        "taskDefinition": "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:3",
        "deployments": [{ "taskDefinition": "arn:aws:ecs:eu-central-1:123456789012:task-definition/web:2" }] }] }"#;
    let function = r#"{ "Configuration": { "FunctionName": "resize", "PackageType": "Image",
          "FunctionArn": "arn:aws:lambda:eu-central-1:123456789012:function:resize" },
        "Code": { "RepositoryType": "ECR", "ImageUri": "team/shop:v2", "ResolvedImageUri": "team/shop@sha256:bb" } }"#;
    let functions = r#"{ "Functions": [{ "FunctionName": "resize", "PackageType": "Image",
          "FunctionArn": "arn:aws:lambda:eu-central-1:123456789012:function:resize" },
        { "FunctionName": "zip", "PackageType": "Zip" }] }"#;
    let runner = r#"{ "Service": { "ServiceName": "web", "SourceConfiguration": { "ImageRepository":
        { "ImageIdentifier": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop:v2", "ImageRepositoryType": "ECR" } } } }"#;
    for (text, images) in [(task, 0), (tasks, 1), (revisions, 2), (function, 1), (runner, 1)] {
        assert_eq!(used(text).0, [images], "{text}");
    }
    // Several documents, one after the other or in a list, and references that `--query` selected.
    assert_eq!(used(&format!("{task}\n{function}\n")).0, [0, 1]);
    assert_eq!(used(&format!("\u{feff}[{task}, {function}]")).0, [0, 1]);
    assert_eq!(used(r#"["team/shop:v1", "team/shop:v2"]"#).0, [0, 1]);
    // A list that does not name the images is used only together with the output that does.
    assert_eq!(
        Usage::read(services).unwrap_err(),
        ["web:2", "web:3"].map(|task| format!(
            "the ECS service `web` uses the task definition `{task}`, whose images are unknown: add the output of `aws ecs \
             describe-task-definition --task-definition {task}`"
        ))
    );
    let before = task.replace("web:3", "web:2").replace("shop:v1", "shop:v2");
    assert_eq!(used(&[services, task, &before].concat()).0, [0, 1]);
    assert_eq!(
        Usage::read(functions).unwrap_err(),
        ["the list of Lambda functions does not contain the image of \
          `arn:aws:lambda:eu-central-1:123456789012:function:resize`: add the output of `aws lambda get-function \
          --function-name arn:aws:lambda:eu-central-1:123456789012:function:resize`"]
    );
    assert_eq!(used(&[functions, function].concat()).0, [1]);
}

#[test]
fn rejects_what_is_none_of_these_and_lists_what_is_read() {
    let faults = Usage::read("team/shop:v1\nteam shop\nx@y").unwrap_err();
    assert_eq!(
        faults[..2],
        ["line 2 is not an image reference: `team shop`", "line 3 is not an image reference: `x@y`"]
    );
    assert!(faults[2].contains("`kubectl get pods,") && faults[2].contains("one image reference per line"));
    assert!(Usage::read("{ \"items\": [").unwrap_err()[0].contains("not valid JSON"));
    for (text, what) in [
        (r#"{ "kind": "Pod" }"#, "an object of kind Pod"),
        (
            r#"{ "kind": "List", "items": [{ "kind": "Service", "spec": { "ports": [] } }, { "kind": "Secret" }] }"#,
            "kind Secret, Service",
        ),
        (r#"{ "ServiceSummaryList": [] }"#, "a JSON object with the keys ServiceSummaryList"),
        (r#"{ "taskDefinitionArns": ["arn"] }"#, "the keys taskDefinitionArns"),
        ("[1]", "the JSON"),
        ("{}", "the JSON"),
    ] {
        let faults = Usage::read(text).unwrap_err();
        assert!(faults[0].contains(what), "{text}: {faults:?}");
        for command in
            ["kubectl get pods", "describe-task-definition", "lambda get-function", "apprunner describe-service"]
        {
            assert!(faults[0].contains(command), "{command} is missing from {faults:?}");
        }
    }
    assert!(Usage::read("[\"a b\"]").unwrap_err()[0].contains("`a b` is not an image reference"));
}

/// The remarks about images in use.
fn remarks(text: &str) -> Vec<String> {
    Usage::read(text).expect("valid references").of(&inventory()).remarks
}

#[test]
fn states_that_nothing_is_known_to_be_in_use() {
    let nothing = "the input of --in-use names no images, so no image counts as in use";
    for empty in ["", "# none\n", "[]", r#"{ "kind": "List", "items": [] }"#, r#"{ "Functions": [] }"#] {
        assert_eq!(remarks(empty), [nothing], "{empty}");
    }
    let others = "the input of --in-use names no image of this repository, only images of ";
    assert_eq!(remarks("other:v1\nmore:v1"), [format!("{others}more, other")]);
    assert_eq!(remarks("a\nb\nc\nd\ne\nf\ng"), [format!("{others}a, b, c, d, e and 2 more")]);
    // An image of the repository that is not in the listing is a finding of its own.
    assert_eq!(remarks("team/shop:v0"), Vec::<String>::new());
    assert_eq!(Usage::default().of(&inventory()).remarks, Vec::<String>::new());
}

#[test]
fn states_what_it_ignores_and_what_is_missing() {
    let pod = format!(r#"{{ "kind": "Pod", "spec": {} }}"#, pod_spec("team/shop:v1"));
    let list =
        format!(r#"{{ "items": [{pod}, {{ "kind": "Workflow", "spec": {{}} }}], "metadata": {{ "continue": "x" }} }}"#);
    assert_eq!(
        remarks(&list),
        [
            "the input of --in-use contains objects without containers, which ecrgen ignores: Workflow",
            "the list of Kubernetes objects in use is incomplete: it ends with a token for the next page",
        ]
    );
    let tasks =
        r#"{ "tasks": [{ "containers": [{ "image": "team/shop:v1" }] }], "failures": [{ "reason": "MISSING" }] }"#;
    assert_eq!(remarks(tasks), ["the list of ECS tasks in use is incomplete: it contains `failures`"]);
}
