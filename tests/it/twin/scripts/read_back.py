"""Prints the content of the account as JSON."""

import json

from botocore.exceptions import ClientError
from client import client

cloudtrail, ecr, events, iam, kms, logs, s3, sns = map(
    client, ["cloudtrail", "ecr", "events", "iam", "kms", "logs", "s3", "sns"]
)


def pages(service, operation, key, **arguments):
    return [item for page in service.get_paginator(operation).paginate(**arguments) for item in page[key]]


def or_none(operation, **arguments):
    """Returns None where AWS reports that something does not exist."""
    try:
        return operation(**arguments)
    except ClientError as error:
        if "NotFound" in error.response["Error"]["Code"] or "NoSuch" in error.response["Error"]["Code"]:
            return None
        raise


def tags(listed):
    return {tag["Key"]: tag["Value"] for tag in listed}


def document(answer, key):
    return answer and json.loads(answer[key])


def repository(it):
    name, arn = it["repositoryName"], it["repositoryArn"]
    return {
        "arn": arn,
        "encryption": it["encryptionConfiguration"]["encryptionType"],
        "tag_mutability": it["imageTagMutability"],
        "scan_on_push": it["imageScanningConfiguration"]["scanOnPush"],
        "lifecycle_policy": document(or_none(ecr.get_lifecycle_policy, repositoryName=name), "lifecyclePolicyText"),
        "policy": document(or_none(ecr.get_repository_policy, repositoryName=name), "policyText"),
        "tags": tags(ecr.list_tags_for_resource(resourceArn=arn)["tags"]),
    }


def role(it):
    name = it["RoleName"]
    attached = pages(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name)
    return {
        "arn": it["Arn"],
        "trust": it["AssumeRolePolicyDocument"],
        "boundary": iam.get_role(RoleName=name)["Role"].get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        "policies": [policy["PolicyArn"] for policy in attached],
        "inline_policies": pages(iam, "list_role_policies", "PolicyNames", RoleName=name),
        "tags": tags(iam.list_role_tags(RoleName=name)["Tags"]),
    }


def policy(it):
    arn = it["Arn"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId=it["DefaultVersionId"])
    return {
        "arn": arn,
        "document": version["PolicyVersion"]["Document"],
        "tags": tags(iam.list_policy_tags(PolicyArn=arn)["Tags"]),
    }


def trail(it):
    arn = it["TrailARN"]
    [listed] = cloudtrail.list_tags(ResourceIdList=[arn])["ResourceTagList"]
    return {
        "arn": arn,
        "bucket": it["S3BucketName"],
        "validates_log_files": it["LogFileValidationEnabled"],
        "many_regions": it["IsMultiRegionTrail"],
        "global_services": it["IncludeGlobalServiceEvents"],
        "logging": cloudtrail.get_trail_status(Name=arn)["IsLogging"],
        "tags": tags(listed["TagsList"]),
    }


def bucket(name):
    access = or_none(s3.get_public_access_block, Bucket=name)
    lifecycle = or_none(s3.get_bucket_lifecycle_configuration, Bucket=name)
    listed = or_none(s3.get_bucket_tagging, Bucket=name)
    return {
        "policy": document(or_none(s3.get_bucket_policy, Bucket=name), "Policy"),
        "public_access_block": access and access["PublicAccessBlockConfiguration"],
        "lifecycle": lifecycle and [
            {"status": rule["Status"], "filter": rule["Filter"], "expiration": rule["Expiration"]}
            for rule in lifecycle["Rules"]
        ],
        "tags": tags(listed["TagSet"] if listed else []),
    }


def event_rule(it):
    return {
        "state": it["State"],
        "pattern": json.loads(it["EventPattern"]),
        "targets": [target["Arn"] for target in events.list_targets_by_rule(Rule=it["Name"])["Targets"]],
        "tags": tags(events.list_tags_for_resource(ResourceARN=it["Arn"])["Tags"]),
    }


def log_group(it):
    return {
        "arn": it["logGroupArn"],
        "keeps_days": it.get("retentionInDays"),
        "tags": logs.list_tags_for_resource(resourceArn=it["logGroupArn"])["tags"],
    }


def topic(it):
    arn = it["TopicArn"]
    attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    key = attributes.get("KmsMasterKeyId")
    subscriptions = pages(sns, "list_subscriptions_by_topic", "Subscriptions", TopicArn=arn)
    return {
        "policy": document(attributes, "Policy"),
        "emails": [it["Endpoint"] for it in subscriptions if it["Protocol"] == "email"],
        "key_policy": key and json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]),
        "key_rotates": key and kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"],
        "tags": tags(sns.list_tags_for_resource(ResourceArn=arn)["Tags"]),
    }


def key(it):
    """A key with a customer-created alias."""
    metadata = kms.describe_key(KeyId=it["TargetKeyId"])["KeyMetadata"]
    repositories = pages(ecr, "describe_repositories", "repositories")
    return {
        "policy": json.loads(kms.get_key_policy(KeyId=it["TargetKeyId"], PolicyName="default")["Policy"]),
        "rotates": kms.get_key_rotation_status(KeyId=it["TargetKeyId"])["KeyRotationEnabled"],
        "state": metadata["KeyState"],
        "tags": {tag["TagKey"]: tag["TagValue"] for tag in kms.list_resource_tags(KeyId=it["TargetKeyId"])["Tags"]},
        "encrypts": [
            it["repositoryName"]
            for it in repositories
            if it["encryptionConfiguration"].get("kmsKey") == metadata["Arn"]
        ],
    }


def own_aliases():
    aliases = pages(kms, "list_aliases", "Aliases")
    return [it for it in aliases if not it["AliasName"].startswith("alias/aws/")]


def by(name, function, items):
    return {item[name]: function(item) for item in items}


print(json.dumps({
    "repositories": by("repositoryName", repository, pages(ecr, "describe_repositories", "repositories")),
    "roles": by("RoleName", role, pages(iam, "list_roles", "Roles")),
    "policies": by("PolicyName", policy, pages(iam, "list_policies", "Policies", Scope="Local")),
    "oidc_providers": [it["Arn"] for it in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]],
    "keys": by("AliasName", key, own_aliases()),
    "replication": ecr.describe_registry()["replicationConfiguration"]["rules"],
    "registry_policy": document(or_none(ecr.get_registry_policy), "policyText"),
    "trails": by("Name", trail, cloudtrail.describe_trails()["trailList"]),
    "buckets": {it["Name"]: bucket(it["Name"]) for it in s3.list_buckets()["Buckets"]},
    "event_rules": by("Name", event_rule, pages(events, "list_rules", "Rules")),
    "log_groups": by("logGroupName", log_group, pages(logs, "describe_log_groups", "logGroups")),
    "topics": by("TopicArn", topic, pages(sns, "list_topics", "Topics")),
    "log_policies": {
        it["policyName"]: json.loads(it["policyDocument"])
        for it in pages(logs, "describe_resource_policies", "resourcePolicies")
    },
}, indent=1))
