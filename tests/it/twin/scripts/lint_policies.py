"""Prints as JSON the findings of parliament in the account's customer managed policies, without their wording."""

import json

import parliament
from client import client

iam = client("iam")
found = []
for page in iam.get_paginator("list_policies").paginate(Scope="Local"):
    for policy in page["Policies"]:
        version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
        analyzed = parliament.analyze_policy_string(json.dumps(version["PolicyVersion"]["Document"]))
        found += [
            {"policy": policy["PolicyName"], "issue": finding.issue, "detail": str(finding.detail),
             "at": str(finding.location.get("string", ""))}
            for finding in analyzed.findings
        ]
print(json.dumps(found))
