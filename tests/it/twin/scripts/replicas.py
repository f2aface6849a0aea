"""Prints the replication configuration, and the repositories of the region in the second argument, as JSON."""

import json
import sys

import boto3
from client import client


def in_region(region):
    return boto3.client(
        "ecr",
        endpoint_url=sys.argv[1],
        region_name=region,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


there = in_region(sys.argv[2])
repositories = {}
for it in there.describe_repositories()["repositories"]:
    name = it["repositoryName"]
    repositories[name] = {
        "arn": it["repositoryArn"],
        "encryption": it["encryptionConfiguration"]["encryptionType"],
        "tag_mutability": it["imageTagMutability"],
        "scan_on_push": it["imageScanningConfiguration"]["scanOnPush"],
        "lifecycle_policy": json.loads(there.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"]),
    }
configuration = client("ecr").describe_registry()["replicationConfiguration"]
print(json.dumps({"replication": configuration, "repositories": repositories}))
