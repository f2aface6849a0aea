"""Prints as JSON, in order, the permissions that AWS requires for the requests of Terraform (Service Authorization
Reference), each with the name or ARN of the resource, if the request has one, and with the policy to attach or detach. The
second argument is the file that moto records all requests in."""

import base64
import json
import re
import sys
from urllib.parse import parse_qs, urlsplit

# The target of a request begins with the name of its protocol's version.
TARGETS = {
    "AmazonEC2ContainerRegistry": "ecr",
    "AWSEvents": "events",
    "CloudTrail": "cloudtrail",
    "Logs": "logs",
    "TrentService": "kms",
}

# The requests for a bucket: to read it, and to write or delete it.
BUCKET = {
    "": ("ListBucket", {"PUT": "CreateBucket", "DELETE": "DeleteBucket"}),
    "accelerate": ("GetAccelerateConfiguration", {}),
    "acl": ("GetBucketAcl", {}),
    "cors": ("GetBucketCORS", {}),
    "encryption": ("GetEncryptionConfiguration", {}),
    "lifecycle": (
        "GetLifecycleConfiguration",
        {"PUT": "PutLifecycleConfiguration", "DELETE": "PutLifecycleConfiguration"},
    ),
    "logging": ("GetBucketLogging", {}),
    "object-lock": ("GetBucketObjectLockConfiguration", {}),
    "policy": ("GetBucketPolicy", {"PUT": "PutBucketPolicy", "DELETE": "DeleteBucketPolicy"}),
    "publicAccessBlock": (
        "GetBucketPublicAccessBlock",
        {"PUT": "PutBucketPublicAccessBlock", "DELETE": "PutBucketPublicAccessBlock"},
    ),
    "replication": ("GetReplicationConfiguration", {}),
    "requestPayment": ("GetBucketRequestPayment", {}),
    "tagging": ("GetBucketTagging", {"PUT": "PutBucketTagging", "DELETE": "PutBucketTagging"}),
    "versioning": ("GetBucketVersioning", {}),
    "website": ("GetBucketWebsite", {}),
}


def permission(request, headers):
    service = re.search(r"/([a-z0-9]+)/aws4_request", headers["authorization"])[1]
    method, url = request["method"], urlsplit(request["url"])
    if target := headers.get("x-amz-target"):
        interface, operation = target.split(".")
        return f"{TARGETS[interface.split('_')[0]]}:{operation}"
    if service in ["iam", "sns", "sts"]:
        [operation] = parse_qs(base64.b64decode(request["body"]).decode())["Action"]
        return f"{service}:{operation}"
    if service == "eks" and method == "GET" and re.fullmatch("/clusters/[^/]+", url.path):
        return "eks:DescribeCluster"
    if service == "s3" and url.path.count("/") == 1:
        reads, writes = BUCKET[url.query.removesuffix("=")]
        return f"s3:{reads if method in ['GET', 'HEAD'] else writes[method]}"
    raise ValueError(f"no permission is known for {method} {url.path} of {service}")


def resource(request, headers):
    if "x-amz-target" in headers:
        body = json.loads(base64.b64decode(request["body"]))
        names = body.get("repositoryNames", [None])
        return body.get("repositoryName") or body.get("resourceArn") or names[0], None
    body = parse_qs(base64.b64decode(request["body"] or "").decode()) if request["body"] else {}
    first = lambda key: body.get(key, [None])[0]
    return first("RoleName") or first("PolicyName") or first("PolicyArn"), first("PolicyArn")


def recorded(path):
    """The requests of a recording. Two threads of moto can write theirs into one line."""
    with open(path) as recording:
        rest = recording.read().lstrip()
    while rest:
        request, end = json.JSONDecoder().raw_decode(rest)
        yield request
        rest = rest[end:].lstrip()


def of_terraform(path):
    """The requests of the AWS provider in a recording, with their headers in lower case. A backend has other credentials."""
    for request in recorded(path):
        headers = {name.lower(): value for name, value in request["headers"].items()}
        if "terraform-provider-aws" in headers.get("user-agent", ""):
            yield request, headers


if __name__ == "__main__":
    asked = [[permission(*it), *resource(*it)] for it in of_terraform(sys.argv[2])]
    # The first needs no permission. The provider tries the second to get the account's ID, and then the first.
    print(json.dumps([it for it in asked if it[0] not in ["sts:GetCallerIdentity", "iam:GetUser"]]))
