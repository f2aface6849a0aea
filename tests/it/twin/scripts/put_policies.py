"""Puts each of the lifecycle policies, given as a JSON object of texts, on a separate repository, and prints which were
accepted: those that are read back unchanged."""

import json
import sys

from botocore.exceptions import ClientError
from client import client

ecr = client("ecr")


def taken(name, text):
    ecr.create_repository(repositoryName=name)
    try:
        ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=text)
    except ClientError as error:
        if error.response["Error"]["Code"] != "InvalidParameterException":
            raise
        return False
    return ecr.get_lifecycle_policy(repositoryName=name)["lifecyclePolicyText"] == text


print(json.dumps({name: taken(name, text) for name, text in json.loads(sys.argv[2]).items()}))
