"""Sends events as ECR sends them (ECR user guide, "Sample events from Amazon ECR") and prints those that reach
the log group named by the second argument."""

import json
import sys

from client import client

events, logs = client("events"), client("logs")


def image_action(action, repository):
    return "ECR Image Action", {
        "result": "SUCCESS",
        "repository-name": repository,
        "image-digest": "sha256:" + "7f" * 32,
        "action-type": action,
        "image-tag": "odc-v1.5.0",
    }


def image_scan(repository):
    return "ECR Image Scan", {
        "scan-status": "COMPLETE",
        "repository-name": repository,
        # Without critical findings, for which a rule sends the event to a topic: moto knows no SNS targets.
        "finding-severity-counts": {"MEDIUM": 9},
        "image-digest": "sha256:" + "7f" * 32,
        "image-tags": [],
    }


sent = [image_scan(name) for name in ["piksel-core", "other"]]
sent += [image_action(action, name) for action in ["PUSH", "DELETE"] for name in ["piksel-core", "other"]]
for kind, detail in sent:
    events.put_events(Entries=[{"Source": "aws.ecr", "DetailType": kind, "Detail": json.dumps(detail)}])

group = sys.argv[2]
streams = [it["logStreamName"] for it in logs.describe_log_streams(logGroupName=group)["logStreams"]]
lines = [line for name in streams for line in logs.get_log_events(logGroupName=group, logStreamName=name)["events"]]
logged = [json.loads(line["message"]) for line in lines]
print(json.dumps([
    [it["detail-type"], it["detail"].get("action-type"), it["detail"]["repository-name"]] for it in logged
]))
