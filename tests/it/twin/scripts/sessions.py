"""Prints as JSON the credentials of a session for each phase of the runs of the account's one workspace.

While moto enforces IAM, it judges an action only where the resource is `*`, takes every condition for one that is not met, and
reads neither key policies nor boundaries. So each session is one of a copy of the phase's role, with all allowed actions on all
resources. The phases can use keys as they like: to read them in a plan, and to do anything in an apply. Whether the keys'
policies let them, and what resources and conditions make of it, is not judged here."""

import json

from client import client

iam, sts = client("iam"), client("sts")

KEYS = {
    "plan": ["Describe*", "Get*", "ListResourceTags"],
    "apply": ["Describe*", "Disable*", "Enable*", "Get*", "ListResourceTags", "Put*", "Schedule*", "TagResource", "UntagResource"],
}

# The permission by its name in AWS, and what moto asks for (Amazon S3 API reference, "HeadBucket").
OF_MOTO = {"s3:ListBucket": "s3:HeadBucket"}


def listed(value):
    return value if isinstance(value, list) else [value]


def allowed(role):
    attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    for arn in [policy["PolicyArn"] for policy in attached]:
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        document = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
        for statement in listed(document["Statement"]):
            if statement["Effect"] == "Allow":
                yield from listed(statement["Action"])


def session(phase, role):
    copy = f"copy-for-{phase}"
    trust = {"Version": "2012-10-17", "Statement": []}
    arn = iam.create_role(RoleName=copy, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    actions = {*allowed(role), *(f"kms:{action}" for action in KEYS[phase])}
    actions = sorted(actions | {OF_MOTO[action] for action in actions & OF_MOTO.keys()})
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName=copy, PolicyName="widened", PolicyDocument=policy)
    # Anyone can assume a role here: who can assume the original is tested with its trust policy.
    return sts.assume_role(RoleArn=arn, RoleSessionName="run")["Credentials"]


roles = [role["RoleName"] for page in iam.get_paginator("list_roles").paginate() for role in page["Roles"]]
sessions = {}
for phase in ["plan", "apply"]:
    [role] = [role for role in roles if role.endswith(f"-hcp-{phase}")]
    credentials = session(phase, role)
    sessions[phase] = [credentials[key] for key in ["AccessKeyId", "SecretAccessKey", "SessionToken"]]
print(json.dumps(sessions))
