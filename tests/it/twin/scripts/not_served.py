"""Prints as JSON which operations moto does not implement."""

import json

from botocore.exceptions import ClientError
from client import client

# Each with the smallest request that AWS accepts.
OPERATIONS = {
    "CreateRepositoryCreationTemplate": lambda ecr: ecr.create_repository_creation_template(
        prefix="team", appliedFor=["REPLICATION"]
    ),
    "CreatePullThroughCacheRule": lambda ecr: ecr.create_pull_through_cache_rule(
        ecrRepositoryPrefix="quay", upstreamRegistryUrl="quay.io"
    ),
}

missing = []
for name, call in OPERATIONS.items():
    try:
        call(client("ecr"))
    except ClientError as error:
        # An operation that is missing is an internal error of the server. Other errors are those of an operation that it knows.
        if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500:
            raise
        missing.append(name)
print(json.dumps(missing))
